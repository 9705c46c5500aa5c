//! What a person or a program reads: results on stdout, diagnostics on stderr; with `--format json` all on stdout.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write, stderr, stdin, stdout};
use std::sync::{Mutex, PoisonError};

use anstream::{AutoStream, ColorChoice};
use anyhow::Result;
use serde::Serialize;

use crate::change::Holder;
use crate::cli::{Color, Common, Format};
use crate::diagnostic::cause::While;
use crate::diagnostic::code::Code;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{Doing, Told};
use crate::diagnostic::phrase::Phrase;
use crate::diagnostic::{self, Diagnostic, Report, Severity, visible_json, visible_words, words};

/// A terminal narrower than this shows no excerpt that says anything.
const NARROWEST: usize = 40;

/// Codes that one line names; more would be no pointer.
const POINTED_TO: usize = 3;

/// The way out for a command's words.
#[derive(Debug)]
pub(crate) struct Terminal {
    color: bool,
    /// Whether what goes to stdout may be coloured.
    colors_words: bool,
    quiet: bool,
    verbose: bool,
    json: bool,
    /// Columns that a diagnostic may take.
    width: usize,
    lang: Lang,
    /// Codes of the errors and warnings printed, each once, in their order.
    told: RefCell<Vec<Code>>,
}

/// Why something could not be printed on stdout, the first time.
static UNPRINTED: Mutex<Option<io::Error>> = Mutex::new(None);

/// Prints on stdout. Whoever asked for it must learn where it did not arrive.
fn print(text: &str, end: &[u8]) {
    let mut out = stdout().lock();
    let printed = out.write_all(text.as_bytes()).and_then(|()| out.write_all(end)).and_then(|()| out.flush());
    if let Err(error) = printed {
        UNPRINTED.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }
}

/// Whether all that was to be printed on stdout arrived there.
///
/// # Errors
/// It did not. A reader that went away (a closed pipe) wanted no more, and is not told.
pub(super) fn arrived() -> Result<bool> {
    match UNPRINTED.lock().unwrap_or_else(PoisonError::into_inner).take() {
        Some(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Some(error) => Err(error).while_doing(|| Doing::Printing),
        None => Ok(true),
    }
}

impl Terminal {
    /// As the options say.
    pub(crate) fn new(common: &Common) -> Self {
        let may = |by_itself: ColorChoice| match common.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => by_itself != ColorChoice::Never,
        };
        Self {
            color: may(AutoStream::choice(&stderr())),
            colors_words: may(AutoStream::choice(&stdout())),
            quiet: common.quiet,
            verbose: common.verbose,
            json: matches!(common.format, Format::Json | Format::Sarif),
            width: console::Term::stderr()
                .size_checked()
                .map_or(diagnostic::WIDTH, |(_, columns)| usize::from(columns).clamp(NARROWEST, diagnostic::WIDTH)),
            lang: common.lang.unwrap_or_default(),
            told: RefCell::default(),
        }
    }

    /// The language of what is said.
    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    /// A phrase in that language.
    pub(crate) fn say(&self, phrase: &dyn Phrase) -> String {
        words::say(phrase, self.lang)
    }

    /// The language of a progress bar, where one may be shown.
    pub(crate) fn progress(&self) -> Option<Lang> {
        (stderr().is_terminal() && !self.quiet && !self.json).then_some(self.lang)
    }

    /// Whether somebody sits there who can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        stdin().is_terminal() && stderr().is_terminal() && !self.quiet && !self.json
    }

    /// Prints every fault of a report.
    pub(crate) fn report(&self, report: &Report) {
        for diagnostic in report.sorted() {
            if self.json || !self.quiet || diagnostic.severity == Severity::Error {
                self.diagnostic(diagnostic);
            }
        }
    }

    /// Prints one fault.
    pub(crate) fn diagnostic(&self, diagnostic: &Diagnostic) {
        if diagnostic.severity < Severity::Note && !self.told.borrow().contains(&diagnostic.code()) {
            self.told.borrow_mut().push(diagnostic.code());
        }
        match self.json {
            true => self.line(&diagnostic.json(self.lang)),
            false => self.err(&format!("{}\n", diagnostic.render(self.lang, self.color, self.width))),
        }
    }

    /// A fault as a line or a few of a report: plain, and as it is shown on stdout.
    pub(crate) fn drawn(&self, fault: &Diagnostic) -> (String, String) {
        if self.json {
            let line = visible_json(&fault.json(self.lang)).into_owned();
            return (line.clone(), line);
        }
        let drawn = |color: bool| format!("{}\n", fault.render(self.lang, color, self.width));
        (drawn(false), drawn(self.colors_words))
    }

    /// A result as a line of a report: a sentence for people, an object for programs.
    pub(crate) fn drawn_result(&self, sentence: &str, object: &impl Serialize) -> String {
        match self.json {
            true => visible_json(&serde_json::to_string(object).unwrap_or_default()).into_owned(),
            false => visible_words(sentence).into_owned(),
        }
    }

    /// Prints a line of a report, whoever reads it.
    pub(crate) fn fact(&self, line: &str) {
        print(line, b"\n");
    }

    /// Whether only errors are to be printed.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Prints the one fault for which a command does nothing at all.
    pub(crate) fn refusal(&self, fault: &Diagnostic) {
        self.diagnostic(fault);
        self.point_to_explanations();
    }

    /// Says where more is told of the errors and warnings printed.
    pub(crate) fn point_to_explanations(&self) {
        let told = self.told.borrow();
        if told.is_empty() || self.quiet || self.json {
            return;
        }
        let named = &told[..told.len().min(POINTED_TO)];
        let codes: Vec<&str> = named.iter().map(|code| code.name()).collect();
        self.err(&self.say(&Told::MoreToRead { codes: codes.join(" ") }));
    }

    /// Prints one thing: words of the program's own for people, an object for programs.
    pub(crate) fn entry(&self, object: &impl Serialize, words: impl FnOnce() -> String) {
        match self.json {
            true => self.line(&serde_json::to_string(object).unwrap_or_default()),
            false => self.styled(&words()),
        }
    }

    /// Prints the result: a sentence for people, an object for programs. It ends a command's words.
    pub(crate) fn result(&self, sentence: &str, object: &impl Serialize) {
        match (self.json, self.quiet) {
            (true, _) => self.line(&serde_json::to_string(object).unwrap_or_default()),
            (false, false) => print(&visible_words(sentence), b"\n"),
            (false, true) => {}
        }
        self.point_to_explanations();
    }

    /// Prints words for people, between results.
    pub(crate) fn words(&self, words: &str) {
        if !self.quiet && !self.json {
            print(&visible_words(words), b"\n");
        }
    }

    /// Prints words of the program's own, which may be coloured.
    pub(crate) fn styled(&self, words: &str) {
        if !self.quiet && !self.json {
            print(words, b"\n");
        }
    }

    /// Prints one line of JSON for programs.
    pub(crate) fn line(&self, line: &str) {
        print(&visible_json(line), b"\n");
    }

    /// Prints what another program reads; on a terminal a person does.
    pub(crate) fn data(&self, text: &str) {
        match stdout().is_terminal() {
            true => print(&visible_words(text), b""),
            false => print(text, b""),
        }
    }

    /// Prints a line to stderr. Nobody can be told that this failed.
    fn err(&self, line: &str) {
        let _ = writeln!(stderr(), "{line}");
    }

    /// Whether words on stdout may be coloured.
    pub(crate) fn colors_words(&self) -> bool {
        self.colors_words
    }

    /// Whether more was asked for.
    pub(crate) fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// How wide lines may be: the terminal's width, and a page's where there is none.
    pub(crate) fn columns(&self) -> usize {
        console::Term::stdout().size_checked().map_or(100, |(_, columns)| usize::from(columns))
    }

    /// Prints what belongs to the diagnostics, for people.
    pub(crate) fn aside(&self, words: &str) {
        if !self.json {
            self.err(&visible_words(words));
        }
    }

    /// Prints a remark for people who asked for more.
    pub(crate) fn remark(&self, sentence: &str) {
        if self.verbose && !self.json {
            self.err(&visible_words(sentence));
        }
    }

    /// Says who changes the archive, while a command waits for it.
    pub(crate) fn waits_for(&self, holder: &Holder) {
        let (command, process) = (holder.command.clone(), holder.process.clone());
        if !self.quiet && !self.json {
            self.err(&self.say(&Told::WaitingFor { command, process }));
        }
    }

    /// How many errors and warnings there are; `None` when there is neither.
    pub(crate) fn count_faults(&self, report: &Report) -> Option<String> {
        let [errors, warnings] = [Severity::Error, Severity::Warning].map(|severity| report.count(severity));
        Some(diagnostic::count_faults(errors, warnings, self.lang)).filter(|words| !words.is_empty())
    }
}
