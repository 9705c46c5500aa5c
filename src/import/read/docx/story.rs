//! The text of a part: the body, or the notes.
//!
//! One pass over the stream of elements, with an explicit stack of what is open. Elements that are not known let their
//! content through, so that content controls, smart tags and what later versions of Word wrap text in lose nothing; only
//! properties, and the second of two alternatives for the same content, are passed over.

use std::rc::Rc;

use super::shared::Shared;
use super::styles;
use super::symbol;
use super::xml::{Element, Event, Name, Xml};
use crate::diagnostic::Diagnostic;
use crate::import::flow::{Picture, Sense};
use crate::import::read::office::draft::{Cell, Draft, DraftBlock, Look, Origin, Row};
use crate::import::read::office::field::{self, Fields};
use crate::import::read::office::notes::{Note, NoteKind};
use crate::import::read::office::oddity::{self, Oddity};
use crate::import::read::office::shelf::Kept;
use crate::import::read::office::styles::{ParagraphProperties, RunProperties};
use crate::import::read::office::table;
use crate::import::read::relations::Relations;

/// What a part holds.
#[derive(Default)]
pub(super) struct Story {
    /// The name of the outermost element, if it is one of Word's.
    pub root: String,
    pub blocks: Vec<DraftBlock>,
    pub notes: Vec<Note>,
}

/// Reads a part.
pub(super) fn read(
    part: &str,
    text: &str,
    relations: &Relations,
    shared: &mut Shared<'_, '_, '_>,
) -> Result<Story, Diagnostic> {
    let mut xml = Xml::new(part, text);
    let mut reader = Reader {
        shared,
        relations,
        story: Story::default(),
        frames: Vec::new(),
        scope: Scope::default(),
        choices: Vec::new(),
        deletions: 0,
        insertions: 0,
        alternative: String::new(),
        names: Vec::new(),
    };
    loop {
        match xml.next()? {
            Event::Open(element) => {
                if xml.depth() == 1
                    && let ("w", root) = element.name()
                {
                    reader.story.root = root.to_string();
                }
                reader.open(&mut xml, &element)?;
            }
            Event::Close(closed) => reader.close(closed.name()),
            Event::Text(_) => {}
            Event::End => return Ok(reader.story),
        }
    }
}

/// What is open.
enum Frame {
    Paragraph { draft: Box<Draft>, boxes: Vec<DraftBlock> },
    Table { rows: Vec<Row>, is_layout: bool },
    Row(Row),
    Cell { cell: Cell, unfinished: Option<Box<Draft>> },
    Box { blocks: Vec<DraftBlock>, unfinished: Option<Box<Draft>>, around: Scope },
    Note { note: Note, unfinished: Option<Box<Draft>> },
    Body { blocks: Vec<DraftBlock>, unfinished: Option<Box<Draft>> },
}

/// What runs of text stand in. A text box begins with nothing of it.
#[derive(Default)]
struct Scope {
    runs: Vec<Look>,
    links: Vec<Option<Rc<str>>>,
    fields: Fields,
    /// Where in its paragraph the reading begins that is open.
    reading: Option<usize>,
    /// Readings whose characters have not ended.
    readings: String,
}

struct Reader<'r, 's, 'p, 'b> {
    shared: &'r mut Shared<'s, 'p, 'b>,
    relations: &'r Relations,
    story: Story,
    frames: Vec<Frame>,
    scope: Scope,
    /// For each group of alternatives, whether one was taken.
    choices: Vec<bool>,
    deletions: usize,
    insertions: usize,
    /// The alternative text of the image that comes next.
    alternative: String,
    /// Places that are named before the paragraph in which they stand.
    names: Vec<String>,
}

impl Reader<'_, '_, '_, '_> {
    fn open(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), Diagnostic> {
        match element.name() {
            ("w", "body") => self.frames.push(Frame::Body { blocks: Vec::new(), unfinished: None }),
            ("w", "footnote" | "endnote") => return self.open_note(xml, element),
            ("w", "txbxContent") => {
                let around = std::mem::take(&mut self.scope);
                self.frames.push(Frame::Box { blocks: Vec::new(), unfinished: None, around });
            }
            ("w", "p") => {
                let mut draft = self.unfinished().and_then(Option::take).unwrap_or_default();
                draft.properties = ParagraphProperties::default();
                draft.names.append(&mut self.names);
                self.frames.push(Frame::Paragraph { draft, boxes: Vec::new() });
            }
            ("w", "tbl") => {
                self.tables_are_layout();
                self.frames.push(Frame::Table { rows: Vec::new(), is_layout: false });
            }
            ("w", "tr") => self.frames.push(Frame::Row(Row::default())),
            ("w", "tc") => self.frames.push(Frame::Cell { cell: Cell::default(), unfinished: None }),
            ("w", "trPr") => self.row_properties(xml)?,
            ("w", "tcPr") => self.cell_properties(xml)?,
            ("w", "pPr") => {
                let properties = styles::paragraph_properties(xml)?;
                if let Some(Frame::Paragraph { draft, .. }) = self.frames.last_mut() {
                    draft.properties = properties;
                }
            }
            ("w", "rPr") => {
                let properties = styles::run_properties(xml)?;
                self.run_properties(&properties);
            }
            ("w", "tblPr" | "tblPrEx" | "tblGrid" | "sectPr" | "sdtPr" | "sdtEndPr" | "rubyPr") => xml.skip()?,
            ("mc", "AlternateContent") => self.choices.push(false),
            ("mc", "Choice" | "Fallback") => {
                let taken = self.choices.last_mut().is_some_and(|taken| std::mem::replace(taken, true));
                if taken {
                    xml.skip()?;
                }
            }
            ("w", "ins" | "moveTo") => self.insertions += 1,
            ("w", "del" | "moveFrom") => self.deletions += 1,
            ("w", "bookmarkStart") => self.bookmark(xml.attribute(element, "w", "name")),
            ("w", "hyperlink") => {
                let link = self.hyperlink(xml, element);
                self.scope.links.push(link);
            }
            ("w", "fldSimple") => {
                let own = xml.attribute(element, "w", "instr").and_then(|instruction| field::address(&instruction));
                self.scope.links.push(own.or_else(|| self.link()));
            }
            ("w", "fldChar") if self.deletions == 0 => self.turn(xml.attribute(element, "w", "fldCharType")),
            ("w", "instrText") => {
                let text = xml.text()?;
                self.scope.fields.instruct(&text);
            }
            _ => return self.open_inline(xml, element),
        }
        Ok(())
    }

    /// What stands in a line of text.
    fn open_inline(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), Diagnostic> {
        match element.name() {
            ("w" | "m", "r") => self.scope.runs.push(Look::default()),
            ("w" | "m" | "a", "t") => {
                let text = xml.text()?;
                self.push(&text);
            }
            ("w", "delText") => {
                let text = xml.text()?;
                if let Some(draft) = self.paragraph() {
                    draft.delete(&text);
                }
            }
            ("w", "tab" | "ptab") => self.push("\t"),
            ("w", "noBreakHyphen") => self.push("\u{2011}"),
            ("w", "softHyphen") => self.push("\u{ad}"),
            ("w", "sym") => {
                let symbol = symbol::character(xml, element);
                if symbol == '\u{fffd}' {
                    let font = xml.attribute(element, "w", "font").unwrap_or_default();
                    self.doubt(oddity::lost_sign(&font));
                }
                self.push(symbol.encode_utf8(&mut [0; 4]));
            }
            ("w", "br") if !is_line_break(xml, element) => {}
            ("w", "br" | "cr") => self.mark(Sense::Break),
            ("w", name @ ("footnoteReference" | "endnoteReference")) => {
                let kind = if name == "footnoteReference" { NoteKind::Foot } else { NoteKind::End };
                let id = (kind, xml.attribute(element, "w", "id").unwrap_or_default());
                if self.deletions > 0 {
                    self.shared.notes.deleted.insert(id);
                } else if self.paragraph().is_some() {
                    let label = self.shared.notes.label(id);
                    self.mark(Sense::NoteMark(label));
                }
            }
            ("wp" | "pic" | "v" | "a", _) => return self.open_picture(xml, element),
            ("m", "oMath") => self.shared.oddities.add(Oddity::Formula),
            ("w", "rt") => self.scope.reading = self.paragraph().map(|draft| draft.text.len()),
            ("c", "chart") | ("dgm", "relIds") => self.shared.oddities.add(Oddity::Diagram),
            ("w", "altChunk" | "subDoc") => self.shared.oddities.add(Oddity::Embedded),
            _ => {}
        }
        Ok(())
    }

    fn open_picture(&mut self, xml: &Xml<'_>, element: &Element<'_>) -> Result<(), Diagnostic> {
        let attribute = |space: &str, name: &str| xml.attribute(element, space, name);
        match element.name() {
            ("wp", "docPr") => self.alternative = attribute("", "descr").unwrap_or_default(),
            ("pic", "cNvPr") if self.alternative.is_empty() => {
                self.alternative = attribute("", "descr").unwrap_or_default();
            }
            ("v", "shape" | "rect" | "roundrect") => self.alternative = attribute("", "alt").unwrap_or_default(),
            ("a", "blip") => {
                let embedded = attribute("r", "embed").or_else(|| attribute("r", "link"));
                return self.image(embedded);
            }
            ("v", "imagedata") => {
                let embedded = attribute("r", "id").or_else(|| attribute("r", "href"));
                return self.image(embedded);
            }
            // Letters drawn as a picture, as in the red heads of official documents.
            ("v", "textpath") => {
                let text = attribute("", "string").unwrap_or_default();
                self.push(&text);
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: Name<'_>) {
        match name {
            ("w", "ins" | "moveTo") => self.insertions = self.insertions.saturating_sub(1),
            ("w", "del" | "moveFrom") => self.deletions = self.deletions.saturating_sub(1),
            ("w", "hyperlink" | "fldSimple") => drop(self.scope.links.pop()),
            ("w" | "m", "r") => drop(self.scope.runs.pop()),
            ("w", "rt") => self.close_reading(),
            ("w", "ruby") => {
                let reading = std::mem::take(&mut self.scope.readings);
                if let Some(draft) = self.paragraph().filter(|_| !reading.is_empty()) {
                    draft.read_as(&reading);
                }
            }
            ("mc", "AlternateContent") => drop(self.choices.pop()),
            ("w", "p" | "tbl" | "tr" | "tc" | "txbxContent" | "footnote" | "endnote" | "body") => {
                self.finish();
                if let Some(frame) = self.frames.pop() {
                    self.close_frame(frame);
                }
            }
            _ => {}
        }
    }

    /// Word writes a reading before the characters that it stands above; it waits for their end.
    fn close_reading(&mut self) {
        let Some(start) = self.scope.reading.take() else { return };
        let cut = self.paragraph().filter(|draft| draft.text.is_char_boundary(start)).map(|draft| draft.cut(start));
        self.scope.readings.push_str(&cut.unwrap_or_default());
    }

    fn close_frame(&mut self, frame: Frame) {
        match frame {
            Frame::Paragraph { draft, boxes } => {
                // What a text box holds comes after its paragraph, so such a paragraph is not joined with the next.
                if draft.properties.end_deleted
                    && boxes.is_empty()
                    && let Some(unfinished) = self.unfinished()
                {
                    *unfinished = Some(draft);
                    return;
                }
                self.add(DraftBlock::Paragraph(draft));
                self.add_all(boxes);
            }
            Frame::Table { rows, is_layout } => {
                self.add_all(table::blocks(rows, is_layout));
            }
            Frame::Row(row) => match self.frames.last_mut() {
                Some(Frame::Table { rows, .. }) => rows.push(row),
                _ => self.add_all(row.cells.into_iter().flat_map(|cell| cell.blocks)),
            },
            Frame::Cell { cell, .. } => match self.frames.last_mut() {
                Some(Frame::Row(row)) => row.cells.push(cell),
                _ => self.add_all(cell.blocks),
            },
            Frame::Box { blocks, around, .. } => {
                self.scope = around;
                match self.frames.last_mut() {
                    Some(Frame::Paragraph { boxes, .. }) => boxes.extend(blocks),
                    _ => self.add_all(blocks),
                }
            }
            Frame::Note { note, .. } => self.story.notes.push(note),
            Frame::Body { blocks, .. } => self.story.blocks.extend(blocks),
        }
    }

    /// The paragraph of the innermost frame that goes on in the next.
    fn unfinished(&mut self) -> Option<&mut Option<Box<Draft>>> {
        match self.frames.last_mut()? {
            Frame::Cell { unfinished, .. }
            | Frame::Box { unfinished, .. }
            | Frame::Note { unfinished, .. }
            | Frame::Body { unfinished, .. } => Some(unfinished),
            Frame::Paragraph { .. } | Frame::Table { .. } | Frame::Row(_) => None,
        }
    }

    /// Ends a paragraph that no other follows.
    fn finish(&mut self) {
        if let Some(draft) = self.unfinished().and_then(Option::take) {
            self.add(DraftBlock::Paragraph(draft));
        }
    }

    fn add_all(&mut self, blocks: impl IntoIterator<Item = DraftBlock>) {
        for block in blocks {
            self.add(block);
        }
    }

    /// Puts a block where it stands. Nothing is lost where the format allows no block.
    fn add(&mut self, block: DraftBlock) {
        self.finish();
        match self.frames.last_mut() {
            Some(Frame::Cell { cell, .. }) => cell.blocks.push(block),
            Some(Frame::Box { blocks, .. } | Frame::Body { blocks, .. }) => blocks.push(block),
            Some(Frame::Note { note, .. }) => note.blocks.push(block),
            Some(Frame::Paragraph { boxes, .. }) => boxes.push(block),
            Some(Frame::Row(row)) => row.cells.push(Cell { blocks: vec![block], ..Cell::default() }),
            Some(Frame::Table { rows, .. }) => {
                let cells = vec![Cell { blocks: vec![block], ..Cell::default() }];
                rows.push(Row { cells, ..Row::default() });
            }
            None => self.story.blocks.push(block),
        }
    }

    /// A table that holds a table lays out a page.
    fn tables_are_layout(&mut self) {
        for frame in self.frames.iter_mut().rev() {
            if let Frame::Table { is_layout, .. } = frame
                && std::mem::replace(is_layout, true)
            {
                break;
            }
        }
    }

    fn open_note(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), Diagnostic> {
        let is_text = xml.attribute(element, "w", "type").is_none_or(|kind| kind == "normal");
        if !is_text {
            return xml.skip();
        }
        let kind = if element.name().1 == "footnote" { NoteKind::Foot } else { NoteKind::End };
        let id = (kind, xml.attribute(element, "w", "id").unwrap_or_default());
        self.scope = Scope::default();
        self.frames.push(Frame::Note { note: Note { id, blocks: Vec::new() }, unfinished: None });
        Ok(())
    }

    fn turn(&mut self, kind: Option<String>) {
        match kind.as_deref() {
            Some("begin") => self.scope.fields.begin(),
            Some("separate") => self.scope.fields.separate(),
            Some("end") => self.end_field(),
            _ => {}
        }
    }

    fn end_field(&mut self) {
        let Some(shown) = self.scope.fields.end().filter(|_| self.is_shown()) else { return };
        if shown.is_formula {
            self.shared.oddities.add(Oddity::Formula);
        }
        let origin = if self.insertions > 0 { Origin::Inserted } else { Origin::Written };
        let look = self.scope.runs.last().cloned().unwrap_or_default();
        if let Some(draft) = self.paragraph() {
            draft.push_shown(&shown, &look, origin);
        }
    }

    fn row_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Diagnostic> {
        let depth = xml.depth();
        while let Some(event) = xml.inside(depth)? {
            let Event::Open(element) = event else { continue };
            let Some(Frame::Row(row)) = self.frames.last_mut() else { continue };
            match element.name() {
                ("w", "del") => row.is_deleted = true,
                ("w", "gridBefore") => row.before = columns(xml, &element),
                ("w", "trPrChange") => xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn cell_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Diagnostic> {
        let depth = xml.depth();
        while let Some(event) = xml.inside(depth)? {
            let Event::Open(element) = event else { continue };
            let Some(Frame::Cell { cell, .. }) = self.frames.last_mut() else { continue };
            match element.name() {
                ("w", "gridSpan") => cell.more = columns(xml, &element).saturating_sub(1),
                ("w", "vMerge") => cell.is_continued = xml.value(&element).is_none_or(|value| value != "restart"),
                ("w", "tcPrChange") => xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn run_properties(&mut self, properties: &RunProperties) {
        if properties.hidden {
            self.shared.oddities.add(Oddity::Hidden);
        }
        if let Some(run) = self.scope.runs.last_mut() {
            run.strong = self.shared.styles.is_bold(properties);
            run.emphasis = self.shared.styles.is_italic(properties) || self.shared.styles.is_dotted(properties);
            run.is_struck = self.shared.styles.is_struck(properties);
            run.height = self.shared.styles.height(properties);
        }
    }

    fn hyperlink(&self, xml: &Xml<'_>, element: &Element<'_>) -> Option<Rc<str>> {
        let relation = xml.attribute(element, "r", "id").and_then(|id| self.relations.get(&id));
        let place = xml.attribute(element, "w", "anchor");
        let own = match relation {
            Some(relation) => field::with_place(&relation.target, place.as_deref()),
            None => field::with_place("", place.as_deref()),
        };
        own.or_else(|| self.link())
    }

    /// Where the text that is read leads.
    fn link(&self) -> Option<Rc<str>> {
        self.scope.links.last().cloned().flatten().or_else(|| self.scope.fields.link())
    }

    fn paragraph(&mut self) -> Option<&mut Draft> {
        match self.frames.last_mut()? {
            Frame::Paragraph { draft, .. } => Some(draft),
            _ => None,
        }
    }

    fn push(&mut self, text: &str) {
        let look = Look { link: self.link(), ..self.scope.runs.last().cloned().unwrap_or_default() };
        self.push_as(text, &look);
    }

    fn push_as(&mut self, text: &str, look: &Look) {
        let origin = if self.insertions > 0 { Origin::Inserted } else { Origin::Written };
        let is_deleted = self.deletions > 0;
        if !is_deleted && self.scope.fields.in_instruction() {
            self.shared.oddities.add(Oddity::Instruction);
            return;
        }
        if let Some(draft) = self.paragraph() {
            if is_deleted { draft.delete(text) } else { draft.push(text, look, origin) }
        }
    }

    fn is_shown(&self) -> bool {
        self.deletions == 0 && !self.scope.fields.in_instruction()
    }

    fn mark(&mut self, sense: Sense) {
        if self.is_shown()
            && let Some(draft) = self.paragraph()
        {
            draft.mark(draft.text.len(), sense);
        }
    }

    fn doubt(&mut self, doubt: Diagnostic) {
        if self.is_shown()
            && let Some(draft) = self.paragraph()
            && draft.diagnostics.iter().all(|other| other.code() != doubt.code())
        {
            draft.diagnostics.push(doubt);
        }
    }

    /// A place begins that links lead to: in the paragraph that is open, or in the next one.
    fn bookmark(&mut self, name: Option<String>) {
        match self.paragraph() {
            Some(draft) => draft.names.extend(name),
            None => self.names.extend(name),
        }
    }

    /// An image, by the id of its relation.
    fn image(&mut self, relation: Option<String>) -> Result<(), Diagnostic> {
        let alternative = std::mem::take(&mut self.alternative);
        let Some(start) = self.paragraph().map(|draft| draft.text.len()) else { return Ok(()) };
        if !self.is_shown() {
            return Ok(());
        }
        let relations = self.relations;
        let relation = relation.and_then(|id| relations.get(&id));
        let link = self.link();
        match relation {
            Some(relation) if relation.is_outside => {
                self.push_as(&alternative, &Look { link: Some(relation.target.as_str().into()), ..Look::default() });
                if alternative.trim().is_empty() {
                    self.doubt(oddity::missing_image(&relation.target));
                }
            }
            relation => {
                self.push_as(&alternative, &Look { link, ..Look::default() });
                let path = relation.map_or("", |relation| relation.target.as_str());
                match self.shared.shelf.keep(path)? {
                    Kept::Image(name) => {
                        if let Some(draft) = self.paragraph() {
                            draft.mark(start, Sense::Image(Picture::at(name)));
                        }
                    }
                    Kept::Other(kind) => self.doubt(oddity::other_image(path, kind)),
                    Kept::Missing => self.doubt(oddity::missing_image(path)),
                }
            }
        }
        Ok(())
    }
}

/// Whether `w:br` breaks the line, and not the page or the column.
fn is_line_break(xml: &Xml<'_>, element: &Element<'_>) -> bool {
    xml.attribute(element, "w", "type").is_none_or(|kind| kind == "textWrapping")
}

fn columns(xml: &Xml<'_>, element: &Element<'_>) -> usize {
    xml.value(element).and_then(|value| value.parse().ok()).unwrap_or(1).min(table::COLUMNS)
}
