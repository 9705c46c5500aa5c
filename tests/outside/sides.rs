//! To which side a paragraph or a column is set: written by import, read by the build, and carried to every format.

use std::io::Write;

use crate::archive::{Archive, files_in};

fn record(archive: &Archive) -> String {
    let files = files_in(&archive.path().join("content/in"));
    let is_record = |name: &str| name.ends_with("index.md") && !name.ends_with("_index.md");
    let found = files.into_iter().find(|(name, _)| is_record(name)).expect("a record");
    String::from_utf8(found.1).expect("UTF-8")
}

fn imported(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let archive = Archive::new().file(name, bytes);
    archive.run(&["import", "--into", "in", name]).succeeds();
    archive.build().succeeds();
    record(&archive)
}

fn page(body: &str) -> String {
    let text = "<p>渡口停航三日，行人一律绕行新桥。</p><p>夜间不开船，有急事的到值班室登记。</p><p>三日后复航。</p>";
    format!("<!DOCTYPE html><meta charset=utf-8><title>停航公告</title><h1>停航公告</h1>{text}{body}")
}

#[test]
fn pages_say_it_in_many_ways() {
    for (signed, sign) in [
        ("<p align=right>江城县交通局</p>", " {.right}"),
        ("<p style='text-align: right;'>江城县交通局</p>", " {.right}"),
        ("<div style='TEXT-ALIGN: End !important'><p>江城县交通局</p></div>", " {.right}"),
        ("<style>.s{text-align:right}</style><p class=s>江城县交通局</p>", " {.right}"),
        ("<center>江城县交通局</center>", " {.center}"),
        ("<p align=center>江城县交通局</p>", " {.center}"),
        ("<div align=right><p align=left>江城县交通局</p></div>", ""),
        ("<div align=right><p style='text-align:justify'>江城县交通局</p></div>", ""),
        ("<p><span style='text-align:right'>江城县交通局</span></p>", ""),
        ("<table align=center><tr><td>江城县交通局</td></tr></table>", ""),
    ] {
        let text = imported("page.html", page(signed));
        assert!(text.contains(&format!("\n江城县交通局{sign}\n")), "{signed}: {text}");
    }
    // A page that is set in the middle as a whole says nothing by it.
    let all = format!("<div align=center>{}</div>", page("<p>江城县交通局</p>"));
    assert!(!imported("page.html", all).contains("{.center}"));
}

#[test]
fn columns_have_a_side() {
    let table = "<table><tr><th>年<th>船<th>人次<tr><td>1951<td align=center>二<td align=right>300\
                 <tr><td>1952<td><p align=center>三</p><td style='text-align:right'>4,000<tr><td>1953<td>四<td align=right>5</table>";
    let text = imported("page.html", page(table));
    assert!(text.contains("| --- | :-: | --: |"), "{text}");
    let markdown =
        "# 停航公告\n\n渡口停航三日，行人一律绕行新桥。\n\n| 年 | 船 | 人次 |\n|:--|:-:|--:|\n| 1951 | 二 | 300 |\n";
    assert!(imported("page.md", markdown).contains("| :-- | :-: | --: |"));
}

#[test]
fn word_says_it_in_the_paragraph_or_its_style() {
    let paragraph = |style: &str, side: &str, text: &str| {
        let style = if style.is_empty() { String::new() } else { format!("<w:pStyle w:val=\"{style}\"/>") };
        let side = if side.is_empty() { String::new() } else { format!("<w:jc w:val=\"{side}\"/>") };
        format!("<w:p><w:pPr>{style}{side}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let cell = |side: &str, text: &str| format!("<w:tc>{}</w:tc>", paragraph("", side, text));
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let body = [
        paragraph("", "both", "渡口停航三日，行人一律绕行新桥。"),
        paragraph("", "", "夜间不开船，有急事的到值班室登记。"),
        paragraph("", "", "三日后复航，票价照旧，月票顺延。"),
        format!(
            "<w:tbl>{}{}</w:tbl>",
            row(&[cell("center", "年"), cell("center", "人次")]),
            row(&[cell("", "1951"), cell("end", "300")])
        ),
        paragraph("Signed", "", "江城县交通局"),
        paragraph("Signed", "left", "此页无正文"),
        paragraph("", "center", "（完）"),
    ]
    .concat();
    let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let document = format!("<?xml version=\"1.0\"?><w:document {space}><w:body>{body}</w:body></w:document>");
    let styles = format!(
        "<?xml version=\"1.0\"?><w:styles {space}><w:style w:type=\"paragraph\" w:styleId=\"Far\"><w:pPr><w:jc w:val=\"right\"/></w:pPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Signed\"><w:basedOn w:val=\"Far\"/></w:style></w:styles>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("word/document.xml", document), ("word/styles.xml", styles)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file begins");
        zip.write_all(text.as_bytes()).expect("a file is written");
    }
    let text = imported("停航公告.docx", zip.finish().expect("a package").into_inner());
    for line in ["江城县交通局 {.right}", "此页无正文", "（完） {.center}", "| --- | --: |"] {
        assert!(text.contains(&format!("\n{line}\n")), "{line}: {text}");
    }
}

#[test]
fn every_format_has_it() {
    let fields = "title = \"停航公告\"\ndate = \"2019\"\nsource = \"东门渡口\"";
    let text =
        "渡口停航三日。\n\n江城县交通局 {.right}\n\n**完** {.center}\n\n{.right}\n\n办法见 \\{.right}\n\n见{.right}\n";
    let built = Archive::new().document("notice.md", fields, text).build().succeeds();
    let page = built.page("notice/full.html");
    assert!(page.contains(" class=\"right\"") && page.contains("江城县交通局</p>"), "{page}");
    assert!(page.contains(" class=\"center\"") && page.contains("<strong>完</strong></p>"), "{page}");
    for shown in ["{.right}</p>", "办法见 {.right}</p>", "见{.right}</p>"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let tei = built.page("notice/notice.xml");
    assert!(tei.contains("rend=\"right\"") && tei.contains("rend=\"center\""), "{tei}");
    let markdown = built.page("notice/notice.md");
    for kept in ["江城县交通局 {.right}\n", "**完** {.center}\n", "办法见 \\{.right}\n", "见{.right}\n"] {
        assert!(markdown.contains(kept), "{kept}: {markdown}");
    }
    // What was downloaded comes back as it was.
    let again = imported("again.md", markdown.split("+++\n").nth(2).expect("a text"));
    assert!(again.contains("江城县交通局 {.right}\n") && again.contains("**完** {.center}\n"), "{again}");
    assert!(!built.page("notice/notice.txt").contains("江城县交通局 {"));
}
