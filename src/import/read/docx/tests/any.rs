//! Any order of elements: nothing panics, and pieces and witness hold the same characters.

use proptest::prelude::*;

use super::{try_with, with};

/// Elements that open.
const OPEN: [&str; 20] = [
    "<w:p>",
    "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
    "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>",
    "<w:r>",
    "<w:r><w:rPr><w:b/></w:rPr>",
    "<w:tbl>",
    "<w:tr>",
    "<w:tr><w:trPr><w:del/></w:trPr>",
    "<w:tc>",
    "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>",
    "<w:txbxContent>",
    "<w:ins>",
    "<w:del>",
    "<w:moveFrom>",
    "<w:sdt>",
    "<w:hyperlink r:id='r1'>",
    "<w:fldSimple w:instr='HYPERLINK a'>",
    "<mc:AlternateContent>",
    "<mc:Choice>",
    "<mc:Fallback>",
];

/// What stands in a line.
const LINE: [&str; 12] = [
    "<w:t>甲</w:t>",
    "<w:t> b&amp;c </w:t>",
    "<w:delText>丁</w:delText>",
    "<w:tab/>",
    "<w:br/>",
    "<w:sym w:char='F0FC'/>",
    "<w:fldChar w:fldCharType='begin'/>",
    "<w:instrText>HYPERLINK x</w:instrText>",
    "<w:fldChar w:fldCharType='separate'/>",
    "<w:fldChar w:fldCharType='end'/>",
    "<wp:docPr descr='图'/><a:blip r:embed='none'/>",
    "<w:footnoteReference w:id='1'/>",
];

/// Elements that hold paragraphs, or are one.
const FRAMES: [&str; 5] = ["w:p", "w:tbl", "w:tr", "w:tc", "w:txbxContent"];

/// A well-formed body. Text only stands in paragraphs.
fn body(steps: &[(u8, u8)]) -> String {
    let mut body = String::new();
    let mut open: Vec<&str> = Vec::new();
    for (kind, which) in steps {
        let frame = open.iter().rev().find(|name| FRAMES.contains(name));
        match kind % 4 {
            0 => {
                let tag = OPEN[usize::from(*which) % OPEN.len()];
                body.push_str(tag);
                open.push(tag[1..].split(['>', ' ']).next().unwrap_or_default());
            }
            1 => {
                if let Some(name) = open.pop() {
                    body.push_str(&format!("</{name}>"));
                }
            }
            _ if frame == Some(&"w:p") => body.push_str(LINE[usize::from(*which) % LINE.len()]),
            _ => {}
        }
    }
    for name in open.iter().rev() {
        body.push_str(&format!("</{name}>"));
    }
    body
}

proptest! {
    #[test]
    fn any_order_of_elements(steps in prop::collection::vec(any::<(u8, u8)>(), 0..120)) {
        with(&body(&steps), &[]);
    }

    #[test]
    fn any_text(text in ".{0,200}") {
        let _ = try_with(&text, &[]);
    }
}
