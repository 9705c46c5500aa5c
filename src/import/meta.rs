//! What a capture says about its document, in the fields of the catalogue record.
//!
//! Only what is printed gets here, under the label it is printed with. A field that the page does not state stays empty,
//! because a guess in a catalogue looks exactly like knowledge.

use std::collections::BTreeMap;

use super::recognise::fold::{fold, fold_character};

/// An author as the page names him.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// The name; `张 三` is closed up.
    pub name: String,
    /// From a note like （作者系…）.
    pub affiliation: Option<String>,
}

/// The facts found in a capture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// The title.
    pub title: Option<String>,
    /// A line below the title that begins with a dash.
    pub subtitle: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// When it was published, as EDTF: `2017-08-30`.
    pub date: Option<String>,
    /// The time of day beside the date, `09:30`; EDTF level 1 dates in records have none.
    pub time: Option<String>,
    /// The date as printed, when it differs from `date`.
    pub date_printed: Option<String>,
    /// 成文日期, as EDTF.
    pub created: Option<String>,
    /// The source office: who published what was captured.
    pub source: Option<String>,
    /// 发文机关
    pub issuer: Option<String>,
    /// 发文字号 with its year in 〔〕.
    pub doc_number: Option<String>,
    /// 索引号
    pub index_number: Option<String>,
    /// 主题词
    pub subjects: Vec<String>,
    /// 责任编辑 and others who prepared the page.
    pub editors: Vec<String>,
    /// The notice of rights, as printed.
    pub rights: Option<String>,
    /// Where it was published.
    pub source_url: Option<String>,
    /// The day it was captured, as EDTF.
    pub captured: Option<String>,
    /// The word by which it was kept from the public where it comes from: `published: false`.
    pub kept_back: Option<String>,
    /// Labelled facts that have no field of their own, under their labels.
    pub extra: BTreeMap<String, String>,
}

impl Meta {
    /// All values, for the proof that a word of the capture is in the record.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        let single = [
            &self.title,
            &self.subtitle,
            &self.date,
            &self.time,
            &self.date_printed,
            &self.created,
            &self.source,
            &self.issuer,
            &self.doc_number,
            &self.index_number,
            &self.rights,
            &self.source_url,
            &self.captured,
        ];
        let authors =
            self.authors.iter().flat_map(|author| [Some(author.name.as_str()), author.affiliation.as_deref()]);
        let extra = self.extra.iter().flat_map(|(label, value)| [label.as_str(), value.as_str()]);
        single
            .into_iter()
            .filter_map(|value| value.as_deref())
            .chain(authors.flatten())
            .chain(self.subjects.iter().chain(&self.editors).map(String::as_str))
            .chain(extra)
    }
}

/// Whether a notice of rights says that a text may not be printed again, or not without leave.
pub(crate) fn forbids_reprinting(rights: &str) -> bool {
    let rights = rights.to_lowercase();
    let reprinting = ["转载", "轉載", "翻印", "复制", "複製", "摘编", "使用", "reprint", "reproduc", "copied"];
    let forbidden =
        ["不得", "禁止", "谢绝", "謝絕", "严禁", "未经", "未經", "without", "forbidden", "prohibited", "not be"];
    reprinting.iter().any(|word| rights.contains(word)) && forbidden.iter().any(|word| rights.contains(word))
}

/// Whether a line is made of words: two letters stand side by side, however wide they are set, and there is no cipher in it
/// such as invoices have (548-1109>61*9).
pub(crate) fn has_words(text: &str) -> bool {
    let seen = text.chars().filter(|character| !character.is_whitespace());
    let letters: Vec<bool> = seen.map(char::is_alphabetic).collect();
    let is_cipher = |run: &str| run.chars().filter(|character| matches!(character, '<' | '>' | '*' | '+')).count() >= 2;
    letters.windows(2).any(|pair| pair == [true, true])
        && !text
            .split(|character: char| !matches!(character, '0'..='9' | '<' | '>' | '*' | '+' | '-' | '/'))
            .any(|run| run.len() >= 10 && is_cipher(run))
}

/// The text without white space.
pub(crate) fn compact(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// Without white space and folded, to compare two printings of the same words.
pub(crate) fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| compact(text).chars().filter_map(fold_character).collect::<String>();
    words(one) == words(other)
}

/// What stands before names and says what the persons did.
const ROLES: [&str; 12] = [
    "特约记者",
    "本报记者",
    "实习记者",
    "本网记者",
    "记者",
    "特约通讯员",
    "通讯员",
    "撰稿人",
    "撰稿",
    "文/",
    "图/",
    "供稿",
];

/// A name without the roles before it; nothing when there is no name.
pub(crate) fn without_role(name: &str) -> &str {
    let mut name = name.trim();
    while let Some(rest) = ROLES.iter().find_map(|role| name.strip_prefix(role)) {
        name = rest.trim_start_matches([' ', '\u{3000}', ':', '：']);
    }
    // What is left of 文/张三 when the stroke parts it.
    if matches!(name, "文" | "图") { "" } else { name }
}

/// The names in a value such as `张三、李四`, `本报记者 张三 李四`, `张 三`. A value that is no list of personal names, such as
/// an office, is one name.
pub(crate) fn names(value: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in value.split(['、', '，', ',', ';', '；', '|']) {
        let mut part = part.trim();
        while let Some(rest) =
            ROLES.iter().find_map(|role| part.strip_prefix(role)).filter(|rest| !rest.trim().is_empty())
        {
            part = rest.trim_start_matches([' ', '\u{3000}', ':', '：']);
        }
        let words: Vec<&str> = part.split_whitespace().filter(|word| !ROLES.contains(word)).collect();
        let length = |word: &str| word.chars().count();
        let whole: usize = words.iter().map(|word| length(word)).sum();
        // 张 三, 沈 一帆, 欧 阳 修: one name, set wide.
        let spaced = words.len() > 1
            && whole <= 4
            && words.iter().all(|word| is_han(word))
            && words.first().is_some_and(|w| length(w) == 1);
        if spaced {
            names.push(words.concat());
        } else if words.len() > 1 && words.iter().all(|word| is_han(word) && (2..=4).contains(&length(word))) {
            names.extend(words.into_iter().map(str::to_string));
        } else if !part.is_empty() {
            names.push(part.to_string());
        }
    }
    names
}

/// Whether a name can be that of a person or a body that wrote a text. A login, an address, a web editor and a site are none.
pub(crate) fn is_author(name: &str) -> bool {
    const NOBODY: [&str; 14] = [
        "无",
        "佚名",
        "未知",
        "匿名",
        "管理员",
        "系统管理员",
        "超级管理员",
        "网站管理员",
        "本站",
        "网络",
        "转载",
        "原创",
        "编辑",
        "小编",
    ];
    const WEB: [&str; 10] = ["网", "网站", "网编", "编辑", "小编", "管理员", "频道", "客户端", "公众号", "论坛"];
    let name = name.trim();
    let login = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.'));
    // 信息发布员6, 某公司技术支持: who put the page there, and who made the site.
    let post = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let clerk =
        ["发布员", "编辑员", "信息员", "录入员", "审核员", "通讯员", "管理员"].iter().any(|word| post.ends_with(word));
    let lettered = name.chars().any(char::is_alphabetic);
    let address = name.contains(['@', '/', '<']) || name.starts_with("www.") || name.contains("技术支持");
    lettered && !login && !clerk && !address && !NOBODY.contains(&name) && !WEB.iter().any(|word| name.ends_with(word))
}

/// Whether a name is that of an office: Chinese characters only, and the last says what kind of body it is. Three characters
/// are one where hardly anything else ends so: 教务处, 财政部.
pub(crate) fn is_body(name: &str) -> bool {
    const ENDS: [&str; 33] = [
        "政府",
        "委员会",
        "办公室",
        "办公厅",
        "局",
        "厅",
        "部",
        "委",
        "院",
        "会",
        "处",
        "科",
        "室",
        "所",
        "站",
        "中心",
        "公司",
        "馆",
        "校",
        "学",
        "社",
        "组",
        "集团",
        "银行",
        "支行",
        "分行",
        "署",
        "军区",
        "党委",
        "法院",
        "检察院",
        "总队",
        "大队",
    ];
    const SHORT: [&str; 9] = ["局", "厅", "部", "委", "处", "署", "办", "学院", "国务院"];
    const OTHERS: [&str; 27] = [
        "结局", "格局", "布局", "棋局", "部署", "乐部", "全部", "内部", "外部", "去处", "好处", "坏处", "用处", "难处",
        "深处", "何处", "客厅", "餐厅", "歌厅", "舞厅", "主办", "承办", "协办", "么办", "举办", "督办", "包办",
    ];
    let length = name.chars().count();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let kind = if length > 3 { ends(&ENDS) || name.ends_with('办') } else { ends(&SHORT) };
    // 关于县档案局 is the beginning of a title.
    (3..=40).contains(&length) && is_han(name) && kind && !ends(&OTHERS) && !name.starts_with("关于")
}

/// Whether a line looks like the names of persons: Chinese names that begin with a surname.
pub(crate) fn are_personal_names(line: &str) -> bool {
    let names = names(line);
    !names.is_empty() && names.len() <= 6 && names.iter().all(|name| is_personal_name(name))
}

/// The commonest surnames of one character, by the lists of the household register; rare ones that are common words are
/// left out, because a heading taken for an author is worse than an author left in the text.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚庞樊\
    兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢岳齐梅莫庄辛祝左涂谷祁舒耿牟卜路詹关苗凌费纪靳盛童欧甄曲游阳裴席卫屈鲍覃霍翁隋甘景薄包司柏宁柯阮桂闵解柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧\
    宫苟褚廉简娄盖符奚穆党燕郎邸冀谈姬屠连郜晏栾郁蒙喻揭窦迟宇敖糜鄢冷卓仇艾蓝巩井练仲乐虞卞封竺張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻鍾譚鄒陸龍錢湯賀賴龔龐蘭顏嚴溫魯韋畢聶齊莊";
const COMPOUND: [&str; 12] =
    ["欧阳", "上官", "司马", "诸葛", "皇甫", "东方", "令狐", "公孙", "慕容", "尉迟", "司徒", "夏侯"];
/// Words of two to four characters that begin like a name and stand alone under titles.
const NOT_NAMES: [&str; 60] = [
    "解释",
    "纪要",
    "章程",
    "简章",
    "方案",
    "方法",
    "高度",
    "任务",
    "成果",
    "关于",
    "安全",
    "项目",
    "金融",
    "常委",
    "程序",
    "严格",
    "石油",
    "路线",
    "童年",
    "林业",
    "史料",
    "史志",
    "文件",
    "文化",
    "安排",
    "时间",
    "党史",
    "党建",
    "党委",
    "党课",
    "卫生",
    "水利",
    "季度",
    "农业",
    "常识",
    "简介",
    "简报",
    "全文",
    "商务",
    "计划",
    "华夏",
    "景区",
    "温馨提示",
    "管理",
    "管理办法",
    "施行",
    "连载",
    "查阅",
    "范围",
    "方针",
    "方式",
    "经验",
    "成绩",
    "常用",
    "花絮",
    "石刻",
    "时限",
    "步骤",
    "应用",
    "周期",
];

fn is_personal_name(name: &str) -> bool {
    let length = name.chars().count();
    if name.contains('·') {
        return length <= 20 && name.split('·').all(is_han);
    }
    let surname = name.chars().next().is_some_and(|first| SURNAMES.contains(first));
    let compound = COMPOUND.iter().any(|surname| name.starts_with(surname));
    is_han(name)
        && ((surname && (2..=3).contains(&length)) || (compound && (3..=4).contains(&length)))
        && !NOT_NAMES.contains(&name)
}

fn is_han(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_han_character)
}

/// Whether a character is a Chinese one.
pub(crate) fn is_han_character(character: char) -> bool {
    matches!(u32::from(character), 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff | 0x3007)
}

/// A document number at the whole of a text: 机关代字, a year in any brackets, N号. Returned with the year in 〔〕.
pub(crate) fn doc_number(text: &str) -> Option<String> {
    const OPEN: [char; 6] = ['[', '(', '【', '﹝', '〔', '〈'];
    const CLOSE: [char; 6] = [']', ')', '】', '﹞', '〕', '〉'];
    if !text.contains('号') {
        return None;
    }
    let folded = fold(text.trim()).text;
    let compacted = compact(&folded);
    // The agency's word may hold brackets itself: 江政办(法)〔2017〕3号. The year's are the last.
    let (agency, year, rest) =
        compacted.char_indices().filter(|(_, character)| OPEN.contains(character)).find_map(|(at, open)| {
            let inner = compacted.get(at + open.len_utf8()..)?;
            let year = inner.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
            let rest = inner.get(4..)?.strip_prefix(CLOSE)?;
            Some((compacted.get(..at)?, year, rest))
        })?;
    let letters = agency.chars().count();
    let words = agency
        .chars()
        .all(|character| is_han_character(character) || OPEN.contains(&character) || CLOSE.contains(&character));
    let number = rest.strip_prefix('第').unwrap_or(rest).strip_suffix('号')?;
    let counted = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (words && counted && (1..=20).contains(&letters)).then(|| format!("{agency}〔{year}〕{rest}"))
}

/// Whether a text is a count of orders: 第31号, 第三十一号
pub(crate) fn is_count(text: &str) -> bool {
    let number = text.strip_prefix('第').and_then(|rest| rest.strip_suffix('号'));
    let is_digit = |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九十百".contains(c);
    number.is_some_and(|number| !number.is_empty() && number.chars().nth(7).is_none() && number.chars().all(is_digit))
}

/// The number of an order at the whole of a text, brackets around it aside: 江城县人民政府令第3号
pub(crate) fn order_number(text: &str) -> Option<String> {
    let whole = compact(&fold(text.trim()).text);
    let inner = whole.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(&whole);
    let (office, count) = inner.split_once('令')?;
    ((is_body(office) || office.ends_with("主席")) && is_count(count)).then(|| inner.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_where_the_page_splits_them() {
        for (value, expected) in [
            ("张 三", vec!["张三"]),
            ("欧 阳 修", vec!["欧阳修"]),
            ("沈 一帆", vec!["沈一帆"]),
            ("张三、李四", vec!["张三", "李四"]),
            ("本报记者 张三 李四", vec!["张三", "李四"]),
            ("记者张三", vec!["张三"]),
            ("江城县图书馆 采编部", vec!["江城县图书馆 采编部"]),
            ("John Smith", vec!["John Smith"]),
            ("", vec![]),
        ] {
            assert_eq!(names(value), expected, "{value}");
        }
    }

    #[test]
    fn bylines() {
        for line in ["沈一帆", "张 三", "张三 李四", "欧阳小雨", "阿不都·热合曼"] {
            assert!(are_personal_names(line), "{line}");
        }
        for line in ["总则", "目录", "方案", "前言", "江城县图书馆", "关于", "Abc"] {
            assert!(!are_personal_names(line), "{line}");
        }
    }

    #[test]
    fn offices() {
        for name in ["江城县人民政府", "教务处", "财政部", "国务院", "招生办", "中共江城县委网信办", "江城银行渡口分行"]
        {
            assert!(is_body(name), "{name}");
        }
        for name in ["好去处", "新格局", "怎么办", "江城县旧志", "办公室", "电影院", "处", "渡口会议承办"]
        {
            assert!(!is_body(name), "{name}");
        }
    }

    #[test]
    fn numbers_of_orders() {
        for (text, number) in
            [("江城县人民政府令　第 3 号", "江城县人民政府令第3号"), ("（财政部令第十二号）", "财政部令第十二号")]
        {
            assert_eq!(order_number(text).as_deref(), Some(number), "{text}");
        }
        for text in ["第3号", "江城县人民政府令", "命令第3号", "依江城县人民政府令第3号办理"]
        {
            assert_eq!(order_number(text), None, "{text}");
        }
    }

    #[test]
    fn document_numbers() {
        for (text, number) in [
            ("江政发〔2017〕3号", "江政发〔2017〕3号"),
            ("江政办发[2017]12号", "江政办发〔2017〕12号"),
            ("江政办（法）（2017）第 12 号", "江政办(法)〔2017〕第12号"),
        ] {
            assert_eq!(doc_number(text).as_deref(), Some(number), "{text}");
        }
        for text in ["江政发2017年3号", "（2017）3号", "根据江政发〔2017〕3号文件", "关于印发〔2017〕号"]
        {
            assert_eq!(doc_number(text), None, "{text}");
        }
    }
}
