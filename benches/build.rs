//! Measures whole builds against `cp -r` of their own output: `cargo bench --bench build`
//!
//! Both commands of a pair run right after each other on the same machine, in memory (/dev/shm), so what is quoted is a
//! ratio and survives a noisy machine. Very large archives are built once, on the disc. Sizes can be named: `cargo bench --bench build -- 2000 10000 100000`.

#![allow(unsafe_code)]
// The child is waited for with wait4, which clippy does not know.
#![allow(clippy::zombie_processes)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Pairs a size is measured with.
const PAIRS: usize = 5;

/// An archive larger than this does not fit into memory three times over; it is built once, on the disc, to see that it
/// ends and what memory it takes.
const LARGE: usize = 20_000;

/// What is claimed: build ÷ cp, and peak memory in MB for 2,000 documents.
const CLAIMS: &str =
    "claims: 2,000 documents ≤ 1.00 × cp and ≤ 64 MB; 10,000 ≤ 5.5 × the time of 2,000; 100,000 ≤ 600 MB";

/// One finished process.
struct Run {
    seconds: f64,
    peak_megabytes: f64,
}

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![2_000, 10_000] } else { sizes };
    println!(
        "{:>9} {:>8} {:>8} {:>7} {:>9} {:>9} {:>9}",
        "documents", "build s", "cp s", "ratio", "rebuild s", "peak MB", "output MB"
    );
    let mut first: Option<(usize, f64)> = None;
    for size in sizes {
        let base = base_for(size);
        let build = measure(&base, size);
        let _ = std::fs::remove_dir_all(&base);
        match first {
            Some((documents, seconds)) => {
                println!("          {size} documents took {:.2} × the time of {documents}", build / seconds);
            }
            None => first = Some((size, build)),
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

/// Measures one size and gives the median seconds of a build.
fn measure(base: &Path, size: usize) -> f64 {
    let (archive, site, copy) = (base.join("archive"), base.join("site"), base.join("copy"));
    let _ = std::fs::remove_dir_all(&archive);
    let made = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--release", "--example", "corpus", "--", &size.to_string()])
        .arg(&archive)
        .stdout(Stdio::null())
        .status()
        .expect("cargo runs");
    assert!(made.success(), "the corpus was not made");
    let build = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fonds"));
        command.arg("build").arg("--archive").arg(&archive).arg("--out").arg(&site);
        run(command)
    };
    if size > LARGE {
        let built = build();
        let output = folder_size(&site) as f64 / 1e6;
        remove(&[&site, &archive]);
        println!(
            "{size:>9} {:>8.2} {:>8} {:>7} {:>9} {:>9.0} {output:>9.0}",
            built.seconds, "–", "–", "–", built.peak_megabytes
        );
        return built.seconds;
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
    remove(&[&site, &archive]);
    println!(
        "{size:>9} {:>8.2} {:>8.2} {:>7.2} {:>9.2} {peak:>9.0} {output:>9.0}",
        median(&mut builds),
        median(&mut copies),
        median(&mut ratios),
        median(&mut rebuilds),
    );
    median(&mut builds)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn remove(folders: &[&PathBuf]) {
    for folder in folders {
        let _ = std::fs::remove_dir_all(folder);
    }
}

fn folder_size(folder: &Path) -> u64 {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| entry.metadata().ok())
        .map(|file| file.len())
        .sum()
}

/// Runs a command to its end; the system tells its peak memory.
#[cfg(unix)]
fn run(mut command: Command) -> Run {
    let started = Instant::now();
    let child = command.stdout(Stdio::null()).spawn().expect("the command starts");
    let mut status = 0;
    // SAFETY: `usage` is plain data that wait4 fills, and the child is ours and not waited for elsewhere.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        let pid = libc::pid_t::try_from(child.id()).expect("a process id");
        assert_eq!(libc::wait4(pid, &mut status, 0, &mut usage), pid, "the command ends");
        usage
    };
    assert_eq!(status, 0, "the command fails");
    // Linux gives kilobytes.
    Run { seconds: started.elapsed().as_secs_f64(), peak_megabytes: usage.ru_maxrss as f64 / 1e3 }
}

#[cfg(not(unix))]
fn run(mut command: Command) -> Run {
    let started = Instant::now();
    let status = command.stdout(Stdio::null()).status().expect("the command starts");
    assert!(status.success(), "the command fails");
    Run { seconds: started.elapsed().as_secs_f64(), peak_megabytes: f64::NAN }
}
