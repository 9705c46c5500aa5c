//! What is sent and what is removed, and in which order.

use std::collections::{BTreeSet, HashMap};

use crate::output::manifest::{self, ManifestEntry};

/// What is at the target, as far as that is known.
#[derive(Debug, Default)]
pub(super) struct There {
    /// What its manifest lists, in the order of paths.
    pub(super) listed: Vec<ManifestEntry>,
    /// Files that a publishing touched which was stopped: the manifest may be wrong about them.
    pub(super) touched: BTreeSet<String>,
    /// What is in some of these all the same.
    pub(super) known: HashMap<String, [u8; 32]>,
}

impl There {
    fn listed(&self, path: &str) -> Option<&ManifestEntry> {
        self.listed.binary_search_by(|entry| entry.path.as_ref().cmp(path)).ok().and_then(|at| self.listed.get(at))
    }

    /// Whether fonds put a file there.
    pub(super) fn is_own(&self, path: &str) -> bool {
        self.touched.contains(path) || self.listed(path).is_some()
    }

    /// Whether fonds put a file there below a folder.
    pub(super) fn has_own_below(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        let at = self.listed.partition_point(|entry| *entry.path < *prefix);
        let is_listed = self.listed.get(at).is_some_and(|entry| entry.path.starts_with(&prefix));
        is_listed || self.touched.range(prefix.clone()..).next().is_some_and(|path| path.starts_with(&prefix))
    }

    fn holds(&self, entry: &ManifestEntry) -> bool {
        match self.touched.contains(&*entry.path) {
            true => self.known.get(&*entry.path) == Some(&entry.sha256),
            false => self.listed(&entry.path).is_some_and(|listed| listed.sha256 == entry.sha256),
        }
    }
}

/// What is to be done.
#[derive(Debug, Default)]
pub(super) struct Plan<'a> {
    /// Files that go.
    pub(super) removed: Vec<String>,
    /// Files that are sent, one stage after the other.
    pub(super) stages: [Vec<&'a ManifestEntry>; 4],
    /// Paths at which fonds has put nothing so far.
    pub(super) fresh: Vec<&'a str>,
}

impl<'a> Plan<'a> {
    /// What makes of a target the site that these entries list, in the order of paths.
    pub(super) fn new(there: &There, site: &'a [ManifestEntry]) -> Self {
        let stays = |path: &str| site.binary_search_by(|entry| entry.path.as_ref().cmp(path)).is_ok();
        let mut removed: Vec<String> = there
            .listed
            .iter()
            .map(|entry| entry.path.as_ref())
            .chain(there.touched.iter().map(String::as_str))
            .filter(|path| !stays(path) && *path != manifest::NAME)
            .map(str::to_string)
            .collect();
        removed.sort_unstable();
        removed.dedup();
        let emptied: BTreeSet<&str> =
            removed.iter().map(|path| folder_of(path)).filter(|folder| !folder.is_empty()).collect();
        let mut stages: [Vec<&ManifestEntry>; 4] = Default::default();
        let mut fresh = Vec::new();
        for entry in site.iter().filter(|entry| !there.holds(entry)) {
            let own = there.is_own(&entry.path);
            // The page that says that something was withdrawn stands where it stood.
            let stage = if own && emptied.contains(folder_of(&entry.path)) { 0 } else { stage(&entry.path) };
            if let Some(stage) = stages.get_mut(stage) {
                stage.push(entry);
            }
            if !own {
                fresh.push(entry.path.as_ref());
            }
        }
        Self { removed, stages, fresh }
    }

    /// All files that are sent, in their order.
    pub(super) fn sent(&self) -> impl Iterator<Item = &'a ManifestEntry> {
        self.stages.iter().flatten().copied()
    }

    /// Folders in which nothing is left, the innermost first.
    pub(super) fn emptied(&self, site: &[ManifestEntry]) -> Vec<String> {
        let above = |path: &str| path.match_indices('/').map(|(at, _)| path[..at].to_string()).collect::<Vec<_>>();
        let folders: BTreeSet<String> = self.removed.iter().flat_map(|path| above(path)).collect();
        let is_empty = |folder: &String| {
            let prefix = format!("{folder}/");
            let at = site.partition_point(|entry| *entry.path < *prefix);
            !site.get(at).is_some_and(|entry| entry.path.starts_with(&prefix))
        };
        folders.into_iter().filter(is_empty).rev().collect()
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What pages need comes before them, and what lists them behind.
fn stage(path: &str) -> usize {
    let is_at_root = !path.contains('/');
    let ending = path.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
    match ending {
        "html" => 2,
        "xml" | "csv" | "jsonl" | "json" | "txt" if is_at_root => 3,
        "xml" if path.ends_with("/feed.xml") || path.ends_with("/opds.xml") => 3,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(files: &[(&str, u8)]) -> Vec<ManifestEntry> {
        let entry = |(path, byte): &(&str, u8)| ManifestEntry { path: (*path).into(), bytes: 1, sha256: [*byte; 32] };
        let mut entries: Vec<_> = files.iter().map(entry).collect();
        entries.sort_unstable();
        entries
    }

    fn paths(plan: &Plan<'_>) -> Vec<String> {
        plan.sent().map(|entry| entry.path.to_string()).collect()
    }

    #[test]
    fn only_what_differs_is_sent_and_in_order() {
        let there = There {
            listed: entries(&[("a/index.html", 1), ("b/full.html", 1), ("b/index.html", 1), ("x.js", 1)]),
            ..There::default()
        };
        let site = entries(&[
            ("a/index.html", 1),
            ("b/index.html", 2),
            ("c/index.html", 1),
            ("c/c.txt", 1),
            ("feed.xml", 1),
            ("x.js", 2),
        ]);
        let plan = Plan::new(&there, &site);
        assert_eq!(plan.removed, ["b/full.html"]);
        assert_eq!(paths(&plan), ["b/index.html", "c/c.txt", "x.js", "c/index.html", "feed.xml"]);
        assert_eq!(plan.fresh, ["c/c.txt", "c/index.html", "feed.xml"]);
        assert!(plan.emptied(&site).is_empty());
        assert_eq!(Plan::new(&there, &[]).emptied(&[]), ["b", "a"]);
    }

    #[test]
    fn what_was_touched_is_only_known_by_the_journal() {
        let there = There {
            listed: entries(&[("a.html", 1), ("b.html", 1)]),
            touched: ["a.html", "b.html", "gone.html", "c.html"].map(str::to_string).into(),
            known: HashMap::from([("c.html".to_string(), [3; 32])]),
        };
        let site = entries(&[("a.html", 1), ("b.html", 2), ("c.html", 3)]);
        let plan = Plan::new(&there, &site);
        assert_eq!(
            (paths(&plan), plan.removed.as_slice()),
            (vec!["a.html".into(), "b.html".into()], &["gone.html".to_string()][..])
        );
        assert!(plan.fresh.is_empty());
    }
}
