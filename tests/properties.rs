//! Whatever a person types into a record or a link, fonds answers with faults that have their places, and never otherwise.
//!
//! A run has the same cases every time; `FONDS_FUZZ=100000` makes that many of each kind, and others each time.

use fonds::archive::scan::{FoundDocument, Scanned, SourceFile};
use fonds::archive::{Archive, Drafts};
use fonds::diagnostic::{Report, Source};
use fonds::output::staging::{Made, Staging};
use fonds::page::Pages;
use fonds::record::date::Date;
use fonds::record::{Record, front_matter};
use fonds::search::alphabet::Sample;
use fonds::site::Site;
use fonds::theme::Theme;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

fn run<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let asked = std::env::var("FONDS_FUZZ").ok().and_then(|cases| cases.parse().ok());
    let config = Config { cases: asked.unwrap_or(cases), failure_persistence: None, ..Config::default() };
    let mut runner = match asked {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    runner.run(strategy, test).unwrap_or_else(|fault| panic!("{fault}"));
}

/// Every fault has a place that is there, and can be printed at any width, with and without colours.
fn faults_have_places(text: &str, report: &Report) -> Result<(), TestCaseError> {
    let lines: Vec<&str> = text.split('\n').collect();
    for fault in report.sorted() {
        let _ = fault.json(fonds::diagnostic::lang::Lang::English);
        let Some(place) = &fault.place else { continue };
        if place.line > 0 && place.file == "content/a.md" {
            prop_assert!(place.line <= lines.len(), "{fault:?}\n{text:?}");
            let length = lines[place.line - 1].chars().count();
            prop_assert!((1..=length + 1).contains(&place.column), "{fault:?}\n{text:?}");
        }
    }
    Ok(())
}

/// Pieces of a record, right and wrong.
fn record_soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "+++",
        "\n",
        "\n",
        "\n",
        "title",
        "date",
        "authors",
        "access",
        "extra",
        "original",
        "aliases",
        "section_aliases",
        "replaced_by",
        "id",
        "dat",
        " = ",
        "=",
        "＝",
        "\"",
        "“",
        "”",
        "'",
        "\"\"\"",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "，",
        ",",
        "题名",
        "1950~",
        "1950-13",
        "2017年8月30日",
        "195X",
        "true",
        "\"true\"",
        "０",
        "1e9",
        "-0",
        "#",
        "\\",
        "\\u",
        "\\uD800",
        "\u{feff}",
        "\u{0}",
        "\r",
        "\t",
        "\u{3000}",
        "name",
        ".",
        "inf",
        "1979-05-27T07:32:00Z",
        "\"record\"",
        "\"open\"",
        "letters#s1",
    ]);
    prop::collection::vec(prop_oneof![20 => piece.prop_map(str::to_string), 1 => any::<String>()], 0..40)
        .prop_map(|pieces| pieces.concat())
}

#[test]
fn any_record_is_read_or_told_wrong() {
    let kept = prop::bool::ANY;
    run(1500, &(record_soup(), kept), |(soup, framed)| {
        let text = if framed { format!("+++\n{soup}\n+++\n文。\n") } else { soup };
        let source = Source { file: "content/a.md", text: &text };
        let mut report = Report::new();
        match front_matter::split(source) {
            Ok(split) => {
                prop_assert!(text.is_char_boundary(split.body.start) && split.body.end <= text.len());
                let record = Record::parse(source, split.record, &mut report);
                prop_assert!(
                    !record.title.is_empty() || report.has_errors(),
                    "a record without a title is wrong: {text:?}"
                );
                let _ = record.published();
            }
            Err(fault) => report.push(fault),
        }
        faults_have_places(&text, &report)
    });
}

#[test]
fn a_record_that_is_whole_in_its_beginning_is_the_same_in_the_whole() {
    // Pass 1 reads only the head of a file; what it finds there must be what the whole file says.
    run(1500, &(record_soup(), any::<prop::sample::Index>()), |(soup, at)| {
        let text = format!("+++\n{soup}\n+++\n文，+++ 文。\n+++\n");
        let mut end = at.index(text.len() + 1);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let head = &text[..end];
        if front_matter::is_complete(head) {
            let of_head = front_matter::split(Source { file: "content/a.md", text: head });
            let of_all = front_matter::split(Source { file: "content/a.md", text: &text });
            prop_assert_eq!(of_head.map(|split| split.record).ok(), of_all.map(|split| split.record).ok());
        }
        Ok(())
    });
}

#[test]
fn days_are_those_of_the_calendar() {
    // The oracle is a calendar that knows nothing of EDTF.
    run(4000, &(0_i16..=9999, 0_u8..=14, 0_u8..=33), |(year, month, day)| {
        let text = format!("{year:04}-{month:02}-{day:02}");
        let exists =
            jiff::civil::Date::new(year, i8::try_from(month).expect("small"), i8::try_from(day).expect("small"))
                .is_ok();
        let date = Date::parse(&text);
        prop_assert_eq!(date.is_ok(), exists, "{}", text);
        if let Ok(date) = date {
            prop_assert_eq!(date.edtf(), &text);
            prop_assert!(date.is_exact() || year == 0);
            prop_assert_eq!(date.earliest_day(), Some(text));
            prop_assert_eq!((date.month(), date.day()), (Some(month), Some(day)));
        }
        Ok(())
    });
}

#[test]
fn dates_in_any_notation_are_ordered_by_what_they_may_mean() {
    let piece = prop::sample::select(vec![
        "19", "50", "1950", "-05", "-16", "X", "XX", "~", "?", "%", "/", "..", "-", "Y", "S2", "21", "-24", "[", "]",
        "{", "}", "T10:00", "0000", "9999", "-0220", "１", "年", " ",
    ]);
    let soup = prop::collection::vec(piece, 0..7).prop_map(|pieces| pieces.concat());
    run(4000, &(soup.clone(), soup), |(one, other)| {
        let (Ok(one), Ok(other)) = (Date::parse(&one), Date::parse(&other)) else { return Ok(()) };
        let _ = (one.extent(), one.period(), one.earliest_day(), one.is_approximate(), one.is_uncertain());
        prop_assert_eq!(Date::parse(one.edtf()).ok(), Some(one.clone()));
        let (first, last) = one.years();
        prop_assert!(first.is_none() || last.is_none() || first <= last, "{}", one.edtf());
        prop_assert!(!one.sort_key().is_wholly_after(one.sort_key()));
        if one.sort_key().is_wholly_after(other.sort_key()) {
            prop_assert!(other.sort_key() < one.sort_key());
        }
        Ok(())
    });
}

/// An archive of two documents, of which one has the links.
fn archive(body: &str) -> (Archive, Report) {
    let document = |stem: &str, text: String| FoundDocument {
        source: SourceFile { path: format!("content/{stem}.md"), text: Some(text) },
        stem: stem.rsplit('/').next().expect("a name").to_string(),
        collection: stem.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_string()),
        folder: None,
    };
    let mut found = Scanned::default();
    found.documents.push(document("a", format!("+++\ntitle = \"甲\"\n+++\n{body}\n")));
    found.documents.push(document("b/c", "+++\ntitle = \"乙\"\n+++\n## 一、丙 {#s1}\n\n文。\n".to_string()));
    found.collections.insert("b".to_string(), None);
    found.files.insert("content/b/plan.svg".to_string());
    found.held.insert("content/b/plan.svg".to_string(), b"<svg/>".to_vec());
    let mut report = Report::new();
    let archive = Archive::read(
        Site { title: "库".to_string(), ..Site::default() },
        &fonds::folder::Folder::default(),
        found,
        Drafts::LeftOut,
        &mut report,
    );
    (archive, report)
}

#[test]
fn any_link_leads_into_the_site_or_is_told_broken() {
    let theme = Theme::load(None, &mut Report::new());
    let piece = prop::sample::select(vec![
        "b/c.md",
        "c",
        "#s1",
        "#",
        "b/plan.svg",
        "/",
        "..",
        "../",
        "./",
        "https://a.example/",
        "javascript:",
        "data:text/html,",
        "mailto:a@b.example",
        "//evil.example",
        "%2e%2e/",
        "%00",
        "%",
        "\\",
        "文",
        "?q=1",
        "&amp;",
        "\"",
        "'",
        "&#106;avascript:",
        "JaVaScRiPt:",
        "a",
        ".md",
        "content/",
        "site.toml",
        "\u{202e}",
        "s1",
        "#c",
        ":",
        "<b>",
    ]);
    let destination = prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat());
    run(800, &(destination, any::<bool>()), |(destination, image)| {
        let mark = if image { "!" } else { "" };
        let text = format!("见{mark}[词](<{destination}>)。");
        let (archive, mut report) = archive(&text);
        let staging = Staging::only("a/index.html");
        let alphabet = Sample::default().alphabet();
        let changes = fonds::archive::changes::Changes::default();
        let pages = Pages::new(&archive, &theme, &staging, &alphabet, &changes);
        let output = pages.write_document(0).map_err(|error| TestCaseError::fail(error.to_string()))?;
        report.merge(output.report);
        drop(pages);
        faults_have_places(&format!("+++\ntitle = \"甲\"\n+++\n{text}\n"), &report)?;
        let Some(Made::Bytes(page)) = staging.into_wanted() else { return Err(TestCaseError::fail("no page")) };
        let page = String::from_utf8(page).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let body = page.split("<main").nth(1).unwrap_or_default().to_lowercase();
        for attribute in ["href=\"", "src=\""] {
            for address in body.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                let decoded = percent_encoding::percent_decode_str(address).decode_utf8_lossy().replace("&amp;", "&");
                let scheme = decoded
                    .split_once(':')
                    .map(|(scheme, _)| scheme.to_string())
                    .filter(|scheme| !scheme.contains(['/', '#', '?']));
                let known = ["http", "https", "mailto", "ftp", "tel"];
                prop_assert!(
                    scheme.is_none_or(|scheme| known.contains(&scheme.as_str())),
                    "{address} from {destination:?}"
                );
                prop_assert!(
                    !decoded.starts_with("//") && !decoded.contains("../../"),
                    "{address} from {destination:?}"
                );
            }
        }
        Ok(())
    });
}
