//! A build that is killed at any moment leaves a whole site, and the next one clears up.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sha2::Digest;

use crate::archive::{Archive, files_in};

/// Rounds of killing.
const ROUNDS: u32 = 20;

fn archive(version: u32) -> Archive {
    fill(Archive::new(), version)
}

fn fill(mut archive: Archive, version: u32) -> Archive {
    for number in 0..120 {
        let body = format!("第{version}版。\n\n## 一、甲\n\n{}\n\n## 二、乙\n\n文。", "文字。".repeat(400));
        archive = archive.document(&format!("a/d{number}.md"), "date = \"1950\"", &body);
    }
    archive
}

/// The site agrees with its manifest: no file is missing, none is half written, none is over.
fn is_whole(site: &Path) -> bool {
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

#[test]
fn killed_at_random_moments() {
    let mut archive = archive(0);
    let started = Instant::now();
    archive.build().succeeds();
    let whole = started.elapsed();
    let site = archive.path().join("public");
    let mut killed = 0;
    for round in 1..=ROUNDS {
        archive = fill(archive, round);
        let mut child = Command::new(env!("CARGO_BIN_EXE_fonds"))
            .arg("build")
            .current_dir(archive.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("the binary runs");
        // Moments spread over the whole build and a little beyond its end, when the old site is being removed.
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * 1.2 * f64::from(round) / f64::from(ROUNDS)));
        let _ = child.kill();
        killed += u32::from(!child.wait().expect("ended").success());
        assert!(is_whole(&site), "round {round}");
    }
    assert!(killed > 0, "no build was killed while it ran");
    archive.build().succeeds();
    assert!(is_whole(&site));
    let left: Vec<_> = std::fs::read_dir(archive.path())
        .expect("readable")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(left.len(), 3, "site.toml, content, public: {left:?}");
}

#[test]
fn one_build_at_a_time() {
    let archive = archive(0);
    let mut first = Command::new(env!("CARGO_BIN_EXE_fonds"))
        .arg("build")
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
    assert!(second.code == 0 || second.stderr.contains("another build is writing this site"), "{}", second.stderr);
    assert!(is_whole(&archive.path().join("public")));
}
