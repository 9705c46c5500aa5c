//! Long lists in pages.

use serde::Serialize;

/// Entries on one page.
pub(crate) const PER_PAGE: usize = 200;

/// Pages named on each side of the current one.
const AROUND: usize = 2;

/// Pages that are all named; of more, those in between are left out.
const NAMED: usize = 12;

/// Where a list goes on.
#[derive(Debug, Serialize)]
pub(crate) struct Pager {
    number: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
    pages: Vec<PagerLink>,
    /// All pages, on the first of more than [`NAMED`]: so that every page is two steps from the first.
    all: Vec<PagerLink>,
}

#[derive(Debug, Serialize)]
struct PagerLink {
    number: usize,
    url: String,
    current: bool,
}

/// How many pages a list of `length` entries takes; an empty list has one.
pub(crate) fn count(length: usize) -> usize {
    length.div_ceil(PER_PAGE).max(1)
}

/// What stands on a page, counted from 0, of a list.
pub(crate) fn part<T>(list: &[T], page: usize) -> &[T] {
    let start = list.len().min(page * PER_PAGE);
    &list[start..list.len().min(start + PER_PAGE)]
}

/// The file of page `number` (from 1) of a list whose first page is `stem.html`.
pub(crate) fn file(stem: &str, number: usize) -> String {
    if number == 1 { format!("{stem}.html") } else { format!("{stem}.{number}.html") }
}

impl Pager {
    /// The pager of page `number` of `total`; none for a list on one page. `stem` is the file name without its ending.
    pub(crate) fn new(stem: &str, number: usize, total: usize) -> Option<Self> {
        if total < 2 {
            return None;
        }
        let mut pages: Vec<PagerLink> = Vec::new();
        let link = |page: usize| PagerLink { number: page, url: file(stem, page), current: page == number };
        for page in 1..=total {
            let near = total <= NAMED || page.abs_diff(number) <= AROUND || page == 1 || page == total;
            if near {
                pages.push(link(page));
            } else if pages.last().is_some_and(|page| page.number != 0) {
                pages.push(PagerLink { number: 0, url: String::new(), current: false });
            }
        }
        Some(Self {
            number,
            total,
            previous: (number > 1).then(|| file(stem, number - 1)),
            next: (number < total).then(|| file(stem, number + 1)),
            pages,
            all: if number == 1 && total > NAMED { (1..=total).map(link).collect() } else { Vec::new() },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_stand_for_pages_that_are_not_named() {
        let pager = Pager::new("index", 6, 20).expect("more than one page");
        let numbers: Vec<_> = pager.pages.iter().map(|page| page.number).collect();
        assert_eq!(numbers, [1, 0, 4, 5, 6, 7, 8, 0, 20]);
        assert_eq!(pager.previous.as_deref(), Some("index.5.html"));
        assert!(pager.all.is_empty());
        let first = Pager::new("index", 1, 20).expect("more than one page");
        assert_eq!((first.pages.len(), first.all.len()), (5, 20));
        assert_eq!(Pager::new("index", 1, 12).expect("more than one page").pages.len(), 12);
        assert!(Pager::new("index", 1, 1).is_none());
        assert_eq!((count(0), count(200), count(201)), (1, 1, 2));
    }
}
