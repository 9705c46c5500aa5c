//! Pass 2: every page, and what is made of all records.

use anyhow::Result;
use rayon::prelude::*;

use super::keep::{Ledger, Next};
use crate::archive::Archive;
use crate::archive::changes::{Changes, Since, Stamp};
use crate::archive::ids::Ids;
use crate::archive::lost::{self, Before};
use crate::archive::places::Places;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{Stage, Task};
use crate::output::staging::Staging;
use crate::page::kind::PageKind;
use crate::page::{Output, Pages};
use crate::progress::Progress;
use crate::search::{self, Index};
use crate::theme::Theme;
use crate::timing::Timings;

/// Documents that are in hand at once: as many as keep all processors busy, and few enough for memory.
const BATCH: usize = 256;

/// What pass 2 made.
pub(super) struct Written {
    pub(super) output: Output,
    /// The state of each document.
    pub(super) stamps: Vec<Option<Stamp>>,
    /// The sections of each document.
    pub(super) sections: Vec<Option<String>>,
    /// What publishing writes down.
    pub(super) next: Option<Next>,
}

/// What the pages are made of, and where they go.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) archive: &'a Archive,
    pub(super) theme: &'a Theme,
    pub(super) staging: &'a Staging,
    pub(super) changes: &'a Changes,
    pub(super) ids: &'a Ids,
}

/// Pass 2: every page, in parallel, one document at a time; the index of their words; what is made of all records; and a
/// page at every address that was published `before` and is no more.
pub(super) fn write_pages(
    ground: &Ground<'_>,
    before: Option<&Before<'_>>,
    show_progress: Option<Lang>,
    timings: &mut Timings,
) -> Result<Written> {
    let Ground { archive, theme, staging, changes, ids } = *ground;
    let order = search::order(archive);
    // A check makes no index, nor does an archive that is not to be searched.
    let indexed = staging.writes() && archive.site.search;
    let sampled = if indexed { order.as_slice() } else { &[] };
    let alphabet = search::alphabet(archive, sampled);
    let pages = Pages::new(archive, theme, staging, &alphabet, changes);
    let mut index = indexed.then(|| Index::new(staging, &alphabet, order.len())).transpose()?;
    timings.end(Stage::Preparing);
    let progress = Progress::new(Task::WritingPages, archive.documents.len(), show_progress);
    let (mut output, mut stamps) = write_documents(&pages, &order, index.as_mut(), &progress)?;
    timings.end(Stage::Pages);
    // Sorting the index and writing the lists keep no processor waiting for the other.
    let finish = || index.map(|index| index.finish(archive, &order)).transpose();
    let (lists, files) = rayon::join(|| write_lists(&pages), finish);
    output.merge(lists?);
    output.files.extend(files?.into_iter().flatten());
    progress.finish();
    timings.end(Stage::Lists);
    for kind in PageKind::rest(archive, theme) {
        output.merge(pages.write(kind)?);
    }
    let sections: Vec<Option<String>> = stamps.iter_mut().map(|stamp| stamp.as_mut()?.sections.take()).collect();
    let next = Ledger { archive, changes, ids, stamps: &stamps, sections: &sections }.next();
    let since: Vec<Since> =
        stamps.iter().map(|stamp| stamp.as_ref().map(|stamp| stamp.since.clone()).unwrap_or_default()).collect();
    let coming = next.as_ref().map(|next| &next.bound).filter(|bound| bound.is_new);
    output.merge(pages.write_editions(&since, coming.map(|bound| &bound.edition))?);
    pages.write_catalogues(&mut output.files, &since)?;
    if let Some(before) = before {
        let places = Places { archive, sections: &sections };
        places.check(&mut output.report);
        lost::check(&places, before, &stamps, &mut output.report);
        // Behind the catalogues: a page that only leads elsewhere is in none of them.
        output.merge(pages.write_moved(&places, before.ids, &since)?);
    }
    timings.end(Stage::Catalogues);
    Ok(Written { output, stamps, sections, next })
}

/// The pages of all documents. While a batch is written, the one before it goes into the index; without one there is
/// nothing to wait for.
fn write_documents(
    pages: &Pages<'_>,
    order: &[usize],
    index: Option<&mut Index<'_>>,
    progress: &Progress,
) -> Result<(Output, Vec<Option<Stamp>>)> {
    let mut output = Output::default();
    let mut stamps = vec![None; pages.archive.documents.len()];
    let mut keep = |stamp: Option<Stamp>| {
        if let Some(stamp) = stamp {
            let at = stamp.document;
            stamps[at] = Some(stamp);
        }
    };
    let write = |document: &usize| pages.write(PageKind::Document(*document)).inspect(|_| progress.step());
    let Some(index) = index else {
        for mut document in order.par_iter().map(write).collect::<Result<Vec<Output>>>()? {
            keep(document.stamp.take());
            output.merge(document);
        }
        return Ok((output, stamps));
    };
    let mut gathered = Vec::new();
    for batch in order.chunks(BATCH) {
        let write = || batch.par_iter().map(write).collect::<Result<Vec<Output>>>();
        let (documents, added) = rayon::join(write, || index.add(&gathered));
        added?;
        gathered.clear();
        for mut document in documents? {
            gathered.extend(document.gathered.take());
            keep(document.stamp.take());
            output.merge(document);
        }
    }
    index.add(&gathered)?;
    Ok((output, stamps))
}

/// The pages that list documents.
fn write_lists(pages: &Pages<'_>) -> Result<Output> {
    let lists = PageKind::lists(pages.archive).into_par_iter();
    let lists: Vec<Output> = lists.map(|kind| pages.write(kind)).collect::<Result<_>>()?;
    let mut output = Output::default();
    for part in lists {
        output.merge(part);
    }
    Ok(output)
}
