//! One record on every surface: citations, what machines read, and catalogues. tests/formats reads the same surfaces with
//! programs that others wrote; here is what such a program would not miss.

use crate::archive::{Archive, between};

const BASE: &[&str] = &["build", "--base-url", "https://a.example/"];

/// Seconds since 1970 at midnight of two days.
const MAY_1: &str = "1777593600";
const JUNE_2: &str = "1780358400";

fn letters() -> Archive {
    Archive::new()
        .file("site.toml", "title = \"试验库\"\npublisher = \"江城县档案馆\"\npublisher_email = \"a@b.example\"\n")
        .document(
            "a/letters.md",
            "title = \"库房来信\"\ndate = \"1950~\"\nsource = \"江城县地方史志学会\"\n[[authors]]\nname = \"欧阳 修\"\n\
             [[authors]]\nname = \"Jean-Paul Sartre\"\nsort = \"Sartre, Jean-Paul\"\nrole = \"译者\"",
            "文。\n\n## 一、清点\n\n文。",
        )
        .document("a/other.md", "date = \"2001-02-03\"", "文。")
        .document("a/closed.md", "access = \"closed\"\ntitle = \"不可说\"\nsource = \"不可说的机关\"", "")
}

#[test]
fn a_record_in_every_form() {
    let archive = letters();
    let printed = |form: &str| archive.run(&["record", "letters", "--format", form]).succeeds().stdout;
    assert_eq!(printed("cite"), "欧阳修. 库房来信[EB/OL]. （约1950年）.\n");
    let bibtex = printed("bibtex");
    for line in ["author = {{欧阳修}}", "translator = {Sartre, Jean-Paul}", "date = {1950~}", "title = {{库房来信}}"]
    {
        assert!(bibtex.contains(line), "no {line} in {bibtex}");
    }
    let ris = printed("ris");
    assert!(ris.contains("AU  - 欧阳修\r\nA4  - Sartre, Jean-Paul\r\nPY  - 1950\r\nDA  - 1950///1950~\r\n"), "{ris}");
    let csl: serde_json::Value = serde_json::from_str(&printed("csl")).expect("it is JSON");
    assert_eq!(csl[0]["author"][0]["literal"], "欧阳修");
    assert_eq!(csl[0]["translator"][0]["family"], "Sartre");
    assert_eq!(csl[0]["issued"]["circa"], true);
    let linked: serde_json::Value = serde_json::from_str(&printed("json-ld")).expect("it is JSON");
    assert_eq!(linked["datePublished"]["@value"], "1950~");
    assert_eq!(linked["translator"][0]["familyName"], "Sartre");
    assert!(printed("dc").contains("<dc:contributor>Sartre, Jean-Paul</dc:contributor>"));
}

#[test]
fn a_document_is_named_by_file_or_id() {
    let archive = letters();
    for name in ["letters", "content/a/letters.md", "content/a/../a/letters.md"] {
        assert!(archive.run(&["record", name]).succeeds().stdout.contains("库房来信"), "{name}");
    }
    let run = archive.run(&["record", "leters"]);
    assert_eq!(run.code, 2);
    assert!(run.tells("no-document") && run.stderr.contains("`letters`"), "{}", run.stderr);
}

#[test]
fn a_section_cites_itself() {
    let run = letters().run(BASE).succeeds();
    let page = run.page("a/letters/s1.html");
    assert!(page.contains("库房来信：一、清点[EB/OL]"), "{page}");
    assert!(page.contains("<meta name=\"citation_title\" content=\"库房来信：一、清点\">"));
    assert!(page.contains("<link rel=\"cite-as\" href=\"https://a.example/a/letters/s1.html\">"));
    assert!(page.contains("@online{letters_s1,"));
    let landing = run.page("a/letters/index.html");
    assert!(landing.contains("<meta name=\"citation_title\" content=\"库房来信\">"));
}

#[test]
fn what_machines_read_cannot_break_out_of_its_place() {
    let run = Archive::new()
        .document("a/one.md", "title = \"</script><b>&\\\"]]>\"\nsource = \"<i>\"", "")
        .run(BASE)
        .succeeds();
    let page = run.page("a/one/index.html");
    assert!(!page.contains("</script><b>") && page.contains("\\u003c/script>"), "{page}");
    let feed = run.page("feed.xml");
    assert!(feed.contains("&lt;/script&gt;&lt;b&gt;&amp;&quot;]]&gt;"), "{feed}");
}

#[test]
fn a_closed_document_is_on_no_list_for_machines() {
    let run = letters().run_at(MAY_1, BASE).succeeds();
    for (path, bytes) in run.files() {
        let text = String::from_utf8_lossy(&bytes);
        if !path.ends_with(".html")
            && path != "manifest.json"
            && !path.starts_with("search/")
            && !path.starts_with("sitemap")
        {
            assert!(!text.contains("不可说") && !text.contains("a/closed"), "{path}");
        }
    }
    let page = run.page("a/closed/index.html");
    assert!(!page.contains("citation_title") && !page.contains("ld+json"), "{page}");
}

#[test]
fn a_change_keeps_its_day() {
    const PUBLISH: &[&str] = &["publish", "--by-hand"];
    let archive = letters().file("site.toml", "title = \"试验库\"\npublisher = \"江城县档案馆\"\npublisher_email = \"a@b.example\"\nbase_url = \"https://a.example/\"\n");
    archive.run_at(MAY_1, PUBLISH).succeeds();
    let archive = archive.document("a/other.md", "date = \"2001-02-03\"", "改过的文。");
    let built = archive.run_at(JUNE_2, &["build"]).succeeds();
    let line = built.page("sitemap.xml");
    let line = between(&line, "https://a.example/a/other/full.html", "\n");
    assert!(line.contains("<lastmod>2026-05-01</lastmod>"), "a build asks no clock: {line}");
    let run = archive.run_at(JUNE_2, PUBLISH).succeeds();
    let first = run.files();
    let account = std::fs::read_to_string(archive.path().join("content/changes.lock")).expect("it is kept");
    assert!(account.contains("\nletters 2026-05-01 ") && account.contains("\nother 2026-06-02 "), "{account}");
    let sitemap = run.page("sitemap.xml");
    let line = between(&sitemap, "https://a.example/a/letters/s1.html", "\n");
    assert!(line.contains("<lastmod>2026-05-01</lastmod><rs:md hash=\"sha-256:"), "{line}");
    let oai = run.page("oai.xml");
    assert!(oai.contains("<oai:earliestDatestamp>2026-05-01<") && oai.contains("<oai:identifier>oai:a.example:other<"));
    let feed = run.page("a/feed.xml");
    assert!(feed.find("other").expect("listed") < feed.find("letters").expect("listed"), "what changed last is first");
    // On another day the same archive gives the same bytes.
    assert!(archive.run_at("1900000000", &["build"]).succeeds().files() == first);
    assert!(archive.run_at("1900000000", PUBLISH).succeeds().files() == first);
}

#[test]
fn without_an_address_nothing_is_absolute() {
    let archive = letters();
    let run = archive.build().succeeds();
    for path in ["feed.xml", "sitemap.xml", "oai.xml", "opds.xml", "a/letters/linkset.json"] {
        assert!(!run.exists(path), "{path}");
    }
    let page = run.page("a/letters/s1.html");
    assert!(!page.contains("og:url") && !page.contains("\"@id\"") && !page.contains("cite-as"));
    assert!(run.page("records.jsonl").contains("\"id\":\"letters\""));
}

#[test]
fn records_beside_each_other() {
    Archive::new()
        .file("site.toml", "title = \"试验库\"\n[records]\nprofile = \"archival\"\n")
        .document(
            "a/one.md",
            "title = \"一\"\ndate = \"2017-08-30\"\ncaptured = \"2017-08-01\"\ncreated = \"2018\"\nlanguage = \"cn\"\n\
             source = \"江城县地方史志学会\"\ndoc_number = \"江档〔2020〕3号\"\nrights_uri = \"https://a.example/rights\"",
            "",
        )
        .document(
            "a/two.md",
            "title = \"二\"\nauthors = [\"沈一帆\"]\ndate = \"2017-02-30\"\nsource = \"江城县地方史志学会 \"\n\
             doc_number = \"江档[2020]3号\"\nissuer = \"江城县地方史学会\"",
            "",
        )
        .document("a/three.md", "access = \"closed\"", "")
        .run(&["check"])
        .fails_as("consistency");
}
