//! Ways in for `fuzz/`, behind a feature that nothing else asks for: what of an archive's files is read inside the crate only.

use crate::archive::changes::Changes;
use crate::archive::ids::Ids;
use crate::diagnostic::{Report, Source};
use crate::site::Site;

/// What is wrong in a `site.toml`.
pub fn site(text: &str) -> Report {
    let mut report = Report::new();
    Site::parse(Source { file: "site.toml", text }, &mut report);
    report
}

/// What is wrong in an `ids.lock`, and the file as it is written again where that is another.
pub fn ids(text: &str) -> (Report, Option<String>) {
    let mut report = Report::new();
    let ids = Ids::parse(text.to_string(), &mut report);
    let text = ids.text_with(&ids.with(std::iter::empty()), None);
    (report, text)
}

/// What is wrong in a `changes.lock`.
pub fn changes(text: &str) -> Report {
    let mut report = Report::new();
    Changes::parse(text, &mut report);
    report
}
