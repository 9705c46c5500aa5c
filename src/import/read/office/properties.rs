//! What a file's own properties say of its document.
//!
//! The title is only that of the file, and the creator is who typed it, so neither comes before what the text says.

use crate::import::flow::Flow;
use crate::import::meta::{Meta, compact, is_han_character};

/// Most facts, the longest, and in how many pieces a title is looked for.
const FACTS: usize = 40;
const FACT: usize = 200;
const TITLE: usize = 25;

/// Notes the title, unless the program filled it in.
pub(crate) fn title(stated: &mut Meta, title: &str) {
    let title = title.trim();
    if stated.title.is_none() && !is_default_title(title) {
        stated.title = Some(title.to_string());
    }
}

/// Notes who made the file.
pub(crate) fn creator(stated: &mut Meta, creator: &str) {
    let creator = creator.trim();
    if !creator.is_empty() {
        stated.extra.insert("creator".to_string(), creator.to_string());
    }
}

/// Notes subjects and keywords.
pub(crate) fn subjects(stated: &mut Meta, words: &str) {
    for word in words.split([',', ';', '、', '，', '；']).map(str::trim) {
        if !word.is_empty() && !stated.subjects.iter().any(|subject| subject == word) {
            stated.subjects.push(word.to_string());
        }
    }
}

/// Puts what a file whose pages are set says about its document where it belongs. Its title is often that of a file, and
/// counts where the text has it.
pub(crate) fn state(info: &[(String, String)], flow: &mut Flow) {
    let has_title = |title: &str| {
        let own = compact(title);
        let own_text = flow.pieces.iter().filter(|piece| piece.outside.is_none()).take(TITLE);
        let text: String = own_text.map(|piece| compact(&piece.text)).collect();
        !is_default_title(title) && text.contains(&own)
    };
    for (name, value) in info.iter().take(FACTS).filter(|(_, value)| !value.is_empty()) {
        let value: String = value.chars().take(FACT).collect();
        match name.as_str() {
            "Title" if has_title(&value) => flow.stated.title = Some(value),
            "Title" if !is_default_title(&value) => drop(flow.stated.extra.insert("file-title".to_string(), value)),
            "Title" => {}
            "Author" => drop(flow.stated.extra.insert("creator".to_string(), value)),
            "Abstract" => drop(flow.stated.extra.insert("abstract".to_string(), value)),
            "CreationDate" => drop(flow.stated.extra.insert("creation-date".to_string(), value)),
            "Subject" | "Keyword" => subjects(&mut flow.stated, &value),
            label if label.chars().any(is_han_character) => drop(flow.stated.extra.insert(label.to_string(), value)),
            _ => {}
        }
    }
}

/// Whether a title was filled in by the program.
pub(crate) fn is_default_title(title: &str) -> bool {
    let is_numbered = |name: &str| {
        title.strip_prefix(name).is_some_and(|rest| rest.trim().chars().all(|character| character.is_ascii_digit()))
    };
    title.is_empty()
        || title.starts_with("Microsoft Word")
        || title.starts_with("Word 文档")
        || ["文档", "Document", "未命名", "Untitled"].into_iter().any(is_numbered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_titles() {
        for title in ["", "Microsoft Word - 通知.doc", "Word 文档", "文档1", "Document 12"] {
            assert!(is_default_title(title), "{title}");
        }
        assert!(!is_default_title("文档管理办法"));
    }
}
