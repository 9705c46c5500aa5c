//! Files of the site: written beside the old site, exchanged with it at the end.

pub mod commit;
pub mod manifest;
pub mod package;
pub mod staging;
