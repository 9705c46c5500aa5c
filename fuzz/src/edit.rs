//! A change of a person's file: the field has the new value, all others have theirs, and no byte changes that need not.

use fonds::diagnostic::Source;
use fonds::record::edit::Edited;
use fonds::record::front_matter;
use toml::{Table, Value};

const PATHS: [&[&str]; 10] = [
    &["title"],
    &["date"],
    &["subjects"],
    &["authors"],
    &["original", "file"],
    &["original", "sha256"],
    &["extra", "x"],
    &["extra", "a", "b"],
    &["draft"],
    &["split_level"],
];

fn values() -> [Value; 8] {
    let list = |members: &[&str]| Value::Array(members.iter().map(|member| Value::from(*member)).collect());
    [
        Value::from("新的"),
        Value::from("a \"quoted\" \\ line\nand another\t'''\u{1f}"),
        Value::from(true),
        Value::from(7),
        list(&[]),
        list(&["甲", "b"]),
        Value::Table(Table::from_iter([("k".to_string(), Value::from("v"))])),
        Value::from(""),
    ]
}

/// The first byte chooses the field, the second the value or that the field goes; the rest is the record.
pub fn run(bytes: &[u8]) {
    let [field, value, rest @ ..] = bytes else { return };
    let Ok(record) = std::str::from_utf8(rest) else { return };
    let path = PATHS[usize::from(*field) % PATHS.len()];
    let values = values();
    let file = format!("+++\n{record}\n+++\n文。\n");
    let Ok(mut edited) = Edited::document(&file, "content/a.md") else { return };
    assert_eq!(edited.text(), file, "nothing was changed yet");
    let before = whole(&edited);
    let old = edited.value(path);
    match values.get(usize::from(*value) % (values.len() + 2)) {
        Some(value) => set(&mut edited, path, value, old.as_ref(), &file),
        None if usize::from(*value) % 2 == 0 => remove(&mut edited, path, old.as_ref(), &file),
        None => {
            if let Some(old) = &old
                && edited.set(path, old.clone()).is_ok()
            {
                assert_eq!(edited.text(), file, "the value that it has already changes nothing: {path:?}");
            }
        }
    }
    let after = whole(&edited);
    assert_eq!(without(before, path), without(after, path), "another field changed:\n{file}\n{}", edited.text());
}

fn set(edited: &mut Edited, path: &[&str], value: &Value, old: Option<&Value>, file: &str) {
    if edited.set(path, value.clone()).is_err() {
        assert_eq!(edited.text(), file, "what is refused changes nothing");
        return;
    }
    let text = edited.text();
    let is_empty = |value: &Value| value.as_table().is_some_and(Table::is_empty);
    assert_eq!(
        edited.value(path).filter(|value| !is_empty(value)),
        Some(value.clone()).filter(|value| !is_empty(value)),
        "{file}\n{text}"
    );
    if old == Some(value) {
        assert_eq!(text, file, "it has that value already");
    }
    if old.is_none() {
        assert!(is_inserted(file, &text), "more than an insertion:\n{file}\n{text}");
    }
    let again = text.clone();
    edited.set(path, value.clone()).expect("it can be set again");
    assert_eq!(edited.text(), again, "the second time changes nothing");
}

fn remove(edited: &mut Edited, path: &[&str], old: Option<&Value>, file: &str) {
    if edited.remove(path).is_err() {
        assert_eq!(edited.text(), file, "what is refused changes nothing");
        return;
    }
    let text = edited.text();
    assert_eq!(edited.value(path), None, "{file}\n{text}");
    if old.is_none() {
        assert_eq!(text, file, "there was nothing to remove");
    }
}

/// The record as TOML reads it.
fn whole(edited: &Edited) -> Option<Value> {
    let text = edited.text();
    let split = front_matter::split(Source { file: "content/a.md", text: &text }).ok()?;
    let record = &text[split.record];
    Some(Value::Table(record.parse().expect("what was changed is TOML")))
}

/// All but a field; tables that are empty without it are none.
fn without(value: Option<Value>, path: &[&str]) -> Option<Value> {
    let Some(Value::Table(mut table)) = value else { return value };
    if let [first, rest @ ..] = path
        && let Some(inner) = table.remove(*first).filter(|_| !rest.is_empty())
    {
        match without(Some(inner), rest) {
            Some(Value::Table(inner)) if inner.is_empty() => {}
            Some(inner) => drop(table.insert((*first).to_string(), inner)),
            None => {}
        }
    }
    Some(Value::Table(table))
}

/// Whether a text is another one with something put in at one place.
fn is_inserted(before: &str, after: &str) -> bool {
    let same = |pair: &(u8, u8)| pair.0 == pair.1;
    let ahead = before.bytes().zip(after.bytes()).take_while(same).count();
    let behind = before.bytes().rev().zip(after.bytes().rev()).take_while(same).count();
    ahead + behind >= before.len()
}

pub fn seeds() -> Vec<Vec<u8>> {
    let record = "# 记录\ntitle = \"信\" # 题\ndate = 1950-12-01\nsubjects = [\n  \"a\", # 一\n  \"b\",\n]\noriginal = { file = \"a.html\" }\n\n\
                  [extra]\nx = 1\na.b = '''\n二\n'''\n";
    let other = "title = \"x\"\r\n[original]\r\nfile = \"a\"\r\n[[sources]]\r\nfile = \"b\"\r\n";
    (0..20).map(|at| [&[at / 2, at], if at % 2 == 0 { record } else { other }.as_bytes()].concat()).collect()
}
