//! Symbolic links in an archive from elsewhere: nothing outside it is read, published, changed or removed.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::archive::{Archive, files_in};

const SECRET: &str = "外面的秘密";

/// An archive and a folder outside of it.
fn beside() -> (Archive, tempfile::TempDir) {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.txt"), SECRET).expect("written");
    fs::write(outside.path().join("secret.md"), format!("+++\ntitle = \"{SECRET}\"\n+++\n{SECRET}\n"))
        .expect("written");
    (Archive::new().document("a/x.md", "", "文。"), outside)
}

fn link(to: &Path, archive: &Archive, at: &str) {
    let at = archive.path().join(at);
    fs::create_dir_all(at.parent().expect("a parent")).expect("made");
    symlink(to, at).expect("linked");
}

fn tells_nothing(archive: &Archive) {
    let site = archive.path().join("public");
    let files = if site.exists() { files_in(&site) } else { Default::default() };
    for (path, bytes) in files {
        assert!(!String::from_utf8_lossy(&bytes).contains(SECRET) && !path.contains("secret"), "{path}");
    }
}

#[test]
fn folders_of_the_archive_that_are_links() {
    for folder in ["static", "templates"] {
        let (archive, outside) = beside();
        link(outside.path(), &archive, folder);
        let run = archive.build();
        assert!(run.tells("symbolic-link"), "{folder}: {}", run.stderr);
        tells_nothing(&archive);
    }
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.md"), format!("+++\ntitle = \"{SECRET}\"\n+++\n")).expect("written");
    let archive = Archive::new();
    link(outside.path(), &archive, "content");
    let run = archive.build();
    assert!(run.code == 1 && run.tells("symbolic-link"), "{}", run.stderr);
    tells_nothing(&archive);
}

#[test]
fn files_and_folders_in_content_that_are_links() {
    let (archive, outside) = beside();
    link(&outside.path().join("secret.md"), &archive, "content/a/linked.md");
    link(outside.path(), &archive, "content/b");
    link(&outside.path().join("secret.txt"), &archive, "content/a/x/original/x.txt");
    link(&outside.path().join("secret.txt"), &archive, "static/secret.txt");
    link(&outside.path().join("secret.txt"), &archive, "content/ids.lock");
    archive.build();
    tells_nothing(&archive);
    let secret = fs::read_to_string(outside.path().join("secret.txt")).expect("there");
    assert_eq!(secret, SECRET);
}

#[test]
fn work_folders_that_are_links() {
    for name in [".fonds", ".fonds/work", ".fonds/lock", ".fonds/journal", ".fonds/holder", ".public.fonds-work"] {
        let (archive, outside) = beside();
        fs::create_dir_all(outside.path().join("old")).expect("made");
        fs::create_dir_all(outside.path().join("new")).expect("made");
        fs::write(outside.path().join("old/kept.txt"), SECRET).expect("written");
        fs::write(outside.path().join("new/kept.txt"), SECRET).expect("written");
        let before = files_in(outside.path());
        let target = match name {
            ".fonds" | ".fonds/work" | ".public.fonds-work" => outside.path().to_path_buf(),
            _ => outside.path().join("secret.txt"),
        };
        link(&target, &archive, name);
        let archive = archive.file("in/new.txt", "新稿\n\n正文。\n");
        for arguments in [&["build"][..], &["import", "in"], &["mv", "x", "b/x"], &["check", "--fix", "--yes"]] {
            archive.run(arguments);
            assert!(files_in(outside.path()) == before, "{name} {arguments:?}");
        }
    }
}

#[test]
fn documents_that_become_links() {
    let (archive, outside) = beside();
    let archive = archive.file("in/a.txt", "库房札记\n\n逐架清点，逐件登记。\n");
    assert_eq!(archive.run(&["import", "--into", "c", "in/a.txt"]).code, 0);
    let kept = archive.path().join("content/c/a");
    fs::rename(&kept, outside.path().join("a")).expect("moved");
    symlink(outside.path().join("a"), &kept).expect("linked");
    let before = files_in(outside.path());
    let archive = archive.file("in/a.txt", "库房札记\n\n逐架清点，逐件登记，签字。\n");
    archive.run(&["import", "--update", "in/a.txt"]);
    assert!(files_in(outside.path()) == before);
}

/// A file that becomes a link while a build runs is not followed.
#[test]
fn a_file_swapped_for_a_link_while_building() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let (archive, outside) = beside();
    let mut archive = archive;
    for at in 0..40 {
        archive = archive
            .document(&format!("a/d{at}.md"), "", &format!("见[图](p{at}.png)。"))
            .file(&format!("content/a/p{at}.png"), "图");
    }
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut at = 0;
            while !stop.load(Ordering::Relaxed) {
                let picture = archive.path().join(format!("content/a/p{}.png", at % 40));
                let aside = archive.path().join("aside");
                let _ = symlink(outside.path().join("secret.txt"), &aside);
                let _ = fs::rename(&aside, &picture);
                let _ = fs::write(&aside, "图");
                let _ = fs::rename(&aside, &picture);
                at += 1;
            }
        });
        for _ in 0..10 {
            archive.build();
            tells_nothing(&archive);
        }
        stop.store(true, Ordering::Relaxed);
    });
}

/// A pipe where a file is expected does not hold a command up.
#[test]
fn pipes_and_devices() {
    let (archive, _outside) = beside();
    for name in [
        "content/ids.lock",
        "content/changes.lock",
        "content/a/x/original/x.txt",
        "content/a/pipe.png",
        "public/manifest.json",
    ] {
        let path = archive.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo");
        assert!(made.success());
    }
    let archive = archive.document("a/y.md", "original = { file = \"x/original/x.txt\" }", "见![图](pipe.png)。");
    for arguments in [&["build"][..], &["check"], &["record", "x"]] {
        archive.run(arguments);
    }
}
