//! A field: its name, what the guide says of it, and where it stands in what is read.

use std::borrow::Cow;

use serde::Serialize;

use super::date::Date;
use super::date_field;
use super::fields::Fields;
use crate::diagnostic::Report;

/// A field of the record, or of a table in it.
pub struct Field<T: 'static> {
    /// Its name in TOML.
    pub name: &'static str,
    /// A value for the guide, as TOML.
    pub example: &'static str,
    /// What the guide says of it.
    pub what: &'static str,
    /// What Chinese catalogues call it (DA/T 46-2009 and common forms).
    pub chinese: &'static [&'static str],
    /// Whether `records.csv` and `records.jsonl` have it.
    pub is_column: bool,
    /// Whether the landing page shows it.
    pub is_shown: bool,
    /// What other vocabularies call it, as the guide's table of formats says: Dublin Core, Highwire, JSON-LD, CSL-JSON,
    /// BibTeX, RIS.
    pub mapped: Option<[&'static str; 6]>,
    pub(super) slot: Slot<T>,
}

/// Where a field stands in the record, and how it is read.
pub(super) enum Slot<T: 'static> {
    Text(At<T, Option<String>>),
    Address(At<T, Option<String>>),
    Texts(At<T, Vec<String>>),
    Date(At<T, Option<Date>>),
    /// Read and told in a way of its own.
    Own(Read<T>, for<'a> fn(&'a T) -> Value<'a>),
    /// Read in a way of its own, and told by no list of records.
    Aside(Read<T>),
    /// A table, or a list of tables.
    Table(Read<T>),
}

pub(super) type Read<T> = fn(&mut T, &mut Fields<'_>, &mut Report);

/// A place in a `T`, to look at and to fill.
pub(super) struct At<T: 'static, V: 'static> {
    pub(super) get: fn(&T) -> &V,
    pub(super) put: fn(&mut T) -> &mut V,
}

/// What a record says in a field, for lists of records.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value<'a> {
    /// Nothing.
    None,
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(i64),
    /// Several texts.
    Texts(Vec<&'a str>),
}

impl<'a> Value<'a> {
    /// A text that may be absent.
    pub fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::None, |text| Self::Text(Cow::Borrowed(text)))
    }
}

macro_rules! at {
    ($place:ident) => {
        $crate::record::field::At { get: |table| &table.$place, put: |table| &mut table.$place }
    };
}

impl<T> Field<T> {
    pub(super) const fn new(name: &'static str, example: &'static str, what: &'static str, slot: Slot<T>) -> Self {
        Self { name, example, what, chinese: &[], is_column: false, is_shown: false, mapped: None, slot }
    }

    /// A table; its example is a line of it.
    pub(super) const fn table(name: &'static str, example: &'static str, what: &'static str, read: Read<T>) -> Self {
        Self::new(name, example, what, Slot::Table(read))
    }

    pub(super) const fn chinese(mut self, names: &'static [&'static str]) -> Self {
        self.chinese = names;
        self
    }

    /// It is in the lists of all records.
    pub(super) const fn column(mut self) -> Self {
        self.is_column = true;
        self
    }

    /// The landing page shows it.
    pub(super) const fn shown(mut self) -> Self {
        self.is_shown = true;
        self
    }

    pub(super) const fn mapped(mut self, names: [&'static str; 6]) -> Self {
        self.mapped = Some(names);
        self
    }

    /// Whether several values stand in it as a list.
    pub(super) fn is_list(&self) -> bool {
        self.example.starts_with('[')
    }

    /// What a record says in it.
    pub fn value<'a>(&self, of: &'a T) -> Value<'a> {
        match &self.slot {
            Slot::Text(at) | Slot::Address(at) => Value::text((at.get)(of).as_deref()),
            Slot::Texts(at) => Value::Texts((at.get)(of).iter().map(String::as_str).collect()),
            Slot::Date(at) => Value::text((at.get)(of).as_ref().map(Date::edtf)),
            Slot::Own(_, value) => value(of),
            Slot::Aside(_) | Slot::Table(_) => Value::None,
        }
    }
}

pub(super) use at;

/// Fills a record, or a table of it, from what is written.
pub(super) fn read<T>(known: &[Field<T>], into: &mut T, written: &mut Fields<'_>, report: &mut Report) {
    for field in known {
        match &field.slot {
            Slot::Text(at) => *(at.put)(into) = written.string(field.name, report),
            Slot::Address(at) => *(at.put)(into) = written.address(field.name, report),
            Slot::Texts(at) => *(at.put)(into) = written.strings(field.name, report),
            Slot::Date(at) => *(at.put)(into) = date_field::read(written, field.name, report),
            Slot::Own(read, _) | Slot::Aside(read) | Slot::Table(read) => read(into, written, report),
        }
    }
}
