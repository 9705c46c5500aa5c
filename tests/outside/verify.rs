//! `fonds verify`: whatever was changed, lost, added or renamed is found, and nothing else is said.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::thread;

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use tempfile::TempDir;

use crate::archive::{Archive, Run, run_in};

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A bag of files that lie in data/, with a list for each algorithm.
struct Bag {
    folder: TempDir,
}

impl Bag {
    fn new(algorithms: &[&str], files: &[(&str, &str)]) -> Self {
        let bag = Self { folder: TempDir::new().expect("a temporary folder") };
        bag.put("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        fs::create_dir_all(bag.path("data")).expect("a folder");
        for (name, text) in files {
            bag.put(&format!("data/{name}"), text);
        }
        for algorithm in algorithms {
            let lines = files.iter().map(|(name, text)| format!("{} data/{name}\n", digest(algorithm, text)));
            bag.put(&format!("manifest-{algorithm}.txt"), &lines.collect::<String>());
        }
        bag
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    fn verify(&self) -> Run {
        verify(self.folder.path())
    }
}

fn digest(algorithm: &str, text: &str) -> String {
    match algorithm {
        "md5" => hex(&Md5::digest(text)),
        "sha1" => hex(&Sha1::digest(text)),
        "sha256" => hex(&Sha256::digest(text)),
        _ => hex(&Sha512::digest(text)),
    }
}

fn verify(path: &Path) -> Run {
    run_in(path, &["verify", "."], path)
}

/// Codes and files of what was found.
fn findings(path: &Path) -> Vec<(String, String)> {
    let run = run_in(path, &["verify", ".", "--format", "json"], path);
    let lines = run.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("an object"));
    let found: Vec<_> = lines
        .filter(|line| line["code"].is_string())
        .map(|line| {
            (
                line["code"].as_str().unwrap_or_default().to_string(),
                line["file"].as_str().unwrap_or_default().to_string(),
            )
        })
        .collect();
    assert_eq!(run.code, i32::from(!found.is_empty()), "{}{}", run.stdout, run.stderr);
    found
}

fn found(code: &str, file: &str) -> (String, String) {
    (code.to_string(), file.to_string())
}

#[test]
fn bags_of_every_maker_are_read() {
    for algorithms in [&["md5"][..], &["sha1"], &["sha512"], &["md5", "sha256"]] {
        let bag = Bag::new(algorithms, &[("甲.txt", "一"), ("in/b.txt", "二")]);
        let run = bag.verify();
        assert_eq!(run.code, 0, "{algorithms:?}: {}{}", run.stdout, run.stderr);
        bag.put("data/甲.txt", "三");
        assert_eq!(findings(bag.folder.path()), [found("changed-bytes", "data/甲.txt")]);
    }
    // Older versions, other line ends, another encoding, digests in capitals, the star of md5sum.
    let bag = Bag::new(&[], &[("甲.txt", "一")]);
    bag.put("bagit.txt", "BagIt-Version: 0.97\r\nTag-File-Character-Encoding: GBK\r\n");
    let line = format!("{} *data/甲.txt\r", digest("md5", "一").to_uppercase());
    fs::write(bag.path("manifest-md5.txt"), encoding_rs::GBK.encode(&line).0).expect("written");
    assert_eq!(findings(bag.folder.path()), []);
}

#[test]
fn each_fault_is_found_and_named() {
    let files = [("a.txt", "一"), ("b.txt", "二"), ("é.txt", "三")];
    let bag = || Bag::new(&["sha256"], &files);
    let one = bag();
    let mut bytes = fs::read(one.path("data/a.txt")).expect("read");
    bytes[0] ^= 1;
    fs::write(one.path("data/a.txt"), bytes).expect("written");
    assert_eq!(findings(one.folder.path()), [found("changed-bytes", "data/a.txt")]);
    let one = bag();
    fs::remove_file(one.path("data/b.txt")).expect("removed");
    assert_eq!(findings(one.folder.path()), [found("missing-file", "data/b.txt")]);
    let one = bag();
    one.put("data/in/c.txt", "四");
    assert_eq!(findings(one.folder.path()), [found("surplus-file", "data/in/c.txt")]);
    let one = bag();
    fs::rename(one.path("data/é.txt"), one.path("data/e\u{301}.txt")).expect("renamed");
    assert_eq!(findings(one.folder.path()), [found("other-spelling", "data/é.txt")]);
    assert!(one.verify().stdout.contains("e\\u{301}.txt"), "{}", one.verify().stdout);
    let one = bag();
    fs::rename(one.path("data/b.txt"), one.path("data/B.TXT")).expect("renamed");
    assert_eq!(findings(one.folder.path()), [found("other-spelling", "data/b.txt")]);
    // A file that was renamed and changed is both.
    one.put("data/B.TXT", "五");
    assert_eq!(
        findings(one.folder.path()),
        [found("changed-bytes", "data/b.txt"), found("other-spelling", "data/b.txt")]
    );
    let one = bag();
    fs::remove_file(one.path("bagit.txt")).expect("removed");
    assert_eq!(findings(one.folder.path()), [found("damaged-bag", "bagit.txt")]);
    let one = bag();
    one.put("fetch.txt", "https://a.example/b - data/b.txt\n");
    assert_eq!(findings(one.folder.path()), []);
    fs::remove_file(one.path("data/b.txt")).expect("removed");
    assert_eq!(findings(one.folder.path()), [found("missing-file", "data/b.txt")]);
    assert!(one.verify().stdout.contains("https://a.example/b"));
    let one = bag();
    one.put("bag-info.txt", "Payload-Oxum: 9.2\nExternal-Description: 甲\n  乙\n");
    assert_eq!(findings(one.folder.path()), [found("damaged-bag", "bag-info.txt")]);
    let one = bag();
    one.put("tagmanifest-sha256.txt", &format!("{}  bagit.txt\n", digest("sha256", "x")));
    assert_eq!(findings(one.folder.path()), [found("changed-bytes", "bagit.txt")]);
    let one = Bag::new(&["sha256", "md5"], &files);
    one.put("manifest-md5.txt", &format!("{} data/a.txt\nrubbish\n", digest("md5", "一")));
    let told: Vec<_> = findings(one.folder.path());
    let expected = [("damaged-bag", "data/b.txt"), ("damaged-bag", "data/é.txt"), ("damaged-bag", "manifest-md5.txt")];
    assert_eq!(told, expected.map(|(code, file)| found(code, file)));
    let one = bag();
    one.put("manifest-sha256.txt", &fs::read_to_string(one.path("manifest-sha256.txt")).expect("read").repeat(2));
    assert_eq!(findings(one.folder.path()).len(), 3);
}

#[test]
fn paths_that_lead_out_are_never_opened() {
    let above = TempDir::new().expect("a temporary folder");
    fs::write(above.path().join("secret.txt"), "秘").expect("written");
    let secret = above.path().join("secret.txt");
    for path in ["../secret.txt", "data/../../secret.txt", &secret.to_string_lossy(), "~/secret.txt", "data\\..\\..\\x"]
    {
        let bag = Bag::new(&["sha256"], &[("a.txt", "一")]);
        let bag = (bag.path(""), bag);
        let line = format!("{}  data/a.txt\n{}  {path}\n", digest("sha256", "一"), digest("sha256", "秘"));
        bag.1.put("manifest-sha256.txt", &line);
        bag.1.put("tagmanifest-sha256.txt", &format!("{}  {path}\n", digest("sha256", "秘")));
        bag.1.put("fetch.txt", &format!("https://a.example/b 3 {path}\n"));
        let told = findings(&bag.0);
        assert_eq!(told.iter().filter(|(code, _)| code == "unsafe-path").count(), 3, "{path}: {told:?}");
        assert!(told.iter().all(|(code, _)| code == "unsafe-path"), "{path}: {told:?}");
    }
    #[cfg(unix)]
    {
        let bag = Bag::new(&["sha256"], &[("a.txt", "一"), ("link.txt", "秘")]);
        fs::remove_file(bag.path("data/link.txt")).expect("removed");
        std::os::unix::fs::symlink(&secret, bag.path("data/link.txt")).expect("linked");
        std::os::unix::fs::symlink(above.path(), bag.path("data/folder")).expect("linked");
        let told = findings(bag.folder.path());
        assert_eq!(told, [found("symbolic-link", "data/folder"), found("symbolic-link", "data/link.txt")]);
    }
}

#[test]
fn a_report_carries_its_own_digest() {
    let bag = Bag::new(&["sha256"], &[("a.txt", "一"), ("b.txt", "二")]);
    bag.put("data/c.txt", "三");
    bag.put("data/a.txt", "四");
    for format in ["human", "json"] {
        let report = run_in(bag.folder.path(), &["verify", ".", "--format", format], bag.folder.path()).stdout;
        let at = report.trim_end().rfind('\n').expect("lines") + 1;
        assert!(report[at..].contains(&hex(&Sha256::digest(&report[..at]))), "{report}");
        let again = run_in(bag.folder.path(), &["verify", ".", "--format", format], bag.folder.path()).stdout;
        assert_eq!(report, again);
    }
    let quiet = run_in(bag.folder.path(), &["verify", ".", "--quiet"], bag.folder.path());
    assert!(quiet.code == 1 && quiet.stdout.contains("[surplus-file]"), "{}", quiet.stdout);
    let summary = run_in(bag.folder.path(), &["verify", ".", "--format", "json"], bag.folder.path()).stdout;
    let summary: serde_json::Value =
        serde_json::from_str(summary.lines().rev().nth(1).expect("a line")).expect("an object");
    assert_eq!((&summary["what"], &summary["errors"], &summary["whole"]), (&"bag".into(), &2.into(), &false.into()));
}

fn archive() -> Archive {
    let original = "来件原文。";
    let fields = format!("[original]\nfile = \"original/page.txt\"\nsha256 = \"{}\"", digest("sha256", original));
    Archive::new()
        .document("laws/notice/index.md", &fields, "文。")
        .file("content/laws/notice/original/page.txt", original)
        .document("laws/closed/index.md", &format!("access = \"closed\"\naccess_note = \"x\"\n{fields}"), "密。")
        .file("content/laws/closed/original/page.txt", original)
}

#[test]
fn an_archive_is_held_against_its_records_and_a_site_against_its_manifest() {
    let archive = archive();
    archive.build().succeeds();
    assert_eq!(findings(archive.path()), []);
    assert_eq!(findings(&archive.path().join("public")), []);
    let archive = archive
        .file("content/laws/closed/original/page.txt", "来件原件。")
        .remove("content/laws/notice/original/page.txt");
    let expected = [
        ("changed-bytes", "content/laws/closed/original/page.txt"),
        ("missing-file", "content/laws/notice/original/page.txt"),
    ];
    assert_eq!(findings(archive.path()), expected.map(|(code, file)| found(code, file)));
    let page = fs::read_to_string(archive.path().join("public/index.html")).expect("a page");
    let archive = archive
        .file("public/index.html", page.replace("试验库", "试验窟"))
        .file("public/extra.html", "")
        .remove("public/laws/notice/full.html");
    let expected =
        [("surplus-file", "extra.html"), ("changed-bytes", "index.html"), ("missing-file", "laws/notice/full.html")];
    assert_eq!(findings(&archive.path().join("public")), expected.map(|(code, file)| found(code, file)));
    // What was published last is held against the account of changes.
    let archive = self::archive();
    assert_eq!(archive.run_at("1795910400", &["publish", "--by-hand"]).code, 0);
    assert_eq!(findings(archive.path()), []);
    let texts = archive.path().join("editions/texts");
    let names = || fs::read_dir(&texts).expect("a folder").map(|entry| entry.expect("one").path());
    let path = names().find(|path| path.to_string_lossy().contains("notice.")).expect("the text of the notice");
    let name = format!("editions/texts/{}", path.file_name().expect("a name").to_string_lossy());
    let text = fs::read_to_string(&path).expect("a text");
    fs::write(&path, text.lines().take(2).map(|line| format!("{line}\n")).collect::<String>()).expect("written");
    assert_eq!(findings(archive.path()), [found("damaged-edition", &name)], "every line that is left is right");
    fs::remove_file(&path).expect("removed");
    assert_eq!(findings(archive.path()), [found("damaged-edition", &name)]);
    fs::write(&path, text).expect("written");
    let archive = archive.file("editions/changes/notice.jsonl", "<<<<<<< HEAD\n");
    assert_eq!(findings(archive.path()), [found("damaged-edition", "editions/changes/notice.jsonl")]);
    let nothing = verify(&archive.path().join("content"));
    assert!(nothing.code == 2 && nothing.tells("not-verifiable"), "{}", nothing.stderr);
    let absent = run_in(archive.path(), &["verify", "absent"], archive.path());
    assert_eq!(absent.code, 3, "{}", absent.stderr);
}

/// A host that sends the files of a folder, under `/sub/`.
fn host(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/sub/", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (Ok(mut stream), folder) = (stream, folder.clone()) else { continue };
            thread::spawn(move || {
                let mut head = [0; 4096];
                let length = stream.read(&mut head).unwrap_or(0);
                let head = String::from_utf8_lossy(&head[..length]).into_owned();
                let path = head.split(' ').nth(1).unwrap_or_default().trim_start_matches("/sub/").to_string();
                let path = percent_encoding::percent_decode_str(&path).decode_utf8_lossy().into_owned();
                // As some hosts do, a page is shown at its folder's address.
                let answer = match (path.strip_suffix("index.html"), path.is_empty() || path.ends_with('/')) {
                    (Some(above), _) => {
                        format!("HTTP/1.1 301 x\r\nLocation: /sub/{above}\r\nContent-Length: 0\r\n").into_bytes()
                    }
                    (None, is_folder) => {
                        let file = folder.join(if is_folder { format!("{path}index.html") } else { path });
                        match fs::read(file) {
                            Ok(bytes) => {
                                let head = format!("HTTP/1.1 200 x\r\nContent-Length: {}\r\n", bytes.len());
                                [head.as_bytes(), b"Connection: close\r\n\r\n", &bytes].concat()
                            }
                            Err(_) => b"HTTP/1.1 404 x\r\nContent-Length: 0\r\n".to_vec(),
                        }
                    }
                };
                let end: &[u8] = if answer.starts_with(b"HTTP/1.1 200") { b"" } else { b"Connection: close\r\n\r\n" };
                let _ = stream.write_all(&[&answer, end].concat());
            });
        }
    });
    address
}

#[test]
fn a_published_site_is_fetched_and_held_against_its_manifest() {
    let archive = archive();
    archive.build().succeeds();
    let address = host(archive.path().join("public"));
    let whole = archive.run(&["verify", &address]);
    assert_eq!(whole.code, 0, "{}{}", whole.stdout, whole.stderr);
    assert!(whole.stdout.contains("the published site") && whole.stdout.contains("whole"), "{}", whole.stdout);
    let page = fs::read_to_string(archive.path().join("public/laws/index.html")).expect("a page");
    let archive = archive
        .file("public/laws/index.html", page.replace("</body>", "<script src=x></script></body>"))
        .remove("public/laws/notice/full.html");
    let run = archive.run(&["verify", &format!("{address}index.html"), "--format", "json"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for (code, file) in [("changed-bytes", "laws/index.html"), ("missing-file", "laws/notice/full.html")] {
        assert!(run.stdout.contains(&format!("\"code\":\"{code}\",\"file\":\"{file}\"")), "{}", run.stdout);
    }
    assert_eq!(run.stdout.lines().count(), 4, "{}", run.stdout);
    let other = archive.run(&["verify", &format!("{address}laws/")]);
    assert!(other.code == 2 && other.tells("not-verifiable"), "{}", other.stderr);
    let silent = archive.run(&["verify", "http://127.0.0.1:9/"]);
    assert_eq!(silent.code, 3, "{}", silent.stderr);
}
