//! Properties of paragraphs and runs, and the styles they come from.
//!
//! Word files state little at the paragraph itself: that it is a heading, a quotation or numbered follows from its style,
//! or from the style that one is based on. Names are looked at beside properties, because programs other than Word write
//! the styles without an outline level.

use std::collections::HashMap;

use super::xml::{Event, Xml};
use crate::diagnostic::Diagnostic;
use crate::text::tape::Align;

/// Most styles that one may be based on, one through the other. This also ends circles.
const CHAIN: usize = 64;

/// A paragraph's place in a list, as far as it is stated at one place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ListPlace {
    /// The list; 0 takes the paragraph out of the list of its style.
    pub number: Option<u64>,
    /// The level, from 0.
    pub level: Option<usize>,
}

/// What a paragraph says of itself.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphProperties {
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
pub(super) struct RunProperties {
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
pub(super) enum Height {
    #[default]
    Line,
    Above,
    Below,
}

impl Height {
    /// What a value of `w:vertAlign` means (ECMA-376, 17.18.96).
    fn of(value: &str) -> Self {
        match value {
            "superscript" => Self::Above,
            "subscript" => Self::Below,
            _ => Self::Line,
        }
    }
}

/// What a value of `w:jc` means (ECMA-376, 17.18.44); lines that fill the width are set as others are.
fn align(value: &str) -> Option<Align> {
    match value {
        "left" | "start" | "both" | "distribute" => Some(Align::Left),
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::Right),
        _ => None,
    }
}

/// Reads `w:pPr`, which was opened last, to its end.
pub(super) fn paragraph_properties(xml: &mut Xml<'_>) -> Result<ParagraphProperties, Diagnostic> {
    let mut found = ParagraphProperties::default();
    let depth = xml.depth();
    while let Some(event) = xml.inside(depth)? {
        let Event::Open(element) = event else { continue };
        match element.name() {
            ("w", "pStyle") => found.style = xml.value(&element),
            ("w", "numId") => found.list.number = xml.value(&element).and_then(|value| value.parse().ok()),
            ("w", "ilvl") => found.list.level = xml.value(&element).and_then(|value| value.parse().ok()),
            ("w", "jc") => found.align = xml.value(&element).and_then(|value| align(&value)),
            ("w", "outlineLvl") => found.outline = xml.value(&element).and_then(|value| value.parse().ok()),
            // The mark of the paragraph's end is formatted like a run, and so can be deleted like one.
            ("w", "del" | "moveFrom") => found.end_deleted = true,
            ("w", "pPrChange" | "rPrChange" | "sectPr") => xml.skip()?,
            _ => {}
        }
    }
    Ok(found)
}

/// Reads `w:rPr`, which was opened last, to its end.
pub(super) fn run_properties(xml: &mut Xml<'_>) -> Result<RunProperties, Diagnostic> {
    let mut found = RunProperties::default();
    let depth = xml.depth();
    while let Some(event) = xml.inside(depth)? {
        let Event::Open(element) = event else { continue };
        match element.name() {
            ("w", "rStyle") => found.style = xml.value(&element),
            ("w", "b") => found.bold = Some(xml.is_on(&element)),
            ("w", "i") => found.italic = Some(xml.is_on(&element)),
            ("w", "em") => found.dotted = xml.value(&element).map(|value| value != "none"),
            ("w", "strike" | "dstrike") => found.struck = Some(xml.is_on(&element)),
            ("w", "vertAlign") => found.height = xml.value(&element).map(|value| Height::of(&value)),
            ("w", "vanish") => found.hidden = xml.is_on(&element),
            ("w", "rPrChange") => xml.skip()?,
            _ => {}
        }
    }
    Ok(found)
}

/// What a style makes of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Title,
    Heading(usize),
    Quote,
    /// An item of a list.
    Item,
}

#[derive(Debug, Default)]
struct Style {
    /// In lower case.
    name: String,
    based_on: Option<String>,
    paragraph: ParagraphProperties,
    run: RunProperties,
}

/// The styles of a document, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

impl Styles {
    pub(super) fn read(part: &str, text: &str) -> Result<Self, Diagnostic> {
        let mut styles = Self::default();
        let mut xml = Xml::new(part, text);
        loop {
            match xml.next()? {
                Event::Open(element) if element.name() == ("w", "style") => {
                    let id = xml.attribute(&element, "w", "styleId").unwrap_or_default();
                    let is_default = xml
                        .attribute(&element, "w", "default")
                        .is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"));
                    if is_default && xml.attribute(&element, "w", "type").is_some_and(|kind| kind == "paragraph") {
                        styles.default = Some(id.clone());
                    }
                    let style = Style::read(&mut xml)?;
                    styles.all.insert(id, style);
                }
                Event::End => return Ok(styles),
                _ => {}
            }
        }
    }

    /// A paragraph's role. The name of the style itself tells a title, because `Subtitle` may be based on it.
    pub(super) fn role(&self, properties: &ParagraphProperties) -> Role {
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
    pub(super) fn align(&self, properties: &ParagraphProperties) -> Option<Align> {
        let style = properties.style.as_deref().or(self.default.as_deref());
        properties
            .align
            .or_else(|| self.chain(style).find_map(|(_, style)| style.paragraph.align))
            .filter(|align| *align != Align::Left)
    }

    /// A paragraph's list and level, with the ids of its styles from the nearest.
    pub(super) fn list<'s>(&'s self, properties: &'s ParagraphProperties) -> (ListPlace, Vec<&'s str>) {
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
    pub(super) fn list_of(&self, id: &str) -> Option<u64> {
        self.all.get(id)?.paragraph.list.number
    }

    pub(super) fn is_bold(&self, run: &RunProperties) -> bool {
        run.bold.or_else(|| self.chain(run.style.as_deref()).find_map(|(_, style)| style.run.bold)).unwrap_or(false)
    }

    pub(super) fn is_italic(&self, run: &RunProperties) -> bool {
        run.italic.or_else(|| self.chain(run.style.as_deref()).find_map(|(_, style)| style.run.italic)).unwrap_or(false)
    }

    pub(super) fn is_dotted(&self, run: &RunProperties) -> bool {
        run.dotted.or_else(|| self.chain(run.style.as_deref()).find_map(|(_, style)| style.run.dotted)).unwrap_or(false)
    }

    pub(super) fn is_struck(&self, run: &RunProperties) -> bool {
        run.struck.or_else(|| self.chain(run.style.as_deref()).find_map(|(_, style)| style.run.struck)).unwrap_or(false)
    }

    pub(super) fn height(&self, run: &RunProperties) -> Height {
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

impl Style {
    fn read(xml: &mut Xml<'_>) -> Result<Self, Diagnostic> {
        let mut style = Self::default();
        let depth = xml.depth();
        while let Some(event) = xml.inside(depth)? {
            let Event::Open(element) = event else { continue };
            match element.name() {
                ("w", "name") => style.name = xml.value(&element).unwrap_or_default().trim().to_lowercase(),
                ("w", "basedOn") => style.based_on = xml.value(&element),
                ("w", "pPr") => style.paragraph = paragraph_properties(xml)?,
                ("w", "rPr") => style.run = run_properties(xml)?,
                // Parts of tables have properties of their own.
                ("w", "tblStylePr") => xml.skip()?,
                _ => {}
            }
        }
        Ok(style)
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
        "quote" | "intense quote" | "intensequote" | "block text" | "blocktext" | "引用" | "明显引用" | "文本块"
    )
}
