//! What lies at the target and is not of fonds: it is neither written over nor removed.
//!
//! Only the folders in which new files are to be put are looked through, and nothing of it is read.

use super::plan::There;
use super::store::{Listed, Stop, Store};

/// Whether names that differ in case only are one name there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// A bucket's objects: they are what they are.
    Exact,
    /// A file system that may be of Windows or macOS.
    Folded,
}

/// Files that stand where new ones are to be put. The paths come in their order.
pub(super) fn in_the_way(
    store: &mut dyn Store,
    there: &There,
    fresh: &[&str],
    names: Names,
) -> Result<Vec<String>, Stop> {
    let mut found = Vec::new();
    look(&mut Look { store, there, names, found: &mut found }, "", fresh)?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

struct Look<'a> {
    store: &'a mut dyn Store,
    there: &'a There,
    names: Names,
    found: &'a mut Vec<String>,
}

/// Looks into one folder; the paths that are to be below it are given.
fn look(at: &mut Look<'_>, folder: &str, fresh: &[&str]) -> Result<(), Stop> {
    if fresh.is_empty() {
        return Ok(());
    }
    let mut listed = at.store.list(folder)?;
    let names = at.names;
    let fold = |name: &str| if names == Names::Folded { name.to_lowercase() } else { name.to_string() };
    listed.sort_by_cached_key(|listed| fold(&listed.name));
    let keys: Vec<String> = listed.iter().map(|listed| fold(&listed.name)).collect();
    let with_name = |name: &str| {
        let key = fold(name);
        let from = keys.partition_point(|other| *other < key);
        let to = keys.partition_point(|other| *other <= key);
        listed.get(from..to).unwrap_or_default().to_vec()
    };
    let within = |path: &str, name: &str| match path {
        "" => name.to_string(),
        folder => format!("{folder}/{name}"),
    };
    let start = if folder.is_empty() { 0 } else { folder.len() + 1 };
    let mut rest = fresh;
    while let Some(path) = rest.first() {
        let inner = path.get(start..).unwrap_or_default();
        let Some((name, _)) = inner.split_once('/') else {
            let found = others(at, folder, &with_name(inner), false, within);
            at.found.extend(found);
            rest = &rest[1..];
            continue;
        };
        let below = within(folder, name);
        let end = rest.partition_point(|path| *path < format!("{below}0").as_str());
        let (inside, after) = rest.split_at(end.max(1));
        rest = after;
        let standing = with_name(name);
        let is_folder = standing.iter().any(|listed| listed.is_folder && listed.name == name);
        let found = others(at, folder, &standing, true, within);
        at.found.extend(found);
        if is_folder {
            look(at, &below, inside)?;
        }
    }
    Ok(())
}

/// Which of the names in a folder are not of fonds, where a file, or a folder, is to have one of them.
fn others(
    at: &Look<'_>,
    folder: &str,
    standing: &[Listed],
    wants_folder: bool,
    within: impl Fn(&str, &str) -> String,
) -> Vec<String> {
    let is_other = |listed: &Listed| {
        let path = within(folder, &listed.name);
        match listed.is_folder {
            true if wants_folder => false,
            true => !at.there.has_own_below(&path),
            false => !at.there.is_own(&path),
        }
    };
    standing.iter().filter(|listed| is_other(listed)).map(|listed| within(folder, &listed.name)).collect()
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;
    use crate::target::store::Head;

    struct Fixed(Vec<&'static str>);

    impl Store for Fixed {
        fn read(&mut self, _: &str, _: &mut dyn Write) -> Result<bool, Stop> {
            Ok(false)
        }
        fn write(&mut self, _: &str, _: &mut dyn Read, _: u64, _: &Head) -> Result<(), Stop> {
            Ok(())
        }
        fn remove(&mut self, _: &str) -> Result<(), Stop> {
            Ok(())
        }
        fn list(&mut self, folder: &str) -> Result<Vec<Listed>, Stop> {
            let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
            let inner = self.0.iter().filter_map(|path| path.strip_prefix(&prefix));
            let mut listed: Vec<Listed> = inner
                .map(|path| match path.split_once('/') {
                    Some((name, _)) => Listed { name: name.to_string(), is_folder: true },
                    None => Listed { name: path.to_string(), is_folder: false },
                })
                .collect();
            listed.sort();
            listed.dedup();
            Ok(listed)
        }
    }

    #[test]
    fn a_foreign_file_is_found_and_ours_are_not() {
        let touched = ["own.html", "a/own.html", "c/x.html"].map(str::to_string).into();
        let there = There { touched, ..There::default() };
        let found = |standing: &[&'static str], names| {
            let fresh = ["a/b/index.html", "a/new.html", "b/x", "b.html", "c", "index.html"];
            let mut fresh = fresh.to_vec();
            fresh.sort_unstable();
            in_the_way(&mut Fixed(standing.to_vec()), &there, &fresh, names).expect("listed")
        };
        assert!(found(&["own.html", "a/own.html", "a/other.html", "readme.txt", "c/x.html"], Names::Folded).is_empty());
        assert_eq!(found(&["a/b/index.html", "b", "index.html"], Names::Exact), ["a/b/index.html", "b", "index.html"]);
        assert_eq!(found(&["a", "c/y.html", "b.html/z"], Names::Exact), ["a", "b.html"]);
        assert_eq!(found(&["Index.HTML"], Names::Folded), ["Index.HTML"]);
        assert!(found(&["Index.HTML"], Names::Exact).is_empty());
    }
}
