//! What a reader narrows a result by: authors, source offices and years of all documents, in the order of
//! the index.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::archive::Archive;

/// One property of all documents: its names, and for each document the places of its names among them.
#[derive(Debug, Default, Serialize)]
struct Facet<'a> {
    names: Vec<&'a str>,
    documents: Vec<Vec<usize>>,
}

impl<'a> Facet<'a> {
    fn of(names: impl Iterator<Item = Vec<&'a str>>) -> Self {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut facet = Self::default();
        for document in names {
            let mut own = Vec::with_capacity(document.len());
            for name in document {
                let place = *places.entry(name).or_insert_with(|| {
                    facet.names.push(name);
                    facet.names.len() - 1
                });
                if !own.contains(&place) {
                    own.push(place);
                }
            }
            facet.documents.push(own);
        }
        facet
    }
}

/// All of them.
#[derive(Debug, Serialize)]
struct Facets<'a> {
    authors: Facet<'a>,
    offices: Facet<'a>,
    /// First and last year of each document.
    years: Vec<(Option<i64>, Option<i64>)>,
}

/// As JSON, for documents in an order.
pub(crate) fn write(archive: &Archive, order: &[usize]) -> String {
    let record = |at: &usize| &archive.documents[*at].record;
    let facets = Facets {
        authors: Facet::of(
            order.iter().map(|at| record(at).authors.iter().map(|author| author.name.as_str()).collect()),
        ),
        offices: Facet::of(order.iter().map(|at| record(at).source.iter().map(String::as_str).collect())),
        years: order
            .iter()
            .map(|at| record(at).date.as_ref().map_or((None, None), crate::record::date::Date::years))
            .collect(),
    };
    // Strings and numbers in vectors: nothing that JSON could not say.
    serde_json::to_string(&facets).unwrap_or_default()
}
