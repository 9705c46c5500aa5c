//! Compound files ([MS-CFB]): the container of Word, Excel and PowerPoint before 2007, and of documents with a password.
//!
//! The crate cfb reads the container. Its names are of one format each, so they tell what a file is.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

/// How a compound file begins.
pub(crate) const MAGIC: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Largest stream, in bytes.
const LARGEST: u64 = 256 << 20;

/// A compound file that can be read from.
pub(crate) struct Compound<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
}

impl<'a> Compound<'a> {
    /// Opens a compound file; `None` where it is none, or damaged.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        CompoundFile::open(Cursor::new(bytes)).ok().map(|file| Self { file })
    }

    /// Whether there is a stream or folder of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.file.exists(name)
    }

    /// A stream's bytes; `None` when there is none of this name, or it cannot be read, or is too large.
    pub(crate) fn stream(&mut self, name: &str) -> Option<Vec<u8>> {
        let stream = self.file.open_stream(name).ok()?;
        let mut bytes = Vec::new();
        stream.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= LARGEST).then_some(bytes)
    }
}
