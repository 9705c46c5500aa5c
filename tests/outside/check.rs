//! `fonds check`: what only it looks for, how it is told, and the addresses that it asks.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use crate::archive::{Archive, Run, run_with};

fn archive() -> Archive {
    Archive::new()
        .document(
            "a/kept/index.md",
            "title = \"一\"\ndate = \"1966\"\nrights = \"甲\"\nsubjects = [\"档案整理\"]\n[original]\nfile = \"original/x.txt\"\nsha256 = \"00\"\nbytes = 3",
            "文 [计划](my plan.pdf) 与 [原件](original/x.txt)。\n\n![](p.png)",
        )
        .file("content/a/kept/original/x.txt", "abcd")
        .file("content/a/kept/p.png", "")
        .file("content/a/scans/shown.png", "")
        .file("content/a/scans/forgotten.png", "")
        .document("a/twice.md", "title = \"一\"\ndate = \"1966\"\nsubjects = [\"档案整里\"]", "![图](scans/shown.png)")
        .document("a/bare.md", "rights = \"甲\"\n[original]\nfile = \"original/gone.txt\"", "")
}

#[test]
fn everything_is_found_at_once() {
    archive().run(&["check"]).fails_as("check");
}

#[test]
fn an_original_as_it_was_kept_is_no_fault() {
    let hash = "88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589";
    let fields = format!("[original]\nfile = \"original/x.txt\"\nsha256 = \"{hash}\"");
    let kept = Archive::new().document("a/one/index.md", &fields, "文。").file("content/a/one/original/x.txt", "abcd");
    kept.run(&["check"]).succeeds();
}

#[test]
fn warnings_are_denied_on_demand() {
    let archive = Archive::new().document("a/one.md", "", "![](p.png)").file("content/a/p.png", "");
    assert_eq!(archive.run(&["check"]).code, 0);
    assert_eq!(archive.run(&["check", "--deny", "warnings"]).code, 1);
    assert_eq!(
        Archive::new().document("a/one.md", "", "文。").run(&["check", "--deny", "warnings"]).succeeds().code,
        0
    );
}

/// What SARIF 2.1.0 asks of the objects that are written here.
#[test]
fn sarif() {
    let run = archive().run(&["check", "--format", "sarif"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let log: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().expect("a schema").ends_with("sarif-schema-2.1.0.json"));
    let run = &log["runs"][0];
    assert_eq!((&run["tool"]["driver"]["name"], &run["columnKind"]), (&"fonds".into(), &"unicodeCodePoints".into()));
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 10);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
        assert!(!result["message"]["text"].as_str().expect("a message").is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a uri");
        assert!(!uri.starts_with('/') && uri.is_ascii() && !uri.contains(' '), "{uri}");
        assert!(
            run["originalUriBaseIds"].get(place["artifactLocation"]["uriBaseId"].as_str().expect("a base")).is_some()
        );
        let Some(region) = place.get("region") else { continue };
        let number = |key: &str| region[key].as_u64().expect("a number");
        assert!(number("startLine") >= 1 && number("startColumn") >= 1 && number("endColumn") >= number("startColumn"));
    }
    let link = results.iter().find(|result| result["ruleId"] == "unread-link").expect("the link");
    let region = &link["locations"][0]["physicalLocation"]["region"];
    let line: Vec<char> = region["snippet"]["text"].as_str().expect("the line").chars().collect();
    let column = |key: &str| usize::try_from(region[key].as_u64().expect("a column")).expect("small") - 1;
    assert_eq!(line[column("startColumn")..column("endColumn")].iter().collect::<String>(), "[计划](my plan.pdf)");
}

#[test]
fn a_narrow_terminal_is_kept_to() {
    let archive = Archive::new().document("a/one.md", "", "[甲](nowhere)");
    let told = archive.run(&["check"]).stderr;
    assert!(told.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 100), "{told}");
}

/// A server on this machine: what it answers to which path, and what it was asked when.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<(Instant, String)>>>,
}

impl Server {
    fn start(answers: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let answers: BTreeMap<String, String> =
            answers.iter().map(|(asked, answer)| ((*asked).to_string(), (*answer).to_string())).collect();
        let told = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.expect("a connection"), &answers, &told);
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        let mut asked: Vec<String> =
            self.asked.lock().expect("unbroken").iter().map(|(_, what)| what.clone()).collect();
        asked.sort();
        asked
    }
}

fn answer(mut stream: TcpStream, answers: &BTreeMap<String, String>, asked: &Mutex<Vec<(Instant, String)>>) {
    let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
    let request = lines.next().expect("a request").expect("a line");
    let request = request.rsplit_once(' ').expect("a version").0.to_string();
    let head: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    assert!(head.iter().any(|line| line.to_lowercase().starts_with("user-agent: fonds/")), "{head:?}");
    asked.lock().expect("unbroken").push((Instant::now(), request.clone()));
    let status = answers.get(&request).map_or("404 Not Found", String::as_str);
    // The client may have gone.
    let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

fn check(archive: &Archive, arguments: &[&str]) -> Run {
    let cache = archive.path().join("cache");
    let environment = [("XDG_CACHE_HOME", cache.to_str().expect("UTF-8"))];
    run_with(archive.path(), arguments, &environment, archive.path())
}

#[test]
fn addresses_are_asked_gently() {
    let server = Server::start(&[
        ("HEAD /there", "200 OK"),
        ("HEAD /no-head", "405 Method Not Allowed"),
        ("GET /no-head", "200 OK"),
        ("HEAD /old", "301 Moved Permanently\r\nLocation: /there"),
        ("HEAD /today", "302 Found\r\nLocation: /there"),
        ("HEAD /closed", "403 Forbidden"),
        ("GET /closed", "403 Forbidden"),
        ("HEAD /loop", "302 Found\r\nLocation: /loop"),
        ("HEAD /away", "302 Found\r\nLocation: ftp://a.example/"),
    ]);
    let link = |path: &str| format!("[{path}]({}/{path})\n", server.address);
    let paths = ["there", "there#part", "no-head", "old", "today", "closed", "gone", "loop", "away"];
    let archive = Archive::new()
        .document("a/one.md", &format!("source_url = \"{}/there\"", server.address), &paths.map(link).concat())
        .document("a/two.md", "", "[m](mailto:a@b.example) `http://127.0.0.1:1/`");

    let run = check(&archive, &["check", "--external"]);
    assert_eq!((run.code, server.asked()), (0, vec![]), "a private network is not asked: {}", run.stderr);
    assert_eq!(run.stderr.matches("note[private-address]").count(), 10);

    let run = check(&archive, &["check", "--external", "--private"]);
    let told = |code: &str, path: &str| {
        let block = run
            .stderr
            .split("\n\n")
            .find(|block| block.contains(code) && block.contains(&format!("({}/{path})\n", server.address)));
        block.unwrap_or_else(|| panic!("{code} for {path} in\n{}", run.stderr))
    };
    assert!(told("note[moved-address]", "old").contains(&format!("{}/there", server.address)));
    assert!(told("warning[dead-address]", "gone").contains("404"));
    told("note[refused-address]", "closed");
    told("warning[silent-address]", "loop");
    told("warning[silent-address]", "away");
    assert_eq!(run.stderr.matches("-address]:").count(), 5, "{}", run.stderr);
    assert_eq!(
        server.asked().iter().filter(|asked| *asked == "HEAD /there").count(),
        3,
        "once, and behind two redirections"
    );
    let times: Vec<Instant> = server.asked.lock().expect("unbroken").iter().map(|(time, _)| *time).collect();
    assert!(times.windows(2).all(|pair| (pair[1] - pair[0]).as_millis() >= 450), "a pause between two requests");

    // Good answers hold for a week; bad ones are asked for again.
    server.asked.lock().expect("unbroken").clear();
    let again = check(&archive, &["check", "--external", "--private"]);
    assert_eq!(again.stderr, run.stderr);
    let asked = server.asked();
    assert!(asked.iter().all(|asked| !asked.ends_with("there") && !asked.ends_with("old")), "{asked:?}");
    assert!(asked.contains(&"HEAD /gone".to_string()));
}
