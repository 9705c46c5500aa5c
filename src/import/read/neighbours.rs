//! The pages beside a page: in its folder, or of its site in a web archive. What they share is no part of their texts.
//!
//! A sample of each group is read before any capture is, so that what is told of a page does not depend on which of its
//! neighbours were read before it, and ten thousand pages cost no more than some dozens.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::format::CaptureFormat;
use super::html::{FEWEST, Sample, Shared};
use super::source::{is_web_archive, zip_of_captures};
use super::warc::WebPage;
use super::web_archive;

/// Most pages of a group that are read.
const SAMPLE: usize = 64;
/// Most pages of a web archive that are looked at.
const FIRST: usize = 512;

/// What the pages of each folder and of each site in a web archive share.
#[derive(Debug, Default)]
pub(crate) struct Neighbours(BTreeMap<(PathBuf, String), Shared>);

impl Neighbours {
    /// Reads samples of the files that are to be read.
    pub(crate) fn of(files: &[PathBuf]) -> Self {
        let mut folders: BTreeMap<&Path, Vec<&Path>> = BTreeMap::new();
        for path in files {
            folders.entry(path.parent().unwrap_or(Path::new(""))).or_default().push(path);
        }
        let mut found = BTreeMap::new();
        for (folder, files) in folders {
            for archive in files.iter().filter(|path| is_named_web_archive(path)) {
                found.extend(sites(archive));
            }
            for archive in files.iter().filter(|path| has_ending(path, &["zip"])) {
                found.extend(folders_in_zip(archive));
            }
            let pages: Vec<&Path> = files.into_iter().filter(|path| is_named_page(path)).collect();
            if pages.len() >= FEWEST {
                let shared = Shared::of(spread(&pages).into_par_iter().filter_map(sample).collect());
                found.extend(shared.map(|shared| ((folder.to_path_buf(), String::new()), shared)));
            }
        }
        Self(found)
    }

    /// What the pages of a file's folder share.
    pub(crate) fn of_file(&self, path: &Path) -> Option<&Shared> {
        self.0.get(&(path.parent().unwrap_or(Path::new("")).to_path_buf(), String::new()))
    }

    /// What the pages of a folder in a ZIP file share.
    pub(crate) fn of_zipped(&self, archive: &Path, name: &str) -> Option<&Shared> {
        self.0.get(&(archive.to_path_buf(), folder_in_zip(name)))
    }

    /// What the pages of a site share that a web archive holds.
    pub(crate) fn of_page(&self, archive: &Path, address: &str) -> Option<&Shared> {
        self.0.get(&(archive.to_path_buf(), site(address)))
    }
}

/// As many of the pages as a sample has, in equal distances.
fn spread<T: Copy>(pages: &[T]) -> Vec<T> {
    let count = pages.len().min(SAMPLE);
    (0..count).filter_map(|nth| pages.get(nth * pages.len() / count).copied()).collect()
}

fn sample(path: &Path) -> Option<Sample> {
    let bytes = super::bytes(path).ok()?;
    let is_page = CaptureFormat::of(&path.to_string_lossy(), &bytes) == CaptureFormat::Html;
    is_page.then(|| Sample::of(&bytes, None)).flatten()
}

/// What the pages of each folder share in a ZIP file.
fn folders_in_zip(archive: &Path) -> Vec<((PathBuf, String), Shared)> {
    let Some(zipped) = zip_of_captures(archive).and_then(Result::ok) else { return Vec::new() };
    let names = zipped.captures().0;
    let mut folders: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in names.iter().filter(|name| is_named_page(Path::new(name))) {
        folders.entry(folder_in_zip(name)).or_default().push(name);
    }
    let shared = folders.into_iter().filter(|(_, pages)| pages.len() >= FEWEST).filter_map(|(folder, pages)| {
        let sample = |name: &str| Sample::of(&zipped.bytes(name).ok()?, None);
        let samples = spread(&pages).into_iter().filter_map(sample).collect();
        Some(((archive.to_path_buf(), folder), Shared::of(samples)?))
    });
    shared.collect()
}

/// The folder of a file in a ZIP file, which no site has for a name.
fn folder_in_zip(name: &str) -> String {
    format!("/{}", name.rsplit_once('/').map_or("", |(folder, _)| folder))
}

/// What the pages of each site share in a web archive.
fn sites(archive: &Path) -> Vec<((PathBuf, String), Shared)> {
    if !is_web_archive(archive) {
        return Vec::new();
    }
    let mut samples: BTreeMap<String, Vec<Sample>> = BTreeMap::new();
    for page in web_archive::pages(archive).take(FIRST).filter_map(Result::ok) {
        let WebPage { address, media_type, charset, body, .. } = page;
        let of_site = samples.entry(site(&address)).or_default();
        if of_site.len() < SAMPLE && media_type != "text/plain" {
            of_site.extend(Sample::of(&body, charset.as_deref()));
        }
    }
    let shared = samples.into_iter().filter_map(|(site, samples)| Some((site, Shared::of(samples)?)));
    shared.map(|(site, shared)| ((archive.to_path_buf(), site), shared)).collect()
}

/// The host of an address.
fn site(address: &str) -> String {
    let host = url::Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_string));
    host.unwrap_or_default()
}

fn is_named_page(path: &Path) -> bool {
    has_ending(path, &["html", "htm", "xhtml", "shtml"])
}

fn is_named_web_archive(path: &Path) -> bool {
    has_ending(path, &["warc", "arc", "gz", "zst", "wacz"])
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    endings.contains(&ending.as_str())
}
