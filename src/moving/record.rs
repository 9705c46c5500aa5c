//! Former addresses, written into a record.

use toml::{Table, Value};

use crate::archive::former::folder_of;
use crate::diagnostic::Diagnostic;
use crate::record::edit::Edited;

/// Says that a document had an address before, and has another one now.
///
/// # Errors
/// As of [`Edited::set`], here and below.
pub(crate) fn keep_address(record: &mut Edited, former: &str, now: &str) -> Result<(), Diagnostic> {
    let mut list = match record.value(&["aliases"]) {
        Some(Value::Array(list)) => list,
        Some(one @ Value::String(_)) => vec![one],
        _ => Vec::new(),
    };
    list.retain(|alias| alias.as_str().and_then(folder_of).is_none_or(|alias| alias != now && alias != former));
    list.push(former.into());
    record.set(&["aliases"], list)
}

/// Gives a record another id, if it has one of its own.
pub(crate) fn set_id(record: &mut Edited, id: &str) -> Result<(), Diagnostic> {
    match record.value(&["id"]) {
        Some(_) => record.set(&["id"], id),
        None => Ok(()),
    }
}

/// Changes the id of another document, where a record names it.
pub(crate) fn rename(record: &mut Edited, old: &str, new: &str) -> Result<(), Diagnostic> {
    if record.value(&["replaced_by"]).is_some_and(|by| by.as_str() == Some(old)) {
        record.set(&["replaced_by"], new)?;
    }
    for (former, place) in section_aliases(record) {
        let section = place.as_str().and_then(|place| place.strip_prefix(old)?.strip_prefix('#'));
        if let Some(section) = section {
            record.set(&["section_aliases", &former], format!("{new}#{section}"))?;
        }
    }
    Ok(())
}

/// Says which ids sections had before. An id that is in use again is former no more.
pub(crate) fn keep_sections(
    record: &mut Edited,
    renamed: &[(String, String)],
    now: &[String],
) -> Result<(), Diagnostic> {
    let known = section_aliases(record);
    for id in now.iter().filter(|id| known.contains_key(*id)) {
        record.remove(&["section_aliases", id])?;
    }
    renamed.iter().try_for_each(|(old, new)| record.set(&["section_aliases", old], new.as_str()))
}

fn section_aliases(record: &Edited) -> Table {
    match record.value(&["section_aliases"]) {
        Some(Value::Table(table)) => table,
        _ => Table::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, change: impl FnOnce(&mut Edited) -> Result<(), Diagnostic>) -> String {
        let mut record = Edited::document(&format!("+++\n{text}+++\n"), "a.md").expect("a record");
        change(&mut record).expect("a change");
        record.text().strip_prefix("+++\n").and_then(|text| text.strip_suffix("+++\n")).expect("a record").to_string()
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
            "# 手记\ntitle  =  \"甲\"   # 题\n\n[section_aliases]\n\"总则\" = \"s1\"\n\n[extra]\na = 1\n"
        );
        assert_eq!(with("id = \"x\" # 号\n", |record| set_id(record, "y")), "id = \"y\" # 号\n");
        assert_eq!(with("title = \"x\"\n", |record| set_id(record, "y")), "title = \"x\"\n");
        assert_eq!(
            with("replaced_by = 'x' # 见\n[section_aliases]\ns1 = \"x#s2\"\ns2 = \"xy#s2\"\n", |record| rename(
                record, "x", "z"
            )),
            "replaced_by = 'z' # 见\n[section_aliases]\ns1 = \"z#s2\"\ns2 = \"xy#s2\"\n"
        );
    }
}
