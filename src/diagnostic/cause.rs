//! What the machine refuses, and why, in the reader's language.
//!
//! An [`anyhow::Error`] carries text that was made where it arose, in one language. A [`Failure`] carries a phrase instead, so
//! the words are found when it is told; the system's own reasons are known by their kind.

use std::error::Error;
use std::fmt;
use std::io;

use super::lang::Lang;
use super::messages::{Doing, Refusal};
use super::phrase::{Argument, Arguments};
use super::words;

/// A name stands for a pipe, a socket, a device or a folder where a file was asked for.
#[derive(Debug)]
pub(crate) struct NotRegular;

impl Error for NotRegular {}

impl fmt::Display for NotRegular {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::say(&Refusal::NotRegular, Lang::English))
    }
}

/// Something that could not be done.
#[derive(Debug)]
pub(crate) struct Failure {
    doing: Doing,
    source: Option<anyhow::Error>,
}

impl Failure {
    /// A failure that has no cause below it.
    pub(crate) fn alone(doing: Doing) -> anyhow::Error {
        anyhow::Error::new(Self { doing, source: None })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::say(&self.doing, Lang::English))
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as &(dyn Error + 'static))
    }
}

/// What a host at the other end of a line refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) refusal: Refusal,
    /// The host's own words; may be empty.
    pub(crate) said: String,
}

impl Error for Refused {}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", words::say(&self.refusal, Lang::English), self.said)
    }
}

/// Says what was being done when something failed.
pub(crate) trait While<T> {
    /// Adds it.
    fn while_doing(self, doing: impl FnOnce() -> Doing) -> anyhow::Result<T>;
}

impl<T, E: Into<anyhow::Error>> While<T> for Result<T, E> {
    fn while_doing(self, doing: impl FnOnce() -> Doing) -> anyhow::Result<T> {
        self.map_err(|error| anyhow::Error::new(Failure { doing: doing(), source: Some(error.into()) }))
    }
}

/// One thing after another that led to a failure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause(Vec<Step>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Doing(Doing),
    Refused(Refusal),
    /// In the words of whatever failed, where they are not known.
    Foreign(String),
}

impl Cause {
    /// The causes in one line.
    pub fn say(&self, lang: Lang) -> String {
        let step = |step: &Step| match step {
            Step::Doing(doing) => words::say(doing, lang),
            Step::Refused(refusal) => words::say(refusal, lang),
            Step::Foreign(text) => text.clone(),
        };
        let colon = if lang.is_chinese() { "：" } else { ": " };
        self.0.iter().map(step).collect::<Vec<_>>().join(colon)
    }
}

impl Argument for Cause {
    fn put(&self, name: &'static str, arguments: &mut Arguments, lang: Lang) {
        arguments.set(name, self.say(lang));
    }
}

impl From<&(dyn Error + 'static)> for Cause {
    fn from(error: &(dyn Error + 'static)) -> Self {
        let mut steps = Vec::new();
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(refused) = error.downcast_ref::<Refused>() {
                steps.push(Step::Refused(refused.refusal.clone()));
                steps.extend(Some(&refused.said).filter(|said| !said.is_empty()).cloned().map(Step::Foreign));
                next = error.source();
                continue;
            }
            steps.push(match (error.downcast_ref::<Failure>(), error.downcast_ref::<io::Error>()) {
                (Some(failure), _) => Step::Doing(failure.doing.clone()),
                (None, Some(refused)) => step_of(refused),
                (None, None) => Step::Foreign(error.to_string()),
            });
            next = error.source();
        }
        steps.dedup();
        Self(steps)
    }
}

impl From<&anyhow::Error> for Cause {
    fn from(error: &anyhow::Error) -> Self {
        Self::from(error.as_ref() as &(dyn Error + 'static))
    }
}

impl From<&io::Error> for Cause {
    fn from(error: &io::Error) -> Self {
        Self::from(error as &(dyn Error + 'static))
    }
}

fn step_of(error: &io::Error) -> Step {
    use io::ErrorKind as Kind;
    if error.get_ref().is_some_and(|inner| inner.is::<NotRegular>()) {
        return Step::Refused(Refusal::NotRegular);
    }
    Step::Refused(match error.kind() {
        Kind::NotFound => Refusal::NotFound,
        Kind::PermissionDenied => Refusal::NotPermitted,
        Kind::AlreadyExists => Refusal::AlreadyThere,
        Kind::AddrInUse => Refusal::PortTaken,
        Kind::AddrNotAvailable => Refusal::NotOurAddress,
        Kind::StorageFull | Kind::QuotaExceeded => Refusal::DiskFull,
        Kind::ReadOnlyFilesystem => Refusal::ReadOnly,
        Kind::NotADirectory => Refusal::NotAFolder,
        Kind::IsADirectory => Refusal::IsAFolder,
        Kind::DirectoryNotEmpty => Refusal::FolderNotEmpty,
        Kind::InvalidFilename => Refusal::BadName,
        Kind::TimedOut => Refusal::TooSlow,
        Kind::ConnectionRefused => Refusal::Unanswered,
        Kind::UnexpectedEof => Refusal::BreaksOff,
        _ => match error.raw_os_error() {
            #[cfg(unix)]
            Some(number) if number == rustix::io::Errno::LOOP.raw_os_error() => Refusal::SymbolicLink,
            Some(number) => Refusal::Other { number: number.unsigned_abs() as usize, text: error.to_string() },
            None => return Step::Foreign(error.to_string()),
        },
    })
}
