//! Where everything stands in a TOML text.
//!
//! A tree of values, as the toml crate reads it, knows no longer that `original.file` was written with a dot or below a
//! header. Who changes one byte must know it. So the events of toml_parser, from which the toml crate makes its tree, are
//! kept here as they come: headers, what stands below each, and the bytes of every key and value.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, parse_document};

/// A whole text: what stands above the first header, and then what stands below each.
#[derive(Debug)]
pub(super) struct Layout {
    pub sections: Vec<Section>,
}

/// A header and what stands below it.
#[derive(Debug)]
pub(super) struct Section {
    /// None above the first header.
    pub header: Option<Header>,
    pub entries: Vec<Entry>,
}

/// `[original]` or `[[sources]]`.
#[derive(Debug)]
pub(super) struct Header {
    pub path: Vec<String>,
    pub is_list: bool,
    pub span: Range<usize>,
}

/// `name = value`; with dots in the name it has several keys.
#[derive(Debug)]
pub(super) struct Entry {
    pub keys: Vec<String>,
    /// Without the remark behind it.
    pub span: Range<usize>,
    pub value: Node,
}

/// A value as it is written.
#[derive(Debug)]
pub(super) enum Node {
    Plain(Range<usize>),
    List(Range<usize>, Vec<Node>),
    Table(Range<usize>, Vec<Entry>),
}

impl Node {
    pub(crate) fn span(&self) -> Range<usize> {
        match self {
            Self::Plain(span) | Self::List(span, _) | Self::Table(span, _) => span.clone(),
        }
    }
}

impl Section {
    /// The path of the table that the section fills.
    pub(crate) fn path(&self) -> &[String] {
        self.header.as_ref().map_or(&[], |header| &header.path)
    }

    /// Where its last entry ends, or else its header.
    pub(crate) fn end(&self) -> usize {
        let header = self.header.as_ref().map_or(0, |header| header.span.end);
        self.entries.last().map_or(header, |entry| entry.span.end)
    }
}

impl Layout {
    /// Reads a text that the toml crate has found to be TOML; of any other it makes something, and says nothing.
    pub(crate) fn read(text: &str) -> Self {
        let source = Source::new(text);
        let tokens = source.lex().into_vec();
        let mut events = Vec::new();
        let mut keep = |event: Event| {
            if !matches!(event.kind(), EventKind::Whitespace | EventKind::Comment | EventKind::Newline) {
                events.push(event);
            }
        };
        parse_document(&tokens, &mut keep, &mut ());
        let mut reader = Reader { source, events: events.into_iter().peekable() };
        let mut sections = vec![Section { header: None, entries: Vec::new() }];
        while let Some(event) = reader.events.next() {
            match event.kind() {
                EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                    sections.push(Section { header: Some(reader.header(&event)), entries: Vec::new() });
                }
                EventKind::SimpleKey => {
                    let entry = reader.entry(&event);
                    if let Some(section) = sections.last_mut() {
                        section.entries.push(entry);
                    }
                }
                _ => {}
            }
        }
        Self { sections }
    }

    /// The value of a field, where it is written as one: behind its name, or in braces.
    pub(crate) fn find(&self, path: &[&str]) -> Option<&Node> {
        let own = self.sections.iter().filter(|section| !self.is_in_list(section));
        own.filter_map(|section| Some((section, without(path, section.path())?)))
            .find_map(|(section, rest)| find_among(&section.entries, rest))
    }

    /// Whether a section fills a member of a list `[[…]]`, or a table in one: then its path is not its own.
    pub(crate) fn is_in_list(&self, section: &Section) -> bool {
        let lists = self.sections.iter().filter_map(|section| section.header.as_ref()).filter(|header| header.is_list);
        lists.into_iter().any(|list| section.path().starts_with(&list.path))
    }
}

fn find_among<'a>(entries: &'a [Entry], path: &[&str]) -> Option<&'a Node> {
    entries.iter().find_map(|entry| match (without(path, &entry.keys)?, &entry.value) {
        ([], value) => Some(value),
        (rest, Node::Table(_, entries)) => find_among(entries, rest),
        _ => None,
    })
}

/// A path without the keys that it begins with.
fn without<'a, 'b>(path: &'a [&'b str], keys: &[String]) -> Option<&'a [&'b str]> {
    let (first, rest) = path.split_at_checked(keys.len())?;
    first.iter().zip(keys).all(|(one, other)| one == other).then_some(rest)
}

/// Makes the tree of the events.
struct Reader<'a> {
    source: Source<'a>,
    events: Peekable<IntoIter<Event>>,
}

impl Reader<'_> {
    /// The rest of a header.
    fn header(&mut self, open: &Event) -> Header {
        let mut path = Vec::new();
        let mut end = open.span().end();
        for event in self.events.by_ref() {
            end = event.span().end();
            match event.kind() {
                EventKind::SimpleKey => path.push(decoded(self.source, &event)),
                EventKind::KeySep => {}
                _ => break,
            }
        }
        Header { path, is_list: open.kind() == EventKind::ArrayTableOpen, span: open.span().start()..end }
    }

    /// The rest of `name = value`.
    fn entry(&mut self, first: &Event) -> Entry {
        let mut keys = vec![decoded(self.source, first)];
        for event in self.events.by_ref() {
            match event.kind() {
                EventKind::SimpleKey => keys.push(decoded(self.source, &event)),
                EventKind::KeySep => {}
                _ => break,
            }
        }
        let value = self.value();
        Entry { keys, span: first.span().start()..value.span().end, value }
    }

    fn value(&mut self) -> Node {
        let Some(open) = self.events.next() else { return Node::Plain(0..0) };
        let start = open.span().start();
        match open.kind() {
            EventKind::ArrayOpen => {
                let mut members = Vec::new();
                let end = loop {
                    match self.events.peek().map(Event::kind) {
                        Some(EventKind::ValueSep) => drop(self.events.next()),
                        Some(EventKind::ArrayClose) | None => break self.end(),
                        Some(_) => members.push(self.value()),
                    }
                };
                Node::List(start..end, members)
            }
            EventKind::InlineTableOpen => {
                let mut entries = Vec::new();
                let end = loop {
                    match self.events.peek().map(Event::kind) {
                        Some(EventKind::InlineTableClose) | None => break self.end(),
                        _ => {}
                    }
                    if let Some(event) = self.events.next().filter(|event| event.kind() == EventKind::SimpleKey) {
                        entries.push(self.entry(&event));
                    }
                };
                Node::Table(start..end, entries)
            }
            _ => Node::Plain(start..open.span().end()),
        }
    }

    /// Where the next event ends.
    fn end(&mut self) -> usize {
        self.events.next().map_or(0, |event| event.span().end())
    }
}

/// A key as it is meant, without its quotation marks.
fn decoded(source: Source<'_>, key: &Event) -> String {
    let mut name = String::new();
    if let Some(raw) = source.get(key) {
        raw.decode_key(&mut name, &mut ());
    }
    name
}
