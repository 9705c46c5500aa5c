//! The protocol: what is done at the target, one step after the other.

use std::collections::BTreeSet;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::cloud::Bucket;
use super::folder::Share;
use super::foreign::{self, Names};
use super::ftp::Ftp;
use super::headers;
use super::journal::Journal;
use super::lines::{Failed, Lines};
use super::marker::{self, Marker};
use super::plan::{Plan, There};
use super::secret::Secrets;
use super::sftp::Sftp;
use super::store::{Head, Stop, Store, aside, part, refused};
use super::webdav::Dav;
use crate::archive::edition::Edition;
use crate::archive::ids::Ids;
use crate::diagnostic::cause::{Failure, While};
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{Doing, Refusal, TargetMessage, Task};
use crate::diagnostic::{Diagnostic, Report};
use crate::fixity;
use crate::folder::Folder;
use crate::output::manifest::{self, ManifestEntry};
use crate::progress::Progress;
use crate::site::target::{Target, TargetKind};

/// Files that one message names.
const NAMED: usize = 5;

/// What is to be sent, and where to.
pub(crate) struct Delivery<'a> {
    /// The site on this machine.
    pub site: &'a Path,
    /// The archive that it is of.
    pub archive: &'a Folder,
    /// Where it goes.
    pub target: &'a Target,
    /// What opens the door.
    pub secrets: &'a Secrets,
    /// The edition that it is.
    pub edition: &'a Edition,
    /// Every address that was published.
    pub ids: &'a Ids,
    /// Whether it is only said what would be done.
    pub dry_run: bool,
    /// The language of a progress bar, where one may be shown.
    pub show: Option<Lang>,
}

/// What was done.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Sent {
    /// Files that were sent, in their order; those that would be.
    pub sent: Vec<String>,
    /// Their size.
    pub bytes: u64,
    /// Files that were removed.
    pub removed: Vec<String>,
    /// The edition that stood there before.
    pub from: Option<u32>,
    /// Whether an earlier publishing had been stopped.
    pub goes_on: bool,
}

/// Makes of the target what the site is; where the report has an error afterwards, nothing was done.
///
/// # Errors
/// The machine, the line or the host refuses.
pub(crate) fn send(delivery: &Delivery<'_>, report: &mut Report) -> Result<Sent> {
    let doing = || match delivery.dry_run {
        true => Doing::LookingAtTarget { target: delivery.target.name.clone() },
        false => {
            let (target, edition) = (delivery.target.name.clone(), delivery.edition.number.to_string());
            Doing::Publishing { target, edition }
        }
    };
    let site = delivery.site.join(manifest::NAME);
    let manifest =
        crate::file::read_regular(&site).while_doing(|| Doing::Reading { path: crate::file::shown(&site) })?;
    let entries = manifest::parse(&manifest).unwrap_or_default();
    let journal = Journal::open(delivery.archive, &delivery.target.name)
        .while_doing(|| Doing::Writing { path: format!(".fonds/targets/{}", delivery.target.name) })?;
    let Some(journal) = journal else {
        return Err(Failure::alone(Doing::AnotherPublishing { target: delivery.target.name.clone() }));
    };
    let open = |number: usize| open(delivery, number);
    let sender = Sender {
        delivery,
        entries: &entries,
        manifest: &manifest,
        journal: &journal,
        lines: Lines::new(delivery.target.connections, delivery.target.retries, Box::new(open)),
    };
    match sender.run(report) {
        Ok(sent) => Ok(sent),
        Err(Failed { stop: Stop::Told(fault), .. }) => {
            report.push(*fault);
            Ok(Sent::default())
        }
        Err(Failed { path, stop: Stop::Refused(mut refused) }) => {
            refused.said = delivery.secrets.cut_from(&refused.said);
            let refused: anyhow::Error = refused.into();
            let told = match path.as_str() {
                "" => Err(refused),
                _ => Err(refused).while_doing(|| Doing::AtFile { path }),
            };
            told.while_doing(doing)
        }
    }
}

/// A connection to the target.
fn open(delivery: &Delivery<'_>, number: usize) -> Result<Box<dyn Store>, Stop> {
    let (target, secrets) = (delivery.target, delivery.secrets);
    Ok(match target.kind {
        TargetKind::Folder => Box::new(Share::open(delivery.archive.path().join(&target.path), number)?),
        TargetKind::Sftp => Box::new(Sftp::open(target, secrets, number)?),
        TargetKind::Ftp => Box::new(Ftp::open(target, secrets, number)?),
        TargetKind::Webdav => Box::new(Dav::open(target, secrets, number)),
        TargetKind::S3 | TargetKind::Oss | TargetKind::Cos | TargetKind::Obs => {
            Box::new(Bucket::open(target, secrets)?)
        }
    })
}

struct Sender<'a> {
    delivery: &'a Delivery<'a>,
    entries: &'a [ManifestEntry],
    manifest: &'a [u8],
    journal: &'a Journal,
    lines: Lines<'a>,
}

impl Sender<'_> {
    fn run(&self, report: &mut Report) -> Result<Sent, Failed> {
        let standing = self.standing(manifest::NAME, |bytes| manifest::parse(bytes).is_some())?;
        let marker = self.standing(marker::NAME, |bytes| Marker::parse(bytes).is_some())?;
        let (there, marker, from) = match self.there(standing.as_deref(), marker.as_deref())? {
            Ok(there) => there,
            Err(fault) => {
                report.push(fault);
                return Ok(Sent::default());
            }
        };
        let plan = Plan::new(&there, self.entries);
        let names = if self.delivery.target.kind.is_bucket() { Names::Exact } else { Names::Folded };
        let foreign = self.lines.first("", |store| foreign::in_the_way(store, &there, &plan.fresh, names))?;
        if !foreign.is_empty() {
            report.push(self.foreign(foreign));
            return Ok(Sent::default());
        }
        let is_same = standing.as_deref() == Some(self.manifest) && marker.is_none();
        let sent = Sent {
            sent: plan.sent().map(|entry| entry.path.to_string()).collect(),
            bytes: plan.sent().map(|entry| entry.bytes).sum(),
            removed: plan.removed.clone(),
            from,
            goes_on: marker.is_some(),
        };
        if !self.delivery.dry_run && !is_same {
            self.change(&plan, &there, marker, from)?;
        }
        Ok(sent)
    }

    /// The manifest or the marker that is there; or the one that waits aside since its replacing was cut off.
    fn standing(&self, path: &str, is_meant: impl Fn(&[u8]) -> bool) -> Result<Option<Vec<u8>>, Failed> {
        self.lines.first(path, |store| match read(store, path)? {
            Some(bytes) => Ok(Some(bytes)),
            None if self.delivery.target.kind.replaces() => Ok(None),
            None => Ok(read(store, &aside(0))?.filter(|bytes| is_meant(bytes))),
        })
    }

    /// What is there, and the edition that it was of; or why nothing may be sent.
    #[expect(clippy::type_complexity)]
    fn there(
        &self,
        standing: Option<&[u8]>,
        marker: Option<&[u8]>,
    ) -> Result<Result<(There, Option<Marker>, Option<u32>), Diagnostic>, Failed> {
        let listed = standing.map(manifest::parse);
        let read = marker.map(Marker::parse);
        let is_foreign = |name: &str| Ok(Err(self.foreign(vec![name.to_string()])));
        let listed = match listed {
            Some(None) => return is_foreign(manifest::NAME),
            listed => listed.flatten().unwrap_or_default(),
        };
        let marker = match read {
            Some(None) => return is_foreign(marker::NAME),
            marker => marker.flatten(),
        };
        if let Some(message) = self.other_archive(&listed) {
            return Ok(Err(Diagnostic::error(message)));
        }
        let mut there = There { listed, ..There::default() };
        let Some(marker) = marker else {
            let from = standing.and_then(|bytes| self.journal.edition_of(&fixity::sha256(bytes)));
            return Ok(Ok((there, None, from)));
        };
        there.touched = marker.files.clone();
        there.known = self.journal.known(&marker.run).there;
        if self.delivery.target.kind == TargetKind::Folder {
            // A machine that lost its power may have lost what the journal speaks of, and looking costs little here.
            there.known = self.lines.first("", |store| known_by_reading(store, &there.touched))?;
        }
        let from = marker.from;
        Ok(Ok((there, Some(marker), from)))
    }

    /// Why a manifest is not of this archive: it has documents whose addresses nobody here published.
    fn other_archive(&self, listed: &[ManifestEntry]) -> Option<TargetMessage> {
        let is_new = |path: &str| self.entries.binary_search_by(|entry| entry.path.as_ref().cmp(path)).is_ok();
        let is_known = |folder: &str| {
            let ids = self.delivery.ids;
            ids.line(folder).is_some() || ids.forgotten().any(|forgotten| forgotten.address == folder)
        };
        let documents: BTreeSet<&str> = listed
            .iter()
            .filter(|entry| !is_new(&entry.path))
            .filter_map(|entry| entry.path.strip_suffix("/full.html"))
            .collect();
        // A second edition in traditional characters has a folder of its own.
        let unknown: Vec<String> = documents
            .iter()
            .filter(|folder| !is_known(folder) && !folder.split_once('/').is_some_and(|(_, inner)| is_known(inner)))
            .map(|folder| (*folder).to_string())
            .collect();
        let (target, count) = (self.delivery.target.name.clone(), unknown.len());
        let documents = first_few(unknown);
        (count > 0).then_some(TargetMessage::OtherArchive { target, count, documents })
    }

    fn foreign(&self, files: Vec<String>) -> Diagnostic {
        let (target, count) = (self.delivery.target.name.clone(), files.len());
        Diagnostic::error(TargetMessage::ForeignAtTarget { target, count, files: first_few(files) })
    }

    /// Changes what is there.
    fn change(&self, plan: &Plan<'_>, there: &There, old: Option<Marker>, from: Option<u32>) -> Result<(), Failed> {
        let (edition, is_continued) = (self.delivery.edition, old.is_some());
        let journal = |done: io::Result<()>| {
            done.map_err(|error| Failed { path: ".fonds/targets".to_string(), stop: error.into() })
        };
        let known_run = old.filter(|old| self.journal.known(&old.run).is_of_this).map(|old| old.run);
        let run = known_run.clone().unwrap_or_else(new_run);
        let named = plan.sent().map(|entry| entry.path.to_string()).chain(plan.removed.iter().cloned());
        let marker = Marker::new(
            from,
            (edition.number, &edition.day),
            &run,
            there.touched.iter().cloned().chain(named).collect(),
        );
        self.put_bytes(marker::NAME, &marker.bytes())?;
        if known_run.is_none() {
            journal(self.journal.begin(&run, edition.number))?;
        }
        let bytes = plan.sent().map(|entry| entry.bytes).sum();
        let progress = Progress::of_bytes(Task::Sending, bytes, self.delivery.show);
        self.remove(plan, there)?;
        for stage in &plan.stages {
            self.lines.each(stage, |entry| &entry.path, |store, entry| self.put(store, entry, there, &progress))?;
        }
        progress.finish();
        self.lines.first("", |store| store.settle())?;
        // Whoever publishes to the same target at the same time has put his own marker there.
        let standing = self.lines.first(marker::NAME, |store| read(store, marker::NAME))?;
        if standing.as_deref().and_then(Marker::parse).is_none_or(|standing| standing.run != run) {
            let path = marker::NAME.to_string();
            return Err(Failed { path, stop: refused(Refusal::ChangedMeanwhile, "") });
        }
        self.put_bytes(manifest::NAME, self.manifest)?;
        if is_continued {
            self.clear_parts()?;
        }
        self.lines.first(marker::NAME, |store| {
            store.settle()?;
            store.remove(marker::NAME)
        })?;
        // Without it the next publishing does not know which edition stands there, and that is all.
        let _ = self.journal.end(edition.number, &fixity::sha256(self.manifest));
        Ok(())
    }

    fn remove(&self, plan: &Plan<'_>, there: &There) -> Result<(), Failed> {
        let removed: Vec<&String> = plan.removed.iter().collect();
        let remove = |store: &mut dyn Store, path: &&String| {
            if there.known.contains_key(*path) {
                self.journal.will_change(path)?;
            }
            store.remove(path)
        };
        self.lines.each(&removed, |path| path, remove)?;
        if !self.delivery.target.kind.is_bucket() {
            let emptied = plan.emptied(self.entries);
            self.lines.first("", |store| {
                emptied.iter().for_each(|folder| store.remove_empty(folder));
                Ok(())
            })?;
        }
        Ok(())
    }

    /// What a stopped publishing left of files that were on their way.
    fn clear_parts(&self) -> Result<(), Failed> {
        if self.delivery.target.kind.is_bucket() {
            return Ok(());
        }
        self.lines.first("", |store| {
            let is_left = |name: &str| (0..64).any(|number| name == part(number) || name == aside(number));
            let left: Vec<String> =
                store.list("")?.into_iter().map(|listed| listed.name).filter(|name| is_left(name)).collect();
            left.iter().try_for_each(|name| store.remove(name))
        })
    }

    /// Puts one file of the site there, and reads it back.
    fn put(
        &self,
        store: &mut dyn Store,
        entry: &ManifestEntry,
        there: &There,
        progress: &Progress,
    ) -> Result<(), Stop> {
        let (path, target) = (entry.path.as_ref(), self.delivery.target);
        let head = headers::head(path, entry.bytes, target);
        if there.known.contains_key(path) {
            self.journal.will_change(path)?;
        }
        let mut file = Hashing::new(File::open(self.delivery.site.join(path))?);
        let sent = match head.is_packed {
            true => {
                let mut packed = GzEncoder::new(Vec::new(), Compression::default());
                io::copy(&mut file, &mut packed)?;
                let packed = packed.finish()?;
                store.write(path, &mut packed.as_slice(), packed.len() as u64, &head)?;
                fixity::sha256(&packed)
            }
            false => {
                store.write(path, &mut file, entry.bytes, &head)?;
                entry.sha256
            }
        };
        if file.hash() != entry.sha256 {
            return Err(refused(Refusal::ChangedMeanwhile, ""));
        }
        if target.verify {
            verify(store, path, &sent)?;
        }
        self.journal.is_there(path, &entry.sha256)?;
        progress.advance(entry.bytes);
        Ok(())
    }

    /// Puts the marker or the manifest there.
    fn put_bytes(&self, path: &str, bytes: &[u8]) -> Result<(), Failed> {
        let head = Head { is_packed: false, ..headers::head(path, bytes.len() as u64, self.delivery.target) };
        self.lines.first(path, |store| {
            store.write(path, &mut &*bytes, bytes.len() as u64, &head)?;
            // These two are what all else is known by, so they are read back in any case.
            verify(store, path, &fixity::sha256(bytes))
        })
    }
}

/// Whether what is there is what was sent.
fn verify(store: &mut dyn Store, path: &str, sent: &[u8; 32]) -> Result<(), Stop> {
    match hash_of(store, path)? {
        Some(found) if found == *sent => Ok(()),
        _ => Err(refused(Refusal::NotSame, "")),
    }
}

fn hash_of(store: &mut dyn Store, path: &str) -> Result<Option<[u8; 32]>, Stop> {
    let mut hash = Hashing::new(io::sink());
    Ok(store.read(path, &mut hash)?.then(|| hash.hash()))
}

fn known_by_reading(
    store: &mut dyn Store,
    paths: &BTreeSet<String>,
) -> Result<std::collections::HashMap<String, [u8; 32]>, Stop> {
    let mut known = std::collections::HashMap::new();
    for path in paths {
        if let Some(hash) = hash_of(store, path)? {
            known.insert(path.clone(), hash);
        }
    }
    Ok(known)
}

fn read(store: &mut dyn Store, path: &str) -> Result<Option<Vec<u8>>, Stop> {
    let mut bytes = Vec::new();
    Ok(store.read(path, &mut bytes)?.then_some(bytes))
}

fn first_few(mut names: Vec<String>) -> Vec<String> {
    if names.len() > NAMED {
        names.truncate(NAMED);
        names.push("…".to_string());
    }
    names
}

/// A name that no other publishing has.
fn new_run() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let number = RandomState::new().hash_one((now.as_nanos(), std::process::id()));
    format!("{number:016x}")
}

/// Reads or writes, and takes the SHA-256 of all that passes.
struct Hashing<I> {
    inner: I,
    hash: Sha256,
}

impl<I> Hashing<I> {
    fn new(inner: I) -> Self {
        Self { inner, hash: Sha256::new() }
    }

    fn hash(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }
}

impl<I: Read> Read for Hashing<I> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(into)?;
        self.hash.update(into.get(..length).unwrap_or_default());
        Ok(length)
    }
}

impl<I: Write> Write for Hashing<I> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..length).unwrap_or_default());
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
