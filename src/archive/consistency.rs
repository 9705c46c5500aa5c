//! What is wrong with no record alone, but with several beside each other: a document number twice, a name spelled two
//! ways.
//!
//! A number may stand twice with good reason (a notice and its reprint), and two names that look alike may be two people.
//! So these are a warning and notes, for a person to look at. Near names are found as spelling checkers find them, by the
//! forms that remain when letters are taken away (Garbe's symmetric deletion): names are compared only with those that
//! share a form, so a hundred thousand of them take a second and not a day. A name of n letters has n² such forms, so longer
//! names are cut into five pieces instead. Two mistakes touch four of them at most, and the fifth is shared.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use super::Entry;
use crate::diagnostic::messages::ArchiveMessage;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::fold;
use crate::folder::Folder;

/// Names shorter than this have too many neighbours that are somebody else: 张三 and 张二.
const SHORTEST: usize = 4;

/// Names longer than this may differ in two places.
const LONG: usize = 8;

/// Names longer than this are found by their pieces.
const IN_PIECES: usize = 24;

/// Longer than this is no name, but a list or a sentence.
const LONGEST: usize = 64;

/// Pieces of a long name.
const PIECES: usize = 5;

/// Names under one form with which one is compared. Names that share a piece need not be alike.
const ALIKE: usize = 256;

/// Reports document numbers that stand in more than one record.
pub(crate) fn numbers(root: &Folder, documents: &[Entry], report: &mut Report) {
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
pub(crate) fn near_names(root: &Folder, documents: &[Entry], report: &mut Report) {
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
    let mut forms: Vec<(u64, usize)> = folded
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, (_, letters))| forms_of(letters).into_iter().map(move |form| (form, at)))
        .collect();
    forms.par_sort_unstable();
    let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
    for sharing in forms.chunk_by(|one, two| one.0 == two.0) {
        for (at, (_, one)) in sharing.iter().enumerate() {
            for (_, two) in sharing[at + 1..].iter().take(ALIKE) {
                if one != two && !found.contains(&(*one, *two)) && is_near(&folded[*one].1, &folded[*two].1, kind) {
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

/// The forms under which a name is found, as digests: two that are near have one in common.
fn forms_of(letters: &[char]) -> BTreeSet<u64> {
    let length = letters.len();
    let mut forms = BTreeSet::from([digest(0, letters.iter())]);
    let without = |gone: &[usize]| {
        let rest = letters.iter().enumerate().filter(|(at, _)| !gone.contains(at));
        digest(0, rest.map(|(_, letter)| letter))
    };
    match length {
        0..SHORTEST => {}
        SHORTEST..=LONG => forms.extend((0..length).map(|at| without(&[at]))),
        _ if length <= IN_PIECES => {
            forms.extend(
                (0..length).flat_map(|one| (one..length).map(move |two| [one, two])).map(|gone| without(&gone)),
            );
        }
        _ if length <= LONGEST => forms.extend(pieces_of(letters)),
        _ => {}
    }
    forms
}

/// What names of about this length have at the places where they would be cut, two letters more or fewer before it.
fn pieces_of(letters: &[char]) -> impl Iterator<Item = u64> {
    let lengths = letters.len() - 2..=letters.len() + 2;
    lengths.flat_map(move |length| {
        (0..PIECES).flat_map(move |nth| {
            let (start, end) = (length * nth / PIECES, length * (nth + 1) / PIECES);
            (0..=4).filter_map(move |moved| {
                let piece = letters.get((start + moved).checked_sub(2)?..(end + moved).checked_sub(2)?)?;
                Some(digest(length * PIECES + nth + 1, piece.iter()))
            })
        })
    })
}

fn digest<'a>(place: usize, letters: impl Iterator<Item = &'a char>) -> u64 {
    let mut hasher = DefaultHasher::new();
    place.hash(&mut hasher);
    letters.for_each(|letter| letter.hash(&mut hasher));
    hasher.finish()
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
pub(crate) fn located(root: &Folder, entry: &Entry, field: &str, value: &str, fault: Diagnostic) -> Diagnostic {
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
        let long = "江城县地方史志编纂委员会办公室资料征集与整理工作领导小组";
        for mistake in ["誌", "志志", ""] {
            let other = long.replacen('志', mistake, 1);
            let other: &'static str = Box::leak(other.into_boxed_str());
            assert_eq!(near(&[long, other]).len(), 1, "{other}");
        }
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
