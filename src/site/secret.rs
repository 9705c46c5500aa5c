//! Secrets do not belong in `site.toml`, which is copied, mailed and kept in git.
//!
//! Where somebody wrote one there all the same, it is refused; and since a message shows the line that it is about, the values
//! are blotted out before anything reads the text. So no message can show one, whatever else is wrong in its line.

use std::borrow::Cow;
use std::ops::Range;

/// Every key that a target may have, none of which is a secret.
const KEYS: [&str; 17] = [
    "kind",
    "path",
    "address",
    "endpoint",
    "bucket",
    "region",
    "user",
    "identity",
    "host_key",
    "url",
    "compress",
    "verify",
    "connections",
    "retries",
    "cache_pages",
    "cache_assets",
    "bucket_in_host",
];

/// What the names of secrets have in them.
const SIGNS: [&str; 7] = ["pass", "pwd", "secret", "token", "key", "密码", "口令"];

/// The text without secrets, as long as before, and the names of those that were in it with their places.
pub(super) fn blotted(text: &str) -> (Cow<'_, str>, Vec<(String, Range<usize>)>) {
    if !text.contains("publish") {
        return (Cow::Borrowed(text), Vec::new());
    }
    let (mut blots, mut found) = (Vec::new(), Vec::new());
    let (mut is_inside, mut start, mut passed) = (false, 0, 0);
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        // Further lines of a text that was blotted out are no keys.
        if at < passed {
            continue;
        }
        let words = line.trim_start();
        if words.starts_with('[') {
            is_inside = is_publish(words.trim_start_matches('['));
        }
        if is_inside || is_publish(words) {
            passed = passed.max(look(text, at..start, &mut blots, &mut found));
        }
    }
    let mut bytes = text.as_bytes().to_vec();
    for blot in blots {
        for byte in bytes.get_mut(blot).into_iter().flatten().filter(|byte| !matches!(byte, b'\n' | b'\r')) {
            *byte = b'*';
        }
    }
    (String::from_utf8(bytes).map_or(Cow::Borrowed(""), Cow::Owned), found)
}

/// Whether a name begins with that of the tables of targets.
fn is_publish(words: &str) -> bool {
    let name = words.trim_start_matches([' ', '\t', '"', '\'']);
    let rest = name.strip_prefix("publish");
    rest.is_some_and(|rest| rest.starts_with(['.', ']', '=', ' ', '\t', '"', '\'']))
}

/// Looks through a line for keys and their values; gives where the last value ends.
fn look(
    text: &str,
    line: Range<usize>,
    blots: &mut Vec<Range<usize>>,
    found: &mut Vec<(String, Range<usize>)>,
) -> usize {
    let mut at = line.start;
    while let Some(sign) = text.get(at..line.end).and_then(|rest| rest.find('=')).map(|sign| at + sign) {
        let before = text[at..sign].trim_end().trim_end_matches(['"', '\'']);
        let name_at = before.rfind(|sign: char| !(sign.is_alphanumeric() || "_-".contains(sign)));
        let name_at = at + name_at.map_or(0, |last| last + before[last..].chars().next().map_or(1, char::len_utf8));
        let name = &text[name_at..at + before.len()];
        let value_at = sign + 1 + (text[sign + 1..].len() - text[sign + 1..].trim_start_matches([' ', '\t']).len());
        // Within a table in one line the keys go on.
        if text[value_at..].starts_with('{') {
            at = value_at + 1;
            continue;
        }
        let (inner, end) = value(text, value_at);
        let is_secret = is_secret(name);
        let is_quoted = inner.start > value_at;
        if is_secret {
            found.push((name.to_string(), name_at..name_at + name.len()));
        }
        if is_secret || (is_quoted && !KEYS.contains(&name)) {
            blots.push(inner);
        } else if let Some(password) = password_in(&text[inner.clone()]) {
            found.push((name.to_string(), name_at..name_at + name.len()));
            blots.push(inner.start + password.start..inner.start + password.end);
        }
        at = end.max(sign + 1);
    }
    at
}

/// Whether a key has the name of a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_misspelled = || strsim::damerau_levenshtein(&name, "password") <= 2;
    name != "host_key" && (SIGNS.iter().any(|sign| name.contains(sign)) || is_misspelled())
}

/// What is in a value, without its quotation marks, and where the value ends.
fn value(text: &str, at: usize) -> (Range<usize>, usize) {
    let rest = &text[at..];
    for mark in ["\"\"\"", "'''", "\"", "'"] {
        let Some(inner) = rest.strip_prefix(mark) else { continue };
        let mut length = 0;
        while let Some(next) = inner[length..].find(mark) {
            let is_escaped = mark.starts_with('"')
                && inner[..length + next].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
            length += next;
            if !is_escaped {
                return (at + mark.len()..at + mark.len() + length, at + mark.len() * 2 + length);
            }
            length += mark.len();
        }
        // It does not end: all that may belong to it goes.
        let end = if mark.len() == 3 { inner.len() } else { inner.find('\n').unwrap_or(inner.len()) };
        return (at + mark.len()..at + mark.len() + end, at + mark.len() + end);
    }
    let end = rest.find([',', '}', '#', '\n']).unwrap_or(rest.len());
    (at..at + rest[..end].trim_end().len(), at + end)
}

/// Where a password stands in an address: `ftp://name:password@host/`.
fn password_in(value: &str) -> Option<Range<usize>> {
    let host = value.find("://")? + 3;
    let at = host + value[host..].split('/').next()?.rfind('@')?;
    let colon = host + value[host..at].find(':')?;
    (colon + 1 < at).then_some(colon + 1..at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_blotted_out_and_nothing_else() {
        let text = "title = \"pass\"\npublisher_url = \"u\"\n[extra]\ntoken = \"t\"\n[publish.web]\nkind = \"ftp\" # x\npassword = \"se\\\"cret\"\n\
                    pasword = 'hidden'\naddress = \"ftp://me:gehe=im@host/x@y\"\nhost_key = \"SHA256:a\"\nsecret = plain\n\
                    [publish]\no = { key = \"A\", path = \"/p\" }\n[theme]\nkey = 1\n";
        let (blotted, found) = blotted(text);
        assert_eq!(blotted.len(), text.len());
        assert_eq!(
            blotted,
            "title = \"pass\"\npublisher_url = \"u\"\n[extra]\ntoken = \"t\"\n[publish.web]\nkind = \"ftp\" # x\npassword = \"********\"\n\
             pasword = '******'\naddress = \"ftp://me:*******@host/x@y\"\nhost_key = \"SHA256:a\"\nsecret = *****\n\
             [publish]\no = { key = \"*\", path = \"/p\" }\n[theme]\nkey = 1\n"
        );
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["password", "pasword", "address", "secret", "key"]);
        assert!(found.iter().all(|(name, span)| text[span.clone()] == **name));
    }

    #[test]
    fn a_text_of_several_lines_is_blotted_out_whole() {
        let text = "[publish.x]\nsecret = \"\"\"a\nkind = b\"\"\"\npath = \"p\"\ntoken = \"\"\"c\n";
        let (blotted, _) = blotted(text);
        assert_eq!(blotted, "[publish.x]\nsecret = \"\"\"*\n********\"\"\"\npath = \"p\"\ntoken = \"\"\"*\n");
    }
}
