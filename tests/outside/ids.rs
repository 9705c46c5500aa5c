//! Addresses that were published go on answering: content/ids.lock, former addresses, `fonds mv`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proptest::prelude::*;

use crate::archive::{Archive, Run, between, is_golden};

const TEXT: &str = "导言。\n\n## 一、甲\n\n文。\n\n### （一）丙\n\n文。\n\n## 二、乙\n\n文。";

fn notice() -> Archive {
    Archive::new().document("laws/notice.md", "title = \"通知\"", TEXT).document("laws/other.md", "", "别的文。")
}

fn lock(archive: &Archive) -> Vec<String> {
    let text = std::fs::read_to_string(archive.path().join("content/ids.lock")).expect("the lock");
    text.lines().filter(|line| !line.starts_with('#') && !line.starts_with("edition ")).map(str::to_string).collect()
}

/// The page to which a page leads, over as many as there are, without the place in it.
fn end_of(site: &Path, path: &str) -> Result<String, String> {
    let mut path = path.to_string();
    for _ in 0..3 {
        let page = std::fs::read_to_string(site.join(&path)).map_err(|error| format!("{path}: {error}"))?;
        let Some((_, rest)) = page.split_once("http-equiv=\"refresh\" content=\"0; url=") else { return Ok(path) };
        let url = rest.split('"').next().expect("an address").split('#').next().expect("a page");
        let mut way: Vec<&str> = path.split('/').collect();
        way.pop();
        for step in url.split('/') {
            match step {
                ".." => drop(way.pop()),
                step => way.push(step),
            }
        }
        path = way.join("/");
    }
    Err(format!("{path} leads on and on"))
}

#[track_caller]
fn leads(run: &Run, from: &str, to: &str) {
    assert_eq!(end_of(run.site(), from).as_deref(), Ok(to), "{from}");
    let is_moved = run.page(from).contains("http-equiv=\"refresh\"");
    assert_eq!(is_moved, from != to, "{from}");
}

#[test]
fn publishing_writes_down_what_it_published() {
    let archive =
        notice().document("laws/closed.md", "access = \"closed\"", "密。").document("loose.md", "", "## 甲\n\n文。");
    archive.publish().succeeds();
    let expected = [
        "laws/closed/ closed",
        "laws/notice/ notice full s1 s1-1@s1 s2",
        "laws/other/ other full",
        "loose/ loose full 甲",
    ];
    assert_eq!(lock(&archive), expected);
    let archive = archive.document("draft.md", "draft = true", "稿。");
    archive.run(&["build", "--drafts"]).succeeds();
    assert_eq!(lock(&archive), expected, "a draft is not published");
    let check = archive.run(&["check"]);
    assert!(check.code == 0 && !check.stderr.contains("ids.lock"), "{}", check.stderr);
    let text = Archive::new().file("a.txt", "一篇文\n\n文字。\n");
    text.run(&["build", "--from", "a.txt", "--out", "site"]);
    assert!(!text.path().join("content").exists(), "an archive in memory has no account");
}

#[test]
fn what_does_not_change_an_address() {
    let archive = notice();
    archive.publish().succeeds();
    let before = lock(&archive);
    let moved = "新导言。\n\n## 二、乙乙\n\n文。\n\n## 一、甲改\n\n文。\n\n### （一）改\n\n文。";
    let archive = archive.document("laws/notice.md", "title = \"改了的通知\"", moved);
    archive.publish().succeeds();
    assert_eq!(lock(&archive), before, "a title and the order are no address");
    let archive = archive.remove("content/laws/notice.md").document("laws/notice/index.md", "", TEXT);
    archive.publish().succeeds();
    assert_eq!(lock(&archive), before, "nor is the form of the file");
    let archive =
        archive.remove("content/laws/notice/index.md").document("laws/2026-renamed.md", "id = \"notice\"", TEXT);
    archive.publish().succeeds();
    assert_eq!(lock(&archive), before, "nor its name, where the record has the id");
}

#[test]
fn a_document_that_is_gone() {
    let archive = notice();
    let old = archive.publish().succeeds().files();
    let archive = archive.remove("content/laws/notice.md");
    let run = archive.publish().fails_as("ids/gone");
    assert_eq!(run.files(), old);
    let check = archive.run(&["check"]);
    let fault = run.stderr.split("\n\n").next().expect("a fault").replace("error[", "warning[");
    assert!(check.code == 0 && check.stderr.contains(&fault), "{}", check.stderr);
    // What the message says, literally.
    let record = between(&run.stderr, "+++\n", "If another document").replace("          ", "");
    let archive = archive.file("content/laws/notice.md", record);
    let run = archive.publish().succeeds();
    leads(&run, "laws/notice/index.html", "laws/notice/index.html");
    assert!(run.page("laws/notice/index.html").contains("why it is gone"));
    for page in ["s1", "s2", "full"] {
        leads(&run, &format!("laws/notice/{page}.html"), "laws/notice/index.html");
    }
    assert!(run.page("laws/notice/s1.html").contains("这里原来的正文不再公开"));
    archive.publish().succeeds();
    let archive = archive.document("laws/notice.md", "access = \"record\"", "");
    leads(&archive.publish().succeeds(), "laws/notice/s2.html", "laws/notice/index.html");
}

#[test]
fn a_line_may_be_taken_out() {
    let archive = notice();
    archive.publish().succeeds();
    let kept: Vec<String> = lock(&archive).into_iter().filter(|line| !line.starts_with("laws/notice/")).collect();
    let archive = archive.remove("content/laws/notice.md").file("content/ids.lock", kept.join("\n") + "\n");
    assert!(!archive.publish().succeeds().exists("laws/notice/index.html"));
    assert_eq!(lock(&archive), ["laws/other/ other full"]);
}

#[test]
fn a_document_that_was_moved_by_hand() {
    let archive = notice();
    archive.publish().succeeds();
    let archive = archive.remove("content/laws/notice.md").document("acts/notice.md", "title = \"通知\"", TEXT);
    let run = archive.publish().fails_as("ids/moved");
    let line = between(&run.stderr, "aliases = ", "\n").trim();
    let archive = archive.document("acts/notice.md", &format!("title = \"通知\"\n{line}"), TEXT);
    let run = archive.publish().succeeds();
    for page in ["index", "s1", "s2", "full"] {
        leads(&run, &format!("laws/notice/{page}.html"), &format!("acts/notice/{page}.html"));
    }
    assert_eq!(
        lock(&archive)[..2],
        ["acts/notice/ notice full s1 s1-1@s1 s2", "laws/notice/ notice full s1 s1-1@s1 s2"]
    );
    assert_eq!(archive.run(&["check"]).succeeds().code, 0);
    // The alias is what keeps the address.
    let archive = archive.document("acts/notice.md", "title = \"通知\"", TEXT);
    assert!(archive.publish().stderr.contains("error[lost-address]"));
}

#[test]
fn one_that_was_renamed_is_known_by_its_title_number_bytes_or_sections() {
    let renamed = |archive: Archive, fields: &str| {
        archive.publish().succeeds();
        let archive = archive.remove("content/laws/notice.md").document("laws/advice.md", fields, TEXT);
        let run = archive.publish();
        let is_told = run.tells("lost-address") && run.stderr.contains("aliases = [\"laws/notice\"]");
        assert!(is_told && run.stderr.contains("content/laws/advice.md"), "{}", run.stderr);
        run.stderr
    };
    let by_title = renamed(notice(), "title = \"通知\"\ndate = \"1950\"");
    let by_sections = renamed(notice(), "title = \"别名\"");
    let numbered = Archive::new().document("laws/notice.md", "title = \"甲\"\ndoc_number = \"江〔2026〕1号\"", "文。");
    let by_number = renamed(numbered, "title = \"乙\"\ndoc_number = \"江〔2026〕1号\"");
    let dated = Archive::new().file("site.toml", "title = \"库\"\nbase_url = \"https://a.example/\"\n").document(
        "laws/notice.md",
        "title = \"甲\"",
        TEXT,
    );
    let by_bytes = renamed(dated, "title = \"甲\"");
    is_golden(&[by_title, by_sections, by_number, by_bytes].concat(), "ids/renamed");
}

#[test]
fn a_document_that_became_a_draft() {
    let archive = notice();
    archive.publish().succeeds();
    let run = archive.document("laws/notice.md", "draft = true", TEXT).publish();
    assert!(run.tells("lost-address") && run.stderr.contains("`draft = true`"), "{}", run.stderr);
}

#[test]
fn a_section_that_is_gone() {
    let archive = notice();
    archive.publish().succeeds();
    let body = TEXT.replace("## 二、乙", "## 乙 {#second}").replace("### （一）丙\n\n", "");
    let archive = archive.document("laws/notice.md", "", &body);
    let run = archive.publish().fails_as("ids/section");
    let table = between(&run.stderr, "[section_aliases]", "Replace").replace("          ", "");
    assert_eq!(table.trim(), "[section_aliases]\ns1-1 = \"index\"\ns2 = \"index\"");
    let archive = archive.document("laws/notice.md", &table.replace("s2 = \"index\"", "s2 = \"second\""), &body);
    let run = archive.publish().succeeds();
    leads(&run, "laws/notice/s2.html", "laws/notice/second.html");
    assert!(run.page("laws/notice/s2.html").contains("data-keeps-place"));
    assert!(run.page("laws/notice/full.html").contains("<span id=\"s2\"></span><h2 id=\"second\""));
    assert_eq!(lock(&archive)[0], "laws/notice/ notice full s1 s1-1@s1 s2 second");
    archive.publish().succeeds();
}

#[test]
fn a_section_may_go_to_another_document() {
    let archive = notice();
    archive.publish().succeeds();
    let archive = archive.document("laws/other.md", "", "## 附则 {#annex}\n\n文。").document(
        "laws/notice.md",
        "[section_aliases]\ns2 = \"other#annex\"",
        TEXT.split("\n\n## 二").next().expect("a part"),
    );
    leads(&archive.publish().succeeds(), "laws/notice/s2.html", "laws/other/annex.html");
}

#[test]
fn a_text_that_is_split_otherwise() {
    let archive = notice();
    archive.publish().succeeds();
    for level in ["0", "2", "1"] {
        let archive = Archive::clone(&archive).document("laws/notice.md", &format!("split_level = {level}"), TEXT);
        let run = archive.publish().succeeds();
        for page in ["index", "s1", "s2", "full"] {
            end_of(run.site(), &format!("laws/notice/{page}.html")).expect("it answers");
        }
    }
    assert_eq!(lock(&archive)[0], "laws/notice/ notice full s1@full s1 s1-1@full s1-1@s1 s1-1 s2@full s2");
    leads(&archive.publish().succeeds(), "laws/notice/s1-1.html", "laws/notice/s1.html");
}

#[test]
fn a_document_that_another_one_replaces() {
    let archive = notice().file("site.toml", "title = \"库\"\nbase_url = \"https://a.example/\"\n");
    archive.publish().succeeds();
    let archive = archive
        .document("laws/notice.md", "title = \"独特的题名\"\nreplaced_by = \"new\"\naliases = [\"older\"]", TEXT)
        .document("laws/new.md", "title = \"新通知\"", "见[旧文](notice#s1)、[又](notice.md)。");
    let run = archive.publish().succeeds();
    for page in ["laws/notice/index", "laws/notice/s1", "laws/notice/full", "older/index"] {
        leads(&run, &format!("{page}.html"), "laws/new/index.html");
    }
    assert!(
        run.page("laws/notice/index.html").contains("<link rel=\"canonical\" href=\"https://a.example/laws/new/\">")
    );
    assert!(run.page("laws/new/index.html").contains("href=\"../../laws/notice/index.html\""));
    for (path, bytes) in run.files() {
        let told = String::from_utf8_lossy(&bytes).contains("独特的题名");
        assert!(!told, "{path} tells of it");
        let lists = ["sitemap.xml", "feed.xml", "records.jsonl", "records.csv", "search/facets.js"];
        assert!(!lists.contains(&path.as_str()) || !String::from_utf8_lossy(&bytes).contains("laws/notice"), "{path}");
    }
    let archive = archive.document("laws/new.md", "replaced_by = \"other\"", "");
    leads(&archive.publish().succeeds(), "laws/notice/s1.html", "laws/other/index.html");
    let archive = archive.document("laws/other.md", "replaced_by = \"notice\"", "");
    let run = archive.publish();
    assert!(run.tells("replaced-by"), "{}", run.stderr);
    let archive = archive.document("laws/other.md", "replaced_by = \"notise\"", "").document("laws/new.md", "", "");
    let run = archive.publish();
    assert!(run.tells("replaced-by") && run.stderr.contains("`notise`"), "{}", run.stderr);
}

#[test]
fn aliases_are_checked() {
    let archive = Archive::new()
        .document(
            "laws/a.md",
            "aliases = [\"laws/b\", \"old\", \"a b\", \"laws/a\", \"laws\", \"https://a.example/\"]",
            "",
        )
        .document("laws/b.md", "aliases = [\"/old/\", \"old/index.html\"]", "");
    archive.publish().fails_as("ids/aliases");
    let archive = Archive::new().document(
        "a.md",
        "[section_aliases]\ns1 = \"index\"\nx = \"y\"\ny = \"x\"\nz = \"s9\"\nw = \"other#s1\"\nindex = \"s1\"\n\"a b\" = \"s1\"",
        "## 一、甲\n\n文。",
    );
    archive.publish().fails_as("ids/section-aliases");
}

#[test]
fn a_damaged_account_is_told() {
    let archive = notice();
    archive.publish().succeeds();
    let lines = lock(&archive).join("\n");
    let damaged = format!("<<<<<<< HEAD\n{lines}\n=======\nlaws/third third\n>>>>>>> other\n");
    let archive = archive.file("content/ids.lock", damaged);
    archive.publish().fails_as("ids/damaged");
    let archive = archive.file("content/ids.lock", b"\xff\xfe");
    assert!(archive.publish().stderr.contains("error[not-utf8]"));
    let archive = archive.remove("content/ids.lock").file("content/ids.lock/x", "");
    let run = archive.publish();
    assert!(run.code == 1 && run.stderr.contains("error[unreadable]"), "{}", run.stderr);
}

#[test]
fn the_traditional_edition_has_former_addresses_too() {
    let archive = notice().file("site.toml", "title = \"库\"\n[variants]\nzh-Hant = true\n");
    archive.publish().succeeds();
    let archive =
        archive.remove("content/laws/notice.md").document("acts/notice.md", "aliases = [\"laws/notice\"]", TEXT);
    let run = archive.publish().succeeds();
    leads(&run, "zh-Hant/laws/notice/s1.html", "zh-Hant/acts/notice/s1.html");
    assert!(run.page("zh-Hant/laws/notice/s1.html").contains("這篇文獻已移至新的地址"));
}

#[test]
fn mv_moves_a_document_and_mends_what_names_it() {
    let archive = Archive::new()
        .document(
            "a/x.md",
            "title = \"甲\" # 题\n# 注",
            "[乙](y.md#s1)、[自](#p)、![图](x.png \"图\")、[又](x)\n\n<!-- p -->\n\n## 节 {#p}\n\n文。",
        )
        .file("content/a/x.png", "")
        .document(
            "a/y.md",
            "",
            "[甲](x.md#p)、[甲](x#p)、[甲](/a/x.md)、[甲][甲]、[转](x\\.md)\n\n[甲]: ../a/x.md\n\n## 一、节\n\n文。",
        )
        .file("content/_index.md", "+++\n+++\n[甲](a/x.md)\n");
    archive.publish();
    let dry = archive.run(&["mv", "--dry-run", "--format", "json", "x", "b/z"]).summary();
    assert_eq!((&dry["links"], &dry["by_hand"], &dry["written"]), (&8.into(), &1.into(), &false.into()));
    let run = archive.run(&["mv", "x", "b/z"]);
    run.says("ids/mv-links");
    assert!(run.tells("link-by-hand") && run.stderr.contains("`../b/z.md`"), "{}", run.stderr);
    let read = |path: &str| std::fs::read_to_string(archive.path().join(path)).expect("a file");
    assert!(
        read("content/b/z.md")
            .starts_with("+++\ntitle = \"甲\" # 题\naliases = [\"a/x\"]\n# 注\n+++\n[乙](../a/y.md#s1)"),
        "{}",
        read("content/b/z.md")
    );
    assert!(!archive.path().join("content/a/x.md").exists());
    let mended = read("content/a/y.md");
    let archive = archive.document("a/y.md", "", &mended.split("+++\n").nth(2).expect("a body").replace("x\\.md", "z"));
    let run = archive.publish().succeeds();
    leads(&run, "a/x/index.html", "b/z/index.html");
    leads(&run, "a/x/p.html", "b/z/p.html");
    assert!(run.exists("b/z/x.png"));
}

#[test]
fn mv_moves_a_folder_and_back() {
    let archive = Archive::new()
        .document("a/x/index.md", "", "![图](x.png)、[乙](../y.md)")
        .file("content/a/x/x.png", "")
        .document("a/y.md", "", "[甲](x/)、[甲](x/index.md)、[图](x/x.png)");
    archive.publish();
    archive.run(&["mv", "content/a/x", "/b/c/"]);
    assert!(archive.path().join("content/b/c/x/x.png").exists());
    assert!(!archive.path().join("content/a/x").exists());
    let run = archive.publish();
    assert_eq!(run.code, 0, "{}", run.stderr);
    leads(&run, "a/x/index.html", "b/c/x/index.html");
    archive.run(&["mv", "x", "first"]);
    archive.run(&["mv", "first", "a/x"]);
    let run = archive.publish();
    assert_eq!(run.code, 0, "{}", run.stderr);
    leads(&run, "a/x/index.html", "a/x/index.html");
    leads(&run, "b/c/x/index.html", "a/x/index.html");
    leads(&run, "b/c/first/index.html", "a/x/index.html");
}

#[test]
fn mv_renames_a_section_and_those_below_it() {
    let archive = notice().document("laws/other.md", "", "[甲](notice#s1)、[丙](notice.md#s1-1)、[乙](notice#s2)");
    archive.publish().succeeds();
    let run = archive.run(&["mv", "notice#s1", "notice#opening"]).succeeds();
    run.says("ids/section-moved");
    let text = std::fs::read_to_string(archive.path().join("content/laws/notice.md")).expect("a file");
    assert_eq!(
        text,
        format!(
            "+++\ntitle = \"通知\"\n\n[section_aliases]\ns1 = \"opening\"\ns1-1 = \"opening-1\"\n+++\n{}\n",
            TEXT.replace("一、甲", "一、甲 {#opening}")
        )
    );
    let run = archive.publish().succeeds();
    leads(&run, "laws/notice/s1.html", "laws/notice/opening.html");
    let page = run.page("laws/notice/opening.html");
    assert!(
        page.contains("<span id=\"s1\"></span><h2 id=\"opening\"") && page.contains("<span id=\"s1-1\"></span><h3"),
        "{page}"
    );
    archive.run(&["mv", "notice#opening", "#start"]).succeeds();
    leads(&archive.publish().succeeds(), "laws/notice/s1.html", "laws/notice/start.html");
    leads(&archive.publish().succeeds(), "laws/notice/opening.html", "laws/notice/start.html");
    archive.run(&["mv", "notice#start", "notice#s1"]).succeeds();
    let run = archive.publish().succeeds();
    leads(&run, "laws/notice/s1.html", "laws/notice/s1.html");
    leads(&run, "laws/notice/start.html", "laws/notice/s1.html");
}

#[test]
fn mv_refuses_what_would_clash() {
    let archive = notice()
        .document("laws/full/index.md", "", "")
        .document("acts/later.md", "aliases = [\"acts/early\"]", "")
        .file("content/acts/taken.png", "");
    archive.publish().succeeds();
    let before = crate::archive::files_in(&archive.path().join("content"));
    let mut said = String::new();
    for (old, new) in [
        ("notice", "laws/notice"),
        ("notice", "other"),
        ("notice", "acts/early"),
        ("notice", "laws/full/x"),
        ("notice", "search/x"),
        ("notice", "a b"),
        ("notice", "../x"),
        ("notice", "con"),
        ("notise", "x"),
        ("notice#s9", "notice#x"),
        ("notice#s1", "notice#s2"),
        ("notice#s1", "notice#index"),
        ("notice#s1", "other#s1"),
        ("notice#s1", "x"),
        ("notice", "other#s1"),
    ] {
        let run = archive.run(&["mv", old, new]);
        assert_eq!(run.code, 2, "{old} {new}: {}", run.stdout);
        said.push_str(&run.stderr);
    }
    crate::archive::is_golden(&said, "ids/mv");
    assert_eq!(crate::archive::files_in(&archive.path().join("content")), before);
    let archive = archive.document("laws/faulty.md", "titel = 1", "");
    let run = archive.run(&["mv", "notice", "acts/"]);
    assert!(run.code == 1 && run.tells("unknown-field"), "{}", run.stdout);
}

/// Something that an archivist does.
#[derive(Debug, Clone)]
enum Edit {
    Retitle(usize),
    Reorder(usize),
    Rename(usize, usize),
    Move(usize, usize),
    RenameSection(usize, usize, usize),
    Withdraw(usize),
    Replace(usize, usize),
    Add(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let (document, name) = (0..5_usize, 0..4_usize);
    prop_oneof![
        document.clone().prop_map(Edit::Retitle),
        document.clone().prop_map(Edit::Reorder),
        (document.clone(), name.clone()).prop_map(|(document, name)| Edit::Rename(document, name)),
        (document.clone(), name.clone()).prop_map(|(document, name)| Edit::Move(document, name)),
        (document.clone(), name.clone(), name).prop_map(|(document, at, name)| Edit::RenameSection(document, at, name)),
        document.clone().prop_map(Edit::Withdraw),
        (document.clone(), document.clone()).prop_map(|(old, new)| Edit::Replace(old, new)),
        document.prop_map(Edit::Add),
    ]
}

/// The files of documents, in the order of their paths.
fn documents(archive: &Archive) -> Vec<std::path::PathBuf> {
    let paths = crate::archive::files_in(&archive.path().join("content")).into_keys();
    paths.filter(|path| path.ends_with(".md")).map(|path| archive.path().join("content").join(path)).collect()
}

fn change(path: &Path, change: impl Fn(&str, &str) -> (String, String)) {
    let text = std::fs::read_to_string(path).expect("a document");
    let mut parts = text.splitn(3, "+++\n").skip(1);
    let (record, body) = change(parts.next().expect("a record"), parts.next().expect("a body"));
    std::fs::write(path, format!("+++\n{record}+++\n{body}")).expect("written");
}

/// Sections in the opposite order.
fn turned(body: &str) -> String {
    let mut parts: Vec<&str> = body.split("\n## ").collect();
    let intro = parts.remove(0).to_string();
    parts.reverse();
    parts.iter().fold(intro, |body, part| format!("{}\n## {}\n", body.trim_end(), part.trim_end()))
}

fn do_it(archive: &Archive, edit: &Edit, step: usize) {
    let files = documents(archive);
    let file = |at: &usize| files[at % files.len()].clone();
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    let mv = |old: &str, new: &str| assert_ne!(archive.run(&["mv", old, new]).code, 1, "{old} {new}");
    match edit {
        Edit::Retitle(at) => change(&file(at), |record, body| {
            let rest: String =
                record.lines().filter(|line| !line.starts_with("title")).map(|line| format!("{line}\n")).collect();
            (format!("title = \"题{step}\"\n{rest}"), body.to_string())
        }),
        Edit::Reorder(at) => change(&file(at), |record, body| (record.to_string(), turned(body))),
        Edit::Rename(at, new) => mv(&name(&file(at)), &format!("n{new}")),
        Edit::Move(at, to) => mv(&name(&file(at)), &format!("c{to}/")),
        Edit::RenameSection(at, section, new) => {
            let id = name(&file(at));
            let old = ["s1", "s2", "s1-1", "n0"][*section];
            mv(&format!("{id}#{old}"), &format!("{id}#n{new}"));
        }
        Edit::Withdraw(at) => change(&file(at), |record, body| match record.contains("access") {
            true => (record.to_string(), body.to_string()),
            false => (format!("access = \"closed\"\naccess_note = \"撤\"\n{record}"), body.to_string()),
        }),
        Edit::Replace(old, new) => {
            // One that stands for another stays, so that no circle arises.
            let (old, new) = (file(old), file(new));
            let texts: Vec<String> =
                files.iter().map(|file| std::fs::read_to_string(file).expect("a document")).collect();
            let is_named = texts.iter().any(|text| text.contains(&format!("replaced_by = \"{}\"", name(&old))));
            let is_replaced = |path: &Path| std::fs::read_to_string(path).expect("a document").contains("replaced_by");
            if old != new && !is_named && !is_replaced(&old) && !is_replaced(&new) {
                let line = format!("replaced_by = \"{}\"\n", name(&new));
                change(&old, |record, body| (format!("{line}{record}"), body.to_string()));
            }
        }
        Edit::Add(at) => {
            let id = format!("add{step}");
            let text = format!("+++\ntitle = \"增{step}\"\n+++\n{TEXT}\n");
            std::fs::write(archive.path().join(format!("content/c{}/{id}.md", at % 2)), text).expect("written");
        }
    }
}

/// Whether a page was called by a name of a section, which may be words of its text, and the text is withheld since.
fn is_name_of_withheld(site: &Path, path: &str) -> bool {
    let (folder, page) = path.rsplit_once('/').expect("a folder");
    let end = end_of(site, &format!("{folder}/index.html")).expect("the document answers");
    let text = std::fs::read_to_string(site.join(end)).expect("a page");
    page.starts_with('n') && text.contains("fonds-withheld")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is done, every page that was ever published answers, and what it leads to is a page.
    #[test]
    fn every_address_ever_published_answers(edits in prop::collection::vec(edit(), 1..10)) {
        let mut archive = Archive::new();
        for (at, folder) in ["c0", "c0", "c1", "c1"].into_iter().enumerate() {
            archive = archive.document(&format!("{folder}/d{at}.md"), "", TEXT);
        }
        let mut ever: BTreeSet<String> = BTreeSet::new();
        let mut fragments: BTreeMap<String, String> = BTreeMap::new();
        for (step, edit) in std::iter::once(None).chain(edits.iter().map(Some)).enumerate() {
            if let Some(edit) = edit {
                do_it(&archive, edit, step);
            }
            let run = archive.publish();
            prop_assert_eq!(run.code, 0, "{:?}: {}", edit, run.stderr);
            let files = run.files();
            let pages = files.iter().filter(|(path, _)| path.matches('/').count() == 2 && path.starts_with(['c', 'n']));
            for (path, page) in pages.filter(|(path, _)| path.ends_with(".html")) {
                ever.insert(path.clone());
                let page = String::from_utf8_lossy(page);
                for id in ["s1", "s2", "s1-1"] {
                    if page.contains(&format!("id=\"{id}\"")) {
                        fragments.insert(format!("{path} {id}"), path.clone());
                    }
                }
            }
            for path in &ever {
                let end = end_of(run.site(), path);
                let is_gone = end.is_err() && is_name_of_withheld(run.site(), path);
                prop_assert!(end.is_ok() || is_gone, "{:?}: {:?}", edits, end);
            }
        }
        // A place on a page is found where the page leads, as long as it is the document's text.
        for (place, path) in &fragments {
            let id = place.rsplit(' ').next().expect("an id");
            let site = archive.path().join("public");
            if end_of(&site, path).is_err() && is_name_of_withheld(&site, path) {
                continue;
            }
            let page = std::fs::read_to_string(site.join(path)).expect("a page");
            if page.contains("data-keeps-place") {
                let end = end_of(&site, path).expect("it answers");
                let text = std::fs::read_to_string(site.join(&end)).expect("a page");
                let is_withheld = text.contains("fonds-withheld");
                prop_assert!(is_withheld || text.contains(&format!("id=\"{id}\"")), "{} → {}", place, end);
            }
        }
    }
}
