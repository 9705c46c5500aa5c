//! Nothing gets out that was not meant to, nothing that a person or a capture left is overwritten, and what import writes is
//! what a build takes.

use std::fs;

use crate::archive::{Archive, files_in};

fn archive() -> Archive {
    Archive::new().file("content/a/_index.md", "+++\ntitle = \"甲部\"\n+++\n").document(
        "a/open.md",
        "date = \"1952\"",
        "四季都凉。",
    )
}

/// Whether a word stands in any file of the site.
fn is_published(archive: &Archive, word: &str) -> bool {
    files_in(&archive.path().join("public")).values().any(|bytes| String::from_utf8_lossy(bytes).contains(word))
}

/// The text of a file of the archive.
fn text(archive: &Archive, path: &str) -> String {
    fs::read_to_string(archive.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn leftovers_are_named_and_not_published() {
    let names = ["index.md.orig", "index.md~", "~$list.docx", "Thumbs.db", "list.txt.bak", "list - 副本.txt"];
    let mut archive = archive().document("a/doc/index.md", "", "正文。").file("content/a/doc/list.txt", "三百捆");
    for name in names {
        archive = archive.file(&format!("content/a/doc/{name}"), "不应公布");
    }
    archive = archive.file("content/a/doc/original/kept.bak", "不应公布");
    archive = archive.file("content/a/open.bak/index.md", "+++\ntitle = \"旧\"\n+++\n不应公布\n");
    archive = archive.file("static/own.css~", "不应公布");
    let run = archive.build();
    assert_eq!((run.code, run.stderr.matches("[leftover-file]").count()), (0, names.len() + 1), "{}", run.stderr);
    assert!(is_published(&archive, "三百捆") && !is_published(&archive, "不应公布"));
}

#[test]
fn what_was_kept_back_stays_back() {
    for (name, head) in [
        ("one.md", "---\ntitle: 文\ndraft: true\n---"),
        ("two.md", "+++\ntitle = \"文\"\ndraft = true\n+++"),
        ("three.md", "---\ntitle: 文\npublished: false\n---"),
        ("four.md", "{\"title\": \"文\", \"draft\": true}"),
        ("five.md", "---\ntitle: 文\nstatus: private\n---"),
        ("six.md", "+++\ntitle = \"文\"\naccess = \"closed\"\n+++"),
        ("_drafts/seven.md", "# 文"),
    ] {
        let archive = archive().file(&format!("in/{name}"), format!("{head}\n\n此文不应公布。\n"));
        let run = archive.run(&["import", "--into", "a", &format!("in/{name}")]);
        assert_eq!((run.code, run.tells("kept-back")), (0, true), "{name}: {}", run.stderr);
        archive.build().succeeds();
        assert!(!is_published(&archive, "此文不应公布"), "{name}");
    }
    let archive = archive().file("in/open.md", "---\ntitle: 文\npublished: true\ndraft: false\n---\n\n此文公布。\n");
    archive.run(&["import", "--into", "a", "in/open.md"]).succeeds();
    archive.build().succeeds();
    assert!(is_published(&archive, "此文公布"));
}

#[test]
fn what_another_capture_left_is_not_overwritten() {
    let archive = archive()
        .document("a/notes/index.md", "title = \"库房札记\"\naccess = \"record\"", "")
        .file("content/a/notes/original/notes.txt", "只此一份")
        .file("notes.txt", "库房札记\n\n　　库房在北面，四季都凉。\n\n　　窗小，墙厚。\n");
    archive.run(&["import", "notes.txt"]).succeeds();
    assert_eq!(text(&archive, "content/a/notes/original/notes.txt"), "只此一份");
    let record = text(&archive, "content/a/notes/index.md");
    assert!(record.contains("四季都凉") && record.contains("original/notes-"), "{record}");
    let run = archive.run(&["build", "--zip=content/a/open.md"]);
    assert_eq!(run.code, 2);
    assert!(text(&archive, "content/a/open.md").starts_with("+++"));
    archive.run(&["build", "--zip=site.zip"]).succeeds();
    archive.run(&["build", "--zip=site.zip"]).succeeds();
}

#[test]
fn an_original_is_never_a_document() {
    let archive =
        archive().file("in/index.md", "# 文\n\n四季都凉。\n").file("in/provenance.toml", "库房\n\n四季都凉。\n");
    archive.run(&["import", "--into", "a", "in/index.md"]).succeeds();
    archive.build().succeeds();
}

#[test]
fn a_newer_capture_is_known_though_the_title_was_mended() {
    let first = "库房扎记\n\n　　库房在北面，窗小。墙厚三尺。屋顶新修。\n\n　　旧报刊堆在这里。\n";
    let archive = archive().file("notes.txt", first);
    archive.run(&["import", "--into", "a", "notes.txt"]).succeeds();
    let record = "content/a/notes/index.md";
    let mended =
        text(&archive, record).replace("title = \"库房扎记\"", "title = \"库房札记\"").replace("窗小", "窗很小");
    let archive = archive.file(record, mended).file("notes.txt", first.replace("新修", "新近修过"));
    archive.run(&["import", "--into", "a", "--update", "notes.txt"]).succeeds();
    let now = text(&archive, record);
    for word in ["库房札记", "窗很小", "新近修过"] {
        assert!(now.contains(word), "{word}: {now}");
    }
    // The third capture finds it, too, and the account of the first ones goes on.
    let archive = archive.file("notes.txt", first.replace("新修", "又修过"));
    archive.run(&["import", "--into", "a", "--update", "notes.txt"]).succeeds();
    assert!(text(&archive, record).contains("又修过"));
    let provenance = text(&archive, "content/a/notes/original/provenance.toml");
    assert_eq!(provenance.matches("[[earlier]]").count(), 2, "{provenance}");
    // One of another name and title is named by a person.
    let archive = archive.file("other.txt", first.replace("库房扎记", "另一个题名").replace("新修", "拆了"));
    archive.run(&["import", "--as", "notes", "other.txt"]).succeeds();
    assert!(text(&archive, record).contains("拆了"));
    assert_eq!(archive.run(&["import", "--as", "nots", "other.txt"]).code, 2);
}

#[test]
fn a_conflict_is_mended_as_the_message_says() {
    let first = "库房札记\n\n　　库房长三丈。后来修了渠。\n\n　　后来有了桥。\n";
    let archive = archive().file("notes.txt", first);
    archive.run(&["import", "--into", "a", "notes.txt"]).succeeds();
    let record = "content/a/notes/index.md";
    let own = text(&archive, record).replace("长三丈", "长三丈二尺");
    let archive = archive.file(record, own.clone()).file("notes.txt", first.replace("修了渠", "修了水渠"));
    let run = archive.run(&["import", "--into", "a", "--update", "notes.txt"]);
    assert!(run.code == 1 && run.tells("update-conflict") && !run.stderr.contains("<<<"), "{}", run.stderr);
    let archive = archive.file(record, own.replace("修了渠", "修了水渠"));
    archive.run(&["import", "--into", "a", "--update", "notes.txt"]).succeeds();
    let now = text(&archive, record);
    assert!(now.contains("长三丈二尺") && now.contains("修了水渠"), "{now}");
}

#[test]
fn a_table_is_no_text() {
    let archive = archive().file("list.csv", "档号,题名,年\n1,甲,1952\n2,乙,1953\n");
    let run = archive.run(&["import", "list.csv"]);
    assert_eq!((run.code, run.tells("format-not-read")), (1, true));
}

#[test]
fn a_closed_document_is_not_said_to_have_no_date() {
    let archive = archive().document("a/shut.md", "access = \"closed\"\ndate = \"1952\"", "正文。");
    archive.build().succeeds();
    assert!(!is_published(&archive, "年代不详</"));
}

#[test]
fn control_characters_are_refused_in_records_and_texts() {
    let run = archive().document("a/one.md", "", "库房\u{7}在北面。").build();
    assert_eq!((run.code, run.tells("control-character")), (1, true));
    let run = archive().document("a/one.md", "title = \"库\\u0007房\"", "正文。").build();
    assert_eq!((run.code, run.tells("control-character")), (1, true));
    let archive = archive().file("one.txt", "库房札记\n\n　　库房在\u{7}北面，窗小\u{b}墙厚。\n\n　　四季都凉。\n");
    let run = archive.run(&["import", "--into", "a", "one.txt"]);
    assert_eq!((run.code, run.tells("control-character")), (0, true), "{}", run.stderr);
    archive.build().succeeds();
}

#[test]
fn a_draft_keeps_its_former_addresses() {
    let archive = archive().document("a/one.md", "aliases = [\"old/one\"]", "正文。");
    archive.publish().succeeds();
    let archive = archive.document("a/one.md", "aliases = [\"old/one\"]\ndraft = true", "正文。");
    let run = archive.publish();
    assert_eq!(run.code, 1);
    assert!(!run.stderr.contains("content/old/one.md"), "{}", run.stderr);
}

#[test]
fn names_and_numbers_stand_in_the_order_that_readers_know() {
    let mut archive = Archive::new().file("content/a/_index.md", "+++\ntitle = \"甲部\"\nsort = \"title\"\n+++\n");
    for (file, title) in [("x", "第10期"), ("y", "第二期"), ("z", "第1期")] {
        archive = archive.document(&format!("a/{file}.md"), &format!("title = \"{title}\""), "正文。");
    }
    for folder in ["刑法", "宪法", "法律", "其他"] {
        archive = archive.document(
            &format!("{folder}/doc-{}.md", folder.len() + folder.as_bytes()[2] as usize),
            "",
            "正文。",
        );
    }
    let run = archive.build().succeeds();
    let in_order = |page: &str, words: &[&str]| {
        let places: Vec<usize> =
            words.iter().map(|word| page.find(&format!(">{word}<")).unwrap_or_else(|| panic!("{word}"))).collect();
        assert!(places.is_sorted(), "{words:?}");
    };
    in_order(&run.page("a/index.html"), &["第1期", "第二期", "第10期"]);
    in_order(&run.page("index.html"), &["法律", "其他", "宪法", "刑法"]);
}

#[test]
fn two_names_in_one_are_told_and_parted() {
    let archive =
        archive().document("a/one.md", "subjects = [\"保管；旧报刊\"]\nauthors = [\"沈一帆、李二\"]", "正文。");
    let run = archive.build();
    assert_eq!((run.code, run.stderr.matches("[several-names]").count()), (0, 2), "{}", run.stderr);
}
