//! Formats that are XML: TEI, what was recognised on scans, wikis. None may come in as its own source.

use crate::archive::Archive;
use crate::import_formats::recognised;

const TEI: &str = "<?xml version=\"1.0\"?><TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>库房记</title>\
    <author><persName>沈一帆</persName><persName>Shen Yifan</persName><idno>1</idno></author></titleStmt>\
    <publicationStmt><publisher>江城县图书馆</publisher><availability><licence>CC0 1.0</licence></availability></publicationStmt>\
    <sourceDesc><bibl>手稿<date when=\"1952-03-01\">1952年3月1日</date></bibl></sourceDesc></fileDesc></teiHeader>\
    <text><body><div><head>序</head><p>库房在楼的<choice><sic>北西</sic><corr>西北</corr></choice>面，\n        窗小<note>今已改建。</note>，<hi rend=\"bold\">墙厚</hi>。</p>\
    <lg><l>一行。</l><l>二行。</l></lg><div><head>书目</head><list><item>甲</item><item>乙</item></list>\
    <table><row><cell>名</cell><cell>册</cell></row><row><cell cols=\"2\">县志</cell></row></table>\
    <p>又<gap/>失<del>去</del>。</p><quote><p>原文如此。</p></quote></div></div></body></text></TEI>";

#[test]
fn tei_becomes_a_record_and_a_text() {
    let archive = Archive::new().file("in/a.xml", TEI).file("in/b.xml", "<data><TEI/></data>");
    let run = archive.run(&["import", "in", "--into", "notes"]);
    assert!(run.code == 0 && run.tells("editorial-marks"), "{}", run.stderr);
    assert!(run.stdout.matches(" → content/").count() == 1, "other XML is passed over: {}", run.stdout);
    let folder = archive.path().join("content/notes/a");
    let record = std::fs::read_to_string(folder.join("index.md")).expect("the record");
    for part in [
        "title = \"库房记\"",
        "date = \"1952-03-01\"",
        "rights = \"CC0 1.0\"",
        "沈一帆",
        "## 序",
        "库房在楼的西北面，窗小[^1]，**墙厚**。",
        "[^1]: 今已改建。",
        "一行。\\\n二行。",
        "### 书目",
        "- 甲\n- 乙",
        "| 名 | 册 |",
        "又\\[…\\]失~~去~~。",
        "> 原文如此。",
    ] {
        assert!(record.contains(part), "{part}\nin\n{record}");
    }
    assert!(!record.contains("北西") && !record.contains("Shen"), "{record}");
    let provenance = std::fs::read_to_string(folder.join("original/provenance.toml")).expect("the provenance");
    assert!(provenance.contains("reading-left-out") && provenance.contains("北西"), "{provenance}");
}

const ALTO: &str = "<?xml version=\"1.0\"?><alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\"><Layout><Page><TopMargin><TextBlock ID=\"h\"><TextLine>\
    <String CONTENT=\"Ferries\"/></TextLine></TextBlock></TopMargin><PrintSpace><TextBlock ID=\"b\"><TextLine><String CONTENT=\"The\"/><SP/>\
    <String CONTENT=\"fer-\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"ferry\"/><HYP CONTENT=\"-\"/></TextLine><TextLine><String CONTENT=\"ry\" SUBS_TYPE=\"HypPart2\"/><SP/>\
    <String CONTENT=\"crosses.\"/></TextLine></TextBlock><TextBlock><TextLine><String CONTENT=\"It\"/><String CONTENT=\"returns.\"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>";

const PAGE: &str = "<PcGts xmlns=\"http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15\"><Page><ReadingOrder><OrderedGroup id=\"g\">\
    <RegionRefIndexed index=\"1\" regionRef=\"r1\"/><RegionRefIndexed index=\"0\" regionRef=\"r2\"/></OrderedGroup></ReadingOrder>\
    <TextRegion id=\"r1\"><TextLine><Word><TextEquiv><Unicode>wrong</Unicode></TextEquiv></Word><TextEquiv><Unicode>It returns at noon every day.</Unicode></TextEquiv></TextLine></TextRegion>\
    <TextRegion id=\"r2\"><TextLine><Word><TextEquiv><Unicode>The</Unicode></TextEquiv></Word><Word><TextEquiv><Unicode>ferry</Unicode></TextEquiv></Word></TextLine>\
    <TextLine><TextEquiv><Unicode>crosses the river twice.</Unicode></TextEquiv></TextLine></TextRegion>\
    <TextRegion id=\"r3\" type=\"page-number\"><TextEquiv><Unicode>12</Unicode></TextEquiv></TextRegion></Page></PcGts>";

const HOCR: &str = "<html><head><meta name='ocr-system' content='x'><title></title></head><body><div class='ocr_page'><p class='ocr_par'><span class='ocr_line'>\
    <span class='ocrx_word'>The</span> <span class='ocrx_word'>fer\u{ad}</span> </span><span class='ocr_line'><span class='ocrx_word'>ry</span> crosses the river.</span></p>\
    <p class='ocr_par'><span class='ocr_line'>It returns at noon.</span></p></div></body></html>";

/// The texts of the blocks, and the reasons of what was dropped.
fn read(file: &str, content: &str) -> (Vec<String>, Vec<String>) {
    let archive = Archive::new().file(&format!("in/{file}"), content);
    let object = recognised(&archive, &format!("in/{file}"));
    let all = |list: &str, field: &str| {
        let found =
            object[list].as_array().expect("a list").iter().filter_map(|one| one[field].as_str().map(str::to_string));
        found.collect::<Vec<String>>()
    };
    let title = object["meta"]["title"].as_str().map(str::to_string);
    (title.into_iter().chain(all("blocks", "text")).collect(), all("dropped", "why"))
}

#[test]
fn what_was_recognised_on_scans_becomes_paragraphs() {
    let (texts, dropped) = read("a.xml", ALTO);
    assert_eq!(texts, ["The ferry crosses.", "It returns."]);
    assert_eq!(dropped, ["running-head"]);
    let (texts, dropped) = read("b.xml", PAGE);
    assert_eq!(texts, ["The ferry crosses the river twice.", "It returns at noon every day."]);
    assert_eq!(dropped, ["page-number"]);
    let (texts, _) = read("c.html", HOCR);
    assert_eq!(texts, ["The ferry crosses the river.", "It returns at noon."]);
}

fn export(pages: &[(&str, &str)]) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let pages: String = pages
        .iter()
        .map(|(title, text)| {
            format!(
                "<page><title>{title}</title><revision><text>early</text></revision><revision><timestamp>2021-06-08T03:04:05Z</timestamp><text xml:space=\"preserve\">{}</text></revision></page>",
                escaped(text)
            )
        })
        .collect();
    format!(
        "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.10/\"><siteinfo><sitename>Town</sitename><base>https://wiki.example.org/wiki/Main</base></siteinfo>{pages}</mediawiki>"
    )
}

const WIKI: &str = "{{Box|a={{b}}}}\n'''The ferry''' crosses the [[River Ouse|river]]<ref>Log, [[page]] 3.\n* twice</ref>, [https://example.org/x says] the <!-- old -->log.\n\n\
    == Times ==\n* morning\n** early\n* noon\n\n{| class=\"t\"\n! Day !! Hour\n|-\n| Monday || [[File:a.png|thumb|a clock]]six\n|}\n\n<nowiki>''plain''</nowiki> &amp; done.\n[[Category:Ferries]]";

#[test]
fn pages_of_a_wiki_are_documents() {
    let archive =
        Archive::new().file("in/two.xml", export(&[("The ferry", WIKI), ("Other", "Another text stands here.")]));
    let run = archive.run(&["import", "in/two.xml", "--into", "notes"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.tells("templates-left-out") && run.tells("missing-image"), "{}", run.stderr);
    assert_eq!(run.stdout.matches(" → content/").count(), 2, "{}", run.stdout);
    let files = crate::archive::files_in(&archive.path().join("content/notes"));
    let name = files
        .keys()
        .find(|name| name.ends_with("index.md") && name.to_lowercase().contains("ferry"))
        .expect("the page");
    let record = std::fs::read_to_string(archive.path().join("content/notes").join(name)).expect("the record");
    for part in [
        "title = \"The ferry\"",
        "date = \"2021-06-08\"",
        "subjects = [\"Ferries\"]",
        "source_url = \"https://wiki.example.org/wiki/The_ferry\"",
        "**The ferry** crosses the [river](https://wiki.example.org/wiki/River_Ouse)[^1], [says](https://example.org/x) the log.",
        "[^1]: Log, [page](https://wiki.example.org/wiki/page) 3. \\* twice",
        "## Times",
        "- morning\n  - early\n",
        "| Day | Hour |\n| --- | --- |\n| Monday | a clocksix |",
        "''plain'' & done.",
    ] {
        assert!(record.contains(part), "{part}\nin\n{record}");
    }
    assert!(!record.contains("{{") && !record.contains("early</"), "{record}");
}
