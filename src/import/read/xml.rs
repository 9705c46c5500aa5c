//! The XML of a package's parts as a plain stream of elements and text.
//!
//! quick-xml splits the text; what is added here is what all parts need alike: names by their namespace, whatever prefix a
//! program chose for it, entity references put back into the text they stand in, a limit on the depth, and a fault when
//! the part breaks off. The readers built on it hold explicit stacks and never call themselves, so nesting costs memory in
//! proportion to the file and no stack.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::events::{BytesEnd, BytesStart, Event as Raw};
use quick_xml::{Reader, XmlVersion};

use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{PackageMessage, Torn};
use crate::diagnostic::said::Said;

/// Deepest nesting. Word's own documents stay far below a hundred.
const DEPTH: usize = 512;

/// The namespaces that matter, with the short names used for them here. The second of two is that of ISO 29500 Strict.
const SPACES: [(&str, &str); 29] = [
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://purl.oclc.org/ooxml/drawingml/main", "a"),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"),
    ("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"),
    ("http://schemas.openxmlformats.org/drawingml/2006/picture", "pic"),
    ("http://purl.oclc.org/ooxml/drawingml/picture", "pic"),
    ("http://schemas.openxmlformats.org/drawingml/2006/chart", "c"),
    ("http://schemas.openxmlformats.org/drawingml/2006/diagram", "dgm"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "cp"),
    ("http://schemas.openxmlformats.org/package/2006/content-types", "ct"),
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", "fo"),
    ("urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "svg"),
    ("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta"),
    ("urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest"),
    ("http://www.w3.org/1999/xlink", "xlink"),
];

/// A name: the short name of its namespace, empty when it is none of those above, and the local part.
pub(super) type Name<'n> = (&'static str, &'n str);

/// What comes next in a part.
pub(super) enum Event<'a> {
    /// An element begins. An empty element begins and ends.
    Open(Element<'a>),
    /// The element that was opened last, and is not closed yet, ends.
    Close(Closed<'a>),
    /// Characters, with references resolved. One text may come in several events.
    Text(Cow<'a, str>),
    /// The part ends, and all elements are closed.
    End,
}

/// The beginning of an element.
pub(super) struct Element<'a> {
    space: &'static str,
    tag: BytesStart<'a>,
}

impl Element<'_> {
    pub(super) fn name(&self) -> Name<'_> {
        (self.space, self.tag.local_name().into_inner())
    }
}

/// The end of an element.
pub(super) struct Closed<'a> {
    space: &'static str,
    tag: BytesEnd<'a>,
}

impl Closed<'_> {
    pub(super) fn name(&self) -> Name<'_> {
        (self.space, self.tag.local_name().into_inner())
    }
}

/// A part being read.
pub(super) struct Xml<'a> {
    part: &'a str,
    reader: Reader<&'a [u8]>,
    /// Prefixes declared where the reader stands.
    spaces: HashMap<String, &'static str>,
    /// What a prefix meant before an element declared it anew, with the depth of the element.
    before: Vec<(usize, String, Option<&'static str>)>,
    depth: usize,
}

impl<'a> Xml<'a> {
    /// Starts to read a part; its name is for messages.
    pub(super) fn new(part: &'a str, text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { part, reader, spaces: HashMap::new(), before: Vec::new(), depth: 0 }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// What comes next.
    ///
    /// Errors: `damaged-xml`, `nested-too-deeply`.
    pub(super) fn next(&mut self) -> Result<Event<'a>, Diagnostic> {
        loop {
            match self.reader.read_event().map_err(|error| self.damaged(Torn::Other { text: error.to_string() }))? {
                Raw::Start(tag) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        return Err(self.too_deep());
                    }
                    self.declare(&tag);
                    let space = self.space(tag.name().prefix().map_or("", |prefix| prefix.into_inner()));
                    return Ok(Event::Open(Element { space, tag }));
                }
                Raw::End(tag) => {
                    let space = self.space(tag.name().prefix().map_or("", |prefix| prefix.into_inner()));
                    self.forget();
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Event::Close(Closed { space, tag }));
                }
                Raw::Text(text) => return Ok(Event::Text(text.into_inner())),
                Raw::CData(text) => return Ok(Event::Text(text.into_inner())),
                Raw::GeneralRef(reference) => return Ok(Event::Text(resolved(&reference))),
                Raw::Eof if self.depth > 0 => return Err(self.damaged(Torn::BreaksOff)),
                Raw::Eof => return Ok(Event::End),
                Raw::Empty(_) | Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) | Raw::DocType(_) => {}
            }
        }
    }

    /// The next element that opens, however deep; `None` at the end.
    ///
    /// Errors: those of [`Xml::next`].
    pub(super) fn open(&mut self) -> Result<Option<Element<'a>>, Diagnostic> {
        loop {
            match self.next()? {
                Event::Open(element) => return Ok(Some(element)),
                Event::End => return Ok(None),
                _ => {}
            }
        }
    }

    /// The next event inside the element that was open at `depth`; `None` when that element has ended.
    pub(super) fn inside(&mut self, depth: usize) -> Result<Option<Event<'a>>, Diagnostic> {
        let event = self.next()?;
        Ok(if self.depth < depth || matches!(event, Event::End) { None } else { Some(event) })
    }

    /// Passes over the rest of the element that was opened last.
    pub(super) fn skip(&mut self) -> Result<(), Diagnostic> {
        let depth = self.depth;
        while self.inside(depth)?.is_some() {}
        Ok(())
    }

    /// The characters in the rest of the element that was opened last.
    pub(super) fn text(&mut self) -> Result<String, Diagnostic> {
        let depth = self.depth;
        let mut all = String::new();
        while let Some(event) = self.inside(depth)? {
            if let Event::Text(text) = event {
                all.push_str(&text);
            }
        }
        Ok(all)
    }

    /// An attribute of the element that was opened last. Attributes without a prefix are in the namespace "".
    pub(super) fn attribute(&self, element: &Element<'_>, space: &str, local: &str) -> Option<String> {
        element.tag.attributes().with_checks(false).flatten().find_map(|attribute| {
            let (name, prefix) = attribute.key.decompose();
            let found = prefix.map_or("", |prefix| self.space(prefix.into_inner()));
            (name.into_inner() == local && found == space).then(|| {
                match attribute.normalized_value(XmlVersion::Implicit1_0) {
                    Ok(value) => value.into_owned(),
                    Err(_) => attribute.value.into_owned(),
                }
            })
        })
    }

    /// The attribute `w:val`, which most properties have.
    pub(super) fn value(&self, element: &Element<'_>) -> Option<String> {
        self.attribute(element, "w", "val")
    }

    /// Whether a property that is on or off is on: it is when it says nothing.
    pub(super) fn is_on(&self, element: &Element<'_>) -> bool {
        !self.value(element).is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }

    fn space(&self, prefix: &str) -> &'static str {
        self.spaces.get(prefix).copied().unwrap_or("")
    }

    fn declare(&mut self, tag: &BytesStart<'_>) {
        if !tag.attributes_raw().contains("xmlns") {
            return;
        }
        for attribute in tag.attributes().with_checks(false).flatten() {
            let key = attribute.key.into_inner();
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            let short = SPACES.iter().find(|(address, _)| *address == attribute.value).map_or("", |(_, short)| *short);
            let before = self.spaces.insert(prefix.to_string(), short);
            self.before.push((self.depth, prefix.to_string(), before));
        }
    }

    fn forget(&mut self) {
        while let Some((_, prefix, before)) = self.before.pop_if(|(depth, ..)| *depth >= self.depth) {
            match before {
                Some(short) => self.spaces.insert(prefix, short),
                None => self.spaces.remove(&prefix),
            };
        }
    }

    fn damaged(&self, why: Torn) -> Diagnostic {
        let position = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        Diagnostic::error(PackageMessage::DamagedXml { part: self.part.to_string(), position, why: Said(why) })
    }

    fn too_deep(&self) -> Diagnostic {
        Diagnostic::error(PackageMessage::PartTooDeep { part: self.part.to_string(), most: DEPTH })
    }
}

/// A reference as characters; one that is not known stays as it is written.
fn resolved(reference: &str) -> Cow<'static, str> {
    let number = reference.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => digits.parse().ok(),
    });
    match reference {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        _ => match number.and_then(char::from_u32).filter(|found| !found.is_control() || found.is_whitespace()) {
            Some(found) => found.to_string().into(),
            None => format!("&{reference};").into(),
        },
    }
}

/// How many elements of a part have one of these names.
///
/// Errors: those of [`Xml::next`].
pub(super) fn count(part: &str, text: &str, names: &[&str]) -> Result<usize, Diagnostic> {
    let mut xml = Xml::new(part, text);
    let mut count = 0;
    while let Some(element) = xml.open()? {
        count += usize::from(names.contains(&element.name().1));
    }
    Ok(count)
}
