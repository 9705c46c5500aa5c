//! Addresses that lead out of the archive, and where they stand.

use std::ops::Range;

use crate::diagnostic::{Place, Source};
use crate::file;
use crate::folder::Folder;
use crate::record::Record;

/// An address on the web, with its place in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outward {
    /// As it is written.
    pub address: String,
    /// Where.
    pub place: Place,
}

/// Whether an address is asked for over the web. Nothing but http and https ever is.
pub(crate) fn is_outward(address: &str) -> bool {
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

/// The addresses of a record.
pub(crate) fn of_record(source: Source<'_>, record: Range<usize>, of: &Record) -> Vec<Outward> {
    let own = [("source_url", &of.source_url), ("rights_uri", &of.rights_uri)];
    let found = own.into_iter().chain(of.more_sources.iter().map(|source| ("address", &source.address)));
    let found = found.filter_map(|(field, address)| Some((field, address.as_ref()?)));
    found.map(|(field, address)| located(source, record.clone(), field, address)).collect()
}

/// The addresses of site.toml that lead elsewhere.
pub(crate) fn of_site(root: &Folder) -> Vec<Outward> {
    let Ok(text) = file::read_text(root, "site.toml") else { return Vec::new() };
    let source = Source { file: "site.toml", text: &text };
    let mut report = crate::diagnostic::Report::new();
    let site = crate::site::Site::parse(source, &mut report);
    let found = [("publisher_url", site.publisher_url), ("uri", site.rights_uri)];
    let found = found.into_iter().filter_map(|(field, address)| Some((field, address?)));
    found.map(|(field, address)| located(source, 0..text.len(), field, &address)).collect()
}

/// An address at the value of its field; at the field where it is written in another way.
fn located(source: Source<'_>, range: Range<usize>, field: &str, address: &str) -> Outward {
    let text = &source.text[range.clone()];
    let from =
        text.match_indices(field).map(|(at, _)| at).find(|at| *at == 0 || text[..*at].ends_with(['\n', ' ', '\t']));
    let from = from.unwrap_or(0);
    let span = match text[from..].find(address) {
        Some(at) => range.start + from + at..range.start + from + at + address.len(),
        None => range.start + from..range.start + from + field.len(),
    };
    Outward { address: address.to_string(), place: source.place(span) }
}
