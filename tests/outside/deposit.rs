//! `fonds deposit`: the last edition as a bag, and nothing that is withheld in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::archive::{Archive, Run, files_in};

const NOVEMBER_29: &str = "1795910400";
const DECEMBER_3: &str = "1796256000";

/// Words that no bag may hold unless it is asked for, each in another way of withholding.
const WITHHELD: [&str; 9] = [
    "草稿秘语",
    "封存秘语",
    "封存著录秘语",
    "禁期秘语",
    "只录秘语",
    "注记秘语",
    "设置秘语",
    "闲置秘语",
    "封存原件秘语",
];

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An archive of everything that is deposited, and of everything that is not.
fn archive() -> Archive {
    let original = "<p>来件原文。</p>";
    let fields = format!(
        "title = \"通知\" # 注记秘语\ndate = \"1950-06-01\"\n\n[original]\nfile = \"original/page.html\"\nsha256 = \"{}\"\nbytes = {}",
        sha256(original.as_bytes()),
        original.len()
    );
    Archive::new()
        .file("site.toml", "title = \"试验库\"\npublisher = \"江城县档案馆\"\n# 设置秘语\n")
        .file("content/laws/_index.md", "+++\ntitle = \"法规\"\n+++\n说明。<!-- 注记秘语 -->\n")
        .document("laws/notice/index.md", &fields, "文。\n\n<!-- 注记秘语 -->\n\n![图](图.png)")
        .file("content/laws/notice/图.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x04\0\0\0\x03\x08\x02\0\0\0\0\0\0\0")
        .file("content/laws/notice/original/page.html", original)
        .document("laws/other.md", "", "别的文。")
        .document("laws/draft.md", "draft = true", "草稿秘语")
        .document(
            "laws/closed/index.md",
            "access = \"closed\"\naccess_note = \"待定\"\nissuer = \"封存著录秘语\"",
            "封存秘语",
        )
        .file("content/laws/closed/original/x.txt", "封存原件秘语")
        .document("laws/later.md", "embargo_until = \"2090-01-01\"", "禁期秘语")
        .document("laws/record.md", "access = \"record\"\naccess_note = \"待定\"", "只录秘语")
        .file("content/laws/note.txt", "闲置秘语")
        .file("static/own.css", "p { margin: 0 }")
}

fn published() -> Archive {
    let archive = archive();
    let run = archive.run_at(NOVEMBER_29, &["publish", "--by-hand"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    archive
}

/// Deposits into the folder of a name beside the archive's own files.
fn deposit(archive: &Archive, name: &str, options: &[&str]) -> Run {
    archive.run_at(DECEMBER_3, &[&["deposit", name], options].concat())
}

fn bag(archive: &Archive, name: &str) -> BTreeMap<String, Vec<u8>> {
    files_in(&archive.path().join(name))
}

fn text<'a>(bag: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(bag.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", bag.keys()))).expect("UTF-8")
}

fn holds(bag: &BTreeMap<String, Vec<u8>>, word: &str) -> Vec<String> {
    let word = word.as_bytes();
    bag.iter()
        .filter(|(_, bytes)| bytes.windows(word.len()).any(|at| at == word))
        .map(|(path, _)| path.clone())
        .collect()
}

#[test]
fn an_edition_is_deposited_as_a_bag() {
    let archive = published();
    let site = files_in(&archive.path().join("public"));
    let run = deposit(&archive, "bag", &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("deposited edition 1 of 2026-11-29: 2 documents"), "{}", run.stdout);
    assert!(run.stdout.contains("4 documents whose text is withheld were left out"), "{}", run.stdout);
    let bag = bag(&archive, "bag");
    assert_eq!(text(&bag, "bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    let payload: BTreeMap<&String, &Vec<u8>> = bag.iter().filter(|(path, _)| path.starts_with("data/")).collect();
    let bytes: usize = payload.values().map(|bytes| bytes.len()).sum();
    let info = text(&bag, "bag-info.txt");
    for line in [
        "Source-Organization: 江城县档案馆\n",
        "External-Description: 试验库\n",
        "Bagging-Date: 2026-11-29\n",
        "Fonds-Edition: 1\n",
        "Fonds-Withheld: left out: 4 documents\n",
        &format!("Payload-Oxum: {bytes}.{}\n", payload.len()),
    ] {
        assert!(info.contains(line), "{line} in {info}");
    }
    // Every list, by digests made here.
    let list: String = payload.iter().map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes))).collect();
    assert_eq!(text(&bag, "manifest-sha256.txt"), list);
    let tags = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt"];
    let list: String = tags.iter().map(|path| format!("{}  {path}\n", sha256(&bag[*path]))).collect();
    assert_eq!(text(&bag, "tagmanifest-sha256.txt"), list);
    assert_eq!(text(&bag, "manifest-sha512.txt").lines().count(), payload.len());
    // The site is the one that was published, and the rest is what it was made from.
    for (path, bytes) in &site {
        assert_eq!(bag.get(&format!("data/site/{path}")), Some(bytes), "{path}");
    }
    assert_eq!(text(&bag, "data/records/records.csv"), String::from_utf8_lossy(&site["records.csv"]));
    assert_eq!(text(&bag, "data/content/laws/notice/original/page.html"), "<p>来件原文。</p>");
    for path in [
        "data/content/laws/notice/图.png",
        "data/content/laws/other.md",
        "data/static/own.css",
        "data/content/ids.lock",
        "data/content/changes.lock",
    ] {
        assert!(bag.contains_key(path), "{path}");
    }
    // A METS for each document that may be described, which names its files with their digests.
    let mets = text(&bag, "data/records/mets/notice.xml");
    let original = "data/content/laws/notice/original/page.html";
    for words in [
        "xlink:href=\"../../content/laws/notice/original/page.html\"",
        "xlink:href=\"../../content/laws/notice/%E5%9B%BE.png\"",
        &format!("CHECKSUM=\"{}\"", sha256(&bag[original])),
        "<premis:eventType>publication</premis:eventType>",
        "<premis:eventDateTime>2026-11-29</premis:eventDateTime>",
    ] {
        assert!(mets.contains(words), "{words} in {mets}");
    }
    let described: Vec<&str> =
        bag.keys().filter_map(|path| path.strip_prefix("data/records/mets/")?.strip_suffix(".xml")).collect();
    assert_eq!(described, ["later", "notice", "other", "record"]);
    // And what the editions said.
    for (path, bytes) in files_in(&archive.path().join("editions")) {
        assert_eq!(bag.get(&format!("data/editions/{path}")), Some(&bytes), "{path}");
    }
    assert!(bag.keys().any(|path| path.starts_with("data/editions/texts/notice.")));
    assert!(text(&bag, "data/README.txt").contains("Edition 1, published on 2026-11-29"));
    assert!(text(&bag, "data/README.txt").contains("不公开的文献：1"));
    assert_eq!(archive.run(&["verify", "bag"]).code, 0);
}

#[test]
fn what_is_withheld_stays_out_unless_it_is_asked_for() {
    let archive = published();
    assert_eq!(deposit(&archive, "bag", &[]).code, 0);
    let open = bag(&archive, "bag");
    for word in WITHHELD {
        assert_eq!(holds(&open, word), Vec::<String>::new(), "{word}");
    }
    let run = deposit(&archive, "all", &["--with-withheld"]);
    assert!(run.stdout.contains("must keep it closed"), "{}{}", run.stdout, run.stderr);
    let all = bag(&archive, "all");
    for word in WITHHELD {
        let found = holds(&all, word);
        assert!(!found.is_empty(), "{word}");
        assert!(found.iter().all(|path| !path.starts_with("data/site/")), "{word}: {found:?}");
    }
    assert!(text(&all, "bag-info.txt").contains("Fonds-Withheld: included"));
    assert!(text(&all, "data/README.txt").contains("保存者不得公开"));
    // Byte for byte as it stands in the archive.
    for (path, bytes) in files_in(&archive.path().join("content")) {
        assert_eq!(all.get(&format!("data/content/{path}")), Some(&bytes), "{path}");
    }
}

#[test]
fn the_same_edition_is_the_same_bytes_and_builds_again() {
    let archive = published();
    assert_eq!(deposit(&archive, "one", &[]).code, 0);
    assert_eq!(archive.run_at(NOVEMBER_29, &["deposit", "two"]).code, 0);
    assert_eq!(bag(&archive, "one"), bag(&archive, "two"));
    // What is in the bag is an archive; its site shows the same texts.
    let again = Archive::new();
    let again = bag(&archive, "one").into_iter().fold(again, |again, (path, bytes)| match path.strip_prefix("data/") {
        Some(path) => again.file(path, bytes),
        None => again,
    });
    let run = again.run_at(DECEMBER_3, &["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let published = files_in(&archive.path().join("public"));
    for file in ["laws/notice/notice.md", "laws/notice/notice.txt", "laws/notice/notice.epub", "laws/other/other.xml"] {
        assert_eq!(
            run.files().get(file).map(|bytes| sha256(bytes)),
            published.get(file).map(|bytes| sha256(bytes)),
            "{file}"
        );
    }
}

#[test]
fn nothing_but_an_edition_is_deposited_and_nothing_is_overwritten() {
    let archive = archive();
    let before = deposit(&archive, "bag", &[]);
    assert!(before.code == 1 && before.tells("unpublished"), "{}", before.stderr);
    assert_eq!(archive.run_at(NOVEMBER_29, &["publish", "--by-hand"]).code, 0);
    let archive = archive.document("laws/other.md", "", "改过的文。");
    let changed = deposit(&archive, "bag", &[]);
    assert!(changed.code == 1 && changed.tells("unpublished"), "{}", changed.stderr);
    let archive = archive.document("laws/other.md", "", "别的文。");
    // An original that is no longer the one of its record.
    let archive = archive.file("content/laws/notice/original/page.html", "<p>改了的原文。</p>");
    let rotten = deposit(&archive, "bag", &[]);
    assert!(rotten.code == 1 && rotten.tells("changed-original"), "{}", rotten.stderr);
    let archive = archive.file("content/laws/notice/original/page.html", "<p>来件原文。</p>");
    for place in ["content/bag", "static/bag", "."] {
        let run = deposit(&archive, place, &[]);
        assert!(run.code == 2 && run.tells("not-our-folder"), "{place}: {}", run.stderr);
    }
    let left: Vec<_> =
        fs::read_dir(archive.path()).expect("a folder").map(|entry| entry.expect("one").file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("bag")), "{left:?}");
    fs::create_dir(archive.path().join("bag")).expect("an empty folder");
    assert_eq!(deposit(&archive, "bag", &[]).code, 0);
    let first = bag(&archive, "bag");
    let again = deposit(&archive, "bag", &[]);
    assert!(again.code == 2 && again.tells("not-empty"), "{}", again.stderr);
    assert_eq!(bag(&archive, "bag"), first);
}

#[test]
fn names_that_a_disc_may_take_for_one_are_refused() {
    for (one, two) in [("图é.txt", "图e\u{301}.txt"), ("A.txt", "a.txt")] {
        let archive = archive()
            .file(&format!("content/laws/notice/original/{one}"), "一")
            .file(&format!("content/laws/notice/original/{two}"), "二");
        if fs::read_dir(archive.path().join("content/laws/notice/original")).expect("a folder").count() < 3 {
            continue;
        }
        archive.run_at(NOVEMBER_29, &["publish", "--by-hand"]);
        let run = deposit(&archive, "bag", &[]);
        assert!(run.code == 1 && run.tells("path-clash"), "{one} {two}: {}", run.stderr);
        assert!(!archive.path().join("bag").exists());
    }
}

#[test]
fn names_are_written_in_one_form_and_lists_hold_any_name() {
    let archive = archive()
        .file("content/laws/notice/original/e\u{301}.txt", "一")
        .file("content/laws/notice/original/100%\n.txt", "二");
    archive.run_at(NOVEMBER_29, &["publish", "--by-hand"]);
    let run = deposit(&archive, "bag", &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let bag = bag(&archive, "bag");
    assert_eq!(text(&bag, "data/content/laws/notice/original/\u{e9}.txt"), "一");
    assert!(text(&bag, "manifest-sha256.txt").contains("  data/content/laws/notice/original/100%25%0A.txt\n"));
    assert_eq!(archive.run(&["verify", "bag"]).code, 0);
}

#[test]
fn a_deposit_is_split_between_documents() {
    let archive = (0..12).fold(published(), |archive, number| {
        archive.document(&format!("texts/text-{number}.md"), "", &format!("第 {number} 篇。\n\n{}", "字".repeat(4_000)))
    });
    assert_eq!(archive.run_at(NOVEMBER_29, &["publish", "--by-hand"]).code, 0);
    let run = deposit(&archive, "bags", &["--split", "200k"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let names: Vec<String> = fs::read_dir(archive.path().join("bags"))
        .expect("a folder")
        .map(|entry| entry.expect("one").file_name().to_string_lossy().into_owned())
        .collect();
    let count = names.len();
    assert!(count > 2, "{names:?}");
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut payload = BTreeMap::new();
    for name in &names {
        let bag = bag(&archive, &format!("bags/{name}"));
        let size: usize = bag.values().map(Vec::len).sum();
        assert!(size <= 200_000, "{name}: {size}");
        let number: usize = name.trim_start_matches("bag-").parse().expect("a number");
        let info = text(&bag, "bag-info.txt");
        assert!(info.contains(&format!("Bag-Count: {number} of {count}\n")), "{info}");
        assert!(info.contains("Bag-Group-Identifier: urn:uuid:"), "{info}");
        assert!(text(&bag, "data/README.txt").contains(&format!("number {number}")));
        for (path, bytes) in bag.into_iter().filter(|(path, _)| path.starts_with("data/")) {
            let owner = (0..12)
                .map(|number| format!("text-{number}"))
                .find(|id| path.contains(&format!("/{id}/")) || path.contains(&format!("/{id}.md")));
            if let Some(owner) = owner {
                places.entry(owner).or_default().push(name.clone());
            }
            payload.insert(path, bytes);
        }
    }
    for (document, mut bags) in places {
        bags.dedup();
        assert_eq!(bags.len(), 1, "{document} in {bags:?}");
    }
    assert_eq!(deposit(&archive, "whole", &[]).code, 0);
    let whole = bag(&archive, "whole");
    for (path, bytes) in whole.iter().filter(|(path, _)| path.starts_with("data/") && *path != "data/README.txt") {
        assert_eq!(payload.get(path), Some(bytes), "{path}");
    }
    assert_eq!(archive.run(&["verify", "bags"]).code, 0);
    fs::remove_dir_all(archive.path().join("bags/bag-002")).expect("removed");
    let alone = archive.run(&["verify", "bags"]);
    assert!(alone.code == 1 && alone.stdout.contains("[damaged-bag]"), "{}", alone.stdout);
    let wrong = deposit(&archive, "wrong", &["--split", "large"]);
    assert_eq!((wrong.code, Path::new("wrong").exists()), (2, false));
}

/// Deposits as a version, of an archive whose text has changed and was published on a day.
fn version(archive: Archive, day: &str, words: &str) -> Archive {
    let archive = archive.document("laws/other.md", "", words);
    assert_eq!(archive.run_at(day, &["publish", "--by-hand"]).code, 0);
    let run = deposit(&archive, "root", &["--ocfl"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    archive
}

fn inventory(archive: &Archive) -> (String, serde_json::Value) {
    let files = bag(archive, "root");
    let path = files.keys().find(|path| path.ends_with("0=ocfl_object_1.1")).expect("an object");
    let object = path.trim_end_matches("0=ocfl_object_1.1").to_string();
    let inventory = serde_json::from_slice(&files[&format!("{object}inventory.json")]).expect("an inventory");
    (object, inventory)
}

#[test]
fn editions_are_versions_of_one_object() {
    let archive = version(archive(), NOVEMBER_29, "第一稿。");
    let first = bag(&archive, "root");
    let again = deposit(&archive, "root", &["--ocfl"]);
    assert!(again.code == 0 && again.stdout.contains("is there already, as v1"), "{}{}", again.stdout, again.stderr);
    assert_eq!(bag(&archive, "root"), first);
    let archive = version(archive, DECEMBER_3, "第二稿。");
    let both = bag(&archive, "root");
    let (object, inventory) = inventory(&archive);
    // Nothing of the first version was written to.
    for (path, bytes) in first.iter().filter(|(path, _)| path.contains("/v1/")) {
        assert_eq!(both.get(path), Some(bytes), "{path}");
    }
    assert_eq!((&inventory["head"], &inventory["versions"]["v2"]["message"]), (&"v2".into(), &"Edition 2".into()));
    // What did not change is kept once, and each version can be put together from what is there.
    let manifest = inventory["manifest"].as_object().expect("contents");
    for (version, words) in [("v1", "第一稿。"), ("v2", "第二稿。")] {
        let mut files = BTreeMap::new();
        for (digest, paths) in inventory["versions"][version]["state"].as_object().expect("a state") {
            let from = manifest[digest][0].as_str().expect("a path");
            for path in paths.as_array().expect("paths") {
                files.insert(path.as_str().expect("a path"), &both[&format!("{object}{from}")]);
            }
        }
        assert!(String::from_utf8_lossy(files["content/laws/other.md"]).contains(words), "{version}");
        assert!(files.contains_key("site/laws/notice/index.html") && files.contains_key("records/mets/notice.xml"));
    }
    assert!(!both.keys().any(|path| path.contains("/v2/content/content/laws/notice/")), "kept twice");
    for word in WITHHELD {
        assert_eq!(holds(&both, word), Vec::<String>::new(), "{word}");
    }
    assert_eq!(archive.run(&["verify", "root"]).code, 0);
    // A bag is no root, and a root is not written over.
    assert_eq!(deposit(&archive, "bag", &[]).code, 0);
    assert!(deposit(&archive, "bag", &["--ocfl"]).tells("not-empty"));
    assert!(deposit(&archive, "root", &[]).tells("not-empty"));
}

#[test]
fn a_root_that_is_spoilt_is_found_and_one_that_was_broken_off_is_settled() {
    let archive = version(version(archive(), NOVEMBER_29, "第一稿。"), DECEMBER_3, "第二稿。");
    let (object, _) = inventory(&archive);
    let whole = bag(&archive, "root");
    let found = |archive: &Archive| -> Vec<String> {
        let run = archive.run(&["verify", "root", "--format", "json"]);
        let lines = run.stdout.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let mut codes: Vec<String> = lines.filter_map(|line| Some(line["code"].as_str()?.to_string())).collect();
        codes.dedup();
        assert_eq!(run.code, i32::from(!codes.is_empty()), "{}{}", run.stdout, run.stderr);
        codes
    };
    let path = |name: &str| format!("root/{object}{name}");
    let put = |archive: Archive, name: &str| archive.file(&path(name), &whole[&format!("{object}{name}")]);
    let page = "v1/content/site/laws/notice/index.html";
    let archive = archive.file(&path(page), "x");
    assert_eq!(found(&archive), ["changed-bytes"]);
    let archive = put(archive, page).file(&path("v2/content/extra"), "x");
    assert_eq!(found(&archive), ["surplus-file"]);
    let archive = archive.remove(&path("v2/content/extra")).remove(&path(page));
    assert_eq!(found(&archive), ["missing-file"]);
    // A path that leads out is told and never opened.
    let text = String::from_utf8_lossy(&whole[&format!("{object}inventory.json")]).into_owned();
    let archive = put(archive, page)
        .file(&path("inventory.json"), text.replace(&format!("\"{page}\""), "\"../../../../../laws/secret\""));
    assert!(found(&archive).contains(&"unsafe-path".to_string()));
    let archive = archive.file(&path("inventory.json"), "{}");
    assert_eq!(found(&archive), ["damaged-bag", "surplus-file"].into_iter().take(1).collect::<Vec<_>>());
    // As a machine that fails leaves it: the second version lies there, and the object has the first one's inventory.
    let archive = archive
        .file(&path("inventory.json"), &whole[&format!("{object}v1/inventory.json")])
        .file(&path("inventory.json.sha512"), &whole[&format!("{object}v1/inventory.json.sha512")]);
    assert_eq!(found(&archive), ["surplus-file"]);
    let run = deposit(&archive, "root", &["--ocfl"]);
    assert!(run.code == 0 && run.stdout.contains("is there already, as v2"), "{}{}", run.stdout, run.stderr);
    assert_eq!(bag(&archive, "root"), whole);
}
