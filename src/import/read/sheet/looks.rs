//! How the cells of a workbook look: the codes of their numbers, and the side that they are set to.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::code::{self, Code};
use crate::text::tape::Align;

/// Most looks of a workbook, and codes; more than Excel itself takes.
const LOOKS: usize = 1 << 16;

/// How a cell looks.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    pub code: Rc<Code>,
    pub align: Option<Align>,
}

/// The looks of a workbook, which cells name by their number.
#[derive(Debug, Default)]
pub(super) struct Looks {
    looks: Vec<(u32, Option<Align>)>,
    /// The codes that the file spells out.
    codes: HashMap<u32, String>,
    read: RefCell<HashMap<u32, Rc<Code>>>,
    pub is_1904: bool,
}

impl Looks {
    pub(super) fn add_code(&mut self, id: u32, code: String) {
        if self.codes.len() < LOOKS {
            self.codes.insert(id, code);
        }
    }

    pub(super) fn add(&mut self, code: u32, align: Option<Align>) {
        if self.looks.len() < LOOKS {
            self.looks.push((code, align));
        }
    }

    /// A look by its number.
    pub(super) fn get(&self, number: usize) -> Look {
        let (id, align) = self.looks.get(number).copied().unwrap_or_default();
        let mut read = self.read.borrow_mut();
        let code = read.entry(id).or_insert_with(|| {
            Rc::new(Code::read(self.codes.get(&id).map_or_else(|| code::builtin(id), String::as_str)))
        });
        Look { code: Rc::clone(code), align }
    }

    /// What a number shows under a look.
    pub(super) fn number(&self, value: f64, look: usize) -> String {
        self.get(look).code.number(value, self.is_1904)
    }

    /// What characters show under a look.
    pub(super) fn text(&self, text: &str, look: usize) -> String {
        self.get(look).code.text(text).unwrap_or_else(|| text.to_string())
    }
}
