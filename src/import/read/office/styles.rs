//! Properties of paragraphs and runs, and the styles they come from.
//!
//! A document states little at the paragraph itself: that it is a heading, a quotation or numbered follows from its style,
//! or from the style that one is based on. Names are looked at beside properties, because programs other than Word write
//! the styles without an outline level.

use std::collections::HashMap;

use crate::text::tape::Align;

/// Most styles that one may be based on, one through the other. This also ends circles.
const CHAIN: usize = 64;

/// A paragraph's place in a list, as far as it is stated at one place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ListPlace {
    /// The list; 0 takes the paragraph out of the list of its style.
    pub number: Option<u64>,
    /// The level, from 0.
    pub level: Option<usize>,
}

/// What a paragraph says of itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct ParagraphProperties {
    pub style: Option<String>,
    pub list: ListPlace,
    /// The outline level, from 0; 9 is text.
    pub outline: Option<usize>,
    /// The side it is set to.
    pub align: Option<Align>,
    /// Whether the end of the paragraph is deleted, so that it goes on in the next.
    pub end_deleted: bool,
}

/// What a run says of itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct RunProperties {
    pub style: Option<String>,
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub struck: Option<bool>,
    /// Whether dots stress the characters (着重号).
    pub dotted: Option<bool>,
    pub height: Option<Height>,
    pub hidden: bool,
}

/// Where characters stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Height {
    #[default]
    Line,
    Above,
    Below,
}

/// What a style makes of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Text,
    Title,
    Heading(usize),
    Quote,
    /// An item of a list.
    Item,
}

/// A style of paragraphs or of characters.
#[derive(Debug, Default)]
pub(crate) struct Style {
    /// In lower case.
    pub name: String,
    pub based_on: Option<String>,
    pub paragraph: ParagraphProperties,
    pub run: RunProperties,
}

/// The styles of a document, by their ids.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    pub all: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    pub default: Option<String>,
}

impl Styles {
    /// A paragraph's role. The name of the style itself tells a title, because `Subtitle` may be based on it.
    pub(crate) fn role(&self, properties: &ParagraphProperties) -> Role {
        let style = properties.style.as_deref().or(self.default.as_deref());
        let mut chain = self.chain(style).peekable();
        if chain.peek().is_some_and(|(id, style)| style.name == "title" || style.name.is_empty() && *id == "Title") {
            return Role::Title;
        }
        let mut outline = properties.outline;
        let (mut is_quote, mut is_item) = (false, false);
        for (id, style) in chain {
            let named = heading_name(&style.name).or_else(|| heading_name(&id.to_lowercase()));
            outline = outline.or(style.paragraph.outline).or(named);
            is_quote |= quote_name(&style.name) || quote_name(&id.to_lowercase());
            is_item |= item_name(&style.name) || item_name(&id.to_lowercase());
        }
        match outline {
            Some(level) if level < 9 => Role::Heading(level + 1),
            _ if is_quote => Role::Quote,
            _ if is_item => Role::Item,
            _ => Role::Text,
        }
    }

    /// The side that a paragraph is set to, where it is not the usual one.
    pub(crate) fn align(&self, properties: &ParagraphProperties) -> Option<Align> {
        let style = properties.style.as_deref().or(self.default.as_deref());
        properties
            .align
            .or_else(|| self.chain(style).find_map(|(_, style)| style.paragraph.align))
            .filter(|align| *align != Align::Left)
    }

    /// A paragraph's list and level, with the ids of its styles from the nearest.
    pub(crate) fn list<'s>(&'s self, properties: &'s ParagraphProperties) -> (ListPlace, Vec<&'s str>) {
        let style = properties.style.as_deref().or(self.default.as_deref());
        let mut place = properties.list;
        let mut ids = Vec::new();
        for (id, style) in self.chain(style) {
            ids.push(id);
            if place.number.is_none() {
                place.number = style.paragraph.list.number;
                place.level = place.level.or(style.paragraph.list.level);
            }
        }
        (place, ids)
    }

    /// The list that a style of the kind `numbering` stands for.
    pub(crate) fn list_of(&self, id: &str) -> Option<u64> {
        self.all.get(id)?.paragraph.list.number
    }

    pub(crate) fn is_bold(&self, run: &RunProperties) -> bool {
        run.bold.or_else(|| self.chain(run.style.as_deref()).find_map(|(_, style)| style.run.bold)).unwrap_or(false)
    }

    pub(crate) fn is_italic(&self, run: &RunProperties) -> bool {
        run.italic.or_else(|| self.chain(run.style.as_deref()).find_map(|(_, style)| style.run.italic)).unwrap_or(false)
    }

    pub(crate) fn is_dotted(&self, run: &RunProperties) -> bool {
        run.dotted.or_else(|| self.chain(run.style.as_deref()).find_map(|(_, style)| style.run.dotted)).unwrap_or(false)
    }

    pub(crate) fn is_struck(&self, run: &RunProperties) -> bool {
        run.struck.or_else(|| self.chain(run.style.as_deref()).find_map(|(_, style)| style.run.struck)).unwrap_or(false)
    }

    pub(crate) fn height(&self, run: &RunProperties) -> Height {
        run.height
            .or_else(|| self.chain(run.style.as_deref()).find_map(|(_, style)| style.run.height))
            .unwrap_or_default()
    }

    /// A style and those it is based on, from the nearest.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let find = |id: &str| self.all.get_key_value(id).map(|(id, style)| (id.as_str(), style));
        std::iter::successors(id.and_then(find), move |(_, style)| find(style.based_on.as_deref()?)).take(CHAIN)
    }
}

/// The outline level, from 0, that a name such as `heading 2` or `标题 2` tells.
fn heading_name(name: &str) -> Option<usize> {
    let number = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    let level: usize = number.trim().parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

/// `List Number` to `List Number 5`, and the like with bullets.
fn item_name(name: &str) -> bool {
    let name = name.trim_end_matches(|last: char| last.is_ascii_digit() || last == ' ');
    matches!(name, "list number" | "listnumber" | "list bullet" | "listbullet" | "列表编号" | "列表项目符号")
}

fn quote_name(name: &str) -> bool {
    matches!(
        name,
        "quote"
            | "quotations"
            | "intense quote"
            | "intensequote"
            | "block text"
            | "blocktext"
            | "引用"
            | "明显引用"
            | "文本块"
    )
}
