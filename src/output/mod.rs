//! Files of the site: written beside the old site, exchanged with it at the end.

pub(crate) mod commit;
pub(crate) mod manifest;
pub(crate) mod package;
pub mod staging;
pub(crate) mod watch;
