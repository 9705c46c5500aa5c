//! Names that the site's own pages take.
//!
//! Folders of `content/` become folders of the site, and some of the site's folders are its own. Which ones is decided here
//! and nowhere else: a folder, a document, an alias or a move that would take one is told which name is taken, and by what.
//! The names that a document's own pages take lie with the text, whose sections must not have them; they are taken up here.

use crate::diagnostic::messages::Taker;
use crate::site::Site;
pub(crate) use crate::text::reserved::{EDITIONS, FULL, INDEX, is_own_page};

/// The folder of the indexes.
pub(crate) const BROWSE: &str = "browse";

/// The folder of the index of words.
pub(crate) const SEARCH: &str = "search";

/// The folder of the edition in traditional characters.
pub(crate) const EDITION: &str = "zh-Hant";

/// What takes the name with which an address begins; none where it is free. File systems may not tell upper from lower case.
pub(crate) fn taker(address: &str, site: &Site) -> Option<Taker> {
    let top = address.split('/').next().unwrap_or_default();
    let is = |name: &str| top.eq_ignore_ascii_case(name);
    match () {
        () if is(BROWSE) => Some(Taker::Indexes),
        () if is(SEARCH) => Some(Taker::Search),
        () if is(EDITION) && site.traditional_edition => Some(Taker::Edition),
        () => None,
    }
}

/// The address of a page's counterpart in the traditional edition.
pub(crate) fn in_edition(path: &str) -> String {
    format!("{EDITION}/{path}")
}

/// The address of a page as the edition that it was made from has it.
pub(crate) fn without_edition<'a>(path: &'a str, site: &Site) -> &'a str {
    let inside = path.strip_prefix(EDITION).and_then(|path| path.strip_prefix('/'));
    inside.filter(|_| site.traditional_edition).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_by_what_is_there() {
        let plain = Site::default();
        let with_edition = Site { traditional_edition: true, ..Site::default() };
        assert_eq!(taker("browse", &plain), Some(Taker::Indexes));
        assert_eq!(taker("SEARCH/x", &plain), Some(Taker::Search));
        assert_eq!(taker("laws/search", &plain), None);
        assert_eq!(taker("zh-Hant/x", &plain), None);
        assert_eq!(taker("zh-hant", &with_edition), Some(Taker::Edition));
        assert_eq!(without_edition("zh-Hant/a.html", &with_edition), "a.html");
        assert_eq!(without_edition("zh-Hant/a.html", &plain), "zh-Hant/a.html");
    }
}
