//! Which file goes where: written before the first is moved, and gone after the last.

use std::io::{self, Write};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::place::{OWN, WORK};
use crate::diagnostic::cause::While;
use crate::diagnostic::messages::Doing;
use crate::folder::{Clash, Folder, fault};

/// The journal of the change that is being made.
pub(super) const JOURNAL: &str = ".fonds/journal";

/// One move. What was done already is known by its old name, which nothing has any more; so steps may be done again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Step {
    from: String,
    to: String,
    replaces: bool,
}

impl Step {
    pub(super) fn place(from: String, to: &str, clash: Clash) -> Self {
        Self { from, to: to.to_string(), replaces: clash == Clash::Replaced }
    }

    fn clash(&self) -> Clash {
        if self.replaces { Clash::Replaced } else { Clash::Refused }
    }

    /// Finds out beforehand whether the new name is free.
    pub(super) fn check(&self, folder: &Folder) -> Result<()> {
        if !self.replaces && folder.has(&self.to) {
            return Err(io::Error::from(io::ErrorKind::AlreadyExists))
                .while_doing(|| Doing::Writing { path: self.to.clone() });
        }
        Ok(())
    }

    /// Does it again, where it was not done.
    fn again(&self, folder: &Folder) -> Result<()> {
        if folder.has(&self.from) { self.take(folder) } else { Ok(()) }
    }

    pub(super) fn take(&self, folder: &Folder) -> Result<()> {
        folder
            .rename(&self.from, &self.to, self.clash())
            .while_doing(|| Doing::Moving { from: self.from.clone(), to: self.to.clone() })
    }

    /// Has both names lie on the disc.
    pub(super) fn sync(&self, folder: &Folder) -> Result<()> {
        let above = |path: &str| path.rsplit_once('/').map_or(String::new(), |(above, _)| above.to_string());
        let sync = || {
            folder.sync_names(&above(&self.to))?;
            folder.sync_names(&above(&self.from))
        };
        sync().while_doing(|| Doing::Writing { path: self.to.clone() })
    }
}

/// Writes the journal; from here on the change will happen.
pub(super) fn write(folder: &Folder, stage: &str, steps: &[Step]) -> Result<()> {
    let aside = format!("{stage}-journal");
    let write = || -> io::Result<()> {
        let mut file = folder.create(&aside)?;
        fault::step()?;
        file.write_all(&serde_json::to_vec(steps)?)?;
        file.sync_all()?;
        folder.rename(&aside, JOURNAL, Clash::Replaced)?;
        folder.sync_names(OWN)
    };
    write().while_doing(|| Doing::Writing { path: JOURNAL.to_string() })
}

/// The change is made.
pub(super) fn remove(folder: &Folder) -> Result<()> {
    folder.remove(JOURNAL).while_doing(|| Doing::Writing { path: JOURNAL.to_string() })
}

/// Finishes a change that was stopped between two moves, and removes what one left that was stopped before.
///
/// # Errors
/// It cannot be finished.
pub(super) fn recover(folder: &Folder) -> Result<()> {
    if let Ok(bytes) = folder.read(JOURNAL) {
        // It is written aside, so what is no journal was not written here.
        let steps: Vec<Step> = serde_json::from_slice(&bytes).unwrap_or_default();
        for step in &steps {
            step.again(folder).while_doing(|| Doing::FinishingChange)?;
        }
        steps.iter().try_for_each(|step| step.sync(folder))?;
        remove(folder)?;
    }
    folder.remove_all(WORK).while_doing(|| Doing::RemovingFolder { path: WORK.to_string() })
}
