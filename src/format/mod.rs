//! One file a format that is made from a record or a document.

pub mod citation;
pub mod feed;
pub mod robots;
pub mod sitemap;
pub mod text;
