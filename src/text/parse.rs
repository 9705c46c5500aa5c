//! Markdown to a [`Text`].

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::anchor::Anchors;
use super::build::Draft;
use super::events::Markdown;
use super::levels::Levels;
use super::redact;
use super::sanitise::Sanitiser;
use super::tape::{Align, Cell, Element, Node, Phrase, Scope, index};
use super::{Block, Heading, Link, Note, NoteMark, Part, Text};
use super::{aligned, block, columns, comments, heading, joined, numbered, plain, punctuation, raised};
use crate::diagnostic::messages::TextMessage;
use crate::diagnostic::{Diagnostic, Report, Source};

/// How a text is read.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'a> {
    /// The record's title: a first heading that repeats it is left out.
    pub title: &'a str,
    /// Whether raw HTML is sanitised and kept; otherwise it is shown as text.
    pub allow_html: bool,
    /// Whether paragraphs carry numbers to cite them by.
    pub numbered: bool,
    /// Whether flattened punctuation is shown as it was printed.
    pub restore: bool,
    /// Whether blocks get ids; who reads the characters alone needs none.
    pub ids: Ids,
}

/// Which pieces of a text get ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ids {
    /// Headings, notes and blocks.
    All,
    /// Headings and notes.
    NotBlocks,
}

/// Parses the Markdown in `body` of a file.
pub fn parse(source: Source<'_>, body: Range<usize>, manner: Manner<'_>, report: &mut Report) -> Text {
    let hidden = redact::hide(source, body.start, report);
    let source = Source { text: &hidden.text, ..source };
    let markdown = &source.text[body.clone()];
    let mut text = Text { restored: manner.restore, redacted: hidden.redacted, ..Text::empty() };
    text.chars.reserve(markdown.len());
    if manner.restore {
        text.chars.push_str(punctuation::wide());
    }
    let markdown = Markdown::new(markdown);
    let events: Vec<_> =
        markdown.events().map(|(event, span)| (event, span.start + body.start..span.end + body.start)).collect();
    let events = if manner.allow_html { events } else { comments::without(source.text, events) };
    let levels = Levels::of(&events, manner.title);
    let jumps = numbered::jumps(source.text, &events);
    columns::check(source, &events, report);
    let mut builder = Builder {
        source,
        manner,
        sanitiser: manner.allow_html.then(|| Sanitiser::of(source.text)),
        levels,
        text,
        anchors: Anchors::default(),
        lasting: Vec::new(),
        notes: BTreeMap::new(),
        referenced: 0,
        draft: Draft::default(),
        held: Vec::new(),
        literal: Vec::new(),
        jumps,
        in_heading: false,
        heading_id: None,
        paragraphs: 0,
        tables: 0,
        columns: Columns::default(),
        image: None,
        report,
    };
    for (event, span) in events {
        builder.event(event, span);
    }
    builder.finish()
}

/// An image being read: its alternative text is gathered, not written.
struct Image {
    link: u32,
    span: Range<usize>,
    depth: usize,
}

/// A footnote as far as it has been met.
#[derive(Debug, Default)]
struct Footnote {
    /// Its index in the text.
    note: usize,
    /// The part in which its text stands, and where.
    part: usize,
    span: Range<usize>,
}

/// The columns of the table that is read.
#[derive(Debug, Default)]
struct Columns {
    align: Vec<Option<Align>>,
    next: usize,
    head: bool,
}

impl Columns {
    fn of(alignments: &[Alignment]) -> Self {
        let align = |alignment: &Alignment| match alignment {
            Alignment::None => None,
            Alignment::Left => Some(Align::Left),
            Alignment::Center => Some(Align::Center),
            Alignment::Right => Some(Align::Right),
        };
        Self { align: alignments.iter().map(align).collect(), next: 0, head: false }
    }

    fn cell(&self) -> Element {
        let align = self.align.get(self.next).copied().flatten();
        let scope = self.head.then_some(Scope::Column);
        Element::Cell(Cell { head: self.head, scope, align, columns: 1, rows: 1 })
    }
}

struct Builder<'a, 'r> {
    source: Source<'a>,
    manner: Manner<'a>,
    /// Where raw HTML is kept.
    sanitiser: Option<Sanitiser>,
    levels: Levels,
    text: Text,
    anchors: Anchors,
    /// The words of each block, from which its id is made.
    lasting: Vec<String>,
    /// By their labels.
    notes: BTreeMap<String, Footnote>,
    /// How many notes have been referred to so far.
    referenced: usize,
    /// What is being written; set aside while a heading or a footnote inside the text is read.
    draft: Draft,
    held: Vec<Draft>,
    /// Signs of ours that a backslash stands before: places among the characters.
    literal: Vec<usize>,
    /// Items whose number is not the next one, by their place in the file.
    jumps: BTreeMap<usize, u64>,
    /// A section's heading is being read, and the id that it is given.
    in_heading: bool,
    heading_id: Option<String>,
    paragraphs: usize,
    tables: usize,
    columns: Columns,
    image: Option<Image>,
    report: &'r mut Report,
}

impl Builder<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        if self.image.is_some() {
            return self.image_event(event);
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(words) => {
                self.draft.has_text |= !words.trim().is_empty();
                self.draft.text(&mut self.text, &words);
                self.sign(&words, span.start);
            }
            Event::Code(words) => {
                self.draft.has_text = true;
                self.draft.code(&mut self.text, &words);
            }
            Event::Html(html) | Event::InlineHtml(html) if self.manner.allow_html => self.draft.raw(&html),
            Event::Html(html) | Event::InlineHtml(html) => {
                self.draft.has_text = true;
                self.draft.text(&mut self.text, &html);
            }
            Event::FootnoteReference(label) => self.reference(&label),
            Event::SoftBreak => self.draft.soft_break(),
            Event::HardBreak => self.draft.void(Element::Break),
            Event::Rule if self.draft.depth == 0 => {
                self.text.tape.push(Node::Void(Element::Rule));
                self.end_part();
            }
            Event::Rule => self.draft.void(Element::Rule),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Remembers where a sign of ours stands, and where one does that a backslash makes a character.
    fn sign(&mut self, words: &str, at: usize) {
        let before = at.checked_sub(1).map(|before| self.source.text.as_bytes()[before]);
        // A sign that could be emphasis comes apart from what stands behind it.
        let goes_on = words.starts_with('{') && matches!(before, Some(b'^' | b'_'));
        self.draft.is_raised |= goes_on || raised::may_be_in(words);
        if words.starts_with(['^', '_', '<', '{']) && before == Some(b'\\') {
            self.literal.push(self.text.chars.len() - words.len());
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::Heading { .. } if self.draft.depth > 0 => self.open(Element::QuotedHeading),
            Tag::Heading { id, .. } => {
                self.heading_id = id.map(|id| id.to_string());
                self.in_heading = true;
                self.hold();
            }
            Tag::FootnoteDefinition(_) => self.hold(),
            Tag::Image { dest_url, title, .. } => {
                self.draft.images += 1;
                let title = redact::shown(&title).into_owned();
                self.draft.caption.clone_from(&title);
                let link = self.link(Link { title, image: true, ..link(&dest_url, span.clone()) });
                self.image = Some(Image { link, span, depth: 1 });
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                self.draft.has_link = true;
                let destination = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                let link = self.link(Link { title: redact::shown(&title).into_owned(), ..link(&destination, span) });
                self.draft.phrase(Element::Link(link));
            }
            Tag::Emphasis => self.draft.phrase(Element::Phrase(Phrase::Emphasis)),
            Tag::Strong => self.draft.phrase(Element::Phrase(Phrase::Strong)),
            Tag::Strikethrough => self.draft.phrase(Element::Phrase(Phrase::Struck)),
            _ => {
                if self.draft.depth == 0 {
                    self.draft = Draft::default();
                }
                self.draft.depth += 1;
                if tag == Tag::Item {
                    self.item(span.start);
                }
                self.start_block(tag);
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.open(Element::Paragraph(None)),
            Tag::HtmlBlock if !self.manner.allow_html => self.open(Element::Paragraph(None)),
            Tag::BlockQuote(_) => self.open(Element::Quote(None)),
            Tag::CodeBlock(kind) => {
                self.open(Element::Preformatted(None));
                let language = match &kind {
                    CodeBlockKind::Fenced(info) if redact::is_in(info) => "",
                    CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
                let language = self.language(language);
                self.open(Element::Code(language));
            }
            Tag::List(first) => {
                self.open(first.map_or(Element::Bullets(None), numbers));
            }
            Tag::Item => self.open(Element::Item),
            Tag::Table(alignments) => {
                self.columns = Columns::of(&alignments);
                self.open(Element::Table(None));
            }
            Tag::TableHead => {
                (self.columns.head, self.columns.next) = (true, 0);
                self.open(Element::Head);
                self.open(Element::Row);
            }
            Tag::TableRow => {
                self.columns.next = 0;
                self.open(Element::Row);
            }
            Tag::TableCell => self.open(self.columns.cell()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>) {
        match tag {
            TagEnd::Heading(level) if std::mem::take(&mut self.in_heading) => self.close_heading(level, span),
            TagEnd::FootnoteDefinition => self.close_note(span),
            TagEnd::Heading(_) | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {
                self.draft.close();
            }
            TagEnd::Image => {}
            _ => {
                self.end_block(tag);
                self.draft.depth = self.draft.depth.saturating_sub(1);
                if self.draft.depth == 0 {
                    self.close_block(tag, span);
                }
            }
        }
    }

    fn end_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::HtmlBlock if self.manner.allow_html => {}
            TagEnd::CodeBlock => {
                self.draft.close();
                self.draft.close();
            }
            TagEnd::Table => {
                self.draft.close();
                self.draft.close();
                let begins = |node: &Node| matches!(node, Node::Open(Element::Table(_)));
                let start = self.draft.tape.iter().rposition(begins).unwrap_or_default();
                let table = self.draft.tape.split_off(start);
                self.draft.tape.extend(joined::join(&self.text, table, &self.literal));
            }
            TagEnd::TableHead => {
                self.draft.close();
                self.draft.close();
                self.columns.head = false;
                self.open(Element::Body);
            }
            TagEnd::TableCell => {
                self.draft.close();
                self.columns.next += 1;
            }
            _ => self.draft.close(),
        }
    }

    fn open(&mut self, element: Element) {
        self.draft.open(element);
    }

    /// An item whose number is not the next one begins a list that has it: no number is changed.
    fn item(&mut self, at: usize) {
        if let Some(number) = self.jumps.get(&at) {
            let list = numbers(*number);
            self.draft.close();
            self.open(list);
        }
    }

    /// Everything inside an image is its alternative text.
    fn image_event(&mut self, event: Event<'_>) {
        let Some(image) = &mut self.image else { return };
        let alternative = &mut self.text.links[image.link as usize].alternative;
        match event {
            Event::Start(_) => image.depth += 1,
            Event::End(_) => image.depth -= 1,
            Event::Text(text) | Event::Code(text) => alternative.push_str(&redact::shown(&text)),
            Event::SoftBreak | Event::HardBreak => alternative.push(' '),
            _ => {}
        }
        if image.depth > 0 {
            return;
        }
        let is_silent = alternative.trim().is_empty();
        let Some(image) = self.image.take() else { return };
        if is_silent {
            self.report.push(Diagnostic::warning(TextMessage::ImageWithoutText).at(self.source, image.span));
        }
        self.draft.void(Element::Image(image.link));
    }

    fn link(&mut self, link: Link) -> u32 {
        self.text.links.push(link);
        index(self.text.links.len() - 1)
    }

    fn language(&mut self, language: &str) -> Option<u32> {
        if language.is_empty() {
            return None;
        }
        let known = self.text.languages.iter().position(|known| known == language);
        Some(index(known.unwrap_or_else(|| {
            self.text.languages.push(language.to_string());
            self.text.languages.len() - 1
        })))
    }

    /// What is on the tape up to here belongs to the newest part.
    fn end_part(&mut self) {
        let (tape, blocks) = (self.text.tape.len(), self.text.blocks.len());
        if let Some(part) = self.text.parts.last_mut() {
            (part.tape.end, part.blocks.end) = (tape, blocks);
        }
    }

    fn reference(&mut self, label: &str) {
        let note = self.note(label);
        if self.text.notes[note].number == 0 {
            self.referenced += 1;
            self.text.notes[note].number = self.referenced;
        }
        let id = self.anchors.note("fnref", label);
        self.text.marks.push(NoteMark { note, id });
        let mark = index(self.text.marks.len() - 1);
        self.draft.void(Element::NoteMark(mark));
        self.draft.marks.push(mark);
    }

    /// The note with a label, made when it is first met.
    fn note(&mut self, label: &str) -> usize {
        if let Some(footnote) = self.notes.get(label) {
            return footnote.note;
        }
        let id = self.anchors.note("fn", label);
        self.text.notes.push(Note { label: label.to_string(), id, ..Note::default() });
        let note = self.text.notes.len() - 1;
        self.notes.insert(label.to_string(), Footnote { note, ..Footnote::default() });
        note
    }

    fn hold(&mut self) {
        self.held.push(std::mem::take(&mut self.draft));
        self.draft.depth = 1;
    }

    fn release(&mut self) -> Draft {
        let before = self.held.pop().unwrap_or_default();
        std::mem::replace(&mut self.draft, before)
    }

    /// A stretch of tape with its choices: sanitised where it holds HTML of a person's own.
    fn settled(&mut self, draft: &mut Draft, span: Range<usize>) -> Vec<Node> {
        let mut tape = std::mem::take(&mut draft.tape);
        if draft.is_raised {
            tape = raised::raise(&self.text, tape, &self.literal);
        }
        match &self.sanitiser {
            Some(sanitiser) if !draft.raw.is_empty() => sanitiser.clean(&mut self.text, &tape, &draft.raw, span),
            _ => tape,
        }
    }

    fn restored(&mut self, tape: Vec<Node>) -> Vec<Node> {
        if self.manner.restore { punctuation::restore(&mut self.text, tape) } else { tape }
    }

    fn close_block(&mut self, tag: TagEnd, span: Range<usize>) {
        let mut draft = std::mem::take(&mut self.draft);
        let is_paragraph = tag == TagEnd::Paragraph;
        let align = if is_paragraph { aligned::take(&self.text, &mut draft.tape, &self.literal) } else { None };
        if self.manner.ids == Ids::All {
            self.lasting.push(plain::lasting(&self.text, &draft.tape));
        }
        let tape = self.settled(&mut draft, span);
        let mut tape = self.restored(tape);
        let at = Some(index(self.text.blocks.len()));
        let mut number = 0;
        // A picture that is a link stands in a paragraph, unless it has a caption.
        let is_alone = draft.images == 1 && !draft.has_text && draft.raw.is_empty();
        let is_picture = is_alone && !(draft.has_link && draft.caption.is_empty());
        if is_paragraph && is_picture {
            tape = block::figure(&mut self.text, tape, at, &draft.caption);
        } else if is_paragraph && self.manner.numbered {
            self.paragraphs += 1;
            if block::begins_with_paragraph(&self.text, &tape) {
                number = self.paragraphs;
                block::name(&mut self.text, &mut tape, at);
            } else {
                tape = block::division(tape, at);
            }
        } else if tag == TagEnd::HtmlBlock && self.manner.allow_html {
            tape = block::division(tape, at);
        } else {
            if tag == TagEnd::Table {
                self.tables += 1;
                number = self.tables;
            }
            if block::is_one(&tape) {
                block::name(&mut self.text, &mut tape, at);
            } else {
                tape = block::division(tape, at);
            }
        }
        let start = self.text.tape.len();
        self.text.tape.append(&mut tape);
        // Its id comes last, when all that begin like it are known.
        self.text.blocks.push(Block { id: String::new(), number, align, tape: start..self.text.tape.len() });
        self.end_part();
        if let Some(part) = self.text.parts.last_mut() {
            part.marks.append(&mut draft.marks);
        }
    }

    fn close_heading(&mut self, level: HeadingLevel, span: Range<usize>) {
        let mut draft = self.release();
        let explicit = self.heading_id.take();
        if std::mem::take(&mut self.levels.title_repeated) {
            return;
        }
        let lasting = plain::lasting(&self.text, &draft.tape);
        let tape = self.settled(&mut draft, span.clone());
        let level = self.levels.rank(level);
        let shown = plain::heading(&self.text, &tape);
        let (words, shown) = (lasting.trim(), shown.trim());
        let written = heading::Written { level, explicit: explicit.as_deref(), words, shown, span };
        let heading = written.read(self.source, &mut self.anchors, self.report);
        let tape = heading::with_number(&self.text, tape, heading.number.as_deref());
        let tape = self.restored(tape);
        let start = self.text.tape.len();
        let element = Element::Heading(index(self.text.parts.len()));
        self.text.tape.push(Node::Open(element));
        self.text.tape.extend(tape);
        self.text.tape.push(Node::Close(element));
        let tape = start..self.text.tape.len();
        let blocks = self.text.blocks.len()..self.text.blocks.len();
        let heading = Some(Heading { tape: tape.clone(), ..heading });
        self.text.parts.push(Part { heading, tape, blocks, marks: draft.marks, strays: Vec::new() });
    }

    fn close_note(&mut self, span: Range<usize>) {
        let mut draft = self.release();
        let label = footnote_label(&self.source.text[span.clone()]);
        let tape = self.settled(&mut draft, span.clone());
        let tape = self.restored(tape);
        let note = self.note(&label);
        let (part, place) = (self.text.parts.len() - 1, self.text.tape.len());
        if let Some(footnote) = self.notes.get_mut(&label) {
            (footnote.part, footnote.span) = (part, span);
        }
        let note = &mut self.text.notes[note];
        (note.tape, note.marks, note.place) = (tape, draft.marks, place);
    }

    fn finish(mut self) -> Text {
        for (block, id) in self.text.blocks.iter_mut().zip(self.anchors.blocks(&self.lasting)) {
            block.id = id;
        }
        for (label, footnote) in &self.notes {
            let note = &mut self.text.notes[footnote.note];
            if note.number > 0 {
                continue;
            }
            self.referenced += 1;
            note.number = self.referenced;
            self.text.parts[footnote.part].strays.push(footnote.note);
            self.report.push(
                Diagnostic::warning(TextMessage::UnusedFootnote { label: label.clone() })
                    .at(self.source, footnote.span.clone()),
            );
        }
        self.text
    }
}

fn link(destination: &str, span: Range<usize>) -> Link {
    Link { destination: destination.to_string(), span, ..Link::default() }
}

/// A list that begins with a number.
fn numbers(first: u64) -> Element {
    Element::Numbers(None, i32::try_from(first).unwrap_or(i32::MAX))
}

/// The label in `[^label]: …`.
fn footnote_label(definition: &str) -> String {
    let inner = definition.trim_start().strip_prefix("[^").unwrap_or_default();
    inner.split_once("]:").map_or(inner, |(label, _)| label).to_string()
}
