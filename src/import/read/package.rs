//! Files inside a zip file, as Word and EPUB use it, read with care.
//!
//! The crate zip reads the format. What it does not know is what a document may ask of the reader's machine: a file of a few
//! kilobytes can unpack to terabytes. So sizes are limited before and while unpacking, by what was really read and never by
//! what the file says of itself.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{PackageMessage, Torn, Unpacked};
use crate::diagnostic::said::Said;

/// Most files in a package.
const FILES: usize = 20_000;
/// Largest file inside a package, in bytes.
const LARGEST: u64 = 256 << 20;
/// Largest part that is XML, in bytes; what is made of it takes twenty times as much. Word's own of a thousand pages have ten
/// million.
const LARGEST_XML: u64 = 64 << 20;
/// Most bytes taken out of a package.
const TOTAL: u64 = 1 << 30;

/// A package that can be read from.
pub(crate) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    read: u64,
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// Errors: `not-a-package`, `package-too-large`.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Diagnostic> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged_by(&error))?;
        if zip.len() > FILES {
            return Err(too_large(Unpacked::TooManyFiles { count: zip.len() }));
        }
        Ok(Self { zip, read: 0 })
    }

    /// Whether a file is in it.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// Some programs part folders as Windows does.
    fn index(&self, name: &str) -> Option<usize> {
        self.zip.index_for_name(name).or_else(|| self.zip.index_for_name(&name.replace('/', "\\")))
    }

    /// The name of a file as the package has it, whatever the case of its letters.
    pub(crate) fn name_of(&self, name: &str) -> Option<String> {
        if self.has(name) {
            return Some(name.to_string());
        }
        let mut names = self.zip.file_names().flatten();
        let is_it = |known: &str| known.replace('\\', "/").eq_ignore_ascii_case(name);
        names.find(|known| is_it(known)).map(|known| known.into_owned())
    }

    /// A file's bytes; `None` when there is none of this name.
    ///
    /// Errors: `not-a-package`, `package-too-large`.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        self.bytes_within(name, LARGEST)
    }

    fn bytes_within(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Diagnostic> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let of_file = |text: String| damaged(Torn::Other { text: format!("{name}: {text}") });
        let file = self.zip.by_index(index).map_err(|error| of_file(error.to_string()))?;
        let allowed = most.min(TOTAL - self.read);
        let mut bytes = Vec::new();
        file.take(allowed + 1).read_to_end(&mut bytes).map_err(|error| of_file(error.to_string()))?;
        if bytes.len() as u64 > allowed {
            return Err(too_large(Unpacked::TooLargeFile {
                file: name.to_string(),
                megabytes: usize::try_from(allowed >> 20).unwrap_or(usize::MAX),
            }));
        }
        self.read += bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// An XML file as text. The formats have it in UTF-8 or UTF-16.
    ///
    /// Errors: those of [`Package::bytes`], and `entity-declared`: a document type with entities of its own has no place in
    /// these formats, and is how a small file is made to grow without end.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<String>, Diagnostic> {
        let Some(bytes) = self.bytes_within(name, LARGEST_XML)? else { return Ok(None) };
        let text = super::decode::decode_part(&bytes, name)?.text;
        if text.contains("<!ENTITY") {
            return Err(Diagnostic::error(PackageMessage::EntityDeclared { part: name.to_string() }));
        }
        Ok(Some(text))
    }
}

/// The fault of a package that the crate could not read.
pub(super) fn damaged_by(error: &dyn std::fmt::Display) -> Diagnostic {
    damaged(Torn::Other { text: error.to_string() })
}

fn damaged(why: Torn) -> Diagnostic {
    Diagnostic::error(PackageMessage::DamagedPackage { why: Said(why) })
}

fn too_large(why: Unpacked) -> Diagnostic {
    Diagnostic::error(PackageMessage::PackageTooLarge { why: Said(why) })
}

/// The path that a reference leads to from a folder.
pub(crate) fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = Vec::new();
    let from = if target.starts_with('/') { "" } else { folder };
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets() {
        assert_eq!(resolved("word", "media/image1.png"), "word/media/image1.png");
        assert_eq!(resolved("word", "../media/image1.png"), "media/image1.png");
        assert_eq!(resolved("word", "/word/./styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word", "../../../etc/passwd"), "etc/passwd");
    }
}
