//! Files among bags of a size.
//!
//! Files go into bags in their order, so that whoever looks for one knows where. A document's files stay together where they fit
//! into one bag; one that is larger than a bag is divided like everything else. A single file that is larger has a bag of its
//! own, for a bag cannot hold half of it.

use std::collections::BTreeMap;

use super::item::Item;

/// Bytes that a bag has besides its files and their lines: what is said of it, and its own README.
const FIXED: u64 = 8_192;

/// Bytes of a file's two lines without its path: digests, spaces, ends.
const LINES: u64 = 64 + 128 + 6;

/// Files in bags, and how many of them are larger than a bag may be.
pub(super) struct Split {
    pub bags: Vec<Vec<Item>>,
    pub large: usize,
}

/// Puts files into bags of at most `size` bytes.
pub(super) fn split(items: Vec<Item>, size: u64) -> Split {
    let room = size.saturating_sub(FIXED);
    let mut large = 0;
    let (mut bags, mut bag, mut taken): (Vec<Vec<Item>>, Vec<Item>, u64) = (Vec::new(), Vec::new(), 0);
    for unit in units(items).into_iter().flat_map(|unit| parts(unit, room)) {
        let bytes: u64 = unit.iter().map(cost).sum();
        large += usize::from(bytes > room);
        if !bag.is_empty() && taken.saturating_add(bytes) > room {
            bags.push(std::mem::take(&mut bag));
            taken = 0;
        }
        taken = taken.saturating_add(bytes);
        bag.extend(unit);
    }
    bags.push(bag);
    for bag in &mut bags {
        bag.sort_unstable_by(|one, two| one.path.cmp(&two.path));
    }
    Split { bags, large }
}

/// What a file takes in a bag.
fn cost(item: &Item) -> u64 {
    item.bytes + LINES + 2 * (item.path.len() as u64 + "data/".len() as u64)
}

/// Files that belong together: what is nobody's first, each by itself, then the documents in the order of their first files.
fn units(items: Vec<Item>) -> Vec<Vec<Item>> {
    let mut units = Vec::new();
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    let mut documents: Vec<Vec<Item>> = Vec::new();
    for item in items {
        match item.document {
            None => units.push(vec![item]),
            Some(document) => {
                let at = *places.entry(document).or_insert_with(|| {
                    documents.push(Vec::new());
                    documents.len() - 1
                });
                documents[at].push(item);
            }
        }
    }
    units.extend(documents);
    units
}

/// A unit as a whole where it fits, and file by file where it does not.
fn parts(unit: Vec<Item>, room: u64) -> Vec<Vec<Item>> {
    match unit.iter().map(cost).sum::<u64>() <= room {
        true => vec![unit],
        false => unit.into_iter().map(|item| vec![item]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::item::Origin;
    use super::*;

    fn item(path: &str, bytes: u64, document: Option<usize>) -> Item {
        Item { path: path.to_string(), from: Origin::Made(Vec::new()), bytes, document }
    }

    #[test]
    fn a_document_is_divided_only_where_it_must_be() {
        let items = vec![
            item("content/a.md", 4_000, Some(0)),
            item("content/b.md", 36_000, Some(1)),
            item("site/a/index.html", 4_000, Some(0)),
            item("site/b/index.html", 36_000, Some(1)),
            item("site/large", 90_000, None),
            item("site/style.css", 10, None),
        ];
        let Split { bags, large } = split(items, 8_192 + 40_000);
        let names: Vec<Vec<&str>> =
            bags.iter().map(|bag| bag.iter().map(|item| item.path.as_str()).collect()).collect();
        assert_eq!(large, 1);
        assert_eq!(
            names,
            [
                vec!["site/large"],
                vec!["content/a.md", "site/a/index.html", "site/style.css"],
                vec!["content/b.md"],
                vec!["site/b/index.html"],
            ]
        );
    }
}
