//! Whatever is done to a capture's bytes, the importer neither panics nor stands still, and what it reads it reads whole.
//!
//! Small captures of every format are spoilt: bytes flipped, cut out, doubled, taken from one another, signs put in that mean
//! something to one of the readers. Packages are spoilt inside, where the readers are, and outside, where the zip file is.
//! Either an error with a code comes of it, or an import that the proof of fidelity has passed: that proof compares what was
//! read with the source character by character, so any spoilt capture that fails it shows a fault of the importer.
//!
//! A run has the same cases every time; `FONDS_FUZZ=100000` makes that many, and others each time.

mod clock;

use std::fmt;
use std::io::{Cursor, Read, Write};
use std::time::Duration;

use clock::Stopwatch;
use flate2::Compression;
use flate2::read::GzEncoder;
use fonds::import::{Beside, Capture, Context, Import, Known, Paragraph, decode, read_in, recognise, warc};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Longest time of one case.
const LONGEST: Duration = Duration::from_secs(6);

const PAGE: &str = r##"<!DOCTYPE html><html><head><meta charset="utf-8"><title>关于渡口管理的通知_江城市人民政府</title>
<meta name="author" content="张三"><meta name="ArticleTitle" content="关于渡口管理的通知"></head><body>
<div class="nav"><a href="/">首页</a> &gt; <a href="/tz">通知</a></div><h1>关于渡口管理的通知</h1>
<p>来源：江城市档案馆　发布时间：2017-03-05　【字体：大 中 小】</p>
<div class="TRS_Editor"><p>江政发〔2017〕12号</p><p>各区人民政府：</p>
<p>　　为加强渡口管理<a href="#n1" id="m1">[1]</a>，保障过渡群众的安全，现将有关事项通知如下。</p>
<h2>一、总则</h2><p>（一）渡船应当<b>按时</b>检查，<i>每年</i>一次。<br>（二）渡工应当持证上岗。<br><br>1.证件由<code>a`b</code>发给。</p>
<table><caption>表一</caption><tr><th>渡口</th><th colspan="2">里程|公里</th></tr><tr><td>东门</td><td>1</td><td><code>x|y</code></td></tr></table>
<blockquote><p>“古渡无人”，</p><blockquote>舟自横。</blockquote></blockquote>
<ul><li>甲<ol start="3"><li>乙</li><li>丙</li></ol></li><li><p>丁</p><p>戊 * 己_庚_</p></li></ul>
<dl><dt>渡口</dt><dd>两岸之间。</dd></dl><pre>第一行
  第二行 ```</pre>
<p><img src="a.png" alt="渡口图"><img src="../b.png"></p><p>&lt;甲&amp;nbsp;&#x4e59;&nbsp;&copy; http://example.com/a_b_c \* [链接](x)</p>
<p id="n1"><a href="#m1">[1]</a>渡口：指两岸之间的码头。</p></div>
<p>责任编辑：李四</p><p>版权所有：江城市人民政府</p></body></html>"##;

const MARKDOWN_YAML: &str = "---\ntitle: 渡口志\ndate: 2019-01-02\nauthors: [张三, 李四]\ntags:\n  - 方志\n---\n# 渡口志\n\n\
一、沿革\n\n渡口在城东，*旧称*“东渡”[^1]。\\\n后改今名。\n\n> 引文\n> > 内层\n\n- 甲\n- 乙\n  1. 丙\n  2. 丁\n\n\
| 名 | 数 |\n|---|---|\n| a\\|b | `c` |\n\n```sh\nls | wc\n```\n\n![图](a.png \"题\")\n\n<b>粗</b> <a@b.cn> &copy;\n\n\
[^1]: 见**县志**。\n\n    又见府志。\n";

const MARKDOWN_TOML: &str = "+++\ntitle = \"Ferry\"\ndate = 2019-01-02\n[extra]\nauthor = \"A\"\n+++\n\nTitle\n=====\n\n\
1. one\n2. two\n\n   more\n\nTerm\n: meaning\n\n***both*** ~~gone~~ [a][b] <div>raw</div>\n\n[b]: http://a.cn/x_(y)\n";

const TEXT: &str = "关于渡口管理的通知\n江政发〔2017〕12号\n作者：张三　来源：江城日报　时间：2017年3月5日\n\n各区人民政府：\n　　现通知如下。\n第一章　总则\n第一条　渡船应当检查。\n第二条　渡工应当持证。\n（一）身体健康；\n（二）会水。\n\
一、东门渡\n1.里程\n1.1 水路\n2．班次。每日两班。\n①早班\n附件：1.名单\n2.图\n\n江城市人民政府\n2017年3月5日\n\
附件1\n名单\n一、甲\n（责任编辑：李四）\n【打印】【关闭】\n版权所有：江城市\n";

const SPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml""#;

/// What a case is made of before it is spoilt.
#[derive(Clone)]
enum Seed {
    /// One file.
    File(&'static str, Vec<u8>),
    /// A zip file, with the names of its parts.
    Package(&'static str, Vec<(&'static str, Vec<u8>)>),
    /// A web archive: the head of the answer and its body; in gzip or not.
    Archive { head: &'static str, body: Vec<u8>, packed: bool },
}

fn seeds() -> Vec<Seed> {
    let gb = in_gb(PAGE);
    let chunked: Vec<u8> = PAGE
        .as_bytes()
        .chunks(700)
        .flat_map(|chunk| [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat())
        .chain(*b"0\r\n\r\n")
        .collect();
    let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";
    let in_chunks = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n";
    let in_gzip = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n";
    vec![
        Seed::File("a.html", PAGE.as_bytes().to_vec()),
        Seed::File("b.html", gb),
        Seed::File("a.md", MARKDOWN_YAML.as_bytes().to_vec()),
        Seed::File("b.md", MARKDOWN_TOML.as_bytes().to_vec()),
        Seed::File("a.txt", TEXT.as_bytes().to_vec()),
        Seed::Package("a.docx", word()),
        Seed::Package("a.epub", book()),
        Seed::Archive { head: html, body: PAGE.as_bytes().to_vec(), packed: false },
        Seed::Archive { head: in_chunks, body: chunked, packed: true },
        Seed::Archive { head: in_gzip, body: gzip(PAGE.as_bytes()), packed: false },
    ]
}

/// The page in GB 18030.
fn in_gb(page: &str) -> Vec<u8> {
    let page = page.replace("charset=\"utf-8\"", "charset=\"gb18030\"");
    encoding_rs::GB18030.encode(&page).0.into_owned()
}

fn word() -> Vec<(&'static str, Vec<u8>)> {
    let part =
        |root: &str, inner: &str| format!("<?xml version=\"1.0\"?><w:{root} {SPACES}>{inner}</w:{root}>").into_bytes();
    let paragraph = |properties: &str, runs: &str| format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>");
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let numbered = |level: u8, text: &str| {
        let number = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>");
        paragraph(&number, &run(text))
    };
    let field = concat!(
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://a.cn/"</w:instrText></w:r>"#,
        r#"<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>链接</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
    );
    let body = [
        paragraph(r#"<w:pStyle w:val="T"/>"#, &run("关于渡口管理的通知")),
        paragraph("", &run("江政发〔2017〕12号")),
        numbered(0, "总则"),
        numbered(1, "渡船应当检查"),
        numbered(1, "渡工应当持证"),
        paragraph(
            r#"<w:pStyle w:val="H"/>"#,
            "<w:r><w:rPr><w:b/></w:rPr><w:t>二、细</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>则</w:t></w:r>",
        ),
        paragraph(
            "",
            "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:footnoteReference w:id=\"2\"/></w:r>\
             <w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins>",
        ),
        paragraph("", field),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>名|</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>\
         <w:p><w:r><w:t>数</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>1 * 2</w:t></w:r></w:p>\
         </w:tc></w:tr></w:tbl>"
            .to_string(),
        paragraph("", r#"<w:r><w:drawing><a:blip r:embed="rId2"/></w:drawing></w:r>"#),
        "<w:sectPr/>".to_string(),
    ]
    .concat();
    let levels = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let styles = r#"<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:basedOn w:val="T"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>"#;
    let notes =
        r#"<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>指两岸之间。</w:t></w:r></w:p></w:footnote>"#;
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/a.png"/></Relationships>"#;
    vec![
        ("word/document.xml", part("document", &format!("<w:body>{body}</w:body>"))),
        ("word/numbering.xml", part("numbering", levels)),
        ("word/styles.xml", part("styles", styles)),
        ("word/footnotes.xml", part("footnotes", notes)),
        ("word/_rels/document.xml.rels", relations.as_bytes().to_vec()),
        ("word/media/a.png", png()),
    ]
}

fn book() -> Vec<(&'static str, Vec<u8>)> {
    let container = r#"<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="O/b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;
    let package = r#"<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>渡口志</dc:title><dc:creator>张三</dc:creator><dc:language>zh</dc:language><dc:date>2019-01-02</dc:date></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="b.xhtml" media-type="application/xhtml+xml"/><item id="i" href="a.png" media-type="image/png"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>"#;
    let page = |body: &str| {
        format!("<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"><body>{body}</body></html>").into_bytes()
    };
    let one = r##"<h1>第一章 沿革</h1><p>渡口在城东<a epub:type="noteref" href="#f1">1</a>，旧称东渡。</p><p><img src="a.png" alt="图"/></p><aside epub:type="footnote" id="f1"><p>见县志。</p></aside>"##;
    let two = r##"<h1>第二章 船只</h1><p>渡船两只<a epub:type="noteref" href="#f1">1</a>。</p><ol><li>大船</li><li>小船</li></ol><aside epub:type="footnote" id="f1"><p>见府志。</p></aside>"##;
    vec![
        ("META-INF/container.xml", container.as_bytes().to_vec()),
        ("O/b.opf", package.as_bytes().to_vec()),
        ("O/a.xhtml", page(one)),
        ("O/b.xhtml", page(two)),
        ("O/a.png", png()),
    ]
}

/// The beginning of an image of 2 by 2 points, which is all that is looked at.
fn png() -> Vec<u8> {
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x02\x08\x06\0\0\0\x72\xb6\x0d\x24".to_vec()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    GzEncoder::new(bytes, Compression::fast()).read_to_end(&mut out).expect("packs");
    out
}

fn zip(parts: &[(&'static str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("starts");
        zip.write_all(bytes).expect("writes");
    }
    zip.finish().expect("finishes").into_inner()
}

fn archive(head: &str, body: &[u8]) -> Vec<u8> {
    let answer = [head.as_bytes(), b"\r\n", body].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.cn/x.html\r\nWARC-Date: 2017-03-05T00:00:00Z\r\n\
         Content-Type: application/http\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    );
    [head.as_bytes(), &answer, b"\r\n\r\n"].concat()
}

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
fn packages() {
    run(|seed| matches!(seed, Seed::Package(..)));
}

#[test]
fn web_archives() {
    run(|seed| matches!(seed, Seed::Archive { .. }));
}
