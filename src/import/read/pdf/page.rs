//! A page that was drawn, before its lines are found.

use super::super::layout;
use super::links::Link;
use super::runs::Turn;
use super::sheet::Shown;

/// A page of the file.
pub(super) struct Page<'a> {
    pub laid_out: layout::Page,
    pub pictures: Vec<Shown<'a>>,
    pub links: Vec<Link>,
    pub turn: Turn,
    pub has_paths: bool,
}
