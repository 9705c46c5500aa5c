//! What readers find their way by, and what they read in.

use std::collections::{BTreeMap, VecDeque};

use crate::archive::{Archive, files_in};

/// The places of some texts in another, which must come in this order.
#[track_caller]
fn in_order(page: &str, texts: &[&str]) {
    let mut at = 0;
    for text in texts {
        let found =
            page[at..].find(text).unwrap_or_else(|| panic!("{text} does not come after what is before it:\n{page}"));
        at += found + text.len();
    }
}

#[test]
fn names_stand_under_their_letters() {
    let run = Archive::new()
        .document("a.md", "authors = [\"张佐\", \"曾静\", \"Émile Zola\"]\nplaces = [\"重庆\", \"厦门\"]", "文。")
        .document("b.md", "authors = [\"欧阳修\", { name = \"柏青\", sort = \"zz\" }]\nsource = \"长江文献社\"", "文。")
        .build()
        .succeeds();
    let authors = run.page("browse/authors/index.html");
    in_order(&authors, &[">E</h2>", "Émile Zola", ">O</h2>", "欧阳修", ">Z</h2>", "曾静", "张佐", "柏青"]);
    assert!(authors.contains("<a href=\"index.html#fonds-O\">O</a>"));
    in_order(&run.page("browse/places/index.html"), &[">C</h2>", "重庆", ">X</h2>", "厦门"]);
    assert!(run.page("browse/offices/index.html").contains(">C</h2>"));
    assert!(run.page("a/index.html").contains("<a href=\"../browse/places/重庆.html\">重庆</a>"));
}

#[test]
fn dates_go_from_decade_to_day() {
    let mut archive = Archive::new();
    for (at, date) in ["1956-03-12", "1956-03-12", "1956-11", "1956", "195X", "1961-01-02"].iter().enumerate() {
        archive = archive.document(&format!("d{at}.md"), &format!("date = \"{date}\""), "文。");
    }
    let run = archive.document("undated.md", "", "文。").build().succeeds();
    let dates = run.page("browse/dates/index.html");
    in_order(
        &dates,
        &["id=\"fonds-1950s\">1950年代", "1950s.html", "1956.html", "id=\"fonds-1960s\"", "1961.html", "undated.html"],
    );
    let year = run.page("browse/dates/1956.html");
    in_order(
        &year,
        &["id=\"fonds-03\">3月", "id=\"fonds-03-12\"", "id=\"fonds-11\">11月", ">月份不详</h2>", "d3/index.html"],
    );
    assert_eq!(year.matches("fonds-03-12").count(), 1, "a day is one place");
    let home = run.page("index.html");
    assert!(home.contains("<a href=\"browse/dates/1956.html\" tabindex=\"-1\">"));
    assert!(
        home.contains("<a href=\"browse/dates/index.html#fonds-1950s\">1950年代</a> <span class=\"count\">5</span>")
    );
    in_order(&run.page("browse/timeline.html"), &["dates/1956.html", "d0/index.html", "其余 1 篇", "dates/1961.html"]);
}

/// Links of a page that lead to pages of the site.
fn links(path: &str, html: &str) -> Vec<String> {
    let linked = html.split("<a ").skip(1).filter_map(|tag| tag.split_once("href=\"")?.1.split(['"', '#', '?']).next());
    linked
        .filter(|address| address.ends_with(".html") && !address.contains(':'))
        .map(|address| {
            let mut way: Vec<&str> = path.split('/').collect();
            way.pop();
            for step in address.split('/') {
                if step != ".." {
                    way.push(step)
                } else {
                    let _ = way.pop();
                }
            }
            way.join("/")
        })
        .collect()
}

#[test]
fn every_page_is_four_clicks_from_home_and_none_is_heavy() {
    let mut archive = Archive::new();
    // One year and one collection hold far more than a list page, and there are more collections than fit on one.
    for at in 0..2900 {
        let date = if at % 3 == 0 { String::new() } else { format!("date = \"1958-{:02}\"", at % 12 + 1) };
        let folder = match at {
            2600.. => format!("c{at}"),
            // Nearer by their date than by their collection.
            _ if at % 7 == 0 => "deep/er/and/deeper".to_string(),
            _ => "all".to_string(),
        };
        archive = archive.document(&format!("{folder}/d{at}.md"), &date, "导言。\n\n## 一、总则\n\n甲。");
    }
    let run = archive.build().succeeds();
    let pages: BTreeMap<String, String> = files_in(&archive.path().join("public"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html") && !matches!(path.as_str(), "404.html" | "search.html"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8")))
        .collect();
    assert!(run.exists("index.2.html") && pages.len() > 2900 * 3);
    let dates = &pages["browse/dates/index.html"];
    assert!(dates.contains("undated.5.html"), "every page of a long list is a step from the index: {dates}");
    let mut clicks = BTreeMap::from([("index.html".to_string(), 0)]);
    let mut open = VecDeque::from(["index.html".to_string()]);
    while let Some(path) = open.pop_front() {
        let depth = clicks[&path] + 1;
        for link in links(&path, &pages[&path]) {
            if !clicks.contains_key(&link) {
                clicks.insert(link.clone(), depth);
                open.push_back(link);
            }
        }
    }
    for (path, page) in &pages {
        let is_landing = path.starts_with("all/d") && path.ends_with("/index.html");
        let most = if is_landing { 3 } else { 4 };
        assert!(clicks.get(path).is_some_and(|clicks| *clicks <= most), "{path}: {:?} clicks", clicks.get(path));
        assert!(page.len() <= 300_000, "{path}: {} bytes", page.len());
    }
}

#[test]
fn flattened_punctuation_is_shown_as_printed_and_kept_as_captured() {
    let body = "一,二(三):四；五。\n\n## (一)甲,乙\n\nHello, world.";
    let archive = Archive::new().document("a.md", "", body);
    let run = archive.build().succeeds();
    let landing = run.page("a/index.html");
    assert!(landing.contains("data-flat=\"5\""), "{landing}");
    assert!(landing.contains("一，二（三）：四；五。") && landing.contains(">（一）甲，乙</a>"), "{landing}");
    assert!(run.page("a/full.html").contains("<span class=\"number\">（一）</span>甲，乙"));
    assert!(run.page("a/full.html").contains("Hello, world."));
    assert!(run.page("a/a.txt").contains("一,二(三):四；五。"));
    let off = archive.file("site.toml", "title = \"试\"\n[build]\nrestore_punctuation = false\n").build().succeeds();
    assert!(off.page("a/index.html").contains("一,二(三):四；五。") && !off.page("a/index.html").contains("data-flat"));
}

const VARIANTS: &str = "title = \"发展史料\"\nbase_url = \"https://a.example/\"\n[variants]\nzh-Hant = true\n";

#[test]
fn a_traditional_edition_mirrors_every_page() {
    let archive = Archive::new()
        .file("site.toml", VARIANTS)
        .document("c/a/index.md", "title = \"头发与发展\"", "皇后之后。\n\n![图](p.svg)\n\n## 一、里程\n\n公里里面。")
        .file("content/c/a/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"4\"/>")
        .document("c/en.md", "language = \"en\"", "The word 发展. [Capture](beside.html)")
        .file("content/c/beside.html", "<!DOCTYPE html>")
        .file("content/c/a/old.html", "<!DOCTYPE html>");
    let run = archive.build().succeeds();
    assert!(run.page("zh-Hant/c/a/index.html").contains("href=\"../../../c/a/old.html\""));
    assert!(run.page("zh-Hant/c/en/index.html").contains("href=\"../../../c/en/beside.html\""));
    let page = run.page("zh-Hant/c/a/index.html");
    assert!(
        page.contains("<html lang=\"zh-Hant\" dir=\"ltr\">")
            && page.contains("頭髮與發展")
            && page.contains("皇后之後"),
        "{page}"
    );
    assert!(page.contains("src=\"../../../c/a/p.svg\"") && page.contains("href=\"../../../fonds.css\""), "{page}");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://a.example/zh-Hant/c/a/\""), "{page}");
    assert!(page.contains("本頁文字由簡體自動轉換") && page.contains("href=\"../../../c/a/index.html\""), "{page}");
    assert!(run.page("c/a/index.html").contains("href=\"../../zh-Hant/c/a/index.html\""));
    assert!(run.page("zh-Hant/c/en/index.html").contains("The word 发展."), "other languages are left alone");
    for path in run.files().keys().filter(|path| path.ends_with(".html") && !path.starts_with("zh-Hant/")) {
        let once = ["404.html", "c/a/old.html", "c/en/beside.html"].contains(&path.as_str());
        assert_eq!(run.exists(&format!("zh-Hant/{path}")), !once, "{path}");
    }
    let none = archive.file("site.toml", "title = \"a\"\nlanguage = \"en\"\n[variants]\nzh-Hant = true\n").build();
    none.fails_as("variants-of-english");
}

#[test]
fn a_zip_holds_the_site_and_is_always_the_same() {
    let archive = Archive::new().document("文/a.md", "", "甲。");
    let zip = archive.path().join("public.zip");
    archive.run(&["build", "--zip"]).succeeds();
    let first = std::fs::read(&zip).expect("a zip");
    archive.run(&["build", "--zip=public.zip", "--jobs", "1"]).succeeds();
    assert!(first == std::fs::read(&zip).expect("a zip"));
    let mut packed = zip::ZipArchive::new(std::io::Cursor::new(first)).expect("a zip");
    let mut files = files_in(&archive.path().join("public"));
    for at in 0..packed.len() {
        let mut file = packed.by_index(at).expect("a file");
        let path = file.name().expect("a name").strip_prefix("public/").expect("in one folder").to_string();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).expect("it can be read");
        assert!(files.remove(&path) == Some(bytes), "{path}");
    }
    assert!(files.is_empty(), "{:?}", files.keys());
    assert_eq!(archive.run(&["build", "--zip=public/a.zip"]).code, 2);
}
