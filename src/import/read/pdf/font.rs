//! The fonts of a file: which characters its codes are, and how far each one reaches.
//!
//! A code is asked for in this order: the map to Unicode that the font brings, its encoding, the collection that its numbers
//! are from, and last what its program says of the glyph. A glyph of which none of them knows the character is not guessed.

use std::collections::HashMap;
use std::sync::Arc;

use hayro_font::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_font::{CMapResolverFn, FontCache, FontData, FontGlyph, FontQuery, FontResolverFn, StandardFont};
use hayro_syntax::object::{Array, Dict, Name, ObjRef, Object, Stream, String as Bytes};

use super::plain::Symbols;
use super::program::Program;
use super::unpack::can_be_held;

/// Most fonts that read a map of a collection.
const WITH_MAPS: usize = 200;
/// Most characters that one glyph is.
const CHARACTERS: usize = 64;
/// Most codes of a font that widths are stated for.
const WIDTHS: i64 = 200_000;

/// What a code of a font is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Code {
    pub text: Text,
    /// How far the next one is set off, as a part of the letters' size; down for what is set downwards.
    pub advance: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Text {
    One(char),
    /// What is one glyph and several characters.
    Many(Arc<str>),
    /// Nothing is drawn.
    Blank,
    /// Something is drawn, and nothing says what.
    Unknown,
}

/// The fonts that were asked for so far.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    programs: FontResolverFn,
    maps: CMapResolverFn,
    known: HashMap<Key, usize>,
    /// How many of them read a map that is not their own, each of which is large.
    with_maps: usize,
    pub faces: Vec<Face<'a>>,
}

/// Where a font is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Object(ObjRef),
    /// One that is written where it is used, by where that is.
    Place(usize),
}

/// A font.
pub(super) struct Face<'a> {
    font: Option<hayro_font::Font<'a>>,
    /// Codes that are numbers of a collection.
    collection: Option<Collection>,
    program: Option<Program>,
    is_embedded: bool,
    is_composite: bool,
    /// Codes of one byte that are in truth half of a Chinese character, as old programs wrote them.
    is_double: bool,
    pub is_upright: bool,
    pub is_drawn: bool,
    pub symbols: Option<Symbols>,
    /// How high letters are where their size is 1.
    pub height: f64,
    codes: HashMap<u32, Code>,
}

/// What the codes of a font with many characters are.
struct Collection {
    /// From codes to numbers of the collection.
    numbers: CMap,
    /// Whether the codes themselves are UTF-16.
    is_unicode: bool,
    /// From numbers to characters.
    characters: Option<CMap>,
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Self {
        let programs: FontResolverFn = Arc::new(|query| {
            let font = if let FontQuery::Standard(font) = query { *font } else { StandardFont::Helvetica };
            Some(font.get_font_data())
        });
        let maps: CMapResolverFn = Arc::new(load_embedded);
        Self { cache: FontCache::new(), programs, maps, known: HashMap::new(), with_maps: 0, faces: Vec::new() }
    }

    /// The number of the font that resources have under a name.
    pub(super) fn named(&mut self, fonts: &Dict<'a>, name: &Name<'_>) -> usize {
        let place = fonts.get_ref(name.as_ref()).map(Key::Object);
        if let Some(known) = place.and_then(|place| self.known.get(&place)) {
            return *known;
        }
        let dict = fonts.get::<Dict<'a>>(name.as_ref()).unwrap_or_default();
        let key = place.unwrap_or_else(|| Key::Place(dict.data().as_ptr() as usize));
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let face = self.face(&dict);
        self.faces.push(face);
        self.known.insert(key, self.faces.len() - 1);
        self.faces.len() - 1
    }

    /// Whether no document has so many fonts.
    pub(super) fn are_too_many(&self) -> bool {
        self.with_maps > WITH_MAPS
    }

    fn face(&mut self, dict: &Dict<'a>) -> Face<'a> {
        let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|array| array.iter::<Dict<'_>>().next());
        let own = descendant.as_ref().unwrap_or(dict);
        let descriptor = own.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let font =
            is_sound(dict, own, &descriptor).then(|| self.cache.font(dict, &self.programs, &self.maps)).flatten();
        let is_composite = dict.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"Type0");
        let is_drawn = dict.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"Type3");
        let name = dict.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_string()).unwrap_or_default();
        let is_own = dict.get::<Name<'_>>("Encoding").is_none_or(|name| name.as_ref().starts_with(b"Identity"));
        let is_listed = own.get::<Dict<'_>>("CIDSystemInfo").and_then(|info| info.get::<Bytes<'_>>("Ordering"));
        let is_listed = is_listed.is_some_and(|ordering| ordering.as_bytes() != b"Identity");
        self.with_maps += usize::from(is_composite && (!is_own || is_listed));
        let collection = (is_composite && font.is_some()).then(|| Collection::of(dict, own)).flatten();
        let is_embedded = ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| descriptor.contains_key(key));
        let is_chinese =
            dict.get::<Name<'_>>("BaseFont").is_some_and(|name| !name.is_ascii()) || name.contains("GB2312");
        Face {
            is_upright: font.as_ref().is_some_and(|font| !font.is_horizontal()),
            font,
            collection,
            program: None,
            is_embedded,
            is_composite,
            is_double: is_chinese && !is_composite && !is_embedded && !dict.contains_key("ToUnicode"),
            is_drawn,
            symbols: Symbols::of(&name),
            height: if is_drawn { drawn_height(dict) } else { 1.0 },
            codes: HashMap::new(),
        }
    }
}

/// Whether what a font refers to can be held, and its widths are no more than there are characters.
fn is_sound(dict: &Dict<'_>, own: &Dict<'_>, descriptor: &Dict<'_>) -> bool {
    let streams = [
        (dict, "ToUnicode"),
        (dict, "Encoding"),
        (own, "CIDToGIDMap"),
        (descriptor, "FontFile"),
        (descriptor, "FontFile2"),
        (descriptor, "FontFile3"),
    ];
    let held = streams.iter().all(|(dict, key)| dict.get::<Stream<'_>>(key).is_none_or(|stream| can_be_held(&stream)));
    held && few_widths(own.get::<Array<'_>>("W"), 3) && few_widths(own.get::<Array<'_>>("W2"), 5)
}

/// Whether ranges of widths, each of so many numbers, are not endless.
fn few_widths(widths: Option<Array<'_>>, each: usize) -> bool {
    let Some(widths) = widths else { return true };
    let mut numbers: Vec<i64> = Vec::new();
    let mut count = 0;
    for object in widths.iter::<Object<'_>>() {
        match object {
            Object::Array(_) => numbers.clear(),
            Object::Number(number) => numbers.push(number.as_i64()),
            _ => return false,
        }
        if let [first, last, ..] = numbers.as_slice()
            && numbers.len() == each
        {
            count += last.saturating_sub(*first).max(0) + 1;
            numbers.clear();
        }
        if count > WIDTHS {
            return false;
        }
    }
    true
}

/// How high the letters of a font are that is drawn by operators, where its size is 1.
fn drawn_height(dict: &Dict<'_>) -> f64 {
    let matrix = dict.get::<[f64; 6]>("FontMatrix").unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    let high = dict.get::<[f64; 4]>("FontBBox").map_or(0.0, |[_, low, _, high]| (high - low).abs());
    let high = (high * matrix[3].abs()).clamp(0.0, 1e6);
    if high > 0.0 { high } else { 1000.0 * matrix[3].abs() }
}

impl Collection {
    fn of(dict: &Dict<'_>, own: &Dict<'_>) -> Option<Self> {
        let encoding = dict.get::<Object<'_>>("Encoding")?;
        let (numbers, is_unicode) = match &encoding {
            Object::Name(name) => {
                let is_unicode = [&b"-UCS2-"[..], b"-UTF16-"]
                    .iter()
                    .any(|part| name.as_ref().windows(part.len()).any(|own| own == *part));
                (predefined(CMapName::from_bytes(name.as_ref()))?, is_unicode)
            }
            Object::Stream(stream) => {
                let bytes = super::unpack::unpack(stream, super::unpack::LARGEST).ok()?.bytes;
                (CMap::parse(&bytes, load_embedded)?, false)
            }
            _ => return None,
        };
        let stated = || {
            let info = own.get::<Dict<'_>>("CIDSystemInfo")?;
            let (registry, ordering) = (info.get::<Bytes<'_>>("Registry")?, info.get::<Bytes<'_>>("Ordering")?);
            Some(CidFamily::from_registry_ordering(&registry, &ordering))
        };
        let family = numbers.metadata().character_collection.as_ref().map(|collection| collection.family.clone());
        let family = family.filter(|family| family.ucs2_cmap().is_some()).or_else(stated);
        let characters = family.and_then(|family| predefined(family.ucs2_cmap()?));
        Some(Self { numbers, is_unicode, characters })
    }

    fn number(&self, code: u32) -> Option<u32> {
        (1..=4).find_map(|length| self.numbers.lookup_cid_code(code, length))
    }

    fn text(&self, code: u32) -> Option<String> {
        if self.is_unicode {
            let units = [(code >> 16) as u16, code as u16];
            let units = if units[0] == 0 { units.get(1..)? } else { &units };
            return String::from_utf16(units).ok();
        }
        let number = self.number(code)?;
        self.characters.as_ref()?.lookup_bf_string(number).map(string)
    }
}

fn predefined(name: CMapName<'_>) -> Option<CMap> {
    match name {
        CMapName::IdentityH => Some(CMap::identity_h()),
        CMapName::IdentityV => Some(CMap::identity_v()),
        _ => CMap::parse(load_embedded(name)?, load_embedded),
    }
}

fn string(found: BfString) -> String {
    match found {
        BfString::Char(character) => character.to_string(),
        BfString::String(text) => text,
    }
}

impl Face<'_> {
    /// The next code of a string, and how many bytes it is.
    pub(super) fn next(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        if self.is_double
            && let Some([lead @ 0x81..=0xfe, trail @ 0x40..=0xfe]) = bytes.get(at..at + 2)
        {
            return (u32::from(*lead) << 8 | u32::from(*trail), 2);
        }
        match &self.font {
            Some(font) if at < bytes.len() => {
                let (code, length) = font.read_code(bytes, at);
                (code, length.max(1))
            }
            _ => (bytes.get(at).copied().map_or(0, u32::from), 1),
        }
    }

    /// What a code is.
    pub(super) fn code(&mut self, code: u32) -> Code {
        if let Some(known) = self.codes.get(&code) {
            return known.clone();
        }
        let found = self.find(code);
        self.codes.insert(code, found.clone());
        found
    }

    fn find(&mut self, code: u32) -> Code {
        let Some(font) = self.font.clone() else { return without_font(code) };
        if code > 0xff && !self.is_composite {
            let bytes = [(code >> 8) as u8, code as u8];
            let advance = bytes.iter().map(|byte| font.code_advance(u32::from(*byte)).x / 1000.0).sum::<f64>();
            let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&bytes);
            return Code {
                text: text.map_or(Text::Unknown, |text| known(&text)),
                advance: advance.clamp(-100.0, 100.0),
            };
        }
        let advance = font.code_advance(code);
        let advance = if self.is_upright { advance.y } else { advance.x } / 1000.0;
        let advance = if advance.is_finite() { advance.clamp(-100.0, 100.0) } else { 0.0 };
        let number = font.map_code(code);
        let glyph = font.glyph(number, code);
        let own = match &glyph {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let mut text = own.map(string).filter(|text| says_something(text));
        if text.is_none() {
            text = self.collection.as_ref().and_then(|own| own.text(code)).filter(|text| says_something(text));
        }
        if text.is_none()
            && self.is_embedded
            && let FontGlyph::Outline(glyph) = &glyph
        {
            text = self.program(glyph.font_data().map(|font| font.data)).character(glyph.glyph_id().to_u32());
        }
        let is_blank = || match &glyph {
            FontGlyph::Outline(glyph) => self.is_embedded && glyph.outline().elements().is_empty(),
            FontGlyph::Type3(glyph) => glyph.program().is_none(),
        };
        let text = match text {
            Some(text) => known(&text),
            None if is_blank() => Text::Blank,
            None if !self.is_composite && !self.is_embedded && !self.is_drawn && code < 32 => Text::Blank,
            None => Text::Unknown,
        };
        Code { text, advance }
    }

    fn program(&mut self, data: Option<FontData>) -> &Program {
        self.program.get_or_insert_with(|| data.map(|data| Program::read((*data).as_ref())).unwrap_or_default())
    }
}

/// A code of a font that the file refers to and does not have. Every program shows letters for it.
fn without_font(code: u32) -> Code {
    let letter = char::from_u32(code).filter(|letter| (' '..='~').contains(letter));
    Code { text: letter.map_or(Text::Unknown, Text::One), advance: 0.5 }
}

fn known(text: &str) -> Text {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(one), None) => Text::One(one),
        (None, _) => Text::Blank,
        _ => Text::Many(Arc::from(text)),
    }
}

/// Whether what a font says of a code is a text at all.
fn says_something(text: &str) -> bool {
    let is_none = |character: char| {
        let number = u32::from(character);
        (character.is_control() && !character.is_whitespace())
            || number == 0xfffd
            || number & 0xfffe == 0xfffe
            || (0xfdd0..=0xfdef).contains(&number)
    };
    !text.is_empty() && text.chars().nth(CHARACTERS).is_none() && !text.chars().any(is_none)
}
