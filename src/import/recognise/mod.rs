//! What a text is made of: its head and tail, its headings and numbers, its notes.

pub(crate) mod above;
pub(crate) mod boxed;
pub(crate) mod breaks;
pub(crate) mod candidate;
pub(crate) mod fold;
pub(crate) mod grid;
pub(crate) mod head;
pub(crate) mod label;
pub(crate) mod language;
pub(crate) mod letterhead;
pub(crate) mod notes;
pub(crate) mod official;
pub(crate) mod outline;
pub(crate) mod paragraphs;
pub(crate) mod quotes;
pub(crate) mod reading;
pub(crate) mod sequence;
pub(crate) mod shape;
pub(crate) mod special;
pub(crate) mod styled;
pub(crate) mod tail;
pub(crate) mod text;
pub(crate) mod title;
pub(crate) mod token;
pub(crate) mod told;
pub(crate) mod western;
