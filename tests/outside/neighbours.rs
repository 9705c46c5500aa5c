//! What many pages of one folder or one site share: their links are no text, and all the rest is.

use serde_json::Value;

use crate::archive::Archive;

/// A page of a site with names that say nothing; `own` is what no other page has.
fn page(nth: usize, own: &str) -> String {
    format!(
        "<!DOCTYPE html><meta charset=utf-8><title>第{nth}次停航公告 - 东门渡口</title>\
         <div class=a><a href=/>首页</a> <a href=/news>新闻</a> 今日水位 <a href=/p>公告</a></div>\
         <h1>第{nth}次停航公告</h1><p>各乡镇人民政府，县直各单位：</p>\
         <p>第{nth}次大风，渡口停航三日，行人一律绕行新桥，夜间不开船，有急事的到值班室登记。</p>{own}\
         <p>根据<a href=https://a.example/law>《渡口管理办法》</a>，停航期间不售船票。</p>\
         <table><tr><td><a href=/d>东门</a><td>上午{nth}班，下午不开船<tr><td><a href=/n>南门</a><td>上午{nth}班，下午不开船<tr><td><a href=/x>西门</a><td>上午{nth}班，下午不开船</table>\
         <p>特此公告。</p><p align=right><a href=https://a.example/office>江城县交通局</a></p><h2><a href=https://a.example/one>第一条</a></h2><p>船停{nth}日。</p><p>附件：<a href=biao.doc>时刻表</a></p>\
         <div class=b><h3>近来</h3><p><a href=/1>旧船票</a></p><p><a href=/2>东门渡口的故事</a></p></div>\
         <div class=c><span>扫码</span> <a href=/q>收藏本页</a></div>"
    )
}

fn read(archive: &Archive, what: &str) -> Vec<Value> {
    let run = archive.run(&["import", "--dry-run", "--format", "json", what]).succeeds();
    run.stdout.lines().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

fn lines(read: &Value, part: &str) -> String {
    let lines = read[part].as_array().cloned().unwrap_or_default();
    lines.iter().filter_map(|line| line["text"].as_str()).collect::<Vec<_>>().join("\n")
}

fn folder(pages: usize) -> Archive {
    (0..pages).fold(Archive::new(), |archive, nth| archive.file(&format!("in/{nth}.html"), page(nth, "")))
}

#[test]
fn links_that_many_pages_share_are_no_text() {
    for read in read(&folder(7), "in") {
        let text = lines(&read, "blocks");
        for shared in ["首页", "今日水位", "旧船票", "东门渡口的故事", "近来"] {
            assert!(!text.contains(shared), "{shared}: {text}");
            assert!(lines(&read, "dropped").contains(shared), "{shared}");
        }
        // What documents of one office have in common is theirs.
        for own in [
            "各乡镇人民政府",
            "根据《渡口管理办法》，",
            "东门",
            "西门",
            "特此公告。",
            "江城县交通局",
            "第一条",
            "附件：时刻表",
        ] {
            assert!(text.contains(own), "{own}: {text}");
        }
        let title = read["meta"]["title"].as_str().unwrap_or_default();
        assert!(title.starts_with('第') && title.ends_with("公告"), "{title}");
    }
}

#[test]
fn few_pages_and_captures_of_one_page_share_nothing() {
    for read in read(&folder(4), "in") {
        assert!(lines(&read, "blocks").contains("旧船票"));
    }
    let versions = (0..8).fold(Archive::new(), |archive, nth| {
        archive.file(&format!("in/{nth}.html"), page(1, &format!("<p>第{nth}次抄录。</p>")))
    });
    for read in read(&versions, "in") {
        assert!(lines(&read, "blocks").contains("旧船票"));
    }
    // One page beside others, read alone, has no neighbours.
    assert!(lines(&read(&folder(7), "in/3.html")[0], "blocks").contains("旧船票"));
}

#[test]
fn a_site_in_a_web_archive_is_a_folder() {
    let pages: Vec<String> = (0..6).map(|nth| page(nth, "")).collect();
    let record = |nth: usize, host: &str, body: &str| {
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2021-07-01T08:00:00Z\r\nWARC-Target-URI: https://{host}/{nth}.html\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        )
    };
    let mut bytes: String = pages.iter().enumerate().map(|(nth, page)| record(nth, "a.example", page)).collect();
    bytes += &record(9, "b.example", &page(9, ""));
    let read = read(&Archive::new().file("site.warc", bytes), "site.warc");
    assert_eq!(read.len(), 7);
    for (nth, read) in read.iter().enumerate() {
        assert_eq!(lines(read, "blocks").contains("旧船票"), nth == 6, "{nth}");
    }
}

#[test]
fn what_was_left_out_stays_left_out_when_a_page_comes_again_alone() {
    let archive = folder(6);
    archive.run(&["import", "in"]).warns_of("link-left-out");
    let archive = archive.file("again/3.html", page(3, "<p>四月二日复航。</p>"));
    archive.run(&["import", "--update", "again/3.html"]).warns_of("link-left-out");
    let files = crate::archive::files_in(&archive.path().join("content"));
    let updated: Vec<String> = files
        .into_iter()
        .filter(|(name, _)| name.ends_with("3/index.md"))
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    assert_eq!(updated.len(), 1);
    assert!(updated[0].contains("四月二日复航。") && !updated[0].contains("旧船票"), "{}", updated[0]);
}
