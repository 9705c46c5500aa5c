//! What another generator's front matter keeps from the public.
//!
//! Each has its own word for it: `draft` (Hugo, Zola, Quarto), `published: false` (Jekyll, Hexo), `publish` (Obsidian),
//! `status` (Pelican, WordPress), `build.render` (Hugo), `permalink: false` (Eleventy), `access` (fonds). The words are read
//! widely: a draft that a person has to release costs a line, a text that becomes public cannot be called back.

use super::value::Value;

const NO: [&str; 8] = ["false", "no", "off", "n", "0", "never", "none", "否"];

/// Keys that keep back unless they say no.
const SECRET: [&str; 9] =
    ["draft", "private", "hidden", "unlisted", "unpublished", "headless", "password", "embargo_until", "草稿"];

/// Keys that keep back where they say no.
const OPEN: [&str; 7] = ["published", "publish", "public", "listed", "permalink", "render", "visible"];

/// Keys of a state, and the states that are not public.
const STATES: [&str; 5] = ["status", "post_status", "state", "visibility", "access"];
const NOT_PUBLIC: [&str; 18] = [
    "draft",
    "private",
    "pending",
    "hidden",
    "unpublished",
    "unlisted",
    "scheduled",
    "future",
    "trash",
    "withdrawn",
    "internal",
    "closed",
    "record",
    "restricted",
    "草稿",
    "私密",
    "未发布",
    "不公开",
];

/// The key and its value, where they keep the text back.
pub(super) fn reason(key: &str, value: &Value) -> Option<String> {
    let name = key.rsplit('.').next().unwrap_or(key).to_lowercase().replace('-', "_");
    let word = value.scalar()?.trim().to_lowercase();
    let is_no = NO.contains(&word.as_str());
    let keeps = SECRET.contains(&name.as_str()) && !is_no && !word.is_empty()
        || OPEN.contains(&name.as_str()) && is_no
        || STATES.contains(&name.as_str()) && NOT_PUBLIC.contains(&word.as_str());
    keeps.then(|| format!("{key}: {}", value.scalar().unwrap_or_default().trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_generator_has_its_word() {
        let reason = |key: &str, value: &str| reason(key, &Value::Scalar(value.to_string())).is_some();
        for (key, value) in [
            ("draft", "true"),
            ("Draft", "yes"),
            ("published", "false"),
            ("publish", "False"),
            ("status", "draft"),
            ("post-status", "private"),
            ("build.render", "never"),
            ("permalink", "false"),
            ("access", "closed"),
            ("password", "abc"),
        ] {
            assert!(reason(key, value), "{key}: {value}");
        }
        for (key, value) in [
            ("draft", "false"),
            ("draft", ""),
            ("published", "true"),
            ("published", "2020-01-02"),
            ("status", "final"),
            ("access", "open"),
            ("permalink", "/a/"),
            ("title", "draft"),
        ] {
            assert!(!reason(key, value), "{key}: {value}");
        }
    }
}
