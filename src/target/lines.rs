//! Many connections to one target, each with its thread; and trying again.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::store::{Stop, Store};

/// The pause before something is tried again for the first time; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(200);

/// The longest pause.
const LONGEST: Duration = Duration::from_secs(10);

/// Opens the connection with a number.
pub(super) type Open<'a> = dyn Fn(usize) -> Result<Box<dyn Store>, Stop> + Sync + 'a;

/// Connections to one target.
pub(super) struct Lines<'a> {
    open: Box<Open<'a>>,
    slots: Vec<Mutex<Option<Box<dyn Store>>>>,
    retries: u32,
    /// Whether one has failed for good.
    failed: AtomicBool,
}

/// What could not be done for good.
#[derive(Debug)]
pub(super) struct Failed {
    /// The file that it was about.
    pub(super) path: String,
    pub(super) stop: Stop,
}

impl<'a> Lines<'a> {
    /// So many, which are opened when they are needed.
    pub(super) fn new(count: usize, retries: u32, open: Box<Open<'a>>) -> Self {
        let slots = (0..count.max(1)).map(|_| Mutex::new(None)).collect();
        Self { open, slots, retries, failed: AtomicBool::new(false) }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.slots.len()
    }

    /// Does something on the first connection.
    pub(super) fn first<T>(
        &self,
        path: &str,
        mut work: impl FnMut(&mut dyn Store) -> Result<T, Stop>,
    ) -> Result<T, Failed> {
        self.on(0, &mut work).map_err(|stop| Failed { path: path.to_string(), stop })
    }

    /// Does something on a connection, again where it may have been an accident.
    fn on<T>(&self, slot: usize, work: &mut dyn FnMut(&mut dyn Store) -> Result<T, Stop>) -> Result<T, Stop> {
        let mut attempt = 0;
        loop {
            let done = self.once(slot, work);
            match done {
                Err(stop) if stop.may_pass() && attempt < self.retries && !self.failed.load(Ordering::Relaxed) => {
                    std::thread::sleep(LONGEST.min(PAUSE * 2_u32.saturating_pow(attempt)));
                    attempt += 1;
                }
                done => return done,
            }
        }
    }

    fn once<T>(&self, slot: usize, work: &mut dyn FnMut(&mut dyn Store) -> Result<T, Stop>) -> Result<T, Stop> {
        let Some(slot_of) = self.slots.get(slot) else {
            return Err(Stop::from(std::io::Error::other("no connection")));
        };
        let mut held = slot_of.lock().unwrap_or_else(PoisonError::into_inner);
        let mut store = match held.take() {
            Some(store) => store,
            None => (self.open)(slot)?,
        };
        let done = work(store.as_mut());
        // A connection on which something broke off is of no more use.
        if !matches!(&done, Err(stop) if stop.may_pass()) {
            *held = Some(store);
        }
        done
    }

    /// Does something for each of many, on all connections. The first failure ends it.
    pub(super) fn each<J: Sync>(
        &self,
        jobs: &[J],
        path: impl Fn(&J) -> &str + Sync,
        work: impl Fn(&mut dyn Store, &J) -> Result<(), Stop> + Sync,
    ) -> Result<(), Failed> {
        let next = AtomicUsize::new(0);
        let failed: Mutex<Option<Failed>> = Mutex::new(None);
        std::thread::scope(|scope| {
            for slot in 0..self.count().min(jobs.len()) {
                let (next, failed, path, work) = (&next, &failed, &path, &work);
                scope.spawn(move || {
                    while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if self.failed.load(Ordering::Relaxed) {
                            return;
                        }
                        if let Err(stop) = self.on(slot, &mut |store| work(store, job)) {
                            self.failed.store(true, Ordering::Relaxed);
                            let path = path(job).to_string();
                            failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(Failed { path, stop });
                            return;
                        }
                    }
                });
            }
        });
        failed.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
    }
}
