//! Styles and lists ("Style Sheet", "List Tables").

use encoding_rs::Encoding;

use super::characters::plain;
use super::token::Token;
use crate::import::read::office::numbering::{Abstract, LEVELS, Level, List, Numbering, PATTERN, format_name};
use crate::import::read::office::styles::{Style, Styles};

/// The groups that stand side by side in tokens, without their brackets.
fn groups<'t, 'b>(tokens: &'t [Token<'b>]) -> Vec<&'t [Token<'b>]> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Open => {
                depth += 1;
                if depth == 1 {
                    start = at + 1;
                }
            }
            Token::Close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    found.push(tokens.get(start..at).unwrap_or_default());
                }
            }
            _ => {}
        }
    }
    found
}

/// The tokens that stand in no group inside.
fn own<'t, 'b>(tokens: &'t [Token<'b>]) -> impl Iterator<Item = &'t Token<'b>> {
    let mut depth = 0_usize;
    tokens.iter().filter(move |token| {
        match token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    })
}

/// Whether a group begins with a word, with `\*` or without.
fn is_named(group: &[Token<'_>], name: &str) -> bool {
    let first = group.iter().find(|token| !matches!(token, Token::Sign(b'*')));
    matches!(first, Some(Token::Word(word, _)) if *word == name)
}

fn number(group: &[Token<'_>], name: &str) -> Option<i32> {
    own(group).find_map(|token| match token {
        Token::Word(word, number) if *word == name => *number,
        _ => None,
    })
}

fn count(group: &[Token<'_>], name: &str) -> Option<u64> {
    number(group, name).and_then(|number| u64::try_from(number).ok())
}

/// Reads the styles of paragraphs. What a style says of characters is said again where they stand.
pub(super) fn styles(tokens: &[Token<'_>], encoding: &'static Encoding) -> Styles {
    let mut styles = Styles { default: Some("0".to_string()), ..Styles::default() };
    for group in groups(tokens) {
        if ["cs", "ds", "ts"].iter().any(|kind| is_named(group, kind)) {
            continue;
        }
        let id = number(group, "s").unwrap_or(0).to_string();
        let named: Vec<Token<'_>> = own(group).copied().collect();
        let mut style = Style {
            name: plain(&named, encoding).trim_end_matches(';').trim().to_lowercase(),
            based_on: number(group, "sbasedon")
                .filter(|based_on| *based_on != 222)
                .map(|based_on| based_on.to_string()),
            ..Style::default()
        };
        style.paragraph.outline = count(group, "outlinelevel").and_then(|level| usize::try_from(level).ok());
        style.paragraph.list.number = count(group, "ls");
        style.paragraph.list.level = count(group, "ilvl").and_then(|level| usize::try_from(level).ok());
        styles.all.insert(id, style);
    }
    styles
}

/// Adds the lists that paragraphs are made from.
pub(super) fn shapes(tokens: &[Token<'_>], encoding: &'static Encoding, numbering: &mut Numbering) {
    for group in groups(tokens).into_iter().filter(|group| is_named(group, "list")) {
        let mut shape = Abstract::default();
        let levels = groups(group).into_iter().filter(|group| is_named(group, "listlevel"));
        for (place, level) in shape.levels.iter_mut().zip(levels) {
            *place = Some(self::level(level, encoding));
        }
        if let Some(id) = number(group, "listid") {
            numbering.abstracts.insert(id.to_string(), shape);
        }
    }
}

/// Adds the lists that paragraphs name.
pub(super) fn lists(tokens: &[Token<'_>], encoding: &'static Encoding, numbering: &mut Numbering) {
    for group in groups(tokens).into_iter().filter(|group| is_named(group, "listoverride")) {
        let from = number(group, "listid").unwrap_or_default().to_string();
        let mut list = List { from, ..List::default() };
        let others = groups(group).into_iter().filter(|group| is_named(group, "lfolevel"));
        for (place, other) in others.enumerate().take(LEVELS) {
            let inner = groups(other).into_iter().find(|group| is_named(group, "listlevel"));
            if own(other).any(|token| matches!(token, Token::Word("listoverridestartat", _))) {
                list.starts[place] =
                    count(other, "levelstartat").or(inner.and_then(|level| count(level, "levelstartat")));
            }
            if own(other).any(|token| matches!(token, Token::Word("listoverrideformat", _))) {
                list.levels[place] = inner.map(|level| self::level(level, encoding));
            }
        }
        if let Some(id) = count(group, "ls") {
            numbering.lists.insert(id, list);
        }
    }
}

fn level(group: &[Token<'_>], encoding: &'static Encoding) -> Level {
    let code = number(group, "levelnfcn").or(number(group, "levelnfc")).unwrap_or(0);
    let template = groups(group).into_iter().find(|group| is_named(group, "leveltext"));
    let is_on = |name: &str| number(group, name) == Some(1);
    Level {
        start: count(group, "levelstartat"),
        format: format_name(u8::try_from(code).unwrap_or(0)),
        pattern: template.map(|template| pattern(template, encoding)).unwrap_or_default(),
        restart: is_on("levelnorestart").then_some(0),
        legal: is_on("levellegal"),
        close: number(group, "levelfollow") == Some(2),
        style: None,
    }
}

/// The template of a level: its length, characters, and the levels whose numbers stand in it.
fn pattern(template: &[Token<'_>], encoding: &'static Encoding) -> String {
    let mut text = String::new();
    let mut run: Vec<Token<'_>> = Vec::new();
    let mut has_length = false;
    for token in own(template) {
        match token {
            Token::Byte(_) if !has_length => has_length = true,
            Token::Byte(level) if *level < 9 => {
                text.push_str(&plain(&run, encoding));
                run.clear();
                text.push_str(&format!("%{}", level + 1));
            }
            token => run.push(*token),
        }
    }
    text.push_str(&plain(&run, encoding));
    text.trim_end_matches(';').chars().take(PATTERN).collect()
}

#[cfg(test)]
mod tests {
    use encoding_rs::GBK;

    use super::super::token::Tokens;
    use super::*;

    #[test]
    fn patterns() {
        let pattern = |text: &[u8]| pattern(&Tokens::of(text).collect::<Vec<_>>(), GBK);
        assert_eq!(pattern(b"\\leveltext\\'02\\'00\\'a1\\'a2;"), "%1、");
        assert_eq!(pattern(b"\\leveltext\\'03\\uc1\\u-248 ?\\'01\\u-247 ?;"), "（%2）");
        assert_eq!(pattern(b"\\leveltext\\'04\\'00.\\'01.;"), "%1.%2.");
    }
}
