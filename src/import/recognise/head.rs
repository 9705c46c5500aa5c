//! What stands above the text (rule R4): labelled lines, document number, title and byline (the latter in `title`).
//!
//! The head ends at the first line that reads like text or carries a number. Within it, lines are taken only on evidence:
//! a known label, a repetition, a form that nothing else has. A line without evidence stays in the text. For each line
//! taken, every range is noted as a label, a value of the record, or dropped, and the fidelity proof checks that.

use std::collections::BTreeSet;
use std::ops::Range;

use super::label::Field;
use super::paragraphs::Line;
use super::survey::{HeadKind, HeadLine, is_day, is_site, own_day, survey};
use super::{fold, tail};
use crate::import::dropped::{Dropped, Pieces, Taken, TakenAs, WhyDropped};
use crate::import::meta::{self, Author, Meta, same_words};
use crate::record::printed_date as date;

/// Under which name the day is kept that a page states where it prints an earlier one.
const STATED_DATE: &str = "PubDate";

/// What was found at the top.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// The facts.
    pub meta: Meta,
    /// Lines that are no part of the text, with where their words went.
    pub taken: Vec<Taken>,
    /// Repetitions and page furniture.
    pub dropped: Vec<Dropped>,
    /// Lines on which a date was printed that is no date.
    pub unread_dates: Vec<usize>,
    /// The title is the first line, and nothing but its place says so.
    pub title_guessed: bool,
    /// Names that are printed under an author's label.
    pub authors_printed: Vec<String>,
}

/// Reads the head of a capture.
///
/// What the format states comes first: a printed value that differs is kept beside it under its label.
pub(crate) fn read(lines: &[Line<'_>], stated: Meta) -> Head {
    read_marked(lines, Known { stated, ..Known::default() })
}

/// Where a text was before it was captured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Origin {
    /// On a page of the web, whose title may have come along, with the site's name.
    #[default]
    Page,
    /// In a document, all of whose lines are its own.
    Document,
}

/// What is known of a text before its lines are read.
#[derive(Default)]
pub(crate) struct Known {
    /// What the format states.
    pub stated: Meta,
    /// The line that mark-up tells is the title.
    pub marked: Option<String>,
    /// The title in the properties of the file.
    pub file_title: Option<String>,
    /// Lines that are set in the middle.
    pub centred: BTreeSet<usize>,
    pub origin: Origin,
    /// Whether text follows the lines.
    pub goes_on: bool,
}

/// The same, where the format tells more.
pub(crate) fn read_marked(lines: &[Line<'_>], known: Known) -> Head {
    let Known { stated, marked, file_title, centred, origin, goes_on } = known;
    let stated_date = stated.date.is_some();
    let head = Head { meta: stated, ..Head::default() };
    let (all, lines) = (lines, survey(lines));
    let mut scan =
        Scan { all, lines, head, stated_date, file_title, centred, origin, goes_on, history: BTreeSet::new() };
    scan.red_head();
    scan.labels();
    match marked.filter(|_| scan.head.meta.title.is_none()) {
        Some(title) => scan.marked_title(title),
        None => scan.title(),
    }
    scan.rest();
    scan.byline();
    scan.history();
    scan.bare_date();
    scan.keep_file_title();
    scan.head.taken.sort_by_key(|taken| taken.line);
    scan.head.dropped.sort_by_key(|dropped| dropped.line);
    scan.head
}

pub(crate) struct Scan<'a, 'l> {
    pub(crate) all: &'l [Line<'a>],
    pub(crate) lines: Vec<HeadLine<'a>>,
    pub(crate) head: Head,
    /// The date is one that the format states, and nothing printed has been held against it.
    stated_date: bool,
    pub(crate) file_title: Option<String>,
    pub(crate) centred: BTreeSet<usize>,
    pub(crate) origin: Origin,
    pub(crate) goes_on: bool,
    /// Lines that together tell what was done with a rule.
    pub(crate) history: BTreeSet<usize>,
}

impl Scan<'_, '_> {
    /// Facts of the labelled lines.
    fn labels(&mut self) {
        for nth in 0..self.lines.len() {
            let Some(HeadLine { text, kind: HeadKind::Labelled(cut), .. }) = self.lines.get(nth) else { continue };
            let (text, cut) = (*text, cut.clone());
            let mut pieces = Vec::new();
            if !cut.before.is_empty() {
                pieces.extend(self.before_labels(cut.before.clone(), text, nth));
            }
            let mut waiting = None;
            for (at, fact) in cut.facts.iter().enumerate() {
                let label = &text[fact.label.clone()];
                let value = &text[fact.value.clone()];
                if let Field::Discard(why) = fact.field {
                    let whole = fact.label.start..fact.value.end.max(fact.label.end);
                    self.drop_piece(nth, whole.clone(), why);
                    pieces.push((whole, TakenAs::Dropped));
                    continue;
                }
                pieces.push((fact.label.clone(), TakenAs::Label));
                if value.is_empty() {
                    waiting = (at + 1 == cut.facts.len()).then(|| (fact.field, label.to_string()));
                    continue;
                }
                let place = self.fact(fact.field, label, value, nth);
                if place == TakenAs::Dropped {
                    self.drop_piece(nth, fact.value.clone(), WhyDropped::NoValue);
                }
                pieces.push((fact.value.clone(), place));
            }
            self.take(nth, pieces);
            if let Some((field, label)) = waiting {
                self.value_on_next_line(nth, field, &label);
            }
        }
    }

    /// What stands before the labels: the day, with or without a label of its own, or the name of the site.
    fn before_labels(&mut self, before: Range<usize>, text: &str, nth: usize) -> Pieces {
        let words = text.get(before.clone()).unwrap_or_default();
        if let Some(length) = own_day(words) {
            let (label, day) = (before.start..before.start + length, before.start + length..before.end);
            let name = text.get(label.clone()).unwrap_or_default();
            let place = self.fact(Field::Date, name, text.get(day.clone()).unwrap_or_default().trim(), nth);
            return vec![(label, TakenAs::Label), (day, place)];
        }
        if is_site(words) && !is_day(words) {
            self.drop_piece(nth, before.clone(), WhyDropped::SiteOperator);
            return vec![(before, TakenAs::Dropped)];
        }
        let place = self.fact(Field::Date, "", words, nth);
        vec![(before, place)]
    }

    /// A label at a line's end takes the next line as its value, if that stands directly below and is short.
    fn value_on_next_line(&mut self, nth: usize, field: Field, label: &str) {
        let Some(next) = self.lines.get(nth + 1) else { return };
        let below = self.lines.get(nth).is_some_and(|line| line.at + 1 == next.at);
        if !below || next.taken || !matches!(next.kind, HeadKind::Short) || next.text.chars().nth(60).is_some() {
            return;
        }
        let text = next.text;
        let place = self.fact(field, label, text, nth + 1);
        if place == TakenAs::Dropped {
            self.drop_piece(nth + 1, 0..text.len(), WhyDropped::NoValue);
        }
        self.take(nth + 1, vec![(0..text.len(), place)]);
    }

    /// Stores one fact and says where its words went.
    fn fact(&mut self, field: Field, label: &str, value: &str, nth: usize) -> TakenAs {
        const NOTHING: [&str; 8] = ["无", "未知", "admin", "管理员", "系统管理员", "-", "--", "/"];
        if NOTHING.contains(&value) {
            return TakenAs::Dropped;
        }
        let label = meta::compact(label.trim_end().trim_end_matches([':', '：']));
        let meta = &mut self.head.meta;
        let slot = match field {
            Field::Date => return self.date_fact(&label, value, nth),
            Field::Created => {
                put_created(meta, label, value);
                return TakenAs::Record;
            }
            Field::Author => {
                let names = meta::names(value);
                self.head.authors_printed.extend(names.iter().cloned());
                if !names.iter().all(|name| meta::is_author(name)) {
                    insert_extra(meta, label, value);
                }
                for name in names.into_iter().filter(|name| meta::is_author(name)) {
                    if meta.authors.iter().all(|author| author.name != name) {
                        meta.authors.push(Author { name, affiliation: None });
                    }
                }
                return TakenAs::Record;
            }
            Field::Editor => {
                meta.editors.extend(meta::names(value));
                return TakenAs::Record;
            }
            Field::Subjects => {
                put_subjects(meta, value);
                return TakenAs::Record;
            }
            Field::Discard(_) => return TakenAs::Dropped,
            Field::Title => &mut meta.title,
            Field::Source => &mut meta.source,
            Field::Issuer => &mut meta.issuer,
            Field::IndexNumber => &mut meta.index_number,
            Field::DocNumber => {
                let number = meta::doc_number(value).unwrap_or_else(|| value.to_string());
                if meta.doc_number.as_ref().is_some_and(|stored| *stored != number) {
                    insert_extra(meta, label, value);
                } else {
                    meta.doc_number = Some(number);
                }
                return TakenAs::Record;
            }
            Field::Other => {
                insert_extra(meta, label, value);
                return TakenAs::Record;
            }
        };
        match slot {
            Some(stored) if stored != value => insert_extra(meta, label, value),
            _ => *slot = Some(value.to_string()),
        }
        TakenAs::Record
    }

    fn date_fact(&mut self, label: &str, value: &str, nth: usize) -> TakenAs {
        let folded = fold::fold(value).text;
        let read =
            date::read(&folded).filter(|date| folded.get(date.length..).is_none_or(|rest| rest.trim().is_empty()));
        let meta = &mut self.head.meta;
        match read {
            Some(read) if meta.date.is_none() => {
                let stored = match &read.time {
                    Some(time) => format!("{} {time}", read.edtf),
                    None => read.edtf.clone(),
                };
                if stored != value || read.time.is_some() {
                    meta.date_printed = Some(value.to_string());
                }
                (meta.date, meta.time) = (Some(read.edtf), read.time);
            }
            // The day that the format states already; a time of day says more than the day.
            // With seconds it is the same time still.
            Some(read)
                if meta.date.as_ref() == Some(&read.edtf)
                    && read
                        .time
                        .as_deref()
                        .is_none_or(|time| meta.time.as_deref().is_some_and(|own| own.starts_with(time))) =>
            {
                // The same day in other signs, so that no printed sign is lost.
                match &meta.date_printed {
                    _ if value == read.edtf => {}
                    Some(printed) if printed != value => insert_extra(meta, label.to_string(), value),
                    _ => meta.date_printed = Some(value.to_string()),
                }
            }
            // Systems state a later day when they publish a page again; the printed one is when it came out first.
            Some(read)
                if read.whole && meta.date.as_ref().is_some_and(|stated| read.edtf < *stated) && self.stated_date =>
            {
                let stated = meta.date.replace(read.edtf.clone()).unwrap_or_default();
                insert_extra(meta, STATED_DATE.to_string(), &stated);
                self.stated_date = false;
                meta.date_printed = (value != read.edtf || read.time.is_some()).then(|| value.to_string());
                meta.time = read.time;
            }
            _ => {
                if read.is_none() {
                    self.head
                        .unread_dates
                        .extend(self.lines.get(nth).and_then(|line| self.all.get(line.at)).map(|l| l.number));
                }
                let label = if label.is_empty() { "日期" } else { label };
                insert_extra(&mut self.head.meta, label.to_string(), value);
            }
        }
        TakenAs::Record
    }

    /// Subtitle, document number and breadcrumbs.
    fn rest(&mut self) {
        for nth in 0..self.lines.len() {
            let Some(line) = self.lines.get(nth).filter(|line| !line.taken) else { continue };
            let text = line.text;
            match &line.kind {
                HeadKind::Breadcrumb => self.drop_line(nth, WhyDropped::Breadcrumb),
                HeadKind::DocNumber(number) => {
                    let number = number.clone();
                    match &self.head.meta.doc_number {
                        Some(stored) if *stored != number => continue,
                        Some(_) => self.drop_line(nth, WhyDropped::RepeatedNumber),
                        None => {
                            self.head.meta.doc_number = Some(number);
                            self.take_whole(nth);
                        }
                    }
                }
                HeadKind::Short if tail::is_button(text) => self.drop_line(nth, WhyDropped::CloseButton),
                HeadKind::Subtitle if self.head.meta.title.is_some() && self.head.meta.subtitle.is_none() => {
                    self.head.meta.subtitle = Some(text.to_string());
                    self.take_whole(nth);
                }
                _ => {}
            }
        }
    }

    /// A short line that nothing has claimed.
    pub(crate) fn free(&self, nth: usize) -> Option<&HeadLine<'_>> {
        self.lines.get(nth).filter(|line| !line.taken && matches!(line.kind, HeadKind::Short))
    }

    pub(crate) fn take(&mut self, nth: usize, pieces: Pieces) {
        let Some(line) = self.lines.get_mut(nth) else { return };
        line.taken = true;
        let Some(whole) = self.all.get(line.at) else { return };
        // Pieces are ranges of the trimmed text; a taken line speaks of the whole one.
        let lead = whole.text.len() - whole.text.trim_start().len();
        let pieces = pieces.into_iter().map(|(range, place)| (range.start + lead..range.end + lead, place)).collect();
        self.head.taken.push(Taken { line: whole.number, text: whole.text.to_string(), pieces });
    }

    pub(crate) fn take_whole(&mut self, nth: usize) {
        let length = self.lines.get(nth).map_or(0, |line| line.text.len());
        self.take(nth, vec![(0..length, TakenAs::Record)]);
    }

    fn drop_piece(&mut self, nth: usize, piece: Range<usize>, why: WhyDropped) {
        let Some(line) = self.lines.get(nth) else { return };
        let number = self.all.get(line.at).map_or(0, |line| line.number);
        let text = line.text.get(piece).unwrap_or_default().to_string();
        self.head.dropped.push(Dropped { line: number, text, why });
    }

    pub(crate) fn drop_line(&mut self, nth: usize, why: WhyDropped) {
        let length = self.lines.get(nth).map_or(0, |line| line.text.len());
        self.drop_piece(nth, 0..length, why);
        self.take(nth, vec![(0..length, TakenAs::Dropped)]);
    }

    pub(crate) fn drop_repetitions(&mut self, words: &str, why: WhyDropped) {
        for nth in 0..self.lines.len() {
            if self.free(nth).is_some_and(|line| same_words(line.text, words)) {
                self.drop_line(nth, why);
            }
        }
    }
}

fn put_created(meta: &mut Meta, label: String, value: &str) {
    let read = date::read(&fold::fold(value).text).filter(|date| date.whole || date.length == value.len());
    match read.filter(|_| meta.created.is_none()) {
        Some(read) => {
            if read.edtf != value {
                meta.extra.insert(label, value.to_string());
            }
            meta.created = Some(read.edtf);
        }
        None => insert_extra(meta, label, value),
    }
}

fn put_subjects(meta: &mut Meta, value: &str) {
    let words = value.split([' ', '\u{3000}', '、', '；', ';', ',', '，', '\\', '|']).map(str::trim);
    let words = words.filter(|word| !word.is_empty() && !meta.subjects.iter().any(|known| known == word));
    let words: Vec<String> = words.map(str::to_string).collect();
    meta.subjects.extend(words);
}

/// A second value of a field is kept under its label rather than lost.
pub(crate) fn insert_extra(meta: &mut Meta, label: String, value: &str) {
    let mut key = label;
    while meta.extra.get(&key).is_some_and(|stored| stored != value) {
        key.push('′');
    }
    meta.extra.insert(key, value.to_string());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::recognise::paragraphs::lines;

    fn head(text: &str) -> Head {
        read(&lines(text), Meta::default())
    }

    fn dropped(head: &Head) -> Vec<(usize, WhyDropped)> {
        head.dropped.iter().map(|dropped| (dropped.line, dropped.why)).collect()
    }

    #[test]
    fn page_title_of_title_and_author() {
        let head = head(
            "旧报刊札记 沈一帆\n 发布时间：2020-04-12 09:30 来源: 江城县学会 浏览次数：3\n\n旧报刊札记\n\n沈 一帆\n\n　　纸张酸化。\n",
        );
        assert_eq!(head.meta.title.as_deref(), Some("旧报刊札记"));
        assert_eq!(head.meta.authors[0].name, "沈一帆");
        assert_eq!((head.meta.date.as_deref(), head.meta.time.as_deref()), (Some("2020-04-12"), Some("09:30")));
        assert_eq!(head.meta.source.as_deref(), Some("江城县学会"));
        assert_eq!(
            dropped(&head),
            [(2, WhyDropped::ViewCounter), (4, WhyDropped::RepeatedTitle), (6, WhyDropped::RepeatedAuthor)]
        );
        assert_eq!(head.taken.iter().map(|taken| taken.line).collect::<Vec<_>>(), [1, 2, 4, 6]);
    }

    #[test]
    fn page_title_with_site() {
        let head =
            head("首页 > 公告\n关于延长展览的公告_江城县图书馆\n关于延长展览的公告\n作者：张 三\n展览延长一个月。\n");
        assert_eq!(head.meta.title.as_deref(), Some("关于延长展览的公告"));
        assert_eq!(head.meta.authors[0].name, "张三");
        assert_eq!(dropped(&head), [(1, WhyDropped::Breadcrumb), (2, WhyDropped::PageTitle)]);
    }

    #[test]
    fn a_day_printed_twice() {
        let head = head("关于渡口的公告\n发布时间：2017-03-05　来源：江城日报　时间：2017年3月5日\n\n渡口停航。\n");
        assert_eq!(head.meta.date.as_deref(), Some("2017-03-05"));
        assert_eq!(head.meta.date_printed.as_deref(), Some("2017年3月5日"));
    }

    #[test]
    fn a_table_of_facts() {
        let head = head(
            "索 引 号：0001/2017-2\n发文机关：江城县人民政府\n成文日期：2017年8月1日\n标　　题：关于开放书库的通知\n发文字号：江政发[2017]3号\n主题词：图书 开放\n有效性：有效\n\n关于开放书库的通知\n\n各乡镇人民政府：\n",
        );
        let meta = &head.meta;
        assert_eq!(meta.title.as_deref(), Some("关于开放书库的通知"));
        assert_eq!(meta.issuer.as_deref(), Some("江城县人民政府"));
        assert_eq!(meta.created.as_deref(), Some("2017-08-01"));
        assert_eq!(meta.doc_number.as_deref(), Some("江政发〔2017〕3号"));
        assert_eq!(meta.index_number.as_deref(), Some("0001/2017-2"));
        assert_eq!(meta.subjects, ["图书", "开放"]);
        assert_eq!(meta.extra.get("有效性").map(String::as_str), Some("有效"));
        assert_eq!(dropped(&head), [(9, WhyDropped::RepeatedTitle)]);
    }

    #[test]
    fn titles_by_place() {
        let head_of = |text| head(text).meta.title;
        assert_eq!(
            head_of("江城县图书馆条例\n\n2020年5月1日 江城县通过\n\n第一章 总则\n").as_deref(),
            Some("江城县图书馆条例")
        );
        assert_eq!(
            head_of("江城县人民政府\n关于开放书库的通知\n\n各乡镇：\n").as_deref(),
            Some("江城县人民政府关于开放书库的通知")
        );
        assert_eq!(head_of("书库见闻\n\n林小雨\n\n书库在地下。\n").as_deref(), Some("书库见闻"));
        assert_eq!(head_of("书库见闻\n书库在地下。\n"), None, "nothing sets the line off");
        assert_eq!(head_of("一、时间\n\n二、地点\n"), None);
        assert_eq!(head_of("展览将延长一个月。\n二○一二年五月六日\n"), None);
    }

    #[test]
    fn byline_and_subtitle() {
        let head = head("书库见闻\n\n——在江城县的三天\n\n林小雨\n\n书库在地下。\n");
        assert_eq!(head.meta.subtitle.as_deref(), Some("——在江城县的三天"));
        assert_eq!(head.meta.authors[0].name, "林小雨");
        assert_eq!(head.taken.len(), 3);
    }
}
