//! Packages made in memory, so that every case shows the XML it is about.

mod any;
mod lists;

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Held;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::PackageMessage;
use crate::import::flow::{Around, Flow, Form, GridPlace, Piece, Sense};

const SPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml""#,
);

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("starts");
        zip.write_all(text.as_bytes()).expect("writes");
    }
    zip.finish().expect("finishes").into_inner()
}

/// A part with `root` as its outermost element.
fn part(root: &str, inner: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<w:{root} {SPACES}>{inner}</w:{root}>")
}

fn document(body: &str) -> String {
    part("document", &format!("<w:body>{body}<w:sectPr/></w:body>"))
}

fn try_with(body: &str, parts: &[(&str, &str)]) -> Result<Flow, Diagnostic> {
    let document = document(body);
    let mut all = vec![("word/document.xml", document.as_str())];
    all.extend(parts);
    read("a.docx", &package(&all))
}

/// Reads a body, and holds the pieces against the witness.
/// Reads a document that holds a text.
fn read(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    super::read(name, bytes).map(|held| match held {
        Held::Text(flow) => *flow,
        Held::File(name, _) => panic!("{name} in the place of a text"),
    })
}

fn with(body: &str, parts: &[(&str, &str)]) -> Flow {
    let flow = try_with(body, parts).expect("reads");
    let compact = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
    let unprinted = |piece: &Piece| {
        let mut text = String::new();
        let mut at = 0;
        let mut printed: Vec<_> = piece.marks.iter().filter(|mark| mark.sense == Sense::Printed).collect();
        printed.sort_by_key(|mark| mark.range.start);
        for mark in printed {
            text.push_str(&piece.text[at..mark.range.start]);
            at = mark.range.end;
        }
        text + &piece.text[at..]
    };
    let pieces: String = flow.pieces.iter().map(unprinted).collect();
    assert_eq!(compact(&pieces), compact(&flow.witness));
    for piece in &flow.pieces {
        assert!(piece.marks.is_sorted_by_key(|mark| mark.range.start), "{piece:?}");
        assert!(piece.marks.iter().all(|mark| piece.text.get(mark.range.clone()).is_some()), "{piece:?}");
    }
    flow
}

fn texts(flow: &Flow) -> Vec<&str> {
    flow.pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// A piece's marks, each with its text.
fn marks(piece: &Piece) -> Vec<(&str, Sense)> {
    piece.marks.iter().map(|mark| (&piece.text[mark.range.clone()], mark.sense.clone())).collect()
}

fn codes(flow: &Flow) -> Vec<&str> {
    flow.diagnostics.iter().map(|fault| fault.code().name()).collect()
}

fn refused(bytes: &[u8]) -> &'static str {
    read("a.docx", bytes).expect_err("refused").code().name()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn numbered(list: u32, level: u32, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

fn level(number: u32, format: &str, pattern: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{pattern}"/></w:lvl>"#
    )
}

fn chinese_levels() -> String {
    [level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")].concat()
}

fn numbering(levels: &str, lists: &str) -> String {
    part("numbering", &format!(r#"<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{lists}"#))
}

fn list(id: u32, overrides: &str) -> String {
    format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="0"/>{overrides}</w:num>"#)
}

#[test]
fn roles_from_styles() {
    let styles = part(
        "styles",
        r#"<w:style w:styleId="a3" w:type="paragraph"><w:name w:val="Title"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
        <w:style w:styleId="2" w:type="paragraph"><w:name w:val="heading 2"/></w:style>
        <w:style w:styleId="x" w:type="paragraph"><w:basedOn w:val="y"/></w:style>
        <w:style w:styleId="y" w:type="paragraph"><w:basedOn w:val="x"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
        <w:style w:styleId="toc" w:type="paragraph"><w:name w:val="TOC Heading"/><w:basedOn w:val="2"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
        <w:style w:styleId="q" w:type="paragraph"><w:name w:val="Intense Quote"/></w:style>"#,
    );
    let of = |style: &str| {
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{style}</w:t></w:r></w:p>"#
        )
    };
    let direct = r#"<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>直接</w:t></w:r></w:p>"#;
    let body = ["a3", "2", "x", "toc", "q", "q", "标题 4"].map(of).concat() + direct + &of("q");
    let flow = with(&body, &[("word/styles.xml", &styles)]);
    let forms: Vec<&Form> = flow.pieces.iter().map(|piece| &piece.form).collect();
    let (text, heading) = (&Form::Paragraph, Form::Heading);
    assert_eq!(forms, [text, &heading(2), &heading(3), text, text, text, text, &heading(1), text]);
    assert_eq!(flow.stated.title.as_deref(), Some("a3"));
    assert!(flow.pieces[0].marks.is_empty() && flow.pieces[1].marks.is_empty(), "no bold in titles and headings");
    let quotes: Vec<usize> = flow.pieces.iter().filter_map(|piece| Some(piece.inside.first()?.id)).collect();
    assert_eq!(quotes, [1, 1, 2]);
}

#[test]
fn runs() {
    let styles = part(
        "styles",
        r#"<w:style w:type="character" w:styleId="S"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>"#,
    );
    let run = |properties: &str, text: &str| {
        format!(r#"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#)
    };
    let body = [
        run("<w:b/>", "甲"),
        run(r#"<w:rStyle w:val="S"/><w:i w:val="1"/>"#, "乙"),
        run(r#"<w:rStyle w:val="S"/><w:b w:val="0"/>"#, "丙"),
        run(r#"<w:b w:val="false"/><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>"#, "丁"),
        run("<w:b/>", " "),
        "<w:r><w:t>a &lt;b&gt; &#x4e59;&#37;&unknown; <![CDATA[<c>]]></w:t><w:tab/><w:noBreakHyphen/><w:softHyphen/></w:r>".to_string(),
        "<w:r><w:br/><w:br w:type='page'/><w:instrText>no text</w:instrText></w:r>".to_string(),
    ];
    let flow = with(&format!("<w:p>{}</w:p><w:p/>", body.concat()), &[("word/styles.xml", &styles)]);
    assert_eq!(texts(&flow), ["甲乙丙丁 a <b> 乙%&unknown; <c>\t\u{2011}\u{ad}"]);
    let found = marks(&flow.pieces[0]);
    assert_eq!(found, [("甲乙", Sense::Strong), ("乙", Sense::Emphasis), ("", Sense::Break)]);
}

#[test]
fn symbols() {
    let sym = |font: &str, code: &str| format!(r#"<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>"#);
    let body = [sym("宋体", "25A1"), sym("Wingdings", "F0FC"), sym("Wingdings 2", "0052")].concat();
    let flow = with(&format!("<w:p>{body}</w:p>"), &[]);
    assert_eq!(texts(&flow), ["□\u{fffd}\u{fffd}"]);
    assert_eq!(codes(&flow), ["symbol-font"]);
    assert_eq!(flow.diagnostics[0].place.as_ref().map(|place| place.line), Some(1));
}

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
    <Relationship Id="r1" Type="x/hyperlink" Target="https://a.example/?b&amp;c" TargetMode="External"/>
    <Relationship Id="r2" Type="x/image" Target="media/图 image1.png"/>
    <Relationship Id="r3" Type="x/image" Target="/word/media/gone.png"/>
    <Relationship Id="r4" Type="x/image" Target="https://a.example/d.png" TargetMode="External"/>
    <Relationship Id="r5" Type="x/image" Target="../other/image1.png"/></Relationships>"#;

#[test]
fn links() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let instruction = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let text = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = [
        format!(r#"<w:hyperlink r:id="r1">{}{}</w:hyperlink>"#, text("甲"), text("乙")),
        format!(r#"<w:hyperlink w:anchor="_Toc1">{}</w:hyperlink>"#, text("丙")),
        format!(r#"<w:fldSimple w:instr=' HYPERLINK "https://d.example" '>{}</w:fldSimple>"#, text("丁")),
        field("begin"),
        instruction(" HYPERLINK &quot;https://e."),
        instruction("example&quot; \\l &quot;f&quot;"),
        text("不是文字"),
        field("separate"),
        text("戊"),
        field("begin"),
        instruction("PAGE"),
        field("separate"),
        text("3"),
        field("end"),
        field("end"),
        text("己"),
    ];
    let flow = with(&format!("<w:p>{}</w:p>", body.concat()), &[("word/_rels/document.xml.rels", RELATIONS)]);
    assert_eq!(texts(&flow), ["甲乙丙丁戊3己"]);
    let link = |address: &str| Sense::Link(address.to_string());
    let expected = [
        ("甲乙", link("https://a.example/?b&c")),
        ("丙", link("#_Toc1")),
        ("丁", link("https://d.example")),
        ("戊3", link("https://e.example#f")),
    ];
    assert_eq!(marks(&flow.pieces[0]), expected);
    assert_eq!(codes(&flow), ["field-text-left-out"]);
}

#[test]
fn images() {
    let drawing = |relation: &str, alternative: &str| {
        format!(
            r#"<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="{alternative}"/><a:graphic><a:blip {relation}/></a:graphic></wp:inline></w:drawing></w:r>"#
        )
    };
    let body = [
        "<w:r><w:t>前</w:t></w:r>".to_string(),
        drawing(r#"r:embed="r2""#, "照片 &quot;一&quot;"),
        drawing(r#"r:embed="r2""#, ""),
        drawing(r#"r:embed="r3""#, "缺"),
        drawing(r#"r:link="r4""#, "外"),
        r#"<w:r><w:pict><v:shape alt="老"><v:imagedata r:id="r5"/></v:shape></w:pict></w:r>"#.to_string(),
    ];
    let parts = [
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/media/图 image1.png", "GIF89a one, one"),
        ("other/image1.png", "GIF89a two, two"),
    ];
    let alone = format!("<w:p>{}</w:p>", drawing(r#"r:embed="r2""#, ""));
    let flow = with(&format!("<w:p>{}</w:p>{alone}", body.concat()), &parts);
    assert_eq!(texts(&flow), ["前照片 \"一\"缺外老", ""]);
    let image = |name: &str| Sense::Image(crate::import::flow::Picture::at(name.to_string()));
    let expected = [
        ("照片 \"一\"", image("files/image1.png")),
        ("", image("files/image1.png")),
        ("外", Sense::Link("https://a.example/d.png".to_string())),
        ("老", image("files/image1-3.png")),
    ];
    assert_eq!(marks(&flow.pieces[0]), expected);
    let media: Vec<(&str, &[u8])> = flow.media.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
    assert_eq!(
        media,
        [("files/image1.png", b"GIF89a one, one".as_slice()), ("files/image1-3.png", b"GIF89a two, two".as_slice())]
    );
    assert_eq!(codes(&flow), ["missing-image"]);
}

#[test]
fn tables() {
    let cell = |properties: &str, inner: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>");
    let numbering = numbering(&level(0, "decimal", "%1"), &list(1, ""));
    let rows = [
        [cell(r#"<w:gridSpan w:val="2"/>"#, &paragraph("甲")), cell("", &paragraph("乙"))].concat(),
        [
            cell(r#"<w:vMerge w:val="restart"/>"#, &(paragraph("一") + &paragraph("二"))),
            cell("", "<w:p><w:r><w:t>三</w:t><w:tab/><w:t>四</w:t></w:r></w:p>"),
            cell("", &numbered(1, 0, "")),
        ]
        .concat(),
        [cell("<w:vMerge/>", "<w:p/>"), cell("", &paragraph("五")), cell("", &numbered(1, 0, ""))].concat(),
    ];
    let rows = rows.map(|cells| format!("<w:tr>{cells}</w:tr>")).concat();
    let flow = with(&format!("<w:tbl>{rows}</w:tbl>"), &[("word/numbering.xml", &numbering)]);
    assert_eq!(texts(&flow), ["甲\t\t乙\n一 二\t三 四\t1 \n\t五\t2 "]);
    let Form::Table(cells) = &flow.pieces[0].form else { panic!("{:?}", flow.pieces[0].form) };
    let shown = |place: &GridPlace| match place {
        GridPlace::Cell(range, _) => &flow.pieces[0].text[range.clone()],
        GridPlace::Left => "<",
        GridPlace::Up => "^",
    };
    let cells: Vec<Vec<&str>> = cells.iter().map(|row| row.iter().map(shown).collect()).collect();
    assert_eq!(cells, [["甲", "<", "乙"], ["一 二", "三 四", "1 "], ["^", "五", "2 "]]);
    assert_eq!(
        flow.changes.iter().map(|change| (change.line, change.now.as_str())).collect::<Vec<_>>(),
        [(1, "1"), (1, "2")]
    );
}

#[test]
fn tables_that_lay_out() {
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let table = |cells: &str| format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>");
    let data = table(&(cell(&paragraph("乙")) + &cell(&paragraph("丙"))));
    let outer = table(&(cell(&(paragraph("甲") + &data)) + &cell(&paragraph("丁"))));
    let long = table(&(cell(&paragraph("己").repeat(7)) + &cell(&paragraph("庚"))));
    let flow = with(&[outer, table(&cell(&paragraph("戊"))), long].concat(), &[]);
    assert_eq!(texts(&flow), ["甲", "乙\t丙", "丁", "戊", "己", "己", "己", "己", "己", "己", "己", "庚"]);
    assert_eq!(flow.pieces.iter().filter(|piece| matches!(piece.form, Form::Table(_))).count(), 1);
}

#[test]
fn notes() {
    let reference = |kind: &str, id: u32| format!(r#"<w:r><w:{kind}Reference w:id="{id}"/></w:r>"#);
    let note = |kind: &str, id: u32, text: &str| {
        format!(r#"<w:{kind} w:id="{id}"><w:p><w:r><w:{kind}Ref/><w:t>{text}</w:t></w:r></w:p></w:{kind}>"#)
    };
    let separator = r#"<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>"#;
    let footnotes = part(
        "footnotes",
        &[
            separator.to_string(),
            note("footnote", 3, "三"),
            note("footnote", 2, "二"),
            note("footnote", 9, "九"),
            note("footnote", 8, "八"),
        ]
        .concat(),
    );
    let endnotes = part("endnotes", &note("endnote", 2, "末"));
    let body = [
        "<w:r><w:t>甲</w:t></w:r>".to_string(),
        reference("footnote", 2),
        reference("endnote", 2),
        "<w:r><w:t>乙</w:t></w:r>".to_string(),
        reference("footnote", 3),
        reference("footnote", 2),
        reference("footnote", 77),
        format!("<w:del>{}</w:del>", reference("footnote", 8)),
    ];
    let parts = [("word/footnotes.xml", footnotes.as_str()), ("word/endnotes.xml", &endnotes)];
    let flow = with(&format!("<w:p>{}</w:p>", body.concat()), &parts);
    assert_eq!(texts(&flow), ["甲乙", "二", "末", "三", "", "九"]);
    let labels = |label: &str| ("", Sense::NoteMark(label.to_string()));
    assert_eq!(marks(&flow.pieces[0]), ["1", "2", "3", "1", "4"].map(labels));
    let forms: Vec<&Form> = flow.pieces[1..].iter().map(|piece| &piece.form).collect();
    assert_eq!(forms, ["1", "2", "3", "4", "5"].map(|label| Form::Note(label.to_string())).each_ref());
    assert_eq!(codes(&flow), ["note-missing", "unreferenced-note"]);
}

#[test]
fn text_boxes() {
    let inner = |text: &str| {
        format!(
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            paragraph(text)
        )
    };
    let nested = format!(
        "<w:r><w:pict><w:txbxContent><w:p>{}<w:r><w:t>乙</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
        inner("丙")
    );
    let body = format!(
        "<w:p><w:r><w:t>甲</w:t></w:r>{nested}{}<w:r><w:t>甲</w:t></w:r></w:p>{}",
        inner("丁"),
        paragraph("戊")
    );
    let flow = with(&format!("<w:sdt><w:sdtPr/><w:sdtContent>{body}</w:sdtContent></w:sdt>"), &[]);
    assert_eq!(texts(&flow), ["甲甲", "乙", "丙", "丁", "戊"]);
}

#[test]
fn tracked_changes() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let gone = |text: &str| format!("<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>");
    let end_gone = "<w:pPr><w:pStyle w:val='heading 1'/><w:rPr><w:del/></w:rPr></w:pPr>";
    let body = [
        format!(
            "<w:p>{}<w:ins>{}</w:ins><w:ins>{}</w:ins>{}{}{}</w:p>",
            run("甲"),
            run("新"),
            run("增"),
            gone("旧"),
            gone("文"),
            run("乙")
        ),
        format!("<w:p>{end_gone}{}</w:p><w:p>{}</w:p>", run("上"), run("下")),
        format!("<w:p>{end_gone}<w:moveFrom>{}</w:moveFrom></w:p><w:tbl/>", run("移")),
        format!("<w:p><w:moveTo>{}</w:moveTo></w:p>", run("移")),
    ];
    let comments = part("comments", "<w:comment><w:p><w:r><w:t>批注</w:t></w:r></w:p></w:comment>");
    let flow = with(&body.concat(), &[("word/comments.xml", &comments)]);
    assert_eq!(texts(&flow), ["甲新增乙", "上下", "移"]);
    assert!(flow.pieces.iter().all(|piece| piece.form == Form::Paragraph), "the last of joined paragraphs decides");
    let changes: Vec<_> =
        flow.changes.iter().map(|change| (change.line, change.was.as_str(), change.now.as_str(), change.why)).collect();
    let expected = [
        (1, "", "新增", "insertion-accepted"),
        (1, "旧文", "", "deletion-accepted"),
        (3, "移", "", "deletion-accepted"),
        (3, "", "移", "insertion-accepted"),
    ];
    assert_eq!(changes, expected);
    assert_eq!(codes(&flow), ["tracked-changes", "comments-left-out"]);
    let accepted = PackageMessage::TrackedChanges { insertions: 2, deletions: 2 };
    assert_eq!(flow.diagnostics[0], Diagnostic::note(accepted).in_file("a.docx"));
}

#[test]
fn properties() {
    let core = |title: &str| {
        format!(
            r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>打字员</dc:creator><dc:subject>档案</dc:subject><cp:keywords>档案、修复; 目录</cp:keywords></cp:coreProperties>"#
        )
    };
    let stated = |title| with(&paragraph("文"), &[("docProps/core.xml", &core(title))]);
    let flow = stated("修复说明");
    assert_eq!(flow.file_title.as_deref(), Some("修复说明"));
    let found = flow.stated;
    assert_eq!(found.extra.get("creator").map(String::as_str), Some("打字员"));
    assert_eq!(found.subjects, ["档案", "修复", "目录"]);
    assert!(found.authors.is_empty());
    assert_eq!(stated("Microsoft Word - 甲.doc").file_title, None);
}

#[test]
fn other_names_of_parts() {
    let root = r#"<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/text/main.xml"/></Relationships>"#;
    let strict = r#"<d:document xmlns:d="http://purl.oclc.org/ooxml/wordprocessingml/main"><d:body><d:p><d:pPr><d:outlineLvl d:val="0"/></d:pPr><d:r><d:t>甲</d:t></d:r></d:p></d:body></d:document>"#;
    let flow = read("a.docx", &package(&[("_rels/.rels", root), ("text/main.xml", strict)])).expect("reads");
    assert_eq!((texts(&flow), &flow.pieces[0].form), (vec!["甲"], &Form::Heading(1)));
    let types = r#"<Types><Override PartName="/text/main.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let flow = read("a.docx", &package(&[("[Content_Types].xml", types), ("text/main.xml", strict)])).expect("reads");
    assert_eq!(texts(&flow), ["甲"]);
}

#[test]
fn refusals() {
    assert_eq!(refused(b"PK\x03\x04"), "not-a-package");
    assert_eq!(refused(&package(&[("xl/workbook.xml", "<a/>")])), "not-a-document");
    assert_eq!(refused(&package(&[("word/document.xml", "<a/>")])), "not-a-document");
    let bomb = r#"<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>"#;
    assert_eq!(refused(&package(&[("word/document.xml", bomb)])), "entity-declared");
    let fault = read("a.docx", b"PK").expect_err("refused");
    assert_eq!(fault.place.map(|place| place.file).as_deref(), Some("a.docx"));
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [
        ("<w:ins>", "</w:ins>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:txbxContent>", "</w:txbxContent></w:p>"),
    ] {
        let body = format!("{}{}{}", open.repeat(100_000), paragraph("甲"), close.repeat(100_000));
        assert_eq!(try_with(&body, &[]).expect_err("refused").code().name(), "nested-too-deeply");
        let body = format!("{}{}{}", open.repeat(100), paragraph("甲"), close.repeat(100));
        assert_eq!(texts(&with(&body, &[])), ["甲"]);
    }
}

#[test]
fn damaged_text_is_refused_whole() {
    let numbering = numbering(&chinese_levels(), &list(1, ""));
    let body = [
        numbered(1, 0, "甲&amp;乙"),
        "<w:tbl><w:tr><w:tc><w:p><w:del><w:r><w:delText>丙</w:delText></w:r></w:del></w:p></w:tc></w:tr></w:tbl>"
            .to_string(),
        r#"<w:p><w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/><w:sym/></w:r></w:p>"#
            .to_string(),
    ];
    let whole = document(&body.concat());
    for (end, _) in whole.char_indices().skip(1) {
        let parts = [("word/document.xml", &whole[..end]), ("word/numbering.xml", numbering.as_str())];
        let result = read("a.docx", &package(&parts));
        assert!(result.is_err(), "cut at {end}");
    }
    for (cut, _) in numbering.char_indices().skip(1).step_by(7) {
        let parts = [("word/document.xml", whole.as_str()), ("word/numbering.xml", &numbering[..cut])];
        let _ = read("a.docx", &package(&parts)).map(|flow| assert!(!flow.pieces.is_empty()));
    }
}

#[test]
fn blocks_in_odd_places_keep_their_text() {
    let body = [
        format!("<w:tbl>{}<w:tr>{}</w:tr></w:tbl>", paragraph("甲"), paragraph("乙")),
        format!("<w:tc>{}</w:tc>", paragraph("丙")),
        format!("<w:p><w:r><w:t>丁</w:t></w:r>{}</w:p>", paragraph("戊")),
        "</w:body><w:body>".to_string() + &paragraph("己"),
    ];
    let flow = with(&body.concat(), &[]);
    assert_eq!(texts(&flow), ["甲\n乙", "丙", "丁", "戊", "己"]);
}

#[test]
fn long_documents_take_linear_time() {
    let numbering = numbering(
        &level(0, "upperLetter", "%1"),
        &list(1, r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="18446744073709551615"/></w:lvlOverride>"#),
    );
    let body =
        [numbered(1, 0, "甲"), r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>"#.to_string()].concat();
    let flow = with(&body.repeat(20_000), &[("word/numbering.xml", &numbering)]);
    assert_eq!(texts(&flow), ["18446744073709551615 甲"]);
    assert_eq!(codes(&flow), ["field-text-left-out"]);
}

/// A number of another kind than 1. is text of its paragraph, inside an item too; a number without a digit or letter is a
/// bullet.
#[test]
fn numbers_below_items() {
    let levels = [level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"), level(2, "decimal", "—")].concat();
    let numbering = numbering(&levels, &list(1, ""));
    let body = [numbered(1, 0, "甲"), numbered(1, 1, "乙"), numbered(1, 2, "丙"), numbered(1, 0, "丁")].concat();
    let flow = with(&body, &[("word/numbering.xml", &numbering)]);
    assert_eq!(texts(&flow), ["甲", "a) 乙", "丙", "丁"]);
    let around: Vec<Vec<Around>> =
        flow.pieces.iter().map(|piece| piece.inside.iter().map(|inside| inside.around).collect()).collect();
    assert_eq!(around[0], [Around::Number(1)]);
    assert_eq!(around[1], [Around::Number(1)]);
    assert_eq!(around[2], [Around::Number(1), Around::Bullet]);
    assert_eq!(around[3], [Around::Number(2)]);
}
