//! Which file of the package is which part, and what the properties of the document say.

use std::collections::{BTreeMap, HashMap};

use super::xml::{Event, Xml};
use crate::diagnostic::Diagnostic;
use crate::import::meta::Meta;
use crate::import::read::office::properties;
use crate::import::read::package::{Package, resolved};

/// Where Word puts the text when nothing says where it is.
const DOCUMENT: &str = "word/document.xml";

/// What a part refers to.
#[derive(Debug, Clone, Default)]
pub(super) struct Relation {
    /// The path of another part, or an address outside.
    pub target: String,
    pub is_outside: bool,
}

/// The relations of one part, by their ids.
#[derive(Debug, Default)]
pub(super) struct Relations {
    by_id: HashMap<String, Relation>,
    /// The paths of other parts, by the last word of the relation's type.
    by_kind: BTreeMap<String, String>,
}

impl Relations {
    /// The relations of a part; of the package itself when its path is empty.
    pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Self, Diagnostic> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let path = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let mut relations = Self::default();
        let Some(text) = package.xml(&path)? else { return Ok(relations) };
        let mut xml = Xml::new(&path, &text);
        loop {
            let element = match xml.next()? {
                Event::Open(element) if element.name().1 == "Relationship" => element,
                Event::End => return Ok(relations),
                _ => continue,
            };
            let attribute = |name| xml.attribute(&element, "", name);
            let (Some(id), Some(target)) = (attribute("Id"), attribute("Target")) else { continue };
            let is_outside = attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
            let target = if is_outside { target } else { resolved(folder, &target) };
            if let Some((_, kind)) = attribute("Type").as_deref().and_then(|kind| kind.rsplit_once('/'))
                && !is_outside
            {
                relations.by_kind.entry(kind.to_string()).or_insert_with(|| target.clone());
            }
            relations.by_id.insert(id, Relation { target, is_outside });
        }
    }

    pub(super) fn get(&self, id: &str) -> Option<&Relation> {
        self.by_id.get(id)
    }

    /// The part of a kind such as `styles`, or the one that Word itself would make beside the text.
    pub(super) fn part(&self, kind: &str) -> String {
        self.by_kind.get(kind).cloned().unwrap_or_else(|| format!("word/{kind}.xml"))
    }

    fn kind(&self, kind: &str) -> Option<String> {
        self.by_kind.get(kind).cloned()
    }
}

/// The path of the part with the text, if there is one.
pub(super) fn document(package: &mut Package<'_>, root: &Relations) -> Result<Option<String>, Diagnostic> {
    let related = root.kind("officeDocument").filter(|path| package.has(path));
    let typed = if related.is_some() { related } else { document_by_type(package)? };
    Ok(typed.or_else(|| package.has(DOCUMENT).then(|| DOCUMENT.to_string())))
}

fn document_by_type(package: &mut Package<'_>) -> Result<Option<String>, Diagnostic> {
    const PART: &str = "[Content_Types].xml";
    let Some(text) = package.xml(PART)? else { return Ok(None) };
    let mut xml = Xml::new(PART, &text);
    loop {
        match xml.next()? {
            Event::Open(element) if element.name().1 == "Override" => {
                let kind = xml.attribute(&element, "", "ContentType").unwrap_or_default();
                let path = xml.attribute(&element, "", "PartName").unwrap_or_default();
                let path = path.trim_start_matches('/');
                if kind.contains("wordprocessingml") && kind.ends_with("main+xml") && package.has(path) {
                    return Ok(Some(path.to_string()));
                }
            }
            Event::End => return Ok(None),
            _ => {}
        }
    }
}

/// Puts what the properties of the document say where it belongs.
pub(super) fn properties(package: &mut Package<'_>, root: &Relations, stated: &mut Meta) -> Result<(), Diagnostic> {
    let part = root.kind("core-properties").unwrap_or_else(|| "docProps/core.xml".to_string());
    let Some(text) = package.xml(&part)? else { return Ok(()) };
    let mut xml = Xml::new(&part, &text);
    loop {
        let element = match xml.next()? {
            Event::Open(element) => element,
            Event::End => return Ok(()),
            _ => continue,
        };
        match element.name() {
            ("dc", "title") => properties::title(stated, &xml.text()?),
            ("dc", "creator") => properties::creator(stated, &xml.text()?),
            ("dc", "subject") | ("cp", "keywords") => properties::subjects(stated, &xml.text()?),
            _ => {}
        }
    }
}
