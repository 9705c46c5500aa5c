//! The one way in which a person's TOML or Markdown is changed: only the bytes that must change do.
//!
//! Line ends, the byte-order mark, remarks, the order of fields, blank lines, indentation and the kind of quotation marks
//! are a person's own. A library that writes a text anew keeps some of them (toml_edit ends every line as Unix does, and
//! puts a field where its tree has it), so nothing is written anew here: every change is found as bytes and what stands in
//! their place, [`Splice`]. What toml_parser tells of places and toml_writer of quotation marks is theirs.

mod layout;
mod lines;
mod list;
mod spelling;
mod splice;
mod toml_text;

use toml::{Table, Value};

use self::lines::line_end_of;
pub use self::splice::{Overlap, Splice, apply};
use self::toml_text::{EditFault, TomlText};
use super::{front_matter, table};
use crate::diagnostic::messages::{RecordMessage, TomlMessage};
use crate::diagnostic::{Diagnostic, Source};

/// A file of an archive that is being changed: a document with its record, or a file that is TOML as a whole.
#[derive(Debug, Clone)]
pub struct Edited {
    /// What the file is called in messages.
    file: String,
    /// What stands before the TOML: a byte-order mark, the first `+++`.
    head: String,
    toml: TomlText,
    /// The second `+++`, with its line end.
    close: String,
    body: String,
}

impl Edited {
    /// A document: its record between `+++` lines, and the text below.
    ///
    /// # Errors
    /// There is no record, or it is not TOML.
    pub fn document(text: &str, file: &str) -> Result<Self, Diagnostic> {
        let split = front_matter::split(Source { file, text })?;
        let (head, toml) = (&text[..split.record.start], &text[split.record.clone()]);
        let eol = line_end_of(head).unwrap_or("\n");
        Ok(Self {
            file: file.to_string(),
            head: head.to_string(),
            toml: TomlText::new(toml, table::order(), eol).map_err(|refusal| told(&refusal, file))?,
            close: text[split.record.end..split.body.start].to_string(),
            body: text[split.body].to_string(),
        })
    }

    /// A file that is TOML as a whole, such as `site.toml`.
    ///
    /// # Errors
    /// It is not TOML.
    pub fn toml(text: &str, file: &str) -> Result<Self, Diagnostic> {
        let toml = text.trim_start_matches('\u{feff}');
        let not_toml = |_| Diagnostic::error(TomlMessage::FileNotToml).in_file(file);
        let own = TomlText::new(toml, &[], "\n").map_err(not_toml)?;
        let head = text[..text.len() - toml.len()].to_string();
        Ok(Self { file: file.to_string(), head, toml: own, close: String::new(), body: String::new() })
    }

    /// The value of a field; one of a table as `["original", "file"]`.
    pub fn value(&self, path: &[&str]) -> Option<Value> {
        self.toml.value(path)
    }

    /// Gives a field a value. A field that the record lacks gets a line behind the one that comes before it in the order
    /// of fields; a table and a list keep what they have of the new value.
    ///
    /// # Errors
    /// The field lies in one that is no table.
    pub fn set(&mut self, path: &[&str], value: impl Into<Value>) -> Result<(), Diagnostic> {
        self.toml.set(path, &value.into()).map_err(|refusal| told(&refusal, &self.file))
    }

    /// Removes a field, if it is there, with its line and the remark on it.
    ///
    /// # Errors
    /// It is written as nothing that can be taken out.
    pub fn remove(&mut self, path: &[&str]) -> Result<(), Diagnostic> {
        self.toml.remove(path).map_err(|refusal| told(&refusal, &self.file))
    }

    /// Adds a table to a list of tables: another `[[sources]]`.
    ///
    /// # Errors
    /// The field is no list.
    pub fn append(&mut self, key: &str, table: &Table) -> Result<(), Diagnostic> {
        self.toml.append(key, table).map_err(|refusal| told(&refusal, &self.file))
    }

    /// The text below the record; every line ends in LF here, however it ends in the file.
    pub fn body(&self) -> String {
        self.body.replace("\r\n", "\n")
    }

    /// Gives the document another text. Lines that both have stay as they are, with their line ends; new ones end as the
    /// line above does.
    pub fn set_body(&mut self, body: &str) {
        let eol = line_end_of(&self.close).or_else(|| line_end_of(&self.head)).unwrap_or("\n");
        if !self.close.is_empty() && !self.close.ends_with('\n') && !body.is_empty() {
            self.close.push_str(eol);
        }
        let old = self.body();
        let mut lines = self.body.split_inclusive('\n');
        let mut read = 0;
        let mut made = String::with_capacity(body.len());
        for hunk in diffy::create_patch(&old, body).hunks() {
            let start = hunk.old_range().start().saturating_sub(usize::from(!hunk.old_range().is_empty()));
            made.extend(lines.by_ref().take(start - read));
            read = start;
            for line in hunk.lines() {
                match line {
                    diffy::Line::Context(_) => made.extend(lines.next()),
                    diffy::Line::Delete(_) => drop(lines.next()),
                    diffy::Line::Insert(line) => {
                        let eol = line_end_of(&made).unwrap_or(eol);
                        made.push_str(line.strip_suffix('\n').unwrap_or(line));
                        made.push_str(if line.ends_with('\n') { eol } else { "" });
                        continue;
                    }
                }
                read += 1;
            }
        }
        made.extend(lines);
        self.body = made;
    }

    /// The file's text as it is now.
    pub fn text(&self) -> String {
        [&self.head, self.toml.text(), &self.close, &self.body].concat()
    }
}

fn told(refusal: &EditFault, file: &str) -> Diagnostic {
    let fault = match refusal {
        EditFault::NotToml => Diagnostic::error(TomlMessage::RecordNotToml),
        EditFault::NoPlace(field) => Diagnostic::error(RecordMessage::FieldByHand { field: field.to_string() }),
    };
    fault.in_file(file)
}
