//! Phrases within phrases.

use super::lang::Lang;
use super::phrase::{Argument, Arguments, Phrase};
use super::words;

/// A phrase within another.
impl<T: Phrase> Argument for Said<T> {
    fn put(&self, name: &'static str, arguments: &mut Arguments, lang: Lang) {
        arguments.set(name, words::say(&self.0, lang));
    }
}

/// A phrase that another one holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said<T>(pub T);
