//! A page is rendered and written, and once more where there is an edition in traditional characters.

use std::error::Error;

use anyhow::Result;
use tera::Context;

use super::context::Head;
use super::{Output, Pages};
use crate::archive::reserved;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::cause::Cause;
use crate::diagnostic::messages::SiteMessage;

impl Pages<'_> {
    /// Whether a page is to be made, or its counterpart in the traditional edition.
    pub(crate) fn wants(&self, path: &str) -> bool {
        let staging = self.staging;
        staging.wants(path) || self.edition.is_some() && staging.wants(&reserved::in_edition(path))
    }

    /// Renders a page and writes it. A fault of the template is reported, a fault of the machine ends the build.
    pub(crate) fn page(&self, head: &Head<'_>, context: &Context, output: &mut Output) -> Result<()> {
        thread_local! {
            static BUFFER: std::cell::RefCell<Vec<u8>> = const { std::cell::RefCell::new(Vec::new()) };
        }
        BUFFER.with_borrow_mut(|buffer| {
            match self.theme.render(head.language, head.template.file(), context, head.path, buffer) {
                Ok(()) => {
                    output.files.push(self.staging.write(head.path, buffer)?);
                    if self.staging.wants_all() || !self.staging.wants(head.path) {
                        self.write_edition(head, buffer, output)?;
                    }
                }
                Err(fault) => output.report.push(fault),
            }
            Ok(())
        })
    }

    /// Writes a page once more, in the traditional edition. All pages are there, so that its links lead to its own.
    fn write_edition(&self, head: &Head<'_>, html: &[u8], output: &mut Output) -> Result<()> {
        let Some(edition) = self.edition.as_ref().filter(|_| head.template.is_in_edition()) else { return Ok(()) };
        let page = String::from_utf8_lossy(html);
        match edition.page(&page, head.path) {
            Ok(page) => {
                let path = reserved::in_edition(head.path);
                output.files.push(self.staging.write(&path, page.as_bytes())?);
            }
            Err(error) => output.report.push(Diagnostic::error(SiteMessage::UnconvertiblePage {
                page: head.path.to_string(),
                cause: Cause::from(&error as &(dyn Error + 'static)),
            })),
        }
        Ok(())
    }
}
