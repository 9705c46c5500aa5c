//! Every code that a message can carry, by what it speaks of.
//!
//! People search for a code, scripts filter by it, and `fonds explain` has a page for it; so the list is closed. In a
//! build for testing a message with a code that is not listed here cannot be made, and a test compares the list with the
//! pages in `docs/content/codes/`.

/// What a group of codes speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Its heading.
    pub title: &'static str,
    /// Its codes, sorted.
    pub codes: &'static [&'static str],
}

/// All codes.
pub const KINDS: &[Kind] = &[
    Kind {
        title: "The archive and its files",
        codes: &[
            "bad-file-name",
            "bad-folder-name",
            "cannot-move",
            "changed-original",
            "document-in-document",
            "home-page-name",
            "no-archive",
            "no-content",
            "no-document",
            "not-empty",
            "not-utf8",
            "orphan-file",
            "symbolic-link",
            "unknown-code",
            "unreadable",
            "wrong-extension",
        ],
    },
    Kind {
        title: "Records and settings",
        codes: &[
            "alias-taken",
            "bad-alias",
            "bad-date",
            "bad-id",
            "bad-language",
            "bad-split-level",
            "duplicate-id",
            "impossible-date",
            "long-record",
            "missing-field",
            "missing-name",
            "missing-record",
            "missing-title",
            "not-an-address",
            "open-record",
            "replaced-by",
            "rights-unstated",
            "toml",
            "unknown-field",
            "unknown-language",
            "unknown-rights-uri",
            "unknown-word",
            "wrong-type",
        ],
    },
    Kind {
        title: "Texts and links",
        codes: &[
            "broken-link",
            "dead-address",
            "duplicate-section-id",
            "external-image",
            "image-without-text",
            "link-by-hand",
            "link-to-original",
            "link-to-withheld",
            "missing-image",
            "moved-address",
            "no-id",
            "no-text",
            "nul-in-text",
            "private-address",
            "refused-address",
            "silent-address",
            "too-many-pages",
            "unread-link",
            "unsafe-address",
            "unused-footnote",
            "withheld",
        ],
    },
    Kind { title: "Documents beside each other", codes: &["duplicate-number", "duplicate-title", "near-name"] },
    Kind {
        title: "The site",
        codes: &[
            "changes",
            "edition",
            "ids-lock",
            "lost-address",
            "lost-section",
            "missing-strings",
            "no-browser",
            "no-pdf",
            "no-watching",
            "not-our-folder",
            "path-clash",
            "pdf",
            "pdf-font",
            "strange-files",
            "template",
            "unknown-place",
            "unknown-string",
            "unportable-name",
            "variants",
            "zip",
        ],
    },
    Kind {
        title: "Importing",
        codes: &[
            "bad-pattern",
            "comments-left-out",
            "confusable-number",
            "content-encoding",
            "damaged-xml",
            "diagram-left-out",
            "embedded-document-left-out",
            "empty-capture",
            "encrypted-book",
            "entity-declared",
            "fidelity",
            "field-text-left-out",
            "formula-flattened",
            "front-matter",
            "hidden-text",
            "http-damaged",
            "lonely-number",
            "long-heading",
            "lost-character",
            "many-captures",
            "missing-chapter",
            "nested-too-deeply",
            "no-captures",
            "no-such-file",
            "not-a-book",
            "not-a-document",
            "not-a-package",
            "not-text",
            "note-missing",
            "old-word-file",
            "original-missing",
            "package-too-large",
            "reading-aid-inline",
            "record-too-large",
            "sequence-dup",
            "sequence-gap",
            "sequence-reject",
            "sequence-start",
            "symbol-font",
            "tracked-changes",
            "undecodable",
            "unnumbered-heading",
            "unread-date",
            "unreferenced-note",
            "update-conflict",
            "warc-damaged",
        ],
    },
];

/// The group that a code belongs to.
pub fn kind_of(code: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.codes.contains(&code))
}

/// All codes in the order of the list.
pub fn all() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|kind| kind.codes).copied()
}

/// Whether a code is on the list.
pub fn is_listed(code: &str) -> bool {
    kind_of(code).is_some()
}
