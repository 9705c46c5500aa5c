//! What is said of each file to browsers: its media type, and how long it may be kept.
//!
//! Hosts guess types, and guess them wrongly: Chinese pages without `charset` were shown as garbage for years. Nothing is ever
//! marked for download. A file may be kept long only where its name changes with what is in it; the theme's files do not, and
//! are kept as shortly as pages are.

use super::store::Head;
use crate::site::target::Target;

const PAGES: &str = "public, max-age=300, must-revalidate";
const ASSETS: &str = "public, max-age=31536000, immutable";

/// Hexadecimal digits in a name that are taken for a digest.
const DIGEST: usize = 8;

/// Files above this are not packed: they would be in memory whole.
const MOST_PACKED: u64 = 64 << 20;

/// What is said of a file.
pub(super) fn head(path: &str, bytes: u64, target: &Target) -> Head {
    let media_type = media_type(path).to_string();
    let cache = target.kind.is_bucket().then(|| {
        let (own, usual) = match has_digest(path) {
            true => (&target.cache_assets, ASSETS),
            false => (&target.cache_pages, PAGES),
        };
        own.clone().unwrap_or_else(|| usual.to_string())
    });
    let is_text = media_type.contains("charset") || media_type.contains("xml") || media_type.contains("json");
    Head { is_packed: target.compress && is_text && (256..=MOST_PACKED).contains(&bytes), media_type, cache }
}

/// Whether a name changes with what is in the file.
fn has_digest(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['.', '-', '_']).any(|part| {
        part.len() >= DIGEST
            && part.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
            && part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().any(|byte| byte.is_ascii_lowercase())
    })
}

/// The media type of a file of the site.
pub(super) fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    match name {
        "feed.xml" | "opds.xml" => return "application/atom+xml; charset=utf-8",
        _ if name.ends_with(".csl.json") => return "application/vnd.citationstyles.csl+json; charset=utf-8",
        _ => {}
    }
    match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "jsonl" => "application/x-ndjson; charset=utf-8",
        "xml" | "xsl" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "bib" => "application/x-bibtex; charset=utf-8",
        "ris" => "application/x-research-info-systems; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "tif" | "tiff" => "image/tiff",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "zip" => "application/zip",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "ogg" | "oga" => "audio/ogg",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_digest_lasts() {
        assert!(has_digest("static/photo.3fa4c20b19.jpg"));
        assert!(!has_digest("fonds.css") && !has_digest("laws/notice-19500101/index.html") && !has_digest("facade.js"));
    }

    #[test]
    fn texts_name_their_encoding() {
        for path in ["a/index.html", "search/t0.js", "feed.xml", "a/a.csl.json", "records.jsonl", "X.HTML"] {
            assert!(media_type(path).ends_with("; charset=utf-8"), "{path}");
        }
        assert_eq!(media_type("a/scan.JPG"), "image/jpeg");
        assert_eq!(media_type("a/b.c/x"), "application/octet-stream");
    }
}
