//! A document as readers see it: the fields of its record and the passages of its text, a line each.
//!
//! ```text
//! 8f434346648f6b96 @title 关于旧报刊整理的通知
//! 3e23e8160039594a #s1 一、范围
//! 2e7d2c03a9507ae2 s1 各馆所藏旧报刊，凡……
//! ```
//!
//! That is the digest of the words, the place, and the words. A place is `@` and a field's name, `#` and the id of a section for its
//! heading, the id of the section in which a passage stands, `.` for what stands before the first, `^` and the id of a note,
//! `&` for a file beside the text. A passage is a paragraph, or a line of a list, a table, a poem.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::archive::changes::Print;
use crate::fixity;

const HEAD: &str = "# As it was last published: a passage a line, with its digest and its place. fonds publish writes it; keep it with the archive.\n";

/// Where a text begins, before its first section.
pub(crate) const BEGINNING: &str = ".";

/// A field or a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Where it stands.
    pub place: String,
    /// What it says, in one line.
    pub words: String,
}

/// A document as readers see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Snapshot {
    /// The fields first.
    pub lines: Vec<Line>,
}

impl Snapshot {
    /// A field of the record; one that says nothing is none.
    pub(crate) fn field(&mut self, name: &str, value: &str) {
        let words = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            self.lines.push(Line { place: format!("@{name}"), words });
        }
    }

    /// The heading of a section.
    pub(crate) fn heading(&mut self, id: &str, words: &str) {
        self.text(&format!("#{id}"), words);
    }

    /// A note of the text.
    pub(crate) fn note(&mut self, id: &str, words: &str) {
        self.text(&format!("^{id}"), words);
    }

    /// A file beside the text.
    pub(crate) fn file(&mut self, name: &str, sha256: &[u8; 32]) {
        let words = format!("{} {name}", &fixity::hex_text(sha256)[..16]);
        self.lines.push(Line { place: "&".to_string(), words });
    }

    /// What stands at a place, a line a passage.
    pub(crate) fn text(&mut self, place: &str, words: &str) {
        let lines = words.lines().map(str::trim_end).filter(|line| !line.trim_start().is_empty());
        self.lines.extend(lines.map(|line| Line { place: place.to_string(), words: line.to_string() }));
    }

    /// The digest of all that readers see. The ids of sections are none of it: a section that has another id has the same words.
    pub(crate) fn print(&self) -> Print {
        let mut digest = Sha256::new();
        for Line { place, words } in &self.lines {
            let place = match place.chars().next() {
                Some('@') => place.as_str(),
                Some(kind @ ('#' | '^' | '&')) => &place[..kind.len_utf8()],
                _ => BEGINNING,
            };
            for part in [place, "\0", words.as_str(), "\n"] {
                digest.update(part.as_bytes());
            }
        }
        Print::new(digest.finalize().into())
    }

    /// The file.
    pub(crate) fn written(&self) -> String {
        let mut text = HEAD.to_string();
        for Line { place, words } in &self.lines {
            let _ = writeln!(text, "{} {place} {words}", digest(words));
        }
        text
    }

    /// Reads the file; `None` where it is not as it was written.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut lines = Vec::new();
        for line in text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)) {
            if line.is_empty() || line.starts_with("# ") {
                continue;
            }
            let (print, rest) = line.split_once(' ')?;
            let (place, words) = rest.split_once(' ')?;
            if place.is_empty() || digest(words) != print {
                return None;
            }
            lines.push(Line { place: place.to_string(), words: words.to_string() });
        }
        Some(Self { lines })
    }
}

fn digest(words: &str) -> String {
    fixity::hex_text(&fixity::sha256(words.as_bytes()))[..16].to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_it_is_written() {
        let mut snapshot = Snapshot::default();
        snapshot.field("title", "关于\n旧报刊");
        snapshot.field("subtitle", "  ");
        snapshot.text(BEGINNING, "前言。");
        snapshot.heading("s1", "一、范围");
        snapshot.text("s1", "甲\n\n  乙 丙  \n");
        snapshot.note("fn-1", "注");
        snapshot.file("a b.png", &[7; 32]);
        let text = snapshot.written();
        assert_eq!(snapshot.lines.len(), 7);
        assert_eq!(Snapshot::read(&text).as_ref(), Some(&snapshot));
        assert_eq!(Snapshot::read(&text.replace('\n', "\r\n")).as_ref(), Some(&snapshot), "as Windows keeps it");
        assert_eq!(Snapshot::read(&text.replace('甲', "丁")), None);
        assert_eq!(Snapshot::read("<<<<<<< HEAD\n"), None);
        assert_ne!(snapshot.print(), Snapshot::default().print());
    }
}
