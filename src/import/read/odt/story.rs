//! The text of a document: one pass over the stream of elements, with a stack of what ends with each.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::changes::{self, Change};
use super::grid::Grid;
use super::lists::{InList, Lists, Open, Said};
use super::pictures::Pictures;
use super::skipped::{is_shape, is_skipped};
use super::styles::{OUTLINE_LIST, Sheet};
use crate::diagnostic::Diagnostic;
use crate::import::flow::{Picture, Sense};
use crate::import::read::office::draft::{Look, Origin};
use crate::import::read::office::notes::{Note, NoteKind, Notes};
use crate::import::read::office::oddity::{self, Oddities, Oddity};
use crate::import::read::office::part::{Kind, Part};
use crate::import::read::office::shelf::Kept;
use crate::import::read::office::styles::{ListPlace, ParagraphProperties, RunProperties};
use crate::import::read::xml::{Element, Event, Xml};

/// Most spaces, and most times that a cell is repeated.
const MOST_SPACES: usize = 1000;
const MOST_REPEATED: usize = 64;

/// What ends with an element.
enum Ends {
    Paragraph,
    Span,
    Link,
    List,
    Table,
    Row,
    Cell { more: usize },
    Part(Vec<Open>),
    Frame,
    Reading,
}

/// A frame: a picture with what is said of it.
#[derive(Default)]
struct Frame {
    picture: Option<Kept>,
    title: String,
    description: String,
    has_text: bool,
    is_embedded: bool,
}

/// A document while it is read.
pub(super) struct Story<'s, 'p, 'b> {
    sheet: &'s mut Sheet,
    pub pictures: Pictures<'p, 'b>,
    parts: Vec<Part>,
    ends: Vec<(usize, Ends)>,
    paragraphs: Vec<ParagraphProperties>,
    looks: Vec<Look>,
    links: Vec<Rc<str>>,
    lists: Lists,
    grids: Vec<Grid>,
    frames: Vec<Frame>,
    changes: BTreeMap<String, Change>,
    insertions: usize,
    reading: Option<usize>,
    pub notes: Notes,
    pub found: Vec<Note>,
    pub oddities: Oddities,
    pub comments: usize,
}

impl<'s, 'p, 'b> Story<'s, 'p, 'b> {
    pub(super) fn new(sheet: &'s mut Sheet, pictures: Pictures<'p, 'b>) -> Self {
        Self {
            sheet,
            pictures,
            parts: vec![Part::new(Kind::Text)],
            ends: Vec::new(),
            paragraphs: Vec::new(),
            looks: Vec::new(),
            links: Vec::new(),
            lists: Lists::default(),
            grids: Vec::new(),
            frames: Vec::new(),
            changes: BTreeMap::new(),
            insertions: 0,
            reading: None,
            notes: Notes::default(),
            found: Vec::new(),
            oddities: Oddities::default(),
            comments: 0,
        }
    }

    /// Reads the text, whose element was opened last.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) -> Result<Part, Diagnostic> {
        let depth = xml.depth();
        while let Some(event) = xml.inside(depth)? {
            match event {
                Event::Open(element) => self.open(xml, &element)?,
                Event::Close(_) => {
                    while let Some((_, ends)) = self.ends.pop_if(|(depth, _)| *depth > xml.depth()) {
                        self.end(ends);
                    }
                }
                Event::Text(text) => self.characters(&text),
                Event::End => break,
            }
        }
        while let Some((_, ends)) = self.ends.pop() {
            self.end(ends);
        }
        Ok(self.parts.pop().unwrap_or_else(|| Part::new(Kind::Text)))
    }

    fn part(&mut self) -> &mut Part {
        if self.parts.is_empty() {
            self.parts.push(Part::new(Kind::Text));
        }
        let last = self.parts.len() - 1;
        &mut self.parts[last]
    }

    fn ends_with(&mut self, xml: &Xml<'_>, ends: Ends) {
        self.ends.push((xml.depth(), ends));
    }

    fn open(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), Diagnostic> {
        let name = element.name();
        if is_skipped(name) {
            return xml.skip();
        }
        if is_shape(name) {
            self.frames.last_mut().into_iter().for_each(|frame| frame.has_text = true);
            return self.open_part(xml, Kind::Box);
        }
        match name {
            ("text", "tracked-changes") => self.changes = changes::read(xml)?,
            ("text", "p" | "h") => self.open_paragraph(xml, element),
            ("text", "list") => self.open_list(xml, element),
            ("text", kind @ ("list-item" | "list-header")) => {
                let start = xml.attribute(element, "text", "start-value").and_then(|start| start.parse().ok());
                self.lists.item(kind == "list-header", start, self.sheet);
            }
            ("text", "section")
                if xml.attribute(element, "text", "display").is_some_and(|display| display == "none") =>
            {
                self.oddities.add(Oddity::Hidden);
            }
            ("office", "annotation") => {
                self.comments += 1;
                return xml.skip();
            }
            ("table", _) => self.open_table(xml, element),
            ("draw" | "svg" | "office", _) => return self.open_drawing(xml, element),
            ("text", _) if !self.paragraphs.is_empty() => return self.open_inline(xml, element),
            _ => {}
        }
        Ok(())
    }

    fn open_paragraph(&mut self, xml: &Xml<'_>, element: &Element<'_>) {
        let mut properties = ParagraphProperties {
            style: xml.attribute(element, "text", "style-name").map(|style| format!("p{style}")),
            ..ParagraphProperties::default()
        };
        let style = properties.style.clone().unwrap_or_default();
        let is_hidden = self.sheet.hidden.contains(&style);
        let list = self.lists.paragraph(self.sheet);
        if element.name().1 == "h" {
            let level = xml.attribute(element, "text", "outline-level").and_then(|level| level.parse::<usize>().ok());
            let level = level.unwrap_or(1).clamp(1, 9) - 1;
            properties.outline = Some(level);
            let is_silent = xml.attribute(element, "text", "is-list-header").is_some_and(|value| value == "true");
            let has_own = self.sheet.list_of(&style).is_some_and(str::is_empty);
            if list == InList::Nothing && !is_silent && !has_own {
                properties.list = ListPlace { number: Some(OUTLINE_LIST), level: Some(level) };
            }
        }
        let draft = &mut self.part().draft;
        match list {
            InList::Item(place) => properties.list = place,
            InList::Plain => draft.label = Some("•".to_string()),
            InList::GoesOn(level) => draft.goes_on = Some(level),
            InList::Nothing => {}
        }
        if is_hidden {
            self.oddities.add(Oddity::Hidden);
        }
        self.paragraphs.push(properties);
        self.looks.push(Look::default());
        self.ends_with(xml, Ends::Paragraph);
    }

    fn open_list(&mut self, xml: &Xml<'_>, element: &Element<'_>) {
        let attribute = |name: &str| xml.attribute(element, "text", name);
        let said = Said {
            style: attribute("style-name"),
            id: xml.attribute(element, "", "id").or_else(|| attribute("id")),
            goes_on: attribute("continue-numbering").is_some_and(|value| value == "true"),
            goes_on_with: attribute("continue-list"),
        };
        self.lists.open(said, self.sheet);
        self.ends_with(xml, Ends::List);
    }

    fn open_table(&mut self, xml: &Xml<'_>, element: &Element<'_>) {
        let number = |name: &str| {
            xml.attribute(element, "table", name).and_then(|number| number.parse::<usize>().ok()).unwrap_or(1)
        };
        let depth = self.grids.len();
        match element.name().1 {
            "table" => {
                self.grids.push(Grid::default());
                let depth = self.part().body.depth() + 1;
                self.part().body.go_to(depth);
                self.ends_with(xml, Ends::Table);
            }
            "table-row" if depth > 0 => {
                self.grids[depth - 1].begin_row();
                self.ends_with(xml, Ends::Row);
            }
            "table-cell" if depth > 0 => {
                let has_room =
                    self.grids[depth - 1].cell(number("number-columns-spanned"), number("number-rows-spanned"));
                let more = number("number-columns-repeated").min(MOST_REPEATED) - 1;
                self.ends_with(xml, Ends::Cell { more: if has_room { more } else { 0 } });
            }
            "covered-table-cell" if depth > 0 => {
                let repeated = number("number-columns-repeated").min(MOST_REPEATED);
                self.grids[depth - 1].covered();
                self.ends_with(xml, Ends::Cell { more: 0 });
                for _ in 1..repeated {
                    if self.grids[depth - 1].covered() {
                        self.part().body.end_cell();
                    }
                }
            }
            _ => {}
        }
    }

    fn open_drawing(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), Diagnostic> {
        match element.name() {
            ("draw", "frame") => {
                self.frames.push(Frame::default());
                self.ends_with(xml, Ends::Frame);
            }
            ("draw", "a") => self.open_link(xml, element),
            ("draw", "image") => {
                let address = xml.attribute(element, "xlink", "href").unwrap_or_default();
                let kept = self.pictures.keep(&address, xml)?;
                if let Some(frame) = self.frames.last_mut() {
                    // A frame holds the same picture in several kinds, the best first.
                    let is_shown = matches!(frame.picture, Some(Kept::Image(_)));
                    let is_better = frame.picture.is_none() || matches!(kept, Kept::Image(_));
                    if !is_shown && is_better {
                        frame.picture = Some(kept);
                    }
                }
            }
            ("draw", "object") => {
                self.frames.last_mut().into_iter().for_each(|frame| frame.is_embedded = true);
                return xml.skip();
            }
            ("svg", kind @ ("title" | "desc")) => {
                let text = xml.text()?;
                if let Some(frame) = self.frames.last_mut() {
                    *(if kind == "title" { &mut frame.title } else { &mut frame.description }) = text;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn open_link(&mut self, xml: &Xml<'_>, element: &Element<'_>) {
        let address = xml.attribute(element, "xlink", "href").unwrap_or_default();
        self.links.push(address.into());
        self.ends_with(xml, Ends::Link);
    }

    fn open_inline(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), Diagnostic> {
        let attribute = |name: &str| xml.attribute(element, "text", name);
        match element.name().1 {
            "span" => {
                let look = attribute("style-name").map(|style| self.look(&style)).unwrap_or_default();
                self.looks.push(look);
                self.ends_with(xml, Ends::Span);
            }
            "a" => self.open_link(xml, element),
            "s" => {
                let count = attribute("c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
                self.push(&" ".repeat(count.min(MOST_SPACES)));
            }
            "tab" => self.push("\t"),
            "line-break" => {
                let draft = &mut self.part().draft;
                draft.mark(draft.text.len(), Sense::Break);
            }
            "bookmark" | "bookmark-start" | "reference-mark" | "reference-mark-start" => {
                let name = attribute("name");
                self.part().draft.names.extend(name);
            }
            "note" => return self.open_note(xml),
            "ruby-text" => {
                self.reading = Some(self.part().draft.text.len());
                self.ends_with(xml, Ends::Reading);
            }
            "change-start" => self.insertions += usize::from(self.is_insertion(attribute("change-id"))),
            "change-end" => {
                let is_insertion = self.is_insertion(attribute("change-id"));
                self.insertions = self.insertions.saturating_sub(usize::from(is_insertion));
            }
            "change" => {
                if let Some(Change::Deletion(text)) =
                    attribute("change-id").and_then(|id| self.changes.get(&id).cloned())
                {
                    self.part().draft.delete(&text);
                }
            }
            "variable-set" | "variable-get" | "user-field-get" | "expression"
                if attribute("display").is_some_and(|display| display == "none") =>
            {
                return xml.skip();
            }
            _ => {}
        }
        Ok(())
    }

    fn is_insertion(&self, id: Option<String>) -> bool {
        id.and_then(|id| self.changes.get(&id)) == Some(&Change::Insertion)
    }

    fn look(&mut self, style: &str) -> Look {
        let id = format!("t{style}");
        if self.sheet.hidden.contains(&id) {
            self.oddities.add(Oddity::Hidden);
        }
        let run = RunProperties { style: Some(id), ..RunProperties::default() };
        let around = self.looks.last().cloned().unwrap_or_default();
        let styles = &self.sheet.styles;
        let height = styles.height(&run);
        Look {
            strong: styles.is_bold(&run) || around.strong,
            emphasis: styles.is_italic(&run) || styles.is_dotted(&run) || around.emphasis,
            is_struck: styles.is_struck(&run) || around.is_struck,
            height: if height == Default::default() { around.height } else { height },
            link: None,
        }
    }

    fn open_note(&mut self, xml: &mut Xml<'_>) -> Result<(), Diagnostic> {
        let id = (NoteKind::Foot, format!("{}-{}", self.found.len(), self.parts.len()));
        let label = self.notes.label(id.clone());
        let draft = &mut self.part().draft;
        draft.mark(draft.text.len(), Sense::NoteMark(label));
        self.open_part(xml, Kind::Note(id))
    }

    fn open_part(&mut self, xml: &Xml<'_>, kind: Kind) -> Result<(), Diagnostic> {
        self.parts.push(Part::new(kind));
        let lists = self.lists.set_aside();
        self.ends_with(xml, Ends::Part(lists));
        Ok(())
    }

    /// Characters of the file, in which white space is only layout.
    fn characters(&mut self, text: &str) {
        if self.paragraphs.is_empty() {
            return;
        }
        let before = &self.part().draft.text;
        let mut is_space = before.is_empty() || before.ends_with([' ', '\t']);
        let mut shown = String::with_capacity(text.len());
        for character in text.chars() {
            let is_layout = matches!(character, ' ' | '\t' | '\n' | '\r');
            if !(is_layout && is_space) {
                shown.push(if is_layout { ' ' } else { character });
            }
            is_space = is_layout;
        }
        self.push(&shown);
    }

    fn push(&mut self, text: &str) {
        let origin = if self.insertions > 0 { Origin::Inserted } else { Origin::Written };
        let link = self.links.last().cloned().filter(|address| !address.is_empty());
        let look = Look { link, ..self.looks.last().cloned().unwrap_or_default() };
        self.part().draft.push(text, &look, origin);
    }

    fn end(&mut self, ends: Ends) {
        match ends {
            Ends::Paragraph => {
                self.looks.pop();
                let properties = self.paragraphs.pop().unwrap_or_default();
                let depth = self.part().body.depth();
                self.part().end_paragraph(&properties, depth, false);
            }
            Ends::Span => drop(self.looks.pop()),
            Ends::Link => drop(self.links.pop()),
            Ends::List => self.lists.close(),
            Ends::Table => {
                self.grids.pop();
                let depth = self.part().body.depth().saturating_sub(1);
                self.part().body.go_to(depth);
            }
            Ends::Row => {
                let row = self.grids.last().map(|grid| grid.row().clone()).unwrap_or_default();
                self.part().body.end_row(&row, false);
            }
            Ends::Cell { more } => {
                self.part().body.end_cell();
                for _ in 0..more {
                    if self.grids.last_mut().is_some_and(|grid| grid.cell(1, 1)) {
                        self.part().body.end_cell();
                    }
                }
            }
            Ends::Part(lists) => {
                self.lists.take_up(lists);
                self.end_part();
            }
            Ends::Frame => self.end_frame(),
            Ends::Reading => self.end_reading(),
        }
    }

    fn end_part(&mut self) {
        let Some(part) = self.parts.pop() else { return };
        match part.kind.clone() {
            Kind::Note(id) => self.found.push(Note { id, blocks: part.finish() }),
            Kind::Box if self.paragraphs.is_empty() => {
                for block in part.finish() {
                    self.part().body.add(block);
                }
            }
            Kind::Box => {
                let blocks = part.finish();
                self.part().boxes.extend(blocks);
            }
            Kind::Text => {}
        }
    }

    fn end_frame(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        if frame.is_embedded && frame.picture.is_none() {
            self.oddities.add(Oddity::Embedded);
        }
        let Some(picture) = frame.picture.filter(|_| !frame.has_text) else { return };
        let alternative = if frame.description.trim().is_empty() { frame.title } else { frame.description };
        let stands_alone = self.paragraphs.is_empty();
        let start = self.part().draft.text.len();
        self.push(&alternative);
        let doubt = match picture {
            Kept::Image(name) => {
                self.part().draft.mark(start, Sense::Image(Picture::at(name)));
                None
            }
            Kept::Other(kind) => Some(oddity::other_image("", kind)),
            Kept::Missing => Some(oddity::missing_image("")),
        };
        let draft = &mut self.part().draft;
        draft
            .diagnostics
            .extend(doubt.filter(|doubt| draft.diagnostics.iter().all(|other| other.code() != doubt.code())));
        // An image that is anchored to its page stands in no paragraph.
        if stands_alone {
            let depth = self.part().body.depth();
            self.part().end_paragraph(&ParagraphProperties::default(), depth, false);
        }
    }

    fn end_reading(&mut self) {
        let Some(start) = self.reading.take() else { return };
        let draft = &mut self.part().draft;
        if draft.text.is_char_boundary(start) && draft.text.len() > start {
            let reading = draft.cut(start);
            draft.read_as(&reading);
        }
    }
}
