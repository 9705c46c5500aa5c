//! Who looks after pages that a template of the archive makes, from outside.
//!
//! Numbers of `range` and a page's bytes are counted where they arise (`endless`). But the template engine also loops over
//! lists that stand in the template, doubles a text in one expression, compares and prints values that hold themselves many
//! times, and asks nobody meanwhile; there is no place in it to count. So a thread of its own looks how long each page has
//! been at work, and how much memory came with it. A thread cannot be stopped from outside: the process tells the fault and
//! ends. What it was writing lies aside, as after any stop, and the next command clears it away.
//!
//! Time is the page's share of the processor, so that a busy or sleeping computer does not count against a template.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::TemplateMessage;

/// Time of a processor that one page may take. The longest of the built-in theme takes a second.
const LONGEST: Duration = Duration::from_secs(10);

/// Bytes that the process may gain while one page is made; other threads read texts meanwhile.
const LARGEST: usize = 2 << 30;

/// A page made in less time is not what fills the memory.
const SHORTEST: Duration = Duration::from_millis(100);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Tells the fault and ends the process.
type End = Arc<dyn Fn(&Diagnostic) + Send + Sync>;

static WARDEN: LazyLock<Warden> = LazyLock::new(Warden::default);

#[derive(Default)]
struct Warden {
    watched: Mutex<Watched>,
    begun: Condvar,
}

#[derive(Default)]
struct Watched {
    pages: BTreeMap<u64, Page>,
    next: u64,
    /// Absent where nobody would tell a fault; then nothing is watched.
    end: Option<End>,
}

struct Page {
    template: String,
    name: String,
    spent: Duration,
    /// Bytes of the process when the page was seen first.
    memory: Option<usize>,
}

impl Warden {
    fn lock(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at all pages, for ever. Where there are none it sleeps.
    fn look(&self) {
        loop {
            drop(self.begun.wait_while(self.lock(), |watched| watched.pages.is_empty()));
            let (clock, processor) = (Instant::now(), process_time());
            thread::sleep(PAUSE);
            let spent = processor.zip(process_time()).map(|(before, now)| now.saturating_sub(before));
            let mut watched = self.lock();
            let fault = watched.endless(spent, clock.elapsed(), memory()).map(|(template, name)| {
                let message = TemplateMessage::EndlessPage { page: name };
                Diagnostic::error(message).in_file(format!("templates/{template}"))
            });
            let end = watched.end.clone();
            drop(watched);
            if let Some((fault, end)) = fault.zip(end) {
                end(&fault);
            }
        }
    }
}

impl Watched {
    /// Template and name of a page that has no end, after all of them had so much of the processors in so much time.
    fn endless(&mut self, spent: Option<Duration>, passed: Duration, memory: usize) -> Option<(String, String)> {
        let pages = u32::try_from(self.pages.len()).unwrap_or(u32::MAX).max(1);
        let share = spent.map_or(passed, |spent| passed.min(spent / pages));
        for page in self.pages.values_mut() {
            page.spent += share;
            let gained = memory.saturating_sub(*page.memory.get_or_insert(memory));
            if page.spent > LONGEST || (gained > LARGEST && page.spent > SHORTEST) {
                return Some((page.template.clone(), page.name.clone()));
            }
        }
        None
    }
}

/// A page that is watched as long as this lives.
pub(super) struct Watch(u64);

impl Watch {
    /// Begins with a page; nothing is watched where nobody would tell a fault.
    pub(super) fn begin(template: &str, page: &str) -> Option<Self> {
        let mut watched = WARDEN.lock();
        watched.end.as_ref()?;
        let key = watched.next;
        watched.next += 1;
        let page = Page { template: template.to_string(), name: page.to_string(), spent: Duration::ZERO, memory: None };
        watched.pages.insert(key, page);
        drop(watched);
        WARDEN.begun.notify_one();
        Some(Self(key))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        WARDEN.lock().pages.remove(&self.0);
    }
}

/// From now on, `end` is told of a page that has no end; it ends the process.
pub(crate) fn when_endless(end: impl Fn(&Diagnostic) + Send + Sync + 'static) {
    let before = WARDEN.lock().end.replace(Arc::new(end));
    if before.is_none() {
        // Without a thread nothing is watched, and everything else is as it was.
        let _ = thread::Builder::new().name("warden".to_string()).spawn(|| WARDEN.look());
    }
}

/// Time that the process had of all processors.
#[cfg(unix)]
fn process_time() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).ok()?))
}

#[cfg(not(unix))]
fn process_time() -> Option<Duration> {
    None
}

/// Bytes that the process has in memory; 0 where the system does not say.
fn memory() -> usize {
    memory_stats::memory_stats().map_or(0, |memory| memory.physical_mem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        Page { template: "home.html".to_string(), name: "index.html".to_string(), spent: Duration::ZERO, memory: None }
    }

    #[test]
    fn time_is_shared_and_memory_is_what_was_gained() {
        let watched =
            |pages: u64| Watched { pages: (0..pages).map(|key| (key, page())).collect(), ..Watched::default() };
        let mut two = watched(2);
        assert_eq!(two.endless(Some(LONGEST * 2), LONGEST * 9, LARGEST * 4), None, "all that memory was there before");
        assert!(two.endless(Some(PAUSE), PAUSE, LARGEST * 4).is_some(), "more time than one page may take");
        let mut asleep = watched(1);
        assert_eq!(asleep.endless(Some(PAUSE), LONGEST * 9, LARGEST), None, "the computer slept, or others worked");
        assert_eq!(asleep.endless(Some(LONGEST * 9), PAUSE, LARGEST), None, "others in this process worked");
        assert_eq!(asleep.endless(Some(PAUSE), PAUSE, LARGEST * 3), None, "it has hardly begun");
        assert!(asleep.endless(Some(SHORTEST), SHORTEST, LARGEST * 3).is_some());
        assert!(watched(1).endless(None, LONGEST * 2, 0).is_some(), "where the system does not say who worked");
    }
}
