//! `fonds explain`: what a code means, from the pages in the binary.

use anyhow::Result;
use serde::Serialize;

use super::Exit;
use super::prose;
use super::terminal::Terminal;
use crate::cli::{Common, ExplainArgs};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::{self, Code};
use crate::diagnostic::messages::CommandMessage;
use crate::explanation::{self, Explanation};
use crate::record::fields;

/// A page is read, so its lines are no longer than a book's.
const MEASURE: usize = 88;

/// One page of `--format json`.
#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    kind: &'a str,
    title: &'a str,
    body: &'a str,
}

/// Prints pages, or the list of all codes.
///
/// # Errors
/// None: what is printed is in the binary.
pub(crate) fn run(args: &ExplainArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let width = terminal.columns().min(MEASURE);
    if args.codes.is_empty() {
        list(&terminal);
        return Ok(Exit::Done);
    }
    let mut exit = Exit::Done;
    for (at, code) in args.codes.iter().enumerate() {
        // As it was copied from a message: error[broken-link]
        let name = code.rsplit_once('[').map_or(code.as_str(), |(_, name)| name).trim_end_matches(']').to_lowercase();
        match explanation::find(&name, terminal.lang()) {
            Some(page) => {
                if at > 0 {
                    terminal.words("");
                }
                tell(&terminal, &name, &page, width);
            }
            None => {
                exit = Exit::Usage;
                terminal.diagnostic(&unknown(&name));
            }
        }
    }
    Ok(exit)
}

fn unknown(name: &str) -> Diagnostic {
    let codes: Vec<&str> = code::all().map(Code::name).collect();
    let near = fields::nearest(name, &codes).map(str::to_string);
    Diagnostic::error(CommandMessage::UnknownCode { code: name.to_string(), near })
}

fn tell(terminal: &Terminal, name: &str, page: &Explanation, width: usize) {
    let kind = Code::named(name).and_then(Code::group).map_or_else(String::new, |group| group.title(terminal.lang()));
    terminal.entry(&Line { code: name, kind: &kind, title: &page.title, body: page.body }, || {
        let color = terminal.colors_words();
        let title = prose::draw(&format!("# {name}\n\n{}", page.title), width, color);
        format!("{title}\n\n{}", prose::draw(page.body, width, color))
    });
}

/// Every code with its sentence, by what it speaks of.
fn list(terminal: &Terminal) {
    let widest = code::all().map(|code| code.name().len()).max().unwrap_or_default();
    for (at, group) in code::GROUPS.iter().enumerate() {
        if at > 0 {
            terminal.words("");
        }
        let title = group.title(terminal.lang());
        terminal.styled(&prose::draw(&format!("# {title}"), MEASURE, terminal.colors_words()));
        for name in group.codes.iter().map(|code| code.name()) {
            let Some(page) = explanation::find(name, terminal.lang()) else { continue };
            terminal.entry(&Line { code: name, kind: &title, title: &page.title, body: page.body }, || {
                let indent = " ".repeat(widest + 4);
                let options = textwrap::Options::new(terminal.columns()).subsequent_indent(&indent);
                textwrap::fill(&format!("  {name:widest$}  {}", page.title), options)
            });
        }
    }
}
