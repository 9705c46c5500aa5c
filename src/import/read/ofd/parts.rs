//! Which file is which part, and what the file says about its document.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::package::Package;
use super::super::xml::{self, Event, Xml};
use super::page;
use crate::diagnostic::Diagnostic;
use crate::import::flow::Flow;
use crate::import::meta::compact;
use crate::import::read::office::properties;
use crate::import::read::package::resolved;

const ROOT: &str = "OFD.xml";
/// Longest title in an outline, in characters.
const HEADING: usize = 200;
/// Deepest heading.
const DEEPEST: usize = 6;

/// What the file holds.
#[derive(Debug, Default)]
pub(super) struct Root {
    pub bodies: Vec<Body>,
    pub is_encrypted: bool,
}

/// A document of the file.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// The part with its pages.
    pub root: String,
    pub signatures: usize,
    /// What is said about it, by the elements' names.
    info: Vec<(String, String)>,
}

/// Reads what the file holds.
pub(super) fn root(package: &mut Package<'_>) -> Result<Root, Diagnostic> {
    let mut root = Root { is_encrypted: package.has("Encryptions.xml"), ..Root::default() };
    let text = package.xml(ROOT)?.unwrap_or_default();
    let mut xml = Xml::new(ROOT, &text);
    let mut signatures = Vec::new();
    while let Some(element) = xml.open()? {
        let name = element.name().1.to_string();
        match name.as_str() {
            "DocBody" => root.bodies.push(Body::default()),
            "Encryptions" | "EncryptInfos" => root.is_encrypted = true,
            "DocRoot" | "Signatures" | "CustomData" | "Title" | "Author" | "Subject" | "Abstract" | "CreationDate"
            | "Keyword" => {
                let label = xml.attribute(&element, "", "Name");
                let text = xml.text()?.trim().to_string();
                let Some(body) = root.bodies.last_mut() else { continue };
                match name.as_str() {
                    "DocRoot" => body.root = resolved("", &text),
                    "Signatures" => signatures.push((root.bodies.len() - 1, resolved("", &text))),
                    "CustomData" => body.info.extend(label.map(|label| (label, text))),
                    _ => body.info.push((name, text)),
                }
            }
            _ => {}
        }
    }
    for (nth, part) in signatures {
        let count = count(package, Some(&part), "Signature")?;
        if let Some(body) = root.bodies.get_mut(nth) {
            body.signatures = count;
        }
    }
    root.bodies.retain(|body| !body.root.is_empty());
    Ok(root)
}

/// How many elements of a name a part has.
pub(super) fn count(package: &mut Package<'_>, part: Option<&str>, name: &str) -> Result<usize, Diagnostic> {
    let Some(part) = part else { return Ok(0) };
    let Some(text) = package.xml(part)? else { return Ok(0) };
    xml::count(part, &text, &[name])
}

/// How many annotations have words.
pub(super) fn count_annotations(package: &mut Package<'_>, part: &Option<String>) -> Result<usize, Diagnostic> {
    let Some(part) = part else { return Ok(0) };
    let Some(text) = package.xml(part)? else { return Ok(0) };
    let mut files = Vec::new();
    let mut xml = Xml::new(part, &text);
    loop {
        match xml.next()? {
            Event::Open(element) if element.name().1 == "FileLoc" => {
                let file = xml.text()?;
                files.push(resolved(folder(part), file.trim()));
            }
            Event::End => break,
            _ => {}
        }
    }
    let mut all = 0;
    for file in files {
        let Some(text) = package.xml(&file)? else { continue };
        let mut xml = Xml::new(&file, &text);
        let mut has_words = false;
        loop {
            match xml.next()? {
                Event::Open(element) if element.name().1 == "Annot" => has_words = false,
                Event::Open(element) if element.name().1 == "TextCode" => has_words = true,
                Event::Close(element) if element.name().1 == "Annot" => all += usize::from(has_words),
                Event::End => break,
                _ => {}
            }
        }
    }
    Ok(all)
}

fn folder(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A page of a document.
#[derive(Debug)]
pub(super) struct PageEntry {
    pub part: String,
}

impl PageEntry {
    pub(super) fn folder(&self) -> &str {
        folder(&self.part)
    }
}

/// What a document is made of.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub pages: Vec<PageEntry>,
    /// Templates by their ids.
    pub templates: HashMap<String, String>,
    pub resources: Vec<String>,
    pub annotations: Option<String>,
    pub attachments: Option<String>,
    pub area: Option<(f64, f64)>,
    /// Titles in the outline, without white space, with their levels.
    pub headings: Vec<(String, usize)>,
}

impl Document {
    /// Reads it; none where the part is not there.
    pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Option<Self>, Diagnostic> {
        let part = &package.name_of(part).unwrap_or_else(|| part.to_string());
        let Some(text) = package.xml(part)? else { return Ok(None) };
        let mut document = Self::default();
        let mut xml = Xml::new(part, &text);
        let mut level = 0usize;
        // Some programs write paths from the root where the standard has them from the folder.
        let at = |path: &str| {
            let near = resolved(folder(part), path.trim());
            package.name_of(&near).or_else(|| package.name_of(&resolved("", path.trim()))).unwrap_or(near)
        };
        loop {
            let element = match xml.next()? {
                Event::Open(element) => element,
                Event::Close(element) => {
                    level -= usize::from(element.name().1 == "OutlineElem" && level > 0);
                    continue;
                }
                Event::End => break,
                Event::Text(_) => continue,
            };
            let of = |name| xml.attribute(&element, "", name);
            match element.name().1 {
                "Page" => document.pages.extend(of("BaseLoc").map(|path| PageEntry { part: at(&path) })),
                "TemplatePage" => {
                    if let (Some(id), Some(path)) = (of("ID"), of("BaseLoc")) {
                        document.templates.insert(id, at(&path));
                    }
                }
                "OutlineElem" => {
                    level += 1;
                    let title = of("Title").map(|title| compact(&title));
                    let title = title.filter(|title| !title.is_empty() && title.chars().nth(HEADING).is_none());
                    document.headings.extend(title.map(|title| (title, level.min(DEEPEST))));
                }
                "PublicRes" | "DocumentRes" => document.resources.push(at(&xml.text()?)),
                "Annotations" => document.annotations = Some(at(&xml.text()?)),
                "Attachments" => document.attachments = Some(at(&xml.text()?)),
                "PhysicalBox" => document.area = page::area(&page::numbers(&xml.text()?)),
                _ => {}
            }
        }
        Ok(Some(document))
    }
}

/// What pages refer to by ids.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// Paths of pictures.
    pub pictures: BTreeMap<String, String>,
    /// Drawings that have words in them.
    pub drawings_with_text: HashSet<String>,
}

impl Resources {
    /// Adds those of a part.
    pub(super) fn read(&mut self, package: &mut Package<'_>, part: &str) -> Result<(), Diagnostic> {
        let Some(text) = package.xml(part)? else { return Ok(()) };
        let mut xml = Xml::new(part, &text);
        let (mut base, mut id) = (folder(part).to_string(), None);
        while let Some(element) = xml.open()? {
            let of = |name| xml.attribute(&element, "", name);
            match element.name().1 {
                "Res" => base = resolved(&base, &of("BaseLoc").unwrap_or_default()),
                "MultiMedia" | "CompositeGraphicUnit" => id = of("ID"),
                "MediaFile" => {
                    let file = xml.text()?;
                    let near = resolved(&base, file.trim());
                    let beside = || package.name_of(&resolved(folder(part), file.trim()));
                    let path = package.name_of(&near).or_else(beside).unwrap_or(near);
                    self.pictures.extend(id.take().map(|id| (id, path)));
                }
                "TextCode" => self.drawings_with_text.extend(id.clone()),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Puts what the file says about its document where it belongs.
pub(super) fn state(bodies: &[Body], flow: &mut Flow) {
    let Some(body) = bodies.first() else { return };
    properties::state(&body.info, flow);
}
