//! Small captures of every format, written here: what fuzzing begins with.

mod offices;

use std::io::{Cursor, Read, Write};

use flate2::Compression;
use flate2::read::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const PAGE: &str = r##"<!DOCTYPE html><html><head><meta charset="utf-8"><title>关于渡口管理的通知_江城市人民政府</title>
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

pub const MARKDOWN_YAML: &str = "---\ntitle: 渡口志\ndate: 2019-01-02\nauthors: [张三, 李四]\ntags:\n  - 方志\n---\n# 渡口志\n\n\
一、沿革\n\n渡口在城东，*旧称*“东渡”[^1]。\\\n后改今名。\n\n> 引文\n> > 内层\n\n- 甲\n- 乙\n  1. 丙\n  2. 丁\n\n\
| 名 | 数 |\n|---|---|\n| a\\|b | `c` |\n\n```sh\nls | wc\n```\n\n![图](a.png \"题\")\n\n<b>粗</b> <a@b.cn> &copy;\n\n\
[^1]: 见**县志**。\n\n    又见府志。\n";

pub const MARKDOWN_TOML: &str = "+++\ntitle = \"Ferry\"\ndate = 2019-01-02\n[extra]\nauthor = \"A\"\n+++\n\nTitle\n=====\n\n\
1. one\n2. two\n\n   more\n\nTerm\n: meaning\n\n***both*** ~~gone~~ [a][b] <div>raw</div>\n\n[b]: http://a.cn/x_(y)\n";

pub const TEXT: &str = "关于渡口管理的通知\n江政发〔2017〕12号\n作者：张三　来源：江城日报　时间：2017年3月5日\n\n各区人民政府：\n　　现通知如下。\n第一章　总则\n第一条　渡船应当检查。\n第二条　渡工应当持证。\n（一）身体健康；\n（二）会水。\n\
一、东门渡\n1.里程\n1.1 水路\n2．班次。每日两班。\n①早班\n附件：1.名单\n2.图\n\n江城市人民政府\n2017年3月5日\n\
附件1\n名单\n一、甲\n（责任编辑：李四）\n【打印】【关闭】\n版权所有：江城市\n";

pub const SPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml""#;

/// What a case is made of before it is spoilt.
#[derive(Clone)]
pub enum Seed {
    /// One file.
    File(&'static str, Vec<u8>),
    /// A zip file, with the names of its parts.
    Package(&'static str, Vec<(&'static str, Vec<u8>)>),
    /// A web archive: the head of the answer and its body; in gzip or not.
    Archive { head: &'static str, body: Vec<u8>, packed: bool },
}

pub fn seeds() -> Vec<Seed> {
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
        Seed::File("a.rtf", offices::RICH_TEXT.as_bytes().to_vec()),
        Seed::File("a.fodt", offices::FLAT.as_bytes().to_vec()),
        Seed::File("a.mht", offices::SAVED.as_bytes().to_vec()),
        Seed::File("tei.xml", offices::ENCODED.as_bytes().to_vec()),
        Seed::File("alto.xml", offices::SCANNED.as_bytes().to_vec()),
        Seed::Package("a.docx", word()),
        Seed::Package("a.ofd", offices::pages()),
        Seed::Package("a.xlsx", offices::sheets()),
        Seed::Package("a.epub", book()),
        Seed::Archive { head: html, body: PAGE.as_bytes().to_vec(), packed: false },
        Seed::Archive { head: in_chunks, body: chunked, packed: true },
        Seed::Archive { head: in_gzip, body: gzip(PAGE.as_bytes()), packed: false },
    ]
}

/// The page in GB 18030.
pub fn in_gb(page: &str) -> Vec<u8> {
    let page = page.replace("charset=\"utf-8\"", "charset=\"gb18030\"");
    encoding_rs::GB18030.encode(&page).0.into_owned()
}

pub fn word() -> Vec<(&'static str, Vec<u8>)> {
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

pub fn book() -> Vec<(&'static str, Vec<u8>)> {
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
pub fn png() -> Vec<u8> {
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x02\x08\x06\0\0\0\x72\xb6\x0d\x24".to_vec()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    GzEncoder::new(bytes, Compression::fast()).read_to_end(&mut out).expect("packs");
    out
}

pub fn zip(parts: &[(&'static str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("starts");
        zip.write_all(bytes).expect("writes");
    }
    zip.finish().expect("finishes").into_inner()
}

pub fn archive(head: &str, body: &[u8]) -> Vec<u8> {
    let answer = [head.as_bytes(), b"\r\n", body].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.cn/x.html\r\nWARC-Date: 2017-03-05T00:00:00Z\r\n\
         Content-Type: application/http\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    );
    [head.as_bytes(), &answer, b"\r\n\r\n"].concat()
}
