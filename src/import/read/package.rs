//! Files inside a zip file, as Word and EPUB use it, read with care.
//!
//! The crate zip reads the format. What it does not know is what a document may ask of the reader's machine: a file of a few
//! kilobytes can unpack to terabytes. So sizes are limited before and while unpacking, by what was really read and never by
//! what the file says of itself.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::diagnostic::Diagnostic;

/// Most files in a package.
const FILES: usize = 20_000;
/// Largest file inside a package, in bytes.
const LARGEST: u64 = 256 << 20;
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
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
        if zip.len() > FILES {
            return Err(too_large(&format!("it holds {} files", zip.len())));
        }
        Ok(Self { zip, read: 0 })
    }

    /// Whether a file is in it.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// A file's bytes; `None` when there is none of this name.
    ///
    /// Errors: `not-a-package`, `package-too-large`.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let file = self.zip.by_index(index).map_err(|error| damaged(&format!("{name}: {error}")))?;
        let allowed = LARGEST.min(TOTAL - self.read);
        let mut bytes = Vec::new();
        file.take(allowed + 1).read_to_end(&mut bytes).map_err(|error| damaged(&format!("{name}: {error}")))?;
        if bytes.len() as u64 > allowed {
            return Err(too_large(&format!("{name} alone unpacks to more than {} MB", allowed >> 20)));
        }
        self.read += bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// An XML file as text. The formats have it in UTF-8 or UTF-16.
    ///
    /// Errors: those of [`Package::bytes`], and `entity-declared`: a document type with entities of its own has no place in
    /// these formats, and is how a small file is made to grow without end.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<String>, Diagnostic> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let text = super::decode::decode(&bytes, None)
            .map_err(|fault| Diagnostic { message: format!("{name}: {}", fault.message), ..fault })?
            .text;
        if text.contains("<!ENTITY") {
            return Err(Diagnostic::error(
                "entity-declared",
                format!("{name} declares entities of its own, which documents of this format never do"),
            )
            .help("such a file can be made to fill the memory; save the document anew in the program that made it"));
        }
        Ok(Some(text))
    }
}

fn damaged(what: &str) -> Diagnostic {
    Diagnostic::error("not-a-package", format!("the file is damaged or no zip file: {what}"))
        .help("save the document again in the program that made it, as .docx or .epub")
}

fn too_large(what: &str) -> Diagnostic {
    Diagnostic::error("package-too-large", format!("the file would unpack to more than a document holds: {what}"))
        .help("nothing was imported; if the file is what it says, save it anew with smaller images")
}
