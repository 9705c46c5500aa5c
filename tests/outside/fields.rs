//! The reference of fields is complete and right: every field that fonds knows stands in the tables of
//! docs/content/reference/archive.md, no other does, and what they give for examples is taken. Of a record, the tables
//! follow from the list of fields in src/record/table.rs: `FONDS_BLESS=1` rewrites them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fonds::record::table;

use crate::archive::{Archive, Run};

/// A name that is near to none.
const STRANGER: &str = "zzzzzzzzzzzzzzzz";

/// What stands above the first column of the tables.
const HEAD: &str = "field, with an example";

/// A row of the tables.
struct Row {
    /// The table of TOML in which the field stands, empty for none.
    table: String,
    field: String,
    example: String,
}

/// The rows by the heading above them.
fn documented() -> BTreeMap<String, Vec<Row>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/reference/archive.md");
    let text = std::fs::read_to_string(path).expect("the reference");
    let mut rows: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let (mut heading, mut is_ours) = ("", false);
    for line in text.lines() {
        heading = line.strip_prefix("## ").unwrap_or(heading);
        let cell = line.trim_matches('|').split('|').next().unwrap_or_default().trim();
        is_ours = line.starts_with('|') && (is_ours || cell == HEAD);
        if !is_ours || cell == HEAD || cell.starts_with("---") {
            continue;
        }
        let quoted: Vec<&str> = cell.split('`').map(str::trim).filter(|word| !word.is_empty()).collect();
        let (table, example) = match quoted[..] {
            [table, example] => (table, example),
            [example] => ("", example),
            _ => panic!("{line}"),
        };
        let (field, _) = example.split_once(" = ").unwrap_or_else(|| panic!("no example: {line}"));
        let row = Row { table: table.to_string(), field: field.to_string(), example: example.to_string() };
        rows.entry(heading.to_string()).or_default().push(row);
    }
    rows
}

/// All examples as TOML.
fn written<'a>(rows: impl Iterator<Item = &'a Row>) -> String {
    let mut text = String::new();
    let mut table = "";
    for row in rows {
        if row.table != table {
            table = &row.table;
            text.push_str(&format!("\n{table}\n"));
        }
        text.push_str(&row.example);
        text.push('\n');
    }
    text
}

fn heading<'a>(rows: &'a BTreeMap<String, Vec<Row>>, start: &str) -> &'a [Row] {
    let found = rows.iter().find(|(heading, _)| heading.starts_with(start));
    found.map(|(_, rows)| rows.as_slice()).unwrap_or_else(|| panic!("no table below {start}"))
}

#[test]
fn examples_of_fields_are_taken() {
    let rows = documented();
    let record = heading(&rows, "The record");
    let of_author = |row: &&Row| row.table == "[[authors]]";
    let other = "title = \"Another\"\nissuer = \"江城县图书馆\"\ndate = \"1966\"\nsource = \"江城县图书馆\"\nrights = \"none\"\n";
    let run = Archive::new()
        .file("site.toml", written(heading(&rows, "site.toml").iter()))
        .file("content/letters/_index.md", format!("+++\n{}+++\n", written(heading(&rows, "A collection").iter())))
        .file(
            "content/letters/first.md",
            format!("+++\n{}+++\n\nText.\n", written(record.iter().filter(|row| !of_author(row)))),
        )
        .file(
            "content/letters/second.md",
            format!("+++\n{other}{}+++\n\nText.\n", written(record.iter().filter(of_author))),
        )
        .run(&["check", "--drafts"]);
    assert_eq!((run.code, run.stderr.matches("error[").count()), (0, 0), "{}", run.stderr);
}

#[test]
fn every_field_is_in_the_reference_and_no_other() {
    let rows = documented();
    let line = format!("{STRANGER} = 1\n");
    let tables = |names: &[&str]| names.iter().map(|name| format!("[{name}]\n{line}")).collect::<String>();
    let site = format!("title = \"x\"\n{line}{}", tables(&["rights", "build", "records", "variants"]));
    let record =
        format!("title = \"x\"\n{line}[[authors]]\nname = \"x\"\n{line}{}[[sources]]\n{line}", tables(&["original"]));
    let files = [
        ("site.toml", site, "site.toml"),
        ("content/letters/_index.md", format!("+++\n{line}+++\n"), "a collection"),
        ("content/letters/first.md", format!("+++\n{record}+++\n"), "the record"),
    ];
    let archive = files.iter().fold(Archive::new(), |archive, (path, text, _)| archive.file(path, text));
    let run = archive.run(&["check", "--format", "json"]);
    // The table that a line of a file belongs to.
    let table = |fault: &serde_json::Value| {
        let (_, text, whole) = files.iter().find(|(path, ..)| fault["file"] == *path).expect("a file");
        let line = usize::try_from(fault["line"].as_u64().expect("a line")).expect("small");
        let above: Vec<&str> = text.lines().take(line).collect();
        let header = above.iter().rev().find(|line| line.starts_with('['));
        header.map_or(*whole, |header| header.trim_matches(['[', ']'])).to_string()
    };
    // In JSON a help is one line, however wide the terminal is.
    let faults: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let mut known: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for fault in &faults {
        let text = |key: &str| fault[key].as_str().unwrap_or_default();
        if text("code") != "unknown-field" {
            continue;
        }
        // Each name stands between backticks; what is said of [extra] follows them.
        let names = text("help").split('`').skip(1).step_by(2).filter(|name| !name.starts_with('['));
        known.insert(table(fault), names.collect());
    }
    // A table without a field, kept for the archives that have it.
    known.get_mut("site.toml").expect("fields of site.toml").remove("theme");
    let mut told: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (start, place) in [("site.toml", "site.toml"), ("A collection", "a collection"), ("The record", "the record")] {
        for row in heading(&rows, start) {
            let table = row.table.trim_matches(['[', ']']);
            // A table in a table is a field of that.
            if let Some((outer, inner)) = table.split_once('.') {
                told.entry(outer.to_string()).or_default().insert(inner);
                continue;
            }
            // Of tables with names of a person's own, such as [extra], fonds lists none.
            if known.contains_key(table) {
                told.entry(table.to_string()).or_default().insert(&row.field);
            }
            let top = if table.is_empty() { &row.field } else { table };
            told.entry(place.to_string()).or_default().insert(top);
        }
    }
    assert_eq!(told, known);
}

/// A file of the guide, which is as it should be, or is rewritten where that is asked for.
fn is_as(path: &str, made: impl FnOnce(&str) -> String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = std::fs::read_to_string(&path).expect("a page of the guide");
    let wanted = made(&text);
    if std::env::var_os("FONDS_BLESS").is_some() {
        std::fs::write(&path, &wanted).expect("the page is written");
    } else {
        assert_eq!(text, wanted, "{} ; FONDS_BLESS=1 rewrites it", path.display());
    }
}

#[test]
fn the_tables_of_a_record_follow_from_the_list_of_fields() {
    is_as("docs/content/reference/archive.md", |text| {
        let (before, rest) = text.split_once("\n## The record of a document\n").expect("the heading");
        let mut tables = table::guide().into_iter();
        let mut made = format!("{before}\n## The record of a document\n");
        let mut is_in_table = false;
        for line in rest.split_inclusive('\n') {
            is_in_table &= line.starts_with('|');
            if !is_in_table {
                made.push_str(line);
            }
            if line.starts_with(&format!("| {HEAD} |")) {
                let rows = tables.next().expect("a table of fields");
                made.push_str("|---|---|\n");
                rows.iter().for_each(|row| made.extend([row, "\n"]));
                is_in_table = true;
            }
        }
        assert_eq!(tables.next(), None, "a table of fields that the page lacks");
        made
    });
}

#[test]
fn the_table_of_vocabularies_follows_from_the_list_of_fields() {
    let mut missing: BTreeSet<&str> =
        table::RECORD.iter().filter(|field| field.mapped.is_some()).map(|field| field.name).collect();
    is_as("docs/content/reference/formats.md", |text| {
        let mut row = |line: &str| {
            // Six vocabularies; another table of the section has fewer.
            let first = line.strip_prefix("| `").filter(|_| line.matches('|').count() == 8)?.split('|').next()?;
            let is_of_record = !first.contains("of site.toml");
            let names = format!("`{first}");
            let names: Vec<&str> = names.split('`').skip(1).step_by(2).collect();
            let fields = table::RECORD.iter().filter(|field| names.contains(&field.name));
            let fields: Vec<_> = fields.filter(|field| is_of_record && field.mapped.is_some()).collect();
            let mapped = fields.first()?.mapped?;
            assert!(fields.iter().all(|field| field.mapped == Some(mapped)), "{line}");
            fields.iter().for_each(|field| {
                missing.remove(field.name);
            });
            let cells = mapped.map(|cell| if cell.is_empty() { " |".to_string() } else { format!(" {cell} |") });
            Some(format!("| `{}|{}\n", first, cells.concat()))
        };
        let start = text.find("\n## A record in every vocabulary\n").expect("the heading");
        let end = text[start + 1..].find("\n## ").map_or(text.len(), |end| start + 1 + end);
        let lines = text[start..end].split_inclusive('\n');
        let made: String = lines.map(|line| row(line).unwrap_or_else(|| line.to_string())).collect();
        format!("{}{made}{}", &text[..start], &text[end..])
    });
    assert_eq!(missing, BTreeSet::new(), "fields without a row");
}

#[test]
fn the_landing_page_shows_the_fields_that_are_said_to_be_shown() {
    // A document for each field, which has nothing but that one.
    let fields = table::RECORD.iter().filter(|field| !matches!(field.name, "title" | "id" | "replaced_by" | "draft"));
    let line = |name: &str, example: &str| match name {
        "original" => "[original]\nfile = \"original/a.txt\"\n".to_string(),
        "sources" => "[[sources]]\noffice = \"甲馆\"\n".to_string(),
        "section_aliases" | "extra" => format!("[{name}]\n{example}\n"),
        "language" => "language = \"en\"\n".to_string(),
        _ => format!("{name} = {example}\n"),
    };
    let document = |fields: &str| format!("+++\ntitle = \"x\"\n{fields}+++\n\n## 三 {{#s3}}\n\n文。\n");
    let mut archive = Archive::new().file("content/plain.md", document(""));
    for field in fields.clone() {
        let path = format!("content/with-{}.md", field.name.replace('_', "-"));
        archive = archive.file(&path, document(&line(field.name, field.example)));
    }
    let run = archive.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let record = |run: &Run, id: &str| {
        let page = run.page(&format!("{id}/index.html"));
        let record = page.split("id=\"fonds-record\"").nth(1).expect("a record").split("</section>").next();
        record.expect("its end").replace(id, "")
    };
    let plain = record(&run, "plain");
    let is_shown = |name: &str| record(&run, &format!("with-{}", name.replace('_', "-"))) != plain;
    let [said, shown]: [BTreeSet<&str>; 2] = [
        fields.clone().filter(|field| field.is_shown).map(|field| field.name).collect(),
        fields.map(|field| field.name).filter(|name| is_shown(name)).collect(),
    ];
    assert_eq!(said, shown);
}
