//! Tables: `{|`, a row at `|-`, cells at `|` and `!`, and `|}`.

use std::str::Lines;

use super::inline::Inline;
use super::marks::words;

/// Deepest table in a table.
const DEEPEST: usize = 4;

/// A table, whose first line was read.
pub(super) fn html(_: &str, lines: &mut Lines<'_>, inline: &mut Inline<'_>) -> String {
    let mut table = Table::default();
    let mut depth = 1;
    for line in lines {
        let line = line.trim();
        if line.starts_with("{|") && depth <= DEEPEST {
            depth += 1;
            table.end_text(inline);
            table.html.push_str("<table>");
        } else if let Some(rest) = line.strip_prefix("|}") {
            depth -= 1;
            table.end_text(inline);
            table.html.push_str("</table>\n");
            if depth == 0 {
                let rest = inline.html(rest);
                return format!("<table>{}{rest}", table.html);
            }
            table.text.push_str(rest);
        } else if line.starts_with("|-") {
            table.end_text(inline);
            table.html.push_str("<tr>");
        } else if let Some(caption) = line.strip_prefix("|+") {
            table.end_text(inline);
            table.text = words(caption).1.to_string();
            table.end = "</caption>";
            table.html.push_str("<caption>");
        } else if let Some(cells) = line.strip_prefix('|') {
            cells.split("||").for_each(|cell| table.cell("td", cell, inline));
        } else if let Some(cells) = line.strip_prefix('!') {
            cells.split("!!").flat_map(|cell| cell.split("||")).for_each(|cell| table.cell("th", cell, inline));
        } else {
            table.text.push('\n');
            table.text.push_str(line);
        }
    }
    table.end_text(inline);
    format!("<table>{}</table>\n", table.html)
}

#[derive(Default)]
struct Table {
    html: String,
    /// The text of the cell that is open, and what ends it.
    text: String,
    end: &'static str,
}

impl Table {
    fn cell(&mut self, kind: &'static str, cell: &str, inline: &mut Inline<'_>) {
        self.end_text(inline);
        let (attributes, words) = words(cell);
        let spans = ["colspan", "rowspan"].into_iter().filter_map(|name| {
            let value = attributes.split(name).nth(1)?.trim_start().strip_prefix('=')?;
            let digits: String =
                value.trim_start_matches([' ', '"', '\'']).chars().take_while(char::is_ascii_digit).take(3).collect();
            (!digits.is_empty()).then(|| format!(" {name}=\"{digits}\""))
        });
        let spans: String = spans.collect();
        self.html.push_str(&format!("<{kind}{spans}>"));
        self.end = if kind == "th" { "</th>" } else { "</td>" };
        self.text = words.to_string();
    }

    fn end_text(&mut self, inline: &mut Inline<'_>) {
        let text = std::mem::take(&mut self.text);
        let html = inline.html(text.trim());
        self.html.push_str(&html);
        self.html.push_str(std::mem::take(&mut self.end));
    }
}
