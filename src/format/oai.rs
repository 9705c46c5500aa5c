//! oai.xml: the archive as an OAI-PMH static repository (Open Archives Initiative, version 2.0), a file that a gateway
//! answers harvesters from.
//!
//! It wants an address of the archive's keeper and a true day of change for every record, so it is written where
//! `publisher_email` and the site's address are known and an account of changes is kept. The specification means static
//! repositories for up to 5,000 records; a larger archive has `records.jsonl` and the ResourceSync list.

use super::dublin_core;
use super::holdings::{File, Holdings};
use super::xml::Xml;
use crate::archive::Archive;

/// Records that a static repository is meant for.
const RECORDS: usize = 5_000;

/// What harvesters are told of the one format that is made.
pub(crate) const FORMAT: [(&str, &str); 3] = [
    ("metadataPrefix", "oai_dc"),
    ("schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"),
    ("metadataNamespace", "http://www.openarchives.org/OAI/2.0/oai_dc/"),
];

/// Whether all that it needs is known.
pub(crate) fn is_made(archive: &Archive) -> bool {
    archive.has_address()
        && archive.site.publisher_email.is_some()
        && (1..=RECORDS).contains(&archive.documents.iter().filter(|entry| entry.record.is_described()).count())
}

/// The repository.
pub(crate) fn write(holdings: &Holdings<'_>) -> Vec<File> {
    let site = &holdings.archive.site;
    let (Some(base), Some(email)) = (holdings.base(), &site.publisher_email) else { return Vec::new() };
    let records: Vec<(usize, &str)> =
        holdings.described().filter_map(|document| Some((document, holdings.changed(document)?))).collect();
    let Some(earliest) = records.iter().map(|(_, day)| *day).min() else { return Vec::new() };
    let mut xml = Xml::new();
    xml.line(
        "<Repository xmlns=\"http://www.openarchives.org/OAI/2.0/static-repository\" \
         xmlns:oai=\"http://www.openarchives.org/OAI/2.0/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/static-repository \
         http://www.openarchives.org/OAI/2.0/static-repository.xsd\">",
    );
    xml.line("<Identify>");
    xml.element("oai:repositoryName", &site.title);
    let address = holdings.address("oai.xml").unwrap_or_default();
    // By the specification (2.2) the address at the gateway: the gateway's, and behind it this file's without its scheme.
    let base_url = match &site.oai_gateway {
        Some(gateway) => format!("{gateway}{}", address.split_once("://").map_or(address.as_str(), |(_, rest)| rest)),
        None => address,
    };
    xml.element("oai:baseURL", &base_url);
    xml.element("oai:protocolVersion", "2.0");
    xml.element("oai:adminEmail", email);
    xml.element("oai:earliestDatestamp", earliest);
    xml.element("oai:deletedRecord", "no");
    xml.element("oai:granularity", "YYYY-MM-DD");
    xml.line("</Identify>");
    xml.line("<ListMetadataFormats>\n<oai:metadataFormat>");
    for (name, value) in FORMAT {
        xml.element(&format!("oai:{name}"), value);
    }
    xml.line("</oai:metadataFormat>\n</ListMetadataFormats>");
    xml.line("<ListRecords metadataPrefix=\"oai_dc\">");
    for (document, day) in records {
        let cited = holdings.cited(document);
        xml.line("<oai:record>\n<oai:header>");
        xml.element("oai:identifier", &identifier(base, &cited.work.entry.id));
        xml.element("oai:datestamp", day);
        xml.line("</oai:header>\n<oai:metadata>");
        xml.line(&dublin_core::oai_dc(&cited, ""));
        xml.line("</oai:metadata>\n</oai:record>");
    }
    xml.line("</ListRecords>\n</Repository>");
    vec![("oai.xml".to_string(), xml.finish())]
}

/// The identifier of a document among all repositories, by the host of the site's address.
pub(crate) fn identifier(base: &str, id: &str) -> String {
    let host = url::Url::parse(base).ok().and_then(|url| url.host_str().map(str::to_string));
    let host = host.unwrap_or_else(|| "localhost".to_string());
    // An identifier of the oai scheme is ASCII, so other letters are escaped as in an address.
    let id = percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC);
    let id = id.to_string().replace("%2D", "-").replace("%5F", "_").replace("%2E", ".");
    format!("oai:{host}:{id}")
}
