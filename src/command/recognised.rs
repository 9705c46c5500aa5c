//! What was recognised, for people: a few lines a capture, the capture beside what became of it, and a table over many.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::terminal::Terminal;
use crate::diagnostic::Severity;
use crate::diagnostic::code::Code;
use crate::diagnostic::messages::{Hint, Label, Recognised, Told, WhyDropped};
use crate::import::TakenAs::Record as InRecord;
use crate::import::write::shelf::ShelfPlace;
use crate::import::{Block, BlockKind, Import, Taken};

/// Most files of a text that are named.
const FILES: usize = 8;

/// A capture that was read.
pub(super) struct Captured {
    /// As messages have it: a path or an address.
    pub(super) name: String,
    /// What the kept capture is called.
    pub(super) file: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    pub(super) import: Import,
}

/// What a run came to.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) imported: usize,
    pub(super) known: usize,
    pub(super) updated: usize,
    pub(super) changed: usize,
    pub(super) failed: usize,
    /// Captures by what they are: media type and encoding.
    formats: BTreeMap<(String, String), usize>,
    /// Captures by the collection they went to.
    collections: BTreeMap<String, usize>,
    headings: usize,
    paragraphs: usize,
    dropped: BTreeMap<WhyDropped, usize>,
    doubts: BTreeMap<Code, usize>,
}

impl Tally {
    /// All that were counted.
    pub(super) fn captures(&self) -> usize {
        self.imported + self.known + self.updated + self.changed + self.failed
    }

    /// Counts what was recognised and where it goes.
    pub(super) fn count(&mut self, import: &Import, place: &ShelfPlace) {
        if let ShelfPlace::New { collection, .. } = place {
            *self.collections.entry(collection.clone()).or_default() += 1;
        }
        if !matches!(place, ShelfPlace::Known { .. }) {
            self.tell_of(import);
        }
    }

    /// Counts what was recognised.
    pub(super) fn tell_of(&mut self, import: &Import) {
        *self.formats.entry((import.media_type.to_string(), import.encoding.clone())).or_default() += 1;
        let headings = import.blocks.iter().filter(|block| block.kind == BlockKind::Heading).count();
        self.headings += headings;
        self.paragraphs += import.blocks.len() - headings;
        for dropped in &import.dropped {
            *self.dropped.entry(dropped.why).or_default() += 1;
        }
        for doubt in import.diagnostics.iter().filter(|doubt| doubt.severity != Severity::Error) {
            *self.doubts.entry(doubt.code()).or_default() += 1;
        }
    }
}

/// One table for a run of many captures.
pub(super) fn table(tally: &Tally, terminal: &Terminal) {
    let say = |label: Label| terminal.say(&label);
    let mut rows: Vec<(String, String, usize)> = Vec::new();
    for ((media_type, encoding), count) in &tally.formats {
        rows.push((say(Label::ReadAs), format!("{media_type}, {encoding}"), *count));
    }
    for (collection, count) in &tally.collections {
        rows.push((say(Label::PutInto), format!("content/{collection}/"), *count));
    }
    rows.push((say(Label::Recognised), say(Label::Headings), tally.headings));
    rows.push((say(Label::Recognised), say(Label::Blocks), tally.paragraphs));
    rows.extend(tally.dropped.iter().map(|(why, count)| (say(Label::Dropped), terminal.say(why), *count)));
    rows.extend(tally.doubts.iter().map(|(code, count)| (say(Label::ToLookAt), code.to_string(), *count)));
    let width = rows.iter().map(|(_, what, _)| what.width()).max().unwrap_or(0).min(60);
    let mut last = String::new();
    for (group, what, count) in rows {
        let shown = if group == last { "" } else { &group };
        terminal.words(&format!("  {}{}  {count:>8}", filled(shown, 11), fitted(&what, width)));
        last = group;
    }
}

/// Says what a newer capture would change.
pub(super) fn newer(captured: &Captured, place: &ShelfPlace, diff: &str, terminal: &Terminal) {
    let ShelfPlace::Newer { record } = place else { return };
    let line = Told::NewerCapture { file: captured.file.clone(), record: record.clone() };
    terminal.words(&format!("{}\n", terminal.say(&line)));
    terminal.words(diff);
    terminal.words(&format!("\n{}\n", terminal.say(&Hint::HowToUpdate)));
}

/// The capture on the left, what became of each line on the right.
pub(super) fn side_by_side(import: &Import, terminal: &Terminal) {
    let mut lines: BTreeMap<usize, (String, String)> = BTreeMap::new();
    let mut add = |line: usize, text: &str, what: String| {
        let (words, sense) = lines.entry(line).or_default();
        if !words.contains(text) {
            words.push_str(text);
        }
        if !sense.is_empty() {
            sense.push_str(if terminal.lang().is_chinese() { "；" } else { "; " });
        }
        sense.push_str(&what);
    };
    for taken in &import.taken {
        let fields = fields(import, taken, terminal);
        if !fields.is_empty() {
            add(taken.line, &taken.text, fields.join(comma(terminal)));
        }
    }
    for dropped in &import.dropped {
        let why = terminal.say(&dropped.why);
        add(dropped.line, &dropped.text, terminal.say(&Told::DroppedBecause { why }));
    }
    for block in import.blocks.iter().filter(|block| !block.recorded) {
        add(block.line, &block.printed(), sense(block, terminal));
    }
    terminal.words("");
    let columns = terminal.columns().clamp(60, 160);
    let right = 32;
    let left = columns - right - 10;
    for (line, (words, sense)) in lines {
        terminal.words(&format!(
            "{line:>6} {} │ {}",
            fitted(&words.replace(['\n', '\t'], " "), left),
            fitted(&sense, right).trim_end()
        ));
    }
    terminal.words("");
}

/// The record's fields that a line's words went to.
fn fields(import: &Import, taken: &Taken, terminal: &Terminal) -> Vec<String> {
    let meta = &import.meta;
    let squeeze = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
    let recorded: Vec<String> = taken
        .pieces
        .iter()
        .filter(|(_, place)| *place == InRecord)
        .map(|(range, _)| squeeze(taken.text.get(range.clone()).unwrap_or_default()))
        .collect();
    let holds = |value: Option<&str>| {
        let value = squeeze(value.unwrap_or_default());
        !value.is_empty()
            && recorded.iter().any(|piece| {
                // A title over two lines is more than each of them.
                piece.contains(&value) || recorded.len() == 1 && value.contains(piece.as_str())
            })
    };
    let people = || meta.authors.iter();
    let known = [
        (Label::Title, holds(meta.title.as_deref())),
        (Label::Subtitle, holds(meta.subtitle.as_deref())),
        (Label::Author, people().any(|author| holds(Some(&author.name)))),
        (Label::Affiliation, people().any(|author| holds(author.affiliation.as_deref()))),
        (Label::Date, holds(meta.date.as_deref()) || holds(meta.date_printed.as_deref())),
        (Label::Created, holds(meta.created.as_deref())),
        (Label::Source, holds(meta.source.as_deref())),
        (Label::Issuer, holds(meta.issuer.as_deref())),
        (Label::Number, holds(meta.doc_number.as_deref())),
        (Label::IndexNumber, holds(meta.index_number.as_deref())),
        (Label::Subjects, meta.subjects.iter().any(|subject| holds(Some(subject)))),
        (Label::Editors, meta.editors.iter().any(|editor| holds(Some(editor)))),
    ];
    let found: Vec<String> =
        known.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| terminal.say(&name)).collect();
    if found.is_empty() && !recorded.is_empty() { vec![terminal.say(&Label::InTheRecord)] } else { found }
}

/// What a block is, in a few words.
fn sense(block: &Block, terminal: &Terminal) -> String {
    let (indent, name) = match block.kind {
        BlockKind::Heading if block.contents => (0, Recognised::ContentsLine),
        BlockKind::Heading => (block.level.saturating_sub(1), Recognised::Heading { level: block.level }),
        BlockKind::Paragraph => (0, Recognised::Paragraph),
        BlockKind::Item => (0, Recognised::Item),
        BlockKind::Clause => (0, Recognised::Clause),
        BlockKind::Salutation => (0, Recognised::Salutation),
        BlockKind::Date => (0, Recognised::Date),
        BlockKind::AttachmentList => (0, Recognised::AttachmentList),
        BlockKind::AttachmentHead => (0, Recognised::Attachment),
        BlockKind::NoteAuthor => (0, Recognised::NoteAuthor),
        BlockKind::NoteEditor => (0, Recognised::NoteEditor),
        BlockKind::NotePublic => (0, Recognised::NotePublic),
        BlockKind::Table => (0, Recognised::Table),
        BlockKind::Figure => (0, Recognised::Figure),
        BlockKind::Quote => (0, Recognised::Quotation),
        BlockKind::Code => (0, Recognised::Preformatted),
        BlockKind::Footnote => (0, Recognised::Footnote),
    };
    format!("{}{}", "  ".repeat(indent), terminal.say(&name))
}

/// A short text filled to a width in columns.
pub(super) fn filled(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A text cut or filled to a width in columns.
fn fitted(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    let whole = text.width() <= width;
    for character in text.trim().chars() {
        let columns = character.width().unwrap_or(0);
        if used + columns > if whole { width } else { width - 1 } {
            break;
        }
        out.push(character);
        used += columns;
    }
    if !whole {
        out.push('…');
        used += 1;
    }
    out.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
    out
}

/// The files that a text brings with it from beside the capture, or from inside it.
fn kept_files(import: &Import) -> String {
    let mut names: Vec<&str> = import.media.iter().take(FILES).map(|file| file.name.as_str()).collect();
    let more = format!("… {}", import.media.len());
    if import.media.len() > FILES {
        names.push(&more);
    }
    names.join(", ")
}

/// Tells a person what was recognised, what was dropped, and where it went.
pub(super) fn tell(captured: &Captured, place: Option<&ShelfPlace>, terminal: &Terminal) {
    let import = &captured.import;
    let file = captured.file.clone();
    let mut told = match place {
        None => file,
        Some(ShelfPlace::New { collection, id, .. }) => {
            terminal.say(&Told::Imported { file, record: format!("content/{collection}/{id}/index.md") })
        }
        Some(ShelfPlace::Waiting { record, .. }) => terminal.say(&Told::FilledIn { file, record: record.clone() }),
        Some(ShelfPlace::Newer { record }) => terminal.say(&Told::Updated { file, record: record.clone() }),
        Some(ShelfPlace::Known { record }) => {
            terminal.words(&terminal.say(&Told::AsKnown { file, record: record.clone() }));
            return;
        }
    };
    let meta = &import.meta;
    let authors: Vec<String> = meta
        .authors
        .iter()
        .map(|author| match &author.affiliation {
            Some(affiliation) => format!("{}（{affiliation}）", author.name),
            None => author.name.clone(),
        })
        .collect();
    let mut line = |label: Label, value: &str| {
        if !value.is_empty() {
            // Writing into a String cannot fail.
            let _ = write!(told, "\n  {}{value}", filled(&terminal.say(&label), 9));
        }
    };
    line(Label::Title, &meta.title.clone().unwrap_or_else(|| terminal.say(&Told::NoTitleFound)));
    line(Label::Author, &authors.join(", "));
    line(Label::Date, meta.date.as_deref().unwrap_or_default());
    line(Label::Source, meta.source.as_deref().unwrap_or_default());
    line(Label::Issuer, meta.issuer.as_deref().unwrap_or_default());
    line(Label::Number, meta.doc_number.as_deref().unwrap_or_default());
    line(Label::Rights, meta.rights.as_deref().unwrap_or_default());
    line(Label::Text, &terminal.say(&outline(import)));
    line(Label::Dropped, &dropped(import, terminal).map_or_else(String::new, |line| terminal.say(&line)));
    line(Label::Files, &kept_files(import));
    let encoding = Some(import.encoding.as_str()).filter(|encoding| *encoding != "binary");
    let reader = import.reader.to_uppercase();
    let read_as: Vec<&str> = [reader.as_str()].into_iter().chain(encoding).collect();
    let sha256 = &import.sha256[..16.min(import.sha256.len())];
    line(Label::ReadAs, &format!("{}, SHA-256 {sha256}…", read_as.join(", ")));
    terminal.words(&told);
    for doubt in &import.diagnostics {
        terminal.diagnostic(doubt);
    }
}

/// “25 headings (5 + 20), 27 paragraphs”
fn outline(import: &Import) -> Told {
    let mut levels: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut headings, mut others) = (0, 0);
    for block in &import.blocks {
        if block.kind == BlockKind::Heading {
            headings += 1;
            *levels.entry(block.level).or_default() += 1;
        } else if !matches!(block.kind, BlockKind::NoteAuthor | BlockKind::NoteEditor) {
            // What a note says of its author or editor is in the record.
            others += 1;
        }
    }
    let by_level: Vec<String> = levels.values().map(usize::to_string).collect();
    Told::Outline { headings, levels: by_level.join(" + "), has_levels: by_level.len() > 1, paragraphs: others }
}

/// “7 lines: page title, menus (4), …”
fn dropped(import: &Import, terminal: &Terminal) -> Option<Told> {
    let mut counts: Vec<(WhyDropped, usize)> = Vec::new();
    for dropped in &import.dropped {
        match counts.iter_mut().find(|(why, _)| *why == dropped.why) {
            Some((_, count)) => *count += 1,
            None => counts.push((dropped.why, 1)),
        }
    }
    let said = |(why, count): &(WhyDropped, usize)| match count {
        1 => terminal.say(why),
        count => format!("{} ×{count}", terminal.say(why)),
    };
    let reasons: Vec<String> = counts.iter().map(said).collect();
    let reasons = reasons.join(comma(terminal));
    (!reasons.is_empty()).then_some(Told::DroppedLines { count: import.dropped.len(), reasons })
}

/// What stands between two of a list.
fn comma(terminal: &Terminal) -> &'static str {
    if terminal.lang().is_chinese() { "、" } else { ", " }
}
