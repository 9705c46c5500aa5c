//! The search page: a form, and where results go.

use anyhow::Result;

use super::{Head, Output, Pages};

impl Pages<'_> {
    /// Writes search.html. What it finds it reads from the index.
    ///
    /// # Errors
    /// The machine refuses to write.
    pub fn write_search(&self, output: &mut Output) -> Result<()> {
        let language = self.site_language();
        let title = self.words(language).get("search");
        let head = Head { kind: "search", path: "search.html", title, description: None, language };
        let mut context = self.context(&head, output);
        let crumbs = super::crumbs(&self.above(0, false, language), "");
        self.put_crumbs(&crumbs, &head, &mut context, output);
        self.page("search.html", &head, &context, output)
    }
}
