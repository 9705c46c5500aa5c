//! Bounds for templates: one that would write or count without end stops with a fault, and not with the machine's memory.
//!
//! Circles of includes and of components are found by the template engine. What remains are loops: over `range`, whose turns
//! are counted for each page, and over what a page receives, which is bounded; so a page has a largest size.

use std::cell::Cell;
use std::io::{self, Write};

use tera::{Error, Kwargs, State, TeraResult};

/// Bytes that a page may have: a text of 64 MB has a page of about twice that.
const LONGEST: usize = 256 << 20;

/// Numbers that `range` may give to one page.
const TURNS: u64 = 10_000_000;

thread_local! {
    static TURNS_LEFT: Cell<u64> = const { Cell::new(TURNS) };
}

/// A page while it is rendered.
pub(crate) struct Page<'a> {
    bytes: &'a mut Vec<u8>,
    too_long: bool,
}

impl<'a> Page<'a> {
    /// Begins a page in a buffer, which is emptied.
    pub(crate) fn new(bytes: &'a mut Vec<u8>) -> Self {
        bytes.clear();
        TURNS_LEFT.set(TURNS);
        Self { bytes, too_long: false }
    }

    /// Whether it became too long.
    pub(crate) fn is_too_long(&self) -> bool {
        self.too_long
    }
}

impl Write for Page<'_> {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + part.len() > LONGEST {
            self.too_long = true;
            return Err(io::Error::other("the page has no end"));
        }
        self.bytes.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The template engine's `range`, whose numbers are counted.
pub(crate) fn range(arguments: Kwargs, _: &State) -> TeraResult<Vec<i128>> {
    let start = arguments.get::<i128>("start")?.unwrap_or_default();
    let end = arguments.must_get::<i128>("end")?;
    let step = arguments.get::<i128>("step_by")?.unwrap_or(1);
    if step == 0 || (start > end && step > 0) {
        return Err(Error::message("`range` never comes from its start to its end"));
    }
    let mut left = TURNS_LEFT.get();
    let mut numbers = Vec::new();
    let mut next = Some(start);
    while let Some(number) = next.filter(|number| if step > 0 { *number < end } else { *number > end }) {
        if left == 0 {
            return Err(Error::message(format!("the loops of this page have no end: more than {TURNS} turns")));
        }
        left -= 1;
        numbers.push(number);
        next = number.checked_add(step);
    }
    TURNS_LEFT.set(left);
    Ok(numbers)
}
