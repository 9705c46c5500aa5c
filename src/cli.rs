//! What was typed. What it means is decided by each command.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::diagnostic::lang::Lang;
use crate::record::language;

/// Turn documents and their catalogue records into a lasting website.
///
/// An archive is a folder with a file site.toml and a folder content/ of Markdown files, each with its record between two
/// lines of +++. `fonds build` creates the site in public/. It opens with a double click and works on any host or disc.
#[derive(Debug, Parser)]
#[command(
    name = "fonds",
    version,
    propagate_version = true,
    max_term_width = 100,
    after_help = "Start with:
  fonds init archive        create an archive in the folder archive
  fonds check               find problems in it
  fonds build               create the site in public/
  fonds explain CODE        explain a message"
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// What every command understands.
    #[command(flatten)]
    pub common: Common,
}

/// What every command understands.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// The archive's folder [default: the nearest folder upward with a site.toml]
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub archive: Option<PathBuf>,
    /// Print errors only
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Print more, such as the folders that are read and written
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    /// Language of messages and help: en or zh-Hans [default: the archive's, else the system's]
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// Output for people, or one JSON object per line for programs
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human", value_parser = human_or_json())]
    pub(crate) format: Format,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// If the terminal supports it.
    Auto,
    /// Always, also into a pipe.
    Always,
    /// Never.
    Never,
}

/// What is as bad as an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings.
    Warnings,
}

/// How results are printed. `fonds record` has formats of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Human,
    /// One JSON object per line.
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
pub(crate) enum Command {
    /// Create an archive
    ///
    /// On a terminal, asks for the title, the office that holds the archive and the language, unless options give them.
    #[command(after_help = "Examples:
  fonds init archive            create an archive with one document, ready to build
  fonds init archive --eject    include all templates and static files, to change them
  fonds init archive --yes --title 'County records' --publisher 'The Records Office' --language en")]
    Init(InitArgs),
    /// Create the site in public/
    ///
    /// Everything is written beside the previous site, checked, and then exchanged with it in one step. If anything goes wrong,
    /// the previous site is unchanged. A folder that fonds did not create is never replaced.
    #[command(after_help = "Examples:
  fonds build                                     build the archive that contains this folder
  fonds build --base-url https://archive.example  add sitemap, feed and absolute permalinks
  fonds build --zip                               create public.zip as well
  fonds build --from page.txt --out site          build from a captured text, without an archive")]
    Build(BuildArgs),
    /// Publish: build, bind every address, and make a new edition
    ///
    /// What is published is cited, so none of its addresses may break any more. They are written into content/ids.lock, with a
    /// number and a day for each edition; keep the file with the archive. Nothing is published while an address would break.
    ///
    /// A target is a table [publish.NAME] in site.toml: a folder or share, SFTP, WebDAV, FTP, or an object storage (S3, OSS, COS,
    /// OBS). Only what differs is sent, and each file is read back. If sending stops, publish again: it goes on from there.
    /// Passwords come from the environment, such as FONDS_WEB_PASSWORD for the target web.
    #[command(after_help = "Examples:
  fonds publish web                                        build, bind, and send to the target web
  fonds publish web --dry-run                              list what would be sent and removed
  fonds publish --by-hand                                  build public/ and bind it; then copy it to where readers see it
  fonds publish --by-hand --because 'wrong date mended'    say why there is a new edition
  fonds publish --by-hand --dry-run                        see whether a new edition could be published")]
    Publish(PublishArgs),
    /// Take back an address that was published
    ///
    /// For what was published by mistake. The address is no longer promised; a page there says that it was taken back, when, and
    /// why. Copies that others have, and what search engines keep, are not changed by this.
    #[command(after_help = "Examples:
  fonds forget essays/sample --because 'a sample that was published by mistake'
  fonds forget essays/letters#s3 --because 'an empty section'")]
    Forget(ForgetArgs),
    /// Withdraw a document that was published
    ///
    /// For what was rightly published and what somebody asks to take out. Its record is closed, with the reason; its words leave what is
    /// kept of editions; its addresses stay and say that it was withdrawn. The archive keeps the document. The site changes with the
    /// next `fonds publish`. Git's history, deposits, and copies that others have are not changed by this.
    #[command(after_help = "Examples:
  fonds withdraw letters --because privacy --note 'asked for by the family'
  fonds withdraw content/notices/first.md --because rights --dry-run")]
    Withdraw(WithdrawArgs),
    /// Write the last edition as a deposit that can be kept elsewhere
    ///
    /// A deposit is a bag (BagIt 1.0): the documents with their originals, the site, the records, and lists of SHA-256 and SHA-512 by
    /// which anybody can tell whether it is whole. Texts that are withheld stay out. Publish first: what was not published is not
    /// deposited.
    #[command(after_help = "Examples:
  fonds deposit ../deposit-2026                   the last edition as a bag
  fonds deposit ../deposit-2026 --split 4G        several bags, none larger than 4 GB
  fonds deposit ../closed --with-withheld         with what readers may not see, for whoever keeps it closed")]
    Deposit(DepositArgs),
    /// Check that files are still what they were
    ///
    /// Checks every digest of a bag, of a folder of bags, of a site that fonds built (in a folder or on the web), or of the originals in
    /// an archive. Finds changed, missing and surplus files, and names that were changed on the way. Nothing is written.
    #[command(after_help = "Examples:
  fonds verify ../deposit-2026                    a bag, or a folder of bags
  fonds verify public                             a site that was built
  fonds verify https://archive.example/           a published site: every file is fetched
  fonds verify . --format json > report.jsonl     the originals of this archive, as a report for programs")]
    Verify(VerifyArgs),
    /// Turn captures into records and keep each capture byte for byte
    ///
    /// Reads saved pages (HTML in any common encoding), Word files (.docx), plain text, Markdown, EPUB books and web
    /// archives (WARC, one document per page). Recognises title, author, date, source office, printed headings such as 一、 and
    /// （一）, and the parts of a page around its text. Nothing is lost: what is not part of the text is in the record or listed
    /// as dropped, and every character is checked.
    #[command(after_help = "Examples:
  fonds import --dry-run page.html              show line by line what would be recognised
  fonds import captures/ --into essays          import every capture in a folder into content/essays/
  fonds import site.warc.gz                     import every page of a web archive
  fonds import --update page.html               import a newer capture of a known page
  fonds import --as letters page2.html          import a newer capture of the document `letters`
  fonds import --dry-run --format json *.txt    print one JSON object per capture")]
    Import(ImportArgs),
    /// Browse the archive as a site that follows every edit
    ///
    /// Pages are made on demand from the files as they are, so a saved edit shows at once, however large the archive is.
    /// Problems are shown in the page, with their place and remedy, until they are fixed. Nothing is written.
    #[command(after_help = "Examples:
  fonds serve --open               open http://127.0.0.1:1111/ in the browser
  fonds serve --port 8000          use another port; 0 takes a free one
  fonds serve --bind 0.0.0.0       accept other computers in the network, which see all that the archive publishes")]
    Serve(ServeArgs),
    /// Move or rename a document or section; old addresses redirect
    ///
    /// Moves the document's file, or its folder with all its files, and adds the former address to its record (aliases, or
    /// the table section_aliases). Links in the whole archive that would break are changed. Nothing else changes.
    #[command(after_help = "Examples:
  fonds mv letters essays/letters           move the document `letters` into the collection essays
  fonds mv letters essays/                  the same
  fonds mv letters letters-1950             give it another id in the same collection
  fonds mv content/a/x.md content/b/y.md    do both, by files
  fonds mv letters#s1 letters#opening       give a section another id, written {#opening} at its heading
  fonds mv --dry-run letters essays/        show what would change, and write nothing")]
    Mv(MvArgs),
    /// Check the archive without building
    #[command(after_help = "Examples:
  fonds check
  fonds check --fix                         show certain fixes and apply them
  fonds check --external                    check addresses on the web too
  fonds check --deny warnings               fail on warnings, for scripts
  fonds check --format json | jq .code
  fonds check --format sarif > fonds.sarif  for a code host or an editor")]
    Check(CheckArgs),
    /// Explain a message code
    ///
    /// Every message has a code in brackets, such as error[broken-link]. Each code has a page with an example and the remedy.
    /// Without a code, all codes are listed.
    #[command(after_help = "Examples:
  fonds explain broken-link
  fonds explain                 list all codes")]
    Explain(ExplainArgs),
    /// Print one document's record as a citation or exchange format
    #[command(after_help = "Examples:
  fonds record letters                               cite the document with this id
  fonds record content/notices/letters.md --format bibtex >> library.bib
  fonds record letters --format json-ld | jq .author")]
    Record(RecordArgs),
    /// Print the manual pages or write them to a folder
    #[command(after_help = "Examples:
  fonds man | man -l -                      read all of them
  fonds man ~/.local/share/man/man1         install them, then run man fonds-build")]
    Man(ManArgs),
    /// Print a shell completion script
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
pub(crate) struct InitArgs {
    /// New or empty folder
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// Include the built-in templates and static files
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
    /// Do not ask
    #[arg(long, short)]
    pub yes: bool,
}

/// `fonds build`
#[derive(Debug, Args)]
pub(crate) struct BuildArgs {
    /// Build from captured texts, without an archive
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath, conflicts_with = "archive")]
    pub from: Vec<PathBuf>,
    /// The site's folder [default: public/ in the archive]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Also pack the site into a ZIP file [default: beside the site's folder]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, num_args = 0..=1, require_equals = true)]
    pub zip: Option<Option<PathBuf>>,
    /// Number of threads [default: one per CPU]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Include drafts (documents with draft = true)
    #[arg(long)]
    pub drafts: bool,
    /// Print how long each stage took
    #[arg(long)]
    pub timings: bool,
    /// Address of the published site; overrides base_url in site.toml
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub base_url: Option<String>,
}

/// `fonds publish`
#[derive(Debug, Args)]
pub(crate) struct PublishArgs {
    /// Where to publish: a target that site.toml names
    #[arg(value_name = "TARGET", required_unless_present = "by_hand")]
    pub target: Option<String>,
    /// Send nothing: you copy the site's folder yourself
    #[arg(long, conflicts_with = "target")]
    pub by_hand: bool,
    /// Why there is a new edition; readers may see it
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
    /// Check whether it could be published, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The site's folder [default: public/ in the archive]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Also pack the site into a ZIP file [default: beside the site's folder]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, num_args = 0..=1, require_equals = true)]
    pub zip: Option<Option<PathBuf>>,
}

/// `fonds forget`
#[derive(Debug, Args)]
pub(crate) struct ForgetArgs {
    /// The document's folder in the site, or one section of it: FOLDER#SECTION
    #[arg(value_name = "ADDRESS")]
    pub address: String,
    /// Why; readers see it
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub because: String,
}

/// `fonds withdraw`
#[derive(Debug, Args)]
pub(crate) struct WithdrawArgs {
    /// The document: its id, or its Markdown file
    #[arg(value_name = "ID")]
    pub document: String,
    /// For which kind of reason; readers see it
    #[arg(long, value_name = "KIND")]
    pub because: Because,
    /// Why, in a sentence; readers see it, in the place of the kind's own
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub note: Option<String>,
    /// Say what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Why a document is withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Because {
    /// It says more of somebody than may be public.
    #[value(alias = "隐私")]
    Privacy,
    /// Somebody else holds rights in it.
    #[value(alias = "权利")]
    Rights,
    /// An authority ordered it.
    #[value(alias = "指令")]
    Order,
    /// It is not what it was published as.
    #[value(alias = "差错")]
    Error,
    /// Another reason, which the note says.
    #[value(alias = "其他")]
    Other,
}

/// `fonds deposit`
#[derive(Debug, Args)]
pub(crate) struct DepositArgs {
    /// New or empty folder; a deposit is never overwritten
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// Write several bags, none larger than this: 700M, 4G; a document stays in one bag where it fits
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub split: Option<u64>,
    /// Include drafts and texts that are closed, embargoed or only recorded, and the notes of editors
    #[arg(long)]
    pub with_withheld: bool,
}

/// `fonds verify`
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// A bag, a folder of bags, a site's folder, an archive, or the address of a published site
    #[arg(value_name = "PATH|URL", value_hint = ValueHint::AnyPath)]
    pub what: String,
}

/// `fonds import`
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Captures, folders of them, or patterns such as "captures/**/*.html"
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Folder below content/ [default: by source office]
    #[arg(long, value_name = "COLLECTION")]
    pub into: Option<String>,
    /// Print what would be recognised, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Take newer captures of known documents; your changes to records are kept
    #[arg(long, conflicts_with = "dry_run")]
    pub update: bool,
    /// Take the capture as a newer one of the document with this id
    #[arg(long = "as", value_name = "ID", conflicts_with_all = ["dry_run", "into"])]
    pub target: Option<String>,
}

/// `fonds serve`
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Port to listen on
    #[arg(long, value_name = "N", default_value_t = 1111)]
    pub port: u16,
    /// Address to listen on; 127.0.0.1 accepts local connections only
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// Host name that browsers may use, besides addresses and localhost
    #[arg(long, value_name = "NAME", value_hint = ValueHint::Hostname)]
    pub host: Vec<String>,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// Include drafts (documents with draft = true)
    #[arg(long)]
    pub drafts: bool,
}

/// `fonds mv`
#[derive(Debug, Args)]
pub(crate) struct MvArgs {
    /// Document id or file, or section: id#section
    #[arg(value_name = "OLD", value_hint = ValueHint::FilePath)]
    pub old: String,
    /// New place: COLLECTION/ID, COLLECTION/ or ID; for a section, id#section
    #[arg(value_name = "NEW", value_hint = ValueHint::FilePath)]
    pub new: String,
    /// Print what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `fonds check`
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Check every web address in texts and records
    ///
    /// Each host gets one request at a time, with a pause. Good answers are kept for a week in the user's cache folder (on Linux
    /// ~/.cache/fonds/addresses.json), not in the archive. Addresses in private networks are not checked.
    #[arg(long)]
    pub external: bool,
    /// With --external, also check addresses in private networks
    #[arg(long, requires = "external")]
    pub private: bool,
    /// Exit with code 1 on warnings too
    #[arg(long, value_name = "WHAT")]
    pub deny: Option<Deny>,
    /// Output for people, one JSON object per line for programs, or SARIF 2.1.0 for code hosts and editors
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
    /// Include drafts (documents with draft = true)
    #[arg(long)]
    pub drafts: bool,
    /// Print how long each stage took
    #[arg(long)]
    pub timings: bool,
}

/// `fonds man`
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Folder for the pages: fonds.1, fonds-build.1 …
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: Option<PathBuf>,
}

/// `fonds explain`
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Codes as printed in messages
    #[arg(value_name = "CODE")]
    pub codes: Vec<String>,
}

/// `fonds record`
#[derive(Debug, Args)]
pub(crate) struct RecordArgs {
    /// Document file or id
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub document: PathBuf,
    /// Output format
    #[arg(long, id = "format", value_name = "FORMAT", default_value = "cite", value_parser = record_format())]
    pub format: Format,
    /// Address of the published site; overrides base_url in site.toml
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub base_url: Option<String>,
}

/// A size as people write it: a number, and a letter for its power of ten.
fn size(text: &str) -> Result<u64, String> {
    let fault = || "expected a size such as 700M or 4G".to_string();
    let text = text.trim().trim_end_matches(['B', 'b']);
    let (number, power) = match text.chars().last().map(|letter| letter.to_ascii_lowercase()) {
        Some('k') => (&text[..text.len() - 1], 1_000),
        Some('m') => (&text[..text.len() - 1], 1_000_000),
        Some('g') => (&text[..text.len() - 1], 1_000_000_000),
        Some('t') => (&text[..text.len() - 1], 1_000_000_000_000),
        _ => (text, 1),
    };
    let size = number.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(power));
    size.filter(|size| *size > 0).ok_or_else(fault)
}

fn language_tag(text: &str) -> Result<String, String> {
    match language::is_tag(text) {
        true => Ok(text.to_string()),
        false => Err("expected a language tag such as zh-Hans, zh-Hant or en".to_string()),
    }
}

fn web_address(text: &str) -> Result<String, String> {
    let lower = text.to_ascii_lowercase();
    let valid = (lower.starts_with("https://") || lower.starts_with("http://")) && !text.contains(char::is_whitespace);
    if valid {
        Ok(text.to_string())
    } else {
        Err("expected an address that starts with https:// or http://".to_string())
    }
}
