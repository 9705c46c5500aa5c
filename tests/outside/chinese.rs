//! The program speaks the reader's language: which one it is, and that nothing of another is left in it.

use unicode_width::UnicodeWidthStr;

use crate::archive::{Archive, Run, is_golden, run_in, run_with};

/// Words of ASCII letters that may stand in Chinese text: names of programs, formats and standards.
const NAMES: [&str; 42] = [
    "fonds",
    "Markdown",
    "JSON",
    "SARIF",
    "HTML",
    "EPUB",
    "WARC",
    "Word",
    "TOML",
    "ZIP",
    "UTF",
    "SHA",
    "GBK",
    "BCP",
    "EDTF",
    "RightsStatements",
    "Creative",
    "Commons",
    "LibreOffice",
    "DOI",
    "TEI",
    "PDF",
    "HTTP",
    "CODE",
    "COMMAND",
    "Ctrl",
    "OPTIONS",
    "MB",
    "kB",
    "B",
    "Linux",
    "Windows",
    "macOS",
    "true",
    "false",
    "human",
    "json",
    "auto",
    "always",
    "never",
    "bash",
    "fish",
];

/// An archive that states its language, with a mistake or two in it.
fn archive() -> Archive {
    Archive::new()
        .file("site.toml", "title = \"试验库\"\nlanguage = \"zh-Hans\"\n")
        .file("in/x.txt", "库房札记 沈一帆\n发布时间：2020-04-12 来源：江城县地方史志学会\n\n库房札记\n\n一、清点\n\n逐架。\n\n三、登记\n\n逐件。\n")
        .document("a/one.md", "titel = \"甲\"\ndate = \"2017年8月30日\"", "见[乙](没有.md)。")
        .document("a/two.md", "authors = [“甲”]\naccess = \"opne\"", "![](图.png)")
}

/// The words of a text that are English: no name, no code, no path, no option, nothing between backticks.
fn english(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        // Excerpts are the archive's own words, examples are typed, and a word alone on its line names a command.
        let is_excerpt = line.trim_start().starts_with(|sign: char| sign.is_ascii_digit() || sign == '|');
        let is_name = line.split_whitespace().count() == 1;
        if is_excerpt || is_name || line.starts_with("    ") || line.starts_with("  fonds") || line.contains("-->") {
            continue;
        }
        let outside: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
        let outside: String = outside.split(['“', '”']).step_by(2).collect::<Vec<_>>().join(" ");
        for word in outside.split(|sign: char| sign.is_whitespace() || !sign.is_ascii()) {
            let bare = word.trim_matches(|sign: char| sign.is_ascii_punctuation());
            let is_word = bare.len() > 1 && bare.bytes().all(|byte| byte.is_ascii_alphabetic());
            let is_marked =
                word.starts_with(['-', '[', '<', '$', '"', '\'', '{']) || word.contains(['_', '=', '.', '/']);
            let is_value = bare.bytes().all(|byte| byte.is_ascii_uppercase());
            if is_word && !is_marked && !is_value && !NAMES.contains(&bare) {
                found.push(format!("{bare}: {line}"));
            }
        }
    }
    found
}

/// What was said is Chinese, and no line is wider than a page; an example and code may be.
#[track_caller]
fn is_chinese(run: &Run) {
    let said = format!("{}{}", run.stderr, run.stdout);
    assert!(said.contains(|sign: char| ('\u{4e00}'..='\u{9fff}').contains(&sign)), "{said}");
    assert_eq!(english(&said), Vec::<String>::new(), "{said}");
    let wide: Vec<&str> = said.lines().filter(|line| line.width() > 100 && !line.contains('`')).collect();
    assert_eq!(wide, Vec::<&str>::new());
}

#[test]
fn a_chinese_archive_is_told_of_in_chinese() {
    let archive = archive();
    let english = [("LANG", "en_US.UTF-8")];
    let run = |arguments: &[&str]| run_with(archive.path(), arguments, &english, archive.path());
    for arguments in [
        &["build"][..],
        &["check"],
        &["import", "--dry-run", "in/x.txt"],
        &["--help"],
        &["check", "--help"],
        &["import", "-h"],
        &["build", "--bulid"],
        &["check", "--deny", "all"],
        &["init", "new", "--language", "中文"],
        &["explain", "broken-lnik"],
        &["mv", "none", "a/b"],
    ] {
        is_chinese(&run(arguments));
    }
    assert_eq!(run(&["build", "--bulid"]).code, 2);
    run(&["check"]).says("chinese");
}

#[test]
fn the_option_comes_before_the_archive_and_the_archive_before_the_system() {
    let chinese = archive();
    let said = |archive: &Archive, arguments: &[&str], lang: &str| {
        run_with(archive.path(), arguments, &[("LANG", lang)], archive.path()).stdout.contains("已检查")
    };
    assert!(said(&chinese, &["check"], "C"));
    assert!(!said(&chinese, &["--lang", "en", "check"], "C"));
    assert!(!said(&chinese, &["check", "--lang=en-US"], "zh_CN.UTF-8"));
    let silent = Archive::new().document("a.md", "", "文。");
    assert!(said(&silent, &["check"], "zh_CN.UTF-8"));
    assert!(!said(&silent, &["check"], "C") && !said(&silent, &["check"], "de_DE.UTF-8"));
    let english = Archive::new().file("site.toml", "title = \"A\"\nlanguage = \"en\"\n").document("a.md", "", "文。");
    assert!(!said(&english, &["check"], "zh_CN.UTF-8"));
    assert!(said(&english, &["check", "--lang", "zh"], "C"));
    let traditional = run_with(english.path(), &["check", "--lang", "zh-Hant"], &[], english.path());
    assert!(traditional.stdout.contains("已檢查"), "{}", traditional.stdout);
    let wrong = run_with(english.path(), &["check", "--lang", "tlh"], &[], english.path());
    assert_eq!(wrong.code, 2);
}

#[test]
fn json_keeps_its_keys_and_codes_in_every_language() {
    let archive = archive();
    let keys = |lang: &str| -> Vec<(Vec<String>, String)> {
        let run = run_in(archive.path(), &["--lang", lang, "check", "--format", "json"], archive.path());
        let object =
            |line: &str| serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line).expect("JSON");
        let objects = run.stdout.lines().map(object);
        objects
            .map(|object| {
                (object.keys().cloned().collect(), object.get("code").map(ToString::to_string).unwrap_or_default())
            })
            .collect()
    };
    assert_eq!(keys("en"), keys("zh-Hans"));
}

/// The help of every command, as it was last read.
#[test]
fn help_in_both_languages() {
    let archive = Archive::new();
    let commands = ["init", "build", "import", "serve", "mv", "check", "explain", "record", "man", "completions"];
    for lang in ["en", "zh-Hans"] {
        let help = |arguments: &[&str]| archive.run(&[arguments, &["--lang", lang]].concat()).succeeds().stdout;
        let mut all = help(&["--help"]);
        for command in commands {
            all.push_str(&format!("\n===== {command}\n\n{}", help(&[command, "--help"])));
        }
        is_golden(&all, &format!("help/{lang}"));
    }
}

#[test]
fn the_manual_is_in_the_language() {
    let archive = Archive::new();
    let page = archive.run(&["man", "--lang", "zh-Hans"]).succeeds().stdout;
    assert!(page.contains(".SH 名称") && page.contains("fonds\\-build"), "{page:.400}");
    assert!(!page.contains(".SH NAME") && !page.contains(".SH OPTIONS"));
}
