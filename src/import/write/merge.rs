//! Two changes of one text, put together sentence by sentence.
//!
//! A paragraph stands in one line, so that lines, by which programs are merged, would make a conflict of two mended words at
//! its two ends. What is compared here is the sentence. It is the three-way merge of diff3 (Khanna, Kunal and Pierce, 2007):
//! where a stretch between two unchanged sentences was changed on one side, that side is taken; where both made the same
//! change, it is common ground like an unchanged sentence; anything else is shown to a person in words, never as marks in
//! the text. diffy finds which sentences are the same.

use diffy::{DiffOptions, Line};

/// A stretch that both sides changed, each in its own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conflict {
    /// As it was.
    pub was: String,
    /// As the record has it.
    pub own: String,
    /// As the newer capture has it.
    pub new: String,
}

/// Marks behind the end of a sentence that belong to it.
const CLOSING: [char; 10] = ['”', '’', '」', '』', '）', ')', '】', '》', '"', '…'];

/// Both changes in one text, or the stretches for which that cannot be.
pub(crate) fn merge(was: &str, own: &str, new: &str) -> Result<String, Vec<Conflict>> {
    let [was, own, new] = [was, own, new].map(units);
    let (in_own, in_new) = (kept(&was, &own), kept(&was, &new));
    let mut merged = String::new();
    let mut conflicts = Vec::new();
    let mut from = (0, 0, 0);
    let stable = (0..was.len()).filter_map(|at| Some((at, in_own[at]?, in_new[at]?)));
    for to in stable.chain([(was.len(), own.len(), new.len())]) {
        let stretch = Stretch { was: &was[from.0..to.0], own: &own[from.1..to.1], new: &new[from.2..to.2] };
        match stretch.settled() {
            Some(units) => merged.extend(units),
            None => conflicts.push(stretch.conflict()),
        }
        merged.push_str(was.get(to.0).copied().unwrap_or_default());
        from = (to.0 + 1, to.1 + 1, to.2 + 1);
    }
    if conflicts.is_empty() { Ok(merged) } else { Err(conflicts) }
}

/// The sentences of a text, with the ends of lines between them; together they are the text.
fn units(text: &str) -> Vec<&str> {
    let mut units = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let mut end = at + character.len_utf8();
        let next = characters.peek().map(|(_, next)| *next);
        let is_end = match character {
            '\n' => {
                // What was before is a unit, and so is the line's end, with those that follow it.
                if !text[start..at].is_empty() && !text[start..].starts_with('\n') {
                    units.push(&text[start..at]);
                    start = at;
                }
                next != Some('\n')
            }
            '。' | '！' | '？' | '；' | '!' | '?' => true,
            '.' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if !is_end {
            // Several ends of lines are one unit.
            continue;
        }
        while let Some((at, mark)) = characters.next_if(|(_, mark)| character != '\n' && CLOSING.contains(mark)) {
            end = at + mark.len_utf8();
        }
        units.push(&text[start..end]);
        start = end;
    }
    units.extend(Some(&text[start..]).filter(|unit| !unit.is_empty()));
    units
}

/// For each unit the place that it has in another text, where it is kept there.
fn kept(was: &[&str], other: &[&str]) -> Vec<Option<usize>> {
    // diffy compares lines; U+0001 stands in no text.
    let lines = |units: &[&str]| -> String {
        units.iter().flat_map(|unit| [unit.replace('\n', "\u{1}"), "\n".to_string()]).collect()
    };
    let (one, two) = (lines(was), lines(other));
    let mut options = DiffOptions::new();
    let patch = options.set_context_len(was.len() + other.len()).create_patch(&one, &two);
    if patch.hunks().is_empty() {
        return (0..was.len()).map(Some).collect();
    }
    let mut places = Vec::with_capacity(was.len());
    let mut at = 0;
    for line in patch.hunks().iter().flat_map(|hunk| hunk.lines()) {
        match line {
            Line::Context(_) => {
                places.push(Some(at));
                at += 1;
            }
            Line::Delete(_) => places.push(None),
            Line::Insert(_) => at += 1,
        }
    }
    places.resize(was.len(), None);
    places
}

/// What stands between two sentences that neither side changed.
struct Stretch<'a> {
    was: &'a [&'a str],
    own: &'a [&'a str],
    new: &'a [&'a str],
}

impl<'a> Stretch<'a> {
    fn settled(&self) -> Option<Vec<&'a str>> {
        if let Some(side) = one_side(self.was, self.own, self.new) {
            return Some(side.to_vec());
        }
        self.around_agreements()
    }

    /// What both sides wrote alike is common ground; between such places it is one side's change or the other's.
    fn around_agreements(&self) -> Option<Vec<&'a str>> {
        let agreed = kept(self.own, self.new);
        let agreements = agreed.iter().flatten().count();
        let (in_own, in_new) = (kept(self.was, self.own), kept(self.was, self.new));
        let gone = in_own.iter().zip(&in_new).filter(|(own, new)| own.is_none() && new.is_none()).count();
        // What is gone on both sides is what they agree upon; were it more, a deletion would be lost.
        if agreements == 0 || gone > agreements {
            return None;
        }
        let mut settled = Vec::new();
        let mut from = (0, 0);
        let places = agreed.iter().enumerate().filter_map(|(own, new)| Some((own, (*new)?)));
        for to in places.chain([(self.own.len(), self.new.len())]) {
            let is_here = |at: usize| {
                in_own[at].is_some_and(|own| (from.0..to.0).contains(&own))
                    || in_new[at].is_some_and(|new| (from.1..to.1).contains(&new))
            };
            let was: Vec<&str> = (0..self.was.len()).filter(|at| is_here(*at)).map(|at| self.was[at]).collect();
            settled.extend(one_side(&was, self.own.get(from.0..to.0)?, self.new.get(from.1..to.1)?)?);
            settled.extend(self.own.get(to.0));
            from = (to.0 + 1, to.1 + 1);
        }
        Some(settled)
    }

    fn conflict(&self) -> Conflict {
        let [was, own, new] = [self.was, self.own, self.new].map(|units| units.concat().trim().to_string());
        Conflict { was, own, new }
    }
}

/// The side that changed something, where only one did or both did the same.
fn one_side<'a>(was: &[&str], own: &'a [&'a str], new: &'a [&'a str]) -> Option<&'a [&'a str]> {
    match () {
        () if own == was => Some(new),
        () if new == was || own == new => Some(own),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_make_up_the_text() {
        let text = "库房“很凉。”窗小；墙厚！\n\n## 一、清点\n\nIt is cold. Nobody comes\n\n\n末";
        let found = units(text);
        assert_eq!(found.concat(), text);
        assert_eq!(
            found,
            [
                "库房“很凉。”",
                "窗小；",
                "墙厚！",
                "\n\n",
                "## 一、清点",
                "\n\n",
                "It is cold.",
                " Nobody comes",
                "\n\n\n",
                "末"
            ]
        );
    }

    #[test]
    fn changes_of_different_sentences_meet() {
        let was = "甲在北。乙在南。丙在东。\n\n丁在西。\n";
        let own = "甲在正北。乙在南。丙在东。\n\n丁在西。\n";
        assert_eq!(
            merge(was, own, "甲在北。乙在南。丙在正东。\n\n丁在西。\n").expect("merged"),
            "甲在正北。乙在南。丙在正东。\n\n丁在西。\n"
        );
        assert_eq!(merge(was, own, was).expect("merged"), own);
        assert_eq!(merge(was, was, own).expect("merged"), own);
        assert_eq!(merge(was, own, own).expect("merged"), own);
        assert_eq!(merge(was, own, "乙在南。丙在东。\n\n丁在西。\n").unwrap_err().len(), 1, "deleted and changed");
    }

    #[test]
    fn the_same_change_is_common_ground() {
        let was = "甲在北。乙在南。\n";
        let (own, new) = ("甲在正北。乙在南。\n", "甲在北。乙在正南。\n");
        let conflicts = merge(was, own, new).unwrap_err();
        assert_eq!(
            conflicts,
            [Conflict {
                was: "甲在北。乙在南。".into(),
                own: "甲在正北。乙在南。".into(),
                new: "甲在北。乙在正南。".into()
            }]
        );
        assert_eq!(merge(was, "甲在正北。乙在正南。\n", new).expect("taken in"), "甲在正北。乙在正南。\n");
        let inserted = "甲在北。丙在东。乙在南。\n";
        assert!(merge(was, own, inserted).is_err());
        assert_eq!(
            merge(was, "甲在正北。丙在东。乙在南。\n", inserted).expect("taken in"),
            "甲在正北。丙在东。乙在南。\n"
        );
    }

    #[test]
    fn a_deletion_is_never_lost() {
        assert!(merge("甲。乙。丙。\n", "甲。丁。\n", "甲。乙改。丁。\n").is_err());
    }
}
