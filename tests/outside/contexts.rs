//! docs/content/reference/templates.md is complete and right: what it says that templates receive is what they read and
//! what they get.

use std::collections::{BTreeMap, BTreeSet};

use crate::archive::{Archive, Run};
use crate::documented::{Documented, Type};
use crate::template_reads::Reads;

/// Writes down all that a template receives: a line a value, its path and its type.
const WITNESS: &str = r#"{%- component witness(value, path) -%}
{%- if value is map %}
{{ path }} map
{%- for key, item in value %}{% if item is none %}
{{ path }}.{{ key }} none{% else %}{{ <witness value={item} path={path ~ "." ~ key}/> }}{% endif %}{% endfor %}
{%- elif value is array %}
{{ path }} list
{%- for item in value %}{{ <witness value={item} path={path ~ "[]"}/> }}{% endfor %}
{%- elif value is bool %}
{{ path }} boolean
{%- elif value is integer %}
{{ path }} integer
{%- elif value is string %}
{{ path }} text
{%- else %}
{{ path }} other
{%- endif %}
{%- endcomponent witness -%}
"#;

/// An archive of every shape: each page kind, each field with a value somewhere and without one elsewhere.
fn of_every_shape() -> Archive {
    let full = "subtitle = \"副题\"\nkind = \"通知\"\ndate = \"1956-03-12\"\ndate_printed = \"民国\"\ncreated = \"1956\"\n\
                captured = \"2020-01-02\"\nsource = \"县馆\"\nsource_url = \"https://a.example/1\"\nissuer = \"县府\"\n\
                doc_number = \"江〔1956〕1号\"\nindex_number = \"00-1\"\nsubjects = [\"登记\"]\npeople = [\"甲\"]\n\
                places = [\"重庆\"]\norganisations = [\"乙会\"]\nrights = \"©\"\nrights_uri = \"http://rightsstatements.org/vocab/InC/1.0/\"\n\
                proofread = \"已校对\"\naccess_note = \"注\"\n\
                [[authors]]\nname = \"张佐\"\nrole = \"著\"\naffiliation = \"馆\"\nnote = \"注\"\nlang = \"en\"\n\
                [original]\nfile = \"original/a.html\"\nsha256 = \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"\n\
                bytes = 0\nmedia_type = \"text/html\"\nencoding = \"UTF-8\"\n[extra]\nown = [1]\n\
                [[sources]]\noffice = \"乙馆\"\n[[sources]]\naddress = \"https://a.example/2\"\ncaptured = \"2021\"\nrights = \"©\"\n\
                [sources.original]\nfile = \"original/b.html\"\n[[sources]]\nrights = \"©\"\n\
                [sources.original]\nfile = \"original/b.html\"\nsha256 = \"e3b0\"\nbytes = 0\nmedia_type = \"text/html\"\nencoding = \"UTF-8\"";
    let text = "导言,一[^1]。\n\n[^1]: 注,一。\n\n## 一、总则,甲\n\n甲[^2]。\n\n[^2]: 二。\n\n## 附,则\n\n乙。";
    // The list of editions takes more than one page.
    let editions: String = (1..=60).map(|number| format!("edition {number} 2026-01-01 因\n")).collect();
    let mut archive = Archive::new()
        .file(
            "site.toml",
            "title = \"库\"\nsubtitle = \"副\"\ndescription = \"述\"\npublisher = \"馆\"\n\
             publisher_url = \"https://a.example/p\"\nbase_url = \"https://a.example/\"\n\
             [rights]\nstatement = \"©\"\nuri = \"http://rightsstatements.org/vocab/InC/1.0/\"\n[variants]\nzh-Hant = true\n[extra]\nown = 1\n",
        )
        .file("content/_index.md", "+++\n+++\n首页。\n")
        .file(
            "content/c/_index.md",
            "+++\ntitle = \"集\"\ndescription = \"述\"\nlevel = \"series\"\ndates = \"1950/1960\"\nreference = \"C\"\n+++\n集。\n",
        )
        .document("c/a/index.md", full, text)
        .file("content/c/a/scan.pdf", "%PDF")
        .file("content/c/a/original/a.html", "")
        .document("c/b.md", "date = \"1961-02-03\"", "文。")
        .document("c/s/d.md", "language = \"fr\"\ndate = \"1961\"", "Un.\n\n## Deux\n\nTrois.")
        .document("c/closed.md", "access = \"closed\"\nembargo_until = \"2050\"", "")
        .document("gone.md", "replaced_by = \"loose\"\naliases = [\"c/gone\"]", "")
        .document("c/fr.md", "language = \"it\"\naliases = [\"c/old\"]", "")
        .document("loose.md", "", "文。")
        .file("content/ids.lock", format!("{editions}forgotten c/mistake/ 2026-12-03 index : 误发\n\
             withdrawn c/closed/ 2026-12-03 order\nwithdrawn c/b/ 2026-12-03 other : 因\n"));
    // Two editions, the first of which brought more than are named.
    for at in 0..24 {
        archive = archive.document(&format!("first/f{at}.md"), "", "");
    }
    archive.publish().succeeds();
    archive = archive.document("c/b.md", "date = \"1961-02-03\"", "新文。\n\n又一段。");
    archive.run(&["publish", "--by-hand", "--because", "因"]).succeeds();
    // One index, one year and one collection take more than one page, the collection more than twelve.
    for at in 0..2500 {
        let fields = format!("date = \"1958-{:02}-{:02}\"\nauthors = [\"人{}\"]", at % 12 + 1, at % 28 + 1, at % 300);
        archive = archive.document(&format!("many/m{at}.md"), &fields, "");
    }
    for at in 0..130 {
        archive = archive.document(&format!("years/y{at}.md"), &format!("date = \"{}\"", 1600 + at), "");
    }
    archive
}

/// Template → path → types seen.
type Seen = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

fn seen_in(run: &Run) -> Seen {
    let mut seen = Seen::new();
    for (path, bytes) in run.files() {
        if !path.ends_with(".html") || path.starts_with("zh-Hant/") {
            continue;
        }
        let page = String::from_utf8(bytes).expect("UTF-8");
        for part in page.split("@@").skip(1) {
            let mut lines = part.lines();
            let template = seen.entry(lines.next().expect("a template's name").to_string()).or_default();
            for line in lines.filter(|line| !line.is_empty()) {
                let (path, kind) = line.rsplit_once(' ').expect("a path and a type");
                let free = [".t.", ".site.extra.", ".doc.extra."].iter().any(|free| path.starts_with(free));
                if !free && !template.get(path).is_some_and(|kinds| kinds.contains(kind)) {
                    template.entry(path.to_string()).or_default().insert(kind.to_string());
                }
            }
        }
    }
    seen
}

/// What was seen of one template, and what is found wrong with it.
struct Comparison<'a> {
    documented: &'a Documented,
    place: &'a str,
    seen: &'a BTreeMap<String, BTreeSet<String>>,
    faults: Vec<String>,
    /// Optional fields, and whether they had a value anywhere. Those of a shape with a name are counted together.
    valued: BTreeMap<String, bool>,
}

impl Comparison<'_> {
    /// Compares what was seen at a path, and below it, with what is documented.
    fn compare(&mut self, path: &str, kind: &Type, optional: Option<String>) {
        // A shape that holds itself is followed once.
        if path.ends_with("[].children[].children") {
            return;
        }
        let Self { documented, place, seen, .. } = *self;
        let Some(kinds) = seen.get(path) else {
            self.faults.push(format!("{place}: `{path}` is documented and never there"));
            return;
        };
        let wanted = match kind {
            Type::Text => "text",
            Type::Integer => "integer",
            Type::Boolean => "boolean",
            Type::List(_) => "list",
            Type::Free | Type::Shape(_) | Type::Named(_) => "map",
        };
        let has_value = kinds.contains(wanted);
        for kind in kinds.iter().filter(|kind| *kind != wanted) {
            match kind.as_str() {
                "none" if optional.is_some() => {}
                "none" => self.faults.push(format!("{place}: `{path}` may be absent, and is not marked ?")),
                kind => self.faults.push(format!("{place}: `{path}` is documented as {wanted} and is {kind}")),
            }
        }
        if let Some(name) = optional {
            *self.valued.entry(name).or_default() |= has_value;
        }
        if let (Type::List(item), true) = (kind, seen.contains_key(&format!("{path}[]"))) {
            self.compare(&format!("{path}[]"), item, None);
        }
        let Some(fields) = documented.fields(kind).filter(|_| has_value) else { return };
        for (name, field) in &fields {
            let counted = match kind {
                Type::Named(shape) => format!("{shape}.{name}"),
                _ => format!("{path}.{name}"),
            };
            self.compare(&format!("{path}.{name}"), &field.kind, field.optional.then_some(counted));
        }
        let prefix = format!("{path}.");
        for below in seen.keys().filter_map(|other| other.strip_prefix(&prefix)) {
            if !below.contains(['.', '[']) && !fields.contains_key(below) {
                self.faults.push(format!("{place}: `{path}.{below}` is there and not documented"));
            }
        }
    }
}

#[test]
fn what_templates_receive_is_documented() {
    let documented = Documented::read();
    let mut archive = of_every_shape().file("templates/witness.html", WITNESS);
    let parts = ["masthead", "breadcrumbs", "colophon", "running_title", "source_rows", "contents_foot"];
    for name in documented.templates() {
        let shape = documented.template(name).expect("documented");
        let parts: String = parts
            .iter()
            .filter(|part| shape.contains_key(**part) && !PARTS.contains(&name))
            .map(|part| format!("{{{{ {part} }}}}"))
            .collect();
        let template = format!("@@{name}{{{{ <witness value={{__tera_context}} path=\"\"/> }}}}\n{parts}");
        archive = archive.file(&format!("templates/{name}"), template);
    }
    let seen = seen_in(&archive.build().succeeds());
    let (mut faults, mut valued) = (Vec::new(), BTreeMap::<String, bool>::new());
    for name in documented.templates() {
        let Some(own) = seen.get(name) else {
            faults.push(format!("{name} was never rendered"));
            continue;
        };
        let mut shape = documented.template(name).expect("documented");
        if PARTS.contains(&name) {
            for frame in ["masthead", "breadcrumbs", "colophon"] {
                shape.remove(frame);
            }
        }
        let mut comparison =
            Comparison { documented: &documented, place: name, seen: own, faults: Vec::new(), valued: BTreeMap::new() };
        comparison.compare("", &Type::Shape(shape), None);
        faults.extend(comparison.faults);
        for (name, is) in comparison.valued {
            *valued.entry(name).or_default() |= is;
        }
    }
    for (name, _) in valued.iter().filter(|(_, is)| !**is) {
        faults.push(format!("`{name}` has no value anywhere: the archive of this test lacks a shape"));
    }
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Templates that are rendered for the context of others.
const PARTS: [&str; 6] =
    ["masthead.html", "colophon.html", "crumbs.html", "running-title.html", "source-rows.html", "contents-foot.html"];

#[test]
fn what_templates_read_is_documented() {
    let documented = Documented::read();
    let mut reads = Reads::new(&documented);
    for name in documented.templates() {
        reads.follow(name);
    }
    let unknown: Vec<&str> = reads.unknown.iter().map(String::as_str).collect();
    assert!(unknown.is_empty(), "not in docs/content/reference/templates.md:\n{}", unknown.join("\n"));
}
