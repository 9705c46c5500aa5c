//! What the program can say, as data: an enum for each topic, a variant for each sentence, a typed field for each thing
//! that the sentence names. Its words are in the files of [`words`](super::words), under the variant's name in kebab case.
//!
//! One line in one of the tables of [`messages`](super::messages) is all that a new message needs, besides its words in each
//! language: the macros make the enum, the code and the arguments of it.

use fluent_bundle::FluentValue;

use super::lang::Lang;
use super::shown::visible_words;

/// Values of the arguments of a phrase, in the language it is said in.
pub type Arguments = fluent_bundle::FluentArgs<'static>;

/// One thing to say.
pub trait Phrase {
    /// The name of its words.
    fn id(&self) -> String;
    /// What it names.
    fn arguments(&self, lang: Lang) -> Arguments;
}

/// The line of a table for one phrase: the name of its words, and its arguments with their types.
pub type Line = (String, &'static [(&'static str, &'static str)]);

/// A thing that a phrase names.
pub(crate) trait Argument {
    /// Puts it among the arguments.
    fn put(&self, name: &'static str, arguments: &mut Arguments, lang: Lang);
}

impl Argument for String {
    fn put(&self, name: &'static str, arguments: &mut Arguments, _: Lang) {
        arguments.set(name, visible_words(self).into_owned());
    }
}

impl Argument for &'static str {
    fn put(&self, name: &'static str, arguments: &mut Arguments, _: Lang) {
        arguments.set(name, *self);
    }
}

impl Argument for char {
    fn put(&self, name: &'static str, arguments: &mut Arguments, _: Lang) {
        arguments.set(name, self.to_string());
    }
}

impl Argument for usize {
    fn put(&self, name: &'static str, arguments: &mut Arguments, _: Lang) {
        arguments.set(name, FluentValue::from(*self));
    }
}

impl Argument for bool {
    fn put(&self, name: &'static str, arguments: &mut Arguments, _: Lang) {
        arguments.set(name, if *self { "yes" } else { "no" });
    }
}

/// Names, each in backticks, with the comma of the language between them.
impl Argument for Vec<String> {
    fn put(&self, name: &'static str, arguments: &mut Arguments, lang: Lang) {
        let comma = if lang.is_chinese() { "、" } else { ", " };
        let names: Vec<String> = self.iter().map(|name| format!("`{}`", visible_words(name))).collect();
        arguments.set(name, names.join(comma));
    }
}

/// Something that may be there or not: words ask `has_…` first.
impl<T: Argument> Argument for Option<T> {
    fn put(&self, name: &'static str, arguments: &mut Arguments, lang: Lang) {
        arguments.set(format!("has_{name}"), if self.is_some() { "yes" } else { "no" });
        match self {
            Some(value) => value.put(name, arguments, lang),
            None => arguments.set(name, ""),
        }
    }
}

/// `BadDate` → `bad-date`.
pub fn kebab(name: &str) -> String {
    let mut id = String::with_capacity(name.len() + 4);
    for (at, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && at > 0 {
            id.push('-');
        }
        id.push(letter.to_ascii_lowercase());
    }
    id
}

/// A topic whose phrases have no code. The names of their words begin with the topic's.
macro_rules! phrases {
    ($(#[$meta:meta])* $vis:vis enum $topic:ident {
        $($(#[$of:meta])* $variant:ident $({ $($name:ident: $type:ty),* $(,)? })?),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the words of each are in the language files")]
        $vis enum $topic { $($(#[$of])* $variant $({ $($name: $type),* })?),* }

        $crate::diagnostic::phrase::phrase!($topic, stringify!($topic), $($variant $({ $($name: $type),* })?),*);
    };
}

/// A topic whose phrases are messages: each has a code.
macro_rules! messages {
    ($(#[$meta:meta])* $topic:ident {
        $($(#[$of:meta])* $variant:ident $({ $($name:ident: $type:ty),* $(,)? })? => $code:ident),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(clippy::enum_variant_names, reason = "the words of each are found by its whole name")]
        pub(crate) enum $topic { $($(#[$of])* $variant $({ $($name: $type),* })?),* }

        $crate::diagnostic::phrase::phrase!($topic, "", $($variant $({ $($name: $type),* })?),*);

        impl $topic {
            /// The code under which it can be looked up.
            pub(crate) fn code(&self) -> $crate::diagnostic::code::Code {
                match self { $(Self::$variant { .. } => $crate::diagnostic::code::Code::$code),* }
            }
        }
    };
}

/// What both kinds of topic have in common.
macro_rules! phrase {
    ($topic:ident, $prefix:expr, $($variant:ident $({ $($name:ident: $type:ty),* })?),*) => {
        impl $topic {
            /// Every phrase of the topic, for the tests that hold words and arguments together.
            #[cfg(test)]
            pub(crate) fn lines() -> Vec<$crate::diagnostic::phrase::Line> {
                vec![$((
                    $crate::diagnostic::phrase::kebab(&format!("{}{}", $prefix, stringify!($variant))),
                    &[$($((stringify!($name), stringify!($type))),*)?],
                )),*]
            }
        }

        impl $crate::diagnostic::phrase::Phrase for $topic {
            fn id(&self) -> String {
                let variant = match self { $(Self::$variant { .. } => stringify!($variant)),* };
                $crate::diagnostic::phrase::kebab(&format!("{}{variant}", $prefix))
            }

            #[allow(unused_mut, unused_variables, unused_imports, reason = "a phrase may name nothing")]
            fn arguments(&self, lang: $crate::diagnostic::lang::Lang) -> $crate::diagnostic::phrase::Arguments {
                use $crate::diagnostic::phrase::Argument as _;
                let mut arguments = $crate::diagnostic::phrase::Arguments::new();
                match self {
                    $(Self::$variant $({ $($name),* })? => { $($($name.put(stringify!($name), &mut arguments, lang);)*)? })*
                }
                arguments
            }
        }
    };
}

/// A few cases that the words of a phrase choose between: `{ $why -> [time-of-day] … }`.
macro_rules! cases {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$of:meta])* $case:ident),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        $vis enum $name { $($(#[$of])* $case),* }

        impl $crate::diagnostic::phrase::Argument for $name {
            fn put(
                &self,
                name: &'static str,
                arguments: &mut $crate::diagnostic::phrase::Arguments,
                _: $crate::diagnostic::lang::Lang,
            ) {
                let case = match self { $(Self::$case => stringify!($case)),* };
                arguments.set(name, $crate::diagnostic::phrase::kebab(case));
            }
        }
    };
}

pub(crate) use {cases, messages, phrase, phrases};
