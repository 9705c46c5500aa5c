//! What titles end in.

/// The kinds of documents, as titles end in them (GB/T 9704-2012 lists fifteen; laws and reports add theirs).
const KINDS: [&str; 62] = [
    "安排",
    "答复",
    "解答",
    "决议",
    "决定",
    "命令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
    "条例",
    "规定",
    "办法",
    "细则",
    "规则",
    "规程",
    "章程",
    "方案",
    "规划",
    "计划",
    "纲要",
    "要点",
    "总结",
    "讲话",
    "致辞",
    "宣言",
    "声明",
    "倡议书",
    "公约",
    "解释",
    "若干问题的解释",
    "法",
    "实施办法",
    "思考",
    "札记",
    "综述",
    "目录",
    "格式",
    "规范",
    "标准",
    "须知",
    "指南",
    "手册",
    "制度",
    "预案",
    "守则",
    "准则",
    "名单",
    "简章",
    "协议书",
    "说明书",
    "公示",
    "大纲",
    "通知书",
];

/// Whether a text ends as titles do.
pub(crate) fn ends_like_title(text: &str) -> bool {
    let text = text.trim_end_matches(['）', ')', '》', '”']);
    let text = text
        .strip_suffix("试行")
        .or_else(|| text.strip_suffix("修订"))
        .map_or(text, |text| text.trim_end_matches(['（', '(']));
    text.chars().nth(4).is_some() && KINDS.iter().any(|kind| text.ends_with(kind))
}
