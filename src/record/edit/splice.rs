//! Bytes of a text put in the place of others.

use std::ops::Range;

/// Bytes of a text, and what is to stand in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// The bytes; none where something is put in between.
    pub span: Range<usize>,
    /// What is to stand there.
    pub with: String,
}

impl Splice {
    /// Bytes and what is to stand in their place.
    pub fn new(span: Range<usize>, with: impl Into<String>) -> Self {
        Self { span, with: with.into() }
    }
}

/// Two changes of the same bytes, or a change of bytes that the text does not have. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap(pub Range<usize>);

/// A text with some of its bytes replaced, all others as they were. The same change asked for twice is made once.
///
/// # Errors
/// [`Overlap`].
pub fn apply(text: &str, mut splices: Vec<Splice>) -> Result<String, Overlap> {
    splices.sort_by_key(|splice| (splice.span.start, splice.span.end));
    splices.dedup();
    let mut changed = String::with_capacity(text.len());
    let mut done = 0;
    for Splice { span, with } in splices {
        let between = text.get(done..span.start).filter(|_| text.get(span.clone()).is_some());
        let Some(between) = between else { return Err(Overlap(span)) };
        changed.push_str(between);
        changed.push_str(&with);
        done = span.end;
    }
    changed.push_str(&text[done..]);
    Ok(changed)
}
