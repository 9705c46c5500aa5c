//! The day on which a page was published, where no line of its head prints it under a label.
//!
//! What a page states for machines is trusted first. After it, and after the printed head, come elements that are made for
//! dates, and the address. The day of a change is never taken: it is not the day of publication. Each date carries the name
//! of what it was found in, which goes into the provenance.

use std::collections::{BTreeSet, HashSet};

use dom_query::{Document, NodeId, NodeRef};

use super::block::seen;
use super::json::text_under;
use super::parts::words_of;
use crate::import::dropped::WhyDropped;
use crate::import::flow::{Dated, Piece};
use crate::import::meta::is_han_character;
use crate::import::recognise::fold::fold;
use crate::record::printed_date;
use crate::record::western_date;

/// How many pieces below and above the title may hold its day, and how long they may be, in characters.
const BELOW: usize = 6;
const ABOVE: usize = 3;
const LINE: usize = 90;
/// Most letters of a date that stands alone: a day of the week, a month, a word for the hour.
const ALONE: usize = 24;
/// Longest text of an element made for a date, in bytes.
const LONGEST: usize = 600;

/// Names of `meta` elements that state the day, from the surest. They are compared in lower case, without `_`, `-`, `.`, `:`.
const NAMES: [&str; 40] = [
    "firstpublishedtime",
    "articlepublishedtime",
    "articlepublished",
    "datepublished",
    "ogpublishedtime",
    "ogarticlepublishedtime",
    "pubdate",
    "publishdate",
    "publisheddate",
    "publicationdate",
    "publishtime",
    "publishedtime",
    "publishedat",
    "publishedon",
    "articlepublicationdate",
    "datepublication",
    "originalpublicationdate",
    "dctermsissued",
    "dctermscreated",
    "dctermsdate",
    "dcdateissued",
    "dcdatecreated",
    "dcdatepublished",
    "dcdate",
    "dccreated",
    "dcissued",
    "citationpublicationdate",
    "citationdate",
    "citationonlinedate",
    "parselypubdate",
    "sailthrudate",
    "btpubdate",
    "rnewsdatepublished",
    "cxenseparserecspublishtime",
    "shareaholicarticlepublishedtime",
    "articlecreated",
    "datecreated",
    "articlecreateat",
    "releasedate",
    "date",
];

/// Words of a class or id that an element made for a date bears.
const WORDS: [&str; 15] = [
    "date",
    "datum",
    "dateline",
    "timestamp",
    "published",
    "publish",
    "pubtime",
    "pubdate",
    "posted",
    "postdate",
    "authored",
    "uploaded",
    "post-date",
    "entry-date",
    "datetime",
];

/// Properties of schema.org and Dublin Core that state the day of publication.
const PROPERTIES: [&str; 5] = ["datePublished", "datepublished", "dateCreated", "issued", "created"];

/// Keys of a page's own data, which its script makes the page of. Each states the day where the page has it once.
const KEYS: [&str; 6] =
    ["published_at", "publishedAt", "publishedDate", "published_date", "publishDate", "publicationDate"];

/// What a line says before the day, where it is the day of publication. Comments say it too, so the line has to begin with it.
const LABELS: [&str; 16] = [
    "datum",
    "date",
    "stand",
    "erstellt am",
    "erschienen am",
    "erscheinungsdatum",
    "veröffentlicht",
    "pressemitteilung vom",
    "meldung vom",
    "published",
    "posted",
    "publié",
    "mise en ligne",
    "pubblicato",
    "publicado",
    "geplaatst",
];

/// Words of a class or id that say less: the date has to stand alone, or be called one.
const WEAK_WORDS: [&str; 3] = ["time", "byline", "meta"];

/// Beginnings of words of a class or id around what belongs to another text, or to the page.
const ELSEWHERE: [&str; 19] = [
    "comment",
    "kommentar",
    "comentario",
    "disqus",
    "reply",
    "replies",
    "related",
    "recommend",
    "teaser",
    "sidebar",
    "popular",
    "trending",
    "ticker",
    "menu",
    "dropdown",
    "carousel",
    "slider",
    "page-footer",
    "site-footer",
];

/// Words that call a date the day of publication. Latin ones are whole words.
const CALLED: [&str; 24] = [
    "发布",
    "发表",
    "时间",
    "日期",
    "刊载",
    "published",
    "posted",
    "date",
    "on",
    "by",
    "written",
    "von",
    "vom",
    "am",
    "datum",
    "publié",
    "le",
    "par",
    "publicado",
    "el",
    "por",
    "pubblicato",
    "il",
    "geplaatst",
];

/// Words that call a date the day of a change.
const CHANGED: [&str; 13] = [
    "更新",
    "修改",
    "updated",
    "modified",
    "edited",
    "aktualisiert",
    "bearbeitet",
    "geändert",
    "modifié",
    "jour",
    "actualizado",
    "aggiornato",
    "mise",
];

/// The day that the page states for machines.
pub(super) fn stated(metas: &[(String, String)], document: &Document) -> Option<Dated> {
    let ranked = metas.iter().filter_map(|(name, content)| {
        let own: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let rank = NAMES.iter().position(|wanted| *wanted == own)?;
        Some((rank, Dated { date: at_start(content)?, from: format!("meta {name}") }))
    });
    if let Some((_, dated)) = ranked.min_by_key(|(rank, _)| *rank) {
        return Some(dated);
    }
    let scripts = document.select("script[type='application/ld+json']");
    scripts.nodes().iter().find_map(|script| {
        let text = script.text();
        let date = text_under(&text, "datePublished").and_then(|value| at_start(&value));
        Some(Dated { date: date?, from: "JSON-LD datePublished".to_string() })
    })
}

/// Days that a page tells where it does not state one for machines, the likeliest first.
pub(super) fn of_page(document: &Document, address: Option<&str>, pieces: &[Piece], title: Option<&str>) -> Vec<Dated> {
    let mut dates = likely(document, address);
    dates.extend(title.into_iter().flat_map(|title| beside_title(pieces, title)));
    if dates.is_empty() { told(document, pieces, title) } else { dates }
}

/// Days that other parts of the page tell, the likeliest first.
fn likely(document: &Document, address: Option<&str>) -> Vec<Dated> {
    let heads = document.select("h1");
    let title = heads.nodes().first();
    let mut found = Found {
        around_title: title.into_iter().flat_map(|head| head.ancestors(None)).map(|node| node.id).collect(),
        ..Found::default()
    };
    for node in document.body().iter().flat_map(seen) {
        if !found.is_elsewhere(&node) {
            found.look_at(&node);
        }
    }
    let address = address.and_then(in_address).map(|date| Dated { date, from: "address".to_string() });
    address.into_iter().chain(found.published).chain(found.times).chain(found.shown).collect()
}

/// Days in elements, in the order of the page.
#[derive(Default)]
struct Found {
    /// What the title stands in.
    around_title: HashSet<NodeId>,
    /// Parts of the page that are comments, other texts or the page's own.
    elsewhere: HashSet<NodeId>,
    /// Marked as the day of publication.
    published: Vec<Dated>,
    /// In an element for times.
    times: Vec<Dated>,
    /// In an element whose class speaks of dates.
    shown: Vec<Dated>,
}

impl Found {
    /// Whether an element belongs to a comment, another text or the page; those around it were asked before.
    fn is_elsewhere(&mut self, node: &NodeRef<'_>) -> bool {
        if self.around_title.contains(&node.id) || node.has_name("body") {
            return false;
        }
        let says = || {
            let names = format!("{} {}", node.attr_or("class", ""), node.attr_or("id", ""));
            node.has_name("nav")
                || words_of(&names).any(|word| ELSEWHERE.iter().any(|beginning| word.starts_with(beginning)))
        };
        let is_elsewhere =
            node.parent().is_some_and(|parent| self.elsewhere.contains(&parent.id)) || (node.is_element() && says());
        if is_elsewhere {
            self.elsewhere.insert(node.id);
        }
        is_elsewhere
    }

    fn look_at(&mut self, node: &NodeRef<'_>) {
        let Some(element) = node.element_ref() else { return };
        let attribute = |name: &str| element.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.to_string());
        let is_time = matches!(&*element.name.local, "time" | "abbr");
        let states = |prop: String| PROPERTIES.contains(&prop.rsplit(':').next().unwrap_or_default());
        let published = attribute("itemprop").is_some_and(states) || attribute("property").is_some_and(states);
        let names = attribute("class").into_iter().chain(attribute("id")).collect::<Vec<_>>().join(" ");
        let bears = |wanted: &[&str]| words_of(&names).any(|word| wanted.contains(&word.as_str()));
        // Words are put together in German: Artikeldatum.
        let compound = || words_of(&names).any(|word| word.ends_with("datum"));
        let (strong, weak) = (bears(&WORDS) || compound(), bears(&WEAK_WORDS));
        if !(is_time || published || strong || weak) {
            return;
        }
        let changed = (names.contains("updated") || names.contains("modified")) && !names.contains("published");
        let text = short_text(node).filter(|text| !tells_change(text));
        if is_time || published {
            let value = attribute("datetime").or_else(|| attribute("content")).or_else(|| attribute("title"));
            let date = value.as_deref().and_then(at_start).or_else(|| within(text.as_deref()?));
            let Some(date) = date.filter(|_| published || (!changed && text.is_some())) else { return };
            let dated = Dated { date, from: format!("element {}", element.name.local) };
            let is_sure = published || attribute("pubdate").is_some();
            if is_sure { self.published.push(dated) } else { self.times.push(dated) }
        } else if let Some(text) = text.filter(|text| !changed && (strong || tells_day(text)))
            && let Some(date) = within(&text).or_else(|| short_year(&text).filter(|_| strong))
        {
            self.shown.push(Dated { date, from: format!("element of class {names}") });
        }
    }
}

/// Whether a line is a western day and little more: `Montag, 3. Juni 2019, 08:00 Uhr`.
pub(super) fn is_day_alone(text: &str) -> bool {
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let western = !text.chars().any(is_han_character);
    western
        && letters <= ALONE
        && text.chars().nth(LINE).is_none()
        && within(text).is_some()
        && !text.trim_end().ends_with('.')
}

/// Whether a text calls its date the day of a change, and none the day of publication.
fn tells_change(text: &str) -> bool {
    calls(text, &CHANGED) && !calls(text, &CALLED)
}

/// Whether a line calls its date the day of publication, or a part of it is a date and little more. A sentence may speak of
/// any day.
fn tells_day(text: &str) -> bool {
    let text = text.trim();
    if text.ends_with(['.', '。', '!', '！', '?', '？']) || tells_change(text) {
        return false;
    }
    let is_alone = |part: &str| {
        let letters = part.chars().filter(|character| character.is_alphabetic()).count();
        letters <= ALONE && within(part).is_some()
    };
    calls(text, &CALLED) || text.split(['|', '·', '•', '/', '\u{3000}', '\n']).any(is_alone)
}

/// Whether a text has one of these words.
fn calls(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    let latin = || text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.iter().any(|word| match word.chars().all(is_han_character) {
        true => text.contains(word),
        false => latin().any(|own| own == *word),
    })
}

/// The text of an element that is made for a date; none of one that holds more.
fn short_text(node: &NodeRef<'_>) -> Option<String> {
    let mut text = String::new();
    for inner in seen(node).filter(NodeRef::is_text) {
        text.push_str(&inner.text());
        if text.len() > LONGEST {
            return None;
        }
    }
    Some(text)
}

/// Days in short lines around the title, which pages print without a label: `3 June 2019 | Harbour office`.
fn beside_title(pieces: &[Piece], title: &str) -> Vec<Dated> {
    let Some(at) =
        pieces.iter().position(|piece| piece.outside != Some(WhyDropped::PageTitle) && piece.text.trim() == title)
    else {
        return Vec::new();
    };
    let below = pieces.iter().skip(at + 1).take(BELOW);
    let above = pieces.iter().take(at).rev().take(ABOVE);
    let short = below.chain(above).filter(|piece| piece.text.chars().nth(LINE).is_none() && tells_day(&piece.text));
    short.filter_map(|piece| Some(Dated { date: within(&piece.text)?, from: "beside the title".to_string() })).collect()
}

/// Days that the page tells where no element, meta or line beside the title does: under a label, at the head of the first sentences,
/// in front of its name, in the data of its script.
fn told(document: &Document, pieces: &[Piece], title: Option<&str>) -> Vec<Dated> {
    let dated = |date: Option<String>, from: &str| date.map(|date| Dated { date, from: from.to_string() });
    let own: Vec<&str> = pieces.iter().filter(|piece| piece.outside.is_none()).map(|piece| piece.text.trim()).collect();
    let below = title.and_then(|title| own.iter().position(|text| *text == title)).map_or(0, |at| at + 1);
    let labelled = own.iter().find_map(|text| under_label(text));
    let begins = own.iter().skip(below).take(BELOW).find_map(|text| dateline(text));
    let name = document.select("head title").nodes().first().and_then(|node| dateline(node.text().trim()));
    let found = [
        dated(labelled, "line"),
        dated(begins, "beginning of the text"),
        dated(name, "title"),
        dated(in_data(document), "script"),
    ];
    found.into_iter().flatten().collect()
}

/// `Datum: 26. Januar 2022`
fn under_label(text: &str) -> Option<String> {
    if text.chars().nth(LINE).is_some() || text.chars().any(is_han_character) {
        return None;
    }
    let lower = text.to_lowercase();
    let rest = LABELS.iter().find_map(|label| lower.strip_prefix(label))?;
    let stops = rest.starts_with(|letter: char| !letter.is_alphanumeric());
    within(rest).filter(|_| stops && !tells_change(rest))
}

/// `29.11.2022 – The ferry …`: a day in figures, and a mark or a quotation behind it.
fn dateline(text: &str) -> Option<String> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | '-' | '/'))?;
    let behind = text.get(end..)?.trim_start();
    let marked = behind.starts_with(['–', '—', '-', '|', ':', '„', '“', '"', '«', '»']);
    within(text.get(..end)?.trim_end_matches(['.', '-'])).filter(|_| marked && (8..=10).contains(&end))
}

/// `23.09.22`, alone: pages are younger than the century.
fn short_year(text: &str) -> Option<String> {
    let mut parts = text.trim().split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_figure = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = [day, month, year].into_iter().all(is_figure) && year.len() == 2 && parts.next().is_none();
    is_day.then(|| within(&format!("{day}.{month}.20{year}"))).flatten()
}

/// The day that a page's data state, where they state one.
fn in_data(document: &Document) -> Option<String> {
    let mut days = BTreeSet::new();
    for script in document.select("script:not([src])").nodes() {
        let text = script.text();
        // Data within a text of data are written with backslashes.
        let plain = text.replace("\\\"", "\"");
        for key in KEYS.iter().filter(|key| plain.contains(*key)) {
            for (at, _) in plain.match_indices(&format!("\"{key}\"")) {
                let value = plain.get(at + key.len() + 2..).unwrap_or_default().trim_start_matches([':', ' ', '"']);
                days.extend(value.get(..10).and_then(at_start));
            }
        }
    }
    if days.len() == 1 { days.pop_first() } else { None }
}

/// A whole day at the start of a value: `2019-06-01T08:00:00+08:00`, `20190601`, `Sat, 01 Jun 2019 08:00`.
fn at_start(value: &str) -> Option<String> {
    let folded = fold(value.trim()).text;
    let date = printed_date::read(&folded).map(|date| date.edtf).filter(|date| date.len() >= 7);
    date.or_else(|| digits(&folded)).or_else(|| western_date::find(&folded))
}

/// `20190601`, alone or with a time behind it.
fn digits(text: &str) -> Option<String> {
    let run: String = text.chars().take_while(char::is_ascii_digit).collect();
    if !matches!(run.len(), 8 | 14) {
        return None;
    }
    let day = format!("{}-{}-{}", run.get(..4)?, run.get(4..6)?, run.get(6..8)?);
    printed_date::read(&day).map(|date| date.edtf).filter(|day| plausible(day))
}

/// A whole day anywhere in a text.
fn within(text: &str) -> Option<String> {
    let folded = fold(text).text;
    let starts = folded.char_indices().filter(|(at, character)| {
        character.is_ascii_digit()
            && !folded.get(..*at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
    });
    let mut dates = starts.filter_map(|(at, _)| printed_date::read(folded.get(at..)?));
    let date = dates.find(|date| date.edtf.len() == 10).map(|date| date.edtf);
    date.or_else(|| western_date::find(&folded)).filter(|day| plausible(day))
}

/// A whole day in an address: `/2019/06/01/`, `/2019-06/01/`, `/201906/t20190601_7.html`, `/20190601/`.
pub(crate) fn in_address(address: &str) -> Option<String> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split_once('/')?.1.split(['?', '#']).next()?;
    let runs: Vec<(usize, &str)> = path
        .split(|character: char| !character.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .map(|run| (run.as_ptr() as usize - path.as_ptr() as usize, run))
        .collect();
    let day = |year: &str, month: &str, day: &str| {
        let day = format!("{year}-{month}-{day}");
        printed_date::read(&day).map(|date| date.edtf).filter(|day| plausible(day))
    };
    let touch = |a: &(usize, &str), b: &(usize, &str)| a.0 + a.1.len() + 1 == b.0;
    for (nth, run) in runs.iter().enumerate() {
        let (second, third) = (runs.get(nth + 1), runs.get(nth + 2));
        let found = match (run.1.len(), second, third) {
            (8, _, _) => day(&run.1[..4], &run.1[4..6], &run.1[6..]),
            (6, Some(next), _) if touch(run, next) && next.1.len() == 2 => day(&run.1[..4], &run.1[4..], next.1),
            (4, Some(next), _) if touch(run, next) && next.1.len() == 4 => day(run.1, &next.1[..2], &next.1[2..]),
            (4, Some(next), Some(last))
                if touch(run, next) && touch(next, last) && next.1.len() <= 2 && last.1.len() <= 2 =>
            {
                day(run.1, next.1, last.1)
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// A page of the web is younger than the web.
fn plausible(day: &str) -> bool {
    ("1990".."2100").contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        for (address, day) in [
            ("https://a.example/2019/06/01/ferry.html", Some("2019-06-01")),
            ("https://a.example/news/2019-6/1/c_77.htm", Some("2019-06-01")),
            ("https://a.example/zw/201906/t20190601_1234567.html", Some("2019-06-01")),
            ("https://a.example/n1/2019/0601/c1001-31.html", Some("2019-06-01")),
            ("https://a.example/201906/01/x.html", Some("2019-06-01")),
            ("https://a.example/item/20191301", None),
            ("https://a.example/item/12345678", None),
            ("https://20190601.example/", None),
            ("https://a.example/2019/", None),
        ] {
            assert_eq!(in_address(address).as_deref(), day, "{address}");
        }
    }

    #[test]
    fn days_that_the_text_tells() {
        for (text, day) in [
            ("Datum: 26. Januar 2022", Some("2022-01-26")),
            ("Stand - 12.11.2021", Some("2021-11-12")),
            ("Erstellt am: 01.11.2023", Some("2023-11-01")),
            ("Mise en ligne : 23 mai 2019", Some("2019-05-23")),
            ("Standing still since 12.11.2021", None),
            ("Aktualisiert: 30.12.2016", None),
        ] {
            assert_eq!(under_label(text).as_deref(), day, "{text}");
        }
        for (text, day) in [
            ("29.11.2022 – The ferry is late.", Some("2022-11-29")),
            ("2021-10-16 | Message", Some("2021-10-16")),
            ("27.1.2022 - The ferry", Some("2022-01-27")),
            ("29.11.2022 was a day", None),
            ("1234567890 – number", None),
        ] {
            assert_eq!(dateline(text).as_deref(), day, "{text}");
        }
        assert_eq!(short_year(" 23.09.22 ").as_deref(), Some("2022-09-23"));
        assert_eq!(short_year("1.2.22 kg"), None);
        let data = |text: &str| in_data(&Document::from(format!("<body><script>{text}</script>")));
        assert_eq!(data("x = {\"published_at\":\"2019-03-02T06:22:28\"}").as_deref(), Some("2019-03-02"));
        assert_eq!(data("x = \"{\\\"publishedDate\\\":\\\"2016-11-04\\\"}\"").as_deref(), Some("2016-11-04"));
        assert_eq!(data("x = [{\"publishedAt\":\"2019-03-02\"},{\"publishedAt\":\"2019-03-03\"}]"), None);
    }

    #[test]
    fn days_of_other_texts_are_none() {
        for part in [
            "<ol class=comment-list><li><time datetime=2020-01-01>x</time></ol>",
            "<div class=sidebar><p class=date>2020-01-01</p></div>",
            "<div class=related><time itemprop=datePublished datetime=2020-01-01>x</time></div>",
            "<nav><time datetime=2020-01-01>x</time></nav>",
            "<p class=date>更新：2020-01-01</p>",
            "<time class=dt-modified datetime=2020-01-01>x</time>",
            "<p class=meta>Anna left the harbour in a storm, 2020-01-01, and her boat was found.</p>",
        ] {
            let found = likely(&Document::from(format!("<body><h1>Ferry</h1>{part}</body>")), None);
            assert!(found.is_empty(), "{part}: {found:?}");
        }
        let around = "<body><div class=with-sidebar><h1>Ferry</h1><time datetime=2019-06-01>x</time></div></body>";
        assert_eq!(likely(&Document::from(around), None).len(), 1, "what the title stands in is the text");
        let two = "<body><i itemprop=datePublished content=2019-06-01>x</i><time pubdate datetime=2020-01-01>x</time>";
        assert_eq!(likely(&Document::from(two), None)[0].date, "2019-06-01", "the first is the page's");
    }

    #[test]
    fn lines_that_tell_a_day() {
        for line in
            ["3 June 2019", "Montag, 3. Juni 2019, 08:00 Uhr", "3 June 2019 | Harbour office of the town of Jiang"]
        {
            assert!(tells_day(line), "{line}");
        }
        for line in [
            "Posted by a man of the harbour office at the river mouth on 3 June 2019",
            "发布时间：2019-06-03 来源：某局",
        ] {
            assert!(tells_day(line), "{line}");
        }
        for line in [
            "He was born on 3 June 2019.",
            "Updated 3 June 2019",
            "更新于2019-06-03",
            "The storm of 3 June 2019 closed the ferry",
        ] {
            assert!(!tells_day(line), "{line}");
        }
    }

    #[test]
    fn days_in_elements() {
        let html =
            "<body><p class=post_date>Posted 3 June 2019</p><time class=updated datetime=2020-01-01>x</time></body>";
        let found = likely(&Document::from(html), Some("https://a.example/20190601/"));
        assert_eq!(found.iter().map(|found| found.date.as_str()).collect::<Vec<_>>(), ["2019-06-01", "2019-06-03"]);
        for (value, day) in [
            ("20190601083000", "2019-06-01"),
            ("2019-06-01T08:00:00+08:00", "2019-06-01"),
            ("Sat, 01 Jun 2019", "2019-06-01"),
        ] {
            assert_eq!(at_start(value).as_deref(), Some(day), "{value}");
        }
    }
}
