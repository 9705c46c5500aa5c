//! What Typst may see: two files in memory, the pictures of the document, the fonts. No disc, no network, no packages, no
//! clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::FontStore;

use crate::format::epub::image::Images;

const STYLE: &str = include_str!("style.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The layouts, parsed once.
static STYLE_SOURCE: LazyLock<Option<Source>> =
    LazyLock::new(|| Some(Source::new(file("style.typ")?, STYLE.to_string())));

/// The name of a file in memory.
fn file(name: &str) -> Option<FileId> {
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?)))
}

/// One document.
pub(crate) struct Sheet<'a> {
    main: Source,
    images: &'a Images<'a>,
    fonts: &'static FontStore,
}

impl<'a> Sheet<'a> {
    /// A document's markup and pictures.
    pub(crate) fn new(markup: String, images: &'a Images<'a>, fonts: &'static FontStore) -> Option<Self> {
        Some(Self { main: Source::new(file("main.typ")?, markup), images, fonts })
    }
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        STYLE_SOURCE.as_ref().filter(|style| style.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = id.get().vpath().get_without_slash();
        let image = self.images.values().find(|image| image.name == name);
        image.map(|image| Bytes::new(image.bytes.clone())).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
