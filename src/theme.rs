//! Templates, style sheet, script and the interface's words: embedded in the binary, overridden file by file.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use tera::{Context, Tera, Value};

use crate::diagnostic::{Diagnostic, Report, Source};
use crate::document::parse::Labels;
use crate::file;
use crate::site::Language;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// The look of a site.
pub struct Theme {
    tera: Tera,
    /// Templates as text, for the excerpts of messages.
    sources: BTreeMap<String, String>,
    words: BTreeMap<Language, Words>,
    /// Path in the site → contents, or the file in the archive that holds them.
    pub files: BTreeMap<String, StaticFile>,
}

/// A file that is copied into the site as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaticFile {
    /// From the binary.
    Embedded(&'static [u8]),
    /// From the archive's `static/`.
    OnDisk(std::path::PathBuf),
}

/// The interface's words in one language.
#[derive(Debug, Clone, Default)]
pub struct Words {
    texts: BTreeMap<String, String>,
}

impl Words {
    /// A word or sentence; the key itself where there is none, so that the gap is seen.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// A sentence with a number in it.
    pub fn with_number(&self, key: &str, number: usize) -> String {
        self.get(key).replace("{n}", &number.to_string())
    }

    /// “1 document”, “12 documents”.
    pub fn count(&self, key: &str, number: usize) -> String {
        let form = format!("{key}_{}", if number == 1 { "one" } else { "other" });
        self.with_number(&form, number)
    }

    /// What the text's own markup says.
    pub fn labels(&self) -> Labels {
        let escape = |text: &str| {
            let mut escaped = String::new();
            // Writing into a String cannot fail.
            let _ = pulldown_cmark_escape::escape_html(&mut escaped, text);
            escaped
        };
        let paragraph = escape(self.get("paragraph"));
        let (before, after) = paragraph.split_once("{n}").unwrap_or((&paragraph, ""));
        Labels {
            paragraph: (before.to_string(), after.to_string()),
            heading_link: escape(self.get("heading_link")),
            table: escape(self.get("table")),
        }
    }

    /// All of them, for templates.
    pub fn value(&self) -> Value {
        Value::from_serializable(&self.texts)
    }
}

impl Theme {
    /// Loads the embedded theme and what the archive in `root` overrides.
    pub fn load(root: Option<&Path>, report: &mut Report) -> Self {
        let mut templates: BTreeMap<String, String> = BTreeMap::new();
        let mut strings: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for entry in embedded(&TEMPLATES) {
            let text = String::from_utf8_lossy(entry.1).into_owned();
            sort_in(&entry.0, entry.0.clone(), text, &mut templates, &mut strings);
        }
        let mut files: BTreeMap<String, StaticFile> =
            embedded(&STATIC).map(|(path, bytes)| (path, StaticFile::Embedded(bytes))).collect();
        if let Some(root) = root {
            for path in own_files(&root.join("templates"), report) {
                let name = format!("templates/{path}");
                match file::read_text(&root.join(&name), &name) {
                    Ok(text) => sort_in(&path, name, text, &mut templates, &mut strings),
                    Err(fault) => report.push(fault),
                }
            }
            for path in own_files(&root.join("static"), report) {
                let place = StaticFile::OnDisk(root.join("static").join(&path));
                files.insert(path, place);
            }
        }
        let mut tera = Tera::default();
        if let Err(error) = tera.add_raw_templates(templates.iter().map(|(name, text)| (name.as_str(), text.as_str())))
        {
            report.push(template_fault(&error, &templates, None));
        }
        Self { tera, sources: templates, words: read_words(&strings, report), files }
    }

    /// The interface's words in a language.
    pub fn words(&self, language: Language) -> &Words {
        static NONE: Words = Words { texts: BTreeMap::new() };
        self.words.get(&language).unwrap_or(&NONE)
    }

    /// Renders a page into `out`, which is emptied first.
    ///
    /// # Errors
    /// A fault that names the template, its line, and the page.
    pub fn render(&self, template: &str, context: &Context, page: &str, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        out.clear();
        self.tera
            .render_to(template, context, &mut *out)
            .map_err(|error| template_fault(&error, &self.sources, Some(page)))
    }
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
fn own_files(folder: &Path, report: &mut Report) -> Vec<String> {
    if !folder.is_dir() {
        return Vec::new();
    }
    let visible = |entry: &walkdir::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    let mut paths = Vec::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter().filter_entry(visible) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
                paths.push(parts.join("/"));
            }
            Ok(_) => {}
            Err(error) => report.push(
                Diagnostic::error("unreadable", format!("this cannot be read: {error}"))
                    .in_file(folder.file_name().unwrap_or_default().to_string_lossy()),
            ),
        }
    }
    paths
}

/// A template by its name, or a file of strings by its language.
fn sort_in(
    path: &str,
    name: String,
    text: String,
    templates: &mut BTreeMap<String, String>,
    strings: &mut BTreeMap<String, Vec<(String, String)>>,
) {
    if let Some(language) = path.strip_prefix("strings/").and_then(|path| path.strip_suffix(".toml")) {
        strings.entry(language.to_string()).or_default().push((name, text));
    } else if path.ends_with(".html") {
        templates.insert(path.to_string(), text);
    }
}

/// The embedded words first, then the archive's over them, so that an archive may change a single one.
fn read_words(strings: &BTreeMap<String, Vec<(String, String)>>, report: &mut Report) -> BTreeMap<Language, Words> {
    let mut words = BTreeMap::new();
    for language in Language::ALL {
        let mut texts = BTreeMap::new();
        for (name, text) in strings.get(language.tag()).into_iter().flatten() {
            match toml::from_str::<BTreeMap<String, String>>(text) {
                Ok(own) => texts.extend(own),
                Err(error) => report.push(
                    Diagnostic::error(
                        "toml",
                        format!("this is not a table of texts: {}", error.message().replace('\n', " ")),
                    )
                    .help("each line is  key = \"text\"")
                    .at(Source { file: name, text }, error.span().unwrap_or(0..0)),
                ),
            }
        }
        words.insert(language, Words { texts });
    }
    words
}

/// What is wrong in a template, at its place.
fn template_fault(error: &tera::Error, sources: &BTreeMap<String, String>, page: Option<&str>) -> Diagnostic {
    let on_page = page.map(|page| format!("first met on the page {page}; ")).unwrap_or_default();
    let help = format!("{on_page}docs/templates.md lists what each template receives");
    match error.kind() {
        tera::ErrorKind::SyntaxError(fault) | tera::ErrorKind::RenderingError(fault) => {
            let text = sources.get(fault.filename()).map_or("", String::as_str);
            Diagnostic::error("template", fault.message())
                .help(help)
                .at(Source { file: &format!("templates/{}", fault.filename()), text }, fault.span().range.clone())
        }
        kind => Diagnostic::error("template", kind.to_string()).help(help),
    }
}
