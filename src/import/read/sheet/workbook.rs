//! A workbook as it is shown: sheets, and on each the cells with something in them.
//!
//! Both formats are brought to this one form. A file may say that it has a cell at the far end of a sheet of seventeen
//! billion, or that all of its cells hold the same long text; so only what is really there takes memory, and the whole is
//! bounded ([`Budget`]).

use std::ops::Range;
use std::rc::Rc;

use super::area::{Area, Cover};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::SheetMessage;
use crate::import::meta::Meta;
use crate::text::tape::Align;

/// Rows and columns that a sheet can have.
pub(super) const ROWS: u32 = 1 << 20;
pub(super) const COLUMNS: u32 = 1 << 14;

/// Most cells with something in them.
const CELLS: usize = 300_000;
/// Most strings that cells name by their number.
const STRINGS: usize = 1_000_000;
/// Most bytes of the text in all cells.
const TEXT: usize = 32 << 20;
/// Most merged areas of a sheet; Excel's own files have fewer.
const MERGES: usize = 200_000;

/// A workbook, read.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    pub sheets: Vec<Sheet>,
    /// What its properties say.
    pub properties: Meta,
    pub left_out: LeftOut,
}

/// What is no text of cells, by how many there are.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub comments: usize,
    /// Pictures, charts, shapes.
    pub drawings: usize,
    pub embedded: usize,
}

/// A sheet.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub name: String,
    pub is_hidden: bool,
    /// What has something in it, by rows and then by columns.
    pub cells: Vec<Cell>,
    /// Areas that are one cell, from the top.
    pub merges: Vec<Area>,
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<Range<u32>>,
    /// The last place, by rows, that has been read of.
    furthest: Option<(u32, u32)>,
}

/// A cell that shows something.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub row: u32,
    pub column: u32,
    pub text: Rc<str>,
    /// The number that the file stores, where it is not what is shown.
    pub stored: Option<f64>,
    pub align: Option<Align>,
    /// The address that it leads to.
    pub link: Option<Rc<str>>,
}

impl Sheet {
    /// Keeps a cell. One that shows nothing counts where another may stand at its place.
    ///
    /// Errors: `capture-too-large`.
    pub(super) fn keep(&mut self, cell: Cell, budget: &mut Budget) -> Result<(), Diagnostic> {
        let place = (cell.row, cell.column);
        let is_further = self.furthest.is_none_or(|furthest| furthest < place);
        if is_further && cell.text.is_empty() {
            return Ok(());
        }
        if is_further {
            self.furthest = Some(place);
        }
        budget.take(cell.text.len())?;
        self.cells.push(cell);
        Ok(())
    }

    /// Puts what was read in order. Of two cells at one place the last counts, as in Excel.
    pub(super) fn settle(&mut self) {
        self.cells.reverse();
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        self.cells.dedup_by_key(|cell| (cell.row, cell.column));
        self.cells.retain(|cell| !cell.text.is_empty());
        self.merges.sort_by_key(|area| (area.rows.start, area.columns.start));
        self.merges.truncate(MERGES);
        self.hidden_rows.sort_unstable();
        self.hidden_columns.sort_by_key(|columns| columns.start);
        let mut apart: Vec<Range<u32>> = Vec::new();
        for columns in std::mem::take(&mut self.hidden_columns) {
            match apart.last_mut().filter(|last| columns.start <= last.end) {
                Some(last) => last.end = last.end.max(columns.end),
                None => apart.push(columns),
            }
        }
        self.hidden_columns = apart;
    }

    /// Takes out the cells that an area covers in which another cell stands; how many they were. Excel does not show them.
    pub(super) fn take_covered(&mut self) -> usize {
        let before = self.cells.len();
        let mut cover = Cover::new(&self.merges);
        self.cells.retain(|cell| cover.is_shown(cell.row, cell.column));
        before - self.cells.len()
    }

    /// How many cells stand in hidden rows or columns.
    pub(super) fn hidden_cells(&self) -> usize {
        let before = |column: u32| {
            let next = self.hidden_columns.partition_point(|columns| columns.start <= column);
            self.hidden_columns.get(next.checked_sub(1)?)
        };
        let is_hidden = |cell: &&Cell| {
            self.hidden_rows.binary_search(&cell.row).is_ok()
                || before(cell.column).is_some_and(|columns| columns.contains(&cell.column))
        };
        self.cells.iter().filter(is_hidden).count()
    }

    /// Gives the cells of an area an address.
    pub(super) fn link(&mut self, area: &Area, address: &str) {
        let address: Rc<str> = Rc::from(address);
        let first = self.cells.partition_point(|cell| (cell.row, cell.column) < (area.rows.start, area.columns.start));
        // An address for a whole column of a list is that of its first cells; more are not looked at.
        let own = self.cells.iter_mut().skip(first).take_while(|cell| cell.row < area.rows.end).take(MOST_LINKED);
        for cell in own.filter(|cell| area.contains(cell.row, cell.column)) {
            cell.link = Some(Rc::clone(&address));
        }
    }
}

/// Cells behind the first of a linked area that are looked at.
const MOST_LINKED: usize = 1000;

/// What has been read so far.
#[derive(Debug, Default)]
pub(super) struct Budget {
    cells: usize,
    text: usize,
}

impl Budget {
    /// Counts one more cell with so many bytes.
    ///
    /// Errors: `capture-too-large`.
    pub(super) fn take(&mut self, bytes: usize) -> Result<(), Diagnostic> {
        self.cells += 1;
        self.text += bytes;
        if self.cells > CELLS {
            return Err(Diagnostic::error(SheetMessage::TooManyCells { most: CELLS }));
        }
        if self.text > TEXT {
            return Err(Diagnostic::error(SheetMessage::TooMuchInCells { megabytes: TEXT >> 20 }));
        }
        Ok(())
    }
}

/// The strings that cells name by their number, as they are shown.
///
/// Errors: `capture-too-large`.
pub(super) fn shared(strings: impl Iterator<Item = Result<String, Diagnostic>>) -> Result<Vec<Rc<str>>, Diagnostic> {
    let mut shared = Vec::new();
    for text in strings {
        if shared.len() == STRINGS {
            return Err(Diagnostic::error(SheetMessage::TooManyStrings { most: STRINGS }));
        }
        shared.push(Rc::from(clean(&text?)));
    }
    Ok(shared)
}

/// The characters of a cell that are text: line ends and tabs stay, other control characters are none.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_text = |character: &char| !character.is_control() || matches!(character, '\n' | '\t');
    text.trim().chars().filter(is_text).collect()
}
