//! What a person writes beside a text: read, or told wrong at a place that is there.

use fonds::diagnostic::lang::Lang;
use fonds::diagnostic::{Report, Source};
use fonds::fuzzing;
use fonds::record::{Record, front_matter};

/// Every fault has words, and a place that is there.
fn are_told(text: &str, report: &Report) {
    let lines: Vec<&str> = text.split('\n').collect();
    for fault in report.sorted() {
        for lang in [Lang::English, Lang::Simplified] {
            assert!(!fault.message(lang).is_empty() && !fault.json(lang).contains('\n'));
            let _ = fault.render(lang, false, 80);
        }
        let Some(place) = fault.place.as_ref().filter(|place| place.line > 0) else { continue };
        assert!(place.line <= lines.len(), "{fault:?}\n{text:?}");
        let length = lines[place.line - 1].chars().count();
        assert!((1..=length + 1).contains(&place.column), "{fault:?}\n{text:?}");
    }
}

pub fn record(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let source = Source { file: "content/a.md", text };
    let mut report = Report::new();
    match front_matter::split(source) {
        Ok(split) => {
            assert!(text.is_char_boundary(split.body.start) && split.body.end <= text.len());
            let record = Record::parse(source, split.record, &mut report);
            assert!(!record.title.is_empty() || report.has_errors(), "a record without a title is wrong: {text:?}");
            let _ = record.published();
        }
        Err(fault) => report.push(fault),
    }
    are_told(text, &report);
}

pub fn site(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        are_told(text, &fuzzing::site(text));
    }
}

/// An account that was read and is written again says the same.
pub fn ledgers(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let (report, again) = fuzzing::ids(text);
        are_told(text, &report);
        if let Some(again) = again.filter(|_| !report.has_errors()) {
            let (report, third) = fuzzing::ids(&again);
            assert!(report.is_empty() && third.is_none(), "{text:?} was written as {again:?} and then as {third:?}");
        }
        are_told(text, &fuzzing::changes(text));
    }
}

pub fn record_seeds() -> Vec<Vec<u8>> {
    let all = "+++\ntitle = \"信\"\nid = \"x\"\nauthors = [\"张三\", \"[英] 李四\"]\ndate = \"1950-12~\"\ndate_printed = \"民国三十九年\"\n\
               access = \"embargoed\"\nembargo_until = \"2030-01-01\"\nsource_url = \"https://a.example/x\"\nlanguage = \"zh-Hans\"\n\
               aliases = [\"old\"]\nsection_aliases = [\"s1 = b#s2\"]\nsplit_level = 2\nsubjects = ['a', \"b\"]\n\n[original]\nfile = \"a.html\"\n\
               sha256 = \"00\"\n\n[[sources]]\nfile = \"b.html\"\n\n[extra]\nshelf = { a = 1, b = [1.5, 1979-05-27] }\n+++\n## 一、甲 {#s1}\n\n文。\n";
    vec![all.as_bytes().to_vec(), all.replace('\n', "\r\n").into_bytes(), "\u{feff}+++\n+++\n".into()]
}

pub fn site_seeds() -> Vec<Vec<u8>> {
    let all = "title = \"库\"\nlanguage = \"zh-Hans\"\nbase_url = \"https://a.example/\"\npublisher_email = \"a@b.example\"\n[build]\nallow_html = true\n\
               split_level = 2\n[variants]\nzh-Hant = true\n[home]\n[extra]\nx = [1]\n";
    vec![all.as_bytes().to_vec()]
}

pub fn ledger_seeds() -> Vec<Vec<u8>> {
    vec![
        b"# words\n\nlaws/notice/ notice full s1 s1-2@s1\nloose/ loose\n".to_vec(),
        b"# words\nnotice 2024-02-29 0123456789abcdef\n".to_vec(),
    ]
}
