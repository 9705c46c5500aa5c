//! What import finds odd in captures that are mark-up: TEI, what was recognised on scans, wikis.

use crate::diagnostic::phrase::messages;

messages! {
    /// What is odd about a capture that is mark-up.
    MarkupMessage {
        CharactersInAttributes { count: usize } => EditorialMarks,
        EarlierRevisions { count: usize } => TrackedChanges,
        EditorialMarks { gaps: usize, supplied: usize, unclear: usize, deleted: usize } => EditorialMarks,
        ReadingsResolved { count: usize } => EditorialMarks,
        SeveralWikiPages { count: usize } => ManyCaptures,
        TemplatesLeftOut { count: usize } => TemplatesLeftOut,
    }
}
