//! A document as Markdown: the file of the archive, as it stands there.

use super::work::Work;

/// The whole document.
pub(crate) fn write(work: &Work<'_>) -> Option<Vec<u8>> {
    Some(work.text?.source.as_bytes().to_vec())
}
