//! The recogniser against documents with headings that editors marked: three of this repository's own, and 120 real ones
//! that lie beside it. It prints recall, precision and each difference, and asserts floors.

mod recognised;

use std::collections::BTreeMap;
use std::path::Path;

use fonds::diagnostic::Severity;
use fonds::import::{BlockKind, Capture, read};

fn compact(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

#[test]
fn own_documents() {
    assert_eq!(recall_and_precision(&recognised::own("corpus")), (1.0, 1.0));
}

#[test]
fn real_documents() {
    let Some(corpus) = recognised::shared("corpus") else { return };
    let (recall, precision) = recall_and_precision(&corpus);
    assert!(recall >= 0.995, "recall {recall}");
    assert!(precision >= 0.98, "precision {precision}");
}

/// How many of the marked headings of a folder are recognised, and how many of those recognised are marked.
fn recall_and_precision(corpus: &Path) -> (f64, f64) {
    let table = std::fs::read_to_string(corpus.join("headings.tsv")).expect("a table of headings");
    let mut marked: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, heading) in table.lines().filter_map(|line| line.split_once('\t')) {
        marked.entry(file.to_string()).or_default().push(compact(heading));
    }
    let mut files: Vec<_> = std::fs::read_dir(corpus)
        .expect("the corpus can be listed")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    let (mut found, mut missed, mut extra, mut titled) = (0, Vec::new(), Vec::new(), 0);
    for path in &files {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_string();
        let bytes = std::fs::read(path).expect("readable");
        let import = read(&Capture { name: &name, bytes: &bytes }).expect("text");
        titled += usize::from(import.meta.title.is_some());
        let faults: Vec<String> = import
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .map(|diagnostic| {
                diagnostic.render(fonds::diagnostic::lang::Lang::English, false, fonds::diagnostic::WIDTH)
            })
            .collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        for told in &import.diagnostics {
            println!(
                "told {name}:{} {}: {}",
                told.place.as_ref().map_or(0, |place| place.line),
                told.code().name(),
                told.message(fonds::diagnostic::lang::Lang::English)
            );
        }
        let mut wanted = marked.remove(&name).unwrap_or_default();
        for block in import.blocks.iter().filter(|block| block.kind == BlockKind::Heading) {
            let heading = compact(&block.printed());
            match wanted.iter().position(|other| *other == heading) {
                Some(at) => {
                    wanted.remove(at);
                    found += 1;
                }
                None => extra.push(format!("{name}:{} {heading}", block.line)),
            }
        }
        missed.extend(wanted.into_iter().map(|heading| format!("{name} {heading}")));
    }
    let share =
        |of: usize| f64::from(u32::try_from(found).unwrap_or(0)) / f64::from(u32::try_from(found + of).unwrap_or(1));
    let (recall, precision) = (share(missed.len()), share(extra.len()));
    println!("missed {missed:#?}\nextra {extra:#?}");
    println!(
        "{} documents, {titled} titles, {found} headings, recall {recall:.4}, precision {precision:.4}",
        files.len()
    );
    (recall, precision)
}
