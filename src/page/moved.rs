//! Pages at addresses that were published once: each leads to what stands for it today.
//!
//! A static site cannot answer with a redirect, so a small page does it, by `meta refresh` and with a link for those whose
//! browser does not. It works from a disc too. The place that an old link names (`s1.html#s1-2`) goes on to the new page
//! where a script runs; there the text has the former ids of its sections beside those of today.
//!
//! An address that was taken back ([`crate::archive::forgotten`]) leads nowhere, and says so.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;

use super::template::Template;
use super::{Head, Output, Pages};
use crate::archive::Entry;
use crate::archive::address;
use crate::archive::changes::Since;
use crate::archive::forgotten::Forgotten;
use crate::archive::former::Reason;
use crate::archive::ids::{self, Ids};
use crate::archive::places::{Arrival, Places};
use crate::archive::reserved::FULL;
use crate::archive::reserved::{EDITIONS, INDEX};
use crate::record::language::direction;

/// A page that leads elsewhere.
struct Moved<'a> {
    /// Its folder in the site.
    folder: &'a str,
    /// Its name without `.html`.
    page: String,
    to: Arrival,
    why: Why,
}

/// Why the page leads elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    Moved,
    Replaced,
    Section,
    Withheld,
}

impl Why {
    fn word(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Replaced => "replaced",
            Self::Section => "section",
            Self::Withheld => "withheld",
        }
    }
}

/// A page that says that its address was taken back.
struct Gone<'a> {
    forgotten: &'a Forgotten,
    /// Its name without `.html`.
    page: &'a str,
}

#[derive(Serialize)]
struct MovedView<'a> {
    kind: &'static str,
    title: &'a str,
    url: String,
    day: Option<&'a str>,
    because: Option<&'a str>,
    keeps_place: bool,
    lang: Option<&'a str>,
    dir: Option<&'static str>,
}

impl Pages<'_> {
    /// Writes a page at every former address.
    ///
    /// # Errors
    /// The machine refuses to write.
    pub(crate) fn write_moved(&self, places: &Places<'_>, ids: &Ids, since: &[Since]) -> Result<Output> {
        let mut moved = self.within_documents(places, ids);
        moved.extend(self.of_documents(places, ids, since));
        let gone = self.forgotten(places, ids, &moved);
        let mut pages: Vec<Output> = moved.par_iter().map(|page| self.write_one(page)).collect::<Result<_>>()?;
        pages.extend(gone.par_iter().map(|page| self.write_gone(page)).collect::<Result<Vec<_>>>()?);
        let mut output = Output::default();
        pages.into_iter().for_each(|page| output.merge(page));
        Ok(output)
    }

    /// Pages of sections that stood in a document where it stands today.
    fn within_documents<'p>(&'p self, places: &Places<'p>, ids: &Ids) -> Vec<Moved<'p>> {
        let mut moved = Vec::new();
        for (document, entry) in self.archive.documents.iter().enumerate() {
            let line = ids.line(&entry.directory);
            let published = line.map_or("", |line| line.sections.as_str());
            let aliases = &entry.record.section_aliases;
            let unchanged = places.sections[document].as_deref() == Some(published);
            if !places.is_known(document) || aliases.is_empty() && (unchanged || line.is_none()) {
                continue;
            }
            let is_open = entry.record.text_is_open();
            let today: BTreeSet<&str> = places.of(document).map(|(_, page)| page).chain([INDEX]).collect();
            let former: BTreeSet<&str> = ids::sections(published)
                .map(|(_, page)| page)
                .chain(unknown_aliases(entry, published))
                .filter(|page| !today.contains(page))
                .filter(|page| is_open || says_nothing(page))
                .collect();
            let why = if is_open { Why::Section } else { Why::Withheld };
            for page in former {
                if let Some(to) = places.find(document, page) {
                    moved.push(Moved { folder: &entry.directory, page: page.to_string(), to, why });
                }
            }
        }
        moved
    }

    /// The pages of documents at addresses that they had before.
    fn of_documents<'p>(&'p self, places: &Places<'p>, ids: &Ids, since: &[Since]) -> Vec<Moved<'p>> {
        let mut moved = Vec::new();
        for (folder, former) in &self.archive.former {
            let document = former.document;
            let published = match ids.line(folder) {
                Some(line) => line.sections.as_str(),
                None => sections_at(former.reason, places.sections[document].as_deref()),
            };
            let is_open = self.archive.documents[document].record.text_is_open();
            let sections = ids::sections(published).map(|(_, page)| page).filter(|page| is_open || says_nothing(page));
            let has_changed = since.get(document).is_some_and(Since::has_changed);
            // Whether a document that another one stands for had a list of changes is not known any more.
            let editions = (has_changed || former.reason == Reason::Replaced).then_some(EDITIONS);
            let pages: BTreeSet<&str> = sections.chain([INDEX]).chain(editions).collect();
            for page in pages {
                let first = || Arrival { document, page: INDEX.to_string(), section: None };
                let (to, why) = match former.reason {
                    Reason::Moved if page == EDITIONS => {
                        (Arrival { document, page: EDITIONS.to_string(), section: None }, Why::Moved)
                    }
                    Reason::Moved => (places.find(document, page).unwrap_or_else(first), Why::Moved),
                    Reason::Replaced => (first(), Why::Replaced),
                };
                moved.push(Moved { folder, page: page.to_string(), to, why });
            }
        }
        moved
    }

    /// Pages of what was taken back, where nothing has come to stand since.
    fn forgotten<'i>(&self, places: &Places<'_>, ids: &'i Ids, moved: &[Moved<'_>]) -> Vec<Gone<'i>> {
        if ids.forgotten().next().is_none() {
            return Vec::new();
        }
        let documents = self.archive.documents.iter().enumerate();
        let live: BTreeMap<&str, usize> = documents.map(|(at, entry)| (entry.directory.as_str(), at)).collect();
        let mut taken: BTreeSet<(String, String)> =
            moved.iter().map(|moved| (moved.folder.to_string(), moved.page.clone())).collect();
        let mut gone = Vec::new();
        for forgotten in ids.forgotten() {
            let document = live.get(forgotten.address.as_str()).copied();
            if document.is_some_and(|document| !places.is_known(document)) {
                continue;
            }
            let own = |page: &str| {
                document.is_some_and(|document| page == INDEX || places.of(document).any(|(_, own)| own == page))
            };
            for page in &forgotten.names {
                if !own(page) && taken.insert((forgotten.address.clone(), page.clone())) {
                    gone.push(Gone { forgotten, page });
                }
            }
        }
        gone
    }

    fn write_gone(&self, gone: &Gone<'_>) -> Result<Output> {
        let mut output = Output::default();
        let Gone { forgotten, page } = gone;
        let path = format!("{}/{page}.html", forgotten.address);
        if !self.wants(&path) {
            return Ok(output);
        }
        let language = self.site_language();
        let title = self.words(language).get("gone_title");
        let head = Head { template: Template::Moved, path: &path, title, description: None, language };
        let mut context = self.context(&head, &mut output);
        self.put_page(&head, &path, &mut context);
        self.put_crumbs(&[], &head, &mut context, &mut output);
        let view = MovedView {
            kind: "forgotten",
            title,
            url: format!("{}index.html", address::root(&path)),
            day: Some(&forgotten.day),
            because: Some(&forgotten.because),
            keeps_place: false,
            lang: None,
            dir: None,
        };
        context.insert("moved", &view);
        self.page(&head, &context, &mut output)?;
        Ok(output)
    }

    fn write_one(&self, moved: &Moved<'_>) -> Result<Output> {
        let mut output = Output::default();
        let entry = &self.archive.documents[moved.to.document];
        let language = self.language(moved.to.document);
        let words = self.words(language);
        let path = format!("{}/{}.html", moved.folder, moved.page);
        if !self.wants(&path) {
            return Ok(output);
        }
        let root = address::root(&path);
        let head = Head {
            template: Template::Moved,
            path: &path,
            title: words.get("moved_title"),
            description: None,
            language,
        };
        let mut context = self.context(&head, &mut output);
        let target = format!("{}/{}.html", entry.directory, moved.to.page);
        self.put_page(&head, &target, &mut context);
        let above = self.down_to(entry.collection, language);
        self.put_crumbs(&super::crumbs(&above, &root), &head, &mut context, &mut output);
        let mut url = format!("{root}{}", address::encode(&target));
        if let Some(section) = &moved.to.section {
            url.push('#');
            url.push_str(&address::encode(section));
        }
        let lang = Some(entry.language(&self.archive.site)).filter(|tag| *tag != words.tag());
        let view = MovedView {
            kind: moved.why.word(),
            title: &entry.record.title,
            url,
            day: None,
            because: None,
            keeps_place: matches!(moved.why, Why::Moved | Why::Section)
                && (moved.page == INDEX || moved.to.page != INDEX),
            lang,
            dir: lang.map(direction),
        };
        context.insert("moved", &view);
        self.page(&head, &context, &mut output)?;
        Ok(output)
    }
}

/// Whether a page's name has no word of the text in it. Most sections are named by the words of their headings, and those of a
/// text that was closed must not be read there; `s1-2` only counts.
fn says_nothing(page: &str) -> bool {
    let counts = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
    page == FULL || page.strip_prefix('s').is_some_and(|rest| !rest.is_empty() && counts(rest))
}

/// Former ids of sections that content/ids.lock does not know, so that nobody knows on which page they stood: each gets one.
pub(crate) fn unknown_aliases<'a>(entry: &'a Entry, published: &str) -> impl Iterator<Item = &'a str> {
    let known: BTreeSet<&str> = match entry.record.section_aliases.is_empty() {
        true => BTreeSet::new(),
        false => ids::sections(published).map(|(id, _)| id).collect(),
    };
    let unknown = |old: &&str| !known.contains(old);
    let aliases = entry.record.section_aliases.iter().map(|(old, _)| old.value.as_str());
    aliases.filter(unknown).collect::<Vec<_>>().into_iter()
}

/// The sections that a former address had, where content/ids.lock does not know it: those of a document that moved are
/// taken to be those of today.
pub(crate) fn sections_at(reason: Reason, today: Option<&str>) -> &str {
    match reason {
        Reason::Moved => today.unwrap_or_default(),
        Reason::Replaced => "",
    }
}
