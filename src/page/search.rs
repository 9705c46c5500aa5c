//! The search page: a form, and where results go.

use anyhow::Result;

use super::kind::SEARCH;
use super::template::Template;
use super::{Head, Output, Pages};

impl Pages<'_> {
    /// Writes search.html. What it finds it reads from the index.
    ///
    /// # Errors
    /// The machine refuses to write.
    pub(super) fn write_search(&self) -> Result<Output> {
        let mut output = Output::default();
        let language = self.site_language();
        let title = self.words(language).get("search");
        let head = Head { template: Template::Search, path: SEARCH, title, description: None, language };
        let mut context = self.context(&head, &mut output);
        let crumbs = super::crumbs(&self.above(0, language), "");
        self.put_crumbs(&crumbs, &head, &mut context, &mut output);
        self.page(&head, &context, &mut output)?;
        Ok(output)
    }
}
