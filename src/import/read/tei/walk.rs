//! From elements to pieces.
//!
//! What TEI calls a paragraph, a head, a line of verse, an item begins a piece; all other elements are marks within one, or
//! hold pieces. Text that stands in none begins one of its own.

use super::super::order::Order;
use super::super::prose::Prose;
use super::super::xml::{Element, Event, Xml};
use super::counts::Counts;
use super::kept::Choices;
use super::table::Table;
use crate::diagnostic::Diagnostic;
use crate::import::flow::{Around, Change, Flow, Form, Inside, Picture, Piece, Sense};

/// Longest text of a reading that was not taken, in characters, in the list of changes.
const CHANGE: usize = 500;
/// Brackets that editors print themselves where something is lost.
const BRACKETS: [char; 8] = ['[', ']', '⟦', '⟧', '〈', '〉', '⟨', '⟩'];

/// What was walked.
#[derive(Default)]
pub(super) struct Walked {
    pub flow: Flow,
    pub order: Order,
    pub counts: Counts,
}

/// Reads the text.
pub(super) fn read(name: &str, text: &str) -> Result<Walked, Diagnostic> {
    let mut walk = Walk::default();
    let mut xml = Xml::new(name, text);
    loop {
        match xml.next()? {
            Event::Open(element) => walk.open(&mut xml, &element)?,
            Event::Close(_) => walk.close(),
            Event::Text(text) if walk.texts > 0 => walk.text(&text),
            Event::Text(_) => {}
            Event::End => break,
        }
    }
    walk.flush();
    Ok(walk.out)
}

/// An element that is open.
struct Opened {
    name: String,
    /// Where it begins in the piece that was open, and which one that was.
    start: usize,
    flushes: usize,
    sense: Option<Sense>,
    /// It began a piece, which ends with it.
    is_block: bool,
    /// It stands around pieces, as an item does.
    is_around: bool,
    /// A sign that only its description tells, unless it has characters.
    is_glyph: bool,
}

/// A piece that is being read.
#[derive(Default)]
struct Draft {
    prose: Prose,
    form: Form,
    is_verse: bool,
    is_caption: bool,
}

#[derive(Default)]
struct Walk {
    out: Walked,
    choices: Choices,
    open: Vec<Opened>,
    /// How many texts are open; one may stand in another.
    texts: usize,
    /// How many characters of the text came before.
    count: usize,
    draft: Option<Draft>,
    /// Pieces whose notes are being read, with the places of the open elements.
    outer: Vec<(Option<Draft>, usize)>,
    /// Notes that follow the piece that is being read.
    notes: Vec<(Piece, Prose)>,
    labels: usize,
    around: Vec<Inside>,
    ids: usize,
    /// For each open list the number of its last item, where they are numbered.
    lists: Vec<Option<u64>>,
    tables: Vec<Table>,
    /// How deep divisions are nested, and whether the one has its head.
    divisions: Vec<bool>,
    gap_waits: bool,
    /// How many pieces have ended.
    flushes: usize,
}

impl Walk {
    fn open(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), Diagnostic> {
        let name = element.name().1.to_string();
        if name == "teiHeader" {
            return xml.skip();
        }
        if !self.choices.open(&name) {
            return self.reading_left_out(xml);
        }
        self.texts += usize::from(name == "text");
        if self.texts == 0 {
            self.open.push(Opened {
                name,
                start: 0,
                flushes: 0,
                sense: None,
                is_block: false,
                is_around: false,
                is_glyph: false,
            });
            return Ok(());
        }
        let of = |attribute: &str| xml.attribute(element, "", attribute).unwrap_or_default();
        let is_block = self.is_block(&name);
        if is_block {
            self.begin(&name, &of("type"));
        }
        let id = of("id");
        if !id.is_empty() {
            let line = self.out.flow.pieces.len() + 1;
            self.out.flow.anchors.entry(id).or_insert(line);
        }
        self.empty(&name, &of);
        let is_around = self.enter(&name, &of);
        let sense = self.sense(&name, &of);
        self.aside(&name, &of);
        let start = self.draft.as_ref().map_or(0, |draft| draft.prose.text.len());
        let is_glyph = name == "g" && !of("ref").contains("EOL");
        self.open.push(Opened { name, start, flushes: self.flushes, sense, is_block, is_around, is_glyph });
        Ok(())
    }

    /// Passes over a reading that is not taken, and keeps it among the changes.
    fn reading_left_out(&mut self, xml: &mut Xml<'_>) -> Result<(), Diagnostic> {
        let text = xml.text()?;
        let was: String = text.split_whitespace().collect::<Vec<&str>>().join(" ").chars().take(CHANGE).collect();
        if self.texts > 0 {
            self.out.counts.resolved += 1;
            let line = self.out.flow.pieces.len() + 1;
            self.out.flow.changes.push(Change { line, was, now: String::new(), why: "reading-left-out" });
        }
        Ok(())
    }

    /// Whether an element begins a piece.
    fn is_block(&self, name: &str) -> bool {
        match name {
            "p" | "ab" | "head" | "l" | "speaker" | "trailer" | "titlePart" | "docAuthor" | "byline" | "docDate"
            | "docImprint" | "dateline" | "salute" | "signed" | "castItem" | "set" | "argument" | "figDesc"
            | "docEdition" | "closer" | "opener" | "postscript" | "imprimatur" | "egXML" | "eg" => true,
            "stage" | "bibl" | "label" | "q" | "quote" | "item" | "cit" | "epigraph" => {
                let from = self.outer.last().map_or(0, |(_, place)| *place);
                !self.open.iter().skip(from).any(|open| open.is_block)
            }
            _ => false,
        }
    }

    /// Begins a piece. Lines of verse go on with the line before.
    fn begin(&mut self, name: &str, kind: &str) {
        let is_verse = name == "l";
        if is_verse {
            self.settle_gap();
        }
        if is_verse && let Some(draft) = self.draft.as_mut().filter(|draft| draft.is_verse) {
            draft.prose.line_end();
            return;
        }
        if matches!(name, "item" | "cit" | "epigraph" | "q" | "quote" | "opener" | "closer" | "argument" | "postscript")
        {
            self.flush();
            return;
        }
        self.flush();
        let is_of_figure = self.open.iter().rev().any(|open| open.name == "figure");
        let in_list =
            self.open.last().is_some_and(|open| matches!(open.name.as_str(), "list" | "table" | "figure" | "lg"));
        let form = match self.divisions.last_mut() {
            _ if !self.outer.is_empty() => Form::Note(self.labels.to_string()),
            Some(has_head) if name == "head" && !in_list && !*has_head && kind != "sub" => {
                *has_head = true;
                Form::Heading(self.divisions.len())
            }
            _ => Form::Paragraph,
        };
        self.draft = Some(Draft { form, is_verse, is_caption: is_of_figure && name != "p", ..Draft::default() });
    }

    /// What an element without content stands for.
    fn empty(&mut self, name: &str, of: &dyn Fn(&str) -> String) {
        match name {
            "lb" | "pb" | "cb" | "milestone" | "gb" => {
                if let Some(draft) = &mut self.draft {
                    match of("break").as_str() {
                        "no" => draft.prose.close_up(),
                        _ => draft.prose.space(true),
                    }
                }
            }
            "space" => {
                if let Some(draft) = &mut self.draft {
                    draft.prose.space(false);
                }
            }
            "gap" => {
                self.out.counts.gaps += 1;
                self.gap_waits = true;
            }
            "c" if !of("n").is_empty() => self.out.counts.in_attributes += 1,
            "supplied" => self.out.counts.supplied += 1,
            "unclear" => self.out.counts.unclear += 1,
            "graphic" => {
                let draft = self.draft.get_or_insert_default();
                draft.prose.mark(draft.prose.text.len(), Sense::Image(Picture::at(of("url"))));
            }
            _ => {}
        }
    }

    /// Enters what stands around pieces; whether the element does.
    fn enter(&mut self, name: &str, of: &dyn Fn(&str) -> String) -> bool {
        let around = match name {
            "list" | "listBibl" => {
                self.flush();
                let is_numbered =
                    of("type").contains("order") || of("rend").contains("number") || of("rend").contains("order");
                self.lists.push(is_numbered.then_some(0));
                return false;
            }
            "item" => match self.lists.last_mut() {
                Some(Some(number)) => {
                    *number += 1;
                    Around::Number(*number)
                }
                _ => Around::Bullet,
            },
            "quote" | "q" | "cit" | "epigraph" if self.draft.is_none() => Around::Quote,
            _ => {
                if is_division(name) {
                    self.flush();
                    self.divisions.push(false);
                } else if matches!(name, "sp" | "lg" | "figure" | "row" | "titlePage" | "castList") {
                    self.flush();
                }
                return false;
            }
        };
        if matches!(around, Around::Quote) && self.around.iter().any(|inside| inside.around == Around::Quote) {
            return false;
        }
        self.flush();
        self.ids += 1;
        self.around.push(Inside { id: self.ids, around });
        true
    }

    /// What an element says of its words.
    fn sense(&mut self, name: &str, of: &dyn Fn(&str) -> String) -> Option<Sense> {
        let rend = of("rend") + " " + &of("rendition") + " " + &of("style");
        let has = |words: &[&str]| words.iter().any(|word| rend.contains(word));
        match name {
            "hi" | "emph" if has(&["sup"]) => Some(Sense::Sup),
            "hi" | "emph" if has(&["sub"]) && !has(&["subtitle"]) => Some(Sense::Sub),
            "hi" | "emph" if has(&["bold", "strong", "#b"]) => Some(Sense::Strong),
            "hi" if has(&["ital", "slant", "oblique", "#i"]) => Some(Sense::Emphasis),
            "hi" if rend.trim().is_empty() => Some(Sense::Emphasis),
            "emph" | "stage" => Some(Sense::Emphasis),
            "speaker" => Some(Sense::Strong),
            "del" => {
                self.out.counts.deleted += 1;
                Some(Sense::Struck)
            }
            "code" | "gi" | "att" | "tag" => Some(Sense::Code),
            "ref" | "ptr" => {
                let target = of("target");
                let target = target.split_whitespace().next().unwrap_or_default();
                let leads = target.starts_with('#') || target.starts_with("http://") || target.starts_with("https://");
                leads.then(|| Sense::Link(target.to_string()))
            }
            _ => None,
        }
    }

    /// Sets the piece aside that a note or a table stands in.
    fn aside(&mut self, name: &str, of: &dyn Fn(&str) -> String) {
        match (name, self.tables.last_mut()) {
            ("table", _) => {
                self.flush();
                self.tables.push(Table::default());
            }
            ("row", Some(table)) => table.begin_row(),
            ("cell", Some(table)) => table.begin_cell(&of("cols"), &of("rows")),
            _ => {}
        }
        if name == "note" {
            self.settle_gap();
        }
        let place = self.open.len();
        if name == "note" && self.outer.is_empty() && self.tables.is_empty() {
            self.labels += 1;
            let label = self.labels.to_string();
            let draft = self.draft.get_or_insert_default();
            draft.prose.mark(draft.prose.text.len(), Sense::NoteMark(label.clone()));
            let outer = self.draft.take();
            self.outer.push((outer, place));
            self.draft = Some(Draft { form: Form::Note(label), ..Draft::default() });
        }
    }

    fn text(&mut self, text: &str) {
        if text.trim().is_empty() {
            if let Some(draft) = &mut self.draft {
                draft.prose.push(text, &mut self.count);
            }
            return;
        }
        let draft = self.draft.get_or_insert_default();
        if std::mem::take(&mut self.gap_waits) {
            let next = text.trim_start().chars().next();
            show_gap(&mut draft.prose, next);
        }
        draft.prose.push(text, &mut self.count);
    }

    fn close(&mut self) {
        self.choices.close();
        let Some(opened) = self.open.pop() else { return };
        self.texts -= usize::from(opened.name == "text" && self.texts > 0);
        if opened.name == "desc" {
            // Its words stand for the gap.
            self.gap_waits = false;
        }
        let start = if opened.flushes == self.flushes { opened.start } else { 0 };
        if let (Some(sense), Some(draft)) = (opened.sense, &mut self.draft)
            && draft.prose.text.len() > start
        {
            draft.prose.mark(start, sense);
        }
        if opened.is_glyph
            && let Some(draft) = self.draft.as_mut().filter(|draft| draft.prose.text.len() == start)
        {
            draft.prose.print("\u{fffd}");
        }
        match opened.name.as_str() {
            "cell" => self.close_cell(),
            "table" => self.close_table(),
            "list" | "listBibl" => {
                self.flush();
                self.lists.pop();
            }
            "note" if self.outer.last().is_some_and(|(_, place)| *place == self.open.len()) => self.close_note(),
            "sp" | "lg" | "row" | "figure" | "titlePage" | "castList" => self.flush(),
            // Verse goes on with the next line.
            "l" => {}
            name if is_division(name) => {
                self.flush();
                self.divisions.pop();
            }
            _ if opened.is_block => self.flush(),
            _ => {}
        }
        if opened.is_around {
            self.flush();
            self.around.pop();
        }
    }

    /// Shows a gap that nothing follows.
    fn settle_gap(&mut self) {
        if std::mem::take(&mut self.gap_waits) {
            show_gap(&mut self.draft.get_or_insert_default().prose, None);
        }
    }

    /// Ends the piece that is being read.
    fn flush(&mut self) {
        self.settle_gap();
        let Some(draft) = self.draft.take() else { return };
        if draft.prose.is_empty() {
            self.draft = matches!(draft.form, Form::Note(_)).then_some(draft);
            return;
        }
        self.flushes += 1;
        if !self.tables.is_empty() && self.outer.is_empty() {
            if let Some(table) = self.tables.last_mut() {
                table.add(draft.prose);
            }
            return;
        }
        let (prose, form) = (draft.prose, draft.form);
        let piece = Piece { form, is_caption: draft.is_caption, inside: self.around.clone(), ..Piece::default() };
        if matches!(piece.form, Form::Note(_)) {
            self.draft = Some(Draft { form: piece.form.clone(), ..Draft::default() });
            self.notes.push((Piece { inside: Vec::new(), ..piece }, prose));
            return;
        }
        self.emit(piece, prose);
        for (note, prose) in std::mem::take(&mut self.notes) {
            self.emit(note, prose);
        }
    }

    fn emit(&mut self, piece: Piece, prose: Prose) {
        self.out.order.append(&prose.order);
        let (text, marks) = prose.into_marks();
        let inside = if matches!(piece.form, Form::Heading(_)) { Vec::new() } else { piece.inside };
        self.out.flow.pieces.push(Piece { text, marks, inside, ..piece });
    }

    /// Ends a note, and goes on with the piece that it stands in.
    fn close_note(&mut self) {
        let Some((outer, _)) = self.outer.pop() else { return };
        let draft = self.draft.take();
        if let Some(draft) = draft {
            let label = draft.form.clone();
            let has_pieces = self.notes.iter().any(|(note, _)| note.form == label);
            if !draft.prose.is_empty() || !has_pieces {
                self.notes.push((Piece { form: label, ..Piece::default() }, draft.prose));
            }
        }
        self.draft = outer;
    }

    fn close_cell(&mut self) {
        self.flush();
        if let Some(table) = self.tables.last_mut() {
            table.end_cell();
        }
    }

    fn close_table(&mut self) {
        self.flush();
        let Some(table) = self.tables.pop() else { return };
        match self.tables.last_mut() {
            // A table in a cell is a text there.
            Some(outer) => outer.add(table.into_prose()),
            None => {
                let (form, prose) = table.into_piece();
                if !prose.is_empty() {
                    self.emit(Piece { form, inside: self.around.clone(), ..Piece::default() }, prose);
                }
            }
        }
    }
}

fn is_division(name: &str) -> bool {
    name == "div" || name.strip_prefix("div").is_some_and(|level| level.len() == 1)
}

/// Prints the sign of a gap, unless the text prints brackets there itself.
fn show_gap(prose: &mut Prose, next: Option<char>) {
    let is_bracket = |character: Option<char>| character.is_some_and(|character| BRACKETS.contains(&character));
    if !is_bracket(prose.last()) && !is_bracket(next) {
        prose.print("[…]");
    }
}
