//! `fonds verify`: whether files are still what they were.
//!
//! Whoever keeps something for fifty years has to look at it now and then. What is looked at has a list of digests already: a bag its
//! manifests, a storage root its
//! inventories, a site its manifest.json, an archive its records. Each file is read once, by all processors, whatever its size.

mod bags;
mod digest;
mod listed;
mod ocfl;
mod originals;
mod site;
mod tags;

use std::path::Path;

use anyhow::Result;
use url::Url;

use self::listed::Looked;
use crate::diagnostic::Report;
use crate::diagnostic::cause::While;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::Doing;
use crate::diagnostic::messages::Verifiable;
use crate::file::shown;
use crate::folder::Folder;

/// What was verified, and what came of it.
#[derive(Debug, Clone)]
pub(crate) struct Verified {
    pub what: Verifiable,
    pub files: usize,
    pub bytes: u64,
    /// The names of the digests that were compared.
    pub algorithms: Vec<&'static str>,
    pub report: Report,
}

/// Verifies what is at a path or an address; `None` where that is nothing that can be verified.
///
/// # Errors
/// The machine refuses, or no server answers.
pub(crate) fn verify(what: &str, progress: Option<Lang>) -> Result<Option<Verified>> {
    if let Ok(url) = Url::parse(what)
        && matches!(url.scheme(), "http" | "https")
    {
        return Ok(site::on_the_web(&url, progress)?.map(|looked| verified(Verifiable::WebSite, looked)));
    }
    let path = Path::new(what);
    let folder = Folder::open(path).while_doing(|| Doing::Reading { path: shown(path) })?;
    if bags::is_bag(&folder, "") {
        return Ok(Some(verified(Verifiable::Bag, bags::one(&folder, progress))));
    }
    if let Some(objects) = ocfl::objects(&folder) {
        let looked = ocfl::verify(&folder, &objects, progress);
        return Ok(Some(verified(Verifiable::Ocfl { count: objects.len() }, looked)));
    }
    if folder.has_file("site.toml") {
        return Ok(Some(verified(Verifiable::Archive, originals::verify(&folder, progress))));
    }
    if let Some(looked) = site::in_folder(&folder, progress) {
        return Ok(Some(verified(Verifiable::Site, looked)));
    }
    let names = bags::within(&folder);
    let looked = || bags::several(&folder, &names, progress);
    Ok((!names.is_empty()).then(|| verified(Verifiable::Bags { count: names.len() }, looked())))
}

fn verified(what: Verifiable, looked: Looked) -> Verified {
    let algorithms = looked.algorithms.iter().map(|algorithm| algorithm.name()).collect();
    Verified { what, files: looked.files, bytes: looked.bytes, algorithms, report: looked.report }
}
