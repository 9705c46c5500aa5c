//! Books as EPUB 2 and 3: what the package states, and its chapters in the order of reading as HTML.
//!
//! The crate rbook was considered and not taken. It unpacks every file with `io::copy` into a growing buffer and has no
//! setting for a limit, so a book of a few kilobytes can fill the memory; and it opens its zip file by itself, so the guarded
//! package beside this module could not be put under it. What is needed of the package document is three lists.
//!
//! A chapter is XHTML, and the reader of pages reads HTML. The two look alike and differ where it hurts: to an HTML parser
//! `<a id="x"/>` is a link that never ends and `<title/>` swallows the chapter. So chapters are written anew, event by
//! event and without building a tree, in the form in which both understand the same. A chapter that is no well-formed XML
//! goes to the HTML parser as it is, as reading systems show it too.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::package::Package;
use crate::import::meta::{Author, Meta};
use crate::record::printed_date as date;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Code;
use crate::diagnostic::messages::{PackageMessage, Torn};
use crate::diagnostic::said::Said;

/// Most elements of a file that describes the package.
const ELEMENTS: usize = 500_000;
/// Longest name of a file taken out of the package, in characters.
const NAME: usize = 60;

const CONTAINER: &str = "META-INF/container.xml";
const ENCRYPTION: &str = "META-INF/encryption.xml";

/// A book, opened.
pub(crate) struct Book<'a> {
    /// What the package states about the book.
    pub stated: Meta,
    /// The chapters, in the order of reading.
    pub chapters: Vec<Chapter>,
    /// Chapters that the package names and does not hold.
    pub diagnostics: Vec<Diagnostic>,
    package: Package<'a>,
    /// Media types by path.
    types: BTreeMap<String, String>,
    /// Names given to files, in lower case, with their paths.
    given: BTreeMap<String, String>,
}

/// A chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chapter {
    /// Its path in the package, which its relative addresses start from.
    pub name: String,
    /// Its text as HTML.
    pub html: String,
}

/// Opens a book.
///
/// Errors: `not-a-book`, `encrypted-book`, and those of [`Package`].
pub(crate) fn open(bytes: &[u8]) -> Result<Book<'_>, Diagnostic> {
    let mut package = Package::open(bytes)?;
    let container =
        package.xml(CONTAINER)?.ok_or_else(|| not_a_book(Torn::PartMissing { file: CONTAINER.to_string() }))?;
    let container = elements(&container, CONTAINER)?;
    let main = container
        .iter()
        .filter(|element| element.name == "rootfile")
        .filter(|element| element.get("media-type").is_none_or(|kind| kind.trim() == "application/oebps-package+xml"))
        .find_map(|element| element.get("full-path"))
        .ok_or_else(|| not_a_book(Torn::NotListed { file: CONTAINER.to_string() }))?;
    let main = resolve("", main).unwrap_or_default();
    let document = package.xml(&main)?.ok_or_else(|| not_a_book(Torn::PartMissing { file: main.clone() }))?;
    let document = elements(&document, &main)?;
    if let Some(encryption) = package.xml(ENCRYPTION)? {
        refuse_encrypted(&elements(&encryption, ENCRYPTION)?)?;
    }

    let items = manifest(&document, &main);
    let mut book = Book {
        stated: stated(&document),
        chapters: Vec::new(),
        diagnostics: Vec::new(),
        package,
        types: items.values().map(|item| (item.path.clone(), item.media_type.clone())).collect(),
        given: BTreeMap::new(),
    };
    for item in reading_order(&document, &items) {
        book.read(item)?;
    }
    if book.chapters.is_empty() {
        return Err(not_a_book(Torn::EmptyBook));
    }
    Ok(book)
}

impl Book<'_> {
    fn read(&mut self, item: &Item) -> Result<(), Diagnostic> {
        let name = item.path.clone();
        if is_media(&item.media_type) {
            // A page that is one picture. Its file's own name is its address from where it stands.
            let file = name.rsplit('/').next().unwrap_or_default();
            let address = percent_encoding::utf8_percent_encode(file, percent_encoding::NON_ALPHANUMERIC);
            self.chapters.push(Chapter { html: format!("<p><img src=\"{address}\"></p>"), name });
            return Ok(());
        }
        match self.package.xml(&name) {
            Ok(Some(xhtml)) => self.chapters.push(Chapter { html: html(&xhtml).unwrap_or(xhtml), name }),
            Ok(None) => self.diagnostics.push(Diagnostic::warning(PackageMessage::MissingChapter { file: name })),
            Err(fault) if fault.code() == Code::EmptyCapture => {}
            Err(fault) => return Err(fault),
        }
        Ok(())
    }

    /// The image or other media file that an address in a chapter names: a name for it that is safe in any file system
    /// and the same at every asking, and its bytes.
    pub(crate) fn file(&mut self, chapter: &str, href: &str) -> Option<(String, Vec<u8>)> {
        let path = [resolve(chapter, href), resolve_raw(chapter, href)]
            .into_iter()
            .flatten()
            .find(|path| self.package.has(path))?;
        let known = self.types.get(&path).map(String::as_str);
        if !known.map_or_else(|| has_media_name(&path), is_media) {
            return None;
        }
        let bytes = self.package.bytes(&path).ok()??;
        Some((self.name(&path), bytes))
    }

    fn name(&mut self, path: &str) -> String {
        let plain = safe_name(path);
        let names = std::iter::once(plain.clone()).chain((2_usize..).map(|count| format!("{count}-{plain}")));
        for name in names {
            let owner = self.given.entry(name.to_lowercase()).or_insert_with(|| path.to_string());
            if owner == path {
                return name;
            }
        }
        plain
    }
}

fn is_media(media_type: &str) -> bool {
    ["image/", "audio/", "video/"].iter().any(|kind| media_type.starts_with(kind))
}

fn has_media_name(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(extension.as_str(), "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "avif" | "bmp" | "mp3" | "mp4")
}

/// The path as one name of letters, digits and `-_.`; its end is kept, since that says what it is.
fn safe_name(path: &str) -> String {
    let plain =
        |character: char| if character.is_alphanumeric() || "-_.".contains(character) { character } else { '-' };
    let name: Vec<char> = path.chars().map(plain).collect();
    let end: String = name.iter().skip(name.len().saturating_sub(NAME)).collect();
    format!("{}{end}", if end.starts_with(['.', '-']) { "x" } else { "" })
}

/// An element of a file that describes the package, with the text that stands directly in it.
#[derive(Debug, Default)]
struct Element {
    /// In lower case and without its prefix, as the older books differ in both.
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(attribute, _)| attribute == name).map(|(_, value)| value.as_str())
    }

    fn words(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The elements of a file in the order of their beginnings. These formats nest only to group, so a list is enough.
fn elements(xml: &str, file: &str) -> Result<Vec<Element>, Diagnostic> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    let (mut elements, mut open) = (Vec::<Element>::new(), Vec::<usize>::new());
    loop {
        let event = reader.read_event().map_err(|error| damaged_part(file, Torn::Other { text: error.to_string() }))?;
        let mut add = |text: &str| {
            if let Some(element) = open.last().and_then(|at| elements.get_mut(*at)) {
                element.text.push_str(text);
            }
        };
        match event {
            Event::Text(text) => add(&text),
            Event::CData(text) => add(&text),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => add(character.encode_utf8(&mut [0; 4])),
                _ => match quick_xml::escape::resolve_predefined_entity(&reference) {
                    Some(text) => add(text),
                    None => add(&format!("&{};", &*reference)),
                },
            },
            Event::Start(ref start) | Event::Empty(ref start) => {
                if elements.len() == ELEMENTS {
                    return Err(damaged_part(file, Torn::TooLarge));
                }
                if matches!(event, Event::Start(_)) {
                    open.push(elements.len());
                }
                elements.push(element(start));
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Eof => return Ok(elements),
            _ => {}
        }
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false).flatten().map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or_else(|_| attribute.value.clone());
        (attribute.key.local_name().as_ref().to_ascii_lowercase(), value.into_owned())
    });
    Element {
        name: start.local_name().as_ref().to_ascii_lowercase(),
        attributes: attributes.collect(),
        text: String::new(),
    }
}

/// Fonts may be disguised, which hides no text. Anything else is a book that was sold with a lock.
fn refuse_encrypted(elements: &[Element]) -> Result<(), Diagnostic> {
    const DISGUISES: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];
    let mut algorithm = None;
    for element in elements {
        match element.name.as_str() {
            "encrypteddata" => algorithm = None,
            "encryptionmethod" => algorithm = algorithm.or(element.get("algorithm")),
            "cipherreference" => {
                let path = element.get("uri").unwrap_or_default();
                let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
                let font = matches!(extension.as_str(), "ttf" | "otf" | "ttc" | "woff" | "woff2");
                if !font && !algorithm.is_some_and(|algorithm| DISGUISES.contains(&algorithm)) {
                    return Err(Diagnostic::error(PackageMessage::EncryptedBook { path: path.to_string() }));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// A file that the package lists.
struct Item {
    path: String,
    media_type: String,
    /// Whether it is the table of contents.
    nav: bool,
}

fn manifest<'a>(document: &'a [Element], main: &str) -> BTreeMap<&'a str, Item> {
    let items = document.iter().filter(|element| element.name == "item").filter_map(|element| {
        let item = Item {
            path: resolve(main, element.get("href")?)?,
            media_type: element.get("media-type").unwrap_or_default().trim().to_ascii_lowercase(),
            nav: element.get("properties").is_some_and(|all| all.split_whitespace().any(|one| one == "nav")),
        };
        Some((element.get("id")?, item))
    });
    items.collect()
}

/// Chapters as they follow each other, then those beside the course of the text, each once.
fn reading_order<'a>(document: &[Element], items: &'a BTreeMap<&str, Item>) -> Vec<&'a Item> {
    let spine: Vec<_> = document
        .iter()
        .filter(|element| element.name == "itemref")
        .filter_map(|element| {
            let aside = element.get("linear").is_some_and(|linear| linear.trim() == "no");
            Some((aside, items.get(element.get("idref")?)?))
        })
        .collect();
    let text = spine.iter().filter(|(aside, _)| !aside).chain(spine.iter().filter(|(aside, _)| *aside));
    let mut seen = BTreeSet::new();
    let mut order: Vec<_> = text.map(|(_, item)| *item).filter(|item| seen.insert(item.path.as_str())).collect();
    if order.iter().any(|item| !item.nav) {
        order.retain(|item| !item.nav);
    }
    order
}

/// What the package states about the book, field by field.
fn stated(document: &[Element]) -> Meta {
    let metadata: Vec<&Element> = document.iter().take_while(|element| element.name != "manifest").collect();
    // EPUB 3 says what kind of title or creator one is in an element of its own.
    let refined = |element: &Element, property: &str| {
        let id = element.get("id")?;
        let refines = |other: &&&Element| {
            other.get("property") == Some(property)
                && other.get("refines").is_some_and(|target| target.trim_start_matches('#') == id)
        };
        metadata.iter().filter(|other| other.name == "meta").find(refines).map(|other| other.words())
    };
    let mut meta = Meta::default();
    for element in &metadata {
        let words = element.words();
        if words.is_empty() {
            continue;
        }
        match element.name.as_str() {
            "title" => {
                let subtitle = refined(element, "title-type").is_some_and(|kind| kind == "subtitle");
                match if subtitle { &mut meta.subtitle } else { &mut meta.title } {
                    field @ None => *field = Some(words),
                    Some(_) => add(&mut meta, "title", &words),
                }
            }
            name @ ("creator" | "contributor") => {
                let role = element.get("role").map(str::to_string).or_else(|| refined(element, "role"));
                match role.as_deref() {
                    Some("aut") => meta.authors.push(Author { name: words, affiliation: None }),
                    None if name == "creator" => meta.authors.push(Author { name: words, affiliation: None }),
                    Some("edt") => meta.editors.push(words),
                    role => add(&mut meta, role.unwrap_or(name), &words),
                }
            }
            "date" => match element.get("event") {
                Some(event) if event != "publication" => add(&mut meta, &format!("date.{event}"), &words),
                _ if meta.date.is_none() && meta.date_printed.is_none() => {
                    meta.date = edtf(&words);
                    meta.date_printed = Some(words).filter(|words| Some(words) != meta.date.as_ref());
                }
                _ => add(&mut meta, "date", &words),
            },
            "publisher" => match meta.source {
                None => meta.source = Some(words),
                Some(_) => add(&mut meta, "publisher", &words),
            },
            "rights" => match meta.rights {
                None => meta.rights = Some(words),
                Some(_) => add(&mut meta, "rights", &words),
            },
            "subject" if !meta.subjects.contains(&words) => meta.subjects.push(words),
            name @ ("language" | "identifier" | "source" | "description" | "relation" | "coverage") => {
                add(&mut meta, name, &words);
            }
            _ => {}
        }
    }
    meta
}

fn add(meta: &mut Meta, label: &str, value: &str) {
    meta.extra
        .entry(label.to_string())
        .and_modify(|all| {
            all.push('、');
            all.push_str(value);
        })
        .or_insert_with(|| value.to_string());
}

/// The date at the start of a text, as EDTF: a day, a month or a year.
pub(crate) fn edtf(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(date) = date::read(text) {
        return Some(date.edtf);
    }
    let number =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten();
    let ends = |at: usize| {
        text.get(at..).is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit() || next == '-'))
    };
    let year = text.get(..4).filter(|year| number(year).is_some_and(|year| (1000..=2999).contains(&year)))?;
    if ends(4) {
        return Some(year.to_string());
    }
    let month = text.get(4..7)?.strip_prefix('-')?;
    (ends(7) && number(month).is_some_and(|month| (1..=12).contains(&month))).then(|| format!("{year}-{month}"))
}

/// The path that an address means in a file; `None` when it leads out of the package.
pub(super) fn resolve(base: &str, href: &str) -> Option<String> {
    let path = href.split(['#', '?']).next().unwrap_or_default();
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    join(base, &decoded)
}

/// The same for packages whose files bear the escaped names.
fn resolve_raw(base: &str, href: &str) -> Option<String> {
    join(base, href.split(['#', '?']).next().unwrap_or_default())
}

fn join(base: &str, path: &str) -> Option<String> {
    let path = path.trim();
    let scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
    if path.is_empty() || scheme || path.contains(['\\', '\0']) {
        return None;
    }
    let folder = if path.starts_with('/') { "" } else { base.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Elements that have no end tag in HTML.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// The name under which HTML reads an element's content as XHTML does: these hold mere characters there, some without end.
fn html_name(name: &str) -> &str {
    match name {
        "plaintext" | "xmp" => "pre",
        "iframe" | "noembed" | "noframes" | "noscript" => "div",
        _ => name,
    }
}

/// XHTML as HTML of the same text; `None` when it is not well-formed.
fn html(xhtml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xhtml);
    let mut html = String::with_capacity(xhtml.len());
    let mut prefixes = Vec::new();
    let mut depth = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                open_tag(&start, &mut prefixes, &mut html)?;
                depth += 1;
            }
            Event::Empty(start) => {
                let name = open_tag(&start, &mut prefixes, &mut html)?;
                close_tag(&name, &mut html);
            }
            Event::End(end) => {
                close_tag(plain_name(end.name().as_ref(), &prefixes), &mut html);
                depth = depth.checked_sub(1)?;
            }
            Event::Text(text) => html.push_str(&text),
            Event::CData(text) => html.push_str(&quick_xml::escape::partial_escape(&*text)),
            Event::GeneralRef(reference) => {
                html.push('&');
                html.push_str(&reference);
                html.push(';');
            }
            Event::DocType(_) => html.push_str("<!DOCTYPE html>"),
            // What stands in comments and instructions is no text, and HTML ends them elsewhere.
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => return (depth == 0).then_some(html),
        }
    }
}

fn open_tag(start: &BytesStart<'_>, prefixes: &mut Vec<String>, html: &mut String) -> Option<String> {
    const NAMESPACES: [&str; 3] =
        ["http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML"];
    /// As many as a chapter can mean in earnest.
    const MOST: usize = 8;

    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.ok()?;
        if let Some(prefix) = attribute.key.as_ref().strip_prefix("xmlns:")
            && NAMESPACES.contains(&attribute.value.trim())
            && prefixes.len() < MOST
            && !prefixes.iter().any(|known| known == prefix)
        {
            prefixes.push(prefix.to_string());
        }
    }
    let name = plain_name(start.name().as_ref(), prefixes).to_string();
    html.push('<');
    html.push_str(html_name(&name));
    let attributes = start.attributes_raw().trim_end();
    html.push_str(attributes);
    html.push('>');
    Some(name)
}

fn close_tag(name: &str, html: &mut String) {
    if !VOID.contains(&name) {
        html.push_str("</");
        html.push_str(html_name(name));
        html.push('>');
    }
}

/// A name without the prefix of a vocabulary that HTML knows by itself.
fn plain_name<'a>(name: &'a str, prefixes: &[String]) -> &'a str {
    match name.split_once(':') {
        Some((prefix, local)) if prefixes.iter().any(|known| known == prefix) => local,
        _ => name,
    }
}

fn not_a_book(why: Torn) -> Diagnostic {
    Diagnostic::error(PackageMessage::NotABook { why: Said(why) })
}

fn damaged_part(file: &str, why: Torn) -> Diagnostic {
    Diagnostic::error(PackageMessage::DamagedBook { file: file.to_string(), why: Said(why) })
}

#[cfg(test)]
mod tests;
