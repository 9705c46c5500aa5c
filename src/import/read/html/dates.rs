//! The day on which a page was published, where no line of its head prints it under a label.
//!
//! What a page states for machines is trusted first. After it, and after the printed head, come elements that are made for
//! dates, and the address. The day of a change is never taken: it is not the day of publication. Each date carries the name
//! of what it was found in, which goes into the provenance.

use std::collections::{BTreeSet, HashSet};

use dom_query::{Document, NodeId, NodeRef};

use super::block::seen;
use super::day::{LINE, at_start, in_address, tells_change, tells_day, within};
use super::json::text_under;
use super::parts::words_of;
use crate::import::dropped::WhyDropped;
use crate::import::flow::{Dated, Piece};
use crate::import::meta::is_han_character;

/// How many pieces below and above the title may hold its day.
const BELOW: usize = 6;
const ABOVE: usize = 3;
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

#[cfg(test)]
mod tests {
    use super::*;

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
