//! Which part of a page is its text, and what within it is none.
//!
//! The names that publishing systems give to the text come first, since they are never wrong ([`super::parts`]). Then come
//! names that many sites share, where what they name holds the better part of the page's prose, or where nothing beside it
//! is as long: a short notice beside a long list of news. Where no name tells, the text is the smallest element that holds
//! nearly all prose. Prose is what stands in sentences and in no link; menus and lists of news have none.
//!
//! Within the text, what is named as furniture and what is a list of links is left out too. A page that is all text, as
//! documentation and old pages are, is taken whole. (A readability algorithm, dom_smoothie, was asked before: it passes over
//! paragraphs that score low, so that what it chose had to be found again in the page.)

use std::collections::{BTreeMap, BTreeSet};

use dom_query::{Document, NodeId, NodeRef};

use super::block::{is_block, seen};
use super::parts::{Names, PageParts, Says};
use super::shared::Shared;

/// Least text of the element that holds an article, in characters.
const LEAST: usize = 40;
/// Least text of it where a name that many use is borne by nothing else on the page.
const LEAST_ALONE: usize = 20;
/// Fewest characters of a block that may be prose.
const PROSE: usize = 20;
/// From how many characters on a block with a notice of rights is more than that.
const NOTICE: usize = 300;
/// Least prose that is left out where the names may be wrong, in characters.
const DOUBT: usize = 200;
/// Fewest links of a list of links.
const LINKS: usize = 3;
/// Fewest of one that many pages share.
const SHARED_LINKS: usize = 2;

/// The parts of a page.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The element that holds the text; `None` when it is the whole page.
    pub(super) main: Option<NodeId>,
    /// Elements that are no part of it, though they stand in it.
    pub(super) left_out: BTreeSet<NodeId>,
    /// Those of them that stand on many pages around it.
    pub(super) shared: BTreeSet<NodeId>,
    /// Elements that hold the words below a picture.
    pub(super) captions: BTreeSet<NodeId>,
    /// Characters of prose in the element that names tell, and in the one that density tells, where they disagree greatly.
    pub(super) doubt: Option<(usize, usize)>,
}

/// Finds them.
pub(super) fn find(document: &Document, parts: &PageParts, shared: Option<&Shared>) -> Part {
    let Some(body) = document.body() else { return Part::default() };
    let page = Weighed::page(&body, parts, shared);
    let (named, densest) = (page.named(), page.smallest());
    let doubt = page.doubt(named, densest);
    let main = named.or(densest);
    let main = main.map(|main| page.with_lead(main));
    let left_out = page.left_out(main.unwrap_or(0));
    let captions = page.cells.iter().filter(|cell| cell.says == Some(Says::Caption)).map(|cell| cell.id).collect();
    let shared = page.cells.iter().filter(|cell| cell.is_shared && cell.says == Some(Says::Furniture));
    let shared = shared.map(|cell| cell.id).collect();
    let main = main.filter(|main| *main > 0).and_then(|main| page.cells.get(main)).map(|cell| cell.id);
    Part { main, left_out, shared, captions, doubt }
}

/// What an element is, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Article,
    /// It may hold all of a text: body, main.
    Whole,
    /// The heading of the first level.
    Title,
    /// A heading below it.
    Heading,
    /// It may be a list of links.
    List,
    Paragraph,
    Block,
    Line,
}

impl Element {
    fn of(name: &str) -> Self {
        match name {
            "article" => Self::Article,
            "body" | "main" => Self::Whole,
            "h1" => Self::Title,
            "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "div" | "ul" | "ol" | "dl" | "section" | "aside" | "table" | "form" => Self::List,
            "p" => Self::Paragraph,
            _ if is_block(name) => Self::Block,
            _ => Self::Line,
        }
    }
}

/// An element, and how much text is in it.
#[derive(Debug, Clone, Copy)]
struct Cell {
    id: NodeId,
    element: Element,
    parent: usize,
    /// The next element that does not stand in it.
    end: usize,
    says: Option<Says>,
    /// Characters outside links, and in them.
    plain: usize,
    linked: usize,
    /// Links that lead to other pages.
    links: usize,
    /// Characters that stand on many pages around it too.
    shared: usize,
    /// All of it does, and it is no text.
    is_shared: bool,
    /// Marks of sentences outside links.
    stops: usize,
    /// Characters in sentences.
    prose: usize,
    /// The longest of its blocks.
    longest: usize,
    /// The block that its characters belong to.
    block: usize,
    in_link: bool,
}

/// All elements of a page's body, in their order.
struct Weighed {
    cells: Vec<Cell>,
}

/// What a block of text holds by itself.
#[derive(Default, Clone, Copy)]
struct Own {
    plain: usize,
    stops: usize,
    /// A notice of rights or a licence number, which the page has and the text has not.
    is_rights: bool,
}

impl Weighed {
    fn page(body: &NodeRef<'_>, parts: &PageParts, shared: Option<&Shared>) -> Self {
        let mut names = Names::default();
        let mut cells: Vec<Cell> = vec![Cell::new(body, 0, None)];
        let mut own: BTreeMap<usize, Own> = BTreeMap::new();
        let mut above: Vec<usize> = vec![0];
        for node in seen(body) {
            let parent = node.parent().map(|parent| parent.id);
            while above.len() > 1 && above.last().and_then(|at| cells.get(*at)).map(|cell| cell.id) != parent {
                if let Some(left) = above.pop() {
                    let end = cells.len();
                    cells[left].end = end;
                }
            }
            let at = above.last().copied().unwrap_or(0);
            if node.is_text() {
                let text = node.text();
                let is_shared = shared.is_some_and(|shared| shared.has(&text));
                cells[at].characters(&text, is_shared, &mut own);
            } else if node.is_element() {
                let mut cell = Cell::new(&node, at, Some(&cells[at]));
                cell.says = parts.say(&node, &mut names);
                if cell.block == usize::MAX {
                    cell.block = cells.len();
                }
                above.push(cells.len());
                cells.push(cell);
            }
        }
        let end = cells.len();
        above.iter().for_each(|at| cells[*at].end = end);
        for (block, own) in own {
            let is_notice = own.is_rights && own.plain < NOTICE;
            let is_prose = own.plain >= PROSE && own.stops > 0 && !is_notice;
            cells[block].prose = if is_prose { own.plain } else { 0 };
            cells[block].longest = own.plain;
        }
        for at in (1..cells.len()).rev() {
            let Cell { parent, plain, linked, links, prose, longest, shared, stops, .. } = cells[at];
            let above = &mut cells[parent];
            above.plain += plain;
            above.linked += linked;
            above.links += links;
            above.shared += shared;
            above.stops += stops;
            above.prose += prose;
            above.longest = above.longest.max(longest);
        }
        let mut page = Self { cells };
        page.leave_out_shared();
        page.trust_prose();
        page
    }

    /// Several links that many pages share, with the words between them, are no text. One link alone may be the office that
    /// signs, a heading or a law.
    fn leave_out_shared(&mut self) {
        for cell in self.cells.iter_mut().skip(1) {
            let all = cell.plain + cell.linked;
            let holds_blocks =
                !matches!(cell.element, Element::Line | Element::Title | Element::Heading | Element::Paragraph);
            cell.is_shared = holds_blocks
                && cell.shared == all
                && cell.links >= SHARED_LINKS
                && cell.linked * 10 >= all * if cell.stops == 0 { 7 } else { 8 };
            if cell.is_shared && cell.says.is_none() {
                cell.says = Some(Says::Furniture);
            }
        }
    }

    /// What holds most of the page's prose is no furniture, whatever its names say: `body.has-sidebar`. Nor is what holds an
    /// element that is named as the text, or the only article of the page.
    fn trust_prose(&mut self) {
        let Some(Cell { prose, plain, .. }) = self.cells.first().copied() else { return };
        let is_article = |cell: &Cell| cell.element == Element::Article && cell.prose >= LEAST;
        let alone = self.cells.iter().filter(|cell| is_article(cell)).count() == 1;
        let named = |cell: &Cell| cell.says == Some(Says::Text) && cell.plain >= LEAST;
        let texts: Vec<usize> = (0..self.cells.len())
            .filter(|at| named(&self.cells[*at]) || (alone && is_article(&self.cells[*at])))
            .collect();
        for (at, cell) in self.cells.iter_mut().enumerate() {
            let most = if prose >= LEAST { cell.prose * 5 > prose * 2 } else { cell.plain * 5 > plain * 2 };
            let whole = matches!(cell.element, Element::Whole | Element::Article | Element::Title);
            let first = texts.partition_point(|text| *text < at);
            let holds = texts.get(first).is_some_and(|text| *text < cell.end);
            if cell.says == Some(Says::Furniture) && (most || whole || holds) {
                cell.says = None;
            }
        }
    }

    /// The prose of an element that no furniture holds.
    fn true_prose(&self, root: usize) -> usize {
        let Some(end) = self.cells.get(root).map(|cell| cell.end) else { return 0 };
        let mut prose = self.cells[root].prose;
        let mut at = root + 1;
        while at < end {
            let cell = &self.cells[at];
            if cell.says == Some(Says::Furniture) {
                prose -= cell.prose.min(prose);
                at = cell.end;
            } else {
                at += 1;
            }
        }
        prose
    }

    fn is_within_furniture(&self, at: usize) -> bool {
        let mut at = at;
        while at > 0 {
            let cell = &self.cells[at];
            if cell.says == Some(Says::Furniture) {
                return true;
            }
            at = cell.parent;
        }
        false
    }

    /// The element that bears a name of texts.
    fn named(&self) -> Option<usize> {
        let free = |at: &usize| !self.is_within_furniture(*at);
        let sure = (1..self.cells.len()).filter(|at| self.cells[*at].says == Some(Says::Text)).filter(free);
        if let Some(found) = sure.filter(|at| self.cells[*at].plain >= LEAST).max_by_key(|at| self.size(*at)) {
            return Some(found);
        }
        let mut ranks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 1..self.cells.len() {
            if let Some(Says::Perhaps(rank)) = self.cells[at].says
                && free(&at)
            {
                ranks.entry(rank).or_default().push(at);
            }
        }
        let prose = self.true_prose(0);
        ranks.values().find_map(|bearers| {
            let best = bearers.iter().copied().max_by_key(|at| self.size(*at))?;
            let own = self.true_prose(best);
            // A name that only one element of the page bears says more than one of many.
            let share = if bearers.len() == 1 { 4 } else { 2 };
            let most = self.cells[best].plain >= LEAST && own * share >= prose && own > 0;
            (most || self.stands_alone(best, bearers)).then_some(best)
        })
    }

    /// How much prose two elements hold that each may be the main part, where one has less than two fifths of the other's. A page
    /// that holds its text twice, for the screen and for print, leaves half of it out.
    fn doubt(&self, named: Option<usize>, densest: Option<usize>) -> Option<(usize, usize)> {
        let (own, other) = (self.true_prose(named?), self.true_prose(densest.unwrap_or(0)));
        (own * 5 < other * 2 && other - own >= DOUBT).then_some((own, other))
    }

    fn size(&self, at: usize) -> (usize, usize) {
        (self.true_prose(at), self.cells[at].plain)
    }

    /// Whether an element is the only one of its name, and nothing beside it has a paragraph as long as all of it.
    fn stands_alone(&self, at: usize, bearers: &[usize]) -> bool {
        let cell = &self.cells[at];
        if bearers.len() > 1 || cell.plain < LEAST_ALONE || cell.linked > cell.plain {
            return false;
        }
        let titles = self.cells.iter().enumerate().filter(|(_, cell)| cell.element == Element::Title).map(|(at, _)| at);
        if cell.prose >= LEAST
            && titles.clone().count() == 1
            && titles.clone().all(|title| title > at && title < cell.end)
        {
            return true;
        }
        let beside = self.cells.iter().enumerate().filter(|(other, _)| *other < at || *other >= cell.end);
        let longest = beside.filter(|(_, other)| other.block_alone()).map(|(_, other)| other.longest).max();
        cell.plain > longest.unwrap_or(0)
    }

    /// The smallest element that holds nearly all prose; `None` where the page is all text.
    fn smallest(&self) -> Option<usize> {
        let body = self.cells.first()?;
        if body.linked * 4 <= body.plain + body.linked || body.prose < LEAST {
            return None;
        }
        let all = self.true_prose(0);
        let mut found = 0;
        loop {
            let children = (found + 1..self.cells[found].end).filter(|at| self.cells[*at].parent == found);
            let inner = children
                .filter(|at| self.cells[*at].says != Some(Says::Furniture))
                .find(|at| self.true_prose(*at) * 20 >= all * 17);
            match inner.filter(|at| !matches!(self.cells[*at].element, Element::Paragraph | Element::Line)) {
                Some(inner) => found = inner,
                None => return (found > 0).then_some(found),
            }
        }
    }

    /// The article that an element of texts stands in, where it adds no more than a lead.
    fn with_lead(&self, main: usize) -> usize {
        let mut at = main;
        while at > 0 {
            at = self.cells[at].parent;
            let cell = &self.cells[at];
            if cell.element == Element::Article && cell.says != Some(Says::Furniture) {
                let adds_little = self.true_prose(at) * 4 <= self.true_prose(main) * 5;
                return if adds_little { at } else { main };
            }
        }
        main
    }

    /// Headings directly above what is left out, with nothing else below them.
    fn empty_headings(&self, main: usize, left_out: &mut BTreeSet<NodeId>) {
        let Some(all) = self.cells.get(main) else { return };
        let siblings = |at: usize| {
            let parent = self.cells[at].parent;
            let mut next = self.cells[at].end;
            std::iter::from_fn(move || {
                let found = next;
                let cell = self.cells.get(found).filter(|cell| cell.parent == parent)?;
                next = cell.end;
                Some(*cell)
            })
        };
        let mut found = Vec::new();
        for at in main + 1..all.end {
            if self.cells[at].element != Element::Heading {
                continue;
            }
            let below: Vec<Cell> = siblings(at).take_while(|cell| cell.element != Element::Heading).collect();
            let gone = |cell: &Cell| left_out.contains(&cell.id);
            if below.iter().any(gone) && below.iter().all(|cell| gone(cell) || cell.plain + cell.linked == 0) {
                found.push(self.cells[at].id);
            }
        }
        left_out.extend(found);
    }

    /// What within an element is furniture.
    fn left_out(&self, main: usize) -> BTreeSet<NodeId> {
        let mut left_out = BTreeSet::new();
        let Some(all) = self.cells.get(main) else { return left_out };
        let mut gone = 0;
        let mut at = main + 1;
        while at < all.end {
            let cell = &self.cells[at];
            if cell.says == Some(Says::Furniture) || self.is_list_of_links(at) {
                left_out.insert(cell.id);
                gone += cell.plain;
                at = cell.end;
            } else {
                at += 1;
            }
        }
        // A page that is all links and names is what it is.
        if all.plain >= LEAST && all.plain - gone.min(all.plain) < LEAST {
            return BTreeSet::new();
        }
        self.empty_headings(main, &mut left_out);
        left_out
    }

    /// Whether an element is nothing but a list of links to other pages.
    fn is_list_of_links(&self, at: usize) -> bool {
        let cell = &self.cells[at];
        cell.element == Element::List
            && cell.links >= LINKS
            && cell.prose * 10 < cell.linked
            && cell.linked * 10 >= (cell.linked + cell.plain) * 6
    }
}

impl Cell {
    fn new(node: &NodeRef<'_>, parent: usize, above: Option<&Self>) -> Self {
        let name = node.node_name().unwrap_or_default();
        let is_link = &*name == "a" && node.has_attr("href");
        let leads = is_link && node.attr("href").is_some_and(|href| leads_away(&href));
        let block = match above {
            Some(above) if !is_block(&name) => above.block,
            Some(_) => usize::MAX,
            None => 0,
        };
        Self {
            id: node.id,
            parent,
            end: 0,
            says: None,
            plain: 0,
            linked: 0,
            links: usize::from(leads),
            shared: 0,
            is_shared: false,
            stops: 0,
            prose: 0,
            longest: 0,
            block,
            in_link: above.is_some_and(|above| above.in_link) || leads,
            element: Element::of(&name),
        }
    }

    fn characters(&mut self, text: &str, is_shared: bool, own: &mut BTreeMap<usize, Own>) {
        let count = text.chars().filter(|character| !character.is_whitespace()).count();
        if count == 0 {
            return;
        }
        if is_shared {
            self.shared += count;
        }
        if self.in_link {
            self.linked += count;
            return;
        }
        self.plain += count;
        self.stops += text.chars().filter(|sign| matches!(sign, '。' | '，' | '；' | '！' | '？')).count();
        let own = own.entry(self.block).or_default();
        own.plain += count;
        own.stops += stops(text);
        own.is_rights |= is_rights(text);
    }

    /// Whether it is a block whose longest paragraph is its own.
    fn block_alone(&self) -> bool {
        self.says != Some(Says::Furniture)
            && self.element != Element::Line
            && self.end > 0
            && self.prose <= self.longest
    }
}

/// Whether it is a notice of rights or a licence number.
fn is_rights(text: &str) -> bool {
    ["©", "ICP备", "版权所有", "All Rights Reserved", "All rights reserved", "公网安备"]
        .iter()
        .any(|mark| text.contains(mark))
}

/// Marks that only sentences have.
fn stops(text: &str) -> usize {
    let chinese = text.chars().filter(|character| matches!(character, '。' | '，' | '；' | '！' | '？' | '：')).count();
    let western = [", ", ". ", ".\n", "! ", "? ", "; "].iter().map(|mark| text.matches(mark).count()).sum::<usize>();
    chinese + western + usize::from(text.trim_end().ends_with(['.', '!', '?']))
}

/// Whether a link leads to another page, not to a place in this one and not to a file that belongs to the text.
fn leads_away(href: &str) -> bool {
    const FILES: [&str; 12] =
        [".doc", ".docx", ".pdf", ".xls", ".xlsx", ".wps", ".et", ".ofd", ".zip", ".rar", ".ppt", ".pptx"];
    let path = href.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    !href.trim_start().starts_with('#') && !FILES.iter().any(|ending| path.ends_with(ending))
}
