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
pub(super) enum Shape {
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
pub(super) fn of(text: &str) -> Shape {
    let text = text.trim();
    let Some(last) = text.chars().next_back() else { return Shape::Item };
    if matches!(last, '；' | ';') {
        return Shape::Listed;
    }
    let length = text.chars().take(LONG_HEADING + 1).count();
    let stop = text.char_indices().take(SENTENCE + 1).find(|(_, character)| is_stop(*character));
    let inner = stop.filter(|(at, character)| at + character.len_utf8() < text.len());
    if amends(text, length) {
        return Shape::Item;
    }
    if let Some((at, character)) = inner {
        let after = at + character.len_utf8();
        let rest = text.get(after..).unwrap_or_default();
        let heading = text.get(..at).unwrap_or_default().chars().count();
        // ？ and ！ belong to the heading; 。 only closes it.
        let mark = if character == '。' { character.len_utf8() } else { 0 };
        let long_enough = rest.chars().take(2 * heading).count() == 2 * heading;
        return if long_enough && heading > 0 { Shape::RunIn { heading: after - mark, mark } } else { Shape::Item };
    }
    if last == '。' {
        return if length <= SENTENCE + 1 { Shape::Closed } else { Shape::Item };
    }
    if length > LONG_HEADING || matches!(last, '，' | '、' | ',') {
        return Shape::Item;
    }
    let body = text.get(..text.len() - last.len_utf8()).unwrap_or_default();
    if body.chars().any(is_stop) {
        return Shape::Item;
    }
    match last {
        '：' | ':' => Shape::Lead,
        _ if length <= HEADING => Shape::Heading,
        _ => Shape::LongHeading,
    }
}

fn is_stop(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '!' | '?')
}

/// Whether a text amends another: 增加一条，作为第六条 / 删去第三款 / 将“甲”修改为“乙”. The verbs are those that the technical
/// rules of legislation prescribe; decisions made of such items are lists, however short each is.
fn amends(text: &str, length: usize) -> bool {
    const VERBS: [&str; 10] =
        ["修改为", "改为", "增加一", "增加两", "增加第", "删去", "删除", "作为第", "合并为", "修改如下"];
    const OBJECTS: [&str; 7] = ["条", "款", "项", "章", "节", "“", "字样"];
    if length > LONG_HEADING {
        return false;
    }
    VERBS.iter().any(|verb| text.contains(verb)) && OBJECTS.iter().any(|object| text.contains(object))
}

/// What comes directly after a numbered paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Followed {
    /// Text without a number.
    ByText,
    /// A deeper number, or a clause.
    ByNumber,
    /// Its sibling, a shallower number, a closing line, or the end.
    ByNothing,
}

/// One member of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Member {
    /// Its shape.
    pub shape: Shape,
    /// What comes after it.
    pub followed: Followed,
}

/// What a chain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A list: each member is an item.
    Items,
    /// Headings, each on its own line; members of another shape stay items.
    Headings,
    /// Headings that run into their paragraphs.
    RunIns,
}

/// The vote of the members of one chain.
pub(super) fn vote(members: &[Member]) -> Verdict {
    let count = |wanted: &dyn Fn(&Member) -> bool| members.iter().filter(|member| wanted(member)).count();
    let total = members.len();
    if count(&|member| member.shape == Shape::Listed) > 0 {
        return Verdict::Items;
    }
    let run_ins = count(&|member| matches!(member.shape, Shape::RunIn { .. }));
    if run_ins >= 2 && run_ins * 3 >= total * 2 {
        return Verdict::RunIns;
    }
    let with_text = count(&|member| member.followed != Followed::ByNothing);
    if total >= BARE_LIST && with_text * 3 < total {
        return Verdict::Items;
    }
    let headings = count(&|member| is_heading(member));
    let leads = count(&|member| member.shape == Shape::Lead);
    // A line ending in ： says nothing by itself; where all do, they are headings if each has text.
    let agreed =
        if headings == 0 { leads == total && with_text == total && total > 0 } else { headings * 2 >= total - leads };
    if agreed { Verdict::Headings } else { Verdict::Items }
}

/// Whether a member has the shape of a heading on its own line.
pub(super) fn is_heading(member: &Member) -> bool {
    match member.shape {
        Shape::Heading | Shape::LongHeading => true,
        Shape::Closed => member.followed == Followed::ByText,
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
        ] {
            assert_eq!(of(text), shape, "{text}");
        }
        assert_eq!(of(&"甲".repeat(81)), Shape::Item);
    }

    #[test]
    fn votes() {
        let member = |shape, followed| Member { shape, followed };
        let heading = member(Shape::Heading, Followed::ByText);
        let bare = member(Shape::Heading, Followed::ByNothing);
        let item = member(Shape::Item, Followed::ByNothing);
        let run_in = member(Shape::RunIn { heading: 9, mark: 3 }, Followed::ByNothing);
        let listed = member(Shape::Listed, Followed::ByNothing);
        let lead = member(Shape::Lead, Followed::ByText);
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
        ] {
            assert_eq!(vote(&members), verdict, "{members:?}");
        }
    }
}
