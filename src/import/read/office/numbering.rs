//! The numbers that Word prints before paragraphs.
//!
//! They are nowhere in the text, so they are counted as Word counts: all lists made from one abstract list go on with each
//! other's numbers, a list may begin anew with a number of its own, and a paragraph of one level begins the levels below it
//! anew.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::styles::{ListPlace, Styles};
use crate::import::read::numerals::render;

/// How many levels a list has.
pub(crate) const LEVELS: usize = 9;
/// Most lists that refer to each other by a style, one through the other. This also ends circles.
const LINKS: usize = 8;
/// Longest pattern of a number, in characters. Word takes no more than a few dozen.
pub(crate) const PATTERN: usize = 120;

/// The formats of numbers by their code ([MS-OSHARED] 2.2.1.3), as ECMA-376 names them.
const FORMATS: [&str; 41] = [
    "decimal",
    "upperRoman",
    "lowerRoman",
    "upperLetter",
    "lowerLetter",
    "ordinal",
    "cardinalText",
    "ordinalText",
    "hex",
    "chicago",
    "ideographDigital",
    "japaneseCounting",
    "aiueo",
    "iroha",
    "decimalFullWidth",
    "decimalHalfWidth",
    "japaneseLegal",
    "japaneseDigitalTenThousand",
    "decimalEnclosedCircle",
    "decimalFullWidth2",
    "aiueoFullWidth",
    "irohaFullWidth",
    "decimalZero",
    "bullet",
    "ganada",
    "chosung",
    "decimalEnclosedFullstop",
    "decimalEnclosedParen",
    "decimalEnclosedCircleChinese",
    "ideographEnclosedCircle",
    "ideographTraditional",
    "ideographZodiac",
    "ideographZodiacTraditional",
    "taiwaneseCounting",
    "ideographLegalTraditional",
    "taiwaneseCountingThousand",
    "taiwaneseDigital",
    "chineseCounting",
    "chineseLegalSimplified",
    "chineseCountingThousand",
    "koreanDigital",
];

/// The name of a format of numbers.
pub(crate) fn format_name(code: u8) -> String {
    match code {
        255 => "none",
        57 => "numberInDash",
        code => FORMATS.get(usize::from(code)).copied().unwrap_or("decimal"),
    }
    .to_string()
}

/// How a level of a list is numbered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Level {
    pub start: Option<u64>,
    /// As `ST_NumberFormat` of ECMA-376 (17.18.59) names it: `decimal`, `chineseCounting`.
    pub format: String,
    /// `%1.%2`
    pub pattern: String,
    /// Which level, from 1, begins this one anew; 0 is none, and when it is not stated, any above.
    pub restart: Option<usize>,
    /// Whether all numbers in it are decimal.
    pub legal: bool,
    /// Whether nothing follows the number.
    pub close: bool,
    /// The style whose paragraphs are at this level.
    pub style: Option<String>,
}

/// What lists are made from.
#[derive(Debug, Default)]
pub(crate) struct Abstract {
    pub levels: [Option<Level>; LEVELS],
    pub style_link: Option<String>,
    pub number_style_link: Option<String>,
}

/// A list, with what it has otherwise than the one it is made from.
#[derive(Debug, Default)]
pub(crate) struct List {
    /// The abstract list that has its levels.
    pub from: String,
    pub starts: [Option<u64>; LEVELS],
    pub levels: [Option<Level>; LEVELS],
}

/// What stands before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Printed {
    /// A number, with the space after it.
    Number {
        text: String,
        /// Where the space begins.
        space: usize,
        level: usize,
        /// Its value where it is that of an item: digits and a full stop, and so in all levels above. 1. below 一、 is none.
        item: Option<u64>,
    },
    /// A bullet.
    Bullet { level: usize },
    /// A bullet that cannot be seen: the paragraph goes on with the item above.
    Blank { level: usize },
}

impl Printed {
    /// What a file says is printed, where it does not say how it is counted.
    pub(crate) fn of_label(label: &str) -> Self {
        if !label.chars().any(char::is_alphanumeric) {
            return Self::Bullet { level: 0 };
        }
        let space = label.len();
        let is_close = label.ends_with(['、', '）', '．']);
        let text = if is_close { label.to_string() } else { format!("{label} ") };
        let item = label.strip_suffix('.').and_then(|number| number.parse().ok());
        Self::Number { text, space, level: 0, item }
    }
}

/// The lists of a document, and how far they have counted.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    pub abstracts: BTreeMap<String, Abstract>,
    pub lists: HashMap<u64, List>,
    /// The last number of each level, by abstract list.
    counters: HashMap<String, [Option<u64>; LEVELS]>,
    /// Lists that have begun with the number of their own, by level.
    begun: HashSet<(u64, usize)>,
}

impl Numbering {
    /// Counts a paragraph, and tells what is printed before it. `ids` are its styles, from the nearest.
    pub(crate) fn count(&mut self, place: ListPlace, ids: &[&str]) -> Option<Printed> {
        let id = place.number.filter(|number| *number > 0)?;
        let list = self.lists.get(&id)?;
        let shape = self.abstracts.get(&list.from)?;
        let at = |level: usize| {
            let own = list.levels.get(level).and_then(Option::as_ref);
            own.or_else(|| shape.levels.get(level).and_then(Option::as_ref))
        };
        let level = place.level.or_else(|| ids.iter().find_map(|id| shape.level_of(id))).unwrap_or(0);
        let definition = at(level)?;
        let first = |level: usize| {
            let own = list.starts.get(level).copied().flatten();
            own.or_else(|| at(level).and_then(|level| level.start)).unwrap_or(1)
        };

        let counters = self.counters.entry(list.from.clone()).or_default();
        let begins = list.starts.get(level).is_some_and(Option::is_some) && self.begun.insert((id, level));
        for (index, counter) in counters.iter_mut().enumerate() {
            if index < level {
                // A level that was never seen counts as seen once.
                counter.get_or_insert(first(index));
            } else if index == level {
                let next = counter.filter(|_| !begins).map(|number| number.saturating_add(1));
                *counter = Some(next.unwrap_or_else(|| first(level)));
            } else if at(index).and_then(|level| level.restart).is_none_or(|restart| level < restart) {
                *counter = None;
            }
        }

        // Word has no way to print words but as a number or a bullet, so a bullet of words is printed text.
        let words = definition.pattern.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character));
        if definition.format == "bullet" && !words {
            let is_blank = definition.pattern.trim().is_empty();
            return Some(if is_blank { Printed::Blank { level } } else { Printed::Bullet { level } });
        }
        let numbers = counters.map(|counter| counter.unwrap_or(1));
        let mut text = definition.text(|index| {
            let format = match at(index) {
                Some(level) if !definition.legal => level.format.as_str(),
                Some(level) if matches!(level.format.as_str(), "none" | "bullet") => "none",
                _ => "decimal",
            };
            numbers.get(index).map(|number| render(format, *number)).unwrap_or_default()
        });
        if text.trim().is_empty() {
            return None;
        }
        // Some files number with a pattern that has nothing but a dot or a dash in it.
        if !text.chars().any(char::is_alphanumeric) {
            return Some(Printed::Bullet { level });
        }
        let space = text.len();
        if !definition.close && !text.ends_with(['、', '）', '．']) && !text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
        let is_plain = |index: usize| {
            at(index).is_some_and(|level| {
                level.format == "bullet" || level.format == "decimal" && level.pattern == format!("%{}.", index + 1)
            })
        };
        let item = numbers.get(level).copied().filter(|_| definition.format == "decimal" && (0..=level).all(is_plain));
        Some(Printed::Number { text, space, level, item })
    }

    /// Makes every list come from the abstract list that has the levels: some only name a style, which names another list.
    pub(crate) fn follow_links(&mut self, styles: &Styles) {
        let by_style: HashMap<&str, &str> =
            self.abstracts.iter().filter_map(|(id, shape)| Some((shape.style_link.as_deref()?, id.as_str()))).collect();
        let next = |id: &str| {
            let link = self.abstracts.get(id)?.number_style_link.as_deref()?;
            let through_list = || self.lists.get(&styles.list_of(link)?).map(|list| list.from.as_str());
            by_style.get(link).copied().or_else(through_list)
        };
        let sources: Vec<(u64, String)> = self
            .lists
            .iter()
            .filter_map(|(number, list)| {
                let chain = std::iter::successors(next(&list.from), |id| next(id));
                Some((*number, chain.take(LINKS).last()?.to_string()))
            })
            .collect();
        for (number, from) in sources {
            if let Some(list) = self.lists.get_mut(&number) {
                list.from = from;
            }
        }
    }
}

impl Abstract {
    fn level_of(&self, style: &str) -> Option<usize> {
        let is_of = |level: &Option<Level>| level.as_ref().is_some_and(|level| level.style.as_deref() == Some(style));
        self.levels.iter().position(is_of)
    }
}

impl Level {
    /// The pattern with its numbers put in, by their level from 0.
    fn text(&self, number: impl Fn(usize) -> String) -> String {
        let mut text = String::new();
        let mut characters = self.pattern.chars().peekable();
        while let Some(character) = characters.next() {
            let digit = characters.peek().and_then(|next| next.to_digit(10)).filter(|digit| *digit > 0);
            match digit {
                Some(digit) if character == '%' => {
                    characters.next();
                    text.push_str(&number(digit as usize - 1));
                }
                _ => text.push(character),
            }
        }
        text
    }
}
