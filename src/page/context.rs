//! What templates receive on every page.

use std::sync::OnceLock;

use base64::prelude::{BASE64_STANDARD, Engine};
use serde::Serialize;
use tera::{Context, Value};

use super::template::Template;
use super::{Frame, Output, Pages};
use crate::archive::{address, reserved};
use crate::diagnostic::Diagnostic;
use crate::fixity;
use crate::format::json_ld::{self, Above};
use crate::record::language::direction;
use crate::site::Language;

/// A page's own words.
#[derive(Clone, Copy)]
pub(crate) struct Head<'a> {
    pub(super) template: Template,
    pub(super) path: &'a str,
    pub(super) title: &'a str,
    pub(super) description: Option<&'a str>,
    pub(super) language: Language,
}

#[derive(Serialize)]
struct PageView<'a> {
    kind: &'a str,
    title: &'a str,
    path: &'a str,
    canonical: Option<String>,
    description: Option<&'a str>,
    edition: Option<EditionView>,
}

/// The same page in the traditional edition.
#[derive(Serialize)]
struct EditionView {
    url: String,
    canonical: Option<String>,
}

/// A title with the address it stands for.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Crumb {
    pub(super) title: String,
    pub(super) url: String,
}

impl Pages<'_> {
    /// Masthead and colophon of all pages at a depth.
    fn common_frame(&self, head: &Head<'_>) -> Result<Frame, Diagnostic> {
        let path = "/".repeat(head.path.matches('/').count());
        let head = Head { path: &path, title: "", description: None, ..*head };
        let mut context = self.bare_context(&head);
        self.put_view("", &head, &path, &mut context);
        self.frame(&head, &context)
    }

    /// Masthead and colophon of a page.
    pub(super) fn frame(&self, head: &Head<'_>, context: &Context) -> Result<Frame, Diagnostic> {
        let part = |template| self.theme.render_part(head.language, template, context, head.path);
        Ok(Frame { masthead: part("masthead.html")?, colophon: part("colophon.html")? })
    }

    /// What every page receives.
    pub(crate) fn context(&self, head: &Head<'_>, output: &mut Output) -> Context {
        let mut context = self.bare_context(head);
        let depth = head.path.matches('/').count();
        let own = head.template.has_its_own_masthead();
        let prepared = self.frames.get(&(head.language, depth)).filter(|_| !own);
        let frame = match prepared.and_then(OnceLock::get) {
            Some(frame) => Ok(frame.clone()),
            None if own => self.frame(head, &context),
            None => self.common_frame(head).inspect(|frame| {
                // Two workers may make the first page at once; their frames are the same.
                let _ = prepared.map(|place| place.set(frame.clone()));
            }),
        };
        match frame {
            Ok(frame) => frame.put_into(&mut context),
            Err(fault) => output.report.push(fault),
        }
        context
    }

    /// What every page receives but its frame.
    pub(crate) fn bare_context(&self, head: &Head<'_>) -> Context {
        let mut context = Context::new();
        context.insert_value("site", self.site.clone());
        if let Some((words, nav)) = self.words.get(&head.language) {
            context.insert_value("t", words.clone());
            context.insert_value("nav", nav.clone());
        }
        let tag = self.words(head.language).tag();
        context.insert("lang", tag);
        context.insert("dir", direction(tag));
        context.insert("root", &address::root(head.path));
        self.put_page(head, head.path, &mut context);
        put_metadata(&mut context, "");
        context
    }

    /// Puts a page's own words into its context. `stands_for` is the page whose address is the lasting one: itself, but
    /// for a page that leads elsewhere.
    pub(crate) fn put_page(&self, head: &Head<'_>, stands_for: &str, context: &mut Context) {
        self.put_view(head.template.name(), head, stands_for, context);
    }

    fn put_view(&self, kind: &str, head: &Head<'_>, stands_for: &str, context: &mut Context) {
        let view = PageView {
            kind,
            title: head.title,
            path: head.path,
            canonical: self.canonical(stands_for),
            description: head.description,
            edition: self.edition_view(head, stands_for),
        };
        context.insert("page", &view);
    }

    /// The counterpart of a page in simplified Chinese.
    fn edition_view(&self, head: &Head<'_>, stands_for: &str) -> Option<EditionView> {
        let wanted = self.edition.is_some() && head.language == Language::Simplified && head.template.is_in_edition();
        let path = reserved::in_edition(head.path);
        wanted.then(|| EditionView {
            url: format!("{}{}", address::root(head.path), address::encode(&path)),
            canonical: self.canonical(&reserved::in_edition(stands_for)),
        })
    }

    /// A page's absolute address, where the site's is known.
    pub(crate) fn canonical(&self, path: &str) -> Option<String> {
        self.archive.address_of(path)
    }

    /// Renders the way down to a page and puts it into the page's context.
    pub(crate) fn put_crumbs(&self, crumbs: &[Crumb], head: &Head<'_>, context: &mut Context, output: &mut Output) {
        let mut own = self.bare_context(head);
        own.insert("crumbs", crumbs);
        let breadcrumbs = self.part("crumbs.html", head, &own, output);
        context.insert_value("breadcrumbs", breadcrumbs);
    }

    /// Renders what several pages have in common; a fault is reported and leaves it empty.
    pub(crate) fn part(&self, template: &str, head: &Head<'_>, context: &Context, output: &mut Output) -> Value {
        self.theme.render_part(head.language, template, context, head.path).unwrap_or_else(|fault| {
            output.report.push(fault);
            Value::from("")
        })
    }

    /// Home, and the collections that lead to a collection; itself not among them.
    pub(crate) fn above(&self, collection: usize, language: Language) -> Vec<Above> {
        self.way(self.archive.collections[collection].parent, language)
    }

    /// Home, and the collections down to one that is the last of them.
    pub(crate) fn down_to(&self, collection: usize, language: Language) -> Vec<Above> {
        self.way(Some(collection), language)
    }

    fn way(&self, last: Option<usize>, language: Language) -> Vec<Above> {
        let mut way = Vec::new();
        let mut at = last;
        while let Some(collection) = at.filter(|at| *at > 0).map(|at| &self.archive.collections[at]) {
            way.push(Above { title: collection.title.clone(), path: format!("{}/index.html", collection.path) });
            at = collection.parent;
        }
        let title = self.words(language).get("home").to_string();
        way.push(Above { title, path: "index.html".to_string() });
        way.reverse();
        way
    }
}

/// Puts what a page tells machines into its context. Data are no script, and browsers know it; but who checks a page by its
/// Content-Security-Policy sees a script element in it, so the policy names its digest (CSP Level 3, 2.3.1).
pub(crate) fn put_metadata(context: &mut Context, metadata: &str) {
    let digest = json_ld::data_in(metadata).map(|data| BASE64_STANDARD.encode(fixity::sha256(data.as_bytes())));
    context.insert_value("metadata", Value::safe_string(metadata));
    context.insert("metadata_sha256", &digest);
}

/// The way down to a page, for one at `root`.
pub(crate) fn crumbs(above: &[Above], root: &str) -> Vec<Crumb> {
    let crumb =
        |page: &Above| Crumb { title: page.title.clone(), url: format!("{root}{}", address::encode(&page.path)) };
    above.iter().map(crumb).collect()
}
