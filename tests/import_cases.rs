//! The recogniser against small cases of the structure rules: this repository's own, and twenty that lie beside it.

mod recognised;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fonds::diagnostic::Severity;
use fonds::import::{Block, BlockKind, Capture, Paragraph, read, recognise};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    zone: String,
    input: String,
    expect: Expect,
}

#[derive(Deserialize)]
struct Expect {
    blocks: Vec<Wanted>,
    #[serde(default)]
    diag: BTreeSet<String>,
    #[serde(default)]
    meta: BTreeMap<String, String>,
    dropped: Option<usize>,
}

#[derive(Deserialize)]
struct Wanted {
    k: String,
    l: Option<usize>,
    n: Option<String>,
    t: Option<String>,
    starts: Option<String>,
    #[serde(default)]
    runin: bool,
}

/// As the cases are compared: full-width ASCII as ASCII, wide spaces as spaces, enclosed numbers spelled out.
fn folded(text: &str) -> String {
    let mut copy = String::new();
    for character in text.trim().chars() {
        match u32::from(character) {
            code @ 0xff01..=0xff5e => copy.extend(char::from_u32(code - 0xfee0)),
            0x3000 | 0xa0 => copy.push(' '),
            code @ 0x3220..=0x3229 => {
                copy.push('(');
                copy.extend("一二三四五六七八九十".chars().nth((code - 0x3220) as usize));
                copy.push(')');
            }
            code @ 0x2474..=0x2487 => copy += &format!("({})", code - 0x2473),
            _ => copy.push(character),
        }
    }
    copy
}

fn name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading => "h",
        BlockKind::Paragraph => "p",
        BlockKind::Item => "item",
        BlockKind::Clause => "clause",
        BlockKind::Salutation => "salutation",
        BlockKind::Date => "date",
        BlockKind::AttachmentList => "attach-list",
        BlockKind::AttachmentHead => "attach-head",
        BlockKind::NoteAuthor => "note-author",
        BlockKind::NoteEditor => "note-editor",
        BlockKind::NotePublic => "note-public",
        other => panic!("{other:?} in a plain text"),
    }
}

fn matches(block: &Block, wanted: &Wanted) -> bool {
    let text = folded(&block.text);
    name(block.kind) == wanted.k
        && wanted.l.is_none_or(|level| level == block.level)
        && wanted.n.as_ref().is_none_or(|number| block.number.as_deref().map(folded).as_ref() == Some(number))
        && wanted.t.as_ref().is_none_or(|wanted| text == folded(wanted))
        && wanted.starts.as_ref().is_none_or(|start| text.starts_with(&folded(start)))
        && wanted.runin == block.run_in
}

fn compare(id: &str, zone: &str, expect: &Expect, blocks: &[Block], told: &BTreeSet<String>, faults: &mut Vec<String>) {
    let same = blocks.len() == expect.blocks.len()
        && blocks.iter().zip(&expect.blocks).all(|(block, wanted)| matches(block, wanted));
    if !same {
        faults.push(format!("{id} ({zone}): {blocks:#?}"));
    }
    if *told != expect.diag {
        faults.push(format!("{id} ({zone}): told {told:?}, not {:?}", expect.diag));
    }
}

#[test]
fn own_cases() {
    assert_eq!(hold(&recognised::own("cases.toml")), 7);
}

#[test]
fn twenty_cases() {
    let Some(cases) = recognised::shared("structure/cases.toml") else { return };
    assert_eq!(hold(&cases), 20);
}

/// Holds every case against what is recognised; gives how many there are.
fn hold(cases: &Path) -> usize {
    let text = std::fs::read_to_string(cases).expect("the cases can be read");
    let cases: Cases = toml::from_str(&text).expect("the cases are TOML");
    let mut faults = Vec::new();
    for Case { id, zone, input, expect } in &cases.case {
        // The recogniser alone, on the body.
        if zone == "body" {
            let lines = input.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            let paragraphs: Vec<_> = lines
                .map(|(at, line)| Paragraph { text: line.trim().to_string(), line: at + 1, ..Paragraph::default() })
                .collect();
            let outline = recognise(&paragraphs);
            let told = outline.doubts.iter().map(|doubt| doubt.fault.code().to_string()).collect();
            compare(id, "recognise", expect, &outline.blocks, &told, &mut faults);
        }
        // The whole pipeline must not find a head or a tail where there is none.
        let import = read(&Capture { name: id, bytes: input.as_bytes() }).expect("readable");
        let told = import.diagnostics.iter().map(|diagnostic| diagnostic.code().to_string()).collect();
        compare(id, "read", expect, &import.blocks, &told, &mut faults);
        assert!(import.diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error), "{id}");
        let meta = &import.meta;
        for (key, value) in &expect.meta {
            let found = match key.as_str() {
                "title" => meta.title.clone(),
                "author" => meta.authors.first().map(|author| author.name.clone()),
                "date" => meta.date.as_ref().map(|date| {
                    [Some(date.as_str()), meta.time.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
                }),
                "source" => meta.source.clone(),
                other => panic!("{id}: unknown fact {other}"),
            };
            if found.as_ref() != Some(value) {
                faults.push(format!("{id}: {key} is {found:?}, not {value}"));
            }
        }
        let boilerplate = import.dropped.iter().filter(|dropped| !dropped.why.is_in_head()).count();
        if expect.dropped.is_some_and(|count| count != boilerplate) {
            faults.push(format!("{id}: dropped {:?}", import.dropped));
        }
    }
    println!("{} cases, {} faults", cases.case.len(), faults.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    cases.case.len()
}
