//! What a link in a text means.
//!
//! A destination is, in this order: an address with a scheme; a place in the same document (`#section`); a Markdown file
//! of the archive, by path from the file or, with a leading `/`, from `content/`; a file beside the document; a document's
//! id. The last two may be followed by `#section`. What is none of these is a fault with a suggestion, so a broken link
//! never reaches a reader.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use percent_encoding::percent_decode_str;

use super::places::{self, listed};
use super::{Archive, Entry, address, picture};
use crate::diagnostic::messages::LinkMessage;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::fixity;
use crate::record::{fields, front_matter};
use crate::text::parse::{self, Ids, Manner};
use crate::text::{Link, Text};

/// Schemes that a text may link to. Others run code or read the reader's disc.
const SCHEMES: [&str; 5] = ["http", "https", "mailto", "ftp", "tel"];

/// The place of every anchor of a document: id → page in the document's folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AnchorPages {
    pages: BTreeMap<String, String>,
}

impl AnchorPages {
    /// Finds the page of each section, block and note.
    pub(crate) fn of(text: &Text, pages: &[Range<usize>]) -> Self {
        let mut anchors = Self::default();
        for (at, parts) in pages.iter().enumerate() {
            let name = page_name(text, at, parts);
            for part in &text.parts[parts.clone()] {
                let section = part.heading.iter().map(|heading| &heading.id);
                for id in section.map(String::as_str).chain(text.ids_of(part)) {
                    anchors.pages.insert(id.to_string(), name.clone());
                }
            }
            for note in text.notes_of(parts.clone()) {
                anchors.pages.entry(text.notes[note].id.clone()).or_insert_with(|| name.clone());
            }
        }
        // A text that is not split stands on the page of the whole text.
        for part in &text.parts {
            for id in part.heading.iter().map(|heading| heading.id.as_str()).chain(text.ids_of(part)) {
                anchors.pages.entry(id.to_string()).or_insert_with(|| "full.html".to_string());
            }
        }
        anchors
    }

    /// The same with ids that sections had before: a link that was right stays right.
    #[must_use]
    pub(crate) fn with_former(mut self, former: &[(&str, String)]) -> Self {
        for (old, id) in former {
            if let Some(page) = self.pages.get(id).cloned() {
                self.pages.entry((*old).to_string()).or_insert(page);
            }
        }
        self
    }

    /// The page on which an id stands.
    pub(crate) fn page(&self, id: &str) -> Option<&str> {
        self.pages.get(id).map(String::as_str)
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.pages.keys().map(String::as_str)
    }
}

/// Ids that sections of a document had before, each with the id of today.
pub(crate) fn former_ids<'a>(entry: &'a Entry, text: &Text) -> Vec<(&'a str, String)> {
    if entry.record.section_aliases.is_empty() {
        return Vec::new();
    }
    let ids: BTreeSet<&str> = text.parts.iter().filter_map(|part| Some(part.heading.as_ref()?.id.as_str())).collect();
    let former = places::former_sections(entry, |id| ids.contains(id));
    former.into_iter().map(|(old, id)| (old, id.to_string())).collect()
}

/// The file of a document's page: the landing page first, then one named after its section.
pub(crate) fn page_name(text: &Text, at: usize, parts: &Range<usize>) -> String {
    match &text.parts[parts.start].heading {
        Some(heading) if at > 0 => format!("{}.html", heading.id),
        _ => "index.html".to_string(),
    }
}

/// Where a link goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// Out of the site.
    External(String),
    /// An id of the same document, and the page on which it stands.
    Here {
        /// The id.
        id: String,
        /// Page in the document's folder.
        page: String,
    },
    /// A page of another document, from the site's root.
    Page(String),
    /// A file beside the document: its path in the document's folder, and its size in pixels if it is an image.
    File {
        /// Path in the document's folder.
        path: String,
        /// Width and height.
        size: Option<(usize, usize)>,
    },
    /// Reported; the page is not published.
    Broken,
}

/// What a destination without a scheme names.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Named<'a> {
    /// A place in the same document; none where the destination is empty.
    Here(Option<String>),
    /// A document.
    Document {
        /// Its index in the archive.
        document: usize,
        /// Its file or folder from the archive's root, as the destination names it; absent where it names the id.
        place: Option<String>,
        /// The place in it.
        fragment: Option<String>,
    },
    /// A document that another one stands for.
    Replaced(&'a Entry),
    /// A file beside the documents, by its path from the archive's root.
    File(String),
    /// Nothing that is there.
    Nothing,
}

/// What a destination names that stands in a file of the archive.
pub(crate) fn named<'a>(archive: &'a Archive, file: &str, destination: &str) -> Named<'a> {
    let fragment = destination.split_once('#').map(|(_, id)| decode(id)).filter(|id| !id.is_empty());
    let path = decode(path_of(destination));
    if path.is_empty() {
        return Named::Here(fragment);
    }
    let place = join(file, &path);
    if let Some(place) = &place {
        let folder = place.trim_end_matches('/');
        let found = archive.by_path(place).or_else(|| archive.by_path(&format!("{folder}/index.md")));
        if let Some(document) = found {
            return Named::Document { document, place: Some(place.clone()), fragment };
        }
        if archive.files.contains(place) {
            return Named::File(place.clone());
        }
    }
    if let Some(document) = archive.by_id(&path) {
        return Named::Document { document, place: None, fragment };
    }
    let is_named = |entry: &&Entry| entry.id == path || place.as_ref().is_some_and(|place| entry.is_in(place));
    archive.replaced.iter().find(is_named).map_or(Named::Nothing, Named::Replaced)
}

/// A destination without its fragment.
fn path_of(destination: &str) -> &str {
    destination.split_once('#').map_or(destination, |(path, _)| path)
}

/// A document whose links are being resolved.
pub(crate) struct From<'a> {
    /// The document.
    pub entry: &'a Entry,
    /// Its file.
    pub source: Source<'a>,
    /// Its anchors.
    pub anchors: &'a AnchorPages,
}

/// Resolves links between documents. The anchors of a document that another one points into are found when they are
/// first asked for, by reading it once more; that is rare, and keeping every document's anchors would cost more memory
/// than everything else together.
pub(crate) struct Links<'a> {
    archive: &'a Archive,
    anchors: Vec<OnceLock<Option<AnchorPages>>>,
}

impl<'a> Links<'a> {
    /// For an archive.
    pub(crate) fn new(archive: &'a Archive) -> Self {
        Self { archive, anchors: archive.documents.iter().map(|_| OnceLock::new()).collect() }
    }

    /// Resolves one link. Files that it needs beside the document go into `files`: path in the document's folder → path
    /// from the archive's root.
    pub(crate) fn resolve(
        &self,
        from: &From<'_>,
        link: &Link,
        files: &mut BTreeMap<String, String>,
        report: &mut Report,
    ) -> Target {
        match self.find(from, link, files) {
            Ok(target) => target,
            Err(fault) => {
                report.push(fault.at(from.source, link.span.clone()));
                Target::Broken
            }
        }
    }

    fn find(&self, from: &From<'_>, link: &Link, files: &mut BTreeMap<String, String>) -> Result<Target, Diagnostic> {
        let destination = link.destination.trim();
        if let Some(scheme) = scheme(destination) {
            return external(link, &scheme);
        }
        if destination.starts_with("//") {
            return external(link, "//");
        }
        let here = &from.entry.source.path;
        match named(self.archive, here, destination) {
            Named::Here(None) => Err(Diagnostic::error(LinkMessage::EmptyLink)),
            Named::Here(Some(id)) => match from.anchors.page(&id) {
                Some(page) => Ok(Target::Here { page: page.to_string(), id }),
                None => Err(no_anchor(&id, None, from.anchors)),
            },
            Named::File(place) if self.archive.withholds(&place) && !place.starts_with(&from.entry.own_folder()) => {
                Err(Diagnostic::error(LinkMessage::LinkToWithheldFile { path: place }))
            }
            Named::File(place) => Ok(self.beside(from, link, place, files)),
            // An image may have a document's path, but not its id.
            Named::Document { document, fragment, place } if !link.image || place.is_some() => {
                self.in_document(from, document, fragment)
            }
            // What was replaced has no text any more; its address leads on to what stands for it.
            Named::Replaced(entry) if !link.image => Ok(Target::Page(format!("{}/index.html", entry.directory))),
            _ => Err(self.not_found(from, link)),
        }
    }

    fn in_document(&self, from: &From<'_>, document: usize, fragment: Option<String>) -> Result<Target, Diagnostic> {
        let entry = &self.archive.documents[document];
        let Some(id) = fragment else { return Ok(Target::Page(format!("{}/index.html", entry.directory))) };
        if std::ptr::eq(entry, from.entry) {
            return match from.anchors.page(&id) {
                Some(page) => Ok(Target::Here { page: page.to_string(), id }),
                None => Err(no_anchor(&id, None, from.anchors)),
            };
        }
        if !entry.record.text_is_open() {
            return Err(Diagnostic::error(LinkMessage::LinkToWithheld { id: entry.id.clone() }));
        }
        let Some(anchors) = self.anchors[document].get_or_init(|| self.read_anchors(entry)) else {
            return Err(Diagnostic::error(LinkMessage::LinkIntoUnreadable));
        };
        match anchors.page(&id) {
            Some(page) => Ok(Target::Page(format!("{}/{page}#{id}", entry.directory))),
            None => Err(no_anchor(&id, Some(&entry.id), anchors)),
        }
    }

    fn read_anchors(&self, entry: &Entry) -> Option<AnchorPages> {
        let text = entry.source.read(&self.archive.root).ok()?;
        let source = Source { file: &entry.source.path, text: &text };
        let body = front_matter::split(source).ok()?.body;
        let site = &self.archive.site;
        let manner = Manner {
            title: &entry.record.title,
            allow_html: site.allow_html,
            numbered: true,
            restore: false,
            ids: Ids::All,
        };
        let text = parse::parse(source, body, manner, &mut Report::new());
        let pages = text.pages(entry.record.split_level.unwrap_or(site.split_level));
        Some(AnchorPages::of(&text, &pages).with_former(&former_ids(entry, &text)))
    }

    /// A file keeps its path in the document's folder; one from elsewhere in `content/` is copied there by its name.
    fn beside(&self, from: &From<'_>, link: &Link, place: String, files: &mut BTreeMap<String, String>) -> Target {
        let home = from.entry.folder.clone().unwrap_or_else(|| {
            from.entry.source.path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"))
        });
        let path = match place.strip_prefix(&home) {
            Some(inside) => inside.to_string(),
            None => self.name_apart(&home, &place, files),
        };
        let size = match self.archive.held.get(&place) {
            _ if !link.image => None,
            Some(bytes) => picture::size_of(bytes),
            None => picture::size_of_file(&self.archive.root, &place),
        };
        files.insert(path.clone(), place);
        Target::File { path, size }
    }

    /// The name under which a file from elsewhere is copied beside a document: its own, or with the beginning of its digest where
    /// another file has that name there.
    fn name_apart(&self, home: &str, place: &str, files: &BTreeMap<String, String>) -> String {
        let name = place.rsplit('/').next().unwrap_or(place);
        let is_taken = self.archive.files.contains(&format!("{home}{name}"))
            || files.get(name).is_some_and(|other| other != place);
        if !is_taken {
            return name.to_string();
        }
        let bytes = self.archive.held.get(place).cloned().or_else(|| self.archive.root.read(place).ok());
        let digest = fixity::hex_text(&fixity::sha256(&bytes.unwrap_or_default()));
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        format!("{stem}-{}{}{ending}", &digest[..8], if ending.is_empty() { "" } else { "." })
    }

    fn not_found(&self, from: &From<'_>, link: &Link) -> Diagnostic {
        let path = decode(path_of(link.destination.trim()));
        let slashed = path.replace('\\', "/");
        if link.image {
            let folder = from.entry.source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let files: Vec<&str> =
                self.archive.files.iter().filter_map(|file| file.strip_prefix(folder)?.strip_prefix('/')).collect();
            let near = fields::nearest(&slashed, &files).map(str::to_string);
            return Diagnostic::error(LinkMessage::MissingImage { path, near });
        }
        if slashed != path {
            return Diagnostic::error(LinkMessage::BackslashInLink { path, slashed });
        }
        let ids: Vec<&str> = self.archive.ids().collect();
        let name = path.trim_end_matches('/').trim_end_matches("/index.md").trim_end_matches(".md");
        let name = name.rsplit('/').next().unwrap_or(name);
        let moved = || {
            let of_name = |address: &&String| address.rsplit('/').next() == Some(name);
            let former = &self.archive.former[self.archive.former.keys().find(of_name)?];
            Some(self.archive.documents[former.document].id.as_str())
        };
        let same = ids.iter().find(|id| **id == name).copied();
        let near = same.or_else(moved).or_else(|| fields::nearest(name, &ids));
        let file = near.and_then(|id| self.archive.by_id(id)).map(|at| self.archive.documents[at].source.path.clone());
        Diagnostic::error(LinkMessage::BrokenLink {
            path: path.to_string(),
            near: near.map(str::to_string),
            file: file.unwrap_or_default(),
        })
    }
}

/// The address for `href` or `src` on a page of the document, with the quotation mark that ends it, and what belongs to
/// the element besides.
pub(crate) fn write(target: &Target, page: &str, root: &str, out: &mut String) {
    match target {
        Target::External(address) => {
            push_escaped(out, address);
            out.push_str("\" class=\"external\" rel=\"external");
        }
        Target::Here { id, page: there } if there == page || page == "full.html" => {
            out.push('#');
            push_escaped(out, &address::encode(id));
        }
        Target::Here { id, page: there } => {
            push_escaped(out, &address::encode(there));
            out.push('#');
            push_escaped(out, &address::encode(id));
        }
        Target::Page(path) => {
            let (path, id) = path.split_once('#').map_or((path.as_str(), None), |(path, id)| (path, Some(id)));
            out.push_str(root);
            push_escaped(out, &address::encode(path));
            if let Some(id) = id {
                out.push('#');
                push_escaped(out, &address::encode(id));
            }
        }
        Target::File { path, size } => {
            push_escaped(out, &address::encode(path));
            if path.ends_with(".html") {
                out.push_str("\" data-edition=\"file");
            }
            if let Some((width, height)) = size {
                out.push_str(&format!("\" width=\"{width}\" height=\"{height}"));
            }
        }
        Target::Broken => {}
    }
    out.push('"');
}

fn push_escaped(out: &mut String, text: &str) {
    // Writing into a String cannot fail.
    let _ = pulldown_cmark_escape::escape_html(out, text);
}

/// The scheme of an address (RFC 3986, 3.1), in lower case.
pub(crate) fn scheme(destination: &str) -> Option<String> {
    let (scheme, _) = destination.split_once(':')?;
    let valid = scheme.starts_with(|character: char| character.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    valid.then(|| scheme.to_ascii_lowercase())
}

fn external(link: &Link, scheme: &str) -> Result<Target, Diagnostic> {
    if link.image {
        return Err(Diagnostic::error(LinkMessage::ExternalImage));
    }
    if !SCHEMES.contains(&scheme) {
        let known = SCHEMES.map(str::to_string).to_vec();
        return Err(Diagnostic::error(LinkMessage::UnsafeAddress { scheme: scheme.to_string(), known }));
    }
    Ok(Target::External(link.destination.trim().to_string()))
}

/// An address in the links of a text, without its escapes.
pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// A path from a file's folder, or from `content/`; `None` where it leads out of it.
pub(crate) fn join(file: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => vec!["content"],
        None => file.split('/').collect::<Vec<_>>().split_last().map(|(_, folders)| folders.to_vec())?,
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.len() > 1 => {
                parts.pop();
            }
            ".." => return None,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn no_anchor(id: &str, document: Option<&str>, anchors: &AnchorPages) -> Diagnostic {
    let ids: BTreeSet<&str> = anchors.ids().filter(|id| !id.starts_with("p-")).collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    Diagnostic::error(LinkMessage::NoSuchSection {
        section: id.to_string(),
        document: document.map(str::to_string),
        near: fields::nearest(id, &ids).map(str::to_string),
        known: listed(&ids),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_never_leave_content() {
        assert_eq!(join("content/a/x.md", "../b/y.md").as_deref(), Some("content/b/y.md"));
        assert_eq!(join("content/a/x.md", "/b/y.md").as_deref(), Some("content/b/y.md"));
        assert_eq!(join("content/a/x.md", "y.png").as_deref(), Some("content/a/y.png"));
        assert_eq!(join("content/a/x.md", "../../../etc/passwd"), None);
        assert_eq!(join("content/x.md", "/../site.toml"), None);
    }

    #[test]
    fn schemes() {
        assert_eq!(scheme("HTTPS://a").as_deref(), Some("https"));
        assert_eq!(scheme("javascript:x").as_deref(), Some("javascript"));
        assert_eq!(scheme("文:x"), None);
        assert_eq!(scheme("a/b:c"), None);
    }
}
