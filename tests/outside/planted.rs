//! Withheld words that are planted on every surface are found, and none is published; what is open elsewhere is no alarm.

use std::io::Write;

use crate::archive::{Archive, Run};

/// What is withheld, and how the archive says so.
struct Secret {
    name: &'static str,
    words: &'static str,
    withhold: fn(Archive) -> Archive,
}

const SENTENCE: &str = "各单位应当于本月底以前将清册报送县档案馆备查，逾期不报的由主管部门予以通报";
const HEADING: &str = "沈某某一案的处理经过";

const SECRETS: [Secret; 4] = [
    Secret {
        name: "redacted",
        words: "沈某某",
        withhold: |archive| {
            archive.document("laws/case.md", "title = \"一案\"", "文中[沈某某]{redact=\"隐私\"}与他人。")
        },
    },
    Secret {
        name: "closed",
        words: SENTENCE,
        withhold: |archive| {
            archive.document(
                "laws/closed.md",
                "title = \"一件\"\naccess = \"closed\"\naccess_note = \"待定\"",
                SENTENCE,
            )
        },
    },
    Secret {
        name: "embargoed",
        words: HEADING,
        withhold: |archive| {
            let body = format!("## {HEADING}\n\n文。");
            archive.document("laws/later.md", "title = \"一件\"\nembargo_until = \"2099\"", &body)
        },
    },
    Secret {
        name: "draft",
        words: "关于沈某某一案的报告",
        withhold: |archive| archive.document("laws/draft.md", "title = \"关于沈某某一案的报告\"\ndraft = true", "文。"),
    },
];

/// A place in which words could slip out.
type Surface = (&'static str, fn(Archive, &str) -> Archive);

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        zip.start_file(*name, options).expect("started");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

/// A picture that says something of itself: a chunk with words in a PNG.
fn picture(kind: &[u8; 4], words: &[u8]) -> Vec<u8> {
    let mut png = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
    let head = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    for (kind, data) in [(b"IHDR", head.as_slice()), (kind, words), (b"IEND", &[])] {
        png.extend(u32::try_from(data.len()).expect("short").to_be_bytes());
        png.extend(kind);
        png.extend(data);
        png.extend([0; 4]);
    }
    png
}

fn site(archive: Archive, line: &str) -> Archive {
    archive.file(
        "site.toml",
        format!("title = \"旧档\"\nlanguage = \"zh-Hans\"\nbase_url = \"https://a.example/\"\n{line}\n"),
    )
}

fn beside(archive: Archive, name: &str, bytes: impl AsRef<[u8]>) -> Archive {
    archive.file(&format!("content/laws/open/{name}"), bytes)
}

const SURFACES: &[Surface] = &[
    ("the subtitle of the site", |archive, words| site(archive, &format!("subtitle = \"{words}\""))),
    ("the description of the site", |archive, words| site(archive, &format!("description = \"记{words}。\""))),
    ("the publisher", |archive, words| site(archive, &format!("publisher = \"{words}\""))),
    ("the publisher's address", |archive, words| {
        site(archive, &format!("publisher = \"馆\"\npublisher_url = \"https://a.example/{words}\""))
    }),
    ("the rights of the site", |archive, words| site(archive, &format!("[rights]\nstatement = \"{words}\""))),
    ("the home page", |archive, words| archive.file("content/_index.md", format!("+++\n+++\n记{words}事。\n"))),
    ("a collection's title", |archive, words| {
        archive.file("content/laws/_index.md", format!("+++\ntitle = \"{words}\"\n+++\n"))
    }),
    ("a collection's description", |archive, words| {
        archive.file("content/laws/_index.md", format!("+++\ntitle = \"集\"\ndescription = \"{words}\"\n+++\n"))
    }),
    ("a collection's text", |archive, words| {
        archive.file("content/laws/_index.md", format!("+++\ntitle = \"集\"\n+++\n\n记{words}事。\n"))
    }),
    ("a collection's reference", |archive, words| {
        archive.file("content/laws/_index.md", format!("+++\ntitle = \"集\"\nreference = \"{words}\"\n+++\n"))
    }),
    ("a static text", |archive, words| archive.file("static/a.txt", words)),
    ("a static page", |archive, words| archive.file("static/a.html", format!("<p>{words}</p>"))),
    ("a style sheet", |archive, words| archive.file("static/a.css", format!("/* {words} */"))),
    ("a script", |archive, words| archive.file("static/a.js", format!("// {words}"))),
    ("a script with escapes", |archive, words| {
        archive.file("static/a.json", serde_json::to_string(&[words]).expect("JSON"))
    }),
    ("a drawing", |archive, words| archive.file("static/a.svg", format!("<svg><title>{words}</title></svg>"))),
    ("the name of a static file", |archive, words| archive.file(&format!("static/{words}.txt"), "x")),
    ("a static picture's text", |archive, words| archive.file("static/a.png", picture(b"tEXt", words.as_bytes()))),
    ("a text of Windows", |archive, words| {
        archive.file("static/b.txt", words.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
    }),
    ("a text of GB 18030", |archive, words| {
        let bytes = encoding_rs::GB18030.encode(words).0.into_owned();
        archive.file("static/c.txt", bytes)
    }),
    ("a packed file", |archive, words| archive.file("static/a.zip", packed(&[("a.txt", words.as_bytes())]))),
    ("a name in a packed file", |archive, words| {
        archive.file("static/a.zip", packed(&[(&format!("{words}.txt"), b"x")]))
    }),
    ("a packed file in another", |archive, words| {
        archive.file("static/a.zip", packed(&[("b.zip", &packed(&[("a.txt", words.as_bytes())]))]))
    }),
    ("a Word file", |archive, words| {
        archive.file("static/a.docx", packed(&[("word/document.xml", format!("<w:t>{words}</w:t>").as_bytes())]))
    }),
    ("who wrote a Word file", |archive, words| {
        archive.file("static/a.docx", packed(&[("docProps/core.xml", words.as_bytes())]))
    }),
    ("a book", |archive, words| {
        archive.file("static/a.epub", packed(&[("mimetype", b"application/epub+zip"), ("a.xhtml", words.as_bytes())]))
    }),
    ("a PDF's properties", |archive, words| archive.file("static/a.pdf", format!("%PDF-1.7 <rdf:li>{words}</rdf:li>"))),
    ("a template", |archive, words| archive.file("templates/title.html", format!("<p>{words}</p>"))),
    ("a template's comment to readers", |archive, words| {
        archive.file("templates/withheld.html", format!("<!-- {words} -->")).document(
            "laws/w.md",
            "access = \"record\"",
            "",
        )
    }),
    ("the colophon", |archive, words| archive.file("templates/colophon.html", format!("<p>{words}</p>"))),
    ("a string of the interface", |archive, words| {
        archive.file("templates/strings/zh-Hans.toml", format!("home = \"{words}\"\n"))
    }),
    ("a file beside a text", |archive, words| beside(archive, "a.txt", words)),
    ("its name", |archive, words| beside(archive, &format!("{words}.txt"), "x")),
    ("a picture beside a text", |archive, words| beside(archive, "a.png", picture(b"iTXt", words.as_bytes()))),
    ("a picture's Exif", |archive, words| {
        beside(
            archive,
            "a.png",
            picture(b"eXIf", &words.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()),
        )
    }),
    ("a packed file beside a text", |archive, words| {
        beside(archive, "a.ods", packed(&[("content.xml", words.as_bytes())]))
    }),
    ("a file beside the home page", |archive, words| {
        archive.file("content/a.txt", words).file("content/_index.md", "+++\n+++\n[文件](a.txt)\n")
    }),
    ("a file beside a collection", |archive, words| {
        archive
            .file("content/laws/a.txt", words)
            .file("content/laws/_index.md", "+++\ntitle = \"集\"\n+++\n\n[文件](a.txt)\n")
    }),
    ("why an address was taken back", |archive, words| {
        archive.file("content/ids.lock", format!("forgotten laws/old/ 2026-12-03 index : {words}\n"))
    }),
    ("why there was an edition", |archive, words| {
        archive.file("content/ids.lock", format!("edition 1 2026-12-03 {words}\n"))
    }),
    ("an address that was taken back", |archive, words| {
        archive.file("content/ids.lock", format!("forgotten laws/old/ 2026-12-03 {words} : x\n"))
    }),
];

fn base() -> Archive {
    site(Archive::new(), "").document("laws/open/index.md", "title = \"公开的一件\"", "公开的文。")
}

fn is_stopped(run: &Run, words: &str, place: &str) -> Result<(), String> {
    let site = run.site();
    let is_out = site.exists()
        && crate::archive::files_in(site).values().any(|bytes| String::from_utf8_lossy(bytes).contains(words));
    match (run.code, run.tells("leak"), is_out) {
        (1, true, false) => Ok(()),
        // A ledger that is damaged publishes nothing either.
        (1, false, false) if run.tells("ids-lock") => Ok(()),
        (code, tells, out) => Err(format!("{place}: code {code}, told {tells}, published {out}\n{}", run.stderr)),
    }
}

#[test]
fn what_is_planted_is_found_on_every_surface() {
    let (mut planted, mut missed) = (0, Vec::new());
    for secret in SECRETS {
        let clean = (secret.withhold)(base()).build();
        assert!(clean.code == 0 && !clean.tells("leak"), "{}: {}", secret.name, clean.stderr);
        for (surface, plant) in SURFACES {
            let archive = plant((secret.withhold)(base()), secret.words);
            let place = format!("{} in {surface}", secret.name);
            planted += 1;
            missed.extend(is_stopped(&archive.build(), secret.words, &place).err());
        }
    }
    assert!(missed.is_empty(), "{} of {planted} missed\n{}", missed.len(), missed.join("\n"));
}

/// Places in the document that redacts the words: there they were forgotten.
#[test]
fn what_is_redacted_once_is_redacted_everywhere() {
    let fields = [
        "title",
        "subtitle",
        "date_printed",
        "source",
        "issuer",
        "doc_number",
        "index_number",
        "kind",
        "rights",
        "access_note",
        "proofread",
    ];
    let lists = ["authors", "subjects", "people", "places", "organisations"];
    let of_field = |field: &str, value: String| match field {
        "title" => format!("title = {value}"),
        _ => format!("title = \"一案\"\n{field} = {value}"),
    };
    let records: Vec<String> = fields
        .iter()
        .map(|field| of_field(field, "\"记沈某某\"".to_string()))
        .chain(lists.iter().map(|field| of_field(field, "[\"沈某某\"]".to_string())))
        .collect();
    let texts = [
        "沈某某又说。",
        "## 沈某某\n\n文。",
        "- 沈某某",
        "> 沈某某",
        "| 沈某某 |\n|---|\n| 乙 |",
        "注[^n]。\n\n[^n]: 沈某某。",
        "![沈某某](a.png)",
        "[他](a.png \"沈某某\")",
        "    沈某某",
        "`沈某某`",
        "```\n沈某某\n```",
        "**沈某某**",
        "~~沈某某~~",
        "<b>沈某某</b>",
        "## 一 {#沈某某}\n\n文。",
        "x^{沈某某}",
    ];
    let redacted = "[沈某某]{redact=\"隐私\"}。";
    let mut missed = Vec::new();
    let cases = records.iter().map(|fields| (fields.as_str(), redacted.to_string()));
    let cases = cases.chain(texts.iter().map(|text| ("title = \"一案\"", format!("{redacted}\n\n{text}\n"))));
    for (fields, body) in cases {
        let archive = base()
            .document("laws/case/index.md", fields, &body)
            .file("content/laws/case/a.png", picture(b"tEXt", b"x"));
        missed.extend(is_stopped(&archive.build(), "沈某某", &format!("{fields}\n{body}")).err());
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn what_another_document_says_openly_is_told_and_published() {
    let open = base().document(
        "laws/other.md",
        "title = \"另一件\"",
        &format!("沈某某说。{SENTENCE}。\n\n## {HEADING}\n\n文。"),
    );
    for secret in SECRETS.iter().take(3) {
        let archive = (secret.withhold)(copy(&open));
        let run = archive.build();
        assert_eq!(run.code, 0, "{}: {}", secret.name, run.stderr);
        assert_eq!(run.tells("also-open"), secret.name != "embargoed", "{}: {}", secret.name, run.stderr);
    }
}

fn copy(archive: &Archive) -> Archive {
    let files = crate::archive::files_in(archive.path());
    files.into_iter().fold(Archive::new(), |copy, (path, bytes)| copy.file(&path, bytes))
}
