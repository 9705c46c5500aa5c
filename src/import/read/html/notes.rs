//! Footnotes of a page: a short mark that links to a place further down, where the note stands.
//!
//! Pages have no element for them, so the evidence is the link: its words are a number or a sign, its target is on the same
//! page and further down, and the target links back or is called a note.

use std::collections::{BTreeMap, BTreeSet};

use dom_query::{Document, NodeId, NodeRef};

use super::block::is_block;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Links that are marks, with the label of their note.
    pub marks: BTreeMap<NodeId, String>,
    /// Elements that are notes, with their labels.
    pub notes: BTreeMap<NodeId, String>,
    /// Links inside notes that lead back.
    pub returns: BTreeSet<NodeId>,
}

/// What a page needs to know of notes that are not all its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// The labels of notes in other files, by the address that a mark here has.
    pub(super) marks: BTreeMap<String, String>,
    /// The labels of notes here whose marks are in other files, by their ids.
    pub(super) notes: BTreeMap<String, String>,
}

impl Elsewhere {
    /// Whether a label is that of such a note.
    pub(crate) fn has(&self, label: &str) -> bool {
        self.marks.values().chain(self.notes.values()).any(|own| own == label)
    }
}

/// Finds the footnotes of a page.
pub(super) fn find(document: &Document, elsewhere: Option<&Elsewhere>) -> Notes {
    let mut notes = Notes::default();
    let mut targets: BTreeMap<String, (usize, NodeRef<'_>)> = BTreeMap::new();
    let mut links: Vec<(usize, NodeRef<'_>, String)> = Vec::new();
    for (at, node) in document.root().descendants_it().enumerate() {
        for name in ["id", "name"] {
            if let Some(id) = node.attr(name).filter(|_| name == "id" || node.has_name("a")) {
                targets.entry(id.to_string()).or_insert((at, node));
            }
        }
        if node.has_name("a")
            && let Some(id) = node.attr("href").and_then(|href| href.strip_prefix('#').map(str::to_string))
        {
            links.push((at, node, id));
        }
    }
    let mut labels: BTreeSet<String> = BTreeSet::new();
    let mut leading: BTreeMap<NodeId, Ways> = BTreeMap::new();
    for (at, link, id) in &links {
        let Some(printed) = printed(link) else { continue };
        let Some((place, target)) = targets.get(id).filter(|(place, _)| place > at) else { continue };
        let Some(note) = around(target) else { continue };
        if link.ancestors_it(None).any(|outer| outer.id == note.id) {
            continue;
        }
        let ways = leading.entry(note.id).or_insert_with(|| ways(&note));
        let names = names(link);
        let mut back = names.iter().filter_map(|name| ways.get(name)).flatten().copied().peekable();
        if back.peek().is_none() && !is_called_note(&note, link) {
            continue;
        }
        if let Some(label) = notes.notes.get(&note.id) {
            notes.marks.insert(link.id, label.clone());
            continue;
        }
        let plain = printed.chars().all(|character| character.is_ascii_alphanumeric());
        let mut label = if plain { printed } else { format!("n{}", labels.len() + 1) };
        while labels.contains(&label) {
            label = format!("{label}-{place}");
        }
        labels.insert(label.clone());
        notes.marks.insert(link.id, label.clone());
        notes.notes.insert(note.id, label);
        notes.returns.extend(back);
    }
    if let Some(elsewhere) = elsewhere {
        put_elsewhere(&mut notes, document, &targets, elsewhere);
    }
    notes
}

/// Marks whose notes are in another file of a book, and notes whose marks are.
fn put_elsewhere(
    notes: &mut Notes,
    document: &Document,
    targets: &BTreeMap<String, (usize, NodeRef<'_>)>,
    elsewhere: &Elsewhere,
) {
    for link in document.select("a[href]").nodes() {
        let label = link.attr("href").and_then(|href| elsewhere.marks.get(&*href));
        if let Some(label) = label.filter(|_| printed(link).is_some()) {
            notes.marks.insert(link.id, label.clone());
        }
    }
    for (id, label) in &elsewhere.notes {
        let Some(note) = targets.get(id).and_then(|(_, target)| around(target)) else { continue };
        if notes.notes.contains_key(&note.id) {
            continue;
        }
        notes.notes.insert(note.id, label.clone());
        let leads_out = |link: &NodeRef<'_>| link.attr("href").is_some_and(|href| !href.starts_with('#'));
        let is_sign = |link: &NodeRef<'_>| !link.text().chars().any(char::is_alphanumeric);
        let back = note.descendants_it().filter(|link| link.has_name("a") && leads_out(link) && is_sign(link));
        notes.returns.extend(back.map(|link| link.id));
    }
}

/// What a link prints, if it may be the mark of a note: a number or sign, without the brackets around it.
pub(super) fn printed(link: &NodeRef<'_>) -> Option<String> {
    let words = link.text();
    let printed = words.trim().trim_matches(['[', ']', '(', ')', '（', '）', '〔', '〕', '【', '】', '^']).trim();
    let is_short = !printed.is_empty() && printed.chars().nth(4).is_none() && printed.chars().all(is_mark);
    is_short.then(|| printed.to_string())
}

fn is_mark(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '*' | '†' | '‡' | '§' | '①'..='⑳' | '注' | '註')
}

/// The element that is the note: the target, or the paragraph or item around an empty anchor.
pub(super) fn around<'a>(target: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut node = *target;
    for _ in 0..6 {
        let name = node.node_name()?;
        if is_block(&name) {
            return matches!(&*name, "li" | "p" | "div" | "aside" | "dd" | "td" | "section").then_some(node);
        }
        node = node.parent()?;
    }
    None
}

/// Whether an element is called a note, or its mark and what is around it are.
pub(super) fn is_called_note(note: &NodeRef<'_>, link: &NodeRef<'_>) -> bool {
    let called = |node: &NodeRef<'_>| {
        ["class", "role", "epub:type", "id"].iter().filter_map(|name| node.attr(name)).any(|value| {
            let value = value.to_ascii_lowercase();
            ["footnote", "endnote", "rearnote", "_ftn", "_edn"].iter().any(|word| value.contains(word))
        })
    };
    called(note) || called(link) && note.parent().is_some_and(|parent| called(&parent))
}

/// The links inside an element that lead to places on the page, by the places' names.
type Ways = BTreeMap<String, Vec<NodeId>>;

fn ways(note: &NodeRef<'_>) -> Ways {
    let mut ways = Ways::new();
    for link in note.descendants_it().filter(|inner| inner.has_name("a")) {
        let href = link.attr("href");
        if let Some(name) = href.as_deref().and_then(|href| href.strip_prefix('#')).filter(|name| !name.is_empty()) {
            ways.entry(name.to_string()).or_default().push(link.id);
        }
    }
    ways
}

/// The names that a link back to a mark may have for it: its own, and those of what is directly around it.
pub(super) fn names(mark: &NodeRef<'_>) -> BTreeSet<String> {
    let around = [mark.parent(), mark.prev_sibling()].into_iter().flatten();
    let all = std::iter::once(*mark).chain(around).chain(mark.descendants_it());
    all.flat_map(|node| [node.attr("id"), node.attr("name")]).flatten().map(|name| name.to_string()).collect()
}
