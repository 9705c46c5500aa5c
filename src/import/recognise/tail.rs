//! The page furniture below the text (rule R3), from the bottom up.
//!
//! A saved page ends with print buttons, neighbouring articles, the site's operator and its licence numbers. They are no
//! part of the document, but they are part of the capture: each line taken is listed with the reason. The climb ends at the
//! first line that reads like text. One or two short unknown lines below known ones do not end it, and stay in the text,
//! since nothing says that they are furniture.

use super::fold::fold;
use super::paragraphs::Line;
use crate::import::dropped::{Dropped, WhyDropped};

/// Longest furniture line in characters.
const LONGEST: usize = 120;
/// Longest unknown line that the climb passes over, in characters.
const PASSED: usize = 40;

/// What was found at the bottom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tail {
    /// Furniture lines, in the order of the capture.
    pub dropped: Vec<Dropped>,
    /// The notice of rights among them, as printed.
    pub rights: Option<String>,
}

/// Finds the furniture at the bottom.
pub(crate) fn find(lines: &[Line<'_>]) -> Tail {
    let mut tail = Tail::default();
    let mut strongest = 0;
    let (mut passed, mut passed_any) = (0, false);
    // How many were found before any unknown line.
    let mut lowest = 0;
    for line in lines.iter().rev() {
        let text = line.text.trim();
        if text.is_empty() {
            continue;
        }
        let nothing_below = passed == 0 && names_nothing(text);
        let Some(why) = recognise(text).or(nothing_below.then_some(WhyDropped::NoValue)) else {
            (passed, passed_any) = (passed + 1, true);
            let short = text.chars().nth(PASSED).is_none() && !text.ends_with(['。', '！', '？', '；', '：']);
            if passed > 2 || !short {
                break;
            }
            continue;
        };
        passed = 0;
        lowest += usize::from(!passed_any);
        if why == WhyDropped::RightsNotice {
            let strength = rights_strength(text);
            if strength >= strongest {
                (strongest, tail.rights) = (strength, Some(text.to_string()));
            }
        }
        tail.dropped.push(Dropped { line: line.number, text: text.to_string(), why });
    }
    // Organisers and drawn rules end texts too. Without anything that only pages have, organisers are taken where they are
    // the very last lines, and rules are not taken at all.
    if tail.dropped.iter().all(|dropped| matches!(dropped.why, WhyDropped::SiteOperator | WhyDropped::Rule)) {
        tail.dropped.truncate(lowest);
        tail.dropped.retain(|dropped| dropped.why == WhyDropped::SiteOperator);
    }
    tail.dropped.reverse();
    tail
}

/// Whether a line is nothing but buttons: 打印|关闭, ×
pub(crate) fn is_button(text: &str) -> bool {
    const BUTTONS: [&str; 26] = [
        "关闭当前页面",
        "关闭当前页",
        "返回上一页",
        "返回列表",
        "返回首页",
        "返回",
        "打印",
        "关闭",
        "我的收藏",
        "收藏",
        "分享",
        "下载",
        "点赞",
        "纠错",
        "内容纠错",
        "复制链接",
        "字号减小",
        "字号增大",
        "放大字体",
        "缩小字体",
        "字号",
        "点击阅读原文",
        "阅读原文",
        "扫一扫在手机打开当前页",
        "无障碍",
        "关怀版",
    ];
    if text.chars().nth(40).is_some() {
        return false;
    }
    let is_joint = |c: char| c.is_whitespace() || "|丨/、·•[]【】()（）<>×✕X".contains(c);
    let mut rest = text.trim_matches(is_joint);
    let mut found = text.contains(['×', '✕']) || text == "X";
    while !rest.is_empty() {
        let Some(after) = BUTTONS.iter().find_map(|button| rest.strip_prefix(button)) else { return false };
        (rest, found) = (after.trim_start_matches(is_joint), true);
    }
    found
}

/// A line that names something below it, and nothing is there: 附件：
fn names_nothing(text: &str) -> bool {
    text.ends_with(['：', ':'])
        && text.chars().nth(8).is_none()
        && text.chars().all(|c| c.is_alphanumeric() || ":： ".contains(c))
}

/// What kind of furniture a line is.
pub(crate) fn recognise(text: &str) -> Option<WhyDropped> {
    if text.len() > 4 * LONGEST || text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let compact: String =
        fold(text).text.to_lowercase().chars().filter(|character| !character.is_whitespace()).collect();
    let has = |words: &[&str]| words.iter().any(|word| compact.contains(word));
    let sentence = compact.ends_with('。');
    if has(&["打印该页", "打印本页", "打印此页", "打印页面", "打印文章", "打印本文", "[打印]", "【打印", "打印】"])
    {
        return Some(WhyDropped::PrintButton);
    }
    let closes = [
        "关闭窗口",
        "关闭本页",
        "关闭页面",
        "关闭该页",
        "[关闭]",
        "【关闭",
        "返回顶部",
        "回到顶部",
        "[返回]",
        "【返回】",
    ];
    if has(&closes) || is_button(text) {
        return Some(WhyDropped::CloseButton);
    }
    let bare = compact.trim_start_matches(['[', '【', '<', '«', '·', '▪', '■', '•', '◆', '>']);
    if ["上一篇", "下一篇", "上一条", "下一条", "上篇:", "下篇:"].iter().any(|word| bare.starts_with(word))
    {
        return Some(WhyDropped::NeighbourLink);
    }
    if !sentence && is_share(&compact) {
        return Some(WhyDropped::Share);
    }
    if is_rights_notice(&compact) {
        return Some(WhyDropped::RightsNotice);
    }
    if has(&["网站标识码", "政府网站标识"]) {
        return Some(WhyDropped::SiteCode);
    }
    if has(&["icp备", "icp证"]) {
        return Some(if compact.contains("找错") { WhyDropped::ErrorReport } else { WhyDropped::IcpNumber });
    }
    if has(&["公网安备", "公安备案"]) {
        return Some(WhyDropped::PoliceNumber);
    }
    if !sentence && compact.contains("找错") {
        return Some(WhyDropped::ErrorReport);
    }
    if !sentence && has(&["网站地图", "网站声明", "站点地图", "设为首页"]) {
        return Some(WhyDropped::SiteMap);
    }
    if !sentence && is_operator(&compact) {
        return Some(WhyDropped::SiteOperator);
    }
    // Rules drawn with characters between the furniture's lines.
    let is_drawn = !compact.is_empty() && compact.chars().all(|character| "-—_=*·.|│┃─━﹏~".contains(character));
    is_drawn.then_some(WhyDropped::Rule)
}

/// 分享到, 扫一扫, or the name of an account: 江城县微信公众号
fn is_share(compact: &str) -> bool {
    let words = ["分享到", "分享至", "扫一扫", "微信扫码", "收藏本页", "加入收藏", "在浏览器中打开"];
    let accounts = ["微信公众号", "官方微信", "官方微博", "客户端", "微信小程序"];
    let short = compact.chars().nth(16).is_none() && !compact.contains(['、', ',', ':', '《']);
    words.iter().any(|word| compact.contains(word)) || (short && accounts.iter().any(|end| compact.ends_with(end)))
}

fn is_rights_notice(compact: &str) -> bool {
    let permission = ["授权", "许可", "同意", "允许"].iter().any(|word| compact.contains(word));
    ["版权所有", "版权均属", "版权归", "均属于", "copyright", "allrightsreserved", "©"]
        .iter()
        .any(|word| compact.contains(word))
        || (compact.contains("未经") && permission && compact.contains("载"))
        || (compact.contains("未经") && permission && compact.contains("本网"))
}

/// A notice that says what is forbidden tells more than one that names the holder.
pub(crate) fn rights_strength(text: &str) -> usize {
    ["未经", "不得", "授权", "许可", "转载", "版权"].iter().filter(|word| text.contains(*word)).count()
}

/// 某局主办 某中心建设维护: two of the words, or one of them as a label or as the line's last word.
fn is_operator(compact: &str) -> bool {
    const WORDS: [&str; 8] = ["主办", "承办", "协办", "建设维护", "技术支持", "运行维护", "网站管理", "制作维护"];
    if compact.contains(['，', ',', '。']) {
        return false;
    }
    let found = WORDS.iter().filter(|word| compact.contains(*word)).count();
    let alone = WORDS.iter().any(|word| {
        compact.strip_prefix(word).is_some_and(|rest| rest.starts_with(':') || rest.starts_with("单位"))
            || (compact.ends_with(word) && compact.chars().nth(30).is_none())
    });
    found >= 2 || alone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::recognise::paragraphs::lines;

    fn reasons(text: &str) -> Vec<(usize, WhyDropped)> {
        find(&lines(text)).dropped.iter().map(|dropped| (dropped.line, dropped.why)).collect()
    }

    #[test]
    fn furniture_is_named() {
        let text = "展览延长一个月。\n\n[打印本页] [关闭窗口]\n上一篇：无\n分享到：\n江城县档案馆主办 江城县信息中心建设维护\n我为政府网站找错 某ICP备1号 某公网安备2号\n网站标识码1234567890\n";
        assert_eq!(
            reasons(text),
            [
                (3, WhyDropped::PrintButton),
                (4, WhyDropped::NeighbourLink),
                (5, WhyDropped::Share),
                (6, WhyDropped::SiteOperator),
                (7, WhyDropped::ErrorReport),
                (8, WhyDropped::SiteCode)
            ]
        );
    }

    #[test]
    fn text_ends_the_climb() {
        assert_eq!(reasons("版权所有的书目另编。\n展览由县图书馆主办，县档案馆协办。"), []);
        assert_eq!(reasons("关闭窗口\n展览延长一个月。"), [], "furniture is at the bottom");
        assert_eq!(
            reasons("展览延长。\n关闭窗口\n某网站欢迎您"),
            [(2, WhyDropped::CloseButton)],
            "an unknown last line"
        );
        assert_eq!(reasons("展览延长。\n主办：江城县图书馆\n2020年5月6日"), [], "who holds an exhibition");
        assert_eq!(reasons("展览延长。\n* * *"), []);
        assert_eq!(
            reasons("展览延长。\n[打印本页]\n江城县档案馆\n某ICP备1号"),
            [(2, WhyDropped::PrintButton), (4, WhyDropped::IcpNumber)]
        );
    }

    #[test]
    fn the_strongest_notice_is_the_rights() {
        let tail = find(&lines("甲。\n凡本网文章，未经授权不得转载！\n版权所有 江城县档案馆"));
        assert_eq!(tail.rights.as_deref(), Some("凡本网文章，未经授权不得转载！"));
        assert_eq!(tail.dropped.len(), 2);
    }
}
