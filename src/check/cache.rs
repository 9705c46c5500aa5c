//! What was answered lately, so that no server is asked for the same address every day.
//!
//! The file lies in the user's cache folder and not in the archive: it says nothing that should last, and several archives
//! share it. Only good answers are kept. A broken address is asked for again at once, since somebody may just have mended
//! it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::file;

/// How long an answer holds.
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A good answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Answer {
    /// Seconds since 1970.
    asked: u64,
    /// Where the address has moved for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<String>,
}

/// Good answers by their addresses.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    file: Option<PathBuf>,
    answers: BTreeMap<String, Answer>,
    now: u64,
}

impl Cache {
    /// Reads the file; what is older than a week, or cannot be read, is forgotten.
    pub(crate) fn read() -> Self {
        let file = folder().map(|folder| folder.join("fonds").join("addresses.json"));
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let text = file.as_ref().and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
        let mut answers: BTreeMap<String, Answer> = serde_json::from_str(&text).unwrap_or_default();
        answers.retain(|_, answer| answer.asked <= now && now - answer.asked < WEEK.as_secs());
        Self { file, answers, now }
    }

    /// What was answered: where the address has moved, if it has.
    pub(crate) fn get(&self, address: &str) -> Option<Option<&str>> {
        self.answers.get(address).map(|answer| answer.moved.as_deref())
    }

    /// Keeps a good answer.
    pub(crate) fn put(&mut self, address: &str, moved: Option<&str>) {
        let answer = Answer { asked: self.now, moved: moved.map(str::to_string) };
        self.answers.insert(address.to_string(), answer);
    }

    /// Writes the file.
    ///
    /// # Errors
    /// The machine refuses to.
    pub(crate) fn write(&self) -> anyhow::Result<()> {
        let Some(path) = &self.file else { return Ok(()) };
        let aside = path.with_extension(format!("{}.part", std::process::id()));
        file::write(&aside, &serde_json::to_vec(&self.answers)?)?;
        file::rename(&aside, path)
    }
}

/// The user's folder for what may be thrown away, as each system has it.
fn folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = set("XDG_CACHE_HOME").filter(|folder| folder.is_absolute()) {
        return Some(folder);
    }
    match () {
        () if cfg!(windows) => set("LOCALAPPDATA"),
        () if cfg!(target_os = "macos") => set("HOME").map(|home| home.join("Library/Caches")),
        () => set("HOME").map(|home| home.join(".cache")),
    }
}
