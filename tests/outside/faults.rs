//! Every command, stopped at every step that changes something: refused as by a full disc, and killed.
//!
//! Afterwards what a person wrote is there, whole, as it was before the command or as it is after it; nothing half done is left
//! once the next command has run; and the command, given again, does what it would have done.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::archive::{self, Archive};
use crate::kill::is_whole;

/// What happens all or not at all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whole {
    Command,
    EachDocument,
}

type Files = BTreeMap<String, Vec<u8>>;

fn run(folder: &Path, arguments: &[&str], fault: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fonds"))
        .args(["--lang", "en"])
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("LANG", "C")
        .env("FONDS_FAULT", fault)
        .env("RAYON_NUM_THREADS", "1")
        .stdin(Stdio::null())
        .output()
        .expect("the binary runs")
}

/// What a person or the archive has written down; not the site, nor what the program keeps for itself.
fn sources(folder: &Path) -> Files {
    let mut files = files_in(folder);
    files.retain(|path, _| !path.starts_with("public") && !path.starts_with(".fonds") && !path.starts_with(".public"));
    files
}

fn files_in(folder: &Path) -> Files {
    if folder.exists() { archive::files_in(folder) } else { Files::new() }
}

/// How many steps of a command change something on the disc.
fn steps(folder: &Path, arguments: &[&str]) -> usize {
    let output = run(folder, arguments, "count");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let steps = said.lines().find_map(|line| line.strip_prefix("steps: "));
    steps.and_then(|steps| steps.parse().ok()).unwrap_or_else(|| panic!("a debug build counts: {said}"))
}

/// Stops a command at every step. `archive` makes the archive anew; `outside` holds the captures.
fn at_every_step(archive: &dyn Fn() -> Archive, arguments: &[&str], whole: Whole) -> usize {
    let model = archive();
    let before = sources(model.path());
    let steps = steps(model.path(), arguments);
    let after = sources(model.path());
    let site = files_in(&model.path().join("public"));
    assert!(steps > 0, "{arguments:?}");
    for kind in ["fail", "kill"] {
        for at in 1..=steps {
            let place = format!("{arguments:?} {kind}:{at}");
            let archive = archive();
            let stopped = run(archive.path(), arguments, &format!("{kind}:{at}"));
            assert!(kind == "fail" || stopped.status.code().is_none(), "{place}: it was to be killed");
            // What is left of a change is finished or cleared by the next command, whichever it is.
            if archive.path().join("site.toml").exists() {
                let next = run(archive.path(), &["check"], "");
                assert!(next.status.code().is_some_and(|code| code < 2), "{place}: {next:?}");
                let found = sources(archive.path());
                let is_whole = found == before || found == after;
                assert!(
                    is_whole || whole == Whole::EachDocument && is_between(&found, &before, &after),
                    "{place}: {:?}",
                    found.keys()
                );
            }
            let public = archive.path().join("public");
            assert!(!public.exists() || is_whole(&public), "{place}");
            let again = run(archive.path(), arguments, "");
            let done = sources(archive.path());
            assert!(done == after, "{place}: {again:?} {:?}", done.keys());
            assert!(files_in(&public) == site, "{place}");
            assert!(!archive.path().join(".fonds/journal").exists(), "{place}");
        }
    }
    2 * steps
}

/// Every file is as it was before or as it is after, and of a new document all are there, or none.
fn is_between(found: &Files, before: &Files, after: &Files) -> bool {
    let is_known =
        |(path, bytes): (&String, &Vec<u8>)| before.get(path) == Some(bytes) || after.get(path) == Some(bytes);
    let new: Vec<&String> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    let folder = |path: &str| path.split('/').take(3).collect::<Vec<_>>().join("/");
    let is_whole = |path: &&&String| {
        let others = new.iter().filter(|other| folder(other) == folder(path));
        others.clone().all(|other| found.contains_key(*other))
            || !others.clone().any(|other| found.contains_key(*other))
    };
    let is_replaced = |path: &String| found.contains_key(path) || !after.contains_key(path);
    found.iter().all(is_known) && before.keys().all(is_replaced) && new.iter().filter(is_whole).count() == new.len()
}

const CAPTURE: &str = "库房札记 沈一帆\n发布时间：2020-04-12 来源：江城县地方史志学会\n\n库房札记\n\n沈一帆\n\n一、清点\n\n逐架清点。\n\n二、登记\n\n逐件登记。\n";

fn with_captures() -> Archive {
    let page = CAPTURE.replace("库房札记", "书架札记").replace("逐件", "逐册");
    Archive::new()
        .file("site.toml", "title = \"库\"\n")
        .document("a/x.md", "date = \"1950\"", "文。")
        .file("in/one.txt", CAPTURE)
        .file("in/two.txt", page)
}

#[test]
fn import_of_one() {
    println!("{} points", at_every_step(&with_captures, &["import", "--quiet", "in/one.txt"], Whole::EachDocument));
}

#[test]
fn import_of_many() {
    let archive = || {
        (0..6).fold(with_captures(), |archive, at| {
            archive.file(&format!("in/more{at}.txt"), CAPTURE.replace("库房札记", &format!("第{at}库札记")))
        })
    };
    println!("{} points", at_every_step(&archive, &["import", "--quiet", "in"], Whole::EachDocument));
}

#[test]
fn filling_a_record() {
    let archive = || {
        with_captures().file("content/a/shed/index.md", "+++\n# 手记\ntitle = \"库房札记\"\naccess = \"record\"\n+++\n")
    };
    println!("{} points", at_every_step(&archive, &["import", "--quiet", "in/one.txt"], Whole::Command));
}

#[test]
fn an_update() {
    let archive = || {
        let archive = with_captures();
        assert!(run(archive.path(), &["import", "--quiet", "in/one.txt"], "").status.success());
        archive.file("in/one.txt", CAPTURE.replace("逐件登记", "逐件登记，签字"))
    };
    println!("{} points", at_every_step(&archive, &["import", "--quiet", "--update", "in/one.txt"], Whole::Command));
}

#[test]
fn a_move() {
    let archive = || {
        Archive::new()
            .document("a/old/index.md", "", "见[图](plan.png)。\n\n## 甲 {#one}\n\n文。")
            .file("content/a/old/plan.png", "a plan")
            .document("a/other.md", "", "见[旧](old/index.md)、[甲](old/index.md#one)。")
            .document("b/far.md", "", "见[旧](../a/old/index.md)。")
    };
    println!("{} points", at_every_step(&archive, &["mv", "old", "b/new"], Whole::Command));
}

#[test]
fn fixes() {
    let archive = || {
        Archive::new()
            .file("content/a/x.md", "+++\ntitle = \"甲\"\ndate = \"1950年3月1日\"\n+++\n文。\n")
            .file("content/a/y.md", "+++\ntitle = \"乙\"\ndate = \"1951年3月1日\"\n+++\n文。\n")
    };
    println!("{} points", at_every_step(&archive, &["check", "--fix", "--yes", "--quiet"], Whole::Command));
}

#[test]
fn a_first_build_and_what_is_published_again() {
    let archive = || {
        Archive::new()
            .file("site.toml", "title = \"库\"\nbase_url = \"https://a.example/\"\n")
            .document("a/x.md", "date = \"1950\"", "## 甲\n\n文。")
            .file("content/a/plan.png", "a plan")
    };
    println!("{} points", at_every_step(&archive, &["build", "--quiet"], Whole::EachDocument));
    let publish = ["publish", "--by-hand", "--quiet"];
    let published = || {
        let archive = archive();
        assert!(run(archive.path(), &publish, "").status.success());
        archive.document("a/y.md", "date = \"1951\"", "## 乙\n\n文。")
    };
    println!("{} points", at_every_step(&published, &publish, Whole::EachDocument));
}

#[test]
fn a_new_archive() {
    let folder = || {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("new")).expect("made");
        folder
    };
    let arguments = ["init", "--quiet", "--yes", "new"];
    let model = folder();
    let steps = steps(model.path(), &arguments);
    let after = sources(&model.path().join("new"));
    for kind in ["fail", "kill"] {
        for at in 1..=steps {
            let folder = folder();
            run(folder.path(), &arguments, &format!("{kind}:{at}"));
            let again = run(folder.path(), &arguments, "");
            let found = sources(&folder.path().join("new"));
            // It may have been finished by the second run, which then found an archive there.
            assert!(found == after, "{kind}:{at} {again:?} {:?}", found.keys());
        }
    }
    println!("{} points", 2 * steps);
}
