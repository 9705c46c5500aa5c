//! Paragraphs that are what they are whatever number they carry (rule R5): notes, closing dates, salutations, attachments.
//!
//! They are told apart before the numbering is looked at, since `附件：1.名单` would else open a list and
//! （责任编辑：…） would be a paragraph of the text.

use super::fold::fold;
use crate::record::printed_date as date;

/// What a paragraph is, when not prose or numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Special {
    /// （作者系…）
    NoteAuthor,
    /// （责任编辑：…）
    NoteEditor,
    /// （此件公开发布）
    NotePublic,
    /// A date alone.
    Date,
    /// 同志们： or the addressees.
    Salutation,
    /// 附件：1.…
    AttachmentList,
    /// 附件1 alone: an attachment begins, and counting with it.
    AttachmentHead,
}

/// Longest special paragraph, in characters; the addressees of a circular may be many.
const LONGEST: usize = 300;

/// Which part of a text a paragraph stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// No numbered paragraph has come before; addressees stand here.
    Opening,
    Later,
}

/// What a paragraph is.
pub(crate) fn find(paragraph: &str, stretch: Stretch) -> Option<Special> {
    // 900 bytes hold 300 Chinese characters; longer than that is prose, and need not be folded to know it.
    if !may_be(paragraph) || paragraph.len() > 4 * LONGEST || paragraph.chars().nth(LONGEST).is_some() {
        return None;
    }
    let folded = fold(paragraph);
    let text = folded.text.trim();
    note(text)
        .or_else(|| attachment(text))
        .or_else(|| lone_date(text).map(|_| Special::Date))
        .or_else(|| is_salutation(text, stretch).then_some(Special::Salutation))
}

/// Nearly every paragraph is prose, and its first and last character tell: a special one begins with a bracket, a label or a
/// year, or ends as calls do.
fn may_be(paragraph: &str) -> bool {
    let begins = paragraph.starts_with(|first: char| {
        "（([［【〔附责責编編审校〇○一二０１２".contains(first) || matches!(first, '1' | '2') || first.is_whitespace()
    });
    begins || paragraph.ends_with(['：', ':', '！', '!']) || paragraph.ends_with(char::is_whitespace)
}

/// A date and nothing else, with or without brackets around it.
pub(crate) fn lone_date(text: &str) -> Option<date::PrintedDate> {
    date::read(bracketed(text).unwrap_or(text.trim())).filter(|date| date.whole)
}

/// A month or a day and nothing else; in brackets a year, too.
pub(crate) fn lone_month(text: &str) -> Option<date::PrintedDate> {
    let inner = bracketed(text);
    let own = inner.unwrap_or(text.trim());
    let least = if inner.is_some() { 4 } else { 7 };
    date::read(own)
        .filter(|date| date.edtf.len() >= least && own.get(date.length..).is_some_and(|rest| rest.trim().is_empty()))
}

/// The text inside a pair of brackets that encloses all of it.
pub(crate) fn bracketed(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches('。');
    [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】'), ('〔', '〕')].into_iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close]) || balanced(inner, open, close)).then(|| inner.trim())
    })
}

/// Whether brackets inside pair up, so that the outer ones belong together: not (甲)与(乙)
fn balanced(inner: &str, open: char, close: char) -> bool {
    let mut depth = 0_i32;
    for character in inner.chars() {
        depth += i32::from(character == open) - i32::from(character == close);
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

fn note(text: &str) -> Option<Special> {
    const EDITORS: [&str; 9] = ["责任编辑", "責任編輯", "责编", "編輯", "编辑", "编审", "审核", "审校", "校对"];
    if let Some(inner) = bracketed(text) {
        if author_note(inner).is_some() {
            return Some(Special::NoteAuthor);
        }
        if inner.starts_with("此件") {
            return Some(Special::NotePublic);
        }
        return EDITORS.iter().any(|word| labelled(inner, word).is_some()).then_some(Special::NoteEditor);
    }
    let short = text.chars().nth(40).is_none() && !text.ends_with('。');
    (short && EDITORS.iter().any(|word| labelled(text, word).is_some())).then_some(Special::NoteEditor)
}

/// What an author note says after 作者系: the affiliation. `None` when the text is no such note.
pub(crate) fn author_note(inner: &str) -> Option<&str> {
    let rest = inner.trim().strip_prefix("本文").unwrap_or(inner.trim());
    let rest = rest.strip_prefix("作者")?;
    for word in ["单位", "單位", "简介", "簡介", "工作单位", "现为", "现任", "系", "為", "为", "是", "现系"]
    {
        if let Some(after) = rest.strip_prefix(word) {
            return Some(after.trim_start_matches([':', '：', ' ', '\u{3000}']));
        }
    }
    // （作者张三系…）, （作者：…）: a note too, with the name inside.
    let named =
        rest.starts_with([':', '：']) || rest.chars().skip(1).take(4).any(|character| "系为是".contains(character));
    named.then_some(rest.trim_start_matches([':', '：', ' ', '\u{3000}']))
}

/// What follows a label and its colon.
pub(crate) fn labelled<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let rest = text.trim_start().strip_prefix(label)?.trim_start();
    rest.strip_prefix([':', '：']).map(str::trim)
}

fn attachment(text: &str) -> Option<Special> {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表")).or_else(|| text.strip_prefix("附录"));
    let Some(rest) = rest else {
        let listed = labelled(text, "附").is_some_and(|rest| !rest.is_empty() && rest.chars().nth(60).is_none());
        return listed.then_some(Special::AttachmentList);
    };
    let number = |character: char| character.is_ascii_digit() || "一二三四五六七八九十".contains(character);
    let numbered = rest.trim_start();
    let after = numbered.trim_start_matches(number).trim();
    let has_number = after.len() < numbered.trim_end().len();
    if after.is_empty() || after == ":" {
        return Some(Special::AttachmentHead);
    }
    if after.starts_with(':') && !after.ends_with('。') {
        return Some(if has_number { Special::AttachmentHead } else { Special::AttachmentList });
    }
    None
}

/// Vocatives anywhere; addressees only at the opening.
fn is_salutation(text: &str, stretch: Stretch) -> bool {
    const VOCATIVES: [&str; 11] =
        ["同志们", "同志們", "朋友们", "各位", "尊敬的", "女士们", "先生们", "同学们", "老师们", "乡亲们", "战友们"];
    let Some(called) = text.strip_suffix([':', '!', '！']) else { return false };
    if called.is_empty() || called.contains(['。', ';', ':', '!', '?']) {
        return false;
    }
    let vocative =
        |part: &str| VOCATIVES.iter().any(|word| part.trim().starts_with(word)) || part.trim().ends_with('们');
    if VOCATIVES.iter().any(|word| called.starts_with(word)) && called.chars().nth(60).is_none() {
        // A closing call to the audience ends in ！ too: 同志们，任务光荣！
        return text.ends_with(':') || called.split([',', '、', ' ']).all(vocative);
    }
    stretch == Stretch::Opening
        && text.ends_with(':')
        && called.split(['、', ',', ' ']).filter(|part| !part.is_empty()).all(is_addressee)
}

/// An office, a unit, or a person addressed by title: the last word tells.
fn is_addressee(part: &str) -> bool {
    const ENDS: [&str; 48] = [
        "局",
        "委",
        "办",
        "厅",
        "部",
        "院",
        "政府",
        "会",
        "校",
        "所",
        "站",
        "中心",
        "单位",
        "机构",
        "公司",
        "集团",
        "企业",
        "银行",
        "部门",
        "部队",
        "法院",
        "检察院",
        "区",
        "县",
        "市",
        "省",
        "州",
        "乡",
        "镇",
        "街道",
        "村",
        "社区",
        "馆",
        "处",
        "科",
        "室",
        "组",
        "队",
        "党委",
        "党组",
        "支部",
        "同志",
        "先生",
        "女士",
        "代表",
        "干部",
        "群众",
        "组织",
    ];
    // A list's lead-in may end in the same words: 下列单位, 责任单位.
    const LEADS: [&str; 12] =
        ["下列", "如下", "以下", "主办", "承办", "协办", "责任", "牵头", "配合", "成员", "包括", "应当"];
    let part = part.trim();
    let part = part.strip_suffix(')').and_then(|part| part.rsplit_once('(')).map_or(part, |(before, _)| before);
    ENDS.iter().any(|end| part.ends_with(end)) && !LEADS.iter().any(|word| part.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specials() {
        for (text, special) in [
            ("（作者系江城县图书馆退休职工）", Special::NoteAuthor),
            ("(作者单位：江城县图书馆)", Special::NoteAuthor),
            ("（责任编辑：林小雨）", Special::NoteEditor),
            ("责任编辑：林小雨", Special::NoteEditor),
            ("（此件公开发布）", Special::NotePublic),
            ("二○一二年五月六日", Special::Date),
            ("2012年5月6日", Special::Date),
            ("（2012年5月6日）", Special::Date),
            ("同志们：", Special::Salutation),
            ("同志们，朋友们！", Special::Salutation),
            ("各区文化局、市直各单位：", Special::Salutation),
            ("各县（市、区）人民政府，市政府各部门：", Special::Salutation),
            ("附件：1.登记表", Special::AttachmentList),
            ("附：名单", Special::AttachmentList),
            ("附件1", Special::AttachmentHead),
            ("附件", Special::AttachmentHead),
            ("附件二：", Special::AttachmentHead),
        ] {
            assert_eq!(find(text, Stretch::Opening), Some(special), "{text}");
        }
        for text in [
            "现将有关事项通知如下：",
            "申请人应当提交下列材料：",
            "附件所列的材料应当齐全。",
            "作者系好这条绳子。",
            "2012年5月6日，展览开幕。",
            "（一）甲（二）乙",
            "编辑部设在三楼。",
            "主办单位：",
            "同志们，任务光荣！",
            "包括下列部门：",
        ] {
            assert_eq!(find(text, Stretch::Opening), None, "{text}");
        }
        assert_eq!(find("市直各单位：", Stretch::Later), None, "addressees stand before the text");
    }
}
