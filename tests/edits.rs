//! However a person's record is changed, only what must change does, and it reads back as it was meant.
//!
//! The oracle knows nothing of bytes: it makes the same changes in a tree of values, and holds what came of the text
//! against that; and it has the file as the pieces it was put together from, of which each that no change named must
//! stand where it stood. `FONDS_FUZZ=100000` makes that many cases, and others each time.

use fonds::record::edit::{Edited, Splice, apply};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use toml::{Table, Value};

fn run<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let asked = std::env::var("FONDS_FUZZ").ok().and_then(|cases| cases.parse().ok());
    let config = Config { cases: asked.unwrap_or(cases), failure_persistence: None, ..Config::default() };
    let mut runner = match asked {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    runner.run(strategy, test).unwrap_or_else(|fault| panic!("{fault}"));
}

/// Something that stands in a record: the field that it belongs to, and its lines.
#[derive(Debug, Clone)]
struct Piece {
    field: Option<&'static str>,
    text: String,
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let pick = |list: &[&'static str]| prop::sample::select(list.to_vec());
    let id = pick(&["id = \"x\"", "  id='x'   # 号", "\"id\"\t=\t\"x\""]);
    let title =
        pick(&["title = \"甲\"", "title=\"\"\"甲\n# 乙\"\"\" # 题", "title = '''\n# 丙\n'''", "'title' = '论\"库\"'"]);
    let authors = pick(&[
        "authors = [\"甲\", '乙']",
        "authors = [\n  \"甲\", # 一\n  # 二\n  \"乙\"\n]",
        "authors = [\n\t\"甲\",\n\t\"乙\",\n] # 完",
        "authors = []",
        "authors = [ # 无\n]",
        "authors = [{ name = \"甲\", role = \"编\" }, \"乙\"]",
        "authors = [\"甲\"\n  , \"乙\" # 二\n  ,]",
        "authors = \"甲\"",
    ]);
    let date = pick(&["date = 1966-05-16 # 见", "date = \"1966\"", "date = 1966"]);
    let subjects = pick(&["subjects = [ \"一\" ,\"二\" , ]", "subjects = [\"一\",\n\"二\"]", "subjects=['一']"]);
    let original = pick(&[
        "original = { file = \"a\", sha256 = 'b' }",
        "original = {}",
        "original.file = \"a\" # 原件\noriginal . sha256 = 'b'",
        "original = { file = \"a\", # 原件\n  sha256 = 'b',\n}",
    ]);
    let flag = pick(&["draft = true", "draft=false#稿"]);
    let odd = pick(&["\"架号\" = [1, 2]", "sort.name = \"x\"\nsort.given = 'y'"]);
    let table = |list: &[&'static str]| prop::option::of(pick(list));
    let original_table =
        table(&["[original]\nfile = \"a\"\n# 原件\n\n  bytes = 1_000", "[ original ] # 原\n", "[original]"]);
    let aliases_table = table(&["[section_aliases]\n\"总则\" = \"s1\"\nb = 'x#y'", "  [section_aliases]\n  a=\"b\""]);
    let authors_tables = table(&["[[authors]]\nname = \"甲\"\n[[authors]] # 二\nname='乙'\n[authors.extra]\na = 1"]);
    let sources_tables = table(&["[[sources]]\noffice = \"甲\"\n\n[sources.original]\nfile = \"z\"", "[[sources]]"]);
    let extra_tables = table(&[
        "[extra]\na = 1\n\"b c\" = [\n1]",
        "[extra.sub]\na = 1",
        "[extra]\nsub.b = 1",
        "[extra]\nsub = { b.c = 1 } # 注",
    ]);
    let between =
        prop::sample::select(vec!["", "", "\n", "# 手记 = 1\n", "\n\n", "   \n# 注\n\n", "#\n#title = \"x\"\n"]);
    let eol = prop::sample::select(vec!["\n", "\r\n", "mixed"]);
    (
        (
            prop::option::of(id),
            prop::option::of(title),
            prop::option::of(authors),
            prop::option::of(date),
            prop::option::of(subjects),
            prop::option::of(original),
            prop::option::of(flag),
            prop::option::of(odd),
        ),
        (original_table, aliases_table, authors_tables, sources_tables, extra_tables),
        prop::collection::vec(between, 16),
        eol,
        any::<u64>(),
    )
        .prop_map(|(fields, tables, between, eol, seed)| {
            let (id, title, authors, date, subjects, original, flag, odd) = fields;
            let (original_table, aliases, authors_tables, sources, extra) = tables;
            let original_table = original_table.filter(|_| original.is_none());
            let authors_tables = authors_tables.filter(|_| authors.is_none());
            let mut list: Vec<(&'static str, String)> = Vec::new();
            let odd_key = if odd.is_some_and(|odd| odd.starts_with('s')) { "sort" } else { "架号" };
            for (key, text) in [
                ("id", id),
                ("title", title),
                ("authors", authors),
                ("date", date),
                ("subjects", subjects),
                ("original", original),
                ("draft", flag),
                (odd_key, odd),
            ] {
                list.extend(text.map(|text| (key, text.to_string())));
            }
            let turn = if list.is_empty() { 0 } else { seed as usize % list.len() };
            list.rotate_left(turn);
            let mut behind: Vec<(&'static str, String)> = Vec::new();
            for (key, text) in [
                ("original", original_table),
                ("section_aliases", aliases),
                ("authors", authors_tables),
                ("sources", sources),
                ("extra", extra),
            ] {
                behind.extend(text.map(|text| (key, text.to_string())));
            }
            let turn = if behind.is_empty() { 0 } else { (seed >> 8) as usize % behind.len() };
            behind.rotate_left(turn);
            list.extend(behind);
            let mut pieces = Vec::new();
            let mut dice = seed;
            let mut ended = |text: &str| match eol {
                "mixed" => text
                    .split_inclusive('\n')
                    .map(|line| {
                        dice = dice.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                        if dice >> 63 == 1 { line.replace('\n', "\r\n") } else { line.to_string() }
                    })
                    .collect(),
                eol => text.replace('\n', eol),
            };
            for (at, (key, text)) in list.into_iter().enumerate() {
                let remark = between[at % between.len()];
                if !remark.is_empty() {
                    pieces.push(Piece { field: None, text: ended(remark) });
                }
                pieces.push(Piece { field: Some(key), text: ended(&format!("{text}\n")) });
            }
            pieces.push(Piece { field: None, text: ended(between[15]) });
            pieces
        })
}

#[derive(Debug, Clone)]
enum Change {
    Set(Vec<&'static str>, Value),
    Remove(Vec<&'static str>),
    Append(&'static str, Table),
}

fn change() -> impl Strategy<Value = Change> {
    let path = prop::sample::select(vec![
        vec!["id"],
        vec!["title"],
        vec!["authors"],
        vec!["date"],
        vec!["subjects"],
        vec!["original"],
        vec!["original", "file"],
        vec!["original", "bytes"],
        vec!["section_aliases"],
        vec!["section_aliases", "总则"],
        vec!["section_aliases", "s.1 \"x\""],
        vec!["extra"],
        vec!["extra", "a"],
        vec!["extra", "sub", "b"],
        vec!["extra", "sub", "b", "c"],
        vec!["extra", "new", "x"],
        vec!["draft"],
        vec!["sort", "name"],
        vec!["sort", "new"],
        vec!["架号"],
        vec!["sources"],
        vec!["aliases"],
        vec!["unknown"],
    ]);
    let text = prop::sample::select(vec![
        "x",
        "",
        "论\"库\"",
        "it's",
        "'\"",
        "a\\b",
        "一\n二",
        "\r\n",
        "# x",
        "\u{1}",
        "\"\"\"",
        "甲",
    ]);
    let table = |entries: Vec<(&'static str, Value)>| {
        entries.into_iter().map(|(key, value)| (key.to_string(), value)).collect::<Table>()
    };
    let member = prop_oneof![
        text.clone().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        (-5_i64..2000).prop_map(Value::from),
    ];
    let entries = prop::collection::vec(
        (prop::sample::select(vec!["file", "sha256", "bytes", "a", "sub", "总则", "x y"]), member.clone()),
        0..4,
    );
    let table = entries.prop_map(table);
    let value = prop_oneof![
        4 => member.clone(),
        3 => prop::collection::vec(prop::sample::select(vec!["甲", "乙", "一", "二", "丙"]).prop_map(Value::from), 0..5).prop_map(Value::Array),
        2 => table.clone().prop_map(Value::Table),
        1 => prop::collection::vec(table.clone().prop_map(Value::Table), 1..3).prop_map(Value::Array),
    ];
    prop_oneof![
        4 => (path.clone(), value).prop_map(|(path, value)| Change::Set(path, value)),
        2 => path.prop_map(Change::Remove),
        1 => (prop::sample::select(vec!["sources", "authors"]), table).prop_map(|(key, table)| Change::Append(key, table)),
    ]
}

/// The same change in a tree. None where there is no place for it.
fn model(all: &mut Table, path: &[&str], value: Option<Value>) -> Option<()> {
    let [key, rest @ ..] = path else { return None };
    if rest.is_empty() {
        match value {
            Some(value) => drop(all.insert(key.to_string(), value)),
            None => drop(all.remove(*key)),
        }
        return Some(());
    }
    match all.get_mut(*key) {
        None if value.is_none() => Some(()),
        None => {
            let mut inner = Table::new();
            model(&mut inner, rest, value)?;
            all.insert(key.to_string(), Value::Table(inner));
            Some(())
        }
        Some(Value::Table(inner)) => model(inner, rest, value),
        Some(_) if value.is_none() => Some(()),
        Some(_) => None,
    }
}

fn without_empty(table: &Table) -> Table {
    table
        .iter()
        .filter_map(|(key, value)| match value {
            Value::Table(inner) => {
                let inner = without_empty(inner);
                (!inner.is_empty()).then(|| (key.clone(), Value::Table(inner)))
            }
            value => Some((key.clone(), value.clone())),
        })
        .collect()
}

/// What stands around the record: a byte-order mark, the lines of +++, the text.
fn around() -> impl Strategy<Value = (&'static str, &'static str, &'static str)> {
    let end = prop::sample::select(vec!["\n", "\r\n"]);
    let mark = prop::sample::select(vec!["", "\u{feff}"]);
    let body = prop::sample::select(vec!["", "\n文。\n", "\r\n一\r\n二\n三", "+++\n"]);
    (mark, end, body)
}

/// Makes the changes in the file and in the tree, and gives the fields that were changed.
fn made(edited: &mut Edited, all: &mut Table, changes: &[Change]) -> Result<Vec<&'static str>, TestCaseError> {
    let mut named = Vec::new();
    for change in changes {
        let before = edited.text();
        let mut next = all.clone();
        let (top, is_there, outcome) = match change {
            Change::Set(path, value) => {
                (path[0], model(&mut next, path, Some(value.clone())).is_some(), edited.set(path, value.clone()))
            }
            Change::Remove(path) => (path[0], model(&mut next, path, None).is_some(), edited.remove(path)),
            Change::Append(key, table) => {
                let list = next.entry(*key).or_insert_with(|| Value::Array(Vec::new())).as_array_mut();
                let is_there = list.map(|list| list.push(Value::Table(table.clone()))).is_some();
                (*key, is_there, edited.append(key, table))
            }
        };
        prop_assert_eq!(outcome.is_ok(), is_there, "{:?} {:?} in\n{}", outcome, change, before);
        if is_there {
            *all = next;
            named.push(top);
        } else {
            prop_assert_eq!(&before, &edited.text(), "what is refused changes nothing");
        }
        let Some(Value::Table(is)) = edited.value(&[]) else { return Err(TestCaseError::fail(edited.text())) };
        prop_assert_eq!(without_empty(&is), without_empty(all), "{:?}\n{}\n{}", change, before, edited.text());
    }
    Ok(named)
}

#[test]
fn any_changes_of_a_record_leave_every_other_byte() {
    run(3000, &(pieces(), prop::collection::vec(change(), 1..5), around()), |(pieces, changes, (mark, end, body))| {
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let (head, close) = (format!("{mark}+++{end}"), format!("+++{end}{body}"));
        let file = format!("{head}{text}{close}");
        let fault = |fault: fonds::diagnostic::Diagnostic| TestCaseError::fail(format!("{fault:?}\n{text}"));
        let mut edited = Edited::document(&file, "content/a.md").map_err(fault)?;
        prop_assert_eq!(&edited.text(), &file);
        let mut all: Table = text.parse().expect("TOML");
        let named = made(&mut edited, &mut all, &changes)?;
        let changed = edited.text();
        let record = changed.strip_prefix(&head).and_then(|rest| rest.strip_suffix(&close));
        let Some(record) = record else { return Err(TestCaseError::fail(format!("{changes:?}\n{file}\n{changed}"))) };
        let mut at = 0;
        for piece in &pieces {
            let own = match piece.field {
                Some(field) if named.contains(&field) => "",
                Some(_) => piece.text.trim_end(),
                None => piece.text.trim(),
            };
            let found = record[at..].find(own);
            prop_assert!(found.is_some(), "{own:?} is gone: {changes:?}\n{text}\n{record}");
            at += found.unwrap_or_default() + own.len();
        }
        let has_lone_lf = |text: &str| text.replace("\r\n", "").contains('\n');
        let whole = format!("{head}{text}");
        if !whole.contains('\r') {
            prop_assert!(!record.contains('\r'), "{changes:?} {text:?} {record:?}");
        }
        if !has_lone_lf(&whole) {
            prop_assert!(!has_lone_lf(record), "{changes:?} {text:?} {record:?}");
        }
        Ok(())
    });
}

#[test]
fn whatever_is_toml_is_changed_as_meant_or_left_alone() {
    let slip = prop::sample::select(vec![
        "\n",
        "\"",
        "'",
        "#",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        ",",
        ".",
        "=",
        "\t",
        "\\",
        "'''",
        "\"\"\"",
        "甲",
        "\r",
        "\r\n",
        " ",
        "a",
        "\na = 1\n",
        "\n[a]\n",
        "\n[original.x]\n",
        "\n[[sources]]\n",
        "\nextra.sub.z = 1\n",
        ", # x\n",
        "\u{feff}",
    ]);
    let slips = prop::collection::vec((any::<prop::sample::Index>(), slip), 1..3);
    run(3000, &(pieces(), slips, prop::collection::vec(change(), 1..3)), |(pieces, slips, changes)| {
        let mut text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        for (at, slip) in slips {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            text.insert_str(*at.get(&places), slip);
        }
        let Ok(mut edited) = Edited::document(&format!("+++\n{text}\n+++\n"), "content/a.md") else { return Ok(()) };
        for change in &changes {
            let before = edited.text();
            let (path, meant, outcome) = match change {
                Change::Set(path, value) => (path.as_slice(), Some(value), edited.set(path, value.clone())),
                Change::Remove(path) => (path.as_slice(), None, edited.remove(path)),
                Change::Append(..) => continue,
            };
            match outcome {
                Ok(()) => {
                    let is_empty = |value: &Value| value.as_table().is_some_and(Table::is_empty);
                    let is = edited.value(path).filter(|value| !is_empty(value));
                    let meant = meant.filter(|value| !is_empty(value)).cloned();
                    prop_assert_eq!(is, meant, "{:?}\n{}\n{}", change, before, edited.text());
                }
                Err(_) => prop_assert_eq!(&before, &edited.text()),
            }
        }
        Ok(())
    });
}

#[test]
fn another_text_keeps_the_lines_that_both_have() {
    let line = prop::sample::select(vec!["甲\n", "乙\n", "\n", "丙\r\n", "\r\n", "丁\n", "戊\r\n"]);
    let lines = || prop::collection::vec(line.clone(), 0..8);
    let last = prop::sample::select(vec!["", "末"]);
    run(2000, &(lines(), lines(), last.clone(), last), |(old, new, old_last, new_last)| {
        let body = old.concat() + old_last;
        let head = "+++\r\ntitle = \"甲\"\r\n+++\r\n";
        let mut edited = Edited::document(&format!("{head}{body}"), "content/a.md").expect("a record");
        let wanted = new.concat().replace("\r\n", "\n") + new_last;
        edited.set_body(&wanted);
        prop_assert_eq!(edited.body(), wanted.clone());
        let text = edited.text();
        let made: Vec<&str> = text.strip_prefix(head).expect("the record as it was").split_inclusive('\n').collect();
        let stood: Vec<&str> = body.split_inclusive('\n').collect();
        // What both begin and end with is as it was, line ends too.
        let same = |(one, other): &(&&str, &&str)| one.replace("\r\n", "\n") == other.replace("\r\n", "\n");
        let begin = stood.iter().zip(&made).take_while(same).count();
        prop_assert_eq!(&stood[..begin.saturating_sub(1)], &made[..begin.saturating_sub(1)]);
        if body.replace("\r\n", "\n") == wanted {
            prop_assert_eq!(stood, made);
        }
        Ok(())
    });
}

#[test]
fn bytes_are_put_in_the_place_of_others_or_the_overlap_is_told() {
    let text = "甲a乙\r\nb丙";
    let splice = (0..text.len() + 2, 0..4_usize, prop::sample::select(vec!["", "x", "丁\n"]));
    run(3000, &prop::collection::vec(splice, 0..4), |splices| {
        let splices: Vec<Splice> =
            splices.into_iter().map(|(start, length, with)| Splice::new(start..start + length, with)).collect();
        let mut distinct: Vec<Splice> = Vec::new();
        splices.iter().for_each(|splice| {
            if !distinct.contains(splice) {
                distinct.push(splice.clone())
            }
        });
        let is_in = |splice: &Splice| text.get(splice.span.clone()).is_some();
        let meets = |one: &Splice, other: &Splice| {
            one.span.start < other.span.end && other.span.start < one.span.end
                || one.span.is_empty() && other.span.start < one.span.start && one.span.start < other.span.end
        };
        let meet = distinct
            .iter()
            .enumerate()
            .any(|(at, one)| distinct.iter().enumerate().any(|(other_at, other)| at != other_at && meets(one, other)));
        let may = distinct.iter().all(is_in) && !meet;
        let made = apply(text, splices.clone());
        prop_assert_eq!(made.is_ok(), may, "{:?}", splices);
        let Ok(made) = made else { return Ok(()) };
        // From the end to the beginning no place moves.
        distinct.sort_by_key(|splice| (splice.span.start, splice.span.end));
        let mut naive = text.to_string();
        distinct.iter().rev().for_each(|splice| naive.replace_range(splice.span.clone(), &splice.with));
        prop_assert_eq!(made, naive);
        Ok(())
    });
}

/// A record with changes made in it.
fn with(record: &str, change: impl FnOnce(&mut Edited) -> Result<(), fonds::diagnostic::Diagnostic>) -> String {
    let mut edited = Edited::document(&format!("+++\n{record}+++\n"), "content/a.md").expect("a record");
    change(&mut edited).expect("a change");
    let text = edited.text();
    text.strip_prefix("+++\n").and_then(|text| text.strip_suffix("+++\n")).expect("a record").to_string()
}

fn texts(members: &[&str]) -> Vec<String> {
    members.iter().map(ToString::to_string).collect()
}

#[test]
fn a_field_is_written_where_a_person_would_write_it() {
    let cases = [
        (
            "title = \"甲\" # 题\nkind = \"x\"\n\n[extra]\na = 1\n",
            "title = \"甲\" # 题\ndate = \"1966\"\nkind = \"x\"\n\n[extra]\na = 1\n",
        ),
        ("# 手记\n\n# 文种\nkind = \"x\"\n", "# 手记\n\ndate = \"1966\"\n# 文种\nkind = \"x\"\n"),
        ("", "date = \"1966\"\n"),
        ("# 表\n[extra]\na = 1\n", "date = \"1966\"\n\n# 表\n[extra]\na = 1\n"),
        ("  title='甲'\n", "  title='甲'\n  date = \"1966\"\n"),
        ("date   = 1965 # 见\n", "date   = \"1966\" # 见\n"),
        ("date   = '1965'\n", "date   = '1966'\n"),
        ("date = \"\"\"\n1965\"\"\"\n", "date = \"1966\"\n"),
        ("date = \"19\\u00366\"\n", "date = \"19\\u00366\"\n"),
    ];
    for (before, after) in cases {
        assert_eq!(with(before, |record| record.set(&["date"], "1966")), after);
    }
}

#[test]
fn lists_keep_their_lines_and_remarks() {
    let cases: [(&str, &[&str], &str); 7] = [
        (
            "authors = [\n  \"甲\", # 一\n  \"乙\" # 二\n]\n",
            &["甲", "乙", "丙"],
            "authors = [\n  \"甲\", # 一\n  \"乙\", # 二\n  \"丙\"\n]\n",
        ),
        (
            "authors = [\n  \"甲\", # 一\n  \"乙\",\n  \"丙\",\n]\n",
            &["甲", "丙"],
            "authors = [\n  \"甲\", # 一\n  \"丙\",\n]\n",
        ),
        (
            "authors = [\n  \"甲\",\n  \"乙\",\n]\n",
            &["丙", "甲", "乙", "丁"],
            "authors = [\n  \"丙\",\n  \"甲\",\n  \"乙\",\n  \"丁\",\n]\n",
        ),
        ("authors = ['甲', \"乙\"]\n", &["丁", "乙", "丙"], "authors = ['丁', \"乙\", \"丙\"]\n"),
        ("authors = [ \"甲\" , \"乙\" ]\n", &["乙"], "authors = [ \"乙\" ]\n"),
        ("authors = [ # 无\n]\n", &["甲"], "authors = [\"甲\" # 无\n]\n"),
        ("authors = \"甲\" # 一\n", &["甲", "乙"], "authors = [\"甲\", \"乙\"] # 一\n"),
    ];
    for (before, members, after) in cases {
        assert_eq!(with(before, |record| record.set(&["authors"], texts(members))), after);
    }
}

#[test]
fn tables_are_changed_as_they_are_written() {
    let cases = [
        ("original = { file = \"a\" } # 原\n", "original = { file = \"a\", bytes = 1 } # 原\n"),
        ("original.file = \"a\"\nkind = \"x\"\n", "original.file = \"a\"\noriginal.bytes = 1\nkind = \"x\"\n"),
        (
            "[original]\n  file = \"a\"\n  encoding = \"x\"\n",
            "[original]\n  file = \"a\"\n  bytes = 1\n  encoding = \"x\"\n",
        ),
        (
            "title = \"甲\"\n# 其他\n[extra]\na = 1\n",
            "title = \"甲\"\n\n[original]\nbytes = 1\n\n# 其他\n[extra]\na = 1\n",
        ),
    ];
    for (before, after) in cases {
        assert_eq!(with(before, |record| record.set(&["original", "bytes"], 1)), after);
    }
    let record = "title = \"甲\"\n\n[original]\nfile = \"a\"\n\n[extra]\na = 1\n";
    assert_eq!(with(record, |record| record.remove(&["original"])), "title = \"甲\"\n\n[extra]\na = 1\n");
    let author = Value::Array(vec![Value::Table("affiliation = \"馆\"\nname = \"甲\"".parse().expect("a table"))]);
    assert_eq!(
        with("title = \"甲\"\n", |record| record.set(&["authors"], author)),
        "title = \"甲\"\n\n[[authors]]\nname = \"甲\"\naffiliation = \"馆\"\n"
    );
}

#[test]
fn another_source_stands_behind_the_one_before() {
    let sources: [Table; 2] = ["office = \"甲\"\n[original]\nsha256 = \"b\"\nfile = \"a\"", "office = \"乙\""]
        .map(|source| source.parse().expect("a table"));
    let written = with("title = \"甲\"\n\n[extra]\na = 1\n", |record| {
        sources.iter().try_for_each(|source| record.append("sources", source))
    });
    assert_eq!(
        written,
        "title = \"甲\"\n\n[[sources]]\noffice = \"甲\"\n\n[sources.original]\nfile = \"a\"\nsha256 = \"b\"\n\n\
         [[sources]]\noffice = \"乙\"\n\n[extra]\na = 1\n"
    );
}
