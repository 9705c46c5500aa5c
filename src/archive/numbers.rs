//! Numbers within titles and names, which stand by their value.
//!
//! Figures always are numbers. Chinese numerals are also parts of words (统一, 四川, 三明), so they count only where something
//! says that they do: 第, a bracket, 附件 or 卷 before them, a counter such as 期 or 年 behind them. The volumes 上, 中, 下 are the
//! first to the third.

use unicode_normalization::UnicodeNormalization;

use crate::text::printed_number::numeral;

/// A number in a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Its figures, without zeros before them.
    figures: String,
    /// Characters that it takes.
    pub(super) length: usize,
}

impl Number {
    fn new(figures: &str, length: usize) -> Self {
        Self { figures: figures.trim_start_matches('0').to_string(), length }
    }

    /// So that a number of fewer figures stands before one of more, and every number before letters.
    pub(super) fn write(&self, key: &mut String) {
        key.push('\u{2}');
        key.push(
            u32::try_from(self.figures.len()).ok().and_then(|length| char::from_u32(0x21 + length)).unwrap_or('~'),
        );
        key.push_str(&self.figures);
    }
}

const NUMERALS: &str = "〇零○一二三四五六七八九十百千";
const BEFORE: &str = "第（(〔[【之卷附件第表图圖续續其";
const BEHIND: &str = "期卷号號年月日章节節条條款册冊集辑輯届屆次回编編篇版季周週批组組项項讲講课課）)〕]】、．";
const VOLUMES: &str = "册冊卷篇编編集";

/// The number that begins at a place of a name.
pub(super) fn at(name: &[char], at: usize) -> Option<Number> {
    figures(&name[at..]).or_else(|| chinese(name, at)).or_else(|| volume(name, at))
}

/// Figures of every width and in circles.
fn figures(rest: &[char]) -> Option<Number> {
    let mut figures = String::new();
    let mut length = 0;
    for character in rest {
        let before = figures.len();
        match character {
            '0'..='9' => figures.push(*character),
            // A number in a circle is one of its own.
            '\u{2460}'..='\u{249b}' if length > 0 => break,
            '０'..='９' | '\u{2460}'..='\u{249b}' => {
                figures.extend(character.nfkc().filter(char::is_ascii_digit));
            }
            _ => break,
        }
        if figures.len() == before {
            break;
        }
        length += 1;
    }
    (length > 0).then(|| Number::new(&figures, length))
}

fn chinese(name: &[char], at: usize) -> Option<Number> {
    let is_numeral = |character: &char| NUMERALS.contains(*character);
    if at > 0 && is_numeral(&name[at - 1]) {
        return None;
    }
    let length = name[at..].iter().take_while(|character| is_numeral(character)).count();
    let numerals: String = name[at..at + length].iter().collect();
    let before = at.checked_sub(1).map(|at| name[at]);
    let behind = name.get(at + length).copied();
    let counts = before.is_some_and(|before| BEFORE.contains(before))
        || behind.is_some_and(|behind| BEHIND.contains(behind))
        || behind.is_none() && before.is_some_and(|before| !before.is_alphanumeric());
    if length == 0 || !counts {
        return None;
    }
    let has_units = numerals.contains(['十', '百', '千']);
    if has_units || length == 1 {
        return numeral(&numerals).map(|value| Number::new(&value.to_string(), length));
    }
    let figure = |character| match character {
        '零' | '○' | '〇' => Some('0'),
        other => numeral(&other.to_string()).and_then(|value| char::from_digit(value, 10)),
    };
    numerals.chars().map(figure).collect::<Option<String>>().map(|figures| Number::new(&figures, length))
}

/// （上）, 上册 at the end.
fn volume(name: &[char], at: usize) -> Option<Number> {
    let value = match name[at] {
        '上' => "1",
        '中' => "2",
        '下' => "3",
        _ => return None,
    };
    let before = at.checked_sub(1).map(|at| name[at]);
    let behind = name.get(at + 1).copied();
    let in_brackets = matches!(before, Some('（' | '(')) && matches!(behind, Some('）' | ')'));
    let ends = name.get(at + 2).is_none_or(|next| !next.is_alphanumeric());
    let is_volume = behind.is_some_and(|behind| VOLUMES.contains(behind)) && ends;
    (in_brackets || is_volume).then(|| Number::new(value, 1))
}
