//! Pictures: files of the package, or in the text itself.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::diagnostic::Diagnostic;
use crate::import::read::media::MediaShelf;
use crate::import::read::office::shelf::{Kept, Shelf};
use crate::import::read::xml::{Event, Xml};

/// Where the pictures of a document come from.
pub(super) enum Pictures<'p, 'b> {
    Package(MediaShelf<'p, 'b>),
    /// A document that is one file has them in its text.
    Inside(Shelf),
}

impl Pictures<'_, '_> {
    /// Takes the picture whose element was opened last, and passes over the rest of that.
    pub(super) fn keep(&mut self, address: &str, xml: &mut Xml<'_>) -> Result<Kept, Diagnostic> {
        let mut data = String::new();
        let depth = xml.depth();
        while let Some(event) = xml.inside(depth)? {
            match event {
                Event::Open(element) if element.name() == ("office", "binary-data") => data = xml.text()?,
                Event::Open(_) => xml.skip()?,
                _ => {}
            }
        }
        let shelf = match self {
            Self::Package(shelf) if data.is_empty() => return shelf.keep(address.trim_start_matches("./")),
            Self::Package(shelf) => &mut shelf.shelf,
            Self::Inside(shelf) => shelf,
        };
        data.retain(|character| !character.is_whitespace());
        Ok(match STANDARD.decode(data) {
            Ok(bytes) if !bytes.is_empty() => shelf.keep("image", bytes),
            _ => Kept::Missing,
        })
    }

    pub(super) fn into_shelf(self) -> Shelf {
        match self {
            Self::Package(shelf) => shelf.shelf,
            Self::Inside(shelf) => shelf,
        }
    }
}
