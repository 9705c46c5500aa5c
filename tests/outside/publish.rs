//! `fonds publish` binds addresses and makes editions; `fonds build` promises nothing.

use std::fs;

use crate::archive::{Archive, files_in, is_golden};

const NOVEMBER_29: &str = "1795910400";
const DECEMBER_3: &str = "1796256000";
const PUBLISH: &[&str] = &["publish", "--by-hand"];

fn archive() -> Archive {
    Archive::new()
        .document("laws/notice.md", "title = \"通知\"", "导言。\n\n## 一、甲\n\n文。\n\n## 二、乙\n\n文。")
        .document("laws/other.md", "", "别的文。")
}

fn ledger(archive: &Archive) -> String {
    fs::read_to_string(archive.path().join("content/ids.lock")).expect("the ledger")
}

fn editions(archive: &Archive) -> Vec<String> {
    ledger(archive).lines().filter(|line| line.starts_with("edition ")).map(str::to_string).collect()
}

#[test]
fn a_build_binds_nothing() {
    let archive = archive();
    let before = files_in(&archive.path().join("content"));
    archive.build().succeeds();
    archive.run(&["check"]);
    assert_eq!(files_in(&archive.path().join("content")), before);
    let archive = archive.remove("content/laws/notice.md");
    archive.build().succeeds();
    let archive = archive.document("laws/other.md", "draft = true", "别的文。");
    assert!(!archive.build().succeeds().exists("laws/other/index.html"), "nobody was promised anything");
}

#[test]
fn a_build_says_what_would_break_and_publishing_refuses() {
    let archive = archive();
    archive.publish().succeeds();
    let archive = archive.remove("content/laws/notice.md").document("laws/other.md", "", "改过的文。");
    let said = ledger(&archive);
    for command in [&["build"][..], &["check"], &["publish", "--by-hand", "--dry-run"], PUBLISH] {
        let run = archive.run(command);
        let refuses = command[0] == "publish";
        assert_eq!(run.code, i32::from(refuses), "{command:?}: {}", run.stderr);
        let severity = if refuses { "error" } else { "warning" };
        assert!(run.stderr.contains(&format!("{severity}[lost-address]")), "{command:?}: {}", run.stderr);
        assert_eq!(ledger(&archive), said, "{command:?}");
    }
    // The build was made; what was refused left it as it was.
    assert!(archive.build().page("laws/other/full.html").contains("改过的文。"));
}

#[test]
fn what_changes_is_a_new_edition() {
    let archive = archive();
    let dry = archive.run_at(NOVEMBER_29, &["publish", "--by-hand", "--dry-run"]).succeeds();
    assert!(!archive.path().join("content/ids.lock").exists() && !archive.path().join("public").exists());
    let first = archive.run_at(NOVEMBER_29, PUBLISH).succeeds();
    let again = archive.run_at(DECEMBER_3, PUBLISH).succeeds();
    assert_eq!(editions(&archive), ["edition 1 2026-11-29"]);
    assert_eq!(again.files(), first.files());
    let archive = archive.document("laws/other.md", "", "改过的文。");
    archive.build().succeeds();
    assert_eq!(editions(&archive), ["edition 1 2026-11-29"]);
    let because = ["publish", "--by-hand", "--because", "改正  错字\n两处"];
    archive.run_at(DECEMBER_3, &because).succeeds();
    assert_eq!(editions(&archive), ["edition 1 2026-11-29", "edition 2 2026-12-03 改正 错字 两处"]);
    let summary = archive.run(&["publish", "--by-hand", "--format", "json"]).summary();
    assert_eq!(
        (&summary["edition"], &summary["day"], &summary["is_new"], &summary["published"]),
        (&2.into(), &"2026-12-03".into(), &false.into(), &true.into())
    );
    let archive = archive.remove("content/laws/other.md").document(
        "laws/other.md",
        "access = \"closed\"\naccess_note = \"待定\"",
        "",
    );
    archive.run_at(DECEMBER_3, PUBLISH).succeeds();
    assert_eq!(editions(&archive).len(), 3, "a text that is withdrawn is a change");
    let said: String = [dry, first, again].map(|run| run.stdout).concat();
    is_golden(&without_times(&said), "publish/said");
}

/// What is said, without how long it took.
fn without_times(said: &str) -> String {
    said.split_inclusive('\n')
        .map(|line| match (line.find(" in "), line.find(" s →")) {
            (Some(from), Some(to)) => format!("{}{}", &line[..from], &line[to + 2..]),
            _ => line.to_string(),
        })
        .collect()
}

#[test]
fn two_people_who_publish_apart_can_merge() {
    let archive = archive();
    archive.run_at(NOVEMBER_29, PUBLISH).succeeds();
    let fork = |name: &str, day: &str| {
        let files = files_in(&archive.path().join("content"));
        let copy =
            files.into_iter().fold(Archive::new(), |copy, (path, bytes)| copy.file(&format!("content/{path}"), bytes));
        let fork = copy.document(&format!("laws/{name}.md"), "", "新文。");
        fork.run_at(day, PUBLISH).succeeds();
        fork
    };
    let (one, two) = (fork("one", NOVEMBER_29), fork("two", DECEMBER_3));
    // What git's union of lines leaves.
    let union = |name: &str| {
        let read = |archive: &Archive| fs::read_to_string(archive.path().join(name)).expect("a file");
        let (first, second) = (read(&one), read(&two));
        let new = second.lines().filter(|line| !first.contains(line)).map(|line| format!("{line}\n"));
        format!("{first}{}", new.collect::<String>())
    };
    let (ids, changes) = (union("content/ids.lock"), union("content/changes.lock"));
    let merged =
        one.document("laws/two.md", "", "新文。").file("content/ids.lock", ids).file("content/changes.lock", changes);
    merged.build().succeeds();
    merged.run_at(DECEMBER_3, PUBLISH).succeeds();
    let editions = editions(&merged);
    assert_eq!(editions, ["edition 1 2026-11-29", "edition 2 2026-11-29", "edition 2 2026-12-03"]);
    assert!(ledger(&merged).contains("\nlaws/one/ ") && ledger(&merged).contains("\nlaws/two/ "));
}

#[test]
fn a_target_is_named_or_the_hand() {
    let archive = archive();
    let neither = archive.run(&["publish"]);
    let unknown = archive.run(&["publish", "web"]);
    let both = archive.run(&["publish", "web", "--by-hand"]);
    for run in [&neither, &unknown, &both] {
        assert_eq!(run.code, 2, "{}", run.stderr);
    }
    assert!(unknown.stderr.contains("error[no-target]"), "{}", unknown.stderr);
    assert!(!archive.path().join("public").exists());
    let run = archive.run(&["publish", "--by-hand", "--zip", "--out", "out/site"]).succeeds();
    assert!(archive.path().join("out/site.zip").exists() && archive.path().join("out/site/index.html").exists());
    drop(run);
}

#[test]
fn an_address_that_is_taken_back_says_so() {
    let archive = archive();
    archive.run_at(NOVEMBER_29, PUBLISH).succeeds();
    let forget = |address: &str| archive.run_at(DECEMBER_3, &["forget", address, "--because", "误发 <b>的</b> 样例"]);
    // What is there is not taken back, nor what never was.
    for (address, said) in [
        ("laws/notice", "content/laws/notice.md"),
        ("laws/notise", "laws/notice"),
        ("laws/other#s9", "content/ids.lock"),
    ] {
        let run = forget(address);
        assert!(run.code == 2 && run.tells("cannot-forget") && run.stderr.contains(said), "{address}: {}", run.stderr);
    }
    assert_eq!(archive.run(&["forget", "laws/notice"]).code, 2, "without a reason");
    let faulty = Archive::clone(&archive).document("laws/faulty.md", "titel = 1", "");
    assert_eq!(forget("laws/other").code, 1, "what cannot be read may be what answers there");
    faulty.remove("content/laws/faulty.md");
    let body = "导言。\n\n## 一、甲\n\n文。";
    let without =
        Archive::clone(&archive).remove("content/laws/other.md").document("laws/notice.md", "title = \"通知\"", body);
    let refused = without.publish();
    assert!(refused.tells("lost-address") && refused.tells("lost-section"), "{}", refused.stderr);
    let mut said = forget("/laws/other/index.html").succeeds().stdout;
    said.push_str(&forget("laws/notice/s2.html").succeeds().stdout);
    is_golden(&said, "publish/forgotten");
    let run = without.run_at(DECEMBER_3, PUBLISH).succeeds();
    for page in ["laws/other/index.html", "laws/other/full.html", "laws/notice/s2.html"] {
        let page = run.page(page);
        let is_told = page.contains("2026-12-03 · 误发 &lt;b&gt;的&lt;/b&gt; 样例");
        assert!(page.contains("已收回") && is_told, "{page}");
        assert!(!page.contains("http-equiv=\"refresh\""));
    }
    assert!(run.page("laws/notice/s1.html").contains("文。"));
    // A document that comes to stand there later is published as any other.
    let again = without.document("laws/other.md", "", "又一份。").run_at(DECEMBER_3, PUBLISH).succeeds();
    assert!(again.page("laws/other/full.html").contains("又一份。"));
    assert!(
        ledger(&archive).contains("forgotten laws/other/ 2026-12-03 index editions full : ")
            && ledger(&archive).contains("\nlaws/other/ other full\n")
    );
}

/// A program that cannot send says so before it builds, and says nothing else.
#[cfg(not(feature = "targets"))]
#[test]
fn without_targets_that_is_said_in_one_message() {
    let settings = "title = \"库\"\n[publish.disk]\nkind = \"folder\"\npath = \"../share\"\n";
    let archive = Archive::new().file("site.toml", settings).document("laws/notice.md", "", "文。");
    let run = archive.run(&["publish", "disk"]);
    assert!(run.code == 2 && run.tells("no-target") && run.stderr.contains("without targets"), "{}", run.stderr);
    assert!(run.stderr.matches("error").count() == 1 && !archive.path().join("public").exists(), "{}", run.stderr);
    archive.publish().succeeds();
}
