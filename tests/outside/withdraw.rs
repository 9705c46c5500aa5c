//! What is withdrawn is gone from everything that readers see or that is kept of editions, says so, and goes on answering.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};

use crate::archive::{Archive, Run, files_in, is_golden, text_of};
use crate::server::Server;

const NOVEMBER_29: &str = "1795910400";
const DECEMBER_3: &str = "1796256000";
const DECEMBER_5: &str = "1796428800";
const PUBLISH: &[&str] = &["publish", "--by-hand", "--zip"];

/// Words of the text, its notes, headings, files, picture, record and former list of changes.
const WORDS: [&str; 12] = [
    "清点三遍",
    "清点五遍",
    "总则甲",
    "脚注丙",
    "图题丁",
    "表格戊",
    "沈一帆",
    "县馆旧藏",
    "江〔1956〕9号",
    "登记造册",
    "扫描件正文",
    "已改错字",
];

fn fields() -> String {
    "title = \"通知\"\ndate = \"1956-03-12\"\nsource = \"县馆旧藏\"\ndoc_number = \"江〔1956〕9号\"\n\
     subjects = [\"登记造册\"]\n[[authors]]\nname = \"沈一帆\""
        .to_string()
}

fn body(words: &str) -> String {
    format!(
        "导言，{words}。[^1]\n\n## 一、总则甲\n\n![图题丁](scan.png)\n\n## 二、附则\n\n| 表格戊 |\n| - |\n| 庚 |\n\n[^1]: 脚注丙。"
    )
}

fn archive() -> Archive {
    Archive::new()
        .file("site.toml", "title = \"旧档\"\nlanguage = \"zh-Hans\"\nbase_url = \"https://archive.example.org/\"\n")
        .document("laws/notice/index.md", &fields(), &body("清点三遍"))
        .file("content/laws/notice/scan.png", "扫描件正文")
        .file("content/laws/notice/list.txt", "扫描件正文")
        .file("content/laws/notice/original/notice.txt", "扫描件正文")
        .document("laws/other.md", "title = \"另一件\"\ndate = \"1950\"", "别的文。")
}

/// Published, changed, and published again.
fn published() -> Archive {
    let archive = archive();
    archive.run_at(NOVEMBER_29, PUBLISH).succeeds();
    let archive = archive.document("laws/notice/index.md", &fields(), &body("清点五遍"));
    archive.run_at(NOVEMBER_29, &["publish", "--by-hand", "--zip", "--because", "已改错字"]).succeeds();
    archive
}

fn withdraw(archive: &Archive, id: &str, because: &[&str]) -> Run {
    archive.run_at(DECEMBER_3, &[&["withdraw", id, "--because"], because].concat())
}

fn text(archive: &Archive, path: &str) -> String {
    fs::read_to_string(archive.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The lines of the ledger that say what was withdrawn.
fn ledger(archive: &Archive) -> Vec<String> {
    let text = text(archive, "content/ids.lock");
    text.lines().filter(|line| line.starts_with("withdrawn ")).map(str::to_string).collect()
}

/// No word stands in any of these files, nor in their names, nor in what is packed in them.
#[track_caller]
fn is_silent(files: &BTreeMap<String, Vec<u8>>, words: &[&str], place: &str) {
    for (path, bytes) in files {
        let content = String::from_utf8_lossy(bytes);
        for word in words {
            assert!(!content.contains(word) && !path.contains(word), "{place}: {word} in {path}");
        }
        if bytes.starts_with(b"PK") {
            is_silent(&unpacked(bytes), words, path);
        }
    }
}

fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let count = zip.len();
    let unpack = |at: usize| {
        let mut file = zip.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("unpacked");
        (file.name().expect("a name").to_string(), bytes)
    };
    (0..count).map(unpack).collect()
}

#[test]
fn its_words_are_gone_and_its_addresses_answer() {
    let archive = published();
    let site = files_in(&archive.path().join("public"));
    let said = withdraw(&archive, "notice", &["privacy", "--note", "应家属  要求"]).succeeds().stdout;
    is_golden(&said, "withdraw/said");
    // At once: the record is closed, and what is kept of editions has no words.
    assert_eq!(ledger(&archive), ["withdrawn laws/notice/ 2026-12-03 privacy : 应家属 要求"]);
    is_silent(&files_in(&archive.path().join("editions")), &[&WORDS[..], &["导言", "通知"]].concat()[..], "editions");
    assert_eq!(files_in(&archive.path().join("public")), site, "the site waits for an edition");
    let built = archive.build().warns_of("old-zip");
    is_silent(&built.files(), &WORDS, "build");
    let because = [PUBLISH, &["--because", "应家属要求撤回"]].concat();
    let run = archive.run_at(DECEMBER_5, &because).succeeds();
    assert!(text(&archive, "content/ids.lock").contains("\nedition 3 2026-12-05 应家属要求撤回\n"));
    assert!(run.page("editions.html").contains("应家属要求撤回"));
    is_silent(&run.files(), &WORDS, "publish");
    let zip = fs::read(archive.path().join("public.zip")).expect("a zip");
    is_silent(&BTreeMap::from([("the zip".to_string(), zip)]), &WORDS, "publish");
    is_silent(&files_in(&archive.path().join("editions")), &WORDS, "editions");
    let server = Server::of(&archive, &[]);
    let served = run.files().into_keys().map(|path| (path.clone(), server.get(&format!("/{path}")).body)).collect();
    is_silent(&served, &WORDS, "serve");
    // Every address of its text answers still.
    let pages = site.keys().filter(|path| path.starts_with("laws/notice/") && path.ends_with(".html"));
    for page in pages {
        assert!(run.exists(page), "{page}");
    }
    let landing = text_of(&run.page("laws/notice/index.html"));
    assert!(landing.contains("已于2026年12月3日撤回") && landing.contains("涉及个人隐私"), "{landing}");
    assert!(landing.contains("应家属 要求"), "{landing}");
    assert!(run.page("laws/notice/s1.html").contains("url=../../laws/notice/index.html\""));
    let changes = text_of(&run.page("laws/notice/editions.html"));
    assert!(changes.matches("这些文字已不再公布").count() == 2 && changes.contains("第 3 版"), "{changes}");
    let list = run.page("editions.html");
    let list = text_of(&list[list.find("id=\"withdrawn\"").expect("a list of what was withdrawn")..]);
    assert!(list.contains("隐私") && list.contains("通知 2026年12月3日"), "{list}");
    assert!(!text_of(&run.page("laws/other/index.html")).contains("撤回"));
    assert_eq!(archive.run_at(DECEMBER_5, PUBLISH).succeeds().files(), run.files(), "nothing is new");
}

#[test]
fn the_archive_keeps_the_document() {
    let archive = archive();
    archive.publish().succeeds();
    let own = "\u{feff}+++\r\n# 手记\r\ntitle = '通知' # 题\r\naccess = \"open\" # 可公开\r\n[extra]\r\nown = 1\r\n+++\r\n文。\r\n";
    let archive = archive.file("content/laws/notice/index.md", own);
    withdraw(&archive, "content/laws/notice/index.md", &["rights"]).succeeds();
    let wanted =
        own.replace("\"open\" # 可公开\r\n", "\"closed\" # 可公开\r\naccess_note = \"原因：涉及他人权利。\"\r\n");
    assert_eq!(text(&archive, "content/laws/notice/index.md"), wanted);
    assert!(archive.path().join("content/laws/notice/original/notice.txt").exists());
    // The kind is said once, not as a note too.
    let run = archive.run_at(DECEMBER_5, PUBLISH).succeeds();
    assert_eq!(run.page("laws/notice/index.html").matches("涉及他人权利").count(), 1);
    // An English text has an English note.
    let archive = archive.document("laws/other.md", "title = \"Another\"\nlanguage = \"en\"", "Text.");
    withdraw(&archive, "other", &["error"]).succeeds();
    assert!(text(&archive, "content/laws/other.md").contains("access_note = \"It was not what it was published as.\""));
}

#[test]
fn what_cannot_be_withdrawn_is_told() {
    let archive = published();
    let before = files_in(archive.path());
    let dry = withdraw(&archive, "notice", &["order", "--dry-run", "--format", "json"]).succeeds().summary();
    assert_eq!(
        (&dry["id"], &dry["kind"], &dry["day"], &dry["written"]),
        (&"notice".into(), &"order".into(), &"2026-12-03".into(), &false.into())
    );
    let archive = archive.document("laws/new.md", "", "新文。");
    let mut said = withdraw(&archive, "notice", &["order", "--dry-run"]).succeeds().stdout;
    for (id, code) in [("notise", "no-document"), ("new", "cannot-withdraw")] {
        let run = withdraw(&archive, id, &["privacy"]);
        assert!(run.code == 2 && run.tells(code), "{id}: {}", run.stderr);
        said.push_str(&run.stderr);
    }
    assert_eq!(withdraw(&archive, "notice", &["whim"]).code, 2);
    assert_eq!(archive.run(&["withdraw", "notice"]).code, 2, "without a reason");
    let archive = archive.remove("content/laws/new.md");
    assert_eq!(files_in(archive.path()), before);
    // In Chinese too.
    withdraw(&archive, "notice", &["隐私"]).succeeds();
    let again = withdraw(&archive, "notice", &["rights"]);
    assert!(again.code == 2 && again.tells("cannot-withdraw"), "{}", again.stderr);
    said.push_str(&again.stderr);
    is_golden(&said, "withdraw/refused");
    let faulty = archive.document("laws/faulty.md", "titel = 1", "");
    assert_eq!(withdraw(&faulty, "other", &["rights"]).code, 1, "what cannot be read may be what is meant");
}

#[test]
fn what_is_opened_again_stays_on_the_list() {
    let archive = published();
    let record = text(&archive, "content/laws/notice/index.md");
    withdraw(&archive, "notice", &["order"]).succeeds();
    archive.run_at(DECEMBER_3, PUBLISH).succeeds();
    let archive =
        archive.file("content/laws/notice/index.md", record.replace("+++\ntitle", "+++\naccess = \"record\"\ntitle"));
    let run = archive.run_at(DECEMBER_5, PUBLISH).succeeds();
    assert!(text_of(&run.page("editions.html")).contains("题录已重新公开"));
    assert!(text_of(&run.page("laws/notice/index.html")).contains("撤回"));
    let archive = archive.file("content/laws/notice/index.md", &record);
    let run = archive.run_at(DECEMBER_5, PUBLISH).succeeds();
    assert!(text_of(&run.page("editions.html")).contains("已重新公开"));
    assert!(!text_of(&run.page("laws/notice/index.html")).contains("撤回"));
    assert!(run.page("laws/notice/s1.html").contains("总则甲"));
    let changes = run.page("laws/notice/editions.html");
    assert!(!changes.contains("清点三遍"), "what was taken out of the list does not come back");
    // It can be withdrawn another time.
    archive.run_at(DECEMBER_5, &["withdraw", "notice", "--because", "privacy"]).succeeds();
    assert_eq!(ledger(&archive).len(), 2);
    let run = archive.run_at(DECEMBER_5, PUBLISH).succeeds();
    assert!(text_of(&run.page("laws/notice/index.html")).contains("2026年12月5日"));
    is_silent(&files_in(&archive.path().join("editions")), &WORDS, "editions");
}

#[test]
fn it_can_be_opened_before_anybody_saw_it_go() {
    let archive = published();
    let record = text(&archive, "content/laws/notice/index.md");
    withdraw(&archive, "notice", &["error"]).succeeds();
    let archive = archive.file("content/laws/notice/index.md", record.replace("清点五遍", "清点七遍"));
    // What stood there was taken out of what is kept, so that it cannot be said.
    let run = archive.run_at(DECEMBER_5, PUBLISH).warns_of("damaged-edition");
    assert!(run.page("laws/notice/full.html").contains("清点七遍"));
}

#[test]
fn a_moved_document_is_found_by_the_address_that_it_had() {
    let archive = published();
    archive.run(&["mv", "notice", "circular"]).succeeds();
    // Nothing of this was published yet, and what is kept has its former id.
    withdraw(&archive, "circular", &["privacy"]).succeeds();
    is_silent(&files_in(&archive.path().join("editions")), &WORDS, "editions");
    archive.run_at(DECEMBER_3, PUBLISH).succeeds();
    archive.run(&["mv", "circular", "rules/circular"]).succeeds();
    let run = archive.run_at(DECEMBER_5, PUBLISH).succeeds();
    is_silent(&run.files(), &WORDS, "publish");
    assert!(run.page("editions.html").contains("href=\"rules/circular/index.html\""));
    assert!(text_of(&run.page("rules/circular/index.html")).contains("撤回"));
    for address in ["laws/notice", "laws/circular"] {
        assert!(run.exists(&format!("{address}/index.html")), "{address}");
    }
}

#[test]
fn a_draft_or_a_closed_document_can_be_withdrawn() {
    let archive = published();
    let record = text(&archive, "content/laws/notice/index.md");
    let archive =
        archive.file("content/laws/notice/index.md", record.replace("+++\ntitle", "+++\ndraft = true\ntitle"));
    withdraw(&archive, "notice", &["privacy"]).succeeds();
    let archive =
        archive.document("laws/other.md", "title = \"另一件\"\naccess = \"closed\"\naccess_note = \"待定\"", "");
    withdraw(&archive, "other", &["other", "--note", "待定"]).succeeds();
    let run = archive.run_at(DECEMBER_5, PUBLISH).succeeds();
    is_silent(&run.files(), &WORDS, "publish");
    for document in ["notice", "other"] {
        assert!(text_of(&run.page(&format!("laws/{document}/index.html"))).contains("撤回"), "{document}");
    }
}

#[test]
fn two_branches_withdraw_two_documents() {
    let archive = published();
    let fork = |id: &str, because: &str| {
        let files = files_in(archive.path()).into_iter().filter(|(path, _)| !path.starts_with("public"));
        let fork = files.fold(Archive::new(), |copy, (path, bytes)| copy.file(&path, bytes));
        withdraw(&fork, id, &[because]).succeeds();
        text(&fork, "content/ids.lock")
    };
    let lines: BTreeSet<String> =
        [fork("notice", "privacy"), fork("other", "rights")].concat().lines().map(str::to_string).collect();
    let union: String = lines.into_iter().map(|line| line + "\n").collect();
    let archive = archive.file("content/ids.lock", union);
    let run = archive.run_at(DECEMBER_5, PUBLISH).succeeds();
    // The records of this branch are open, so the list says that.
    let list = text_of(&run.page("editions.html"));
    assert!(list.contains("隐私") && list.contains("权利") && list.contains("已重新公开"), "{list}");
    assert_eq!(ledger(&archive).len(), 2);
}
