//! The table of facts that government pages have above the text: 索引号, 发布机构, 成文日期.
//!
//! Its cells are label and value in turn, or its first row has the labels and its second the values. The labels need no
//! colon there, so the table is one only if nothing else stands in it.

use std::ops::Range;

use super::label::{Fact, Field, Labelled, named};

/// Longest text of such a table, in bytes.
const LONGEST: usize = 4_000;
/// Fewest labels that are known.
const LEAST: usize = 3;

/// The facts of a table, whose text has a tab between cells and a line feed between rows.
pub(crate) fn cut(text: &str) -> Option<Labelled> {
    if text.len() > LONGEST || !text.contains('\t') {
        return None;
    }
    let rows = rows(text);
    let fields: Vec<Field> = rows
        .iter()
        .flatten()
        .filter_map(|cell| label(text, cell))
        .filter(|(_, known)| *known)
        .map(|(field, _)| field)
        .collect();
    let official = [Field::IndexNumber, Field::Issuer, Field::DocNumber, Field::Created];
    if fields.len() < LEAST || !fields.iter().any(|field| official.contains(field)) {
        return None;
    }
    let mut facts = by_columns(text, &rows).or_else(|| in_turn(text, &rows))?;
    // A label without a value says nothing of what stands below the table.
    facts.sort_by_key(|fact| !fact.value.is_empty());
    facts.last().is_some_and(|fact| !fact.value.is_empty()).then_some(Labelled { before: 0..0, facts })
}

/// The cells by row, without the space around their words.
fn rows(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut at = 0;
    let mut rows = Vec::new();
    for row in text.split('\n') {
        let mut cells = Vec::new();
        for cell in row.split('\t') {
            let start = at + cell.len() - cell.trim_start().len();
            cells.push(start..start + cell.trim().len());
            at += cell.len() + 1;
        }
        rows.push(cells);
    }
    rows
}

/// What a cell names, and whether it is a label that is known; others have a colon.
fn label(text: &str, cell: &Range<usize>) -> Option<(Field, bool)> {
    let word = text.get(cell.clone())?;
    if let Some(field) = named(word) {
        return Some((field, true));
    }
    let short = word.chars().nth(10).is_none() && word.chars().nth(1).is_some();
    (short && word.ends_with(['：', ':'])).then_some((Field::Other, false))
}

/// Labels in the first row, values in the second.
fn by_columns(text: &str, rows: &[Vec<Range<usize>>]) -> Option<Vec<Fact>> {
    let [names, values] = rows else { return None };
    // The space at the end of the text is cut, and with it the tabs before empty cells.
    if values.len() > names.len() {
        return None;
    }
    let fact = |(name, value): (&Range<usize>, &Range<usize>)| {
        let (field, _) = label(text, name)?;
        label(text, value).is_none().then(|| Fact { field, label: name.clone(), value: value.clone() })
    };
    let end = values.last().map_or(0, |value| value.end);
    let none = end..end;
    names.iter().zip(values.iter().chain(std::iter::repeat(&none))).map(fact).collect()
}

/// Label and value in turn.
fn in_turn(text: &str, rows: &[Vec<Range<usize>>]) -> Option<Vec<Fact>> {
    let mut facts: Vec<Fact> = Vec::new();
    for row in rows {
        let mut waits = false;
        for cell in row.iter().filter(|cell| !cell.is_empty()) {
            if let Some((field, _)) = label(text, cell) {
                facts.push(Fact { field, label: cell.clone(), value: cell.end..cell.end });
                waits = true;
            } else {
                let fact = facts.last_mut().filter(|_| waits)?;
                fact.value = cell.clone();
                waits = false;
            }
        }
    }
    Some(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str) -> Option<Vec<(Field, &str)>> {
        Some(cut(text)?.facts.iter().map(|fact| (fact.field, &text[fact.value.clone()])).collect())
    }

    #[test]
    fn cells_in_turn_and_by_columns() {
        let turn = "索 引 号\t0001/2020\t公开分类\t\n发布机构\t县馆\t成文日期\t2020-12-29\n文　　号\t\t主题词\t";
        assert_eq!(
            facts(turn).expect("facts").into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>(),
            [(Field::IndexNumber, "0001/2020"), (Field::Issuer, "县馆"), (Field::Created, "2020-12-29")]
        );
        let columns = "索取号\t发布机构\t文件编号\t备注\n0001\t县馆\t江档〔2020〕5号";
        assert_eq!(facts(columns).expect("facts").len(), 4);
        assert_eq!(facts("信息名称：\t渡口停航\t\n信息索引：\t0001\t生成日期：\t2020-06-04").map(|f| f.len()), Some(3));
    }

    #[test]
    fn tables_of_data_are_none() {
        assert_eq!(facts("名称\t作者\t来源\n渡口志\t林渡\t购入\n江城志\t沈一帆\t捐赠"), None);
        assert_eq!(facts("书库\t读者\n一\t二"), None);
    }
}
