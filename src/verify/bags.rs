//! A bag held against its lists, and bags that belong together.

use std::collections::BTreeMap;

use super::listed::{Looked, Place, Present, compare};
use super::tags::{Tags, lists, together};
use crate::bag;
use crate::diagnostic::Report;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::FixityMessage;
use crate::file;
use crate::folder::{Folder, Kind};

/// The group of bags that a bag is one of.
type Group = Option<(String, usize)>;

/// Whether a folder is a bag, also one that has lost its bagit.txt.
pub(super) fn is_bag(folder: &Folder, name: &str) -> bool {
    let inner = |inner: &str| if name.is_empty() { inner.to_string() } else { format!("{name}/{inner}") };
    folder.has_file(&inner(bag::DECLARATION))
        || matches!(folder.kind(&inner(bag::PAYLOAD)), Ok(Kind::Folder))
            && folder
                .names(name)
                .is_ok_and(|names| names.iter().any(|name| name.starts_with(bag::MANIFEST) && name.ends_with(".txt")))
}

/// The bags that lie in a folder, by their names.
pub(super) fn within(folder: &Folder) -> Vec<String> {
    let names = folder.names("").unwrap_or_default();
    names.into_iter().filter(|name| matches!(folder.kind(name), Ok(Kind::Folder)) && is_bag(folder, name)).collect()
}

/// Verifies one bag.
pub(super) fn one(folder: &Folder, progress: Option<Lang>) -> Looked {
    verify(folder, "", progress).0
}

/// Verifies bags that lie in one folder, and whether those that belong together are all there.
pub(super) fn several(folder: &Folder, names: &[String], progress: Option<Lang>) -> Looked {
    let mut looked = Looked::default();
    let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for name in names {
        let path = folder.path().join(name);
        match Folder::open(&path) {
            Ok(bag) => {
                let (found, group) = verify(&bag, &format!("{name}/"), progress);
                looked.merge(found);
                if let Some((group, count)) = group {
                    let known = groups.entry(group).or_insert((0, count));
                    *known = (known.0 + 1, known.1.max(count));
                }
            }
            Err(error) => looked.report.push(file::unreadable(name, &error)),
        }
    }
    for (group, (found, count)) in groups {
        if found < count {
            let place = Place { prefix: "", list: "", progress };
            looked.report.push(place.error("", FixityMessage::BagAlone { group, found, count }));
        }
    }
    looked
}

fn verify(folder: &Folder, prefix: &str, progress: Option<Lang>) -> (Looked, Group) {
    let mut report = Report::new();
    let place = Place { prefix, list: "", progress };
    let tags = Tags::read(folder, place, &mut report);
    let present = Present::in_folder(folder, &place, &mut report);
    let (payload, others) = apart(present);
    let names: Vec<String> = others.files.iter().filter(|name| !name.contains('/')).cloned().collect();
    let manifests = lists(&tags, bag::MANIFEST, &names, &mut report);
    if manifests.is_empty() {
        report.push(place.error("", FixityMessage::BagWithoutList));
    }
    let mut listed = together(&tags, &manifests, true, &mut report);
    fetched(&tags, &mut listed, &manifests, &mut report);
    let all: Vec<&str> = manifests.iter().map(|(name, _)| name.as_str()).collect();
    let in_lists = all.join(", ");
    let mut looked = compare(folder, &listed, &payload, &Place { list: &in_lists, ..place }, true);
    let tag_lists = lists(&tags, bag::TAG_MANIFEST, &names, &mut report);
    let mut of_tags = together(&tags, &tag_lists, false, &mut report);
    // That it is missing was told.
    of_tags.retain(|file| file.path != bag::DECLARATION || others.files.contains(bag::DECLARATION));
    looked.merge(compare(folder, &of_tags, &others, &place, false));
    let info = match others.files.contains(bag::INFO) {
        true => tags.pairs(bag::INFO, &mut report),
        false => BTreeMap::new(),
    };
    if let Some(said) = info.get(&bag::OXUM.to_ascii_lowercase()) {
        let bytes: u64 = payload.files.iter().map(|path| folder.length(path)).sum();
        let found = format!("{bytes}.{}", payload.files.len());
        if *said != found {
            report.push(place.error(bag::INFO, FixityMessage::BagOxum { said: said.clone(), found }));
        }
    }
    looked.report.merge(report);
    (looked, group(&info))
}

/// What is kept, and what is said of it.
fn apart(present: Present) -> (Present, Present) {
    let is_payload = |path: &String| path.starts_with(bag::PAYLOAD);
    let (files, other_files) = present.files.into_iter().partition(is_payload);
    let (links, other_links) = present.links.into_iter().partition(is_payload);
    (Present { files, links }, Present { files: other_files, links: other_links })
}

/// Gives files that fetch.txt names their addresses. One that is in no list is told: nobody could tell whether it is right.
fn fetched(
    tags: &Tags<'_>,
    listed: &mut [super::listed::Listed],
    manifests: &[(String, super::digest::Algorithm)],
    report: &mut Report,
) {
    for (path, address) in tags.fetch(report) {
        match listed.binary_search_by(|file| file.path.cmp(&path)) {
            Ok(at) => listed[at].address = Some(address),
            Err(_) => {
                let list = manifests.first().map_or(String::new(), |(name, _)| name.clone());
                report.push(tags.place.error(&path, FixityMessage::BagNotInEvery { list }));
            }
        }
    }
}

/// “2 of 3” of a group.
fn group(info: &BTreeMap<String, String>) -> Group {
    let id = info.get(&bag::GROUP.to_ascii_lowercase())?;
    let (_, count) = info.get(&bag::COUNT.to_ascii_lowercase())?.split_once(" of ")?;
    Some((id.clone(), count.trim().parse().ok()?))
}
