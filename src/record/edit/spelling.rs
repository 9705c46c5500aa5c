//! How a value is written: as the one before it was, where that can hold it.
//!
//! toml_writer, with which the toml crate writes, quotes and escapes.

use toml::Value;
use toml_writer::{TomlKeyBuilder, TomlStringBuilder};

/// A value on one line. `before` is what stood in its place.
pub(super) fn value(value: &Value, before: Option<&str>) -> String {
    match value {
        Value::String(text) => string(text, before.unwrap_or_default()),
        Value::Array(members) => {
            let members: Vec<String> = members.iter().map(|member| self::value(member, None)).collect();
            format!("[{}]", members.join(", "))
        }
        Value::Table(table) if table.is_empty() => "{}".to_string(),
        Value::Table(table) => {
            let entries: Vec<String> =
                table.iter().map(|(name, member)| format!("{} = {}", key(name), self::value(member, None))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

/// A text between the quotation marks of the one before. Line breaks are escaped, so that the file's line ends are not
/// taken for the text's.
fn string(text: &str, before: &str) -> String {
    let builder = TomlStringBuilder::new(text);
    let short = match before.chars().next() {
        Some('"') => None,
        Some('\'') => builder.as_literal(),
        _ => builder.as_basic_pretty().or_else(|| builder.as_literal()),
    };
    let written = short.unwrap_or_else(|| builder.as_basic());
    toml_writer::ToTomlValue::to_toml_value(&written)
}

/// Keys joined by dots.
pub(super) fn keys<'a>(path: impl IntoIterator<Item = &'a str>) -> String {
    path.into_iter().map(key).collect::<Vec<_>>().join(".")
}

/// A key, quoted where it must be.
pub(super) fn key(name: &str) -> String {
    toml_writer::ToTomlKey::to_toml_key(&TomlKeyBuilder::new(name).as_default())
}
