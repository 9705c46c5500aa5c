//! The end of a command at a page that has none.

use std::process;

use super::exit::Exit;
use super::terminal::Terminal;
use crate::cli::Common;
use crate::theme::warden;

/// A page that has no end is told, what would be left in the system's folders is cleared, and the process ends.
pub(super) fn end_there(common: &Common, clear: impl Fn() + Send + Sync + 'static) {
    let common = common.clone();
    warden::when_endless(move |fault| {
        Terminal::new(&common).refusal(fault);
        clear();
        process::exit(Exit::Faults as i32);
    });
}
