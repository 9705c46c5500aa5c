//! The text that hits are shown from: blocks in the order of the index, a few in a file.
//!
//! A browser that opened a page from a disc may not read another page, so the words around a hit must be where a script
//! can load them.

use anyhow::Result;

use super::bits::{Bits, script};
use super::gather::Gathered;
use crate::deflate::deflate;

/// Bytes in the alphabet of the archive from which on a file is closed.
const FILE: usize = 4_600;

/// A file in the making.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Excerpts {
    number: usize,
    text: Vec<u8>,
    blocks: u32,
    varied: bool,
}

/// Distributes blocks over files.
#[derive(Debug, Default)]
pub(crate) struct Packer {
    open: Excerpts,
    /// Blocks in each file that was closed.
    pub counts: Vec<u32>,
}

impl Packer {
    /// Adds a document; files that are full go to `full`.
    pub(crate) fn push(&mut self, document: &Gathered, full: &mut Vec<Excerpts>) {
        let mut head_is_due = true;
        for block in &document.blocks {
            if self.open.blocks > 0 && self.open.text.len() + block.excerpt.len() > FILE {
                full.push(self.close());
                head_is_due = true;
            }
            if std::mem::take(&mut head_is_due) {
                self.open.text.extend_from_slice(&document.head);
            }
            self.open.text.extend_from_slice(&block.excerpt);
            self.open.varied |= block.varied;
            self.open.blocks += 1;
        }
    }

    /// The last file, if anything is in it.
    pub(crate) fn finish(&mut self) -> Option<Excerpts> {
        (self.open.blocks > 0).then(|| self.close())
    }

    fn close(&mut self) -> Excerpts {
        self.counts.push(self.open.blocks);
        let next = Excerpts { number: self.open.number + 1, ..Excerpts::default() };
        std::mem::replace(&mut self.open, next)
    }
}

impl Excerpts {
    /// The file's name and contents.
    ///
    /// # Errors
    /// What the compressor says.
    pub(crate) fn file(&self) -> Result<(String, Vec<u8>)> {
        let name = format!("t{}", self.number);
        let deflated = deflate(&self.text)?;
        let contents = script(&name, &[usize::from(self.varied), deflated.len()], &Bits::of_bytes(&deflated));
        Ok((name, contents))
    }
}
