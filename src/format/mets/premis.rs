//! PREMIS 3.0 (Preservation Metadata): what is kept, what was done with it, by whom, and by which right.

use super::whole::{Member, Use, Whole};
use crate::archive::edition::Edition;
use crate::format::work::Work;
use crate::format::xml::Xml;
use crate::record::Original;
use crate::record::date::Date;

/// The program, as an agent.
pub(super) const PROGRAM: &str = concat!("fonds ", env!("CARGO_PKG_VERSION"));

/// The ID of the section that describes the document as a whole.
pub(super) const OF_DOCUMENT: &str = "amd-document";

/// The statement of rights.
const RIGHTS: &str = "rights-1";

/// The type and the value of a document's identifier.
pub(super) fn identity(work: &Work<'_>) -> (&'static str, String) {
    match work.permalink("index.html") {
        Some(address) => ("URI", address),
        None => ("local", work.entry.id.clone()),
    }
}

/// The ID of the section that describes a file.
pub(super) fn section_of(at: usize) -> String {
    format!("amd-file-{}", at + 1)
}

/// Where a text was taken from: the first source of a record, or a further one.
struct Taken<'a> {
    office: Option<&'a str>,
    address: Option<&'a str>,
    captured: Option<&'a Date>,
    original: Option<&'a Original>,
}

/// Writes a section for the document as a whole, and one for each file that is kept; METS also lets a file name a part of a section,
/// but programs that read it (Archivematica's) look for a whole one.
pub(super) fn write(whole: &Whole<'_>, xml: &mut Xml) {
    xml.line(&format!("<amdSec ID=\"{OF_DOCUMENT}\">"));
    wrapped(xml, "techMD", "entity", "PREMIS:OBJECT", |xml| entity(whole, xml));
    wrapped(xml, "rightsMD", RIGHTS, "PREMIS:RIGHTS", |xml| rights(whole, xml));
    let taken = taken(&whole.work);
    for (at, (taken, captured)) in taken.iter().filter_map(|taken| Some((taken, taken.captured?))).enumerate() {
        let id = format!("capture-{}", at + 1);
        wrapped(xml, "digiprovMD", &id, "PREMIS:EVENT", |xml| capture(whole, &id, taken, captured, xml));
    }
    let of_document = |edition: &&Edition| whole.work.since.editions.contains(&edition.name());
    for edition in whole.editions.iter().filter(of_document) {
        let id = format!("publication-{}", edition.name().anchor());
        wrapped(xml, "digiprovMD", &id, "PREMIS:EVENT", |xml| publication(whole, &id, edition, xml));
    }
    wrapped(xml, "digiprovMD", "agent-program", "PREMIS:AGENT", |xml| agent("agent-program", PROGRAM, "software", xml));
    if let Some(publisher) = &whole.work.archive.site.publisher {
        wrapped(xml, "digiprovMD", "agent-publisher", "PREMIS:AGENT", |xml| {
            agent("agent-publisher", publisher, "organization", xml);
        });
    }
    xml.line("</amdSec>");
    for (at, member) in whole.members.iter().enumerate().filter(|(_, member)| member.is.is_described()) {
        xml.line(&format!("<amdSec ID=\"{}\">", section_of(at)));
        wrapped(xml, "techMD", &format!("object-{}", at + 1), "PREMIS:OBJECT", |xml| file(whole, member, xml));
        xml.line("</amdSec>");
    }
}

fn wrapped(xml: &mut Xml, section: &str, id: &str, kind: &str, write: impl FnOnce(&mut Xml)) {
    xml.line(&format!("<{section} ID=\"{id}\">\n<mdWrap MDTYPE=\"{kind}\" MDTYPEVERSION=\"3.0\">\n<xmlData>"));
    write(xml);
    xml.line(&format!("</xmlData>\n</mdWrap>\n</{section}>"));
}

/// An identifier of something, as an element with a type and a value.
fn identifier(xml: &mut Xml, element: &str, kind: &str, value: &str) {
    xml.line(&format!("<premis:{element}>"));
    xml.element(&format!("premis:{element}Type"), kind);
    xml.element(&format!("premis:{element}Value"), value);
    xml.line(&format!("</premis:{element}>"));
}

/// The document as a whole.
fn entity(whole: &Whole<'_>, xml: &mut Xml) {
    let (kind, value) = identity(&whole.work);
    xml.line("<premis:object xsi:type=\"premis:intellectualEntity\">");
    identifier(xml, "objectIdentifier", kind, &value);
    xml.element("premis:originalName", &whole.work.record().title);
    xml.line("</premis:object>");
}

fn file(whole: &Whole<'_>, member: &Member<'_>, xml: &mut Xml) {
    xml.line("<premis:object xsi:type=\"premis:file\">");
    identifier(xml, "objectIdentifier", "local", &member.path);
    xml.line("<premis:objectCharacteristics>\n<premis:fixity>");
    xml.element("premis:messageDigestAlgorithm", "SHA-256");
    xml.element("premis:messageDigest", &member.digest());
    xml.line("</premis:fixity>");
    xml.element("premis:size", &member.bytes.to_string());
    xml.line("<premis:format>\n<premis:formatDesignation>");
    xml.element("premis:formatName", member.media_type());
    xml.line("</premis:formatDesignation>");
    if let Some(encoding) = member.original.and_then(|original| original.encoding.as_deref()) {
        xml.element("premis:formatNote", &format!("read as {encoding}"));
    }
    xml.line("</premis:format>\n</premis:objectCharacteristics>");
    xml.element("premis:originalName", member.path.rsplit('/').next().unwrap_or(&member.path));
    match member.is {
        Use::Text => {
            for original in whole.members.iter().filter(|other| other.is == Use::Original) {
                relationship(xml, ("derivation", "has source"), ("local", &original.path));
            }
        }
        _ => {
            for text in whole.members.iter().filter(|other| other.is == Use::Text) {
                let kind = if member.is == Use::Original {
                    ("derivation", "is source of")
                } else {
                    ("structural", "is part of")
                };
                relationship(xml, kind, ("local", &text.path));
            }
        }
    }
    let (kind, value) = identity(&whole.work);
    relationship(xml, ("structural", "represents"), (kind, &value));
    xml.line("</premis:object>");
}

fn relationship(xml: &mut Xml, (kind, sub_kind): (&str, &str), (id_kind, id): (&str, &str)) {
    xml.line("<premis:relationship>");
    xml.element("premis:relationshipType", kind);
    xml.element("premis:relationshipSubType", sub_kind);
    identifier(xml, "relatedObjectIdentifier", id_kind, id);
    xml.line("</premis:relationship>");
}

/// What is said of rights, in the record's own words. What is not stated is said to be so: it is never free.
fn rights(whole: &Whole<'_>, xml: &mut Xml) {
    let record = whole.work.record();
    xml.line("<premis:rights>\n<premis:rightsStatement>");
    identifier(xml, "rightsStatementIdentifier", "local", RIGHTS);
    xml.element("premis:rightsBasis", "other");
    xml.line("<premis:otherRightsInformation>");
    if let Some(uri) = &record.rights_uri {
        identifier(xml, "otherRightsDocumentationIdentifier", "URI", uri);
    }
    let is_stated = record.rights.is_some() || record.rights_uri.is_some();
    xml.element("premis:otherRightsBasis", if is_stated { "statement" } else { "not stated" });
    let others = record.more_sources.iter().filter_map(|source| source.rights.as_ref());
    for words in record.rights.iter().chain(others) {
        xml.element("premis:otherRightsNote", words);
    }
    xml.element("premis:otherRightsNote", &format!("access: {}", record.stated_access()));
    for note in record.access_note.iter() {
        xml.element("premis:otherRightsNote", note);
    }
    xml.line("</premis:otherRightsInformation>");
    let (kind, value) = identity(&whole.work);
    identifier(xml, "linkingObjectIdentifier", kind, &value);
    xml.line("</premis:rightsStatement>\n</premis:rights>");
}

/// All sources of a record.
fn taken<'a>(work: &Work<'a>) -> Vec<Taken<'a>> {
    let record = work.record();
    let first = Taken {
        office: record.source.as_deref(),
        address: record.source_url.as_deref(),
        captured: record.captured.as_ref(),
        original: record.original.as_deref(),
    };
    let others = record.more_sources.iter().map(|source| Taken {
        office: source.office.as_deref(),
        address: source.address.as_deref(),
        captured: source.captured.as_ref(),
        original: source.original.as_deref(),
    });
    std::iter::once(first).chain(others).collect()
}

fn capture(whole: &Whole<'_>, id: &str, taken: &Taken<'_>, captured: &Date, xml: &mut Xml) {
    let from = [taken.office, taken.address].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let importer = taken.original.and_then(|original| original.importer.as_deref());
    let detail = [
        if from.is_empty() { String::new() } else { format!("captured from {from}") },
        importer.map_or(String::new(), |importer| format!("read by {importer}")),
    ];
    let detail = detail.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    xml.line("<premis:event>");
    event(xml, id, ("capture", captured.edtf()), &detail);
    let kept = whole.members.iter().find(|member| taken.original.is_some() && member.original == taken.original);
    match kept {
        Some(member) => identifier(xml, "linkingObjectIdentifier", "local", &member.path),
        None => {
            let (kind, value) = identity(&whole.work);
            identifier(xml, "linkingObjectIdentifier", kind, &value);
        }
    }
    xml.line("</premis:event>");
}

fn publication(whole: &Whole<'_>, id: &str, edition: &Edition, xml: &mut Xml) {
    let because = match edition.because.as_str() {
        "" => String::new(),
        because => format!(": {because}"),
    };
    xml.line("<premis:event>");
    event(xml, id, ("publication", &edition.day), &format!("edition {}{because}", edition.number));
    identifier(xml, "linkingAgentIdentifier", "local", "agent-program");
    if whole.work.archive.site.publisher.is_some() {
        identifier(xml, "linkingAgentIdentifier", "local", "agent-publisher");
    }
    let (kind, value) = identity(&whole.work);
    identifier(xml, "linkingObjectIdentifier", kind, &value);
    xml.line("</premis:event>");
}

/// What every event begins with: what, when, and in words.
fn event(xml: &mut Xml, id: &str, (kind, day): (&str, &str), detail: &str) {
    identifier(xml, "eventIdentifier", "local", id);
    xml.element("premis:eventType", kind);
    xml.element("premis:eventDateTime", day);
    if !detail.is_empty() {
        xml.line("<premis:eventDetailInformation>");
        xml.element("premis:eventDetail", detail);
        xml.line("</premis:eventDetailInformation>");
    }
}

fn agent(id: &str, name: &str, kind: &str, xml: &mut Xml) {
    xml.line("<premis:agent>");
    identifier(xml, "agentIdentifier", "local", id);
    xml.element("premis:agentName", name);
    xml.element("premis:agentType", kind);
    xml.line("</premis:agent>");
}
