//! Answers to harvesters: OAI-PMH 2.0, for whoever asks this server and not a gateway.
//!
//! A catalogue that collects records asks for what is new since its last visit, a hundred at a time. What it gets is what
//! `records.jsonl` holds, as `oai_dc`: of documents that were published, the records that may be described. What was taken back,
//! closed, renamed or replaced is told as deleted, so that a catalogue elsewhere does not keep it for ever.
//!
//! The words of an error are English in every language: harvesters log them, and the protocol has a code for each.

mod repository;
mod request;

use self::repository::{Item, Repository, set_of, sets};
use self::request::{Fault, Kept, Request, Verb, Wanted};
use super::state::State;
use crate::archive::day;
use crate::archive::ids::Ids;
use crate::diagnostic::Report;
use crate::format::dublin_core;
use crate::format::holdings::Holdings;
use crate::format::oai::FORMAT;
use crate::format::xml::{Xml, push_attribute};
use crate::output::staging::Staging;
use crate::page::Pages;
use crate::search::alphabet::Sample;
use crate::site::Site;

/// The address of the repository on this server.
pub(super) const PATH: &str = "/oai";

/// Bytes of a request that is posted.
pub(super) const LONGEST: usize = 1 << 16;

/// Records in one answer.
const PAGE: usize = 100;

const HEAD: &str = "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
                    xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd\">";

/// Whether an archive says what the protocol asks of a repository: where the site stands, and who keeps it.
pub(super) fn is_told(site: &Site) -> bool {
    site.base_url.is_some() && site.publisher_email.is_some()
}

/// The answer to a request that came to `address` with `arguments`; `None` where the archive does not say who keeps it.
pub(super) fn answer(state: &State, address: &str, arguments: &[(String, String)]) -> Option<Vec<u8>> {
    let archive = &*state.archive;
    let (base, email) = (archive.site.base_url.as_deref()?, archive.site.publisher_email.as_deref()?);
    let staging = Staging::nowhere();
    let alphabet = Sample::default().alphabet();
    let since = Pages::new(archive, &state.theme, &staging, &alphabet, &state.changes).published();
    let ids = Ids::read(&archive.root, &mut Report::new());
    let holdings = Holdings { archive, theme: &state.theme, since: &since, files: &[] };
    let repository = Repository::new(archive, base, &since, &ids);
    let desk = Desk { holdings, repository, email, address };
    let mut xml = Xml::new();
    xml.line(HEAD);
    xml.element("responseDate", &day::second());
    let body = Request::read(arguments).and_then(|request| desk.answer(&request));
    let is_understood = !matches!(&body, Err(Fault { code: "badVerb" | "badArgument", .. }));
    let mut attributes = String::new();
    for (name, value) in arguments.iter().filter(|_| is_understood) {
        push_attribute(&mut attributes, name, value);
    }
    xml.element(&format!("request{attributes}"), address);
    match body {
        Ok(body) => xml.line(body.trim_end()),
        Err(Fault { code, words }) => xml.element(&format!("error code=\"{code}\""), &words),
    }
    xml.line("</OAI-PMH>");
    Some(xml.finish())
}

/// What answers are made from.
struct Desk<'a> {
    holdings: Holdings<'a>,
    repository: Repository,
    email: &'a str,
    address: &'a str,
}

impl Desk<'_> {
    fn answer(&self, request: &Request) -> Result<String, Fault> {
        let mut xml = Xml::default();
        let name = request.verb.name();
        xml.line(&format!("<{name}>"));
        match request.verb {
            Verb::Identify => self.identify(&mut xml),
            Verb::ListMetadataFormats => {
                if let Some(identifier) = &request.identifier {
                    self.item(identifier)?;
                }
                xml.line("<metadataFormat>");
                FORMAT.iter().for_each(|(name, value)| xml.element(name, value));
                xml.line("</metadataFormat>");
            }
            Verb::ListSets => self.list_sets(&mut xml)?,
            Verb::GetRecord => {
                let item = self.item(request.identifier.as_deref().unwrap_or_default())?;
                self.record(item, &mut xml);
            }
            Verb::ListIdentifiers => self.list(&request.wanted, &mut xml, header)?,
            Verb::ListRecords => self.list(&request.wanted, &mut xml, |item, xml| self.record(item, xml))?,
        }
        xml.line(&format!("</{name}>"));
        // Only text that was written here.
        Ok(String::from_utf8(xml.finish()).unwrap_or_default())
    }

    fn identify(&self, xml: &mut Xml) {
        let earliest = self.repository.items.first().map_or_else(day::today, |item| item.day.clone());
        xml.element("repositoryName", &self.holdings.archive.site.title);
        xml.element("baseURL", self.address);
        xml.element("protocolVersion", "2.0");
        xml.element("adminEmail", self.email);
        xml.element("earliestDatestamp", &earliest);
        xml.element("deletedRecord", "persistent");
        xml.element("granularity", "YYYY-MM-DD");
    }

    fn item(&self, identifier: &str) -> Result<&Item, Fault> {
        let found = self.repository.items.iter().find(|item| item.identifier == identifier);
        found.ok_or_else(|| Fault::new("idDoesNotExist", "No record has this identifier."))
    }

    fn list_sets(&self, xml: &mut Xml) -> Result<(), Fault> {
        let sets = sets(&self.repository, self.holdings.archive);
        if sets.is_empty() {
            return Err(Fault::no_sets());
        }
        for (spec, title) in sets {
            xml.line("<set>");
            xml.element("setSpec", &spec);
            xml.element("setName", &title);
            xml.line("</set>");
        }
        Ok(())
    }

    /// A page of what is wanted, and where the next one goes on.
    fn list(&self, wanted: &Wanted, xml: &mut Xml, write: impl Fn(&Item, &mut Xml)) -> Result<(), Fault> {
        if wanted.set.is_some() && self.repository.items.iter().all(|item| set_of(&item.folder).is_none()) {
            return Err(Fault::no_sets());
        }
        let all: Vec<&Item> = self.repository.items.iter().filter(|item| wanted.takes(item)).collect();
        let begin = match &wanted.after {
            Some(after) => all.partition_point(|item| item.key() <= (after.day.as_str(), after.identifier.as_str())),
            None => 0,
        };
        let page = &all[begin..all.len().min(begin + PAGE)];
        let Some(last) = page.last() else {
            return Err(match wanted.after {
                Some(_) => Fault::token(),
                None => Fault::new("noRecordsMatch", "No record has all of these properties."),
            });
        };
        page.iter().for_each(|item| write(item, xml));
        let goes_on = begin + page.len() < all.len();
        if goes_on || begin > 0 {
            let next = if goes_on { wanted.token(Kept::of(last)) } else { String::new() };
            let counted = format!("completeListSize=\"{}\" cursor=\"{begin}\"", all.len());
            xml.element(&format!("resumptionToken {counted}"), &next);
        }
        Ok(())
    }

    fn record(&self, item: &Item, xml: &mut Xml) {
        xml.line("<record>");
        header(item, xml);
        if let Some(document) = item.document {
            xml.line("<metadata>");
            xml.line(&dublin_core::oai_dc(&self.holdings.cited(document), ""));
            xml.line("</metadata>");
        }
        xml.line("</record>");
    }
}

fn header(item: &Item, xml: &mut Xml) {
    xml.line(if item.document.is_some() { "<header>" } else { "<header status=\"deleted\">" });
    xml.element("identifier", &item.identifier);
    xml.element("datestamp", &item.day);
    if let Some(set) = set_of(&item.folder) {
        xml.element("setSpec", &set);
    }
    xml.line("</header>");
}
