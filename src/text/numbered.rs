//! The numbers of lists, as they are written.
//!
//! CommonMark takes the first number of a list and counts on by itself. Items of an archive are cited by their numbers, and a
//! gap or a new beginning means something: 1 2 4 is a list whose third item was taken out. So an item that does not have
//! the next number begins a list that has it. Who writes `1.` for every item leaves the counting to Markdown.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// A list that is open.
struct List {
    first: u64,
    /// The places and numbers of its items; none where it has bullets.
    items: Option<Vec<(usize, u64)>>,
}

/// The items that do not have the number to which their list leads, by their places in the file.
pub(crate) fn jumps(text: &str, events: &[(Event<'_>, Range<usize>)]) -> BTreeMap<usize, u64> {
    let mut jumps = BTreeMap::new();
    let mut open: Vec<List> = Vec::new();
    for (event, span) in events {
        match event {
            Event::Start(Tag::List(first)) => {
                open.push(List { first: first.unwrap_or_default(), items: first.map(|_| Vec::new()) });
            }
            Event::Start(Tag::Item) => {
                if let Some(items) = open.last_mut().and_then(|list| list.items.as_mut())
                    && let Some(number) = text.get(span.clone()).and_then(written)
                {
                    items.push((span.start, number));
                }
            }
            Event::End(TagEnd::List(_)) => jumps.extend(open.pop().into_iter().flat_map(of_list)),
            _ => {}
        }
    }
    jumps
}

fn of_list(list: List) -> Vec<(usize, u64)> {
    let items = list.items.unwrap_or_default();
    if items.iter().all(|(_, number)| *number == list.first) {
        return Vec::new();
    }
    let mut next = list.first;
    items
        .into_iter()
        .filter(|(_, number)| {
            let jumps = *number != next;
            next = number.saturating_add(1);
            jumps
        })
        .collect()
}

/// The number that an item begins with.
fn written(item: &str) -> Option<u64> {
    let item = item.trim_start();
    let length = item.bytes().take_while(u8::is_ascii_digit).count();
    item.get(length..)?.starts_with(['.', ')']).then(|| item[..length].parse().ok())?
}
