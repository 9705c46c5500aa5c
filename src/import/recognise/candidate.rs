//! What a paragraph's first characters may be: a number of a family, and how far that may be trusted.

/// The kinds of printed numbers, in the order in which they nest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Family {
    /// 第一编, 第一篇, 第一部分
    Part,
    /// 第一分编
    Division,
    /// 第一章
    Chapter,
    /// 第一节
    Section,
    /// 第一条
    Article,
    /// 一、
    Han,
    /// （一）
    HanBracket,
    /// I.
    Roman,
    /// A.
    Letter,
    /// 1.
    Arabic,
    /// 1.1
    Decimal,
    /// 1.1.1
    Decimal3,
    /// 1.1.1.1
    Decimal4,
    /// （1） 1)
    ArabicBracket,
    /// (a)
    LetterBracket,
    /// (i)
    RomanBracket,
    /// ①
    Circled,
}

/// How many families there are.
pub(crate) const FAMILIES: usize = 17;

impl Family {
    /// Position in the nesting order.
    pub(crate) fn rank(self) -> usize {
        self as usize
    }

    /// 编 章 节: always headings.
    pub(crate) fn is_structural(self) -> bool {
        self < Self::Article
    }

    /// 1.1 and deeper, which restart under each parent number and look like measures.
    pub(crate) fn is_decimal(self) -> bool {
        matches!(self, Self::Decimal | Self::Decimal3 | Self::Decimal4)
    }
}

/// How far a candidate may be trusted before the sequence has spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// The usual form.
    Plain,
    /// `一.` `一，` `一 `, and `1 ` above 1.1: taken only where the sequence has just this place free.
    Weak,
    /// 一、二楼: the text goes on with the next numeral, so it is probably an enumeration.
    Enumerates,
    /// ー、 ニ、: another character in the place of a numeral.
    Lookalike,
}

/// A candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Which kind.
    pub family: Family,
    /// The number; for 1.2 the last component.
    pub value: u32,
    /// 第三条之一: the one; else 0.
    pub inserted: u32,
    /// For 1.2 the components before the last.
    pub prefix: Vec<u32>,
    /// How far it may be trusted.
    pub trust: Trust,
    /// Bytes of the number as printed, with its mark.
    pub length: usize,
    /// Bytes of the space after it.
    pub gap: usize,
}

impl Token {
    /// The printed number.
    pub(crate) fn number<'a>(&self, text: &'a str) -> &'a str {
        text.get(..self.length).unwrap_or_default()
    }

    /// Whether the number has a mark behind it that numbers of its kind do not have: 一． （一）、
    pub(crate) fn has_odd_separator(&self, text: &str) -> bool {
        let odd: &[char] = match self.family {
            Family::Han => &['．', '.', '，', ','],
            Family::HanBracket => &['、', '．', '.'],
            _ => return false,
        };
        self.number(text).trim_end().ends_with(odd)
    }

    /// The space between number and text.
    pub(crate) fn space<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.length..self.length + self.gap).unwrap_or_default()
    }

    /// The text after the number and its space.
    pub(crate) fn rest<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.length + self.gap..).unwrap_or_default()
    }
}
