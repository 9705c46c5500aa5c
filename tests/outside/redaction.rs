//! What is redacted reaches no output, and is told where it would.

use crate::archive::{Archive, files_in};

/// Words in every place that a text has.
const BODY: &str = "导言见[沈某某甲]{redact=\"隐私\"}一案[^n]。\n\n\
    ## 一、[沈某某乙]{redact=\"隐私\"}案\n\n文中[*沈某某丙*]{redact}与他人。\n\n- 项[沈某某丁]{redact}\n\n\
    | 甲 | [沈某某戊]{redact} |\n|---|---|\n| [沈某某己]{redact} | 乙 |\n\n> 引[沈某某庚]{redact}\n\n\
    ![图中[沈某某辛]{redact}](a.png \"题[沈某某壬]{redact}\")\n\n    列印[沈某某癸]{redact}\n\n\
    [^n]: 注[沈某某子]{redact=\"身份\"}。\n";

fn archive() -> Archive {
    Archive::new()
        .file(
            "site.toml",
            "title = \"旧档\"\nlanguage = \"zh-Hans\"\nbase_url = \"https://a.example/\"\n[variants]\nzh-Hant = true\n",
        )
        .document("laws/case/index.md", "title = \"一案\"", BODY)
        .file("content/laws/case/a.png", PNG)
}

/// The smallest picture.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// What is in a file of the site; packed ones are unpacked.
fn words_in(path: &str, bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    if path.ends_with(".epub") || path.ends_with(".zip") {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
        for at in 0..zip.len() {
            let mut inner = Vec::new();
            let mut file = zip.by_index(at).expect("a file");
            text.push_str(&file.name().expect("a name"));
            std::io::Read::read_to_end(&mut file, &mut inner).expect("readable");
            text.push_str(&String::from_utf8_lossy(&inner));
        }
    }
    text
}

#[test]
fn nothing_of_it_is_in_any_output() {
    let archive = archive();
    let run = archive.run(&["publish", "--by-hand", "--zip"]).succeeds();
    for (path, bytes) in run.files() {
        let text = words_in(&path, &bytes);
        assert!(!text.contains("沈某某") && !path.contains('沈'), "{path}");
        assert!(!text.contains('\u{fdd0}') && !text.contains("redact="), "{path}");
    }
    let kept = files_in(&archive.path().join("editions"));
    assert!(kept.iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("沈某某")));
    let page = run.page("laws/case/full.html");
    assert_eq!(page.matches("██████").count(), page.matches("██████").count().max(11), "{page}");
    assert!(page.contains("aria-label=\"已遮盖: 隐私\" title=\"隐私\">██████</span>"), "{page}");
    assert!(run.page("laws/case/case.md").contains("导言见██████一案"));
    assert!(run.page("laws/case/case.xml").contains("<seg type=\"redacted\" n=\"隐私\">"));
    let index = run.index();
    drop(index);
}

#[test]
fn its_length_is_in_no_output() {
    let short = archive().build().succeeds().files();
    let long = BODY.replace("沈某某", "一个很长很长的名字以及他的住址");
    let long = archive().document("laws/case/index.md", "title = \"一案\"", &long).build().succeeds().files();
    let differ: Vec<&String> = short.keys().filter(|path| short.get(*path) != long.get(*path)).collect();
    assert_eq!((short.len(), differ), (long.len(), Vec::<&String>::new()));
}

#[test]
fn what_is_redacted_later_goes_from_former_editions() {
    let open = "文中沈某某与他人。";
    let archive = Archive::new().document("laws/case.md", "title = \"一案\"", open);
    archive.publish().succeeds();
    let archive = archive.document("laws/case.md", "title = \"一案\"", "文中沈某某与别人。");
    archive.publish().succeeds();
    let kept = |archive: &Archive| -> String {
        let files = files_in(&archive.path().join("editions"));
        files.into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
    };
    assert!(kept(&archive).contains("沈某某"));
    let archive = archive.document("laws/case.md", "title = \"一案\"", "文中[沈某某]{redact=\"隐私\"}与别人。");
    let built = archive.build().succeeds();
    assert!(!built.page("laws/case/editions.html").contains("沈某某"));
    let run = archive.publish().succeeds();
    assert!(!kept(&archive).contains("沈某某"), "{}", kept(&archive));
    let page = run.page("laws/case/editions.html");
    assert!(page.contains("██████") && !page.contains("沈某某"), "{page}");
}

#[test]
fn what_hides_nothing_is_an_error() {
    for body in ["沈某某{redact}。", "[沈某某] {redact=\"x\"}。", "[沈\n某]{redact}", "[沈某某]{redact=隐私}"]
    {
        let run = Archive::new().document("laws/case.md", "", body).build();
        assert!(run.code == 1 && run.tells("bad-redaction"), "{body}: {}", run.stderr);
    }
    let run = Archive::new().document("laws/case.md", "title = \"[沈某某]{redact}案\"", "文。").build();
    assert!(run.code == 1 && run.tells("bad-redaction"), "{}", run.stderr);
}
