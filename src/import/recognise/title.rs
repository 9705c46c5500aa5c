//! Title, byline and date of the head, where no label states them (rule R4).
//!
//! The evidence, from the strongest: a page's title line whose parts recur below as lines of their own; the place above or
//! below the labelled line; the top of the page, if a blank line, centring or the title's last word sets the line off. A
//! line that merely is the first is no title: a text may begin without one.

use super::head::{Origin, Scan, insert_extra};
use super::kinds::ends_like_title;
use super::paragraphs::is_visible;
use super::survey::{HeadKind, HeadLine, LINES};
use super::{fold, letterhead, special};
use crate::import::dropped::{TakenAs, WhyDropped};
use crate::import::meta::{self, Author, compact, has_words, same_words};

impl Scan<'_, '_> {
    /// The title: stated, or repeated, or where titles stand. That of the file is none where the text has no such words: it
    /// may be another document's.
    pub(crate) fn title(&mut self) {
        if let Some(stated) = self.head.meta.title.clone() {
            if self.origin == Origin::Page {
                self.drop_page_title(&stated);
            }
            self.drop_repetitions(&stated, WhyDropped::RepeatedTitle);
            return;
        }
        if self.composite_title() {
            return;
        }
        let in_text = self.file_title.as_deref().and_then(|title| self.lines_of(title));
        let by_place = self.title_by_place();
        let Some((first, count)) = overlapping(by_place, in_text) else { return };
        self.head.title_guessed = in_text.is_none() && self.is_guess(first, count);
        let parts: Vec<&str> = self.lines.iter().skip(first).take(count).map(|line| line.text).collect();
        let title = joined(&parts);
        for nth in first..first + count {
            self.take_whole(nth);
        }
        self.head.meta.title = Some(title.clone());
        self.drop_repetitions(&title, WhyDropped::RepeatedTitle);
    }

    /// The lines that are the title of the file: together they are its words, or one begins with them, since programs cut it
    /// off. The first of them, and how many.
    fn lines_of(&self, title: &str) -> Option<(usize, usize)> {
        let title = compact(title);
        (0..self.lines.len()).find_map(|first| {
            let mut words = String::new();
            for nth in first..self.lines.len() {
                let line = self.free(nth).filter(|line| may_be_title(line.text))?;
                words += &compact(line.text);
                let is_cut_off = nth == first && title.chars().nth(3).is_some() && words.starts_with(&title);
                if words == title || is_cut_off {
                    return Some((first, nth + 1 - first));
                }
                if !title.starts_with(&words) {
                    return None;
                }
            }
            None
        })
    }

    /// A title in the file's properties that is in the text is the document's where no other is; else it is a fact about the
    /// file.
    pub(crate) fn keep_file_title(&mut self) {
        let Some(file_title) = self.file_title.take() else { return };
        if self.head.meta.title.is_none() {
            let lines = self.all.iter().filter(|line| is_visible(line.text)).take(LINES);
            let text: String = lines.map(|line| compact(line.text)).collect();
            self.head.meta.title = Some(file_title.clone()).filter(|title| text.contains(&compact(title)));
        }
        let title = self.head.meta.title.as_deref().map(compact).unwrap_or_default();
        if !title.starts_with(&compact(&file_title)) {
            insert_extra(&mut self.head.meta, "file-title".to_string(), &file_title);
        }
    }

    /// The title that mark-up tells.
    pub(crate) fn marked_title(&mut self, title: String) {
        let own = (0..self.lines.len()).find(|nth| self.free(*nth).is_some_and(|line| same_words(line.text, &title)));
        own.into_iter().for_each(|own| self.take_whole(own));
        self.drop_repetitions(&title, WhyDropped::RepeatedTitle);
        self.head.meta.title = Some(title);
    }

    /// The browser's title of a page whose title is stated: the title, a separator, the site.
    fn drop_page_title(&mut self, stated: &str) {
        let Some(text) = self.free(0).map(|line| line.text.to_string()) else { return };
        let rest = compact(&text).chars().skip(compact(stated).chars().count()).collect::<String>();
        let separated = rest.starts_with(['_', '-', '－', '—', '–', '|', '/', '·']);
        if begins_with(&text, stated) && separated {
            self.drop_line(0, WhyDropped::PageTitle);
        }
    }

    /// A page's title line joins title and author, or title and site, and the parts recur below as lines of their own.
    fn composite_title(&mut self) -> bool {
        for nth in 0..self.lines.len() {
            let Some(line) = self.free(nth).filter(|line| may_be_title(line.text)) else { continue };
            let text = line.text.to_string();
            let later: Vec<&str> =
                (nth + 1..self.lines.len()).filter_map(|at| self.free(at)).map(|line| line.text).collect();
            let Some(title) = later.iter().filter(|own| begins_with(&text, own)).max_by_key(|own| own.len()) else {
                continue;
            };
            let title = (*title).to_string();
            let joined = text.get(title.len()..).unwrap_or_default();
            let rest = compact(&text).chars().skip(compact(&title).chars().count()).collect::<String>();
            let rest = rest.trim_matches(['_', '-', '－', '—', '–', '|', '/', '·']).to_string();
            let subtitle = || later.iter().find(|own| same_words(own.trim_start_matches('—'), &rest));
            if !rest.is_empty()
                && joined.starts_with("——")
                && let Some(own) = subtitle().map(|own| (*own).to_string())
            {
                self.title_and_subtitle(nth, &title, &own);
                return true;
            }
            if rest.is_empty() {
                // The title twice: the first is the title, the others its repetitions.
                self.take_whole(nth);
                self.head.meta.title = Some(text);
                self.drop_repetitions(&title, WhyDropped::RepeatedTitle);
                return true;
            }
            // An author is joined to a title by a space; behind a dash or a stroke stands a section or a site.
            let by_space =
                joined.starts_with(char::is_whitespace) && !joined.trim_start().starts_with(['_', '-', '－', '—', '|']);
            let author = later.iter().find(|own| by_space && meta::is_author(own) && same_words(own, &rest));
            let author = author.map(|own| (*own).to_string());
            if author.is_none() && self.origin == Origin::Document {
                continue;
            }
            self.head.meta.title = Some(title.clone());
            match author {
                Some(author) => {
                    if self.head.meta.authors.is_empty() {
                        let names = meta::names(&author).into_iter();
                        self.head.meta.authors.extend(names.map(|name| Author { name, affiliation: None }));
                    }
                    self.take_whole(nth);
                    self.drop_repetitions(&title, WhyDropped::RepeatedTitle);
                    self.drop_repetitions(&author, WhyDropped::RepeatedAuthor);
                }
                None => {
                    // Keep the line of the title's own as its place; the page's title is furniture.
                    self.drop_line(nth, WhyDropped::PageTitle);
                    let own = (nth + 1..self.lines.len())
                        .find(|at| self.free(*at).is_some_and(|l| same_words(l.text, &title)));
                    if let Some(own) = own {
                        self.take_whole(own);
                    }
                    self.drop_repetitions(&title, WhyDropped::RepeatedTitle);
                }
            }
            return true;
        }
        false
    }

    /// A line that joins title and subtitle by a dash, both of which recur below.
    fn title_and_subtitle(&mut self, nth: usize, title: &str, subtitle: &str) {
        self.drop_line(nth, WhyDropped::RepeatedTitle);
        self.head.meta.title = Some(title.to_string());
        self.head.meta.subtitle = Some(subtitle.to_string());
        for words in [title, subtitle] {
            let own = (0..self.lines.len()).find(|at| self.free(*at).is_some_and(|line| same_words(line.text, words)));
            own.into_iter().for_each(|own| self.take_whole(own));
            self.drop_repetitions(words, WhyDropped::RepeatedTitle);
        }
    }

    /// The first and the number of the lines that are the title by their place: above the labelled line, else below it, else
    /// at the top and set off by a blank line, by centring or by its last word.
    fn title_by_place(&self) -> Option<(usize, usize)> {
        let is_label = |nth: &usize| matches!(self.lines.get(*nth).map(|line| &line.kind), Some(HeadKind::Labelled(_)));
        let candidate = |nth: &usize| {
            self.free(*nth).is_some_and(|line| !meta::are_personal_names(line.text) && may_be_title(line.text))
        };
        let (first, by_label) = match (0..self.lines.len()).find(is_label) {
            Some(label) => {
                let above = (0..label).rev().find(candidate);
                (above.or_else(|| (label..self.lines.len()).find(candidate))?, true)
            }
            None => {
                let lettered = |nth: &usize| self.free(*nth).is_some_and(|line| has_words(line.text));
                ((0..self.lines.len()).find(lettered).filter(candidate)?, false)
            }
        };
        // A title of two lines: the lines touch, and the second goes on in the way titles do.
        let touches = |a: usize, b: usize| {
            let at = |nth: usize| self.lines.get(nth).map(|line| line.at);
            at(a).zip(at(b)).is_some_and(|(a, b)| a + 1 == b)
        };
        let text = |nth: usize| self.lines.get(nth).map_or("", |line| line.text);
        // Where every line is a paragraph of its own, its words must tell that a title goes on.
        let apart = |a: usize, b: usize| {
            let begins = |nth: usize| text(nth).starts_with("关于") || ends_like_title(text(nth));
            let goes_on = (b..self.lines.len()).find(|nth| !candidate(nth) || !names_offices(text(*nth)));
            let below_office = || {
                let last = goes_on.unwrap_or(b);
                names_offices(text(a))
                    && candidate(&last)
                    && (begins(last) && last == b || text(last).starts_with("关于") || is_notice(text(last)))
            };
            // 关于适用《…》 / 第三条有关问题的批复: that which is about a name does not end in it.
            let of_name = || text(a).contains("关于") && text(a).ends_with('》') && ends_like_title(text(b));
            a + 1 == b && (text(b).starts_with('的') || is_open(text(a)) || of_name() || below_office())
        };
        let joins = |a: usize, b: usize| {
            candidate(&a)
                && candidate(&b)
                && (apart(a, b) || (touches(a, b) && goes_on(text(a), text(b))) || self.are_one_title(a, b))
                || self.goes_down(a, b)
        };
        let mut span = first..first + 1;
        while span.start > 0 && joins(span.start - 1, span.start) {
            span.start -= 1;
        }
        while joins(span.end - 1, span.end) {
            span.end += 1;
        }
        let last = self.lines.get(span.end - 1)?;
        let blank_below = self.all.get(last.at + 1).is_none_or(|line| line.text.trim().is_empty());
        // A line alone above a list or a table is a title by its last word only.
        let goes_on = self.goes_on && span.clone().any(|nth| ends_like_title(text(nth)));
        let more_below = goes_on || self.all.iter().skip(last.at + 1).any(|line| !line.text.trim().is_empty());
        let lead = self.all.get(last.at).map_or(0, |line| line.text.chars().take_while(|c| c.is_whitespace()).count());
        let set_off =
            by_label || blank_below || lead >= 4 || ends_like_title(last.text) || self.is_above_byline(last.at);
        (set_off && more_below).then_some((span.start, span.len()))
    }

    /// Whether two lines that are set in the middle are parts of one title: the office above, or the kind of document below.
    fn are_one_title(&self, a: usize, b: usize) -> bool {
        let line = |nth: usize| self.lines.get(nth);
        let Some((first, second)) = line(a).zip(line(b)).filter(|_| a + 1 == b) else { return false };
        let is_centred = |line: &HeadLine<'_>| {
            self.all.get(line.at).is_some_and(|line| self.centred.contains(&line.number))
                && line.text.chars().any(meta::is_han_character)
        };
        let heads = ["目录", "目次", "前言", "摘要", "序言", "引言", "绪论"];
        let is_bracket = |text: &str| text.starts_with(['（', '(']);
        // （试行） ends a title; （2005年12月修订） tells when it was made.
        let has_day = second.text.contains(|character: char| character.is_ascii_digit());
        let is_whole = is_whole(first.text) && !is_office(first.text);
        // 关于正确 / 确定县级人民政府 / …的规定: the last line of a title tells that it goes on over an office.
        let closes = line(b + 1).is_some_and(|third| is_centred(third) && ends_like_title(third.text));
        let is_in_between = first.text.contains("关于") && closes;
        let is_other = is_office(second.text) && !is_in_between || heads.contains(&compact(second.text).as_str());
        let goes_on = if is_bracket(second.text) { !has_day } else { !is_whole && !is_other };
        is_centred(first) && is_centred(second) && !is_bracket(first.text) && goes_on
    }

    /// Whether a title goes on downwards, a character a line, as covers have it: 员 / 工 / 手 / 册.
    fn goes_down(&self, a: usize, b: usize) -> bool {
        let text = |nth: usize| self.free(nth).map_or("", |line| line.text);
        let is_upright = |nth: usize| text(nth).chars().all(meta::is_han_character) && text(nth).chars().count() == 1;
        let begins = || is_office(text(a)) && is_upright(b + 1) && is_upright(b + 2);
        a + 1 == b && is_upright(b) && (is_upright(a) || begins())
    }

    /// Whether nothing but its place tells that a line is the title, and the one below it could as well be.
    fn is_guess(&self, first: usize, count: usize) -> bool {
        let text = |nth: usize| self.lines.get(nth).map_or("", |line| line.text);
        let labelled =
            self.lines.iter().any(|line| matches!(line.kind, HeadKind::Labelled(_) | HeadKind::DocNumber(_)));
        let next = first + count;
        let other = self.free(next).is_some_and(|line| may_be_title(line.text) && !meta::are_personal_names(line.text));
        let one = count == 1 && !ends_like_title(text(first)) && other;
        // More than two short lines are a list or verse, and its first is no more a title than the others.
        one && !labelled && !ends_like_title(text(next)) && self.lines.get(next + 1).is_none()
    }

    /// Whether a line that stands directly below is an author or a date, and the text begins after a blank line.
    fn is_above_byline(&self, at: usize) -> bool {
        let below = |step: usize| self.all.get(at + step).map_or("", |line| line.text.trim());
        let is_by =
            |text: &str| meta::are_personal_names(text) || special::lone_month(&fold::fold(text).text).is_some();
        is_by(below(1)) && (below(2).is_empty() || (is_by(below(2)) && below(3).is_empty()))
    }

    /// The author's line below the title.
    pub(crate) fn byline(&mut self) {
        if self.head.meta.title.is_none() {
            return;
        }
        if !self.head.meta.authors.is_empty() {
            let authors: Vec<String> = self.head.meta.authors.iter().map(|author| author.name.clone()).collect();
            self.drop_repetitions(&authors.join("、"), WhyDropped::RepeatedAuthor);
            self.drop_repetitions(&authors.concat(), WhyDropped::RepeatedAuthor);
            return;
        }
        let last_taken = self.lines.iter().rposition(|line| line.taken).unwrap_or(0);
        let free = (0..self.lines.len()).filter(|nth| self.free(*nth).is_some());
        // Directly below what has been taken, or between title and labelled line.
        let Some(nth) = free.into_iter().find(|nth| *nth <= last_taken + 1) else { return };
        let Some(line) = self.lines.get(nth) else { return };
        let alone = self.all.get(line.at + 1).is_none_or(|next| next.text.trim().is_empty()) || nth < last_taken;
        let by = line.text.strip_prefix("By ").or_else(|| line.text.strip_prefix("by "));
        let english = by.is_some_and(|by| by.starts_with(|first: char| first.is_uppercase()) && by.len() <= 60);
        if alone && (english || (meta::are_personal_names(line.text) && !self.is_heading_like(line.at))) {
            let names = meta::names(by.unwrap_or(line.text)).into_iter();
            self.head.meta.authors.extend(names.map(|name| Author { name, affiliation: None }));
            let whole = line.text.len();
            let label = whole - by.map_or(whole, str::len);
            self.take(nth, vec![(0..label, TakenAs::Label), (label..whole, TakenAs::Record)]);
        }
    }

    /// Whether a short line is one of several that each stand above a paragraph: a heading that happens to begin like a name.
    fn is_heading_like(&self, at: usize) -> bool {
        let text = |at: usize| self.all.get(at).map_or("", |line| line.text.trim());
        let length = text(at).chars().count();
        if length > 2 {
            return false;
        }
        let lines: Vec<&str> = (at..self.all.len()).map(text).filter(|text| !text.is_empty()).take(40).collect();
        let short = |text: &str| text.chars().nth(8).is_none() && text.chars().all(meta::is_han_character);
        let long = |text: &str| text.chars().nth(12).is_some();
        long(lines.get(1).copied().unwrap_or_default())
            && lines.iter().skip(2).zip(lines.iter().skip(3)).any(|(one, next)| short(one) && long(next))
    }

    /// A date alone below the title is the document's when no label says better. It stays in the text, since it may be the day
    /// of a speech, which the text names.
    pub(crate) fn bare_date(&mut self) {
        if self.head.meta.date.is_some() || self.head.meta.title.is_none() {
            return;
        }
        let found = (0..self.lines.len())
            .filter(|nth| !self.history.contains(nth))
            .filter_map(|nth| self.free(nth))
            .find_map(|line| {
                let date = special::lone_month(&fold::fold(line.text).text)?;
                Some((date, line.text.to_string()))
            });
        if let Some((date, printed)) = found {
            if self.head.meta.doc_number.is_some() {
                // Below the title of an official document stands the day on which it was made.
                self.head.meta.created.get_or_insert(date.edtf.clone());
            }
            self.head.meta.date_printed = (printed != date.edtf).then_some(printed);
            (self.head.meta.date, self.head.meta.time) = (Some(date.edtf), date.time);
        }
    }
}

/// Of the lines that stand where a title does, and those that are the title of the file: the more where they share a line, as
/// either may be cut off, else the second.
fn overlapping(by_place: Option<(usize, usize)>, of_file: Option<(usize, usize)>) -> Option<(usize, usize)> {
    match (by_place, of_file) {
        (Some((first, count)), Some((other, more)))
            if first < other + more && other < first + count && count >= more =>
        {
            by_place
        }
        _ => of_file.or(by_place),
    }
}

/// Whether a line can be a title at all: it has letters, it is no date, no form to be filled in, and it does not tell what was
/// done with a rule.
fn may_be_title(text: &str) -> bool {
    let folded = fold::fold(text).text;
    has_words(text)
        && special::lone_month(&folded).is_none()
        && !is_form_line(&folded)
        && !letterhead::is_of_history(&folded)
}

/// Whether a line is the name of an office, whatever is said of it in brackets: 江城大学（北京）继续教育学院
pub(crate) fn is_office(text: &str) -> bool {
    let mut name = String::new();
    let mut depth = 0_usize;
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        match character {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => name.push(character),
            _ => {}
        }
    }
    meta::is_body(&name)
}

/// Whether a line is the names of offices, one or several.
fn names_offices(text: &str) -> bool {
    is_office(text) || letterhead::offices(text).is_some()
}

/// The lines of a title as one. Between the names of two offices, on a line or on two, stands one space.
pub(crate) fn joined(lines: &[&str]) -> String {
    let mut title = String::new();
    for (nth, line) in lines.iter().enumerate() {
        let is_of_offices = |nth: usize| lines.get(nth).and_then(|line| letterhead::offices(line));
        let offices = is_of_offices(nth);
        let follows_office = nth > 0 && offices.is_some() && is_of_offices(nth - 1).is_some();
        if follows_office || nth > 0 && lines.iter().all(|line| line.is_ascii()) {
            title.push(' ');
        }
        match offices.filter(|names| names.len() > 1) {
            Some(names) => title.push_str(&names.join(" ")),
            None if is_notice(line) => title.push_str(&compact(line)),
            None => title.push_str(line),
        }
    }
    title
}

/// Whether a line is only the word for an announcement or an order, set wide or not.
fn is_notice(text: &str) -> bool {
    ["公告", "通告", "公报", "命令", "令"].contains(&compact(text).as_str())
}

/// Whether a line names a fact and leaves room for it, or gives it: 编制日期：2015-2, 填报单位：
fn is_form_line(folded: &str) -> bool {
    const FACTS: [&str; 15] = [
        "日期", "时间", "编号", "号码", "单位", "部门", "姓名", "电话", "地址", "版本", "密级", "页数", "人", "员",
        "名称",
    ];
    let name: String = folded.split_once(':').map_or("", |(name, _)| name).split_whitespace().collect();
    name.chars().nth(8).is_none() && FACTS.iter().any(|fact| name.ends_with(fact))
}

/// Whether a page's title line begins with a shorter line of its own, and a space or a joint follows, or nothing.
fn begins_with(page_title: &str, own: &str) -> bool {
    if same_words(page_title, own) {
        return true;
    }
    let Some(rest) = page_title.strip_prefix(own) else { return false };
    own.chars().nth(2).is_some()
        && rest.starts_with([' ', '\u{3000}', '\u{a0}', '\t', '_', '-', '－', '—', '–', '|', '·'])
}

/// Whether the second line of a title goes on with the first: …关于 / 关于…, or a title's last word that the first lacks.
fn goes_on(first: &str, second: &str) -> bool {
    second.starts_with("关于")
        || first.ends_with("关于")
        || second.starts_with('的')
        || is_open(first)
        || first.ends_with(['、', '和', '与', '及', '的'])
        || (!is_whole(first) && ends_like_title(second))
}

/// Whether a line is a title by itself; one that ends in a name goes on: 关于印发《…办法》 / 的通知. So does one that ends in what
/// it is about: 关于审理旧志借阅制度 / 若干问题的规定.
fn is_whole(text: &str) -> bool {
    const MATTERS: [&str; 6] = ["制度", "计划", "法", "标准", "规范", "裁定"];
    let is_matter = text.contains("关于")
        && MATTERS.iter().any(|end| text.strip_suffix(end).is_some_and(|before| !before.ends_with(['的', '办'])));
    ends_like_title(text) && !is_matter && !text.ends_with(['》', '”']) && !is_open(text)
}

/// Whether a name begins on a line and does not end there: 关于印发《旧志整理计划 / 管理办法》的通知.
fn is_open(text: &str) -> bool {
    text.matches('《').count() > text.matches('》').count()
}
