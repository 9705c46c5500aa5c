//! What editions change is kept, shown, and told to machines; what is published no more is kept nowhere.

use std::fs;

use crate::archive::{Archive, Run, files_in, text_of};

const NOVEMBER_29: &str = "1795910400";
const DECEMBER_3: &str = "1796256000";
const DECEMBER_5: &str = "1796428800";
const SITE: &str = "title = \"旧档\"\nlanguage = \"zh-Hans\"\nbase_url = \"https://archive.example.org/\"\n";
const BODY: &str =
    "各馆所藏，凡有残缺者，须登记造册。\n\n## 一、范围\n\n报纸、期刊均在其列。\n\n## 二、办法\n\n- 清点\n- 编目";

fn archive() -> Archive {
    Archive::new()
        .file("site.toml", SITE)
        .document("laws/notice.md", "title = \"通知\"\ndate = \"1950-03-01\"", BODY)
        .document("laws/other.md", "title = \"另一件\"", "别的文。")
}

fn edited(archive: Archive) -> Archive {
    let body = BODY.replace("期刊均", "期刊、画报均").replace("各馆所藏，", "");
    archive.document("laws/notice.md", "title = \"通知\"\ndate = \"1950-03-02\"", &body)
}

fn publish(archive: &Archive, day: &str, because: &str) -> Run {
    archive.run_at(day, &["publish", "--by-hand", "--because", because]).succeeds()
}

fn kept(archive: &Archive) -> String {
    let files = files_in(&archive.path().join("editions"));
    files.into_iter().map(|(path, bytes)| format!("{path}\n{}", String::from_utf8_lossy(&bytes))).collect()
}

fn changes(archive: &Archive, id: &str) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(archive.path().join(format!("editions/changes/{id}.jsonl"))).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// Place, before and after of each change.
fn sides(archive: &Archive, id: &str) -> Vec<[String; 3]> {
    let side = |line: &serde_json::Value, key: &str| line[key].as_str().unwrap_or("–").to_string();
    changes(archive, id).iter().map(|line| ["place", "before", "after"].map(|key| side(line, key))).collect()
}

#[test]
fn what_an_edition_changed_is_shown() {
    let archive = archive();
    let first = publish(&archive, NOVEMBER_29, "初版");
    assert!(!first.exists("laws/notice/editions.html"), "nothing has changed yet");
    let archive = edited(archive);
    let second = publish(&archive, DECEMBER_3, "据原件更正");
    let wanted = [
        ["@date", "1950-03-01", "1950-03-02"],
        [".", "各馆所藏，凡有残缺者，须登记造册。", "凡有残缺者，须登记造册。"],
        ["s1", "报纸、期刊均在其列。", "报纸、期刊、画报均在其列。"],
    ];
    assert_eq!(sides(&archive, "notice"), wanted);
    let page = second.page("laws/notice/editions.html");
    for words in [
        "<del>各馆所藏，</del>凡有",
        "<ins>画报、</ins>",
        "据原件更正",
        "id=\"e2-2026-12-03\"",
        "1950-03-<del>01</del>",
    ] {
        assert!(
            page.contains(words) || words.contains("画报") && page.contains("<ins>、画报</ins>"),
            "{words}\n{page}"
        );
    }
    let list = text_of(&second.page("editions.html"));
    assert!(
        list.find("第 2 版") < list.find("第 1 版") && list.contains("据原件更正") && list.contains("初版"),
        "{list}"
    );
    assert!(
        second.page("laws/notice/s1.html").contains("第 2 版")
            && second.page("laws/notice/s1.html").contains("3 处改动")
    );
    assert!(second.page("laws/other/index.html").contains("第 1 版"), "this document did not change");
    let feed = second.page("corrections.xml");
    assert!(
        feed.contains("https://archive.example.org/laws/notice/editions.html#e2-2026-12-03") && !feed.contains("other")
    );
    let tei = second.page("laws/notice/notice.xml");
    assert!(
        tei.contains("<change n=\"2\" when=\"2026-12-03\">据原件更正") && tei.contains("<add>1950-03-02</add>"),
        "{tei}"
    );
    assert!(second.page("laws/notice/index.html").contains("\"version\":2"));
}

#[test]
fn a_build_shows_what_was_published() {
    let archive = archive();
    publish(&archive, NOVEMBER_29, "");
    let archive = edited(archive);
    let published = publish(&archive, DECEMBER_3, "更正").files();
    assert_eq!(archive.build().succeeds().files(), published);
    assert_eq!(publish(&archive, DECEMBER_5, "不计").files(), published, "nothing is new");
    let before = kept(&archive);
    let archive = archive.document("laws/other.md", "title = \"另一件\"", "改了。");
    let built = archive.build().succeeds();
    assert!(!built.exists("laws/other/editions.html"), "what is not published is no edition");
    assert!(!built.page("laws/other/index.html").contains("第 1 版"), "nor is it the first any more");
    assert_eq!(kept(&archive), before);
}

#[test]
fn a_comment_in_the_record_changes_nothing_for_readers() {
    let archive = archive();
    publish(&archive, NOVEMBER_29, "");
    let archive = archive.document("laws/other.md", "# 待核\ntitle = \"另一件\"", "别的文。");
    let run = archive.run_at(DECEMBER_3, &["publish", "--by-hand", "--format", "json"]).succeeds();
    assert_eq!(run.summary()["is_new"], false);
}

/// What git leaves of two branches that were published apart: the lines of both sides, and the files of both.
fn merged(one: &Archive, two: &Archive) -> Archive {
    let mut files = files_in(one.path());
    for (path, bytes) in files_in(two.path()) {
        let is_list = path.ends_with(".lock") || path.ends_with(".jsonl");
        match files.get_mut(&path).filter(|_| is_list) {
            Some(mine) => {
                let (first, second) = (String::from_utf8_lossy(mine), String::from_utf8_lossy(&bytes));
                let new: String =
                    second.lines().filter(|line| !first.contains(line)).map(|line| format!("{line}\n")).collect();
                *mine = format!("{first}{new}").into_bytes();
            }
            None => _ = files.entry(path).or_insert(bytes),
        }
    }
    files.retain(|path, _| !path.starts_with("public/") && !path.starts_with("content/.fonds"));
    files.into_iter().fold(Archive::new(), |archive, (path, bytes)| archive.file(&path, bytes))
}

fn copy(archive: &Archive) -> Archive {
    let files = files_in(archive.path()).into_iter().filter(|(path, _)| !path.starts_with("public/"));
    files.fold(Archive::new(), |copy, (path, bytes)| copy.file(&path, bytes))
}

#[test]
fn two_branches_list_each_change_once() {
    let archive = archive();
    publish(&archive, NOVEMBER_29, "");
    let fields = "title = \"通知\"\ndate = \"1950-03-01\"";
    let (mine, yours) = (BODY.replace("期刊", "杂志"), BODY.replace("清点", "盘点"));
    let one = copy(&archive).document("laws/notice.md", fields, &mine);
    publish(&one, DECEMBER_3, "甲");
    let two = copy(&archive).document("laws/notice.md", fields, &yours);
    publish(&two, DECEMBER_3, "乙");
    let both = BODY.replace("期刊", "杂志").replace("清点", "盘点");
    let merged = merged(&one, &two).document("laws/notice.md", fields, &both);
    merged.build().succeeds();
    publish(&merged, DECEMBER_5, "");
    let mut listed = sides(&merged, "notice");
    listed.sort();
    let wanted = [["s1", "报纸、期刊均在其列。", "报纸、杂志均在其列。"], ["s2", "- 清点", "- 盘点"]];
    assert_eq!(listed, wanted);
    // One branch's word is taken back in the merge: that is a change of what the world has seen.
    let merged = merged.document("laws/notice.md", fields, &mine);
    publish(&merged, DECEMBER_5, "");
    assert_eq!(sides(&merged, "notice").last(), Some(&["s2", "- 盘点", "- 清点"].map(String::from)));
}

#[test]
fn a_renamed_document_keeps_its_list() {
    let archive = archive();
    publish(&archive, NOVEMBER_29, "");
    let archive = edited(archive);
    publish(&archive, DECEMBER_3, "更正");
    archive.run(&["mv", "notice", "circular"]).succeeds();
    let run = publish(&archive, DECEMBER_5, "");
    assert!(run.page("laws/circular/editions.html").contains("更正"));
    assert_eq!((changes(&archive, "circular").len(), changes(&archive, "notice").len()), (3, 0));
    assert!(!kept(&archive).contains("notice"));
}

#[test]
fn a_text_that_is_withdrawn_takes_its_words_with_it() {
    for access in ["closed", "record"] {
        let archive = archive();
        publish(&archive, NOVEMBER_29, "");
        let archive = edited(archive);
        publish(&archive, DECEMBER_3, "更正");
        assert!(kept(&archive).contains("画报"));
        let fields = format!("title = \"通知\"\ndate = \"1950-03-02\"\naccess = \"{access}\"\naccess_note = \"待定\"");
        let archive = archive.document("laws/notice.md", &fields, "画报、造册。");
        let built = archive.build().succeeds();
        let run = publish(&archive, DECEMBER_5, "撤回");
        for words in ["画报", "造册", "登记"] {
            assert!(!kept(&archive).contains(words), "{access}: {words}\n{}", kept(&archive));
            for run in [&built, &run] {
                for (path, bytes) in run.files() {
                    assert!(!String::from_utf8_lossy(&bytes).contains(words), "{access}: {words} in {path}");
                }
            }
        }
        assert_eq!(kept(&archive).contains("1950-03-01"), access == "record", "the record is described");
        let page = text_of(&run.page("laws/notice/editions.html"));
        assert!(page.contains("这些文字已不再公布"), "{page}");
    }
}

#[test]
fn what_was_lost_is_told_and_said_to_be_unknown() {
    let archive = archive();
    publish(&archive, NOVEMBER_29, "");
    let archive = edited(archive);
    fs::remove_dir_all(archive.path().join("editions/texts")).expect("removed");
    let run = archive.run_at(DECEMBER_3, &["publish", "--by-hand"]).warns_of("damaged-edition");
    assert_eq!(sides(&archive, "notice"), [["*", "–", "–"]]);
    assert!(text_of(&run.page("laws/notice/editions.html")).contains("没有留存"));
    let archive = archive.file("editions/changes/notice.jsonl", "<<<<<<< HEAD\n");
    assert!(archive.build().tells("damaged-edition"));
}
