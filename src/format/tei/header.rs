//! The TEI header: the record (TEI P5, chapter 2).

use crate::archive::history::revision::Revision;
use crate::format::cited::Cited;
use crate::format::work::Work;
use crate::format::xml::{absolute_address, push_attribute, push_text};
use crate::record::date::{Date, Extent};
use crate::record::source::Source;
use crate::record::{Original, Person};

/// Writes `<teiHeader>`.
pub(crate) fn write(work: &Work<'_>, out: &mut String) {
    let mut header = Header { work, out };
    header.open("teiHeader", &[("xml:lang", work.words.tag())]);
    header.open("fileDesc", &[]);
    header.titles();
    header.edition();
    header.publication();
    header.notes();
    header.source();
    header.close("fileDesc");
    header.encoding();
    header.profile();
    header.revisions();
    header.close("teiHeader");
}

struct Header<'a> {
    work: &'a Work<'a>,
    out: &'a mut String,
}

impl Header<'_> {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.out.push('\n');
    }

    fn begin(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.extend(["<", name]);
        for (name, value) in attributes {
            push_attribute(self.out, name, value);
        }
        self.out.push('>');
    }

    fn close(&mut self, name: &str) {
        self.out.extend(["</", name, ">\n"]);
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.begin(name, attributes);
        push_text(self.out, text);
        self.close(name);
    }

    /// An element for a field that may be absent.
    fn field(&mut self, name: &str, attributes: &[(&str, &str)], text: Option<&String>) {
        if let Some(text) = text {
            self.element(name, attributes, text);
        }
    }

    fn word(&mut self, name: &str, key: &str) {
        let words = self.work.words;
        self.element(name, &[], words.get(key));
    }

    fn titles(&mut self) {
        let work = self.work;
        let record = work.record();
        let tag = work.language_tag();
        self.open("titleStmt", &[]);
        self.element("title", &[("type", "main"), ("xml:lang", tag)], &record.title);
        self.field("title", &[("type", "sub"), ("xml:lang", tag)], record.subtitle.as_ref());
        self.authors();
        self.close("titleStmt");
    }

    /// Those who wrote it; then those who did something else with it, as the record says it.
    fn authors(&mut self) {
        let authors = Cited::whole(*self.work).authors();
        for author in authors.iter().filter(|author| author.role.is_none()) {
            self.begin("author", &[]);
            self.name(author);
            if let Some(affiliation) = &author.affiliation {
                self.out.push_str(" <affiliation>");
                push_text(self.out, affiliation);
                self.out.push_str("</affiliation>");
            }
            self.close("author");
        }
        for author in &authors {
            let Some(role) = &author.role else { continue };
            self.begin("respStmt", &[]);
            self.begin("resp", &[]);
            push_text(self.out, role);
            self.out.push_str("</resp>");
            self.name(author);
            self.close("respStmt");
        }
    }

    /// A name, in parts only where the record parts it.
    fn name(&mut self, person: &Person) {
        let element = if person.office { "orgName" } else { "persName" };
        let lang: Vec<(&str, &str)> = person.lang.iter().map(|lang| ("xml:lang", lang.as_str())).collect();
        self.begin(element, if lang.iter().all(|(_, tag)| crate::record::language::is_tag(tag)) { &lang } else { &[] });
        match person.split() {
            Some((family, given)) => {
                self.out.push_str("<surname>");
                push_text(self.out, family);
                self.out.push_str("</surname> <forename>");
                push_text(self.out, given);
                self.out.push_str("</forename>");
            }
            None => push_text(self.out, &person.name),
        }
        self.out.extend(["</", element, ">"]);
    }

    fn edition(&mut self) {
        let Some(edition) = self.work.since.edition() else { return };
        let number = edition.number.to_string();
        self.open("editionStmt", &[]);
        self.begin("edition", &[("n", &number)]);
        push_text(self.out, &self.work.words.with_number("edition_number", edition.number as usize));
        self.out.extend([" <date when=\"", &edition.day, "\"/>"]);
        self.close("edition");
        self.close("editionStmt");
    }

    /// What editions changed, the last first (TEI P5, 2.6).
    fn revisions(&mut self) {
        let revisions = self.work.revisions;
        if revisions.is_empty() {
            return;
        }
        self.open("revisionDesc", &[]);
        for of_one in revisions.chunk_by(|one, next| next.is_of_the_edition_of(one)).rev() {
            let Some(first) = of_one.first() else { continue };
            self.begin("change", &[("n", &first.edition.to_string()), ("when", &first.day)]);
            push_text(self.out, &first.because);
            self.open("list", &[]);
            for revision in of_one {
                self.passage(revision);
            }
            self.out.push_str("</list>");
            self.close("change");
        }
        self.close("revisionDesc");
    }

    fn passage(&mut self, revision: &Revision) {
        self.begin("item", &[("n", &revision.place)]);
        for (element, words) in [("del", &revision.before), ("add", &revision.after)] {
            if let Some(words) = words {
                self.begin(element, &[]);
                push_text(self.out, words);
                self.out.extend(["</", element, ">"]);
            }
        }
        if revision.is_withheld || revision.before.is_none() && revision.after.is_none() {
            let key = if revision.is_withheld { "change_withheld" } else { "change_unknown" };
            push_text(self.out, self.work.words.get(key));
        }
        self.close("item");
    }

    fn publication(&mut self) {
        let work = self.work;
        let (site, record) = (&work.archive.site, work.record());
        self.open("publicationStmt", &[]);
        self.element("publisher", &[], site.publisher.as_ref().unwrap_or(&site.title));
        self.element("idno", &[("type", "id")], &work.entry.id);
        self.field("idno", &[("type", "URI")], work.permalink("index.html").as_ref());
        let unstated = record.rights.is_none() && record.rights_uri.is_none();
        self.open("availability", if unstated { &[("status", "unknown")] } else { &[] });
        match &record.rights {
            Some(rights) => self.element("p", &[], rights),
            None if unstated => self.word("p", "rights_unstated"),
            None => {}
        }
        if let Some(address) = &record.rights_uri {
            let target = absolute_address(address);
            let target: Vec<(&str, &str)> = target.iter().map(|target| ("target", target.as_str())).collect();
            self.element("licence", &target, address);
        }
        self.close("availability");
        self.close("publicationStmt");
    }

    /// What was kept of the capture, and how far the text was proofread.
    fn notes(&mut self) {
        let record = self.work.record();
        if record.original.is_none() && record.proofread.is_none() {
            return;
        }
        self.open("notesStmt", &[]);
        self.field("note", &[("type", "proofread")], record.proofread.as_ref());
        if let Some(original) = &record.original {
            self.original(original);
        }
        self.close("notesStmt");
    }

    /// What the text was taken from, as a bibliography has it.
    fn source(&mut self) {
        let work = self.work;
        let record = work.record();
        self.out.push_str("<sourceDesc>\n<bibl>\n");
        self.element("title", &[("xml:lang", work.language_tag())], &record.title);
        self.authors();
        self.field("publisher", &[], record.source.as_ref());
        self.field("orgName", &[("role", "issuer")], record.issuer.as_ref());
        self.field("idno", &[("type", "docno")], record.doc_number.as_ref());
        self.field("idno", &[("type", "index")], record.index_number.as_ref());
        self.date("published", record.date.as_ref());
        self.field("date", &[("type", "printed")], record.date_printed.as_ref());
        self.date("accessed", record.captured.as_ref());
        self.address(record.source_url.as_ref());
        if work.entry.collection > 0 {
            let collections = &work.archive.collections;
            self.open("msIdentifier", &[]);
            let mut above = Vec::new();
            let mut at = Some(work.entry.collection);
            while let Some(collection) = at.filter(|at| *at > 0) {
                above.push(collection);
                at = collections[collection].parent;
            }
            for collection in above.into_iter().rev().map(|at| &collections[at]) {
                self.element("collection", &[], &collection.title);
            }
            self.element("idno", &[], &work.entry.id);
            self.close("msIdentifier");
        }
        self.close("bibl");
        record.more_sources.iter().for_each(|source| self.other_source(source));
        self.close("sourceDesc");
    }

    /// Another source of the same text.
    fn other_source(&mut self, source: &Source) {
        let work = self.work;
        self.open("bibl", &[]);
        self.element("title", &[("xml:lang", work.language_tag())], &work.record().title);
        self.field("publisher", &[], source.office.as_ref());
        self.date("accessed", source.captured.as_ref());
        self.address(source.address.as_ref());
        if let Some(rights) = &source.rights {
            self.open("availability", &[]);
            self.element("p", &[], rights);
            self.close("availability");
        }
        if let Some(original) = &source.original {
            self.original(original);
        }
        self.close("bibl");
    }

    fn address(&mut self, address: Option<&String>) {
        let Some(address) = address else { return };
        let target = absolute_address(address);
        let target: Vec<(&str, &str)> = target.iter().map(|target| ("target", target.as_str())).collect();
        self.element("ref", &target, address);
    }

    /// The kept capture.
    fn original(&mut self, original: &Original) {
        self.open("note", &[("type", "original")]);
        self.element("idno", &[("type", "file")], &original.file);
        self.field("idno", &[("type", "SHA-256")], original.sha256.as_ref());
        self.close("note");
    }

    /// A date in words, and for machines as far as XML Schema can say it.
    fn date(&mut self, kind: &str, date: Option<&Date>) {
        let Some(date) = date else { return };
        let (first, last, from, to) = match date.extent() {
            Extent::At(when) => {
                let attributes = [("type", kind), ("when", &when)];
                return self.dated(date, &attributes);
            }
            Extent::Within(first, last) => (first, last, None, None),
            Extent::During(from, to) => (None, None, from, to),
        };
        let sides = [("notBefore", &first), ("notAfter", &last), ("from", &from), ("to", &to)];
        let sides = sides.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        let attributes: Vec<(&str, &str)> = [("type", kind)].into_iter().chain(sides).collect();
        self.dated(date, &attributes);
    }

    fn dated(&mut self, date: &Date, attributes: &[(&str, &str)]) {
        let mut attributes = attributes.to_vec();
        if date.is_approximate() {
            attributes.push(("precision", "low"));
        }
        if date.is_uncertain() {
            attributes.push(("cert", "low"));
        }
        let text = self.work.words.dates().say(date);
        self.element("date", &attributes, &text);
    }

    fn encoding(&mut self) {
        self.out.push_str("<encodingDesc>\n<projectDesc>\n");
        self.word("p", "tei_project");
        self.out.push_str("</projectDesc>\n<editorialDecl>\n");
        self.word("p", "tei_editorial");
        self.out.push_str("</editorialDecl>\n</encodingDesc>\n");
    }

    fn profile(&mut self) {
        let work = self.work;
        let record = work.record();
        self.open("profileDesc", &[]);
        if record.created.is_some() {
            self.open("creation", &[]);
            self.date("created", record.created.as_ref());
            self.close("creation");
        }
        self.open("langUsage", &[]);
        let tag = work.language_tag();
        let name = match tag {
            "zh-Hans" => work.words.get("zh_hans"),
            "zh-Hant" => work.words.get("zh_hant"),
            "en" => work.words.get("english"),
            tag => tag,
        };
        self.element("language", &[("ident", tag)], name);
        self.close("langUsage");
        let lists = [
            ("subject", &record.subjects),
            ("person", &record.people),
            ("place", &record.places),
            ("organisation", &record.organisations),
        ];
        if record.kind.is_some() || lists.iter().any(|(_, names)| !names.is_empty()) {
            self.out.push_str("<textClass>\n<keywords>\n");
            self.field("term", &[("type", "kind")], record.kind.as_ref());
            for (kind, names) in lists {
                for name in names {
                    self.element("term", &[("type", kind)], name);
                }
            }
            self.out.push_str("</keywords>\n</textClass>\n");
        }
        self.close("profileDesc");
    }
}
