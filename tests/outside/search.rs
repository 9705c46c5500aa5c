//! The index, read from the files that a build wrote and nothing else, against a plain scan of the same archive.

use std::collections::BTreeSet;

use fonds::fold::{END, folder};

use crate::archive::Archive;
use crate::index_reader::contains;

/// Phrases that are drawn.
const DRAWN: usize = 1_000;

/// xorshift64*: the same phrases on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }
}

/// A document as it was written: for each unit its passages.
type Written = Vec<Vec<String>>;

/// Characters that few texts have but searching must know: traditional, variant, wide, narrow, astral, Latin, digits.
const RARE: [&str; 14] =
    ["發展", "羣衆", "説", "ＡＢ", "ｶﾞ", "𠮷野", "GDP", "2017", "café", "Ｃ", "○", "㈠", "한글", "体制"];

/// A passage of frequent and rare characters, so that short phrases stand in many sections and long ones in few.
fn passage(dice: &mut Dice) -> String {
    const COMMON: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经";
    const MARKS: [&str; 5] = ["，", "。", "、", " ", "——"];
    let common: Vec<char> = COMMON.chars().collect();
    let mut text = String::new();
    for _ in 0..5 + dice.below(60) {
        match dice.below(24) {
            0 => text.push_str(RARE[dice.below(RARE.len())]),
            1 | 2 => text.push_str(MARKS[dice.below(MARKS.len())]),
            3 => text.push_str("中国人民"),
            // Frequent ones far more often, as in real texts.
            _ => {
                text.push(common[dice.below(common.len()).min(dice.below(common.len())).min(dice.below(common.len()))])
            }
        }
    }
    // What Markdown would read as markup, or trim.
    text.trim_matches([' ', '—', '，', '。', '、']).to_string()
}

/// An archive whose documents come in the order of the index, and what was written.
fn archive(documents: usize, dice: &mut Dice) -> (Archive, Vec<Written>) {
    let (mut archive, mut all) = (Archive::new(), Vec::new());
    for number in 0..documents {
        let title = format!("题{}", passage(dice).replace(['"', '\\'], ""));
        let mut written = vec![vec![title.clone()]];
        let mut text = String::new();
        for section in 0..1 + dice.below(5) {
            if section > 0 {
                let heading = format!("题{}", passage(dice));
                text.push_str(&format!("\n## {heading} {{#s{section}}}\n"));
                written.push(vec![heading]);
            }
            for _ in 0..1 + dice.below(6) {
                let passage = format!("始{}", passage(dice));
                text.push_str(&format!("\n{passage}\n"));
                written[section].push(passage);
            }
        }
        let fields = format!("title = \"{title}\"\ndate = \"{}\"", 1000 + number);
        archive = archive.document(&format!("d{number:04}.md"), &fields, &text);
        all.push(written);
    }
    (archive, all)
}

/// The units that hold a phrase, by reading everything.
fn scan(all: &[Written], phrase: &[u16]) -> BTreeSet<(usize, usize)> {
    let holds = |text: &String| {
        let mut folded = folder().folded(text);
        folded.push(END);
        contains(&folded, phrase)
    };
    let units = all.iter().enumerate().flat_map(|(document, written)| {
        written.iter().enumerate().map(move |(unit, passages)| ((document, unit), passages))
    });
    units.filter(|(_, passages)| passages.iter().any(holds)).map(|(unit, _)| unit).collect()
}

/// A stretch of 1 to 12 characters, never through a word, since words are found whole.
fn draw(all: &[Written], dice: &mut Dice) -> String {
    loop {
        let written = &all[dice.below(all.len())];
        let unit = &written[dice.below(written.len())];
        let text: Vec<char> = unit[dice.below(unit.len())].chars().collect();
        let length = 1 + dice.below(12);
        if text.len() < length {
            continue;
        }
        let start = dice.below(text.len() - length + 1);
        let drawn: String = text[start..start + length].iter().collect();
        let cut = |at: usize| {
            let inner = |at: usize| {
                let folded = folder().folded(&text[at].to_string());
                folded.last().is_some_and(|unit| *unit == fonds::fold::WORD_END)
            };
            let marks = ['\u{ff9e}', '\u{ff9f}'];
            at > 0 && at < text.len() && (inner(at - 1) && inner(at) || marks.contains(&text[at]))
        };
        if !cut(start) && !cut(start + length) && !folder().folded(&drawn).is_empty() {
            return drawn;
        }
    }
}

/// The same phrase as another edition might print it.
fn respelled(phrase: &str, dice: &mut Dice) -> String {
    const PAIRS: [(char, char); 12] = [
        ('国', '國'),
        ('发', '發'),
        ('说', '説'),
        ('产', '産'),
        ('种', '種'),
        ('后', '後'),
        ('学', '學'),
        ('经', '經'),
        ('们', '們'),
        ('这', '這'),
        ('群', '羣'),
        ('众', '眾'),
    ];
    let other = |character: char| {
        let pair = PAIRS.iter().find(|(one, two)| character == *one || character == *two);
        pair.map_or(character, |(one, two)| if character == *one { *two } else { *one })
    };
    let mut text: String = phrase.chars().map(other).collect();
    if dice.below(2) == 0 {
        let at = text.char_indices().map(|(at, _)| at).nth(1);
        // A comma through a word would part it.
        if let Some(at) = at.filter(|at| !text[..*at].ends_with(char::is_alphanumeric) || !text.is_char_boundary(*at)) {
            text.insert(at, '，');
        }
    }
    text
}

#[test]
fn every_phrase_is_found_where_it_stands_and_nowhere_else() {
    let mut dice = Dice(0x5eed_f00d);
    let (archive, all) = archive(400, &mut dice);
    let reader = archive.build().index();
    assert_eq!(
        reader.documents.iter().map(Vec::len).collect::<Vec<_>>(),
        all.iter().map(Vec::len).collect::<Vec<_>>(),
        "units"
    );
    let (mut many, mut long) = (0, 0);
    for number in 0..DRAWN {
        let mut phrase = draw(&all, &mut dice);
        if number % 3 == 0 {
            phrase = respelled(&phrase, &mut dice);
        }
        let expected = scan(&all, &folder().folded(&phrase));
        assert_eq!(reader.search(&phrase), expected, "{phrase}");
        many += usize::from(expected.len() > 100);
        long += usize::from(phrase.chars().count() > 6 && !expected.is_empty());
    }
    assert!(many > 50 && long > 200, "the phrases are frequent and long enough to mean something: {many}, {long}");
}

#[test]
fn what_does_not_stand_there_is_not_found() {
    let mut dice = Dice(7);
    let (archive, all) = archive(120, &mut dice);
    let reader = archive.build().index();
    for _ in 0..300 {
        // Two stretches that each occur, and together seldom do.
        let phrase = format!("{}{}", draw(&all, &mut dice), draw(&all, &mut dice));
        assert_eq!(reader.search(&phrase), scan(&all, &folder().folded(&phrase)), "{phrase}");
    }
    for phrase in ["龘", "zzz", "的 龘", "\u{10ffff}"] {
        let folded = folder().folded(phrase);
        if !folded.is_empty() {
            assert!(reader.search(phrase).is_empty(), "{phrase}");
        }
    }
}

/// Passages of everything that Markdown has, and where phrases end.
#[test]
fn passages_end_where_readers_see_them_end() {
    let text = "开头[^n]接着\n断行\n\n- 项一\n- 项二\n  - 里项\n\n| 格一 | 格二 |\n|---|---|\n| 格三 | 格四 |\n\n\
        > 引一\n>\n> 引二\n\n1. 条一\n2. 条二\n\n![替代](图.png \"说明\")\n\n## 一、标题\n\n正**文**字\n\n[^n]: 注文";
    let run = Archive::new()
        .document("文.md", "title = \"甲乙\"\nsubtitle = \"丙丁\"", text)
        .file("content/图.png", [0x89, b'P', b'N', b'G'])
        .build();
    let reader = run.index();
    let found = |phrase: &str| reader.search(phrase).len();
    let whole = [
        "甲乙",
        "丙丁",
        "开头接着断行",
        "项一",
        "里项",
        "格一",
        "格四",
        "引二",
        "条二",
        "说明",
        "一、标题",
        "正文字",
        "注文",
    ];
    for phrase in whole {
        assert_eq!(found(phrase), 1, "{phrase}");
    }
    let across =
        ["乙丙", "断行项一", "项一项二", "项二里项", "格一格二", "格二格三", "引一引二", "条一条二", "标题正文"];
    for phrase in across.into_iter().chain(["替代"]) {
        assert_eq!(found(phrase), 0, "{phrase}");
    }
}

#[test]
fn withheld_text_is_not_in_the_index() {
    let text = "机密正文\n\n## 一、机密标题\n\n甲乙丙";
    let run = Archive::new()
        .document("open.md", "title = \"开题\"", text)
        .document("record.md", "title = \"目题\"\naccess = \"record\"", text)
        .document("closed.md", "title = \"闭题\"\naccess = \"closed\"", text)
        .document("later.md", "title = \"后题\"\nembargo_until = \"2090-01-01\"", text)
        .build();
    let reader = run.index();
    assert_eq!(reader.search("机密正文").len(), 1);
    assert_eq!(reader.search("机密标题").len(), 1);
    assert_eq!(reader.search("题").len(), 5, "all titles, and the open one's heading");
    let lines = reader.lines();
    assert_eq!(lines.iter().filter(|line| line.contains("机密")).count(), 2, "{lines:?}");
}

#[test]
fn an_archive_without_a_letter_has_an_index() {
    let archive = Archive::new().file("content/_index.md", "");
    let run = archive.build().succeeds();
    assert!(run.index().search("甲").is_empty());
    let archive = archive.document("a.md", "title = \"……\"", "");
    let run = archive.build().succeeds();
    assert!(run.index().search("甲").is_empty());
}

/// A section as long as a book is cut into blocks, and counts once.
#[test]
fn a_long_section_is_one_unit() {
    let mut dice = Dice(3);
    let text: String = (0..600).map(|number| format!("第{number}段{}共有\n\n", passage(&mut dice))).collect();
    let run = Archive::new().document("a.md", "", &text).build();
    let reader = run.index();
    assert!(reader.documents[0][0].len() > 3, "blocks");
    assert_eq!(reader.search("共有").len(), 1);
    assert_eq!(reader.search("第599段").len(), 1);
}
