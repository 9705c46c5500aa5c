//! How a page is cited in a text: by GB/T 7714-2025, by GB/T 7714-2015, and in plain English.
//!
//! A document is on the web, so the mark is `[EB/OL]` in both editions of the standard, and the source office is no
//! element of the form. The edition of 2025 sets full-width marks where that of 2015 sets half-width ones:
//!
//! ```text
//! 作者. 题名[EB/OL]. （2017-08-30）[2017-09-02]. https://…        2025, in force since 2026-07-01
//! 作者. 题名[EB/OL]. (2017-08-30)[2017-09-02]. https://…          2015
//! 作者. “题名.” Office, 30 August 2017. https://… (accessed 2 September 2017).
//! ```
//!
//! The date of citing is the reader's: a script fills it in, and until then the day of capture stands there, or nothing.
//!
//! hayagriva, which sets references by CSL styles, was tried and not taken: it has the edition of 2015 and not that of
//! 2025, whose style is CC BY-SA and cannot be shipped with a program under MIT or Apache-2.0; and it takes 86 µs a
//! citation, three of which on every page would double the time of a build. The forms of 2015 below are what it gives.

use super::cited::Cited;
use crate::record::Person;
use crate::record::date::Date;
use crate::site::CitationStyle;

/// More authors than this are cut to the first three.
const AUTHORS: usize = 3;

/// A citation in three pieces, the middle one of which is the reader's to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Citation {
    /// Up to the date of citing.
    pub before: String,
    /// The date of citing with its marks; empty where none is known.
    pub cited: String,
    /// The same for a script, with `{date}` in the place of the date, or `{day}` where it is said in English words.
    pub pattern: &'static str,
    /// From there on.
    pub after: String,
}

impl Citation {
    fn of(before: String, pattern: &'static str, seen: Option<String>, after: String) -> Self {
        let cited = seen.map(|seen| pattern.replace("{date}", &seen).replace("{day}", &seen)).unwrap_or_default();
        Self { before, cited, pattern, after }
    }

    /// The whole, as it stands without a script.
    pub(crate) fn text(&self) -> String {
        format!("{}{}{}", self.before, self.cited, self.after)
    }
}

/// The citation of a page.
pub(crate) fn write(cited: &Cited<'_>, style: CitationStyle) -> Citation {
    match style {
        CitationStyle::Gbt2025 => gbt7714(cited, "，", "：", ["（", "）"], str::to_string),
        CitationStyle::Gbt2015 => gbt7714(cited, ", ", ":", ["(", ")"], str::to_uppercase),
        CitationStyle::English => english(cited),
    }
}

fn gbt7714(cited: &Cited<'_>, comma: &str, colon: &str, brackets: [&str; 2], family: fn(&str) -> String) -> Citation {
    let record = cited.record();
    let mut before = authors(cited, comma, |person| match person.split() {
        Some((name, given)) => format!("{} {}", family(name), initials(given)),
        None => person.name.clone(),
    });
    if !before.is_empty() {
        before.push_str(". ");
    }
    before.push_str(&record.title);
    let section = cited.section.map(crate::text::Heading::full);
    for part in record.doc_number.as_deref().into_iter().chain(section.as_deref()) {
        before.push_str(colon);
        before.push_str(part);
    }
    before.push_str("[EB/OL].");
    let address = cited.address().map(|address| format!(" {address}.")).unwrap_or_default();
    let day = |date| day(cited, date);
    let seen = cited.accessed().map(day);
    match cited.date() {
        Some(date) => {
            let [open, close] = brackets;
            before.push_str(&format!(" {open}{}{close}", day(date)));
            Citation::of(before, "[{date}]", seen, format!(".{address}"))
        }
        None => Citation::of(before, " [{date}].", seen, address),
    }
}

/// A date as references give it: ISO where it is exact, in words where it is not.
fn day(cited: &Cited<'_>, date: &Date) -> String {
    if date.is_exact() { date.edtf().to_string() } else { cited.work.words.dates().say(date) }
}

fn english(cited: &Cited<'_>) -> Citation {
    let english = cited.work.english;
    let mut before = authors(cited, ", ", |person| person.name.clone());
    if !before.is_empty() {
        before.push_str(if before.ends_with('.') { " " } else { ". " });
    }
    let title = cited.title();
    let stop = if title.ends_with(['.', '?', '!', '。', '？', '！']) { "" } else { "." };
    before.push_str(&format!("“{title}{stop}”"));
    let facts = [
        cited.record().doc_number.clone(),
        cited.publisher().map(str::to_string),
        cited.date().map(|date| english.dates().say(date)),
    ];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let edition = cited.edition().map(|number| english.with_number("edition_number", number as usize));
    let facts = Some(facts).filter(|facts| !facts.is_empty());
    let tail: Vec<String> = facts.into_iter().chain(edition).chain(cited.address()).collect();
    if tail.is_empty() {
        return Citation::of(before, "", None, String::new());
    }
    before.push_str(&format!(" {}", tail.join(". ")));
    let seen = cited.accessed().map(|date| english.dates().say(date));
    Citation::of(before, " (accessed {day})", seen, ".".to_string())
}

fn authors(cited: &Cited<'_>, comma: &str, name: impl Fn(&Person) -> String) -> String {
    let all = cited.writers();
    let mut text = all.iter().take(AUTHORS).map(name).collect::<Vec<_>>().join(comma);
    if all.len() > AUTHORS {
        let chinese = text.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character));
        text.push_str(comma);
        text.push_str(if chinese { "等" } else { "et al" });
    }
    text
}

/// `Jean-Paul` as `J P`: the standard sets initials without full stops.
fn initials(given: &str) -> String {
    let words = given.split(|character: char| character.is_whitespace() || character == '-' || character == '.');
    let letters: Vec<String> =
        words.filter_map(|word| word.chars().next()).map(|letter| letter.to_uppercase().collect()).collect();
    letters.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::changes::Since;
    use crate::archive::scan::Scanned;
    use crate::archive::{Archive, Drafts};
    use crate::diagnostic::Report;
    use crate::format::work::Work;
    use crate::record::Record;
    use crate::site::{Language, Site};
    use crate::theme::Theme;

    /// The three forms of a record's citation.
    fn forms(record: Record) -> [String; 3] {
        let archive = Archive::read(
            Site::default(),
            &crate::folder::Folder::default(),
            Scanned::default(),
            Drafts::LeftOut,
            &mut Report::new(),
        );
        let entry = crate::archive::Entry { record: record.into(), ..crate::archive::Entry::default() };
        let theme = Theme::load(None, &mut Report::new());
        let [words, english] = [Language::Simplified, Language::English].map(|language| theme.words(language));
        let since = Since::default();
        let (text, made) = (None, None);
        let work = Work { archive: &archive, entry: &entry, words, english, text, made, since: &since, revisions: &[] };
        CitationStyle::ALL.map(|style| write(&Cited::whole(work), style).text())
    }

    fn person(name: &str) -> Person {
        Person { name: name.to_string(), ..Person::default() }
    }

    fn card() -> Record {
        Record {
            title: "库房札记".to_string(),
            authors: vec![person("沈一帆")],
            date: Date::parse("2020-04-12").ok(),
            source: Some("江城县地方史志学会".to_string()),
            source_url: Some("https://a.example/1".to_string()),
            captured: Date::parse("2020-05-01").ok(),
            ..Record::default()
        }
    }

    #[test]
    fn a_document_on_the_web() {
        assert_eq!(
            forms(card()),
            [
                "沈一帆. 库房札记[EB/OL]. （2020-04-12）[2020-05-01]. https://a.example/1.",
                "沈一帆. 库房札记[EB/OL]. (2020-04-12)[2020-05-01]. https://a.example/1.",
                "沈一帆. “库房札记.” 江城县地方史志学会, 12 April 2020. https://a.example/1 (accessed 1 May 2020).",
            ]
        );
    }

    #[test]
    fn names() {
        let sartre = Person { sort: Some("Sartre, Jean-Paul".to_string()), ..person("Jean-Paul Sartre") };
        let [new, old, english] = forms(Record { authors: vec![sartre, person("欧阳修")], ..card() });
        assert!(new.starts_with("Sartre J P，欧阳修. "), "{new}");
        assert!(old.starts_with("SARTRE J P, 欧阳修. "), "{old}");
        assert!(english.starts_with("Jean-Paul Sartre, 欧阳修. “"), "{english}");
        let four = ["甲", "乙", "丙", "丁"].map(person).to_vec();
        assert!(forms(Record { authors: four, ..card() })[0].starts_with("甲，乙，丙，等. "));
        let office = Record { authors: Vec::new(), issuer: Some("江城县人民政府".to_string()), ..card() };
        assert!(forms(office)[1].starts_with("江城县人民政府. 库房札记"));
    }

    #[test]
    fn what_is_not_known_leaves_no_gap() {
        let number = Some("江档〔2020〕3号".to_string());
        let [new, old, _] = forms(Record { doc_number: number, captured: None, source_url: None, ..card() });
        assert_eq!(new, "沈一帆. 库房札记：江档〔2020〕3号[EB/OL]. （2020-04-12）.");
        assert_eq!(old, "沈一帆. 库房札记:江档〔2020〕3号[EB/OL]. (2020-04-12).");
        let bare = Record { title: "残页".to_string(), ..Record::default() };
        assert_eq!(forms(bare.clone()), ["残页[EB/OL].", "残页[EB/OL].", "“残页.”"]);
        let (captured, source_url) = (Date::parse("2020-05-01").ok(), Some("https://a.example/1".to_string()));
        let undated = Record { captured: captured.clone(), source_url, ..bare.clone() };
        assert_eq!(forms(undated)[0], "残页[EB/OL]. [2020-05-01]. https://a.example/1.");
        // Nobody saw an address that is not there.
        assert_eq!(forms(Record { captured, ..bare })[0], "残页[EB/OL].");
        let about = Record { date: Date::parse("1950~").ok(), ..card() };
        assert!(forms(about)[0].contains("（约1950年）"));
    }
}
