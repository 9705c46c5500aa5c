//! The file of an export: its pages and their revisions.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event as Raw;

use super::super::warc::WebPage;
use super::super::xml::{Event, Xml};
use crate::diagnostic::Diagnostic;

/// Longest beginning of a file that each of its pages is given, in bytes.
const PROLOGUE: usize = 16 << 10;

/// What an export holds.
#[derive(Debug, Default)]
pub(super) struct Export {
    pub site: Option<String>,
    /// The address of the wiki's first page.
    pub base: Option<String>,
    pub pages: usize,
    /// The first of them.
    pub page: Option<Page>,
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub title: String,
    /// What the last revision says.
    pub text: String,
    pub timestamp: String,
    pub revisions: usize,
}

/// Reads an export.
pub(super) fn read(name: &str, text: &str) -> Result<Export, Diagnostic> {
    let mut xml = Xml::new(name, text);
    let mut export = Export::default();
    while let Some(element) = xml.open()? {
        match element.name().1 {
            "sitename" => export.site = some(xml.text()?),
            "base" => export.base = some(xml.text()?).filter(|base| base.starts_with("http")),
            "page" => {
                let page = page(&mut xml)?;
                export.pages += 1;
                export.page.get_or_insert(page);
            }
            _ => {}
        }
    }
    Ok(export)
}

fn page(xml: &mut Xml<'_>) -> Result<Page, Diagnostic> {
    let mut page = Page::default();
    let depth = xml.depth();
    while let Some(event) = xml.inside(depth)? {
        let Event::Open(element) = event else { continue };
        match element.name().1 {
            "title" => page.title = xml.text()?.trim().to_string(),
            "revision" => page.revisions += 1,
            "timestamp" => page.timestamp = xml.text()?.trim().to_string(),
            "text" => page.text = xml.text()?,
            _ => {}
        }
    }
    Ok(page)
}

fn some(text: String) -> Option<String> {
    Some(text.trim().to_string()).filter(|text| !text.is_empty())
}

/// The address of a page of a wiki, whose first page has the address `base`.
pub(super) fn address(base: &str, title: &str) -> String {
    let folder = base.rsplit_once('/').map_or(base, |(folder, _)| folder);
    let title = title.trim().replace(' ', "_");
    let (page, place) = title.split_once('#').map_or((title.as_str(), None), |(page, place)| (page, Some(place)));
    let encoded = percent_encoding::utf8_percent_encode(page, percent_encoding::NON_ALPHANUMERIC).to_string();
    let encoded =
        encoded.replace("%2F", "/").replace("%3A", ":").replace("%5F", "_").replace("%2D", "-").replace("%2E", ".");
    match place {
        Some(place) => format!("{folder}/{encoded}#{place}"),
        None => format!("{folder}/{encoded}"),
    }
}

/// The pages of an export of several, each as an export of its own.
pub(crate) struct WikiPages {
    text: String,
    prologue: String,
    base: Option<String>,
    pages: std::vec::IntoIter<Range<usize>>,
}

/// The pages of an export; none where there are not several, or it is damaged.
pub(in crate::import::read) fn pages(text: String) -> Option<WikiPages> {
    let mut reader = Reader::from_str(&text);
    let (mut pages, mut start, mut first, mut root) = (Vec::new(), None, None, None);
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event().ok()? {
            Raw::Start(tag) if tag.local_name().into_inner() == "mediawiki" => {
                root = Some(before..usize::try_from(reader.buffer_position()).ok()?);
            }
            Raw::Start(tag) if tag.local_name().into_inner() == "page" => {
                first.get_or_insert(before);
                start = Some(before);
            }
            Raw::End(tag) if tag.local_name().into_inner() == "page" => {
                let end = usize::try_from(reader.buffer_position()).ok()?;
                pages.extend(start.take().map(|start| start..end));
            }
            Raw::Eof => break,
            _ => {}
        }
    }
    if pages.len() < 2 {
        return None;
    }
    let (root, first) = (root?, first?);
    let prologue = text.get(root.start..first).filter(|prologue| prologue.len() <= PROLOGUE);
    let prologue = prologue.unwrap_or("<mediawiki>").trim_end().to_string();
    let base = prologue.split("<base>").nth(1).and_then(|rest| rest.split('<').next()).map(str::to_string);
    Some(WikiPages { prologue, base, pages: pages.into_iter(), text })
}

impl Iterator for WikiPages {
    type Item = WebPage;

    fn next(&mut self) -> Option<WebPage> {
        let own = self.text.get(self.pages.next()?)?;
        let title = own.split("<title>").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
        let title = title.replace("&amp;", "&").replace("&quot;", "\"").replace("&#039;", "'");
        let address = self.base.as_deref().map_or_else(|| title.replace('/', "-"), |base| address(base, &title));
        Some(WebPage {
            address,
            captured: None,
            record: None,
            media_type: "application/xml".to_string(),
            charset: None,
            body: format!("{}\n  {own}\n</mediawiki>\n", self.prologue).into_bytes(),
            truncated: false,
        })
    }
}
