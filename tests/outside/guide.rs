//! The guide holds: what its pages show is written, run and compared, so that they cannot say what fonds does no longer.
//!
//! A block of code is played by the words behind its first fence. `markdown content/a.md`, a language and a file, is that
//! file; `diff content/a.md` changes it; `console` holds commands after `$ ` and what they print. In what is printed `…`
//! stands for anything within a line, and alone on a line for any lines; times, sizes and numbers of files may differ.
//! Blocks without a file, such as `text`, are only shown.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The time at which the commands run: 2020-05-20, in seconds since 1970.
const TIME: &str = "1589932800";

/// Words behind a number that differs from one machine or version to the next.
const UNITS: [&str; 5] = ["s", "kB", "MB", "bytes", "files"];

/// A block of code.
struct Block<'a> {
    language: &'a str,
    file: Option<&'a str>,
    lines: Vec<&'a str>,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for line in page.lines() {
        match (open.take(), line.strip_prefix("```")) {
            (None, Some(info)) => {
                let (language, file) = info.split_once(' ').unwrap_or((info, ""));
                open = Some(Block { language, file: Some(file).filter(|file| !file.is_empty()), lines: Vec::new() });
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

/// The pages of a collection of the guide, in the order of their names.
fn pages(collection: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content").join(collection);
    let mut pages: Vec<(String, String)> = fs::read_dir(folder)
        .expect("the collection")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), path))
        .filter(|(name, _)| name.ends_with(".md") && name != "_index.md")
        .map(|(name, path)| (name, fs::read_to_string(path).expect("UTF-8")))
        .collect();
    pages.sort();
    assert!(!pages.is_empty());
    pages
}

/// A reader who does what the pages say.
struct Reader {
    /// Where the terminal is.
    folder: PathBuf,
    commands: usize,
}

impl Reader {
    fn new(folder: &TempDir) -> Self {
        Self { folder: folder.path().to_path_buf(), commands: 0 }
    }

    fn follow(&mut self, name: &str, page: &str) {
        for block in blocks(page) {
            match (block.language, block.file) {
                ("console", _) => self.run(name, &block.lines),
                ("diff", Some(file)) => self.change(name, file, &block.lines),
                (_, Some(file)) => {
                    let path = self.folder.join(file);
                    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
                    fs::write(path, block.lines.join("\n") + "\n").expect("the file");
                }
                (_, None) => {}
            }
        }
    }

    /// Runs the commands of a block, each with the lines that it is shown to print.
    fn run(&mut self, name: &str, lines: &[&str]) {
        for (at, line) in lines.iter().enumerate() {
            let Some(command) = line.strip_prefix("$ ") else { continue };
            let shown = lines[at + 1..].iter().take_while(|line| !line.starts_with("$ "));
            let said = match command.strip_prefix("cd ") {
                Some(folder) => {
                    self.folder.push(folder);
                    String::new()
                }
                None => self.say(command),
            };
            let shown = without_end(shown.copied().collect());
            let said_lines = without_end(said.lines().collect());
            assert!(
                fits(&shown, &said_lines),
                "{name}: $ {command}\nshown:\n{}\nsaid:\n{}",
                shown.join("\n"),
                said_lines.join("\n")
            );
            self.commands += 1;
        }
    }

    /// What a command prints, as a terminal shows it: results and messages in the order in which they come.
    fn say(&self, command: &str) -> String {
        let binaries = Path::new(env!("CARGO_BIN_EXE_fonds")).parent().expect("a folder").display().to_string();
        let path = std::env::var("PATH").unwrap_or_default();
        let (mut reader, writer) = std::io::pipe().expect("a pipe");
        let mut child = Command::new("sh")
            .args(["-c", command])
            .current_dir(&self.folder)
            .env("PATH", format!("{binaries}:{path}"))
            .env("NO_COLOR", "1")
            .env("LC_ALL", "C.UTF-8")
            .env("SOURCE_DATE_EPOCH", TIME)
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

/// A line with `…` for every number that has one of the [`UNITS`].
fn masked(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let is_number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || ".,".contains(c))
    };
    let mask = |(at, word): (usize, &&str)| {
        let number = word.trim_start_matches('(');
        let unit = words.get(at + 1).map_or("", |next| next.trim_end_matches([')', ',']));
        if is_number(number) && UNITS.contains(&unit) { word.replace(number, "…") } else { word.to_string() }
    };
    words.iter().enumerate().map(mask).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_tutorial_can_be_followed() {
    let folder = TempDir::new().expect("a temporary folder");
    let mut reader = Reader::new(&folder);
    for (name, page) in pages("tutorial") {
        reader.follow(&name, &page);
    }
    assert!(reader.commands > 15, "{} commands", reader.commands);
    assert!(folder.path().join("archive/public/essays/storeroom-notes/s1.html").is_file());
}

#[test]
fn the_tutorial_imports_the_example_that_is_kept_in_docs() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/example-capture.txt");
    let example = fs::read_to_string(example).expect("the example");
    let pages = pages("tutorial");
    let shown =
        pages.iter().flat_map(|(_, page)| blocks(page)).find(|block| block.language == "text" && block.file.is_some());
    assert_eq!(shown.expect("the capture").lines, example.lines().collect::<Vec<_>>());
}

#[test]
fn messages_are_given_as_their_pages_show() {
    let mut commands = 0;
    for (name, page) in pages("codes") {
        let folder = TempDir::new().expect("a temporary folder");
        fs::write(folder.path().join("site.toml"), "title = \"An archive\"\nlanguage = \"en\"\n").expect("site.toml");
        let mut reader = Reader::new(&folder);
        reader.follow(&name, &page);
        commands += reader.commands;
        let code = format!("[{}]", name.trim_end_matches(".md"));
        let shown = blocks(&page).iter().any(|block| block.lines.iter().any(|line| line.contains(&code)));
        assert!(shown, "{name} does not show its message");
    }
    assert!(commands > 50, "{commands} commands");
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
