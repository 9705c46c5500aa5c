//! `publishing.json`: it says at the target that the site is between two editions.
//!
//! It is for whoever finds the site in that state, and for the next publishing: it names every file that was touched. Where
//! one stopped publishing goes on from another, the names of both are in it, so that no file is left that nobody knows.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Its name in the site.
pub(super) const NAME: &str = "publishing.json";

const GENERATOR: &str = concat!("fonds ", env!("CARGO_PKG_VERSION"));

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Marker {
    generator: String,
    /// In words.
    about: String,
    about_zh: String,
    /// The edition that was there, where that is known.
    pub(super) from: Option<u32>,
    /// The edition that is sent.
    pub(super) to: u32,
    /// The day of that edition.
    day: String,
    /// Which publishing it is: the journal has the same.
    pub(super) run: String,
    /// Files that were, or are to be, put, replaced or removed.
    pub(super) files: BTreeSet<String>,
}

impl Marker {
    /// One that names these files.
    pub(super) fn new(from: Option<u32>, to: (u32, &str), run: &str, files: BTreeSet<String>) -> Self {
        let (number, day) = to;
        let (from_words, from_zh) = match from {
            Some(from) => (format!("edition {from}"), format!("第 {from} 版")),
            None => ("an earlier state".to_string(), "先前的状态".to_string()),
        };
        Self {
            generator: GENERATOR.to_string(),
            about: format!(
                "This site is being changed from {from_words} to edition {number} of {day}. Until this file is gone, its \
                 pages may not fit together. If it stays, publishing was interrupted; publishing again completes it."
            ),
            about_zh: format!(
                "本网站正在从{from_zh}改为 {day} 的第 {number} 版。在这个文件消失之前，各页可能互不一致。如果它一直在，说明发布中断了；再发布一次即可完成。"
            ),
            from,
            to: number,
            day: day.to_string(),
            run: run.to_string(),
            files,
        }
    }

    /// As it stands at the target.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads it; none where fonds did not write it.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|marker: &Self| marker.generator.starts_with("fonds "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_it_is_written() {
        let marker = Marker::new(Some(2), (3, "2026-12-03"), "a1", ["x".to_string()].into());
        assert_eq!(Marker::parse(&marker.bytes()).as_ref(), Some(&marker));
        assert_eq!(Marker::parse(b"{\"generator\":\"other 1\"}"), None);
    }
}
