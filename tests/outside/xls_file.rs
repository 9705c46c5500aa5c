//! Makes workbooks of Excel 97, as small as they can be ([MS-XLS]).

use std::io::{Cursor, Write};

/// A cell: its row, column, look and what it holds.
pub type Cell = (u16, u16, u16, Value);

/// What a cell holds.
pub enum Value {
    Text(&'static str),
    /// The result of a formula.
    Result(&'static str),
    Number(f64),
    /// A number in four bytes.
    Whole(i32),
    Error(u8),
}

/// A sheet: its name, whether it is hidden, its cells, and merged areas as first row, last row, first and last column.
pub struct Sheet {
    pub name: &'static str,
    pub is_hidden: bool,
    pub cells: Vec<Cell>,
    pub merges: Vec<[u16; 4]>,
}

pub fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).expect("a record is short");
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), body].concat()
}

/// A string with its length in two bytes, in UTF-16.
pub fn string(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u16::try_from(units.len()).expect("a string is short");
    let units = units.iter().flat_map(|unit| unit.to_le_bytes());
    length.to_le_bytes().into_iter().chain([1]).chain(units).collect()
}

fn begin(kind: u16) -> Vec<u8> {
    record(0x0809, &[0x0600_u16.to_le_bytes(), kind.to_le_bytes(), [0; 2], [0; 2]].concat())
}

fn end() -> Vec<u8> {
    record(0x000a, &[])
}

fn cell((row, column, look, value): &Cell, strings: &mut Vec<&'static str>) -> Vec<u8> {
    let place = [row.to_le_bytes(), column.to_le_bytes(), look.to_le_bytes()].concat();
    match value {
        Value::Text(text) => {
            let number = u32::try_from(strings.len()).expect("few strings");
            strings.push(text);
            record(0x00fd, &[&place[..], &number.to_le_bytes()].concat())
        }
        Value::Result(text) => {
            let formula = [&place[..], &[0, 0, 0, 0, 0, 0, 0xff, 0xff], &[0; 8]].concat();
            [record(0x0006, &formula), record(0x0207, &string(text))].concat()
        }
        Value::Number(number) => record(0x0203, &[&place[..], &number.to_le_bytes()].concat()),
        Value::Whole(number) => record(0x027e, &[&place[..], &((number << 2) | 2).to_le_bytes()].concat()),
        Value::Error(code) => record(0x0205, &[&place[..], &[*code, 1]].concat()),
    }
}

fn records(sheet: &Sheet, strings: &mut Vec<&'static str>) -> Vec<u8> {
    let cells: Vec<u8> = sheet.cells.iter().flat_map(|own| cell(own, strings)).collect();
    let count = u16::try_from(sheet.merges.len()).expect("few areas").to_le_bytes();
    let areas = sheet.merges.iter().flatten().flat_map(|place| place.to_le_bytes());
    let merges: Vec<u8> = count.into_iter().chain(areas).collect();
    [begin(0x0010), cells, record(0x00e5, &merges), end()].concat()
}

/// The stream of a workbook. Looks are numbered in the order of their codes; a cell without one has the first, `General`.
/// `more` comes before the list of sheets. The strings go on in a record of their own from the middle of the first.
pub fn stream(sheets: &[Sheet], codes: &[&str], more: &[u8]) -> Vec<u8> {
    let mut strings = Vec::new();
    let parts: Vec<Vec<u8>> = sheets.iter().map(|sheet| records(sheet, &mut strings)).collect();
    let mut before = [begin(0x0005), more.to_vec()].concat();
    for (nth, code) in codes.iter().enumerate() {
        let id = 164 + u16::try_from(nth).expect("few codes");
        before.extend(record(0x041e, &[&id.to_le_bytes()[..], &string(code)].concat()));
    }
    for id in std::iter::once(0).chain((0..codes.len()).map(|nth| 164 + u16::try_from(nth).expect("few codes"))) {
        before.extend(record(0x00e0, &[&[0, 0][..], &u16::to_le_bytes(id), &[0; 16]].concat()));
    }
    let listed = |position: usize, sheet: &Sheet| {
        let units: Vec<u16> = sheet.name.encode_utf16().collect();
        let length = u8::try_from(units.len()).expect("a name is short");
        let head = [u8::from(sheet.is_hidden), 0, length, 1];
        let position = u32::try_from(position).expect("a small file").to_le_bytes();
        let units: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        record(0x0085, &[&position[..], &head, &units].concat())
    };
    let behind = [shared(&strings), end()].concat();
    let list: usize = sheets.iter().map(|sheet| listed(0, sheet).len()).sum();
    let mut position = before.len() + list + behind.len();
    let mut all = before;
    for (sheet, part) in sheets.iter().zip(&parts) {
        all.extend(listed(position, sheet));
        position += part.len();
    }
    all.extend(behind);
    all.extend(parts.concat());
    all
}

fn shared(strings: &[&str]) -> Vec<u8> {
    let count = u32::try_from(strings.len()).expect("few strings").to_le_bytes();
    let all: Vec<u8> = strings.iter().flat_map(|text| string(text)).collect();
    let first = strings.first().map_or(0, |text| text.encode_utf16().count());
    let cut = if first > 1 { 3 + 2 } else { 0 };
    let (head, rest) = all.split_at(cut);
    let sst = record(0x00fc, &[&count[..], &count, head].concat());
    if cut == 0 {
        return record(0x00fc, &[&count[..], &count, rest].concat());
    }
    [sst, record(0x003c, &[&[1], rest].concat())].concat()
}

/// The compound file of a stream.
pub fn file(stream: &[u8]) -> Vec<u8> {
    let mut compound = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a compound file");
    compound.create_stream("Workbook").and_then(|mut own| own.write_all(stream)).expect("a stream");
    compound.flush().expect("a compound file is written");
    compound.into_inner().into_inner()
}
