//! Markdown to a [`Document`].

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::anchor::{Anchors, Given, is_id};
use super::frame;
use super::html::Writer;
use super::sanitise::Mark;
use super::{Document, Heading, Link, Note, Part, printed_number, punctuation};
use crate::diagnostic::messages::TextMessage;
use crate::diagnostic::{Diagnostic, Report, Source};

/// What the markup says in the document's language, escaped for attributes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// What stands before and after the number in “Paragraph 12”.
    pub paragraph: (String, String),
    /// “Link to this section”.
    pub heading_link: String,
    /// “Table”.
    pub table: String,
}

/// How a text is read.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'a> {
    /// The record's title: a first heading that repeats it is left out.
    pub title: &'a str,
    /// What the markup says.
    pub labels: &'a Labels,
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
pub fn parse(source: Source<'_>, body: Range<usize>, manner: Manner<'_>, report: &mut Report) -> Document {
    let markdown = &source.text[body.clone()];
    let mut document = Document { parts: vec![Part::default()], restored: manner.restore, ..Document::default() };
    document.html.html.reserve(markdown.len() + markdown.len() / 2);
    let events: Vec<_> = Parser::new_ext(markdown, OPTIONS)
        .into_offset_iter()
        .map(|(event, span)| (event, span.start + body.start..span.end + body.start))
        .collect();
    let levels = Levels::of(&events, manner.title);
    let mut builder = Builder {
        source,
        manner,
        mark: manner.allow_html.then(|| Mark::of(source.text)),
        levels,
        document,
        anchors: Anchors::default(),
        notes: BTreeMap::new(),
        referenced: 0,
        state: State::default(),
        held: Vec::new(),
        heading_id: None,
        paragraphs: 0,
        tables: 0,
        image: None,
        report,
    };
    for (event, span) in events {
        builder.event(event, span);
    }
    builder.finish()
}

/// Which heading levels a document uses, so that they become 1, 2, 3 … without gaps.
struct Levels {
    used: Vec<HeadingLevel>,
    /// The first heading repeats the record's title and is left out.
    title_repeated: bool,
}

impl Levels {
    fn of(events: &[(Event<'_>, Range<usize>)], title: &str) -> Self {
        let mut depth = 0;
        let mut used = Vec::new();
        for (event, _) in events {
            match event {
                Event::Start(tag) => {
                    if let Tag::Heading { level, .. } = tag
                        && depth == 0
                    {
                        used.push(*level);
                    }
                    depth += 1;
                }
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        let lone_first = used.first().is_some_and(|first| used.iter().filter(|level| *level <= first).count() == 1);
        let title_repeated = lone_first && first_heading(events).is_some_and(|text| text.trim() == title);
        if title_repeated {
            used.remove(0);
        }
        used.sort_unstable();
        used.dedup();
        Self { used, title_repeated }
    }

    fn rank(&self, level: HeadingLevel) -> u8 {
        // There are six heading levels in Markdown, so the position fits.
        1 + self.used.iter().position(|used| *used == level).unwrap_or(0) as u8
    }
}

/// The text of a heading that opens the document.
fn first_heading(events: &[(Event<'_>, Range<usize>)]) -> Option<String> {
    let mut events = events.iter().map(|(event, _)| event);
    matches!(events.next(), Some(Event::Start(Tag::Heading { .. }))).then(|| {
        events
            .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))))
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect()
    })
}

/// Where the reading stands: set aside while a heading or a footnote inside the text is read.
#[derive(Debug, Default)]
struct State {
    writer: Writer,
    /// Open blocks.
    depth: usize,
    block: Block,
    /// Footnote references seen since the block began: index of the note, id of the reference.
    references: Vec<(usize, String)>,
}

impl State {
    /// For a block of so many bytes of Markdown; its HTML and text will seldom be longer.
    fn for_block(length: usize) -> Self {
        let mut state = Self::default();
        state.writer.out.html.reserve(length + 16);
        state.writer.text.reserve(length);
        state
    }
}

/// What is known of the block being written.
#[derive(Debug, Default)]
struct Block {
    images: usize,
    has_text: bool,
    has_html: bool,
    caption: String,
    /// Marks of footnotes in the plain text, which the block's id must not depend on.
    marks: Vec<Range<usize>>,
}

impl Block {
    /// The text that the block's id comes from.
    fn lasting_text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.marks.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut lasting = String::with_capacity(text.len());
        let mut done = 0;
        for mark in &self.marks {
            lasting.push_str(text.get(done..mark.start).unwrap_or_default());
            done = mark.end;
        }
        lasting.push_str(text.get(done..).unwrap_or_default());
        Cow::Owned(lasting)
    }
}

/// An image being read: its alternative text is gathered, not written.
struct Image {
    link: usize,
    title: String,
    alternative: String,
    span: Range<usize>,
    depth: usize,
}

/// A footnote as far as it has been met.
#[derive(Debug, Default)]
struct Footnote {
    /// Its index in the document.
    note: usize,
    /// The part in which its text stands, and where.
    part: usize,
    span: Range<usize>,
}

struct Builder<'a, 'r> {
    source: Source<'a>,
    manner: Manner<'a>,
    /// Where raw HTML is kept.
    mark: Option<Mark>,
    levels: Levels,
    document: Document,
    anchors: Anchors,
    /// By their labels.
    notes: BTreeMap<String, Footnote>,
    /// How many notes have been referred to so far.
    referenced: usize,
    state: State,
    held: Vec<State>,
    heading_id: Option<String>,
    paragraphs: usize,
    tables: usize,
    image: Option<Image>,
    report: &'r mut Report,
}

impl Builder<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        if self.image.is_some() {
            return self.image_event(event);
        }
        let writer = &mut self.state.writer;
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => {
                self.state.block.has_text |= !text.trim().is_empty();
                writer.text(&text);
            }
            Event::Code(text) => {
                self.state.block.has_text = true;
                writer.code(&text);
            }
            Event::Html(html) | Event::InlineHtml(html) if self.manner.allow_html => {
                self.state.block.has_html = true;
                writer.raw(&html);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.state.block.has_text = true;
                writer.text(&html);
            }
            Event::FootnoteReference(label) => self.reference(&label),
            Event::SoftBreak => writer.soft_break(),
            Event::HardBreak => writer.hard_break(),
            Event::Rule if self.state.depth == 0 => {
                self.document.html.html.push_str("<hr>\n");
                let end = self.document.html.html.len();
                self.part().html.end = end;
            }
            Event::Rule => writer.raw("<hr>\n"),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::Heading { .. } if self.state.depth > 0 => self.state.writer.raw("<p class=\"quoted-heading\">"),
            Tag::Heading { id, .. } => {
                self.heading_id = id.map(|id| id.to_string());
                self.hold();
            }
            Tag::FootnoteDefinition(_) => self.hold(),
            Tag::Image { dest_url, title, .. } => {
                self.state.block.images += 1;
                let link = self.link(&dest_url, span.clone(), true);
                let title = title.to_string();
                self.image = Some(Image { link, title, alternative: String::new(), span, depth: 1 });
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                self.state.block.has_text = true;
                let destination = match link_type {
                    pulldown_cmark::LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                let link = self.link(&destination, span, false);
                self.state.writer.raw("<a href=\"");
                self.gap(link);
                if !title.is_empty() {
                    self.state.writer.attribute("title", &title);
                }
                self.state.writer.raw(">");
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.state.writer.start(&tag),
            _ => {
                if self.state.depth == 0 {
                    self.state = State::for_block(span.len());
                }
                self.state.depth += 1;
                match tag {
                    Tag::HtmlBlock if self.manner.allow_html => {}
                    Tag::HtmlBlock => self.state.writer.raw("<p>"),
                    _ => self.state.writer.start(&tag),
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>) {
        match tag {
            TagEnd::Heading(_) if self.state.depth > 1 || self.held.is_empty() => {
                self.state.writer.raw("</p>\n");
                self.state.writer.line_apart();
            }
            TagEnd::Heading(level) => self.close_heading(level, span),
            TagEnd::FootnoteDefinition => self.close_note(span),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => self.state.writer.end(tag),
            TagEnd::Image => {}
            _ => {
                match tag {
                    TagEnd::HtmlBlock if self.manner.allow_html => {}
                    TagEnd::HtmlBlock => self.state.writer.raw("</p>\n"),
                    _ => self.state.writer.end(tag),
                }
                self.state.depth = self.state.depth.saturating_sub(1);
                if self.state.depth == 0 {
                    self.close_block(tag, span);
                }
            }
        }
    }

    /// Everything inside an image is its alternative text.
    fn image_event(&mut self, event: Event<'_>) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Start(_) => image.depth += 1,
            Event::End(_) => image.depth -= 1,
            Event::Text(text) | Event::Code(text) => image.alternative.push_str(&text),
            Event::SoftBreak | Event::HardBreak => image.alternative.push(' '),
            _ => {}
        }
        if image.depth > 0 {
            return;
        }
        let Some(image) = self.image.take() else { return };
        if image.alternative.trim().is_empty() {
            self.report.push(Diagnostic::warning(TextMessage::ImageWithoutText).at(self.source, image.span));
        }
        self.state.writer.raw("<img src=\"");
        self.gap(image.link);
        self.state.writer.attribute("alt", &image.alternative);
        self.state.writer.raw(" loading=\"lazy\">");
        self.state.block.caption = image.title;
        if !image.alternative.is_empty() {
            // A reader sees the image, not its text.
            let start = self.state.writer.text.len();
            self.state.writer.text.push_str(&format!("[{}]", image.alternative));
            self.state.writer.aside(start, false);
        }
    }

    fn part(&mut self) -> &mut Part {
        if self.document.parts.is_empty() {
            self.document.parts.push(Part::default());
        }
        let last = self.document.parts.len() - 1;
        &mut self.document.parts[last]
    }

    fn link(&mut self, destination: &str, span: Range<usize>, image: bool) -> usize {
        self.document.links.push(Link { destination: destination.to_string(), span, image });
        self.document.links.len() - 1
    }

    /// An address that is filled in later, with the quotation mark that ends it. Where HTML may be sanitised it is a
    /// mark, since offsets will move.
    fn gap(&mut self, link: usize) {
        match &self.mark {
            Some(mark) => self.state.writer.raw(&mark.stand_in(link)),
            None => self.state.writer.gap(link),
        }
    }

    fn reference(&mut self, label: &str) {
        let note = self.note(label);
        if self.document.notes[note].number == 0 {
            self.referenced += 1;
            self.document.notes[note].number = self.referenced;
        }
        let number = self.document.notes[note].number;
        let target = self.document.notes[note].id.clone();
        let id = self.anchors.note("fnref", label);
        let state = &mut self.state;
        state.writer.raw(&format!(
            "<sup class=\"noteref\"><a id=\"{id}\" href=\"#{target}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
        let start = state.writer.text.len();
        state.writer.text.push_str(&format!("[{number}]"));
        state.writer.aside(start, false);
        state.block.marks.push(start..state.writer.text.len());
        state.references.push((note, id));
    }

    /// The note with a label, made when it is first met.
    fn note(&mut self, label: &str) -> usize {
        if let Some(footnote) = self.notes.get(label) {
            return footnote.note;
        }
        let id = self.anchors.note("fn", label);
        self.document.notes.push(Note { id, ..Note::default() });
        let note = self.document.notes.len() - 1;
        self.notes.insert(label.to_string(), Footnote { note, ..Footnote::default() });
        note
    }

    fn hold(&mut self) {
        self.held.push(std::mem::take(&mut self.state));
        self.state.depth = 1;
    }

    fn release(&mut self) -> State {
        let before = self.held.pop().unwrap_or_default();
        std::mem::replace(&mut self.state, before)
    }

    /// Shows flattened punctuation as it was printed, where the text is Chinese.
    fn restore(&self, fragment: &mut super::Fragment) -> Option<String> {
        if self.manner.restore { punctuation::restore(fragment) } else { None }
    }

    /// The HTML of a block: sanitised where it holds a person's own.
    fn settled(&mut self, state: &mut State, span: Range<usize>) -> super::Fragment {
        let fragment = std::mem::take(&mut state.writer.out);
        let Some(mark) = &self.mark else { return fragment };
        if !state.block.has_html {
            return mark.to_gaps(&fragment.html);
        }
        let (html, found) = mark.clean(&fragment.html, self.document.links.len());
        let fragment = mark.to_gaps(&html);
        for (destination, image) in found {
            self.link(&destination, span.clone(), image);
        }
        fragment
    }

    fn close_block(&mut self, tag: TagEnd, span: Range<usize>) {
        let mut state = std::mem::take(&mut self.state);
        let mut inner = self.settled(&mut state, span);
        let flat = self.restore(&mut inner);
        let block = state.block;
        let id = self.anchors.block(&block.lasting_text(state.writer.text.trim_end()));
        let is_figure = tag == TagEnd::Paragraph && block.images == 1 && !block.has_text;
        if is_figure && !block.caption.is_empty() {
            state.writer.line_apart();
            state.writer.text.push_str(&block.caption);
        }
        let text = state.writer.text.trim_end();
        let mut frame = match tag {
            TagEnd::Paragraph if is_figure => frame::figure(&id, &inner, &block.caption),
            TagEnd::Paragraph if self.manner.numbered => {
                self.paragraphs += 1;
                frame::paragraph(&id, &inner, self.paragraphs, &self.manner.labels.paragraph)
            }
            TagEnd::Table => frame::table(&id, &self.table_label()),
            TagEnd::HtmlBlock if self.manner.allow_html => frame::division(&id),
            _ => frame::with_id(&id, &inner),
        };
        if let Some(flat) = &flat {
            frame.put_flat(flat);
        }
        self.document.html.push(&inner, &frame);
        let end = self.document.html.html.len();
        let part = self.part();
        part.html.end = end;
        part.blocks.push(id);
        part.references.extend(state.references);
        part.push(text, state.writer.asides);
    }

    /// “Table 2”: a page may hold several, and a reader who hears the page must tell them apart.
    fn table_label(&mut self) -> String {
        self.tables += 1;
        format!("{} {}", self.manner.labels.table, self.tables)
    }

    fn close_heading(&mut self, level: HeadingLevel, span: Range<usize>) {
        let mut state = self.release();
        let explicit = self.heading_id.take();
        if std::mem::take(&mut self.levels.title_repeated) {
            return;
        }
        let mut inner = self.settled(&mut state, span.clone());
        let text = state.writer.text.trim();
        let lasting = state.block.lasting_text(text);
        let number = printed_number::split(&lasting);
        let level = self.levels.rank(level);
        let heading = Heading {
            id: self.section_id(level, explicit.as_deref(), &lasting, span.clone()),
            level,
            title: number.as_ref().map_or(&*lasting, |number| number.rest).to_string(),
            number: number.as_ref().map(|number| number.printed.to_string()),
            spaced: number.as_ref().is_some_and(|number| number.printed.len() + number.rest.len() < lasting.len()),
            span,
        };
        let start = self.document.html.html.len();
        let printed = heading.number.as_ref().filter(|number| inner.html.starts_with(number.as_str()));
        let length = printed.map_or(0, |number| number.chars().count());
        let flat = self.restore(&mut inner);
        let number = inner.html.char_indices().nth(length).map_or(inner.html.len(), |(end, _)| end);
        let mut frame = frame::heading(&heading, &inner.html[..number], &self.manner.labels.heading_link);
        if let Some(flat) = &flat {
            frame.put_flat(flat);
        }
        self.document.html.push(&inner, &frame);
        let html = start..self.document.html.html.len();
        let mut part = Part { heading: Some(heading), html, references: state.references, ..Part::default() };
        part.push(text, state.writer.asides);
        self.document.parts.push(part);
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
                self.report.push(self.duplicate_id(&id, explicit.is_some(), span));
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
        let mut state = self.release();
        let label = footnote_label(&self.source.text[span.clone()]);
        let mut html = self.settled(&mut state, span.clone());
        let flat = self.restore(&mut html);
        let note = self.note(&label);
        let part = self.document.parts.len() - 1;
        if let Some(footnote) = self.notes.get_mut(&label) {
            (footnote.part, footnote.span) = (part, span);
        }
        let note = &mut self.document.notes[note];
        note.html = html;
        note.flat = flat;
        note.text = state.writer.text.trim_end().to_string();
        note.asides = state.writer.asides;
        note.references = state.references;
    }

    fn finish(mut self) -> Document {
        for (label, footnote) in &self.notes {
            let note = &mut self.document.notes[footnote.note];
            if note.number > 0 {
                continue;
            }
            self.referenced += 1;
            note.number = self.referenced;
            self.document.parts[footnote.part].strays.push(footnote.note);
            self.report.push(
                Diagnostic::warning(TextMessage::UnusedFootnote { label: label.clone() })
                    .at(self.source, footnote.span.clone()),
            );
        }
        self.document
    }
}

/// The label in `[^label]: …`.
fn footnote_label(definition: &str) -> String {
    let inner = definition.trim_start().strip_prefix("[^").unwrap_or_default();
    inner.split_once("]:").map_or(inner, |(label, _)| label).to_string()
}
