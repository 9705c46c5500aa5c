//! Sending a site to where readers see it: `fonds publish NAME`.
//!
//! Uploads fail silently, and nobody notices for years. So nothing is believed here that was not read back, and the other end
//! says by itself what it holds: its own `manifest.json` lists every file with its SHA-256, and only what differs from it is
//! sent. Neither times nor sizes nor ETags are asked for; they mean something else on every host.
//!
//! A host cannot exchange a whole site in one step. While files are sent, a file `publishing.json` says there, in words and for
//! programs, that the site is between two editions ([`marker`]). It comes first and goes last; the manifest comes last but one.
//! So at any moment the site is the old one, or the new one, or says that it is neither. In between, what was withdrawn goes
//! first, then files that pages need, pages, and what lists them ([`plan`]).
//!
//! Whatever stops the sending, the next one goes on. The marker names every file that was touched, so all else is known from
//! the manifest; a journal in the archive's `.fonds/` ([`journal`]) tells which of them arrived. A lost journal costs sending
//! them again, and nothing more.
//!
//! Nothing that fonds did not put there is written over or removed ([`foreign`]).
//!
//! Each kind of target is a [`store::Store`], which blocks: many files are in flight because many threads have a connection
//! each ([`lines`]). Of OpenDAL (Apache-2.0) the core and four object storages are taken, whose signatures differ in ways that
//! only use finds out; its requests go through ureq, which the program has already, with the same TLS. Its other services are
//! not: SFTP needs the program `ssh`, and Windows has none that fits; FTP appends to files in their places, which leaves
//! halves; WebDAV says no media types. So SFTP is russh and russh-sftp (Apache-2.0), FTP is suppaftp (MIT or Apache-2.0), and
//! WebDAV is a few requests of ureq. All of it is some 180 crates more, so it is a feature of its own, `targets`.

mod cloud;
mod folder;
mod foreign;
mod ftp;
mod headers;
mod http;
mod journal;
mod lines;
mod marker;
mod plan;
mod secret;
mod send;
mod sftp;
mod store;
mod webdav;

pub(crate) use self::secret::Secrets;
pub(crate) use self::send::{Delivery, Sent, send};
