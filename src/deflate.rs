//! Compressing (RFC 1951), for the index that a browser reads and for books.
//!
//! By libdeflate (MIT; `libdeflater`, Apache-2.0), which works on whole buffers: on files of a few kilobytes twice as fast as
//! zlib-rs by way of `flate2`, which reads web archives here, and as small.

use std::cell::RefCell;

use anyhow::Result;
use libdeflater::{CompressionLvl, Compressor};

use crate::diagnostic::cause::While;
use crate::diagnostic::messages::Doing;

/// Bytes compressed as `DecompressionStream("deflate-raw")` and zip files have them.
///
/// # Errors
/// What the compressor says; the room it is given suffices for any bytes.
pub(crate) fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    deflated(bytes, <[u8]>::to_vec)
}

/// The same for one who only looks at what comes out: it stands in a buffer that is used again.
///
/// # Errors
/// As [`deflate`].
pub(crate) fn deflated<T>(bytes: &[u8], look: impl FnOnce(&[u8]) -> T) -> Result<T> {
    // Making a compressor takes as long as using it once on a small file. Level 1: so small texts gain little from more.
    thread_local! {
        static COMPRESSOR: RefCell<(Compressor, Vec<u8>)> =
            RefCell::new((Compressor::new(CompressionLvl::new(1).unwrap_or_default()), Vec::new()));
    }
    COMPRESSOR.with_borrow_mut(|(compressor, buffer)| {
        let bound = compressor.deflate_compress_bound(bytes.len());
        if buffer.len() < bound {
            buffer.resize(bound, 0);
        }
        let length = compressor.deflate_compress(bytes, buffer).while_doing(|| Doing::Compressing)?;
        Ok(look(&buffer[..length]))
    })
}
