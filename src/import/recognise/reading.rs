//! From pieces to an import: the one way that every format goes.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::ends_like_title;
use super::outline::Outline;
use super::outline::recognise;
use super::paragraphs::{self, Line, Paragraph, is_visible};
use super::told::Told;
use super::{above, announced, boxed, breaks, fold, grid, head, label, notes, official, special, survey, tail, token};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Code;
use crate::fixity;
use crate::import::capture::{Capture, Import, Soundness, in_file};
use crate::import::dropped::{Dropped, WhyDropped};
use crate::import::flow::{Around, Dated, Evidence, Flow, Form, Piece, Sense};
use crate::import::meta::Meta;
use crate::import::read::links;
use crate::import::write::{anchors, fidelity};
use crate::record::printed_date;
use crate::text::tape::Align;

/// How many lines around the text may belong to its head.
const HEAD: usize = 25;
/// How many lines are looked at for an announcement and the head below it.
const ANNOUNCED: usize = 60;
/// How many lines below the text may be its notes.
const NOTES: usize = 6;

/// What an import is finished from.
pub(crate) struct Parts<'a> {
    /// All of the capture.
    pub lines: &'a [Line<'a>],
    /// What the outline was made of.
    pub paragraphs: &'a [Paragraph],
    /// Lines with a date that was not understood.
    pub unread_dates: &'a [usize],
    /// Only its place tells the title.
    pub title_guessed: bool,
    /// Lines that read back otherwise than printed.
    pub expected: BTreeMap<usize, String>,
    /// The line that a name leads to.
    pub anchors: &'a BTreeMap<String, usize>,
}

/// An import of a capture, before anything is read of it.
pub(crate) fn import(capture: &Capture<'_>, media_type: &'static str, encoding: &str) -> Import {
    Import {
        reader: "",
        meta: Meta::default(),
        blocks: Vec::new(),
        dropped: Vec::new(),
        diagnostics: Vec::new(),
        encoding: encoding.to_string(),
        sha256: fixity::hex_text(&fixity::sha256(capture.bytes)),
        bytes: capture.bytes.len(),
        media_type,
        media: Vec::new(),
        changes: Vec::new(),
        evidence: Vec::new(),
        body: String::new(),
        soundness: Soundness::Open,
        taken: Vec::new(),
    }
}

/// Reads what a format's reader brought.
pub(crate) fn read(capture: &Capture<'_>, mut flow: Flow) -> Import {
    breaks::settle(&mut flow);
    boxed::settle(&mut flow);
    above::settle(&mut flow);
    leave_out_unseen(&mut flow);
    let mut import = import(capture, flow.media_type, &flow.encoding);
    let lines: Vec<Line<'_>> =
        flow.pieces.iter().enumerate().map(|(at, piece)| Line { number: at + 1, text: &piece.text }).collect();
    let parts = Regions::of(&flow);

    let inside: Vec<Line<'_>> = lines.iter().filter(|line| parts.text.contains(&line.number)).copied().collect();
    let tail = tail_of(&flow, &inside);
    let above = without(&inside, tail.dropped.iter().map(|dropped| dropped.line));
    let mut head = announced_head(&flow, &above).unwrap_or_else(|| {
        let top = may_be_head(&flow, &above);
        let known = head::Known { goes_on: top.len() < above.len(), ..known(&flow) };
        head::read_marked(&spaced(&first_lines(&lines, &parts, top)), known)
    });
    let taken: BTreeSet<usize> = head.taken.iter().map(|taken| taken.line).collect();
    let body = without(&above, taken.iter().copied());
    official::signed(&body, &mut head.meta);
    let paragraphs = paragraphs::join_split_headings(body.iter().filter_map(|line| paragraph(&flow, line)).collect());
    let outline = recognise(&paragraphs);

    let mut rights = tail.rights;
    let outside = outside(&flow, &parts, &taken, &mut rights);
    import.meta = Meta { rights: rights.or(head.meta.rights.clone()), ..head.meta };
    import.evidence = std::mem::take(&mut flow.evidence);
    let is_kept = |found: &Evidence| found.field != "date" || import.meta.date.as_ref() == Some(&found.value);
    import.evidence.retain(is_kept);
    likely_date(&mut import, std::mem::take(&mut flow.dates), capture.name);
    import.dropped = head.dropped.into_iter().chain(tail.dropped).chain(outside).collect();
    import.dropped.sort_by_key(|dropped| dropped.line);
    import.taken = head.taken;
    import.changes = flow.changes.clone();
    import.diagnostics.extend(flow.diagnostics.iter().cloned().map(|fault| in_file(fault, capture.name)));
    import.diagnostics.extend(fidelity::verify_reader(&flow, capture.name));
    let labels: BTreeSet<&str> = paragraphs
        .iter()
        .filter_map(|paragraph| if let Form::Note(label) = &paragraph.form { Some(label.as_str()) } else { None })
        .collect();
    let expected = flow
        .pieces
        .iter()
        .enumerate()
        .filter_map(|(at, piece)| Some((at + 1, fidelity::expected(piece, &|label| labels.contains(label))?)))
        .collect();
    let anchors = &flow.anchors;
    let parts = Parts {
        lines: &lines,
        paragraphs: &paragraphs,
        unread_dates: &head.unread_dates,
        title_guessed: head.title_guessed,
        expected,
        anchors,
    };
    let mut import = finish(import, outline, capture.name, &parts);
    import.media = flow.media;
    editors_are_no_authors(&mut import.meta, &flow.stated, &head.authors_printed);
    import
}

/// The lines at the top that can stand in a head by their form.
fn may_be_head<'a, 'l>(flow: &Flow, lines: &'l [Line<'a>]) -> &'l [Line<'a>] {
    let end = lines.iter().position(|line| !may_stand_in_head(flow, line)).unwrap_or(lines.len());
    lines.get(..end).unwrap_or_default()
}

/// The head of a text that an announcement brings. No line is taken out, since it stands in the middle of what is printed.
fn announced_head(flow: &Flow, lines: &[Line<'_>]) -> Option<head::Head> {
    if flow.stated.title.is_some() {
        return None;
    }
    let visible: Vec<Line<'_>> = lines.iter().filter(|line| is_visible(line.text)).take(ANNOUNCED).copied().collect();
    let announced = announced::find(&visible)?;
    let below = may_be_head(flow, visible.get(announced.length..)?);
    let known = head::Known { marked: None, goes_on: true, ..known(flow) };
    let mut head = head::read_marked(&spaced(below), known);
    // What an announcement only adds stands below 附件.
    let is_added =
        below.first().is_some_and(|line| special::find(line.text.trim(), special::Stretch::Opening).is_some());
    let title = announced.title.or(head.meta.title.filter(|title| !is_added && ends_like_title(title)))?;
    head.meta.title = Some(title);
    head.meta.doc_number = head.meta.doc_number.or(announced.number);
    head.meta.issuer = head.meta.issuer.or(announced.issuer);
    head.meta.date.get_or_insert(announced.day);
    (head.taken, head.dropped, head.title_guessed) = (Vec::new(), Vec::new(), false);
    Some(head)
}

/// The furniture below the text. What stands in lists and tables at the end is text, however it reads.
fn tail_of(flow: &Flow, inside: &[Line<'_>]) -> tail::Tail {
    let lowest = inside.iter().rposition(|line| !may_end(flow, line)).map_or(0, |at| at + 1);
    let mut tail = tail::find(&spaced(inside.get(lowest..).unwrap_or_default()));
    // A form that is to be filled in and signed is part of a document.
    let is_page = origin(flow.media_type) == head::Origin::Page;
    tail.dropped
        .retain(|dropped| dropped.why != WhyDropped::NoValue || (is_page && !shows_image_below(flow, dropped.line)));
    tail
}

/// What the format says of the lines of the head.
fn known(flow: &Flow) -> head::Known {
    let is_centred = |piece: &Piece| piece.align == Some(Align::Center);
    head::Known {
        stated: flow.stated.clone(),
        marked: marked_title(flow),
        file_title: flow.file_title.clone(),
        centred: (1..).zip(&flow.pieces).filter(|(_, piece)| is_centred(piece)).map(|(at, _)| at).collect(),
        origin: origin(flow.media_type),
        goes_on: false,
    }
}

/// Where a capture of this media type was before. Markdown is what people make of pages, too.
fn origin(media_type: &str) -> head::Origin {
    match media_type {
        "text/html" | "multipart/related" | "text/markdown" => head::Origin::Page,
        _ => head::Origin::Document,
    }
}

/// Who the page states is its author and prints as its editor is the editor.
fn editors_are_no_authors(meta: &mut Meta, stated: &Meta, printed: &[String]) {
    let editors = std::mem::take(&mut meta.editors);
    meta.authors.retain(|author| {
        let is_stated = stated.authors.iter().any(|own| own.name == author.name);
        !is_stated || printed.contains(&author.name) || !editors.contains(&author.name)
    });
    meta.editors = editors;
}

/// Pieces without a character that is seen are no part of the text.
fn leave_out_unseen(flow: &mut Flow) {
    for piece in flow.pieces.iter_mut().filter(|piece| piece.outside.is_none() && piece.marks.is_empty()) {
        let blank = !is_visible(&piece.text) && matches!(piece.form, Form::Paragraph | Form::Heading(_));
        piece.outside = blank.then_some(WhyDropped::Invisible);
    }
}

/// The lines that may be the head: those around the text that can stand in one, and the first of the text.
fn first_lines<'a>(lines: &[Line<'a>], parts: &Regions, text: &[Line<'a>]) -> Vec<Line<'a>> {
    let may_be = |line: &&Line<'_>| parts.head.contains(&line.number) && survey::may_be(line.text.trim());
    let mut first: Vec<Line<'a>> = lines.iter().filter(may_be).chain(text).copied().collect();
    first.sort_by_key(|line| line.number);
    first
}

/// A date alone, however it is set: also as a quotation below the title.
fn is_date(piece: &Piece) -> bool {
    piece.inside.iter().all(|inside| inside.around == Around::Quote)
        && special::lone_month(&fold::fold(piece.text.trim()).text).is_some()
}

/// Whether a line may be furniture at the end by its form.
fn may_end(flow: &Flow, line: &Line<'_>) -> bool {
    flow.pieces.get(line.number - 1).is_some_and(|piece| {
        let in_list = || is_in_bullets(piece) && tail::recognise(piece.text.trim()).is_some();
        piece.form == Form::Paragraph && (piece.inside.is_empty() || in_list())
    })
}

/// Whether a line of the text can belong to its head by its form.
fn may_stand_in_head(flow: &Flow, line: &Line<'_>) -> bool {
    let Some(piece) = flow.pieces.get(line.number - 1) else { return false };
    match piece.form {
        Form::Paragraph | Form::Heading(_) => piece.inside.is_empty() || is_date(piece) || states(piece),
        Form::Table(_) => piece.inside.is_empty() && grid::cut(&piece.text).is_some(),
        _ => false,
    }
}

/// A fact of the head that its page sets as an item of a list.
fn states(piece: &Piece) -> bool {
    let text = piece.text.trim();
    is_in_bullets(piece) && label::cut(text).or_else(|| label::cut_unlabelled(text)).is_some() && survey::may_be(text)
}

fn is_in_bullets(piece: &Piece) -> bool {
    !piece.inside.is_empty() && piece.inside.iter().all(|inside| inside.around == Around::Bullet)
}

/// Whether a label at the end names a picture below it.
fn shows_image_below(flow: &Flow, line: usize) -> bool {
    let shows = |piece: &Piece| piece.marks.iter().any(|mark| matches!(mark.sense, Sense::Image(_)));
    flow.pieces.iter().skip(line).any(|piece| piece.outside.is_none() && shows(piece))
}

/// The title that mark-up states: the first piece of the text is a heading, and no other is of its level or above.
fn marked_title(flow: &Flow) -> Option<String> {
    let level = |piece: &Piece| if let Form::Heading(level) = piece.form { Some(level) } else { None };
    let mut text = flow.pieces.iter().filter(|piece| piece.outside.is_none() && is_visible(&piece.text));
    let first = text.next()?;
    let own = level(first)?;
    let title = first.text.trim();
    let alone = text.filter_map(level).all(|other| other > own);
    let numbered = token::find(title).is_some() || survey::is_red_head(title);
    (alone && own == 1 && !numbered && title.chars().any(char::is_alphanumeric)).then(|| title.to_string())
}

/// The pieces outside the text; a rights notice among them may be stronger than the one that is known.
fn outside(flow: &Flow, parts: &Regions, taken: &BTreeSet<usize>, rights: &mut Option<String>) -> Vec<Dropped> {
    let mut outside = Vec::new();
    for (at, piece) in flow.pieces.iter().enumerate() {
        let number = at + 1;
        if parts.text.contains(&number) || taken.contains(&number) {
            continue;
        }
        let named = tail::recognise(piece.text.trim()).filter(|_| parts.below(number));
        if named == Some(WhyDropped::RightsNotice) {
            let strength = |text: &str| tail::rights_strength(text);
            if rights.as_deref().is_none_or(|known| strength(known) < strength(&piece.text)) {
                *rights = Some(piece.text.trim().to_string());
            }
        }
        let why = named.or(piece.outside).unwrap_or(WhyDropped::PageFurniture);
        outside.push(Dropped { line: number, text: piece.text.clone(), why });
    }
    outside
}

/// The date where no line and no statement has one: what the format found in other places, then the file's name.
pub(crate) fn likely_date(import: &mut Import, dates: Vec<Dated>, name: &str) {
    if import.meta.date.is_some() || import.meta.created.is_some() {
        return;
    }
    let named = in_file_name(name).map(|date| Dated { date, from: "file name".to_string() });
    if let Some(found) = dates.into_iter().chain(named).next() {
        import.meta.date = Some(found.date.clone());
        import.evidence.push(Evidence { field: "date", value: found.date, from: found.from });
    }
}

/// The day that a file's name begins with, as posts of Jekyll do: `2016-05-21-title.md`
fn in_file_name(name: &str) -> Option<String> {
    let name = name.rsplit(['/', '\\']).next()?;
    let day = name.get(..10).filter(|_| name.get(10..).is_some_and(|rest| rest.starts_with(['-', '_', ' ', '.'])))?;
    printed_date::read(&day.replace(['_', '.'], "-")).filter(|date| date.whole).map(|date| date.edtf)
}

/// Takes the blocks, the notes among them, and what is to be told; then proves the import.
pub(crate) fn finish(mut import: Import, outline: Outline, name: &str, parts: &Parts<'_>) -> Import {
    import.blocks = outline.blocks;
    inner_links(&mut import, name, parts);
    notes::into_record(&mut import, parts.lines);
    let told = Told { name, lines: parts.lines };
    import.diagnostics.extend(parts.unread_dates.iter().map(|line| told.unread_date(*line)));
    let guessed = import.meta.title.as_deref().filter(|_| parts.title_guessed);
    import.diagnostics.extend(guessed.map(|title| told.guessed_title(title)));
    let of_symbol = |fault: &&Diagnostic| fault.code() == Code::SymbolFont;
    let symbols: BTreeSet<usize> =
        import.diagnostics.iter().filter(of_symbol).filter_map(|fault| Some(fault.place.as_ref()?.line)).collect();
    import.diagnostics.extend(told.lost_characters(&symbols));
    import.diagnostics.extend(outline.doubts.iter().filter_map(|doubt| {
        let line = parts.paragraphs.get(doubt.paragraph)?.line;
        Some(told.at_line(doubt.fault.clone(), line))
    }));
    import.body = import.markdown_body();
    let read_back = fidelity::read_back(&import.body);
    import.soundness = read_back.soundness;
    import.diagnostics.extend(fidelity::verify(&import, name, &read_back, parts.lines, &parts.expected));
    import.diagnostics.sort_by_key(|diagnostic| diagnostic.place.as_ref().map(|place| place.line));
    import
}

/// Gives the links within the text their headings, and tells those that lead nowhere.
fn inner_links(import: &mut Import, name: &str, parts: &Parts<'_>) {
    let lost = anchors::settle(&mut import.blocks, parts.anchors);
    if let Some((line, address)) = lost.first() {
        let told = Told { name, lines: parts.lines };
        import.diagnostics.push(told.at_line(links::left_out(address, lost.len()), *line));
    }
    import.changes.extend(lost.into_iter().map(|(line, address)| links::change(line, address)));
}

/// The lines that are not in a list of line numbers.
pub(crate) fn without<'a>(lines: &[Line<'a>], numbers: impl Iterator<Item = usize>) -> Vec<Line<'a>> {
    let numbers: BTreeSet<usize> = numbers.collect();
    lines.iter().filter(|line| !numbers.contains(&line.number)).copied().collect()
}

/// Pieces stand apart as paragraphs between blank lines do.
fn spaced<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    lines.iter().flat_map(|line| [*line, Line { number: 0, text: "" }]).collect()
}

/// A piece as a paragraph, without the space around it.
fn paragraph(flow: &Flow, line: &Line<'_>) -> Option<Paragraph> {
    let piece = flow.pieces.get(line.number - 1)?;
    let mut paragraph = Paragraph {
        text: piece.text.clone(),
        line: line.number,
        form: piece.form.clone(),
        marks: piece.marks.clone(),
        inside: piece.inside.clone(),
        align: piece.align,
    };
    if !matches!(piece.form, Form::Code | Form::Table(_)) {
        let lead = piece.text.len() - piece.text.trim_start().len();
        paragraph.text = piece.text.trim().to_string();
        let end = paragraph.text.len();
        for mark in &mut paragraph.marks {
            mark.range = mark.range.start.saturating_sub(lead).min(end)..mark.range.end.saturating_sub(lead).min(end);
        }
    }
    let is_note = matches!(piece.form, Form::Note(_));
    let blank = paragraph.text.is_empty() && paragraph.marks.is_empty() && !is_note;
    (!blank).then_some(paragraph)
}

/// Which lines are the text, and which of the others may be its head.
struct Regions {
    text: BTreeSet<usize>,
    head: BTreeSet<usize>,
    last: usize,
}

impl Regions {
    fn of(flow: &Flow) -> Self {
        let numbered = || flow.pieces.iter().enumerate().map(|(at, piece)| (at + 1, piece));
        let mut text: BTreeSet<usize> =
            numbered().filter(|(_, piece)| piece.outside.is_none()).map(|(number, _)| number).collect();
        // The head may go on between the first lines of the text, up to one that reads like text.
        let reads = |number: &&usize| {
            flow.pieces
                .get(*number - 1)
                .is_some_and(|piece| !survey::may_be(piece.text.trim()) || !piece.inside.is_empty())
        };
        let first = text.iter().find(reads).or(text.first()).copied().unwrap_or(usize::MAX);
        let last = text.last().copied().unwrap_or(0);
        let may_be = |why: Option<WhyDropped>| matches!(why, Some(WhyDropped::PageTitle | WhyDropped::PageFurniture));
        let above: Vec<usize> = numbered()
            .filter(|(number, piece)| *number < first && may_be(piece.outside))
            .map(|(number, _)| number)
            .collect();
        let mut head: BTreeSet<usize> = above.iter().rev().take(HEAD).copied().collect();
        head.extend(
            numbered().filter(|(_, piece)| piece.outside == Some(WhyDropped::PageTitle)).map(|(number, _)| number),
        );
        // Who the author is and who prepared the page often stands just below the text's own part of the page.
        for (number, piece) in numbered().skip(last).take(NOTES) {
            let note = special::find(&piece.text, special::Stretch::Later);
            if matches!(
                note,
                Some(special::Special::NoteAuthor | special::Special::NoteEditor | special::Special::NotePublic)
            ) {
                text.insert(number);
            }
        }
        Self { text, head, last }
    }

    fn below(&self, number: usize) -> bool {
        number > self.last
    }
}
