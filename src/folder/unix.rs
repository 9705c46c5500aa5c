//! The steps of a [`Folder`](super::Folder) on Unix: everything is opened from the folder's own handle.

use std::ffi::CStr;
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, mkdirat, openat, renameat, statat, unlinkat};
#[cfg(any(target_os = "linux", target_os = "android"))]
use rustix::fs::{RenameFlags, ResolveFlags, openat2, renameat_with};
use rustix::io::Errno;

use super::kind::{Clash, Kind};

pub(super) type Handle = OwnedFd;

/// A file that is read. A pipe that nobody writes to must not hold the program up before it is told for what it is.
const READING: OFlags = OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK).union(OFlags::NOFOLLOW);
const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW);
const NEW: OFlags =
    OFlags::WRONLY.union(OFlags::CLOEXEC).union(OFlags::CREATE).union(OFlags::EXCL).union(OFlags::NOFOLLOW);

pub(super) fn open(path: &Path) -> io::Result<Handle> {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::DIRECTORY;
    Ok(rustix::fs::open(path, flags, Mode::empty())?)
}

/// Opens a name from the folder; no part of it may be a link.
fn opened(handle: &Handle, name: &str, flags: OFlags, mode: Mode) -> rustix::io::Result<OwnedFd> {
    let name = if name.is_empty() { "." } else { name };
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        match openat2(handle, name, flags, mode, ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS) {
            // Linux before 5.6, and containers that do not let it through.
            Err(Errno::NOSYS | Errno::PERM) => {}
            opened => return opened,
        }
    }
    let Some((above, last)) = name.rsplit_once('/') else { return openat(handle, name, flags, mode) };
    let mut folder: Option<OwnedFd> = None;
    for part in above.split('/') {
        let from = folder.as_ref().map_or(handle.as_fd(), OwnedFd::as_fd);
        folder = Some(openat(from, part, FOLDER, Mode::empty())?);
    }
    openat(folder.as_ref().map_or(handle.as_fd(), OwnedFd::as_fd), last, flags, mode)
}

/// Does something with a name in the folder that it stands in.
fn within<T>(
    handle: &Handle,
    name: &str,
    step: impl FnOnce(BorrowedFd<'_>, &str) -> rustix::io::Result<T>,
) -> io::Result<T> {
    match name.rsplit_once('/') {
        Some((above, last)) => {
            let folder = opened(handle, above, FOLDER, Mode::empty())?;
            Ok(step(folder.as_fd(), last)?)
        }
        None => Ok(step(handle.as_fd(), if name.is_empty() { "." } else { name })?),
    }
}

pub(super) fn file(handle: &Handle, name: &str) -> io::Result<File> {
    Ok(File::from(opened(handle, name, READING, Mode::empty())?))
}

pub(super) fn create(handle: &Handle, name: &str) -> io::Result<File> {
    Ok(File::from(opened(handle, name, NEW, Mode::from_raw_mode(0o666))?))
}

pub(super) fn writable(handle: &Handle, name: &str) -> io::Result<File> {
    let flags = OFlags::RDWR | OFlags::CLOEXEC | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK;
    Ok(File::from(opened(handle, name, flags, Mode::from_raw_mode(0o666))?))
}

pub(super) fn stands_at(handle: &Handle, path: &Path) -> bool {
    let (held, there) = (rustix::fs::fstat(handle), rustix::fs::stat(path));
    matches!((held, there), (Ok(held), Ok(there)) if (held.st_dev, held.st_ino) == (there.st_dev, there.st_ino))
}

pub(super) fn is_at(handle: &Handle, file: &File, name: &str) -> bool {
    let there = within(handle, name, |folder, last| statat(folder, last, AtFlags::SYMLINK_NOFOLLOW));
    let open = rustix::fs::fstat(file);
    matches!((there, open), (Ok(there), Ok(open)) if (there.st_dev, there.st_ino) == (open.st_dev, open.st_ino))
}

pub(super) fn make(handle: &Handle, name: &str) -> io::Result<()> {
    within(handle, name, |folder, last| mkdirat(folder, last, Mode::from_raw_mode(0o777)))
}

pub(super) fn kind(handle: &Handle, name: &str) -> io::Result<Kind> {
    let found = within(handle, name, |folder, last| statat(folder, last, AtFlags::SYMLINK_NOFOLLOW))?;
    Ok(match FileType::from_raw_mode(found.st_mode) {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        _ => Kind::Other,
    })
}

pub(super) fn length(handle: &Handle, name: &str) -> io::Result<u64> {
    let found = within(handle, name, |folder, last| statat(folder, last, AtFlags::SYMLINK_NOFOLLOW))?;
    let is_file = FileType::from_raw_mode(found.st_mode) == FileType::RegularFile;
    Ok(if is_file { u64::try_from(found.st_size).unwrap_or(0) } else { 0 })
}

pub(super) fn names(handle: &Handle, name: &str) -> io::Result<Vec<String>> {
    let folder = opened(handle, name, FOLDER, Mode::empty())?;
    let mut names = Vec::new();
    for entry in Dir::new(folder)? {
        let entry = entry?;
        let name: &CStr = entry.file_name();
        // Names that are not UTF-8 are told where an archive is looked through.
        if let Ok(name) = name.to_str().map(str::to_string)
            && name != "."
            && name != ".."
        {
            names.push(name);
        }
    }
    Ok(names)
}

pub(super) fn rename(handle: &Handle, from: &str, to: &str, clash: Clash) -> io::Result<()> {
    within(handle, from, |from_folder, from| match to.rsplit_once('/') {
        Some((above, last)) => {
            let to_folder = opened(handle, above, FOLDER, Mode::empty())?;
            rename_within(from_folder, from, to_folder.as_fd(), last, clash)
        }
        None => rename_within(from_folder, from, handle.as_fd(), to, clash),
    })
}

fn rename_within(
    from: BorrowedFd<'_>,
    old: &str,
    to: BorrowedFd<'_>,
    new: &str,
    clash: Clash,
) -> rustix::io::Result<()> {
    if clash == Clash::Replaced {
        return renameat(from, old, to, new);
    }
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        match renameat_with(from, old, to, new, RenameFlags::NOREPLACE) {
            // Some file systems (FAT, older network ones) do not know it.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
            renamed => return renamed,
        }
    }
    match statat(to, new, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(_) => Err(Errno::EXIST),
        Err(Errno::NOENT) => renameat(from, old, to, new),
        Err(error) => Err(error),
    }
}

pub(super) fn remove(handle: &Handle, name: &str) -> io::Result<()> {
    within(handle, name, |folder, last| unlinkat(folder, last, AtFlags::empty()))
}

pub(super) fn remove_folder(handle: &Handle, name: &str) -> io::Result<()> {
    within(handle, name, |folder, last| unlinkat(folder, last, AtFlags::REMOVEDIR))
}

pub(super) fn sync_names(handle: &Handle, name: &str) -> io::Result<()> {
    match opened(handle, name, FOLDER, Mode::empty()) {
        // A folder that is gone has no names.
        Err(Errno::NOENT) => Ok(()),
        Err(error) => Err(error.into()),
        // Some file systems cannot, and keep their names themselves.
        Ok(folder) => match rustix::fs::fsync(folder) {
            Err(Errno::INVAL | Errno::NOTSUP) => Ok(()),
            done => Ok(done?),
        },
    }
}

pub(super) fn sync(handle: &Handle) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        Ok(rustix::fs::syncfs(handle)?)
    }
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    {
        Ok(rustix::fs::fsync(handle)?)
    }
}
