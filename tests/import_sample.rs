//! An essay as a government's site prints it: one of this repository's own, and the one this project was asked for, whose
//! text belongs to its source office and lies beside the repository.

mod recognised;

use fonds::diagnostic::code::Code;
use fonds::import::{BlockKind, Capture, read};

#[test]
fn own_essay() {
    let bytes = std::fs::read(recognised::own("essay.txt")).expect("the essay");
    let import = read(&Capture { name: "essay.txt", bytes: &bytes }).expect("readable");
    let meta = &import.meta;
    assert_eq!(meta.title.as_deref(), Some("夜里的库房"));
    let author = meta.authors.first().expect("an author");
    assert_eq!((author.name.as_str(), author.affiliation.as_deref()), ("何远", Some("江城县图书馆退休职工")));
    assert_eq!((meta.date.as_deref(), meta.source.as_deref()), (Some("2021-03-05"), Some("江城县图书馆")));
    assert!(meta.rights.as_deref().is_some_and(|rights| rights.contains("不得转载")));
    let headings =
        |level| import.blocks.iter().filter(|block| block.kind == BlockKind::Heading && block.level == level).count();
    assert_eq!((headings(1), headings(2), headings(3)), (2, 4, 0));
    let count = |kind| import.blocks.iter().filter(|block| block.kind == kind).count();
    assert_eq!((count(BlockKind::Paragraph), count(BlockKind::NoteAuthor), import.blocks.len()), (5, 1, 12));
    let codes: Vec<&str> = import.diagnostics.iter().map(|told| told.code().name()).collect();
    assert_eq!(codes, ["reprint-forbidden"]);
    let body = import.markdown_body();
    assert_eq!(body.lines().filter(|line| line.starts_with("## ")).count(), 2);
    assert!(body.contains("### （一） 煤油灯 {#s1-1}\n") && body.contains("{#s2-2}\n"));

    let (gb, _, lost) = encoding_rs::GB18030.encode(std::str::from_utf8(&bytes).expect("UTF-8"));
    assert!(!lost);
    let other = read(&Capture { name: "essay.txt", bytes: &gb }).expect("readable");
    assert_eq!((other.blocks, other.meta, other.dropped), (import.blocks, import.meta, import.dropped));
}

#[test]
fn the_essay() {
    let Some(path) = recognised::shared("samples/lijiang-zhengfa-2017.txt") else { return };
    let bytes = std::fs::read(path).expect("the sample");
    let import = read(&Capture { name: "capture.txt", bytes: &bytes }).expect("readable");
    let meta = &import.meta;
    assert_eq!(meta.title.as_deref(), Some("政法工作防风险补短板解难题促发展思考"));
    assert_eq!(meta.authors.len(), 1);
    assert_eq!(meta.authors[0].name, "张佐");
    assert!(meta.authors[0].affiliation.as_deref().is_some_and(|words| words.starts_with("中共丽江市委")));
    assert_eq!(meta.date.as_deref(), Some("2017-08-30"));
    assert_eq!(meta.source.as_deref(), Some("中共丽江市委党史研究室"));
    assert!(meta.rights.as_deref().is_some_and(|rights| rights.contains("版权")));
    let headings =
        |level| import.blocks.iter().filter(|block| block.kind == BlockKind::Heading && block.level == level).count();
    assert_eq!((headings(1), headings(2), headings(3)), (5, 20, 0));
    let count = |kind| import.blocks.iter().filter(|block| block.kind == kind).count();
    assert_eq!((count(BlockKind::Paragraph), count(BlockKind::NoteAuthor)), (27, 1));
    assert_eq!(import.blocks.len(), 53);
    let why: Vec<String> = import.dropped.iter().map(|dropped| dropped.why.name()).collect();
    assert_eq!(
        why,
        ["repeated-title", "repeated-author", "print-button", "rights-notice", "site-operator", "error-report"]
    );
    let codes: Vec<Code> = import.diagnostics.iter().map(|fault| fault.code()).collect();
    assert_eq!(codes, [Code::ReprintForbidden], "its page reserves reprinting, and that is told");
    assert_eq!(import.encoding, "UTF-8");

    let body = import.markdown_body();
    assert_eq!(body.lines().filter(|line| line.starts_with("## ")).count(), 5);
    assert_eq!(body.lines().filter(|line| line.starts_with("### ")).count(), 20);
    assert!(body.contains(" {#s1}\n") && body.contains(" {#s5-4}\n"));
    assert!(body.lines().any(|line| line.starts_with("### (一) ")), "the space after the bracket is kept");
    assert_eq!(body.lines().filter(|line| !line.is_empty()).count(), 52);

    let (gb, _, lost) = encoding_rs::GB18030.encode(std::str::from_utf8(&bytes).expect("UTF-8"));
    assert!(!lost);
    let other = read(&Capture { name: "capture.txt", bytes: &gb }).expect("readable");
    assert_eq!((other.blocks, other.meta, other.dropped), (import.blocks, import.meta, import.dropped));
}
