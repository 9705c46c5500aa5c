//! METS (Metadata Encoding and Transmission Standard, 1.12): a document as archives take it in.
//!
//! One file says what the document is (Dublin Core), which files it has, each with its size and SHA-256, where they came from and when
//! they were published (PREMIS 3), and who may do what with it. It stands in a deposit, and its paths lead from itself to the
//! files. It says nothing that the document's pages do not say.

mod premis;
mod whole;

pub(crate) use self::whole::{Member, Use, Whole};

use super::cited::Cited;
use super::dublin_core;
use super::xml::{Xml, push_attribute};
use crate::archive::address;

/// The path of a document's METS.
pub(crate) fn path_of(id: &str) -> String {
    format!("records/mets/{id}.xml")
}

/// From the METS to the place that paths begin at.
const UP: &str = "../../";

/// The file.
pub(crate) fn write(whole: &Whole<'_>) -> Vec<u8> {
    let mut xml = Xml::new();
    let title = Cited::whole(whole.work).title();
    let mut root = "mets xmlns=\"http://www.loc.gov/METS/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
                    xmlns:premis=\"http://www.loc.gov/premis/v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
                    xsi:schemaLocation=\"http://www.loc.gov/METS/ http://www.loc.gov/standards/mets/mets.xsd \
                    http://www.loc.gov/premis/v3 http://www.loc.gov/standards/premis/v3/premis.xsd\""
        .to_string();
    let (_, name) = premis::identity(&whole.work);
    for (attribute, value) in [("OBJID", name.as_str()), ("LABEL", &title), ("TYPE", "document")] {
        push_attribute(&mut root, attribute, value);
    }
    xml.line(&format!("<{root}>"));
    header(whole, &mut xml);
    xml.line("<dmdSec ID=\"dc\">\n<mdWrap MDTYPE=\"DC\" MIMETYPE=\"text/xml\">\n<xmlData>");
    xml.line(&dublin_core::oai_dc(&Cited::whole(whole.work), ""));
    xml.line("</xmlData>\n</mdWrap>\n</dmdSec>");
    premis::write(whole, &mut xml);
    files(whole, &mut xml);
    xml.line("<structMap TYPE=\"physical\">");
    let mut division = "div TYPE=\"Directory\" DMDID=\"dc\"".to_string();
    push_attribute(&mut division, "LABEL", &title);
    push_attribute(&mut division, "ADMID", premis::OF_DOCUMENT);
    xml.line(&format!("<{division}>"));
    for is in Use::ALL.into_iter().filter(|is| whole.members.iter().any(|member| member.is == *is)) {
        xml.line(&format!("<div TYPE=\"Directory\" LABEL=\"{}\">", is.word()));
        for (at, _) in whole.members.iter().enumerate().filter(|(_, member)| member.is == is) {
            xml.line(&format!("<div TYPE=\"Item\">\n<fptr FILEID=\"file-{}\"/>\n</div>", at + 1));
        }
        xml.line("</div>");
    }
    xml.line("</div>\n</structMap>\n</mets>");
    xml.finish()
}

/// Who made this, and as of when: the day on which the document was published as it is.
fn header(whole: &Whole<'_>, xml: &mut Xml) {
    let mut head = "metsHdr".to_string();
    if let Some(day) = &whole.work.since.day {
        push_attribute(&mut head, "CREATEDATE", &format!("{day}T00:00:00Z"));
    }
    xml.line(&format!("<{head}>"));
    xml.line("<agent ROLE=\"CREATOR\" TYPE=\"OTHER\" OTHERTYPE=\"SOFTWARE\">");
    xml.element("name", premis::PROGRAM);
    xml.line("</agent>");
    if let Some(publisher) = &whole.work.archive.site.publisher {
        xml.line("<agent ROLE=\"CUSTODIAN\" TYPE=\"ORGANIZATION\">");
        xml.element("name", publisher);
        xml.line("</agent>");
    }
    xml.line("</metsHdr>");
}

fn files(whole: &Whole<'_>, xml: &mut Xml) {
    if whole.members.is_empty() {
        return;
    }
    xml.line("<fileSec>");
    for is in Use::ALL.into_iter().filter(|is| whole.members.iter().any(|member| member.is == *is)) {
        xml.line(&format!("<fileGrp USE=\"{}\">", is.word()));
        for (at, member) in whole.members.iter().enumerate().filter(|(_, member)| member.is == is) {
            let mut file = format!("file ID=\"file-{}\"", at + 1);
            push_attribute(&mut file, "MIMETYPE", member.media_type());
            push_attribute(&mut file, "SIZE", &member.bytes.to_string());
            push_attribute(&mut file, "CHECKSUM", &member.digest());
            file.push_str(" CHECKSUMTYPE=\"SHA-256\"");
            if is.is_described() {
                push_attribute(&mut file, "ADMID", &premis::section_of(at));
            }
            let mut place = "FLocat LOCTYPE=\"URL\" xlink:type=\"simple\"".to_string();
            push_attribute(&mut place, "xlink:href", &format!("{UP}{}", address::absolute("", &member.path)));
            xml.line(&format!("<{file}>\n<{place}/>\n</file>"));
        }
        xml.line("</fileGrp>");
    }
    xml.line("</fileSec>");
}
