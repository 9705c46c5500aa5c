//! Measures importing text captures against `cp -r` of what it writes: `cargo bench --bench import`
//!
//! Both run right after each other in memory, as in the bench of builds. The number of captures can be named; memory is to be
//! flat, so a tenth of them is measured too.

mod process;

use std::path::Path;
use std::process::{Command, Stdio};

use process::{folder_size, median, remove, run};

/// Pairs a size is measured with.
const PAIRS: usize = 5;

fn main() {
    let size = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(10_000);
    println!("{:>9} {:>9} {:>8} {:>7} {:>8} {:>9}", "captures", "import s", "cp s", "ratio", "peak MB", "output MB");
    measure(size / 10);
    measure(size);
    println!("claims: 10,000 captures ≤ 3.00 × cp, memory flat");
}

fn measure(size: usize) {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
    let base = base.join(format!("fonds-import-{}", std::process::id()));
    let (captures, archive, copy) = (base.join("captures"), base.join("archive"), base.join("copy"));
    remove(&[&base]);
    let made = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--release", "--example", "corpus", "--", &size.to_string()])
        .arg(&captures)
        .arg("captures")
        .stdout(Stdio::null())
        .status()
        .expect("cargo runs");
    assert!(made.success(), "the captures were not made");
    let (mut imports, mut copies, mut ratios, mut peak) = (vec![], vec![], vec![], 0.0_f64);
    let mut output = 0;
    for _ in 0..PAIRS {
        remove(&[&archive, &copy]);
        std::fs::create_dir_all(archive.join("content")).expect("a folder");
        std::fs::write(archive.join("site.toml"), "title = \"测量\"\n").expect("a file");
        let mut import = Command::new(env!("CARGO_BIN_EXE_fonds"));
        import.arg("import").arg("--quiet").arg("--archive").arg(&archive).arg(&captures);
        let imported = run(import);
        let mut cp = Command::new("cp");
        cp.arg("-r").arg(archive.join("content")).arg(&copy);
        let copied = run(cp);
        output = folder_size(&archive);
        peak = peak.max(imported.peak_megabytes);
        ratios.push(imported.seconds / copied.seconds);
        imports.push(imported.seconds);
        copies.push(copied.seconds);
    }
    remove(&[&base]);
    println!(
        "{size:>9} {:>9.2} {:>8.2} {:>7.2} {peak:>8.0} {:>9.0}",
        median(&mut imports),
        median(&mut copies),
        median(&mut ratios),
        output as f64 / 1e6,
    );
}
