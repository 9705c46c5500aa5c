//! What is withheld reaches no output: the same archive with another withheld text builds the same bytes.

use std::collections::BTreeMap;

use crate::archive::Archive;

/// The ways in which a text is withheld.
const WAYS: [(&str, &str); 4] = [
    ("closed", "access = \"closed\"\naccess_note = \"待定\""),
    ("record", "access = \"record\""),
    ("embargo", "embargo_until = \"2099-01-01\""),
    ("draft", "draft = true"),
];

/// An archive in which one document says `words`; `fields` withhold it, or not.
fn archive(words: &str, fields: &str) -> Archive {
    Archive::new()
        .file("site.toml", "title = \"库\"\nbase_url = \"https://a.example/\"\n")
        .document("a/open.md", "date = \"1950\"", "见[那一篇](shut/index.md)。")
        .document(
            "a/shut/index.md",
            &format!("date = \"1951\"\n{fields}"),
            &format!("{words}甲。[^1]\n\n## {words}乙\n\n![{words}丙](scan.png \"{words}丁\")\n\n### {words}戊\n\n| {words}己 |\n| - |\n| 庚 |\n\n[^1]: {words}辛。"),
        )
        .file("content/a/shut/scan.png", format!("a scan of {words}"))
        .file("content/a/shut/original/x.txt", format!("{words}原件"))
}

fn built(archive: &Archive) -> BTreeMap<String, Vec<u8>> {
    let run = archive.run_at("1000000000", &["publish", "--by-hand", "--quiet", "--zip"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut files = run.files();
    files.insert("the zip".to_string(), std::fs::read(archive.path().join("public.zip")).expect("a zip"));
    files
}

#[test]
fn another_text_gives_the_same_site() {
    for (way, fields) in WAYS {
        // The link to a draft would be broken, and is another test's.
        let without_link = |archive: Archive| archive.document("a/open.md", "date = \"1950\"", "文。");
        let one = built(&without_link(archive("子丑寅卯", fields)));
        let two = built(&without_link(archive("午未申酉", fields)));
        assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>(), "{way}");
        for (path, bytes) in &one {
            assert!(two[path] == *bytes, "{way}: {path}");
            assert!(!String::from_utf8_lossy(bytes).contains("子丑寅卯"), "{way}: {path}");
        }
    }
}

#[test]
fn a_text_that_was_open_leaves_nothing_behind() {
    for (way, fields) in WAYS.iter().filter(|(way, _)| *way != "draft") {
        let closed = |words: &str| {
            let open = archive(words, "");
            built(&open);
            let closed = archive(words, fields);
            let record = std::fs::read(closed.path().join("content/a/shut/index.md")).expect("a record");
            built(&open.file("content/a/shut/index.md", record))
        };
        let (one, two) = (closed("子丑寅卯"), closed("午未申酉"));
        assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>(), "{way}");
        for (path, bytes) in &one {
            assert!(two[path] == *bytes, "{way}: {path}");
        }
    }
}

/// However a link is written, it does not publish a file of a withheld document.
#[test]
fn links_to_files_of_withheld_documents() {
    let forms = [
        "![图](shut/scan.png)",
        "[图](shut/scan.png)",
        "[图](./shut/scan.png)",
        "[图](../a/shut/scan.png)",
        "[图](shut/../shut/scan.png)",
        "[图](/a/shut/scan.png)",
        "[图](shut/%73can.png)",
        "[图](shut/scan.png#x)",
        "[图](shut/scan.png?x)",
        "[图](<shut/scan.png>)",
        "[图][r]\n\n[r]: shut/scan.png",
        "[原件](shut/original/x.txt)",
        "![图](shut/scan.png \"题\")",
        "| 图 |\n| - |\n| ![图](shut/scan.png) |",
        "文。[^1]\n\n[^1]: ![图](shut/scan.png)",
        "## ![图](shut/scan.png)",
    ];
    for (way, fields) in WAYS {
        for form in forms {
            for page in ["a/open.md", "a/_index.md", "_index.md"] {
                let form = if page == "_index.md" { form.replace("shut", "a/shut") } else { form.to_string() };
                let archive = archive("子丑寅卯", fields).document("a/open.md", "", "文。").document(
                    page,
                    "title = \"页\"",
                    &form,
                );
                let run = archive.run(&["build", "--quiet"]);
                let site = archive.path().join("public");
                let files = if site.exists() { run.files() } else { BTreeMap::new() };
                let published = files.iter().find(|(_, bytes)| String::from_utf8_lossy(bytes).contains("子丑寅卯"));
                assert!(published.is_none(), "{way} {page} {form}: {published:?}");
                assert!(run.code == 1, "{way} {page} {form}: {}", run.stderr);
            }
        }
    }
}

#[test]
fn an_embargo_is_stated_as_one() {
    let files = built(&archive("子丑寅卯", "embargo_until = \"2099-01-01\""));
    for path in ["records.csv", "records.jsonl", "a/shut/index.html"] {
        let text = String::from_utf8_lossy(&files[path]).into_owned();
        assert!(text.contains("embargoed"), "{path}");
    }
}

#[test]
fn what_editors_noted_is_not_published() {
    let archive = Archive::new().file(
        "content/a/x.md",
        "+++\n# 密一\ntitle = \"甲\" # 密二\n+++\n<!-- 密三 -->\n\n甲<!-- 密四 -->乙。\n\n<!--\n密五\n\n密六\n-->\n\n```\n<!-- 代码 -->\n```\n\n- 项<!-- 密七 -->\n\n<!-- 没有结束\n",
    );
    let run = archive.build().succeeds();
    for (path, bytes) in run.files() {
        assert!(!String::from_utf8_lossy(&bytes).contains('密'), "{path}");
    }
    let page = run.page("a/x/index.html");
    assert!(page.contains("甲乙。") && page.contains("代码") && page.contains("没有结束"), "{page}");
}

#[test]
fn two_pictures_of_one_name_are_two() {
    let archive = Archive::new()
        .document("a/x.md", "", "![一](p/pic.png)与![二](q/pic.png)与![三](p/pic.png)。")
        .file("content/a/p/pic.png", "the first")
        .file("content/a/q/pic.png", "the second");
    let files = archive.build().files();
    let has = |words: &str| files.values().filter(|bytes| bytes.as_slice() == words.as_bytes()).count();
    assert_eq!((has("the first"), has("the second")), (1, 1));
}

/// A spreadsheet calculates what begins like a formula.
#[test]
fn no_cell_is_a_formula() {
    let archive = Archive::new().document(
        "a/x.md",
        "title = \"=1+1\"\nauthors = [\"@SUM(A1)\", \"乙\"]\nsource = \"-2\"\nissuer = \"'甲\"",
        "文。",
    );
    let table = archive.build().succeeds().page("records.csv");
    for cell in ["'=1+1", "'@SUM(A1); 乙", "'-2", "''甲"] {
        assert!(table.contains(&format!(",{cell},")), "{cell} in {table}");
    }
}
