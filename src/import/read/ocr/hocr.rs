//! hOCR: a page of HTML whose classes say what is a line, a paragraph, a head.

use dom_query::{Document, NodeRef};

use super::super::html;
use super::super::order::is_seen;
use super::label::Role;
use super::recognised::{Block, Line, Recognised, without_hyphen};
use crate::diagnostic::Diagnostic;
use crate::import::meta::{Author, Meta};

/// Classes of lines.
const LINES: [&str; 5] = ["ocr_line", "ocrx_line", "ocr_textfloat", "ocr_header", "ocr_footer"];

/// Reads the lines; the characters of the page, in the order of the file, are beside them.
pub(super) fn read(text: &str) -> Result<(Recognised, Vec<char>), Diagnostic> {
    html::within_bounds(text)?;
    let document = Document::from(text);
    let mut reading = Reading::default();
    let body = document.select("body");
    for node in body.nodes().iter().flat_map(|body| body.descendants_it()) {
        if node.is_text() && !is_unseen(&node) {
            reading.text(&node);
        }
    }
    reading.end_line();
    reading.end_block();
    let blocks = reading.blocks;
    let recognised = Recognised { blocks, stated: stated(&document), ..Recognised::default() };
    Ok((recognised, witness(&document)))
}

#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    block: Block,
    /// The nodes of the paragraph and the line that are open.
    at: (Option<dom_query::NodeId>, Option<dom_query::NodeId>),
    line: Option<String>,
    count: usize,
}

impl Reading {
    fn text(&mut self, node: &NodeRef<'_>) {
        let text = node.text();
        let (mut line, mut paragraph, mut role) = (None, None, Role::Text);
        for above in node.ancestors_it(None) {
            let name = above.node_name().unwrap_or_default().to_ascii_lowercase();
            let class = above.class().unwrap_or_default();
            if line.is_none() && LINES.iter().any(|line| class.split_whitespace().any(|own| own == *line)) {
                line = Some(above.id);
            }
            if paragraph.is_none() && (is_paragraph(&name) || has_class(&class, &["ocr_par", "ocr_carea", "ocr_page"]))
            {
                paragraph = Some(above.id);
            }
            if role == Role::Text {
                role = if is_heading(&name) { Role::Heading } else { Role::of(class.trim_start_matches("ocr_page")) };
            }
        }
        if text.trim().is_empty() && (paragraph, line) != self.at {
            return;
        }
        if (paragraph, line) != self.at {
            self.end_line();
            if paragraph != self.at.0 {
                self.end_block();
            }
            self.at = (paragraph, line);
            self.block.role = role;
        }
        self.line.get_or_insert_default().push_str(&text);
    }

    fn end_line(&mut self) {
        let Some(text) = self.line.take() else { return };
        let (text, hyphen) = soft_hyphen(&text);
        let mut line = Line { hyphen, ..Line::default() };
        line.prose.push(text, &mut self.count);
        self.block.lines.push(line);
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        if !block.lines.is_empty() {
            self.blocks.push(block);
        }
    }
}

/// A line without the hyphen at its end that hOCR has for a parted word: the soft one.
fn soft_hyphen(text: &str) -> (&str, Option<char>) {
    match without_hyphen(text) {
        (rest, Some(hyphen @ '\u{ad}')) => (rest, Some(hyphen)),
        _ => (text, None),
    }
}

fn is_paragraph(name: &str) -> bool {
    matches!(name, "p" | "div" | "li" | "td") || is_heading(name)
}

fn is_heading(name: &str) -> bool {
    name.len() == 2 && name.starts_with('h') && name.ends_with(|digit: char| ('1'..='6').contains(&digit))
}

fn has_class(class: &str, wanted: &[&str]) -> bool {
    class.split_whitespace().any(|own| wanted.contains(&own))
}

/// Whether a text is none of the page.
fn is_unseen(node: &NodeRef<'_>) -> bool {
    node.parent().and_then(|parent| parent.node_name()).is_some_and(|name| {
        ["script", "style", "noscript", "title"].iter().any(|unseen| name.eq_ignore_ascii_case(unseen))
    })
}

/// What the page says about its document.
fn stated(document: &Document) -> Meta {
    let of = |name: &str| {
        let content = document.select(&format!("meta[name='DC.{name}']")).attr("content");
        content.map(|content| content.trim().to_string()).filter(|content| !content.is_empty())
    };
    Meta {
        title: of("title"),
        authors: of("creator").into_iter().map(|name| Author { name, affiliation: None }).collect(),
        source: of("publisher"),
        ..Meta::default()
    }
}

/// The characters of the page, in the order of the file, without soft hyphens that end a text: a word goes on there.
fn witness(document: &Document) -> Vec<char> {
    let body = document.select("body");
    let texts = body.nodes().iter().flat_map(|body| body.descendants_it()).filter(|node| node.is_text());
    let mut characters: Vec<char> = Vec::new();
    for node in texts.filter(|node| !is_unseen(node)) {
        let text = node.text();
        characters.extend(text.trim_end().trim_end_matches('\u{ad}').chars().filter(|character| is_seen(*character)));
    }
    characters
}
