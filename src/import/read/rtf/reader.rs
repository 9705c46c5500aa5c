//! The text of a document: what each control word does.

use super::characters::{Characters, Event, of_word};
use super::picture;
use super::skipped::{is_skipped, is_starred_text};
use super::tables;
use super::token::Token;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::PackageMessage;
use crate::import::flow::{Picture, Sense};
use crate::import::meta::Meta;
use crate::import::read::office::body::{CELLS, CellShape, RowShape};
use crate::import::read::office::draft::{Look, Origin};
use crate::import::read::office::notes::{Note, NoteKind, Notes};
use crate::import::read::office::numbering::Numbering;
use crate::import::read::office::oddity::{self, Oddities, Oddity};
use crate::import::read::office::part::{Kind, Part};
use crate::import::read::office::properties;
use crate::import::read::office::shelf::{Kept, Shelf};
use crate::import::read::office::styles::{Height, ParagraphProperties, Styles};
use crate::text::tape::Align;

/// What holds for the text of a group.
#[derive(Debug, Clone, Default)]
struct State {
    look: Look,
    is_hidden: bool,
    is_deleted: bool,
    is_inserted: bool,
    paragraph: ParagraphProperties,
    is_in_table: bool,
    depth: usize,
    row: RowShape,
    cell: CellShape,
    /// What ends with the group.
    ends: Ends,
}

/// What ends with a group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Ends {
    #[default]
    Nothing,
    Field,
    Part,
}

/// A document while it is read.
pub(super) struct Reader<'b> {
    characters: Characters<'b>,
    state: State,
    around: Vec<State>,
    parts: Vec<Part>,
    /// The alternative text of the picture that comes next.
    alternative: String,
    pub styles: Styles,
    pub numbering: Numbering,
    pub notes: Notes,
    pub found: Vec<Note>,
    pub shelf: Shelf,
    pub oddities: Oddities,
    pub comments: usize,
    pub properties: Meta,
}

impl<'b> Reader<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        Self {
            characters: Characters::of(bytes),
            state: State::default(),
            around: Vec::new(),
            parts: vec![Part::new(Kind::Text)],
            alternative: String::new(),
            styles: Styles::default(),
            numbering: Numbering::default(),
            notes: Notes::default(),
            found: Vec::new(),
            shelf: Shelf::default(),
            oddities: Oddities::default(),
            comments: 0,
            properties: Meta::default(),
        }
    }

    /// Reads the document to its end, and returns its text.
    pub(super) fn run(&mut self) -> Result<Part, Diagnostic> {
        while let Some(event) = self.characters.next() {
            match event {
                Event::Open => {
                    if self.characters.is_too_deep() {
                        let part = "RTF".to_string();
                        return Err(Diagnostic::error(PackageMessage::PartTooDeep { part, most: self.around.len() }));
                    }
                    let inner = State { ends: Ends::Nothing, ..self.state.clone() };
                    self.around.push(std::mem::replace(&mut self.state, inner));
                }
                Event::Close => self.close(),
                Event::Text(text) => self.push(&text),
                Event::LostSign(font) => self.doubt(oddity::lost_sign(&font)),
                Event::Word(word, number, is_starred) => self.word(word, number, is_starred),
            }
        }
        while self.parts.len() > 1 {
            self.end_part();
        }
        let mut part = self.parts.pop().unwrap_or_else(|| Part::new(Kind::Text));
        if !part.draft.is_empty() {
            part.end_paragraph(&self.state.paragraph, 0, false);
        }
        Ok(part)
    }

    fn part(&mut self) -> &mut Part {
        if self.parts.is_empty() {
            self.parts.push(Part::new(Kind::Text));
        }
        let last = self.parts.len() - 1;
        &mut self.parts[last]
    }

    fn close(&mut self) {
        match self.state.ends {
            Ends::Nothing => {}
            Ends::Field => self.end_field(),
            Ends::Part => self.end_part(),
        }
        if let Some(state) = self.around.pop() {
            self.state = state;
        }
    }

    fn push(&mut self, text: &str) {
        let State { is_hidden, is_deleted, is_inserted, .. } = self.state;
        let look = self.state.look.clone();
        let part = self.part();
        if is_deleted {
            if !part.fields.in_instruction() {
                part.draft.delete(text);
            }
            return;
        }
        if part.fields.in_instruction() {
            part.fields.instruct(text);
            return;
        }
        let origin = if is_inserted { Origin::Inserted } else { Origin::Written };
        part.draft.push(text, &Look { link: part.fields.link(), ..look }, origin);
        if is_hidden && !text.trim().is_empty() {
            self.oddities.add(Oddity::Hidden);
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>, is_starred: bool) {
        if is_skipped(word) || is_starred && !is_starred_text(word) && !self.is_destination(word) {
            self.characters.rest_of_group();
            return;
        }
        let is_known =
            self.destination(word) || self.look(word, number) || self.layout(word, number) || self.character(word);
        if !is_known {
            self.row(word, number);
        }
    }

    fn is_destination(&self, word: &str) -> bool {
        matches!(word, "listtable" | "listoverridetable" | "bkmkstart" | "footnote" | "annotation" | "pict")
    }

    /// A word that says what a group is; whether it is one.
    fn destination(&mut self, word: &str) -> bool {
        match word {
            "stylesheet" => {
                let tokens = self.characters.rest_of_group();
                self.styles = tables::styles(&tokens, self.characters.encoding());
            }
            "listtable" => {
                let tokens = self.characters.rest_of_group();
                tables::shapes(&tokens, self.characters.encoding(), &mut self.numbering);
            }
            "listoverridetable" => {
                let tokens = self.characters.rest_of_group();
                tables::lists(&tokens, self.characters.encoding(), &mut self.numbering);
            }
            "title" | "author" | "subject" | "keywords" => self.property(word),
            "bkmkstart" => {
                let tokens = self.characters.rest_of_group();
                let name = self.characters.plain(&tokens).trim().to_string();
                self.part().draft.names.push(name);
            }
            "listtext" | "pntext" => {
                let tokens = self.characters.rest_of_group();
                let label = self.characters.plain(&tokens).trim().to_string();
                self.part().draft.label = Some(label).filter(|label| !label.is_empty());
            }
            "annotation" => {
                self.characters.rest_of_group();
                self.comments += 1;
            }
            "pict" => {
                let tokens = self.characters.rest_of_group();
                self.picture(&tokens);
            }
            "sp" => self.shape_property(),
            "footnote" => self.note(),
            "shptxt" | "dptxbxtext" => self.begin_part(Kind::Box),
            "field" => {
                self.part().fields.begin();
                self.state.ends = Ends::Field;
            }
            "fldrslt" => self.part().fields.separate(),
            _ => return false,
        }
        true
    }

    fn property(&mut self, word: &str) {
        let tokens = self.characters.rest_of_group();
        let text = self.characters.plain(&tokens);
        match word {
            "title" => properties::title(&mut self.properties, &text),
            "author" => properties::creator(&mut self.properties, &text),
            _ => properties::subjects(&mut self.properties, &text),
        }
    }

    /// A word that says how characters look; whether it is one.
    fn look(&mut self, word: &str, number: Option<i32>) -> bool {
        let is_on = number != Some(0);
        let state = &mut self.state;
        match word {
            "plain" => {
                state.look = Look::default();
                (state.is_hidden, state.is_deleted, state.is_inserted) = (false, false, false);
            }
            "b" => state.look.strong = is_on,
            "i" => state.look.emphasis = is_on,
            "accdot" | "acccomma" | "acccircle" | "accunderdot" => state.look.emphasis = is_on,
            "strike" | "striked" => state.look.is_struck = is_on,
            "super" => state.look.height = if is_on { Height::Above } else { Height::Line },
            "sub" => state.look.height = if is_on { Height::Below } else { Height::Line },
            "nosupersub" => state.look.height = Height::Line,
            "v" => state.is_hidden = is_on,
            "deleted" => state.is_deleted = is_on,
            "revised" => state.is_inserted = is_on,
            _ => return false,
        }
        true
    }

    /// A word that says what a paragraph is, or ends it; whether it is one.
    fn layout(&mut self, word: &str, number: Option<i32>) -> bool {
        let state = &mut self.state;
        let place = number.and_then(|number| usize::try_from(number).ok());
        match word {
            "pard" => {
                state.paragraph = ParagraphProperties::default();
                (state.is_in_table, state.depth) = (false, 0);
            }
            "s" => state.paragraph.style = number.map(|style| style.to_string()),
            "ls" => state.paragraph.list.number = place.map(|list| list as u64),
            "ilvl" => state.paragraph.list.level = place,
            "outlinelevel" => state.paragraph.outline = place,
            "qc" => state.paragraph.align = Some(Align::Center),
            "qr" => state.paragraph.align = Some(Align::Right),
            "ql" | "qj" | "qd" => state.paragraph.align = Some(Align::Left),
            "intbl" => state.is_in_table = true,
            "itap" => state.depth = place.unwrap_or(0),
            "par" | "sect" => {
                let depth = self.depth();
                self.end_paragraph(depth);
            }
            "cell" | "nestcell" => {
                let least = if word == "cell" { 1 } else { 2 };
                let depth = if word == "cell" { 1 } else { self.depth().max(least) };
                self.end_paragraph(depth);
                self.part().body.end_cell();
            }
            "row" | "nestrow" => {
                let depth = if word == "row" { 1 } else { self.depth().max(2) };
                let (row, is_deleted) = (self.state.row.clone(), self.state.is_deleted);
                let properties = self.state.paragraph.clone();
                self.part().end_row(&properties, depth, &row, is_deleted);
            }
            _ => return false,
        }
        true
    }

    fn depth(&self) -> usize {
        self.state.depth.max(usize::from(self.state.is_in_table))
    }

    fn end_paragraph(&mut self, depth: usize) {
        let (properties, is_deleted) = (self.state.paragraph.clone(), self.state.is_deleted);
        self.part().end_paragraph(&properties, depth, is_deleted);
    }

    /// A word that stands for a character; whether it is one.
    fn character(&mut self, word: &str) -> bool {
        if matches!(word, "line" | "lbr") {
            if !self.state.is_deleted && !self.part().fields.in_instruction() {
                let draft = &mut self.part().draft;
                draft.mark(draft.text.len(), Sense::Break);
            }
            return true;
        }
        let Some(text) = of_word(word) else { return false };
        self.push(text);
        true
    }

    /// A word that says where the cells of a row are.
    fn row(&mut self, word: &str, number: Option<i32>) {
        let state = &mut self.state;
        match word {
            "trowd" => {
                state.row = RowShape { edges: vec![0], cells: Vec::new() };
                state.cell = CellShape::default();
            }
            "trleft" => {
                if let Some(first) = state.row.edges.first_mut() {
                    *first = number.unwrap_or(0);
                }
            }
            "clmrg" => state.cell.goes_on_left = true,
            "clvmrg" => state.cell.goes_on_up = true,
            "cellx" if state.row.cells.len() < CELLS => {
                state.row.edges.push(number.unwrap_or(0));
                state.row.cells.push(std::mem::take(&mut state.cell));
            }
            _ => {}
        }
    }

    /// A note begins: the group that is open is its text.
    fn note(&mut self) {
        let id = (NoteKind::Foot, self.found.len().to_string() + "-" + &self.parts.len().to_string());
        if self.part().fields.in_instruction() || self.state.is_deleted {
            self.notes.deleted.insert(id.clone());
        } else {
            let label = self.notes.label(id.clone());
            let draft = &mut self.part().draft;
            draft.mark(draft.text.len(), Sense::NoteMark(label));
        }
        self.begin_part(Kind::Note(id));
    }

    fn begin_part(&mut self, kind: Kind) {
        self.parts.push(Part::new(kind));
        self.state = State { ends: Ends::Part, ..State::default() };
    }

    fn end_part(&mut self) {
        let properties = self.state.paragraph.clone();
        let Some(mut part) = self.parts.pop() else { return };
        if !part.draft.is_empty() {
            part.end_paragraph(&properties, 0, false);
        }
        match part.kind.clone() {
            Kind::Note(id) => self.found.push(Note { id, blocks: part.finish() }),
            Kind::Box => {
                let blocks = part.finish();
                self.part().boxes.extend(blocks);
            }
            Kind::Text => {}
        }
    }

    fn end_field(&mut self) {
        let (look, is_inserted, is_deleted) = (self.state.look.clone(), self.state.is_inserted, self.state.is_deleted);
        let part = self.part();
        let Some(shown) = part.fields.end().filter(|_| !part.fields.in_instruction() && !is_deleted) else { return };
        let origin = if is_inserted { Origin::Inserted } else { Origin::Written };
        part.draft.push_shown(&shown, &look, origin);
        if shown.is_formula {
            self.oddities.add(Oddity::Formula);
        }
    }

    fn picture(&mut self, tokens: &[Token<'b>]) {
        if self.state.is_deleted || self.part().fields.in_instruction() {
            return;
        }
        let alternative = self.alternative_of(tokens);
        let kept = picture::keep(tokens, &mut self.shelf);
        let start = self.part().draft.text.len();
        self.push(&alternative);
        match kept {
            Kept::Image(name) => self.part().draft.mark(start, Sense::Image(Picture::at(name))),
            Kept::Other(kind) => self.doubt(oddity::other_image("", kind)),
            Kept::Missing => self.doubt(oddity::missing_image("")),
        }
    }

    /// The alternative text that a picture has itself, or the shape around it.
    fn alternative_of(&mut self, tokens: &[Token<'b>]) -> String {
        let of_shape = std::mem::take(&mut self.alternative);
        let at = tokens.iter().position(|token| matches!(token, Token::Text(b"wzDescription")));
        let rest = at.and_then(|at| tokens.get(at..)).unwrap_or_default();
        let open = rest.iter().position(|token| matches!(token, Token::Word("sv", _)));
        let value = open.and_then(|open| rest.get(open + 1..)).unwrap_or_default();
        let end = value.iter().position(|token| matches!(token, Token::Close)).unwrap_or(0);
        let own = self.characters.plain(value.get(..end).unwrap_or_default());
        if own.trim().is_empty() { of_shape } else { own }
    }

    fn shape_property(&mut self) {
        let tokens = self.characters.rest_of_group();
        let (name, value) = picture::property(&tokens, &self.characters);
        match name.as_str() {
            "pib" => self.picture(value),
            "wzDescription" => self.alternative = self.characters.plain(value),
            // Letters drawn as a picture, as in the red heads of official documents.
            "gtextUNICODE" => {
                let text = self.characters.plain(value);
                self.push(&text);
            }
            _ => {}
        }
    }

    fn doubt(&mut self, doubt: Diagnostic) {
        let is_deleted = self.state.is_deleted;
        let part = self.part();
        let is_told = part.draft.diagnostics.iter().any(|other| other.code() == doubt.code());
        if !is_told && !is_deleted && !part.fields.in_instruction() {
            part.draft.diagnostics.push(doubt);
        }
    }
}
