//! The page that explains a code: `docs/content/codes/<code>.md`, embedded in the binary, so that a message can be
//! looked up where there is no network. The same files are a chapter of the guide.

use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

use crate::diagnostic::{Report, Source};
use crate::record::fields::Fields;
use crate::record::front_matter;
use crate::record::table::VOCABULARY;

static PAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/content/codes");

/// What a code means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// In one sentence.
    pub title: String,
    /// At length, in Markdown: what it means, an example that provokes it, the remedy.
    pub body: &'static str,
}

/// The page of a code. `None` where there is no such code.
pub fn find(code: &str) -> Option<Explanation> {
    let text = PAGES.get_file(format!("{code}.md"))?.contents_utf8()?;
    let source = Source { file: code, text };
    let split = front_matter::split(source).ok()?;
    let title = Fields::parse(source, split.record, "record", VOCABULARY, &mut Report::new())
        .string("title", &mut Report::new());
    Some(Explanation { title: title?, body: text.get(split.body)?.trim() })
}

/// The codes that have a page.
pub fn codes() -> &'static [&'static str] {
    static CODES: OnceLock<Vec<&'static str>> = OnceLock::new();
    CODES.get_or_init(|| {
        let stem = |file: &include_dir::File<'static>| file.path().file_stem()?.to_str();
        PAGES.files().filter_map(stem).filter(|stem| !stem.starts_with('_')).collect()
    })
}
