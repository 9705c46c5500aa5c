//! A citation by GB/T 7714-2025, for a document on the web (`[EB/OL]`).
//!
//! `张佐. 题名[EB/OL]. （2017-08-30）[2017-09-02]. https://…` The source office is no element of this form. A document
//! number follows the title after a full-width colon. The date of citing is the reader's; what can be printed for all
//! readers is the date of capture, and it is left out where it is not known.

use crate::record::Record;

/// More authors than this are cut to the first three and 等.
const AUTHORS: usize = 3;

/// The citation of a document, or of one of its sections.
pub fn gbt7714(record: &Record, section: Option<&str>, address: Option<&str>) -> String {
    let mut citation = authors(record);
    if !citation.is_empty() {
        citation.push_str(". ");
    }
    citation.push_str(&record.title);
    for part in record.doc_number.as_deref().into_iter().chain(section) {
        citation.push('：');
        citation.push_str(part);
    }
    citation.push_str("[EB/OL].");
    if let Some(date) = &record.date {
        citation.push_str(&format!(" （{}）", date.edtf()));
    }
    if let Some(captured) = &record.captured {
        citation.push_str(&format!("{}[{}]", if record.date.is_some() { "" } else { " " }, captured.edtf()));
    }
    if record.date.is_some() || record.captured.is_some() {
        citation.push('.');
    }
    if let Some(address) = address {
        citation.push_str(&format!(" {address}."));
    }
    citation
}

fn authors(record: &Record) -> String {
    let names: Vec<_> = record.authors.iter().take(AUTHORS).map(|author| author.name.as_str()).collect();
    let mut authors = names.join(", ");
    if record.authors.len() > AUTHORS {
        let chinese = authors.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character));
        authors.push_str(if chinese { ", 等" } else { ", et al" });
    }
    if authors.is_empty() {
        authors = record.issuer.clone().unwrap_or_default();
    }
    authors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Person;
    use crate::record::date::Date;

    #[test]
    fn forms() {
        let person = |name: &str| Person { name: name.to_string(), ..Person::default() };
        let mut record = Record {
            title: "库房札记".to_string(),
            authors: vec![person("沈一帆")],
            date: Date::parse("2020-04-12").ok(),
            captured: Date::parse("2020-05-01").ok(),
            ..Record::default()
        };
        assert_eq!(
            gbt7714(&record, None, Some("https://a.example/1")),
            "沈一帆. 库房札记[EB/OL]. （2020-04-12）[2020-05-01]. https://a.example/1."
        );
        record.captured = None;
        record.doc_number = Some("江档〔2020〕3号".to_string());
        record.authors = ["甲", "乙", "丙", "丁"].map(person).to_vec();
        assert_eq!(
            gbt7714(&record, Some("一、清点"), None),
            "甲, 乙, 丙, 等. 库房札记：江档〔2020〕3号：一、清点[EB/OL]. （2020-04-12）."
        );
        let bare = Record { title: "残页".to_string(), ..Record::default() };
        assert_eq!(gbt7714(&bare, None, None), "残页[EB/OL].");
    }
}
