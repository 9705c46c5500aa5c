//! Makes an archive of any size for measurements: `cargo run --release --example corpus -- 2000 /dev/shm/corpus`
//!
//! Every document has the shape of an official essay: an introduction, five first-level sections with four second-level
//! sections each, a closing paragraph; 27 paragraphs in all, about 8,000 characters. The same number makes the same bytes on every
//! machine. The sentences are put together from this file's own words and mean nothing.
//!
//! These words are few and recur in every document, which costs a build nothing and spoils every measure of searching or
//! compressing. With a third word `varied` the documents keep their shape and are written in an invented language whose
//! words are as many, and as unevenly spread, as those of Chinese official prose; see [`varied`]. With `short` there is little
//! text and much to find one's way in; see [`short`].

mod short;
mod varied;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Documents in one collection.
const SERIES: usize = 500;

const SUBJECTS: &[&str] = &[
    "馆藏目录",
    "地方文献",
    "旧报刊",
    "手稿整理",
    "缩微胶片",
    "口述资料",
    "库房环境",
    "阅览服务",
    "数字副本",
    "契约文书",
    "碑刻拓片",
    "家谱族谱",
    "老照片",
    "测绘图纸",
    "会议记录",
    "往来书信",
    "票据账簿",
    "学校档案",
    "乡镇卷宗",
    "水利图册",
];
const MANNERS: &[&str] = &[
    "逐件",
    "分批",
    "按年代",
    "依来源",
    "由专人",
    "在季末",
    "会同各室",
    "对照旧目",
    "先急后缓",
    "就地",
    "连同附件",
    "自下而上",
];
const ACTIONS: &[&str] = &[
    "登记入册",
    "清点核对",
    "除尘修补",
    "拍照留存",
    "编写提要",
    "装盒上架",
    "复核页码",
    "补录缺项",
    "转换格式",
    "校对文字",
    "标注出处",
    "移交保管",
    "统一编号",
    "查验封签",
    "记录温湿度",
    "更换护封",
];
const AIMS: &[&str] = &[
    "使读者查得到",
    "以免日久散失",
    "并留下经手人的姓名",
    "保证前后一致",
    "为后来的编目留出余地",
    "不改动原有次序",
    "让每一页都有来处",
    "防止张冠李戴",
    "方便异地存放",
    "便于逐年比较",
    "减少翻动原件",
    "做到账物相符",
];
const REASONS: &[&str] = &[
    "纸张酸化较重",
    "旧目与实物不符",
    "题名残缺不全",
    "经手的单位几度更名",
    "库房狭小",
    "早年的编码不统一",
    "借出的卷宗尚未归还",
    "多数照片没有说明",
    "图纸尺寸不一",
    "抄本与刻本混放",
];
const HEADINGS: &[&str] = &[
    "摸清馆藏家底",
    "完善保管条件",
    "规范编目著录",
    "推进数字加工",
    "改进阅览服务",
    "健全交接制度",
    "做好灾害预防",
    "充实专业人员",
    "统一日期写法",
    "核对来源单位",
    "修补破损卷页",
    "整理零散照片",
    "登记口述资料",
    "公开检索目录",
    "接受社会捐赠",
    "开展校勘考订",
    "守住原件底线",
    "留存修改痕迹",
    "分清责任归属",
    "回应读者来信",
];
const FAMILY: &[&str] =
    &["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨"];
const GIVEN: &[&str] =
    &["一帆", "守仁", "文澜", "秉直", "若谷", "知远", "清和", "立言", "景行", "怀玉", "思齐", "敬之", "以宁", "致远"];
const TOWNS: &[&str] =
    &["江城", "临川", "石桥", "青浦", "北岭", "南屏", "东塘", "西渡", "云阳", "清溪", "白水", "长亭"];
const BODIES: &[&str] = &["县图书馆", "县档案室", "市地方志办公室", "县文化馆", "市文献整理组"];
const NUMERALS: &[&str] = &["一", "二", "三", "四", "五"];

/// xorshift64*: small, known, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn new(seed: usize) -> Self {
        Self((seed as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// An archive of few words.
    Plain,
    /// An archive of many words.
    Varied,
    /// An archive of very many documents.
    Short,
    /// The first one's documents as captures.
    Captures,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (count, folder, shape) = match arguments.as_slice() {
        [count, folder] => (count, folder, Shape::Plain),
        [count, folder, what] if what == "varied" => (count, folder, Shape::Varied),
        [count, folder, what] if what == "short" => (count, folder, Shape::Short),
        [count, folder, what] if what == "captures" => (count, folder, Shape::Captures),
        _ => usage(),
    };
    let Ok(count) = count.parse::<usize>() else { usage() };
    let root = PathBuf::from(folder);
    if root.exists() {
        eprintln!("{folder} is there already; remove it first");
        std::process::exit(2);
    }
    let written = match shape {
        Shape::Plain => write_archive(&root, count, document),
        Shape::Varied => {
            let language = varied::Language::new();
            write_archive(&root, count, |number| varied::document(number, &language))
        }
        Shape::Short => write_short(&root, count),
        Shape::Captures => write_captures(&root, count),
    };
    if let Err(error) = written {
        eprintln!("cannot write {folder}: {error}");
        std::process::exit(3);
    }
    println!("{count} documents → {folder}");
}

fn usage() -> ! {
    eprintln!("usage: corpus N DIR            writes an archive of N documents into the new folder DIR");
    eprintln!(
        "       corpus N DIR varied     writes one whose words are as many as those of real texts, to measure search"
    );
    eprintln!("       corpus N DIR short      writes short documents, unevenly spread, to walk through very many");
    eprintln!(
        "       corpus N DIR captures   writes the first one's documents as a government site's pages, saved as text"
    );
    std::process::exit(2);
}

fn write_archive(root: &Path, count: usize, document: impl Fn(usize) -> String) -> std::io::Result<()> {
    std::fs::create_dir_all(root.join("content"))?;
    let site = "title = \"测量用文献库\"\nlanguage = \"zh-Hans\"\npublisher = \"江城县文献整理组\"\n";
    std::fs::write(root.join("site.toml"), site)?;
    for series in 0..count.div_ceil(SERIES) {
        let folder = root.join(format!("content/series-{:03}", series + 1));
        std::fs::create_dir_all(&folder)?;
        let page = format!("+++\ntitle = \"第{}辑\"\nlevel = \"series\"\n+++\n", series + 1);
        std::fs::write(folder.join("_index.md"), page)?;
        for number in series * SERIES..count.min((series + 1) * SERIES) {
            std::fs::write(folder.join(format!("d{:06}.md", number + 1)), document(number))?;
        }
    }
    Ok(())
}

/// Documents in collections of very different sizes. They are not to be searched, or the index would be most of the site.
fn write_short(root: &Path, count: usize) -> std::io::Result<()> {
    std::fs::create_dir_all(root.join("content"))?;
    let site = "title = \"测量用文献库\"\nlanguage = \"zh-Hans\"\n\n[build]\nsearch = false\n";
    std::fs::write(root.join("site.toml"), site)?;
    for number in 0..count {
        let dice = &mut Dice::new(number);
        let folder = root.join("content").join(short::collection(dice));
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("d{:06}.md", number + 1)), short::document(number, dice))?;
    }
    Ok(())
}

/// The texts as they would be captured: a head, indented paragraphs, the page's furniture.
fn write_captures(root: &Path, count: usize) -> std::io::Result<()> {
    std::fs::create_dir_all(root)?;
    for number in 0..count {
        let document = document(number);
        let field = |name: &str| {
            let line = document.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            line.trim_matches(['=', ' ', '[', ']', '"']).to_string()
        };
        let (title, author, source) = (field("title"), field("authors"), field("source"));
        let mut text = format!(
            "{title} {author}\n发布时间：{}-06-01 来源：{source}\n\n{title}\n\n{author}\n\n",
            1990 + number % 30
        );
        let body = document.split("+++\n\n").nth(1).unwrap_or_default();
        for block in body.split("\n\n").filter(|block| !block.is_empty()) {
            let words = block.trim_start_matches(['#', ' ']).split(" {#").next().unwrap_or_default();
            let _ = writeln!(text, "　　{words}\n");
        }
        let _ = writeln!(text, "[打印本页] [关闭窗口]\n{source}主办");
        std::fs::write(root.join(format!("d{:06}.txt", number + 1)), text)?;
    }
    Ok(())
}

/// A document's record between its two lines, for a document of this title and kind.
fn record(dice: &mut Dice, town: &str, date: &str, title: &str, kind: &str, language: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nauthors = [\"{}{}\"]\ndate = \"{date}\"\nsource = \"{town}{}\"\nkind = \"{kind}\"\n\
         {language}subjects = [\"{}\"]\nrights = \"测量用文字，无人主张权利\"\n+++\n\n",
        dice.pick(FAMILY),
        dice.pick(GIVEN),
        dice.pick(BODIES),
        dice.pick(SUBJECTS),
    )
}

fn date(dice: &mut Dice) -> String {
    let year = 1950 + dice.below(70);
    match dice.below(12) {
        0 => format!("{year}"),
        1 => format!("{year}~"),
        2 => format!("{}X", year / 10),
        3 => format!("{year}-{:02}", 1 + dice.below(12)),
        _ => format!("{year}-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28)),
    }
}

fn document(number: usize) -> String {
    let dice = &mut Dice::new(number);
    let town = dice.pick(TOWNS);
    let date = date(dice);
    let title = format!("{town}{}{}札记之{}", dice.pick(SUBJECTS), dice.pick(ACTIONS), number + 1);
    let mut text = record(dice, town, &date, &title, "札记", "");
    paragraph(&mut text, dice, 8);
    for (section, numeral) in NUMERALS.iter().enumerate() {
        // Writing into a String cannot fail.
        let _ =
            writeln!(text, "## {numeral}、{}，{} {{#s{}}}\n", dice.pick(HEADINGS), dice.pick(HEADINGS), section + 1);
        paragraph(&mut text, dice, 5);
        for (below, numeral) in NUMERALS.iter().take(4).enumerate() {
            let _ = writeln!(text, "### （{numeral}）{} {{#s{}-{}}}\n", dice.pick(HEADINGS), section + 1, below + 1);
            paragraph(&mut text, dice, 11);
        }
    }
    paragraph(&mut text, dice, 6);
    text
}

fn paragraph(text: &mut String, dice: &mut Dice, sentences: usize) {
    for _ in 0..sentences {
        let _ = match dice.below(3) {
            0 => write!(
                text,
                "{}要{}{}，{}。",
                dice.pick(SUBJECTS),
                dice.pick(MANNERS),
                dice.pick(ACTIONS),
                dice.pick(AIMS)
            ),
            1 => write!(
                text,
                "因为{}，{}应当{}{}，再{}，{}。",
                dice.pick(REASONS),
                dice.pick(SUBJECTS),
                dice.pick(MANNERS),
                dice.pick(ACTIONS),
                dice.pick(ACTIONS),
                dice.pick(AIMS)
            ),
            _ => write!(
                text,
                "凡{}的{}，{}{}、{}，{}。",
                dice.pick(REASONS),
                dice.pick(SUBJECTS),
                dice.pick(MANNERS),
                dice.pick(ACTIONS),
                dice.pick(ACTIONS),
                dice.pick(AIMS)
            ),
        };
    }
    text.push_str("\n\n");
}
