//! Makes Word files of 1997, as small as they can be ([MS-DOC]).

use std::io::{Cursor, Write};

/// A run of characters, and the properties that are its own.
#[derive(Clone)]
struct Run {
    text: Vec<u16>,
    properties: Vec<u8>,
}

/// A paragraph, with the character that ends it.
#[derive(Clone)]
pub struct Paragraph {
    runs: Vec<Run>,
    mark: u16,
    style: u16,
    properties: Vec<u8>,
    note: Option<String>,
}

/// A property of characters that has a byte as its value.
fn sprm(code: u16, value: u8) -> Vec<u8> {
    [code.to_le_bytes().as_slice(), &[value]].concat()
}

fn run(text: &str, properties: Vec<u8>) -> Run {
    Run { text: text.encode_utf16().collect(), properties }
}

impl Paragraph {
    pub fn of(text: &str) -> Self {
        let runs = vec![run(text, Vec::new())];
        Self { runs, mark: 13, style: 0, properties: Vec::new(), note: None }
    }

    /// A heading with a number that Word prints.
    pub fn heading(mut self, level: u8) -> Self {
        self.style = u16::from(level);
        self.properties.extend([0x0b, 0x46, 1, 0]);
        self.properties.extend(sprm(0x260a, level - 1));
        self
    }

    /// A paragraph that ends a cell.
    pub fn cell(mut self) -> Self {
        self.mark = 7;
        self.properties.extend(sprm(0x2416, 1));
        self
    }

    /// The end of a row with so many cells.
    pub fn row(cells: u8) -> Self {
        let mut row = Self::of("").cell();
        row.properties.extend(sprm(0x2417, 1));
        let edges = (0..=u16::from(cells)).flat_map(|edge| (edge * 2000).to_le_bytes());
        let definition: Vec<u8> = std::iter::once(cells).chain(edges).chain(vec![0; 20 * usize::from(cells)]).collect();
        row.properties.extend(0xd608_u16.to_le_bytes());
        row.properties.extend(u16::try_from(definition.len() + 1).expect("short").to_le_bytes());
        row.properties.extend(definition);
        row
    }

    pub fn then(mut self, text: &str) -> Self {
        self.runs.push(run(text, Vec::new()));
        self
    }

    pub fn deleted(mut self, text: &str) -> Self {
        self.runs.push(run(text, sprm(0x0800, 1)));
        self
    }

    /// A footnote, whose mark is a number that Word prints.
    pub fn note(mut self, text: &str) -> Self {
        self.runs.push(run("\u{2}", sprm(0x0855, 1)));
        self.note = Some(text.to_string());
        self
    }

    /// The same, whose mark is a sign of the first font of the file.
    #[allow(dead_code, reason = "the fuzz targets have seeds enough")]
    pub fn note_with_sign(mut self, text: &str) -> Self {
        let sign = [0x09, 0x6a, 0, 0, 0x2a, 0xf0];
        self.runs.push(run("(", [sprm(0x0855, 1).as_slice(), &sign].concat()));
        self.note = Some(text.to_string());
        self
    }

    /// Sets a reading above the paragraph's text, as Word does: the text of a field that has only its instruction.
    pub fn reading(mut self, reading: &str) -> Self {
        let text = String::from_utf16_lossy(&self.runs.remove(0).text);
        self.runs.push(run("\u{13}", sprm(0x0855, 1)));
        self.runs.push(run(&format!("EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9({reading}),{text})"), Vec::new()));
        self.runs.push(run("\u{15}", sprm(0x0855, 1)));
        self
    }
}

/// The text of a file, and what is said of its places.
#[derive(Default)]
struct Text {
    units: Vec<u16>,
    /// Ends of runs, and their properties.
    runs: Vec<(usize, Vec<u8>)>,
    paragraphs: Vec<(usize, Vec<u8>)>,
}

impl Text {
    fn push(&mut self, paragraph: &Paragraph) {
        for run in &paragraph.runs {
            self.units.extend(&run.text);
            self.runs.push((self.units.len(), run.properties.clone()));
        }
        self.units.push(paragraph.mark);
        self.runs.push((self.units.len(), Vec::new()));
        let properties = [paragraph.style.to_le_bytes().as_slice(), &paragraph.properties].concat();
        self.paragraphs.push((self.units.len(), properties));
    }
}

/// Where the text lies.
const TEXT: usize = 1024;

/// A Word file of these paragraphs.
#[allow(dead_code, reason = "the fuzz targets put the streams together themselves")]
pub fn doc(paragraphs: &[Paragraph]) -> Vec<u8> {
    let (word, table) = streams(paragraphs);
    file(&word, &table)
}

/// The stream with the text, and the one with what is said of it.
pub fn streams(paragraphs: &[Paragraph]) -> (Vec<u8>, Vec<u8>) {
    let mut text = Text::default();
    let mut marks: Vec<usize> = Vec::new();
    for paragraph in paragraphs {
        let start = text.units.len();
        text.push(paragraph);
        if paragraph.note.is_some() {
            let number = text.units[start..].iter().position(|unit| *unit == 2).map(|at| start + at);
            marks.push(number.unwrap_or(text.units.len() - 2));
        }
    }
    let main = text.units.len();
    let mut notes = vec![0];
    for note in paragraphs.iter().filter_map(|paragraph| paragraph.note.as_ref()) {
        let mut own = Paragraph::of(&format!(" {note}"));
        own.runs.insert(0, run("\u{2}", sprm(0x0855, 1)));
        text.push(&own);
        notes.push(text.units.len() - main);
    }
    let (mut word, mut table) = (vec![0; TEXT], Vec::new());
    word.extend(text.units.iter().flat_map(|unit| unit.to_le_bytes()));
    word.resize(word.len().next_multiple_of(512), 0);
    let mut places = vec![(0_u32, 0_u32); 75];
    let mut part = |index: usize, bytes: Vec<u8>, table: &mut Vec<u8>| {
        places[index] = (table.len() as u32, bytes.len() as u32);
        table.extend(bytes);
    };
    part(1, styles(), &mut table);
    if !marks.is_empty() {
        let at = |all: &[usize]| all.iter().flat_map(|at| (*at as u32).to_le_bytes()).collect::<Vec<u8>>();
        let ends: Vec<usize> = marks.iter().copied().chain([main]).collect();
        let records: Vec<u8> = marks.iter().flat_map(|_| 1_u16.to_le_bytes()).collect();
        part(2, [at(&ends), records].concat(), &mut table);
        part(3, at(&notes), &mut table);
    }
    for (index, runs, of_paragraphs) in [(12, &text.runs, false), (13, &text.paragraphs, true)] {
        let bytes = pages(runs, of_paragraphs, &mut word);
        part(index, bytes, &mut table);
    }
    part(33, pieces(text.units.len()), &mut table);
    let (lists, levels, references) = lists();
    part(73, lists, &mut table);
    table.extend(levels);
    part(74, references, &mut table);
    head(&mut word, main, text.units.len() - main, &places);
    (word, table)
}

/// A Word file of these streams.
pub fn file(word: &[u8], table: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    for (name, bytes) in [("WordDocument", word), ("1Table", table)] {
        file.create_stream(name).expect("a stream").write_all(bytes).expect("bytes");
    }
    file.into_inner().into_inner()
}

fn head(word: &mut [u8], main: usize, notes: usize, places: &[(u32, u32)]) {
    let mut put = |at: usize, bytes: &[u8]| word[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &0xa5ec_u16.to_le_bytes());
    put(2, &0xc1_u16.to_le_bytes());
    put(0x0a, &0x0200_u16.to_le_bytes());
    put(0x4c, &(main as u32).to_le_bytes());
    put(0x50, &(notes as u32).to_le_bytes());
    put(0x98, &(places.len() as u16).to_le_bytes());
    for (nth, (start, length)) in places.iter().enumerate() {
        put(0x9a + 8 * nth, &start.to_le_bytes());
        put(0x9e + 8 * nth, &length.to_le_bytes());
    }
}

/// Puts the properties of runs into pages behind the text, a few in each, and returns the index of the pages.
fn pages(runs: &[(usize, Vec<u8>)], of_paragraphs: bool, word: &mut Vec<u8>) -> Vec<u8> {
    let place = |unit: usize| ((TEXT + 2 * unit) as u32).to_le_bytes();
    let (mut starts, mut numbers) = (Vec::new(), Vec::new());
    let mut start = 0;
    for few in runs.chunks(3) {
        let mut page = vec![0_u8; 512];
        let width = if of_paragraphs { 13 } else { 1 };
        let mut end = 510;
        page[511] = few.len() as u8;
        page[..4].copy_from_slice(&place(start));
        starts.extend(place(start));
        for (nth, (until, properties)) in few.iter().enumerate() {
            page[4 * (nth + 1)..4 * (nth + 2)].copy_from_slice(&place(*until));
            start = *until;
            let mut own = properties.clone();
            let size = if of_paragraphs {
                own.resize(own.len().next_multiple_of(2), 0);
                vec![0, (own.len() / 2) as u8]
            } else if own.is_empty() {
                continue;
            } else {
                vec![own.len() as u8]
            };
            end = (end - size.len() - own.len()) & !1;
            page[end..end + size.len()].copy_from_slice(&size);
            page[end + size.len()..end + size.len() + own.len()].copy_from_slice(&own);
            page[4 * (few.len() + 1) + width * nth] = (end / 2) as u8;
        }
        numbers.extend(((word.len() / 512) as u32).to_le_bytes());
        word.extend(page);
    }
    starts.extend(place(start));
    [starts, numbers].concat()
}

/// The index of the text's pieces: one, of two bytes a character.
fn pieces(length: usize) -> Vec<u8> {
    let mut index = Vec::new();
    index.extend(0_u32.to_le_bytes());
    index.extend((length as u32).to_le_bytes());
    index.extend([0, 0]);
    index.extend((TEXT as u32).to_le_bytes());
    index.extend([0, 0]);
    [[2_u8].as_slice(), &(index.len() as u32).to_le_bytes(), &index].concat()
}

/// The styles: Normal, and two headings as Word has them in every language.
fn styles() -> Vec<u8> {
    let style = |known: u16, name: &str| {
        let mut bytes = Vec::new();
        bytes.extend(known.to_le_bytes());
        bytes.extend((0xfff0_u16 | 1).to_le_bytes());
        bytes.extend([0; 6]);
        let units: Vec<u16> = name.encode_utf16().collect();
        bytes.extend((units.len() as u16).to_le_bytes());
        bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        bytes.extend([0, 0]);
        bytes.extend(2_u16.to_le_bytes());
        bytes.extend([0, 0, 0, 0]);
        [(bytes.len() as u16).to_le_bytes().as_slice(), &bytes].concat()
    };
    let head = [18_u16, 3, 10, 0, 0, 0, 0, 0, 0, 0].iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    [head, style(0, "正文"), style(1, "标题 1"), style(2, "标题 2")].concat()
}

/// A list whose first two levels are 一、 and （一）, and the one reference to it.
fn lists() -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let mut list = vec![1, 0];
    list.extend(7_u32.to_le_bytes());
    list.extend([0; 4]);
    list.extend([0xff, 0x0f].repeat(9));
    list.extend([0, 0]);
    let mut levels = Vec::new();
    for nth in 0..9_u16 {
        let (text, place) = if nth == 0 { (vec![nth, 0x3001], 1) } else { (vec![0xff08, nth, 0xff09], 2) };
        let mut level = vec![0_u8; 28];
        level[0] = 1;
        level[4] = 37;
        level[6] = place;
        level[15] = 2;
        levels.extend(level);
        levels.extend((text.len() as u16).to_le_bytes());
        levels.extend(text.iter().flat_map(|unit| unit.to_le_bytes()));
    }
    let mut references = 1_u32.to_le_bytes().to_vec();
    references.extend(7_u32.to_le_bytes());
    references.extend([0; 12]);
    references.extend([0xff; 4]);
    (list, levels, references)
}
