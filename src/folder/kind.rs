//! What names stand for, and what happens when two meet.

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A regular file.
    File,
    Folder,
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// What happens where the new name of a file is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clash {
    /// What stands there stands on.
    Refused,
    /// A file there is replaced.
    Replaced,
}
