//! `fonds record`: one document's record, as a program or a footnote wants it.

use std::path::Path;

use anyhow::Result;

use super::terminal::Terminal;
use super::{Exit, archive_of};
use crate::archive::changes::Changes;
use crate::archive::{Archive, Drafts};
use crate::build::{Input, read_archive};
use crate::cli::{Common, Format, RecordArgs};
use crate::diagnostic::messages::CommandMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::format::citation;
use crate::format::cited::Cited;
use crate::format::{bibtex, csl, dublin_core, json_ld, ris, tei};
use crate::output::staging::Staging;
use crate::page::Pages;
use crate::record::fields;
use crate::search;
use crate::site::CitationStyle;

/// Prints it.
///
/// # Errors
/// The machine refuses to read.
pub(crate) fn run(args: &RecordArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let Some(root) = archive_of(common, &terminal) else { return Ok(Exit::Usage) };
    let mut report = Report::new();
    let (archive, theme) =
        read_archive(&Input::Archive(root.clone()), args.base_url.as_deref(), Drafts::Included, &mut report);
    let document = match find(&archive, &args.document) {
        Ok(document) => document,
        Err(fault) => {
            terminal.refusal(&fault);
            return Ok(Exit::Usage);
        }
    };
    let (staging, alphabet) = (Staging::nowhere(), search::alphabet(&archive, &[]));
    let changes = Changes::read(&root, &mut report);
    let pages = Pages::new(&archive, &theme, &staging, &alphabet, &changes);
    let text = pages.with_work(document, &mut report, |work| {
        let cited = Cited::whole(*work);
        Some(match args.format {
            Format::Human | Format::Json | Format::Sarif | Format::Cite => {
                let forms = CitationStyle::ALL.map(|style| citation::write(&cited, style).text());
                let first = CitationStyle::ALL.iter().position(|style| *style == archive.site.citation).unwrap_or(0);
                format!("{}\n", forms[first])
            }
            Format::Bibtex => bibtex::text(&cited),
            Format::Ris => ris::text(&cited),
            Format::Csl => csl::text(&cited),
            Format::JsonLd => json_ld::text(&cited),
            Format::Dc => dublin_core::text(&cited),
            Format::Tei => String::from_utf8(tei::write(work)?).ok()?,
        })
    })?;
    // Faults of other documents are the business of `check`.
    let path = &archive.documents[document].source.path;
    let own = |fault: &&Diagnostic| fault.place.as_ref().is_some_and(|place| place.file == *path);
    let text = text.flatten();
    let mut failed = text.is_none();
    if failed && !archive.documents[document].record.text_is_open() {
        terminal.diagnostic(
            &Diagnostic::error(CommandMessage::TextWithheld).in_file(archive.documents[document].source.path.clone()),
        );
    }
    for fault in report.sorted().into_iter().filter(own) {
        failed |= fault.is_error();
        terminal.diagnostic(fault);
    }
    terminal.point_to_explanations();
    terminal.data(&text.unwrap_or_default());
    Ok(if failed { Exit::Faults } else { Exit::Done })
}

/// The document that was meant: by its file, seen from here or from the archive, or by its id.
pub(super) fn find(archive: &Archive, named: &Path) -> Result<usize, Diagnostic> {
    let root = archive.root.path();
    let inside = |path: &Path| {
        let absolute = path.canonicalize().ok()?;
        let path = absolute.strip_prefix(root.canonicalize().ok()?).ok()?;
        Some(path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"))
    };
    let paths = [inside(named), inside(&root.join(named))].into_iter().flatten();
    let by_file = |path: String| archive.by_path(&path).or_else(|| archive.by_path(&format!("{path}/index.md")));
    let name = named.to_string_lossy();
    if let Some(document) = paths.into_iter().find_map(by_file).or_else(|| archive.by_id(&name)) {
        return Ok(document);
    }
    let ids: Vec<&str> = archive.ids().collect();
    let near = fields::nearest(&name, &ids).map(str::to_string);
    Err(Diagnostic::error(CommandMessage::NoDocument { name: name.into_owned(), near }))
}
