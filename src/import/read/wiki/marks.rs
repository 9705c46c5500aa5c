//! What a single mark of a wiki is: links, elements, headings, comments. Nothing is known here of what is open around it.

/// Words before a colon that a link to a picture begins with.
pub(super) const FILES: [&str; 8] = ["file", "image", "文件", "檔案", "档案", "图像", "圖像", "media"];
/// The same of categories.
pub(super) const CATEGORIES: [&str; 3] = ["category", "分类", "分類"];
/// Elements in which marks are none.
pub(super) const LITERAL: [&str; 5] = ["nowiki", "pre", "syntaxhighlight", "source", "math"];

/// Longest link to another site, in bytes.
const ADDRESS: usize = 2_000;
/// Longest opening of an element, in bytes.
const TAG: usize = 500;

/// Whether a link shows no words, since it files its page.
pub(super) fn is_category(target: &str) -> bool {
    target.split_once(':').is_some_and(|(space, _)| CATEGORIES.contains(&space.trim().to_lowercase().as_str()))
}

/// Whether a link shows a picture.
pub(super) fn is_file(target: &str) -> bool {
    target.split_once(':').is_some_and(|(space, _)| FILES.contains(&space.trim().to_lowercase().as_str()))
}

/// The address, the words and the length of a link to another site.
pub(super) fn outside_link(rest: &str) -> Option<(&str, &str, usize)> {
    let inside = rest.strip_prefix('[')?;
    let is_address = ["http://", "https://", "//", "ftp://", "mailto:"].iter().any(|scheme| inside.starts_with(scheme));
    if !is_address {
        return None;
    }
    let end = inside.bytes().take(ADDRESS).take_while(|byte| *byte != b'\n').position(|byte| byte == b']')?;
    let (address, label) = inside[..end].split_once(' ').unwrap_or((&inside[..end], &inside[..end]));
    Some((address, label.trim(), end + 2))
}

/// The inside and the length of an element with one of these names. `unclosed` has the names of those of which no more end.
pub(super) fn element<'t>(rest: &'t str, names: &[&str], unclosed: &mut Vec<String>) -> Option<(&'t str, usize)> {
    let (name, is_end, length) = tag(rest)?;
    if is_end || !names.contains(&name.as_str()) {
        return None;
    }
    if rest[..length].ends_with("/>") {
        return Some(("", length));
    }
    let inside = rest.get(length..).filter(|_| !unclosed.contains(&name))?;
    let Some(end) = inside.find(&format!("</{name}")) else {
        unclosed.push(name);
        return None;
    };
    let behind = inside[end..].find('>')? + 1;
    Some((&inside[..end], length + end + behind))
}

/// The name of the tag that a text begins with, whether it ends an element, and its length.
pub(super) fn tag(rest: &str) -> Option<(String, bool, usize)> {
    let inside = rest.strip_prefix('<')?;
    let (is_end, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
    let name: String = inside.chars().take_while(char::is_ascii_alphanumeric).take(20).collect();
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic());
    if !is_name {
        return None;
    }
    // Where another begins first, this is none.
    let length = 1 + rest.bytes().skip(1).take(TAG).position(|byte| matches!(byte, b'<' | b'>'))? + 1;
    rest[..length].ends_with('>').then(|| (name.to_ascii_lowercase(), is_end, length))
}

/// The target of a link, and its words: what is behind the last bar of its own.
pub(super) fn target(inside: &str) -> (&str, Option<&str>) {
    let Some(bar) = inside.find('|') else { return (inside, None) };
    let target = &inside[..bar];
    if !is_file(target) {
        return (target, inside.get(bar + 1..));
    }
    // A picture has its size and place before its words.
    let mut depth = 0usize;
    let mut last = bar;
    for (at, character) in inside.char_indices() {
        match character {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => last = at,
            _ => {}
        }
    }
    let words = inside.get(last + 1..).unwrap_or_default();
    let is_option =
        ["thumb", "thumbnail", "frame", "frameless", "border", "left", "right", "center", "none", "缩略图", "右", "左"]
            .contains(&words.trim())
            || words.trim().ends_with("px");
    (target, Some(words).filter(|_| !is_option))
}

/// The length of a comment that a text begins with.
pub(super) fn comment(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix("<!--")?;
    Some(inside.find("-->").map_or(rest.len(), |end| end + 7))
}

/// The length of a word like `__TOC__`, which sets something about the page.
pub(super) fn switch(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix("__")?;
    let name = inside.bytes().take(30).take_while(u8::is_ascii_uppercase).count();
    (name > 2 && inside[name..].starts_with("__")).then_some(name + 4)
}

/// The length of an entity like `&nbsp;`.
pub(super) fn entity(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('&')?;
    let name = inside.bytes().take(20).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    (name > 1 && inside[name..].starts_with(';')).then_some(name + 2)
}

/// The level and the words of a heading: `== words ==`.
pub(super) fn heading(line: &str) -> Option<(usize, &str)> {
    let before = line.bytes().take_while(|byte| *byte == b'=').count();
    let after = line.bytes().rev().take_while(|byte| *byte == b'=').count();
    let level = before.min(after).min(6);
    let words = line.get(level..line.len().checked_sub(level)?)?.trim();
    (level > 0 && line.len() > 2 * level && !words.is_empty()).then_some((level, words))
}

/// The attributes of a cell, before a single bar, and its words.
pub(super) fn words(cell: &str) -> (&str, &str) {
    match cell.split_once('|') {
        Some((attributes, words)) if !attributes.contains("[[") && attributes.contains('=') => (attributes, words),
        _ => ("", cell),
    }
}
