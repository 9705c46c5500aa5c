//! Another address for a document or a section, with the old one kept.
//!
//! A move by hand forgets something: the alias, a link in another document, a path out of the moved one. So a [`Plan`] is
//! made of all that changes before anything is written: the file or folder that moves, the record's new lines, the links
//! of the whole archive that named it. Only the bytes of these change.

pub(crate) mod links;
pub(crate) mod record;
mod section;
mod what;

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::Result;

use self::links::WrittenLink;
pub use self::what::What;
pub(crate) use self::what::plan;
use crate::archive::address;
use crate::archive::link::{self, Named};
use crate::archive::scan::SourceFile;
use crate::archive::{Archive, Entry, reserved};
use crate::change::{Change, Lock};
use crate::diagnostic::messages::{LinkMessage, MoveMessage};
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::file;
use crate::record::edit::{self, Edited, Overlap, Splice};
use crate::record::front_matter;
use crate::text::anchor::is_id;

/// A link that is rewritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mended {
    /// The file it stands in, before the move.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// What it said.
    pub from: String,
    /// What it says.
    pub to: String,
}

/// All that changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// The file or folder that moves, and where to: paths from the archive's root.
    pub moves: Option<(String, String)>,
    /// What the record is told: former address or section, and what stands for it.
    pub kept: Vec<(String, String)>,
    /// Links that are rewritten.
    pub mended: Vec<Mended>,
    /// Links that a person must mend.
    pub left: Report,
    /// Files that change, by their paths before the move.
    files: BTreeMap<String, Rewritten>,
}

/// The text of a file, as it was read and as it will be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rewritten {
    before: String,
    after: String,
}

impl Plan {
    /// Writes it: all of it, or nothing.
    ///
    /// # Errors
    /// The machine refuses, or a file has been changed since it was read.
    pub(crate) fn apply(&self, lock: &Lock) -> Result<()> {
        let mut change = Change::begin(lock);
        for (path, Rewritten { before, after }) in &self.files {
            change.replace(path, before.as_bytes(), after.as_bytes())?;
        }
        if let Some((from, to)) = &self.moves {
            change.rename(from, to);
        }
        change.commit()
    }

    /// Where a path is after the move.
    fn place_of(&self, path: &str) -> String {
        let Some((from, to)) = &self.moves else { return path.to_string() };
        match path.strip_prefix(from.as_str()) {
            Some("") => to.clone(),
            Some(rest) if rest.starts_with('/') => format!("{to}{rest}"),
            _ => path.to_string(),
        }
    }
}

fn of_document(archive: &Archive, document: usize, collection: &str, id: &str) -> Result<Plan, Diagnostic> {
    let entry = &archive.documents[document];
    let separator = if collection.is_empty() { "" } else { "/" };
    let directory = format!("{collection}{separator}{id}");
    check_address(archive, document, collection, id, &directory)?;
    let own = entry.folder.as_deref().map_or(entry.source.path.as_str(), |folder| folder.trim_end_matches('/'));
    let name = own.rsplit('/').next().unwrap_or(own);
    let name = match (&entry.folder, id == entry.id) {
        (_, true) => name.to_string(),
        (Some(_), false) => id.to_string(),
        (None, false) => format!("{id}.md"),
    };
    let to = format!("content/{collection}{separator}{name}");
    if to != own && archive.root.has(&to) {
        return Err(Diagnostic::error(MoveMessage::FileInTheWay { path: to.clone() }).in_file(to));
    }
    let mut plan = Plan {
        moves: (to != own).then(|| (own.to_string(), to)),
        kept: vec![(entry.directory.clone(), directory.clone())],
        ..Plan::default()
    };
    mend(archive, &mut plan, |plan, file, destination| {
        let rest = destination.find('#').map_or("", |at| &destination[at..]);
        let (place, old) = match link::named(archive, file, destination) {
            Named::Document { document: named, place: None, .. } if named == document && id != entry.id => {
                return Some(format!("{id}{rest}"));
            }
            Named::Document { place: Some(place), .. } => (place, destination.split('#').next().unwrap_or_default()),
            Named::File(place) => (place, destination),
            _ => return None,
        };
        let there = plan.place_of(&place);
        let here = plan.place_of(file);
        if there == place && (here == file || old.starts_with('/')) {
            return None;
        }
        let path = match old.starts_with('/') {
            true => there.strip_prefix("content").unwrap_or(&there).to_string(),
            false => relative(&here, &there),
        };
        let slash = if old.ends_with('/') { "/" } else { "" };
        let rest = if old.len() == destination.len() { "" } else { rest };
        let new = format!("{}{slash}{rest}", address::encode(&path));
        (new != destination).then_some(new)
    })?;
    let path = &entry.source.path;
    change_record(archive, &mut plan, path, |record| {
        record::keep_address(record, &entry.directory, &directory)?;
        if id != entry.id { record::set_id(record, id) } else { Ok(()) }
    })?;
    if id != entry.id {
        for other in archive.documents.iter().chain(&archive.replaced).filter(|other| names(other, &entry.id)) {
            change_record(archive, &mut plan, &other.source.path, |record| record::rename(record, &entry.id, id))?;
        }
    }
    Ok(plan)
}

/// Whether a record names a document by its id.
fn names(entry: &Entry, id: &str) -> bool {
    let is_replaced = entry.record.replaced_by.as_ref().is_some_and(|by| by.value == id);
    let begins = |place: &str| place.split_once('#').is_some_and(|(document, _)| document == id);
    is_replaced || entry.record.section_aliases.iter().any(|(_, place)| begins(&place.value))
}

/// Whether a document may have an address.
fn check_address(
    archive: &Archive,
    document: usize,
    collection: &str,
    id: &str,
    directory: &str,
) -> Result<(), Diagnostic> {
    let entry = &archive.documents[document];
    let refused = |message: MoveMessage| Err(Diagnostic::error(message));
    if directory == entry.directory {
        return refused(MoveMessage::AlreadyAt { id: entry.id.to_string(), address: directory.to_string() });
    }
    if !directory.split('/').all(is_id) {
        return refused(MoveMessage::InvalidAddress { address: directory.to_string() });
    }
    if let Some(taker) = reserved::taker(directory, &archive.site) {
        return refused(MoveMessage::AddressOfSiteTaken { address: directory.to_string(), taker });
    }
    let others = archive.documents.iter().chain(&archive.replaced).filter(|other| !std::ptr::eq(*other, entry));
    for other in others {
        let folder = other.folder.as_deref().and_then(|folder| folder.strip_prefix("content/"));
        if other.id.eq_ignore_ascii_case(id) {
            return refused(MoveMessage::IdOfAnother { id: id.to_string(), other: other.source.path.clone() });
        }
        if folder.is_some_and(|folder| format!("{collection}/").starts_with(folder)) {
            let other = other.source.path.clone();
            return refused(MoveMessage::WithinDocument { collection: collection.to_string(), other });
        }
    }
    let lower = directory.to_lowercase();
    if archive.collections.iter().skip(1).any(|collection| collection.path.to_lowercase() == lower) {
        return refused(MoveMessage::AddressOfCollection { address: directory.to_string() });
    }
    let former = archive.former.iter().find(|(address, _)| address.to_lowercase() == lower);
    match former {
        Some((_, former)) if former.document != document => refused(MoveMessage::FormerAddressOf {
            address: directory.to_string(),
            other: archive.documents[former.document].source.path.clone(),
        }),
        _ => Ok(()),
    }
}

/// Rewrites every link for which `destination` gives another: it is told the file and what the link says.
fn mend(
    archive: &Archive,
    plan: &mut Plan,
    destination: impl Fn(&Plan, &str, &str) -> Option<String>,
) -> Result<(), Diagnostic> {
    let pages =
        archive.home.iter().chain(archive.collections.iter().filter_map(|collection| collection.source.as_ref()));
    let texts = archive.documents.iter().chain(&archive.replaced).map(|entry| &entry.source);
    for source in texts.chain(pages) {
        mend_in(archive, plan, source, &destination)?;
    }
    Ok(())
}

fn mend_in(
    archive: &Archive,
    plan: &mut Plan,
    source: &SourceFile,
    destination: &impl Fn(&Plan, &str, &str) -> Option<String>,
) -> Result<(), Diagnostic> {
    let text = source.read(&archive.root)?;
    let named = Source { file: &source.path, text: &text };
    let Ok(split) = front_matter::split(named) else { return Ok(()) };
    let mut edits = Vec::new();
    for WrittenLink { destination: from, written, whole } in links::in_text(&text, split.body, archive.site.allow_html)
    {
        if link::scheme(&from).is_some() || from.starts_with("//") {
            continue;
        }
        let Some(to) = destination(plan, &source.path, from.trim()) else { continue };
        let place = named.place(written.clone().unwrap_or(whole.clone()));
        match written {
            Some(span) => {
                plan.mended.push(Mended { file: source.path.clone(), line: place.line, from, to: to.clone() });
                edits.push(Splice::new(span, to));
            }
            None => plan.left.push(Diagnostic::warning(LinkMessage::LinkByHand { from, to }).at(named, whole)),
        }
    }
    if !edits.is_empty() {
        let after = with_edits(&text, &source.path, edits)?;
        plan.files.insert(source.path.clone(), Rewritten { before: text, after });
    }
    Ok(())
}

/// A text with links rewritten. They do not overlap, but where Markdown is read as it was not meant: then nothing is
/// changed.
fn with_edits(text: &str, file: &str, edits: Vec<Splice>) -> Result<String, Diagnostic> {
    edit::apply(text, edits)
        .map_err(|Overlap(span)| Diagnostic::error(MoveMessage::OverlappingLinks).at(Source { file, text }, span))
}

/// Changes the record of a file, over what was changed in its text.
fn change_record(
    archive: &Archive,
    plan: &mut Plan,
    path: &str,
    change: impl FnOnce(&mut Edited) -> Result<(), Diagnostic>,
) -> Result<(), Diagnostic> {
    let file = match plan.files.remove(path) {
        Some(file) => file,
        None => {
            let text = file::read_text(&archive.root, path)?;
            Rewritten { before: text.clone(), after: text }
        }
    };
    let mut edited = Edited::document(&file.after, path)?;
    change(&mut edited)?;
    plan.files.insert(path.to_string(), Rewritten { after: edited.text(), ..file });
    Ok(())
}

/// The way from a file to another, both by their paths from the archive's root.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = from.len() - 1;
    let common = from[..folders].iter().zip(&to[..to.len() - 1]).take_while(|(one, two)| one == two).count();
    let up = std::iter::repeat_n("..", folders - common);
    up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// The document's text and where its body stands.
fn read(archive: &Archive, entry: &Entry) -> Result<(String, Range<usize>), Diagnostic> {
    let text = entry.source.read(&archive.root)?;
    let split = front_matter::split(Source { file: &entry.source.path, text: &text })?;
    Ok((text, split.body))
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn ways() {
        assert_eq!(relative("content/a/x.md", "content/a/y.md"), "y.md");
        assert_eq!(relative("content/a/x.md", "content/b/y.md"), "../b/y.md");
        assert_eq!(relative("content/a/x/index.md", "content/a/y.md"), "../y.md");
        assert_eq!(relative("content/x.md", "content/a/b/y.md"), "a/b/y.md");
        assert_eq!(relative("content/a/x.md", "content/a"), "../a");
    }
}
