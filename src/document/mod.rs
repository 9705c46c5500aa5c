//! The text of one document.

pub mod printed_number;
