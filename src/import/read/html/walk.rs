//! From the tree of a page to pieces of text, in the page's order.
//!
//! White space is what CSS makes of it: a run of it is one space, and between two Chinese characters a line break is
//! nothing. A `br` is the end of a paragraph or of a line of one, which only the words around it tell.

use std::collections::{BTreeMap, BTreeSet};

use dom_query::{Document, NodeRef};

use super::block::{is_block, is_control, is_unseen, seen, words_for};
use super::counter::{Counter, Item};
use super::look::{Looks, Side};
use super::main_part::Part;
use super::notes::Notes;
use super::table::{self, Slot};
use crate::import::dropped::WhyDropped;
use crate::import::flow::{Around, Form, GridPlace, Inside, Mark, Picture, Piece, Sense};
use crate::import::meta::is_han_character;

/// Below this depth the tree is read as plain text.
const DEEPEST: usize = 600;

/// What is gathered, and where in the page it stands.
pub(super) struct Walk<'n> {
    part: &'n Part,
    notes: &'n Notes,
    looks: &'n Looks,
    pieces: Vec<Piece>,
    /// The piece, from 1, that a name leads to.
    anchors: BTreeMap<String, usize>,
    /// The table whose cells are read, from 1.
    table: Option<usize>,
    text: String,
    marks: Vec<Mark>,
    /// Marks that are not closed yet, with where they begin.
    open: Vec<(Sense, usize)>,
    /// White space that waits for the next character; whether it held a line break.
    space: Option<bool>,
    place: Inherited,
    ids: usize,
    /// The number that the page prints before the text of the item which has begun.
    number: Option<String>,
    /// Labels of the notes whose text has begun.
    begun: BTreeSet<String>,
}

/// What a piece takes from the elements around it.
#[derive(Debug, Clone, Default)]
struct Inherited {
    form: Form,
    inside: Vec<Inside>,
    outside: Option<WhyDropped>,
    keeps_space: bool,
    in_note: bool,
    is_caption: bool,
    align: Side,
}

impl<'n> Walk<'n> {
    pub(super) fn new(part: &'n Part, notes: &'n Notes, looks: &'n Looks) -> Self {
        let place = Inherited { outside: part.main.map(|_| WhyDropped::PageFurniture), ..Inherited::default() };
        Self {
            part,
            notes,
            looks,
            pieces: Vec::new(),
            anchors: BTreeMap::new(),
            table: None,
            text: String::new(),
            marks: Vec::new(),
            open: Vec::new(),
            space: None,
            place,
            ids: 0,
            number: None,
            begun: BTreeSet::new(),
        }
    }

    /// Reads the whole page.
    pub(super) fn page(&mut self, document: &Document) {
        for child in document.root().children_it(false) {
            self.node(&child, 0);
        }
    }

    /// The pieces, and which of them a name leads to.
    pub(super) fn finish(mut self) -> (Vec<Piece>, BTreeMap<String, usize>) {
        self.flush();
        (self.pieces, self.anchors)
    }

    fn node(&mut self, node: &NodeRef<'_>, depth: usize) {
        if node.is_text() {
            self.characters(&node.text());
            return;
        }
        let Some(name) = node.node_name() else {
            return self.children(node, depth);
        };
        if is_unseen(node) {
            return;
        }
        if depth > DEEPEST {
            for inner in seen(node) {
                if inner.is_text() {
                    self.characters(&inner.text());
                } else if inner.has_name("img") {
                    self.image(&inner);
                }
            }
            return;
        }
        self.name(node, &name);
        let outside = self.outside(node, &name);
        let note = self.notes.notes.get(&node.id).cloned();
        let is_caption = self.place.is_caption || self.part.captions.contains(&node.id);
        let align = self.looks.side(node).unwrap_or(self.place.align);
        let (own, around) =
            ((outside, is_caption, align), (self.place.outside, self.place.is_caption, self.place.align));
        if own != around || note.is_some() {
            self.flush();
            let before = self.place.clone();
            (self.place.outside, self.place.is_caption, self.place.align) = own;
            if let Some(label) = note {
                self.place = Inherited { form: Form::Note(label), outside, in_note: true, ..Inherited::default() };
            }
            self.element(node, &name, depth);
            self.flush();
            self.place = before;
        } else {
            self.element(node, &name, depth);
        }
    }

    /// Remembers the name of an element as that of the piece which begins there or goes on.
    fn name(&mut self, node: &NodeRef<'_>, name: &str) {
        let own = node.attr("id").or_else(|| node.attr("name").filter(|_| name == "a"));
        let Some(own) = own.filter(|own| !own.is_empty()) else { return };
        if is_block(name) {
            self.flush();
        }
        let line = self.table.unwrap_or(self.pieces.len() + 1);
        self.anchors.entry(own.to_string()).or_insert(line);
    }

    /// Why an element is no part of the text; what stands in it shares the reason.
    fn outside(&self, node: &NodeRef<'_>, name: &str) -> Option<WhyDropped> {
        if self.part.main == Some(node.id) {
            return None;
        }
        let style = || {
            node.attr("style").is_some_and(|style| {
                let style: String =
                    style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
                style.contains("display:none") || style.contains("visibility:hidden")
            })
        };
        let classes = || node.attr("class").unwrap_or_default();
        match self.place.outside {
            Some(WhyDropped::PageFurniture) | None
                if name == "title" && node.ancestors_it(None).any(|a| a.has_name("svg")) =>
            {
                Some(WhyDropped::Hidden)
            }
            Some(WhyDropped::PageFurniture) | None if name == "title" => Some(WhyDropped::PageTitle),
            None if name == "noscript" && self.part.left_out.contains(&node.id) => Some(WhyDropped::Hidden),
            Some(WhyDropped::PageFurniture) | None if is_control(name) => Some(WhyDropped::FormControl),
            Some(WhyDropped::PageFurniture) | None if name == "nav" || classes().split(' ').any(is_menu) => {
                Some(WhyDropped::Navigation)
            }
            Some(WhyDropped::PageFurniture) | None if node.has_attr("hidden") || style() => Some(WhyDropped::Hidden),
            None if self.part.left_out.contains(&node.id) => {
                let is_shared = self.part.shared.contains(&node.id);
                Some(if is_shared { WhyDropped::OnManyPages } else { WhyDropped::PageFurniture })
            }
            same => same,
        }
    }

    fn children(&mut self, node: &NodeRef<'_>, depth: usize) {
        for child in node.children_it(false) {
            self.node(&child, depth + 1);
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str, depth: usize) {
        let looks = self.looks.at(node);
        for sense in &looks {
            self.settle_space();
            self.open.push((sense.clone(), self.text.len()));
        }
        self.plain_element(node, name, depth);
        for _ in &looks {
            if let Some((sense, start)) = self.open.pop() {
                self.close(sense, start);
            }
        }
    }

    fn plain_element(&mut self, node: &NodeRef<'_>, name: &str, depth: usize) {
        match name {
            "br" => self.mark_here(Sense::Break),
            "img" => self.image(node),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.place.inside.is_empty() && !self.place.in_note => {
                let level = usize::from(name.as_bytes().get(1).map_or(1, |digit| digit - b'0'));
                self.block(node, depth, |place| place.form = Form::Heading(level));
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.marked(Sense::Strong, |walk| walk.children(node, depth));
                self.flush();
            }
            "pre" | "listing" | "xmp" | "plaintext" if !self.place.in_note => self.block(node, depth, |place| {
                place.form = Form::Code;
                place.keeps_space = true;
            }),
            "blockquote" => self.around(node, depth, Around::Quote),
            "ul" | "menu" | "dir" => self.list(node, depth, None),
            "ol" => self.list(node, depth, Some(Counter::of(node))),
            "dl" => self.definitions(node, depth),
            "table" => self.table(node, depth),
            "a" => self.link(node, depth),
            "b" | "strong" => self.marked(Sense::Strong, |walk| walk.children(node, depth)),
            "i" | "em" | "cite" | "var" | "dfn" => self.marked(Sense::Emphasis, |walk| walk.children(node, depth)),
            "s" | "strike" | "del" => self.marked(Sense::Struck, |walk| walk.children(node, depth)),
            "sup" => self.marked(Sense::Sup, |walk| walk.children(node, depth)),
            "sub" => self.marked(Sense::Sub, |walk| walk.children(node, depth)),
            "rt" if !node.parent().is_some_and(|ruby| ruby.descendants_it().any(|inner| inner.has_name("rp"))) => {
                self.printed("（");
                self.children(node, depth);
                self.printed("）");
            }
            "code" | "tt" | "kbd" | "samp" if self.place.form != Form::Code => {
                self.marked(Sense::Code, |walk| walk.children(node, depth));
            }
            _ if is_block(name) => {
                self.flush();
                self.children(node, depth);
                self.flush();
            }
            _ => self.children(node, depth),
        }
    }

    /// A block whose pieces share something.
    fn block(&mut self, node: &NodeRef<'_>, depth: usize, change: impl FnOnce(&mut Inherited)) {
        self.flush();
        let before = self.place.clone();
        change(&mut self.place);
        self.children(node, depth);
        self.flush();
        self.place = before;
    }

    fn around(&mut self, node: &NodeRef<'_>, depth: usize, around: Around) {
        self.ids += 1;
        let inside = Inside { id: self.ids, around };
        let in_note = self.place.in_note;
        self.block(node, depth, |place| {
            if !in_note {
                place.inside.push(inside);
            }
        });
    }

    fn list(&mut self, node: &NodeRef<'_>, depth: usize, mut counter: Option<Counter>) {
        self.flush();
        for child in node.children_it(false) {
            // Footnotes in a list are notes, not items.
            if !child.has_name("li") || self.notes.notes.contains_key(&child.id) {
                self.node(&child, depth + 1);
                continue;
            }
            let value = child.attr("value").and_then(|value| value.trim().parse().ok());
            let item = counter.as_mut().map_or(Item::Around(Around::Bullet), |counter| counter.next(value));
            let around = match item {
                Item::Around(around) => around,
                // Markdown has no such number, so it is text, and stands behind a bullet.
                Item::Printed(number) => {
                    self.number = Some(number);
                    Around::Bullet
                }
            };
            self.around(&child, depth + 1, around);
            self.number = None;
        }
        self.flush();
    }

    /// A term and what is said of it: an item of which the term is the first paragraph.
    fn definitions(&mut self, node: &NodeRef<'_>, depth: usize) {
        self.flush();
        let before = self.place.clone();
        for child in node.children_it(false) {
            if child.has_name("dt") && !self.place.in_note {
                self.flush();
                self.ids += 1;
                self.place = before.clone();
                self.place.inside.push(Inside { id: self.ids, around: Around::Bullet });
            }
            self.node(&child, depth + 1);
        }
        self.flush();
        self.place = before;
    }

    fn table(&mut self, node: &NodeRef<'_>, depth: usize) {
        let rows = if self.place.in_note { None } else { table::rows(node) };
        let Some(rows) = rows else {
            self.flush();
            self.children(node, depth);
            self.flush();
            return;
        };
        self.flush();
        for caption in node.children_it(false).filter(|child| child.has_name("caption")) {
            self.node(&caption, depth + 1);
        }
        self.flush();
        let mut piece = Piece { outside: self.place.outside, inside: self.place.inside.clone(), ..Piece::default() };
        let mut grid = Vec::new();
        for row in rows {
            if !piece.text.is_empty() {
                piece.text.push('\n');
            }
            let mut cells = Vec::new();
            for place in &row {
                if !cells.is_empty() {
                    piece.text.push('\t');
                }
                cells.push(match place {
                    Slot::Cell(cell) => {
                        let start = piece.text.len();
                        let align = self.cell(cell, depth, &mut piece);
                        GridPlace::Cell(start..piece.text.len(), align)
                    }
                    Slot::Empty => GridPlace::Cell(piece.text.len()..piece.text.len(), None),
                    Slot::Left => GridPlace::Left,
                    Slot::Up => GridPlace::Up,
                });
            }
            grid.push(cells);
        }
        piece.form = Form::Table(grid);
        if !piece.text.trim().is_empty() || !piece.marks.is_empty() {
            self.pieces.push(piece);
        }
    }

    /// The paragraphs of a cell in one line, and the side that the first of them is set to.
    fn cell(&mut self, cell: &NodeRef<'_>, depth: usize, table: &mut Piece) -> Side {
        let rows = cell.ancestors_it(None).take(2).filter(|above| !above.has_name("table"));
        let align = std::iter::once(*cell).chain(rows).find_map(|node| self.looks.side(&node)).flatten();
        let place = Inherited { outside: self.place.outside, align, ..Inherited::default() };
        let outer = std::mem::replace(&mut self.place, place);
        let pieces = std::mem::take(&mut self.pieces);
        let around = self.table.replace(self.table.unwrap_or(pieces.len() + 1));
        self.children(cell, depth + 3);
        self.flush();
        self.table = around;
        self.place = outer;
        let parts = std::mem::replace(&mut self.pieces, pieces);
        let align = parts.first().map_or(align, |part| part.align);
        for (nth, part) in parts.into_iter().enumerate() {
            if nth > 0 {
                table.text.push(' ');
                table.cell_paragraphs.push(table.text.len());
            }
            let start = table.text.len();
            table.text.push_str(&part.text.replace(['\t', '\n'], " "));
            table.marks.extend(
                part.marks
                    .into_iter()
                    .map(|mark| Mark { range: mark.range.start + start..mark.range.end + start, sense: mark.sense }),
            );
        }
        align
    }

    fn link(&mut self, node: &NodeRef<'_>, depth: usize) {
        if self.notes.returns.contains(&node.id) {
            return self.aside(node, depth, WhyDropped::NoteReturn);
        }
        let may_mark = self.place.outside.is_none() && self.place.form != Form::Code;
        if let Some(label) = self.notes.marks.get(&node.id).filter(|_| may_mark) {
            return self.marked(Sense::NoteMark(label.clone()), |walk| walk.children(node, depth));
        }
        match node.attr("href").map(|href| href.trim().to_string()) {
            Some(address) => self.marked(Sense::Link(address), |walk| walk.children(node, depth)),
            None => self.children(node, depth),
        }
    }

    /// Words between others that are no part of the text.
    fn aside(&mut self, node: &NodeRef<'_>, depth: usize, why: WhyDropped) {
        if self.place.outside.is_some() {
            return self.children(node, depth);
        }
        self.flush();
        self.place.outside = Some(why);
        self.children(node, depth);
        self.flush();
        self.place.outside = None;
    }

    fn image(&mut self, node: &NodeRef<'_>) {
        let alternative = words_for(node);
        let source = node.attr("src").unwrap_or_default();
        let lazy = ["data-src", "data-original"].iter().find_map(|name| node.attr(name));
        let address = lazy.unwrap_or(source).trim().to_string();
        let caption = node.attr("title").filter(|title| **title != *alternative.as_str());
        let caption = caption.map_or_else(String::new, |title| title.trim().to_string());
        self.settle_space();
        let start = self.text.len();
        self.characters(&alternative);
        self.space = None;
        if !address.is_empty() {
            // A space before the words of an image is not part of them.
            let start = self.text.len() - self.text.get(start..).map_or(0, |words| words.trim_start().len());
            self.marks.push(Mark { range: start..self.text.len(), sense: Sense::Image(Picture { address, caption }) });
        }
    }

    fn marked(&mut self, sense: Sense, inner: impl FnOnce(&mut Self)) {
        self.settle_space();
        self.open.push((sense, self.text.len()));
        inner(self);
        if let Some((sense, start)) = self.open.pop() {
            self.close(sense, start);
        }
    }

    /// Adds characters that the page shows without storing them.
    fn printed(&mut self, text: &str) {
        self.settle_space();
        let start = self.text.len();
        self.text.push_str(text);
        self.marks.push(Mark { range: start..self.text.len(), sense: Sense::Printed });
    }

    fn close(&mut self, sense: Sense, start: usize) {
        let range = start.min(self.text.len())..self.text.len();
        if !range.is_empty() || matches!(sense, Sense::NoteMark(_)) && self.text.len() > start {
            self.marks.push(Mark { range, sense });
        }
    }

    fn mark_here(&mut self, sense: Sense) {
        self.space = None;
        if self.place.keeps_space {
            self.text.push('\n');
        } else if !self.text.is_empty() {
            self.marks.push(Mark { range: self.text.len()..self.text.len(), sense });
        }
    }

    fn settle_space(&mut self) {
        if let Some(line_break) = self.space.take() {
            let before = self.text.chars().next_back();
            let at_break =
                self.marks.last().is_some_and(|m| m.sense == Sense::Break && m.range.start == self.text.len());
            let drops =
                before.is_none_or(char::is_whitespace) || at_break || (line_break && before.is_some_and(is_wide));
            if !drops {
                self.text.push(' ');
            }
        }
    }

    fn characters(&mut self, text: &str) {
        if self.place.keeps_space {
            self.text.push_str(&text.replace("\r\n", "\n"));
            return;
        }
        if !text.trim().is_empty()
            && let Some(number) = self.number.take()
        {
            self.printed(&number);
        }
        for character in text.chars() {
            match character {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    self.space = Some(self.space.unwrap_or(false) || matches!(character, '\n' | '\r'));
                }
                _ => {
                    // Between a Chinese character and a word a line break is a space; between two Chinese ones it is nothing.
                    if self.space == Some(true)
                        && !is_wide(character)
                        && self.text.chars().next_back().is_some_and(is_wide)
                    {
                        self.space = Some(false);
                    }
                    self.settle_space();
                    self.text.push(character);
                }
            }
        }
    }

    /// Ends a piece. Marks that are open go on in the next one.
    fn flush(&mut self) {
        let open = std::mem::take(&mut self.open);
        for (sense, start) in &open {
            self.close(sense.clone(), *start);
        }
        self.open = open.into_iter().map(|(sense, _)| (sense, 0)).collect();
        self.space = None;
        let text = std::mem::take(&mut self.text);
        let mut marks = std::mem::take(&mut self.marks);
        let shows = |mark: &Mark| matches!(mark.sense, Sense::Image(_) | Sense::NoteMark(_));
        if text.trim().is_empty() && !marks.iter().any(shows) {
            return;
        }
        marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
        let piece = Piece {
            text,
            marks,
            form: self.place.form.clone(),
            inside: self.place.inside.clone(),
            outside: self.place.outside,
            is_caption: self.place.is_caption,
            align: self.place.align,
            ..Piece::default()
        };
        let piece = self.note_number(piece);
        self.pieces.push(piece);
    }

    /// The number printed before a note's text is what its label says.
    fn note_number(&mut self, piece: Piece) -> Piece {
        let Form::Note(label) = &piece.form else { return piece };
        if piece.outside.is_some() || self.begun.contains(label) {
            return piece;
        }
        if piece.text.trim() == label {
            return Piece { outside: Some(WhyDropped::NoteNumber), ..piece };
        }
        self.begun.insert(label.clone());
        piece
    }
}

fn is_menu(class: &str) -> bool {
    matches!(class, "nav" | "navheader" | "navfooter" | "navbar" | "breadcrumb" | "breadcrumbs" | "menu" | "sidebar")
}

/// Characters between which a line break is no space.
fn is_wide(character: char) -> bool {
    is_han_character(character)
        || matches!(u32::from(character), 0x3000..=0x30ff | 0xff00..=0xffef | 0x2014 | 0x2018..=0x201d | 0x2026)
}
