//! The proof of fidelity must fail when anything is lost, changed or added, and say where.

use fonds::import::{Block, BlockKind, Capture, Import, read, verify_fidelity};

const TEXT: &str = "\
旧报刊整理札记 沈一帆
 发布时间：2020-04-12 09:30 来源：江城县文史会 浏览次数：318

旧报刊整理札记

沈一帆

　　旧报刊纸张酸化严重，翻动时要用竹起子。

一、登记

逐页登记。

二、装订

用棉线装订。

（作者系江城县图书馆馆员）

[打印本页]
版权所有 江城县学会
";

fn import() -> Import {
    read(&Capture { name: "a.txt", bytes: TEXT.as_bytes() }).expect("text")
}

/// The place and the message of the fault, after a change.
fn fault(change: impl FnOnce(&mut Import)) -> Option<(usize, String)> {
    let mut import = import();
    change(&mut import);
    let fault = verify_fidelity(&import, "a.txt", TEXT)?;
    assert_eq!(fault.code().name(), "fidelity");
    let line = fault.place.as_ref().map_or(0, |place| place.line);
    Some((line, fault.message(fonds::diagnostic::lang::Lang::English)))
}

#[test]
fn an_untouched_import_is_proven() {
    let import = import();
    assert_eq!(import.diagnostics, []);
    assert_eq!(verify_fidelity(&import, "a.txt", TEXT), None);
    assert_eq!(import.meta.authors[0].affiliation.as_deref(), Some("江城县图书馆馆员"));
    assert_eq!(import.meta.rights.as_deref(), Some("版权所有 江城县学会"));
}

#[test]
fn each_loss_is_found() {
    let line = |found: Option<(usize, String)>| found.map(|(line, _)| line);
    assert_eq!(
        line(fault(|import| import.blocks[0].text = "旧报刊纸张酸化严重，翻动时要用竹起子".to_string())),
        Some(8)
    );
    assert_eq!(line(fault(|import| import.blocks[2].text.push('！'))), Some(14));
    assert_eq!(line(fault(|import| import.blocks[3].number = Some("三、".to_string()))), Some(14));
    assert_eq!(line(fault(|import| drop(import.blocks.remove(4)))), Some(16));
    assert_eq!(line(fault(|import| drop(import.blocks.pop()))), None, "its words are in the record");
    assert_eq!(line(fault(|import| import.meta.authors[0].affiliation = None)), Some(18));
    assert_eq!(line(fault(|import| import.meta.source = None)), Some(2));
    assert_eq!(line(fault(|import| import.meta.title = Some("札记".to_string()))), Some(1));
    assert_eq!(line(fault(|import| import.dropped.retain(|dropped| dropped.why.name() != "view-counter"))), Some(2));
    assert_eq!(line(fault(|import| import.dropped.retain(|dropped| dropped.why.name() != "print-button"))), Some(20));
    assert_eq!(line(fault(|import| import.dropped.retain(|dropped| dropped.why.name() != "repeated-title"))), Some(4));
}

#[test]
fn an_addition_is_found_and_shown() {
    let added = fault(|import| {
        let block = Block { text: "多出来的话。".to_string(), ..Block::new(BlockKind::Paragraph, 16) };
        import.blocks.push(block);
    });
    assert!(added.is_some_and(|(_, message)| message.contains("多出来的话")));
    let changed = fault(|import| import.blocks[0].text = import.blocks[0].text.replace("竹", "铁"));
    assert!(changed.is_some_and(|(_, message)| message.contains("“铁起子") && message.contains("“竹起子")));
}

#[test]
fn the_record_file() {
    let file = import().record_file("zhaji", "original/a.txt");
    let front = "\
+++
id = \"zhaji\"
title = \"旧报刊整理札记\"
date = \"2020-04-12\"
date_printed = \"2020-04-12 09:30\"
source = \"江城县文史会\"
language = \"zh-Hans\"
rights = \"版权所有 江城县学会\"
proofread = \"未校对\"

[[authors]]
name = \"沈一帆\"
affiliation = \"江城县图书馆馆员\"

[original]
file = \"original/a.txt\"
sha256 = \"";
    assert!(file.starts_with(front), "{file}");
    let body = "encoding = \"UTF-8\"\nimporter = \"fonds 0.1.0\"\n+++\n\n旧报刊纸张酸化严重，翻动时要用竹起子。\n\n## 一、登记 {#s1}\n\n逐页登记。\n\n## 二、装订 {#s2}\n\n用棉线装订。\n";
    assert!(file.ends_with(body), "{file}");
}

#[test]
fn a_name_with_an_enclosed_number_is_recorded_as_it_is_printed() {
    let text = TEXT.replace("（作者系江城县图书馆馆员）", "责任编辑：张㈩四");
    let import = read(&Capture { name: "a.txt", bytes: text.as_bytes() }).expect("text");
    assert_eq!(import.meta.editors, ["张㈩四"]);
    assert_eq!(verify_fidelity(&import, "a.txt", &text), None);
}
