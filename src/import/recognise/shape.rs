//! Heading, run-in heading or list: what the shape of a numbered paragraph says, and how siblings vote (rules R8 and R9).
//!
//! No paragraph decides alone. A short one may be an item of a list, and a heading may be long; but the members of a chain
//! are printed alike, so the majority tells what all of them are.

/// The longest heading, in characters, that causes no doubt; and the longest of all.
const HEADING: usize = 45;
/// The longest heading of all, in characters.
const LONG_HEADING: usize = 80;
/// The longest heading that is closed with 。 or runs in, in characters.
const SENTENCE: usize = 25;
/// A chain at least this long of which less than a third has text of its own is a list of short phrases.
const BARE_LIST: usize = 4;

/// The shape of a paragraph's text after its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Short, no sentence.
    Heading,
    /// Between 46 and 80 characters: a heading, but worth a look.
    LongHeading,
    /// Short, closed with 。
    Closed,
    /// A short sentence and at least twice as much text: bytes of the sentence without its 。, and bytes of the 。
    RunIn {
        /// Bytes of the heading.
        heading: usize,
        /// Bytes of the mark that closes it.
        mark: usize,
    },
    /// Ends in ： and so leads to what follows; headings and items both do.
    Lead,
    /// Ends in ； and so is one of a list.
    Listed,
    /// Anything else.
    Item,
}

/// The shape of a text.
pub(crate) fn of(text: &str) -> Shape {
    let text = text.trim();
    let Some(last) = text.chars().next_back() else { return Shape::Item };
    if matches!(last, '；' | ';') {
        return Shape::Listed;
    }
    // A letter says about half as much as a Chinese character, and takes half its width.
    let script = if is_western(text) { Script { factor: 2, close: '.' } } else { Script { factor: 1, close: '。' } };
    let length = text.chars().take(script.factor * LONG_HEADING + 1).count();
    if amends(text, length) {
        return Shape::Item;
    }
    let first_stop = text.char_indices().take(script.factor * SENTENCE + 1).find(|(at, _)| script.stops(text, *at));
    if let Some((at, character)) = first_stop.filter(|(at, character)| at + character.len_utf8() < text.len()) {
        let after = at + character.len_utf8();
        let rest = text.get(after..).unwrap_or_default();
        let heading = text.get(..at).unwrap_or_default().chars().count();
        // ？ and ！ belong to the heading; 。 only closes it.
        let mark = if character == script.close { character.len_utf8() } else { 0 };
        let long_enough = rest.chars().take(2 * heading).count() == 2 * heading;
        return if long_enough && heading > 0 { Shape::RunIn { heading: after - mark, mark } } else { Shape::Item };
    }
    if last == script.close {
        return if length <= script.factor * SENTENCE + 1 { Shape::Closed } else { Shape::Item };
    }
    if length > script.factor * LONG_HEADING || matches!(last, '，' | '、' | ',') {
        return Shape::Item;
    }
    let before_last = text.len() - last.len_utf8();
    if text.char_indices().any(|(at, _)| at < before_last && script.stops(text, at)) {
        return Shape::Item;
    }
    match last {
        '：' | ':' => Shape::Lead,
        _ if length <= script.factor * HEADING => Shape::Heading,
        _ => Shape::LongHeading,
    }
}

/// How sentences end, and how many characters make a heading long, in one script.
struct Script {
    factor: usize,
    close: char,
}

impl Script {
    /// Whether a sentence ends at a byte of a text. A full stop of the alphabet also abbreviates and parts figures, so it
    /// needs a space behind it.
    fn stops(&self, text: &str, at: usize) -> bool {
        let mut rest = text.get(at..).unwrap_or_default().chars();
        match rest.next() {
            Some('。' | '！' | '？' | '!' | '?') => true,
            Some('.') if self.close == '.' => {
                rest.next().is_none_or(char::is_whitespace) && !ends_in_initial(text.get(..at).unwrap_or_default())
            }
            _ => false,
        }
    }
}

/// Whether a text ends in a single capital, as before the full stop of `Smith J.` and of `J. R. Smith`.
fn ends_in_initial(text: &str) -> bool {
    let mut back = text.chars().rev();
    back.next().is_some_and(char::is_uppercase) && back.next().is_none_or(|before| !before.is_alphanumeric())
}

/// Whether a text is written with an alphabet, as far as its beginning tells.
fn is_western(text: &str) -> bool {
    text.chars().take(LONG_HEADING).all(|character| u32::from(character) < 0x2e80)
        && text.chars().any(char::is_alphabetic)
}

/// Whether a text amends another: 增加一条，作为第六条 / 删去第三款 / 将“甲”修改为“乙”. The verbs are those that the technical
/// rules of legislation prescribe; decisions made of such items are lists, however short each is.
fn amends(text: &str, length: usize) -> bool {
    const VERBS: [&str; 10] =
        ["修改为", "改为", "增加一", "增加两", "增加第", "删去", "删除", "作为第", "合并为", "修改如下"];
    const OBJECTS: [&str; 7] = ["条", "款", "项", "章", "节", "“", "字样"];
    // One look for the verbs' characters tells nearly every line.
    if length > LONG_HEADING || !text.contains(['改', '增', '删', '作', '合']) {
        return false;
    }
    VERBS.iter().any(|verb| text.contains(verb)) && OBJECTS.iter().any(|object| text.contains(object))
}

/// What comes directly after a numbered paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Followed {
    /// Text without a number.
    Text,
    /// A deeper number, or a clause.
    Number,
    /// Its sibling, a shallower number, a closing line, or the end.
    Nothing,
}

/// One member of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its shape.
    pub shape: Shape,
    /// What comes after it.
    pub followed: Followed,
}

/// What a chain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A list: each member is an item.
    Items,
    /// Headings, each on its own line; members of another shape stay items.
    Headings,
    /// Headings that run into their paragraphs.
    RunIns,
}

/// The vote of the members of one chain, and whether the source counted them itself, as a list.
pub(crate) fn vote(members: &[Member], is_own_list: bool) -> Verdict {
    let count = |wanted: &dyn Fn(&Member) -> bool| members.iter().filter(|member| wanted(member)).count();
    let total = members.len();
    if count(&|member| member.shape == Shape::Listed) > 0 {
        return Verdict::Items;
    }
    let run_ins = count(&|member| matches!(member.shape, Shape::RunIn { .. }));
    if run_ins >= 2 && run_ins * 3 >= total * 2 {
        return Verdict::RunIns;
    }
    let with_text = count(&|member| member.followed != Followed::Nothing);
    // What a program counts is a list before it is anything else; text between its members makes them headings. Below the
    // last of a list something stands as well.
    let is_bare = || match members.split_last() {
        Some((last, [])) => last.followed == Followed::Nothing,
        Some((_, others)) => others.iter().all(|member| member.followed == Followed::Nothing),
        None => true,
    };
    if (total >= BARE_LIST && with_text * 3 < total) || (is_own_list && is_bare()) {
        return Verdict::Items;
    }
    let headings = count(&|member| is_heading(member));
    let closed = count(&|member| member.shape == Shape::Closed && is_heading(member));
    // A short sentence is a weaker sign than a short phrase, so headings that are all closed need two thirds, as run-ins do.
    if headings == closed && closed * 3 < total * 2 && closed > 0 {
        return Verdict::Items;
    }
    let leads = count(&|member| member.shape == Shape::Lead);
    // A line ending in ： says nothing by itself; where all do, they are headings if each has text.
    let agreed =
        if headings == 0 { leads == total && with_text == total && total > 0 } else { headings * 2 >= total - leads };
    if agreed { Verdict::Headings } else { Verdict::Items }
}

/// Whether a member has the shape of a heading on its own line.
pub(crate) fn is_heading(member: &Member) -> bool {
    match member.shape {
        Shape::Heading | Shape::LongHeading => true,
        Shape::Closed => member.followed == Followed::Text,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let long = "著录".repeat(30);
        for (text, shape) in [
            ("总则", Shape::Heading),
            ("为什么要修志？", Shape::Heading),
            (long.as_str(), Shape::LongHeading),
            ("统一著录格式。", Shape::Closed),
            ("公开出版物；", Shape::Listed),
            ("需要的材料：", Shape::Lead),
            ("题名、", Shape::Item),
            ("题名照录封面。封面残缺的照录内封，都残缺的自拟。", Shape::RunIn { heading: 18, mark: 3 }),
            ("题名一律照录封面。残缺的不录。", Shape::Item),
            ("凡借展原件的单位应当在展期结束后十个工作日内归还并附记录。", Shape::Item),
            ("增加一条，作为第三十二条：", Shape::Item),
            ("删去第三条第二款", Shape::Item),
            ("", Shape::Item),
            ("On the keeping of newspapers that are too large for the shelves", Shape::Heading),
            ("Scope", Shape::Heading),
            ("Scope.", Shape::Closed),
            ("Scope. This part is about newspapers and about nothing else.", Shape::RunIn { heading: 5, mark: 1 }),
            (
                "They are kept flat, in version 2.1 of the box, and the box is kept dry and dark at all times.",
                Shape::Item,
            ),
            ("newspapers;", Shape::Listed),
        ] {
            assert_eq!(of(text), shape, "{text}");
        }
        assert_eq!(of(&"甲".repeat(81)), Shape::Item);
    }

    #[test]
    fn votes() {
        let member = |shape, followed| Member { shape, followed };
        let heading = member(Shape::Heading, Followed::Text);
        let bare = member(Shape::Heading, Followed::Nothing);
        let item = member(Shape::Item, Followed::Nothing);
        let run_in = member(Shape::RunIn { heading: 9, mark: 3 }, Followed::Nothing);
        let listed = member(Shape::Listed, Followed::Nothing);
        let lead = member(Shape::Lead, Followed::Text);
        let closed = member(Shape::Closed, Followed::Text);
        for (members, verdict) in [
            (vec![heading, heading], Verdict::Headings),
            (vec![heading, item], Verdict::Headings),
            (vec![heading, item, item], Verdict::Items),
            (vec![heading, heading, listed], Verdict::Items),
            (vec![run_in, run_in], Verdict::RunIns),
            (vec![run_in, run_in, item], Verdict::RunIns),
            (vec![run_in, item], Verdict::Items),
            (vec![run_in, run_in, item, item], Verdict::Items),
            (vec![bare, bare, bare], Verdict::Headings),
            (vec![bare, bare, bare, bare], Verdict::Items),
            (vec![heading, heading, bare, bare], Verdict::Headings),
            (vec![lead, lead], Verdict::Headings),
            (vec![heading, lead, lead], Verdict::Headings),
            (vec![lead, item], Verdict::Items),
            (vec![closed, closed], Verdict::Headings),
            (vec![closed, item], Verdict::Items),
            (vec![closed, heading, item], Verdict::Headings),
        ] {
            assert_eq!(vote(&members, false), verdict, "{members:?}");
        }
        for (members, verdict) in [
            (vec![bare], Verdict::Items),
            (vec![bare, bare, bare], Verdict::Items),
            (vec![bare, bare, heading], Verdict::Items),
            (vec![heading, bare], Verdict::Headings),
            (vec![run_in, run_in], Verdict::RunIns),
        ] {
            assert_eq!(vote(&members, true), verdict, "{members:?}");
        }
    }

    #[test]
    fn initials_end_no_sentence() {
        for text in
            ["Smith J. R. Letters from a small archive and what became of them", "Smith J. Letters from an archive"]
        {
            assert_eq!(of(text), Shape::Heading, "{text}");
        }
        assert_eq!(
            of("Copies. They are made of every letter that leaves the house."),
            Shape::RunIn { heading: 6, mark: 1 }
        );
    }
}
