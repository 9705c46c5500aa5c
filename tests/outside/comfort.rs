//! What makes the program easy to live with: a beginning that asks, timings, manual pages, help with examples.

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::archive::{Archive, files_in, run_in};

const TITLE: &str = "江城的\"档案\"与 'notes' \\ 等";

fn site_toml(folder: &Path) -> toml::Table {
    std::fs::read_to_string(folder.join("site.toml")).expect("site.toml").parse().expect("TOML")
}

#[test]
fn an_archive_begins_with_what_the_options_say() {
    let folder = TempDir::new().expect("a folder");
    let arguments = ["init", "a", "--title", TITLE, "--publisher", "The \"Office\"", "--language", "en"];
    run_in(folder.path(), &arguments, folder.path()).succeeds();
    let site = site_toml(&folder.path().join("a"));
    assert_eq!(site["title"].as_str(), Some(TITLE));
    assert_eq!(site["publisher"].as_str(), Some("The \"Office\""));
    assert_eq!(site["language"].as_str(), Some("en"));
    run_in(&folder.path().join("a"), &["check"], folder.path()).succeeds();
    let text = std::fs::read_to_string(folder.path().join("a/content/essays/first.md")).expect("the document");
    assert!(text.is_ascii(), "an English archive begins in English");
}

#[test]
fn nothing_is_asked_where_nobody_sits() {
    let folder = TempDir::new().expect("a folder");
    run_in(folder.path(), &["init", "a"], folder.path()).succeeds();
    assert_eq!(site_toml(&folder.path().join("a"))["title"].as_str(), Some("我的档案库"));
    let wrong = run_in(folder.path(), &["init", "b", "--language", "Chinese (simplified)"], folder.path());
    assert_eq!(wrong.code, 2);
    assert!(!folder.path().join("b").exists());
}

/// A pseudo-terminal, on which a person answers.
#[cfg(unix)]
#[test]
fn three_questions_are_asked_on_a_terminal() {
    use std::fs::File;
    use std::io::{Read, Write};

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    let folder = TempDir::new().expect("a folder");
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&terminal).expect("granted");
    unlockpt(&terminal).expect("unlocked");
    let name = ptsname(&terminal, Vec::new()).expect("a name");
    let seat = File::options().read(true).write(true).open(name.to_str().expect("UTF-8")).expect("the other end");
    let stdio = || Stdio::from(seat.try_clone().expect("a handle"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_fonds"))
        .args(["--lang", "en", "init", "a"])
        .current_dir(folder.path())
        .env("NO_COLOR", "1")
        .stdin(stdio())
        .stdout(stdio())
        .stderr(stdio())
        .spawn()
        .expect("the binary runs");
    drop(seat);
    let mut terminal = File::from(terminal);
    // The second language is no tag, so it is asked for again.
    terminal.write_all(format!("in English\nen\n{TITLE}\n\n").as_bytes()).expect("answers");
    let mut shown = Vec::new();
    // The other end is closed when the program ends, which Linux tells as an error of reading.
    let _ = terminal.read_to_end(&mut shown);
    assert!(child.wait().expect("it ends").success());
    let shown = String::from_utf8_lossy(&shown);
    for default in ["[en]", "[My archive]"] {
        assert!(shown.contains(default), "{default} in {shown}");
    }
    let site = site_toml(&folder.path().join("a"));
    assert_eq!((site["title"].as_str(), site["language"].as_str()), (Some(TITLE), Some("en")));
    assert!(site.get("publisher").is_none());
}

#[test]
fn stages_are_timed() {
    let archive = Archive::new().document("a/one.md", "", "文。");
    let run = archive.run(&["build", "--timings"]);
    let stages: Vec<&str> = run.stderr.lines().filter_map(|line| line.split(" %  ").nth(1)).collect();
    assert_eq!(
        stages,
        [
            "finding files",
            "theme",
            "records",
            "preparing",
            "pages",
            "lists and index",
            "catalogues",
            "manifest",
            "replacing the site",
            "total"
        ]
    );
    let json = archive.run(&["check", "--timings", "--format", "json"]).succeeds().stdout;
    let object: serde_json::Value = serde_json::from_str(json.lines().last().expect("a summary")).expect("JSON");
    let stages = object["timings"].as_array().expect("timings");
    assert!(stages.iter().any(|stage| stage["stage"] == "records" && stage["seconds"].is_number()));
    let json = archive.run(&["build", "--format", "json"]).succeeds().stdout;
    assert!(!json.contains("timings"), "only for those who ask");
}

/// The commands that there are, as the program lists them.
fn commands() -> Vec<String> {
    let help = Archive::new().run(&["--help"]).succeeds().stdout;
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("commands");
    let first = |line: &str| {
        line.strip_prefix("  ")
            .filter(|line| !line.starts_with(' '))
            .map(|line| line.split(' ').next().unwrap_or_default().to_string())
    };
    list.lines().filter_map(first).filter(|name| name != "help").collect()
}

#[test]
fn every_command_teaches_with_examples() {
    for command in commands() {
        let help = Archive::new().run(&[&command, "--help"]).succeeds().stdout;
        assert!(help.contains(&format!("Examples:\n  fonds {command}")), "{help}");
    }
}

#[test]
fn manual_pages() {
    let folder = TempDir::new().expect("a folder");
    run_in(folder.path(), &["man", "man1"], folder.path()).succeeds();
    let pages = files_in(&folder.path().join("man1"));
    let mut expected: Vec<String> = commands().iter().map(|name| format!("fonds-{name}.1")).collect();
    expected.push("fonds.1".to_string());
    expected.sort();
    assert_eq!(pages.keys().cloned().collect::<Vec<_>>(), expected);
    let all = Archive::new().run(&["man"]).succeeds().stdout;
    assert_eq!(all.len(), pages.values().map(Vec::len).sum::<usize>());
    for name in pages.keys() {
        let page = folder.path().join("man1").join(name);
        let groff = Command::new("groff").args(["-man", "-Tutf8", "-Kutf8", "-ww", "-z"]).arg(page).output();
        // Without groff there is nobody to ask.
        let Ok(groff) = groff else { return };
        assert_eq!(String::from_utf8_lossy(&groff.stderr), "", "{name}");
    }
}
