//! The title of a page, without the name of its site.
//!
//! A page says its title up to five times: in `title`, for the people who share it, for machines, for the publishing system,
//! and printed above the text. Each may have the section and the site behind it or before it. So each is cut at its joints,
//! and the printed line that is one of the parts, or several in a row, is the title. Only where none is printed must a
//! stated one do, as far as it is no site's name.

use crate::import::dropped::WhyDropped;
use crate::import::flow::{Form, Piece, Sense};
use crate::import::meta::doc_number;
use crate::import::recognise::fold::fold;
use crate::import::recognise::{breaks, label, special};

/// Longest title that is looked for, in characters.
const LONGEST: usize = 120;
/// How many pieces of the text itself may be the title.
const TOP: usize = 12;
/// Longest line of a menu, in characters.
const SHORT: usize = 20;

/// What a page says its title is.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// What the publishing system, machines and social sites are told, from the surest, with its name.
    pub(super) stated: Vec<(&'static str, String)>,
    /// Names of the site.
    pub(super) sites: Vec<String>,
}

/// A title, and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) text: String,
    pub(super) from: &'static str,
    /// There are several signs, and none agrees with the one that was believed.
    pub(super) is_doubtful: bool,
    /// The piece from which on all stand one lower than before, since the title's line was cut behind it.
    pub(super) moved_from: Option<usize>,
}

/// Decides on the title, and marks what stands above it as furniture.
pub(super) fn settle(pieces: &mut Vec<Piece>, claims: &Claims) -> Option<Title> {
    let page = pieces.iter().find(|piece| piece.outside == Some(WhyDropped::PageTitle)).map(|piece| piece.text.clone());
    let mut stated: Vec<(&str, Vec<String>)> = Vec::new();
    for (from, text) in
        claims.stated.iter().map(|(from, text)| (*from, text)).chain(page.iter().map(|text| ("title", text)))
    {
        stated.push((from, parts(text)));
    }
    let printed = printed(pieces, &stated, claims);
    if let Some(at) = printed {
        let moved_from = cut_behind(pieces, at, &stated).then_some(at + 1);
        clear_above(pieces, at);
        let text = pieces.get(at)?.text.trim().to_string();
        let others = stated.iter().filter(|(_, parts)| without_site(parts, claims).is_some());
        let is_doubtful = agree_with(&text, others.clone()) == 0 && others.count() > 0;
        return Some(Title { text, from: "printed", is_doubtful, moved_from });
    }
    let (from, parts) = stated.iter().find(|(_, parts)| without_site(parts, claims).is_some())?;
    let text = without_site(parts, claims)?;
    let is_head = |piece: &&Piece| piece.outside.is_none() && piece.form == Form::Heading(1);
    let signs = stated.len() + pieces.iter().filter(is_head).take(1).count();
    let is_doubtful = signs > 1 && agree_with(&text, stated.iter()) < 2;
    Some(Title { text, from, is_doubtful, moved_from: None })
}

/// Cuts a line that has the date or labels behind the title, as pages do that set them small in the same heading.
fn cut_behind(pieces: &mut Vec<Piece>, at: usize, stated: &[(&str, Vec<String>)]) -> bool {
    let Some(piece) = pieces.get(at) else { return false };
    let end = stated.iter().filter_map(|(_, parts)| end_of(&piece.text, parts.first()?)).find(|end| {
        let rest = piece.text.get(*end..).unwrap_or_default().trim();
        let is_label = || label::cut(rest).is_some_and(|cut| cut.before.is_empty() || is_day(&rest[cut.before]));
        !rest.is_empty() && (special::lone_date(&fold(rest).text).is_some() || is_label())
    });
    let Some(end) = end else { return false };
    let mut parts = breaks::cut(piece, &[0, end, piece.text.len()]);
    if parts.len() != 2 {
        return false;
    }
    if let Some(rest) = parts.get_mut(1) {
        rest.form = Form::Paragraph;
    }
    pieces.splice(at..=at, parts);
    true
}

fn is_day(text: &str) -> bool {
    special::lone_date(&fold(text).text).is_some()
}

/// Where in a line the letters of a title at its beginning end.
fn end_of(line: &str, title: &str) -> Option<usize> {
    let mut wanted = title.chars().filter(|c| c.is_alphanumeric()).peekable();
    for (at, character) in line.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match wanted.next() {
            Some(own) if own == character => {}
            Some(_) => return None,
            None => {
                let rest = line.get(..at)?.trim_end_matches([' ', '\u{3000}', '\u{a0}', '(', '（', '[', '【', '《']);
                return Some(rest.len());
            }
        }
    }
    None
}

/// How many stated titles have a text in them.
fn agree_with<'a>(text: &str, stated: impl Iterator<Item = &'a (&'a str, Vec<String>)>) -> usize {
    stated.filter(|(_, parts)| agrees(text, parts).is_some()).count()
}

/// The printed line that is the title.
fn printed(pieces: &[Piece], stated: &[(&str, Vec<String>)], claims: &Claims) -> Option<usize> {
    let first = pieces.iter().position(|piece| piece.outside.is_none()).unwrap_or(0);
    let mut best: Option<(usize, usize)> = None;
    let mut heads = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let text = piece.text.trim();
        let may_be = matches!(piece.outside, None | Some(WhyDropped::PageFurniture | WhyDropped::Navigation))
            && piece.text.len() <= 4 * LONGEST
            && piece.inside.is_empty()
            && text.chars().any(char::is_alphanumeric);
        let is_heading = matches!(piece.form, Form::Heading(_));
        let in_head = at < first + TOP;
        if !may_be || !(is_heading || (in_head && piece.form == Form::Paragraph)) || is_site(text, claims) {
            continue;
        }
        if piece.form == Form::Heading(1) {
            heads.push(at);
        }
        let Some(found) = stated.iter().filter_map(|(_, parts)| agrees(text, parts)).max() else { continue };
        let form = match piece.form {
            Form::Heading(1) => 40,
            Form::Heading(_) => 30,
            _ if is_link(piece) => 0,
            _ => 20,
        };
        let near = if piece.outside.is_none() || (at < first && at + 12 > first) { 10 } else { 0 };
        let score = found + form + near;
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, at));
        }
    }
    let found = best.filter(|(score, _)| *score >= 60).map(|(_, at)| at);
    // A page with one heading of the first level, where the text begins or just above, says enough by that.
    found.or_else(|| match heads.as_slice() {
        [only] => {
            let near = pieces.get(*only).is_some_and(|piece| piece.outside.is_none()) || *only + 25 > first;
            let site_only = stated.iter().all(|(_, parts)| parts.len() < 2);
            (near && *only < first + TOP && (stated.is_empty() || site_only)).then_some(*only)
        }
        _ => None,
    })
}

/// How well a line agrees with the parts of a stated title: all of it best, then parts from the first, then others.
fn agrees(line: &str, parts: &[String]) -> Option<usize> {
    let line = letters(line);
    let length = line.chars().count();
    if length < 2 {
        return None;
    }
    let long = length.min(20);
    let whole = letters(&parts.concat());
    if line == whole {
        return Some(50 + long);
    }
    for start in 0..parts.len() {
        let mut run = String::new();
        for part in parts.get(start..).unwrap_or_default() {
            run.push_str(&letters(part));
            if run == line {
                return Some(if start == 0 { 40 + long } else { 20 + long });
            }
        }
    }
    // A title that was cut short for the browser, or lengthened for the reader.
    let first = letters(parts.first()?);
    let cut = first.chars().count() >= 8 && (line.contains(&first) || (length >= 8 && first.contains(&line)));
    cut.then_some(20 + long)
}

/// Letters and figures only: quotation marks and spaces differ from place to place.
fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A stated title cut at its joints. A dash of two is none: a subtitle follows it.
pub(super) fn parts(title: &str) -> Vec<String> {
    let spaced = title.replace("--", "_").replace("——", "\u{e000}");
    let mut parts = vec![String::new()];
    let characters: Vec<char> = spaced.chars().collect();
    for (at, character) in characters.iter().enumerate() {
        let around = |at: Option<usize>| at.and_then(|at| characters.get(at)).copied();
        let (before, after) = (around(at.checked_sub(1)), around(Some(at + 1)));
        let spaced = before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace);
        let western = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let joint = match character {
            '_' | '|' | '｜' | '»' | '«' | '›' | '•' | '┃' | '—' | '–' | '－' => true,
            '-' => spaced || !(western(before) || western(after)) || (western(before) != western(after)),
            '·' | '/' | ':' | '<' | '>' => spaced,
            _ => false,
        };
        if joint {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(*character);
        }
    }
    parts.retain(|part| part.chars().any(char::is_alphanumeric));
    for part in &mut parts {
        *part = part.trim().replace('\u{e000}', "——");
    }
    parts
}

/// The first parts of a stated title, as many as are no section and no site.
fn without_site(parts: &[String], claims: &Claims) -> Option<String> {
    let site = |part: &String| is_site(part, claims);
    let first = parts.iter().position(|part| !site(part))?;
    let kept = parts.get(first..)?;
    // What comes behind the first part is a section or a site, unless the first is too short to say anything.
    let longest = kept.iter().filter(|part| !site(part)).max_by_key(|part| part.chars().count())?;
    let text = kept.first().filter(|part| part.chars().nth(3).is_some()).unwrap_or(longest);
    Some(text.clone())
}

fn is_site(text: &str, claims: &Claims) -> bool {
    let own = letters(text);
    claims.sites.iter().any(|site| {
        let site = letters(site);
        own == site
            || (site.chars().count() >= 3 && own.starts_with(&site) && own.chars().count() <= site.chars().count() + 4)
    })
}

fn is_link(piece: &Piece) -> bool {
    let linked: usize =
        piece.marks.iter().filter(|mark| matches!(mark.sense, Sense::Link(_))).map(|mark| mark.range.len()).sum();
    linked * 5 >= piece.text.trim().len() * 4
}

/// What stands above the title is the way to it, unless it states something or reads like text.
fn clear_above(pieces: &mut [Piece], at: usize) {
    // A title that stands below all of the text is another one's: a link to the next page.
    if !pieces.iter().skip(at + 1).any(|piece| piece.outside.is_none()) {
        return;
    }
    for piece in pieces.iter_mut().take(at) {
        let text = piece.text.trim();
        let states = label::cut(text).is_some() || doc_number(text).is_some();
        let short = text.chars().nth(SHORT).is_none() && !text.ends_with(['。', '！', '：']);
        let may_be = matches!(piece.outside, None | Some(WhyDropped::PageFurniture)) && !states;
        let is_way = matches!(piece.form, Form::Paragraph | Form::Heading(_)) && (short || is_link(piece));
        if may_be && (piece.outside.is_some() || is_way) {
            piece.outside = Some(WhyDropped::Navigation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(title: &str, lines: &[(Form, &str)]) -> Vec<Piece> {
        let head = Piece { text: title.to_string(), outside: Some(WhyDropped::PageTitle), ..Piece::default() };
        let lines = lines.iter().map(|(form, text)| Piece {
            text: (*text).to_string(),
            form: form.clone(),
            ..Piece::default()
        });
        std::iter::once(head).chain(lines).collect()
    }

    fn title(title: &str, lines: &[(Form, &str)]) -> Option<String> {
        settle(&mut page(title, lines), &Claims::default()).map(|title| title.text)
    }

    #[test]
    fn the_printed_part_is_the_title() {
        let line = |text| (Form::Paragraph, text);
        let head = |text| (Form::Heading(1), text);
        for (stated, printed) in [
            ("渡口停航三日_新闻_江城网", line("渡口停航三日")),
            ("江城网 - 渡口停航三日", head("渡口停航三日")),
            ("渡口停航——记一场大风-江城网", line("渡口停航——记一场大风")),
            ("渡口 停航三日 | 江城", head("渡口　停航三日")),
            ("Ferries-stop for three days - Jiangcheng", head("Ferries-stop for three days")),
        ] {
            assert_eq!(title(stated, &[line("首页"), printed.clone()]).as_deref(), Some(printed.1), "{stated}");
        }
    }

    #[test]
    fn a_stated_title_loses_the_site() {
        assert_eq!(title("渡口停航三日_江城网", &[]).as_deref(), Some("渡口停航三日"));
        assert_eq!(title("渡口停航三日--文化--江城网", &[]).as_deref(), Some("渡口停航三日"));
        assert_eq!(title("|", &[(Form::Paragraph, "|")]), None);
        let claims = Claims { stated: Vec::new(), sites: vec!["江城史志网".to_string()] };
        let mut pieces = page("江城史志网 - 渡口停航三日", &[]);
        assert_eq!(settle(&mut pieces, &claims).map(|title| title.text).as_deref(), Some("渡口停航三日"));
    }

    #[test]
    fn a_title_that_nothing_agrees_with_is_doubtful() {
        let claims = |other: &str| Claims { stated: vec![("meta og:title", other.to_string())], sites: Vec::new() };
        let head = |text| (Form::Heading(1), text);
        let doubt = |title: &str, lines: &[(Form, &str)], claims: &Claims| {
            settle(&mut page(title, lines), claims).is_some_and(|title| title.is_doubtful)
        };
        assert!(doubt("渡口停航三日", &[], &claims("大风预警发布")));
        assert!(!doubt("渡口停航三日_江城网", &[], &claims("渡口停航三日")));
        assert!(doubt("渡口停航三日的消息_江城网", &[head("大风预警发布")], &Claims::default()));
        assert!(!doubt("渡口停航三日_江城网", &[head("渡口停航三日")], &Claims::default()));
        assert!(!doubt("渡口停航三日", &[], &Claims::default()), "one sign has none to disagree with");
    }

    #[test]
    fn what_stands_above_is_the_way() {
        let mut pieces = page(
            "渡口停航三日_江城网",
            &[
                (Form::Paragraph, "忘记密码"),
                (Form::Paragraph, "江政发〔2017〕3号"),
                (Form::Heading(1), "渡口停航三日"),
                (Form::Paragraph, "因大风停航，三日后复航。"),
            ],
        );
        settle(&mut pieces, &Claims::default());
        let outside: Vec<Option<WhyDropped>> = pieces.iter().map(|piece| piece.outside).collect();
        assert_eq!(outside, [Some(WhyDropped::PageTitle), Some(WhyDropped::Navigation), None, None, None]);
    }
}
