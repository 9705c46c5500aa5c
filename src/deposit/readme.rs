//! What a person finds first: plain words on what the deposit is, in English and in Chinese.
//!
//! Whoever opens it in fifty years has no guide, no network and no program of today, so it is a text file that says all of it.

use super::contents::LeftOut;
use crate::archive::edition::Edition;
use crate::site::Site;

const ENGLISH: &str = include_str!("readme/en.txt");
const CHINESE: &str = include_str!("readme/zh.txt");

/// How to tell whether it is whole, in English and in Chinese.
type Check = [&'static str; 2];

const OF_BAG: Check = [include_str!("readme/en-bag.txt"), include_str!("readme/zh-bag.txt")];
const OF_VERSION: Check = [include_str!("readme/en-ocfl.txt"), include_str!("readme/zh-ocfl.txt")];

/// What the text names.
pub(super) struct Named<'a> {
    pub site: &'a Site,
    pub edition: &'a Edition,
    pub documents: usize,
    pub left_out: LeftOut,
    pub takes_all: bool,
}

impl Named<'_> {
    /// The text of one bag, and of how many.
    pub(super) fn text(&self, number: usize, count: usize) -> String {
        self.whole("data/", OF_BAG, (number, count))
    }

    /// The text of a version in a storage root.
    pub(super) fn version_text(&self) -> String {
        self.whole("", OF_VERSION, (1, 1))
    }

    /// The text. `data` is what stands before the names of folders.
    fn whole(&self, data: &str, check: Check, (number, count): (usize, usize)) -> String {
        let [english_check, chinese_check] = check.map(|text| text.replace("{data}", data));
        let english = [
            (
                "{part}",
                match count {
                    1 => String::new(),
                    _ => {
                        format!("\n\nIt is in {count} bags, and this is number {number}. Put all of them side by side.")
                    }
                },
            ),
            ("{because}", brackets(&self.edition.because, " (", ")")),
            ("{left_out}", self.left_out_english()),
            ("{check}", english_check),
        ];
        let chinese = [
            (
                "{part}",
                match count {
                    1 => String::new(),
                    _ => format!("\n\n共有 {count} 个包，这是第 {number} 个。请把它们放在一起。"),
                },
            ),
            ("{because}", brackets(&self.edition.because, "（", "）")),
            ("{left_out}", self.left_out_chinese()),
            ("{check}", chinese_check),
        ];
        format!(
            "{}\n{}\n{}",
            self.filled(ENGLISH, data, &english),
            "-".repeat(72),
            self.filled(CHINESE, data, &chinese)
        )
    }

    fn filled(&self, template: &str, data: &str, own: &[(&str, String)]) -> String {
        let common = [
            ("{data}", data.to_string()),
            ("{edition}", self.edition.number.to_string()),
            ("{day}", self.edition.day.clone()),
            ("{version}", env!("CARGO_PKG_VERSION").to_string()),
            ("{documents}", self.documents.to_string()),
            // Last: what a person wrote may hold the others' names.
            ("{title}", self.site.title.clone()),
        ];
        let mut text = template.to_string();
        for (name, value) in common.iter().take(5).chain(own).chain(common.iter().skip(5)) {
            text = text.replace(name, value);
        }
        text
    }

    fn left_out_english(&self) -> String {
        if self.takes_all {
            return "  Nothing was left out. Texts that readers may not see are in content/, with the\n  \
                    notes of editors: whoever keeps this must keep it closed. The site does not\n  show them."
                .to_string();
        }
        let left_out = self.left_out;
        self.lines(
            &[
                (left_out.drafts, "Drafts: "),
                (left_out.closed, "Documents that are closed: "),
                (left_out.embargoed, "Documents that are not open yet: "),
                (left_out.recorded, "Documents of which only the record is open: "),
                (left_out.replaced, "Documents that others stand for: "),
                (left_out.files, "Files in content/ that no page shows: "),
                (left_out.noted, "Documents that are here without the notes of their editors: "),
            ],
            "  Nothing: all of content/ is open.",
        )
    }

    fn left_out_chinese(&self) -> String {
        if self.takes_all {
            return "  没有略去任何内容。content/ 中有不对读者公开的正文和编者的注记，保存者不得公开。\n  \
                    网站不显示这些内容。"
                .to_string();
        }
        let left_out = self.left_out;
        self.lines(
            &[
                (left_out.drafts, "草稿："),
                (left_out.closed, "不公开的文献："),
                (left_out.embargoed, "未到公开日期的文献："),
                (left_out.recorded, "只公开著录的文献："),
                (left_out.replaced, "已由其他文献取代的文献："),
                (left_out.files, "content/ 中网站不显示的文件："),
                (left_out.noted, "在这里但略去了编者注记的文献："),
            ],
            "  没有略去任何内容：content/ 全部公开。",
        )
    }

    fn lines(&self, counted: &[(usize, &str)], none: &str) -> String {
        let lines = counted.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("  {what}{count}"));
        let lines: Vec<String> = lines.collect();
        if lines.is_empty() { none.to_string() } else { lines.join("\n") }
    }
}

fn brackets(text: &str, open: &str, close: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{open}{text}{close}") }
}
