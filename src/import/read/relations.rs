//! What the parts of an Office package refer to, and what the properties of its document say.

use std::collections::{BTreeMap, HashMap};

use super::office::properties;
use super::package::{Package, resolved};
use super::xml::Xml;
use crate::diagnostic::Diagnostic;
use crate::import::meta::Meta;

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
        while let Some(element) = xml.open()? {
            if element.name().1 != "Relationship" {
                continue;
            }
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
        Ok(relations)
    }

    pub(super) fn get(&self, id: &str) -> Option<&Relation> {
        self.by_id.get(id)
    }

    /// The addresses outside, by their ids.
    pub(super) fn outside(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_id
            .iter()
            .filter(|(_, relation)| relation.is_outside)
            .map(|(id, own)| (id.as_str(), own.target.as_str()))
    }

    /// The part of a kind such as `styles`.
    pub(super) fn kind(&self, kind: &str) -> Option<String> {
        self.by_kind.get(kind).cloned()
    }

    /// The part of a kind, or the one that an Office program itself would make in its folder.
    pub(super) fn part(&self, kind: &str, folder: &str) -> String {
        self.kind(kind).unwrap_or_else(|| format!("{folder}/{kind}.xml"))
    }
}

/// Puts what the properties of the document say where it belongs.
pub(super) fn properties(package: &mut Package<'_>, root: &Relations, stated: &mut Meta) -> Result<(), Diagnostic> {
    let part = root.kind("core-properties").unwrap_or_else(|| "docProps/core.xml".to_string());
    let Some(text) = package.xml(&part)? else { return Ok(()) };
    let mut xml = Xml::new(&part, &text);
    while let Some(element) = xml.open()? {
        match element.name() {
            ("dc", "title") => properties::title(stated, &xml.text()?),
            ("dc", "creator") => properties::creator(stated, &xml.text()?),
            ("dc", "subject") | ("cp", "keywords") => properties::subjects(stated, &xml.text()?),
            _ => {}
        }
    }
    Ok(())
}
