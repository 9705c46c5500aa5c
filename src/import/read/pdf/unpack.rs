//! What streams unpack to, which a few bytes can make very large. Nothing is unpacked beyond a bound.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, Object, Stream};
use weezl::decode::Decoder;
use weezl::{BitOrder, LzwStatus};

/// Bytes that a stream of a page, a font or a map unpacks to at most.
pub(super) const LARGEST: usize = 64 << 20;

/// The bytes of a stream, and whether they are all there.
pub(super) struct Unpacked<'a> {
    pub bytes: Cow<'a, [u8]>,
    pub is_whole: bool,
}

/// Why a stream is not unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    TooLarge,
    /// Its filter is for pictures, or is not known.
    OtherKind,
}

/// Unpacks a picture as far as to its own format.
pub(super) fn unpack_but_last(stream: &Stream<'_>, most: usize) -> Result<Vec<u8>, Refused> {
    let filters = stream.filters();
    let before = filters.get(..filters.len().saturating_sub(1)).unwrap_or_default();
    Ok(filtered(stream, before, most)?.bytes.into_owned())
}

/// Unpacks a stream.
pub(super) fn unpack<'a>(stream: &Stream<'a>, most: usize) -> Result<Unpacked<'a>, Refused> {
    let filters = stream.filters();
    let named = stream.dict().get::<Object<'_>>("Filter").or_else(|| stream.dict().get::<Object<'_>>("F"));
    if filters.is_empty() && matches!(named, Some(Object::Name(_))) {
        return Err(Refused::OtherKind);
    }
    let mut unpacked = filtered(stream, &filters, most)?;
    if has_predictor(stream) {
        // What is predicted is never larger than what was just unpacked.
        unpacked.bytes = stream.decoded_data().map_err(|_| Refused::OtherKind)?;
    }
    Ok(unpacked)
}

fn filtered<'a>(stream: &Stream<'a>, filters: &[Filter], most: usize) -> Result<Unpacked<'a>, Refused> {
    let mut unpacked = Unpacked { bytes: stream.raw_data(), is_whole: true };
    for (nth, filter) in filters.iter().enumerate() {
        let bytes = &unpacked.bytes;
        let (bytes, is_whole) = match filter {
            Filter::Crypt if nth == 0 => continue,
            Filter::FlateDecode => inflate(bytes, most)?,
            Filter::LzwDecode => (lzw(bytes, is_early(stream), most)?, true),
            Filter::RunLengthDecode => (run_lengths(bytes, most)?, true),
            Filter::Ascii85Decode => (ascii_85(bytes), true),
            Filter::AsciiHexDecode => (ascii_hex(bytes), true),
            _ => return Err(Refused::OtherKind),
        };
        unpacked.is_whole &= is_whole;
        unpacked.bytes = Cow::Owned(bytes);
    }
    Ok(unpacked)
}

/// Whether a stream unpacks to something that can be held.
pub(super) fn can_be_held(stream: &Stream<'_>) -> bool {
    !matches!(unpack(stream, LARGEST), Err(Refused::TooLarge))
}

fn parameters<'a>(stream: &Stream<'a>) -> Vec<Dict<'a>> {
    let dict = stream.dict();
    match dict.get::<Object<'_>>("DecodeParms").or_else(|| dict.get::<Object<'_>>("DP")) {
        Some(Object::Dict(one)) => vec![one],
        Some(Object::Array(many)) => many.iter::<Dict<'_>>().take(8).collect(),
        _ => Vec::new(),
    }
}

fn has_predictor(stream: &Stream<'_>) -> bool {
    parameters(stream).iter().any(|dict| dict.get::<i32>("Predictor").is_some_and(|predictor| predictor > 1))
}

/// Whether the codes of LZW grow one step before they must, as they do unless it is said.
fn is_early(stream: &Stream<'_>) -> bool {
    parameters(stream).iter().all(|dict| dict.get::<i32>("EarlyChange") != Some(0))
}

/// Inflates what has the two bytes of zlib before it, or has not. Its checksum is often wrong and is not looked at.
fn inflate(bytes: &[u8], most: usize) -> Result<(Vec<u8>, bool), Refused> {
    let mut out: Vec<u8> = Vec::with_capacity((4 * bytes.len()).min(1 << 20));
    let is_whole = inflate_to(bytes, &mut |part| {
        out.extend_from_slice(part);
        out.len() <= most
    })?;
    Ok((out, is_whole))
}

/// How many bytes something inflates to, which are not kept.
pub(super) fn inflated_size(bytes: &[u8], most: usize) -> Result<usize, Refused> {
    let mut size = 0;
    inflate_to(bytes, &mut |part| {
        size += part.len();
        size <= most
    })?;
    Ok(size)
}

/// Inflates part by part, for as long as each is taken; whether the end was reached.
fn inflate_to(bytes: &[u8], take: &mut dyn FnMut(&[u8]) -> bool) -> Result<bool, Refused> {
    let has_head =
        matches!(bytes, [one, two, ..] if one & 0x0f == 8 && (u16::from(*one) << 8 | u16::from(*two)) % 31 == 0);
    let mut rest = if has_head { bytes.get(2..).unwrap_or_default() } else { bytes };
    let mut inflater = Decompress::new(false);
    let mut part = vec![0; 1 << 16];
    loop {
        let (read, written) = (inflater.total_in(), inflater.total_out());
        let status = inflater.decompress(rest, &mut part, FlushDecompress::None);
        let step = usize::try_from(inflater.total_in() - read).unwrap_or(0);
        let length = usize::try_from(inflater.total_out() - written).unwrap_or(0);
        if !take(part.get(..length).unwrap_or_default()) {
            return Err(Refused::TooLarge);
        }
        match status {
            Ok(Status::StreamEnd) => return Ok(true),
            Err(_) => return Ok(false),
            Ok(_) if step == 0 && length == 0 => return Ok(false),
            Ok(_) => rest = rest.get(step..).unwrap_or_default(),
        }
    }
}

fn lzw(bytes: &[u8], early: bool, most: usize) -> Result<Vec<u8>, Refused> {
    let mut decoder =
        if early { Decoder::with_tiff_size_switch(BitOrder::Msb, 8) } else { Decoder::new(BitOrder::Msb, 8) };
    let mut rest = bytes;
    let mut part = vec![0; 1 << 16];
    let mut out: Vec<u8> = Vec::new();
    loop {
        let step = decoder.decode_bytes(rest, &mut part);
        out.extend_from_slice(part.get(..step.consumed_out).unwrap_or_default());
        if out.len() > most {
            return Err(Refused::TooLarge);
        }
        let goes_on = step.consumed_in + step.consumed_out > 0;
        match step.status {
            Ok(LzwStatus::Ok) if goes_on => rest = rest.get(step.consumed_in..).unwrap_or_default(),
            _ => return Ok(out),
        }
    }
}

fn run_lengths(bytes: &[u8], most: usize) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first().filter(|(length, _)| **length != 128) {
        let count = usize::from(*length);
        if count < 128 {
            let own = after.get(..(count + 1).min(after.len())).unwrap_or_default();
            out.extend_from_slice(own);
            rest = after.get(own.len()..).unwrap_or_default();
        } else {
            let Some((byte, after)) = after.split_first() else { break };
            out.extend(std::iter::repeat_n(*byte, 257 - count));
            rest = after;
        }
        if out.len() > most {
            return Err(Refused::TooLarge);
        }
    }
    Ok(out)
}

fn ascii_hex(bytes: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = bytes
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16).map(|digit| digit as u8))
        .collect();
    digits.chunks(2).map(|pair| (pair[0] << 4) | pair.get(1).copied().unwrap_or(0)).collect()
}

fn ascii_85(bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes.trim_ascii_start();
    let mut out = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    for byte in bytes.strip_prefix(b"<~").unwrap_or(bytes) {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ => {}
        }
        if group.len() == 5 {
            push_85(&mut group, &mut out);
        }
    }
    if group.len() > 1 {
        push_85(&mut group, &mut out);
    }
    out
}

fn push_85(group: &mut Vec<u32>, out: &mut Vec<u8>) {
    let own = group.len() - 1;
    group.resize(5, 84);
    let number = group.iter().fold(0_u32, |number, digit| number.wrapping_mul(85).wrapping_add(*digit));
    out.extend(number.to_be_bytes().iter().take(own));
    group.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_letters() {
        assert_eq!(ascii_hex(b"4a 4B4>zz"), b"JK@");
        assert_eq!(ascii_85(b"<~9jqo^~>"), b"Man ");
        assert_eq!(ascii_85(b"9jqo"), b"Man");
    }

    #[test]
    fn lengths_of_runs_are_bounded() {
        assert_eq!(run_lengths(&[1, b'a', b'b', 254, b'c', 128, 9], 100), Ok(b"abccc".to_vec()));
        assert_eq!(run_lengths(&[129, b'c', 129, b'c'], 200), Err(Refused::TooLarge));
    }

    #[test]
    fn codes_that_name_themselves() {
        // The example of the standard: 45 45 45 45 45 65 45 45 45 66.
        let packed = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        assert_eq!(lzw(&packed, true, 100), Ok(vec![45, 45, 45, 45, 45, 65, 45, 45, 45, 66]));
        assert_eq!(lzw(&packed, true, 4), Err(Refused::TooLarge));
    }
}
