//! Pages and files that stand once: the page for what is not there, the theme's files, and what is made of all records.

use anyhow::Result;
use rayon::prelude::*;

use super::context::Head;
use super::kind::{NOT_FOUND, ROBOTS};
use super::template::Template;
use super::{Output, Pages};
use crate::archive::changes::Since;
use crate::format::holdings::Holdings;
use crate::format::{CATALOGUES, robots};
use crate::output::manifest::ManifestEntry;
use crate::search;
use crate::theme::StaticFile;

impl Pages<'_> {
    /// The theme's files; without a search, not those that only searching needs.
    pub(super) fn write_static(&self) -> Result<Output> {
        let mut output = Output::default();
        for (path, file) in &self.theme.files {
            if !self.archive.site.search && search::SCRIPTS.contains(&path.as_str()) {
                continue;
            }
            let entry = match file {
                StaticFile::Embedded(bytes) => {
                    if let Some((folder, _)) = path.rsplit_once('/') {
                        self.staging.folder(folder)?;
                    }
                    self.staging.write(path, bytes)?
                }
                StaticFile::OnDisk(source) => self.staging.copy(path, &self.archive.root, source)?,
            };
            output.files.push(entry);
        }
        Ok(output)
    }

    /// What search engines are told.
    pub(super) fn write_robots(&self) -> Result<Output> {
        let robots = robots::write(self.archive.site.base_url.as_deref());
        let mut output = Output::default();
        output.files.push(self.staging.write(ROBOTS, robots.as_bytes())?);
        Ok(output)
    }

    /// What is made of all records together. `files` are those that were written before.
    pub(crate) fn write_catalogues(&self, files: &mut Vec<ManifestEntry>, since: &[Since]) -> Result<()> {
        files.par_sort_unstable();
        let holdings = Holdings { archive: self.archive, theme: self.theme, since, files };
        let made: Vec<Vec<ManifestEntry>> = CATALOGUES
            .into_par_iter()
            .filter(|catalogue| (catalogue.is_made)(self.archive))
            .map(|catalogue| {
                (catalogue.write)(&holdings).iter().map(|(path, bytes)| self.staging.write(path, bytes)).collect()
            })
            .collect::<Result<_>>()?;
        files.extend(made.into_iter().flatten());
        Ok(())
    }

    /// One catalogue, of the records alone: which files the site has is known to a build.
    pub(super) fn write_catalogue(&self, at: usize) -> Result<Output> {
        let holdings = Holdings { archive: self.archive, theme: self.theme, since: &self.published(), files: &[] };
        let mut output = Output::default();
        for (path, bytes) in (CATALOGUES[at].write)(&holdings) {
            output.files.push(self.staging.write(&path, &bytes)?);
        }
        Ok(output)
    }

    /// Since when each document was as it was published last.
    pub(crate) fn published(&self) -> Vec<Since> {
        self.archive.documents.iter().map(|entry| self.changes.last(&self.published_id(entry))).collect()
    }

    /// A host shows this page at any depth, so its links are absolute where the site's address is known.
    ///
    /// # Errors
    /// The machine refuses to write.
    pub(super) fn write_not_found(&self) -> Result<Output> {
        let mut output = Output::default();
        let language = self.site_language();
        let title = self.words(language).get("not_found_title");
        let head = Head { template: Template::NotFound, path: NOT_FOUND, title, description: None, language };
        let mut context = self.bare_context(&head);
        // A server that is asked for one page shows the site at its own root.
        let address = self.archive.site.base_url.as_deref().unwrap_or_default();
        context.insert("root", if self.staging.wants_all() { address } else { "/" });
        match self.frame(&head, &context) {
            Ok(frame) => frame.put_into(&mut context),
            Err(fault) => {
                output.report.push(fault);
                return Ok(output);
            }
        }
        self.put_crumbs(&[], &head, &mut context, &mut output);
        self.page(&head, &context, &mut output)?;
        Ok(output)
    }
}
