//! The recognised blocks as a tape, which is then written as Markdown.
//!
//! Numbered items that are printed stay paragraphs with the number that is printed, because a Markdown list would count by
//! itself. A run-in heading, the first sentence of its paragraph, has no form in Markdown. It becomes a heading and the rest
//! of the paragraph below it; the block's `run_in` keeps the memory.
//!
//! Blocks have no ids here: those are given when the Markdown is read.

use super::ids;
use super::marked::{self, Labels};
use crate::import::block::{Block, BlockKind};
use crate::import::flow::{Around, Form, GridPlace, Inside, Mark, Sense};
use crate::text::tape::{Align, Cell, Element, Node};
use crate::text::{self, Heading, Note, Part, Text};

/// The text of a record file.
pub(crate) fn text(blocks: &[Block]) -> Text {
    let ids = ids::assign(blocks);
    let shown = || blocks.iter().zip(&ids).filter(|(block, _)| !block.recorded);
    let mut builder = Builder {
        text: Text::empty(),
        nest: Nest::default(),
        note: None,
        begun: 0,
        attached: 0,
        sides: Sides::of(shown().map(|(block, _)| block)),
    };
    builder.text.notes = notes(shown().map(|(block, _)| block));
    let labels = builder.text.notes.iter().enumerate().rev().map(|(at, note)| (note.label.clone(), at)).collect();
    for (block, id) in shown() {
        builder.block(block, id.as_deref(), &labels);
    }
    builder.finish()
}

/// The notes in the order of their definitions, still empty. A note of several paragraphs is several blocks in a row.
fn notes<'a>(blocks: impl Iterator<Item = &'a Block>) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    let mut is_open = false;
    for block in blocks {
        let label = block.number.clone().unwrap_or_default();
        let is_note = block.kind == BlockKind::Footnote;
        if is_note && !(is_open && notes.last().is_some_and(|note| note.label == label)) {
            notes.push(Note { label, number: notes.len() + 1, ..Note::default() });
        }
        is_open = is_note;
    }
    notes
}

/// Whether paragraphs that are set to a side say something by it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sides {
    Kept,
    /// Most are, so it is how the page looks.
    Layout,
}

impl Sides {
    fn of<'a>(blocks: impl Iterator<Item = &'a Block>) -> Self {
        let paragraphs: Vec<&Block> = blocks.filter(|block| may_be_aligned(block)).collect();
        let aligned = paragraphs.iter().filter(|block| block.align.is_some_and(|align| align != Align::Left)).count();
        if aligned * 2 > paragraphs.len() { Self::Layout } else { Self::Kept }
    }
}

/// Whether a block is a paragraph of the text itself.
fn may_be_aligned(block: &Block) -> bool {
    let other =
        matches!(block.kind, BlockKind::Heading | BlockKind::AttachmentHead | BlockKind::Footnote | BlockKind::Figure);
    !other && block.form == Form::Paragraph && block.inside.is_empty()
}

/// What a text stands in where nothing else is said.
const PARAGRAPH: &[Element] = &[Element::Paragraph(None)];

/// The quotations and items that are open.
#[derive(Default)]
struct Nest {
    open: Vec<(Inside, Element)>,
}

impl Nest {
    /// Closes what a block does not stand in and opens what it does; whether anything was opened.
    fn enter(&mut self, tape: &mut Vec<Node>, inside: &[Inside]) -> bool {
        let shared = self.open.iter().zip(inside).take_while(|((one, _), other)| one == *other).count();
        let goes_on = self.open.get(shared).zip(inside.get(shared)).is_some_and(|((before, _), next)| {
            match (before.around, next.around) {
                (Around::Bullet, Around::Bullet) => true,
                (Around::Number(before), Around::Number(next)) => before.checked_add(1) == Some(next),
                _ => false,
            }
        });
        let list = self.open.get(shared).map(|(_, element)| *element).filter(|_| goes_on);
        let keeps = shared + usize::from(goes_on);
        while self.open.len() > keeps {
            self.leave(tape);
        }
        if goes_on {
            self.leave_item(tape);
        }
        for (nth, inside) in inside.iter().enumerate().skip(shared) {
            let element = match inside.around {
                Around::Quote => Element::Quote(None),
                Around::Bullet => Element::Bullets(None),
                Around::Number(number) => Element::Numbers(None, i32::try_from(number).unwrap_or(i32::MAX)),
            };
            let element = match list.filter(|_| nth == shared) {
                Some(list) => list,
                None => {
                    tape.push(Node::Open(element));
                    element
                }
            };
            if inside.around != Around::Quote {
                tape.push(Node::Open(Element::Item));
            }
            self.open.push((inside.clone(), element));
        }
        shared < inside.len()
    }

    /// Closes the innermost quotation or list.
    fn leave(&mut self, tape: &mut Vec<Node>) {
        if let Some(element) = self.leave_item(tape) {
            tape.push(Node::Close(element));
        }
    }

    /// Closes the innermost item; its list stays open for another.
    fn leave_item(&mut self, tape: &mut Vec<Node>) -> Option<Element> {
        let (inside, element) = self.open.pop()?;
        if inside.around != Around::Quote {
            tape.push(Node::Close(Element::Item));
        }
        Some(element)
    }

    fn leave_all(&mut self, tape: &mut Vec<Node>) {
        while !self.open.is_empty() {
            self.leave(tape);
        }
    }
}

/// The note that is written.
struct OpenNote {
    /// Its index in the text.
    note: usize,
    label: String,
    /// How many quotations and items it stands in itself.
    depth: usize,
    nest: Nest,
}

struct Builder {
    text: Text,
    nest: Nest,
    note: Option<OpenNote>,
    /// How many notes have begun.
    begun: usize,
    /// 1 in an attachment: what it holds stands one level below its head.
    attached: usize,
    sides: Sides,
}

impl Builder {
    fn block(&mut self, block: &Block, id: Option<&str>, labels: &Labels) {
        if block.kind == BlockKind::Footnote {
            return self.note(block, labels);
        }
        self.close_note();
        let is_new = self.nest.enter(&mut self.text.tape, &block.inside);
        let level = match block.kind {
            BlockKind::AttachmentHead => {
                self.attached = 1;
                1
            }
            BlockKind::Heading => block.level + self.attached,
            _ => 0,
        };
        let mut tape = std::mem::take(&mut self.text.tape);
        match id.filter(|_| level > 0) {
            Some(id) => self.heading(block, level, id, &mut tape, labels),
            None => {
                let in_item = block.inside.last().is_some_and(|inside| inside.around != Around::Quote);
                let is_line = block.kind == BlockKind::Item && is_new && in_item;
                let aligned = self.aligned(block);
                let around = aligned.as_ref().map_or(PARAGRAPH, std::slice::from_ref);
                self.content(block, if is_line { &[] } else { around }, &mut tape, labels);
            }
        }
        self.text.tape = tape;
    }

    /// The paragraph of a block that is set to a side.
    fn aligned(&mut self, block: &Block) -> Option<Element> {
        let align = block.align.filter(|align| *align != Align::Left && self.sides == Sides::Kept)?;
        if !may_be_aligned(block) {
            return None;
        }
        let at = u32::try_from(self.text.blocks.len()).ok()?;
        self.text.blocks.push(text::Block { align: Some(align), ..text::Block::default() });
        Some(Element::Paragraph(Some(at)))
    }

    fn heading(&mut self, block: &Block, level: usize, id: &str, tape: &mut Vec<Node>, labels: &Labels) {
        let printed = block.printed();
        let start = tape.len();
        let element = Element::Heading(u32::try_from(self.text.parts.len()).unwrap_or(u32::MAX));
        tape.push(Node::Open(element));
        // A heading is set in its own type, so bold says nothing there.
        let marks: Vec<Mark> = block.marks.iter().filter(|mark| mark.sense != Sense::Strong).cloned().collect();
        marked::write(&mut self.text, tape, &printed, &marks, labels);
        tape.push(Node::Close(element));
        if let Some(last) = self.text.parts.last_mut() {
            last.tape.end = start;
        }
        let heading = Heading {
            id: id.to_string(),
            level: u8::try_from(level).unwrap_or(u8::MAX),
            number: block.number.clone(),
            spaced: !block.gap.is_empty(),
            title: format!("{}{}", block.text, block.close),
            tape: start..tape.len(),
            ..Heading::default()
        };
        self.text.parts.push(Part { heading: Some(heading), tape: start..tape.len(), ..Part::default() });
    }

    /// `text` is what a text stands in; a table and code have elements of their own.
    fn content(&mut self, block: &Block, text: &[Element], tape: &mut Vec<Node>, labels: &Labels) {
        let printed = if block.kind == BlockKind::Footnote { block.text.clone() } else { block.printed() };
        let around: &[Element] = match &block.form {
            Form::Table(rows) => return self.table(&printed, &block.marks, rows, tape, labels),
            Form::Code => &[Element::Preformatted(None), Element::Code(None)],
            _ => text,
        };
        let marks = if block.form == Form::Code { &[] } else { block.marks.as_slice() };
        tape.extend(around.iter().map(|element| Node::Open(*element)));
        marked::write(&mut self.text, tape, &printed, marks, labels);
        tape.extend(around.iter().rev().map(|element| Node::Close(*element)));
    }

    /// A table; its first row is the head.
    fn table(&mut self, text: &str, marks: &[Mark], rows: &[Vec<GridPlace>], tape: &mut Vec<Node>, labels: &Labels) {
        tape.push(Node::Open(Element::Table(None)));
        // A row that is covered from above has nothing to show.
        let has_own = |row: &&Vec<GridPlace>| row.iter().any(|place| matches!(place, GridPlace::Cell(..)));
        let rows: Vec<&Vec<GridPlace>> = rows.iter().filter(has_own).collect();
        let sides = columns(&rows);
        for (nth, row) in rows.iter().enumerate() {
            let group = if nth == 0 { Element::Head } else { Element::Body };
            if nth < 2 {
                tape.push(Node::Open(group));
            }
            tape.push(Node::Open(Element::Row));
            for (column, place) in row.iter().enumerate() {
                let GridPlace::Cell(range, _) = place else { continue };
                let (columns, height) = extent(&rows[nth..], column);
                let cell = Element::Cell(Cell {
                    head: nth == 0,
                    align: sides[column],
                    columns,
                    rows: height,
                    ..Cell::plain()
                });
                let words = text.get(range.clone()).unwrap_or_default();
                tape.push(Node::Open(cell));
                marked::write(&mut self.text, tape, words, &in_cell(marks, range), labels);
                tape.push(Node::Close(cell));
            }
            tape.push(Node::Close(Element::Row));
            if nth == 0 || nth + 1 == rows.len() {
                tape.push(Node::Close(group));
            }
        }
        tape.push(Node::Close(Element::Table(None)));
    }

    /// A paragraph of a note.
    fn note(&mut self, block: &Block, labels: &Labels) {
        let label = block.number.clone().unwrap_or_default();
        if self.note.as_ref().is_none_or(|open| open.label != label) {
            self.close_note();
            self.nest.enter(&mut self.text.tape, &block.inside);
            let note = self.begun;
            self.begun += 1;
            self.text.notes[note].place = self.text.tape.len();
            self.note = Some(OpenNote { note, label, depth: block.inside.len(), nest: Nest::default() });
        }
        let Some(mut open) = self.note.take() else { return };
        let mut tape = std::mem::take(&mut self.text.notes[open.note].tape);
        open.nest.enter(&mut tape, block.inside.get(open.depth..).unwrap_or_default());
        self.content(block, PARAGRAPH, &mut tape, labels);
        self.text.notes[open.note].tape = tape;
        self.note = Some(open);
    }

    fn close_note(&mut self) {
        if let Some(mut open) = self.note.take() {
            open.nest.leave_all(&mut self.text.notes[open.note].tape);
        }
    }

    fn finish(mut self) -> Text {
        self.close_note();
        self.nest.leave_all(&mut self.text.tape);
        if let Some(last) = self.text.parts.last_mut() {
            last.tape.end = self.text.tape.len();
        }
        self.text
    }
}

/// The side that each column is set to: that of more than half of its cells below the head.
fn columns(rows: &[&Vec<GridPlace>]) -> Vec<Option<Align>> {
    let width = rows.iter().map(|row| row.len()).max().unwrap_or_default();
    let below = rows.get(1..).unwrap_or_default();
    let side = |column: usize| {
        let cells = || {
            below.iter().filter_map(move |row| match row.get(column)? {
                GridPlace::Cell(range, align) if !range.is_empty() => Some(*align),
                _ => None,
            })
        };
        let first = [Align::Left, Align::Center, Align::Right];
        first.into_iter().find(|side| cells().filter(|align| *align == Some(*side)).count() * 2 > cells().count())
    };
    (0..width).map(side).collect()
}

/// How many columns and rows a cell covers that begins in the first of these rows.
fn extent(rows: &[&Vec<GridPlace>], column: usize) -> (u16, u16) {
    let own = rows.first().map_or(&[][..], |row| row.get(column + 1..).unwrap_or_default());
    let columns = 1 + own.iter().take_while(|place| **place == GridPlace::Left).count();
    let goes_on = |row: &&&Vec<GridPlace>| {
        row.get(column..column + columns).is_some_and(|places| {
            places.iter().enumerate().all(|(nth, place)| match place {
                GridPlace::Up => true,
                GridPlace::Left => nth > 0,
                GridPlace::Cell(..) => false,
            }) && places.first() == Some(&GridPlace::Up)
        })
    };
    let height = 1 + rows.iter().skip(1).take_while(goes_on).count();
    (u16::try_from(columns).unwrap_or(u16::MAX), u16::try_from(height).unwrap_or(u16::MAX))
}

/// The marks of a cell, with the cell's beginning as zero.
fn in_cell(marks: &[Mark], range: &std::ops::Range<usize>) -> Vec<Mark> {
    let first = marks.partition_point(|mark| mark.range.start < range.start);
    marks
        .get(first..)
        .unwrap_or_default()
        .iter()
        .take_while(|mark| mark.range.start <= range.end)
        .filter(|mark| mark.range.end <= range.end)
        .map(|mark| Mark {
            range: mark.range.start - range.start..mark.range.end - range.start,
            sense: mark.sense.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markdown;

    fn body(blocks: &[Block]) -> String {
        markdown::write(&text(blocks))
    }

    #[test]
    fn a_line_behind_a_break_begins_with_no_sign() {
        for (text, markdown) in [
            ("甲---", "甲\\\n\\---"),
            ("甲# 乙", "甲\\\n\\# 乙"),
            ("甲1. 乙", "甲\\\n1\\. 乙"),
            ("甲:-:", "甲\\\n\\:-:"),
        ] {
            let marks = vec![Mark { range: 3..3, sense: Sense::Break }];
            let block = Block { text: text.to_string(), marks, ..Block::new(BlockKind::Paragraph, 1) };
            assert_eq!(body(&[block]), format!("{markdown}\n"));
        }
    }

    #[test]
    fn a_list_that_counts_on_stands_apart() {
        let inside = |around: &[Around]| -> Vec<Inside> {
            around.iter().enumerate().map(|(id, around)| Inside { id, around: *around }).collect()
        };
        let item = |around: &[Around]| Block {
            text: "甲".to_string(),
            inside: inside(around),
            ..Block::new(BlockKind::Item, 1)
        };
        let nested = [item(&[Around::Bullet]), item(&[Around::Bullet, Around::Number(3), Around::Bullet])];
        assert_eq!(body(&nested), "- 甲\n\n  3. - 甲\n");
    }

    #[test]
    fn headings_and_items() {
        let block = |kind, level, number: &str, gap: &str, text: &str| Block {
            level,
            number: Some(number.to_string()),
            gap: gap.to_string(),
            text: text.to_string(),
            path: vec![1],
            ..Block::new(kind, 1)
        };
        let blocks = [
            block(BlockKind::Heading, 1, "一、", "", "总则"),
            block(BlockKind::Heading, 2, "(一)", " ", "清点 #"),
            Block { close: "。".to_string(), ..block(BlockKind::Heading, 7, "1.", "", "统一") },
            block(BlockKind::Item, 0, "1.", " ", "书"),
            Block { recorded: true, ..block(BlockKind::NoteAuthor, 0, "", "", "（作者系…）") },
        ];
        assert_eq!(
            body(&blocks),
            "## 一、总则 {#s1}\n\n### (一) 清点 \\# {#s1-1}\n\n###### 1.统一。 {#s1-1-1}\n\n1\\. 书\n"
        );
    }
}
