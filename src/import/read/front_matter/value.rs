//! The one tree of scalars to which all front matter is brought.

/// A value of any of the formats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Nothing,
    Scalar(String),
    List(Vec<Value>),
    Map(Map),
}

pub(super) type Map = Vec<(String, Value)>;

impl Value {
    pub(super) fn scalar(&self) -> Option<&str> {
        match self {
            Self::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// A list whose items are all scalars.
    pub(super) fn scalars(&self) -> Option<Vec<&str>> {
        match self {
            Self::List(items) => items.iter().filter(|item| **item != Self::Nothing).map(Self::scalar).collect(),
            _ => None,
        }
    }
}
