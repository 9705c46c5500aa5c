//! Fields of a TOML text, set and removed.
//!
//! Every change is found as bytes of the text and their replacement, made, and read back: what did not become what was
//! meant is taken back and refused. So a form of TOML that nobody thought of costs a message and never a record.

use toml::{Table, Value};

use super::layout::{Entry, Layout, Node, Section};
use super::lines::{line_end_of, line_start};
use super::list::List;
use super::spelling;
use super::splice::{Splice, apply};

/// Why a field could not be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum EditFault {
    /// The text is not TOML.
    NotToml,
    /// What is to be changed lies in a field that is no table, or is written as fonds cannot change it.
    NoPlace(String),
}

/// How a table stands in a text.
#[derive(Clone, Copy)]
enum Stands {
    /// `[a]`
    Alone,
    /// `[[a]]`
    InList,
}

/// A TOML text that is being changed.
#[derive(Debug, Clone)]
pub(super) struct TomlText {
    text: String,
    /// Fields in the order in which they are written; one of a table as `original.file`.
    order: &'static [&'static str],
    /// The line end where the text has none to follow.
    eol: &'static str,
}

type Made = Result<(), EditFault>;

impl TomlText {
    /// Takes a text.
    ///
    /// # Errors
    /// It is not TOML.
    pub(crate) fn new(text: &str, order: &'static [&'static str], eol: &'static str) -> Result<Self, EditFault> {
        text.parse::<Table>().map_err(|_| EditFault::NotToml)?;
        let eol = line_end_of(text).unwrap_or(eol);
        Ok(Self { text: text.to_string(), order, eol })
    }

    /// The text as it is now.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The value of a field.
    pub(crate) fn value(&self, path: &[&str]) -> Option<Value> {
        let mut value = Value::Table(self.text.parse().ok()?);
        for key in path {
            let Value::Table(mut table) = value else { return None };
            value = table.remove(*key)?;
        }
        Some(value)
    }

    /// Gives a field a value. One that it has already changes nothing; a table is changed member by member.
    ///
    /// # Errors
    /// [`EditFault::NoPlace`]; the text is as it was.
    pub(crate) fn set(&mut self, path: &[&str], value: &Value) -> Made {
        self.checked(path, |text| text.put(path, value), Some(value))
    }

    /// Removes a field, with its line and the remark behind it.
    ///
    /// # Errors
    /// [`EditFault::NoPlace`]; the text is as it was.
    pub(crate) fn remove(&mut self, path: &[&str]) -> Made {
        self.checked(path, |text| text.take(path), None)
    }

    /// Adds a table to a list of tables, `[[sources]]`.
    ///
    /// # Errors
    /// [`EditFault::NoPlace`]; the text is as it was.
    pub(crate) fn append(&mut self, key: &str, table: &Table) -> Made {
        let mut wanted = match self.value(&[key]) {
            Some(Value::Array(list)) => list,
            None => Vec::new(),
            Some(_) => return Err(no_place(&[key])),
        };
        wanted.push(Value::Table(table.clone()));
        let wanted = Value::Array(wanted);
        self.checked(&[key], |text| text.append_unchecked(key, table), Some(&wanted))
    }

    /// Makes a change, and takes it back where it did not come to what was meant.
    fn checked(&mut self, path: &[&str], change: impl FnOnce(&mut Self) -> Made, meant: Option<&Value>) -> Made {
        let before = self.value(path);
        if before.as_ref() == meant {
            return Ok(());
        }
        let Some(mut all) = self.value(&[]) else { return Err(EditFault::NotToml) };
        let text = self.text.clone();
        let made = change(self);
        let Some(mut is) = self.value(&[]) else { return self.back_to(text, path, made) };
        let is_meant = place(&mut all, path, meant);
        // Tables above the field may have come or gone with it, and nothing else.
        prune(&mut all, path);
        prune(&mut is, path);
        if made.is_ok() && is_meant && is == all {
            return Ok(());
        }
        self.back_to(text, path, made)
    }

    fn back_to(&mut self, text: String, path: &[&str], made: Made) -> Made {
        self.text = text;
        made.and(Err(no_place(path)))
    }
}

/// The changes themselves; each reads the text anew, since the one before moved what stands behind it.
impl TomlText {
    fn put(&mut self, path: &[&str], value: &Value) -> Made {
        match (value, self.value(path)) {
            (Value::Table(new), Some(Value::Table(old))) => self.put_members(path, new, &old),
            (Value::Table(new), None) if path.len() == 1 => {
                let layout = Layout::read(&self.text);
                self.write_block(self.place_of_section(&layout, path[0]), path, Stands::Alone, new)
            }
            (Value::Array(new), _) if path.len() == 1 && is_list_of_tables(new) => self.put_tables(path, value, new),
            _ => self.put_plain(path, value),
        }
    }

    fn put_members(&mut self, path: &[&str], new: &Table, old: &Table) -> Made {
        for key in old.keys().filter(|key| !new.contains_key(*key)) {
            self.take(&below(path, key))?;
        }
        for (key, value) in self.in_order(path, new) {
            if old.get(key) != Some(value) {
                self.put(&below(path, key), value)?;
            }
        }
        Ok(())
    }

    /// A list of tables has a header for each, unless it is written in brackets already.
    fn put_tables(&mut self, path: &[&str], value: &Value, tables: &[Value]) -> Made {
        if Layout::read(&self.text).find(path).is_some() {
            return self.put_plain(path, value);
        }
        self.take(path)?;
        tables.iter().filter_map(Value::as_table).try_for_each(|table| self.append_unchecked(path[0], table))
    }

    fn put_plain(&mut self, path: &[&str], value: &Value) -> Made {
        let layout = Layout::read(&self.text);
        match (layout.find(path), value) {
            (Some(Node::List(..)), Value::Array(new)) => self.put_list(path, new),
            (Some(node), _) => {
                let written = spelling::value(value, Some(&self.text[node.span()]));
                self.splice(vec![Splice::new(node.span(), written)])
            }
            (None, _) => {
                self.take(path)?;
                self.insert(path, value)
            }
        }
    }

    /// Gives a list other members; those that it has keep their lines and remarks.
    fn put_list(&mut self, path: &[&str], new: &[Value]) -> Made {
        let Some(Value::Array(old)) = self.value(path) else { return Err(no_place(path)) };
        let same = |(one, other): &(&Value, &Value)| one == other;
        let head = old.iter().zip(new).take_while(same).count();
        let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(same).count();
        let (leave, come) = (old.len() - head - tail, new.len() - head - tail);
        #[expect(clippy::needless_range_loop, reason = "members that leave stand behind the end of the new list")]
        for at in head..head + leave.max(come) {
            let layout = Layout::read(&self.text);
            let Some(Node::List(span, members)) = layout.find(path) else { return Err(no_place(path)) };
            let list = List { text: &self.text, span: span.clone(), members: members.iter().map(Node::span).collect() };
            let eol = self.eol_before(span.end);
            let changes = if at >= head + come {
                list.remove(head + come)
            } else if at < head + leave {
                let written = &self.text[list.members[at].clone()];
                vec![Splice::new(list.members[at].clone(), spelling::value(&new[at], Some(written)))]
            } else if at < list.members.len() {
                vec![list.insert(at, &spelling::value(&new[at], None), eol)]
            } else {
                let model = list.members.last().map(|member| &self.text[member.clone()]);
                let model = model.filter(|model| model.starts_with('\''));
                list.append(&spelling::value(&new[at], model), eol)
            };
            self.splice(changes)?;
        }
        Ok(())
    }

    /// Writes a field that the text does not have: into its table, wherever and however that is written.
    fn insert(&mut self, path: &[&str], value: &Value) -> Made {
        let layout = Layout::read(&self.text);
        let written = spelling::value(value, None);
        for depth in (1..path.len()).rev() {
            let parent = &path[..depth];
            match layout.find(parent) {
                Some(Node::Table(span, entries)) => {
                    let members = entries.iter().map(|entry| entry.span.clone()).collect();
                    let list = List { text: &self.text, span: span.clone(), members };
                    let entry = format!("{} = {written}", spelling::keys(path[depth..].iter().copied()));
                    return self.splice(list.append(&entry, self.eol_before(span.end)));
                }
                Some(_) => return Err(no_place(path)),
                None => {}
            }
            let own = || layout.sections.iter().filter(|section| !layout.is_in_list(section));
            let section = own().find(|section| section.header.is_some() && section.path() == parent);
            let dotted = own().rev().find(|section| section.entries.iter().any(|entry| begins(section, entry, parent)));
            if let Some(section) = section.or(dotted) {
                return self.splice(vec![self.line(&layout, section, path, &written)]);
            }
            let above = own().find(|section| section.path().len() > depth && starts(section.path(), parent));
            if let Some(above) = above {
                return self.write_member(self.above_header(&layout, above), path, value);
            }
        }
        match path {
            [] => Err(no_place(path)),
            [_] => self.splice(vec![self.line(&layout, &layout.sections[0], path, &written)]),
            [first, ..] => self.write_member(self.place_of_section(&layout, first), path, value),
        }
    }

    /// Writes the header of a table with one field in it.
    fn write_member(&mut self, at: usize, path: &[&str], value: &Value) -> Made {
        let [parent @ .., key] = path else { return Err(no_place(path)) };
        self.write_block(at, parent, Stands::Alone, &Table::from_iter([(key.to_string(), value.clone())]))
    }

    fn append_unchecked(&mut self, key: &str, table: &Table) -> Made {
        let layout = Layout::read(&self.text);
        if let Some(node) = layout.find(&[key]) {
            let Node::List(span, members) = node else { return Err(no_place(&[key])) };
            let list = List { text: &self.text, span: span.clone(), members: members.iter().map(Node::span).collect() };
            let written = spelling::value(&Value::Table(table.clone()), None);
            return self.splice(list.append(&written, self.eol_before(span.end)));
        }
        let last = layout.sections.iter().rfind(|section| section.path().first().is_some_and(|first| first == key));
        let at = match last {
            Some(section) => line_end(&self.text, section.end()),
            None => self.place_of_section(&layout, key),
        };
        self.write_block(at, &[key], Stands::InList, table)
    }

    /// Removes all that is written of a field.
    fn take(&mut self, path: &[&str]) -> Made {
        while let Some(changes) = self.removal(path) {
            self.splice(changes)?;
        }
        Ok(())
    }

    /// How the first thing that is written of a field is removed.
    fn removal(&self, path: &[&str]) -> Option<Vec<Splice>> {
        let layout = Layout::read(&self.text);
        for section in &layout.sections {
            if section.header.is_some() && starts(section.path(), path) {
                return Some(vec![self.without_section(section)]);
            }
            if layout.is_in_list(section) {
                continue;
            }
            for entry in &section.entries {
                if begins(section, entry, path) {
                    let line = line_start(&self.text, entry.span.start)..line_end(&self.text, entry.span.end);
                    return Some(vec![Splice::new(line, "")]);
                }
                let full: Vec<&str> = section.path().iter().chain(&entry.keys).map(String::as_str).collect();
                let inside =
                    path.strip_prefix(full.as_slice()).and_then(|rest| self.removal_inside(&entry.value, rest));
                if inside.is_some() {
                    return inside;
                }
            }
        }
        None
    }

    /// The same within braces.
    fn removal_inside(&self, node: &Node, path: &[&str]) -> Option<Vec<Splice>> {
        let Node::Table(span, entries) = node else { return None };
        if let Some(at) = entries.iter().position(|entry| starts(&entry.keys, path)) {
            let members = entries.iter().map(|entry| entry.span.clone()).collect();
            return Some(List { text: &self.text, span: span.clone(), members }.remove(at));
        }
        entries.iter().find_map(|entry| {
            let keys: Vec<&str> = entry.keys.iter().map(String::as_str).collect();
            self.removal_inside(&entry.value, path.strip_prefix(keys.as_slice())?)
        })
    }

    /// A section goes with what stands in it, and with the blank line above it where one stands below it too.
    fn without_section(&self, section: &Section) -> Splice {
        let header = section.header.as_ref().map_or(0, |header| header.span.start);
        let (mut start, end) = (line_start(&self.text, header), line_end(&self.text, section.end()));
        let rest = &self.text[end..];
        if let Some(above) = start.checked_sub(1).map(|above| line_start(&self.text, above))
            && self.text[above..start].trim().is_empty()
            && (rest.is_empty() || rest.split('\n').next().is_some_and(|line| line.trim().is_empty()))
        {
            start = above;
        }
        Splice::new(start..end, "")
    }

    fn splice(&mut self, changes: Vec<Splice>) -> Made {
        self.text = apply(&self.text, changes).map_err(|_| EditFault::NotToml)?;
        Ok(())
    }
}

/// Where something new is put.
impl TomlText {
    /// Where a field stands in the order of fields.
    fn rank(&self, path: &[&str]) -> Option<usize> {
        let name = path.join(".");
        self.order.iter().position(|known| *known == name)
    }

    /// Members of a table in the order of fields, those that it does not know last.
    fn in_order<'a>(&self, path: &[&str], table: &'a Table) -> Vec<(&'a String, &'a Value)> {
        let mut members: Vec<_> = table.iter().collect();
        members.sort_by_key(|(key, _)| self.rank(&below(path, key)).unwrap_or(usize::MAX));
        members
    }

    /// A new line of a section: behind the field that comes before it in the order of fields.
    fn line(&self, layout: &Layout, section: &Section, path: &[&str], written: &str) -> Splice {
        let depth = section.path().len();
        let line = format!("{} = {written}", spelling::keys(path[depth..].iter().copied()));
        let rank_of = |entry: &Entry| {
            let full: Vec<&str> = section.path().iter().chain(&entry.keys).map(String::as_str).collect();
            (1..=full.len()).rev().find_map(|length| self.rank(&full[..length]))
        };
        let rank = (1..=path.len()).rev().find_map(|length| self.rank(&path[..length]));
        let group =
            section.entries.iter().rfind(|entry| path.len() > depth + 1 && begins(section, entry, &path[..depth + 1]));
        let before = group.or_else(|| match rank {
            None => section.entries.last(),
            Some(rank) => {
                let lower = section.entries.iter().filter(|entry| rank_of(entry).is_some_and(|known| known <= rank));
                lower.max_by_key(|entry| (rank_of(entry), entry.span.start))
            }
        });
        let model = before.or(section.entries.first());
        let indent = model.map_or("", |entry| &self.text[line_start(&self.text, entry.span.start)..entry.span.start]);
        if let Some(entry) = before {
            return self.new_line(line_end(&self.text, entry.span.end), &format!("{indent}{line}"));
        }
        if let Some(first) = section.entries.first() {
            let floor = section.header.as_ref().map_or(0, |header| header.span.end);
            return self.new_line(remarks_start(&self.text, first.span.start, floor), &format!("{indent}{line}"));
        }
        if let Some(header) = &section.header {
            return self.new_line(line_end(&self.text, header.span.end), &line);
        }
        let Some(next) = layout.sections.get(1) else { return self.new_line(self.text.len(), &line) };
        let at = self.above_header(layout, next);
        self.new_line(at, &format!("{line}{}", self.eol_before(at)))
    }

    fn new_line(&self, at: usize, line: &str) -> Splice {
        let eol = self.eol_before(at);
        match self.text[..at].is_empty() || self.text[..at].ends_with('\n') {
            true => Splice::new(at..at, format!("{line}{eol}")),
            false => Splice::new(at..at, format!("{eol}{line}")),
        }
    }

    /// Where a new section goes: before the first one that comes behind it in the order of fields.
    fn place_of_section(&self, layout: &Layout, key: &str) -> usize {
        let Some(rank) = self.rank(&[key]) else { return self.text.len() };
        let behind = |section: &&Section| {
            section.path().first().and_then(|first| self.rank(&[first])).is_some_and(|other| other > rank)
        };
        layout.sections.iter().find(behind).map_or(self.text.len(), |section| self.above_header(layout, section))
    }

    /// Above a header and the remarks that belong to it.
    fn above_header(&self, layout: &Layout, section: &Section) -> usize {
        let header = section.header.as_ref().map_or(0, |header| header.span.start);
        let ends = layout.sections.iter().map(Section::end).filter(|end| *end <= header);
        remarks_start(&self.text, header, ends.max().unwrap_or(0))
    }

    /// Writes a header with its fields, a blank line around it.
    fn write_block(&mut self, at: usize, path: &[&str], stands: Stands, table: &Table) -> Made {
        let mut lines = Vec::new();
        self.block(path, stands, table, &mut lines);
        let eol = self.eol_before(at);
        let above = &self.text[..at];
        let last = above.trim_end_matches([' ', '\t']).strip_suffix('\n').map(|above| above.rsplit('\n').next());
        let mut written = String::new();
        match last {
            _ if above.is_empty() => {}
            None => written = eol.repeat(2),
            Some(line) if line.is_some_and(|line| line.trim().is_empty()) => {}
            Some(_) => written = eol.to_string(),
        }
        lines.iter().for_each(|line| written.extend([line.as_str(), eol]));
        let below = self.text[at..].split('\n').next().filter(|_| at < self.text.len());
        if below.is_some_and(|line| !line.trim().is_empty()) {
            written.push_str(eol);
        }
        self.splice(vec![Splice::new(at..at, written)])
    }

    fn block(&self, path: &[&str], stands: Stands, table: &Table, lines: &mut Vec<String>) {
        let name = spelling::keys(path.iter().copied());
        lines.push(match stands {
            Stands::Alone => format!("[{name}]"),
            Stands::InList => format!("[[{name}]]"),
        });
        let (tables, plain): (Vec<_>, Vec<_>) =
            self.in_order(path, table).into_iter().partition(|(_, value)| value.is_table());
        lines.extend(
            plain.iter().map(|(key, value)| format!("{} = {}", spelling::key(key), spelling::value(value, None))),
        );
        for (key, value) in tables {
            lines.push(String::new());
            value.as_table().into_iter().for_each(|table| self.block(&below(path, key), Stands::Alone, table, lines));
        }
    }

    /// How the line before a place ends.
    fn eol_before(&self, at: usize) -> &'static str {
        line_end_of(&self.text[..at]).unwrap_or(self.eol)
    }
}

fn no_place(path: &[&str]) -> EditFault {
    EditFault::NoPlace(path.join("."))
}

fn below<'a>(path: &[&'a str], key: &'a str) -> Vec<&'a str> {
    path.iter().copied().chain([key]).collect()
}

fn is_list_of_tables(list: &[Value]) -> bool {
    !list.is_empty() && list.iter().all(Value::is_table)
}

/// Whether keys begin with a path.
fn starts(keys: &[String], path: &[&str]) -> bool {
    keys.len() >= path.len() && keys.iter().zip(path).all(|(key, path)| key == path)
}

/// Whether an entry of a section is a field or lies below it, and the section does not.
fn begins(section: &Section, entry: &Entry, path: &[&str]) -> bool {
    let rest = path.split_at_checked(section.path().len()).filter(|(above, _)| starts(section.path(), above));
    rest.is_some_and(|(_, rest)| !rest.is_empty() && starts(&entry.keys, rest))
}

/// Where the line behind a value ends, with its line end.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// Where the remarks begin that stand right above a line; `floor` is the end of what stands before them.
fn remarks_start(text: &str, at: usize, floor: usize) -> usize {
    let mut start = line_start(text, at);
    while let Some(above) = start.checked_sub(1).map(|above| line_start(text, above)) {
        if above < floor || !text[above..start].trim_start_matches([' ', '\t']).starts_with('#') {
            break;
        }
        start = above;
    }
    start
}

/// Puts a value into a tree, or takes it out; whether there was a place for it.
fn place(all: &mut Value, path: &[&str], value: Option<&Value>) -> bool {
    let (Value::Table(table), [key, rest @ ..]) = (all, path) else { return false };
    if rest.is_empty() {
        match value {
            Some(value) => drop(table.insert(key.to_string(), value.clone())),
            None => drop(table.remove(*key)),
        }
        return true;
    }
    if value.is_none() && !table.contains_key(*key) {
        return true;
    }
    place(table.entry(*key).or_insert_with(|| Value::Table(Table::new())), rest, value)
}

/// Takes out a field and the tables above it where they hold nothing: with dots, no table is written that is empty.
fn prune(all: &mut Value, path: &[&str]) {
    let (Value::Table(table), [key, rest @ ..]) = (all, path) else { return };
    if let Some(inner) = table.get_mut(*key) {
        prune(inner, rest);
        if inner.as_table().is_some_and(Table::is_empty) {
            table.remove(*key);
        }
    }
}
