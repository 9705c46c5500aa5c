//! Names that no id may take: those of a document's own pages, and those that no file can have on Windows.
//!
//! A section may become a page, and its id is that page's name. The names that the rest of the site takes are in
//! `archive::reserved`.

/// The page of the whole text, as ids, `content/ids.lock` and `[section_aliases]` name it.
pub(crate) const FULL: &str = "full";

/// A document's first page, and the first page of every list.
pub(crate) const INDEX: &str = "index";

/// The page that says what editions changed in a document.
pub(crate) const EDITIONS: &str = "editions";

/// Whether a name is that of a page which every document has or may come to have, so that no section can have it. Capital letters do not tell
/// two files apart on every disc.
pub(crate) fn is_own_page(name: &str) -> bool {
    [INDEX, FULL, EDITIONS].iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Names that Windows keeps for devices, whatever their ending.
pub(crate) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered =
        |prefix: &str| stem.strip_prefix(prefix).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}
