//! The reference of fields is complete and right: every field that fonds knows stands in the tables of
//! docs/content/reference/archive.md, no other does, and what they give for examples is taken.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::archive::Archive;

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
    let record = format!("title = \"x\"\n{line}[[authors]]\nname = \"x\"\n{line}{}", tables(&["original"]));
    let run = Archive::new()
        .file("site.toml", site)
        .file("content/letters/_index.md", format!("+++\n{line}+++\n"))
        .file("content/letters/first.md", format!("+++\n{record}+++\n"))
        .run(&["check", "--format", "json"]);
    // In JSON a help is one line, however wide the terminal is.
    let faults: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let mut known: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for fault in &faults {
        let text = |key: &str| fault[key].as_str().unwrap_or_default();
        let Some((_, place)) = text("message").split_once(&format!("no field `{STRANGER}` in ")) else { continue };
        let names = text("help").split(" (").next().and_then(|names| names.strip_prefix("there are: ")).expect("names");
        known.insert(place.to_string(), names.split(", ").collect());
    }
    // A table without a field, kept for the archives that have it.
    known.get_mut("site.toml").expect("fields of site.toml").remove("theme");
    let mut told: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (start, place) in [("site.toml", "site.toml"), ("A collection", "a collection"), ("The record", "the record")] {
        for row in heading(&rows, start) {
            let table = row.table.trim_matches(['[', ']']);
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
