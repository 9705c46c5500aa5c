//! After `fonds publish NAME`, a few addresses are asked for as a reader asks for them, and what the host does to them is told.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::archive::{Archive, Run};

/// What a host does to the files of a folder.
#[derive(Clone, Copy, Default)]
struct Manners {
    /// Says of every type that it is this one.
    media_type: Option<&'static str>,
    /// Has browsers keep everything as a file.
    is_download: bool,
    /// Writes this at the end of every page.
    adds: &'static str,
    /// What it answers where nothing is, and whether with the site's own page.
    absent: (u16, bool),
    /// Knows no file whose name ends so.
    unknown: &'static str,
    /// Packs pages on the way.
    packs: bool,
}

const GOOD: Manners =
    Manners { media_type: None, is_download: false, adds: "", absent: (404, true), unknown: "?", packs: false };

/// An archive, and a host that shows its target under `/sub/`.
struct Hosted {
    archive: Archive,
    asked: Arc<Mutex<Vec<String>>>,
    address: String,
}

fn hosted(manners: Manners) -> Hosted {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/sub/", listener.local_addr().expect("an address"));
    let settings =
        format!("title = \"库\"\n[publish.disk]\nkind = \"folder\"\npath = \"../share\"\nurl = \"{address}\"\n");
    let archive = Archive::new()
        .remove("site.toml")
        .file("inner/site.toml", settings)
        .file("inner/content/laws/notice.md", "+++\ntitle = \"通知\"\n+++\n文。\n\n## 一、乙\n\n文。\n");
    let (folder, asked) = (archive.path().join("share"), Arc::new(Mutex::new(Vec::new())));
    let log = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut head = [0; 4096];
            let length = stream.read(&mut head).unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..length]).into_owned();
            let path = head.split(' ').nth(1).unwrap_or_default().to_string();
            log.lock().expect("a list").push(path.clone());
            let _ = stream.write_all(&answer(&manners, &folder, path.trim_start_matches("/sub/")));
        }
    });
    Hosted { archive, asked, address }
}

fn answer(manners: &Manners, folder: &Path, path: &str) -> Vec<u8> {
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_string() };
    let file = fs::read(folder.join(&path)).ok().filter(|_| !path.ends_with(manners.unknown));
    let (status, name, mut bytes) = match (file, manners.absent) {
        (Some(bytes), _) => (200, path, bytes),
        (None, (status, true)) => {
            (status, "404.html".to_string(), fs::read(folder.join("404.html")).expect("404.html"))
        }
        (None, (status, false)) => (status, "404.html".to_string(), b"nothing here".to_vec()),
    };
    let ending = name.rsplit('.').next().unwrap_or_default();
    let usual = match ending {
        "html" => "text/html",
        "css" => "text/css",
        "js" => "application/javascript",
        "txt" => "text/plain; charset=UTF-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    };
    let mut head = format!("HTTP/1.1 {status} x\r\nConnection: close\r\n");
    head += &format!("Content-Type: {}\r\n", manners.media_type.unwrap_or(usual));
    if manners.is_download {
        head += "Content-Disposition: attachment; filename=x\r\n";
    }
    if ending == "html" {
        bytes.extend_from_slice(manners.adds.as_bytes());
        if manners.packs {
            let mut packed = GzEncoder::new(Vec::new(), Compression::default());
            packed.write_all(&bytes).expect("packed");
            bytes = packed.finish().expect("packed");
            head += "Content-Encoding: gzip\r\n";
        }
    }
    [format!("{head}Content-Length: {}\r\n\r\n", bytes.len()).as_bytes(), &bytes].concat()
}

impl Hosted {
    fn publish(&self, options: &[&str]) -> Run {
        self.archive.run(&[&["--archive", "inner", "publish", "disk"], options].concat())
    }

    /// What is said of the host; the site was sent in any case.
    #[track_caller]
    fn told(&self) -> String {
        let run = self.publish(&[]);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        assert!(self.archive.path().join("share/manifest.json").exists() && !run.stderr.contains("error"));
        run.stderr.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn a_host_that_gives_files_as_they_are_is_not_spoken_of() {
    for packs in [false, true] {
        let host = hosted(Manners { packs, ..GOOD });
        let told = host.told();
        assert!(!told.contains("as-served"), "{told}");
        let asked = host.asked.lock().expect("a list").clone();
        assert!(asked.len() < 20 && asked[0] == "/sub/", "{asked:?}");
        for wanted in ["/sub/laws/notice/index.html", ".css", ".epub", ".xml", "not-there.html"] {
            assert!(asked.iter().any(|path| path.ends_with(wanted)), "{wanted}: {asked:?}");
        }
    }
}

#[test]
fn what_a_host_does_to_files_is_told() {
    for (manners, said, unsaid) in [
        (Manners { is_download: true, ..GOOD }, "told to download", "something else"),
        (Manners { adds: "<script></script>", ..GOOD }, "get something else", "download"),
        (Manners { media_type: Some("application/octet-stream"), ..GOOD }, "says `application/octet-stream`", "HTTP"),
        (Manners { media_type: Some("text/html; charset=GB2312"), ..GOOD }, "charset=gb2312", "HTTP"),
        (Manners { unknown: ".epub", ..GOOD }, "HTTP 404 at", "something else"),
        (Manners { unknown: "index.html", absent: (403, false), ..GOOD }, "HTTP 403 at", "says `"),
        (Manners { absent: (404, false), ..GOOD }, "note[as-served]: the host has a page of its own", "warning"),
        (Manners { absent: (200, true), ..GOOD }, "with HTTP 200, not with 404", "something else"),
    ] {
        let host = hosted(manners);
        let told = host.told();
        assert!(told.contains("[as-served]") && told.contains(said) && !told.contains(unsaid), "{said}: {told}");
        assert!(told.contains(&host.address) || manners.absent != (404, true), "{told}");
    }
}

#[test]
fn where_nobody_answers_that_is_told_once() {
    let host = hosted(GOOD);
    let settings = fs::read_to_string(host.archive.path().join("inner/site.toml")).expect("settings");
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let settings = settings.replace(&host.address, &format!("http://{free}/"));
    let host = Hosted { archive: host.archive.clone().file("inner/site.toml", settings), ..host };
    let told = host.told();
    assert_eq!(told.matches("[as-served]").count(), 1, "{told}");
    assert!(told.contains(&format!("nobody answers at http://{free}/: connection refused")), "{told}");
}

#[test]
fn nothing_is_asked_where_nothing_is_sent() {
    let host = hosted(GOOD);
    assert_eq!(host.publish(&["--dry-run"]).code, 0);
    let archive = host.archive.clone().file("inner/content/laws/bad.md", "+++\ntitle = 3\n+++\n");
    let host = Hosted { archive, ..host };
    assert_eq!(host.publish(&[]).code, 1);
    assert!(host.asked.lock().expect("a list").is_empty());
}
