//! What stands around the text: what the file says of itself, the head of the first page, and the source at the end.

use super::body::primary;
use super::fonts::Families;
use super::markup::{list, literal, optional};
use crate::format::citation;
use crate::format::cited::Cited;
use crate::format::work::Work;
use crate::record::Record;
use crate::site::Language;

/// PDF/A wants a date, and no clock may be asked: where the record knows none, this day stands, as in an EPUB book.
const NO_DAY: (i32, u8, u8) = (1970, 1, 1);

/// A source with fewer bytes of markup than this fits on a page.
const WHOLE: usize = 3000;

/// Calls the layout with what it needs to know.
pub(crate) fn opening(work: &Work<'_>, fonts: &Families) -> String {
    let record = work.record();
    let tag = work.language_tag();
    let cited = Cited::whole(*work);
    let authors: Vec<String> = cited.writers().into_iter().map(|person| person.name).collect();
    let (year, month, day) = day(record);
    let layout = if is_chinese(work) { "official" } else { "book" };
    format!(
        "#import \"style.typ\": *\n#show: {layout}.with((title:{},authors:{},keywords:{},day:({year},{month},{day}),\
         language:{},region:{}),{})\n",
        literal(&record.title),
        list(authors.iter().map(String::as_str)),
        list(record.subjects.iter().map(String::as_str)),
        literal(primary(tag).unwrap_or("en")),
        optional(region(tag).as_deref()),
        fonts.markup(),
    )
}

/// Whether it is laid out as a Chinese document.
pub(crate) fn is_chinese(work: &Work<'_>) -> bool {
    Language::of(work.language_tag()) != Language::English
}

/// The region of a language tag. Fonts draw Chinese marks in the middle of their square in Taiwan and in its corner on the
/// mainland.
fn region(tag: &str) -> Option<String> {
    let own =
        tag.split('-').skip(1).find(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let usual = match Language::of(tag) {
        Language::Simplified => Some("CN"),
        Language::Traditional => Some("TW"),
        Language::English | Language::Own(_) => None,
    };
    own.or(usual).map(str::to_ascii_uppercase)
}

/// The first day that the record's date may mean.
fn day(record: &Record) -> (i32, u8, u8) {
    let day = record.date.as_ref().or(record.created.as_ref()).and_then(|date| date.earliest_day());
    let parts = day.as_deref().filter(|day| !day.starts_with('-')).map(|day| day.split('-'));
    let mut parts = parts.into_iter().flatten();
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let known = || Some((year?.parse().ok()?, month?.parse().ok()?, day?.parse().ok()?));
    known().filter(|(year, ..)| (0..=9999).contains(year)).unwrap_or(NO_DAY)
}

/// The head of the first page: kind and number, title, by-line.
pub(crate) fn head(work: &Work<'_>) -> String {
    let record = work.record();
    let gap = if is_chinese(work) { "\u{3000}" } else { " · " };
    let joined = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.join(gap));
    let kind = record.kind.as_ref().map(|kind| {
        let key = format!("kind_{kind}");
        let word = work.words.get(&key);
        if word == key { kind.clone() } else { word.to_string() }
    });
    let above = joined(kind.into_iter().chain(record.doc_number.clone()).collect());
    let authors = record.authors.iter().map(|author| author.name.clone());
    let date = record.date_printed.clone().or_else(|| record.date.as_ref().map(|date| work.words.dates().say(date)));
    let line = joined(authors.chain(record.source.clone()).chain(date).collect());
    format!(
        "#front({},{},{})\n",
        optional(above.as_deref()),
        optional(record.subtitle.as_deref()),
        optional(line.as_deref()),
    )
}

/// The source, as it stands at the foot of every page of the site.
pub(crate) fn source(work: &Work<'_>) -> String {
    let (record, words) = (work.record(), work.words);
    let mut out = String::new();
    let mut row = |name: &str, value: String| out.extend(["(", &literal(words.get(name)), ",", &value, "),"]);
    let link = |address: &str| format!("link({0},{0})", literal(address));
    row("title", literal(&record.title));
    for author in &record.authors {
        let facts = [Some(&author.name), author.role.as_ref(), author.affiliation.as_ref()];
        row("author", literal(&facts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\u{2002}")));
    }
    let date = record.date.as_ref().map(|date| work.words.dates().say(date));
    row("date", literal(date.as_deref().unwrap_or(words.get("undated"))));
    let texts = [
        ("date_printed", &record.date_printed),
        ("source", &record.source),
        ("issuer", &record.issuer),
        ("doc_number", &record.doc_number),
        ("index_number", &record.index_number),
    ];
    for (name, value) in texts {
        if let Some(value) = value {
            row(name, literal(value));
        }
    }
    if let Some(address) = &record.source_url {
        row("source_url", link(address));
    }
    if let Some(date) = &record.captured {
        row("captured", literal(&work.words.dates().say(date)));
    }
    row(
        "rights",
        match (&record.rights, &record.rights_uri) {
            (Some(rights), Some(address)) => format!("link({},{})", literal(address), literal(rights)),
            (Some(rights), None) => literal(rights),
            (None, Some(address)) => link(address),
            (None, None) => literal(words.get("rights_unstated")),
        },
    );
    if let Some(address) = work.permalink("index.html") {
        row("permalink", link(&address));
    }
    if let Some(sum) = record.original.as_ref().and_then(|original| original.sha256.as_deref()) {
        row("sha256", format!("raw({})", literal(sum)));
    }
    let citation = citation::write(&Cited::whole(*work), work.archive.site.citation);
    row("cite", literal(&citation.text()));
    // On one page, unless it is longer than a page could hold.
    let whole = out.len() < WHOLE;
    format!("#source({},{whole},{out})\n", literal(words.get("source_title")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_the_tags_or_the_usual() {
        for (tag, expected) in [
            ("zh-Hans", Some("CN")),
            ("zh-Hant", Some("TW")),
            ("zh-Hant-HK", Some("HK")),
            ("en", None),
            ("en-GB", Some("GB")),
        ] {
            assert_eq!(region(tag).as_deref(), expected, "{tag}");
        }
    }
}
