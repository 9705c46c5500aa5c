//! What a style says of words that changes what they say: struck out, above or below the line, stressed by dots.
//!
//! Editors of office programs and of web sites write `<span style="text-decoration:line-through">`, or a class, where HTML has
//! `<s>`. Only what changes the meaning is read; how a page looks is not kept. A crate for CSS (lightningcss, cssparser) would
//! bring selectors and the cascade, which dom_query has for the selectors and this does not need: a rule that strikes words
//! out is meant where it is written.

use std::collections::BTreeMap;

use dom_query::{Document, NodeId, NodeRef};

use crate::import::flow::Sense;

/// Most rules of a page that are looked at.
const RULES: usize = 200;

/// What the style sheets of a page say, by element.
#[derive(Debug, Default)]
pub(super) struct Looks {
    ruled: BTreeMap<NodeId, Vec<Sense>>,
}

impl Looks {
    /// Reads the style sheets that stand in the page.
    pub(super) fn of(document: &Document) -> Self {
        let mut looks = Self::default();
        let sheets = document.select("style");
        let rules = sheets.nodes().iter().flat_map(|sheet| rules(&sheet.text()));
        for (selector, senses) in rules.take(RULES).collect::<Vec<_>>() {
            let Some(found) = document.try_select(&selector) else { continue };
            for node in found.nodes() {
                looks.ruled.entry(node.id).or_default().extend(senses.iter().cloned());
            }
        }
        looks
    }

    /// What is said of an element.
    pub(super) fn at(&self, node: &NodeRef<'_>) -> Vec<Sense> {
        let mut senses = node.attr("style").map(|style| said(&style)).unwrap_or_default();
        senses.extend(self.ruled.get(&node.id).into_iter().flatten().cloned());
        let mut kept: Vec<Sense> = Vec::new();
        for sense in senses {
            if !kept.contains(&sense) {
                kept.push(sense);
            }
        }
        kept
    }
}

/// The rules outside of any condition that say something, with their selectors.
fn rules(sheet: &str) -> Vec<(String, Vec<Sense>)> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let mut selector = "";
    let sheet = without_comments(sheet);
    for (at, sign) in sheet.match_indices(['{', '}', ';']) {
        match sign {
            "{" => {
                if depth == 0 {
                    selector = &sheet[start..at];
                    start = at + 1;
                }
                depth += 1;
            }
            "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let senses =
                        if selector.trim_start().starts_with('@') { Vec::new() } else { said(&sheet[start..at]) };
                    if !senses.is_empty() {
                        found.push((selector.trim().to_string(), senses));
                    }
                    start = at + 1;
                }
            }
            // `@import …;` ends without a block.
            _ if depth == 0 => start = at + 1,
            _ => {}
        }
    }
    found
}

fn without_comments(sheet: &str) -> String {
    let mut rest = sheet;
    let mut kept = String::with_capacity(sheet.len());
    while let Some((before, behind)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = behind.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest.trim_start_matches("<!--")
}

/// What declarations say.
fn said(declarations: &str) -> Vec<Sense> {
    declarations
        .split(';')
        .filter_map(|one| one.split_once(':'))
        .filter_map(|(name, value)| {
            let value = value.trim().to_ascii_lowercase();
            match name.trim().to_ascii_lowercase().as_str() {
                "text-decoration" | "text-decoration-line" if value.contains("line-through") => Some(Sense::Struck),
                "vertical-align" if value.starts_with("super") => Some(Sense::Sup),
                "vertical-align" if value.starts_with("sub") => Some(Sense::Sub),
                // Dots below characters stress them (着重号).
                "text-emphasis" | "-webkit-text-emphasis" | "text-emphasis-style" | "-webkit-text-emphasis-style"
                    if !value.starts_with("none") =>
                {
                    Some(Sense::Emphasis)
                }
                _ => None,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets() {
        let sheet = "<!-- @import 'a.css'; /* .x{text-decoration:line-through} */ .a, p.b { color: red; text-decoration: line-through }\n\
                     @media print { .c { text-decoration: line-through } } .d{vertical-align:super} .e{color:red} -->";
        assert_eq!(rules(sheet), [(".a, p.b".to_string(), vec![Sense::Struck]), (".d".to_string(), vec![Sense::Sup])]);
        assert_eq!(rules("} } { .a {"), []);
    }

    #[test]
    fn elements() {
        let document = Document::from(
            "<style>.a{text-decoration:line-through}b:hover,::x{vertical-align:sub}</style><p class=a style='TEXT-EMPHASIS: dot'>甲</p>",
        );
        let looks = Looks::of(&document);
        let found = document.select_single("p");
        assert_eq!(looks.at(found.nodes().first().expect("a paragraph")), [Sense::Emphasis, Sense::Struck]);
    }
}
