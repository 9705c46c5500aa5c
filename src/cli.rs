//! What was typed. What it means is decided by each command.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::diagnostic::lang::Lang;
use crate::record::language;

/// Turns documents and their catalogue records into a lasting website.
///
/// An archive is a folder with a site.toml and a folder content/ of Markdown files, each with its record between two
/// lines of +++. `fonds build` makes the site in public/; it opens with a double click, from a disc or any host.
#[derive(Debug, Parser)]
#[command(
    name = "fonds",
    version,
    propagate_version = true,
    max_term_width = 100,
    after_help = "Begin with:
  fonds init archive        a new archive in the folder archive
  fonds check               what is wrong in it
  fonds build               the site, in public/
  fonds explain CODE        what a message means"
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What every command understands.
    #[command(flatten)]
    pub common: Common,
}

/// What every command understands.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// The archive's folder [default: the nearest one upward with a site.toml]
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub archive: Option<PathBuf>,
    /// Print errors only
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Print more: where things are read from and written to
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Language of messages and help: en or zh-Hans [default: the archive's, else the system's]
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// For people, or one JSON object a line for programs
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human", value_parser = human_or_json())]
    pub format: Format,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal that can.
    Auto,
    /// Also into a pipe.
    Always,
    /// Not at all.
    Never,
}

/// What is as bad as an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings.
    Warnings,
}

/// How results are printed. `fonds record` has formats of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// How the document is cited in a text.
    Cite,
    /// BibTeX.
    Bibtex,
    /// RIS, for Zotero, EndNote and others.
    Ris,
    /// CSL-JSON.
    Csl,
    /// JSON-LD by schema.org.
    JsonLd,
    /// Dublin Core (oai_dc XML).
    Dc,
    /// TEI P5, record and text.
    Tei,
}

fn human_or_json() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(["human", "json"]).map(|word| if word == "json" { Format::Json } else { Format::Human })
}

fn check_format() -> impl TypedValueParser<Value = Format> {
    let own = [Format::Human, Format::Json, Format::Sarif];
    PossibleValuesParser::new(own.iter().filter_map(ValueEnum::to_possible_value))
        .map(|word| <Format as ValueEnum>::from_str(&word, false).unwrap_or(Format::Human))
}

fn record_format() -> impl TypedValueParser<Value = Format> {
    let own = Format::value_variants()
        .iter()
        .filter(|format| !matches!(format, Format::Human | Format::Json | Format::Sarif));
    PossibleValuesParser::new(own.filter_map(ValueEnum::to_possible_value))
        .map(|word| <Format as ValueEnum>::from_str(&word, false).unwrap_or(Format::Cite))
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a new archive in a folder
    ///
    /// On a terminal it asks for the title, the office that holds the archive, and the language. What an option says is not
    /// asked.
    #[command(after_help = "Examples:
  fonds init archive            an archive with one document, ready to build
  fonds init archive --eject    with all templates and static files, to change them
  fonds init archive --yes --title 'County records' --publisher 'The Records Office' --language en")]
    Init(InitArgs),
    /// Make the site, into public/
    ///
    /// Everything is written beside the old site, checked, and exchanged with it in one step: whatever goes wrong, the
    /// old site stands. A folder that fonds did not make is never replaced.
    #[command(after_help = "Examples:
  fonds build                                     the archive around this folder, into its public/
  fonds build --base-url https://archive.example  with sitemap, feed and absolute permalinks
  fonds build --zip                               public.zip as well, to hand on
  fonds build --from page.txt --out site          straight from a captured text, without an archive")]
    Build(BuildArgs),
    /// Turn captures into records, keeping each capture byte for byte
    ///
    /// Reads saved pages (HTML in any common encoding), Word files (.docx), plain text, Markdown, EPUB books and web
    /// archives (WARC, each page a document). Finds title, author, date and source office, the printed headings 一、 and （一）,
    /// and the page's furniture. Nothing is lost: what is no part of the text is in the record or listed as dropped, and every
    /// character is proven to be in one of the three.
    #[command(after_help = "Examples:
  fonds import --dry-run page.html              what would be recognised, line by line
  fonds import captures/ --into essays          every capture in a folder, into content/essays/
  fonds import site.warc.gz                     every page of a web archive
  fonds import --update page.html               a newer capture of a page that the archive has
  fonds import --dry-run --format json *.txt    one JSON object a capture, for programs")]
    Import(ImportArgs),
    /// Show the archive as a site that follows every edit
    ///
    /// A page is made when it is asked for, from the files as they are: a saved edit is in the browser at once, however large
    /// the archive is. What is wrong stands in the page, with its place and remedy, until it is mended. Nothing is written.
    #[command(after_help = "Examples:
  fonds serve --open               in the browser, at http://127.0.0.1:1111/
  fonds serve --port 8000          at another port; 0 takes a free one
  fonds serve --bind 0.0.0.0       for other computers in the network too, who see all that the archive publishes")]
    Serve(ServeArgs),
    /// Give a document or a section another address, and let the old one lead on
    ///
    /// Moves the document's file, or its folder with all that lies in it, and writes the former address into its record
    /// (aliases, or the table section_aliases). Links of the whole archive that would break are mended. Nothing else changes.
    #[command(after_help = "Examples:
  fonds mv letters essays/letters           the document `letters` into the collection essays
  fonds mv letters essays/                  the same
  fonds mv letters letters-1950             another id, in the same collection
  fonds mv content/a/x.md content/b/y.md    both, by files
  fonds mv letters#s1 letters#opening       another id for a section, written {#opening} at its heading
  fonds mv --dry-run letters essays/        what would change, and nothing written")]
    Mv(MvArgs),
    /// Find everything that can be wrong, and write nothing
    #[command(after_help = "Examples:
  fonds check
  fonds check --external                    addresses on the web too
  fonds check --deny warnings               for a script that must stop on them
  fonds check --format json | jq .code
  fonds check --format sarif > fonds.sarif  for a code host or an editor")]
    Check(CheckArgs),
    /// Say what the code of a message means, and what to do
    ///
    /// Every message of fonds carries a code in brackets, such as error[broken-link]. Each has a page with an example and the
    /// remedy. Without a code all are listed.
    #[command(after_help = "Examples:
  fonds explain broken-link
  fonds explain                 every code with its sentence")]
    Explain(ExplainArgs),
    /// Print one document's record in the form that a program or a footnote wants
    #[command(after_help = "Examples:
  fonds record letters                               how the document with this id is cited
  fonds record content/notices/letters.md --format bibtex >> library.bib
  fonds record letters --format json-ld | jq .author")]
    Record(RecordArgs),
    /// Print the manual pages, or write them into a folder
    #[command(after_help = "Examples:
  fonds man | man -l -                      read them all
  fonds man ~/.local/share/man/man1         install them: man fonds-build")]
    Man(ManArgs),
    /// Print the completion script of a shell
    #[command(after_help = "Examples:
  fonds completions bash > ~/.local/share/bash-completion/completions/fonds
  fonds completions fish > ~/.config/fish/completions/fonds.fish")]
    Completions {
        /// bash, zsh, fish, powershell or elvish
        shell: Shell,
    },
}

/// `fonds init`
#[derive(Debug, Args)]
pub struct InitArgs {
    /// A new or empty folder
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// Write the built-in templates and static files into it as well
    #[arg(long)]
    pub eject: bool,
    /// The archive's name
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// The office that holds it
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// The language of its interface and texts: zh-Hans, zh-Hant, en or another BCP 47 tag
    #[arg(long, value_name = "TAG", value_parser = language_tag)]
    pub language: Option<String>,
    /// Ask nothing
    #[arg(long, short)]
    pub yes: bool,
}

/// `fonds build`
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Build straight from captured texts, without an archive
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath, conflicts_with = "archive")]
    pub from: Vec<PathBuf>,
    /// The site's folder [default: public/ in the archive]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Pack the site into one zip as well [default: beside the site's folder]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, num_args = 0..=1, require_equals = true)]
    pub zip: Option<Option<PathBuf>>,
    /// Threads [default: one a processor]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Build documents that say draft = true as well
    #[arg(long)]
    pub drafts: bool,
    /// Say how long each stage took
    #[arg(long)]
    pub timings: bool,
    /// Where the site will stand; stands in for base_url in site.toml
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub base_url: Option<String>,
}

/// `fonds import`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Captures, folders of them, or patterns such as "captures/**/*.html"
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Folder below content/ [default: one for the source office]
    #[arg(long, value_name = "COLLECTION")]
    pub into: Option<String>,
    /// Say what would be recognised, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Take newer captures of documents that the archive has; a person's changes of the record stand
    #[arg(long, conflicts_with = "dry_run")]
    pub update: bool,
}

/// `fonds serve`
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Port
    #[arg(long, value_name = "N", default_value_t = 1111)]
    pub port: u16,
    /// Address to listen on: only this computer reaches 127.0.0.1
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// A name under which browsers may ask too, besides addresses and localhost
    #[arg(long, value_name = "NAME", value_hint = ValueHint::Hostname)]
    pub host: Vec<String>,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// Show documents that say draft = true as well
    #[arg(long)]
    pub drafts: bool,
}

/// `fonds mv`
#[derive(Debug, Args)]
pub struct MvArgs {
    /// A document's id or file, or a section: id#section
    #[arg(value_name = "OLD", value_hint = ValueHint::FilePath)]
    pub old: String,
    /// Where it is to be: COLLECTION/ID, COLLECTION/, ID; of a section, id#section
    #[arg(value_name = "NEW", value_hint = ValueHint::FilePath)]
    pub new: String,
    /// Say what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `fonds check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Ask every address on the web that texts and records name whether it still answers
    ///
    /// Each host is asked one address at a time, with a pause; good answers hold for a week and are kept in the user's cache
    /// folder (on Linux ~/.cache/fonds/addresses.json), not in the archive. Addresses in private networks are not asked.
    #[arg(long)]
    pub external: bool,
    /// With --external, ask addresses in private networks as well
    #[arg(long, requires = "external")]
    pub private: bool,
    /// End with exit code 1 on warnings too
    #[arg(long, value_name = "WHAT")]
    pub deny: Option<Deny>,
    /// For people, one JSON object a line for programs, or SARIF 2.1.0 for code hosts and editors
    #[arg(long, id = "format", value_name = "FORMAT", default_value = "human", value_parser = check_format())]
    pub format: Format,
    /// Show the fixes that are certain as a diff, and apply them
    ///
    /// Asks before it writes. Without a terminal nothing is written unless --yes is given. Only the bytes at fault change.
    #[arg(long)]
    pub fix: bool,
    /// With --fix, apply without asking
    #[arg(long, short, requires = "fix")]
    pub yes: bool,
    /// Check documents that say draft = true as well
    #[arg(long)]
    pub drafts: bool,
    /// Say how long each stage took
    #[arg(long)]
    pub timings: bool,
}

/// `fonds man`
#[derive(Debug, Args)]
pub struct ManArgs {
    /// A folder for one file a page: fonds.1, fonds-build.1 …
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: Option<PathBuf>,
}

/// `fonds explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Codes as messages print them
    #[arg(value_name = "CODE")]
    pub codes: Vec<String>,
}

/// `fonds record`
#[derive(Debug, Args)]
pub struct RecordArgs {
    /// The document's file, or its id
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub document: PathBuf,
    /// What to print
    #[arg(long, id = "format", value_name = "FORMAT", default_value = "cite", value_parser = record_format())]
    pub format: Format,
    /// Where the site will stand; stands in for base_url in site.toml
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub base_url: Option<String>,
}

fn language_tag(text: &str) -> Result<String, String> {
    match language::is_tag(text) {
        true => Ok(text.to_string()),
        false => Err("a language is written zh-Hans, zh-Hant, en …".to_string()),
    }
}

fn web_address(text: &str) -> Result<String, String> {
    let lower = text.to_ascii_lowercase();
    let valid = (lower.starts_with("https://") || lower.starts_with("http://")) && !text.contains(char::is_whitespace);
    if valid { Ok(text.to_string()) } else { Err("an address begins with https:// or http://".to_string()) }
}
