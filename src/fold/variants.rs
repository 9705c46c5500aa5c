//! Characters that are spellings of another: traditional ones, and variants that print and hand used side by side.
//!
//! Traditional to simplified is OpenCC's table of characters, by way of the crate `ferrous-opencc` (Apache-2.0, pure Rust, the
//! data in the binary). Looked at and not taken: `zhconv` (GPL), `opencc-rust` (needs OpenCC's C++ library),
//! `character_converter` and `fast2s` (fewer characters; the latter also has merely similar ones). Only single characters
//! are asked for: what a phrase means does not matter here, only which characters may stand for each other.
//!
//! OpenCC has few of the variants that were abolished in 1955 (第一批异体字整理表) or that differ by print alone. Those that documents
//! of the time use are in `OWN`.

use std::ops::Range;
use std::sync::OnceLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use rayon::prelude::*;

/// Variant, then the standard character, pair by pair. ○ and ◯ are how the zero of dates is often typed.
const OWN: &str = "○〇◯〇値值凃涂労劳勅敕匃丐卄廿卋世単单厰厂厳严吚咿吿告啑喋啣衔喆哲喒咱営营嘅慨囓啮囘回団团囬回囯国囲围\
    図图囶国圀国圧压坿附埜野堦阶塲场壊坏売卖夀寿変变夲本奨奖妬妒姉姊姙妊姪侄娬妩婬淫孼孽宂冗実实寃冤寔实寖浸\
    寳宝対对専专尅克尒尔尙尚岀出岅坂峝峒峩峨崐昆崘仑嵠溪帋纸帯带帰归幇帮幙幕広广庻庶廏厩廐厩廻回廽回彊强彜彝\
    彞彝徃往従从徧遍徳德応应怱匆恠怪恡吝悳德惪德愬诉愽博慙惭憇憩懽欢戞戛戦战戯戏戸户戹厄扞捍拠据拡扩挍校捄救\
    揑捏揺摇搃总搇揿摂摄摠总撡操撦扯擕携擧举攷考敍叙敚夺敺驱敻夐斉齐斎斋斵斫暎映暠皓暦历曁暨朞期朶朵柟楠栁柳\
    栄荣栢柏桮杯棃梨椉乘検检椶棕楳梅楽乐槀槁様样権权樷丛檇槜檝楫櫂棹欎郁欝郁歛敛歩步歳岁毎每毘毗気气氷冰汚污\
    沍冱沢泽涷冻淸清済济渋涩湼涅満满滝泷澁涩澂澄濇涩灋法炤照烖灾焫𦶟焼烧煑煮煖暖熖焰燄焰爕燮牋笺牎窗牕窗犂犁\
    犠牺猂悍猨猿獘毙獣兽珎珍瑠琉甆瓷畆亩畊耕畞亩畧略疎疏痺痹瘉愈癈废発发皃貌盇盍県县眎视眡视睠眷瞖翳矁瞅矙瞰\
    砦寨砲炮秊年秌秋穉稚穤糯窓窗窻窗竜龙竝并竢俟筯箸粃秕粛肃粦磷糭粽紥扎経经絏绁絵绘継继総总緐繁緥褓縂总繊纤\
    纎纤罇樽罸罚羗羌羢绒翄翅翦剪聴听聼听肐胳脃脆膓肠臓脏臕膘臯皋艢樯艪橹艸草芲花苽菰菓果葠参葢盖蓡参蔕蒂蔵藏\
    蕋蕊薬药蘂蕊虖乎虵蛇蚘蛔蛕蛔蜋螂蜨蝶蝯猿蠏蟹蠭蜂衂衄衇脉衖巷衞卫褁裹襍杂覇霸覚觉觔斤訳译詧察誖悖読读諠喧\
    謌歌謼呼譌讹譔撰豊丰貛獾賉恤賷赍賸剩躭耽躱躲転转軰辈軽轻輭软辺边迆迤迯逃逈迥逓递逩奔遅迟遯遁邨村郄郤酧酬\
    醸酿醻酬醼宴釈释釬焊鉄铁銭钱銲焊鋕志鎻锁鏁锁鐡铁鑛矿鑤刨閙闹関关閴阒闚窥険险陻堙隄堤隠隐隣邻隷隶隺鹤雑杂\
    雝雍霊灵靁雷靑青靣面鞌鞍頋顾頬颊頼赖顋腮顕显飡餐駅驿駆驱騒骚験验驩欢骽腿髣仿髪发髴佛鬀剃鬂鬓鬦斗鬪斗鬬斗\
    鬭斗鬴釜鴈雁鵞鹅鶏鸡鷰燕鸎莺麅狍麞獐麤粗黏粘黒黑黙默鼃蛙鼇鳌鼈鳖龝秋";

/// The standard character of one that may be a variant.
pub(crate) fn standard(character: char) -> char {
    let of_table = |character: char| simplified(own(character));
    let mut standard = character;
    // A chain ends after two or three steps; a circle would be a fault of the table, and ends here too.
    for _ in 0..4 {
        match of_table(standard) {
            same if same == standard => break,
            next => standard = next,
        }
    }
    standard
}

fn own(character: char) -> char {
    static PAIRS: OnceLock<Vec<(char, char)>> = OnceLock::new();
    let pairs = PAIRS.get_or_init(|| {
        let characters: Vec<char> = OWN.chars().filter(|character| !character.is_whitespace()).collect();
        let mut pairs: Vec<(char, char)> = characters.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        pairs.sort_unstable();
        pairs
    });
    pairs.binary_search_by_key(&character, |pair| pair.0).map_or(character, |at| pairs[at].1)
}

fn opencc() -> Option<&'static OpenCC> {
    static OPENCC: OnceLock<Option<OpenCC>> = OnceLock::new();
    OPENCC.get_or_init(|| OpenCC::from_config(BuiltinConfig::T2s).ok()).as_ref()
}

fn simplified(character: char) -> char {
    // Only Han has a simplified form.
    if !matches!(u32::from(character), 0x2e80..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff) {
        return character;
    }
    let Some(opencc) = opencc() else { return character };
    let converted = opencc.convert(character.encode_utf8(&mut [0; 4]));
    let mut converted = converted.chars();
    match (converted.next(), converted.next()) {
        (Some(simplified), None) => simplified,
        _ => character,
    }
}

/// Every character that has a standard one, with it, in order.
pub(crate) fn all() -> Vec<(char, char)> {
    let blocks = [0x25c0..0x2600, 0x2e80..0x4000, 0x4000..0x6000, 0x6000..0x8000, 0x8000..0xa000, 0xf900..0xfb00];
    let astral = (0x20000..0x32400).step_by(0x2000).map(|start| start..start + 0x2000);
    let blocks: Vec<_> = blocks.into_iter().chain(astral).collect();
    blocks.into_par_iter().flat_map_iter(of_block).collect()
}

/// Those of a block. It is converted in one piece, a line a character, since asking for each takes four times as long.
fn of_block(block: Range<u32>) -> Vec<(char, char)> {
    let text: String = block.filter_map(char::from_u32).flat_map(|character| [character, '\n']).collect();
    let converted = opencc().map_or_else(|| text.clone(), |opencc| opencc.convert(&text));
    let lines = text.lines().zip(converted.lines());
    let changed = lines.filter_map(|(line, other)| {
        let character = line.chars().next()?;
        (line != other || own(character) != character).then(|| (character, standard(character)))
    });
    changed.filter(|(character, standard)| character != standard).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_standard_character_is_its_own() {
        for (variant, found) in all() {
            assert_eq!(standard(found), found, "{variant}");
        }
    }

    #[test]
    fn the_table_is_made_of_pairs() {
        let characters: Vec<char> = OWN.chars().filter(|character| !character.is_whitespace()).collect();
        assert_eq!(characters.len() % 2, 0);
        let firsts: BTreeSet<char> = characters.chunks_exact(2).map(|pair| pair[0]).collect();
        for pair in characters.chunks_exact(2) {
            assert_eq!(standard(pair[0]), pair[1]);
            assert!(!firsts.contains(&pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn blocks_say_what_characters_say() {
        let han = ['○', '◯'].into_iter().chain(('\u{2e80}'..='\u{9fff}').chain('\u{f900}'..='\u{faff}'));
        let han = han.chain('\u{20000}'..='\u{323af}');
        let single: Vec<_> = han.map(|one| (one, standard(one))).filter(|(one, other)| one != other).collect();
        assert_eq!(all(), single);
    }

    #[test]
    fn astral_variants_and_others() {
        assert_eq!(standard('囘'), '回');
        assert_eq!(standard('爲'), '为');
        assert_eq!(standard('著'), '著');
        assert_eq!(standard('a'), 'a');
    }
}
