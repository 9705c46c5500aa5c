//! Where a site is sent: the tables `[publish.NAME]` of `site.toml`.
//!
//! The settings are plain, and each kind of target has its own few; a key of another kind is as unknown as a misspelled one.
//! Every fonds reads them, also one that cannot send.

use std::ops::Range;

use super::address::with_slash;
use super::secret::is_secret;
use crate::diagnostic::messages::TargetMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::record::fields::{Fields, Located};

/// Connections that are used at once where nothing is said.
const CONNECTIONS: usize = 8;
/// Connections that may be asked for.
const MOST_CONNECTIONS: i64 = 64;
/// How often something is tried again where nothing is said.
const RETRIES: u32 = 5;
/// How often it may be.
const MOST_RETRIES: i64 = 20;

/// What stands at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetKind {
    /// A folder of this machine, or a share that it has.
    Folder,
    /// A server with SSH.
    Sftp,
    /// A server that speaks WebDAV.
    Webdav,
    /// A server that speaks FTP, or FTP over TLS.
    Ftp,
    /// Amazon S3, or what speaks its language.
    S3,
    /// Alibaba Cloud OSS.
    Oss,
    /// Tencent Cloud COS.
    Cos,
    /// Huawei Cloud OBS.
    Obs,
}

impl TargetKind {
    /// All of them with their words in site.toml.
    pub(crate) const WORDS: [(&'static str, Self); 8] = [
        ("folder", Self::Folder),
        ("sftp", Self::Sftp),
        ("webdav", Self::Webdav),
        ("ftp", Self::Ftp),
        ("s3", Self::S3),
        ("oss", Self::Oss),
        ("cos", Self::Cos),
        ("obs", Self::Obs),
    ];

    /// Whether it surely replaces a file in one step.
    pub(crate) fn replaces(self) -> bool {
        !matches!(self, Self::Sftp | Self::Ftp)
    }

    /// Whether it holds objects under names, and knows no folders.
    pub(crate) fn is_bucket(self) -> bool {
        matches!(self, Self::S3 | Self::Oss | Self::Cos | Self::Obs)
    }
}

/// Where a site is sent, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What people call it.
    pub name: String,
    /// What stands there.
    pub kind: TargetKind,
    /// The folder there; of a folder on this machine, from the archive's root.
    pub path: String,
    /// The server's address.
    pub address: String,
    /// The bucket's name.
    pub bucket: String,
    /// Whether the bucket is named by the host.
    pub bucket_in_host: bool,
    /// The bucket's region.
    pub region: String,
    /// The name to log in with.
    pub user: String,
    /// The file of a private key.
    pub identity: Option<String>,
    /// The fingerprint of the server's key.
    pub host_key: Option<String>,
    /// Where readers see it, ending in `/`.
    pub url: Option<String>,
    /// Whether texts are packed on the way and kept packed.
    pub compress: bool,
    /// Whether every file is read back.
    pub verify: bool,
    /// Connections at once.
    pub connections: usize,
    /// How often something is tried again.
    pub retries: u32,
    /// What pages say of how long they may be kept.
    pub cache_pages: Option<String>,
    /// The same of files whose names change with what is in them.
    pub cache_assets: Option<String>,
}

/// Reads all targets.
pub(super) fn read(fields: &mut Fields<'_>, report: &mut Report) -> Vec<Target> {
    let tables = fields.named_tables("publish", report);
    tables.into_iter().filter_map(|(name, table)| one(name, table, report)).collect()
}

fn one(name: Located<String>, mut table: Fields<'_>, report: &mut Report) -> Option<Target> {
    let is_name = |name: &str| {
        name.starts_with(|sign: char| sign.is_ascii_alphanumeric())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    if !is_name(&name.value) {
        let message = TargetMessage::BadTargetName { name: name.value.clone() };
        report.push(Diagnostic::error(message).at(table.source(), name.span.clone()));
    }
    let kind = table.word("kind", &TargetKind::WORDS, report);
    let Some(kind) = kind else {
        if !table.asked_is_written("kind") && !table.has_near_miss("kind") {
            report.push(missing(&name, &table, "kind", "folder"));
        }
        return None;
    };
    let mut target = Target {
        kind,
        path: table.string("path", report).unwrap_or_default(),
        url: table.address("url", report).map(with_slash),
        verify: table.flag("verify", report).unwrap_or(true),
        connections: number(&mut table, "connections", 1..MOST_CONNECTIONS + 1, report)
            .and_then(|connections| usize::try_from(connections).ok())
            .unwrap_or(CONNECTIONS),
        retries: number(&mut table, "retries", 0..MOST_RETRIES + 1, report)
            .and_then(|retries| u32::try_from(retries).ok())
            .unwrap_or(RETRIES),
        name: name.value.clone(),
        address: String::new(),
        bucket: String::new(),
        bucket_in_host: false,
        region: String::new(),
        user: String::new(),
        identity: None,
        host_key: None,
        compress: false,
        cache_pages: None,
        cache_assets: None,
    };
    match kind {
        TargetKind::Folder if target.path.is_empty() => report.push(missing(&name, &table, "path", "../site")),
        TargetKind::Folder => {}
        TargetKind::Sftp | TargetKind::Webdav | TargetKind::Ftp => target.read_server(&name, &mut table, report),
        _ => target.read_bucket(&name, &mut table, report),
    }
    // A secret is told by itself.
    table.pass_over(is_secret);
    table.finish(report);
    Some(target)
}

impl Target {
    fn read_server(&mut self, name: &Located<String>, table: &mut Fields<'_>, report: &mut Report) {
        let (schemes, example): (&[&str], _) = match self.kind {
            TargetKind::Sftp => (&["sftp"], "sftp://server.example"),
            TargetKind::Webdav => (&["https", "http"], "https://server.example/dav/"),
            _ => (&["ftp", "ftps"], "ftps://server.example"),
        };
        match table.text("address", report) {
            Some(address) if is_address(&address.value, schemes) => self.address = address.value,
            Some(address) => {
                let message = TargetMessage::BadTargetAddress { address: without_password(&address.value), example };
                report.push(Diagnostic::error(message).at(table.source(), address.span));
            }
            None => report.push(missing(name, table, "address", example)),
        }
        self.user = table.string("user", report).unwrap_or_default();
        if self.kind == TargetKind::Sftp {
            self.identity = table.string("identity", report);
            self.host_key = table.string("host_key", report);
            if self.user.is_empty() {
                report.push(missing(name, table, "user", "archive"));
            }
        }
    }

    fn read_bucket(&mut self, name: &Located<String>, table: &mut Fields<'_>, report: &mut Report) {
        let example = match self.kind {
            TargetKind::S3 => "https://s3.eu-central-1.amazonaws.com",
            TargetKind::Oss => "https://oss-cn-hangzhou.aliyuncs.com",
            TargetKind::Cos => "https://cos.ap-shanghai.myqcloud.com",
            _ => "https://obs.cn-north-4.myhuaweicloud.com",
        };
        self.bucket = table.string("bucket", report).unwrap_or_default();
        if self.bucket.is_empty() {
            report.push(missing(name, table, "bucket", "archive"));
        }
        match table.text("endpoint", report) {
            Some(endpoint) if is_address(&endpoint.value, &["https", "http"]) => self.address = endpoint.value,
            Some(endpoint) => {
                let message = TargetMessage::BadTargetAddress { address: without_password(&endpoint.value), example };
                report.push(Diagnostic::error(message).at(table.source(), endpoint.span));
            }
            None => report.push(missing(name, table, "endpoint", example)),
        }
        if self.kind == TargetKind::S3 {
            self.region = table.string("region", report).unwrap_or_default();
            self.bucket_in_host = table.flag("bucket_in_host", report).unwrap_or_default();
        }
        // OpenDAL knows no way to say it to the other two.
        if matches!(self.kind, TargetKind::S3 | TargetKind::Oss) {
            self.compress = table.flag("compress", report).unwrap_or_default();
        }
        self.cache_pages = table.string("cache_pages", report);
        self.cache_assets = table.string("cache_assets", report);
    }
}

fn is_address(address: &str, schemes: &[&str]) -> bool {
    url::Url::parse(address).is_ok_and(|url| {
        schemes.contains(&url.scheme())
            && url.host_str().is_some_and(|host| !host.is_empty())
            && url.password().is_none()
    })
}

/// An address as it may be said.
fn without_password(address: &str) -> String {
    match (address.find("://"), address.rfind('@')) {
        (Some(host), Some(at)) if host + 3 < at => format!("{}…{}", &address[..host + 3], &address[at..]),
        _ => address.to_string(),
    }
}

fn missing(name: &Located<String>, table: &Fields<'_>, key: &'static str, example: &'static str) -> Diagnostic {
    Diagnostic::error(TargetMessage::TargetKeyMissing { target: name.value.clone(), key, example })
        .at(table.source(), name.span.clone())
}

fn number(fields: &mut Fields<'_>, key: &'static str, range: Range<i64>, report: &mut Report) -> Option<i64> {
    let number = fields.integer(key, report)?;
    if range.contains(&number.value) {
        return Some(number.value);
    }
    let (least, most) = (range.start.to_string(), (range.end - 1).to_string());
    let message = TargetMessage::TargetNumber { key, least, most };
    report.push(Diagnostic::error(message).at(fields.source(), number.span));
    None
}
