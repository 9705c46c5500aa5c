//! The index, read from the files that a build wrote and nothing else, against a plain scan of the same archive.

mod reader;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use fonds::search::fold::{END, folder};
use reader::{Reader, contains};
use tempfile::TempDir;

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

/// Writes an archive; documents come in the order of the index.
fn archive(folder: &Path, documents: usize, dice: &mut Dice) -> Vec<Written> {
    fs::create_dir_all(folder.join("content")).expect("a folder");
    fs::write(folder.join("site.toml"), "title = \"试验库\"\n").expect("a file");
    let mut all = Vec::new();
    for number in 0..documents {
        let title = format!("题{}", passage(dice).replace(['"', '\\'], ""));
        let mut text = format!("+++\ntitle = \"{title}\"\ndate = \"{}\"\n+++\n", 1000 + number);
        let mut written = vec![vec![title]];
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
        fs::write(folder.join(format!("content/d{number:04}.md")), text).expect("a file");
        all.push(written);
    }
    all
}

fn build(folder: &Path) -> Reader {
    let run = Command::new(env!("CARGO_BIN_EXE_fonds")).arg("build").current_dir(folder).output().expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Reader::open(&folder.join("public"))
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
                folded.last().is_some_and(|unit| *unit == fonds::search::fold::WORD_END)
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
    let folder_of = TempDir::new().expect("a folder");
    let mut dice = Dice(0x5eed_f00d);
    let all = archive(folder_of.path(), 400, &mut dice);
    let reader = build(folder_of.path());
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
    let folder_of = TempDir::new().expect("a folder");
    let mut dice = Dice(7);
    let all = archive(folder_of.path(), 120, &mut dice);
    let reader = build(folder_of.path());
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
    let folder_of = TempDir::new().expect("a folder");
    fs::create_dir_all(folder_of.path().join("content")).expect("a folder");
    fs::write(folder_of.path().join("site.toml"), "title = \"试验库\"\n").expect("a file");
    let text = "+++\ntitle = \"甲乙\"\nsubtitle = \"丙丁\"\n+++\n开头[^n]接着\n断行\n\n- 项一\n- 项二\n  - 里项\n\n| 格一 | 格二 |\n|---|---|\n| 格三 | 格四 |\n\n\
        > 引一\n>\n> 引二\n\n1. 条一\n2. 条二\n\n![替代](图.png \"说明\")\n\n## 一、标题\n\n正**文**字\n\n[^n]: 注文\n";
    fs::write(folder_of.path().join("content/文.md"), text).expect("a file");
    fs::create_dir_all(folder_of.path().join("content/x")).expect("a folder");
    let picture = fs::write(folder_of.path().join("content/图.png"), [0x89, b'P', b'N', b'G']);
    picture.expect("a file");
    let reader = build(folder_of.path());
    let found = |phrase: &str| reader.search(phrase).len();
    for phrase in [
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
    ] {
        assert_eq!(found(phrase), 1, "{phrase}");
    }
    for phrase in
        ["乙丙", "断行项一", "项一项二", "项二里项", "格一格二", "格二格三", "引一引二", "条一条二", "替代", "标题正文"]
    {
        assert_eq!(found(phrase), 0, "{phrase}");
    }
}

#[test]
fn withheld_text_is_not_in_the_index() {
    let folder_of = TempDir::new().expect("a folder");
    fs::create_dir_all(folder_of.path().join("content")).expect("a folder");
    fs::write(folder_of.path().join("site.toml"), "title = \"试验库\"\n").expect("a file");
    for (name, access) in [("开", "open"), ("目", "record"), ("闭", "closed")] {
        let text =
            format!("+++\ntitle = \"{name}题\"\naccess = \"{access}\"\n+++\n机密正文\n\n## 一、机密标题\n\n甲乙丙\n");
        fs::write(folder_of.path().join(format!("content/{name}.md")), text).expect("a file");
    }
    let reader = build(folder_of.path());
    assert_eq!(reader.search("机密正文").len(), 1);
    assert_eq!(reader.search("机密标题").len(), 1);
    assert_eq!(reader.search("题").len(), 4, "titles of all, and the open one's heading");
    let blocks: usize = reader.documents.iter().flatten().map(Vec::len).sum();
    let lines: Vec<String> = (0..blocks)
        .flat_map(|block| {
            let (first, excerpts) = reader.excerpts(block);
            excerpts[block - first].lines.clone()
        })
        .map(|(_, _, text)| text)
        .collect();
    assert_eq!(lines.iter().filter(|line| line.contains("机密")).count(), 2, "{lines:?}");
}

#[test]
fn an_archive_without_a_letter_has_an_index() {
    let folder_of = TempDir::new().expect("a folder");
    fs::create_dir_all(folder_of.path().join("content")).expect("a folder");
    fs::write(folder_of.path().join("site.toml"), "title = \"试验库\"\n").expect("a file");
    let reader = build(folder_of.path());
    assert!(reader.search("甲").is_empty());
    fs::write(folder_of.path().join("content/a.md"), "+++\ntitle = \"……\"\n+++\n").expect("a file");
    let reader = build(folder_of.path());
    assert!(reader.search("甲").is_empty());
}

/// A section as long as a book is cut into blocks, and counts once.
#[test]
fn a_long_section_is_one_unit() {
    let folder_of = TempDir::new().expect("a folder");
    fs::create_dir_all(folder_of.path().join("content")).expect("a folder");
    fs::write(folder_of.path().join("site.toml"), "title = \"试验库\"\n").expect("a file");
    let mut text = String::from("+++\ntitle = \"长\"\n+++\n");
    let mut dice = Dice(3);
    for number in 0..600 {
        text.push_str(&format!("\n第{number}段{}共有\n", passage(&mut dice)));
    }
    fs::write(folder_of.path().join("content/a.md"), text).expect("a file");
    let reader = build(folder_of.path());
    assert!(reader.documents[0][0].len() > 3, "blocks");
    assert_eq!(reader.search("共有").len(), 1);
    assert_eq!(reader.search("第599段").len(), 1);
}
