//! The numbers of a list, as a page prints them (HTML 4.4.5; CSS Counter Styles 3).

use dom_query::NodeRef;

use crate::import::flow::Around;
use crate::import::read::numerals::render;

/// How a list counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counter {
    next: u64,
    is_reversed: bool,
    /// The format of its numbers and the mark behind them; none for digits.
    format: Option<(&'static str, &'static str)>,
}

/// What an item is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    Around(Around),
    /// One with a number that is printed before its text.
    Printed(String),
}

impl Counter {
    /// The counter of an `ol` element.
    pub(super) fn of(list: &NodeRef<'_>) -> Self {
        let start = list.attr("start").and_then(|start| start.trim().parse().ok());
        let is_reversed = list.has_attr("reversed");
        let items = || list.children_it(false).filter(|child| child.has_name("li")).count() as u64;
        let next = start.unwrap_or_else(|| if is_reversed { items() } else { 1 });
        Self { next, is_reversed, format: format(list) }
    }

    /// The next item; `value` is the number that it states.
    pub(super) fn next(&mut self, value: Option<u64>) -> Item {
        let number = value.unwrap_or(self.next);
        self.next = if self.is_reversed { number.saturating_sub(1) } else { number.saturating_add(1) };
        match self.format {
            Some((format, mark)) => Item::Printed(format!("{}{mark}", render(format, number))),
            None => Item::Around(Around::Number(number)),
        }
    }
}

/// What the list says of its numbers, by its attribute or its style.
fn format(list: &NodeRef<'_>) -> Option<(&'static str, &'static str)> {
    let style = list.attr("style").unwrap_or_default().to_ascii_lowercase();
    let declared = style.split(';').filter_map(|one| one.split_once(':')).find_map(|(name, value)| {
        let value = value.trim();
        match name.trim() {
            "list-style-type" => Some(value.to_string()),
            "list-style" => value.split_whitespace().find(|word| named(word).is_some()).map(str::to_string),
            _ => None,
        }
    });
    match declared {
        Some(style) => named(&style),
        None => match &*list.attr("type").unwrap_or_default() {
            "a" => named("lower-alpha"),
            "A" => named("upper-alpha"),
            "i" => named("lower-roman"),
            "I" => named("upper-roman"),
            _ => None,
        },
    }
}

/// A counter style of CSS as a format of numbers, with the mark that it has behind them.
fn named(style: &str) -> Option<(&'static str, &'static str)> {
    Some(match style {
        "lower-alpha" | "lower-latin" => ("lowerLetter", ". "),
        "upper-alpha" | "upper-latin" => ("upperLetter", ". "),
        "lower-roman" => ("lowerRoman", ". "),
        "upper-roman" => ("upperRoman", ". "),
        "decimal-leading-zero" => ("decimalZero", ". "),
        "cjk-ideographic" | "simp-chinese-informal" => ("chineseCountingThousand", "、"),
        "trad-chinese-informal" => ("taiwaneseCountingThousand", "、"),
        "simp-chinese-formal" => ("chineseLegalSimplified", "、"),
        "trad-chinese-formal" => ("ideographLegalTraditional", "、"),
        "cjk-decimal" => ("ideographDigital", "、"),
        "cjk-heavenly-stem" => ("ideographTraditional", "、"),
        "cjk-earthly-branch" => ("ideographZodiac", "、"),
        _ => return None,
    })
}
