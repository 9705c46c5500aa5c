//! Drawings and the pictures in them ([MS-ODRAW]): records inside each other.

use std::collections::BTreeMap;

use super::bytes::{position_at, u16_at, u32_at};

/// Deepest that records stand in each other.
const DEPTH: usize = 16;

/// A record: its type, its instance, its content.
#[derive(Debug, Clone, Copy)]
struct Record<'b> {
    kind: u16,
    instance: u16,
    is_container: bool,
    content: &'b [u8],
}

/// The records that lie one behind the other in bytes.
fn records<'b>(mut bytes: &'b [u8]) -> impl Iterator<Item = Record<'b>> {
    std::iter::from_fn(move || {
        let head = u16_at(bytes, 0)?;
        let kind = u16_at(bytes, 2)?;
        let length = position_at(bytes, 4)?;
        let rest = bytes.get(8..)?;
        let content = rest.get(..length).unwrap_or(rest);
        bytes = rest.get(length..).unwrap_or_default();
        Some(Record { kind, instance: head >> 4, is_container: head & 0x0f == 0x0f, content })
    })
}

const SHAPE_GROUP: u16 = 0xf003;
const SHAPE: u16 = 0xf004;
const STORE: u16 = 0xf001;
const STORED: u16 = 0xf007;
const SHAPE_ID: u16 = 0xf00a;
const OPTIONS: u16 = 0xf00b;
const FIRST_PICTURE: u16 = 0xf01a;
const LAST_PICTURE: u16 = 0xf02a;

/// Options of a shape: the number of its picture, letters drawn as a picture, its alternative text.
const PICTURE: u16 = 0x0104;
const LETTERS: u16 = 0x00c0;
const ALTERNATIVE: u16 = 0x0381;

/// A picture: the ending that its kind has, and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Image<'b> {
    pub ending: &'static str,
    pub bytes: &'b [u8],
}

/// A shape.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// The number of its picture in the store, from 1.
    pub picture: Option<u32>,
    pub alternative: String,
    /// Letters drawn as a picture, as in the red heads of official documents.
    pub letters: String,
    /// The outermost group that it stands in, by that one's id.
    pub group: Option<u32>,
}

/// The shapes of a file by their ids, and the places of its pictures.
#[derive(Debug, Default)]
pub(super) struct Drawings {
    pub shapes: BTreeMap<u32, Shape>,
    /// Where each picture lies in the stream with the text.
    store: Vec<Option<usize>>,
}

impl Drawings {
    /// Reads the drawings of a file.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut read = Self::default();
        let mut rest = bytes;
        // Behind the store each drawing has a byte that says of what it is: of the text, or of the headers.
        while let Some(record) = records(rest).next() {
            read.walk(&record, None, DEPTH);
            let Some(after) = rest.get(8 + record.content.len() + 1..) else { break };
            rest = after;
        }
        read
    }

    fn walk(&mut self, record: &Record<'_>, group: Option<u32>, depth: usize) {
        match record.kind {
            STORE => {
                for stored in records(record.content).take(1 << 16) {
                    let place = position_at(stored.content, 28).filter(|place| *place != 0xffff_ffff);
                    self.store.push(place.filter(|_| stored.kind == STORED));
                }
            }
            SHAPE => {
                if let Some((id, shape)) = shape(record.content) {
                    self.shapes.insert(id, Shape { group, ..shape });
                }
            }
            SHAPE_GROUP if depth > 0 => {
                // The first shape of a group is the group itself; that of the page is no group of anyone's.
                let own = records(record.content).next().and_then(|first| shape(first.content)).map(|(id, _)| id);
                let inner = group.or(own.filter(|_| depth < DEPTH - 1));
                records(record.content).for_each(|inside| self.walk(&inside, inner, depth - 1));
            }
            _ if record.is_container && depth > 0 => {
                records(record.content).for_each(|inside| self.walk(&inside, group, depth - 1));
            }
            _ => {}
        }
    }

    /// The picture of a shape, out of the stream with the text.
    pub(super) fn image<'b>(&self, number: u32, word: &'b [u8]) -> Option<Image<'b>> {
        let at = usize::try_from(number.checked_sub(1)?).ok()?;
        let place = self.store.get(at).copied().flatten()?;
        image(&records(word.get(place..)?).next()?)
    }
}

/// A shape with its id.
fn shape(bytes: &[u8]) -> Option<(u32, Shape)> {
    let id = records(bytes).find(|record| record.kind == SHAPE_ID).and_then(|record| u32_at(record.content, 0))?;
    let mut shape = Shape::default();
    for options in records(bytes).filter(|record| record.kind == OPTIONS) {
        let count = usize::from(options.instance);
        let mut complex = options.content.get(6 * count..).unwrap_or_default();
        for number in 0..count {
            let Some(option) = options.content.get(6 * number..6 * number + 6) else { break };
            let (code, value) = (u16_at(option, 0).unwrap_or_default(), u32_at(option, 2).unwrap_or_default());
            let long = if code & 0x8000 != 0 {
                let length = usize::try_from(value).unwrap_or(usize::MAX).min(complex.len());
                let (own, rest) = complex.split_at(length);
                complex = rest;
                own
            } else {
                &[]
            };
            match code & 0x3fff {
                PICTURE if long.is_empty() => shape.picture = Some(value),
                LETTERS => shape.letters = text(long),
                ALTERNATIVE => shape.alternative = text(long),
                _ => {}
            }
        }
    }
    Some((id, shape))
}

fn text(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let units: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
    String::from_utf16_lossy(&units)
}

/// The picture in the line, out of the stream with pictures ([MS-DOC] 2.9.192 PICFAndOfficeArtData), and its alternative text.
pub(super) fn in_line(data: &[u8], at: usize) -> Option<(Option<Image<'_>>, String)> {
    let length = position_at(data, at)?;
    let all = data.get(at..at.checked_add(length)?)?;
    let head = usize::from(u16_at(all, 4)?);
    let mut content = all.get(head..)?;
    // A picture of a file has the file's name first.
    if u16_at(all, 6) == Some(0x66) {
        content = content.get(1 + usize::from(*content.first()?)..)?;
    }
    let mut found = (None, String::new());
    for record in records(content) {
        match record.kind {
            SHAPE => found.1 = shape(record.content).map(|(_, shape)| shape.alternative).unwrap_or_default(),
            // The picture lies behind the 36 bytes that say what it is, and its name.
            STORED => {
                let name = record.content.get(33).copied().map_or(0, usize::from);
                let inner = record.content.get(36 + name..).unwrap_or_default();
                found.0 = found.0.or(records(inner).next().and_then(|inner| image(&inner)));
            }
            _ => found.0 = found.0.or(image(&record)),
        }
    }
    Some(found)
}

/// The picture that a record holds ([MS-ODRAW] 2.2.23).
fn image<'b>(record: &Record<'b>) -> Option<Image<'b>> {
    if !(FIRST_PICTURE..=LAST_PICTURE).contains(&record.kind) {
        return None;
    }
    // Some have two digests before them and not one.
    let (ending, one) = match record.kind {
        0xf01a => ("emf", 0x3d4),
        0xf01b => ("wmf", 0x216),
        0xf01c => ("pict", 0x542),
        0xf01d | 0xf02a => ("jpeg", 0x46a),
        0xf01e => ("png", 0x6e0),
        0xf01f => ("bmp", 0x7a8),
        0xf029 => ("tiff", 0x6e4),
        _ => return None,
    };
    let digests = match (record.kind, record.instance) {
        (0xf01d | 0xf02a, 0x46b | 0x6e3) => 32,
        (0xf01d | 0xf02a, _) => 16,
        (_, instance) if instance == one => 16,
        _ => 32,
    };
    let head = if matches!(ending, "emf" | "wmf" | "pict") { 34 } else { 1 };
    let bytes = record.content.get(digests + head..)?;
    (!bytes.is_empty()).then_some(Image { ending, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(head: u16, kind: u16, content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len()).expect("short").to_le_bytes();
        [&head.to_le_bytes(), &kind.to_le_bytes(), length.as_slice(), content].concat()
    }

    #[test]
    fn shapes_in_groups() {
        let shape = |id: u32, options: &[u8], count: u16| {
            let own = record(0x02, SHAPE_ID, &[id.to_le_bytes(), [0; 4]].concat());
            let options = record(count << 4 | 3, OPTIONS, options);
            record(0x0f, SHAPE, &[own, options].concat())
        };
        let picture = shape(7, &[0x04, 0x41, 2, 0, 0, 0], 1);
        let letters = shape(8, &[0xc0, 0x80, 4, 0, 0, 0, b'A', 0, 0, 0], 1);
        let group = record(0x0f, SHAPE_GROUP, &[shape(6, &[], 0), picture].concat());
        let page = record(0x0f, SHAPE_GROUP, &[shape(5, &[], 0), group, letters].concat());
        let store = record(0x0f, 0xf000, &[]);
        let drawing = record(0x0f, 0xf002, &page);
        let read = Drawings::read(&[store.as_slice(), &[0], &drawing].concat());
        assert_eq!(read.shapes[&7], Shape { picture: Some(2), group: Some(6), ..Shape::default() });
        assert_eq!(read.shapes[&8], Shape { letters: "A".to_string(), ..Shape::default() });
    }
}
