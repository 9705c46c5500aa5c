//! Digits as Chinese writes them, under `[DBNum1]` to `[DBNum3]`.

/// 〇一二, 零壹贰, ０１２; by their number.
const DIGITS: [[char; 10]; 3] = [
    ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'],
];
/// Ten, a hundred, a thousand.
const UNITS: [[&str; 4]; 2] = [["", "十", "百", "千"], ["", "拾", "佰", "仟"]];
/// Every ten thousand times.
const MYRIADS: [&str; 4] = ["", "万", "亿", "万亿"];

/// Digits one for one.
pub(super) fn digits(text: &str, script: u8) -> String {
    let Some(own) = usize::from(script).checked_sub(1).and_then(|script| DIGITS.get(script)) else {
        return text.to_string();
    };
    let digit = |character: char| character.to_digit(10).and_then(|digit| own.get(digit as usize)).copied();
    text.chars().map(|character| digit(character).unwrap_or(character)).collect()
}

/// A whole number of digits as it is said: 一千二百三十四. The third script has no such way.
pub(super) fn said(text: &str, script: u8) -> String {
    let Some(units) = usize::from(script).checked_sub(1).and_then(|script| UNITS.get(script)) else {
        return digits(text, script);
    };
    let is_number =
        !text.is_empty() && text.len() <= 4 * MYRIADS.len() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        return digits(text, script);
    }
    // A zero that is said is 零 in both.
    let digit = |byte: u8| if byte == b'0' { "零".to_string() } else { digits(&char::from(byte).to_string(), script) };
    let mut said = String::new();
    let mut skipped = false;
    let mut has_group = false;
    for (at, byte) in text.bytes().enumerate() {
        let place = text.len() - 1 - at;
        if byte == b'0' {
            skipped = !said.is_empty();
        } else {
            if std::mem::take(&mut skipped) {
                said.push('零');
            }
            said.push_str(&digit(byte));
            said.push_str(units.get(place % 4).copied().unwrap_or_default());
            has_group = true;
        }
        if place.is_multiple_of(4) && std::mem::take(&mut has_group) {
            said.push_str(MYRIADS.get(place / 4).copied().unwrap_or_default());
        }
    }
    if said.is_empty() { "零".to_string() } else { said }
}

/// A month, day or hour: ten is 十, not 一十.
pub(super) fn in_date(text: &str, script: u8) -> String {
    let said = said(text.trim_start_matches('0'), script);
    match said.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None if text.bytes().all(|byte| byte == b'0') => digits("0", script),
        None => said,
    }
}
