//! What beginners do, one mistake a document, and what they are told.

use crate::archive::{Archive, is_golden};

/// A document's name tells the mistake in it.
const MISTAKES: [(&str, &str); 34] = [
    ("blank-before-record", "\n+++\ntitle = \"一\"\n+++\n文。\n"),
    ("chinese-comma", "+++\ntitle = \"一\"\nauthors = [\"沈一帆\"，\"何远\"]\n+++\n文。\n"),
    ("chinese-field", "+++\n标题 = \"一\"\n+++\n文。\n"),
    ("chinese-list", "+++\ntitle = \"一\"\nauthors = 沈一帆、何远\n+++\n文。\n"),
    ("colon", "+++\ntitle：\"一\"\n+++\n文。\n"),
    ("comma-behind", "+++\ntitle = \"一\",\n+++\n文。\n"),
    ("comma-missing", "+++\ntitle = \"一\"\nauthors = [\"沈一帆\" \"何远\"]\n+++\n文。\n"),
    ("date-printed", "+++\ntitle = \"一\"\ndate = \"2017年8月30日\"\n+++\n文。\n"),
    ("date-short", "+++\ntitle = \"一\"\ndate = 2017-8-30\n+++\n文。\n"),
    ("date-slashed", "+++\ntitle = \"一\"\ndate = \"2017/8/30\"\n+++\n文。\n"),
    ("date-unquoted", "+++\ntitle = \"一\"\ndate = 2017年8月30日\n+++\n文。\n"),
    ("date-wide", "+++\ntitle = \"一\"\ndate = \"１９６６\"\n+++\n文。\n"),
    ("draft-text", "+++\ntitle = \"一\"\ndraft = \"true\"\n+++\n文。\n"),
    ("draft-word", "+++\ntitle = \"一\"\ndraft = True\n+++\n文。\n"),
    ("empty", ""),
    ("equals-wide", "+++\ntitle ＝ \"一\"\n+++\n文。\n"),
    ("field-misspelt", "+++\ntitle = \"一\"\nautor = \"沈一帆\"\n+++\n文。\n"),
    ("field-twice", "+++\ntitle = \"一\"\ntitle = \"二\"\n+++\n文。\n"),
    ("image-backslash", "+++\ntitle = \"一\"\n+++\n![图](scans\\plan.png)\n"),
    ("link-backslash", "+++\ntitle = \"一\"\n+++\n[文](..\\m\\empty.md)\n"),
    ("list-open", "+++\ntitle = \"一\"\nauthors = [\"沈一帆\", \"何远\"\ndate = \"1966\"\n+++\n文。\n"),
    ("marks-curled", "+++\ntitle = “库房札记”\n+++\n文。\n"),
    ("marks-missing", "+++\ntitle = 库房札记\n+++\n文。\n"),
    ("marks-within", "+++\ntitle = \"论\"库房\"的管理\"\n+++\n文。\n"),
    ("old-line-ends", "+++\rtitle = \"一\"\r+++\r文。\r"),
    ("other-front-matter", "---\ntitle: 一\n---\n文。\n"),
    ("plus-above-missing", "title = \"一\"\n+++\n文。\n"),
    ("plus-below-missing", "+++\ntitle = \"一\"\n\n文。\n"),
    ("plus-wide", "＋＋＋\ntitle = \"一\"\n＋＋＋\n文。\n"),
    ("plus-wide-below", "+++\ntitle = \"一\"\n＋＋＋\n文。\n"),
    ("space-invisible", "+++\ntitle =\u{a0}\"一\"\n+++\n文。\n"),
    ("text-broken", "+++\ntitle = \"库房\n札记\"\n+++\n文。\n"),
    ("title-missing", "+++\ndate = \"1966\"\n+++\n文。\n"),
    ("windows-path", "+++\ntitle = \"一\"\nsource = \"C:\\users\\何\"\n+++\n文。\n"),
];

#[test]
fn every_mistake_is_told_with_its_remedy() {
    let archive = MISTAKES
        .iter()
        .fold(Archive::new(), |archive, (name, text)| archive.file(&format!("content/m/{name}.md"), text));
    archive
        .file("content/m/scans/Plan.png", "")
        .file("content/m/gbk.md", b"+++\ntitle = \"\xbf\xe2\xb7\xbf\xd4\xfa\xbc\xc7\"\n+++\n")
        .file("content/m/utf16.md", b"\xff\xfe+\0+\0+\0\n\0")
        .file("content/m/letter.MD", "+++\ntitle = \"一\"\n+++\n")
        .file("content/m/letter.md.txt", "+++\ntitle = \"一\"\n+++\n")
        .file("content/m/two words.md", "+++\ntitle = \"一\"\n+++\n")
        .run(&["check"])
        .fails_as("mistakes");
}

#[test]
fn what_does_no_harm_is_taken() {
    let run = Archive::new()
        .file("content/a/windows.md", "\u{feff}+++\r\ntitle = \"一\"\r\n+++\r\n文。\r\n")
        .file("content/a/tabs.md", "+++\n\ttitle\t=\t\"二\"\n+++\n文。\n")
        .file("content/a/two-marks.md", "\u{feff}\u{feff}+++\ntitle = \"三\"\n+++\n文。\n")
        .run(&["check"])
        .succeeds();
    assert!(run.stderr.is_empty(), "{}", run.stderr);
}

#[test]
fn the_folder_is_looked_for() {
    let archive = Archive::new().remove("site.toml").file("content/a/one.md", "");
    let told = archive.run(&["build"]);
    assert_eq!(told.code, 2);
    assert!(told.tells("no-archive") && told.stderr.contains("content/"), "{}", told.stderr);
    let told = archive.file("site.toml.txt", "title = \"一\"\n").run(&["build"]);
    assert!(told.tells("no-archive") && told.stderr.contains("site.toml.txt"), "{}", told.stderr);
}

#[test]
fn an_address_without_its_beginning() {
    for (written, meant) in
        [("archive.example/a", "https://archive.example/a"), ("https:/archive.example", "https://archive.example")]
    {
        let site = format!("title = \"一\"\nbase_url = \"{written}\"\n");
        let told = Archive::new().file("site.toml", site).file("content/_index.md", "+++\n+++\n").run(&["check"]);
        assert!(
            told.tells("not-an-address") && told.stderr.contains(&format!("`base_url = \"{meant}\"`")),
            "{}",
            told.stderr
        );
    }
}

#[test]
fn faults_of_templates_stand_at_their_place() {
    let mut said = String::new();
    for (template, place) in [
        ("{% extends \"base.html\" %}\n{% block main %}{{ doc.titel }}{% endblock %}", "2:24"),
        ("<p>{{ doc | uper }}</p>", "1:13"),
        ("文\n文 {% include \"bace.html\" %}", "2:14"),
        ("{% extends \"bas.html\" %}", "1:13"),
        ("<p>{{ title </p>", "1:13"),
        ("<p>\n{% if doc.title %}a</p>\n<p>", "2:1"),
        ("{% block main %}{% for a in doc.authors %}{% endfor %}", "1:1"),
        ("{% for x in nothing %}{{ x }}{% endfor %}", "1:13"),
        ("{% for x in 3 %}{{ x }}{% endfor %}", "1:13"),
        ("{% include “base.html” %}", "1:12"),
    ] {
        let run =
            Archive::new().document("a/x.md", "", "文。").file("templates/landing.html", template).run(&["check"]);
        let second = run.stderr.lines().nth(1).map(str::trim);
        assert!(run.tells("template"), "{}", run.stderr);
        assert_eq!(second, Some(format!("--> templates/landing.html:{place}").as_str()), "{}", run.stderr);
        said.push_str(run.stderr.split("\n\n").next().unwrap_or_default());
        said.push_str("\n\n");
    }
    is_golden(&said, "templates");
}
