//! An archive of very many short documents, as unevenly spread as real ones: for walking through, not for reading.
//!
//! More than half lie in one collection, and the rest in hundreds, some three levels deep; half of those with a date are of
//! one year, and a third has none; there are some twenty thousand authors. So every list is longer than one page somewhere.

use std::fmt::Write as _;

use super::{ACTIONS, BODIES, Dice, FAMILY, HEADINGS, SUBJECTS, TOWNS, paragraph};

/// Characters of given names.
const GIVEN: &str = "一二三仁义礼智信温良恭俭让忠孝廉明德文武成康宁安平国家春夏秋冬山川江河林森松柏竹梅兰";

/// The collection of a document, as a path below `content/`.
pub fn collection(dice: &mut Dice) -> String {
    match dice.below(100) {
        0..55 => "main".to_string(),
        55..75 => format!("part-{:02}", dice.below(40)),
        75..76 => "deep/d07/e03".to_string(),
        76..90 => format!("deep/d{:02}/e{:02}", dice.below(30), dice.below(20)),
        90..95 => format!("flat/f{:04}", dice.below(2_000)),
        _ => format!("single-{:03}", dice.below(300)),
    }
}

fn date(dice: &mut Dice) -> Option<String> {
    if dice.below(3) == 0 {
        return None;
    }
    let year = if dice.below(2) == 0 { 1958 } else { 1640 + dice.below(380) };
    Some(match dice.below(10) {
        0 => format!("{}X", year / 10),
        1 | 2 => year.to_string(),
        3 => format!("{year}-{:02}", 1 + dice.below(12)),
        _ => format!("{year}-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28)),
    })
}

fn author(dice: &mut Dice) -> String {
    let given: Vec<char> = GIVEN.chars().collect();
    let (family, first) = (dice.pick(FAMILY), given[dice.below(given.len())]);
    // A few wrote very much.
    match dice.below(4) {
        0 => format!("{family}一"),
        _ => format!("{family}{first}{}", given[dice.below(given.len())]),
    }
}

/// A document: a line of introduction and one section.
pub fn document(number: usize, dice: &mut Dice) -> String {
    let town = dice.pick(TOWNS);
    let mut text = format!(
        "+++\ntitle = \"{town}{}{}记之{}\"\nauthors = [\"{}\"]\n",
        dice.pick(SUBJECTS),
        dice.pick(ACTIONS),
        number + 1,
        author(dice)
    );
    // Writing into a String cannot fail.
    if let Some(date) = date(dice) {
        let _ = writeln!(text, "date = \"{date}\"");
    }
    let _ = writeln!(
        text,
        "source = \"{town}{}第{}组\"\nsubjects = [\"{}\", \"{}之{}\"]\nplaces = [\"{town}{}村\"]\n+++\n",
        dice.pick(BODIES),
        1 + dice.below(40),
        dice.pick(SUBJECTS),
        dice.pick(SUBJECTS),
        1 + dice.below(100),
        1 + dice.below(200),
    );
    paragraph(&mut text, dice, 1);
    let _ = writeln!(text, "## 一、{} {{#s1}}\n", dice.pick(HEADINGS));
    paragraph(&mut text, dice, 1);
    text
}
