//! `fonds init`: an archive to begin with.

use std::path::Path;

use anyhow::Result;
use dialoguer::Input;
use serde::Serialize;

use super::Exit;
use super::terminal::Terminal;
use crate::change::{self, Change, Lock, OWN};
use crate::cli::{Common, InitArgs};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::cause::{Failure, While};
use crate::diagnostic::messages::{CommandMessage, Doing, Hint, Question, Summary as Said};
use crate::folder::Folder;
use crate::record::edit::Edited;
use crate::record::language;
use crate::{file, theme};

/// What a new archive holds besides site.toml, in Chinese and in English; it builds as it is.
const CHINESE: [(&str, &str); 3] = [
    ("content/_index.md", include_str!("init/home.md")),
    ("content/essays/_index.md", include_str!("init/collection.md")),
    ("content/essays/first.md", include_str!("init/document.md")),
];
const ENGLISH: [(&str, &str); 3] = [
    ("content/_index.md", include_str!("init/en/home.md")),
    ("content/essays/_index.md", include_str!("init/en/collection.md")),
    ("content/essays/first.md", include_str!("init/en/document.md")),
];

/// What the archive is called where nobody says.
const TITLES: [&str; 2] = ["我的档案库", "My archive"];

/// What is asked on a terminal.
struct Answers {
    title: String,
    publisher: Option<String>,
    language: String,
}

#[derive(Serialize)]
struct Summary<'a> {
    summary: &'static str,
    folder: &'a Path,
    files: usize,
}

/// Makes a new archive.
///
/// # Errors
/// The machine refuses to write.
pub(crate) fn run(args: &InitArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let folder = &args.folder;
    if let Ok(begun) = Folder::open(folder) {
        change::settle(&begun, &|holder| terminal.waits_for(holder))?;
    }
    // What an interrupted `init` left is the program's own.
    let is_own = |entry: std::io::Result<std::fs::DirEntry>| entry.is_ok_and(|entry| entry.file_name() == OWN);
    let taken = std::fs::read_dir(folder).map_or(folder.exists(), |mut entries| !entries.all(is_own));
    if taken {
        terminal.refusal(&Diagnostic::error(CommandMessage::FolderNotEmpty { folder: file::shown(folder) }));
        return Ok(Exit::Usage);
    }
    let answers = match answers(args, &terminal) {
        Ok(answers) => answers,
        Err(dialoguer::Error::IO(error)) => return Err(error).while_doing(|| Doing::Asking),
    };
    file::create_folder(folder)?;
    let root = Folder::open(folder).while_doing(|| Doing::Reading { path: file::shown(folder) })?;
    let lock = Lock::take(&root, "init", &|holder| terminal.waits_for(holder))?;
    let mut new = Change::begin(&lock);
    let mut files = 0;
    let mut write = |path: &str, bytes: &[u8]| {
        files += 1;
        new.create(path, bytes)
    };
    write("site.toml", site(&answers)?.as_bytes())?;
    write("README.md", include_bytes!("init/README.md"))?;
    write(".gitattributes", include_bytes!("init/gitattributes"))?;
    write(".gitignore", include_bytes!("init/gitignore"))?;
    for (path, text) in if is_chinese(&answers.language) { CHINESE } else { ENGLISH } {
        write(path, text.as_bytes())?;
    }
    if args.eject {
        for (path, bytes) in theme::built_in() {
            write(&path, bytes)?;
        }
    }
    new.commit()?;
    let sentence = terminal.say(&Said::NewArchive { folder: file::shown(folder) });
    terminal.result(&sentence, &Summary { summary: "init", folder, files });
    Ok(Exit::Done)
}

fn is_chinese(language: &str) -> bool {
    language == "zh" || language.starts_with("zh-")
}

/// What the options say; the rest is asked where somebody can answer.
fn answers(args: &InitArgs, terminal: &Terminal) -> dialoguer::Result<Answers> {
    let asks = !args.yes && terminal.can_ask();
    let language = match &args.language {
        Some(language) => language.clone(),
        None if asks => {
            let default = if terminal.lang().is_chinese() { terminal.lang().tag() } else { "en" };
            let wrong = terminal.say(&Hint::LanguageTag);
            ask(&terminal.say(&Question::Language), default, |answer| match language::is_tag(answer) {
                true => Ok(()),
                false => Err(wrong.clone()),
            })?
        }
        None => "zh-Hans".to_string(),
    };
    let default = TITLES[usize::from(!is_chinese(&language))];
    let title = match &args.title {
        Some(title) => title.clone(),
        None if asks => ask(&terminal.say(&Question::Title), default, |_| Ok(()))?,
        None => default.to_string(),
    };
    let publisher = match &args.publisher {
        Some(publisher) => publisher.clone(),
        None if asks => ask(&terminal.say(&Question::Publisher), "", |_| Ok(()))?,
        None => String::new(),
    };
    Ok(Answers { title, publisher: Some(publisher).filter(|name| !name.trim().is_empty()), language })
}

/// One question. A whole line is read at once, so that the terminal's own editing and any input method work.
fn ask(question: &str, default: &str, valid: impl Fn(&str) -> Result<(), String>) -> dialoguer::Result<String> {
    let input = Input::<String>::new().with_prompt(question).default(default.to_string());
    let input = input.show_default(!default.is_empty()).allow_empty(default.is_empty());
    Ok(input.validate_with(move |answer: &String| valid(answer.trim())).interact()?.trim().to_string())
}

/// site.toml with the answers in it.
fn site(answers: &Answers) -> Result<String> {
    const PUBLISHER: &str = "# publisher = \"…\"";
    let model = include_str!("init/site.toml");
    let write = || -> Result<String, Diagnostic> {
        let mut site = Edited::toml(model, "site.toml")?;
        site.set(&["title"], answers.title.as_str())?;
        site.set(&["language"], answers.language.as_str())?;
        Ok(site.text())
    };
    let text = write().map_err(|_| Failure::alone(Doing::BuiltInSettings))?;
    let Some(publisher) = &answers.publisher else { return Ok(text) };
    Ok(text.replace(PUBLISHER, &format!("publisher = {}", toml::Value::from(publisher.as_str()))))
}
