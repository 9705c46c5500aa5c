//! `fonds publish NAME` sends the site to a folder: only what differs, and at any moment the site there is whole or says that it
//! is not.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::archive::{Archive, Run, files_in};

const MARKER: &str = "publishing.json";

/// Where in a publication the program is killed; `FONDS_KILLS=100` asks for more.
const KILLS: usize = 12;

type Files = BTreeMap<String, Vec<u8>>;

fn archive() -> Archive {
    let target = "title = \"库\"\n[publish.disk]\nkind = \"folder\"\npath = \"out/share\"\n";
    let archive = Archive::new().file("inner/site.toml", target.replace("out/", "../out/"));
    let archive = archive.remove("site.toml");
    fill(archive, "甲")
}

fn fill(archive: Archive, word: &str) -> Archive {
    document(document(archive, "notice", word), "other", "不变的文。")
}

fn document(archive: Archive, id: &str, text: &str) -> Archive {
    archive.file(
        &format!("inner/content/laws/{id}.md"),
        format!("+++\ntitle = \"{id}\"\n+++\n{text}\n\n## 一、乙\n\n文。\n"),
    )
}

fn run(archive: &Archive, arguments: &[&str]) -> Run {
    archive.run(&[&["--archive", "inner"], arguments].concat())
}

fn share(archive: &Archive) -> PathBuf {
    archive.path().join("out/share")
}

fn there(archive: &Archive) -> Files {
    files_in(&share(archive))
}

fn here(archive: &Archive) -> Files {
    files_in(&archive.path().join("inner/public"))
}

fn sent(run: &Run) -> (u64, u64) {
    let summary = run.summary();
    (summary["sent"].as_u64().expect("a number"), summary["removed"].as_u64().expect("a number"))
}

#[track_caller]
fn publish(archive: &Archive) -> Run {
    run(archive, &["publish", "disk", "--format", "json"]).succeeds()
}

fn changed(before: &Files, after: &Files) -> Vec<String> {
    let names = after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)).map(|(path, _)| path.clone());
    names.filter(|path| path != "manifest.json").collect()
}

#[test]
fn only_what_differs_is_sent() {
    let archive = archive();
    let dry = run(&archive, &["publish", "disk", "--dry-run"]).succeeds();
    assert!(dry.stdout.contains("+ laws/notice/index.html\n"), "{}", dry.stdout);
    assert!(!share(&archive).exists() && !archive.path().join("inner/content/ids.lock").exists());
    assert!(!archive.path().join("inner/public").exists());
    let first = publish(&archive);
    assert_eq!(there(&archive), here(&archive));
    assert_eq!(sent(&first), (here(&archive).len() as u64 - 1, 0));
    assert_eq!(sent(&publish(&archive)), (0, 0));
    let before = there(&archive);
    let archive = fill(archive, "改过的词");
    let dry = run(&archive, &["publish", "disk", "--dry-run"]).succeeds();
    assert_eq!(there(&archive), before);
    let one_word = publish(&archive);
    let files = changed(&before, &there(&archive));
    assert_eq!(sent(&one_word), (files.len() as u64, 0), "{files:?}");
    let mut listed: Vec<&str> = dry.stdout.lines().filter_map(|line| line.strip_prefix("+ ")).collect();
    listed.sort_unstable();
    assert_eq!(listed, files);
    assert_eq!(there(&archive), here(&archive));
    assert_eq!(one_word.summary()["from"], 1);
    assert!(!there(&archive).keys().any(|path| path.contains("other/") && files.contains(path)), "another document");
}

#[test]
fn what_is_withdrawn_goes() {
    let archive = archive();
    publish(&archive);
    assert!(there(&archive).contains_key("laws/other/other.txt"));
    let record = "+++\ntitle = \"other\"\naccess = \"closed\"\naccess_note = \"待定\"\n+++\n";
    let archive = archive.file("inner/content/laws/other.md", record);
    let run = publish(&archive);
    assert!(sent(&run).1 > 0);
    assert!(!there(&archive).keys().any(|path| path.starts_with("laws/other/") && path.ends_with(".txt")));
    assert!(!there(&archive).values().any(|bytes| String::from_utf8_lossy(bytes).contains("不变的文")));
    assert_eq!(there(&archive), here(&archive));
}

#[test]
fn what_others_put_there_stays() {
    let archive = archive().file("out/share/laws/readme.txt", "kept").file("out/share/INDEX.html", "kept");
    let refused = run(&archive, &["publish", "disk"]);
    assert!(refused.code == 1 && refused.tells("strange-files"), "{}", refused.stderr);
    assert!(refused.stderr.contains("INDEX.html") && !refused.stderr.contains("readme"), "{}", refused.stderr);
    assert_eq!(there(&archive).len(), 2, "nothing was sent");
    let archive = archive.remove("out/share/INDEX.html");
    publish(&archive);
    assert_eq!(there(&archive)["laws/readme.txt"], b"kept");
    let archive = document(archive, "third", "新的。").file("out/share/laws/third/index.html", "in the way");
    let before = there(&archive);
    assert!(run(&archive, &["publish", "disk"]).tells("strange-files"));
    assert_eq!(there(&archive), before);
    fs::remove_dir_all(share(&archive).join("laws/third")).expect("removed");
    // The folder of a document that goes stays where somebody put something into it.
    let archive = archive.file("out/share/laws/other/mine.txt", "kept");
    fs::remove_file(archive.path().join("inner/content/laws/other.md")).expect("removed");
    run(&archive, &["forget", "laws/other", "--because", "误发"]).succeeds();
    publish(&archive);
    assert_eq!(there(&archive)["laws/other/mine.txt"], b"kept");
}

#[test]
fn another_archives_site_stays() {
    let one = archive();
    publish(&one);
    let before = there(&one);
    let settings = "title = \"库\"\n[publish.disk]\nkind = \"folder\"\npath = \"../out/share\"\n";
    let two = one.file("second/site.toml", settings).file("second/content/x/y.md", "+++\ntitle = \"y\"\n+++\n文。\n");
    let refused = two.run(&["--archive", "second", "publish", "disk"]);
    assert!(refused.code == 1 && refused.tells("other-archive"), "{}", refused.stderr);
    assert_eq!(there(&two), before);
}

#[test]
fn a_target_may_not_lie_in_the_archive() {
    for path in ["content/x", ".", "public", "public/x", "..", "static"] {
        let target = format!("title = \"库\"\n[publish.disk]\nkind = \"folder\"\npath = \"{path}\"\n");
        let archive = fill(archive(), "甲").file("inner/site.toml", target);
        let refused = run(&archive, &["publish", "disk"]);
        assert!(refused.code == 1 && refused.tells("target-settings"), "{path}: {}", refused.stderr);
    }
}

#[test]
fn secrets_stay_out_of_site_toml_and_out_of_messages() {
    for (line, code) in [
        ("password = \"geheim-7\"", "secret-in-site"),
        ("pasword = \"geheim-7\"", "secret-in-site"),
        ("secret_access_key = geheim-7", "secret-in-site"),
        ("token = '''geheim-7'''", "secret-in-site"),
        ("adress = \"geheim-7\"", "unknown-field"),
        ("address = \"ftp://me:geheim-7@h.example/\"", "secret-in-site"),
    ] {
        let target = format!("title = \"库\"\n[publish.web]\nkind = \"ftp\"\nuser = \"me\"\n{line}\n");
        let archive = archive().file("inner/site.toml", target);
        for command in [&["check"][..], &["build"], &["publish", "web"], &["check", "--format", "json"]] {
            let run = run(&archive, command);
            let said = format!("{}{}", run.stdout, run.stderr);
            assert!(run.code == 1 && (said.contains(code) || said.contains("toml")), "{line}: {said}");
            assert!(!said.contains("geheim-7"), "{line}: {said}");
        }
    }
}

#[test]
fn settings_are_read_like_all_others() {
    let told = |lines: &str| {
        let archive = archive().file("inner/site.toml", format!("title = \"库\"\n[publish.web]\n{lines}\n"));
        run(&archive, &["check"]).stderr
    };
    for (lines, code, said) in [
        ("path = \"x\"", "target-settings", "kind"),
        ("kind = \"sfpt\"", "unknown-word", "sftp"),
        ("kind = \"folder\"", "target-settings", "path"),
        ("kind = \"folder\"\npath = 3", "wrong-type", "path"),
        ("kind = \"folder\"\npath = \"x\"\nbucket = \"y\"", "unknown-field", "bucket"),
        ("kind = \"s3\"\nendpoint = \"https://s.example\"\nbuket = \"y\"", "unknown-field", "bucket"),
        ("kind = \"sftp\"\naddress = \"https://s.example\"\nuser = \"u\"", "target-settings", "sftp://"),
        ("kind = \"folder\"\npath = \"x\"\nconnections = 0", "target-settings", "64"),
        ("kind = \"folder\"\npath = \"x\"\nurl = \"a.example\"", "not-an-address", "https://"),
    ] {
        let stderr = told(lines);
        assert!(stderr.contains(&format!("error[{code}]")) && stderr.contains(said), "{lines}: {stderr}");
        assert!(stderr.contains("site.toml:"), "{lines}: {stderr}");
    }
    assert!(
        !told("kind = \"obs\"\nendpoint = \"https://s.example\"\nbucket = \"b\"\nverify = false").contains("error")
    );
    let archive = archive();
    let unknown = run(&archive, &["publish", "disc"]);
    assert!(unknown.code == 2 && unknown.tells("no-target") && unknown.stderr.contains("`disk`"), "{}", unknown.stderr);
}

/// The state of the target after whatever happened.
#[track_caller]
fn is_sound(now: &Files, before: &Files, after: &Files) -> bool {
    now == before || now == after || now.contains_key(MARKER)
}

/// Without the files that a killed program was writing.
fn without_parts(files: Files) -> Files {
    files.into_iter().filter(|(path, _)| !path.ends_with(".part")).collect()
}

fn steps(archive: &Archive) -> usize {
    let said = with_fault(archive, "count");
    let count = said.lines().find_map(|line| line.strip_prefix("steps: ")).expect("a count");
    count.parse().expect("a number")
}

fn with_fault(archive: &Archive, fault: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_fonds"))
        .args(["--lang", "en", "--archive", "inner", "publish", "disk"])
        .current_dir(archive.path())
        .env("FONDS_FAULT", fault)
        .env("NO_COLOR", "1")
        .stdout(Stdio::null())
        .output()
        .expect("the binary runs");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A copy of an archive with its target and its state.
fn copied(archive: &Archive) -> Archive {
    files_in(archive.path())
        .into_iter()
        .filter(|(path, _)| !path.ends_with(".remove"))
        .fold(Archive::new().remove("site.toml"), |copy, (path, bytes)| copy.file(&path, bytes))
}

#[test]
fn killed_or_out_of_room_at_many_steps_and_resumed() {
    let kills = std::env::var("FONDS_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let old = archive();
    publish(&old);
    let before = there(&old);
    let new = fill(copied(&old), "改过");
    let record = "+++\ntitle = \"other\"\naccess = \"closed\"\naccess_note = \"待定\"\n+++\n";
    let new = document(new.file("inner/content/laws/other.md", record), "third", "新的。");
    let whole = copied(&new);
    let total = steps(&whole);
    let after = there(&whole);
    assert!(!after.contains_key(MARKER) && after == here(&whole) && after != before);
    let mut between = 0;
    for round in 0..kills {
        let at = total * round / kills + 1;
        for fault in ["kill", "fail"] {
            let trial = copied(&new);
            let said = with_fault(&trial, &format!("{fault}:{at}"));
            let now = without_parts(there(&trial));
            assert!(is_sound(&now, &before, &after), "{fault} {at} of {total}: {said}");
            between += usize::from(now.contains_key(MARKER));
            // A lost journal costs sending again, and no more; another edition is as good to go on with.
            match round % 3 {
                1 => drop(fs::remove_file(trial.path().join("inner/.fonds/targets/disk"))),
                2 => drop(fill(trial.clone(), "再改")),
                _ => {}
            }
            publish(&trial);
            assert_eq!(there(&trial), here(&trial), "{fault} {at}");
        }
    }
    assert!(between > kills / 3, "{between} were in between");
}

#[test]
fn what_a_machine_lost_is_sent_again() {
    let archive = archive();
    publish(&archive);
    let archive = fill(archive, "改过");
    let total = steps(&copied(&archive));
    // Killed near the end, nearly all has arrived; then the disc of the target loses a file, and has half of another.
    with_fault(&archive, &format!("kill:{}", total - 6));
    assert!(there(&archive).contains_key(MARKER));
    let marker = String::from_utf8(there(&archive)[MARKER].clone()).expect("UTF-8");
    assert!(marker.contains("edition 2") && marker.contains("第 2 版"), "{marker}");
    fs::remove_file(share(&archive).join("laws/notice/index.html")).expect("removed");
    fs::write(share(&archive).join("laws/notice/full.html"), "half").expect("written");
    let run = publish(&archive);
    assert_eq!(run.summary()["goes_on"], true);
    assert_eq!(there(&archive), here(&archive));
    assert!(Path::new(&archive.path().join("inner/.fonds/targets/disk")).exists());
}
