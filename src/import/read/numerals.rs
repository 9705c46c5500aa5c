//! Numbers in the formats that Word can print them in (ECMA-376 part 1, 17.18.59). Lists of pages have some of them too.
//!
//! Every format is bounded: beyond its largest number a format falls back to decimal digits, as Word itself does for signs
//! that run out.

/// Digits of 一〇二, of 一百零二 and of 壹佰零贰.
const POSITIONAL: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const COUNTING: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const SIMPLIFIED_LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const TRADITIONAL_LEGAL: [char; 10] = ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'];

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
const PARENTHESISED: &str = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇";
const STOPPED: &str = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛";
const CIRCLED_IDEOGRAPHS: &str = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉";

const ROMAN: [(u64, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// A number as printed. A format that is not known is decimal.
pub(crate) fn render(format: &str, number: u64) -> String {
    let special = match format {
        "none" | "bullet" => Some(String::new()),
        "decimalZero" => Some(format!("{number:02}")),
        "decimalFullWidth" | "decimalFullWidth2" => Some(full_width(number)),
        "ordinal" => Some(ordinal(number)),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).map(|text| text.to_lowercase()),
        "upperLetter" => letter(number, b'A'),
        "lowerLetter" => letter(number, b'a'),
        "chineseCounting" | "taiwaneseCounting" => counted_to_hundred(number),
        "chineseCountingThousand" => chinese(number, &COUNTING, ["十", "百", "千", "万"], Ten::Bare),
        "taiwaneseCountingThousand" => chinese(number, &COUNTING, ["十", "百", "千", "萬"], Ten::Bare),
        "chineseLegalSimplified" => chinese(number, &SIMPLIFIED_LEGAL, ["拾", "佰", "仟", "万"], Ten::WithOne),
        "ideographLegalTraditional" => chinese(number, &TRADITIONAL_LEGAL, ["拾", "佰", "仟", "萬"], Ten::WithOne),
        "japaneseCounting" => japanese(number),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => Some(positional(number, '〇')),
        "ideographTraditional" => sign(number, STEMS),
        "ideographZodiac" => sign(number, BRANCHES),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => sign(number, CIRCLED),
        "decimalEnclosedParen" => sign(number, PARENTHESISED),
        "decimalEnclosedFullstop" => sign(number, STOPPED),
        "ideographEnclosedCircle" => sign(number, CIRCLED_IDEOGRAPHS),
        "numberInDash" => Some(format!("- {number} -")),
        _ => None,
    };
    special.unwrap_or_else(|| number.to_string())
}

/// 1st, 2nd, 3rd, 4th.
fn ordinal(number: u64) -> String {
    let ending = match (number % 10, number % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn sign(number: u64, signs: &str) -> Option<String> {
    let at = usize::try_from(number.checked_sub(1)?).ok()?;
    signs.chars().nth(at).map(String::from)
}

fn roman(number: u64) -> Option<String> {
    let mut rest = (1..=32_767).contains(&number).then_some(number)?;
    let mut text = String::new();
    for (value, letters) in ROMAN {
        while rest >= value {
            rest -= value;
            text.push_str(letters);
        }
    }
    Some(text)
}

/// A … Z, AA, BB … ZZ, AAA, as Word counts; a spreadsheet would count AA, AB.
fn letter(number: u64, first: u8) -> Option<String> {
    let from_zero = (1..=780).contains(&number).then(|| number - 1)?;
    let letter = char::from(first + u8::try_from(from_zero % 26).ok()?);
    Some(std::iter::repeat_n(letter, usize::try_from(from_zero / 26).ok()? + 1).collect())
}

fn full_width(number: u64) -> String {
    let digits = number.to_string();
    digits.chars().filter_map(|digit| char::from_u32(u32::from(digit) + 0xfee0)).collect()
}

fn positional(number: u64, zero: char) -> String {
    let digits = number.to_string();
    let digit = |value: u32| if value == 0 { Some(zero) } else { POSITIONAL.get(value as usize).copied() };
    digits.chars().filter_map(|character| digit(character.to_digit(10)?)).collect()
}

/// 一 … 九十九, then 一○○; the zero is Word's circle, not the ideograph.
fn counted_to_hundred(number: u64) -> Option<String> {
    if number >= 100 {
        Some(positional(number, '○'))
    } else {
        chinese(number, &COUNTING, ["十", "百", "千", "万"], Ten::Bare)
    }
}

/// How ten is written, and what follows up to nineteen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ten {
    /// 十
    Bare,
    /// 壹拾
    WithOne,
}

/// 一百零二.
fn chinese(number: u64, digits: &[char; 10], units: [&str; 4], ten_as: Ten) -> Option<String> {
    if !(1..100_000).contains(&number) {
        return None;
    }
    let [ten, hundred, thousand, ten_thousand] = units;
    let mut text = String::new();
    let (mut rest, mut zero) = (number, false);
    for (value, unit) in [(10_000, ten_thousand), (1000, thousand), (100, hundred), (10, ten), (1, "")] {
        let digit = usize::try_from(rest / value).ok()?;
        rest %= value;
        if digit == 0 {
            zero = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut zero) {
            text.push(digits[0]);
        }
        if digit > 1 || value != 10 || ten_as == Ten::WithOne || !text.is_empty() {
            text.extend(digits.get(digit));
        }
        text.push_str(unit);
    }
    Some(text)
}

/// 百一: neither a one before a unit nor a zero between.
fn japanese(number: u64) -> Option<String> {
    let mut rest = (1..10_000).contains(&number).then_some(number)?;
    let mut text = String::new();
    for (value, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = usize::try_from(rest / value).ok()?;
        rest %= value;
        if digit > 1 || digit == 1 && value == 1 {
            text.extend(COUNTING.get(digit));
        }
        if digit > 0 {
            text.push_str(unit);
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        for (format, number, printed) in [
            ("decimal", 12, "12"),
            ("decimalZero", 7, "07"),
            ("decimalFullWidth", 12, "１２"),
            ("upperRoman", 1949, "MCMXLIX"),
            ("lowerRoman", 4, "iv"),
            ("upperLetter", 28, "BB"),
            ("lowerLetter", 26, "z"),
            ("chineseCounting", 10, "十"),
            ("chineseCounting", 21, "二十一"),
            ("chineseCounting", 100, "一○○"),
            ("chineseCountingThousand", 11, "十一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 2003, "二千零三"),
            ("chineseCountingThousand", 10_010, "一万零一十"),
            ("taiwaneseCountingThousand", 10_000, "一萬"),
            ("japaneseCounting", 1101, "千百一"),
            ("ideographDigital", 10, "一〇"),
            ("ideographTraditional", 3, "丙"),
            ("ideographTraditional", 11, "11"),
            ("ideographZodiac", 12, "亥"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedCircle", 21, "21"),
            ("decimalEnclosedCircleChinese", 1, "①"),
            ("chineseLegalSimplified", 10, "壹拾"),
            ("chineseLegalSimplified", 203, "贰佰零叁"),
            ("none", 5, ""),
            ("thaiLetters", 5, "5"),
            ("upperRoman", 0, "0"),
        ] {
            assert_eq!(render(format, number), printed, "{format} {number}");
        }
    }

    #[test]
    fn any_number_is_short() {
        for format in ["upperRoman", "upperLetter", "chineseCounting", "chineseCountingThousand", "decimalZero", "x"] {
            for number in [0, 99_999, 100_000, u64::MAX] {
                assert!(render(format, number).chars().count() < 40, "{format} {number}");
            }
        }
    }
}
