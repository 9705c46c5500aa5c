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

/// Finds the footnotes of a page.
pub(super) fn find(document: &Document) -> Notes {
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
    for (at, link, id) in &links {
        let words = link.text();
        let printed = words.trim().trim_matches(['[', ']', '(', ')', '（', '）', '〔', '〕', '【', '】', '^']).trim();
        let short = !printed.is_empty() && printed.chars().nth(4).is_none() && printed.chars().all(is_mark);
        let Some((place, target)) = targets.get(id).filter(|(place, _)| short && place > at) else { continue };
        let Some(note) = around(target) else { continue };
        if note.descendants_it().any(|inner| inner.id == link.id) || !is_note(&note, link) {
            continue;
        }
        if let Some(label) = notes.notes.get(&note.id) {
            notes.marks.insert(link.id, label.clone());
            continue;
        }
        let plain = printed.chars().all(|character| character.is_ascii_alphanumeric());
        let mut label = if plain { printed.to_string() } else { format!("n{}", labels.len() + 1) };
        while labels.contains(&label) {
            label = format!("{label}-{place}");
        }
        labels.insert(label.clone());
        notes.marks.insert(link.id, label.clone());
        notes.notes.insert(note.id, label);
        for back in note.descendants_it().filter(|inner| inner.has_name("a")) {
            if back.attr("href").is_some_and(|href| leads_to(&href, link)) {
                notes.returns.insert(back.id);
            }
        }
    }
    notes
}

fn is_mark(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '*' | '†' | '‡' | '§' | '①'..='⑳' | '注' | '註')
}

/// The element that is the note: the target, or the paragraph or item around an empty anchor.
fn around<'a>(target: &NodeRef<'a>) -> Option<NodeRef<'a>> {
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

/// Whether an element is the note of a mark: it leads back, or it is called so.
fn is_note(note: &NodeRef<'_>, link: &NodeRef<'_>) -> bool {
    let called = |node: &NodeRef<'_>| {
        ["class", "role", "epub:type", "id"].iter().filter_map(|name| node.attr(name)).any(|value| {
            let value = value.to_ascii_lowercase();
            ["footnote", "endnote", "rearnote", "_ftn", "_edn"].iter().any(|word| value.contains(word))
        })
    };
    let back = note
        .descendants_it()
        .any(|inner| inner.has_name("a") && inner.attr("href").is_some_and(|href| leads_to(&href, link)));
    back || called(note) || called(link) && note.parent().is_some_and(|parent| called(&parent))
}

/// Whether an address leads to a mark or to what is directly around it.
fn leads_to(href: &str, mark: &NodeRef<'_>) -> bool {
    let Some(id) = href.strip_prefix('#').filter(|id| !id.is_empty()) else { return false };
    let has = |node: &NodeRef<'_>| {
        node.attr("id").is_some_and(|own| &*own == id) || node.attr("name").is_some_and(|own| &*own == id)
    };
    has(mark)
        || mark.parent().is_some_and(|parent| has(&parent))
        || mark.descendants_it().any(|inner| has(&inner))
        || mark.prev_sibling().is_some_and(|before| has(&before))
}
