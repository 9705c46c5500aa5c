//! Footnotes of a book that stand in another of its files than their marks.
//!
//! Publishers gather the notes of all chapters in a chapter of their own. A mark is known by its type (`noteref`, EPUB 3
//! Structural Semantics), or because what it leads to is called a note or leads back to it.

use std::collections::BTreeMap;

use dom_query::{Document, NodeRef};

use super::notes::{Elsewhere, around, is_called_note, names, printed};

/// Finds such notes among pages, given with their names. `resolve` says which page an address in one of them means.
pub(crate) fn find(pages: &[(&str, &str)], resolve: &dyn Fn(&str, &str) -> Option<String>) -> Vec<Elsewhere> {
    let mut found = vec![Elsewhere::default(); pages.len()];
    let may_be = |html: &str| ["noteref", "footnote", "endnote", "rearnote"].iter().any(|word| html.contains(word));
    if !pages.iter().any(|(_, html)| may_be(html)) {
        return found;
    }
    let documents: Vec<Document> = pages.iter().map(|(_, html)| Document::from(*html)).collect();
    let places: Vec<BTreeMap<String, NodeRef<'_>>> = documents.iter().map(places).collect();
    let mut labels: BTreeMap<(usize, String), String> = BTreeMap::new();
    for (nth, document) in documents.iter().enumerate() {
        for link in document.select("a[href]").nodes() {
            let Some(href) = link.attr("href").filter(|_| printed(link).is_some()) else { continue };
            let Some((path, place)) = href.split_once('#').filter(|(path, _)| !path.is_empty()) else { continue };
            let target = resolve(pages[nth].0, path);
            let Some(other) = pages.iter().position(|(name, _)| Some(*name) == target.as_deref()) else { continue };
            let Some(note) = places[other].get(place).and_then(around).filter(|_| other != nth) else { continue };
            let leads_back = || {
                let names = names(link);
                note.descendants_it().filter_map(|inner| inner.attr("href")).any(|back| {
                    let (path, place) = back.split_once('#').unwrap_or((&back, ""));
                    names.contains(place) && resolve(pages[other].0, path).as_deref() == Some(pages[nth].0)
                })
            };
            if !(is_reference(link) || is_called_note(&note, link) || leads_back()) {
                continue;
            }
            let next = format!("e{}", labels.len() + 1);
            let label = labels.entry((other, place.to_string())).or_insert(next);
            found[nth].marks.insert(href.to_string(), label.clone());
            found[other].notes.insert(place.to_string(), label.clone());
        }
    }
    found
}

fn places(document: &Document) -> BTreeMap<String, NodeRef<'_>> {
    let mut places = BTreeMap::new();
    for node in document.select("[id]").nodes() {
        if let Some(id) = node.attr("id") {
            places.entry(id.to_string()).or_insert(*node);
        }
    }
    places
}

fn is_reference(link: &NodeRef<'_>) -> bool {
    ["epub:type", "role"].iter().filter_map(|name| link.attr(name)).any(|value| value.contains("noteref"))
}
