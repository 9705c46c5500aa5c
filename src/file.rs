//! All reading and writing of files, so that every failure names the path.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use anyhow::Result;
use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};
use rayon::prelude::*;

use crate::diagnostic::cause::{NotRegular, While};
use crate::diagnostic::messages::{Doing, FileMessage};
use crate::diagnostic::{Diagnostic, Source};
use crate::folder::{Folder, fault};

/// Bytes read at first when only the record is wanted; most records are shorter.
const HEAD: usize = 4096;

/// Reads a text file of a folder, by its name from there.
///
/// # Errors
/// A [`Diagnostic`] where it cannot be read or is not UTF-8.
pub(crate) fn read_text(folder: &Folder, name: &str) -> Result<String, Diagnostic> {
    let bytes = folder.read(name).map_err(|error| unreadable(name, &error))?;
    into_text(&bytes, name)
}

/// Reads as much of a text file as `enough` asks for: the beginning, or all of it.
///
/// # Errors
/// As [`read_text`].
pub(crate) fn read_head(folder: &Folder, name: &str, enough: impl Fn(&str) -> bool) -> Result<String, Diagnostic> {
    let mut file = folder.file(name).map_err(|error| unreadable(name, &error))?;
    let mut bytes = Vec::with_capacity(HEAD);
    Read::by_ref(&mut file).take(HEAD as u64).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    if bytes.len() == HEAD {
        // The cut may fall inside a character.
        let end = simdutf8::compat::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), str::len);
        if let Ok(head) = into_text(&bytes[..end], name)
            && enough(&head)
        {
            return Ok(head);
        }
        file.read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    }
    into_text(&bytes, name)
}

/// The bytes of a regular file by its path; a pipe would hold the program up.
///
/// # Errors
/// There is none, or it is no regular file.
pub(crate) fn read_regular(path: &Path) -> io::Result<Vec<u8>> {
    match fs::metadata(path)?.is_file() {
        true => fs::read(path),
        false => Err(io::Error::new(io::ErrorKind::InvalidInput, NotRegular)),
    }
}

/// Every text of an archive is validated in a build. simdutf8 and a copy take a fifth of the standard library's time.
fn into_text(bytes: &[u8], name: &str) -> Result<String, Diagnostic> {
    let wide = Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding == UTF_16LE || encoding == UTF_16BE);
    if !wide && bytes.contains(&0) {
        let line = 1 + bytes.iter().take_while(|byte| **byte != 0).filter(|byte| **byte == b'\n').count();
        return Err(Diagnostic::error(FileMessage::NulInText { line }).in_file(name));
    }
    let text = simdutf8::compat::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to(), name))?;
    // Before anything is made of it: XML 1.0 and HTML have no place for them, so no page or book could hold the text.
    match control(text) {
        Some((at, code)) => {
            let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
            Err(Diagnostic::error(FileMessage::ControlCharacter { line, code }).in_file(name))
        }
        None => Ok(text.to_owned()),
    }
}

/// The first character that XML 1.0 (2.2) does not allow, or that is a control character of C1: its place and its name.
pub(crate) fn control(text: &str) -> Option<(usize, String)> {
    // Nearly every text has none, and a whole block is told at once: C0, DEL, the first byte of C1, the first two of U+FFFE.
    let odd = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') || matches!(byte, 0x7f | 0xc2);
    let pair = |one: u8, two: u8| one == 0xef && two == 0xbf;
    let mut start = 0;
    for block in text.as_bytes().chunks(256) {
        let next = &text.as_bytes()[(start + 1).min(text.len())..];
        let pairs = block.iter().zip(next).fold(false, |found, (one, two)| found | pair(*one, *two));
        if pairs | block.iter().fold(false, |found, byte| found | odd(*byte)) {
            // A character may have begun in the block before.
            let from = (0..=start).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let end = (start + block.len()..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            let found = text[from..end].char_indices().find(|(_, character)| is_forbidden(*character));
            if let Some((at, character)) = found {
                return Some((from + at, format!("U+{:04X}", u32::from(character))));
            }
        }
        start += block.len();
    }
    None
}

/// Tab and line ends are white space, and U+0085 is a line end of other machines.
pub(crate) fn is_forbidden(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        other => other.is_control(),
    }
}

/// The fault of a text in another encoding; `bad` is the first byte that is not UTF-8. The line is shown as it was meant.
fn not_utf8(bytes: &[u8], bad: usize, name: &str) -> Diagnostic {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((GB18030, 0));
    let meant = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
    let Some(text) = meant.filter(|_| mark > 0 || bad < bytes.len()) else {
        let line = 1 + bytes[..bad].iter().filter(|byte| **byte == b'\n').count();
        return Diagnostic::error(FileMessage::NotUtf8 { line }).in_file(name);
    };
    let named = if mark > 0 { encoding.name() } else { "GBK" };
    // What stands before the first bad byte is ASCII or UTF-8, and as long in characters either way where it is ASCII.
    let before = if mark > 0 { 0 } else { bytes[..bad].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1) };
    let line = bytes[..before].iter().filter(|byte| **byte == b'\n').count();
    let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    let length = text[start..].lines().next().map_or(0, str::len);
    Diagnostic::error(FileMessage::NotUtf8Likely { encoding: named.to_string() })
        .at(Source { file: name, text: &text }, start..start + length)
}

/// The fault of a file that the machine does not give.
pub(crate) fn unreadable(name: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(FileMessage::Unreadable { cause: error.into() }).in_file(name)
}

/// Writes bytes, making the folders above.
///
/// # Errors
/// With the path.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        create_folder(parent)?;
    }
    fs::write(path, bytes).while_doing(|| Doing::Writing { path: shown(path) })
}

/// Whether an open file is the one that stands at a path.
#[cfg(unix)]
pub(crate) fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(found)) => identity(open) == identity(found),
        _ => false,
    }
}

/// Elsewhere an open file cannot be moved, so it stands where it stood.
#[cfg(not(unix))]
pub(crate) fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Makes a folder and those above it.
///
/// # Errors
/// With the path.
pub(crate) fn create_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).while_doing(|| Doing::CreatingFolder { path: shown(path) })
}

/// Removes a folder with all that is in it; it is no error when there is none. What lies in it is removed by all
/// processors: by one, an old site of many files takes as long to remove as an eighth of a build.
///
/// # Errors
/// With the path.
pub(crate) fn remove_folder(path: &Path) -> Result<()> {
    try_remove_folder(path).while_doing(|| Doing::RemovingFolder { path: shown(path) })
}

/// The same, where the caller says what was being done.
///
/// # Errors
/// The machine refuses.
pub(crate) fn try_remove_folder(path: &Path) -> io::Result<()> {
    let remove = || fault::step().and_then(|()| remove_all(path, 2));
    let removed = match remove() {
        // Folders that were made read-only, by a person or by a copy from a disc, do not let go of what is in them.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            make_writable(path);
            remove()
        }
        removed => removed,
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Gives the owner of a folder the right to remove what is in it. What that cannot be done for is told by the removal.
fn make_writable(path: &Path) {
    for entry in
        walkdir::WalkDir::new(path).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_dir())
    {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let _ = fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o700));
        }
        #[cfg(not(unix))]
        {
            let _ = entry;
        }
    }
}

/// Removes a folder; entries of the upper `levels` side by side.
fn remove_all(path: &Path, levels: usize) -> io::Result<()> {
    // A link is removed as a link.
    if levels > 0 && fs::symlink_metadata(path)?.is_dir() {
        let entries: Vec<fs::DirEntry> = fs::read_dir(path)?.collect::<io::Result<_>>()?;
        entries.par_iter().try_for_each(|entry| match entry.file_type()?.is_dir() {
            true => remove_all(&entry.path(), levels - 1),
            false => fs::remove_file(entry.path()),
        })?;
    }
    fs::remove_dir_all(path)
}

/// Moves a file or folder.
///
/// # Errors
/// With both paths.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).while_doing(|| Doing::Moving { from: shown(from), to: shown(to) })
}

/// A path in a message.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// A number of bytes as people say it, in powers of ten.
pub(crate) fn size_in_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_page_can_hold_is_found_wherever_it_stands() {
        let long = "库房在楼的北面，窗小·墙厚￥。\r\n\t".repeat(30);
        assert_eq!(control(&long), None);
        for odd in ['\u{1}', '\u{7}', '\u{b}', '\u{c}', '\u{1b}', '\u{7f}', '\u{80}', '\u{9f}', '\u{fffe}', '\u{ffff}']
        {
            for at in (0..=long.len()).filter(|at| long.is_char_boundary(*at)) {
                let text = format!("{}{odd}{}", &long[..at], &long[at..]);
                assert_eq!(control(&text), Some((at, format!("U+{:04X}", u32::from(odd)))));
            }
        }
    }
}
