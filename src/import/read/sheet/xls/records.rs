//! The records of a stream, one behind the other.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::PackageMessage;
use crate::import::read::bytes::u16_at;

/// What a record is.
pub(super) mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const EOF: u16 = 0x000a;
    pub const NOTE: u16 = 0x001c;
    pub const DATEMODE: u16 = 0x0022;
    pub const FILEPASS: u16 = 0x002f;
    pub const CONTINUE: u16 = 0x003c;
    pub const CODEPAGE: u16 = 0x0042;
    pub const OBJ: u16 = 0x005d;
    pub const COLINFO: u16 = 0x007d;
    pub const BOUNDSHEET: u16 = 0x0085;
    pub const MULRK: u16 = 0x00bd;
    pub const RSTRING: u16 = 0x00d6;
    pub const XF: u16 = 0x00e0;
    pub const MERGEDCELLS: u16 = 0x00e5;
    pub const SST: u16 = 0x00fc;
    pub const LABELSST: u16 = 0x00fd;
    pub const HLINK: u16 = 0x01b8;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const BOOLERR: u16 = 0x0205;
    pub const STRING: u16 = 0x0207;
    pub const ROW: u16 = 0x0208;
    pub const RK: u16 = 0x027e;
    pub const FORMAT: u16 = 0x041e;
    pub const BOF: u16 = 0x0809;
}

/// How strings are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Version {
    /// Excel 5 and 95: bytes of a code page.
    Five,
    /// Excel 97 to 2003: UTF-16, or its first 256 characters in a byte each.
    #[default]
    Eight,
}

/// A record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'b> {
    pub kind: u16,
    pub body: &'b [u8],
}

/// The records of a stream from a place on.
#[derive(Debug, Clone)]
pub(super) struct Records<'b> {
    bytes: &'b [u8],
    pub at: usize,
}

impl<'b> Records<'b> {
    pub(super) fn new(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// The records that continue the one that came last, with that one's own bytes first.
    pub(super) fn continued(&mut self, first: &'b [u8]) -> Vec<&'b [u8]> {
        let mut parts = vec![first];
        while let Some(record) = self.clone().next().filter(|record| record.kind == kind::CONTINUE) {
            self.next();
            parts.push(record.body);
        }
        parts
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    /// One that breaks off is the last.
    fn next(&mut self) -> Option<Record<'b>> {
        let kind = u16_at(self.bytes, self.at)?;
        let length = usize::from(u16_at(self.bytes, self.at + 2)?);
        let start = self.at + 4;
        let end = (start + length).min(self.bytes.len());
        self.at = end;
        Some(Record { kind, body: self.bytes.get(start..end)? })
    }
}

/// What is told of a file whose records make no workbook.
pub(super) fn damaged() -> Diagnostic {
    Diagnostic::error(PackageMessage::DamagedFile { format: "Excel" })
}
