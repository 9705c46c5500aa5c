//! Measures whole builds against `cp -r` of their own output: `cargo bench --bench build`
//!
//! Both commands of a pair run right after each other on the same machine, in memory (/dev/shm), so what is quoted is a
//! ratio and survives a noisy machine. Each size is measured with the index of all words and without it, on few words
//! that recur and on as many as real texts have. Very large archives are built once, on the disc. Sizes can be named:
//! `cargo bench --bench build -- 2000 10000 100000`.

mod process;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use process::{folder_size, median, remove, run};

/// Pairs a size is measured with.
const PAIRS: usize = 6;

/// An archive larger than this does not fit into memory three times over; it is built once, on the disc, to see that it
/// ends and what memory it takes.
const LARGE: usize = 20_000;

/// What is aimed at: build ÷ cp, and peak memory.
const CLAIMS: &str = "aims: 2,000 documents ≤ 1.0 × cp without the search, ≤ 2.0 × cp with it; 20,000 ≤ 1,000 MB";

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![2_000, 10_000] } else { sizes };
    println!(
        "{:>9} {:>7} {:>7} {:>8} {:>8} {:>7} {:>9} {:>9} {:>9}",
        "documents", "texts", "search", "build s", "cp s", "ratio", "rebuild s", "peak MB", "output MB"
    );
    for size in sizes {
        for texts in ["plain", "varied"] {
            let base = base_for(size);
            measure(&base, size, texts);
            let _ = std::fs::remove_dir_all(&base);
        }
    }
    println!("{CLAIMS}");
}

/// A folder of this run's own: in memory where there is room.
fn base_for(size: usize) -> PathBuf {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() && size <= LARGE { memory.to_path_buf() } else { std::env::temp_dir() };
    base.join(format!("fonds-bench-{}", std::process::id()))
}

/// Measures one archive, without the search and with it.
fn measure(base: &Path, size: usize, texts: &str) {
    let archive = base.join("archive");
    let _ = std::fs::remove_dir_all(&archive);
    let mut corpus = Command::new(env!("CARGO"));
    corpus.args(["run", "--quiet", "--release", "--example", "corpus", "--", &size.to_string()]).arg(&archive);
    if texts != "plain" {
        corpus.arg(texts);
    }
    assert!(corpus.stdout(Stdio::null()).status().expect("cargo runs").success(), "the corpus was not made");
    let settings = archive.join("site.toml");
    let plain = std::fs::read_to_string(&settings).expect("site.toml");
    for search in [false, true] {
        std::fs::write(&settings, format!("{plain}\n[build]\nsearch = {search}\n")).expect("site.toml is written");
        print!("{size:>9} {texts:>7} {:>7} ", if search { "yes" } else { "no" });
        measure_builds(base, size);
    }
}

/// Pairs of a build and a copy of what it wrote; ends the line.
fn measure_builds(base: &Path, size: usize) {
    let (archive, site, copy) = (base.join("archive"), base.join("site"), base.join("copy"));
    let build = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fonds"));
        command.arg("build").arg("--archive").arg(&archive).arg("--out").arg(&site);
        run(command)
    };
    if size > LARGE {
        let built = build();
        let output = folder_size(&site) as f64 / 1e6;
        remove(&[&site]);
        println!("{:>8.2} {:>8} {:>7} {:>9} {:>9.0} {output:>9.0}", built.seconds, "–", "–", "–", built.peak_megabytes);
        return;
    }
    let (mut builds, mut copies, mut ratios, mut rebuilds, mut peak) = (vec![], vec![], vec![], vec![], 0.0_f64);
    for _ in 0..PAIRS {
        remove(&[&site, &copy]);
        let built = build();
        let mut cp = Command::new("cp");
        cp.arg("-r").arg(&site).arg(&copy);
        let copied = run(cp);
        remove(&[&copy]);
        peak = peak.max(built.peak_megabytes);
        ratios.push(built.seconds / copied.seconds);
        builds.push(built.seconds);
        copies.push(copied.seconds);
        let rebuilt = build();
        peak = peak.max(rebuilt.peak_megabytes);
        rebuilds.push(rebuilt.seconds);
    }
    let output = folder_size(&site) as f64 / 1e6;
    remove(&[&site]);
    println!(
        "{:>8.2} {:>8.2} {:>7.2} {:>9.2} {peak:>9.0} {output:>9.0}",
        median(&mut builds),
        median(&mut copies),
        median(&mut ratios),
        median(&mut rebuilds),
    );
}
