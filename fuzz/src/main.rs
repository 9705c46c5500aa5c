//! Fuzz targets with coverage: libFuzzer changes inputs where a change leads to code that no input has reached.
//!
//! One program has all targets, since compiling it takes longer than a short run of any: `FONDS_FUZZ_TARGET` names the one.
//! `FONDS_FUZZ_SEEDS=FOLDER` writes the inputs to begin with, a folder a target, and ends. `./check fuzz` does both.
//!
//! What no target may do: panic, overflow, hang, fill the memory. What each must hold besides stands with it.

#![no_main]

mod captures;
#[path = "../../tests/outside/doc_file.rs"]
mod doc_file;
mod edit;
mod page;
#[allow(dead_code)] // the seeds need a part of it
#[path = "../../tests/outside/pdf_file.rs"]
mod pdf_file;
mod records;
#[path = "../../tests/seeds/mod.rs"]
mod seeds;
#[path = "../../tests/outside/xls_file.rs"]
mod xls_file;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

/// What is tried.
pub struct Target {
    name: &'static str,
    run: fn(&[u8]),
    seeds: fn() -> Vec<Vec<u8>>,
}

/// All targets.
const TARGETS: [Target; 22] = [
    Target { name: "decode", run: captures::decode, seeds: captures::decode_seeds },
    Target { name: "doc", run: captures::doc, seeds: captures::doc_seeds },
    Target { name: "docx", run: captures::docx, seeds: captures::docx_seeds },
    Target { name: "edit", run: edit::run, seeds: edit::seeds },
    Target { name: "epub", run: captures::epub, seeds: captures::epub_seeds },
    Target { name: "html", run: captures::html, seeds: captures::html_seeds },
    Target { name: "ledgers", run: records::ledgers, seeds: records::ledger_seeds },
    Target { name: "markdown", run: captures::markdown, seeds: captures::markdown_seeds },
    Target { name: "markup", run: captures::markup, seeds: captures::markup_seeds },
    Target { name: "mhtml", run: captures::mhtml, seeds: captures::mhtml_seeds },
    Target { name: "odt", run: captures::odt, seeds: captures::odt_seeds },
    Target { name: "ofd", run: captures::ofd, seeds: captures::ofd_seeds },
    Target { name: "package", run: captures::package, seeds: captures::package_seeds },
    Target { name: "page", run: page::run, seeds: captures::markdown_seeds },
    Target { name: "pdf", run: captures::pdf, seeds: captures::pdf_seeds },
    Target { name: "record", run: records::record, seeds: records::record_seeds },
    Target { name: "rtf", run: captures::rtf, seeds: captures::rtf_seeds },
    Target { name: "site", run: records::site, seeds: records::site_seeds },
    Target { name: "text", run: captures::text, seeds: captures::text_seeds },
    Target { name: "warc", run: captures::warc, seeds: captures::warc_seeds },
    Target { name: "xls", run: captures::xls, seeds: captures::xls_seeds },
    Target { name: "xlsx", run: captures::xlsx, seeds: captures::xlsx_seeds },
];

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("FONDS_FUZZ_TARGET").unwrap_or_default();
    let known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    let found = TARGETS.iter().find(|target| target.name == name);
    found.unwrap_or_else(|| panic!("FONDS_FUZZ_TARGET is one of {}", known.join(" ")))
});

fn begin() {
    let Some(folder) = std::env::var_os("FONDS_FUZZ_SEEDS") else { return };
    for target in &TARGETS {
        let folder = Path::new(&folder).join(target.name);
        fs::create_dir_all(&folder).expect("a folder for the seeds");
        for (at, seed) in (target.seeds)().into_iter().enumerate() {
            fs::write(folder.join(format!("seed-{at}")), seed).expect("a seed is written");
        }
    }
    std::process::exit(0);
}

fuzz_target!(init: begin(), |bytes: &[u8]| (TARGET.run)(bytes));
