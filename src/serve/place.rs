//! Which page of the site an address is.
//!
//! The order is that of a build, which lets no two files claim one place: so the first place that fits is the only one.

use crate::archive::Archive;
use crate::archive::index::Kind;
use crate::format::CATALOGUES;
use crate::page::edition;
use crate::search;
use crate::theme::Theme;

/// What makes a file of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The home page, the pages of its lists, and files beside `content/_index.md`.
    Home,
    /// The page for addresses that lead nowhere.
    NotFound,
    /// `search.html`.
    Search,
    /// A file of the index.
    Index,
    /// A file of the theme.
    Static,
    /// One of [`CATALOGUES`].
    Catalogue(usize),
    /// `robots.txt`.
    Robots,
    /// `browse/index.html`.
    BrowseHome,
    /// `browse/timeline.html`.
    Timeline,
    /// The list of an index.
    List(Kind),
    /// The pages of one entry of an index.
    Entry(Kind, usize),
    /// A document's pages, downloads and files.
    Document(usize),
    /// A collection's pages and files.
    Collection(usize),
}

impl Place {
    /// Finds what makes the file at `path`.
    pub fn of(path: &str, archive: &Archive, theme: &Theme) -> Option<Self> {
        let path = match path.strip_prefix(edition::FOLDER) {
            Some(path) if archive.site.traditional_edition => path,
            _ => path,
        };
        if theme.files.contains_key(path) {
            return Some(Self::Static);
        }
        match path {
            "404.html" => return Some(Self::NotFound),
            "robots.txt" => return Some(Self::Robots),
            "search.html" => return archive.site.search.then_some(Self::Search),
            _ => {}
        }
        if let Some(at) = CATALOGUES.iter().position(|catalogue| catalogue.path == path) {
            return (CATALOGUES[at].is_made)(archive).then_some(Self::Catalogue(at));
        }
        match path.split_once('/') {
            None => Some(Self::Home),
            Some((search::FOLDER, _)) => archive.site.search.then_some(Self::Index),
            Some(("browse", path)) => in_browse(path, archive),
            Some(_) => in_content(path, archive),
        }
    }

    /// Whether a folder has a page, so that its address without the last `/` is meant for it.
    pub fn is_folder(path: &str, archive: &Archive, theme: &Theme) -> bool {
        if archive.former.contains_key(without_edition(path, archive)) {
            return true;
        }
        let page = format!("{path}/index.html");
        match Self::of(&page, archive, theme) {
            Some(Self::Document(at)) => archive.documents[at].directory == without_edition(path, archive),
            Some(Self::Collection(at)) => archive.collections[at].path == without_edition(path, archive),
            Some(Self::BrowseHome | Self::List(_)) => true,
            _ => false,
        }
    }
}

/// The address of a page as the edition that it was made from has it.
pub fn without_edition<'a>(path: &'a str, archive: &Archive) -> &'a str {
    path.strip_prefix(edition::FOLDER).filter(|_| archive.site.traditional_edition).unwrap_or(path)
}

fn in_browse(path: &str, archive: &Archive) -> Option<Place> {
    let Some((folder, name)) = path.split_once('/') else {
        return match path {
            "index.html" => Some(Place::BrowseHome),
            _ => Some(Place::Timeline),
        };
    };
    let kind = Kind::ALL.into_iter().find(|kind| kind.folder() == folder)?;
    let stem = name.strip_suffix(".html")?;
    // The pages of a long list are slug.2.html and so on, and a slug has no point.
    let slug = stem.split_once('.').map_or(stem, |(slug, _)| slug);
    if slug == "index" {
        return Some(Place::List(kind));
    }
    let entry = archive.index(kind)?.entries.iter().position(|entry| entry.slug == slug)?;
    Some(Place::Entry(kind, entry))
}

/// The document or collection in whose folder a file lies: the innermost.
fn in_content(path: &str, archive: &Archive) -> Option<Place> {
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
    document.map(Place::Document).or_else(|| collection().map(Place::Collection))
}
