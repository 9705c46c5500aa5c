//! docs/content/reference/templates.md as data: what each template is said to receive.

use std::collections::BTreeMap;
use std::path::Path;

/// What a field holds, as the tables say it.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// A string, url, path or markup.
    Text,
    Integer,
    Boolean,
    /// A table of the archive's own, or the words of the interface.
    Free,
    List(Box<Type>),
    Shape(Shape),
    /// A shape with a name of its own: *pager*.
    Named(String),
}

/// Fields by their names.
pub type Shape = BTreeMap<String, Field>;

#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub optional: bool,
    pub kind: Type,
}

/// All tables.
#[derive(Debug, Default)]
pub struct Documented {
    every: Shape,
    templates: BTreeMap<String, Shape>,
    named: BTreeMap<String, Shape>,
}

/// What the next table describes.
#[derive(Clone)]
enum Subject {
    Nothing,
    Every,
    Templates(Vec<String>),
    Named(String),
}

impl Documented {
    /// Reads the tables of docs/content/reference/templates.md.
    pub fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/reference/templates.md");
        let text = std::fs::read_to_string(path).expect("docs/content/reference/templates.md");
        let mut documented = Self::default();
        let mut subject = Subject::Nothing;
        let mut columns: Vec<&str> = Vec::new();
        let mut template = String::new();
        for line in text.lines() {
            if let Some(row) = line.strip_prefix('|') {
                let cells: Vec<&str> = row.trim_end_matches('|').split('|').map(str::trim).collect();
                if columns.is_empty() {
                    columns = cells;
                } else if !cells[0].starts_with("---") {
                    match columns.as_slice() {
                        ["field", "type", ..] => documented.add(&subject, cells[0], cells[1]),
                        ["template", "field", "type", ..] => {
                            if !cells[0].is_empty() {
                                template = cells[0].to_string();
                            }
                            documented.add(&Subject::Templates(quoted(&template)), cells[1], cells[2]);
                        }
                        ["template", "made once for", ..] => documented.name(quoted(cells[0])),
                        _ => {}
                    }
                }
                continue;
            }
            columns.clear();
            let names: Vec<String> = quoted(line).into_iter().filter(|name| name.ends_with(".html")).collect();
            if line.starts_with("## Every page") {
                subject = Subject::Every;
            } else if line.starts_with("## ") || line.starts_with('`') && line.ends_with("also has:") {
                documented.name(names.clone());
                subject = Subject::Templates(names);
            } else if let Some(name) = line.split('*').nth(1).filter(|_| line.ends_with(':')) {
                subject = Subject::Named(name.to_string());
            } else if let Some(field) = line.strip_prefix('`').and_then(|rest| rest.strip_suffix("`:")) {
                subject = Subject::Named(field.to_string());
            }
        }
        documented
    }

    /// Templates that there are, whether or not they receive more than every page does.
    fn name(&mut self, templates: Vec<String>) {
        for name in templates {
            self.templates.entry(name).or_default();
        }
    }

    fn add(&mut self, subject: &Subject, fields: &str, types: &str) {
        let types: Vec<&str> = split(types, ", ");
        for (at, name) in quoted(fields).into_iter().enumerate() {
            let kind = self.kind(types[at.min(types.len() - 1)], &name);
            let field = Field { optional: fields.contains(&format!("`{name}`?")), kind };
            match subject {
                Subject::Nothing => {}
                Subject::Every => drop(self.every.insert(name, field)),
                Subject::Named(shape) => drop(self.named.entry(shape.clone()).or_default().insert(name, field)),
                Subject::Templates(templates) => {
                    for template in templates {
                        self.templates.entry(template.clone()).or_default().insert(name.clone(), field.clone());
                    }
                }
            }
        }
    }

    /// A cell of the column `type`.
    fn kind(&self, text: &str, field: &str) -> Type {
        let text = text.trim().trim_matches('`');
        if let Some(items) = text.strip_prefix("list of ") {
            return Type::List(Box::new(self.kind(items, field)));
        }
        match text {
            "string" | "strings" | "url" | "path" | "markup" => Type::Text,
            "integer" => Type::Integer,
            "boolean" => Type::Boolean,
            "map of strings" => Type::Free,
            "map" => Type::Named(field.to_string()),
            "as there" => {
                let known = self.templates["landing.html"].get(field);
                known.unwrap_or_else(|| panic!("landing.html has no field {field}")).kind.clone()
            }
            _ if text.starts_with('*') => Type::Named(text.trim_matches('*').to_string()),
            _ if text.starts_with('{') => {
                let inner = text.trim_start_matches('{').strip_suffix('}').expect("a closed shape");
                let fields = split(inner, ", ").into_iter().map(|field| {
                    let (name, kind) = field.split_once(": ").unwrap_or((field, "string"));
                    let kind = self.kind(kind, name.trim_end_matches('?'));
                    (name.trim_end_matches('?').to_string(), Field { optional: name.ends_with('?'), kind })
                });
                Type::Shape(fields.collect())
            }
            _ => panic!("docs/content/reference/templates.md: `{text}` is no type that this test knows"),
        }
    }

    /// All that a template receives.
    pub fn template(&self, name: &str) -> Option<Shape> {
        let own = self.templates.get(name)?;
        Some(self.every.iter().chain(own).map(|(name, field)| (name.clone(), field.clone())).collect())
    }

    pub fn templates(&self) -> impl Iterator<Item = &str> {
        self.templates.keys().map(String::as_str)
    }

    /// The fields of a type; none where it has none, or where they are the archive's own.
    pub fn fields(&self, kind: &Type) -> Option<Shape> {
        match kind {
            Type::Shape(shape) => Some(shape.clone()),
            Type::Named(name) => self.named.get(name).cloned(),
            _ => None,
        }
    }

    /// Whether anything may be read from it.
    pub fn is_free(&self, kind: &Type) -> bool {
        matches!(kind, Type::Free) || matches!(kind, Type::Named(name) if !self.named.contains_key(name))
    }
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_string).collect()
}

/// Splits where no bracket is open.
fn split<'a>(text: &'a str, at: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    for (place, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 && place >= start && text[place..].starts_with(at) => {
                parts.push(&text[start..place]);
                start = place + at.len();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}
