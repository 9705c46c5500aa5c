//! The heading levels of a text: which ones it uses, and whether the first heading is its title.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

/// Which heading levels a document uses, so that they become 1, 2, 3 … without gaps.
pub(super) struct Levels {
    used: Vec<HeadingLevel>,
    /// The first heading repeats the record's title and is left out.
    pub(super) title_repeated: bool,
}

impl Levels {
    pub(super) fn of(events: &[(Event<'_>, Range<usize>)], title: &str) -> Self {
        let mut depth = 0;
        let mut used = Vec::new();
        for (event, _) in events {
            match event {
                Event::Start(tag) => {
                    if let Tag::Heading { level, .. } = tag
                        && depth == 0
                    {
                        used.push(*level);
                    }
                    depth += 1;
                }
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        let lone_first = used.first().is_some_and(|first| used.iter().filter(|level| *level <= first).count() == 1);
        let title_repeated = lone_first && first_heading(events).is_some_and(|text| text.trim() == title);
        if title_repeated {
            used.remove(0);
        }
        used.sort_unstable();
        used.dedup();
        Self { used, title_repeated }
    }

    pub(super) fn rank(&self, level: HeadingLevel) -> u8 {
        // There are six heading levels in Markdown, so the position fits.
        1 + self.used.iter().position(|used| *used == level).unwrap_or(0) as u8
    }
}

/// The text of a heading that opens the document.
fn first_heading(events: &[(Event<'_>, Range<usize>)]) -> Option<String> {
    let mut events = events.iter().map(|(event, _)| event);
    matches!(events.next(), Some(Event::Start(Tag::Heading { .. }))).then(|| {
        events
            .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))))
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect()
    })
}
