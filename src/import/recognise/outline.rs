//! The recogniser: from paragraphs to blocks (rules R5 to R10), whatever file they came from.
//!
//! It goes in the order of the rules: special lines, candidates, sequence, vote, levels. Attachments are counted by
//! themselves, so the paragraphs are cut at their heads first. What a number is depends on where it stands: under a clause
//! (第N条) it is a list, unless its chain runs on over the clauses, as 一、 does in judicial interpretations; then it stands
//! above them.

use std::collections::BTreeSet;

use super::paragraphs::Paragraph;
use super::sequence::{self, Sequence};
use super::shape::{self, Followed, Member, Shape, Verdict};
use super::special::{self, Special, Stretch};
use super::token::{self, Family, Token, Trust};
use super::{quotes, styled, western};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Code;
use crate::diagnostic::messages::{CaptureMessage, NumberMessage};
use crate::import::block::{Block, BlockKind, Doubt};
use crate::import::flow::Form;

/// Blocks, and what a person should look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// The text as blocks, in the order of the paragraphs.
    pub blocks: Vec<Block>,
    /// Doubts; their place is a position among the paragraphs.
    pub doubts: Vec<Doubt>,
}

/// Recognises the structure of a text.
pub fn recognise(paragraphs: &[Paragraph]) -> Outline {
    let specials = specials(paragraphs);
    let quoted = quotes::inside(paragraphs);
    let mut outline = Outline::default();
    let heads = (0..paragraphs.len()).filter(|at| specials.get(*at) == Some(&Some(Special::AttachmentHead)));
    let mut bounds: Vec<usize> = std::iter::once(0).chain(heads).chain([paragraphs.len()]).collect();
    bounds.dedup();
    for pair in bounds.windows(2) {
        let [start, end] = pair else { continue };
        let part = Part::new(*start, paragraphs, &specials, &quoted, *end);
        part.recognise(&mut outline);
    }
    styled::settle(&mut outline.blocks, paragraphs);
    outline
}

/// What each paragraph is when it is special. Lists of attachments take the numbered lines that go on with them.
fn specials(paragraphs: &[Paragraph]) -> Vec<Option<Special>> {
    let mut found: Vec<Option<Special>> = Vec::with_capacity(paragraphs.len());
    let mut stretch = Stretch::Opening;
    let mut next_attachment = None;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let text = paragraph.text.as_str();
        let open = paragraph.is_open();
        let mut special = if open { special::find(text, stretch) } else { None };
        let below = paragraphs.get(at + 1..).unwrap_or_default();
        if special == Some(Special::AttachmentHead) && begins_list(text, below) {
            special = Some(Special::AttachmentList);
        }
        let goes_on = || next_attachment.is_some_and(|next| goes_on_in_list(paragraph, below, next));
        if special.is_none() && open && goes_on() {
            found.push(Some(Special::AttachmentList));
            continue;
        }
        let counted = next_attachment.filter(|next| special.is_none() && counts(paragraph, *next));
        if special.is_none() && open && token::find(text).is_some() {
            stretch = Stretch::Later;
        }
        if counted.is_some() {
            special = Some(Special::AttachmentList);
        }
        next_attachment = match special {
            Some(Special::AttachmentList) => Some(counted.unwrap_or_else(|| first_in_list(text)) + 1),
            _ => None,
        };
        if special == Some(Special::AttachmentHead) {
            stretch = Stretch::Opening;
        }
        found.push(special);
    }
    titled_attachments(paragraphs, &mut found);
    numbered_attachments(paragraphs, &mut found);
    found
}

/// 附：收费标准 begins the attachment itself when 一、 or 第一条 follows at once; a list counts in 1.
fn numbered_attachments(paragraphs: &[Paragraph], specials: &mut [Option<Special>]) {
    for (special, next) in specials.iter_mut().zip(paragraphs.iter().skip(1)) {
        if *special == Some(Special::AttachmentList)
            && next.is_open()
            && token::find(&next.text).is_some_and(|token| token.value == 1 && token.family <= Family::HanBracket)
        {
            *special = Some(Special::AttachmentHead);
        }
    }
}

/// Whether 附件： is followed by the names of the attachments, counted in 1., and not by the attachment. A line may stand
/// between that tells whose they are: 读者填写：
fn begins_list(head: &str, below: &[Paragraph]) -> bool {
    let is_label = |text: &str| {
        let name = text.trim_end_matches(['：', ':']);
        name.len() < text.len() && ["填写", "提交", "报送", "使用"].iter().any(|end| name.ends_with(end))
    };
    let first = match below {
        [label, first, ..] if label.is_open() && is_label(label.text.trim()) => first,
        [first, ..] => first,
        [] => return false,
    };
    let is_name = |token: Token| token.family > Family::HanBracket && !token.rest(first.text.trim()).is_empty();
    head.trim_end().ends_with([':', '：'])
        && counts(first, 1)
        && token::find(first.text.trim()).is_none_or(is_name)
        && !first.text.trim().ends_with(['：', ':'])
}

/// Whether a paragraph is a name of a list of attachments that is counted so. The name may begin with a year: 2.2020年名单
fn counts(paragraph: &Paragraph, value: u32) -> bool {
    let text = paragraph.text.trim();
    let is_short = text.chars().nth(60).is_none() && !text.ends_with('。');
    let before_year = || {
        let rest = text.strip_prefix(value.to_string().as_str())?.strip_prefix(['.', '．', '、'])?;
        rest.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
        rest.get(4..)?.strip_prefix('年')
    };
    paragraph.is_open()
        && is_short
        && match token::find(text) {
            Some(token) => token.value == value,
            None => before_year().is_some(),
        }
}

/// Whether a line without a number goes on with the name above it: the next number of the list stands below.
fn goes_on_in_list(paragraph: &Paragraph, below: &[Paragraph], next: u32) -> bool {
    let text = paragraph.text.trim();
    let is_line = token::find(text).is_none() && text.chars().nth(60).is_none() && !text.ends_with('。');
    is_line && below.first().is_some_and(|below| counts(below, next))
}

/// The number in `附件：1.名单`; zero when the list begins on the next line.
fn first_in_list(text: &str) -> u32 {
    let after = text.split_once([':', '：']).map_or("", |(_, after)| after.trim());
    token::find(after).map_or(u32::from(!after.is_empty()), |token| token.value)
}

/// 附件1：名单 begins an attachment when text follows; several in a row, or the last lines of the text, only list them.
fn titled_attachments(paragraphs: &[Paragraph], specials: &mut [Option<Special>]) {
    let is_head = |special: Option<&Option<Special>>| special == Some(&Some(Special::AttachmentHead));
    let titled = |at: usize| {
        paragraphs.get(at).is_some_and(|p| !p.text.trim_end().ends_with([':', '：']) && p.text.contains([':', '：']))
    };
    let listed: Vec<usize> = (0..specials.len())
        .filter(|at| is_head(specials.get(*at)) && titled(*at))
        .filter(|at| {
            let neighbour = |other: usize| is_head(specials.get(other)) && titled(other);
            *at + 1 == specials.len() || neighbour(at + 1) || (*at > 0 && neighbour(at - 1))
        })
        .collect();
    // A run of listed lines may end with the head of the first attachment; its own title then repeats one of the list.
    for at in listed {
        let repeats =
            paragraphs.get(at).is_some_and(|own| paragraphs.iter().take(at).rev().take(40).any(|p| p.text == own.text));
        if let Some(special) = specials.get_mut(at).filter(|_| !repeats) {
            *special = Some(Special::AttachmentList);
        }
    }
}

/// The paragraphs of the text before the first attachment, or of one attachment.
struct Part<'a> {
    /// Position of its first paragraph among all.
    start: usize,
    paragraphs: &'a [Paragraph],
    specials: &'a [Option<Special>],
    tokens: Vec<Option<Token>>,
    /// Lines of a printed table of contents, and their numbers, which do not count.
    contents: std::ops::Range<usize>,
    listed: Vec<Option<Token>>,
}

/// What became of a numbered paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Heading { rank: usize, run_in: bool },
    Clause,
    Item,
}

impl<'a> Part<'a> {
    fn new(
        start: usize,
        paragraphs: &'a [Paragraph],
        specials: &'a [Option<Special>],
        quoted: &[bool],
        end: usize,
    ) -> Self {
        let paragraphs = paragraphs.get(start..end).unwrap_or_default();
        let specials = specials.get(start..end).unwrap_or_default();
        let mut tokens: Vec<Option<Token>> = paragraphs
            .iter()
            .zip(specials)
            .zip(quoted.get(start..end).unwrap_or_default())
            .map(|((paragraph, special), quoted)| {
                if special.is_some() || *quoted || !paragraph.is_open() || styled::is_picture(paragraph) {
                    None
                } else {
                    token::find(&paragraph.text)
                }
            })
            .collect();
        western::settle(&mut tokens);
        drop_bare_numbers(&mut tokens);
        let contents = contents(paragraphs, &tokens);
        let listed = tokens.get_mut(contents.clone()).unwrap_or_default().iter_mut().map(Option::take).collect();
        Self { start, paragraphs, specials, tokens, contents, listed }
    }

    fn recognise(&self, outline: &mut Outline) {
        let texts: Vec<&str> = self.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        let sequence = sequence::trace(&self.tokens, &texts, |at| self.is_title(at));
        let roles = self.roles(&sequence, outline);
        let levels = levels(&roles);
        let styled = self.paragraphs.iter().any(|paragraph| matches!(paragraph.form, Form::Heading(_)));
        for doubt in sequence.doubts.iter().filter(|doubt| !self.is_marked(doubt)) {
            outline.doubts.push(Doubt { paragraph: doubt.paragraph + self.start, ..doubt.clone() });
        }
        for (at, paragraph) in self.paragraphs.iter().enumerate() {
            let role = roles.get(at).copied().flatten();
            self.block(at, paragraph, role, &levels, outline);
            if role.is_none() && paragraph.is_open() && !styled && self.may_be_heading(at, &roles) {
                let fault = Diagnostic::note(CaptureMessage::UnnumberedHeading);
                outline.doubts.push(Doubt { paragraph: self.start + at, fault });
            }
        }
    }

    /// Whether a number is told to be alone though the source marks its line as a heading: then it is one.
    fn is_marked(&self, doubt: &Doubt) -> bool {
        let heading = self.paragraphs.get(doubt.paragraph).is_some_and(|own| matches!(own.form, Form::Heading(_)));
        heading && doubt.fault.code() == Code::LonelyNumber
    }

    /// Whether a 编 章 节 has the shape of a heading. A number alone is one: its title stands on the next line.
    fn is_title(&self, at: usize) -> bool {
        let Some((token, text)) = self.numbered(at) else { return false };
        let rest = token.rest(text);
        // A short sentence without a space before it is prose: 第一节讲了三个问题。
        let closed = || shape::of(rest) == Shape::Closed && token.gap > 0;
        rest.is_empty() || matches!(shape::of(rest), Shape::Heading | Shape::LongHeading) || closed()
    }

    /// The shape of what follows the number. Where the source sets a first sentence in bold, that is where it ends.
    fn shape(&self, at: usize) -> Shape {
        let Some((token, text)) = self.numbered(at) else { return Shape::Item };
        let rest = token.rest(text);
        let number = text.len() - rest.len();
        let lead = self.paragraphs.get(at).and_then(Paragraph::bold_lead).filter(|lead| *lead > number);
        match (shape::of(rest), lead.and_then(|lead| rest.get(..lead - number))) {
            (Shape::Item, Some(bold)) if bold.chars().nth(45).is_none() => {
                let heading = bold.trim_end().trim_end_matches(['。', '：', '.', ':']).len();
                let mark = rest.get(heading..).and_then(|after| after.chars().next()).map_or(0, char::len_utf8);
                Shape::RunIn { heading, mark }
            }
            (shape, _) => shape,
        }
    }

    fn numbered(&self, at: usize) -> Option<(&Token, &str)> {
        Some((self.tokens.get(at)?.as_ref()?, self.paragraphs.get(at)?.text.as_str()))
    }

    /// What each accepted number is.
    fn roles(&self, sequence: &Sequence, outline: &mut Outline) -> Vec<Option<Role>> {
        let tree = Tree::new(sequence, &self.tokens);
        let mut verdicts = vec![Verdict::Items; sequence.chains.len()];
        // Parents are decided before their children, because what is numbered under an item is a list.
        let mut order: Vec<usize> = (0..sequence.chains.len()).collect();
        order.sort_by_key(|chain| {
            (tree.rank(*chain), sequence.chains.get(*chain).map(|chain| chain.members.first().copied()))
        });
        let mut roles: Vec<Option<Role>> = vec![None; self.paragraphs.len()];
        for nth in order {
            let Some(chain) = sequence.chains.get(nth).filter(|chain| !chain.members.is_empty()) else { continue };
            let members: Vec<Member> = chain.members.iter().map(|at| self.member(*at, sequence, &tree)).collect();
            let verdict = match tree.parent(nth) {
                _ if chain.family.is_structural() => Verdict::Headings,
                Parent::Clause => Verdict::Items,
                Parent::Member(parent) if verdicts.get(parent) == Some(&Verdict::Items) => Verdict::Items,
                _ => shape::vote(&members, self.is_own_list(&chain.members)),
            };
            if let Some(slot) = verdicts.get_mut(nth) {
                *slot = verdict;
            }
            for (at, member) in chain.members.iter().zip(&members) {
                let heading = |run_in| Role::Heading { rank: tree.rank(nth), run_in };
                let role = match (verdict, member.shape) {
                    _ if chain.family == Family::Article => Role::Clause,
                    _ if chain.family.is_structural() => heading(false),
                    (Verdict::RunIns, Shape::RunIn { .. }) => heading(true),
                    (Verdict::Headings | Verdict::RunIns, Shape::Lead) => heading(false),
                    (Verdict::Headings | Verdict::RunIns, _) if shape::is_heading(member) => heading(false),
                    _ => Role::Item,
                };
                if role == Role::Item && verdict != Verdict::Items {
                    outline.doubts.extend(self.unlike_siblings(*at));
                }
                if let Some(slot) = roles.get_mut(*at) {
                    *slot = Some(role);
                }
            }
        }
        roles
    }

    /// Whether the source counted these paragraphs as a list.
    fn is_own_list(&self, members: &[usize]) -> bool {
        members.iter().all(|at| self.paragraphs.get(*at).is_some_and(Paragraph::is_counted))
    }

    /// A number that stays in the text while the others of its series are headings.
    fn unlike_siblings(&self, at: usize) -> Option<Doubt> {
        let (token, text) = self.numbered(at)?;
        let number = token.number(text).trim().to_string();
        let fault = Diagnostic::warning(NumberMessage::UnlikeSiblings { number });
        let styled = matches!(self.paragraphs.get(at)?.form, Form::Heading(_));
        (!styled).then_some(Doubt { paragraph: self.start + at, fault })
    }

    fn member(&self, at: usize, sequence: &Sequence, tree: &Tree) -> Member {
        let shape = self.shape(at);
        let own = sequence.chain_of.get(at).copied().flatten();
        let next = at + 1;
        let followed = match sequence.chain_of.get(next).copied() {
            None => Followed::Nothing,
            Some(Some(chain)) if own.is_some_and(|own| tree.rank(chain) > tree.rank(own)) => Followed::Number,
            Some(Some(_)) => Followed::Nothing,
            Some(None) if self.specials.get(next).is_some_and(Option::is_some) => Followed::Nothing,
            Some(None) => Followed::Text,
        };
        Member { shape, followed }
    }

    fn block(&self, at: usize, paragraph: &Paragraph, role: Option<Role>, levels: &[usize], outline: &mut Outline) {
        let line = paragraph.line;
        let text = paragraph.text.as_str();
        let (Some(role), Some((token, _))) = (role, self.numbered(at)) else {
            if self.contents.contains(&at) {
                outline.blocks.push(self.listed(at, paragraph, levels));
                return;
            }
            let kind = match self.specials.get(at).copied().flatten() {
                None => BlockKind::Paragraph,
                Some(special) => BlockKind::of(special),
            };
            outline.blocks.push(Block { text: text.to_string(), ..Block::new(kind, line) });
            return;
        };
        let rest = token.rest(text);
        let mut block = Block {
            number: Some(token.number(text).to_string()),
            gap: token.space(text).to_string(),
            text: rest.to_string(),
            path: token.prefix.iter().copied().chain([token.value]).collect(),
            ..Block::new(BlockKind::Item, line)
        };
        match role {
            Role::Item => outline.blocks.push(block),
            Role::Clause => outline.blocks.push(Block { kind: BlockKind::Clause, ..block }),
            Role::Heading { rank, run_in } => {
                block.kind = BlockKind::Heading;
                block.level = levels.get(rank).copied().unwrap_or(1);
                block.decimal = token.family.is_decimal();
                let mut below = None;
                match self.shape(at) {
                    Shape::RunIn { heading, mark } if run_in => {
                        let (own, after) = rest.split_at(heading);
                        block.text = own.to_string();
                        block.close = after.get(..mark).unwrap_or_default().to_string();
                        block.run_in = true;
                        below = after.get(mark..).map(|after| after.trim().to_string());
                    }
                    Shape::Closed => {
                        block.text = rest.strip_suffix(['。', '.']).unwrap_or(rest).to_string();
                        block.close = rest.get(block.text.len()..).unwrap_or_default().to_string();
                    }
                    Shape::LongHeading => outline.doubts.push(Doubt {
                        paragraph: self.start + at,
                        fault: Diagnostic::warning(CaptureMessage::LongHeading { length: rest.chars().count() }),
                    }),
                    _ => {}
                }
                outline.blocks.push(block);
                if let Some(text) = below.filter(|text| !text.is_empty()) {
                    outline.blocks.push(Block { text, ..Block::new(BlockKind::Paragraph, line) });
                }
            }
        }
    }

    /// A line of a table of contents: the heading it lists, marked as listed.
    fn listed(&self, at: usize, paragraph: &Paragraph, levels: &[usize]) -> Block {
        let token = self.listed.get(at - self.contents.start).and_then(Option::as_ref);
        let text = paragraph.text.as_str();
        let Some(token) = token.filter(|token| token.family.is_structural()) else {
            return Block { text: text.to_string(), ..Block::new(BlockKind::Item, paragraph.line) };
        };
        Block {
            level: levels.get(token.family.rank()).copied().unwrap_or(1),
            number: Some(token.number(text).to_string()),
            gap: token.space(text).to_string(),
            text: token.rest(text).to_string(),
            contents: true,
            ..Block::new(BlockKind::Heading, paragraph.line)
        }
    }

    /// A short line without a number above a paragraph of some length (rule R10): suggested, never taken.
    fn may_be_heading(&self, at: usize, roles: &[Option<Role>]) -> bool {
        let prose = |at: usize| {
            let free =
                self.specials.get(at) == Some(&None) && roles.get(at) == Some(&None) && !self.contents.contains(&at);
            self.paragraphs.get(at).filter(|_| free).map(|paragraph| paragraph.text.as_str())
        };
        let Some(text) = prose(at).filter(|_| at > 0) else { return false };
        let short = text.chars().nth(20).is_none() && text.chars().nth(1).is_some();
        let open = !text.contains(['。', '！', '？', '；', '，', '：', ':', '…', '”', '）', ')'])
            && self.numbered(at).is_none();
        let before = prose(at - 1).is_none_or(|text| text.ends_with(['。', '！', '？', '”', '：']));
        let after_head = self.specials.get(at - 1) == Some(&Some(Special::AttachmentHead));
        let above_text = prose(at + 1).is_some_and(|text| text.ends_with('。') && text.chars().nth(40).is_some());
        let above_clause = roles.get(at + 1) == Some(&Some(Role::Clause));
        short && open && before && !after_head && (above_text || above_clause)
    }
}

/// `2 要求`, a number without a mark, is a number only where 2.1 stands under it, as standards print it.
fn drop_bare_numbers(tokens: &mut [Option<Token>]) {
    let bare = |token: &Token| token.family == Family::Arabic && token.trust == Trust::Weak;
    let parents: BTreeSet<u32> = tokens.iter().flatten().filter_map(|token| token.prefix.first().copied()).collect();
    for token in tokens {
        if token.as_ref().is_some_and(|token| bare(token) && !parents.contains(&token.value)) {
            *token = None;
        }
    }
}

/// The table of contents that some captures print first: numbered short lines up to the place where the first of them comes
/// again. They must not count, or the real headings would repeat them.
fn contents(paragraphs: &[Paragraph], tokens: &[Option<Token>]) -> std::ops::Range<usize> {
    let is_heading = |text: &str| {
        let mut words = text.chars().filter(|character| !character.is_whitespace());
        let word: String = words.by_ref().take(3).collect();
        matches!(word.as_str(), "目录" | "目次" | "目錄")
    };
    if let Some(lines) = with_page_numbers(paragraphs) {
        return lines;
    }
    let listed = paragraphs.iter().position(|paragraph| is_heading(&paragraph.text)).map(|at| at + 1);
    let structural =
        || tokens.iter().position(|token| token.as_ref().is_some_and(|token| token.family.is_structural()));
    let Some(start) = listed.filter(|at| tokens.get(*at).is_some_and(Option::is_some)).or_else(structural) else {
        return 0..0;
    };
    let Some(Some(first)) = tokens.get(start) else { return 0..0 };
    let short = |text: &str| text.chars().nth(80).is_none() && !text.ends_with(['。', '；', '：']);
    let lines = paragraphs.iter().zip(tokens).skip(start);
    let count = lines.clone().take_while(|(paragraph, _)| short(&paragraph.text)).count();
    let again = lines.take(count).skip(2).position(|(_, token)| {
        token.as_ref().is_some_and(|token| (token.family, token.value) == (first.family, first.value))
    });
    again.map_or(0..0, |at| start..start + 2 + at)
}

/// Lines that end in page numbers behind a tab or dots. Lists of prices have such lines too, so no number may stand before them.
fn with_page_numbers(paragraphs: &[Paragraph]) -> Option<std::ops::Range<usize>> {
    let has_page = |paragraph: &Paragraph| {
        let text = paragraph.text.trim_end();
        let words = text.trim_end_matches(|character: char| character.is_ascii_digit());
        let leader = words.trim_end_matches(['.', '…', '·', '\t', ' ']);
        let gap = words.get(leader.len()..).unwrap_or_default();
        words.len() < text.len() && !leader.is_empty() && (gap.contains(['\t', '…']) || gap.contains(".."))
    };
    let start = paragraphs.iter().position(has_page)?;
    let count = paragraphs.iter().skip(start).take_while(|paragraph| has_page(paragraph)).count();
    let is_first = !paragraphs.iter().take(start).any(|paragraph| token::find(&paragraph.text).is_some());
    (count >= 2 && is_first).then(|| start..start + count)
}

/// The heading's level of each rank: the ranks that have headings, counted from the shallowest.
fn levels(roles: &[Option<Role>]) -> Vec<usize> {
    let mut used = [false; RANKS];
    for role in roles.iter().flatten() {
        if let Role::Heading { rank, .. } = role
            && let Some(slot) = used.get_mut(*rank)
        {
            *slot = true;
        }
    }
    let mut level = 0;
    used.iter()
        .map(|used| {
            level += usize::from(*used);
            level.max(1)
        })
        .collect()
}

/// Ranks of families, with each family below 条 also above it.
const RANKS: usize = 2 * token::FAMILIES;

/// What a chain stands under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parent {
    Nothing,
    /// A clause.
    Clause,
    /// One member of another chain; the chain.
    Member(usize),
    /// It runs on over several parents.
    Several,
}

/// How the chains stand to each other.
struct Tree {
    ranks: Vec<usize>,
    parents: Vec<Parent>,
}

impl Tree {
    fn new(sequence: &Sequence, tokens: &[Option<Token>]) -> Self {
        let is_clause = |at: usize| {
            let family = tokens.get(at).and_then(Option::as_ref).map(|token| token.family);
            family == Some(Family::Article) && sequence.chain_of.get(at).copied().flatten().is_some()
        };
        let mut clauses = 0;
        let clauses_before: Vec<usize> = (0..tokens.len())
            .map(|at| {
                clauses += usize::from(is_clause(at));
                clauses
            })
            .collect();
        let above = Family::Article.rank();
        let ranks: Vec<usize> = sequence
            .chains
            .iter()
            .map(|chain| {
                let rank = chain.family.rank();
                let crosses = chain
                    .members
                    .windows(2)
                    .any(|pair| matches!(pair, [a, b] if clauses_before.get(*a) != clauses_before.get(*b)));
                // 编 章 节 keep their rank, chains that run on over clauses come next, then 条, then what stands under it.
                match rank {
                    _ if rank < above => rank,
                    _ if rank > above && crosses => rank - 1,
                    _ => rank + token::FAMILIES - above,
                }
            })
            .collect();
        let parents = Self::parents(sequence, &ranks);
        Self { ranks, parents }
    }

    fn parents(sequence: &Sequence, ranks: &[usize]) -> Vec<Parent> {
        let mut parents: Vec<Option<(Parent, usize)>> = vec![None; sequence.chains.len()];
        let mut stack: Vec<(usize, usize, usize)> = Vec::new();
        for (at, chain) in sequence.chain_of.iter().enumerate() {
            let Some(chain) = *chain else { continue };
            let rank = ranks.get(chain).copied().unwrap_or(0);
            while stack.last().is_some_and(|(other, _, _)| *other >= rank) {
                stack.pop();
            }
            let own = stack.last().map_or((Parent::Nothing, usize::MAX), |(_, parent, place)| {
                let family = sequence.chains.get(*parent).map(|chain| chain.family);
                (if family == Some(Family::Article) { Parent::Clause } else { Parent::Member(*parent) }, *place)
            });
            if let Some(slot) = parents.get_mut(chain) {
                *slot = Some(match *slot {
                    None => own,
                    Some(known) if known == own => known,
                    Some((Parent::Clause, _)) if own.0 == Parent::Clause => own,
                    Some(_) => (Parent::Several, usize::MAX),
                });
            }
            stack.push((rank, chain, at));
        }
        parents.into_iter().map(|parent| parent.map_or(Parent::Nothing, |(parent, _)| parent)).collect()
    }

    fn rank(&self, chain: usize) -> usize {
        self.ranks.get(chain).copied().unwrap_or(0)
    }

    fn parent(&self, chain: usize) -> Parent {
        self.parents.get(chain).copied().unwrap_or(Parent::Nothing)
    }
}
