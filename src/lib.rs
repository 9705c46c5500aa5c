//! fonds turns documents and their catalogue records into a lasting, navigable, citable static site.
//!
//! A *fonds* is what one creator left behind. The program reads an archive (`site.toml` and a folder `content/` of
//! Markdown files, each with its record) and writes a site that works from a disc, an intranet or any host. It does so
//! in one straight pipeline, and [`build`](mod@build) is that pipeline, one line a stage:
//!
//! ```text
//! site.toml ──► Site
//! content/ ──scan──► SourceFile ──read∥──► Record ──assemble──► Archive           pass 1: records only
//!                                                                 │
//!        each document ∥: parse once ► Text ► pages     ► Staging ◄┘              pass 2: one text at a time
//!                                                                 │
//!               collections · indexes · feed · sitemap ► Staging ◄┘
//!                                                                 │
//!                                          checks ► commit (atomic exchange) ► public/
//! ```
//!
//! There are two passes because navigation needs every record and no page needs every text. What a person wrote wrong
//! becomes a [`diagnostic::Diagnostic`] with its place and remedy; all are gathered, and while one is an error nothing
//! is published. What the machine refuses (a full disk, a missing permission) is an [`anyhow::Error`].
//!
//! The folders lie in layers, and none knows those above it: CONTRIBUTING.md has the list, `./check layers` holds to it.

// Lists of cases in tests are long, what the program does is not.
#![cfg_attr(not(test), warn(clippy::too_many_lines))]

// The ground.
pub(crate) mod bag;
pub(crate) mod change;
pub(crate) mod deflate;
pub mod diagnostic;
pub(crate) mod file;
pub(crate) mod fixity;
pub mod fold;
pub mod folder;
pub(crate) mod progress;
pub(crate) mod timing;

// What people wrote, and what it means.
pub mod archive;
pub mod record;
pub mod site;
pub mod text;
pub(crate) mod words;

// What becomes of it.
pub(crate) mod format;
pub mod output;
pub mod page;
pub mod search;
pub mod theme;

// What is done with it.
pub mod build;
pub(crate) mod check;
pub(crate) mod deposit;
pub mod import;
pub(crate) mod moving;
pub(crate) mod serve;
#[cfg(feature = "targets")]
pub(crate) mod target;
pub(crate) mod verify;

// What is typed.
pub mod cli;
pub mod command;
pub mod explanation;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;

pub use build::{Input, Order, Outcome, build, read_archive};
