//! Former addresses, written into a record. Every other line of it stays as it is: toml_edit keeps comments, order and
//! spaces.

use std::ops::Range;

use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

use crate::archive::former::folder_of;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::TomlMessage;

/// The record of a text with a change made in it.
///
/// # Errors
/// It is not TOML.
pub fn edited(
    text: &str,
    record: Range<usize>,
    file: &str,
    change: impl FnOnce(&mut DocumentMut),
) -> Result<String, Diagnostic> {
    let own = &text[record];
    let mut document: DocumentMut =
        own.parse().map_err(|_| Diagnostic::error(TomlMessage::RecordNotToml).in_file(file))?;
    change(&mut document);
    let edited = document.to_string();
    // toml_edit ends every line as Unix does.
    let is_windows = own.contains("\r\n") && !own.replace("\r\n", "").contains('\n');
    Ok(if is_windows { edited.replace("\r\n", "\n").replace('\n', "\r\n") } else { edited })
}

/// Says that a document had an address before, and has another one now.
pub fn keep_address(record: &mut DocumentMut, former: &str, now: &str) {
    let mut list = match record.get("aliases").and_then(Item::as_value) {
        Some(Value::Array(list)) => list.clone(),
        Some(Value::String(one)) => Array::from_iter([one.value().as_str()]),
        _ => Array::new(),
    };
    list.retain(|alias| alias.as_str().and_then(folder_of).is_none_or(|alias| alias != now && alias != former));
    list.push(former);
    match record.get_mut("aliases").and_then(Item::as_value_mut) {
        Some(known) => set(known, Value::Array(list)),
        None => {
            record.insert("aliases", value(list));
        }
    }
}

/// Gives a record another id, if it has one of its own.
pub fn set_id(record: &mut DocumentMut, id: &str) {
    if let Some(known) = record.get_mut("id").and_then(Item::as_value_mut) {
        set(known, Value::from(id));
    }
}

/// Changes the id of another document, where a record names it.
pub fn rename(record: &mut DocumentMut, old: &str, new: &str) {
    if let Some(by) = record.get_mut("replaced_by").and_then(Item::as_value_mut).filter(|by| by.as_str() == Some(old)) {
        set(by, Value::from(new));
    }
    let Some(table) = record.get_mut("section_aliases").and_then(Item::as_table_like_mut) else { return };
    for (_, place) in table.iter_mut() {
        let Some(place) = place.as_value_mut() else { continue };
        let section = place.as_str().and_then(|place| place.strip_prefix(old)?.strip_prefix('#'));
        if let Some(renamed) = section.map(|section| format!("{new}#{section}")) {
            set(place, Value::from(renamed));
        }
    }
}

/// Another value, with the spaces and the comment of the one before.
fn set(known: &mut Value, value: Value) {
    let decor = known.decor().clone();
    *known = value;
    *known.decor_mut() = decor;
}

/// Says which ids sections had before. An id that is in use again is former no more.
pub fn keep_sections(record: &mut DocumentMut, renamed: &[(String, String)], now: &[String]) {
    if !record.contains_key("section_aliases") {
        let mut table = Table::new();
        if !record.is_empty() {
            table.decor_mut().set_prefix("\n");
        }
        record.insert("section_aliases", Item::Table(table));
    }
    let Some(table) = record.get_mut("section_aliases").and_then(Item::as_table_like_mut) else { return };
    for id in now {
        table.remove(id);
    }
    for (old, new) in renamed {
        table.insert(old, value(new));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, change: impl FnOnce(&mut DocumentMut)) -> String {
        edited(text, 0..text.len(), "a.md", change).expect("TOML")
    }

    #[test]
    fn every_other_byte_stays() {
        let own = "# 手记\ntitle  =  \"甲\"   # 题\n\n[extra]\na = 1\n";
        assert_eq!(
            with(own, |record| keep_address(record, "a/x", "b/x")),
            "# 手记\ntitle  =  \"甲\"   # 题\naliases = [\"a/x\"]\n\n[extra]\na = 1\n"
        );
        assert_eq!(
            with("aliases = [\"a/x\"] # 旧\r\ntitle = \"甲\"\r\n", |record| keep_address(record, "b/x", "c/x")),
            "aliases = [\"a/x\", \"b/x\"] # 旧\r\ntitle = \"甲\"\r\n"
        );
        assert_eq!(
            with("aliases = \"/a/x/\"\ntitle = \"甲\"\n", |record| keep_address(record, "b/x", "a/x")),
            "aliases = [\"b/x\"]\ntitle = \"甲\"\n",
            "a document that moves back has its first address again"
        );
        let renamed = [("总则".to_string(), "s1".to_string())];
        assert_eq!(
            with(own, |record| keep_sections(record, &renamed, &["s1".to_string()])),
            format!("{own}\n[section_aliases]\n\"总则\" = \"s1\"\n")
        );
        assert_eq!(with("id = \"x\" # 号\n", |record| set_id(record, "y")), "id = \"y\" # 号\n");
        assert_eq!(with("title = \"x\"\n", |record| set_id(record, "y")), "title = \"x\"\n");
        assert_eq!(
            with("replaced_by = 'x' # 见\n[section_aliases]\ns1 = \"x#s2\"\ns2 = \"xy#s2\"\n", |record| rename(
                record, "x", "z"
            )),
            "replaced_by = \"z\" # 见\n[section_aliases]\ns1 = \"z#s2\"\ns2 = \"xy#s2\"\n"
        );
    }
}
