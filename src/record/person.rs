//! Who wrote a document: a person, or an office.
//!
//! A name is kept as it is printed, and no rule can tell where a family name ends: 欧阳修 has two characters of it, 张佐 one,
//! and Jean-Paul Sartre his at the end. So a name is split only where the record splits it, with `sort = "Sartre,
//! Jean-Paul"`; otherwise citations carry it whole, and a Chinese name is never turned round.

use super::field::{self, Field, Slot, at};
use super::fields::{Fields, TextOrTable};
use crate::diagnostic::messages::RecordMessage;
use crate::diagnostic::{Diagnostic, Report};

/// A person or body named as author.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Name as printed, but for the space that sets 张 三 as wide as 欧阳修.
    pub name: String,
    /// Whether it is an office or another body.
    pub office: bool,
    /// Editor, translator …
    pub role: Option<String>,
    /// Office or post.
    pub affiliation: Option<String>,
    /// Anything else that is known.
    pub note: Option<String>,
    /// What the name sorts by, where that is not the name.
    pub sort: Option<String>,
    /// Language of the name.
    pub lang: Option<String>,
}

impl Person {
    /// Family and given name, where the record says which is which: `sort` holds the words of the name, turned round at a
    /// comma.
    pub(crate) fn split(&self) -> Option<(&str, &str)> {
        let (family, given) = self.sort.as_deref()?.split_once(',')?;
        let (family, given) = (family.trim(), given.trim());
        let words = |text: &str| {
            let mut words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
            words.sort_unstable();
            words
        };
        let whole = !self.office && !family.is_empty() && !given.is_empty();
        (whole && words(&self.name) == words(&format!("{family} {given}"))).then_some((family, given))
    }

    /// “Sartre, Jean-Paul” where the name is split, and the name otherwise: how catalogues and meta tags write it.
    pub(crate) fn inverted(&self) -> String {
        self.split().map_or_else(|| self.name.clone(), |(family, given)| format!("{family}, {given}"))
    }
}

/// What somebody did to a document, as far as the vocabularies know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Wrote it.
    Author,
    /// Edited it.
    Editor,
    /// Translated it.
    Translator,
    /// Put it together.
    Compiler,
    /// Anything else that the record says.
    Contributor,
}

impl Role {
    /// By the record's word for it.
    pub(crate) fn of(person: &Person) -> Self {
        let Some(role) = person.role.as_deref().map(str::trim).map(str::to_lowercase) else { return Self::Author };
        match role.as_str() {
            "author" | "作者" | "著" | "著者" | "撰" | "撰稿" | "撰文" | "执笔" | "執筆" | "writer" => {
                Self::Author
            }
            "editor" | "编辑" | "编" | "主编" | "责任编辑" | "編輯" | "編" | "主編" | "責任編輯" | "校订" | "校訂" => {
                Self::Editor
            }
            "translator" | "译" | "译者" | "翻译" | "譯" | "譯者" | "翻譯" => Self::Translator,
            "compiler" | "编纂" | "辑" | "整理" | "編纂" | "輯" => Self::Compiler,
            _ => Self::Contributor,
        }
    }
}

/// The fields of `[[authors]]`.
#[rustfmt::skip]
pub(super) static AUTHOR: &[Field<Person>] = &[
    Field::<Person>::new("name", "\"Jean-Paul Sartre\"", "must be there",
        Slot::Aside(|person, fields, report| person.name = closed_up(&fields.string("name", report).unwrap_or_default()))),
    Field::<Person>::new("office", "false", "`true` for a body",
        Slot::Aside(|person, fields, report| person.office = fields.flag("office", report).unwrap_or_default())),
    Field::<Person>::new("role", "\"editor\"", "", Slot::Text(at!(role))),
    Field::<Person>::new("affiliation", "\"江城县图书馆\"", "", Slot::Text(at!(affiliation))),
    Field::<Person>::new("note", "\"Printed as J.-P. S.\"", "", Slot::Text(at!(note))),
    Field::<Person>::new("sort", "\"Sartre, Jean-Paul\"", "what it sorts by; it also says which is the family name", Slot::Text(at!(sort))),
    Field::<Person>::new("lang", "\"fr\"", "the language of the name", Slot::Text(at!(lang))),
];

/// Reads the list of authors.
pub(super) fn people(fields: &mut Fields<'_>, report: &mut Report) -> Vec<Person> {
    let mut people = Vec::new();
    for member in fields.texts_or_tables("authors", report) {
        match member {
            TextOrTable::Text(name) => people.push(Person { name: closed_up(&name), ..Person::default() }),
            TextOrTable::Table(mut written, span) => {
                let mut person = Person::default();
                field::read(AUTHOR, &mut person, &mut written, report);
                if person.name.is_empty() {
                    report.push(Diagnostic::error(RecordMessage::AuthorWithoutName).at(written.source(), span));
                } else {
                    people.push(person);
                }
                written.finish(report);
            }
        }
    }
    people
}

/// A Chinese name without the spaces that printers put into short ones.
pub(super) fn closed_up(name: &str) -> String {
    let han = |character: char| matches!(u32::from(character), 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff);
    let padded = name.contains(char::is_whitespace) && name.chars().all(|c| han(c) || c.is_whitespace());
    if padded && name.chars().filter(|c| han(*c)).count() <= 4 {
        return name.chars().filter(|character| !character.is_whitespace()).collect();
    }
    name.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, sort: Option<&str>) -> Person {
        Person { name: closed_up(name), sort: sort.map(str::to_string), ..Person::default() }
    }

    #[test]
    fn names_are_split_only_where_the_record_splits_them() {
        assert_eq!(person("欧阳修", Some("ouyang xiu")).split(), None);
        assert_eq!(person("Jean-Paul Sartre", None).split(), None);
        assert_eq!(person("Jean-Paul Sartre", Some("Sartre, Jean-Paul")).split(), Some(("Sartre", "Jean-Paul")));
        assert_eq!(person("Jean-Paul Sartre", Some("Camus, Albert")).split(), None);
        assert_eq!(person("Vincent van Gogh", Some("Gogh, Vincent van")).inverted(), "Gogh, Vincent van");
        let office = Person { office: true, ..person("Office, Records", Some("Records, Office")) };
        assert_eq!(office.split(), None);
    }

    #[test]
    fn short_chinese_names_are_closed_up() {
        assert_eq!(person("张 三", None).name, "张三");
        assert_eq!(person("张　三", None).name, "张三");
        assert_eq!(person("欧阳修", None).name, "欧阳修");
        assert_eq!(person("Zhang San", None).name, "Zhang San");
        assert_eq!(person("中共江城市委 党史研究室", None).name, "中共江城市委 党史研究室");
    }
}
