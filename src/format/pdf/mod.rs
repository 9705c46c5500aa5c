//! A document on paper: a PDF set by Typst, for archives that ask for it (`[build] pdf = true`).
//!
//! The file is PDF/A-2b (ISO 19005-2), the form in which archives keep pages, and tagged, so that it can be read aloud and
//! its text taken out again. Chinese documents are laid out as GB/T 9704-2012 says, others as a plain book. As in a book for
//! reading systems, punctuation is restored where the site restores it.
//!
//! Typst is a large program, and what it makes depends on the fonts of the machine. So it stands behind the cargo feature
//! `pdf`, and a site is whole without it. The same text, record, program and fonts give the same bytes: no clock, no path.

mod body;
mod fonts;
mod frame;
mod grid;
mod markup;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;

use rayon::{ThreadPool, ThreadPoolBuilder};
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use self::fonts::{FONTS, Families};
use self::world::Sheet;
use super::epub::image::{self, Images};
use super::work::{Published, Work};
use crate::diagnostic::messages::SiteMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::site::{Language, Site};

/// Typst numbers the names of files with 16 bits; no text shows so many pictures.
const PICTURES: usize = 10_000;

/// Room for elements within elements.
const STACK: usize = 16 << 20;

/// Documents set since then whose intermediate results are kept: what all documents share is used again at once.
const KEPT: usize = 3;

/// Looks for fonts, if the archive asks for PDFs; where there is none, that is said and no PDF is made.
pub(crate) fn prepare(site: &mut Site, report: &mut Report) {
    if site.pdf && Families::of(&FONTS, Language::of(&site.language)).is_none() {
        site.pdf = false;
        report.push(fonts::lacking());
    }
}

/// The document as a PDF; none where its text is withheld or the archive asks for none.
///
/// # Errors
/// It cannot be set.
pub(crate) fn write(work: &Work<'_>) -> Result<Option<Vec<u8>>, Diagnostic> {
    let Some(text) = work.text.filter(|_| work.archive.site.pdf) else { return Ok(None) };
    let language = Language::of(work.language_tag());
    let Some(families) = Families::of(&FONTS, language) else { return Ok(None) };
    let images: Images<'_> = image::of(work.archive, text)
        .into_iter()
        .take(PICTURES)
        .enumerate()
        .map(|(at, (path, image))| (path, image.renamed(at)))
        .collect();
    let set = apart(|| set(work, text, &images, &families));
    comemo::evict(KEPT);
    let fault = match set {
        Ok(bytes) => return Ok(Some(bytes)),
        Err(fault) => fault,
    };
    Err(Diagnostic::warning(SiteMessage::PdfFailed { why: fault }).in_file(work.entry.source.path.clone()))
}

/// Runs Typst in a thread beside this one, which waits.
///
/// Typst splits its work by rayon. A thread of the build that waited for its share would take up another document
/// meanwhile, and another within that one: memory and stack would hold many documents half set. A pool of one thread
/// takes nothing up. A fault of Typst's own ends the document and not the build.
fn apart<T: Send>(set: impl FnOnce() -> Result<T, String> + Send) -> Result<T, String> {
    thread_local! {
        static BESIDE: Option<ThreadPool> = ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build().ok();
    }
    BESIDE.with(|pool| {
        let pool = pool.as_ref().ok_or("no thread could be started")?;
        let (done, result) = mpsc::channel();
        pool.in_place_scope(|scope| {
            scope.spawn(move |_| {
                let set =
                    catch_unwind(AssertUnwindSafe(set)).unwrap_or_else(|_| Err("the typesetter stopped".to_string()));
                // Whoever waits for it is there.
                let _ = done.send(set);
            });
            // Waiting for the channel and not for the scope: this thread must rest.
            result.recv().map_err(|fault| fault.to_string())?
        })
    })
}

/// Sets the document; the fault in words.
fn set(work: &Work<'_>, text: Published<'_>, images: &Images<'_>, families: &Families) -> Result<Vec<u8>, String> {
    let indent = if frame::is_chinese(work) { "2em" } else { "1.5em" };
    let mut markup = frame::opening(work, families);
    markup.push_str(&frame::head(work));
    markup.push_str(&body::write(work, text, images, indent));
    markup.push('\n');
    markup.push_str(&frame::source(work));
    let page = Sheet::new(markup, images, &FONTS).ok_or("its name is none")?;
    let document: PagedDocument = said(typst::compile(&page).output)?;
    let standards = PdfStandards::new(&[PdfStandard::A_2b]).map_err(|fault| fault.message().to_string())?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{} {}", work.archive.site.title, work.entry.id)),
        creator: Smart::Custom(Some(concat!("fonds ", env!("CARGO_PKG_VERSION")).to_string())),
        standards,
        ..PdfOptions::default()
    };
    said(typst_pdf::pdf(&document, &options))
}

/// The first fault, as Typst says it.
fn said<T>(result: SourceResult<T>) -> Result<T, String> {
    result
        .map_err(|faults| faults.first().map_or_else(String::new, |fault: &SourceDiagnostic| fault.message.to_string()))
}
