//! Whole processes, measured: what both benches share.

#![allow(unsafe_code)]
// The child is waited for with wait4, which clippy does not know.
#![allow(clippy::zombie_processes)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// One finished process.
pub struct Run {
    /// From start to end.
    pub seconds: f64,
    /// Most memory it had.
    pub peak_megabytes: f64,
}

/// The middle value, or what lies between the two middle ones.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) { (values[middle - 1] + values[middle]) / 2.0 } else { values[middle] }
}

/// Removes folders that may be there.
pub fn remove(folders: &[&PathBuf]) {
    for folder in folders {
        let _ = std::fs::remove_dir_all(folder);
    }
}

/// Bytes of all files.
pub fn folder_size(folder: &Path) -> u64 {
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
pub fn run(mut command: Command) -> Run {
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
pub fn run(mut command: Command) -> Run {
    let started = Instant::now();
    let status = command.stdout(Stdio::null()).status().expect("the command starts");
    assert!(status.success(), "the command fails");
    Run { seconds: started.elapsed().as_secs_f64(), peak_megabytes: f64::NAN }
}
