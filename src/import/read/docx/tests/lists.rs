//! Numbers and bullets.

use super::{chinese_levels, level, list, marks, numbered, numbering, paragraph, part, texts, with};
use crate::import::flow::{Around, Change, Sense};

#[test]
fn three_levels_in_chinese() {
    let numbering = numbering(&chinese_levels(), &list(1, ""));
    let body = [(0, "甲"), (1, "乙"), (2, "丙"), (2, "丁"), (1, "戊"), (2, "己"), (0, "庚"), (1, "辛")]
        .map(|(level, text)| numbered(1, level, text))
        .concat();
    let flow = with(&body, &[("word/numbering.xml", &numbering)]);
    assert_eq!(texts(&flow), ["一、甲", "（一）乙", "1. 丙", "2. 丁", "（二）戊", "1. 己", "二、庚", "（一）辛"]);
    assert_eq!(marks(&flow.pieces[2]), [("1. ", Sense::Printed)]);
    let change = Change { line: 3, was: String::new(), now: "1.".to_string(), why: "list-number" };
    assert_eq!(flow.changes[2], change);
    assert_eq!(flow.encoding, "UTF-8");
}

#[test]
fn lists_go_on_and_begin_anew() {
    let start = r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>"#;
    let own = format!(r#"<w:lvlOverride w:ilvl="0">{}</w:lvlOverride>"#, level(0, "upperRoman", "%1)"));
    let numbering = numbering(&chinese_levels(), &[list(1, ""), list(2, ""), list(3, start), list(4, &own)].concat());
    let body = [(1, "甲"), (2, "乙"), (3, "丙"), (3, "丁"), (1, "戊"), (4, "己"), (0, "庚"), (9, "辛")]
        .map(|(list, text)| numbered(list, 0, text))
        .concat();
    let flow = with(&body, &[("word/numbering.xml", &numbering)]);
    assert_eq!(texts(&flow), ["一、甲", "二、乙", "五、丙", "六、丁", "七、戊", "VIII) 己", "庚", "辛"]);
}

#[test]
fn numbers_of_several_levels() {
    let legal = r#"<w:lvl w:ilvl="2"><w:numFmt w:val="lowerLetter"/><w:isLgl/><w:suff w:val="nothing"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>"#;
    let never = r#"<w:lvl w:ilvl="3"><w:start w:val="3"/><w:lvlRestart w:val="0"/><w:lvlText w:val="[%4] %"/></w:lvl>"#;
    let levels = level(0, "upperRoman", "%1.") + &level(1, "decimal", "%1.%2") + legal + never;
    let numbering = numbering(&levels, &list(1, ""));
    let body = [(1, "a"), (2, "b"), (3, "c"), (0, "d"), (3, "e"), (0, "")]
        .map(|(level, text)| numbered(1, level, text))
        .concat();
    let body = body + &numbered(1, 0, "f");
    let flow = with(&body, &[("word/numbering.xml", &numbering)]);
    assert_eq!(texts(&flow), ["I.1 a", "1.1.1b", "[3] % c", "II. d", "[4] % e", "IV. f"]);
}

#[test]
fn lists_through_styles() {
    let styles = part(
        "styles",
        r#"<w:style w:type="paragraph" w:styleId="A"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="B"><w:name w:val="款"/><w:basedOn w:val="A"/></w:style>
        <w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
        <w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>"#,
    );
    let numbering = part(
        "numbering",
        r#"<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>
          <w:lvl w:ilvl="0"><w:pStyle w:val="A"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>
          <w:lvl w:ilvl="1"><w:pStyle w:val="B"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%2"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="M"/><w:styleLink w:val="M"/></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>"#,
    );
    let of = |style: &str| format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>文</w:t></w:r></w:p>"#);
    let body = ["A", "B", "C", "A"].map(of).concat() + &numbered(3, 0, "环");
    let flow = with(&body, &[("word/styles.xml", &styles), ("word/numbering.xml", &numbering)]);
    assert_eq!(texts(&flow), ["第一条 文", "① 文", "文", "第二条 文", "环"]);
}

#[test]
fn bullets() {
    let levels =
        [level(0, "bullet", "\u{f0b7}"), level(1, "bullet", "o"), level(2, "bullet", "注："), level(3, "bullet", " ")];
    let numbering = numbering(&levels.concat(), &list(1, ""));
    let body = [(0, "甲"), (1, "乙"), (1, "丙"), (3, "续"), (0, "丁"), (2, "戊")]
        .map(|(level, text)| numbered(1, level, text));
    let flow = with(&(body.concat() + &paragraph("己")), &[("word/numbering.xml", &numbering)]);
    assert_eq!(texts(&flow), ["甲", "乙", "丙", "续", "丁", "注： 戊", "己"]);
    let inside: Vec<Vec<usize>> =
        flow.pieces.iter().map(|piece| piece.inside.iter().map(|inside| inside.id).collect()).collect();
    assert_eq!(inside, [vec![1], vec![1, 2], vec![1, 3], vec![1, 3], vec![4], vec![4], vec![]]);
    assert!(flow.pieces.iter().flat_map(|piece| &piece.inside).all(|inside| inside.around == Around::Bullet));
}
