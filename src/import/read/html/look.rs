//! What a style says of words that changes what they say: struck out, above or below the line, stressed by dots; and to which
//! side it sets a paragraph or a cell.
//!
//! Editors of office programs and of web sites write `<span style="text-decoration:line-through">`, or a class, where HTML has
//! `<s>`. Only what changes the meaning is read; how a page looks is not kept. A crate for CSS (lightningcss, cssparser) would
//! bring selectors and the cascade, which dom_query has for the selectors and this does not need: a rule that strikes words
//! out is meant where it is written.

use std::collections::BTreeMap;

use dom_query::{Document, NodeId, NodeRef};

use super::block::is_block;
use crate::import::flow::Sense;
use crate::text::tape::Align;

/// Most rules of a page that are looked at.
const RULES: usize = 200;

/// What the style sheets of a page say, by element.
#[derive(Debug, Default)]
pub(super) struct Looks {
    ruled: BTreeMap<NodeId, Vec<Sense>>,
    sides: BTreeMap<NodeId, Side>,
}

/// What declarations say.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    senses: Vec<Sense>,
    side: Option<Side>,
}

/// The side that text is set to; none where its lines fill the width.
pub(super) type Side = Option<Align>;

impl Looks {
    /// Reads the style sheets that stand in the page.
    pub(super) fn of(document: &Document) -> Self {
        let mut looks = Self::default();
        let sheets = document.select("style");
        let rules = sheets.nodes().iter().flat_map(|sheet| rules(&sheet.text()));
        for (selector, said) in rules.take(RULES).collect::<Vec<_>>() {
            let Some(found) = document.try_select(&selector) else { continue };
            for node in found.nodes() {
                looks.ruled.entry(node.id).or_default().extend(said.senses.iter().cloned());
                looks.sides.extend(said.side.map(|side| (node.id, side)));
            }
        }
        looks
    }

    /// What is said of an element.
    pub(super) fn at(&self, node: &NodeRef<'_>) -> Vec<Sense> {
        let mut senses = node.attr("style").map(|style| said(&style).senses).unwrap_or_default();
        senses.extend(self.ruled.get(&node.id).into_iter().flatten().cloned());
        let mut kept: Vec<Sense> = Vec::new();
        for sense in senses {
            if !kept.contains(&sense) {
                kept.push(sense);
            }
        }
        kept
    }

    /// The side that a block says its text is set to. Pages of old are laid out in tables, and the side of what is around a
    /// table does not reach into it.
    pub(super) fn side(&self, node: &NodeRef<'_>) -> Option<Side> {
        let name = node.node_name()?;
        if !is_block(&name) {
            return None;
        }
        let styled = node.attr("style").and_then(|style| said(&style).side);
        let ruled = || self.sides.get(&node.id).copied();
        let attribute = || match &*name {
            "center" => Some(Some(Align::Center)),
            "table" | "hr" | "caption" | "legend" => None,
            _ => node.attr("align").and_then(|side| side_of(&side)),
        };
        styled.or_else(ruled).or_else(attribute).or((&*name == "table").then_some(None))
    }
}

fn side_of(value: &str) -> Option<Side> {
    match value.trim().trim_end_matches("!important").trim_end().to_ascii_lowercase().as_str() {
        "left" | "start" => Some(Some(Align::Left)),
        "center" | "middle" | "-webkit-center" | "-moz-center" => Some(Some(Align::Center)),
        "right" | "end" | "-webkit-right" => Some(Some(Align::Right)),
        "justify" => Some(None),
        _ => None,
    }
}

/// The rules outside of any condition that say something, with their selectors.
fn rules(sheet: &str) -> Vec<(String, Said)> {
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
                    let is_condition = selector.trim_start().starts_with('@');
                    let said = if is_condition { Said::default() } else { said(&sheet[start..at]) };
                    if said != Said::default() {
                        found.push((selector.trim().to_string(), said));
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

/// What declarations say; of several sides the last.
fn said(declarations: &str) -> Said {
    let named = || {
        let pairs = declarations.split(';').filter_map(|one| one.split_once(':'));
        pairs.map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase()))
    };
    let side = named().filter(|(name, _)| name == "text-align").filter_map(|(_, value)| side_of(&value)).next_back();
    let senses = named()
        .filter_map(|(name, value)| {
            match name.as_str() {
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
        .collect();
    Said { senses, side }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets() {
        let sheet = "<!-- @import 'a.css'; /* .x{text-decoration:line-through} */ .a, p.b { color: red; text-decoration: line-through }\n\
                     @media print { .c { text-decoration: line-through } } .d{vertical-align:super} .e{color:red} -->";
        let found: Vec<_> = rules(sheet).into_iter().map(|(selector, said)| (selector, said.senses)).collect();
        assert_eq!(found, [(".a, p.b".to_string(), vec![Sense::Struck]), (".d".to_string(), vec![Sense::Sup])]);
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

    #[test]
    fn sides() {
        let document = Document::from(
            "<style>.r{text-align:right}</style><p class=r><p style='text-align: center; text-align:justify'><p align=middle><div>\
             <table align=center><tr><td align=RIGHT>",
        );
        let looks = Looks::of(&document);
        let side = |selector: &str| looks.side(document.select_single(selector).nodes().first().expect("an element"));
        assert_eq!(side("p.r"), Some(Some(Align::Right)));
        assert_eq!(side("p[style]"), Some(None));
        assert_eq!(side("p[align]"), Some(Some(Align::Center)));
        assert_eq!(side("div"), None);
        assert_eq!(side("table"), Some(None));
        assert_eq!(side("td"), Some(Some(Align::Right)));
    }
}
