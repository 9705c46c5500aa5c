//! Styles and the lists among them (OpenDocument 1.3, part 3, 16 and 17).
//!
//! A file has the styles that a person sees, and others that the program made for what was set by hand; both have parents.
//! Styles of paragraphs and of characters may have the same name, so an id is the family's first letter and the name.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::import::read::office::numbering::{Abstract, LEVELS, Level, List, Numbering, PATTERN};
use crate::import::read::office::styles::{Height, Style, Styles};
use crate::import::read::xml::{Element, Event, Xml};
use crate::text::tape::Align;

/// The list of headings, which has no name, and its number.
const OUTLINE: &str = "\u{0}outline";
pub(super) const OUTLINE_LIST: u64 = u64::MAX;

/// The styles and lists of a document.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub styles: Styles,
    pub numbering: Numbering,
    /// The lists that styles of paragraphs name, by the styles' ids.
    pub lists: BTreeMap<String, String>,
    /// Styles whose characters are hidden.
    pub hidden: BTreeSet<String>,
}

impl Sheet {
    /// Adds what a part says.
    pub(super) fn read(&mut self, part: &str, text: &str) -> Result<(), Diagnostic> {
        let mut xml = Xml::new(part, text);
        loop {
            match xml.next()? {
                Event::Open(element) => match element.name() {
                    ("style", "style") => self.style(&mut xml, &element)?,
                    ("text", "list-style") => {
                        let name = xml.attribute(&element, "style", "name").unwrap_or_default();
                        self.list(&mut xml, name)?;
                    }
                    ("text", "outline-style") => {
                        self.list(&mut xml, OUTLINE.to_string())?;
                        let list = List { from: OUTLINE.to_string(), ..List::default() };
                        self.numbering.lists.insert(OUTLINE_LIST, list);
                    }
                    ("office", "body") => xml.skip()?,
                    _ => {}
                },
                Event::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn style(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), Diagnostic> {
        let attribute = |space: &str, name: &str| xml.attribute(element, space, name);
        let family = attribute("style", "family").unwrap_or_default();
        let Some(letter) = letter(&family) else { return xml.skip() };
        let name = attribute("style", "name").unwrap_or_default();
        let id = format!("{letter}{name}");
        let mut style = Style {
            name: decoded(&name).to_lowercase(),
            based_on: attribute("style", "parent-style-name").map(|parent| format!("{letter}{parent}")),
            ..Style::default()
        };
        if let Some(list) = attribute("style", "list-style-name") {
            self.lists.insert(id.clone(), list);
        }
        style.paragraph.outline =
            attribute("style", "default-outline-level").and_then(|level| level.parse::<usize>().ok()?.checked_sub(1));
        let depth = xml.depth();
        while let Some(event) = xml.inside(depth)? {
            let Event::Open(element) = event else { continue };
            match element.name() {
                ("style", "text-properties") => {
                    if xml.attribute(&element, "text", "display").is_some_and(|display| display == "none") {
                        self.hidden.insert(id.clone());
                    }
                    characters(xml, &element, &mut style);
                }
                ("style", "paragraph-properties") => {
                    style.paragraph.align = xml.attribute(&element, "fo", "text-align").and_then(|side| align(&side));
                }
                _ => {}
            }
        }
        self.styles.all.insert(id, style);
        Ok(())
    }

    fn list(&mut self, xml: &mut Xml<'_>, name: String) -> Result<(), Diagnostic> {
        let mut shape = Abstract::default();
        let depth = xml.depth();
        let mut place = None;
        while let Some(event) = xml.inside(depth)? {
            let Event::Open(element) = event else { continue };
            match element.name() {
                ("text", kind @ ("list-level-style-number" | "outline-level-style")) => {
                    let (at, level) = numbered(xml, &element);
                    place = Some(at).filter(|at| *at < LEVELS);
                    // Headings have numbers only where a format is named.
                    let is_silent = kind == "outline-level-style" && level.format == "none";
                    if let Some(place) = shape.levels.get_mut(at).filter(|_| !is_silent) {
                        *place = Some(level);
                    }
                }
                ("text", "list-level-style-bullet" | "list-level-style-image") => {
                    let sign = xml.attribute(&element, "text", "bullet-char").unwrap_or_else(|| "•".to_string());
                    let level = Level { format: "bullet".to_string(), pattern: sign, ..Level::default() };
                    let at = level_of(xml, &element);
                    place = None;
                    shape.levels.get_mut(at).into_iter().for_each(|place| *place = Some(level.clone()));
                }
                ("style", "list-level-label-alignment") => {
                    let followed_by = xml.attribute(&element, "text", "label-followed-by");
                    let level = place.and_then(|place| shape.levels[place].as_mut());
                    if let Some(level) = level.filter(|_| followed_by.is_some_and(|by| by == "nothing")) {
                        level.close = true;
                    }
                }
                _ => {}
            }
        }
        self.numbering.abstracts.insert(name, shape);
        Ok(())
    }

    /// The list that a style of paragraphs names, or one that it is based on.
    pub(super) fn list_of(&self, style: &str) -> Option<&str> {
        let next = |id: &&str| self.styles.all.get(*id)?.based_on.as_deref();
        std::iter::successors(Some(style), next).take(64).find_map(|id| self.lists.get(id)).map(String::as_str)
    }
}

/// The letter of a family of styles that matters here.
fn letter(family: &str) -> Option<char> {
    match family {
        "paragraph" => Some('p'),
        "text" => Some('t'),
        _ => None,
    }
}

fn characters(xml: &Xml<'_>, element: &Element<'_>, style: &mut Style) {
    let attribute = |space: &str, name: &str| xml.attribute(element, space, name);
    let is_bold = |weight: &str| weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600);
    let bold = attribute("fo", "font-weight").or_else(|| attribute("style", "font-weight-asian"));
    style.run.bold = bold.map(|weight| is_bold(&weight));
    let italic = attribute("fo", "font-style").or_else(|| attribute("style", "font-style-asian"));
    style.run.italic = italic.map(|style| matches!(style.as_str(), "italic" | "oblique"));
    let struck = ["text-line-through-style", "text-line-through-type"].map(|name| attribute("style", name));
    style.run.struck = struck.into_iter().flatten().next().map(|line| line != "none");
    style.run.dotted = attribute("style", "text-emphasize").map(|signs| signs != "none");
    style.run.height = attribute("style", "text-position").map(|position| {
        let first = position.split_whitespace().next().unwrap_or_default();
        match first {
            "super" => Height::Above,
            "sub" => Height::Below,
            percent if percent.starts_with('-') => Height::Below,
            "0%" | "0" | "" => Height::Line,
            _ => Height::Above,
        }
    });
}

fn align(side: &str) -> Option<Align> {
    match side {
        "start" | "left" | "justify" => Some(Align::Left),
        "center" => Some(Align::Center),
        "end" | "right" => Some(Align::Right),
        _ => None,
    }
}

fn level_of(xml: &Xml<'_>, element: &Element<'_>) -> usize {
    let level = xml.attribute(element, "text", "level").and_then(|level| level.parse::<usize>().ok());
    level.unwrap_or(1).saturating_sub(1)
}

/// A level with numbers, and its place from 0.
fn numbered(xml: &Xml<'_>, element: &Element<'_>) -> (usize, Level) {
    let attribute = |space: &str, name: &str| xml.attribute(element, space, name);
    let at = level_of(xml, element);
    let shown: usize = attribute("text", "display-levels").and_then(|levels| levels.parse().ok()).unwrap_or(1);
    let places = (at + 1).saturating_sub(shown.clamp(1, at + 1))..=at;
    let numbers: Vec<String> = places.map(|place| format!("%{}", place + 1)).collect();
    let (prefix, suffix) = ("num-prefix", "num-suffix");
    let around = [prefix, suffix].map(|name| attribute("style", name).unwrap_or_default());
    let pattern = match attribute("style", "num-list-format") {
        // The numbers stand between two percent signs there.
        Some(own) => (1..=LEVELS).fold(own, |text, level| text.replace(&format!("%{level}%"), &format!("%{level}"))),
        None => format!("{}{}{}", around[0], numbers.join("."), around[1]),
    };
    let level = Level {
        start: attribute("text", "start-value").and_then(|start| start.parse().ok()),
        format: format_name(&attribute("style", "num-format").unwrap_or_default()).to_string(),
        pattern: pattern.chars().take(PATTERN).collect(),
        ..Level::default()
    };
    (at, level)
}

/// A format of numbers, given by its first number, as ECMA-376 names it.
fn format_name(format: &str) -> &'static str {
    match format.chars().next() {
        None => "none",
        Some('A') => "upperLetter",
        Some('a') => "lowerLetter",
        Some('I') => "upperRoman",
        Some('i') => "lowerRoman",
        Some('一') => "chineseCountingThousand",
        Some('壹') => "chineseLegalSimplified",
        Some('壱') => "ideographLegalTraditional",
        Some('甲') => "ideographTraditional",
        Some('子') => "ideographZodiac",
        Some('①') => "decimalEnclosedCircle",
        Some('１') => "decimalFullWidth",
        Some(_) => "decimal",
    }
}

/// A name with its other characters, which are written as `_20_`.
fn decoded(name: &str) -> String {
    let mut text = String::new();
    let mut rest = name;
    while let Some((before, behind)) = rest.split_once('_') {
        text.push_str(before);
        let code = behind.split_once('_').and_then(|(code, rest)| {
            let is_code = (2..=6).contains(&code.len());
            Some((u32::from_str_radix(code, 16).ok().filter(|_| is_code).and_then(char::from_u32)?, rest))
        });
        match code {
            Some((character, behind)) => {
                text.push(character);
                rest = behind;
            }
            None => {
                text.push('_');
                rest = behind;
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(decoded("Heading_20_1"), "Heading 1");
        assert_eq!(decoded("_6807__9898__20_1"), "标题 1");
        assert_eq!(decoded("a_b_c"), "a_b_c");
    }
}
