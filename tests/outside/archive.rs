//! A fluent builder of small archives, and what a run of the binary left.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use tempfile::TempDir;

use crate::index_reader::Reader;

/// An archive in a folder of its own, gone when it is dropped.
#[derive(Clone)]
pub struct Archive {
    folder: Arc<TempDir>,
}

/// What a run said.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    site: PathBuf,
    /// Keeps the archive while its site is looked at.
    _folder: Option<Arc<TempDir>>,
}

impl Archive {
    /// An archive with a title and nothing in it.
    pub fn new() -> Self {
        let archive = Self { folder: Arc::new(TempDir::new().expect("a temporary folder")) };
        archive.file("site.toml", "title = \"试验库\"\n")
    }

    /// An archive that lies in the repository, in a folder where building may leave its traces.
    pub fn copy_of(path: &str) -> Self {
        let files = files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
        files.into_iter().fold(Self::new(), |archive, (path, bytes)| archive.file(&path, bytes))
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes any file.
    pub fn file(self, path: &str, contents: impl AsRef<[u8]>) -> Self {
        let target = self.folder.path().join(path);
        fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
        fs::write(target, contents).expect("a file");
        self
    }

    /// Writes a document with a title and the fields given.
    pub fn document(self, path: &str, fields: &str, body: &str) -> Self {
        let stem = path.trim_end_matches("/index.md").trim_end_matches(".md");
        let title = stem.rsplit('/').next().expect("a name");
        let has_title = fields.lines().any(|line| line.starts_with("title ="));
        let title = if has_title { String::new() } else { format!("title = \"{title}\"\n") };
        self.file(&format!("content/{path}"), format!("+++\n{title}{fields}\n+++\n{body}\n"))
    }

    pub fn remove(self, path: &str) -> Self {
        fs::remove_file(self.folder.path().join(path)).expect("a file to remove");
        self
    }

    pub fn build(&self) -> Run {
        self.run(&["build"])
    }

    /// Builds the site and binds its addresses.
    pub fn publish(&self) -> Run {
        self.run(&["publish", "--by-hand"])
    }

    /// Runs the binary in the archive.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, &[])
    }

    /// Runs the binary in the archive at a time that `SOURCE_DATE_EPOCH` sets, in seconds since 1970.
    pub fn run_at(&self, seconds: &str, arguments: &[&str]) -> Run {
        self.run_with(arguments, &[("SOURCE_DATE_EPOCH", seconds)])
    }

    fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
        let run = run_with(self.path(), arguments, environment, &self.path().join("public"));
        Run { _folder: Some(Arc::clone(&self.folder)), ..run }
    }
}

/// Runs the binary in a folder.
pub fn run_in(folder: &Path, arguments: &[&str], site: &Path) -> Run {
    run_with(folder, arguments, &[], site)
}

/// Runs the binary in a folder, with variables of the environment.
pub fn run_with(folder: &Path, arguments: &[&str], environment: &[(&str, &str)], site: &Path) -> Run {
    // What is said is compared in English, unless a test is about a language.
    let is_said = arguments.iter().any(|argument| argument.starts_with("--lang"))
        || environment.iter().any(|(name, _)| *name == "LANG");
    let language: &[&str] = if is_said { &[] } else { &["--lang", "en"] };
    let output = Command::new(env!("CARGO_BIN_EXE_fonds"))
        .args(language)
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("LC_ALL", "")
        .env("LC_MESSAGES", "")
        .env("LANG", "C")
        .envs(environment.iter().copied())
        .output()
        .expect("the binary runs");
    Run {
        code: output.status.code().expect("an exit code"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        site: site.to_path_buf(),
        _folder: None,
    }
}

impl Run {
    /// The run ended well and without a word on stderr.
    #[track_caller]
    pub fn succeeds(self) -> Self {
        assert_eq!((self.code, self.stderr.as_str()), (0, ""), "stdout: {}", self.stdout);
        self
    }

    /// The run ended well, and warned of this only.
    #[track_caller]
    pub fn warns_of(self, code: &str) -> Self {
        let warnings = self.stderr.matches("warning[").count();
        assert_eq!((self.code, self.tells(code)), (0, true), "{}{}", self.stdout, self.stderr);
        assert_eq!(warnings, self.stderr.matches(&format!("[{code}]: ")).count(), "{}", self.stderr);
        self
    }

    /// The run found faults, and said exactly what stands in `golden/NAME.txt`; `FONDS_BLESS=1` rewrites that file.
    #[track_caller]
    pub fn fails_as(self, name: &str) -> Self {
        is_golden(&self.stderr, name);
        assert_eq!(self.code, 1);
        self
    }

    /// Whether a message with this code was printed.
    pub fn tells(&self, code: &str) -> bool {
        self.stderr.contains(&format!("[{code}]: "))
    }

    /// The run said exactly what stands in `golden/NAME.txt`, on both ways out; `FONDS_BLESS=1` rewrites that file.
    #[track_caller]
    pub fn says(&self, name: &str) {
        is_golden(&format!("{}{}", self.stderr, self.stdout), name);
    }

    /// The last line of `--format json`.
    #[track_caller]
    pub fn summary(&self) -> serde_json::Value {
        serde_json::from_str(self.stdout.lines().last().expect("a last line")).expect("an object")
    }

    /// The site's folder.
    pub fn site(&self) -> &Path {
        &self.site
    }

    /// The index of the site.
    pub fn index(&self) -> Reader {
        Reader::open(&self.site)
    }

    /// A page of the site.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        let file = self.site.join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    pub fn exists(&self, path: &str) -> bool {
        self.site.join(path).exists()
    }

    /// Every file of the site with its bytes.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files_in(&self.site)
    }
}

/// What was said is exactly what stands in `golden/NAME.txt`; `FONDS_BLESS=1` rewrites that file.
#[track_caller]
pub fn is_golden(said: &str, name: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/outside/golden/{name}.txt"));
    if std::env::var_os("FONDS_BLESS").is_some() {
        fs::create_dir_all(golden.parent().expect("a parent")).expect("a folder");
        fs::write(&golden, said).expect("the golden file is written");
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    assert!(said == expected, "said\n{said}\nnot\n{expected}");
}

/// Every file below a folder with its bytes.
pub fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("a readable folder"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("below the folder");
            (path.to_string_lossy().into_owned(), fs::read(entry.path()).expect("a readable file"))
        })
        .collect()
}

/// The text between two marks, for looking at one part of a page.
#[track_caller]
pub fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap_or_else(|| panic!("no {from} in\n{page}"));
    let end = page[start..].find(to).unwrap_or_else(|| panic!("no {to} behind {from}"));
    &page[start..start + end]
}

/// The text of HTML: tags away, the few entities that fonds writes resolved.
pub fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
