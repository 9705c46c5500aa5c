//! Notes below the text whose words belong in the record: who the author is, who prepared the page.
//!
//! A note moves only where it is plain whom it speaks of: the affiliation needs exactly one author. Any other note stays in
//! the text. The block stays either way, marked, so that a listing of the blocks still shows it.

use std::ops::Range;

use super::label::{self, Field};
use super::paragraphs::Line;
use super::special::{author_note, bracketed};
use crate::import::block::BlockKind;
use crate::import::capture::Import;
use crate::import::dropped::{Pieces, Taken, TakenAs};
use crate::import::meta::{self, compact};

/// How many who prepared a page are taken into the record.
const EDITORS: usize = 20;

/// Moves the words of notes into the record.
pub(crate) fn into_record(import: &mut Import, lines: &[Line<'_>]) {
    for block in &mut import.blocks {
        if !matches!(block.kind, BlockKind::NoteAuthor | BlockKind::NoteEditor) {
            continue;
        }
        let Some(line) = lines.get(block.line.saturating_sub(1)) else { continue };
        // A note printed over several lines is left alone; the proof goes by lines.
        if compact(line.text) != compact(&block.text) {
            continue;
        }
        let pieces = match (block.kind, import.meta.authors.as_mut_slice()) {
            (BlockKind::NoteAuthor, [author]) if author.affiliation.is_none() => affiliation(line.text).map(|words| {
                author.affiliation = Some(line.text.get(words.clone()).unwrap_or_default().to_string());
                vec![(0..words.start, TakenAs::Label), (words, TakenAs::Record)]
            }),
            // A page names a few; a text that names hundreds is about them.
            (BlockKind::NoteEditor, _) if import.meta.editors.len() < EDITORS => {
                editors(line.text).map(|(names, pieces)| {
                    import.meta.editors.extend(
                        names.into_iter().filter(|name| !import.meta.editors.contains(name)).collect::<Vec<_>>(),
                    );
                    pieces
                })
            }
            _ => None,
        };
        if let Some(pieces) = pieces {
            block.recorded = true;
            import.taken.push(Taken { line: line.number, text: line.text.to_string(), pieces });
        }
    }
}

/// The range of the words after 作者系.
fn affiliation(line: &str) -> Option<Range<usize>> {
    let words = author_note(bracketed(line)?)?.trim().trim_end_matches('。');
    // A note that names the author as well says more than an affiliation.
    let plain = ["系", "为", "是", "单位"].iter().any(|word| line.contains(&format!("作者{word}")));
    let start = line.find(words)?;
    (plain && !words.is_empty()).then(|| start..start + words.len())
}

/// The names after 责任编辑 and the like, and the pieces of the line.
fn editors(line: &str) -> Option<(Vec<String>, Pieces)> {
    let cut = label::cut(line)?;
    let known = cut.facts.iter().all(|fact| fact.field == Field::Editor && !fact.value.is_empty());
    if !known || !cut.before.is_empty() {
        return None;
    }
    let names = cut
        .facts
        .iter()
        .flat_map(|fact| {
            let value = line.get(fact.value.clone()).unwrap_or_default();
            meta::names(bracketed(value).unwrap_or(value))
        })
        .collect();
    let pieces =
        cut.facts.iter().flat_map(|fact| [(fact.label.clone(), TakenAs::Label), (fact.value.clone(), TakenAs::Record)]);
    Some((names, pieces.collect()))
}
