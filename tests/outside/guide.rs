//! The guide holds: what its pages show is written, run and compared, so that they cannot say what fonds does no longer.
//!
//! A block of code is played by the words behind its first fence. `markdown content/a.md`, a language and a file, is that
//! file; `diff content/a.md` changes it; `console` holds commands after `$ ` and what they print. In what is printed `…`
//! stands for anything within a line, and alone on a line for any lines; times, sizes and numbers of files may differ.
//! Blocks without a file, such as `text`, are only shown. `FONDS_BLESS=1` writes what is printed now into the pages.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The time at which the commands run: 2020-05-20, in seconds since 1970.
const TIME: &str = "1589932800";

/// Words behind a number that differs from one machine or version to the next.
const UNITS: [&str; 8] = ["s", "kB", "MB", "bytes", "files", "秒", "字节", "个文件"];

/// A page of the guide.
struct Page {
    name: String,
    path: PathBuf,
    text: String,
}

/// A block of code.
struct Block<'a> {
    language: &'a str,
    file: Option<&'a str>,
    /// The line of the page behind its first fence, from 0.
    at: usize,
    lines: Vec<&'a str>,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for (at, line) in page.lines().enumerate() {
        match (open.take(), line.strip_prefix("```")) {
            (None, Some(info)) => {
                let (language, file) = info.split_once(' ').map_or((info, None), |(word, file)| (word, Some(file)));
                open = Some(Block { language, file, at: at + 1, lines: Vec::new() });
            }
            (Some(block), Some("")) => found.push(block),
            (Some(mut block), _) => {
                block.lines.push(line);
                open = Some(block);
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block of code is not closed");
    found
}

/// The pages of a collection of a guide, in the order of their names.
fn pages(guide: &str, collection: &str) -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(guide).join("content").join(collection);
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).expect("the collection") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with(".md") && name != "_index.md" {
            pages.push(Page { name, text: fs::read_to_string(&path).expect("UTF-8"), path });
        }
    }
    pages.sort_by(|one, two| one.name.cmp(&two.name));
    assert!(!pages.is_empty());
    pages
}

/// How much of what a command prints a page shows.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    All,
    /// The message that the page is about, and not what is said besides.
    Message,
}

/// A reader who does what the pages say.
struct Reader {
    shown: Shown,
    /// Where the terminal is.
    folder: PathBuf,
    /// Where the program is, speaking the page's language.
    binaries: TempDir,
    commands: usize,
}

impl Reader {
    fn new(folder: &TempDir, shown: Shown, language: &str) -> Self {
        Self { shown, folder: folder.path().to_path_buf(), binaries: speaking(language), commands: 0 }
    }

    fn follow(&mut self, page: &Page) {
        let mut renewed: Vec<String> = page.text.lines().map(str::to_string).collect();
        let mut changed = false;
        for block in blocks(&page.text) {
            match (block.language, block.file) {
                ("console", _) => {
                    let now = self.run(&page.name, &block.lines);
                    let at = block.at + renewed.len() - page.text.lines().count();
                    changed |= now != block.lines;
                    renewed.splice(at..at + block.lines.len(), now);
                }
                ("diff", Some(file)) => self.change(&page.name, file, &block.lines),
                (_, Some(file)) => {
                    let path = self.folder.join(file);
                    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
                    fs::write(path, block.lines.join("\n") + "\n").expect("the file");
                }
                (_, None) => {}
            }
        }
        if changed {
            fs::write(&page.path, renewed.join("\n") + "\n").expect("the page");
        }
    }

    /// Runs the commands of a block, each with the lines that it is shown to print; gives the block as it should be.
    fn run(&mut self, name: &str, lines: &[&str]) -> Vec<String> {
        let mut now = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let Some(command) = line.strip_prefix("$ ") else { continue };
            let shown: Vec<&str> = lines[at + 1..].iter().take_while(|line| !line.starts_with("$ ")).copied().collect();
            let said = match command.strip_prefix("cd ") {
                Some(folder) => {
                    self.folder.push(folder);
                    String::new()
                }
                None => self.say(command),
            };
            let said: Vec<&str> = without_end(said.lines().collect());
            let fits = match self.shown {
                Shown::All => fits(&without_end(shown.clone()), &said),
                Shown::Message => fits(&[&["…"], shown.as_slice(), &["…"]].concat(), &said),
            };
            let bless = std::env::var_os("FONDS_BLESS").is_some();
            assert!(fits || bless, "{name}: $ {command}\nshown:\n{}\nsaid:\n{}", shown.join("\n"), said.join("\n"));
            now.push((*line).to_string());
            now.extend(if fits { shown } else { self.again(name, &said) }.into_iter().map(str::to_string));
            self.commands += 1;
        }
        now
    }

    /// What a page shows of what was said: all, or the messages that have the page's name for their code.
    fn again<'a>(&self, name: &str, said: &[&'a str]) -> Vec<&'a str> {
        if self.shown == Shown::All {
            return said.to_vec();
        }
        let code = format!("[{}]: ", name.trim_end_matches(".md"));
        let mut messages = Vec::new();
        for (at, _) in said.iter().enumerate().filter(|(_, line)| line.contains(&code)) {
            messages.extend(said[at..].iter().take_while(|line| !line.is_empty()).copied().chain([""]));
        }
        without_end(messages)
    }

    /// What a command prints, as a terminal shows it: results and messages in the order in which they come.
    fn say(&self, command: &str) -> String {
        let binaries = self.binaries.path().display();
        let path = std::env::var("PATH").unwrap_or_default();
        let (mut reader, writer) = std::io::pipe().expect("a pipe");
        let mut child = Command::new("sh")
            .args(["-c", command])
            .current_dir(&self.folder)
            .env("PATH", format!("{binaries}:{path}"))
            .env("NO_COLOR", "1")
            .env("LC_ALL", "C.UTF-8")
            .env("SOURCE_DATE_EPOCH", TIME)
            .env("XDG_CACHE_HOME", self.binaries.path())
            .stdout(writer.try_clone().expect("a pipe"))
            .stderr(writer)
            .spawn()
            .expect("a shell");
        let mut said = String::new();
        reader.read_to_string(&mut said).expect("UTF-8");
        child.wait().expect("an end");
        said
    }

    /// Takes the lines with `-` out of a file and puts those with `+` in. Others stand around them in the file.
    fn change(&self, name: &str, file: &str, lines: &[&str]) {
        let path = self.folder.join(file);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {file}: {error}"));
        let mut all: Vec<&str> = text.lines().collect();
        let before: Vec<&str> = lines.iter().filter(|line| !line.starts_with('+')).map(|line| unsigned(line)).collect();
        let fit = |at: &usize| before.iter().zip(&all[*at..]).all(|(shown, line)| fits_line(shown, line));
        let found: Vec<usize> = (0..=all.len().saturating_sub(before.len())).filter(fit).collect();
        let [at] = found[..] else { panic!("{name}: {} places in {file} fit\n{}", found.len(), lines.join("\n")) };
        let mut stand = all[at..at + before.len()].iter();
        let mut after = Vec::new();
        for line in lines {
            match line.strip_prefix('+') {
                Some(new) => after.push(new),
                None => {
                    let stands = *stand.next().expect("a line of the file");
                    after.extend((!line.starts_with('-')).then_some(stands));
                }
            }
        }
        all.splice(at..at + before.len(), after);
        fs::write(path, all.join("\n") + "\n").expect("the file");
    }
}

/// A folder with the program under its name, speaking a language whatever the archive's is.
fn speaking(language: &str) -> TempDir {
    use std::os::unix::fs::PermissionsExt;

    let folder = TempDir::new().expect("a folder");
    let program = folder.path().join("fonds");
    let script = format!("#!/bin/sh\nexec '{}' --lang {language} \"$@\"\n", env!("CARGO_BIN_EXE_fonds"));
    fs::write(&program, script).expect("the program");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("may be run");
    folder
}

/// A line of a change without its sign.
fn unsigned(line: &str) -> &str {
    line.get(1..).unwrap_or_default()
}

fn without_end(mut lines: Vec<&str>) -> Vec<&str> {
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    lines
}

fn fits(shown: &[&str], said: &[&str]) -> bool {
    match shown.split_first() {
        None => said.is_empty(),
        Some((&"…", rest)) => (0..=said.len()).any(|at| fits(rest, &said[at..])),
        Some((line, rest)) => said
            .split_first()
            .is_some_and(|(first, after)| fits_line(&masked(line), &masked(first)) && fits(rest, after)),
    }
}

fn fits_line(shown: &str, said: &str) -> bool {
    let mut parts = shown.split('…');
    let Some(mut rest) = said.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// A line with `…` for every number that has one of the [`UNITS`]. The columns of a table are as wide as the terminal.
fn masked(line: &str) -> String {
    if line.contains('│') {
        return line.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let words: Vec<&str> = line.split(' ').collect();
    let is_number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || ".,".contains(c))
    };
    let mask = |(at, word): (usize, &&str)| {
        let number = word.trim_start_matches(['(', '（']);
        let unit = words.get(at + 1).map_or("", |next| next.trim_end_matches([')', ',', '）', '，']));
        if is_number(number) && UNITS.contains(&unit) { word.replace(number, "…") } else { word.to_string() }
    };
    words.iter().enumerate().map(mask).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_tutorial_can_be_followed() {
    let folder = TempDir::new().expect("a temporary folder");
    let mut reader = Reader::new(&folder, Shown::All, "en");
    for page in pages("docs", "tutorial") {
        reader.follow(&page);
    }
    assert!(reader.commands > 15, "{} commands", reader.commands);
    assert!(folder.path().join("archive/public/essays/storeroom-notes/s1.html").is_file());
}

#[test]
fn the_tutorial_imports_the_example_that_is_kept_in_docs() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/example-capture.txt");
    let example = fs::read_to_string(example).expect("the example");
    let pages = pages("docs", "tutorial");
    let shown =
        pages.iter().flat_map(|page| blocks(&page.text)).find(|block| block.language == "text" && block.file.is_some());
    assert_eq!(shown.expect("the capture").lines, example.lines().collect::<Vec<_>>());
}

/// Follows the pages of messages in an archive of their language.
fn messages_are_given(guide: &str, language: &str) -> usize {
    let mut commands = 0;
    for page in pages(guide, "codes") {
        let folder = TempDir::new().expect("a temporary folder");
        let site = format!("title = \"An archive\"\nlanguage = \"{language}\"\n");
        fs::write(folder.path().join("site.toml"), site).expect("site.toml");
        let mut reader = Reader::new(&folder, Shown::Message, language);
        reader.follow(&page);
        commands += reader.commands;
        let code = format!("[{}]", page.name.trim_end_matches(".md"));
        let shown = blocks(&page.text).iter().any(|block| block.lines.iter().any(|line| line.contains(&code)));
        assert!(shown, "{} does not show its message", page.name);
    }
    commands
}

#[test]
fn messages_are_given_as_their_pages_show() {
    let commands = messages_are_given("docs", "en");
    assert!(commands > 50, "{commands} commands");
}

#[test]
fn messages_are_given_as_their_pages_show_in_chinese() {
    messages_are_given("docs/zh", "zh-Hans");
}

#[test]
fn a_page_that_is_wrong_is_noticed() {
    assert!(fits(&["a … c", "…", "d"], &["a b c", "x", "y", "d"]));
    assert!(fits(&["built  0.02 s"], &["built  1.50 s"]));
    assert!(fits(&["2 documents in 58 files (226 kB)"], &["2 documents in 9 files (1 kB)"]));
    for (shown, said) in [
        (vec!["a"], vec!["b"]),
        (vec!["a"], vec!["a", "b"]),
        (vec!["a … c"], vec!["a b"]),
        (vec!["a…a"], vec!["a"]),
        (vec!["2 documents"], vec!["3 documents"]),
        (vec![], vec!["error"]),
    ] {
        assert!(!fits(&shown, &said), "{shown:?} {said:?}");
    }
}
