//! A METS for each document of a deposit, made from the files that the deposit has of it.

use std::collections::BTreeMap;
use std::io;

use anyhow::Result;
use rayon::prelude::*;

use super::contents::{Ground, made, originals_of};
use super::item::{Item, Origin};
use crate::archive::Entry;
use crate::archive::changes::Changes;
use crate::archive::history;
use crate::archive::ids::Ids;
use crate::diagnostic::Report;
use crate::diagnostic::cause::While;
use crate::diagnostic::messages::Doing;
use crate::fixity;
use crate::format::holdings::Holdings;
use crate::format::mets::{self, Member, Use, Whole};
use crate::output::staging::Staging;
use crate::page::Pages;
use crate::record::Original;
use crate::search::alphabet::Sample;
use crate::theme::Theme;

/// Makes them, of every document whose record may be described.
///
/// # Errors
/// A file of the archive cannot be read.
pub(super) fn describe(ground: &Ground<'_>, theme: &Theme, items: &[Item]) -> Result<Vec<Item>> {
    let archive = ground.archive;
    let ids = Ids::read(&archive.root, &mut Report::new());
    let changes = Changes::read(&archive.root, &mut Report::new()).among(&ids);
    let (staging, alphabet) = (Staging::nowhere(), Sample::default().alphabet());
    let since = Pages::new(archive, theme, &staging, &alphabet, &changes).published();
    let holdings = Holdings { archive, theme, since: &since, files: ground.site };
    let mut files: BTreeMap<usize, Vec<&Item>> = BTreeMap::new();
    for item in items {
        if let Some(document) = item.document {
            files.entry(document).or_default().push(item);
        }
    }
    let described: Vec<usize> = holdings.described().collect();
    let write = |document: usize| -> Result<Item> {
        let entry = &archive.documents[document];
        let of_document = files.get(&document).map_or(&[][..], Vec::as_slice);
        let mut members: Vec<Member<'_>> =
            of_document.iter().map(|item| member(ground, entry, item)).collect::<Result<_>>()?;
        members.sort_by(|one, two| (one.is, &one.path).cmp(&(two.is, &two.path)));
        let whole = Whole { work: holdings.work(document), members, editions: changes.editions() };
        Ok(Item { document: Some(document), ..made(&mets::path_of(&entry.id), mets::write(&whole)) })
    };
    described.into_par_iter().map(write).collect()
}

fn member<'a>(ground: &Ground<'_>, entry: &'a Entry, item: &Item) -> Result<Member<'a>> {
    let original = original_at(entry, item);
    let is = match &item.from {
        Origin::Site(_) => Use::Site,
        _ if item.path.starts_with(history::FOLDER) => Use::Editions,
        _ if original.is_some() => Use::Original,
        Origin::Copy(_) => Use::Text,
        Origin::Archive(path) if *path == entry.source.path => Use::Text,
        _ => Use::Beside,
    };
    let sha256 = sha256(ground, item).while_doing(|| Doing::Reading { path: item.path.clone() })?;
    Ok(Member { is, path: item.path.clone(), bytes: item.bytes, sha256, original })
}

/// What the record says of a file, where it is an original.
fn original_at<'a>(entry: &'a Entry, item: &Item) -> Option<&'a Original> {
    let Origin::Archive(path) = &item.from else { return None };
    originals_of(entry).find(|(known, _)| known == path).map(|(_, original)| original)
}

/// The digest of a file: the site's manifest has those of the site.
fn sha256(ground: &Ground<'_>, item: &Item) -> io::Result<[u8; 32]> {
    match &item.from {
        Origin::Archive(path) => fixity::sha256_of(ground.archive.root.file(path)?),
        Origin::Site(path) | Origin::Copy(path) => {
            let found = ground.site.binary_search_by(|entry| entry.path.as_ref().cmp(path.as_str()));
            found.map(|at| ground.site[at].sha256).map_err(|_| io::ErrorKind::NotFound.into())
        }
        Origin::Made(bytes) => Ok(fixity::sha256(bytes)),
    }
}
