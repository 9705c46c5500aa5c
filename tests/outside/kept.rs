//! What a capture says by more than its words: links, notes, captions, pictures, struck text. Each is kept, or told.

use std::io::Write;

use crate::archive::{Archive, Run};

/// The smallest PNG with a size of its own: 4 by 3 pixels. Only its head is read.
fn picture() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend([0, 0, 0, 4, 0, 0, 0, 3, 8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

fn page(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>库房札记</title>{head}</head><body><h1>库房札记</h1>{body}</body></html>"
    )
}

/// Imports a file, builds, and gives the Markdown with what the import said.
fn imported(archive: Archive, file: &str) -> (String, Run) {
    let run = archive.run(&["import", "--into", "essays", file]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let built = archive.build();
    assert_eq!(built.code, 0, "what import writes is built: {}", built.stderr);
    let text = crate::archive::files_in(&archive.path().join("content/essays"))
        .into_iter()
        .filter(|(name, _)| name.ends_with("index.md") && !name.ends_with("_index.md") && !name.contains("original"))
        .map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8"))
        .collect::<String>();
    (text, run)
}

fn html(head: &str, body: &str) -> (String, Run) {
    imported(Archive::new().file("page.html", page(head, body)), "page.html")
}

#[test]
fn a_relative_link_is_read_by_what_its_page_says() {
    let link = "<p>清点结果见<a href=\"../b/mulu.html\">目录</a>，各处可查。</p>";
    for (head, address) in [
        ("<base href=\"https://a.example/x/\">", "https://a.example/b/mulu.html"),
        ("<meta name=Url content=\"https://a.example/y/z.html\">", "https://a.example/b/mulu.html"),
        ("<base href=/q/r/><meta name=Url content=\"https://a.example/y/z.html\">", "https://a.example/q/b/mulu.html"),
    ] {
        let (text, run) = html(head, link);
        assert!(text.contains(&format!("[目录]({address})")), "{head}: {text}");
        assert!(!run.tells("link-left-out"));
    }
    let (text, run) = html("", link);
    assert!(text.contains("清点结果见目录，"), "{text}");
    assert!(run.tells("link-left-out") && run.stderr.contains("../b/mulu.html"), "{}", run.stderr);
    for silent in ["#", "#top", "javascript:print()", ""] {
        let (_, run) = html("", &format!("<p>库房在楼的北面。<a href=\"{silent}\">打印</a></p>"));
        assert!(!run.tells("link-left-out"), "{silent}");
    }
    let (_, run) = html("", "<p>见<a href=\"file:///C:/我的文档/a.doc\">底稿</a>，库房在楼的北面。</p>");
    assert!(run.tells("link-left-out"));
}

#[test]
fn what_lies_beside_and_is_linked_comes_along() {
    let linked =
        "<p>清点结果见<a href=\"附件/目录%201.docx\">附件一</a>和<a href=\"附件/目录 1.docx#a\">同件</a>。</p>";
    let archive = Archive::new().file("in/page.html", page("", linked)).file("in/附件/目录 1.docx", b"PK");
    let (text, run) = imported(archive, "in/page.html");
    assert!(!run.tells("link-left-out"), "{}", run.stderr);
    let name =
        text.split("](files/").nth(1).and_then(|rest| rest.split(')').next()).expect("an attachment").to_string();
    assert_eq!(text.matches(&format!("](files/{name})")).count(), 2, "{text}");
    // Never from outside the folder, and never what is no document.
    for (path, file) in [("../secret.docx", "secret.docx"), ("tool.exe", "in/tool.exe")] {
        let body = format!("<p>清点结果见<a href=\"{path}\">附件一</a>，各处可查。</p>");
        let archive = Archive::new().file("in/page.html", page("", &body)).file(file, b"PK");
        let (text, run) = imported(archive, "in/page.html");
        assert!(!text.contains("](files/") && run.tells("link-left-out"), "{path}: {text}");
    }
}

#[test]
fn links_within_a_text_lead_to_its_sections() {
    let body = "<p>见<a href=#b>第二节</a>和<a href=#c>末段</a>、<a href=#no>无此处</a>。</p><h2>一、清点</h2><p>数一遍。</p>\
                <h2 id=b>二、编目</h2><p>写一遍。</p><p>后来<span id=c>又写一遍</span>。</p>";
    let (text, run) = html("", body);
    assert!(text.contains("[第二节](#s2)") && text.contains("[末段](#s2)") && text.contains("、无此处。"), "{text}");
    assert!(run.tells("link-left-out") && run.stderr.contains("#no"), "{}", run.stderr);
    // Markdown names headings by their words, and by ids that are written behind them.
    let markdown = "# 札记\n\n见[甲](#清点-与编目)、[乙](#qd)、[丙](#清点-与编目-1)。\n\n## 清点 与编目！\n\n数。\n\n## 核对 {#qd}\n\n写。\n\n## 清点 与编目\n\n再数。\n";
    let (text, run) = imported(Archive::new().file("doc.md", markdown), "doc.md");
    assert!(!run.tells("link-left-out"), "{}", run.stderr);
    assert!(
        text.contains("[甲](#清点与编目)") && text.contains("[乙](#核对)") && text.contains("[丙](#清点与编目-2)"),
        "{text}"
    );
}

#[test]
fn pictures_come_from_beside_from_within_and_by_name() {
    let data = base64(&picture());
    let inner = format!("<p>库房在楼的北面。</p><p><img alt=平面图 src=\"data:image/png;base64,{data}\"></p>");
    let (text, _) = html("", &inner);
    assert!(text.contains("![平面图](files/"), "{text}");
    let markdown = format!("# 札记\n\n库房在楼的北面。\n\n![平面图](data:image/png;base64,{data} \"图一 库房\")\n");
    let (text, _) = imported(Archive::new().file("doc.md", markdown), "doc.md");
    assert!(text.contains("![平面图](files/") && text.contains(" \"图一 库房\")"), "{text}");
    // A page that was saved whole names its own address, and its pictures lie beside it.
    let saved = "<p>库房在楼的北面。</p><p><img alt=平面图 src=page_files/a.png></p>";
    let head = "<meta name=Url content=\"https://a.example/y/z.html\">";
    let archive = Archive::new().file("in/page.html", page(head, saved)).file("in/page_files/a.png", picture());
    let (text, run) = imported(archive, "in/page.html");
    assert!(text.contains("![平面图](files/a-"), "{text}");
    assert!(!run.tells("missing-image"), "{}", run.stderr);
    for (bytes, kind) in
        [(&b"BM\x46\0\0\0"[..], "BMP"), (b"II*\0", "TIFF"), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG")]
    {
        let archive = Archive::new().file("in/page.html", page("", saved)).file("in/page_files/a.png", bytes);
        let (_, run) = imported(archive, "in/page.html");
        assert!(
            run.tells("image-format") && run.stderr.contains(kind) && !run.tells("missing-image"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn a_style_that_strikes_out_is_a_mark() {
    for (head, body) in [
        ("", "<p>租金<span style=\"color:red; TEXT-DECORATION: line-through\">五元</span>十元。</p>"),
        (
            "<style>.del, td.old { text-decoration-line: line-through }</style>",
            "<p>租金<span class=del>五元</span>十元。</p>",
        ),
        ("", "<p>租金<s><span style=\"text-decoration:line-through\">五元</span></s>十元。</p>"),
    ] {
        let (text, _) = html(head, body);
        assert!(text.contains("租金~~五元~~十元。"), "{body}: {text}");
    }
    let (text, _) = html("", "<p>面积约10<span style=\"vertical-align:super;font-size:8pt\">3</span>平方米。</p>");
    assert!(text.contains("10^{3}平方米"), "{text}");
    let (text, _) = html("", "<p>务必<span style=\"-webkit-text-emphasis: dot\">随手关门</span>，不得有误。</p>");
    assert!(text.contains("*随手关门*"), "{text}");
}

#[test]
fn a_letter_below_a_slanted_one_is_below_it() {
    let (text, _) = html("", "<p>单位矩阵<i>I</i><sub><i>n</i></sub>与<i>c</i><sub>0</sub>各有其义。</p>");
    assert!(text.contains("*I*_{n}与*c*_{0}各"), "{text}");
}

#[test]
fn notes_stand_in_their_order_whichever_is_mentioned_first() {
    let note = |id: &str, text: &str| format!("<li id=n{id} class=footnote>{text}<a href=#m{id}>↩</a></li>");
    let mark = |id: &str| format!("<a id=m{id} href=#n{id}>[{id}]</a>");
    let body = format!(
        "<p>库房{}在楼的北面{}。</p><ol>{}{}</ol>",
        mark("2"),
        mark("1"),
        note("1", "甲说。"),
        note("2", "乙说。")
    );
    let (text, _) = html("", &body);
    assert!(text.contains("库房[^2]在楼的北面[^1]。"), "{text}");
}

#[test]
fn the_reading_of_a_character_stands_in_brackets() {
    let (text, _) = html("", "<p>在<ruby>犍为<rt>qiánwéi</rt></ruby>县的库房里。</p>");
    assert!(text.contains("在犍为（qiánwéi）县"), "{text}");
    let (text, _) = html("", "<p>在<ruby>犍为<rp>(</rp><rt>qiánwéi</rt><rp>)</rp></ruby>县的库房里。</p>");
    assert!(text.contains("在犍为(qiánwéi)县"), "{text}");
}

#[test]
fn word_writes_a_reading_before_its_characters() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let ruby = |reading: &str, text: &str| {
        format!(
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:rPr><w:b/></w:rPr><w:t>{reading}</w:t></w:r></w:rt>\
             <w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
            run(text)
        )
    };
    let body =
        format!("<w:p>{}{}{}{}</w:p>", run("在"), ruby("qián", "犍"), ruby("wéi", "为"), run("县的库房里，窗小墙厚。"));
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("a file begins");
    zip.write_all(document.as_bytes()).expect("a file is written");
    let bytes = zip.finish().expect("a package").into_inner();
    let (text, run) = imported(Archive::new().file("doc.docx", bytes), "doc.docx");
    assert!(text.contains("在犍（qián）为（wéi）县的库房里"), "{text}");
    assert!(!run.tells("fidelity"), "{}", run.stderr);
}

#[test]
fn notes_in_another_file_of_a_book_are_its_notes() {
    for (mark, note) in [
        (
            "epub:type=\"noteref\" href=\"notes.xhtml#n1\"",
            "<aside epub:type=\"footnote\" id=\"n1\"><p>共三百捆。</p></aside>",
        ),
        ("id=\"m1\" href=\"notes.xhtml#n1\"", "<p id=\"n1\">共三百捆。<a href=\"c1.xhtml#m1\">↩</a></p>"),
        ("href=\"notes.xhtml#n1\"", "<p class=\"endnote\" id=\"n1\">共三百捆。</p>"),
    ] {
        let chapter = format!("<h1>第一章 甲</h1><p>旧报刊堆在这里<a {mark}>[1]</a>，没有人翻动过。</p>");
        let (text, _) =
            imported(Archive::new().file("book.epub", book(&chapter, &format!("<h1>注释</h1>{note}"))), "book.epub");
        let label = text
            .split("堆在这里[^")
            .nth(1)
            .and_then(|rest| rest.split(']').next())
            .unwrap_or_else(|| panic!("{mark}: {text}"));
        assert!(text.contains(&format!("[^{label}]: 共三百捆。")), "{mark}: {text}");
    }
    let chapter = "<h1>第一章 甲</h1><p>参看<a href=\"notes.xhtml#s\">附录</a>，没有人翻动过。</p>";
    let (text, run) = imported(
        Archive::new().file("book.epub", book(chapter, "<h1 id=\"s\">附录</h1><p>共三百捆。</p>")),
        "book.epub",
    );
    assert!(text.contains("[附录](#a)") && !run.tells("link-left-out"), "{text}");
}

#[test]
fn no_cell_of_a_table_is_lost() {
    let table = |body: &str| Archive::new().document("biao.md", "title = \"表\"", body).run(&["check"]);
    let lost = table("| 架 | 盒 |\n|---|---|\n| 甲 | 十二 | 残三件 |\n");
    assert!(lost.code == 1 && lost.tells("surplus-cell") && lost.stderr.contains("残三件"), "{}", lost.stderr);
    for whole in [
        "| 架 | 盒 |\n|---|---|\n| 甲 | 十\\|二 |\n",
        "| 架 | 盒 |\n|---|---|\n| 甲 | 十二 | |\n",
        "架|盒\n-|-\n甲|乙\n",
    ] {
        table(whole).succeeds();
    }
    let none = table("| 架 | 盒 | 况 |\n|---|---|\n| 甲 | 十二 | 残 |\n");
    assert!(none.tells("table-not-read"), "{}", none.stderr);
}

fn book(chapter: &str, notes: &str) -> Vec<u8> {
    let file = |body: &str| {
        format!(
            "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"><head><title>书</title></head><body>{body}</body></html>"
        )
    };
    let package = "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\"><metadata><dc:title xmlns:dc=\"http://purl.org/dc/elements/1.1/\">书</dc:title></metadata>\
        <manifest><item id=\"a\" href=\"c1.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"b\" href=\"c2.xhtml\" media-type=\"application/xhtml+xml\"/>\
        <item id=\"n\" href=\"notes.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/><itemref idref=\"b\"/><itemref idref=\"n\"/></spine></package>";
    let container = "<container><rootfiles><rootfile full-path=\"book.opf\"/></rootfiles></container>";
    let second =
        "<h1>第二章 乙</h1><p>库房日见其小<a href=\"#o\">1</a>。</p><p class=\"footnote\" id=\"o\">另有说明。</p>";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("META-INF/container.xml", container.to_string()),
        ("book.opf", package.to_string()),
        ("c1.xhtml", file(chapter)),
        ("c2.xhtml", file(second)),
        ("notes.xhtml", file(notes)),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file begins");
        zip.write_all(text.as_bytes()).expect("a file is written");
    }
    zip.finish().expect("a package").into_inner()
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let sixes = |part: &[u8]| {
        let bits = part.iter().enumerate().fold(0_u32, |bits, (nth, byte)| bits | u32::from(*byte) << (16 - 8 * nth));
        (0..4)
            .map(
                |nth| if nth <= part.len() { char::from(LETTERS[(bits >> (18 - 6 * nth) & 63) as usize]) } else { '=' },
            )
            .collect::<String>()
    };
    bytes.chunks(3).map(sixes).collect()
}

#[test]
fn a_cell_without_a_column_gets_one_when_it_is_imported() {
    let markdown = "# 札记\n\n库房在楼的北面，一年四季都凉。\n\n| 架 | 盒 |\n|---|---|\n| 甲 | 十二 | 残三件 |\n";
    let (text, _) = imported(Archive::new().file("doc.md", markdown), "doc.md");
    assert!(text.contains("| 甲 | 十二 | 残三件 |"), "{text}");
}

#[test]
fn numbers_that_markdown_does_not_have_are_printed() {
    for (list, wanted) in [
        ("<ol type=a><li>甲</li><li value=4>乙</li></ol>", "- a. 甲\n- d. 乙"),
        ("<ol style=\"list-style: inside cjk-ideographic\"><li><p>甲</p></li><li>乙</li></ol>", "- 一、甲"),
        ("<ol reversed><li>甲</li><li>乙</li></ol>", "2. 甲\n1. 乙"),
        ("<ol start=3><li>甲</li><li>乙</li></ol>", "3. 甲\n4. 乙"),
    ] {
        let (text, _) = html("", &format!("<p>库房里的事有下列几件，件件要紧。</p>{list}"));
        assert!(text.contains(wanted), "{list}: {text}");
    }
}

#[test]
fn bookmarks_of_word_lead_to_sections() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let field = |instruction: &str, text: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
            run(text)
        )
    };
    let heading = |name: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:bookmarkStart w:id=\"1\" w:name=\"{name}\"/>{}<w:bookmarkEnd w:id=\"1\"/></w:p>",
            run(text)
        )
    };
    let body = format!(
        "<w:p>{}</w:p><w:p>{}<w:hyperlink w:anchor=\"bian\">{}</w:hyperlink>{}{}</w:p>{}<w:p>{}</w:p><w:bookmarkStart w:id=\"2\" w:name=\"out\"/>{}<w:p>{}</w:p>",
        run("库房札记"),
        run("先看"),
        run("编目"),
        run("，再看"),
        field("HYPERLINK \\l &quot;out&quot;", "出库") + &run("，各有各的办法。"),
        heading("bian", "编目"),
        run("编目要写清年月。"),
        heading("x", "出库"),
        run("出库要有人签字。")
    );
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("a file begins");
    zip.write_all(document.as_bytes()).expect("a file is written");
    let (text, run) =
        imported(Archive::new().file("doc.docx", zip.finish().expect("a package").into_inner()), "doc.docx");
    assert!(text.contains("先看[编目](#编目)，再看[出库](#出库)"), "{text}");
    assert!(!run.tells("link-left-out"), "{}", run.stderr);
}
