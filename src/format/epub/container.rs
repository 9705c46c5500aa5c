//! The zip file that a book is (EPUB 3.3, OCF).
//!
//! It is written here and not by the crate `zip`: that compresses by itself, at a third of libdeflate's speed, and takes
//! nothing compressed already, which is what a collection's book is put together from. What a book needs of the format
//! is small: local headers, a directory, no times, names in ASCII.

use std::sync::LazyLock;

use libdeflater::crc32;

use crate::deflate::{deflate, deflated};

/// The first file of every book, by which programs know it; it is stored as it is.
const MIMETYPE: &str = "application/epub+zip";

/// The package's place in a book, from which all other names are counted.
const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" version=\"1.0\">\n<rootfiles>\n\
    <rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n</container>\n";

/// The books' style sheet.
const STYLE: &str = include_str!("style.css");

/// How a file is kept (APPNOTE 4.4.5).
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// 1 January 1980, the first day that zip files know (APPNOTE 4.4.6).
const DAY: u16 = 0x21;

/// A book in the making.
#[derive(Debug)]
pub(crate) struct Container {
    out: Vec<u8>,
    directory: Vec<u8>,
    files: usize,
}

/// A file as it is kept in a book.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Packed<'a> {
    /// Whether it is compressed.
    pub deflated: bool,
    /// CRC-32 of what it unpacks to.
    pub crc: u32,
    /// Length of what it unpacks to.
    pub size: u64,
    /// What is kept.
    pub bytes: &'a [u8],
}

impl Container {
    /// A book that is about so long, with the files that are the same in every book.
    pub(crate) fn new(expected: usize) -> Self {
        static SAME: LazyLock<Vec<(&str, &str, Vec<u8>)>> = LazyLock::new(|| {
            let files = [("META-INF/container.xml", CONTAINER), ("EPUB/style.css", STYLE)];
            files.map(|(name, text)| (name, text, deflate(text.as_bytes()).unwrap_or_default())).into()
        });
        let mut container = Self { out: Vec::with_capacity(expected), directory: Vec::new(), files: 0 };
        container.stored("mimetype", MIMETYPE.as_bytes());
        for (name, text, bytes) in SAME.iter() {
            let (crc, size) = (crc32(text.as_bytes()), text.len() as u64);
            match bytes.is_empty() {
                true => container.stored(name, text.as_bytes()),
                false => container.packed(name, Packed { deflated: true, crc, size, bytes }),
            }
        }
        container
    }

    /// Adds a text.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        let (crc, size) = (crc32(text.as_bytes()), text.len() as u64);
        let packed = deflated(text.as_bytes(), |bytes| self.packed(name, Packed { deflated: true, crc, size, bytes }));
        if packed.is_err() {
            self.stored(name, text.as_bytes());
        }
    }

    /// Adds a file as it is: what is packed already gains nothing by packing.
    pub(crate) fn stored(&mut self, name: &str, bytes: &[u8]) {
        self.packed(name, Packed { deflated: false, crc: crc32(bytes), size: bytes.len() as u64, bytes });
    }

    /// Adds a file that is packed already.
    pub(crate) fn packed(&mut self, name: &str, file: Packed<'_>) {
        let offset = self.out.len();
        let method = if file.deflated { DEFLATED } else { STORED };
        // A book beyond the lengths that these fields hold is refused at the end.
        let mut shared = Vec::with_capacity(26);
        for number in [20, 0, method, 0, DAY] {
            shared.extend_from_slice(&u16::to_le_bytes(number));
        }
        for number in [file.crc, file.bytes.len() as u32, file.size as u32] {
            shared.extend_from_slice(&number.to_le_bytes());
        }
        shared.extend_from_slice(&(name.len() as u16).to_le_bytes());
        shared.extend_from_slice(&[0; 2]);
        self.out.extend_from_slice(b"PK\x03\x04");
        self.out.extend_from_slice(&shared);
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(file.bytes);
        self.directory.extend_from_slice(b"PK\x01\x02\x14\0");
        self.directory.extend_from_slice(&shared);
        // No comment, first disk, no attributes.
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&(offset as u32).to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.files += 1;
    }

    /// The file's bytes; none where the book is larger than a plain zip file can be (65,535 files, 4 GiB).
    pub(crate) fn finish(mut self) -> Option<Vec<u8>> {
        let files = u16::try_from(self.files).ok().filter(|files| *files < u16::MAX)?;
        let offset = u32::try_from(self.out.len() + self.directory.len()).ok()? - self.directory.len() as u32;
        self.out.extend_from_slice(&self.directory);
        self.out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        self.out.extend_from_slice(&files.to_le_bytes());
        self.out.extend_from_slice(&files.to_le_bytes());
        self.out.extend_from_slice(&(self.directory.len() as u32).to_le_bytes());
        self.out.extend_from_slice(&offset.to_le_bytes());
        self.out.extend_from_slice(&[0; 2]);
        Some(self.out)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    #[test]
    fn others_can_read_it() {
        let mut container = Container::new(0);
        container.text("a/b.txt", &"文".repeat(100));
        container.stored("c.png", b"png");
        let bytes = container.finish().expect("small enough");
        assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
        assert_eq!(archive.len(), 5);
        let mut text = String::new();
        archive.by_name("a/b.txt").expect("it is there").read_to_string(&mut text).expect("it unpacks");
        assert_eq!(text, "文".repeat(100));
    }
}
