//! fonds from outside: a small archive is written, the real binary runs on it, and what it says and writes is compared.

mod archive;
mod astray;
mod books;
mod build;
mod captures;
mod catalogues;
mod check;
mod chinese;
mod comfort;
mod contexts;
mod determinism;
mod documented;
#[cfg(target_os = "linux")] // its pages show what GNU's ls and cat print
mod explain;
mod faults;
mod fields;
mod fix;
mod guide;
mod hostile;
mod ids;
mod import;
mod import_formats;
mod index_reader;
mod kept;
mod kill;
mod languages;
mod leaks;
mod links;
mod mistakes;
mod neighbours;
mod own_archive;
#[cfg(feature = "pdf")]
mod pdf;
mod reading;
mod records;
mod reserved;
mod rewritten;
mod safety;
mod search;
mod serve;
mod server;
mod sides;
mod sites;
mod template_reads;
mod together;
mod withheld;
