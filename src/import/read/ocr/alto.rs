//! ALTO, all versions: words as attributes.

use std::collections::HashMap;

use super::super::order::is_seen;
use super::super::xml::{Element, Event, Xml};
use super::label::Role;
use super::reading_order::Places;
use super::recognised::{Block, Line, Recognised, without_hyphen};
use crate::diagnostic::Diagnostic;

/// Reads the blocks.
pub(super) fn read(name: &str, text: &str) -> Result<Recognised, Diagnostic> {
    let mut xml = Xml::new(name, text);
    let mut read = Reading::default();
    loop {
        match xml.next()? {
            Event::Open(element) => read.open(&xml, &element),
            Event::Close(closed) => read.close(closed.name().1),
            Event::Text(_) => {}
            Event::End => break,
        }
    }
    read.end_block();
    let Reading { blocks, places, .. } = read;
    Ok(Recognised { blocks, reading_order: places.ids(), ..Recognised::default() })
}

#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    block: Block,
    line: Line,
    places: Places,
    labels: HashMap<String, Role>,
    margin: Option<Role>,
    count: usize,
}

impl Reading {
    fn open(&mut self, xml: &Xml<'_>, element: &Element<'_>) {
        let of = |attribute: &str| xml.attribute(element, "", attribute).unwrap_or_default();
        match element.name().1 {
            "LayoutTag" | "StructureTag" | "OtherTag" => {
                self.labels.insert(of("ID"), Role::of(&of("LABEL")));
            }
            "OrderedGroup" | "UnorderedGroup" => self.places.open(None),
            "ElementRef" => self.places.member(None, of("REF")),
            "TopMargin" | "BottomMargin" => self.margin = Some(Role::RunningHead),
            "TextBlock" => {
                self.end_block();
                let tagged = of("TAGREFS")
                    .split_whitespace()
                    .find_map(|tag| self.labels.get(tag).copied().filter(|role| *role != Role::Text));
                let typed = Role::of(&(of("TYPE") + &of("type")));
                self.block = Block { id: of("ID"), role: self.margin.or(tagged).unwrap_or(typed), lines: Vec::new() };
            }
            "TextLine" => self.line = Line { id: of("ID"), ..Line::default() },
            "String" => {
                let (content, hyphen) = content(xml, element);
                self.line.prose.push(&content, &mut self.count);
                self.line.hyphen = hyphen;
            }
            "SP" => self.line.prose.space(false),
            "HYP" => self.line.hyphen = Some(self.line.hyphen.unwrap_or('-')),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "OrderedGroup" | "UnorderedGroup" => self.places.close(),
            "TopMargin" | "BottomMargin" => {
                self.end_block();
                self.margin = None;
            }
            "TextBlock" => self.end_block(),
            "TextLine" => {
                let line = std::mem::take(&mut self.line);
                self.block.lines.push(line);
            }
            // Words that nothing parts are words all the same, in scripts that part them.
            "String" => self.line.prose.word_end(),
            _ => {}
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        if !block.lines.is_empty() {
            self.blocks.push(block);
        }
    }
}

/// The characters of a word, without the hyphen that parts it at the end of the line, and that hyphen.
fn content(xml: &Xml<'_>, element: &Element<'_>) -> (String, Option<char>) {
    let of = |attribute: &str| xml.attribute(element, "", attribute).unwrap_or_default();
    let content = of("CONTENT");
    if of("SUBS_TYPE") != "HypPart1" {
        return (content, None);
    }
    let (text, hyphen) = without_hyphen(&content);
    (text.to_string(), Some(hyphen.unwrap_or('-')))
}

/// The characters of all words, in the order of the file.
pub(super) fn witness(name: &str, text: &str) -> Result<Vec<char>, Diagnostic> {
    let mut xml = Xml::new(name, text);
    let mut characters = Vec::new();
    loop {
        match xml.next()? {
            Event::Open(element) if element.name().1 == "String" => {
                characters.extend(content(&xml, &element).0.chars().filter(|character| is_seen(*character)));
            }
            Event::End => return Ok(characters),
            _ => {}
        }
    }
}
