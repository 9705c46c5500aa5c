//! The fonts of the system, found once.
//!
//! A Chinese font is too large to ship, and every system has one or can install one. For each of the faces that GB/T 9704
//! names there is a list of families, those of the standard before those of phones and free systems; what the system lacks
//! is left out. `FONDS_FONTS` names a folder that is searched in place of the system's, so that an archive can have the same
//! pages, and the same bytes, on every machine.
//!
//! Typst takes a `CN` at the end of a name for “condensed” and strips it, so AR PL UKai CN is `AR PL UKai` here.

use std::path::Path;
use std::sync::LazyLock;

use typst_kit::fonts::{self, FontPath, FontStore};

use super::markup::list;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::SiteMessage;
use crate::site::Language;

/// The folder of fonts, if the system's are not meant.
const FOLDER: &str = "FONDS_FONTS";

const SONG: [&str; 13] = [
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Source Han Serif",
    "Noto Serif SC",
    "SimSun",
    "NSimSun",
    "STSong",
    "Songti SC",
    "FZShuSong-Z01",
    "AR PL SungtiL GB",
    "AR PL UMing",
    "HanaMinA",
    "MingLiU",
];
const SONG_TRADITIONAL: [&str; 9] = [
    "Noto Serif CJK TC",
    "Noto Serif CJK HK",
    "Source Han Serif TC",
    "Noto Serif TC",
    "PMingLiU",
    "MingLiU",
    "Songti TC",
    "LiSong Pro",
    "AR PL UMing TW",
];
const FANGSONG: [&str; 5] =
    ["FangSong", "FangSong_GB2312", "STFangsong", "FZFangSong-Z02", "Zhuque Fangsong (technical preview)"];
const HEI: [&str; 11] = [
    "SimHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans",
    "Noto Sans SC",
    "STHeiti",
    "Heiti SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
];
const HEI_TRADITIONAL: [&str; 6] =
    ["Noto Sans CJK TC", "Source Han Sans TC", "Noto Sans TC", "Heiti TC", "PingFang TC", "Microsoft JhengHei"];
const KAI: [&str; 6] = ["KaiTi", "KaiTi_GB2312", "STKaiti", "Kaiti SC", "AR PL UKai", "AR PL KaitiM GB"];
const KAI_TRADITIONAL: [&str; 4] = ["DFKai-SB", "BiauKai", "Kaiti TC", "AR PL UKai TW"];
const TITLE: [&str; 4] = ["FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "FZXBSJW--GB1-0", "STZhongsong"];
const SERIF: [&str; 8] = [
    "Libertinus Serif",
    "Noto Serif",
    "Source Serif 4",
    "Times New Roman",
    "Liberation Serif",
    "Georgia",
    "DejaVu Serif",
    "FreeSerif",
];
const CODE: [&str; 7] =
    ["DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono", "Consolas", "Menlo", "Courier New", "FreeMono"];

/// The fonts, for all threads.
pub(crate) static FONTS: LazyLock<FontStore> = LazyLock::new(|| {
    let mut found: Vec<_> = match std::env::var_os(FOLDER) {
        Some(folder) => fonts::scan(Path::new(&folder)).collect(),
        None => fonts::system().collect(),
    };
    // A folder may list its files in any order, and of two equal faces the first is taken.
    found.sort_by(|(one, _), (other, _)| place(one).cmp(&place(other)));
    let mut store = FontStore::new();
    store.extend(found);
    store
});

fn place(font: &FontPath) -> (&Path, u32) {
    (&font.path, font.index)
}

/// The families that a layout is set in, each list ending with one that has Han.
#[derive(Debug)]
pub(crate) struct Families {
    body: Vec<&'static str>,
    song: Vec<&'static str>,
    hei: Vec<&'static str>,
    kai: Vec<&'static str>,
    title: Vec<&'static str>,
    code: Vec<&'static str>,
    has_kai: bool,
    /// The title's face is heavy by itself.
    plain_title: bool,
}

impl Families {
    /// Those that the system has; `None` where none of them has Han.
    pub(crate) fn of(store: &'static FontStore, language: Language) -> Option<Self> {
        let has = |family: &&'static str| store.book().contains_family(&family.to_lowercase());
        let present = |first: &[&'static str], then: &[&'static str]| -> Vec<&'static str> {
            first.iter().chain(then).copied().filter(|family| has(family)).collect()
        };
        let mut han = match language {
            Language::Traditional => present(&SONG_TRADITIONAL, &SONG),
            Language::Simplified | Language::English | Language::Own(_) => present(&SONG, &SONG_TRADITIONAL),
        };
        let hei = match language {
            Language::Traditional => present(&HEI_TRADITIONAL, &HEI),
            Language::Simplified | Language::English | Language::Own(_) => present(&HEI, &HEI_TRADITIONAL),
        };
        if han.is_empty() {
            han.clone_from(&hei);
        }
        if han.is_empty() {
            han.extend(any_with_han(store));
        }
        if han.is_empty() {
            return None;
        }
        let kai = match language {
            Language::Traditional => present(&KAI_TRADITIONAL, &KAI),
            Language::Simplified | Language::English | Language::Own(_) => present(&KAI, &KAI_TRADITIONAL),
        };
        let title = present(&TITLE, &[]);
        let body = match language {
            Language::English | Language::Own(_) => present(&SERIF, &[]),
            // Fang-song fonts have the simplified characters.
            Language::Simplified => present(&FANGSONG, &[]),
            Language::Traditional => Vec::new(),
        };
        let before_han = |mut families: Vec<&'static str>| {
            families.extend(&han);
            families
        };
        Some(Self {
            body: before_han(body),
            hei: before_han(hei),
            has_kai: !kai.is_empty(),
            kai: before_han(kai),
            plain_title: !title.is_empty(),
            title: before_han(title),
            code: before_han(present(&CODE, &[])),
            song: han,
        })
    }

    /// The families as the layouts take them.
    pub(crate) fn markup(&self) -> String {
        let families = |families: &[&'static str]| list(families.iter().copied());
        format!(
            "(body:{},song:{},hei:{},kai:{},title:{},code:{},has-kai:{},plain-title:{})",
            families(&self.body),
            families(&self.song),
            families(&self.hei),
            families(&self.kai),
            families(&self.title),
            families(&self.code),
            self.has_kai,
            self.plain_title,
        )
    }
}

/// Any family that has the commonest characters, where none of those that are known by name is there.
fn any_with_han(store: &'static FontStore) -> Option<&'static str> {
    let book = store.book();
    let has_han = |font: usize| {
        book.info(font).is_some_and(|info| ['的', '国', '年'].iter().all(|han| info.coverage.contains(*han as u32)))
    };
    book.families().find_map(|(family, mut fonts)| fonts.any(has_han).then_some(family))
}

/// What is said, once a build, where no font has Han.
pub(crate) fn lacking() -> Diagnostic {
    let fonts = SONG.iter().take(8).chain(&FANGSONG[..3]).chain(&HEI[..2]).map(|font| (*font).to_string()).collect();
    Diagnostic::warning(SiteMessage::NoChineseFont { fonts, folder: FOLDER }).in_file("site.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    static NONE: LazyLock<FontStore> = LazyLock::new(FontStore::new);

    #[test]
    fn without_a_font_there_is_no_layout() {
        for (language, _) in Language::BUILT_IN {
            assert!(Families::of(&NONE, language).is_none());
        }
    }
}
