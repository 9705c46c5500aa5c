//! The files beside a page: in its folder, its web archive, its book.

/// Files beside a page, by the address that the page has for them.
pub trait Beside: Sync {
    /// The bytes of a file; `None` when there is none.
    fn file(&self, address: &str) -> Option<Vec<u8>>;

    /// The same for a relative address that means a file lying beside the capture.
    fn local(&self, _: &str) -> Option<Vec<u8>> {
        None
    }
}

/// No files at all.
#[derive(Debug, Clone, Copy)]
pub struct NoFiles;

impl Beside for NoFiles {
    fn file(&self, _: &str) -> Option<Vec<u8>> {
        None
    }
}
