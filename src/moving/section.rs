//! Another id for a section.
//!
//! It is written at the heading, `{#opening}`. Sections below it whose ids come from its own (`s1-2` below `s1`) change
//! with it; the record keeps the former id of each, so that every old address leads on.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Plan, Rewritten, change_record, mend, read, record, with_edits};
use crate::archive::link::{self, Named};
use crate::archive::places::listed;
use crate::archive::{Archive, reserved};
use crate::diagnostic::messages::MoveMessage;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::record::edit::Splice;
use crate::record::fields::nearest;
use crate::record::front_matter;
use crate::text::anchor::is_id;
use crate::text::parse::{self, Ids, Manner};

/// Plans it.
pub(crate) fn plan(archive: &Archive, document: usize, old: &str, new: &str) -> Result<Plan, Diagnostic> {
    let entry = &archive.documents[document];
    let (text, body) = read(archive, entry)?;
    let before = headings(archive, document, &text, body)?;
    let refused = |message: MoveMessage| Err(Diagnostic::error(message));
    let Some(at) = before.iter().position(|(id, _)| id == old) else {
        let ids: Vec<&str> = before.iter().map(|(id, _)| id.as_str()).collect();
        return refused(MoveMessage::SectionToMoveMissing {
            section: old.to_string(),
            document: entry.id.to_string(),
            near: nearest(old, &ids).map(str::to_string),
            known: listed(&ids),
        });
    };
    if !is_id(new) || reserved::is_own_page(new) {
        return refused(MoveMessage::InvalidSectionId { id: new.to_string() });
    }
    if before.iter().any(|(id, _)| id.eq_ignore_ascii_case(new) && id != old) {
        return refused(MoveMessage::SectionIdTaken { id: new.to_string(), document: entry.id.to_string() });
    }
    let edit = named(&text, before[at].1.clone(), old, new);
    let edited = with_edits(&text, &entry.source.path, vec![edit])?;
    let split = front_matter::split(Source { file: &entry.source.path, text: &edited })?;
    let after: Vec<String> = headings(archive, document, &edited, split.body)?.into_iter().map(|(id, _)| id).collect();
    if after.len() != before.len() || after[at] != new {
        let place = Source { file: &entry.source.path, text: &text };
        let message = MoveMessage::HeadingByHand { old: old.to_string(), new: new.to_string() };
        return Err(Diagnostic::error(message).at(place, before[at].1.clone()));
    }
    let renamed: Vec<(String, String)> = before
        .iter()
        .zip(&after)
        .filter(|((old, _), new)| old != *new)
        .map(|((old, _), new)| (old.clone(), new.clone()))
        .collect();
    let mut plan = Plan { kept: renamed.clone(), ..Plan::default() };
    let new_of: BTreeMap<&str, &str> = renamed.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
    let own = entry.source.path.as_str();
    mend(archive, &mut plan, |_, file, destination| {
        let fragment = match link::named(archive, file, destination) {
            Named::Here(Some(fragment)) if file == own => fragment,
            Named::Document { document: named, fragment: Some(fragment), .. } if named == document => fragment,
            _ => return None,
        };
        let new = new_of.get(fragment.as_str())?;
        Some(format!("{}#{new}", destination.split('#').next().unwrap_or_default()))
    })?;
    // The heading is found anew: links before it may have become longer.
    let file = plan.files.remove(own).unwrap_or_else(|| Rewritten { before: text.clone(), after: text });
    let text = file.after;
    let split = front_matter::split(Source { file: own, text: &text })?;
    let heading = headings(archive, document, &text, split.body)?.swap_remove(at);
    let edit = named(&text, heading.1, old, new);
    let with_heading = with_edits(&text, own, vec![edit])?;
    plan.files.insert(own.to_string(), Rewritten { before: file.before, after: with_heading });
    change_record(archive, &mut plan, own, |record| record::keep_sections(record, &renamed, &after))?;
    Ok(plan)
}

/// Ids and places of all sections. A text whose ids are not in order is left to its owner.
fn headings(
    archive: &Archive,
    document: usize,
    text: &str,
    body: Range<usize>,
) -> Result<Vec<(String, Range<usize>)>, Diagnostic> {
    let entry = &archive.documents[document];
    let mut report = Report::new();
    let manner = Manner {
        title: &entry.record.title,
        allow_html: archive.site.allow_html,
        numbered: false,
        restore: false,
        ids: Ids::All,
    };
    let document = parse::parse(Source { file: &entry.source.path, text }, body, manner, &mut report);
    if let Some(fault) = report.sorted().into_iter().find(|fault| fault.is_error()) {
        return Err(fault.clone());
    }
    let headings = document.parts.into_iter().filter_map(|part| part.heading);
    Ok(headings.map(|heading| (heading.id, heading.span)).collect())
}

/// What gives a heading an id: a change within it, or something at its end.
fn named(text: &str, heading: Range<usize>, old: &str, new: &str) -> Splice {
    let inside = text[heading.clone()].trim_end();
    if let Some(block) = inside.rfind('{')
        && let Some(at) = inside[block..].find(&format!("#{old}"))
        && inside[block + at + 1 + old.len()..].starts_with(['}', ' '])
    {
        let start = heading.start + block + at + 1;
        return Splice::new(start..start + old.len(), new);
    }
    // A heading with a line below it (===) ends on the line before.
    let line = match inside.trim_start().starts_with('#') {
        true => inside,
        false => inside.rsplit_once('\n').map_or(inside, |(line, _)| line.trim_end()),
    };
    let end = heading.start + line.len();
    Splice::new(end..end, format!(" {{#{new}}}"))
}
