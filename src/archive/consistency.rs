//! What is wrong with no record alone, but with several beside each other: a document number twice, a name spelled two
//! ways.
//!
//! A number may stand twice with good reason (a notice and its reprint), and two names that look alike may be two people.
//! So these are a warning and notes, for a person to look at. Near names are found as spelling checkers find them, by the
//! forms that remain when letters are taken away (Garbe's symmetric deletion): names are compared only with those that
//! share a form, so a hundred thousand of them take a second and not a day.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Entry;
use crate::diagnostic::messages::ArchiveMessage;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::fold;

/// Names shorter than this have too many neighbours that are somebody else: 张三 and 张二.
const SHORTEST: usize = 4;

/// Names longer than this may differ in two places.
const LONG: usize = 8;

/// Reports document numbers that stand in more than one record.
pub(crate) fn numbers(root: &Path, documents: &[Entry], report: &mut Report) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (at, entry) in documents.iter().enumerate() {
        let Some(number) = &entry.record.doc_number else { continue };
        let other = *first.entry(folded(number)).or_insert(at);
        if other != at {
            let other = documents[other].source.path.clone();
            let fault = Diagnostic::warning(ArchiveMessage::DuplicateNumber { number: number.clone(), other });
            report.push(located(root, entry, "doc_number", number, fault));
        }
    }
}

/// Where a name stands: the document that has it first, the field, and how often it is there.
struct Use {
    document: usize,
    field: &'static str,
    count: usize,
}

/// Notes names of offices, people, subjects and places that are spelled in two ways, most likely by mistake.
pub(crate) fn near_names(root: &Path, documents: &[Entry], report: &mut Report) {
    let mut offices: BTreeMap<&str, Use> = BTreeMap::new();
    let mut people: BTreeMap<&str, Use> = BTreeMap::new();
    for (document, entry) in documents.iter().enumerate() {
        let record = &entry.record;
        let found = [("source", &record.source), ("issuer", &record.issuer)];
        let named = found.into_iter().filter_map(|(field, name)| Some((field, name.as_deref()?)));
        let listed = record.organisations.iter().map(|name| ("organisations", name.as_str()));
        let authors = record.authors.iter().map(|author| (author.office, author.name.as_str()));
        for (field, name) in
            named.chain(listed).chain(authors.clone().filter(|(office, _)| *office).map(|(_, name)| ("authors", name)))
        {
            offices.entry(name).or_insert(Use { document, field, count: 0 }).count += 1;
        }
        let spoken_of = record.people.iter().map(|name| ("people", name.as_str()));
        for (field, name) in spoken_of.chain(authors.filter(|(office, _)| !office).map(|(_, name)| ("authors", name))) {
            people.entry(name).or_insert(Use { document, field, count: 0 }).count += 1;
        }
    }
    let (mut subjects, mut places): (BTreeMap<&str, Use>, BTreeMap<&str, Use>) = Default::default();
    for (document, entry) in documents.iter().enumerate() {
        for (field, words, into) in
            [("subjects", &entry.record.subjects, &mut subjects), ("places", &entry.record.places, &mut places)]
        {
            for word in words {
                into.entry(word).or_insert(Use { document, field, count: 0 }).count += 1;
            }
        }
    }
    let lists =
        [(&offices, Names::Bodies), (&people, Names::Others), (&subjects, Names::Others), (&places, Names::Others)];
    for (names, kind) in lists {
        for (rare, common) in pairs(names, kind) {
            let found = &names[rare];
            let entry = &documents[found.document];
            let other = &documents[names[common].document];
            let fault = Diagnostic::note(ArchiveMessage::NearName {
                rare: rare.to_string(),
                common: common.to_string(),
                path: other.source.path.clone(),
                more: names[common].count - 1,
            });
            report.push(located(root, entry, found.field, rare, fault));
        }
    }
}

/// Pairs of names that are near, the rarer one first.
fn pairs<'a>(names: &BTreeMap<&'a str, Use>, kind: Names) -> Vec<(&'a str, &'a str)> {
    let folded: Vec<(&str, Vec<char>)> = names.keys().map(|name| (*name, folded(name).chars().collect())).collect();
    let mut forms: BTreeMap<Vec<char>, Vec<usize>> = BTreeMap::new();
    for (at, (_, letters)) in folded.iter().enumerate() {
        for form in forms_of(letters) {
            forms.entry(form).or_default().push(at);
        }
    }
    let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
    for sharing in forms.values() {
        for (at, one) in sharing.iter().enumerate() {
            for two in &sharing[at + 1..] {
                if is_near(&folded[*one].1, &folded[*two].1, kind) {
                    found.insert((*one, *two));
                }
            }
        }
    }
    let by_count = |(one, two): (usize, usize)| {
        let (one, two) = (folded[one].0, folded[two].0);
        if names[one].count > names[two].count { (two, one) } else { (one, two) }
    };
    found.into_iter().map(by_count).collect()
}

/// The name without case, width, spelling, spaces and marks.
fn folded(name: &str) -> String {
    String::from_utf16_lossy(&fold::folder().folded(name)).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// What remains of a name when no, one or (of a long one) two letters are taken away.
fn forms_of(letters: &[char]) -> BTreeSet<Vec<char>> {
    let mut forms = BTreeSet::from([letters.to_vec()]);
    let rounds = match letters.len() {
        0..SHORTEST => 0,
        SHORTEST..=LONG => 1,
        _ => 2,
    };
    for _ in 0..rounds {
        let shorter: Vec<Vec<char>> =
            forms.iter().flat_map(|form| (0..form.len()).map(|at| [&form[..at], &form[at + 1..]].concat())).collect();
        forms.extend(shorter);
    }
    forms
}

/// What names are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    /// Offices and other bodies, most of which begin with a place.
    Bodies,
    /// Persons, subjects, places.
    Others,
}

/// The place that a name begins with, by what places are called after: 江城县 of 江城县图书馆.
fn place_of(name: &[char]) -> Option<&[char]> {
    const KINDS: &str = "省市县區区乡鄉镇鎮村州旗盟";
    let end = name.iter().enumerate().skip(1).take(6).find(|(_, letter)| KINDS.contains(**letter))?.0;
    (name.len() >= end + 3).then(|| &name[..=end])
}

/// Whether two names begin with different places: bodies of the same kind in two towns.
fn are_elsewhere(one: &[char], two: &[char], kind: Names) -> bool {
    if let (Some(here), Some(there)) = (place_of(one), place_of(two)) {
        return here != there && !here.ends_with(there) && !there.ends_with(here);
    }
    // A town without its kind: 江城大学 and 海城大学.
    let differ = one.iter().zip(two).rposition(|(one, two)| one != two);
    kind == Names::Bodies && one.len() == two.len() && differ.is_some_and(|last| last < 2)
}

/// Whether two names that share a form are likely one. What differs in a numeral is another one: the second school, the
/// year 2018. So is what differs in the place.
fn is_near(one: &[char], two: &[char], kind: Names) -> bool {
    if one == two {
        return true;
    }
    if are_elsewhere(one, two, kind) {
        return false;
    }
    let numeral = |letter: &char| {
        letter.is_numeric()
            || "〇零一二三四五六七八九十百千东西南北上中下左右前后内外新老大小甲乙丙丁".contains(*letter)
    };
    let without = |letters: &[char]| letters.iter().copied().filter(|letter| !numeral(letter)).collect::<Vec<_>>();
    if without(one) == without(two) {
        return false;
    }
    let text = |letters: &[char]| letters.iter().collect::<String>();
    let most = if one.len().min(two.len()) > LONG { 2 } else { 1 };
    strsim::osa_distance(&text(one), &text(two)) <= most
}

/// Places a fault at the value of a field.
pub(crate) fn located(root: &Path, entry: &Entry, field: &str, value: &str, fault: Diagnostic) -> Diagnostic {
    let Ok(text) = entry.source.read_head(root) else { return fault.in_file(entry.source.path.clone()) };
    let from = text.find(field).unwrap_or(0);
    let source = Source { file: &entry.source.path, text: &text };
    match text[from..].find(value).map(|at| at + from).or_else(|| text.find(value)) {
        Some(at) => fault.at(source, at..at + value.len()),
        None => fault.in_file(entry.source.path.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(names: &[&'static str]) -> Vec<(&'static str, &'static str)> {
        let count = |at: usize| Use { document: 0, field: "source", count: names.len() - at };
        pairs(&names.iter().enumerate().map(|(at, name)| (*name, count(at))).collect(), Names::Bodies)
    }

    #[test]
    fn names_that_are_likely_one() {
        assert_eq!(near(&["江城县地方史志学会", "江城县地方史誌学会"]), [("江城县地方史誌学会", "江城县地方史志学会")]);
        assert_eq!(near(&["江城县委党史研究室", "江城县 委党史研究室"]).len(), 1);
        assert_eq!(near(&["江城县委党史研究室", "江城县委党史研究"]).len(), 1);
        assert_eq!(near(&["中共江城县委党史研究室", "江城县委党史研究室"]).len(), 1);
        assert_eq!(near(&["The Records Office", "The Record Office"]).len(), 1);
    }

    #[test]
    fn names_that_are_two() {
        for two in [
            ["张三", "张二"],
            ["江城第一小学", "江城第二小学"],
            ["2017年工作组", "2018年工作组"],
            ["江东区档案馆", "江西区档案馆"],
            ["江城大剧院", "江城小剧院"],
            ["江城县人民代表大会常务委员会", "河口县人民代表大会常务委员会"],
            ["江城市图书馆学会", "海城市图书馆学会"],
            ["江城大学图书馆", "海城大学图书馆"],
        ] {
            assert_eq!(near(&two), [], "{two:?}");
        }
    }
}
