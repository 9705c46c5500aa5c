//! The index, read from the files that a build wrote, against a plain scan of what was built.

mod reader;

use reader::Reader;

#[test]
fn probe() {
    let Ok(site) = std::env::var("SITE") else { return };
    let mut reader = Reader::open(std::path::Path::new(&site));
    println!("{} docs", reader.documents.len());
    // texts
    let blocks: usize = reader.documents.iter().flatten().map(Vec::len).sum();
    let mut all: Vec<Vec<String>> = Vec::new();
    let mut b = 0;
    while b < blocks {
        let (first, ex) = reader.excerpts(b);
        b = first + ex.len();
        all.extend(ex.into_iter().map(|e| e.lines.into_iter().map(|l| l.2).collect()));
    }
    let folded: Vec<Vec<Vec<u16>>> = all
        .iter()
        .map(|x| {
            x.iter()
                .map(|t| {
                    let mut f = fonds::search::fold::folder().folded(t);
                    f.push(0);
                    f
                })
                .collect()
        })
        .collect();
    let mut seed = 12345u64;
    let mut rnd = |n: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 11) as usize % n
    };
    let (mut sizes, mut idx, mut bad, mut exact, mut hits) = (vec![], vec![], 0, 0, vec![]);
    let mut by_len: Vec<Vec<usize>> = vec![vec![]; 13];
    for _ in 0..300 {
        let phrase = loop {
            let u = rnd(all.len());
            if all[u].is_empty() {
                continue;
            }
            let p = &all[u][rnd(all[u].len())];
            let chars: Vec<char> = p.chars().collect();
            let n = 1 + rnd(12);
            if chars.len() < n {
                continue;
            }
            let s = rnd(chars.len() - n + 1);
            let t: String = chars[s..s + n].iter().collect();
            let alnum = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if s > 0 && alnum(chars.get(s - 1)) && alnum(chars.get(s))
                || alnum(chars.get(s + n - 1)) && alnum(chars.get(s + n))
            {
                continue;
            }
            if fonds::search::fold::folder().folded(&t).is_empty() {
                continue;
            }
            break t;
        };
        let f = fonds::search::fold::folder().folded(&phrase);
        reader.loaded.clear();
        let found = reader.find(&f);
        exact += usize::from(found.exact);
        idx.push(reader.loaded.values().sum::<usize>());
        let truth: Vec<usize> =
            (0..folded.len()).filter(|b| folded[*b].iter().any(|p| reader::contains(p, &f))).collect();
        let mut got: Vec<usize> = found.blocks.iter().copied().collect();
        if !found.exact {
            got.retain(|b| reader.holds(*b, &f));
        }
        if got != truth {
            bad += 1;
            println!("BAD {phrase} {} {}", got.len(), truth.len());
        }
        for b in got.iter().take(10) {
            reader.excerpts(*b);
        }
        let total = reader.loaded.values().sum::<usize>();
        sizes.push(total);
        by_len[f.len().min(12)].push(total);
        hits.push(truth.len());
    }
    sizes.sort();
    idx.sort();
    hits.sort();
    println!(
        "bad {bad} exact {exact}/300 bytes median {} p95 {} max {}; index median {} p95 {}; hits median {}",
        sizes[150], sizes[285], sizes[299], idx[150], idx[285], hits[150]
    );
    for (n, mut x) in by_len.into_iter().enumerate() {
        if !x.is_empty() {
            x.sort();
            println!("len {n}: n {} median {} max {}", x.len(), x[x.len() / 2], x[x.len() - 1]);
        }
    }
}
