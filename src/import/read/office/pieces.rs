//! From the blocks of a document to the pieces of its text.
//!
//! What a paragraph is follows from its style, and the number before it from all paragraphs before it, so this is a pass of
//! its own, in the order in which the text is read.

use super::draft::{Bold, Draft, DraftBlock, EditKind, Row};
use super::numbering::{Numbering, Printed};
use super::styles::{Role, Styles};
use crate::import::flow::{Around, Change, Flow, Form, GridPlace, Inside, Mark, Piece, Sense};

/// Among how many pieces the title of the document stands.
const HEAD: usize = 25;

/// What the pieces are put together with.
pub(crate) struct Pieces<'s> {
    pub name: &'s str,
    pub styles: &'s Styles,
    pub numbering: Numbering,
    pub flow: Flow,
    /// The items of lists with bullets that are open, with their levels, from the outermost.
    items: Vec<(usize, Inside)>,
    quote: Option<Inside>,
    ids: usize,
}

impl<'s> Pieces<'s> {
    pub(crate) fn new(name: &'s str, styles: &'s Styles, numbering: Numbering) -> Self {
        Self { name, styles, numbering, flow: Flow::default(), items: Vec::new(), quote: None, ids: 0 }
    }

    /// Adds a part of the text.
    pub(crate) fn add(&mut self, block: DraftBlock) {
        match block {
            DraftBlock::Paragraph(draft) => self.paragraph(*draft),
            DraftBlock::Table(rows) => self.table(rows),
        }
    }

    /// Adds a note. One that says nothing is a piece all the same, since its mark stands in the text.
    pub(crate) fn note(&mut self, label: &str, blocks: Vec<DraftBlock>) {
        let before = self.flow.pieces.len();
        let cells = |rows: Vec<Row>| rows.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.blocks);
        for block in blocks {
            match block {
                DraftBlock::Paragraph(draft) => self.note_paragraph(label, *draft),
                DraftBlock::Table(rows) => {
                    for block in cells(rows) {
                        if let DraftBlock::Paragraph(draft) = block {
                            self.note_paragraph(label, *draft);
                        }
                    }
                }
            }
        }
        if self.flow.pieces.len() == before {
            self.flow.pieces.push(Piece { form: Form::Note(label.to_string()), ..Piece::default() });
        }
    }

    fn note_paragraph(&mut self, label: &str, draft: Draft) {
        let printed = self.count(&draft);
        self.tell(&draft);
        if !draft.is_empty() {
            let (text, marks) = self.numbered(&draft, printed, Bold::Marked);
            self.flow.pieces.push(Piece { text, marks, form: Form::Note(label.to_string()), ..Piece::default() });
        }
    }

    fn paragraph(&mut self, draft: Draft) {
        let role = self.styles.role(&draft.properties);
        let printed = self.count(&draft);
        self.tell(&draft);
        if draft.is_empty() {
            return;
        }
        // Far below it is that of a sample, or of an attachment.
        let is_at_top = self.flow.pieces.len() < HEAD;
        if role == Role::Title
            && is_at_top
            && self.flow.stated.title.is_none()
            && draft.text.chars().any(char::is_alphabetic)
        {
            self.flow.stated.title = Some(draft.text.trim().to_string());
        }
        let inside = self.inside(role, printed.as_ref());
        let is_item = matches!(printed, Some(Printed::Number { item: Some(_), .. }))
            && matches!(inside.last(), Some(Inside { around: Around::Number(_), .. }));
        // Markdown prints the number of an item by itself.
        let printed = printed.filter(|_| !is_item);
        let form = match role {
            Role::Heading(level) => Form::Heading(level),
            Role::Title | Role::Quote | Role::Item | Role::Text => Form::Paragraph,
        };
        let bold = match role {
            Role::Text | Role::Quote | Role::Item => Bold::Marked,
            Role::Heading(_) | Role::Title => Bold::Unmarked,
        };
        let (text, marks) = self.numbered(&draft, printed, bold);
        let align = self.styles.align(&draft.properties);
        self.flow.pieces.push(Piece { text, marks, form, inside, align, ..Piece::default() });
    }

    fn count(&mut self, draft: &Draft) -> Option<Printed> {
        if let Some(level) = draft.goes_on {
            return Some(Printed::Blank { level });
        }
        let (place, ids) = self.styles.list(&draft.properties);
        self.numbering.count(place, &ids).or_else(|| draft.label.as_deref().map(Printed::of_label))
    }

    /// The line of the piece that comes next.
    fn line(&self) -> usize {
        self.flow.pieces.len() + 1
    }

    /// Keeps what is told of a paragraph beside the text, and the names of its places.
    fn tell(&mut self, draft: &Draft) {
        let line = self.line();
        for name in &draft.names {
            self.flow.anchors.entry(name.clone()).or_insert(line);
        }
        for edit in &draft.edits {
            let (was, now, why) = match edit.kind {
                EditKind::Deletion => (edit.text.clone(), String::new(), "deletion-accepted"),
                EditKind::Insertion => (String::new(), edit.text.clone(), "insertion-accepted"),
            };
            self.flow.changes.push(Change { line, was, now, why });
        }
        let placed = |fault| {
            crate::import::recognise::told::place_on_line(fault, self.name, &draft.text, line, 0..draft.text.len())
        };
        self.flow.diagnostics.extend(draft.diagnostics.iter().cloned().map(placed));
    }

    /// The text with the number before it.
    fn numbered(&mut self, draft: &Draft, printed: Option<Printed>, bold: Bold) -> (String, Vec<Mark>) {
        let mut marks = draft.marks(bold);
        let Some(Printed::Number { text: number, space, .. }) = printed else { return (draft.text.clone(), marks) };
        let now = number.get(..space).unwrap_or(&number).to_string();
        self.flow.changes.push(Change { line: self.line(), was: String::new(), now, why: "list-number" });
        shift(&mut marks, number.len());
        marks.insert(0, Mark { range: 0..number.len(), sense: Sense::Printed });
        (number + &draft.text, marks)
    }

    /// What a paragraph stands in. A heading stands in nothing, and ends all lists.
    fn inside(&mut self, role: Role, printed: Option<&Printed>) -> Vec<Inside> {
        let is_quote = role == Role::Quote;
        let is_text = matches!(role, Role::Text | Role::Quote | Role::Item);
        if !is_quote {
            self.quote = None;
        } else if self.quote.is_none() {
            self.quote = Some(self.new_inside(Around::Quote));
            self.items.clear();
        }
        match printed {
            Some(Printed::Bullet { level }) if is_text => {
                self.items.retain(|(other, _)| other < level);
                let item = self.new_inside(Around::Bullet);
                self.items.push((*level, item));
            }
            Some(Printed::Number { level, item: Some(value), .. }) if is_text => {
                self.items.retain(|(other, _)| other < level);
                let item = self.new_inside(Around::Number(*value));
                self.items.push((*level, item));
            }
            // Any other number is printed in the text, and the item has a bullet.
            Some(Printed::Number { level, .. }) if role == Role::Item => {
                self.items.retain(|(other, _)| other < level);
                let item = self.new_inside(Around::Bullet);
                self.items.push((*level, item));
            }
            // A number below a bullet is a level of the same list.
            Some(Printed::Number { level, .. }) if is_text => self.items.retain(|(other, _)| other < level),
            Some(Printed::Blank { level }) if matches!(role, Role::Text | Role::Item) => {
                self.items.retain(|(other, _)| other <= level)
            }
            _ => self.items.clear(),
        }
        self.quote.iter().cloned().chain(self.items.iter().map(|(_, item)| item.clone())).collect()
    }

    fn new_inside(&mut self, around: Around) -> Inside {
        self.ids += 1;
        Inside { id: self.ids, around }
    }

    fn table(&mut self, rows: Vec<Row>) {
        let mut piece = Piece::default();
        let mut table = Vec::new();
        for row in rows {
            let start = piece.text.len();
            if !table.is_empty() {
                piece.text.push('\n');
            }
            let content = piece.text.len();
            let marks = piece.marks.len();
            let cells = self.row(&row, &mut piece);
            let says_nothing = piece.text.get(content..).is_none_or(|text| text.trim().is_empty());
            if row.is_deleted && says_nothing && piece.marks.len() == marks {
                piece.text.truncate(start);
            } else {
                table.push(cells);
            }
        }
        if piece.text.trim().is_empty() && piece.marks.iter().all(|mark| mark.sense == Sense::Break) {
            return;
        }
        self.items.clear();
        self.quote = None;
        piece.form = Form::Table(table);
        self.flow.pieces.push(piece);
    }

    /// Adds the cells of a row to a table, and returns where they are.
    fn row(&mut self, row: &Row, piece: &mut Piece) -> Vec<GridPlace> {
        let mut cells = Vec::new();
        let next = |piece: &mut Piece, is_first: bool| {
            if !is_first {
                piece.text.push('\t');
            }
            piece.text.len()
        };
        for _ in 0..row.before {
            let at = next(piece, cells.is_empty());
            cells.push(GridPlace::Cell(at..at, None));
        }
        for cell in &row.cells {
            let start = next(piece, cells.is_empty());
            for block in &cell.blocks {
                if let DraftBlock::Paragraph(draft) = block {
                    self.cell_paragraph(draft, piece, start);
                }
            }
            // What Word hides in a cell that goes on with another one is text all the same.
            let goes_on = cell.is_continued && piece.text.len() == start;
            let align = cell.blocks.iter().find_map(|block| match block {
                DraftBlock::Paragraph(draft) if !draft.is_empty() => Some(self.styles.align(&draft.properties)),
                _ => None,
            });
            let own = GridPlace::Cell(start..piece.text.len(), align.flatten());
            cells.push(if goes_on { GridPlace::Up } else { own });
            for _ in 0..cell.more {
                next(piece, false);
                cells.push(if goes_on { GridPlace::Up } else { GridPlace::Left });
            }
        }
        cells
    }

    /// Adds a paragraph to a cell that begins at `start`. A number alone is text here: columns are numbered so.
    fn cell_paragraph(&mut self, draft: &Draft, piece: &mut Piece, start: usize) {
        let printed = self.count(draft);
        self.tell(draft);
        let is_numbered = matches!(printed, Some(Printed::Number { .. }));
        if draft.is_empty() && !is_numbered {
            return;
        }
        let (text, mut marks) = self.numbered(draft, printed, Bold::Marked);
        if piece.text.len() > start {
            piece.text.push(' ');
            piece.cell_paragraphs.push(piece.text.len());
        }
        shift(&mut marks, piece.text.len());
        piece.text.extend(text.chars().map(|character| if character == '\t' { ' ' } else { character }));
        piece.marks.extend(marks);
    }
}

fn shift(marks: &mut [Mark], by: usize) {
    for mark in marks {
        mark.range = mark.range.start + by..mark.range.end + by;
    }
}
