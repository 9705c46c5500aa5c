//! PAGE XML, all versions: text at the levels of regions, lines and words, of which one is taken.

use super::super::order::is_seen;
use super::super::xml::{Element, Event, Xml};
use super::label::Role;
use super::reading_order::Places;
use super::recognised::{Block, Line, Recognised};
use crate::diagnostic::Diagnostic;
use crate::import::read::prose::Prose;

/// Reads the regions.
pub(super) fn read(name: &str, text: &str) -> Result<Recognised, Diagnostic> {
    let mut xml = Xml::new(name, text);
    let mut read = Reading::default();
    loop {
        match xml.next()? {
            Event::Open(element) if element.name().1 == "Glyph" => xml.skip()?,
            Event::Open(element) if element.name().1 == "Unicode" => {
                let text = xml.text()?;
                if let Some(level) = read.words.last_mut().or(read.lines.last_mut()).or(read.regions.last_mut()) {
                    level.text.get_or_insert(text);
                }
            }
            Event::Open(element) => read.open(&xml, &element),
            Event::Close(closed) => read.close(closed.name().1),
            Event::Text(_) => {}
            Event::End => break,
        }
    }
    Ok(Recognised { blocks: read.blocks, reading_order: read.places.ids(), ..Recognised::default() })
}

/// A region, a line or a word.
#[derive(Default)]
struct Level {
    id: String,
    role: Role,
    /// Its own text, the first of several.
    text: Option<String>,
    /// Those of its words.
    words: Vec<String>,
    lines: Vec<Line>,
}

#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    places: Places,
    regions: Vec<Level>,
    lines: Vec<Level>,
    words: Vec<Level>,
    count: usize,
}

impl Reading {
    fn open(&mut self, xml: &Xml<'_>, element: &Element<'_>) {
        let of = |attribute: &str| xml.attribute(element, "", attribute).unwrap_or_default();
        let level = || Level { id: of("id"), role: Role::of(&(of("type") + &of("custom"))), ..Level::default() };
        let index = of("index").parse().ok();
        match element.name().1 {
            "TextRegion" => self.regions.push(level()),
            "TextLine" => self.lines.push(level()),
            "Word" => self.words.push(level()),
            "RegionRef" | "RegionRefIndexed" => self.places.member(index, of("regionRef")),
            name if is_group(name) => self.places.open(index),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "Word" => {
                let word = self.words.pop().and_then(|word| word.text).unwrap_or_default();
                if let Some(above) = self.lines.last_mut().or(self.regions.last_mut()) {
                    above.words.push(word);
                }
            }
            "TextLine" => {
                let Some(line) = self.lines.pop() else { return };
                let text = line.text.unwrap_or_else(|| line.words.join(" "));
                let line = self.line(line.id, &text);
                if let Some(region) = self.regions.last_mut() {
                    region.lines.push(line);
                } else {
                    self.blocks.push(Block { lines: vec![line], ..Block::default() });
                }
            }
            "TextRegion" => {
                let Some(mut region) = self.regions.pop() else { return };
                if region.lines.iter().all(|line| line.prose.is_empty()) {
                    let text = region.text.unwrap_or_else(|| region.words.join(" "));
                    region.lines = text.lines().map(|text| self.line(String::new(), text)).collect();
                }
                self.blocks.push(Block { id: region.id, role: region.role, lines: region.lines });
            }
            name if is_group(name) => self.places.close(),
            _ => {}
        }
    }

    fn line(&mut self, id: String, text: &str) -> Line {
        let mut prose = Prose::default();
        prose.push(text, &mut self.count);
        Line { id, prose, hyphen: None }
    }
}

fn is_group(name: &str) -> bool {
    matches!(name, "OrderedGroup" | "UnorderedGroup" | "OrderedGroupIndexed" | "UnorderedGroupIndexed")
}

/// The characters of all lines, in the order of the file.
pub(super) fn witness(name: &str, text: &str) -> Result<Vec<char>, Diagnostic> {
    let mut xml = Xml::new(name, text);
    let mut characters = Vec::new();
    // For each open level its own text, that of the words in it, and how many characters came before it.
    let mut open: Vec<(Option<String>, String, usize)> = Vec::new();
    let is_level = |name: &str| matches!(name, "TextRegion" | "TextLine" | "Word");
    loop {
        match xml.next()? {
            Event::Open(element) => match element.name().1 {
                "Glyph" => xml.skip()?,
                "Unicode" => {
                    let text = xml.text()?;
                    if let Some((own, ..)) = open.last_mut() {
                        own.get_or_insert(text);
                    }
                }
                name if is_level(name) => open.push((None, String::new(), characters.len())),
                _ => {}
            },
            Event::Close(closed) if is_level(closed.name().1) => {
                let Some((own, words, before)) = open.pop() else { continue };
                let text = own.unwrap_or(words);
                if closed.name().1 == "Word" {
                    open.last_mut().into_iter().for_each(|(_, words, _)| words.push_str(&text));
                } else if characters.len() == before {
                    characters.extend(text.chars().filter(|character| is_seen(*character)));
                }
            }
            Event::Close(_) | Event::Text(_) => {}
            Event::End => return Ok(characters),
        }
    }
}
