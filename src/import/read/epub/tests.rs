use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("in memory");
        zip.write_all(text.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

const ROOT: (&str, &str) = (
    CONTAINER,
    "<?xml version='1.0'?><container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>\
     <rootfile full-path='OEBPS/a.opf' media-type='application/oebps-package+xml'/></rootfiles></container>",
);

fn package(metadata: &str, manifest: &str, spine: &str) -> String {
    format!(
        "<package xmlns='http://www.idpf.org/2007/opf'><metadata xmlns:dc='d' xmlns:opf='o'>{metadata}</metadata>\
         <manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )
}

fn chapter_item(id: &str) -> String {
    format!("<item id='{id}' href='text/{id}.xhtml' media-type='application/xhtml+xml'/>")
}

fn one_chapter(metadata: &str) -> Vec<u8> {
    let document = package(metadata, &chapter_item("one"), "<itemref idref='one'/>");
    zip(&[ROOT, ("OEBPS/a.opf", &document), ("OEBPS/text/one.xhtml", "<p>一</p>")])
}

fn code(files: &[(&str, &str)]) -> &'static str {
    open(&zip(files)).err().expect("refused").code().name()
}

#[test]
fn chapters_in_the_order_of_reading() {
    let manifest = format!(
        "{}{}{}<item id='nav' href='nav.xhtml' properties='x nav' media-type='application/xhtml+xml'/>\
         <item id='cover' href='%E5%B0%81.png' media-type='image/png'/>\
         <item id='gone' href='gone.xhtml' media-type='application/xhtml+xml'/>",
        chapter_item("one"),
        chapter_item("two"),
        chapter_item("empty"),
    );
    let spine = "<itemref idref='cover'/><itemref idref='nav'/><itemref idref='two' linear='no'/><itemref idref='one'/>\
                 <itemref idref='one'/><itemref idref='gone'/><itemref idref='empty'/><itemref idref='unknown'/>";
    let document = package("", &manifest, spine);
    let bytes = zip(&[
        ROOT,
        ("OEBPS/a.opf", &document),
        ("OEBPS/nav.xhtml", "<nav/>"),
        ("OEBPS/text/one.xhtml", "<p>一</p>"),
        ("OEBPS/text/two.xhtml", "<p>二<b></p>"),
        ("OEBPS/text/empty.xhtml", " "),
        ("OEBPS/封.png", "png"),
    ]);
    let mut book = open(&bytes).expect("a book");
    let found: Vec<_> = book.chapters.iter().map(|chapter| (chapter.name.as_str(), chapter.html.as_str())).collect();
    assert_eq!(
        found,
        [
            ("OEBPS/封.png", "<p><img src=\"%E5%B0%81%2Epng\"></p>"),
            ("OEBPS/text/one.xhtml", "<p>一</p>"),
            ("OEBPS/text/two.xhtml", "<p>二<b></p>"),
        ]
    );
    assert_eq!(book.diagnostics.iter().map(|fault| fault.code().name()).collect::<Vec<_>>(), ["missing-chapter"]);
    assert_eq!(book.file("OEBPS/封.png", "%E5%B0%81%2Epng"), Some(("OEBPS-封.png".to_string(), b"png".to_vec())));

    let nav = "<item id='nav' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/>";
    let document = package("", nav, "<itemref idref='nav'/>");
    let only = zip(&[ROOT, ("OEBPS/a.opf", &document), ("OEBPS/nav.xhtml", "<nav/>")]);
    assert_eq!(open(&only).expect("a book").chapters.len(), 1);
}

#[test]
fn what_the_package_states() {
    let metadata = "<dc:title id='t1'>江城&amp;县志\n 续</dc:title><dc:title id='t2'>卷&#x4e00;</dc:title><dc:title>又名</dc:title>\
        <meta refines='#t2' property='title-type'>subtitle</meta>\
        <dc:creator opf:role='aut'>张三</dc:creator><dc:creator id='c'>李四</dc:creator><dc:creator opf:role='trl'>王五</dc:creator>\
        <dc:creator id='e'>赵六</dc:creator><meta refines='#e' property='role'>edt</meta>\
        <dc:date opf:event='creation'>2001</dc:date><dc:date>2012-05-06T00:00:00Z</dc:date>\
        <dc:publisher>江城出版社</dc:publisher><dc:language>zh-CN</dc:language><dc:subject>方志</dc:subject>\
        <dc:subject>方志</dc:subject><dc:subject><![CDATA[地方<史>]]></dc:subject><dc:rights>公有领域</dc:rights>\
        <dc:identifier>urn:isbn:1</dc:identifier><dc:identifier>x</dc:identifier><dc:source>http://a.cn</dc:source>\
        <dc:description>简介</dc:description>";
    let bytes = one_chapter(metadata);
    let meta = open(&bytes).expect("a book").stated;
    assert_eq!(meta.title.as_deref(), Some("江城&县志 续"));
    assert_eq!(meta.subtitle.as_deref(), Some("卷一"));
    assert_eq!(meta.authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>(), ["张三", "李四"]);
    assert_eq!(meta.editors, ["赵六"]);
    assert_eq!(
        (meta.date.as_deref(), meta.date_printed.as_deref()),
        (Some("2012-05-06"), Some("2012-05-06T00:00:00Z"))
    );
    assert_eq!((meta.source.as_deref(), meta.rights.as_deref()), (Some("江城出版社"), Some("公有领域")));
    assert_eq!(meta.subjects, ["方志", "地方<史>"]);
    let extra: Vec<_> = meta.extra.iter().map(|(label, value)| (label.as_str(), value.as_str())).collect();
    let expected = [
        ("date.creation", "2001"),
        ("description", "简介"),
        ("identifier", "urn:isbn:1、x"),
        ("language", "zh-CN"),
        ("source", "http://a.cn"),
        ("title", "又名"),
        ("trl", "王五"),
    ];
    assert_eq!(extra, expected);
}

#[test]
fn dates_of_all_lengths() {
    for (text, date) in [
        ("2012", Some("2012")),
        ("2012-05", Some("2012-05")),
        ("2012-05-06", Some("2012-05-06")),
        ("2012-05-06T01:02:03Z", Some("2012-05-06")),
        ("2012年5月", Some("2012-05")),
        ("2012 (c)", Some("2012")),
        ("2012-13", None),
        ("2012-13-01", None),
        ("20120506", None),
        ("unknown", None),
        ("二〇", None),
        ("", None),
    ] {
        assert_eq!(edtf(text).as_deref(), date, "{text}");
    }
}

#[test]
fn xhtml_reads_as_html() {
    for (xhtml, expected) in [
        ("<p><a id=\"x\"/>甲<br/>乙<br></br>丙</p>", "<p><a id=\"x\"></a>甲<br>乙<br>丙</p>"),
        ("<head><title/><script src='a' /></head>", "<head><title></title><script src='a'></script></head>"),
        ("<p><![CDATA[a<b & c]]>&nbsp;&#33;&lt;</p>", "<p>a&lt;b &amp; c&nbsp;&#33;&lt;</p>"),
        (
            "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><?a b?><html><!-- c --></html>",
            "<!DOCTYPE html><html></html>",
        ),
        (
            "<h:p xmlns:h='http://www.w3.org/1999/xhtml'>甲<h:br/></h:p>",
            "<p xmlns:h='http://www.w3.org/1999/xhtml'>甲<br></p>",
        ),
        ("<plaintext/><noscript>甲</noscript>", "<pre></pre><div>甲</div>"),
        ("<img alt='a > b' src=\"x\"  />", "<img alt='a > b' src=\"x\">"),
    ] {
        assert_eq!(html(xhtml).as_deref(), Some(expected), "{xhtml}");
    }
    for broken in ["<p>", "<p></b>", "</p>", "<p a=b>x</p>", "a & b", "<p", "<p><![CDATA[x</p>"] {
        assert_eq!(html(broken), None, "{broken}");
    }
}

#[test]
fn an_html_parser_sees_the_text_of_the_xhtml() {
    let xhtml = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title/><style><![CDATA[</style>]]></style></head><body>\
         <p>一<a id='x'/>二</p><div/><p>三<i/>四<![CDATA[<五>]]></p><noscript>六</noscript><xmp>七&lt;</xmp><textarea/>八\
         <svg xmlns='http://www.w3.org/2000/svg'><path/><text>九</text></svg></body></html>";
    let document = dom_query::Document::from(html(xhtml).expect("well-formed"));
    let body = document.select("body").text();
    let text: String = body.chars().filter(|character| !character.is_whitespace()).collect();
    assert_eq!(text, "一二三四<五>六七<八九");
    assert_eq!(document.select("a").text().as_ref(), "", "a link that ends where it begins");
}

#[test]
fn media_of_chapters() {
    let manifest = format!(
        "{}<item id='i' href='images/a%20b.png' media-type='image/png'/><item id='c' href='a.css' media-type='text/css'/>",
        chapter_item("one")
    );
    let document = package("", &manifest, "<itemref idref='one'/>");
    let bytes = zip(&[
        ROOT,
        ("OEBPS/a.opf", &document),
        ("OEBPS/text/one.xhtml", "<p>一</p>"),
        ("OEBPS/images/a b.png", "one"),
        ("OEBPS/images/a-b.png", "two"),
        ("OEBPS/a.css", "css"),
        ("OEBPS/text/a%2Fb.png", "raw"),
    ]);
    let mut book = open(&bytes).expect("a book");
    let chapter = "OEBPS/text/one.xhtml";
    let first = Some(("OEBPS-images-a-b.png".to_string(), b"one".to_vec()));
    assert_eq!(book.file(chapter, "../images/a%20b.png#x"), first);
    assert_eq!(book.file(chapter, "../images/a-b.png"), Some(("2-OEBPS-images-a-b.png".to_string(), b"two".to_vec())));
    assert_eq!(book.file(chapter, "/OEBPS/images/a b.png"), first);
    assert_eq!(book.file(chapter, "a%2Fb.png"), Some(("OEBPS-text-a-2Fb.png".to_string(), b"raw".to_vec())));
    for href in [
        "../a.css",
        "../../../etc/passwd.png",
        "http://a.cn/a.png",
        "data:image/png,x",
        "",
        "#x",
        "../a.opf",
        "one.xhtml",
    ] {
        assert_eq!(book.file(chapter, href), None, "{href}");
    }
    assert_eq!(safe_name("../../.htaccess"), "x..-..-.htaccess");
}

#[test]
fn books_with_a_lock() {
    let encryption = |algorithm: &str, uri: &str| {
        format!(
            "<encryption><enc:EncryptedData xmlns:enc='e'><enc:EncryptionMethod Algorithm='{algorithm}'/><enc:CipherData>\
             <enc:CipherReference URI='{uri}'/></enc:CipherData></enc:EncryptedData></encryption>"
        )
    };
    let document = package("", &chapter_item("one"), "<itemref idref='one'/>");
    let with = |encryption: &str| {
        let files = [ROOT, ("OEBPS/a.opf", &document), (ENCRYPTION, encryption), ("OEBPS/text/one.xhtml", "<p>一</p>")];
        open(&zip(&files)).err().map(|fault| fault.code().name())
    };
    let aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
    assert_eq!(with(&encryption(aes, "OEBPS/text/one.xhtml")), Some("encrypted-book"));
    assert_eq!(with(&encryption(aes, "OEBPS/a.otf")), None);
    assert_eq!(with(&encryption("http://www.idpf.org/2008/embedding", "OEBPS/fonts/a")), None);
}

#[test]
fn what_is_no_book() {
    assert_eq!(open(b"text").err().expect("refused").code().name(), "not-a-package");
    assert_eq!(code(&[("a", "b")]), "not-a-book");
    assert_eq!(code(&[(CONTAINER, "<container/>")]), "not-a-book");
    assert_eq!(code(&[(CONTAINER, "<container")]), "not-a-book");
    assert_eq!(code(&[ROOT]), "not-a-book");
    let none = package("", "", "");
    assert_eq!(code(&[ROOT, ("OEBPS/a.opf", &none)]), "not-a-book");
    let outside = "<rootfile full-path='../../a.opf'/>";
    assert_eq!(code(&[(CONTAINER, outside)]), "not-a-book");
    let document = package("", &chapter_item("one"), "<itemref idref='one'/>");
    let bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><p>&b;</p>";
    assert_eq!(code(&[ROOT, ("OEBPS/a.opf", &document), ("OEBPS/text/one.xhtml", bomb)]), "entity-declared");
}

#[test]
fn depth_and_breaks_are_survived() {
    let depth = 200_000;
    let deep = format!("{}甲{}", "<b>".repeat(depth), "</b>".repeat(depth));
    assert_eq!(html(&deep), Some(deep.clone()));
    assert!(elements(&deep, "x").is_ok());
    assert_eq!(elements(&"<b/>".repeat(ELEMENTS + 1), "x").expect_err("refused").code().name(), "not-a-book");

    let bytes = one_chapter("<dc:title>江城</dc:title>");
    for end in 0..bytes.len() {
        assert!(open(bytes.get(..end).expect("in range")).is_err());
        let mut spoilt = bytes.clone();
        if let Some(byte) = spoilt.get_mut(end) {
            *byte ^= 0x55;
        }
        let _ = open(&spoilt).map(|book| book.chapters.len());
    }
    let xhtml = "<p a='b'>&amp;<![CDATA[甲]]><!-- c --><br/></p>";
    for end in 0..xhtml.len() {
        let _ = xhtml.get(..end).map(html);
    }
}
