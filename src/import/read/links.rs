//! Where the links of a capture lead once it is in the archive.
//!
//! A relative address means a file beside the capture: one that is there comes along, as an attachment. Else it is read by the
//! address that the page came from (RFC 3986, 5.1). A link that leads nowhere from the archive loses its address and keeps
//! its words; the address is told, and kept in `provenance.toml`. `#place` stays as it is: where in the text the place is, is
//! known when the text is recognised.

use std::collections::BTreeMap;

use url::Url;

use super::html::Beside;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::fixity;
use crate::import::flow::{Change, Flow, Form, Media, Sense};
use crate::import::recognise::told::place_on_line;

/// Endings of files that come along when a text links to them: documents, tables, pictures, recordings, packages.
const ATTACHMENTS: [&str; 36] = [
    "7z", "avi", "bmp", "csv", "doc", "docx", "dps", "epub", "et", "gif", "jpeg", "jpg", "m4a", "mp3", "mp4", "odp",
    "ods", "odt", "ofd", "pdf", "png", "ppt", "pptx", "rar", "rtf", "tar", "tif", "tiff", "txt", "wav", "webp", "wps",
    "xls", "xlsx", "xml", "zip",
];
/// Longest name of an attachment, in characters, without its ending.
const NAME: usize = 40;
/// Longest address in a message, in characters.
const SHOWN: usize = 80;

/// Where a link leads.
enum Way {
    /// To an address that leads there from the archive too.
    To(String),
    /// Nowhere, and nobody misses it.
    Silent,
    /// Nowhere any more.
    Lost,
}

/// Gives every link of a text the address that it has in the archive.
pub(crate) fn settle(flow: &mut Flow, beside: &dyn Beside) {
    let mut lost: Vec<(usize, String)> = Vec::new();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let (base, own) = (flow.base.take(), flow.stated.source_url.take());
    for (at, piece) in flow.pieces.iter_mut().enumerate() {
        let is_text = piece.outside.is_none() && piece.form != Form::Code;
        let media = &mut flow.media;
        piece.marks.retain_mut(|mark| {
            let Sense::Link(address) = &mut mark.sense else { return true };
            let is_file = is_text && media.iter().any(|file| file.name == *address);
            if is_file {
                return true;
            }
            let way = match attachment(address, beside, &mut files, media).filter(|_| is_text) {
                Some(name) => Way::To(name),
                None => way(address, base.as_ref(), own.as_deref()),
            };
            match way {
                Way::To(found) => {
                    *address = found;
                    return true;
                }
                Way::Lost if is_text => lost.push((at + 1, address.clone())),
                Way::Lost | Way::Silent => {}
            }
            false
        });
    }
    flow.stated.source_url = own;
    if let Some((line, address)) = lost.first() {
        let text = flow.pieces.get(line - 1).map_or("", |piece| &piece.text);
        flow.diagnostics.push(place_on_line(left_out(address, lost.len()), "", text, *line, 0..0));
    }
    flow.changes.extend(lost.into_iter().map(|(line, address)| change(line, address)));
}

/// What is told of links that were left out; `count` of them, the first with its address.
pub(crate) fn left_out(address: &str, count: usize) -> Diagnostic {
    let address: String = address.chars().take(SHOWN).collect();
    Diagnostic::warning(CaptureMessage::LinkLeftOut { address, others: count - 1 })
}

/// The same for `provenance.toml`.
pub(crate) fn change(line: usize, address: String) -> Change {
    Change { line, was: address, now: String::new(), why: "link-left-out" }
}

fn way(address: &str, base: Option<&Url>, own: Option<&str>) -> Way {
    if matches!(address, "" | "#" | "#top") {
        return Way::Silent;
    }
    if address.starts_with('#') {
        return Way::To(address.to_string());
    }
    let url = match (Url::parse(address), base) {
        (Ok(url), _) => url,
        (Err(_), Some(base)) => match base.join(address) {
            Ok(url) => url,
            Err(_) => return Way::Lost,
        },
        (Err(_), None) => return Way::Lost,
    };
    match url.scheme() {
        "http" | "https" => {
            let page = url.as_str().split('#').next().unwrap_or_default();
            match url.fragment().filter(|_| own.is_some_and(|own| own.split('#').next() == Some(page))) {
                Some(place) => Way::To(format!("#{place}")),
                None => Way::To(url.to_string()),
            }
        }
        "mailto" | "ftp" | "tel" => Way::To(url.to_string()),
        "javascript" | "data" | "about" | "blob" => Way::Silent,
        _ => Way::Lost,
    }
}

/// The file beside the capture that an address names, taken along.
fn attachment(
    address: &str,
    beside: &dyn Beside,
    files: &mut BTreeMap<String, String>,
    media: &mut Vec<Media>,
) -> Option<String> {
    let path = address.split(['#', '?']).next().filter(|path| !path.is_empty())?;
    if let Some(name) = files.get(path) {
        return Some(name.clone());
    }
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    let last = decoded.rsplit(['/', '\\']).next()?;
    let (stem, ending) = last.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    if !ATTACHMENTS.contains(&ending.as_str()) || Url::parse(address).is_ok() {
        return None;
    }
    let bytes = beside.local(path)?;
    let hash = fixity::hex_text(&fixity::sha256(&bytes));
    let kept = |character: &char| character.is_alphanumeric() || matches!(character, '-' | '_');
    let stem: String = stem.chars().filter(kept).take(NAME).collect();
    let mark = hash.get(..8).unwrap_or(&hash);
    let name = if stem.is_empty() { format!("files/{mark}.{ending}") } else { format!("files/{stem}-{mark}.{ending}") };
    if media.iter().all(|known| known.name != name) {
        media.push(Media { name: name.clone(), bytes });
    }
    files.insert(path.to_string(), name.clone());
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways() {
        let base = Url::parse("https://a.example/b/c.html").expect("an address");
        let own = Some("https://a.example/b/c.html");
        let to = |address: &str, base: Option<&Url>| match way(address, base, own) {
            Way::To(address) => address,
            Way::Silent => "silent".to_string(),
            Way::Lost => "lost".to_string(),
        };
        assert_eq!(to("../d.html", Some(&base)), "https://a.example/d.html");
        assert_eq!(to("../d.html", None), "lost");
        assert_eq!(to("c.html#e", Some(&base)), "#e");
        assert_eq!(to("#e", None), "#e");
        assert_eq!(to("mailto:a@a.example", None), "mailto:a@a.example");
        assert_eq!(to("javascript:void(0)", Some(&base)), "silent");
        assert_eq!(to("file:///C:/a.doc", Some(&base)), "lost");
        assert_eq!(to("C:\\a.doc", None), "lost");
        assert_eq!(to("#", None), "silent");
    }
}
