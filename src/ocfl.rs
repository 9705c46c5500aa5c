//! What the Oxford Common File Layout (OCFL 1.1) calls its parts, and the inventory of an object.
//!
//! A storage root holds objects, each a folder: versions side by side, and an inventory that says which file of which version has
//! which bytes. Bytes that a version shares with an earlier one are kept once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The file that says that a folder is a storage root.
pub(crate) const ROOT: &str = "0=ocfl_1.1";

/// How the name of such a file begins, of any version.
pub(crate) const ANY_ROOT: &str = "0=ocfl_1.";

/// The file that says that a folder is an object.
pub(crate) const OBJECT: &str = "0=ocfl_object_1.1";

/// How the name of such a file begins, of any version.
pub(crate) const ANY_OBJECT: &str = "0=ocfl_object_1.";

/// What an object has, and in which versions.
pub(crate) const INVENTORY: &str = "inventory.json";

/// Where the bytes of a version lie, unless the inventory names another folder.
pub(crate) const CONTENT: &str = "content";

/// Paths by the digest of their bytes.
pub(crate) type Paths = BTreeMap<String, Vec<String>>;

/// An inventory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Inventory {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub digest_algorithm: String,
    /// The last version.
    pub head: String,
    /// Where each content is kept, from the object's folder.
    pub manifest: Paths,
    /// By their names: `v1`.
    pub versions: BTreeMap<String, Version>,
}

/// What an object was at one time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Version {
    pub created: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<User>,
    /// The paths that its files have.
    pub state: Paths,
}

/// Who made a version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct User {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// The number of a version: 2 of `v2` and `v0002`.
pub(crate) fn number(version: &str) -> Option<u32> {
    let digits = version.strip_prefix('v').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    digits.parse().ok().filter(|number| *number > 0)
}

/// The file that has the digest of an inventory.
pub(crate) fn sidecar(algorithm: &str) -> String {
    format!("{INVENTORY}.{algorithm}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_numbers() {
        for (name, found) in
            [("v1", Some(1)), ("v0010", Some(10)), ("v0", None), ("v", None), ("v1a", None), ("1", None)]
        {
            assert_eq!(number(name), found, "{name}");
        }
    }
}
