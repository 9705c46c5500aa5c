//! Pages of a MediaWiki, as its export has them.
//!
//! A page is what its last revision says, in the wiki's own marks. They are brought to the HTML that they stand for, as is
//! done with Markdown, and that goes the way of all pages. Templates are programs of the wiki that the export does not hold:
//! they are listed as dropped. That the marks took no words with them is proved by a second, simpler reading of the source.

mod export;
mod inline;
mod marks;
mod page;
mod pairs;
mod table;
mod witness;

use super::html::{self, Beside, Known, Parts};
use super::marked_up;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{CaptureMessage, MarkupMessage, PackageMessage};
use crate::import::capture::Capture;
use crate::import::dropped::WhyDropped;
use crate::import::flow::{Dated, Flow, Piece};
use crate::import::meta::Meta;

pub(super) use self::export::{WikiPages, pages};

const MEDIA_TYPE: &str = "application/mediawiki+xml";
/// Most bytes of a page; a wiki has no larger ones.
const LARGEST: usize = 2 << 20;
/// Most elements of the HTML that a page stands for.
const ELEMENTS: usize = 400_000;

/// Reads an export of one page.
///
/// Errors: `empty-capture`, `many-captures`, `capture-too-large`, `damaged-xml`, and those of pages.
pub(crate) fn read(capture: &Capture<'_>, beside: &dyn Beside) -> Result<Flow, Diagnostic> {
    let (text, encoding) = marked_up::text(capture)?;
    let export = export::read(capture.name, &text)?;
    let Some(page) = export.page.filter(|page| !page.text.trim().is_empty()) else {
        return Err(Diagnostic::error(CaptureMessage::CaptureWithoutText { part: None }));
    };
    if export.pages > 1 {
        return Err(Diagnostic::error(MarkupMessage::SeveralWikiPages { count: export.pages }));
    }
    if page.text.len() > LARGEST {
        return Err(Diagnostic::error(CaptureMessage::CaptureTooLarge { megabytes: LARGEST >> 20 }));
    }
    let address = export.base.as_deref().map(|base| export::address(base, &page.title));
    let written = page::html(&page.text, export.base.as_deref());
    if written.html.matches('<').nth(ELEMENTS).is_some() {
        return Err(Diagnostic::error(CaptureMessage::TooManyElements { most: ELEMENTS }));
    }
    let mut flow = html::read_text(&written.html, Known { parts: Parts::Whole, ..Known::default() }, beside)?;
    let difference = witness::compare(&page.text, &written.html);
    flow.diagnostics.extend(difference.map(|fault| fault.in_file(capture.name)));
    for template in &written.templates {
        flow.witness.push_str(template);
        flow.pieces.push(Piece { text: template.clone(), outside: Some(WhyDropped::Template), ..Piece::default() });
    }
    let day = page.timestamp.get(..10).map(str::to_string);
    flow.dates.extend(day.map(|date| Dated { date, from: "revision timestamp".to_string() }));
    flow.stated = Meta {
        title: Some(page.title).filter(|title| !title.is_empty()),
        source: export.site,
        source_url: address,
        subjects: written.categories,
        ..Meta::default()
    };
    if !written.templates.is_empty() {
        let message = MarkupMessage::TemplatesLeftOut { count: written.templates.len() };
        flow.diagnostics.push(Diagnostic::warning(message).in_file(capture.name));
    }
    if page.revisions > 1 {
        let message = MarkupMessage::EarlierRevisions { count: page.revisions - 1 };
        flow.diagnostics.push(Diagnostic::note(message).in_file(capture.name));
    }
    for image in written.images {
        let message = PackageMessage::ImageNotInFile { image: Some(image) };
        flow.diagnostics.push(Diagnostic::warning(message).in_file(capture.name));
    }
    flow.encoding = encoding;
    flow.media_type = MEDIA_TYPE;
    Ok(flow)
}
