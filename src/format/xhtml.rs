//! The text's HTML as events of well-formed XML, for the formats that are XML.
//!
//! What comes in is a fragment of this program's own writer, or of ammonia where an archive allows HTML: every `<` begins
//! a tag, every attribute stands in double quotes. HTML lets void elements stand open and knows `&nbsp;`; XML does not. And
//! what a person wrote as HTML may hold anything anywhere, while a valid book (HTML's content models) and a valid TEI file
//! may not. So the events are fewer than HTML's elements and always nest: blocks never stand in a line of text, items only
//! in lists, cells only in rows. What has no place keeps its text and loses its tag. No XML parser was used: it would stop
//! at the first void element, and it would make owned text of everything.
//!
//! Text and attribute values stay escaped as they are, since the five entities of XML are all that is left in them.

use std::borrow::Cow;

/// One step through the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// An element begins; void ones (`br`, `img`, `hr`) have no end.
    Start(&'static str, Attributes<'a>),
    /// The newest element that is open ends.
    End(&'static str),
    /// Text, escaped.
    Text(&'a str),
}

/// What stands in a tag behind its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// The value of an attribute, escaped.
    pub fn get(self, name: &str) -> Option<&'a str> {
        // Tags are short: going from quotation mark to quotation mark is faster than any search for the name.
        let mut marks = self.0.bytes().enumerate().filter(|(_, byte)| *byte == b'"').map(|(at, _)| at);
        let mut done = 0;
        while let (Some(start), Some(end)) = (marks.next(), marks.next()) {
            if self.0[done..start].trim_start().strip_suffix('=') == Some(name) {
                return Some(&self.0[start + 1..end]);
            }
            done = end + 1;
        }
        None
    }

    /// Whether it is of a class.
    pub fn is(self, class: &str) -> bool {
        self.get("class") == Some(class)
    }
}

/// Where an element may stand and what may stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Holds blocks and text.
    Flow,
    /// A block that holds a line of text.
    Line,
    /// Part of a line.
    Phrase,
    List,
    Item,
    Table,
    Group,
    Row,
    Cell,
    /// A block without content.
    Rule,
    /// Part of a line without content.
    Mark,
}

/// HTML's elements as the events name them; others lose their tags.
fn known(name: &str) -> Option<(&'static str, Kind)> {
    Some(match name {
        "p" => ("p", Kind::Line),
        // Headings in a person's HTML are no sections.
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "summary" => ("p", Kind::Line),
        "pre" => ("pre", Kind::Line),
        "figcaption" => ("figcaption", Kind::Line),
        "caption" => ("caption", Kind::Line),
        "blockquote" => ("blockquote", Kind::Flow),
        "figure" => ("figure", Kind::Flow),
        "div" => ("div", Kind::Flow),
        "ul" => ("ul", Kind::List),
        "ol" => ("ol", Kind::List),
        "li" => ("li", Kind::Item),
        "table" => ("table", Kind::Table),
        "thead" => ("thead", Kind::Group),
        "tbody" | "tfoot" => ("tbody", Kind::Group),
        "tr" => ("tr", Kind::Row),
        "td" => ("td", Kind::Cell),
        "th" => ("th", Kind::Cell),
        "hr" => ("hr", Kind::Rule),
        "br" => ("br", Kind::Mark),
        "img" => ("img", Kind::Mark),
        "a" => ("a", Kind::Phrase),
        "abbr" | "acronym" => ("abbr", Kind::Phrase),
        "b" => ("b", Kind::Phrase),
        "cite" => ("cite", Kind::Phrase),
        "code" | "kbd" | "samp" | "tt" | "var" => ("code", Kind::Phrase),
        "del" | "s" | "strike" => ("del", Kind::Phrase),
        "dfn" => ("dfn", Kind::Phrase),
        "em" => ("em", Kind::Phrase),
        "i" => ("i", Kind::Phrase),
        "ins" | "u" => ("u", Kind::Phrase),
        "mark" => ("mark", Kind::Phrase),
        "q" => ("q", Kind::Phrase),
        "rp" => ("rp", Kind::Phrase),
        "rt" => ("rt", Kind::Phrase),
        "ruby" => ("ruby", Kind::Phrase),
        "small" => ("small", Kind::Phrase),
        "span" => ("span", Kind::Phrase),
        "strong" => ("strong", Kind::Phrase),
        "sub" => ("sub", Kind::Phrase),
        "sup" => ("sup", Kind::Phrase),
        _ => return None,
    })
}

/// The headings of sections, as the program writes them.
const HEADINGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];

/// Walks through a fragment that [`cleaned`] has seen.
pub fn read<'a>(html: &'a str, emit: &mut impl FnMut(Event<'a>)) {
    let mut reader = Reader { open: Vec::new(), fresh_table: false, emit };
    let mut rest = html;
    while !rest.is_empty() {
        let Some(tag) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            reader.text(&rest[..end]);
            rest = &rest[end..];
            continue;
        };
        let end = tag_end(tag);
        let inner = &tag[..end];
        rest = tag.get(end + 1..).unwrap_or_default();
        match inner.strip_prefix('/') {
            Some(name) => reader.end(name.trim()),
            None => {
                let name_end = inner.find([' ', '/', '\n']).unwrap_or(inner.len());
                reader.start(&inner[..name_end], Attributes(&inner[name_end..]), rest);
            }
        }
    }
    reader.pop_to(0);
}

/// Where a tag ends: at the first `>` outside quotation marks.
fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at,
            _ => {}
        }
    }
    tag.len()
}

struct Reader<'e, E> {
    open: Vec<(&'static str, Kind)>,
    /// Nothing stands in the newest table yet.
    fresh_table: bool,
    emit: &'e mut E,
}

impl<'a, E: FnMut(Event<'a>)> Reader<'_, E> {
    fn top(&self) -> Kind {
        self.open.last().map_or(Kind::Flow, |(_, kind)| *kind)
    }

    fn push(&mut self, name: &'static str, kind: Kind, attributes: Attributes<'a>) {
        self.fresh_table = kind == Kind::Table;
        self.open.push((name, kind));
        (self.emit)(Event::Start(name, attributes));
    }

    fn pop_to(&mut self, length: usize) {
        while self.open.len() > length
            && let Some((name, _)) = self.open.pop()
        {
            (self.emit)(Event::End(name));
        }
    }

    /// Ends the line of text, if one is open.
    fn end_line(&mut self) {
        let length = self.open.iter().rposition(|(_, kind)| !matches!(kind, Kind::Line | Kind::Phrase));
        self.pop_to(length.map_or(0, |last| last + 1));
    }

    /// Text and blocks stand in an item or a cell, and not in the list or row itself.
    fn find_place(&mut self) {
        if self.top() == Kind::List {
            self.push("li", Kind::Item, Attributes::default());
        }
        if matches!(self.top(), Kind::Table | Kind::Group) {
            self.push("tr", Kind::Row, Attributes::default());
        }
        if self.top() == Kind::Row {
            self.push("td", Kind::Cell, Attributes::default());
        }
    }

    fn text(&mut self, text: &'a str) {
        if matches!(self.top(), Kind::List | Kind::Table | Kind::Group | Kind::Row) {
            if text.trim().is_empty() {
                return;
            }
            self.find_place();
        }
        (self.emit)(Event::Text(text));
    }

    fn start(&mut self, name: &str, attributes: Attributes<'a>, rest: &str) {
        let heading = HEADINGS.iter().find(|level| **level == name).filter(|_| attributes.is("heading"));
        let Some((name, kind)) = heading.map(|level| (*level, Kind::Line)).or_else(|| known(name)) else { return };
        match kind {
            Kind::Phrase => {
                // A link ends where another begins, as it does for browsers; the mark of a note is one.
                let mark = name == "sup" && attributes.is("noteref");
                if (name == "a" || mark)
                    && let Some(outer) = self.open.iter().rposition(|(open, _)| *open == "a")
                {
                    self.pop_to(outer);
                }
                let in_ruby = self.open.last().is_some_and(|(open, _)| *open == "ruby");
                let has_reading = || rest.split("</ruby>").next().is_some_and(|ruby| ruby.contains("<rt>"));
                match name {
                    "rt" | "rp" if !in_ruby => {}
                    "ruby" if !has_reading() => {}
                    _ => {
                        self.find_place();
                        self.push(name, kind, attributes);
                    }
                }
            }
            Kind::Mark => {
                self.find_place();
                (self.emit)(Event::Start(name, attributes));
            }
            Kind::Item | Kind::Group | Kind::Row | Kind::Cell => {
                self.end_line();
                let (before, within): (&[Kind], &[Kind]) = match kind {
                    Kind::Item => (&[Kind::Item], &[Kind::List]),
                    Kind::Cell => (&[Kind::Cell], &[Kind::Row]),
                    Kind::Row => (&[Kind::Cell, Kind::Row], &[Kind::Table, Kind::Group]),
                    _ => (&[Kind::Cell, Kind::Row, Kind::Group], &[Kind::Table]),
                };
                while before.contains(&self.top()) {
                    self.pop_to(self.open.len() - 1);
                }
                if within.contains(&self.top()) {
                    self.push(name, kind, attributes);
                }
            }
            Kind::Line if name == "caption" && self.top() == Kind::Table && self.fresh_table => {
                self.push(name, kind, attributes);
            }
            // The program's own figures and divisions carry an id, a person's do not.
            Kind::Flow if name != "blockquote" && attributes.get("id").is_none() => self.end_line(),
            _ => {
                self.end_line();
                self.find_place();
                let name = match name {
                    "caption" => "p",
                    "figcaption" if self.open.last().is_none_or(|(open, _)| *open != "figure") => "p",
                    name => name,
                };
                match kind {
                    Kind::Rule => (self.emit)(Event::Start(name, attributes)),
                    _ => self.push(name, kind, attributes),
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        let is = |open: &str, kind: Kind| match known(name) {
            _ if open == name => true,
            Some((name, own)) => open == name && own == kind,
            None => false,
        };
        let Some(at) = self.open.iter().rposition(|(open, kind)| is(open, *kind)) else { return };
        let (_, kind) = self.open[at];
        let crossed = |(_, inner): &(&str, Kind)| match kind {
            Kind::Phrase => *inner != Kind::Phrase,
            Kind::Item => *inner == Kind::List,
            Kind::Group | Kind::Row | Kind::Cell => *inner == Kind::Table,
            _ => false,
        };
        if !self.open[at + 1..].iter().any(crossed) {
            self.pop_to(at);
        }
    }
}

/// What goes into the gap of a link: its number, which is looked up when the tag is read.
pub fn number_of_link(link: usize, out: &mut String) {
    out.push_str(&link.to_string());
    out.push('"');
}

/// HTML with only what XML has: `&nbsp;` is a character, and characters that XML 1.0 forbids are U+FFFD, so that it is seen
/// where they stood.
pub fn cleaned(html: Cow<'_, str>) -> Cow<'_, str> {
    // Whole blocks at a time, which processors do faster than to stop at the first that is not plain.
    let is_plain = |block: &[u8]| block.iter().fold(true, |plain, byte| plain & is_plain(*byte));
    let fits = html.as_bytes().chunks(256).all(is_plain) && !html.contains('\u{fffe}') && !html.contains('\u{ffff}');
    if fits && !html.contains("&nbsp;") {
        return html;
    }
    let html = html.replace("&nbsp;", "\u{a0}");
    Cow::Owned(html.chars().map(allowed).collect())
}

/// Whether a byte is of no control character that XML forbids.
fn is_plain(byte: u8) -> bool {
    (byte >= 0x20) | (byte == b'\t') | (byte == b'\n') | (byte == b'\r')
}

/// A character of XML 1.0 (2.2), or what stands for it.
fn allowed(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => character,
        _ => '\u{fffd}',
    }
}

/// Writes plain text into XML, in text or in an attribute.
pub fn push_text(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            character => out.push(allowed(character)),
        }
    }
}

/// Writes an attribute whose value is plain text.
pub fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_text(out, value);
    out.push('"');
}

/// Writes an attribute whose value is escaped, as HTML has it: there `<` may stand in a value.
pub fn push_escaped_attribute(out: &mut String, name: &str, value: &str) {
    out.extend([" ", name, "=\""]);
    match value.contains('<') {
        true => out.push_str(&value.replace('<', "&lt;")),
        false => out.push_str(value),
    }
    out.push('"');
}

/// An address outside the site as an absolute URL, every character of it allowed; none where it is no URL at all.
pub fn absolute_address(address: &str) -> Option<String> {
    url::Url::parse(address).ok().map(String::from).filter(|url| !url.contains([' ', '<', '>', '"']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(html: &str) -> String {
        let mut out = String::new();
        let html = cleaned(Cow::Borrowed(html));
        read(&html, &mut |event| match event {
            Event::Start(name, _) => out.push_str(&format!("<{name}>")),
            Event::End(name) => out.push_str(&format!("</{name}>")),
            Event::Text(text) => out.push_str(text),
        });
        out
    }

    #[test]
    fn what_is_open_is_closed() {
        for (html, expected) in [
            ("<p id=\"a\">甲<br>乙&nbsp;</p>", "<p>甲<br>乙\u{a0}</p>"),
            ("甲\u{1}乙\u{ffff}，", "甲\u{fffd}乙\u{fffd}，"),
            ("<p><span>甲<div>乙</div></span></p>", "<p><span>甲</span></p>乙"),
            ("<ul>\n甲<li>乙</li></ul>", "<ul><li>\n甲</li><li>乙</li></ul>"),
            (
                "<table><caption>甲</caption>乙<tr><td>丙</td></tr></table>",
                "<table><caption>甲</caption><tr><td>乙</td></tr><tr><td>丙</td></tr></table>",
            ),
            (
                "<table><tr><th>甲</th></tr><caption>乙</caption></table>",
                "<table><tr><th>甲</th></tr><tr><td><p>乙</p></td></tr></table>",
            ),
            (
                "<p><a href=\"1\">甲<sup class=\"noteref\"><a href=\"#fn-1\">1</a></sup>乙</a></p>",
                "<p><a>甲</a><sup><a>1</a></sup>乙</p>",
            ),
            ("<dl><dt>甲</dt><dd>乙</dd></dl><h1>丙</h1>", "<p>甲</p>乙<p>丙</p>"),
            ("<figure id=\"p\"><img></p><div>x</div><p></figure>", "<figure><img>x<p></p></figure>"),
            ("<ruby>字<rt>zi</rt></ruby><ruby>字</ruby><rt>x</rt>", "<ruby>字<rt>zi</rt></ruby>字x"),
            ("<p title=\"a>b\">甲", "<p>甲</p>"),
        ] {
            assert_eq!(walked(html), expected, "{html}");
        }
    }

    #[test]
    fn attributes_are_found() {
        let attributes = Attributes(" class=\"left\" id=\"x\" alt=\"\"");
        assert_eq!(attributes.get("id"), Some("x"));
        assert_eq!(attributes.get("alt"), Some(""));
        assert_eq!(attributes.get("d"), None);
        assert!(attributes.is("left"));
    }
}
