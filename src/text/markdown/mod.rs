//! The tape as Markdown that reads back as exactly the same text.
//!
//! One paragraph is one line, a heading carries its id, and every character that Markdown would take for a sign is escaped.
//! Levels deeper than Markdown's six are written as the sixth. Tables are one line a row, every row of the same width.
//!
//! What was printed is written, not what is read. An element that Markdown has no sign for keeps its content alone. That the
//! text reads back holds for tapes as import makes them: no link in a link, and emphasis that begins and ends with a letter,
//! where CommonMark always takes its signs.

mod escape;

pub use self::escape::escape;

use std::collections::BTreeMap;

use super::tape::{Align, Element, Node, Phrase, View};
use super::{Text, aligned};

/// The deepest heading of Markdown.
const DEEPEST: usize = 6;

/// The largest number that an item can have.
const LARGEST: u64 = 999_999_999;

/// Writes a whole text: its sections, and each footnote where it was defined.
pub fn write(text: &Text) -> String {
    let mut notes: Vec<usize> = (0..text.notes.len()).collect();
    notes.sort_by_key(|note| text.notes[*note].place);
    let mut writer = Writer { text, out: String::new(), around: Vec::new(), lists: Vec::new(), last: None };
    writer.blocks(&text.tape, &mut notes.into_iter().peekable());
    writer.out
}

/// What blocks stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    Quote,
    Bullet,
    Number(u64),
    /// A footnote: its index in the text.
    Note(usize),
}

impl Around {
    /// Whether each of a row of these may begin right below the one before.
    fn is_item(self) -> bool {
        matches!(self, Self::Bullet | Self::Number(_))
    }
}

/// A quotation, item or note that is open.
struct Container {
    around: Around,
    /// Whether no line of it is written yet.
    is_new: bool,
}

/// The block that was written last.
struct Last {
    /// Whether it is an item of one line.
    is_close: bool,
    /// How many containers it stands in.
    depth: usize,
}

/// Where a line of text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Paragraph,
    Heading,
    Cell,
}

/// Whether an item's text needs a blank line before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spacing {
    Close,
    Apart,
}

struct Writer<'t> {
    text: &'t Text,
    out: String,
    around: Vec<Container>,
    /// The next number of each list that is open; none where its items have none.
    lists: Vec<Option<u64>>,
    last: Option<Last>,
}

impl Writer<'_> {
    /// Writes blocks, and of the notes (in the order of their places) those that were defined between them.
    fn blocks(&mut self, tape: &[Node], notes: &mut std::iter::Peekable<std::vec::IntoIter<usize>>) {
        let mut at = 0;
        loop {
            while let Some(note) = notes.next_if(|note| self.text.notes[*note].place <= at) {
                self.note(note);
            }
            let Some(node) = tape.get(at) else { break };
            at = match self.step(*node) {
                Some(element) => self.leaf(element, tape, at),
                None => at + 1,
            };
        }
    }

    /// Opens or closes what holds blocks; what holds text is given back.
    fn step(&mut self, node: Node) -> Option<Leaf> {
        match node {
            Node::Open(element) => match self.text.meaning(element) {
                Some(Element::Quote(_)) => self.enter(Around::Quote),
                Some(Element::Bullets(_)) => self.lists.push(None),
                Some(Element::Numbers(_, first)) => self.lists.push(Some(u64::try_from(first).unwrap_or(0))),
                Some(Element::Item) => self.item(),
                Some(Element::Division(_) | Element::Figure(_)) => {}
                Some(element) if is_block(element) => return Some(Leaf::Block(element)),
                _ => return Some(Leaf::Line),
            },
            Node::Close(element) => match self.text.meaning(element) {
                Some(Element::Quote(_) | Element::Item) => drop(self.around.pop()),
                Some(Element::Bullets(_) | Element::Numbers(..)) => drop(self.lists.pop()),
                _ => {}
            },
            Node::Void(Element::Rule) => return Some(Leaf::Rule),
            Node::Void(_) | Node::Chars(..) | Node::Choice(_) => return Some(Leaf::Line),
        }
        None
    }

    fn enter(&mut self, around: Around) {
        self.around.push(Container { around, is_new: true });
    }

    fn item(&mut self) {
        let around = match self.lists.last_mut() {
            Some(Some(number)) => {
                let own = (*number).min(LARGEST);
                *number += 1;
                Around::Number(own)
            }
            _ => Around::Bullet,
        };
        self.enter(around);
    }

    fn note(&mut self, note: usize) {
        self.enter(Around::Note(note));
        let tape = &self.text.notes[note].tape;
        self.blocks(tape, &mut Vec::new().into_iter().peekable());
        self.around.pop();
    }

    /// Writes the block or line that begins at a place of the tape, and returns where the next one may begin.
    fn leaf(&mut self, leaf: Leaf, tape: &[Node], at: usize) -> usize {
        let element = match leaf {
            Leaf::Block(element) => element,
            Leaf::Rule => {
                self.frame("---", Spacing::Apart);
                return at + 1;
            }
            Leaf::Line => {
                let end = line_end(self.text, tape, at);
                let line = self.line(&tape[at..end], Line::Paragraph);
                self.frame(&line, Spacing::Close);
                return end;
            }
        };
        let end = end_of(tape, at);
        let inner = &tape[at + 1..end];
        let content = match element {
            Element::Heading(part) => self.heading(part, inner),
            Element::QuotedHeading => format!("## {}", self.line(inner, Line::Heading)),
            Element::Table(_) => self.table(inner),
            Element::Preformatted(_) => self.preformatted(inner),
            _ => self.paragraph(element, inner),
        };
        self.frame(&content, Spacing::Apart);
        end + 1
    }

    /// A paragraph with the sign of its side. What only looks like one is no sign.
    fn paragraph(&self, element: Element, inner: &[Node]) -> String {
        let line = self.line(inner, Line::Paragraph);
        let block = if let Element::Paragraph(block) = element { self.text.block(block) } else { None };
        match (block.and_then(|block| block.align).and_then(aligned::sign), aligned::find(&line)) {
            (Some(sign), _) => format!("{line} {sign}"),
            (None, Some((_, at))) => format!("{}\\{}", &line[..at], &line[at..]),
            (None, None) => line,
        }
    }

    fn heading(&self, part: u32, inner: &[Node]) -> String {
        let Some(heading) = &self.text.parts[part as usize].heading else { return String::new() };
        let level = "#".repeat((usize::from(heading.level) + 1).min(DEEPEST));
        format!("{level} {} {{#{}}}", self.line(inner, Line::Heading), heading.id)
    }

    fn preformatted(&self, inner: &[Node]) -> String {
        let language = inner.iter().find_map(|node| match node {
            Node::Open(Element::Code(Some(language))) => Some(self.text.languages[*language as usize].as_str()),
            _ => None,
        });
        let words = self.words(inner);
        let fence = "`".repeat(escape::longest_run(&words, '`').max(2) + 1);
        format!("{fence}{}\n{}\n{fence}", language.unwrap_or_default(), words.trim_end_matches('\n'))
    }

    /// A table: its first row is the head. Places that a cell covers hold the signs of [`joined`](super::joined).
    fn table(&self, inner: &[Node]) -> String {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut sides: BTreeMap<usize, Align> = BTreeMap::new();
        // How many more rows a place is covered.
        let mut covered: BTreeMap<usize, u16> = BTreeMap::new();
        let mut at = 0;
        while let Some(node) = inner.get(at) {
            match node {
                Node::Open(Element::Row) => rows.push(Vec::new()),
                Node::Open(Element::Cell(cell)) => {
                    let end = end_of(inner, at);
                    let words = self.line(&inner[at + 1..end], Line::Cell);
                    if let Some(row) = rows.last_mut() {
                        cover(row, &mut covered);
                        if let Some(align) = cell.align.filter(|_| cell.columns == 1) {
                            sides.entry(row.len()).or_insert(align);
                        }
                        for nth in 0..usize::from(cell.columns) {
                            if cell.rows > 1 {
                                covered.insert(row.len(), cell.rows);
                            }
                            row.push(if nth == 0 { words.clone() } else { "<".to_string() });
                        }
                    }
                    at = end;
                }
                Node::Close(Element::Row) => {
                    if let Some(row) = rows.last_mut() {
                        cover(row, &mut covered);
                    }
                    covered.values_mut().for_each(|rows| *rows -= 1);
                    covered.retain(|_, rows| *rows > 0);
                }
                _ => {}
            }
            at += 1;
        }
        let width = rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let mut lines = Vec::with_capacity(rows.len() + 1);
        for row in &rows {
            let cells = (0..width).map(|column| row.get(column).map_or("", String::as_str));
            lines.push(cells.fold("|".to_string(), |line, cell| format!("{line} {cell} |")));
            if lines.len() == 1 {
                let rules = (0..width).map(|column| match sides.get(&column) {
                    None => " --- |",
                    Some(Align::Left) => " :-- |",
                    Some(Align::Center) => " :-: |",
                    Some(Align::Right) => " --: |",
                });
                lines.push(rules.fold("|".to_string(), |line, rule| line + rule));
            }
        }
        lines.join("\n")
    }

    /// The characters alone.
    fn words(&self, tape: &[Node]) -> String {
        let mut words = String::new();
        for node in tape {
            match *node {
                Node::Chars(start, end) => words.push_str(self.text.chars(start, end)),
                Node::Choice(choice) => words.push_str(self.text.chosen(choice, View::Printed)),
                _ => {}
            }
        }
        words
    }

    /// A line of text with its signs.
    fn line(&self, tape: &[Node], place: Line) -> String {
        let is_plain = tape.iter().all(|node| matches!(node, Node::Chars(..) | Node::Choice(_)));
        match place {
            Line::Paragraph if is_plain => escape(&self.words(tape)),
            Line::Heading if is_plain => escape::heading(&self.words(tape)),
            Line::Paragraph => escape::lines(without_last_break(&self.signs(tape, place))),
            Line::Heading => escape::closing(self.signs(tape, place).trim()),
            Line::Cell => match self.signs(tape, place).trim() {
                "^" => "\\^".to_string(),
                cell => cell.to_string(),
            },
        }
    }

    /// What stands in a line, with a sign for all that has one.
    fn signs(&self, tape: &[Node], place: Line) -> String {
        let mut out = String::new();
        // `[^1](` would be a link, `[^1]:` a note.
        let mut behind_note = false;
        let mut in_code = false;
        for node in tape {
            match *node {
                Node::Chars(start, end) => {
                    let words = self.text.chars(start, end);
                    // Code is written as it is, and a stroke in it would end the cell.
                    let is_code = in_code && !(place == Line::Cell && words.contains('|'));
                    if std::mem::take(&mut behind_note) && words.starts_with(['(', ':']) {
                        out.push('\\');
                    }
                    if is_code { escape::code(words, &mut out) } else { escape::all(words, &mut out) }
                }
                Node::Choice(choice) => escape::all(self.text.chosen(choice, View::Printed), &mut out),
                Node::Void(element) => {
                    behind_note = matches!(element, Element::NoteMark(_));
                    self.void(element, place, &mut out);
                }
                Node::Open(element) => {
                    behind_note = false;
                    in_code |= matches!(element, Element::Code(_));
                    out.push_str(self.text.meaning(element).map_or("", |element| signs(element).0));
                }
                Node::Close(element) => {
                    in_code &= !matches!(element, Element::Code(_));
                    self.close(element, &mut out);
                }
            }
        }
        out
    }

    fn void(&self, element: Element, place: Line, out: &mut String) {
        match element {
            Element::Break if place == Line::Paragraph => out.push_str("\\\n"),
            Element::Break | Element::SoftBreak => out.push(' '),
            Element::NoteMark(mark) => {
                let note = self.text.marks[mark as usize].note;
                out.push_str(&format!("[^{}]", self.text.notes[note].label));
            }
            Element::Image(link) => {
                out.push_str("![");
                escape::all(&self.text.links[link as usize].alternative, out);
                self.target(link, out);
            }
            _ => {}
        }
    }

    fn close(&self, element: Element, out: &mut String) {
        match self.text.meaning(element) {
            Some(Element::Link(link)) => self.target(link, out),
            Some(element) => out.push_str(signs(element).1),
            None => {}
        }
    }

    /// The end of a link or image.
    fn target(&self, link: u32, out: &mut String) {
        let link = &self.text.links[link as usize];
        out.push_str("](");
        escape::destination(&link.destination, out);
        if !link.title.is_empty() {
            out.push_str(" \"");
            escape::title(&link.title, out);
            out.push('"');
        }
        out.push(')');
    }

    /// Puts a block's lines into what it stands in.
    fn frame(&mut self, content: &str, spacing: Spacing) {
        let known = self.around.iter().take_while(|container| !container.is_new).count();
        let may_be_close = spacing == Spacing::Close;
        let is_close =
            may_be_close && known < self.around.len() && self.around.last().is_some_and(|c| c.around.is_item());
        // Only a list that begins with 1 may follow a paragraph without a blank line.
        let counts_on = |container: &Container| matches!(container.around, Around::Number(number) if number != 1);
        let is_tight = is_close
            && self.last.as_ref().is_some_and(|last| {
                let is_same = last.depth == self.around.len();
                last.is_close
                    && last.depth <= self.around.len()
                    && (is_same || !self.around[known..].iter().any(counts_on))
            });
        if self.last.is_some() && !is_tight {
            let prefix = self.prefix(known);
            self.out.push_str(prefix.trim_end());
            self.out.push('\n');
        }
        let mut lead = self.prefix(known);
        for container in &self.around[known..] {
            match container.around {
                Around::Quote => lead.push_str("> "),
                Around::Bullet => lead.push_str("- "),
                Around::Number(number) => lead.push_str(&format!("{number}. ")),
                Around::Note(note) => lead.push_str(&format!("[^{}]: ", self.text.notes[note].label)),
            }
        }
        let rest = self.prefix(self.around.len());
        for (nth, line) in content.split('\n').enumerate() {
            let whole = format!("{}{line}", if nth == 0 { &lead } else { &rest });
            self.out.push_str(whole.trim_end_matches(' '));
            self.out.push('\n');
        }
        self.around.iter_mut().for_each(|container| container.is_new = false);
        self.last = Some(Last { is_close, depth: self.around.len() });
    }

    /// What a line begins with that goes on with the outermost containers.
    fn prefix(&self, count: usize) -> String {
        let mut prefix = String::new();
        for container in &self.around[..count] {
            match container.around {
                Around::Quote => prefix.push_str("> "),
                Around::Bullet => prefix.push_str("  "),
                Around::Number(number) => prefix.push_str(&" ".repeat(number.to_string().len() + 2)),
                Around::Note(_) => prefix.push_str("    "),
            }
        }
        prefix
    }
}

/// Fills the next places of a row that cells above it cover.
fn cover(row: &mut Vec<String>, covered: &mut BTreeMap<usize, u16>) {
    while covered.contains_key(&row.len()) {
        row.push("^".to_string());
    }
}

/// What is written in one go.
enum Leaf {
    Block(Element),
    Rule,
    /// Text that stands in no block of its own.
    Line,
}

/// Whether an element is a block that holds no other.
fn is_block(element: Element) -> bool {
    matches!(
        element,
        Element::Heading(_)
            | Element::QuotedHeading
            | Element::Paragraph(_)
            | Element::Table(_)
            | Element::Preformatted(_)
    )
}

/// Where the element that opens at a place is closed.
fn end_of(tape: &[Node], at: usize) -> usize {
    let mut depth = 0;
    for (place, node) in tape.iter().enumerate().skip(at) {
        match node {
            Node::Open(_) => depth += 1,
            Node::Close(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return place;
        }
    }
    tape.len()
}

/// Where text ends that stands in no block of its own.
fn line_end(text: &Text, tape: &[Node], at: usize) -> usize {
    let ends = |node: &Node| match node {
        Node::Open(element) | Node::Close(element) => text.meaning(*element).is_some_and(|element| {
            let holds_blocks = matches!(
                element,
                Element::Quote(_) | Element::Bullets(_) | Element::Numbers(..) | Element::Item | Element::Division(_)
            );
            holds_blocks || is_block(element) || matches!(element, Element::Figure(_))
        }),
        Node::Void(element) => *element == Element::Rule,
        _ => false,
    };
    tape[at + 1..].iter().position(ends).map_or(tape.len(), |length| at + 1 + length)
}

/// A line without breaks behind its last word: with nothing below it, the sign of one would be a backslash.
fn without_last_break(mut line: &str) -> &str {
    loop {
        line = line.trim_end_matches(|last: char| last.is_whitespace() && last != '\n');
        match line.strip_suffix("\\\n") {
            Some(before) => line = before,
            None => return line,
        }
    }
}

/// The signs before and behind an element of a line.
fn signs(element: Element) -> (&'static str, &'static str) {
    match element {
        Element::Link(_) => ("[", ""),
        Element::Phrase(Phrase::Strong | Phrase::Bold) => ("**", "**"),
        Element::Phrase(Phrase::Emphasis | Phrase::Italic) => ("*", "*"),
        Element::Phrase(Phrase::Struck) => ("~~", "~~"),
        Element::Phrase(Phrase::Sup) => ("^{", "}"),
        Element::Phrase(Phrase::Sub) => ("_{", "}"),
        _ => ("", ""),
    }
}
