//! The parts of a saved page (RFC 2045 to 2047, RFC 2557).
//!
//! The crate mailparse was considered: in quoted-printable text it drops bytes above 127, and with them every Han character of
//! a page in GBK, without an error; and it ends a part's head at a line that is no field. Browsers write both, so it is read
//! here.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// Most parts.
const PARTS: usize = 20_000;
/// Deepest that parts stand in each other.
const DEPTH: usize = 8;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A part: its fields, and its body as it is stored.
#[derive(Debug, Clone)]
pub(super) struct Part<'b> {
    /// Names in small letters, and values with their lines joined.
    fields: Vec<(String, String)>,
    body: &'b [u8],
}

impl<'b> Part<'b> {
    /// Reads the head of a part, up to the first empty line.
    pub(super) fn read(bytes: &'b [u8]) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
            let line = String::from_utf8_lossy(&rest[..end]);
            rest = &rest[end..];
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            match (line.starts_with([' ', '\t']), line.split_once(':')) {
                (true, _) => {
                    if let Some((_, value)) = fields.last_mut() {
                        value.push(' ');
                        value.push_str(line.trim());
                    }
                }
                (false, Some((name, value))) => fields.push((name.trim().to_lowercase(), value.trim().to_string())),
                (false, None) => {}
            }
        }
        Self { fields, body: rest }
    }

    /// The value of a field.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The media type, in small letters.
    pub(super) fn media_type(&self) -> String {
        let value = self.field("content-type").unwrap_or("text/plain");
        value.split(';').next().unwrap_or_default().trim().to_lowercase()
    }

    /// A parameter of the media type: `charset`, `boundary`.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let mut rest = self.field("content-type")?.split_once(';')?.1;
        loop {
            let (own, behind) = rest.split_once('=')?;
            let behind = behind.trim_start();
            let (value, next) = match behind.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => behind.split_once(';').unwrap_or((behind, "")),
            };
            if own.trim_matches([' ', ';', '\t']).eq_ignore_ascii_case(name) {
                return Some(value.trim().to_string());
            }
            rest = next;
        }
    }

    /// The body with its transfer encoding undone.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match self.field("content-transfer-encoding").unwrap_or_default().to_lowercase().as_str() {
            "quoted-printable" => quoted_printable(self.body),
            "base64" => {
                let digits: Vec<u8> = self.body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
                // What is cut off in the midst of a character is lost, and no more.
                let whole = digits.len() - digits.len() % 4;
                BASE64.decode(&digits).or_else(|_| BASE64.decode(&digits[..whole])).unwrap_or_default()
            }
            _ => self.body.to_vec(),
        }
    }

    /// The parts of a body that has several, and of those in turn, in their order.
    pub(super) fn parts(&self) -> Vec<Self> {
        let mut found = Vec::new();
        self.add_parts(&mut found, DEPTH);
        found
    }

    fn add_parts(&self, found: &mut Vec<Self>, depth: usize) {
        let boundary = self.parameter("boundary").filter(|boundary| !boundary.is_empty());
        let Some(boundary) = boundary.filter(|_| depth > 0) else { return };
        let mark = format!("--{boundary}");
        for body in split(self.body, mark.as_bytes()).into_iter().take(PARTS) {
            let part = Self::read(body);
            match part.media_type().starts_with("multipart/") {
                true => part.add_parts(found, depth - 1),
                false => found.push(part),
            }
        }
    }
}

/// What stands between lines that begin with a mark; the last may have no end.
fn split<'b>(body: &'b [u8], mark: &[u8]) -> Vec<&'b [u8]> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (None, 0);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(mark) {
            if let Some(start) = start {
                parts.push(&body[start..at]);
            }
            let is_last = line[mark.len()..].starts_with(b"--");
            start = (!is_last).then_some(at + line.len());
            if is_last {
                break;
            }
        }
        at += line.len();
    }
    parts.extend(start.and_then(|start| body.get(start..)).filter(|last| !last.is_empty()));
    parts
}

/// Undoes quoted-printable. Bytes that should have been quoted are what they are.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let text = line.trim_ascii_end();
        let is_soft = text.ends_with(b"=");
        let text = text.strip_suffix(b"=").unwrap_or(text);
        let mut at = 0;
        while at < text.len() {
            let code = (text[at] == b'=').then(|| text.get(at + 1..at + 3)).flatten();
            let code = code.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
            bytes.push(code.unwrap_or(text[at]));
            at += if code.is_some() { 3 } else { 1 };
        }
        if !is_soft {
            bytes.extend_from_slice(&line[line.trim_ascii_end().len()..]);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted() {
        assert_eq!(quoted_printable(b"a=3Db=\r\nc =\n d\r\n"), b"a=bc  d\r\n");
        assert_eq!(quoted_printable(b"\xbf\xe2=B7=BF=zz"), b"\xbf\xe2\xb7\xbf=zz");
    }

    #[test]
    fn parts() {
        let file = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"x y\"; type=\"text/html\"\r\n\r\nto be passed \
                    over\r\n--x y\r\nContent-Type: text/html; charset=gb2312\r\nno field\r\nContent-Location: a\r\n\r\n<p>1\r\n--x \
                    y\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAQI\r\n=\r\n--x y--\r\nbehind";
        let parts = Part::read(file.as_bytes()).parts();
        assert_eq!(parts.len(), 2);
        assert_eq!((parts[0].media_type().as_str(), parts[0].field("content-location")), ("text/html", Some("a")));
        assert_eq!(
            (parts[0].parameter("charset").as_deref(), parts[0].bytes().as_slice()),
            (Some("gb2312"), &b"<p>1\r\n"[..])
        );
        assert_eq!(parts[1].bytes(), [1, 2]);
    }
}
