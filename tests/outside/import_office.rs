//! One document as the files of offices: Word before 2007, Rich Text, OpenDocument, a page saved into one file. The same
//! record and the same text come out of each, with numbers, tables, notes, changes and pictures.

use std::io::Write;

use serde_json::Value;

use super::doc_file::{Paragraph, doc};
use crate::archive::{Archive, files_in};

const TITLE: &str = "守护旧报刊的三点体会";
const BY_LINE: &str = "沈一帆";
const LABELS: &str = "发布时间:2021-06-08 来源: 江城县地方史志学会";

/// What a paragraph is, and its text without a number that the program prints.
const TEXT: [(&str, &str); 9] = [
    ("", "旧报刊的纸张酸化严重,翻动时要用竹起子,这是多年摸索出来的经验,也是馆里的规矩。"),
    ("1", "先登记,后整理"),
    ("", "登记要逐页进行,缺页、残页分别注明,不得补写,也不得凭记忆推断原来的文字。"),
    ("2", "登记的次序"),
    ("", "先登记报头和日期,再登记版次,最后登记破损的位置,三项都要由两个人核对。"),
    ("2", "登记的格式"),
    ("", "格式由县图书馆统一印制,填写时用碳素墨水,写错了划去重写,不许涂改。"),
    ("1", "先清洁,后修补"),
    ("", "清洁用软毛刷,顺着纸纹的方向轻轻扫,不要用水,更不要用橡皮去擦铅笔字。"),
];

/// The same as lines, with the numbers.
fn plain() -> String {
    let numbers = ["", "一、", "", "（一）", "", "（二）", "", "二、", ""];
    let lines = numbers.iter().zip(TEXT).map(|(number, (_, text))| format!("{number}{text}"));
    [TITLE, BY_LINE, LABELS].map(str::to_string).into_iter().chain(lines).map(|line| line + "\n\n").collect()
}

/// Characters as Rich Text writes them: half by their bytes, half by their numbers.
fn rich(text: &str) -> String {
    let character = |(nth, character): (usize, char)| match character {
        plain if plain.is_ascii() => plain.to_string(),
        other if nth % 2 == 0 => {
            encoding_rs::GBK.encode(&other.to_string()).0.iter().map(|byte| format!("\\'{byte:02x}")).collect()
        }
        other => format!("\\u{} ?", other as u32 as u16 as i16),
    };
    text.chars().enumerate().map(character).collect()
}

fn rtf() -> String {
    let level = |nth: u8, text: &str| {
        format!(
            "{{\\listlevel\\levelnfc37\\levelfollow2\\levelstartat1{{\\leveltext\\'0{}{text};}}{{\\levelnumbers;}}}}",
            nth + 2
        )
    };
    let lists = format!(
        "{{\\*\\listtable{{\\list{}{}\\listid7}}}}{{\\*\\listoverridetable{{\\listoverride\\listid7\\listoverridecount0\\ls1}}}}",
        level(0, &format!("\\'00{}", rich("、"))),
        level(1, &format!("{}\\'01{}", rich("（"), rich("）")))
    );
    let paragraph = |kind: &str, text: &str| match kind.parse::<u8>() {
        Ok(level) => format!("\\pard\\s{level}\\ls1\\ilvl{} {{\\listtext x\\tab}}{}\\par\n", level - 1, rich(text)),
        Err(_) => format!("\\pard\\plain\\f0 {}\\par\n", rich(text)),
    };
    let body: String = [TITLE, BY_LINE, LABELS]
        .iter()
        .map(|line| paragraph("", line))
        .chain(TEXT.iter().map(|(kind, text)| paragraph(kind, text)))
        .collect();
    format!(
        "{{\\rtf1\\ansi\\ansicpg936\\deff0{{\\fonttbl{{\\f0\\fnil\\fcharset134 SimSun;}}}}{{\\stylesheet{{\\s0 Normal;}}{{\\s1 heading \
         1;}}{{\\s2 {} 2;}}}}{lists}{{\\header not this\\par}}{body}}}",
        rich("标题")
    )
}

fn flat() -> String {
    let paragraph = |kind: &str, text: &str| match kind {
        "" => format!("<text:p text:style-name=\"Standard\">{text}</text:p>"),
        level => format!("<text:h text:outline-level=\"{level}\">{text}</text:h>"),
    };
    let body: String = [TITLE, BY_LINE, LABELS]
        .iter()
        .map(|line| paragraph("", line))
        .chain(TEXT.iter().map(|(kind, text)| paragraph(kind, text)))
        .collect();
    open_document(
        "<text:outline-style style:name=\"Outline\"><text:outline-level-style text:level=\"1\" style:num-format=\"一, 二, 三, ...\" \
         style:num-suffix=\"、\"><style:list-level-properties><style:list-level-label-alignment \
         text:label-followed-by=\"nothing\"/></style:list-level-properties></text:outline-level-style><text:outline-level-style \
         text:level=\"2\" style:num-format=\"一, 二, 三, ...\" style:num-prefix=\"（\" style:num-suffix=\"）\"/></text:outline-style>",
        &body,
    )
}

/// A flat OpenDocument text.
fn open_document(styles: &str, body: &str) -> String {
    let spaces: String = ["office", "text", "table", "style", "meta"]
        .iter()
        .map(|name| format!(" xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""))
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document{spaces} \
         xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" \
         xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" \
         xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:styles>{styles}</office:styles><office:body><office:text>{body}</office:text></office:body></office:document>"
    )
}

/// The same in a package.
fn packed(flat: &str) -> Vec<u8> {
    let styles = flat.replace("<office:text>", "<office:none>").replace("</office:text>", "</office:none>");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let files = [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", flat),
        ("styles.xml", &styles),
        ("META-INF/manifest.xml", "<m/>"),
    ];
    for (name, text) in files {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file begins");
        zip.write_all(text.as_bytes()).expect("a file is written");
    }
    zip.finish().expect("a package").into_inner()
}

fn word() -> Vec<u8> {
    let lines = [TITLE, BY_LINE, LABELS].map(Paragraph::of);
    let text = TEXT.map(|(kind, text)| match kind.parse::<u8>() {
        Ok(level) => Paragraph::of(text).heading(level),
        Err(_) => Paragraph::of(text),
    });
    doc(&lines.into_iter().chain(text).collect::<Vec<_>>())
}

/// A page in GB18030, saved with its picture into one file.
fn saved() -> Vec<u8> {
    let numbers = ["", "一、", "", "（一）", "", "（二）", "", "二、", ""];
    let text: String =
        numbers.iter().zip(TEXT).map(|(number, (_, text))| format!("<p>{number}{text}</p>\r\n")).collect();
    let page = format!(
        "<html><head><meta charset=gb18030><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{BY_LINE}</div><div>{LABELS}</div>\r\n<div \
         class=TRS_Editor>{text}</div></body></html>"
    );
    let quoted: Vec<u8> = encoding_rs::GB18030
        .encode(&page)
        .0
        .iter()
        .enumerate()
        .flat_map(|(nth, byte)| match byte {
            b'=' => b"=3D".to_vec(),
            // Internet Explorer quotes them, and others do not.
            byte if *byte >= 0x80 && nth % 3 == 0 => format!("={byte:02X}").into_bytes(),
            byte => vec![*byte],
        })
        .collect();
    let mut file = b"From: <Saved by a browser>\r\nSubject: =?gb2312?B?zfi4uw==?=\r\nDate: Tue, 8 Jun 2021 10:00:00 +0800\r\nMIME-Version: \
        1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----=_Next\"\r\n\r\nThis is a multi-part \
        message.\r\n\r\n------=_Next\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: \
        http://a.example/essay.html\r\n\r\n"
        .to_vec();
    file.extend(quoted);
    file.extend_from_slice(b"\r\n------=_Next--\r\n");
    file
}

fn recognised(archive: &Archive, file: &str) -> Value {
    let run = archive.run(&["import", "--dry-run", "--format", "json", file]);
    assert_eq!(run.code, 0, "{file}: {}{}", run.stdout, run.stderr);
    serde_json::from_str(run.stdout.trim_end()).expect("one object")
}

/// What the blocks say, without where they stand.
fn blocks(object: &Value) -> Vec<String> {
    let blocks = object["blocks"].as_array().expect("blocks");
    let field = |block: &Value, name: &str| block[name].as_str().unwrap_or_default().to_string();
    blocks
        .iter()
        .map(|block| {
            format!("{} {} {}{}", field(block, "kind"), block["level"], field(block, "number"), field(block, "text"))
        })
        .collect()
}

#[test]
fn every_file_of_an_office_gives_the_same_text_and_record() {
    let archive = Archive::new()
        .file("in/essay.txt", plain())
        .file("in/essay.doc", word())
        .file("in/essay.rtf", rtf())
        .file("in/essay.fodt", flat())
        .file("in/essay.odt", packed(&flat()))
        .file("in/essay.mht", saved());
    let text = recognised(&archive, "in/essay.txt");
    assert_eq!(text["meta"]["title"].as_str(), Some(TITLE));
    for file in ["essay.doc", "essay.rtf", "essay.fodt", "essay.odt", "essay.mht"] {
        let other = recognised(&archive, &format!("in/{file}"));
        assert_eq!(blocks(&other), blocks(&text), "{file}");
        for field in ["title", "authors", "date", "source"] {
            assert_eq!(other["meta"][field], text["meta"][field], "{field} of {file}");
        }
    }
    // A format is known by its bytes: an archivist's .doc is often something else.
    let renamed = Archive::new().file("in/a.doc", rtf()).file("in/b.doc", saved()).file("in/c.doc", packed(&flat()));
    for file in ["in/a.doc", "in/b.doc", "in/c.doc"] {
        assert_eq!(blocks(&recognised(&renamed, file)), blocks(&text), "{file}");
    }
}

#[test]
fn what_is_imported_is_built() {
    let archive = Archive::new()
        .file("in/one/essay.doc", word())
        .file("in/two/essay.rtf", rtf())
        .file("in/three/essay.odt", packed(&flat()));
    let run = archive.run(&["import", "in", "--into", "notes"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let kept: Vec<String> = files_in(&archive.path().join("content/notes")).into_keys().collect();
    for ending in ["original/essay.doc", "original/essay.rtf", "original/essay.odt"] {
        assert!(kept.iter().any(|path| path.ends_with(ending)), "{kept:?}");
    }
    archive.build().succeeds();
}

#[test]
fn a_word_file_keeps_table_note_change_and_reading() {
    let document = [
        Paragraph::of("库房登记").heading(1),
        Paragraph::of("名称").cell(),
        Paragraph::of("册数").cell(),
        Paragraph::row(2),
        Paragraph::of("县志").cell(),
        Paragraph::of("12").cell(),
        Paragraph::row(2),
        Paragraph::of("见条例").note("县人民政府公布。"),
        Paragraph::of("今年").deleted("去年").then("开放。"),
        Paragraph::of("库房").reading("kùfáng").then("在北。"),
    ];
    let archive = Archive::new().file("in/a.doc", doc(&document));
    let run = archive.run(&["import", "in/a.doc", "--into", "notes"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.tells("tracked-changes"), "{}", run.stderr);
    let record = std::fs::read_to_string(archive.path().join("content/notes/a/index.md")).expect("the record");
    for part in [
        "| 名称 | 册数 |\n| --- | --- |\n| 县志 | 12 |",
        "见条例[^1]",
        "[^1]: 县人民政府公布。",
        "今年开放。",
        "库房（kùfáng）在北。",
    ] {
        assert!(record.contains(part), "{part}\nin\n{record}");
    }
    assert!(!record.contains("去年"));
}

#[test]
fn the_mark_of_a_note_may_be_a_sign_of_a_font() {
    let document = [Paragraph::of("见附图").note_with_sign("图存县档案局。"), Paragraph::of("其余从略。")];
    let archive = Archive::new().file("in/a.doc", doc(&document));
    let run = archive.run(&["import", "in/a.doc", "--into", "notes"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.tells("symbol-font"), "{}", run.stderr);
    let record = std::fs::read_to_string(archive.path().join("content/notes/a/index.md")).expect("the record");
    assert!(record.contains("[^1]: 图存县档案局。") && !record.contains("见附图("), "{record}");
}

#[test]
fn rich_text_keeps_tables_notes_and_changes() {
    let rtf = format!(
        "{{\\rtf1\\ansi\\ansicpg936{{\\fonttbl{{\\f0\\fcharset0 Arial;}}{{\\f1\\fcharset134 SimSun;}}}}\\f1\n\
         \\trowd\\cellx2000\\cellx4000\\pard\\intbl {}\\cell {}\\cell\\row\n\
         \\trowd\\clmgf\\cellx2000\\clmrg\\cellx4000\\pard\\intbl {}\\cell\\cell\\row\n\
         \\pard {}{{\\super\\chftn}}{{\\footnote\\pard {{\\super\\chftn}} {}\\par}}{}\\par\n\
         \\pard {{\\deleted {}}}{{\\revised {}}}\\b0 {}\\par\n\
         {{\\field{{\\*\\fldinst HYPERLINK \"https://a.example/x\"}}{{\\fldrslt {}}}}}\\par}}",
        rich("名称"),
        rich("册数"),
        rich("合计十二册"),
        rich("见条例"),
        rich("县人民政府公布。"),
        rich("第三条。"),
        rich("去年"),
        rich("今年"),
        rich("开放。"),
        rich("条例"),
    );
    let archive = Archive::new().file("in/a.rtf", rtf);
    let run = archive.run(&["import", "in/a.rtf", "--into", "notes"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let record = std::fs::read_to_string(archive.path().join("content/notes/a/index.md")).expect("the record");
    for part in [
        "| 名称 | 册数 |",
        "合计十二册",
        "见条例[^1]第三条。",
        "[^1]: 县人民政府公布。",
        "今年开放。",
        "[条例](https://a.example/x)",
    ] {
        assert!(record.contains(part), "{part}\nin\n{record}");
    }
    assert!(!record.contains("去年"));
}

#[test]
fn open_document_keeps_lists_tables_notes_and_changes() {
    let body = "<text:tracked-changes><text:changed-region text:id=\"c1\"><text:deletion><office:change-info/><text:p>去年</text:p></text:deletion></text:changed-region></text:tracked-changes>\
        <text:list text:style-name=\"L\"><text:list-item><text:p>甲</text:p><text:p>续</text:p></text:list-item><text:list-item><text:p>乙</text:p></text:list-item></text:list>\
        <table:table><table:table-row><table:table-cell table:number-columns-spanned=\"2\"><text:p>合计</text:p></table:table-cell><table:covered-table-cell/></table:table-row>\
        <table:table-row><table:table-cell><text:p>县志</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>\
        <text:p>见条例<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body><text:p>县人民政府公布。</text:p></text:note-body></text:note>，<text:change text:change-id=\"c1\"/>今年开放。</text:p>\
        <text:p><text:ruby><text:ruby-base>库房</text:ruby-base><text:ruby-text>kùfáng</text:ruby-text></text:ruby>在北。</text:p>";
    let styles = "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" style:num-suffix=\".\"/></text:list-style>";
    let archive = Archive::new().file("in/a.fodt", open_document(styles, body));
    let run = archive.run(&["import", "in/a.fodt", "--into", "notes"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.tells("tracked-changes"), "{}", run.stderr);
    let record = std::fs::read_to_string(archive.path().join("content/notes/a/index.md")).expect("the record");
    for part in [
        "1. 甲\n\n   续\n",
        "2. 乙",
        "| 合计 |",
        "见条例[^1]，今年开放。",
        "[^1]: 县人民政府公布。",
        "库房（kùfáng）在北。",
    ] {
        assert!(record.contains(part), "{part}\nin\n{record}");
    }
}

#[test]
fn what_a_program_counts_is_a_list_until_text_stands_between() {
    let styles = "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" style:num-suffix=\"、\"/></text:list-style>";
    let list = |items: &[(&str, &str)]| {
        let item = |(head, text): &(&str, &str)| {
            let below = if text.is_empty() {
                String::new()
            } else {
                format!(
                    "</text:list><text:p>{text}</text:p><text:list text:continue-numbering=\"true\" text:style-name=\"L\">"
                )
            };
            format!("<text:list-item><text:p>{head}</text:p></text:list-item>{below}")
        };
        format!("<text:list text:style-name=\"L\">{}</text:list>", items.iter().map(item).collect::<String>())
    };
    let opening = "<text:p>县志办公室开列的三类书目如下，请各乡镇在月底以前报来。</text:p>";
    let closing = "<text:p>逾期不报的，视为没有，由县志办公室另行派人查对。</text:p>";
    for (file, items, kind) in [
        ("a.fodt", [("旧志", ""), ("族谱", ""), ("碑刻", "")], "item"),
        (
            "b.fodt",
            [("旧志", "民国以前修的县志，不论是否完整。"), ("族谱", "各姓的族谱，抄本也要。"), ("碑刻", "")],
            "heading",
        ),
    ] {
        let body = format!("{opening}{}{closing}", list(&items));
        let archive = Archive::new().file(file, open_document(styles, &body));
        let blocks = blocks(&recognised(&archive, file));
        let kinds: Vec<&str> =
            blocks.iter().filter(|block| block.contains('、')).filter_map(|block| block.split(' ').next()).collect();
        assert_eq!(kinds, [kind; 3], "{blocks:#?}");
    }
}

#[test]
fn levels_are_those_of_numbers_where_styles_contradict_them() {
    let text = "<text:p>登记要逐页进行，缺页、残页分别注明，不得补写，也不得凭记忆推断原来的文字。</text:p>";
    let heading = |level: &str, words: &str| match level {
        "" => format!("<text:p>{words}</text:p>{text}"),
        level => format!("<text:h text:outline-level=\"{level}\">{words}</text:h>{text}"),
    };
    for (headings, levels) in [
        // One style for all ranks, or a deeper one for the upper rank.
        ([("1", "一、登记"), ("1", "（一）次序"), ("1", "（二）格式"), ("1", "二、清洁")], [1, 2, 2, 1]),
        ([("2", "一、登记"), ("1", "（一）次序"), ("1", "（二）格式"), ("2", "二、清洁")], [1, 2, 2, 1]),
        // One that is styled otherwise than the others of its rank.
        ([("1", "一、登记"), ("2", "（一）次序"), ("2", "（二）格式"), ("1", "二、清洁")], [1, 2, 2, 1]),
        // A style at the end of a numbered text lifts nothing; one at its beginning does.
        ([("", "一、登记"), ("", "二、清洁"), ("", "三、修补"), ("1", "致谢")], [1, 1, 1, 1]),
        ([("1", "工序"), ("", "一、登记"), ("", "二、清洁"), ("", "三、修补")], [1, 2, 2, 2]),
    ] {
        let body: String = headings.iter().map(|(level, words)| heading(level, words)).collect();
        let body = format!("<text:p>守护旧报刊的工序须知</text:p>{text}{body}");
        let archive = Archive::new().file("a.fodt", open_document("", &body));
        let object = recognised(&archive, "a.fodt");
        let found: Vec<u64> = object["blocks"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|block| block["kind"] == "heading")
            .filter_map(|block| block["level"].as_u64())
            .collect();
        assert_eq!(found, levels, "{headings:?} {:#?}", blocks(&object));
    }
}

#[test]
fn titles_have_words_and_no_line_of_a_document_is_its_page_s_title() {
    let text = "<text:p>各乡镇要在月底以前把本地的旧志、族谱和碑刻目录报到县志办公室，不得遗漏。</text:p>";
    for (file, lines, title) in [
        ("a.fodt", ["1", "关于征集旧志的通知"], Some("关于征集旧志的通知")),
        ("b.fodt", ["编制日期：2015-2", ""], None),
        ("c.fodt", ["00624>548-1109>61*9<52160+", ""], None),
        ("d.fodt", ["关于征集旧志的通知", "关于征集旧志的通知 - 附表"], Some("关于征集旧志的通知")),
    ] {
        let lines = lines.iter().filter(|line| !line.is_empty());
        let lines: String =
            lines.map(|line| format!("<text:p>{}</text:p>", line.replace('>', "&gt;").replace('<', "&lt;"))).collect();
        let archive = Archive::new().file(file, open_document("", &(lines + text)));
        let object = recognised(&archive, file);
        assert_eq!(object["meta"]["title"].as_str(), title, "{object:#}");
        assert!(object["dropped"].as_array().is_none_or(Vec::is_empty), "{object:#}");
    }
}

#[test]
fn lines_with_page_numbers_are_contents() {
    let body = "<text:p>Handbook of the reading room</text:p><text:p>Contents</text:p><text:p>1. Opening\u{9}1</text:p><text:p>2. Closing.....2</text:p>\
        <text:p>1. Opening</text:p><text:p>The room opens at nine, and the keys are in the desk.</text:p><text:p>2. Closing</text:p>\
        <text:p>The room closes at five, and the keys go back into the desk.</text:p>".replace('\u{9}', "<text:tab/>");
    let archive = Archive::new().file("a.fodt", open_document("", &body));
    let blocks = blocks(&recognised(&archive, "a.fodt"));
    let headings: Vec<&String> = blocks.iter().filter(|block| block.starts_with("heading")).collect();
    assert_eq!(headings, ["heading 1 1.Opening", "heading 1 2.Closing"], "{blocks:#?}");
}

#[test]
fn spoilt_files_never_panic() {
    for (name, bytes) in
        [("a.doc", word()), ("a.rtf", rtf().into_bytes()), ("a.fodt", flat().into_bytes()), ("a.mht", saved())]
    {
        let archive = Archive::new();
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        for nth in 0..40 {
            let mut spoilt = bytes.clone();
            for _ in 0..1 + nth % 7 {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                let at = usize::try_from(seed % spoilt.len() as u64).expect("a place");
                match seed >> 60 {
                    0..8 => spoilt[at] = (seed >> 40) as u8,
                    8..12 => spoilt[at] = 0xff,
                    12..14 => spoilt.truncate(at.max(1)),
                    _ => spoilt.extend_from_within(at..),
                }
            }
            std::fs::write(archive.path().join(format!("{nth}-{name}")), spoilt).expect("a file");
        }
        let run = archive.run(&["import", "--dry-run", "--format", "json", &format!("*-{name}")]);
        assert!(run.code <= 1 && !run.stderr.contains("panicked"), "{name}: {}", run.stderr);
    }
}
