//! Templates, style sheet, script and the interface's words: embedded in the binary, overridden file by file.

mod endless;
mod fault;
pub(crate) mod warden;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use tera::{Context, Tera, Value};

use self::warden::Watch;
use crate::archive::litter;
use crate::diagnostic::messages::{FileMessage, TemplateMessage};
use crate::diagnostic::{Diagnostic, Report};
use crate::file;
use crate::folder::{Folder, Kind};
use crate::record::language::direction;
use crate::site::Language;
use crate::words::{self, StringsFile, Words};

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// The look of a site.
pub struct Theme {
    /// Templates as text.
    sources: BTreeMap<String, String>,
    /// Templates with the words of a language in them, made when the language is first used.
    compiled: BTreeMap<Language, OnceLock<Result<Tera, Diagnostic>>>,
    words: BTreeMap<Language, Words>,
    /// Whether a template is the archive's own.
    has_own: bool,
    /// Path in the site → contents, or the file in the archive that holds them.
    pub(crate) files: BTreeMap<String, StaticFile>,
}

/// A file that is copied into the site as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StaticFile {
    /// From the binary.
    Embedded(&'static [u8]),
    /// From the archive's `static/`: its path from the archive's root.
    OnDisk(String),
}

impl Theme {
    /// Loads the embedded theme and what the archive in `root` overrides.
    pub fn load(root: Option<&Folder>, report: &mut Report) -> Self {
        let mut templates: BTreeMap<String, String> = BTreeMap::new();
        let mut strings: BTreeMap<String, Vec<StringsFile>> = BTreeMap::new();
        for entry in embedded(&TEMPLATES) {
            let text = String::from_utf8_lossy(entry.1).into_owned();
            let file = StringsFile { name: entry.0.clone(), text, own: false };
            sort_in(&entry.0, file, &mut templates, &mut strings);
        }
        let mut files: BTreeMap<String, StaticFile> =
            embedded(&STATIC).map(|(path, bytes)| (path, StaticFile::Embedded(bytes))).collect();
        let mut has_own = false;
        if let Some(root) = root {
            for path in own_files(root, "templates", report) {
                has_own = true;
                let name = format!("templates/{path}");
                match file::read_text(root, &name) {
                    Ok(text) => sort_in(&path, StringsFile { name, text, own: true }, &mut templates, &mut strings),
                    Err(fault) => report.push(fault),
                }
            }
            for path in own_files(root, "static", report) {
                let place = StaticFile::OnDisk(format!("static/{path}"));
                files.insert(path, place);
            }
        }
        let is_read = |key: &str| templates.values().any(|text| text.contains(&format!("t.{key}")));
        let words = words::read(&strings, is_read, report);
        let compiled = words.keys().map(|language| (*language, OnceLock::new())).collect();
        let theme = Self { sources: templates, compiled, words, has_own, files };
        // A fault in a template is the same in every language; the first one compiled finds it before pages are written.
        if let Err(fault) = theme.templates(Language::Simplified) {
            report.push(fault.clone());
        }
        theme
    }

    /// The interface's words in a language.
    pub(crate) fn words(&self, language: Language) -> &Words {
        static NONE: OnceLock<Words> = OnceLock::new();
        self.words.get(&language).unwrap_or_else(|| NONE.get_or_init(Words::default))
    }

    /// All languages that the interface speaks.
    pub(crate) fn languages(&self) -> impl Iterator<Item = Language> {
        self.words.keys().copied()
    }

    /// The interface's language for a BCP 47 tag: one of the archive's own that is the tag or the longest beginning of
    /// it, or a built-in one.
    pub(crate) fn language(&self, tag: &str) -> Language {
        let begins = |own: &str| {
            tag.get(..own.len()).is_some_and(|start| start.eq_ignore_ascii_case(own))
                && matches!(tag.as_bytes().get(own.len()), None | Some(b'-'))
        };
        let own = self.words.iter().filter(|(language, _)| matches!(language, Language::Own(_)));
        own.filter(|(_, words)| begins(words.tag()))
            .max_by_key(|(_, words)| words.tag().len())
            .map_or_else(|| Language::of(tag), |(language, _)| *language)
    }

    /// The templates for pages in a language.
    fn templates(&self, language: Language) -> Result<&Tera, &Diagnostic> {
        static NONE: OnceLock<Result<Tera, Diagnostic>> = OnceLock::new();
        let compiled = self.compiled.get(&language).unwrap_or(&NONE);
        compiled.get_or_init(|| self.compile(language)).as_ref()
    }

    fn compile(&self, language: Language) -> Result<Tera, Diagnostic> {
        let constants = Constants { words: self.words(language) };
        let mut tera = engine();
        let texts: Vec<(&str, String)> = self
            .sources
            .iter()
            .map(|(name, text)| (name.as_str(), constants.put_into(&inlined(text, &self.sources, INCLUDES))))
            .collect();
        match tera.add_raw_templates(texts.iter().map(|(name, text)| (*name, text.as_str()))) {
            Ok(()) => Ok(tera),
            Err(error) => Err(self.plain().err().unwrap_or_else(|| fault::of(&error, &self.sources, None))),
        }
    }

    /// The templates as they were written: slower, but their faults have the right line and column.
    fn plain(&self) -> Result<Tera, Diagnostic> {
        let mut tera = engine();
        tera.add_raw_templates(self.sources.iter().map(|(name, text)| (name.as_str(), text.as_str())))
            .map_err(|error| fault::of(&error, &self.sources, None))?;
        Ok(tera)
    }

    /// A fault of rendering, at its place in the template as it was written.
    fn fault(&self, error: &tera::Error, template: &str, context: &Context, page: &str) -> Diagnostic {
        let again = self.plain().map(|plain| plain.render_to(template, context, endless::Page::new(&mut Vec::new())));
        match again {
            Ok(Err(error)) => fault::of(&error, &self.sources, Some(page)),
            _ => fault::of(error, &self.sources, Some(page)),
        }
    }

    /// Renders a page in a language into `out`, which is emptied first.
    ///
    /// # Errors
    /// A fault that names the template, its line, and the page.
    pub(crate) fn render(
        &self,
        language: Language,
        template: &str,
        context: &Context,
        page: &str,
        out: &mut Vec<u8>,
    ) -> Result<(), Diagnostic> {
        let tera = self.templates(language).map_err(Diagnostic::clone)?;
        let mut bounded = endless::Page::new(out);
        let _watch = self.has_own.then(|| Watch::begin(template, page));
        match tera.render_to(template, context, &mut bounded) {
            Ok(()) => Ok(()),
            Err(_) if bounded.is_too_long() => {
                let message = TemplateMessage::EndlessPage { page: page.to_string() };
                Err(Diagnostic::error(message).in_file(format!("templates/{template}")))
            }
            Err(error) => Err(self.fault(&error, template, context, page)),
        }
    }

    /// Renders what several pages have in common, for the context of each.
    ///
    /// # Errors
    /// As [`Theme::render`].
    pub(crate) fn render_part(
        &self,
        language: Language,
        template: &str,
        context: &Context,
        page: &str,
    ) -> Result<Value, Diagnostic> {
        let mut html = Vec::new();
        self.render(language, template, context, page, &mut html)?;
        Ok(Value::safe_string(&String::from_utf8_lossy(&html)))
    }
}

/// A template engine without templates.
fn engine() -> Tera {
    let mut tera = Tera::default();
    tera.register_function("range", endless::range);
    tera
}

/// Bytes up to which an include is written out.
const INLINED: usize = 1 << 20;

/// How deep includes are written out; what is deeper is left to the template engine, which finds circles.
const INCLUDES: usize = 4;

/// A template with `{% include "…" -%}` written out. Rendering an include costs the template engine as much as ten
/// variables, and a section's page has six.
fn inlined(template: &str, sources: &BTreeMap<String, String>, depth: usize) -> String {
    const START: &str = "{% include \"";
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(at) = rest.find(START) {
        let (before, tag) = rest.split_at(at);
        text.push_str(before);
        let end = tag.find("%}").map_or(tag.len(), |end| end + 2);
        rest = &tag[end..];
        let inner = tag[START.len()..end].trim_end_matches("%}");
        let plain = inner.split_once('"').map(|(name, mark)| (name, mark.trim()));
        match plain.and_then(|(name, mark)| Some((sources.get(name)?, mark))) {
            Some((included, mark @ ("" | "-"))) if depth > 0 && text.len() < INLINED => {
                text.push_str(&inlined(without_head(included), sources, depth - 1));
                if mark == "-" {
                    rest = rest.trim_start();
                }
            }
            _ => text.push_str(&tag[..end]),
        }
    }
    text.push_str(rest);
    text
}

/// A template without the comment at its head, whose trim marks would reach into the text around the include.
fn without_head(template: &str) -> &str {
    match template.strip_prefix("{#").and_then(|comment| comment.split_once("#}")) {
        Some((comment, rest)) if comment.ends_with('-') => rest.trim_start(),
        Some((_, rest)) => rest,
        None => template,
    }
}

/// What is the same on every page of a language.
struct Constants<'a> {
    words: &'a Words,
}

impl Constants<'_> {
    /// A template with `{{ t.word }}`, `{{ lang }}` and `{{ dir }}` replaced by what they say: most of what a page's frame says is the
    /// same on every page of a language, and looking each word up took a fifth of the time of rendering. What is more than
    /// a plain name (a filter, a trim mark, a word that is not there) is left to the template engine.
    fn put_into(&self, template: &str) -> String {
        let mut text = String::with_capacity(template.len());
        let mut rest = template;
        while let Some(at) = rest.find("{{ ") {
            let (before, expression) = rest.split_at(at);
            text.push_str(before);
            let end = expression.find("}}").map_or(expression.len(), |end| end + 2);
            match self.value(expression[2..end].trim_end_matches("}}").trim()) {
                Some(value) => {
                    // Writing into a String cannot fail.
                    let _ = pulldown_cmark_escape::escape_html(&mut text, value);
                }
                None => text.push_str(&expression[..end]),
            }
            rest = &expression[end..];
        }
        text.push_str(rest);
        text
    }

    fn value(&self, name: &str) -> Option<&str> {
        let value = match name.strip_prefix("t.") {
            Some(key) => self.words.find(key),
            None if name == "lang" => Some(self.words.tag()),
            None => (name == "dir").then(|| direction(self.words.tag())),
        };
        value.filter(|value| !value.contains(['{', '}']))
    }
}

/// Every built-in file with the path that overrides it.
pub(crate) fn built_in() -> impl Iterator<Item = (String, &'static [u8])> {
    let templates = embedded(&TEMPLATES).map(|(path, bytes)| (format!("templates/{path}"), bytes));
    templates.chain(embedded(&STATIC).map(|(path, bytes)| (format!("static/{path}"), bytes)))
}

fn embedded(folder: &'static Dir<'static>) -> impl Iterator<Item = (String, &'static [u8])> {
    let mut files = Vec::new();
    let mut open = vec![folder];
    while let Some(folder) = open.pop() {
        open.extend(folder.dirs());
        files.extend(folder.files().map(|file| (file.path().to_string_lossy().replace('\\', "/"), file.contents())));
    }
    files.into_iter()
}

/// Paths below a folder of the archive, with `/`. Hidden files are no part of a site.
pub(crate) fn own_files(root: &Folder, name: &str, report: &mut Report) -> Vec<String> {
    match root.kind(name) {
        Ok(Kind::Folder) => {}
        Ok(Kind::Link) => {
            report.push(Diagnostic::warning(FileMessage::SymbolicLink).in_file(name));
            return Vec::new();
        }
        _ => return Vec::new(),
    }
    let folder = &root.path().join(name);
    let visible = |entry: &walkdir::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    let mut paths = Vec::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter().filter_entry(visible) {
        match entry {
            Ok(entry) if entry.path_is_symlink() => {
                let path = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_string_lossy();
                report.push(Diagnostic::warning(FileMessage::SymbolicLink).in_file(format!("{name}/{path}")));
            }
            // A former style sheet is no more published than a former text.
            Ok(entry) if litter::is_litter(&entry.file_name().to_string_lossy()) => {}
            Ok(entry) if entry.file_type().is_file() => {
                let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
                paths.push(parts.join("/"));
            }
            Ok(_) => {}
            Err(error) => report.push(file::unreadable(name, &error.into())),
        }
    }
    paths
}

/// A template by its name, or a file of strings by its language.
fn sort_in(
    path: &str,
    file: StringsFile,
    templates: &mut BTreeMap<String, String>,
    strings: &mut BTreeMap<String, Vec<StringsFile>>,
) {
    if let Some(language) = path.strip_prefix("strings/").and_then(|path| path.strip_suffix(".toml")) {
        strings.entry(language.to_string()).or_default().push(file);
    } else if path.ends_with(".html") {
        templates.insert(path.to_string(), file.text);
    }
}
