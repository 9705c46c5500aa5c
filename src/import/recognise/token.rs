//! Candidates for printed numbers at a paragraph's start (rule R6).
//!
//! This is only the lexical half: a candidate says "this may be number three of the 一、 kind", and the sequence decides.
//! Whatever can be told to be prose from the characters alone is refused here, because a false candidate costs more than a
//! missing one: it can take a real heading's place in the count.

use crate::text::printed_number::numeral;

pub(crate) use super::candidate::{FAMILIES, Family, Token, Trust};
use super::{fold, western};

/// Characters a number and what decides about it can take at most.
const LOOK: usize = 40;

/// The candidate at a paragraph's start. The paragraph begins with its first printed character.
pub(crate) fn find(paragraph: &str) -> Option<Token> {
    // Most paragraphs are prose, and one look at the first character tells.
    let first = fold::fold_character(paragraph.chars().next()?).unwrap_or(' ');
    if first.is_ascii_alphabetic() {
        return western::find(paragraph);
    }
    if !may_start(first) {
        return None;
    }
    let folded = fold::prefix(paragraph, LOOK);
    let text = folded.text.as_str();
    let found = ordinal(text).or_else(|| bracketed(text)).or_else(|| circled(text)).or_else(|| listed(text));
    let Some(found) = found else { return western::find(paragraph) };
    let length = folded.back(0..found.end).end;
    let rest = paragraph.get(length..)?;
    if is_file_ending(rest) {
        return None;
    }
    Some(Token {
        family: found.family,
        value: found.value,
        inserted: found.inserted,
        prefix: found.prefix,
        trust: found.trust,
        length,
        gap: rest.len() - rest.trim_start().len(),
    })
}

/// 1.jpg is the name of a file.
fn is_file_ending(rest: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "jpg", "jpeg", "png", "gif", "bmp", "webp", "tif", "tiff", "svg", "pdf", "doc", "docx", "xls", "xlsx", "ppt",
        "pptx", "wps", "txt", "htm", "html", "zip", "rar",
    ];
    rest.len() <= 4 && ENDINGS.iter().any(|ending| rest.eq_ignore_ascii_case(ending))
}

fn may_start(first: char) -> bool {
    first.is_ascii_digit()
        || matches!(first, '第' | '(' | '\u{3220}'..='\u{3229}' | '\u{2474}'..='\u{249b}')
        || circled_value(first).is_some()
        || is_han_numeral(first)
        || lookalike(first).is_some()
}

struct FoldedToken {
    family: Family,
    value: u32,
    inserted: u32,
    prefix: Vec<u32>,
    trust: Trust,
    /// Bytes of the folded copy.
    end: usize,
}

impl FoldedToken {
    fn new(family: Family, value: u32, text: &str, rest: &str) -> Self {
        let end = text.len() - rest.len();
        Self { family, value, inserted: 0, prefix: Vec::new(), trust: Trust::Plain, end }
    }
}

/// 第三章 第 三 章 第三条之一
fn ordinal(text: &str) -> Option<FoldedToken> {
    let (value, rest) = spaced_numeral(text.strip_prefix('第')?)?;
    let rest = rest.trim_start();
    let (family, mut rest) = UNITS.iter().find_map(|(unit, family)| Some((*family, rest.strip_prefix(unit)?)))?;
    let mut inserted = 0;
    if let Some((sub, after)) = rest.strip_prefix('之').and_then(han_numeral) {
        (inserted, rest) = (sub, after);
    }
    let says = ["是", "为", "由", "主要", "包括", "介绍"].iter().any(|word| rest.starts_with(word));
    if !rest.starts_with(' ') && (is_reference(rest) || (says && family.is_structural())) {
        return None;
    }
    // 第一条、为… 第一章：总则: the mark belongs to the number.
    if let Some(after) = rest.strip_prefix(['、', ':', '.']).filter(|after| !after.trim_start().starts_with('第')) {
        rest = after;
    }
    Some(FoldedToken { inserted, ..FoldedToken::new(family, value, text, rest) })
}

const UNITS: [(&str, Family); 10] = [
    ("编", Family::Part),
    ("編", Family::Part),
    ("篇", Family::Part),
    ("部分", Family::Part),
    ("分编", Family::Division),
    ("章", Family::Chapter),
    ("节", Family::Section),
    ("節", Family::Section),
    ("条", Family::Article),
    ("條", Family::Article),
];

/// Whether what follows 第三条 without a space makes it a mention, not the start of one.
fn is_reference(rest: &str) -> bool {
    const AFTER: [&str; 25] = [
        "的",
        "规定",
        "規定",
        "所称",
        "所稱",
        "所列",
        "所规定",
        "所指",
        "所述",
        "第",
        "、第",
        "和第",
        "及第",
        "或第",
        "或者第",
        "与第",
        "與第",
        "至第",
        "到第",
        "以及",
        "中",
        "款",
        "项",
        ",",
        "之",
    ];
    AFTER.iter().any(|word| rest.starts_with(word))
}

/// （一） (2) 3)
fn bracketed(text: &str) -> Option<FoldedToken> {
    let (opened, inner) = match text.strip_prefix('(') {
        Some(inner) => (true, inner.trim_start()),
        None => (false, text),
    };
    let (family, value, trust, rest) = if let Some((value, rest)) = arabic_numeral(inner) {
        (Family::ArabicBracket, value, Trust::Plain, rest)
    } else if !opened {
        return None;
    } else if let Some((value, rest)) = spaced_han_numeral(inner) {
        (Family::HanBracket, value, Trust::Plain, rest)
    } else {
        let (value, rest) = lookalike_numeral(inner)?;
        (Family::HanBracket, value, Trust::Lookalike, rest)
    };
    if value == 0 || value > 99 {
        return None;
    }
    let rest = rest.trim_start().strip_prefix(')')?;
    if !rest.starts_with(' ') && is_item_reference(rest) {
        return None;
    }
    let rest = rest.strip_prefix(['、', '.']).unwrap_or(rest);
    Some(FoldedToken { trust, ..FoldedToken::new(family, value, text, rest) })
}

/// Whether what follows （一） makes it a mention of an item: （一）项规定, （一）（二）, （一）、（二）, （一）至（三）
fn is_item_reference(rest: &str) -> bool {
    let numbered = |text: &str| {
        let inner = text.strip_prefix('第').unwrap_or(text).strip_prefix('(');
        inner.is_some_and(|inner| {
            inner.starts_with(|character: char| is_han_numeral(character) || character.is_ascii_digit())
        })
    };
    if numbered(rest) || rest.starts_with(',') {
        return true;
    }
    if ["、", "和", "及", "与", "或", "至", "到", "或者", "以及"]
        .iter()
        .any(|word| rest.strip_prefix(word).is_some_and(numbered))
    {
        return true;
    }
    let Some(after) = rest.strip_prefix('项').or_else(|| rest.strip_prefix('目')).or_else(|| rest.strip_prefix('款'))
    else {
        return false;
    };
    after.is_empty()
        || after.starts_with([
            '规', '的', '所', '、', ',', '和', '至', '及', '或', '中', '情', '第', '(', '以', '为', '应', '。',
        ])
}

/// ①
fn circled(text: &str) -> Option<FoldedToken> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let rest = rest.strip_prefix(['、', '.']).unwrap_or(rest);
    Some(FoldedToken::new(Family::Circled, circled_value(first)?, text, rest))
}

fn circled_value(character: char) -> Option<u32> {
    let code = u32::from(character);
    match code {
        0x2460..=0x2473 => Some(code - 0x245f),
        0x3251..=0x325f => Some(code - 0x3251 + 21),
        0x32b1..=0x32bf => Some(code - 0x32b1 + 36),
        0x2776..=0x277f => Some(code - 0x2775),
        _ => None,
    }
}

/// 三、 3. 1.2
fn listed(text: &str) -> Option<FoldedToken> {
    if text.starts_with(|character: char| character.is_ascii_digit()) {
        return decimal(text).or_else(|| arabic(text));
    }
    // 十ー、 begins like 十 but goes on with a look-alike.
    let spelled = lookalike_numeral(text).filter(|(_, rest)| rest.starts_with('、'));
    let (value, rest, mut trust) = match (han_numeral(text), spelled) {
        (Some((value, rest)), None) => (value, rest, Trust::Plain),
        (Some((value, rest)), Some((_, other))) if rest.len() == other.len() => (value, rest, Trust::Plain),
        (_, spelled) => spelled.map(|(value, rest)| (value, rest, Trust::Lookalike))?,
    };
    if value == 0 || value > 99 {
        return None;
    }
    if let Some(after) = rest.trim_start().strip_prefix('、') {
        if trust == Trust::Plain {
            trust = enumeration(value, after.trim_start())?;
        }
        return Some(FoldedToken { trust, ..FoldedToken::new(Family::Han, value, text, after) });
    }
    if trust == Trust::Lookalike {
        return None;
    }
    let after = match rest.strip_prefix(['.', ',']) {
        Some(after) => after,
        // 一 总则, but never 一 九 四 九 or 三 十.
        None if rest.starts_with(' ') && !rest.trim_start().starts_with(is_han_numeral) => rest,
        None => return None,
    };
    if after.starts_with(is_han_numeral) {
        return None;
    }
    Some(FoldedToken { trust: Trust::Weak, ..FoldedToken::new(Family::Han, value, text, after) })
}

/// 3. 3、
fn arabic(text: &str) -> Option<FoldedToken> {
    let (value, rest) = arabic_numeral(text)?;
    if value == 0 || value > 999 {
        return None;
    }
    if let Some(after) = rest.strip_prefix('.') {
        let digit_follows = after.starts_with(|character: char| character.is_ascii_digit());
        return (!digit_follows).then(|| FoldedToken::new(Family::Arabic, value, text, after));
    }
    if let Some(after) = rest.strip_prefix('、') {
        let trust = enumeration(value, after.trim_start())?;
        return Some(FoldedToken { trust, ..FoldedToken::new(Family::Arabic, value, text, after) });
    }
    // 2 要求, but never 2 2 or 3 个.
    let title = rest.trim_start().chars().next()?;
    let bare = rest.starts_with(' ') && value <= 99 && title.is_alphabetic() && !is_measured(rest.trim_start());
    bare.then(|| FoldedToken { trust: Trust::Weak, ..FoldedToken::new(Family::Arabic, value, text, rest) })
}

/// 1.2 术语, never 1.2亿元 or 2019.10.1
fn decimal(text: &str) -> Option<FoldedToken> {
    let mut components = Vec::new();
    let mut rest = text;
    loop {
        let (value, after) = arabic_numeral(rest)?;
        if value > 99 || rest.len() - after.len() > 2 {
            return None;
        }
        components.push(value);
        rest = after;
        match after.strip_prefix('.').filter(|next| next.starts_with(|character: char| character.is_ascii_digit())) {
            Some(next) => rest = next,
            None => break,
        }
    }
    let family = match components.len() {
        2 => Family::Decimal,
        3 => Family::Decimal3,
        4 => Family::Decimal4,
        _ => return None,
    };
    rest = rest.strip_prefix(['.', '、']).unwrap_or(rest);
    if is_measured(rest) {
        return None;
    }
    let value = components.pop().filter(|value| *value > 0)?;
    Some(FoldedToken { prefix: components, ..FoldedToken::new(family, value, text, rest) })
}

/// Whether what follows digits without a space is a unit, so that they count or measure something.
fn is_measured(rest: &str) -> bool {
    const UNITS: [&str; 29] = [
        "万", "亿", "倍", "元", "吨", "亩", "米", "岁", "斤", "克", "升", "℃", "%", "‰", "千", "百", "公里", "公顷",
        "公斤", "平方", "立方", "毫", "厘", "小时", "分钟", "个百", "个月", "-", "~",
    ];
    // Words that begin like a unit.
    const WORDS: [&str; 9] = ["升级", "升降", "升学", "克服", "元数据", "元素", "百姓", "百科", "千方"];
    let unit = UNITS.iter().any(|unit| rest.starts_with(unit)) || rest.starts_with(|c: char| c.is_ascii_lowercase());
    unit && !WORDS.iter().any(|word| rest.starts_with(word))
}

/// How far 一、 may be trusted, given the text after it. 一、二、三 is an enumeration (`None`); 一、二楼 probably is one;
/// 三、三项承诺 is not, because the second numeral is not the next.
fn enumeration(value: u32, after: &str) -> Option<Trust> {
    let Some((second, rest)) = han_numeral(after).or_else(|| arabic_numeral(after)) else {
        return Some(Trust::Plain);
    };
    // 二十一、二 says 21 or 22.
    let next = second == value + 1 || (value > 10 && !value.is_multiple_of(10) && second == value % 10 + 1);
    if !next {
        return Some(Trust::Plain);
    }
    let third = rest.strip_prefix('、').and_then(|rest| han_numeral(rest).or_else(|| arabic_numeral(rest)));
    if third.is_some() { None } else { Some(Trust::Enumerates) }
}

fn is_han_numeral(character: char) -> bool {
    "〇○零一二三四五六七八九十百千".contains(character)
}

/// A Chinese numeral at the start, and what follows it.
fn han_numeral(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|character| !is_han_numeral(character)).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((numeral(digits)?, rest))
}

/// An Arabic numeral at the start, and what follows it.
fn arabic_numeral(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((numeral(digits)?, rest))
}

/// Either numeral, with spaces around it and inside: 第 十 二 章
fn spaced_numeral(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start();
    spaced_han_numeral(text).or_else(|| arabic_numeral(text))
}

fn spaced_han_numeral(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|character: char| !is_han_numeral(character) && character != ' ').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.contains(' ') {
        let closed: String = digits.chars().filter(|character| *character != ' ').collect();
        return Some((numeral(&closed)?, rest));
    }
    Some((numeral(digits)?, rest))
}

/// What scanning and typing put in the place of a numeral.
fn lookalike(character: char) -> Option<u32> {
    match character {
        // Katakana long mark, dashes (the full-width one folded), horizontal bar, the radical.
        'ー' | '—' | '―' | '-' | '–' | '─' | '\u{2f00}' => Some(1),
        'ニ' | '\u{2f06}' => Some(2),
        'ミ' | '彡' => Some(3),
        'ハ' | '\u{2f0b}' => Some(8),
        '\u{2f17}' => Some(10),
        _ => None,
    }
}

/// A numeral of which at least one character is a look-alike; the others are real.
fn lookalike_numeral(text: &str) -> Option<(u32, &str)> {
    let is_part = |character: char| is_han_numeral(character) || lookalike(character).is_some();
    let end = text.find(|character| !is_part(character)).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.chars().count() > 3 {
        return None;
    }
    let real: String = digits
        .chars()
        .map(|character| match lookalike(character) {
            Some(value) => {
                "一二三四五六七八九十".chars().nth(usize::try_from(value).unwrap_or(1) - 1).unwrap_or(character)
            }
            None => character,
        })
        .collect();
    Some((numeral(&real)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<(Family, u32, &str, &str)> {
        find(text).map(|token| (token.family, token.value, token.number(text), token.rest(text)))
    }

    #[test]
    fn numbers() {
        for (text, family, value, number, rest) in [
            ("一、总则", Family::Han, 1, "一、", "总则"),
            ("十一、 培训", Family::Han, 11, "十一、", "培训"),
            ("（一） 清点", Family::HanBracket, 1, "（一）", "清点"),
            ("㈡修复", Family::HanBracket, 2, "㈡", "修复"),
            ("（ 三 ）修复", Family::HanBracket, 3, "（ 三 ）", "修复"),
            ("（四）项目建设", Family::HanBracket, 4, "（四）", "项目建设"),
            ("⑵平装", Family::ArabicBracket, 2, "⑵", "平装"),
            ("3)三", Family::ArabicBracket, 3, "3)", "三"),
            ("３．选址", Family::Arabic, 3, "３．", "选址"),
            ("1、选址", Family::Arabic, 1, "1、", "选址"),
            ("1.2 范围", Family::Decimal, 2, "1.2", "范围"),
            ("1.2.3范围", Family::Decimal3, 3, "1.2.3", "范围"),
            ("③装订", Family::Circled, 3, "③", "装订"),
            ("第十二章　附则", Family::Chapter, 12, "第十二章", "附则"),
            ("第 一 章 总则", Family::Chapter, 1, "第 一 章", "总则"),
            ("第二分编　合同", Family::Division, 2, "第二分编", "合同"),
            ("第三条之一　原件", Family::Article, 3, "第三条之一", "原件"),
            ("第五条为规范", Family::Article, 5, "第五条", "为规范"),
            ("三、三项承诺", Family::Han, 3, "三、", "三项承诺"),
            ("ニ、步骤", Family::Han, 2, "ニ、", "步骤"),
            ("十ー、步骤", Family::Han, 11, "十ー、", "步骤"),
        ] {
            assert_eq!(shown(text), Some((family, value, number, rest)), "{text}");
        }
    }

    #[test]
    fn prose() {
        for text in [
            "一是人手不足",
            "第一，摸清底数",
            "首先，",
            "“一、二、三”三个字",
            "第三条的规定",
            "第三条规定，",
            "第三条所称",
            "第三条、第四条",
            "（一）项规定的",
            "（一）（二）两项",
            "（一）、（二）项",
            "（一）至（三）项",
            "2019.10.1举行",
            "3.5万册",
            "1.2亿元",
            "12.5%的",
            "1.3倍的",
            "一、二、三楼",
            "二〇一九年，",
            "一九七八年的",
            "2017年",
            "",
            "———",
            "— 12 —",
            "100.5",
            "第九届",
            "第三次",
            "第一部分是总则",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn trust() {
        for (text, trust) in [
            ("一、二楼开放", Trust::Enumerates),
            ("二十一、二岁", Trust::Enumerates),
            ("一、二十条措施", Trust::Plain),
            ("一. 目标", Trust::Weak),
            ("一，目标", Trust::Weak),
            ("一　目标", Trust::Weak),
            ("ー、目标", Trust::Lookalike),
        ] {
            assert_eq!(find(text).map(|token| token.trust), Some(trust), "{text}");
        }
    }
}
