//! Media types (RFC 6838) by the ends of file names: of what is made here, and of what commonly lies beside a text.

use super::DOWNLOADS;

/// Ends of names that are no download's, each with its type.
const TYPES: [(&str, &str); 24] = [
    ("css", "text/css"),
    ("csv", "text/csv"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("eml", "message/rfc822"),
    ("gif", "image/gif"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("jsonl", "text/plain"),
    ("mhtml", "multipart/related"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ofd", "application/ofd"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("tif", "image/tiff"),
    ("txt", "text/plain"),
    ("warc", "application/warc"),
    ("webp", "image/webp"),
    ("xml", "application/xml"),
];

/// What is not known.
pub(crate) const UNKNOWN: &str = "application/octet-stream";

/// The type of a file; [`UNKNOWN`] where its name does not say it.
pub(crate) fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((_, ending)) = name.rsplit_once('.') else { return UNKNOWN };
    let has_ending = |known: &str| name.strip_suffix(known).is_some_and(|rest| rest.ends_with('.'));
    let download = DOWNLOADS.iter().find(|download| has_ending(download.ending));
    let known =
        || TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, media_type)| *media_type);
    download.map(|download| download.media_type).or_else(known).unwrap_or(UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_name_says_what_it_is() {
        for (path, media_type) in [
            ("laws/notice/notice.csl.json", "application/vnd.citationstyles.csl+json"),
            ("manifest.json", "application/json"),
            ("a/notice.md", "text/markdown"),
            ("a/page.HTML", "text/html"),
            ("a.b/page", UNKNOWN),
            ("x.bin", UNKNOWN),
        ] {
            assert_eq!(super::media_type(path), media_type, "{path}");
        }
    }
}
