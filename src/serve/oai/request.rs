//! What a harvester asks for.
//!
//! A token holds all of a request, with the last record that was sent. So the server remembers nothing, and a harvest that was
//! broken off goes on after a restart, even where records came or went meanwhile.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::repository::{Item, set_of};
use crate::archive::day::is_day;

/// What can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Identify,
    ListMetadataFormats,
    ListSets,
    GetRecord,
    ListIdentifiers,
    ListRecords,
}

/// A verb, its name, the arguments that it may have and those that it must have.
type Form = (Verb, &'static str, &'static [&'static str], &'static [&'static str]);

const PREFIX: &str = "metadataPrefix";
const TOKEN: &str = "resumptionToken";
const LIST: &[&str] = &["from", "until", "set", PREFIX, TOKEN];

const FORMS: [Form; 6] = [
    (Verb::Identify, "Identify", &[], &[]),
    (Verb::ListMetadataFormats, "ListMetadataFormats", &["identifier"], &[]),
    (Verb::ListSets, "ListSets", &[TOKEN], &[]),
    (Verb::GetRecord, "GetRecord", &["identifier", PREFIX], &["identifier", PREFIX]),
    (Verb::ListIdentifiers, "ListIdentifiers", LIST, &[PREFIX]),
    (Verb::ListRecords, "ListRecords", LIST, &[PREFIX]),
];

impl Verb {
    /// As the protocol writes it.
    pub(super) fn name(self) -> &'static str {
        FORMS.iter().find(|(verb, ..)| *verb == self).map_or("", |(_, name, ..)| name)
    }
}

/// Why there is no answer: a code of the protocol, and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub code: &'static str,
    pub words: String,
}

impl Fault {
    pub(super) fn new(code: &'static str, words: &str) -> Self {
        Self { code, words: words.to_string() }
    }

    pub(super) fn token() -> Self {
        Self::new("badResumptionToken", "This token is not one of this list; begin the list again.")
    }

    pub(super) fn no_sets() -> Self {
        Self::new("noSetHierarchy", "This repository has no sets.")
    }

    fn argument(words: &str) -> Self {
        Self::new("badArgument", words)
    }
}

/// A record that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub day: String,
    pub identifier: String,
}

impl Kept {
    pub(super) fn of(item: &Item) -> Self {
        Self { day: item.day.clone(), identifier: item.identifier.clone() }
    }
}

/// Which records are wanted. It is also what a token holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wanted {
    verb: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
    /// The last record that was sent.
    pub after: Option<Kept>,
}

impl Wanted {
    /// Whether a record is one.
    pub(super) fn takes(&self, item: &Item) -> bool {
        let is_in_set = |set: &String| {
            let rest = |found: String| found.strip_prefix(set.as_str()).map(str::to_string);
            set_of(&item.folder).and_then(rest).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        };
        self.from.as_ref().is_none_or(|from| item.day >= *from)
            && self.until.as_ref().is_none_or(|until| item.day <= *until)
            && self.set.as_ref().is_none_or(is_in_set)
    }

    /// Where the list goes on behind a record.
    pub(super) fn token(&self, last: Kept) -> String {
        let wanted = Self { after: Some(last), ..self.clone() };
        // Texts can always be written.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&wanted).unwrap_or_default())
    }

    fn of_token(token: &str, verb: &str) -> Option<Self> {
        let wanted: Self = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
        (wanted.verb == verb && wanted.after.is_some()).then_some(wanted)
    }
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    pub verb: Verb,
    pub identifier: Option<String>,
    pub wanted: Wanted,
}

impl Request {
    /// Reads the arguments.
    pub(super) fn read(arguments: &[(String, String)]) -> Result<Self, Fault> {
        let mut by_name: BTreeMap<&str, &str> = BTreeMap::new();
        let is_twice = arguments.iter().any(|(name, value)| by_name.insert(name, value).is_some());
        let verbs = arguments.iter().filter(|(name, _)| name == "verb").count();
        let form = by_name.remove("verb").filter(|_| verbs == 1);
        let form = form.and_then(|name| FORMS.iter().find(|(_, known, ..)| *known == name));
        let Some((verb, name, may, must)) = form else {
            return Err(Fault::new("badVerb", "The argument verb names no request of OAI-PMH 2.0."));
        };
        if is_twice {
            return Err(Fault::argument("An argument stands there twice."));
        }
        if by_name.keys().any(|name| !may.contains(name)) {
            return Err(Fault::argument("This verb has no such argument."));
        }
        if let Some(token) = by_name.remove(TOKEN) {
            if !by_name.is_empty() {
                return Err(Fault::argument("A resumptionToken stands alone."));
            }
            let wanted = Wanted::of_token(token, name).ok_or_else(Fault::token)?;
            return Ok(Self { verb: *verb, identifier: None, wanted });
        }
        if let Some(lacking) = must.iter().find(|name| !by_name.contains_key(*name)) {
            return Err(Fault::argument(&format!("The argument {lacking} is missing.")));
        }
        let wanted = Wanted {
            verb: (*name).to_string(),
            from: date(&by_name, "from")?,
            until: date(&by_name, "until")?,
            set: by_name.get("set").map(ToString::to_string),
            after: None,
        };
        if wanted.from.as_ref().zip(wanted.until.as_ref()).is_some_and(|(from, until)| from > until) {
            return Err(Fault::argument("The day from is later than the day until."));
        }
        if by_name.get(PREFIX).is_some_and(|prefix| *prefix != "oai_dc") {
            return Err(Fault::new("cannotDisseminateFormat", "Records are there as oai_dc only."));
        }
        Ok(Self { verb: *verb, identifier: by_name.get("identifier").map(ToString::to_string), wanted })
    }
}

fn date(by_name: &BTreeMap<&str, &str>, name: &str) -> Result<Option<String>, Fault> {
    match by_name.get(name) {
        Some(day) if !is_day(day) => Err(Fault::argument(&format!("The argument {name} is no day as 2026-11-29."))),
        day => Ok(day.map(ToString::to_string)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Request, &'static str> {
        let arguments: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Request::read(&arguments).map_err(|fault| fault.code)
    }

    #[test]
    fn what_the_protocol_forbids_has_its_code() {
        for (query, code) in [
            ("", "badVerb"),
            ("verb=List", "badVerb"),
            ("verb=Identify&verb=Identify", "badVerb"),
            ("verb=Identify&x=1", "badArgument"),
            ("verb=ListRecords", "badArgument"),
            ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2026", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00Z", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-01&until=2026-01-01", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
            ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
            ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
            ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ] {
            assert_eq!(read(query), Err(code), "{query}");
        }
    }

    #[test]
    fn a_token_is_the_whole_request() {
        let request = read("verb=ListRecords&metadataPrefix=oai_dc&set=a&from=2026-01-01").expect("a request");
        let last = Kept { day: "2026-01-02".to_string(), identifier: "oai:a.example:b".to_string() };
        let token = request.wanted.token(last.clone());
        let again = read(&format!("verb=ListRecords&resumptionToken={token}")).expect("a request");
        assert_eq!(again.wanted, Wanted { after: Some(last), ..request.wanted });
        assert_eq!(read(&format!("verb=ListIdentifiers&resumptionToken={token}")), Err("badResumptionToken"));
    }
}
