//! The same archive gives the same bytes: in another folder, with other numbers of threads, at another time.

use crate::archive::{Archive, files_in, run_in};

fn archive() -> Archive {
    let mut archive = Archive::new().file("site.toml", "title = \"库\"\nbase_url = \"https://a.example\"\n");
    for number in 0..40 {
        let fields = format!(
            "authors = [\"甲{}\", \"乙\"]\ndate = \"19{:02}\"\nsubjects = [\"水\", \"火{}\"]",
            number % 7,
            number % 50,
            number % 3
        );
        archive = archive.document(
            &format!("c{}/d{number}.md", number % 3),
            &fields,
            "导言[^1]。\n\n## 一、甲\n\n文[^1]。\n\n## 二、乙\n\n文。\n\n[^1]: 注。",
        );
    }
    archive
}

#[test]
fn two_builds_are_the_same_bytes() {
    let (one, two) = (archive(), archive());
    let first = one.run(&["build", "--jobs", "1"]).succeeds().files();
    let second = two.run(&["build", "--jobs", "4"]).succeeds().files();
    assert!(first.len() > 200);
    assert!(first == second, "files differ");
    assert_eq!(one.run(&["build"]).succeeds().files(), first, "and again over the old site");
}

#[test]
fn the_manifest_lists_every_file_with_its_hash() {
    use sha2::Digest;
    let run = archive().build().succeeds();
    let mut files = run.files();
    let manifest: serde_json::Value =
        serde_json::from_slice(&files.remove("manifest.json").expect("a manifest")).expect("JSON");
    let listed: Vec<(String, u64, String)> = manifest["files"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|file| {
            (
                file["path"].as_str().expect("a path").into(),
                file["bytes"].as_u64().expect("a size"),
                file["sha256"].as_str().expect("a hash").into(),
            )
        })
        .collect();
    let found: Vec<(String, u64, String)> = files
        .iter()
        .map(|(path, bytes)| {
            let hash: String = sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            (path.clone(), bytes.len() as u64, hash)
        })
        .collect();
    assert_eq!(listed, found);
}

#[test]
fn no_path_of_this_machine_and_no_clock_reaches_the_site() {
    let archive = archive();
    let elsewhere = tempfile::TempDir::new().expect("a temporary folder");
    let site = elsewhere.path().join("site");
    let here = archive.path().to_str().expect("UTF-8");
    // The clock is asked by publishing only, and that was long ago.
    archive.run_at("981158400", &["publish", "--by-hand"]).succeeds();
    run_in(elsewhere.path(), &["build", "--archive", here, "--out", "site"], &site).succeeds();
    let year = format!(
        "{}",
        1970 + std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs()
            / 31_556_952
    );
    for (path, bytes) in files_in(&site) {
        let text = String::from_utf8_lossy(&bytes);
        // A digest may have any four digits in it.
        let text: String =
            text.split("sha-256:").enumerate().map(|(at, rest)| rest.get(64 * at.min(1)..).unwrap_or(rest)).collect();
        assert!(!text.contains(here), "{path} names the archive's folder");
        assert!(path == "manifest.json" || path.ends_with(".css") || !text.contains(&year), "{path} holds this year");
    }
}
