//! Markdown to a [`Text`].

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::anchor::{Anchors, Given, is_id};
use super::build::Draft;
use super::levels::Levels;
use super::sanitise::Sanitiser;
use super::tape::{Align, BlockAt, Cell, Element, Node, Phrase, Scope, index};
use super::{Block, Heading, Link, Note, NoteMark, Part, Text, plain, printed_number, punctuation};
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
}

/// The Markdown that fonds reads. No smart punctuation: the text shown is the source's.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

/// Parses the Markdown in `body` of a file.
pub fn parse(source: Source<'_>, body: Range<usize>, manner: Manner<'_>, report: &mut Report) -> Text {
    let markdown = &source.text[body.clone()];
    let mut text = Text { restored: manner.restore, ..Text::empty() };
    text.chars.reserve(markdown.len());
    if manner.restore {
        text.chars.push_str(punctuation::wide());
    }
    let events: Vec<_> = Parser::new_ext(markdown, OPTIONS)
        .into_offset_iter()
        .map(|(event, span)| (event, span.start + body.start..span.end + body.start))
        .collect();
    let levels = Levels::of(&events, manner.title);
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
                let title = title.to_string();
                self.draft.caption.clone_from(&title);
                let link = self.link(Link { title, image: true, ..link(&dest_url, span.clone()) });
                self.image = Some(Image { link, span, depth: 1 });
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                self.draft.has_text = true;
                let destination = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                let link = self.link(Link { title: title.to_string(), ..link(&destination, span) });
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
                    CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
                let language = self.language(language);
                self.open(Element::Code(language));
            }
            Tag::List(None) => self.open(Element::Bullets(None)),
            Tag::List(Some(first)) => self.open(Element::Numbers(None, i32::try_from(first).unwrap_or(i32::MAX))),
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
            TagEnd::CodeBlock | TagEnd::Table => {
                self.draft.close();
                self.draft.close();
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

    /// Everything inside an image is its alternative text.
    fn image_event(&mut self, event: Event<'_>) {
        let Some(image) = &mut self.image else { return };
        let alternative = &mut self.text.links[image.link as usize].alternative;
        match event {
            Event::Start(_) => image.depth += 1,
            Event::End(_) => image.depth -= 1,
            Event::Text(text) | Event::Code(text) => alternative.push_str(&text),
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
        let tape = std::mem::take(&mut draft.tape);
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
        self.lasting.push(plain::lasting(&self.text, &draft.tape));
        let tape = self.settled(&mut draft, span);
        let mut tape = self.restored(tape);
        let at = Some(index(self.text.blocks.len()));
        let is_paragraph = tag == TagEnd::Paragraph;
        let mut number = 0;
        if is_paragraph && draft.images == 1 && !draft.has_text {
            tape = self.figure(tape, at, &draft.caption);
        } else if is_paragraph && self.manner.numbered {
            self.paragraphs += 1;
            if self.begins_with_paragraph(&tape) {
                number = self.paragraphs;
                self.name(&mut tape, at);
            } else {
                tape = division(tape, at);
            }
        } else if tag == TagEnd::HtmlBlock && self.manner.allow_html {
            tape = division(tape, at);
        } else {
            if tag == TagEnd::Table {
                self.tables += 1;
                number = self.tables;
            }
            match tape.first() {
                Some(Node::Open(_)) => self.name(&mut tape, at),
                _ => tape = division(tape, at),
            }
        }
        let start = self.text.tape.len();
        self.text.tape.append(&mut tape);
        // Its id comes last, when all that begin like it are known.
        self.text.blocks.push(Block { id: String::new(), number, tape: start..self.text.tape.len() });
        self.end_part();
        if let Some(part) = self.text.parts.last_mut() {
            part.marks.append(&mut draft.marks);
        }
    }

    /// Whether a stretch of tape is a paragraph that has nothing of its own yet.
    fn begins_with_paragraph(&self, tape: &[Node]) -> bool {
        match tape.first() {
            Some(Node::Open(Element::Paragraph(_))) => true,
            Some(Node::Open(Element::Html(at))) => {
                let element = &self.text.html[*at as usize];
                element.name == "p" && element.attributes.is_empty()
            }
            _ => false,
        }
    }

    /// A picture that stands alone, and its caption.
    fn figure(&mut self, mut tape: Vec<Node>, at: BlockAt, caption: &str) -> Vec<Node> {
        // What was sanitised ends with a line end.
        let end = tape.iter().rposition(|node| matches!(node, Node::Close(_)));
        if !self.begins_with_paragraph(&tape) || end.is_none_or(|end| end + 2 < tape.len()) {
            return division(tape, at);
        }
        tape[0] = Node::Open(Element::Figure(at));
        tape.truncate(end.unwrap_or(tape.len()));
        if !caption.is_empty() {
            let start = self.text.chars.len();
            self.text.chars.push_str(caption);
            tape.push(Node::Open(Element::Caption));
            tape.push(Node::Chars(start, self.text.chars.len()));
            tape.push(Node::Close(Element::Caption));
        }
        tape.push(Node::Close(Element::Figure(at)));
        tape
    }

    /// Gives the block to the element that it is.
    fn name(&mut self, tape: &mut [Node], at: BlockAt) {
        let Some(Node::Open(element)) = tape.first().copied() else { return };
        let named = with_block(element, at);
        if let Element::Html(html) = element {
            let html = &mut self.text.html[html as usize];
            (html.block, html.means) = (at, html.means.map(|means| with_block(means, at)));
        }
        tape[0] = Node::Open(named);
        if let Some(end) = tape.iter().rposition(|node| *node == Node::Close(element)) {
            tape[end] = Node::Close(named);
        }
    }

    fn close_heading(&mut self, level: HeadingLevel, span: Range<usize>) {
        let mut draft = self.release();
        let explicit = self.heading_id.take();
        if std::mem::take(&mut self.levels.title_repeated) {
            return;
        }
        let lasting = plain::lasting(&self.text, &draft.tape);
        let lasting = lasting.trim();
        let tape = self.settled(&mut draft, span.clone());
        let number = printed_number::split(lasting);
        let level = self.levels.rank(level);
        let heading = Heading {
            id: self.section_id(level, explicit.as_deref(), lasting, span.clone()),
            level,
            title: number.as_ref().map_or(lasting, |number| number.rest).to_string(),
            number: number.as_ref().map(|number| number.printed.to_string()),
            spaced: number.as_ref().is_some_and(|number| number.printed.len() + number.rest.len() < lasting.len()),
            span,
            tape: 0..0,
        };
        let tape = self.with_number(tape, heading.number.as_deref());
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

    /// Sets the printed number apart, where the heading begins with it.
    fn with_number(&self, tape: Vec<Node>, number: Option<&str>) -> Vec<Node> {
        let (Some(number), Some(Node::Chars(start, end))) = (number, tape.first().copied()) else { return tape };
        if !self.text.chars(start, end).starts_with(number) {
            return tape;
        }
        let middle = start + number.len();
        let apart = [Node::Open(Element::Number), Node::Chars(start, middle), Node::Close(Element::Number)];
        let rest = (middle < end).then_some(Node::Chars(middle, end));
        apart.into_iter().chain(rest).chain(tape.into_iter().skip(1)).collect()
    }

    fn section_id(&mut self, level: u8, explicit: Option<&str>, text: &str, span: Range<usize>) -> String {
        if let Some(id) = explicit
            && (!is_id(id) || matches!(id, "index" | "full"))
        {
            self.report.push(
                Diagnostic::error(TextMessage::BadSectionId { id: id.to_string() }).at(self.source, span.clone()),
            );
        }
        match self.anchors.heading(level, explicit, text) {
            Given::New(id) if id.is_empty() || matches!(id.as_str(), "index" | "full") && explicit.is_none() => {
                self.report.push(Diagnostic::error(TextMessage::HeadingWithoutId).at(self.source, span));
                id
            }
            Given::New(id) => id,
            Given::Taken(id) => {
                let fault = self.duplicate_id(&id, explicit.is_some(), span);
                self.report.push(fault);
                id
            }
        }
    }

    /// A heading that has the id of another one, with an id that is free.
    fn duplicate_id(&self, id: &str, is_explicit: bool, span: Range<usize>) -> Diagnostic {
        let free = (2..).map(|number| format!("{id}-{number}")).find(|free| !self.anchors.is_taken(free));
        let free = free.unwrap_or_default();
        let heading = self.source.text.get(span.clone()).unwrap_or_default();
        let fault = Diagnostic::error(TextMessage::DuplicateSectionId { id: id.to_string(), free: free.clone() })
            .at(self.source, span.clone());
        let written = format!("{{#{id}}}");
        match heading.find(&written).filter(|_| is_explicit) {
            Some(at) => {
                let start = span.start + at;
                fault.suggest(self.source, start..start + written.len(), format!("{{#{free}}}"))
            }
            None => {
                let line = heading.lines().next().unwrap_or_default().trim_end();
                let end = span.start + line.len();
                fault.suggest(self.source, end..end, format!(" {{#{free}}}"))
            }
        }
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

/// A block that has no element of its own for its id.
fn division(tape: Vec<Node>, at: BlockAt) -> Vec<Node> {
    let element = Element::Division(at);
    std::iter::once(Node::Open(element)).chain(tape).chain([Node::Close(element)]).collect()
}

/// An element with its block.
fn with_block(element: Element, at: BlockAt) -> Element {
    match element {
        Element::Paragraph(_) => Element::Paragraph(at),
        Element::Quote(_) => Element::Quote(at),
        Element::Bullets(_) => Element::Bullets(at),
        Element::Numbers(_, first) => Element::Numbers(at, first),
        Element::Table(_) => Element::Table(at),
        Element::Figure(_) => Element::Figure(at),
        Element::Preformatted(_) => Element::Preformatted(at),
        Element::Division(_) => Element::Division(at),
        other => other,
    }
}

/// The label in `[^label]: …`.
fn footnote_label(definition: &str) -> String {
    let inner = definition.trim_start().strip_prefix("[^").unwrap_or_default();
    inner.split_once("]:").map_or(inner, |(label, _)| label).to_string()
}
