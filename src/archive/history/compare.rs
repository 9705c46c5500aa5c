//! What differs between a document as it was and as it is.
//!
//! Fields are compared by their names, passages by their words: a paragraph that only came to stand in another section is the same.
//! Which passages are old and which are new is found by imara-diff (histogram, the algorithm of git's own comparison, whose time
//! does not grow with the square of two texts that have nothing in common). Of a stretch that was rewritten, an old passage
//! is paired with the new one that is most like it, in the order of the text.

use std::collections::BTreeMap;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::revision::ALL;
use super::snapshot::{Line, Snapshot};

/// Old passages times new ones in one stretch that are looked at one by one.
const MOST_PAIRS: usize = 40_000;

/// How much alike two passages are at least, so that one stands for the other: of a thousand.
const ALIKE: u64 = 300;

/// A passage that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Changed {
    /// Where it stands; where it stood, if it is gone.
    pub place: String,
    /// What stood there.
    pub before: Option<String>,
    /// What stands there.
    pub after: Option<String>,
}

impl Changed {
    /// All of a text, of which it is not known what stood there.
    pub(crate) fn unknown() -> Self {
        Self { place: ALL.to_string(), before: None, after: None }
    }
}

/// What differs: fields first, then passages in the order of the text.
pub(crate) fn compare(before: &Snapshot, now: &Snapshot) -> Vec<Changed> {
    let mut changed = fields(before, now);
    let is_text = |line: &&Line| !line.place.starts_with('@');
    let (old, new): (Vec<&Line>, Vec<&Line>) =
        (before.lines.iter().filter(is_text).collect(), now.lines.iter().filter(is_text).collect());
    let tokens = |lines: &[&'_ Line]| -> Vec<(char, String)> {
        // A heading is no paragraph, whatever it says.
        let kind = |line: &Line| line.place.chars().next().filter(|first| "#^&".contains(*first)).unwrap_or(' ');
        lines.iter().map(|line| (kind(line), line.words.clone())).collect()
    };
    let mut input = InternedInput::default();
    input.update_before(tokens(&old).into_iter());
    input.update_after(tokens(&new).into_iter());
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_no_heuristic(&input);
    for hunk in diff.hunks() {
        let range = |range: std::ops::Range<u32>| range.start as usize..range.end as usize;
        let old = old.get(range(hunk.before)).unwrap_or_default();
        let new = new.get(range(hunk.after)).unwrap_or_default();
        for (before, after) in pairs(old, new) {
            let place = after.or(before).map(|line| line.place.clone()).unwrap_or_default();
            let words = |line: Option<&Line>| line.map(|line| line.words.clone());
            changed.push(Changed { place, before: words(before), after: words(after) });
        }
    }
    changed
}

fn fields(before: &Snapshot, now: &Snapshot) -> Vec<Changed> {
    let fields = |snapshot: &Snapshot| -> BTreeMap<String, String> {
        let fields = snapshot.lines.iter().filter(|line| line.place.starts_with('@'));
        fields.map(|line| (line.place.clone(), line.words.clone())).collect()
    };
    let (old, mut new) = (fields(before), fields(now));
    let mut changed = Vec::new();
    for (place, before) in old {
        let after = new.remove(&place);
        if after.as_ref() != Some(&before) {
            changed.push(Changed { place, before: Some(before), after });
        }
    }
    changed.extend(new.into_iter().map(|(place, after)| Changed { place, before: None, after: Some(after) }));
    changed.sort_by(|a, b| a.place.cmp(&b.place));
    changed
}

type Pair<'a> = (Option<&'a Line>, Option<&'a Line>);

/// Which old passage a new one stands for, in the order of the text: of all ways, the one in which the pairs are most alike.
fn pairs<'a>(old: &[&'a Line], new: &[&'a Line]) -> Vec<Pair<'a>> {
    let (rows, columns) = (old.len(), new.len());
    if rows == 0 || columns == 0 || rows * columns > MOST_PAIRS {
        let olds = old.iter().map(|line| (Some(*line), None));
        return olds.chain(new.iter().map(|line| (None, Some(*line)))).collect();
    }
    let prints = |lines: &[&Line]| -> Vec<Vec<u64>> { lines.iter().map(|line| grams(&line.words)).collect() };
    let (olds, news) = (prints(old), prints(new));
    // The best that is reached from each place to the ends of both.
    let mut best = vec![vec![0_u64; columns + 1]; rows + 1];
    let mut like = vec![vec![0_u64; columns]; rows];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            like[row][column] = likeness(&olds[row], &news[column]);
            let paired = if like[row][column] >= ALIKE { like[row][column] + best[row + 1][column + 1] } else { 0 };
            best[row][column] = paired.max(best[row + 1][column]).max(best[row][column + 1]);
        }
    }
    let (mut row, mut column, mut found) = (0, 0, Vec::new());
    while row < rows || column < columns {
        let is_pair = row < rows
            && column < columns
            && like[row][column] >= ALIKE
            && best[row][column] == like[row][column] + best[row + 1][column + 1];
        if is_pair {
            found.push((Some(old[row]), Some(new[column])));
            (row, column) = (row + 1, column + 1);
        } else if row < rows && (column == columns || best[row][column] == best[row + 1][column]) {
            found.push((Some(old[row]), None));
            row += 1;
        } else {
            found.push((None, Some(new[column])));
            column += 1;
        }
    }
    found
}

/// The pairs of characters that stand together, in an order that can be compared.
fn grams(words: &str) -> Vec<u64> {
    let chars: Vec<char> = std::iter::once('\0').chain(words.chars()).chain(['\0']).collect();
    let mut grams: Vec<u64> = chars.windows(2).map(|pair| u64::from(pair[0]) << 32 | u64::from(pair[1])).collect();
    grams.sort_unstable();
    grams
}

/// What two passages have in common, of a thousand (Dice's coefficient).
fn likeness(one: &[u64], two: &[u64]) -> u64 {
    let (mut a, mut b, mut common) = (0, 0, 0_u64);
    while let (Some(x), Some(y)) = (one.get(a), two.get(b)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                (a, b) = (a + 1, b + 1);
            }
        }
    }
    2_000 * common / (one.len() + two.len()).max(1) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(lines: &[(&str, &str)]) -> Snapshot {
        let line = |(place, words): &(&str, &str)| Line { place: (*place).to_string(), words: (*words).to_string() };
        Snapshot { lines: lines.iter().map(line).collect() }
    }

    fn told(before: &[(&str, &str)], now: &[(&str, &str)]) -> Vec<String> {
        let changed = compare(&snapshot(before), &snapshot(now));
        let side = |words: Option<String>| words.unwrap_or_else(|| "–".to_string());
        changed.into_iter().map(|it| format!("{}: {} → {}", it.place, side(it.before), side(it.after))).collect()
    }

    #[test]
    fn a_changed_passage_has_both_sides() {
        let before =
            [("@date", "1950"), ("@title", "通知"), (".", "甲乙丙丁戊己"), ("#s1", "一、范围"), ("s1", "子丑寅卯辰巳")];
        let now =
            [("@title", "通知"), (".", "甲乙丙丁戊庚"), (".", "新增一段"), ("#s1", "一、范围"), ("s1", "子丑寅卯辰巳")];
        assert_eq!(told(&before, &now), ["@date: 1950 → –", ".: 甲乙丙丁戊己 → 甲乙丙丁戊庚", ".: – → 新增一段"]);
        assert!(told(&before, &before).is_empty());
    }

    #[test]
    fn what_moved_to_another_section_is_the_same() {
        let before = [(".", "甲乙丙"), (".", "丁戊己")];
        let now = [(".", "甲乙丙"), ("#s1", "一、范围"), ("s1", "丁戊己")];
        assert_eq!(told(&before, &now), ["#s1: – → 一、范围"]);
    }

    #[test]
    fn passages_are_paired_with_what_they_became() {
        let before = [(".", "第一段说的是仓库"), (".", "第二段说的是目录"), (".", "第三段说的是借阅")];
        let now = [(".", "第二段说的是总目录"), (".", "全然不同"), (".", "第三段说的是借阅簿")];
        let wanted = [
            ".: 第一段说的是仓库 → –",
            ".: 第二段说的是目录 → 第二段说的是总目录",
            ".: – → 全然不同",
            ".: 第三段说的是借阅 → 第三段说的是借阅簿",
        ];
        let found = told(&before, &now);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(wanted.iter().filter(|line| found.contains(&line.to_string())).count() >= 2, "{found:?}");
    }
}
