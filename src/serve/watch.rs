//! Changes of the archive's files, in batches.
//!
//! Only what an archive is made of is watched: site.toml and the folders `content/`, `templates/` and `static/`; beside them
//! lie sites of a hundred thousand folders. An editor saves in several steps, or writes another file and moves it over the
//! old one. So a batch ends when the system says that a file was closed or moved, and where it says no such thing, when
//! nothing has come for a moment. Systems have a limit of what they watch; beyond it the files' times are looked at instead.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::archive::changes;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::cause::Cause;
use crate::diagnostic::messages::{CommandMessage, Following};
use crate::diagnostic::said::Said;
use crate::file;

/// So long a batch waits for the end of what began.
const SETTLE: Duration = Duration::from_millis(15);

/// What the system does not tell is looked at so often: all files where it cannot watch, and whether the archive's folder is
/// the one that is watched.
const LOOK: Duration = Duration::from_secs(1);

/// Folders whose every file counts.
const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// What changed since the last batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Changed {
    /// Paths from the archive's root, with `/`.
    pub paths: BTreeSet<String>,
    /// site.toml is among them.
    pub site: bool,
    /// Templates or strings are.
    pub templates: bool,
    /// Files of the theme may have come or gone.
    pub files: bool,
    /// Style sheets are among them.
    pub styles: bool,
    /// Other files of the theme are.
    pub scripts: bool,
    /// More changed than was told.
    pub everything: bool,
}

impl Changed {
    /// Takes a path in; `false` where it is no part of an archive.
    fn add(&mut self, path: &str) -> bool {
        let hidden = path.split('/').any(|part| part.starts_with('.'));
        let (folder, file) = path.split_once('/').unwrap_or(("", path));
        match folder {
            _ if hidden => return false,
            "" if file == "site.toml" => self.site = true,
            // It was published, and each document may have another day.
            "content" if path == changes::FILE => self.everything = true,
            // What else is written down beside the documents is not shown.
            "content" if file.ends_with(".lock") || file.ends_with(".lock.unfinished") => return false,
            "content" => {}
            "templates" => self.templates = true,
            "static" => {
                self.files = true;
                match path.ends_with(".css") {
                    true => self.styles = true,
                    false => self.scripts = true,
                }
            }
            // One of the folders itself came or went.
            "" if FOLDERS.contains(&file) => self.everything = true,
            _ => return false,
        }
        self.paths.insert(path.to_string());
        true
    }

    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.everything
    }
}

fn doubt(error: &notify::Error, then: Following) -> Diagnostic {
    let cause = Cause::from(error as &(dyn std::error::Error + 'static));
    Diagnostic::warning(CommandMessage::NotWatching { cause, then: Said(then) })
}

/// Begins to watch an archive, for as long as somebody receives; with what keeps edits from being told at once.
pub(crate) fn begin(root: &Path) -> (Receiver<Changed>, Option<Diagnostic>) {
    let (raw, events) = mpsc::channel();
    let (batches, changes) = mpsc::channel();
    let (watcher, doubt) = match native(root, raw.clone()) {
        Ok(watcher) => (Some(watcher), None),
        Err(error) => match polling(root, raw) {
            Ok(watcher) => {
                let then = Following::LooksItself { seconds: usize::try_from(LOOK.as_secs()).unwrap_or(usize::MAX) };
                (Some(watcher), Some(doubt(&error, then)))
            }
            Err(error) => (None, Some(doubt(&error, Following::NotAtAll))),
        },
    };
    if let Some(watcher) = watcher {
        let root = root.to_path_buf();
        thread::spawn(move || batch(&root, watcher, &events, &batches));
    }
    (changes, doubt)
}

type Raw = Sender<notify::Result<Event>>;

fn native(root: &Path, raw: Raw) -> notify::Result<Box<dyn Watcher + Send>> {
    // Nobody hears the last events of a server that ends.
    let mut watcher = RecommendedWatcher::new(move |event| drop(raw.send(event)), config())?;
    watch(&mut watcher, root)?;
    Ok(Box::new(watcher))
}

/// A link may lead to the whole machine; a build does not follow it either.
fn config() -> Config {
    Config::default().with_follow_symlinks(false)
}

fn polling(root: &Path, raw: Raw) -> notify::Result<Box<dyn Watcher + Send>> {
    let mut watcher = PollWatcher::new(move |event| drop(raw.send(event)), config().with_poll_interval(LOOK))?;
    watch(&mut watcher, root)?;
    Ok(Box::new(watcher))
}

fn watch(watcher: &mut dyn Watcher, root: &Path) -> notify::Result<()> {
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.map(|folder| root.join(folder)).iter().filter(|folder| folder.is_dir()) {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    Ok(())
}

/// What stood in the archive's place when it was last looked at.
struct Place {
    /// The folder that is watched. As long as it is held open, no new one can have its identity.
    held: Option<File>,
    gone: bool,
    looked: Instant,
}

impl Place {
    fn of(root: &Path) -> Self {
        Self { held: File::open(root).ok(), gone: false, looked: Instant::now() }
    }

    /// Whether another archive stands there since the last look, or the old one again that was gone.
    fn is_taken_anew(&mut self, root: &Path) -> bool {
        if self.looked.elapsed() < LOOK {
            return false;
        }
        self.looked = Instant::now();
        let was_gone = std::mem::replace(&mut self.gone, !root.join("site.toml").is_file());
        let anew = !self.gone && (was_gone || self.held.as_ref().is_some_and(|held| !file::is_at(held, root)));
        if anew {
            self.held = File::open(root).ok();
        }
        anew
    }
}

/// Watches no longer what was moved away.
fn forget(watcher: &mut dyn Watcher, root: &Path) {
    for folder in FOLDERS.map(|folder| root.join(folder)).iter().map(PathBuf::as_path).chain([root]) {
        // One that was never watched is as well forgotten.
        let _ = watcher.unwatch(folder);
    }
}

/// Puts events together that belong together.
fn batch(
    root: &Path,
    mut watcher: Box<dyn Watcher + Send>,
    events: &Receiver<notify::Result<Event>>,
    batches: &Sender<Changed>,
) {
    let mut changed = Changed::default();
    let mut place = Place::of(root);
    loop {
        let mut whole = match events.recv_timeout(LOOK) {
            Ok(first) => take(root, first, &mut changed).unwrap_or(true),
            Err(RecvTimeoutError::Timeout) => true,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        // Whoever reads from the folder that was moved away makes events too.
        if place.is_taken_anew(root) {
            forget(&mut *watcher, root);
            changed.everything = true;
            changed.paths.insert("site.toml".to_string());
        }
        loop {
            // What has come already belongs to it; for the end of what has begun it waits.
            let next = match whole || changed.is_empty() {
                true => events.try_recv().ok(),
                false => events.recv_timeout(SETTLE).ok(),
            };
            let Some(event) = next else { break };
            whole = take(root, event, &mut changed).unwrap_or(whole);
        }
        if changed.everything {
            // A folder that came is to be watched too, before it is read. One that is watched already stays so.
            let _ = watch(&mut *watcher, root);
        }
        if !changed.is_empty() && batches.send(std::mem::take(&mut changed)).is_err() {
            return;
        }
    }
}

/// Takes one event in. Whether the file is whole now, so that there is nothing to wait for; nothing of an event that is no
/// change: reading is none, the server's own least of all.
fn take(root: &Path, event: notify::Result<Event>, changed: &mut Changed) -> Option<bool> {
    let Some(event) = event.ok().filter(|event| !event.need_rescan()) else {
        changed.everything = true;
        return Some(true);
    };
    let whole = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) | EventKind::Remove(_) => true,
        EventKind::Modify(ModifyKind::Name(_)) => true,
        EventKind::Access(_) => return None,
        _ => false,
    };
    let relative = |path: &PathBuf| {
        let parts = path.strip_prefix(root).ok()?.components();
        Some(parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
    };
    for path in event.paths.iter().filter_map(relative) {
        changed.add(&path);
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_an_archive_is_made_of_counts() {
        let mut changed = Changed::default();
        for path in
            ["public/a.html", "content/.a.md.swp", "content/ids.lock", "README.md", ".git/index", "target/x", ""]
        {
            assert!(!changed.add(path), "{path}");
        }
        assert!(changed.is_empty());
        assert!(Changed::default().add("content/changes.lock"));
        for path in ["content/a.md", "site.toml", "templates/strings/ug.toml", "static/own.css"] {
            assert!(changed.add(path), "{path}");
        }
        assert!(changed.site && changed.templates && changed.styles && !changed.scripts && !changed.everything);
        assert_eq!(changed.paths.len(), 4);
    }
}
