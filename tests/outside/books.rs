//! TEI files and EPUB books. That they are valid by their own schemas is seen by `./check books`; here is what they say.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::archive::{Archive, Run, between, text_of};

/// A book's files in their order.
fn opened(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).expect("a file");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("it unpacks");
            (file.name().expect("UTF-8").into_owned(), bytes)
        })
        .collect()
}

/// A book of the site.
fn book(run: &Run, path: &str) -> BTreeMap<String, String> {
    let bytes = run.files().remove(path).unwrap_or_else(|| panic!("there is no {path}"));
    let text = |(name, bytes): (String, Vec<u8>)| Some((name, String::from_utf8(bytes).ok()?));
    opened(bytes).into_iter().filter_map(text).collect()
}

/// A language written from right to left is so in pages and in books alike.
#[test]
fn books_run_in_the_direction_of_their_pages() {
    let run = Archive::new()
        .document("dari.md", "language = \"prs\"", "یک.")
        .document("uyghur-latin.md", "language = \"ug-Latn\"", "Bir.")
        .build()
        .succeeds();
    for (id, direction) in [("dari", "rtl"), ("uyghur-latin", "ltr")] {
        let page = run.page(&format!("{id}/index.html"));
        assert!(page.contains(&format!(" dir=\"{direction}\">")), "{page}");
        let book = book(&run, &format!("{id}/{id}.epub"));
        assert!(book["EPUB/package.opf"].contains(&format!("page-progression-direction=\"{direction}\"")));
        let chapter = book.iter().find(|(name, _)| name.ends_with("000.xhtml")).expect("a chapter").1;
        assert_eq!(chapter.contains("dir=\"rtl\""), direction == "rtl", "{chapter}");
    }
}

/// Every `href` and `src`, and every `id`, of a well-formed file.
fn links_and_ids(name: &str, xml: &str) -> (Vec<String>, BTreeSet<String>) {
    let mut reader = Reader::from_str(xml);
    let (mut links, mut ids) = (Vec::new(), BTreeSet::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}\n{xml}")) {
            Event::Start(element) | Event::Empty(element) => {
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap_or_else(|error| panic!("{name}: {error}"));
                    let value = attribute.value.replace("&amp;", "&");
                    match attribute.key.as_ref() {
                        "href" | "src" | "target" => links.push(value),
                        "id" | "xml:id" => assert!(ids.insert(value.clone()), "{name}: {value} twice"),
                        _ => {}
                    }
                }
            }
            Event::Eof => return (links, ids),
            _ => {}
        }
    }
}

/// Every link inside a book leads to a file and an id of it.
fn assert_whole(path: &str, book: &[(String, Vec<u8>)]) {
    let xml = |name: &str| [".xhtml", ".opf", ".svg"].iter().any(|ending| name.ends_with(ending));
    let read: BTreeMap<&str, (Vec<String>, BTreeSet<String>)> = book
        .iter()
        .map(|(name, bytes)| match std::str::from_utf8(bytes) {
            Ok(text) if xml(name) => (name.as_str(), links_and_ids(name, text)),
            _ => (name.as_str(), Default::default()),
        })
        .collect();
    for (name, (links, _)) in &read {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in links.iter().filter(|link| !link.contains(':')) {
            let (file, id) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => (*name).to_string(),
                file => match file.strip_prefix("../") {
                    Some(file) => format!("{}/{file}", folder.rsplit_once('/').expect("a folder above").0),
                    None => format!("{folder}/{file}"),
                },
            };
            let (_, ids) = read.get(target.as_str()).unwrap_or_else(|| panic!("{path}: {name} links to {target}"));
            assert!(id.is_empty() || ids.contains(id), "{path}: {name} links to {link}");
        }
    }
}

fn document() -> Archive {
    Archive::new().document(
        "c/d.md",
        "title = \"题名\"\nauthors = [\"沈一帆\", { name = \"Ann Lee\", sort = \"Lee, Ann\", role = \"译\" }]\n\
         date = \"1950~\"\nsource = \"地方史志学会\"\nrights = \"权利如此\"\nsubjects = [\"库房\"]",
        "导言,一处[^1]。\n\n## (一)清点 {#2020}\n\n文，又一处[^1]；见[下节](#s2)。\n\n- 项\n\n## 二、上架\n\n文。\n\n[^1]: 注,文。",
    )
}

#[test]
fn tei_says_what_the_record_says_and_the_text_as_it_was_captured() {
    let run = document().build().succeeds();
    let tei = run.page("c/d/d.xml");
    let header = between(&tei, "<teiHeader", "</teiHeader>");
    for part in [
        "<title type=\"main\" xml:lang=\"zh-Hans\">题名</title>",
        "<author><persName>沈一帆</persName></author>",
        "<resp>译</resp><persName><surname>Lee</surname> <forename>Ann</forename></persName>",
        "<publisher>试验库</publisher>",
        "<publisher>地方史志学会</publisher>",
        "<date type=\"published\" when=\"1950\" precision=\"low\">约1950年</date>",
        "<p>权利如此</p>",
        "<term type=\"subject\">库房</term>",
        "<idno type=\"id\">d</idno>",
    ] {
        assert!(header.contains(part), "{part} is not in\n{header}");
    }
    assert!(!header.contains("URI"), "no address is known");
    let body = between(&tei, "<body>", "</body>");
    assert!(body.contains("导言,一处<note place=\"bottom\" n=\"1\" xml:id=\"fn-1\"><p>注,文。</p></note>。"), "{body}");
    assert!(
        body.contains("<div type=\"section\" xml:id=\"_x0032_020\" n=\"(一)\">\n<head><num>(一)</num>清点</head>"),
        "{body}"
    );
    assert!(body.contains("又一处<ptr type=\"note\" n=\"1\" target=\"#fn-1\"/>；见<ref target=\"#s2\">"), "{body}");
    assert!(body.contains("n=\"2\">文，又"), "paragraphs carry their numbers: {body}");
    assert!(run.page("c/d/2020.html").contains("（一）"), "pages restore what TEI leaves");
}

#[test]
fn a_book_has_the_title_the_contents_and_the_text() {
    let run = document().build().succeeds();
    let files = opened(run.files().remove("c/d/d.epub").expect("a book"));
    assert_eq!(files[0], ("mimetype".to_string(), b"application/epub+zip".to_vec()));
    assert_whole("d.epub", &files);
    let book = book(&run, "c/d/d.epub");
    let package = &book["EPUB/package.opf"];
    for part in [
        "<dc:identifier id=\"identifier\">urn:uuid:",
        "<dc:title id=\"title\">题名</dc:title>",
        "<dc:creator id=\"name-1\">沈一帆</dc:creator>",
        "<dc:contributor id=\"name-2\">Ann Lee</dc:contributor>",
        "<meta refines=\"#name-2\" property=\"role\" scheme=\"marc:relators\">trl</meta>",
        "<meta refines=\"#name-2\" property=\"file-as\">Lee, Ann</meta>",
        "<meta property=\"dcterms:issued\">1950~</meta>",
        "<meta property=\"dcterms:modified\">1950-01-01T00:00:00Z</meta>",
        "<dc:rights>权利如此</dc:rights>",
    ] {
        assert!(package.contains(part), "{part} is not in\n{package}");
    }
    assert!(!package.contains("<dc:date>"), "about 1950 is no date of W3CDTF");
    let nav = &book["EPUB/nav.xhtml"];
    let contents = between(nav, "<h1>", "</nav>");
    assert_eq!(text_of(contents).split_whitespace().collect::<Vec<_>>(), ["目录", "导言", "（一）清点", "二、上架"]);
    let numbers = between(nav, "epub:type=\"page-list\"", "</nav>");
    assert_eq!(numbers.matches("<li>").count(), 3);
    assert!(numbers.contains("<a href=\"text/001.xhtml#p-") && numbers.contains(">¶ 2</a>"));
    let chapter = &book["EPUB/text/001.xhtml"];
    assert!(chapter.contains("epub:type=\"noteref\""));
    assert!(chapter.contains("<aside epub:type=\"footnote\" role=\"doc-footnote\" id=\"fn-1\">"));
    assert!(chapter.contains("注，文。"), "punctuation is restored for reading");
    assert!(chapter.contains("<a href=\"002.xhtml#s2\">"));
    assert!(!chapter.contains("class=\"pn\"") && !chapter.contains("data-"));
    assert!(text_of(&book["EPUB/text/title.xhtml"]).contains("约1950年"));
    let landing = run.page("c/d/index.html");
    assert!(landing.contains("href=\"d.epub\"") && landing.contains("href=\"d.xml\""));
}

#[test]
fn what_is_withheld_is_in_no_book() {
    let run = document()
        .document("c/secret.md", "access = \"record\"", "不可说。")
        .document("only/secret-too.md", "access = \"record\"", "不可说。")
        .build()
        .succeeds();
    for path in ["c/secret/secret.xml", "c/secret/secret.epub", "only/only.epub"] {
        assert!(!run.exists(path), "{path}");
    }
    let all: String = book(&run, "c/c.epub").into_values().collect();
    assert!(!all.contains("secret") && !all.contains("不可说"));
}

#[test]
fn a_collection_is_a_book_of_its_documents_chapters() {
    let run = document()
        .document("c/inner/e.md", "language = \"en\"", "One.\n\n## 1 Two {#two}\n\nThree.")
        .document("c/f.md", "date = \"1960\"", "独此一段。")
        .build()
        .succeeds();
    assert!(run.page("c/index.html").contains("<a href=\"c.epub\">EPUB 电子书</a>"));
    assert!(run.page("c/inner/index.html").contains("href=\"inner.epub\""));
    let collected = book(&run, "c/c.epub");
    let own = book(&run, "c/d/d.epub");
    for name in ["title", "000", "001", "002"] {
        let (there, here) = (format!("EPUB/d0001/{name}.xhtml"), format!("EPUB/text/{name}.xhtml"));
        assert_eq!(collected[&there], own[&here]);
    }
    let contents = text_of(between(&collected["EPUB/nav.xhtml"], "<h1>", "</nav>"));
    let lines: Vec<&str> = contents.split_whitespace().collect();
    assert_eq!(
        lines,
        ["目录", "题名", "导言", "（一）清点", "二、上架", "f", "inner", "e", "Introduction", "1", "Two"]
    );
    assert_whole("c.epub", &opened(run.files().remove("c/c.epub").expect("a book")));
    assert!(!run.exists("c.epub"), "the archive itself is no collection");
}

#[test]
fn books_are_whole_whatever_a_text_holds() {
    let run = Archive::copy_of("tests/books/archive").run(&["--quiet", "build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let (mut books, mut encoded) = (0, 0);
    for (path, bytes) in run.files() {
        if path.ends_with(".epub") {
            books += 1;
            assert_whole(&path, &opened(bytes));
        } else if let Some(text) = std::str::from_utf8(&bytes).ok().filter(|text| text.contains("<TEI ")) {
            encoded += 1;
            let (links, ids) = links_and_ids(&path, text);
            for id in links.iter().filter_map(|link| link.strip_prefix('#')) {
                assert!(ids.contains(id), "{path}: {id}");
            }
            let forbidden = |character: char| character < ' ' && !character.is_ascii_whitespace();
            assert!(!text.contains(forbidden) && !text.contains(['\u{fffe}', '\u{ffff}']), "{path}");
        }
    }
    assert_eq!((books, encoded), (10, 8));
    let pictures: BTreeSet<String> = opened(run.files().remove("room/pictures/pictures.epub").expect("a book"))
        .into_iter()
        .filter_map(|(name, _)| name.strip_prefix("EPUB/text/image-").map(str::to_string))
        .collect();
    assert_eq!(
        pictures.into_iter().collect::<Vec<_>>(),
        ["1.png", "2.svg", "3.webp"],
        "no script, no format that few show"
    );
    let chapter = &book(&run, "room/pictures/pictures.epub")["EPUB/text/000.xhtml"];
    assert!(chapter.contains("[有脚本的图]") && chapter.contains("[不能进书的格式]"));
    assert!(chapter.contains("href=\"https://archive.example.org/"), "other documents by their addresses");
}
