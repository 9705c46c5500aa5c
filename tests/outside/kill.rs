//! A build that is killed at any moment leaves a whole site, and the next one clears up.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sha2::Digest;

use crate::archive::{Archive, files_in};

/// Rounds of killing; `FONDS_KILLS=100` asks for more.
const ROUNDS: u32 = 15;

/// Documents of the archive, besides one that grows.
const DOCUMENTS: usize = 60;

fn archive(version: u32) -> Archive {
    fill(Archive::new().file("site.toml", "title = \"库\"\nbase_url = \"https://a.example/\"\n"), version)
}

fn fill(mut archive: Archive, version: u32) -> Archive {
    for number in 0..DOCUMENTS {
        let body = format!("第{version}版。\n\n## 一、甲\n\n{}\n\n## 二、乙\n\n文。", "文字。".repeat(400));
        archive = archive.document(&format!("a/d{number}.md"), "date = \"1950\"", &body);
    }
    // A section more each time, so that the account of addresses is written each time.
    archive.document("a/growing.md", "", &(0..=version).map(|at| format!("## {{#v{at}}}\n\n")).collect::<String>())
}

/// The site agrees with its manifest: no file is missing, none is half written, none is over.
pub fn is_whole(site: &Path) -> bool {
    let mut files = files_in(site);
    let Some(manifest) = files.remove("manifest.json") else { return false };
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("JSON");
    let listed: BTreeMap<String, String> = manifest["files"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|file| {
            (file["path"].as_str().expect("a path").to_string(), file["sha256"].as_str().expect("a hash").to_string())
        })
        .collect();
    let hash =
        |bytes: &Vec<u8>| sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    listed == files.iter().map(|(path, bytes)| (path.clone(), hash(bytes))).collect()
}

/// The accounts beside the documents are whole: each has its lines, and the last of them ends.
fn are_whole(content: &Path, documents: usize) -> bool {
    ["ids.lock", "changes.lock"].iter().all(|name| {
        let text = std::fs::read_to_string(content.join(name)).expect("an account");
        text.ends_with('\n') && text.lines().filter(|line| !line.starts_with(['#', 'e'])).count() == documents
    })
}

/// What a person wrote, without the accounts that publishing writes.
fn written(archive: &Archive) -> BTreeMap<String, Vec<u8>> {
    let mut files = files_in(&archive.path().join("content"));
    files.retain(|path, _| path.ends_with(".md"));
    files
}

#[test]
fn killed_at_random_moments() {
    let rounds = std::env::var("FONDS_KILLS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    let mut archive = archive(0);
    let started = Instant::now();
    archive.publish().succeeds();
    let whole = started.elapsed();
    let site = archive.path().join("public");
    let mut killed = 0;
    for round in 1..=rounds {
        archive = fill(archive, round);
        let before = written(&archive);
        let mut child = Command::new(env!("CARGO_BIN_EXE_fonds"))
            .args(["--lang", "en", "publish", "--by-hand"])
            .current_dir(archive.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("the binary runs");
        // Moments spread over the whole work and a little beyond its end, when the old site is being removed and the
        // accounts are written.
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * 1.2 * f64::from(round) / f64::from(rounds)));
        let _ = child.kill();
        killed += u32::from(!child.wait().expect("ended").success());
        assert!(is_whole(&site), "round {round}");
        assert!(are_whole(&archive.path().join("content"), before.len()), "round {round}");
        assert!(written(&archive) == before, "round {round}");
    }
    assert!(killed > 0, "none was killed while it ran");
    archive.publish().succeeds();
    assert!(is_whole(&site));
    let left = |folder: &Path| -> Vec<String> {
        let names = std::fs::read_dir(folder).expect("readable").map(|entry| entry.expect("an entry").file_name());
        names.map(|name| name.to_string_lossy().into_owned()).collect()
    };
    assert_eq!(
        left(archive.path()).len(),
        5,
        "site.toml, content, editions, public, .fonds: {:?}",
        left(archive.path())
    );
    let content = left(&archive.path().join("content"));
    assert_eq!(content.len(), 3, "a, ids.lock, changes.lock: {content:?}");
}

/// The moments in which the accounts are written are short, so they are met on purpose: what a killed publishing wrote aside
/// lies there, and the next one clears it.
#[test]
fn killed_while_an_account_is_written() {
    let archive = archive(0);
    archive.publish().succeeds();
    let archive = fill(archive, 1).file(".fonds/work/0/1", "a/d0/ d0 fu").file(".fonds/work/0/journal", "[");
    archive.publish().succeeds();
    assert!(are_whole(&archive.path().join("content"), DOCUMENTS + 1));
    assert!(!archive.path().join(".fonds/work").exists());
}

#[test]
fn one_build_at_a_time() {
    let archive = archive(0);
    let mut first = Command::new(env!("CARGO_BIN_EXE_fonds"))
        .args(["--lang", "en", "build"])
        .current_dir(archive.path())
        .stdout(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let work = archive.path().join(".public.fonds-work");
    while !work.exists() && first.try_wait().expect("a state").is_none() {
        std::thread::yield_now();
    }
    let second = archive.build();
    let first = first.wait().expect("ended");
    assert!(first.success() || second.code == 0, "one of the two publishes");
    assert!(matches!(second.code, 0 | 3), "{}", second.stderr);
    assert!(is_whole(&archive.path().join("public")));
}
