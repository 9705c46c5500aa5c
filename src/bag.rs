//! What a bag (BagIt 1.0, RFC 8493) calls its parts, and how names stand in its lists.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

/// The file that says that a folder is a bag.
pub(crate) const DECLARATION: &str = "bagit.txt";

/// What is said of the bag.
pub(crate) const INFO: &str = "bag-info.txt";

/// Where what is kept lies, with its closing `/`.
pub(crate) const PAYLOAD: &str = "data/";

/// How the name of a list of what is kept begins; the algorithm and `.txt` follow.
pub(crate) const MANIFEST: &str = "manifest-";

/// The same for the list of the other files.
pub(crate) const TAG_MANIFEST: &str = "tagmanifest-";

/// Files that are kept elsewhere, with their addresses.
pub(crate) const FETCH: &str = "fetch.txt";

/// How many bags belong together, and which this is: `2 of 3`.
pub(crate) const COUNT: &str = "Bag-Count";

/// What bags that belong together have in common.
pub(crate) const GROUP: &str = "Bag-Group-Identifier";

/// Bytes and number of files of what is kept.
pub(crate) const OXUM: &str = "Payload-Oxum";

/// A path as it stands in a list: what would end the line, and `%` itself, is written by its number (RFC 8493, 2.1.3).
pub(crate) fn encoded(path: &str) -> Cow<'_, str> {
    match path.contains(['%', '\r', '\n']) {
        false => Cow::Borrowed(path),
        true => Cow::Owned(path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")),
    }
}

/// The path that stands so in a list. Other numbers stand for themselves.
pub(crate) fn decoded(written: &str) -> String {
    let mut path = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('%') {
        path.push_str(&rest[..at]);
        let number = rest.get(at..at + 3).unwrap_or_default();
        let is_meant = ["%25", "%0D", "%0A"].iter().any(|known| number.eq_ignore_ascii_case(known));
        let end = if is_meant { at + 3 } else { at + 1 };
        path.push_str(&if is_meant { percent_decode_str(number).decode_utf8_lossy() } else { Cow::Borrowed("%") });
        rest = &rest[end..];
    }
    path.push_str(rest);
    path
}

/// A name in the one form of Unicode that deposits are written in.
pub(crate) fn nfc(name: &str) -> String {
    name.nfc().collect()
}

/// A name as systems see it that tell neither case nor forms apart.
pub(crate) fn folded(name: &str) -> String {
    match name.is_ascii() {
        true => name.to_ascii_lowercase(),
        false => name.nfc().collect::<String>().to_lowercase().nfc().collect(),
    }
}

/// Whether a path in somebody's list may lead out of the folder: up, to the root, to a drive, to somebody's home.
pub(crate) fn leaves(path: &str) -> bool {
    let is_drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    path.is_empty()
        || path.starts_with(['/', '\\', '~'])
        || is_drive
        || path.contains('\0')
        || path.split(['/', '\\']).any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_from_lists() {
        for (name, written) in [
            ("data/甲.txt", "data/甲.txt"),
            ("data/50%.txt", "data/50%25.txt"),
            ("data/a\r\nb", "data/a%0D%0Ab"),
            ("data/%0A", "data/%250A"),
        ] {
            assert_eq!(encoded(name), written);
            assert_eq!(decoded(written), name);
        }
        assert_eq!(decoded("data/a%20b%2541%"), "data/a%20b%41%");
    }

    #[test]
    fn paths_that_lead_out_are_known() {
        for path in ["../x", "data/../../x", "/etc/x", "~/x", "~root", "C:\\x", "c:x", "a\\..\\x", "", "\\\\host\\x"] {
            assert!(leaves(path), "{path}");
        }
        for path in ["data/x", "data/..x", "data/x..", "data/~x", "甲:x"] {
            assert!(!leaves(path), "{path}");
        }
    }
}
