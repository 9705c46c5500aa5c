//! Where the program keeps what is its own.

/// The program's own folder in an archive. It may be removed at any time, but not while a command runs.
pub(crate) const OWN: &str = ".fonds";
/// Where files wait for their places.
pub(super) const WORK: &str = ".fonds/work";
