//! How a run ends, as the shell is told.

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The archive has errors; all are listed.
    Faults = 1,
    /// The command was used wrongly.
    Usage = 2,
    /// The machine failed.
    Machine = 3,
}
