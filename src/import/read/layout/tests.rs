use super::*;

/// A line of squares at a place, each character as a run of its own where `split`.
fn line(text: &str, x: f64, y: f64, size: f64, first: usize, split: bool) -> Vec<Run> {
    let mut glyphs = Vec::new();
    for (nth, character) in text.chars().enumerate() {
        glyphs.push(Glyph {
            character,
            x: x + nth as f64 * size,
            advance: Some(size),
            width: None,
            id: Some(first + nth),
        });
    }
    match split {
        true => glyphs.into_iter().map(|glyph| Run { glyphs: vec![glyph], size, y, ..Run::default() }).collect(),
        false => vec![Run { glyphs, size, y, ..Run::default() }],
    }
}

fn page(lines: &[(&str, f64, f64)], split: bool) -> Page {
    page_from(0, lines, split)
}

fn page_from(mut first: usize, lines: &[(&str, f64, f64)], split: bool) -> Page {
    let mut page = Page { height: 297.0, ..Page::default() };
    for (text, x, y) in lines {
        page.runs.extend(line(text, *x, *y, 5.0, first, split));
        first += text.chars().count();
    }
    page
}

fn texts(laid_out: &LaidOut) -> Vec<&str> {
    laid_out.pieces.iter().filter(|piece| piece.outside.is_none()).map(|piece| piece.text.as_str()).collect()
}

#[test]
fn indents_and_short_lines_part_paragraphs() {
    let lines = [
        ("库房在楼的北面窗子小而墙很厚夏天也不", 40.0, 50.0),
        ("觉得热。", 30.0, 60.0),
        ("登记要逐页进行缺页和残页都分别注明不", 40.0, 70.0),
        ("得补写也不得凭着自己的记忆去推断原来的", 30.0, 80.0),
        ("文字。", 30.0, 90.0),
    ];
    for split in [false, true] {
        let read = read(vec![page(&lines, split)]);
        assert_eq!(
            texts(&read),
            [
                "库房在楼的北面窗子小而墙很厚夏天也不觉得热。",
                "登记要逐页进行缺页和残页都分别注明不得补写也不得凭着自己的记忆去推断原来的文字。"
            ]
        );
    }
}

#[test]
fn paragraphs_go_on_over_pages_and_numbers_of_pages_are_furniture() {
    let first = [("库房在楼的北面窗子小而墙很厚夏天也不", 40.0, 250.0), ("—1—", 100.0, 285.0)];
    let second = [("觉得热。", 30.0, 50.0), ("—2—", 100.0, 285.0)];
    let full = [("登记要逐页进行缺页和残页都分别注明不得", 30.0, 260.0)];
    let mut one = page(&first, false);
    one.runs.extend(line(full[0].0, full[0].1, full[0].2, 5.0, 21, false));
    let read = read(vec![one, page_from(40, &second, false)]);
    let text = "库房在楼的北面窗子小而墙很厚夏天也不登记要逐页进行缺页和残页都分别注明不得觉得热。";
    assert_eq!(texts(&read), [text]);
    assert_eq!(read.pieces.len(), 3);
    let witness: Vec<char> = ('一'..).take(47).collect();
    let ordered = read.order.of(&witness);
    assert_eq!(ordered.chars().count(), 47);
    assert_ne!(ordered, witness.iter().collect::<String>());
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left: Vec<(String, f64, f64)> = "甲乙丙丁戊己庚辛"
        .chars()
        .zip(0..)
        .map(|(nth, at)| (format!("左边第{nth}行的文字很长很长"), 20.0, 50.0 + 8.0 * f64::from(at)))
        .collect();
    let right = left.iter().map(|(text, x, y)| (text.replace('左', "右"), x + 90.0, *y));
    let mut all: Vec<(String, f64, f64)> = left.iter().cloned().chain(right).collect();
    all.sort_by(|one, other| one.2.total_cmp(&other.2));
    let lines: Vec<(&str, f64, f64)> = all.iter().map(|(text, x, y)| (text.as_str(), *x, *y)).collect();
    let read = read(vec![page(&lines, true)]);
    assert_eq!(read.in_columns, [1]);
    let text = texts(&read).concat();
    assert!(text.find("左边第辛行") < text.find("右边第甲行"), "{text}");
}

#[test]
fn numbers_of_pages() {
    for text in ["12", "—12—", "-3-", "第12页共20页", "第1页，共20页", "12/20", "Page12of20"] {
        assert!(furniture::is_page_number(text), "{text}");
    }
    for text in ["", "—", "12345", "第三章", "2019年", "1.2", "—1—2—3—"] {
        assert!(!furniture::is_page_number(text), "{text}");
    }
}
