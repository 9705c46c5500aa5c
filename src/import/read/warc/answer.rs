//! What a server answered: its head, and its content out of what it was packed in.

use std::io::Read;

use brotli_decompressor::BrotliDecoderParameter;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// Most bytes in which an HTTP head is looked for.
pub(super) const HTTP_HEAD: u64 = 1 << 20;
/// Most fields of an HTTP head.
const HTTP_FIELDS: usize = 512;
/// Most codings laid over one another.
pub(super) const CODINGS: usize = 4;

/// What the head of a server's answer says.
pub(super) struct HttpHead {
    pub status: u16,
    /// Bytes of the head.
    pub length: usize,
    pub content_type: Option<String>,
    /// Names of the codings, in the order in which they were laid over the content.
    pub codings: Vec<String>,
}

pub(super) fn head(block: &[u8]) -> Option<HttpHead> {
    // Programs that speak HTTP/2 write a head in the manner of HTTP/1 under their own version, which httparse refuses.
    const VERSION: &[u8] = b"HTTP/1.1";
    let version = block.iter().take(16).position(|byte| *byte == b' ').filter(|_| block.starts_with(b"HTTP/"))?;
    let renamed = [VERSION, block.get(version..)?].concat();

    let mut fields = [httparse::EMPTY_HEADER; HTTP_FIELDS];
    let mut response = httparse::Response::new(&mut fields);
    let parsed = httparse::ParserConfig::default()
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_spaces_after_header_name_in_responses(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut response, &renamed);
    let Ok(httparse::Status::Complete(length)) = parsed else { return None };
    let values = |name: &'static str| {
        response
            .headers
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name))
            .map(|field| String::from_utf8_lossy(field.value).into_owned())
    };
    let codings = values("content-encoding")
        .chain(values("transfer-encoding"))
        .flat_map(|value| value.split(',').map(|coding| coding.trim().to_ascii_lowercase()).collect::<Vec<_>>())
        .filter(|coding| !coding.is_empty())
        .collect();
    Some(HttpHead {
        status: response.code?,
        length: (length + version).checked_sub(VERSION.len())?,
        content_type: values("content-type").find(|value| !value.trim().is_empty()),
        codings,
    })
}

/// Media type and encoding out of a `Content-Type`.
pub(super) fn media_type(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';');
    let media_type = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_string())
    });
    (media_type, charset)
}

/// A body under codings.
pub(super) struct Coded {
    pub bytes: Vec<u8>,
    /// Whether its end is missing.
    pub cut: bool,
}

/// Why a body could not be unpacked.
pub(super) enum Failure {
    TooLarge,
    Damaged,
    Unknown,
}

impl Coded {
    /// The body without the outermost coding.
    pub(super) fn without(self, coding: &str, limit: u64) -> Result<Self, Failure> {
        let bytes = self.bytes.as_slice();
        let unpacked = match coding {
            "identity" | "none" | "utf-8" => return Ok(self),
            "chunked" => return Ok(without_chunks(bytes).unwrap_or(self)),
            "gzip" | "x-gzip" => unpack(MultiGzDecoder::new(bytes), limit),
            // The standard's deflate is zlib's format; servers that send it bare are as old as the name.
            "deflate" => match unpack(ZlibDecoder::new(bytes), limit) {
                Err(Failure::Damaged) => unpack(DeflateDecoder::new(bytes), limit),
                done => done,
            },
            "br" => {
                let mut decoder = brotli_decompressor::Decompressor::new(bytes, 4096);
                // The web's brotli (RFC 7932) has none; with them a decoder may be made to ask for a gigabyte.
                decoder.set_parameter(BrotliDecoderParameter::BROTLI_DECODER_PARAM_LARGE_WINDOW, 0);
                unpack(decoder, limit)
            }
            _ => Err(Failure::Unknown),
        };
        match unpacked {
            Ok(bytes) => Ok(Self { bytes, ..self }),
            Err(Failure::Damaged | Failure::Unknown) if is_plain(bytes) => Ok(self),
            Err(failure) => Err(failure),
        }
    }
}

fn unpack(reader: impl Read, limit: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| Failure::Damaged)?;
    if bytes.len() as u64 > limit { Err(Failure::TooLarge) } else { Ok(bytes) }
}

/// Whether a body begins as text does, so that it was stored already unpacked.
fn is_plain(body: &[u8]) -> bool {
    let head = body.get(..1024).unwrap_or(body);
    // Escape begins the shifts of ISO-2022 encodings.
    !head.iter().any(|byte| matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31 | 127))
}

/// The content of chunks; `None` when these are none. Chunks that break off after a whole one are a body cut short.
fn without_chunks(body: &[u8]) -> Option<Coded> {
    let (mut rest, mut bytes) = (body, Vec::new());
    while rest.first().is_some_and(u8::is_ascii_hexdigit)
        && let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(rest)
    {
        if size == 0 {
            return Some(Coded { bytes, cut: false });
        }
        let data = rest.get(start..).unwrap_or_default();
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        match data.split_at_checked(size) {
            Some((chunk, after)) if after.starts_with(b"\r\n") => {
                bytes.extend_from_slice(chunk);
                rest = after.get(2..).unwrap_or_default();
            }
            Some(_) => return None,
            None => {
                let begun = !bytes.is_empty();
                bytes.extend_from_slice(data);
                return begun.then_some(Coded { bytes, cut: true });
            }
        }
    }
    (rest.is_empty() && !bytes.is_empty()).then_some(Coded { bytes, cut: true })
}
