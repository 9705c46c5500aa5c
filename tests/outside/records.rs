//! Records: faults with their places, and what may be published.

use crate::archive::Archive;

#[test]
fn every_fault_is_listed_with_place_and_remedy() {
    Archive::new()
        .file(
            "content/a/one.md",
            "+++\ntitel = \"旧报刊\"\ndate = \"1950-13\"\nauthors = [\"甲\", 3]\nrights_uri = \"javascript:x\"\n+++\n",
        )
        .file("content/a/two.md", "没有著录\n")
        .file("content/a/three.md", "+++\ntitle = \"三\"\naccess = \"opne\"\n[extra]\nfree = 1\n+++\n")
        .file("content/a/four.md", b"+++\ntitle = \"\xce\xc4\"\n+++\n")
        .build()
        .fails_as("records");
}

#[test]
fn withheld_text_reaches_no_output() {
    let archive = Archive::new()
        .document(
            "a/record.md",
            "access = \"record\"\nrights = \"某处保留权利\"",
            "不可见之文甲。\n\n## 一、不可见之题\n\n文。",
        )
        .document("a/closed/index.md", "access = \"closed\"\naccess_note = \"应来源单位要求撤下\"", "不可见之文乙。")
        .file("content/a/closed/不可见.pdf", "不可见之件")
        .document("a/later.md", "embargo_until = \"2090-01-01\"", "不可见之文丙。")
        .document("a/open.md", "", "[题录](record)");
    let run = archive.run(&["build", "--base-url", "https://a.example/"]).succeeds();
    for (path, bytes) in run.files() {
        assert!(!path.contains("不可见") && !String::from_utf8_lossy(&bytes).contains("不可见"), "{path}");
    }
    let landing = run.page("a/record/index.html");
    assert!(landing.contains("某处保留权利") && !run.exists("a/record/full.html"));
    assert!(run.page("a/closed/index.html").contains("应来源单位要求撤下"));
    assert!(run.page("a/later/index.html").contains("2090年1月1日"));
}

#[test]
fn two_documents_cannot_share_an_id() {
    let run = Archive::new()
        .document("a/one.md", "id = \"same\"", "")
        .document("b/two.md", "title = \"二\"\nid = \"Same\"", "")
        .build();
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("error[duplicate-id]") && run.stderr.contains("content/b/two.md:3:6"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("content/a/one.md"));
}

#[test]
fn json_for_programs() {
    let run = Archive::new().document("a/one.md", "titel = \"x\"", "").run(&["build", "--format", "json"]);
    let lines: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["code"], "unknown-field");
    assert_eq!(
        (lines[0]["file"].as_str(), lines[0]["line"].as_u64(), lines[0]["column"].as_u64()),
        (Some("content/a/one.md"), Some(3), Some(1))
    );
    assert_eq!(lines[1]["errors"], 1);
    assert_eq!(lines[1]["published"], false);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
}

#[test]
fn check_writes_nothing() {
    let archive = Archive::new().document("a/one.md", "", "[x](nowhere)");
    let run = archive.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.starts_with("error[broken-link]"));
    assert!(!run.exists("index.html"));
}

#[test]
fn outside_an_archive_the_remedy_is_told() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let run = crate::archive::run_in(folder.path(), &["build"], folder.path());
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("error[no-archive]") && run.stderr.contains("--archive DIR"), "{}", run.stderr);
}

#[test]
fn a_fault_in_site_toml_or_a_template_hides_no_other() {
    let run = Archive::new()
        .file("site.toml", "title = \"库\"\nlangage = \"en\"\n")
        .file("templates/section.html", "{% if %}")
        .document("a/one.md", "dat = \"1950\"", "[x](nowhere)")
        .build();
    assert_eq!((run.code, run.stderr.matches("error[").count()), (1, 4), "{}", run.stderr);
    for place in ["site.toml:2:1", "templates/section.html:1:", "content/a/one.md:3:1", "content/a/one.md:5:1"] {
        assert!(run.stderr.contains(place), "{place} in {}", run.stderr);
    }
}

#[test]
fn further_sources_are_shown_on_the_landing_page_and_in_tei() {
    let fields = "source = \"甲馆\"\nsource_url = \"https://a.example/1\"\n\
                  [[sources]]\noffice = \"乙馆\"\naddress = \"https://b.example/2\"\ncaptured = \"2021-05\"\nrights = \"© 乙馆\"\n\
                  [sources.original]\nfile = \"original/b.html\"\nsha256 = \"E3B0\"\n\
                  [[sources]]\n\
                  [[sources]]\noffice = \"丙 & 丁\"";
    let archive = Archive::new().document("a/one.md", fields, "文。").document(
        "a/closed.md",
        &format!("access = \"closed\"\naccess_note = \"撤下\"\n{fields}"),
        "文。",
    );
    let run = archive.build().succeeds();
    let landing = run.page("a/one/index.html");
    assert_eq!(landing.matches("<dt>另一来源</dt>").count(), 2, "a table that says nothing is no source");
    let shown = [
        "<span class=\"person\">乙馆</span>",
        "<data value=\"2021-05\">2021年5月</data>",
        "<a href=\"https://b.example/2\" rel=\"external\" class=\"address\">https://b.example/2</a>",
        "© 乙馆",
        "original/b.html",
        "<code>e3b0</code>",
        "丙 &amp; 丁",
    ];
    shown.iter().for_each(|part| assert!(landing.contains(part), "{part} in {landing}"));
    let tei = run.page("a/one/one.xml");
    let sources: Vec<&str> =
        tei.split("<bibl>\n").skip(1).map(|part| part.split("</bibl>").next().expect("an end")).collect();
    assert_eq!(
        sources[1..],
        [
            "<title xml:lang=\"zh-Hans\">one</title>\n<publisher>乙馆</publisher>\n\
             <date type=\"accessed\" when=\"2021-05\">2021年5月</date>\n\
             <ref target=\"https://b.example/2\">https://b.example/2</ref>\n\
             <availability>\n<p>© 乙馆</p>\n</availability>\n\
             <note type=\"original\">\n<idno type=\"file\">original/b.html</idno>\n<idno type=\"SHA-256\">e3b0</idno>\n</note>\n",
            "<title xml:lang=\"zh-Hans\">one</title>\n<publisher>丙 &amp; 丁</publisher>\n",
        ]
    );
    assert!(!run.page("a/closed/index.html").contains("乙馆"));
    let wrong = Archive::new().document("a/one.md", "sources = [\"乙馆\", { ofice = \"乙馆\" }]", "").build();
    assert_eq!(
        (wrong.stderr.matches("error[wrong-type]").count(), wrong.stderr.matches("error[unknown-field]").count()),
        (1, 1)
    );
}

#[test]
fn a_subtitle_is_no_title() {
    let run = Archive::new().file("content/a/one.md", "+++\nsubtitle = \"副题\"\n+++\n").build();
    assert!(run.code == 1 && run.stderr.contains("error[missing-title]"), "{}", run.stderr);
}
