//! The steps of a [`Folder`](super::Folder) where files cannot be opened from a folder's handle: each part of a name is looked
//! at first.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::kind::{Clash, Kind};
use crate::diagnostic::cause::NotRegular;

pub(super) type Handle = PathBuf;

pub(super) fn open(path: &Path) -> io::Result<Handle> {
    let path = fs::canonicalize(path)?;
    if path.is_dir() { Ok(path) } else { Err(io::ErrorKind::NotADirectory.into()) }
}

/// The path of a name. No part above its end may be a link.
fn within(handle: &Handle, name: &str) -> io::Result<PathBuf> {
    let mut path = handle.clone();
    let mut parts = name.split('/').filter(|part| !part.is_empty()).peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        if parts.peek().is_some() && fs::symlink_metadata(&path)?.file_type().is_symlink() {
            return Err(is_link());
        }
    }
    Ok(path)
}

fn no_link(handle: &Handle, name: &str) -> io::Result<PathBuf> {
    let path = within(handle, name)?;
    let is_symlink = fs::symlink_metadata(&path).is_ok_and(|found| found.file_type().is_symlink());
    if is_symlink { Err(is_link()) } else { Ok(path) }
}

fn is_link() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, NotRegular)
}

pub(super) fn file(handle: &Handle, name: &str) -> io::Result<File> {
    File::open(no_link(handle, name)?)
}

pub(super) fn create(handle: &Handle, name: &str) -> io::Result<File> {
    File::options().write(true).create_new(true).open(within(handle, name)?)
}

pub(super) fn writable(handle: &Handle, name: &str) -> io::Result<File> {
    File::options().read(true).write(true).create(true).truncate(false).open(no_link(handle, name)?)
}

/// An open file cannot be moved here, so it stands where it stood.
/// A folder that is open cannot be moved here.
pub(super) fn stands_at(_: &Handle, path: &Path) -> bool {
    path.is_dir()
}

pub(super) fn is_at(handle: &Handle, _: &File, name: &str) -> bool {
    within(handle, name).is_ok_and(|path| path.exists())
}

pub(super) fn make(handle: &Handle, name: &str) -> io::Result<()> {
    fs::create_dir(within(handle, name)?)
}

pub(super) fn kind(handle: &Handle, name: &str) -> io::Result<Kind> {
    let found = fs::symlink_metadata(within(handle, name)?)?;
    Ok(match found.file_type() {
        kind if kind.is_symlink() => Kind::Link,
        kind if kind.is_file() => Kind::File,
        kind if kind.is_dir() => Kind::Folder,
        _ => Kind::Other,
    })
}

pub(super) fn length(handle: &Handle, name: &str) -> io::Result<u64> {
    let found = fs::symlink_metadata(within(handle, name)?)?;
    Ok(if found.is_file() { found.len() } else { 0 })
}

pub(super) fn names(handle: &Handle, name: &str) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(no_link(handle, name)?)?;
    let names = entries.map(|entry| entry.map(|entry| entry.file_name().into_string().ok()));
    names.filter_map(Result::transpose).collect()
}

pub(super) fn rename(handle: &Handle, from: &str, to: &str, clash: Clash) -> io::Result<()> {
    let (from, to) = (within(handle, from)?, within(handle, to)?);
    if clash == Clash::Refused && fs::symlink_metadata(&to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

pub(super) fn remove(handle: &Handle, name: &str) -> io::Result<()> {
    fs::remove_file(within(handle, name)?)
}

pub(super) fn remove_folder(handle: &Handle, name: &str) -> io::Result<()> {
    fs::remove_dir(within(handle, name)?)
}

/// Names are written with their files here.
pub(super) fn sync_names(_: &Handle, _: &str) -> io::Result<()> {
    Ok(())
}

/// Here each file is sent to the disc when it is written.
pub(super) fn sync(_: &Handle) -> io::Result<()> {
    Ok(())
}
