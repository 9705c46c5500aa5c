//! Whatever is done to a capture's bytes, the importer neither panics nor stands still, and what it reads it reads whole.
//!
//! Small captures of every format are spoilt: bytes flipped, cut out, doubled, taken from one another, signs put in that mean
//! something to one of the readers. Packages are spoilt inside, where the readers are, and outside, where the zip file is.
//! Either an error with a code comes of it, or an import that the proof of fidelity has passed: that proof compares what was
//! read with the source character by character, so any spoilt capture that fails it shows a fault of the importer.
//!
//! A run has the same cases every time; `FONDS_FUZZ=100000` makes that many, and others each time.

mod clock;
mod seeds;

use std::fmt;
use std::time::Duration;

use clock::Stopwatch;
use fonds::import::{Beside, Capture, Context, Import, Known, Paragraph, decode, read_in, recognise, warc};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use seeds::{PAGE, Seed, archive, gzip, png, seeds, zip};

/// Longest time of one case.
const LONGEST: Duration = Duration::from_secs(6);

/// Signs that mean something to one of the readers, or to Markdown.
const SIGNS: &[&str] = &[
    "<table>",
    "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>",
    "</td>",
    "</tr>",
    "<td>",
    "<tr>",
    "</table>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<li>",
    "<ul>",
    "<ol start=9>",
    "<dl>",
    "<dt>",
    "<dd>",
    "<br>",
    "<br><br>",
    "<hr>",
    "<pre>",
    "</pre>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<code>",
    "</code>",
    "<h1>",
    "</h1>",
    "<h3>",
    "<blockquote>",
    "</blockquote>",
    "<a href=\"#1\">",
    "<a href=\"#n1\">2</a>",
    "<a href=\"#m1\">",
    "<a href='http://a.cn/'>",
    "</a>",
    "<p id=n1>",
    "<p id=m1>",
    "<img src=a.png alt='图'>",
    "<img src='x' alt='*'>",
    "<span hidden>",
    "<style>",
    "<script>",
    "<svg>",
    "<math>",
    "<template>",
    "<select>",
    "<title>",
    "<textarea>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&#0;",
    "&#13;",
    "&nbsp;",
    "&amp;",
    "&amp;amp;",
    "&lt;",
    "&",
    ";",
    "<",
    ">",
    "w:p",
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "<w:t>",
    "</w:t>",
    "</w:r>",
    "<w:tbl>",
    "<w:br/>",
    "<w:tab/>",
    "<w:tc>",
    "<w:footnoteReference w:id=\"2\"/>",
    "<w:b/>",
    "<w:vMerge/>",
    "w:val=\"9\"",
    "<w:sdt>",
    "<w:p/>",
    "%1、",
    "%9",
    "一、",
    "二、",
    "（二）",
    "第一条 ",
    "第二章 总则",
    "附件",
    "附件1：",
    "附：",
    "作者：",
    "来源：",
    "责任编辑：",
    "时间：2017年",
    "版权所有",
    "\u{3000}",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{b}",
    "\u{c}",
    "\u{85}",
    "\u{2028}",
    "\t",
    " ",
    "  ",
    "    ",
    "\r",
    "\n",
    "\n\n",
    "\r\n",
    "|",
    "||",
    "---",
    "===",
    "+++",
    "[^1]",
    "[^1]: ",
    "\n[^1]: 注\n",
    "[",
    "]",
    "](",
    ")",
    "![",
    "(",
    "\\",
    "\\\\",
    "`",
    "``",
    "```",
    "\n```\n",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "#",
    "# ",
    "\n# ",
    "{#a}",
    " {#a}",
    "{",
    "}",
    ">",
    "\n> ",
    "- ",
    "\n- ",
    "+ ",
    "1. ",
    "1) ",
    "\n1. ",
    ":::",
    ": ",
    "\"",
    "'",
    "“",
    "”",
    "\u{1f6a2}",
    "e\u{301}",
    "\u{fffd}",
    "\u{fffc}",
    "http://a.cn/_x_",
    "<a@b.cn>",
    "a@b.cn",
    "$",
    "^",
    "=",
    "-",
    "\u{1}",
    "\u{1b}[1m",
    "甲。",
    "。",
    "①",
    "1.1 ",
    "2017",
    "〔2017〕1号",
    "$x$",
];

/// One change: what is done, where, and with what.
#[derive(Debug, Clone, Copy)]
struct Edit {
    how: u8,
    part: u8,
    at: u16,
    with: u16,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = (0_u8..24, any::<u8>(), any::<u16>(), any::<u16>()).prop_map(|(how, part, at, with)| Edit {
        how,
        part,
        at,
        with,
    });
    prop::collection::vec(edit, 0..9)
}

/// A position that a number stands for, on the border of a character unless the number is one in sixteen.
fn position(bytes: &[u8], number: u16) -> usize {
    let mut at = usize::from(number) * (bytes.len() + 1) / 65_536;
    while at > 0 && !number.is_multiple_of(16) && bytes.get(at).is_some_and(|byte| byte & 0xc0 == 0x80) {
        at -= 1;
    }
    at
}

fn spoil(bytes: &mut Vec<u8>, edit: Edit, other: &[u8]) {
    let at = position(bytes, edit.at);
    let end = |bytes: &[u8]| {
        let mut end = (at + usize::from(edit.with % 64) + 1).min(bytes.len());
        while bytes.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
            end += 1;
        }
        end
    };
    match edit.how {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << (edit.with % 8);
            }
        }
        1 => {
            let with = u8::try_from(edit.with % 256).unwrap_or_default();
            bytes.insert(at, with);
        }
        2..=4 => drop(bytes.drain(at..end(bytes))),
        5..=6 => {
            let again = bytes.get(at..end(bytes)).unwrap_or_default().repeat(1 + usize::from(edit.part % 3));
            drop(bytes.splice(at..at, again));
        }
        7..=8 => {
            let from = position(other, edit.with);
            let mut to = (from + usize::from(edit.part)).min(other.len());
            while other.get(to).is_some_and(|byte| byte & 0xc0 == 0x80) {
                to += 1;
            }
            drop(bytes.splice(at..at, other.get(from..to).unwrap_or_default().iter().copied()));
        }
        _ => {
            let sign = SIGNS.get(usize::from(edit.with) % SIGNS.len()).copied().unwrap_or_default();
            drop(bytes.splice(at..at, sign.bytes()));
        }
    }
}

/// A spoilt capture.
struct Case {
    name: &'static str,
    /// What was changed, for the eye: the file, or the parts of the package.
    shown: Vec<u8>,
    bytes: Vec<u8>,
    is_archive: bool,
}

impl fmt::Debug for Case {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.name, String::from_utf8_lossy(&self.shown).escape_debug())
    }
}

impl Case {
    fn of(seed: &Seed, edits: &[Edit], seeds: &[Seed]) -> Self {
        let other = |edit: &Edit| match seeds.get(usize::from(edit.part) % seeds.len()) {
            Some(Seed::File(_, bytes) | Seed::Archive { body: bytes, .. }) => bytes.clone(),
            Some(Seed::Package(_, parts)) => parts.first().map(|(_, bytes)| bytes.clone()).unwrap_or_default(),
            None => Vec::new(),
        };
        match seed {
            Seed::File(name, bytes) => {
                let mut bytes = bytes.clone();
                edits.iter().for_each(|edit| spoil(&mut bytes, *edit, &other(edit)));
                Self { name, shown: bytes.clone(), bytes, is_archive: false }
            }
            Seed::Package(name, parts) => {
                let mut parts = parts.clone();
                let (outside, inside): (Vec<&Edit>, Vec<&Edit>) =
                    edits.iter().partition(|edit| edit.part.is_multiple_of(32));
                for edit in inside {
                    // Half of the changes go to the part with the text.
                    let part =
                        if edit.part % 2 == 0 { parts.len() / 3 } else { usize::from(edit.part / 2) % parts.len() };
                    let part = if *name == "a.docx" && edit.part % 2 == 0 { 0 } else { part };
                    if let Some((_, bytes)) = parts.get_mut(part) {
                        spoil(bytes, *edit, &other(edit));
                    }
                }
                let shown = parts.iter().flat_map(|(_, bytes)| [bytes.as_slice(), b"\n"].concat()).collect();
                let mut bytes = zip(&parts);
                outside.into_iter().for_each(|edit| spoil(&mut bytes, *edit, b"PK\x03\x04PK\x05\x06"));
                Self { name, shown, bytes, is_archive: false }
            }
            Seed::Archive { head, body, packed } => {
                let mut body = body.clone();
                let (outside, inside): (Vec<&Edit>, Vec<&Edit>) =
                    edits.iter().partition(|edit| edit.part.is_multiple_of(8));
                inside.into_iter().for_each(|edit| spoil(&mut body, *edit, &other(edit)));
                let mut bytes = archive(head, &body);
                bytes.extend(archive(head, PAGE.as_bytes()));
                if *packed {
                    bytes = gzip(&bytes);
                }
                outside.into_iter().for_each(|edit| spoil(&mut bytes, *edit, &other(edit)));
                Self { name: "a.warc", shown: bytes.clone(), bytes, is_archive: true }
            }
        }
    }

    fn check(&self) -> Result<(), TestCaseError> {
        let started = Stopwatch::start();
        if self.is_archive {
            for page in warc::pages(self.bytes.as_slice()) {
                match page {
                    Ok(page) => {
                        let known = Known {
                            charset: page.charset.as_deref(),
                            address: Some(&page.address),
                            ..Known::default()
                        };
                        let context = Context { known, captured: page.captured.as_deref(), beside: &Pictures };
                        import("a.html", &page.body, &context)?;
                    }
                    Err(fault) => prop_assert!(!fault.code().name().is_empty()),
                }
            }
        } else {
            import(self.name, &self.bytes, &Context { beside: &Pictures, ..Context::default() })?;
        }
        if let Ok(decoded) = decode(&self.bytes, None) {
            let paragraphs: Vec<Paragraph> = decoded
                .text
                .lines()
                .enumerate()
                .map(|(at, text)| Paragraph { text: text.to_string(), line: at + 1, ..Paragraph::default() })
                .collect();
            let printed: usize = recognise(&paragraphs).blocks.len();
            prop_assert!(printed >= paragraphs.len(), "{} blocks of {} paragraphs", printed, paragraphs.len());
        }
        prop_assert!(started.spent() < LONGEST, "it took {:?}", started.spent());
        Ok(())
    }
}

/// An image wherever one is asked for.
struct Pictures;

impl Beside for Pictures {
    fn file(&self, _: &str) -> Option<Vec<u8>> {
        Some(png())
    }
}

fn import(name: &str, bytes: &[u8], context: &Context<'_>) -> Result<(), TestCaseError> {
    match read_in(&Capture { name, bytes }, context) {
        Ok(import) => sound(&import),
        Err(fault) => {
            prop_assert!(
                !fault.code().name().is_empty() && !fault.message(fonds::diagnostic::lang::Lang::English).is_empty()
            );
            Ok(())
        }
    }
}

fn sound(import: &Import) -> Result<(), TestCaseError> {
    if let Some(fault) = import.diagnostics.iter().find(|fault| fault.code().name() == "fidelity") {
        let markdown = import.markdown_body();
        return Err(TestCaseError::fail(format!(
            "{}\n{:?}\n{markdown}",
            fault.message(fonds::diagnostic::lang::Lang::English),
            fault.place
        )));
    }
    let record = import.record_file("id", "a.original");
    prop_assert!(!record.contains('\0'), "a NUL in the record");
    prop_assert!(!import.json("a", fonds::diagnostic::lang::Lang::English).contains('\n'), "more than one line");
    for media in &import.media {
        let name = &media.name;
        prop_assert!(!name.contains("..") && !name.starts_with('/') && !name.contains(['\0', '\\']), "{}", name);
    }
    Ok(())
}

fn run(which: impl Fn(&Seed) -> bool) {
    let asked: Option<u32> = std::env::var("FONDS_FUZZ").ok().and_then(|cases| cases.parse().ok());
    let config = Config {
        cases: asked.unwrap_or(15_000),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = if asked.is_some() { TestRunner::new(config) } else { TestRunner::new_with_rng(config, rng) };
    let seeds = seeds();
    let chosen: Vec<usize> = (0..seeds.len()).filter(|at| seeds.get(*at).is_some_and(&which)).collect();
    let cases = (prop::sample::select(chosen), edits())
        .prop_map(move |(seed, edits)| Case::of(&seeds[seed], &edits, &seeds))
        .boxed();
    if let Err(fault) = runner.run(&cases, |case| case.check()) {
        panic!("{fault}");
    }
}

#[test]
fn pages() {
    run(|seed| matches!(seed, Seed::File("a.html" | "b.html", _)));
}

#[test]
fn markdown() {
    run(|seed| matches!(seed, Seed::File("a.md" | "b.md", _)));
}

#[test]
fn plain_text() {
    run(|seed| matches!(seed, Seed::File("a.txt", _)));
}

#[test]
fn files_of_offices() {
    run(|seed| matches!(seed, Seed::File("a.rtf" | "a.fodt" | "a.mht", _)));
}

#[test]
fn markup() {
    run(|seed| matches!(seed, Seed::File("tei.xml" | "alto.xml", _)));
}

#[test]
fn packages() {
    run(|seed| matches!(seed, Seed::Package(..)));
}

#[test]
fn web_archives() {
    run(|seed| matches!(seed, Seed::Archive { .. }));
}
