//! All records together: pass 1 of the build.
//!
//! Navigation needs every record, and no page needs every text. So this reads only what stands between the `+++` lines,
//! a kilobyte or two a document, and from then on nothing changes: ids, collections, order, neighbours and indexes are
//! the same for every worker of pass 2.

pub(crate) mod address;
pub mod changes;
pub(crate) mod collection;
pub(crate) mod consistency;
pub(crate) mod day;
pub mod edition;
mod entry;
pub(crate) mod filing;
pub(crate) mod forgotten;
pub(crate) mod former;
pub(crate) mod history;
pub(crate) mod ids;
pub(crate) mod index;
pub(crate) mod link;
pub(crate) mod litter;
pub(crate) mod lost;
mod numbers;
pub(crate) mod picture;
pub(crate) mod places;
mod readings;
pub(crate) mod reserved;
pub mod scan;
pub(crate) mod withdrawn;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use self::collection::{Collection, Sort};
pub(crate) use self::entry::{Entry, ReadRecord};
use self::former::{Former, LeftOut};
use self::index::{Index, IndexKind};
use self::scan::{FoundDocument, Scanned, SourceFile};
use crate::diagnostic::messages::{AddressMessage, ArchiveMessage};
use crate::diagnostic::{Diagnostic, Report, Source, visible};
use crate::folder::Folder;
use crate::record::Record;
use crate::site::Site;
use crate::text::anchor::is_id;

/// Everything that navigation knows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Archive {
    /// site.toml.
    pub site: Site,
    /// The archive's folder; none for an archive in memory.
    pub root: Folder,
    /// `content/_index.md`.
    pub home: Option<SourceFile>,
    /// The archive itself first, then every collection in the order of paths.
    pub(crate) collections: Vec<Collection>,
    /// In the order of their files' paths.
    pub(crate) documents: Vec<Entry>,
    /// Documents that others stand for: they are published no more, and their addresses lead on.
    pub(crate) replaced: Vec<Entry>,
    /// Former addresses, folders in the site, and where they lead.
    pub(crate) former: BTreeMap<String, Former>,
    /// Drafts that are not built.
    pub(crate) left_out: Vec<LeftOut>,
    /// All documents, oldest first, undated last.
    pub by_date: Vec<usize>,
    /// Indexes that have entries.
    pub(crate) indexes: Vec<Index>,
    /// Other files in `content/`: paths from the archive's root.
    pub files: BTreeSet<String>,
    /// Those of the files that are in memory and not on the disc.
    pub held: BTreeMap<String, Vec<u8>>,
    /// Folders of documents whose text is withheld, with a closing `/`.
    withheld: BTreeSet<String>,
    by_id: BTreeMap<String, usize>,
    by_path: BTreeMap<String, usize>,
}

/// What becomes of records that say `draft = true`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// They are documents like any other.
    Included,
    /// Only their names are known.
    LeftOut,
}

impl Drafts {
    /// As `--drafts` was typed or not.
    pub(crate) fn asked_for(asked: bool) -> Self {
        if asked { Self::Included } else { Self::LeftOut }
    }
}

/// The indexes that have an entry.
fn indexes(documents: &[Entry], by_date: &[usize]) -> Vec<Index> {
    let of = |kind| Index::new(kind, by_date.iter().map(|at| (*at, &*documents[*at].record)));
    IndexKind::ALL.into_par_iter().map(of).filter(|index| !index.entries.is_empty()).collect()
}

impl Archive {
    /// Reads every record that was found.
    pub fn read(site: Site, root: &Folder, found: Scanned, drafts: Drafts, report: &mut Report) -> Self {
        let read =
            found.documents.par_iter().map(|document| ReadRecord::of(root, &document.source, site.profile)).collect();
        Self::assemble(site, root, found, read, drafts, report)
    }

    /// Puts records together that were read, one for each document that was found.
    pub(crate) fn assemble(
        site: Site,
        root: &Folder,
        found: Scanned,
        read: Vec<ReadRecord>,
        drafts: Drafts,
        report: &mut Report,
    ) -> Self {
        let mut collections = read_collections(root, found.collections, report);
        let places: BTreeMap<String, usize> =
            collections.iter().enumerate().map(|(at, collection)| (collection.path.clone(), at)).collect();
        let mut all = Vec::with_capacity(read.len());
        let mut left_out = Vec::new();
        let mut withheld = BTreeSet::new();
        for (document, ReadRecord { record, report: faults }) in found.documents.into_iter().zip(read) {
            report.merge(faults);
            let is_draft = record.draft && drafts == Drafts::LeftOut;
            let collection = places.get(&document.collection).copied().unwrap_or(0);
            let entry = entry(document, record, collection, &found.files);
            if is_draft || !entry.record.text_is_open() {
                withheld.insert(entry.own_folder());
            }
            match is_draft {
                true => left_out.push(LeftOut::of(entry)),
                false => all.push(entry),
            }
        }
        check_folders(&collections, &site, report);
        check_ids(root, &all, &site, report);
        let (replaced, mut documents): (Vec<Entry>, Vec<Entry>) =
            all.into_iter().partition(|entry| entry.record.replaced_by.is_some());
        let everything = former::Everything {
            root,
            site: &site,
            documents: &documents,
            replaced: &replaced,
            left_out: &left_out,
            collections: &collections,
        };
        let former = former::find(&everything, report);
        consistency::numbers(root, &documents, report);
        let by_id = documents.iter().enumerate().map(|(at, entry)| (entry.id.clone(), at)).collect();
        let by_path = documents.iter().enumerate().map(|(at, entry)| (entry.source.path.clone(), at)).collect();
        let by_date = put_in_order(&mut collections, &mut documents);
        let indexes = indexes(&documents, &by_date);
        Self {
            site,
            root: root.clone(),
            home: found.home,
            collections,
            documents,
            replaced,
            former,
            left_out,
            by_date,
            indexes,
            files: found.files,
            held: found.held,
            withheld,
            by_id,
            by_path,
        }
    }

    /// Whether the site's address is known, so that what needs absolute addresses can be made.
    pub(crate) fn has_address(&self) -> bool {
        self.site.base_url.is_some()
    }

    /// The absolute address of a page, where the site's is known.
    pub(crate) fn address_of(&self, path: &str) -> Option<String> {
        let base = self.site.base_url.as_deref()?;
        Some(address::absolute(base, path.strip_suffix("index.html").unwrap_or(path)))
    }

    /// Whether a file, by its path from the archive's root, belongs to a document whose text is withheld.
    pub(crate) fn withholds(&self, path: &str) -> bool {
        path.match_indices('/').any(|(at, _)| self.withheld.contains(&path[..=at]))
    }

    /// The document with an id.
    pub(crate) fn by_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The document in a file, by its path from the archive's root.
    pub(crate) fn by_path(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// All ids.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(String::as_str)
    }

    /// The index of a kind, where it has entries.
    pub(crate) fn index(&self, kind: IndexKind) -> Option<&Index> {
        self.indexes.iter().find(|index| index.kind == kind)
    }

    /// The newest documents, by date.
    pub(crate) fn newest(&self, count: usize) -> Vec<usize> {
        let mut dated: Vec<_> =
            (0..self.documents.len()).filter(|at| self.documents[*at].record.date.is_some()).collect();
        dated.sort_by(|a, b| {
            let key = |at: &usize| self.documents[*at].record.date.as_ref().map(crate::record::date::Date::sort_key);
            key(b).cmp(&key(a)).then_with(|| self.documents[*a].id.cmp(&self.documents[*b].id))
        });
        dated.truncate(count);
        dated
    }
}

fn read_collections(
    root: &Folder,
    found: BTreeMap<String, Option<SourceFile>>,
    report: &mut Report,
) -> Vec<Collection> {
    let mut collections = vec![Collection::default()];
    let mut places = BTreeMap::from([(String::new(), 0)]);
    for (path, source) in found {
        let text = source.as_ref().and_then(|source| match source.read(root) {
            Ok(text) => Some(text),
            Err(fault) => {
                report.push(fault);
                None
            }
        });
        let mut collection = Collection::read(&path, source, text.as_deref(), report);
        // A parent's path is a prefix of the child's, so it comes first.
        let parent = places.get(path.rsplit_once('/').map_or("", |(parent, _)| parent)).copied().unwrap_or(0);
        collection.parent = Some(parent);
        let at = collections.len();
        places.insert(path, at);
        collections[parent].children.push(at);
        collections.push(collection);
    }
    collections
}

fn entry(document: FoundDocument, record: Arc<Record>, collection: usize, files: &BTreeSet<String>) -> Entry {
    let id = record.id.as_ref().map_or_else(|| document.stem.clone(), |id| id.value.clone());
    let separator = if document.collection.is_empty() { "" } else { "/" };
    let directory = format!("{}{separator}{id}", document.collection);
    let mut attachments = Vec::new();
    if let Some(folder) = document.folder.as_ref().filter(|_| record.text_is_open()) {
        let original = format!("{folder}original/");
        let inside = files.range(folder.clone()..).take_while(|path| path.starts_with(folder.as_str()));
        attachments = inside.filter(|path| !path.starts_with(&original) && !path.ends_with(".md")).cloned().collect();
        attachments.sort_by_cached_key(|path: &String| filing::natural(path));
    }
    Entry {
        record,
        id,
        source: document.source,
        folder: document.folder,
        collection,
        directory,
        attachments,
        previous: None,
        next: None,
    }
}

/// A collection's folder is a folder of the site, and some of those are the site's own.
fn check_folders(collections: &[Collection], site: &Site, report: &mut Report) {
    for collection in collections.iter().filter(|collection| !collection.path.contains('/')) {
        let Some(taker) = reserved::taker(&collection.path, site) else { continue };
        let message = ArchiveMessage::FolderNameTaken { name: collection.path.clone(), taker };
        report.push(Diagnostic::error(message).in_file(format!("content/{}", collection.path)));
    }
}

/// Ids are addresses: each is well formed and there is one of each, also where upper and lower case are the same.
fn check_ids(root: &Folder, documents: &[Entry], site: &Site, report: &mut Report) {
    let mut folded: BTreeMap<String, usize> = BTreeMap::new();
    for (at, entry) in documents.iter().enumerate() {
        let fault = |fault: Diagnostic| match (&entry.record.id, entry.source.read_head(root)) {
            (Some(id), Ok(text)) => fault.at(Source { file: &entry.source.path, text: &text }, id.span.clone()),
            _ => fault.in_file(entry.source.path.clone()),
        };
        let taker = reserved::taker(&entry.directory, site).filter(|_| !entry.directory.contains('/'));
        if !is_id(&entry.id) {
            let id = visible(&entry.id).into_owned();
            report.push(fault(Diagnostic::error(AddressMessage::BadDocumentId { id })));
        } else if let Some(taker) = taker {
            let address = entry.directory.clone();
            report.push(fault(Diagnostic::error(AddressMessage::AddressOfSite { address, taker })));
        }
        if let Some(other) = folded.insert(entry.id.to_lowercase(), at) {
            let other = documents[other].source.path.clone();
            report.push(fault(Diagnostic::error(AddressMessage::DuplicateId { id: entry.id.to_string(), other })));
        }
    }
}

/// Orders documents. What a title is compared by is made when it is first asked for: most dates differ.
struct Ordering<'a> {
    documents: &'a [Entry],
    titles: Vec<OnceLock<String>>,
}

impl<'a> Ordering<'a> {
    fn new(documents: &'a [Entry]) -> Self {
        Self { documents, titles: (0..documents.len()).map(|_| OnceLock::new()).collect() }
    }

    /// Oldest first, undated last.
    fn by_date(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.documents.len()).collect();
        order.sort_by(|a, b| self.dates(*a, *b));
        order
    }

    fn title(&self, at: usize) -> &str {
        self.titles[at].get_or_init(|| filing::natural(&self.documents[at].record.title))
    }

    fn titles(&self, a: usize, b: usize) -> std::cmp::Ordering {
        let (one, two) = (&self.documents[a], &self.documents[b]);
        let by_title = self.title(a).cmp(self.title(b));
        by_title.then_with(|| one.record.title.cmp(&two.record.title)).then_with(|| one.id.cmp(&two.id))
    }

    /// Oldest first, undated last, then by title and id.
    fn dates(&self, a: usize, b: usize) -> std::cmp::Ordering {
        let key = |at: usize| {
            let date = &self.documents[at].record.date;
            (date.is_none(), date.as_ref().map(crate::record::date::Date::sort_key))
        };
        key(a).cmp(&key(b)).then_with(|| self.titles(a, b))
    }

    fn sort(&self, order: &mut [usize], sort: Sort) {
        match sort {
            Sort::Date => order.sort_by(|a, b| self.dates(*a, *b)),
            Sort::DateDescending => order.sort_by(|a, b| {
                let undated = |at: usize| self.documents[at].record.date.is_none();
                undated(*a).cmp(&undated(*b)).then_with(|| self.dates(*b, *a))
            }),
            Sort::Title => order.sort_by(|a, b| self.titles(*a, *b)),
            Sort::File => order.sort_by_cached_key(|at| filing::natural(self.documents[*at].stem())),
        }
    }
}

/// Puts collections in the order of their titles; in that of their folders where the collection around them goes by files, or
/// where every folder begins with a figure, since somebody has numbered them.
fn order_collections(collections: &mut [Collection]) {
    for at in 0..collections.len() {
        let mut children = std::mem::take(&mut collections[at].children);
        let folder = |child: &usize| collections[*child].path.rsplit('/').next().unwrap_or_default();
        let numbered = children.iter().all(|child| folder(child).starts_with(|first: char| first.is_ascii_digit()));
        match numbered || collections[at].sort == Sort::File {
            true => children.sort_by_cached_key(|child| filing::natural(folder(child))),
            false => children.sort_by_cached_key(|child| filing::natural(&collections[*child].title)),
        }
        collections[at].children = children;
    }
}

/// Puts every collection's documents in its order and makes each know its neighbours.
fn put_in_order(collections: &mut [Collection], documents: &mut [Entry]) -> Vec<usize> {
    for (at, document) in documents.iter().enumerate() {
        collections[document.collection].documents.push(at);
    }
    order_collections(collections);
    let ordering = Ordering::new(documents);
    let by_date = ordering.by_date();
    for collection in collections.iter_mut() {
        ordering.sort(&mut collection.documents, collection.sort);
    }
    for collection in collections.iter_mut() {
        let order = &collection.documents;
        for pair in order.windows(2) {
            documents[pair[0]].next = Some(pair[1]);
            documents[pair[1]].previous = Some(pair[0]);
        }
        collection.total = order.len();
    }
    for at in (1..collections.len()).rev() {
        if let Some(parent) = collections[at].parent {
            collections[parent].total += collections[at].total;
        }
    }
    by_date
}
