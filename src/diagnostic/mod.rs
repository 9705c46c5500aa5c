//! What went wrong, where, and what to do about it.
//!
//! Every fault in a person's input is a [`Diagnostic`]: data and no prose. It holds how bad it is, a message (one variant of
//! one of the enums in [`messages`], with its arguments), the place, and changes that would mend it. The words are found when
//! it is told: [`words`] has them in each language, and [`draw`] puts them on a terminal. So a script compares codes, a
//! program applies suggestions, and nothing compares sentences.
//!
//! Nothing stops at the first fault; workers return a value and a [`Report`], and reports merge in the order of places, so the
//! messages of two builds are the same.

pub mod cause;
pub mod code;
pub(crate) mod draw;
pub mod lang;
pub(crate) mod messages;
pub mod phrase;
mod place;
mod report;
pub(crate) mod said;
mod shown;
mod suggestion;
pub mod words;

use std::ops::Range;

use serde::Serialize;

use self::code::Code;
use self::lang::Lang;
use self::messages::Message;
pub use self::place::{Place, Source};
pub use self::report::{Report, count_faults};
pub use self::shown::visible;
pub(crate) use self::shown::{visible_json, visible_words};
pub use self::suggestion::{Certainty, Suggestion};

/// Columns that a message may take where the terminal is not narrower.
pub const WIDTH: usize = 80;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published while one of these stands.
    Error,
    /// Published, but a person should look.
    Warning,
    /// For information.
    Note,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    message: Box<Message>,
    /// Where.
    pub place: Option<Box<Place>>,
    /// Changes that would mend it.
    pub suggestions: Vec<Suggestion>,
}

impl Diagnostic {
    /// A fault that keeps the site from being published.
    pub(crate) fn error(message: impl Into<Message>) -> Self {
        Self { severity: Severity::Error, message: Box::new(message.into()), place: None, suggestions: Vec::new() }
    }

    /// A doubt that a person should look at.
    pub(crate) fn warning(message: impl Into<Message>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message) }
    }

    /// Something to look at that may well be right.
    pub(crate) fn note(message: impl Into<Message>) -> Self {
        Self { severity: Severity::Note, ..Self::error(message) }
    }

    /// Whether it keeps the site from being published.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The stable name under which it can be looked up.
    pub fn code(&self) -> Code {
        self.message.code()
    }

    /// What is wrong, in one sentence without a full stop.
    pub fn message(&self, lang: Lang) -> String {
        words::say(self.message.phrase(), lang)
    }

    /// What to do about it.
    pub fn help(&self, lang: Lang) -> Option<String> {
        words::help(self.message.phrase(), lang)
    }

    /// Places the fault at `span` (bytes) of a text.
    #[must_use]
    pub fn at(mut self, source: Source<'_>, span: Range<usize>) -> Self {
        self.place = Some(Box::new(source.place(span)));
        self
    }

    /// Puts the fault at a place that is known already.
    #[must_use]
    pub fn in_place(mut self, place: Place) -> Self {
        self.place = Some(Box::new(place));
        self
    }

    /// Places the fault at a whole file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.place = Some(Box::new(Place::whole(file.into())));
        self
    }

    /// Adds a change that is what was meant.
    #[must_use]
    pub fn fix(mut self, source: Source<'_>, span: Range<usize>, replacement: impl AsRef<str>) -> Self {
        self.suggestions.push(Suggestion::new(source, span, replacement.as_ref(), Certainty::Certain));
        self
    }

    /// Adds a change that is most likely what was meant.
    #[must_use]
    pub fn suggest(mut self, source: Source<'_>, span: Range<usize>, replacement: impl AsRef<str>) -> Self {
        self.suggestions.push(Suggestion::new(source, span, replacement.as_ref(), Certainty::Likely));
        self
    }

    /// The fault as one JSON object: severity, code, file, line, column, message, help, and suggestions where there are any.
    pub fn json(&self, lang: Lang) -> String {
        #[derive(Serialize)]
        struct Line<'a> {
            severity: Severity,
            code: Code,
            file: Option<&'a str>,
            line: Option<usize>,
            column: Option<usize>,
            message: String,
            help: Option<String>,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            suggestions: &'a [Suggestion],
        }
        let place = self.place.as_deref();
        let located = place.filter(|place| place.line > 0);
        let line = Line {
            severity: self.severity,
            code: self.code(),
            file: place.map(|place| place.file.as_str()),
            line: located.map(|place| place.line),
            column: located.map(|place| place.column),
            message: self.message(lang),
            help: self.help(lang),
            suggestions: &self.suggestions,
        };
        serde_json::to_string(&line).unwrap_or_default()
    }

    fn order(&self) -> (&str, usize, usize, Severity, &str, &Message) {
        let (file, line, column) =
            self.place.as_ref().map_or(("", 0, 0), |place| (place.file.as_str(), place.line, place.column));
        (file, line, column, self.severity, self.code().name(), &self.message)
    }
}
