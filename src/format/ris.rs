//! RIS (Research Information Systems, 2011): tags of two letters, one a line, ended by CR LF.
//!
//! Two dozen tags in a fixed order and no escapes: the crates for it read, and what they write would have to be made from
//! types larger than the format. A line break in a value would begin a new tag, so it becomes a space.

use super::cited::Cited;
use super::work::Work;
use crate::record::date::Date;
use crate::record::person::Role;

/// The download.
pub(crate) fn write(work: &Work<'_>) -> Option<Vec<u8>> {
    work.record().is_described().then(|| text(&Cited::whole(*work)).into_bytes())
}

/// One reference.
pub(crate) fn text(cited: &Cited<'_>) -> String {
    let record = cited.record();
    let mut ris = String::new();
    let mut put = |tag: &str, value: &str| {
        let value: Vec<&str> = value.split_whitespace().collect();
        ris.push_str(&format!("{tag}  - {}\r\n", value.join(" ")));
    };
    put("TY", "ELEC");
    put("ID", &cited.key());
    put("TI", &cited.title());
    for person in cited.authors() {
        let tag = match Role::of(&person) {
            Role::Author => "AU",
            Role::Editor | Role::Compiler => "ED",
            Role::Translator => "A4",
            Role::Contributor => "A2",
        };
        put(tag, &person.inverted());
    }
    if let Some(date) = cited.date() {
        if let Some((year, ..)) = date.calendar().first() {
            put("PY", &year.to_string());
        }
        put("DA", &day(date));
    }
    let facts = [
        ("PB", cited.publisher().map(str::to_string)),
        ("M1", record.doc_number.clone()),
        ("M3", record.kind.clone()),
        ("ET", cited.edition().map(|number| number.to_string())),
        ("LA", Some(cited.work.language_tag().to_string())),
        ("UR", cited.address()),
        ("Y2", cited.accessed().map(day)),
        ("DP", Some(cited.work.archive.site.title.clone())),
    ];
    for (tag, value) in facts {
        if let Some(value) = value {
            put(tag, &value);
        }
    }
    for subject in &record.subjects {
        put("KW", subject);
    }
    if let Some(rights) = &record.rights {
        put("N1", rights);
    }
    ris.push_str("ER  - \r\n");
    ris
}

/// `YYYY/MM/DD/words`, each as far as it is known; the words where a date is not exact.
fn day(date: &Date) -> String {
    let Some((year, month, day)) = date.calendar().first().copied() else { return format!("///{}", date.edtf()) };
    let two = |part: Option<u8>| part.map(|part| format!("{part:02}")).unwrap_or_default();
    let words = if date.is_exact() { "" } else { date.edtf() };
    // The third slash ends the date; what follows it is free.
    format!("{year:04}/{}/{}/{}", two(month), two(day), words.replace('/', " to "))
}
