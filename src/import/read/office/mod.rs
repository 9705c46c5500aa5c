//! What the formats of word processors have in common: Word's own, new and old, Rich Text, OpenDocument.
//!
//! In all of them the text is not all in the file. Numbers of lists are only printed, what a paragraph is follows from styles
//! that are based on others, and deleted text is still there. A reader of such a format says what stands in its file, in the
//! terms of this folder: paragraphs as they are being read ([`draft`]), styles, lists, notes, pictures. What follows from that
//! is found here, once for all of them: what a paragraph is ([`styles`]), the number before it ([`numbering`]), and the
//! pieces of the text ([`pieces`]).

pub(crate) mod body;
pub(crate) mod draft;
pub(crate) mod equation;
pub(crate) mod field;
pub(crate) mod notes;
pub(crate) mod numbering;
pub(crate) mod oddity;
pub(crate) mod part;
pub(crate) mod pieces;
pub(crate) mod properties;
pub(crate) mod shelf;
pub(crate) mod styles;
pub(crate) mod symbol;
pub(crate) mod table;

use self::oddity::Oddities;
use self::pieces::Pieces;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::PackageMessage;
use crate::import::flow::{Change, Flow, Media};
use crate::import::meta::Meta;

/// What a reader has found beside the text.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// The files that the text shows.
    pub media: Vec<Media>,
    /// What the file says of the document.
    pub properties: Meta,
    /// What was read otherwise than it is shown.
    pub oddities: Oddities,
    /// How many comments there are.
    pub comments: usize,
    /// The text, taken out independently of the pieces.
    pub witness: String,
}

/// Puts together what was read of a document.
pub(crate) fn finish(pieces: Pieces<'_>, beside: Beside, media_type: &'static str, encoding: &str) -> Flow {
    let name = pieces.name;
    let mut flow = pieces.flow;
    flow.witness = beside.witness;
    flow.media = beside.media;
    flow.file_title = beside.properties.title;
    flow.stated = Meta { title: flow.stated.title, ..beside.properties };
    flow.encoding = encoding.to_string();
    flow.media_type = media_type;
    let comments =
        (beside.comments > 0).then(|| Diagnostic::note(PackageMessage::CommentsLeftOut { count: beside.comments }));
    let told = tracked(&flow).into_iter().chain(comments).chain(beside.oddities.told());
    flow.diagnostics.extend(told.map(|told| told.in_file(name)));
    let brackets: Vec<Change> = flow.printed().filter_map(|(line, now)| Change::reading_bracket(line, now)).collect();
    flow.changes.extend(brackets);
    let last = flow.pieces.len().max(1);
    for change in &mut flow.changes {
        change.line = change.line.min(last);
    }
    flow
}

fn tracked(flow: &Flow) -> Option<Diagnostic> {
    let of = |why| flow.changes.iter().filter(|change| change.why == why).count();
    let (insertions, deletions) = (of("insertion-accepted"), of("deletion-accepted"));
    (insertions + deletions > 0).then(|| Diagnostic::note(PackageMessage::TrackedChanges { insertions, deletions }))
}
