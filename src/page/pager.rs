//! Long lists in pages.

use serde::Serialize;

/// Entries on one page.
pub const PER_PAGE: usize = 200;

/// Pages named on each side of the current one.
const AROUND: usize = 2;

/// Where a list goes on.
#[derive(Debug, Serialize)]
pub struct Pager {
    number: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
    pages: Vec<Page>,
}

#[derive(Debug, Serialize)]
struct Page {
    number: usize,
    url: String,
    current: bool,
}

/// How many pages a list of `length` entries takes; an empty list has one.
pub fn count(length: usize) -> usize {
    length.div_ceil(PER_PAGE).max(1)
}

/// The file of page `number` (from 1) of a list whose first page is `stem.html`.
pub fn file(stem: &str, number: usize) -> String {
    if number == 1 { format!("{stem}.html") } else { format!("{stem}.{number}.html") }
}

impl Pager {
    /// The pager of page `number` of `total`; none for a list on one page. `stem` is the file name without its ending.
    pub fn new(stem: &str, number: usize, total: usize) -> Option<Self> {
        if total < 2 {
            return None;
        }
        let mut pages: Vec<Page> = Vec::new();
        for page in 1..=total {
            let near = page.abs_diff(number) <= AROUND || page == 1 || page == total;
            if near {
                pages.push(Page { number: page, url: file(stem, page), current: page == number });
            } else if pages.last().is_some_and(|page| page.number != 0) {
                pages.push(Page { number: 0, url: String::new(), current: false });
            }
        }
        Some(Self {
            number,
            total,
            previous: (number > 1).then(|| file(stem, number - 1)),
            next: (number < total).then(|| file(stem, number + 1)),
            pages,
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
        assert!(Pager::new("index", 1, 1).is_none());
        assert_eq!((count(0), count(200), count(201)), (1, 1, 2));
    }
}
