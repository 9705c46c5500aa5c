//! Pass 1: the records of an archive, without its texts.

use rayon::prelude::*;

use crate::archive::scan::{self, Scanned};
use crate::archive::{Archive, Drafts, ReadRecord};
use crate::diagnostic::Report;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{Stage, Task};
use crate::folder::Folder;
use crate::progress::Progress;
use crate::site::{self, Site};
use crate::theme::Theme;
use crate::timing::Timings;

/// Where documents come from.
#[derive(Debug, Clone)]
pub enum Input {
    /// An archive's folder.
    Archive(Folder),
    /// Documents made in memory, for the embedded theme.
    Memory {
        /// What site.toml would say.
        site: Box<Site>,
        /// The documents.
        found: Scanned,
    },
}

/// Pass 1: site.toml, the theme and every record. `base_url` stands in for the site's own.
pub fn read_archive(input: &Input, base_url: Option<&str>, drafts: Drafts, report: &mut Report) -> (Archive, Theme) {
    read_timed(input, base_url, drafts, None, report, &mut Timings::start())
}

pub(super) fn read_timed(
    input: &Input,
    base_url: Option<&str>,
    drafts: Drafts,
    show_progress: Option<Lang>,
    report: &mut Report,
    timings: &mut Timings,
) -> (Archive, Theme) {
    let (root, mut site, found) = read_input(input, report);
    if let Some(address) = base_url {
        site.base_url = Some(site::with_slash(address.to_string()));
    }
    timings.end(Stage::Scan);
    let theme = Theme::load(root.as_ref(), report);
    timings.end(Stage::Theme);
    let root = &root.unwrap_or_default();
    let progress = Progress::new(Task::ReadingRecords, found.documents.len(), show_progress);
    let read = found.documents.par_iter().map(|document| ReadRecord::of(root, &document.source, site.profile));
    let read = read.inspect(|_| progress.step()).collect();
    progress.finish();
    let archive = Archive::assemble(site, root, found, read, drafts, report);
    timings.end(Stage::Records);
    (archive, theme)
}

/// site.toml and the list of files, or what stands for them.
fn read_input(input: &Input, report: &mut Report) -> (Option<Folder>, Site, Scanned) {
    match input {
        Input::Memory { site, found } => (None, Site::clone(site), found.clone()),
        Input::Archive(root) => {
            let site = Site::read(root, report);
            (Some(root.clone()), site, scan::scan(root, report))
        }
    }
}
