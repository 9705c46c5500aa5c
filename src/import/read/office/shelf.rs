//! The files that a text shows.

use std::collections::HashSet;

use crate::import::flow::Media;
use crate::import::read::image_kind;

/// What there is at the place of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kept {
    /// An image, with its name.
    Image(String),
    /// An image of a kind that is not taken.
    Other(Option<&'static str>),
    Missing,
}

/// The files taken so far.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    taken: HashSet<String>,
    pub files: Vec<Media>,
}

impl Shelf {
    /// Takes a file that the document has under a path.
    pub(crate) fn keep(&mut self, path: &str, bytes: Vec<u8>) -> Kept {
        if !image_kind::is_taken(&bytes) {
            return Kept::Other(image_kind::of(path, &bytes));
        }
        let name = self.free_name(path);
        self.files.push(Media { name: name.clone(), bytes });
        Kept::Image(name)
    }

    /// The file's own name, of plain letters, and with a number when another file has it. Letters that only differ in case
    /// are the same to some file systems.
    fn free_name(&mut self, path: &str) -> String {
        let file = path.rsplit('/').next().unwrap_or_default();
        let is_plain = |character: &char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
        let plain: String = file.chars().filter(is_plain).collect();
        let plain = plain.trim_start_matches('.');
        let (stem, ending) = plain.rsplit_once('.').unwrap_or((plain, ""));
        let stem = if stem.is_empty() { "image" } else { stem };
        let ending = if ending.is_empty() { String::new() } else { format!(".{ending}") };
        let mut name = format!("files/{stem}{ending}");
        let mut number = self.taken.len() + 1;
        while !self.taken.insert(name.to_lowercase()) {
            number += 1;
            name = format!("files/{stem}-{number}{ending}");
        }
        name
    }
}
