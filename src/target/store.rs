//! What a target can do, and how it fails.

use std::io::{self, Read, Write};

use crate::diagnostic::Diagnostic;
use crate::diagnostic::cause::Refused;
use crate::diagnostic::messages::Refusal;

/// One connection to a target. Paths are those of the site, with `/`.
pub(super) trait Store: Send {
    /// Reads a file; false where there is none.
    fn read(&mut self, path: &str, to: &mut dyn Write) -> Result<bool, Stop>;

    /// Puts a file in its place: the old one stands until the new one is whole.
    fn write(&mut self, path: &str, from: &mut dyn Read, length: u64, head: &Head) -> Result<(), Stop>;

    /// Removes a file; it is no error when there is none.
    fn remove(&mut self, path: &str) -> Result<(), Stop>;

    /// What is in a folder; nothing where there is none. `` is the whole target.
    fn list(&mut self, folder: &str) -> Result<Vec<Listed>, Stop>;

    /// Removes a folder that is empty, where folders are something that can be left over.
    fn remove_empty(&mut self, _folder: &str) {}

    /// Has all that was written lie on the disc, where that can be asked for.
    fn settle(&mut self) -> Result<(), Stop> {
        Ok(())
    }
}

/// What is said of a file to whoever asks for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) media_type: String,
    pub(super) cache: Option<String>,
    /// Whether it is packed with gzip.
    pub(super) is_packed: bool,
}

/// A name in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) is_folder: bool,
}

/// Why something was not done.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The machine or the line refuses.
    Refused(Refused),
    /// A person has something to do first.
    Told(Box<Diagnostic>),
}

impl Stop {
    /// Whether it may go well when it is tried again.
    pub(super) fn may_pass(&self) -> bool {
        use Refusal::{BreaksOff, Busy, NotSame, TooSlow, Unanswered};
        matches!(self, Self::Refused(refused) if matches!(refused.refusal, BreaksOff | Busy | NotSame | TooSlow | Unanswered))
    }
}

/// A refusal, with the server's own words where it has some.
pub(super) fn refused(refusal: Refusal, said: impl Into<String>) -> Stop {
    Stop::Refused(Refused { refusal, said: said.into() })
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind as Kind;
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => refused(Refusal::DiskFull, ""),
            Kind::PermissionDenied => refused(Refusal::NotPermitted, ""),
            Kind::ReadOnlyFilesystem => refused(Refusal::ReadOnly, ""),
            Kind::TimedOut | Kind::WouldBlock => refused(Refusal::TooSlow, ""),
            Kind::ConnectionRefused | Kind::HostUnreachable | Kind::NetworkUnreachable => {
                refused(Refusal::Unanswered, "")
            }
            Kind::ConnectionReset
            | Kind::ConnectionAborted
            | Kind::BrokenPipe
            | Kind::NotConnected
            | Kind::UnexpectedEof => refused(Refusal::BreaksOff, ""),
            _ => refused(Refusal::Unknown, error.to_string()),
        }
    }
}

/// The name under which a connection writes a file before it goes to its place.
pub(super) fn part(number: usize) -> String {
    format!("publishing-{number}.part")
}

/// The name under which the old file waits where a host replaces nothing in one step.
pub(super) fn aside(number: usize) -> String {
    format!("publishing-{number}.old")
}

/// The folders above a path, from the outermost.
pub(super) fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Whether a host's own words say that there is no room.
pub(super) fn is_full(said: &str) -> bool {
    let said = said.to_lowercase();
    ["no space", "quota", "disk full", "disk is full", "insufficient storage"].iter().any(|sign| said.contains(sign))
}
