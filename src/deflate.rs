//! Compressing (RFC 1951), for the index that a browser reads and for books.
//!
//! By libdeflate (MIT; `libdeflater`, Apache-2.0), which works on whole buffers: on files of a few kilobytes twice as fast as
//! zlib-rs by way of `flate2`, which reads web archives here, and as small.

use std::cell::RefCell;

use anyhow::{Context as _, Result};
use libdeflater::{CompressionLvl, Compressor};

/// Bytes compressed as `DecompressionStream("deflate-raw")` and zip files have them.
///
/// # Errors
/// What the compressor says; the room it is given suffices for any bytes.
pub fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    // Making a compressor takes as long as using it once on a small file. Level 1: so small texts gain little from more.
    thread_local! {
        static COMPRESSOR: RefCell<Compressor> = RefCell::new(Compressor::new(CompressionLvl::new(1).unwrap_or_default()));
    }
    COMPRESSOR.with_borrow_mut(|compressor| {
        let mut deflated = vec![0; compressor.deflate_compress_bound(bytes.len())];
        let length = compressor.deflate_compress(bytes, &mut deflated).context("cannot compress")?;
        deflated.truncate(length);
        Ok(deflated)
    })
}
