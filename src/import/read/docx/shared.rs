//! What the parts of a document share while they are read: the files they show, and the labels of notes.

use crate::import::read::media::MediaShelf;
use crate::import::read::office::notes::Notes;
use crate::import::read::office::oddity::Oddities;
use crate::import::read::office::styles::Styles;

/// What the parts of a document share while they are read.
pub(super) struct Shared<'s, 'p, 'b> {
    pub styles: &'s Styles,
    pub shelf: MediaShelf<'p, 'b>,
    pub notes: Notes,
    /// What was read otherwise than Word shows it.
    pub oddities: Oddities,
}

impl<'s, 'p, 'b> Shared<'s, 'p, 'b> {
    pub(super) fn new(styles: &'s Styles, shelf: MediaShelf<'p, 'b>) -> Self {
        Self { styles, shelf, notes: Notes::default(), oddities: Oddities::default() }
    }
}
