//! Which candidates are numbers: the sequence decides (rule R7).
//!
//! A printed number is believed because its neighbours are there. Candidates of one family are strung to chains: a chain
//! goes on with the next value, begins at one only if a two follows, may skip one value or print one twice (both told), and
//! lets everything else be prose. A family's chains lie on a stack, since a list may stand inside another of the same form.
//! When a number of a shallower family comes, deeper chains rest: they may run on with exactly the next value, but are no
//! longer a reason to reject or to see a gap.

use std::collections::BTreeSet;

use super::token::{FAMILIES, Family, Token, Trust};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::NumberMessage;
use crate::import::block::Doubt;

/// Numbers of one family that count on from each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chain {
    /// Of which kind.
    pub family: Family,
    /// Its paragraphs, in order.
    pub members: Vec<usize>,
}

/// What the sequence accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sequence {
    /// The chain of each paragraph whose number was accepted.
    pub chain_of: Vec<Option<usize>>,
    /// The chains.
    pub chains: Vec<Chain>,
    /// What a person should look at; the place is a position among the paragraphs.
    pub doubts: Vec<Doubt>,
}

/// Chains of one family that are kept open at once. Text does not nest deeper; a bound keeps the time linear.
const DEEPEST: usize = 8;
/// How many candidates of the same family are looked at ahead.
const AHEAD: usize = 8;

/// Strings candidates to chains. `texts` are the paragraphs the candidates begin; `titled` says whether the paragraph of a
/// 编 章 节 can be a heading by its shape, which is evidence of its own.
pub(crate) fn trace(tokens: &[Option<Token>], texts: &[&str], titled: impl Fn(usize) -> bool) -> Sequence {
    let next = next_of_family(tokens);
    let mut trace = Trace {
        tokens,
        texts,
        paired: pair(tokens, &next),
        next,
        open: std::array::from_fn(|_| Vec::new()),
        found: Sequence { chain_of: vec![None; tokens.len()], ..Sequence::default() },
    };
    for (at, token) in tokens.iter().enumerate() {
        let Some(token) = token else { continue };
        if token.family.is_structural() {
            if titled(at) {
                trace.structural(at, token);
            }
        } else {
            trace.numbered(at, token);
        }
    }
    trace.dissolve_lookalikes();
    trace.separators();
    trace.found
}

struct Open {
    chain: usize,
    /// The paragraph of its last number.
    last: usize,
    resting: bool,
}

struct Trace<'a> {
    tokens: &'a [Option<Token>],
    texts: &'a [&'a str],
    /// For each candidate, the next plain one of its family.
    next: Vec<Option<usize>>,
    /// For each candidate of value one, whether a two belongs to it.
    paired: Vec<bool>,
    open: [Vec<Open>; FAMILIES],
    found: Sequence,
}

impl Trace<'_> {
    /// 编 章 节 are taken wherever they have the shape of a heading; the sequence only tells what is odd about them.
    fn structural(&mut self, at: usize, token: &Token) {
        let last = self.open[token.family.rank()].last().and_then(|open| self.tokens.get(open.last)?.as_ref());
        let odd = match last {
            _ if self.continue_exactly(at, token) => return,
            _ if token.value == 1 && token.inserted == 0 => {
                (!self.is_paired(at)).then_some(Odd::Lonely { taken: true })
            }
            None => Some(Odd::Start),
            Some(last) if token.value == last.value => Some(Odd::Dup),
            Some(last) if token.value > last.value => Some(Odd::Gap),
            Some(_) => Some(Odd::Start),
        };
        if let Some(odd) = odd {
            self.doubt(at, token, odd);
        }
        match odd {
            Some(Odd::Dup | Odd::Gap) => self.extend_top(at, token),
            _ => self.begin(at, token),
        }
    }

    fn numbered(&mut self, at: usize, token: &Token) {
        // 三、四季度: believed only where 三 is due and a real 四 comes next.
        if token.trust == Trust::Enumerates && token.value > 1 && !self.next_is(at, token, token.value + 1) {
            return;
        }
        if self.continue_exactly(at, token) {
            if token.trust == Trust::Lookalike {
                self.doubt(at, token, Odd::Lookalike);
            }
            return;
        }
        if token.value == 1 && token.inserted == 0 {
            self.one(at, token);
            return;
        }
        if token.trust == Trust::Lookalike || token.trust == Trust::Enumerates {
            return;
        }
        let rank = token.family.rank();
        let active = self.open[rank].last().filter(|open| !open.resting);
        let last =
            active.and_then(|open| self.tokens.get(open.last)?.as_ref()).filter(|last| last.prefix == token.prefix);
        let Some(last) = last else {
            if self.next_is(at, token, token.value + 1) && !token.family.is_decimal() {
                self.doubt(at, token, Odd::Start);
                self.begin(at, token);
            } else if active.is_some() || self.is_reason_to_tell(token) {
                self.reject(at, token);
            }
            return;
        };
        let odd = if token.value == last.value && token.inserted == last.inserted {
            Some(Odd::Dup)
        } else if token.value == last.value + 2 {
            (!self.comes_later(at, token, last.value + 1)).then_some(Odd::Gap)
        } else if token.value > last.value {
            // Two or three numbers that count on from each other show that a part is missing, not that they are prose.
            let run = if token.family == Family::Article { 1 } else { 2 };
            self.runs_on(at, token, run).then_some(Odd::Gap)
        } else {
            None
        };
        match odd.filter(|_| token.trust == Trust::Plain) {
            Some(odd) => {
                self.doubt(at, token, odd);
                self.extend_top(at, token);
            }
            None => self.reject(at, token),
        }
    }

    /// The first number of a chain needs its second.
    fn one(&mut self, at: usize, token: &Token) {
        if self.is_paired(at) {
            if token.trust == Trust::Lookalike {
                self.doubt(at, token, Odd::Lookalike);
            }
            if self.repeats_first(at, token) {
                self.doubt(at, token, Odd::Dup);
                self.extend_top(at, token);
            } else {
                self.begin(at, token);
            }
        } else if token.trust == Trust::Plain && !token.family.is_decimal() {
            let first_of_two = self.next_in_same_part(at, token).is_some_and(|next| self.is_paired(next));
            let gap = self.next_is(at, token, 3) && self.next[at].is_some_and(|next| self.next_is(next, token, 4));
            if first_of_two || gap {
                self.begin(at, token);
            } else {
                self.doubt(at, token, Odd::Lonely { taken: false });
            }
        }
    }

    /// Whether an accepted one without a two of its own stands before, so that this one is printed twice.
    fn repeats_first(&self, at: usize, token: &Token) -> bool {
        self.open[token.family.rank()].last().is_some_and(|open| {
            !open.resting
                && !self.is_paired(open.last)
                && self.next.get(open.last) == Some(&Some(at))
                && self.tokens.get(open.last).and_then(Option::as_ref).is_some_and(|last| last.value == 1)
        })
    }

    /// The next candidate of the family if it is a one and no shallower candidate stands between.
    fn next_in_same_part(&self, at: usize, token: &Token) -> Option<usize> {
        let next = self.next.get(at).copied().flatten()?;
        let one = self.tokens.get(next)?.as_ref().is_some_and(|next| next.value == 1);
        let near = next - at <= 8 * AHEAD;
        let clear = || {
            let between = self.tokens.get(at + 1..next).unwrap_or_default();
            between.iter().flatten().all(|other| other.family.rank() >= token.family.rank())
        };
        (one && near && clear()).then_some(next)
    }

    /// Goes on with an open chain that waits for exactly this number, an active one before a resting one.
    fn continue_exactly(&mut self, at: usize, token: &Token) -> bool {
        let stack = &self.open[token.family.rank()];
        let fits = |open: &&Open| {
            let last = self.tokens.get(open.last).and_then(Option::as_ref);
            last.is_some_and(|last| follows(last, token))
        };
        let depth = |open: &Open| stack.iter().rposition(|other| other.chain == open.chain);
        let found =
            stack.iter().rev().filter(|open| !open.resting).find(fits).or_else(|| stack.iter().rev().find(fits));
        let Some(depth) = found.and_then(depth) else { return false };
        self.open[token.family.rank()].truncate(depth + 1);
        self.extend_top(at, token);
        true
    }

    fn extend_top(&mut self, at: usize, token: &Token) {
        let Some(open) = self.open[token.family.rank()].last_mut() else { return };
        (open.last, open.resting) = (at, false);
        let chain = open.chain;
        self.accept(at, token, chain);
    }

    fn begin(&mut self, at: usize, token: &Token) {
        let chain = self.found.chains.len();
        self.found.chains.push(Chain { family: token.family, members: Vec::new() });
        let stack = &mut self.open[token.family.rank()];
        if stack.len() == DEEPEST {
            stack.remove(0);
        }
        stack.push(Open { chain, last: at, resting: false });
        self.accept(at, token, chain);
    }

    fn accept(&mut self, at: usize, token: &Token, chain: usize) {
        if let Some(place) = self.found.chain_of.get_mut(at) {
            *place = Some(chain);
        }
        if let Some(chain) = self.found.chains.get_mut(chain) {
            chain.members.push(at);
        }
        for deeper in self.open.iter_mut().skip(token.family.rank() + 1).flatten() {
            deeper.resting = true;
        }
    }

    /// A chain of look-alikes only is dashes, not numbers.
    fn dissolve_lookalikes(&mut self) {
        let mut dissolved = BTreeSet::new();
        for chain in &mut self.found.chains {
            let trust = |at: &usize| self.tokens.get(*at).and_then(Option::as_ref).map(|token| token.trust);
            if chain.members.iter().all(|at| trust(at) == Some(Trust::Lookalike)) {
                dissolved.extend(chain.members.drain(..));
            }
        }
        for at in &dissolved {
            if let Some(place) = self.found.chain_of.get_mut(*at) {
                *place = None;
            }
        }
        self.found.doubts.retain(|doubt| !dissolved.contains(&doubt.paragraph));
    }

    fn is_paired(&self, at: usize) -> bool {
        self.paired.get(at).copied().unwrap_or(false)
    }

    /// Whether the next candidate of the family has this value.
    fn next_is(&self, at: usize, token: &Token, value: u32) -> bool {
        let next = self.next.get(at).copied().flatten();
        next.and_then(|next| self.tokens.get(next)?.as_ref())
            .is_some_and(|n| n.value == value && n.prefix == token.prefix)
    }

    /// Whether the next `count` candidates of the family count on from this one.
    fn runs_on(&self, at: usize, token: &Token, count: u32) -> bool {
        let mut here = at;
        (1..=count).all(|step| {
            let fits = self.next_is(here, token, token.value + step);
            here = self.next.get(here).copied().flatten().unwrap_or(here);
            fits
        })
    }

    /// Whether a value comes among the next candidates, before the count starts again.
    fn comes_later(&self, at: usize, token: &Token, value: u32) -> bool {
        let mut here = at;
        for _ in 0..AHEAD {
            let Some(next) = self.next.get(here).copied().flatten() else { return false };
            match self.tokens.get(next).and_then(Option::as_ref) {
                Some(next) if next.prefix != token.prefix || next.value == 1 => return false,
                Some(next) if next.value == value => return true,
                _ => here = next,
            }
        }
        false
    }

    /// Forms that are hardly ever prose are worth a word even where no chain is open.
    fn is_reason_to_tell(&self, token: &Token) -> bool {
        token.trust == Trust::Plain && token.family <= Family::HanBracket
    }

    /// Tells of each chain the first number with a separator that numbers of its kind do not have: 一． （一）、
    fn separators(&mut self) {
        let odd: Vec<usize> = self
            .found
            .chains
            .iter()
            .filter_map(|chain| {
                chain.members.iter().copied().find(|at| {
                    let token = self.tokens.get(*at).and_then(Option::as_ref);
                    token.is_some_and(|token| token.has_odd_separator(self.texts.get(*at).copied().unwrap_or_default()))
                })
            })
            .collect();
        for at in odd {
            if let Some(token) = self.tokens.get(at).and_then(Option::as_ref) {
                self.doubt(at, token, Odd::Separator);
            }
        }
    }

    fn reject(&mut self, at: usize, token: &Token) {
        if token.trust == Trust::Plain && !token.family.is_decimal() {
            self.doubt(at, token, Odd::Reject);
        }
    }

    fn doubt(&mut self, at: usize, token: &Token, odd: Odd) {
        let text = self.texts.get(at).copied().unwrap_or_default();
        let number = token.number(text).trim();
        let open = self.open[token.family.rank()].last();
        let before = open.and_then(|open| {
            let token = self.tokens.get(open.last)?.as_ref()?;
            Some(token.number(self.texts.get(open.last)?).trim())
        });
        self.found.doubts.push(odd.tell(at, number, before));
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Odd {
    Lonely { taken: bool },
    Start,
    Gap,
    Dup,
    Reject,
    Lookalike,
    Separator,
}

impl Odd {
    fn tell(self, paragraph: usize, number: &str, before: Option<&str>) -> Doubt {
        let (number, before) = (number.to_string(), before.map(str::to_string));
        let message = match self {
            Self::Lonely { taken: true } => NumberMessage::LonelyHeading { number },
            Self::Lonely { taken: false } => NumberMessage::LonelyNumber { number },
            Self::Start => NumberMessage::SequenceStart { number },
            Self::Gap => NumberMessage::SequenceGap { number, before },
            Self::Dup => NumberMessage::SequenceDup { number },
            Self::Reject => NumberMessage::SequenceReject { number, before },
            Self::Lookalike => NumberMessage::ConfusableNumber { number },
            Self::Separator => NumberMessage::NonstandardSeparator { number },
        };
        Doubt { paragraph, fault: Diagnostic::warning(message) }
    }
}

/// Whether a number is the one after another.
fn follows(last: &Token, token: &Token) -> bool {
    if last.prefix != token.prefix {
        return false;
    }
    let next = token.value == last.value + 1 && token.inserted == 0;
    let inserted = token.value == last.value && token.inserted == last.inserted + 1;
    next || inserted
}

/// For each candidate, the next plain one of its family.
fn next_of_family(tokens: &[Option<Token>]) -> Vec<Option<usize>> {
    let mut latest = [None; FAMILIES];
    let mut next = vec![None; tokens.len()];
    for (at, token) in tokens.iter().enumerate().rev() {
        let Some(token) = token else { continue };
        let slot = &mut latest[token.family.rank()];
        if let Some(place) = next.get_mut(at) {
            *place = *slot;
        }
        if matches!(token.trust, Trust::Plain | Trust::Weak) && token.inserted == 0 {
            *slot = Some(at);
        }
    }
    next
}

/// For each one, whether a two belongs to it: as brackets pair, each two takes the nearest free one before it, and those
/// that may be prose only when no other is free.
fn pair(tokens: &[Option<Token>], next: &[Option<usize>]) -> Vec<bool> {
    let mut paired = vec![false; tokens.len()];
    let value_at = |at: Option<usize>| at.and_then(|at| tokens.get(at)?.as_ref()).map(|token| token.value);
    let mut free: [(Vec<usize>, Vec<usize>); FAMILIES] = std::array::from_fn(|_| (Vec::new(), Vec::new()));
    for (at, token) in tokens.iter().enumerate() {
        let Some(token) = token.as_ref().filter(|token| token.inserted == 0) else { continue };
        let (plain, shy) = &mut free[token.family.rank()];
        let is_shy = matches!(token.trust, Trust::Enumerates | Trust::Lookalike);
        match token.value {
            1 if is_shy => shy.push(at),
            1 => plain.push(at),
            // 二、三楼改造 is a two only when a three comes next.
            2 if token.trust != Trust::Enumerates || value_at(next.get(at).copied().flatten()) == Some(3) => {
                let fits =
                    |at: &usize| tokens.get(*at).and_then(Option::as_ref).is_some_and(|one| one.prefix == token.prefix);
                let one = pop_fitting(plain, fits).or_else(|| pop_fitting(shy, fits));
                if let Some(place) = one.and_then(|one| paired.get_mut(one)) {
                    *place = true;
                }
            }
            _ => {}
        }
    }
    paired
}

/// Takes the last fitting one, looking at a few only; those above it stay lonely.
fn pop_fitting(stack: &mut Vec<usize>, fits: impl Fn(&usize) -> bool) -> Option<usize> {
    let depth = stack.iter().rev().take(DEEPEST).position(fits)?;
    let one = stack.len() - 1 - depth;
    let found = stack.get(one).copied();
    stack.truncate(one);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::recognise::token;

    /// Accepted numbers, and the codes of the doubts.
    fn traced(texts: &[&str]) -> (Vec<String>, Vec<&'static str>) {
        let tokens: Vec<_> = texts.iter().map(|text| token::find(text)).collect();
        let sequence = trace(&tokens, texts, |_| true);
        let accepted =
            sequence.chain_of.iter().zip(&tokens).zip(texts).filter_map(|((chain, token), text)| {
                chain.and(token.as_ref()).map(|token| token.number(text).to_string())
            });
        (accepted.collect(), sequence.doubts.iter().map(|doubt| doubt.fault.code().name()).collect())
    }

    #[test]
    fn plain_counting() {
        for (texts, accepted, doubts) in [
            (vec!["一、甲", "二、乙", "三、丙"], vec!["一、", "二、", "三、"], vec![]),
            (vec!["一、甲", "乙"], vec![], vec!["lonely-number"]),
            (vec!["一、甲", "二、乙", "四、丁"], vec!["一、", "二、", "四、"], vec!["sequence-gap"]),
            (vec!["一、甲", "二、乙", "二、丙"], vec!["一、", "二、", "二、"], vec!["sequence-dup"]),
            (vec!["一、甲", "一、乙", "二、丙"], vec!["一、", "一、", "二、"], vec!["sequence-dup"]),
            (vec!["一、甲", "七、乙", "二、丙"], vec!["一、", "二、"], vec!["sequence-reject"]),
            (vec!["一、甲", "三、乙", "二、丙"], vec!["一、", "二、"], vec!["sequence-reject"]),
            (vec!["五、甲", "六、乙"], vec!["五、", "六、"], vec!["sequence-start"]),
            (
                vec!["一、甲", "二、乙", "七、丙", "八、丁", "九、戊"],
                vec!["一、", "二、", "七、", "八、", "九、"],
                vec!["sequence-gap"],
            ),
            (vec!["ー、甲", "ニ、乙", "三、丙"], vec!["ー、", "ニ、", "三、"], vec!["confusable-number"; 2]),
            (vec!["ー、甲", "ニ、乙"], vec![], vec![]),
            (vec!["一、甲", "一、二楼", "二、乙"], vec!["一、", "二、"], vec![]),
            (vec!["二、乙", "三、四楼"], vec![], vec!["sequence-reject"]),
            (vec!["一、甲", "二、三楼改造", "三、乙"], vec!["一、", "二、", "三、"], vec![]),
            (vec!["一、甲", "二. 乙", "三、丙"], vec!["一、", "二.", "三、"], vec!["nonstandard-separator"]),
            (vec!["1.1 甲", "1.2 乙", "2.1 丙", "2.2 丁"], vec!["1.1", "1.2", "2.1", "2.2"], vec![]),
            (vec!["3.5 甲"], vec![], vec![]),
        ] {
            let (found, told) = traced(&texts);
            assert_eq!((found, told), (accepted.into_iter().map(str::to_string).collect(), doubts), "{texts:?}");
        }
    }

    #[test]
    fn nesting_and_running_on() {
        for texts in [
            vec!["一、甲", "（一）子", "（二）丑", "二、乙", "（一）寅", "（二）卯", "三、丙"],
            vec!["一、甲", "1.子", "2.丑", "二、乙", "3.寅", "4.卯"],
            vec!["一、甲", "一、子", "二、丑", "三、寅", "二、乙", "三、丙"],
            vec!["1.甲", "（一）子", "（二）丑", "2.乙", "（一）寅", "（二）卯"],
            vec!["一、甲", "第一条 子", "第二条 丑", "二、乙", "第三条 寅"],
            vec!["第一条 子", "第二条 丑", "第二条之一 寅", "第二条之二 卯", "第三条 辰"],
        ] {
            let (found, told) = traced(&texts);
            assert_eq!((found.len(), told), (texts.len(), vec![]), "{texts:?}: {found:?}");
        }
    }

    #[test]
    fn a_hundred_thousand_numbers_take_no_time() {
        let texts: Vec<String> = (0..100_000).map(|n| format!("（{}）甲", ["一", "一", "三", "二"][n % 4])).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let started = std::time::Instant::now();
        let _ = traced(&texts);
        assert!(started.elapsed().as_secs() < 20);
    }
}
