//! The digests that lists of files are made with.
//!
//! Old bags have MD5 and SHA-1. Both can be forged, but they still tell what a disc or a copy has spoilt, so they are checked and
//! named in the report; nothing is written with them.

use std::io::{self, Read};

use md5::Md5;
use sha1::Sha1;
use sha2::digest::DynDigest;
use sha2::{Sha224, Sha256, Sha384, Sha512};

use crate::fixity::hex_text;

/// Bytes read at a time.
const CHUNK: usize = 1 << 18;

/// A way to make a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Algorithm {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Algorithm {
    const ALL: [Self; 6] = [Self::Md5, Self::Sha1, Self::Sha224, Self::Sha256, Self::Sha384, Self::Sha512];

    /// By its name as lists of files have it: `sha256`, `SHA-256`.
    pub(super) fn named(name: &str) -> Option<Self> {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        Self::ALL.into_iter().find(|algorithm| algorithm.name().replace('-', "").eq_ignore_ascii_case(&plain))
    }

    /// Its name, for people.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Sha224 => "SHA-224",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

    /// Hexadecimal digits of a digest.
    pub(super) fn digits(self) -> usize {
        match self {
            Self::Md5 => 32,
            Self::Sha1 => 40,
            Self::Sha224 => 56,
            Self::Sha256 => 64,
            Self::Sha384 => 96,
            Self::Sha512 => 128,
        }
    }

    fn hasher(self) -> Box<dyn DynDigest> {
        match self {
            Self::Md5 => Box::new(Md5::default()),
            Self::Sha1 => Box::new(Sha1::default()),
            Self::Sha224 => Box::new(Sha224::default()),
            Self::Sha256 => Box::new(Sha256::default()),
            Self::Sha384 => Box::new(Sha384::default()),
            Self::Sha512 => Box::new(Sha512::default()),
        }
    }
}

/// Reads to the end once. Gives the number of bytes, and a digest for each algorithm.
///
/// # Errors
/// It cannot be read.
pub(super) fn digests(mut from: impl Read, algorithms: &[Algorithm]) -> io::Result<(u64, Vec<String>)> {
    let mut hashers: Vec<Box<dyn DynDigest>> = algorithms.iter().map(|algorithm| algorithm.hasher()).collect();
    let mut chunk = vec![0; CHUNK];
    let mut bytes = 0;
    loop {
        let length = match from.read(&mut chunk) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hashers.iter_mut().for_each(|hasher| hasher.update(&chunk[..length]));
        bytes += length as u64;
    }
    Ok((bytes, hashers.into_iter().map(|hasher| hex_text(&hasher.finalize())).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standards() {
        // RFC 1321 and FIPS 180-4, of "abc".
        for (name, digest) in [
            ("md5", "900150983cd24fb0d6963f7d28e17f72"),
            ("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            ("SHA-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ] {
            let algorithm = Algorithm::named(name).expect("known");
            assert_eq!(algorithm.digits(), digest.len());
            assert_eq!(digests(&b"abc"[..], &[algorithm]).expect("read"), (3, vec![digest.to_string()]));
        }
        assert_eq!(Algorithm::named("crc32"), None);
    }
}
