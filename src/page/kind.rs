//! What makes the files of the site: the kinds of pages, and what there is besides.
//!
//! A build makes all of them, a server the one that an address asks for, both by [`Pages::write`](super::Pages::write). A
//! build lets no two files claim one address, so the first kind that fits an address is the only one.

use crate::archive::index::IndexKind;
use crate::archive::{Archive, reserved};
use crate::format::CATALOGUES;
use crate::theme::Theme;

/// The page for addresses that lead nowhere.
pub(super) const NOT_FOUND: &str = "404.html";

/// What search engines are told.
pub(super) const ROBOTS: &str = "robots.txt";

/// The page to search.
pub(super) const SEARCH: &str = "search.html";

/// A kind of page, with which one it is; or what else makes files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageKind {
    /// The home page, the pages of its lists, and files beside `content/_index.md`.
    Home,
    /// A collection's pages and files.
    Collection(usize),
    /// A document's pages, downloads and files.
    Document(usize),
    /// The page that lists the indexes.
    BrowseHome,
    /// The documents of all years.
    Timeline,
    /// The list of an index.
    Index(IndexKind),
    /// The pages of one entry of an index.
    Entry(IndexKind, usize),
    /// The page to search.
    Search,
    /// The page for addresses that lead nowhere.
    NotFound,
    /// The files of the theme.
    Static,
    /// `robots.txt`.
    Robots,
    /// One of [`CATALOGUES`].
    Catalogue(usize),
    /// The editions of the archive.
    Editions,
    /// The index of all words, which a page cannot make: it needs every text.
    Words,
}

impl PageKind {
    /// The pages that list documents.
    pub(crate) fn lists(archive: &Archive) -> Vec<Self> {
        let mut lists = vec![Self::Home, Self::BrowseHome, Self::Timeline];
        lists.extend((1..archive.collections.len()).map(Self::Collection));
        for index in &archive.indexes {
            lists.push(Self::Index(index.kind));
            lists.extend((0..index.entries.len()).map(|entry| Self::Entry(index.kind, entry)));
        }
        lists
    }

    /// What stands once and lists nothing. An archive's own robots.txt stands for that of the program.
    pub(crate) fn rest(archive: &Archive, theme: &Theme) -> Vec<Self> {
        let mut rest = vec![Self::NotFound];
        rest.extend(archive.site.search.then_some(Self::Search));
        rest.push(Self::Static);
        rest.extend((!theme.files.contains_key(ROBOTS)).then_some(Self::Robots));
        rest
    }

    /// Finds what makes the file at `path`.
    pub(crate) fn of(path: &str, archive: &Archive, theme: &Theme) -> Option<Self> {
        let path = reserved::without_edition(path, &archive.site);
        if theme.files.contains_key(path) {
            return Some(Self::Static);
        }
        match path {
            NOT_FOUND => return Some(Self::NotFound),
            ROBOTS => return Some(Self::Robots),
            SEARCH => return archive.site.search.then_some(Self::Search),
            _ if is_of_editions(path) => return Some(Self::Editions),
            _ => {}
        }
        if let Some(at) = CATALOGUES.iter().position(|catalogue| catalogue.path == path) {
            return (CATALOGUES[at].is_made)(archive).then_some(Self::Catalogue(at));
        }
        match path.split_once('/') {
            None => Some(Self::Home),
            Some((reserved::SEARCH, _)) => archive.site.search.then_some(Self::Words),
            Some((reserved::BROWSE, path)) => in_browse(path, archive),
            Some(_) => in_content(path, archive),
        }
    }

    /// Whether a folder has a page, so that its address without the last `/` is meant for it.
    pub(crate) fn is_folder(path: &str, archive: &Archive, theme: &Theme) -> bool {
        if archive.former.contains_key(reserved::without_edition(path, &archive.site)) {
            return true;
        }
        let page = format!("{path}/index.html");
        match Self::of(&page, archive, theme) {
            Some(Self::Document(at)) => {
                archive.documents[at].directory == reserved::without_edition(path, &archive.site)
            }
            Some(Self::Collection(at)) => {
                archive.collections[at].path == reserved::without_edition(path, &archive.site)
            }
            Some(Self::BrowseHome | Self::Index(_)) => true,
            _ => false,
        }
    }
}

/// Whether a path is that of a page of the list of editions: `editions.html`, `editions.2.html`.
fn is_of_editions(path: &str) -> bool {
    let Some(stem) = path.strip_suffix(".html") else { return false };
    let number = stem.strip_prefix(reserved::EDITIONS).map(|rest| rest.strip_prefix('.').unwrap_or(rest));
    number.is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
}

fn in_browse(path: &str, archive: &Archive) -> Option<PageKind> {
    let Some((folder, name)) = path.split_once('/') else {
        return match path {
            "index.html" => Some(PageKind::BrowseHome),
            _ => Some(PageKind::Timeline),
        };
    };
    let kind = IndexKind::ALL.into_iter().find(|kind| kind.folder() == folder)?;
    let stem = name.strip_suffix(".html")?;
    // The pages of a long list are slug.2.html and so on, and a slug has no point.
    let slug = stem.split_once('.').map_or(stem, |(slug, _)| slug);
    if slug == reserved::INDEX {
        return Some(PageKind::Index(kind));
    }
    let entry = archive.index(kind)?.entries.iter().position(|entry| entry.slug == slug)?;
    Some(PageKind::Entry(kind, entry))
}

/// The document or collection in whose folder a file lies: the innermost.
fn in_content(path: &str, archive: &Archive) -> Option<PageKind> {
    let folders = || path.rmatch_indices('/').map(|(at, _)| &path[..at]);
    let document = folders().find_map(|folder| {
        let id = folder.rsplit('/').next().unwrap_or(folder);
        archive.by_id(id).filter(|at| archive.documents[*at].directory == folder)
    });
    let collection = || {
        folders().find_map(|folder| {
            // The archive itself comes first; the others are in the order of their paths.
            let named = &archive.collections[1..];
            named.binary_search_by(|collection| collection.path.as_str().cmp(folder)).ok().map(|at| at + 1)
        })
    };
    document.map(PageKind::Document).or_else(|| collection().map(PageKind::Collection))
}
