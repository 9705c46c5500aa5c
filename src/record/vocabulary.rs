//! What the reader of fields, which knows none of them, must know of their names.

/// Names of fields.
#[derive(Clone, Copy)]
pub(crate) struct Vocabulary {
    /// The field that a Chinese catalogue calls so.
    pub(crate) translated: fn(&str) -> Option<&'static str>,
    /// Whether a field holds several values.
    pub(crate) is_list: fn(&str) -> bool,
}
