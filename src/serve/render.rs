//! One file of the site, made when it is asked for.

use std::path::PathBuf;
use std::sync::Arc;

use super::desk::Desk;
use super::fault_page;
use super::index::Moment;
use super::state::State;
use crate::archive::ids::Ids;
use crate::archive::places::Places;
use crate::archive::reserved;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::FileMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::folder::Folder;
use crate::output::staging::{Made, Staging};
use crate::page::kind::PageKind;
use crate::page::{Output, Pages};
use crate::search::alphabet::Sample;
use crate::theme::StaticFile;

/// What a browser gets.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A file that was made.
    Made {
        /// Its path in the site, which says what it is.
        path: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// A file of the archive: the archive's folder, and its path from there.
    File(Folder, String),
    /// A file of the index.
    Words(PathBuf),
    /// The address of a folder without its last `/`.
    Folder,
    /// The page that says so.
    NotFound(Vec<u8>),
    /// The page could not be made; this one says why.
    Broken(String),
}

/// The file at `path` of the site, as the archive is now.
pub(crate) fn answer(desk: &Arc<Desk>, path: &str) -> Answer {
    let page = match path.rsplit_once('/') {
        _ if path.is_empty() => "index.html".to_string(),
        Some((folder, "")) => format!("{folder}/index.html"),
        _ => path.to_string(),
    };
    // The index is made apart from the state, which would be locked as long as that takes.
    let now = desk.with_state(|state| {
        (PageKind::of(&page, &state.archive, &state.theme) == Some(PageKind::Words)).then(|| Moment::of(state))
    });
    if let Some(file) = now.and_then(|now| desk.shelf.file(now, &page)) {
        return Answer::Words(file);
    }
    desk.with_state(|state| {
        let mut report = Report::new();
        match make(state, &page, &mut report).or_else(|| moved(state, &page, &mut report)) {
            Some(Made::Copy(file)) => Answer::File(state.archive.root.clone(), file),
            Some(Made::Bytes(bytes)) => finish(state, page, bytes, report, desk.lang),
            None if report.has_errors() => {
                Answer::Broken(fault_page::page(&page, &all(state, report), state.version, desk.lang))
            }
            None if PageKind::is_folder(&page, &state.archive, &state.theme) => Answer::Folder,
            None => not_found(state, desk.lang),
        }
    })
}

/// A page with what is wrong, and with what lets it follow edits.
fn finish(state: &State, page: String, bytes: Vec<u8>, report: Report, lang: Lang) -> Answer {
    if !page.ends_with(".html") {
        return Answer::Made { path: page, bytes };
    }
    let bytes = fault_page::dress(bytes, &all(state, report), state.version, lang);
    Answer::Made { path: page, bytes }
}

/// The page's own faults and those of pass 1.
fn all(state: &State, mut report: Report) -> Report {
    report.merge(state.report());
    report
}

fn not_found(state: &State, lang: Lang) -> Answer {
    let mut report = Report::new();
    match make(state, "404.html", &mut report) {
        Some(Made::Bytes(bytes)) => {
            Answer::NotFound(fault_page::dress(bytes, &all(state, report), state.version, lang))
        }
        _ => Answer::Broken(fault_page::page("404.html", &all(state, report), state.version, lang)),
    }
}

/// A page at an address that was published once. It needs the sections of the document that it leads to, and of those that
/// may stand for them.
fn moved(state: &State, path: &str, report: &mut Report) -> Option<Made> {
    let archive = &*state.archive;
    let (folder, _) =
        reserved::without_edition(path, &archive.site).rsplit_once('/').filter(|_| path.ends_with(".html"))?;
    let today = archive.former.get(folder).map(|former| former.document);
    let id = folder.rsplit('/').next().unwrap_or(folder);
    let document = today.or_else(|| archive.by_id(id).filter(|at| archive.documents[*at].directory == folder));
    let ids = Ids::read(&archive.root, report);
    if document.is_none() && !ids.forgotten().any(|forgotten| forgotten.address == folder) {
        return None;
    }
    let staging = Staging::only(path);
    let alphabet = Sample::default().alphabet();
    let pages = Pages::new(archive, &state.theme, &staging, &alphabet, &state.changes);
    let mut sections = vec![None; archive.documents.len()];
    let mut open: Vec<usize> = document.into_iter().collect();
    while let Some(document) = open.pop().filter(|document| sections[*document].is_none()) {
        sections[document] = Some(pages.sections_of(document).ok()??);
        let aliases = &archive.documents[document].record.section_aliases;
        let others = aliases.iter().filter_map(|(_, new)| archive.by_id(new.value.split_once('#')?.0));
        open.extend(others.filter(|other| sections[*other].is_none()));
    }
    let written = pages.write_moved(&Places { archive, sections: &sections }, &ids, &pages.published());
    report.merge(written.ok()?.report);
    drop(pages);
    staging.into_wanted()
}

/// Makes one file by what makes it in a build; `None` where nothing does.
fn make(state: &State, path: &str, report: &mut Report) -> Option<Made> {
    let (archive, theme) = (&*state.archive, &*state.theme);
    let kind = PageKind::of(path, archive, theme)?;
    match (kind, theme.files.get(path)) {
        (PageKind::Static, Some(StaticFile::Embedded(bytes))) => return Some(Made::Bytes(bytes.to_vec())),
        (PageKind::Static, Some(StaticFile::OnDisk(file))) => return Some(Made::Copy(file.clone())),
        _ => {}
    }
    let staging = Staging::only(path);
    let alphabet = Sample::default().alphabet();
    let pages = Pages::new(archive, theme, &staging, &alphabet, &state.changes);
    let mut output = Output::default();
    match pages.write(kind) {
        Ok(made) => output.merge(made),
        Err(error) => output.report.push(Diagnostic::error(FileMessage::Unreadable { cause: (&error).into() })),
    }
    report.merge(output.report);
    drop(pages);
    staging.into_wanted()
}
