//! The layers of the program, held against the list in CONTRIBUTING.md.
//!
//! Every file below `src/` lies in a room, the first folder or file name of its path, and every room on a line of that
//! list, the ground first. A file may use its own room and the rooms on the lines before; rooms on one line do not know each
//! other. Nor may files use each other in a circle, within a room or across rooms.
//!
//! An arrow goes from a file that names something to the file that defines it. It is read from `use` lines, from paths in
//! the code and in macros, `crate::…`, `super::…`, `self::…` and the names of child modules; a re-export is followed to the
//! file behind it, so `super::Entry` leads to `archive/entry.rs`. Calls of methods are not seen, nor
//! what a `macro_rules` writes, nor what stands in tests.
//!
//! A parent (`mod.rs`, or `date.rs` beside a folder `date/`) and its child are two files like any others. To declare a child
//! with `mod` is no arrow, nor is it one to pass on a child's name with `pub use`, as long as the parent does not use that
//! name itself. So a parent either has what its children share and leaves the work to them, or it calls them and the shared
//! types have a file of their own.
//!
//! Files are parsed by syn, as rustc's own macros are: a reader of lines would have to know comments, strings, nested trees
//! of `use` and macros.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree, Visibility};

/// Path of each file below `src/` → what is in it.
type Files = BTreeMap<String, String>;

/// A module's path: its names from the crate's root.
type Name = Vec<String>;

/// A module that is a file.
struct Module {
    file: String,
    children: BTreeSet<String>,
    /// What `use` lines bind: the name here → the path that it stands for, and whether others may see it.
    bound: BTreeMap<String, Vec<String>>,
    /// Paths that its code names, from the crate's root, with their lines.
    named: Vec<(Vec<String>, usize)>,
}

/// That a file names something in another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Arrow {
    to: String,
    line: usize,
    path: String,
}

/// The list of layers: rooms, each with its line, the ground first.
fn layers(contributing: &str) -> BTreeMap<String, usize> {
    let block = contributing.split_once("```layers\n").and_then(|(_, rest)| rest.split_once("```"));
    let (block, _) = block.expect("CONTRIBUTING.md has a block of layers");
    let lines = block.lines().map(|line| line.trim().split("  ").next().unwrap_or_default());
    let rooms = lines.enumerate().flat_map(|(at, line)| line.split('·').map(move |room| (room.trim().to_string(), at)));
    rooms.filter(|(room, _)| !room.is_empty()).collect()
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let list = attribute.meta.require_list().ok().filter(|list| list.path.is_ident("cfg"));
        list.is_some_and(|list| {
            list.tokens.to_string().split(|c: char| !c.is_alphanumeric()).any(|word| word == "test")
        })
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn names(path: &syn::Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

/// Whether a path is one name in small letters: a variable's, or a function's where it is called.
fn is_small(path: &[String]) -> bool {
    matches!(path, [name] if name.starts_with(|first: char| first.is_lowercase()))
}

/// What a file's code names.
struct Reader<'a> {
    name: &'a Name,
    children: BTreeSet<String>,
    bound: BTreeMap<String, Vec<String>>,
    /// Names of children that it passes on, each with the path behind it.
    passed_on: BTreeMap<String, Vec<String>>,
    named: Vec<(Vec<String>, usize)>,
    /// Modules within the file, and blocks, that the reader is in.
    inner: Vec<String>,
    in_block: usize,
}

impl Reader<'_> {
    fn read(&mut self, items: &[Item]) {
        let modules = items.iter().filter_map(|item| match item {
            Item::Mod(module) if module.content.is_none() && !is_test(&module.attrs) => Some(module.ident.to_string()),
            _ => None,
        });
        self.children = modules.collect();
        // Names that are passed on must be known before the code that may use them.
        for item in items.iter().filter(|item| matches!(item, Item::Use(_)) && !is_test(attributes(item))) {
            self.visit_item(item);
        }
        for item in items.iter().filter(|item| !matches!(item, Item::Use(_))) {
            self.visit_item(item);
        }
    }

    /// A path from the crate's root; none where it begins in another crate or is a name of the file's own.
    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        let mut here: Vec<String> = self.name.iter().chain(&self.inner).cloned().collect();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => (here, rest) = (Vec::new(), &path[1..]),
            "self" => rest = &path[1..],
            "super" => {
                while rest.first().is_some_and(|first| first == "super") {
                    here.pop();
                    rest = &rest[1..];
                }
            }
            first if self.inner.is_empty() && self.children.contains(first) => {}
            _ => return None,
        }
        here.extend(rest.iter().cloned());
        Some(here)
    }

    fn meet(&mut self, path: &[String], line: usize) {
        let own = path.first().and_then(|first| self.passed_on.get(first)).filter(|_| self.inner.is_empty());
        let is_child = path.len() < 2 && path.first().is_some_and(|first| self.children.contains(first));
        let met = own.cloned().or_else(|| self.absolute(path).filter(|_| !is_child));
        self.named.extend(met.map(|path| (path, line)));
    }

    fn take_use(&mut self, tree: &UseTree, before: &mut Vec<String>, is_public: bool) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.take_use(&path.tree, before, is_public);
                before.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.take_use(tree, before, is_public)),
            UseTree::Name(name) => {
                self.bind(before, &name.ident.to_string(), &name.ident.to_string(), name.span(), is_public)
            }
            UseTree::Rename(name) => {
                self.bind(before, &name.ident.to_string(), &name.rename.to_string(), name.span(), is_public)
            }
            UseTree::Glob(glob) => self.bind(before, "*", "*", glob.span(), is_public),
        }
    }

    fn bind(&mut self, before: &[String], what: &str, as_name: &str, span: Span, is_public: bool) {
        let mut path = before.to_vec();
        path.extend((what != "self" && what != "*").then(|| what.to_string()));
        let as_name = if as_name == "self" { before.last().cloned().unwrap_or_default() } else { as_name.to_string() };
        let Some(path) = self.absolute(&path) else { return };
        let at_top = self.inner.is_empty() && self.in_block == 0;
        if at_top {
            self.bound.insert(as_name.clone(), path.clone());
        }
        let of_child = path.len() > self.name.len() && path.starts_with(self.name);
        match at_top && is_public && of_child {
            true => _ = self.passed_on.insert(as_name, path),
            false => self.named.push((path, span.start().line)),
        }
    }

    /// Paths among a macro's tokens.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut line = 0;
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.meet_in_macro(&std::mem::take(&mut path), line);
                        line = ident.span().start().line;
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' && !path.is_empty() => colons += 1,
                other => {
                    self.meet_in_macro(&std::mem::take(&mut path), line);
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.read_tokens(group.stream());
                    }
                }
            }
        }
        self.meet_in_macro(&path, line);
    }

    fn meet_in_macro(&mut self, path: &[String], line: usize) {
        if !is_small(path) {
            self.meet(path, line);
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_test(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let Some((_, items)) = &module.content else { return };
        self.inner.push(module.ident.to_string());
        items.iter().for_each(|item| self.visit_item(item));
        self.inner.pop();
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        self.in_block += 1;
        visit::visit_block(self, block);
        self.in_block -= 1;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_public = !matches!(item.vis, Visibility::Inherited);
        self.take_use(&item.tree, &mut Vec::new(), is_public);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = names(path);
        if !is_small(&names) {
            self.meet(&names, path.span().start().line);
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(function) = &*call.func {
            let names = names(&function.path);
            if is_small(&names) {
                self.meet(&names, call.span().start().line);
            }
        }
        visit::visit_expr_call(self, call);
    }

    /// What a macro writes is named where it is used, and that is not seen.
    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if !item.mac.path.is_ident("macro_rules") {
            visit::visit_item_macro(self, item);
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.read_tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

/// All modules that are files, as the compiler finds them from lib.rs.
fn modules(files: &Files) -> BTreeMap<Name, Module> {
    let mut modules = BTreeMap::new();
    let mut open = vec![(Name::new(), "lib.rs".to_string())];
    while let Some((name, file)) = open.pop() {
        let parsed = syn::parse_file(&files[&file]).unwrap_or_else(|fault| panic!("src/{file}: {fault}"));
        let mut reader = Reader {
            name: &name,
            children: BTreeSet::new(),
            bound: BTreeMap::new(),
            passed_on: BTreeMap::new(),
            named: Vec::new(),
            inner: Vec::new(),
            in_block: 0,
        };
        reader.read(&parsed.items);
        let Reader { children, bound, named, .. } = reader;
        for child in &children {
            let path: Name = name.iter().chain([child]).cloned().collect();
            let places = [format!("{}.rs", path.join("/")), format!("{}/mod.rs", path.join("/"))];
            let found = places.iter().find(|place| files.contains_key(*place));
            open.push((path.clone(), found.unwrap_or_else(|| panic!("no file for {}", path.join("::"))).clone()));
        }
        modules.insert(name, Module { file, children, bound, named });
    }
    modules
}

/// The module in which the thing behind a path is defined; none where that is another crate's.
fn defined_in(path: &[String], modules: &BTreeMap<Name, Module>, steps: usize) -> Option<Name> {
    let mut at = Name::new();
    for (index, name) in path.iter().enumerate() {
        let module = &modules[&at];
        if module.children.contains(name) {
            at.push(name.clone());
            continue;
        }
        let Some(bound) = module.bound.get(name) else { return Some(at) };
        let behind: Vec<String> = bound.iter().chain(&path[index + 1..]).cloned().collect();
        return if steps == 0 { Some(at) } else { defined_in(&behind, modules, steps - 1) };
    }
    Some(at)
}

/// File → what it names in other files.
fn arrows(files: &Files) -> BTreeMap<String, Vec<Arrow>> {
    let modules = modules(files);
    let of = |module: &Module| {
        let mut arrows: Vec<Arrow> = Vec::new();
        for (path, line) in &module.named {
            let Some(to) = defined_in(path, &modules, 16).map(|name| modules[&name].file.clone()) else { continue };
            let path = format!("crate::{}", path.join("::"));
            if to != module.file && !arrows.iter().any(|arrow| arrow.to == to && arrow.path == path) {
                arrows.push(Arrow { to, line: *line, path });
            }
        }
        (module.file.clone(), arrows)
    };
    modules.values().map(of).collect()
}

/// The first folder, or the file's own name.
fn room(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// Everything that is wrong, a message each.
fn faults(files: &Files, layers: &BTreeMap<String, usize>) -> Vec<String> {
    let arrows = arrows(files);
    let rooms: BTreeSet<&str> = arrows.keys().map(|file| room(file)).filter(|room| *room != "lib").collect();
    let mut faults = Vec::new();
    for room in rooms.iter().filter(|room| !layers.contains_key(**room)) {
        faults
            .push(format!("src/{room}: no line of the layers in CONTRIBUTING.md names it; write it where it belongs"));
    }
    for room in layers.keys().filter(|room| !rooms.contains(room.as_str())) {
        faults
            .push(format!("CONTRIBUTING.md: the layers name `{room}`, and there is no such room in src/; take it out"));
    }
    for (file, arrows) in arrows.iter().filter(|(file, _)| *file != "lib.rs") {
        faults.extend(arrows.iter().filter_map(|arrow| upward(file, arrow, layers)));
    }
    faults.extend(circles(&arrows));
    faults
}

/// Why an arrow between rooms is wrong.
fn upward(file: &str, arrow: &Arrow, layers: &BTreeMap<String, usize>) -> Option<String> {
    let (from, to) = (room(file), room(&arrow.to));
    let (below, above) = (layers.get(from)?, if to == "lib" { &usize::MAX } else { layers.get(to)? });
    if from == to || above < below {
        return None;
    }
    let lies = if above == below { "lies beside" } else { "lies above" };
    Some(format!(
        "src/{file}:{}: {} is in src/{}, and `{to}` {lies} `{from}`; \
         what both need belongs into `{from}` or below it, or this file into `{to}`",
        arrow.line, arrow.path, arrow.to
    ))
}

/// Each circle by its shortest way round.
fn circles(arrows: &BTreeMap<String, Vec<Arrow>>) -> Vec<String> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut faults = Vec::new();
    for file in arrows.keys() {
        if told.contains(file.as_str()) {
            continue;
        }
        let Some(way) = way_back(file, arrows) else { continue };
        told.extend(way.iter().map(|(file, _)| *file));
        let steps = way
            .iter()
            .map(|(file, arrow)| format!("\n    src/{file}:{}: {} is in src/{}", arrow.line, arrow.path, arrow.to));
        faults.push(format!(
            "{} files use each other in a circle; what they share belongs into a file of its own:{}",
            way.len(),
            steps.collect::<String>()
        ));
    }
    faults
}

/// The shortest way from a file back to itself.
fn way_back<'a>(file: &'a str, arrows: &'a BTreeMap<String, Vec<Arrow>>) -> Option<Vec<(&'a str, &'a Arrow)>> {
    let mut from: BTreeMap<&str, (&str, &Arrow)> = BTreeMap::new();
    let mut open = std::collections::VecDeque::from([file]);
    while let Some(here) = open.pop_front() {
        for arrow in &arrows[here] {
            if !from.contains_key(arrow.to.as_str()) {
                from.insert(&arrow.to, (here, arrow));
                open.push_back(&arrow.to);
            }
        }
    }
    let mut way = vec![*from.get(file)?];
    while way[way.len() - 1].0 != file {
        way.push(from[way[way.len() - 1].0]);
    }
    way.reverse();
    Some(way)
}

/// The program's own files.
fn own() -> (Files, BTreeMap<String, usize>) {
    fn gather(folder: &Path, root: &Path, files: &mut Files) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                gather(&path, root, files);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(root).expect("below src").to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Files::new();
    gather(&root.join("src"), &root.join("src"), &mut files);
    (files, layers(&fs::read_to_string(root.join("CONTRIBUTING.md")).expect("CONTRIBUTING.md")))
}

#[test]
fn no_arrow_goes_up_and_no_circle() {
    let (files, layers) = own();
    let faults = faults(&files, &layers);
    assert!(faults.is_empty(), "{} faults\n\n{}\n", faults.len(), faults.join("\n"));
}

/// A small program of three rooms.
fn planted(changes: &[(&str, &str)]) -> Vec<String> {
    let mut files: Files = [
        ("lib.rs", "pub mod ground;\npub mod middle;\npub mod beside;\npub mod top;\npub use top::Roof;\n"),
        ("ground.rs", "pub struct Stone;\n"),
        ("middle/mod.rs", "mod part;\npub use self::part::Part;\n"),
        ("middle/part.rs", "use crate::ground::Stone;\npub struct Part(pub Stone);\n"),
        ("beside.rs", "pub struct Other;\n"),
        ("top.rs", "use crate::middle::Part;\npub struct Roof(pub Part);\n"),
    ]
    .map(|(file, text)| (file.to_string(), text.to_string()))
    .into();
    files.extend(changes.iter().map(|(file, text)| (file.to_string(), text.to_string())));
    faults(&files, &layers("```layers\nground  the ground\nmiddle · beside\ntop\n```\n"))
}

#[test]
fn a_house_in_order() {
    assert_eq!(planted(&[]), Vec::<String>::new());
    // Tests may look anywhere.
    let tests = "pub struct Stone;\n#[cfg(test)]\nmod tests {\n    use crate::top::Roof;\n}\n";
    assert_eq!(planted(&[("ground.rs", tests)]), Vec::<String>::new());
    let words =
        "//! crate::top::Roof\npub struct Stone;\n/// crate::top::Roof\npub const NAME: &str = \"crate::top::Roof\";\n";
    assert_eq!(planted(&[("ground.rs", words)]), Vec::<String>::new());
}

#[test]
fn an_arrow_up_is_found() {
    for text in [
        "use crate::top::Roof;\n",
        "use crate::{top::{Roof}};\n",
        "pub use crate::top::Roof;\n",
        "fn f(_: crate::top::Roof) {}\n",
        "fn f() { println!(\"{:?}\", crate::top::Roof); }\n",
        "fn f() { use super::top::Roof; }\n",
        "mod inside { use super::super::top::Roof; }\n",
        // Behind the name that lib.rs passes on.
        "use crate::Roof;\n",
    ] {
        let found = planted(&[("ground.rs", &format!("pub struct Stone;\n{text}"))]);
        assert!(found.iter().any(|fault| fault.starts_with("src/ground.rs:2: ")), "{text}{found:?}");
        assert!(
            found.iter().any(|fault| fault.contains("is in src/top.rs, and `top` lies above `ground`")),
            "{found:?}"
        );
    }
}

#[test]
fn rooms_on_one_line_do_not_know_each_other() {
    let found = planted(&[("beside.rs", "use crate::middle::Part;\n")]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("src/beside.rs:1: crate::middle::Part is in src/middle/part.rs"), "{found:?}");
}

#[test]
fn circles_are_found() {
    let two = [
        ("middle/mod.rs", "mod one;\nmod two;\nmod part;\npub use self::part::Part;\n"),
        ("middle/one.rs", "use super::two::Two;\npub struct One;\n"),
        ("middle/two.rs", "pub struct Two;\nfn f(_: super::one::One) {}\n"),
    ];
    let found = planted(&two);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("2 files use each other in a circle"), "{found:?}");
    assert!(
        found[0].contains("\n    src/middle/two.rs:2: crate::middle::one::One is in src/middle/one.rs"),
        "{found:?}"
    );
    let three = [
        ("middle/mod.rs", "mod one;\nmod two;\nmod part;\npub use self::part::Part;\n"),
        ("middle/one.rs", "use super::two::Two;\npub struct One;\n"),
        ("middle/two.rs", "use super::Part;\npub struct Two;\n"),
        ("middle/part.rs", "use super::one::One;\npub struct Part;\n"),
    ];
    let found = planted(&three);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("3 files use each other in a circle"), "{found:?}");
}

#[test]
fn a_parent_and_its_child_are_two_files() {
    let child = ("middle/part.rs", "use super::Whole;\npub struct Part;\n");
    // The parent passes on what it does not use.
    let passes_on = "mod part;\npub use self::part::Part;\npub struct Whole;\n";
    assert_eq!(planted(&[("middle/mod.rs", passes_on), child]), Vec::<String>::new());
    for uses in [
        "mod part;\npub use self::part::Part;\npub struct Whole;\nfn f(_: Part) {}\n",
        "mod part;\npub use self::part::Part;\nuse self::part::Part as Own;\npub struct Whole;\n",
        "mod part;\npub struct Whole;\nfn f(_: part::Part) {}\n",
        "mod part;\npub struct Whole;\nfn f() { dbg!(part::Part) }\n",
    ] {
        let found = planted(&[("middle/mod.rs", uses), ("top.rs", ""), child]);
        assert!(found.iter().any(|fault| fault.starts_with("2 files use each other")), "{uses}{found:?}");
    }
}

#[test]
fn every_room_has_a_line() {
    let found =
        planted(&[("lib.rs", "pub mod ground;\npub mod middle;\npub mod top;\npub mod new;\n"), ("new.rs", "")]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("src/new: no line"), "{found:?}");
    assert!(found[1].contains("`beside`"), "{found:?}");
}

/// In the program itself: the ground would use a command.
#[test]
fn an_arrow_planted_in_the_program_is_found() {
    let (mut files, layers) = own();
    let text = files.get_mut("fixity.rs").expect("fixity.rs");
    text.push_str("use crate::command::Exit;\n");
    let line = text.lines().count();
    let found = faults(&files, &layers);
    assert!(
        found.iter().any(|fault| fault.starts_with(&format!("src/fixity.rs:{line}: crate::command::Exit"))),
        "{found:?}"
    );
}
