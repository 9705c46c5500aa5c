//! Files of the archive for tower-http, which knows ranges and conditions of HTTP (RFC 9110).
//!
//! By itself it opens files by their path, and between the look at a path and its opening the file may have become a link to
//! one outside. So it is given the file that was opened from the archive's folder.

use std::fs::Metadata;
use std::future::{Ready, ready};
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncSeek, ReadBuf};
use tower_http::services::fs::{Backend, File};

use crate::folder::Folder;

/// One file of a folder; it is what every path stands for.
#[derive(Clone)]
pub(super) struct OneFile {
    pub(super) folder: Folder,
    pub(super) name: Arc<str>,
}

impl OneFile {
    fn opened(&self) -> io::Result<OpenFile> {
        let file = self.folder.file(&self.name)?;
        Ok(OpenFile { metadata: file.metadata()?, file: tokio::fs::File::from_std(file) })
    }
}

impl Backend for OneFile {
    type File = OpenFile;
    type Metadata = Metadata;
    type OpenFuture = Ready<io::Result<OpenFile>>;
    type MetadataFuture = Ready<io::Result<Metadata>>;

    fn open(&self, _: PathBuf) -> Self::OpenFuture {
        ready(self.opened())
    }

    fn metadata(&self, _: PathBuf) -> Self::MetadataFuture {
        ready(self.opened().map(|file| file.metadata))
    }
}

/// A file that is sent.
pub(super) struct OpenFile {
    file: tokio::fs::File,
    metadata: Metadata,
}

impl File for OpenFile {
    type Metadata = Metadata;
    type MetadataFuture<'a> = Ready<io::Result<Metadata>>;

    fn metadata(&self) -> Self::MetadataFuture<'_> {
        ready(Ok(self.metadata.clone()))
    }
}

impl AsyncRead for OpenFile {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.file).poll_read(context, to)
    }
}

impl AsyncSeek for OpenFile {
    fn start_seek(mut self: Pin<&mut Self>, position: io::SeekFrom) -> io::Result<()> {
        Pin::new(&mut self.file).start_seek(position)
    }

    fn poll_complete(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<u64>> {
        Pin::new(&mut self.file).poll_complete(context)
    }
}
