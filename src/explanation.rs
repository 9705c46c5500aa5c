//! The page that explains a code: `docs/content/codes/<code>.md`, and `docs/zh/content/codes/<code>.md` in Chinese, embedded
//! in the binary, so that a message can be looked up where there is no network. The same files are a chapter of the guide.

use include_dir::{Dir, include_dir};

use crate::diagnostic::lang::Lang;
use crate::diagnostic::{Report, Source};
use crate::record::fields::Fields;
use crate::record::front_matter;
use crate::record::table::VOCABULARY;

static ENGLISH: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/content/codes");
static CHINESE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/zh/content/codes");

/// What a code means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// In one sentence.
    pub title: String,
    /// At length, in Markdown: what it means, an example that provokes it, the remedy.
    pub body: &'static str,
}

/// The pages in a language.
fn pages(lang: Lang) -> &'static Dir<'static> {
    if lang.is_chinese() { &CHINESE } else { &ENGLISH }
}

/// The page of a code. `None` where there is no such code.
pub fn find(code: &str, lang: Lang) -> Option<Explanation> {
    let text = pages(lang).get_file(format!("{code}.md"))?.contents_utf8()?;
    let source = Source { file: code, text };
    let split = front_matter::split(source).ok()?;
    let title = Fields::parse(source, split.record, "record", VOCABULARY, &mut Report::new())
        .string("title", &mut Report::new());
    Some(Explanation { title: title?, body: text.get(split.body)?.trim() })
}

/// The codes that have a page in a language.
pub fn codes(lang: Lang) -> impl Iterator<Item = &'static str> {
    let stem = |file: &'static include_dir::File<'static>| file.path().file_stem()?.to_str();
    pages(lang).files().filter_map(stem).filter(|stem| !stem.starts_with('_'))
}
