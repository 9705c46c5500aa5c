//! SFTP: files over SSH.
//!
//! Whoever stands between could answer for the server, so its key must be known before anything is said to it: by `host_key` in
//! `site.toml`, or by the file `known_hosts` that `ssh` keeps. A key that is not known is refused with the line to add, and never
//! learned by itself.

use std::io::{Read, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use russh::client::{self, AuthResult, Handle, KeyboardInteractiveAuthResponse};
use russh::keys::{HashAlg, PrivateKeyWithHashAlg, check_known_hosts, load_secret_key};
use russh_sftp::client::error::Error as SftpError;
use russh_sftp::client::{Config as SftpConfig, RawSftpSession, SftpSession};
use russh_sftp::protocol::{Packet, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::Runtime;
use url::Url;

use super::secret::{Secret, Secrets};
use super::store::{Head, Listed, Stop, Store, aside, folders_above, is_full, part, refused};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{Refusal, TargetMessage};
use crate::site::target::Target;

/// How long the host may say nothing.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes read or written at a time.
const CHUNK: usize = 256 << 10;

/// Replaces a file in one step, where the server knows it.
const REPLACE: &str = "posix-rename@openssh.com";

/// The target.
pub(super) struct Sftp {
    runtime: Runtime,
    files: SftpSession,
    /// A second channel, for what the first has no words for.
    names: RawSftpSession,
    replaces: bool,
    root: String,
    part: String,
    aside: String,
    /// The connection lives as long as this.
    _session: Handle<Client>,
}

/// Why a server's key was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Key {
    Unknown(String),
    Wrong(String),
}

struct Client {
    host: String,
    port: u16,
    wanted: Option<String>,
    refused: Arc<Mutex<Option<Key>>>,
}

impl Client {
    fn look(&self, key: &russh::keys::PublicKeyOrCertificate) -> Result<(), Key> {
        let russh::keys::PublicKeyOrCertificate::PublicKey { key, .. } = key else {
            return Err(Key::Unknown(String::new()));
        };
        let fingerprint = key.fingerprint(HashAlg::Sha256).to_string();
        match &self.wanted {
            Some(wanted) if wanted.trim().trim_end_matches('=') == fingerprint => Ok(()),
            Some(_) => Err(Key::Wrong(fingerprint)),
            None => match check_known_hosts(&self.host, self.port, key) {
                Ok(true) => Ok(()),
                Err(russh::keys::Error::KeyChanged { .. }) => Err(Key::Wrong(fingerprint)),
                _ => Err(Key::Unknown(fingerprint)),
            },
        }
    }
}

impl client::Handler for Client {
    type Error = russh::Error;

    async fn check_server_key(&mut self, key: &russh::keys::PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        let looked = self.look(key);
        let is_known = looked.is_ok();
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = looked.err();
        Ok(is_known)
    }
}

impl Sftp {
    /// The connection with a number.
    pub(super) fn open(target: &Target, secrets: &Secrets, number: usize) -> Result<Self, Stop> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        // A timer wants to be made within the runtime.
        let opened = runtime.block_on(async { tokio::time::timeout(PATIENCE, connect(target, secrets)).await });
        let (session, files, names, replaces) = opened.map_err(|_| refused(Refusal::TooSlow, ""))??;
        let root = match target.path.trim_end_matches('/') {
            "" if target.path.starts_with('/') => "/".to_string(),
            "" => String::new(),
            root => format!("{root}/"),
        };
        let (part, aside) = (part(number), aside(number));
        Ok(Self { runtime, files, names, replaces, root, part, aside, _session: session })
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }
}

type Opened = (Handle<Client>, SftpSession, RawSftpSession, bool);

async fn connect(target: &Target, secrets: &Secrets) -> Result<Opened, Stop> {
    let url = Url::parse(&target.address).map_err(|error| refused(Refusal::Unknown, error.to_string()))?;
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_string();
    let port = url.port().unwrap_or(22);
    let key = Arc::new(Mutex::new(None));
    let client = Client { host: host.clone(), port, wanted: target.host_key.clone(), refused: Arc::clone(&key) };
    let config = client::Config {
        inactivity_timeout: Some(PATIENCE * 4),
        keepalive_interval: Some(PATIENCE / 2),
        nodelay: true,
        ..client::Config::default()
    };
    let connected = client::connect(Arc::new(config), (host.as_str(), port), client).await;
    let refused_key = key.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(key) = refused_key {
        return Err(Stop::Told(Box::new(key_told(target, key))));
    }
    let mut session = connected.map_err(stop)?;
    log_in(&mut session, target, secrets).await?;
    let files = open_channel(&session).await?;
    let config = SftpConfig { request_timeout_secs: PATIENCE.as_secs(), ..SftpConfig::default() };
    let files = SftpSession::new_with_config(files, config.clone()).await.map_err(sftp_stop)?;
    let names = RawSftpSession::new_with_config(open_channel(&session).await?, config);
    let version = names.init().await.map_err(sftp_stop)?;
    let replaces = version.extensions.contains_key(REPLACE);
    Ok((session, files, names, replaces))
}

async fn open_channel(session: &Handle<Client>) -> Result<russh::ChannelStream<client::Msg>, Stop> {
    let channel = session.channel_open_session().await.map_err(stop)?;
    channel.request_subsystem(true, "sftp").await.map_err(stop)?;
    Ok(channel.into_stream())
}

async fn log_in(session: &mut Handle<Client>, target: &Target, secrets: &Secrets) -> Result<(), Stop> {
    let password = secrets.password.as_ref().map(Secret::text);
    let user = target.user.as_str();
    if let Some(identity) = &target.identity {
        let key = load_secret_key(from_home(identity), password)
            .map_err(|error| refused(Refusal::NotAccepted, format!("{identity}: {error}")))?;
        let hash = session.best_supported_rsa_hash().await.map_err(stop)?.flatten();
        let key = PrivateKeyWithHashAlg::new(Arc::new(key), hash);
        return accepted(session.authenticate_publickey(user, key).await.map_err(stop)?);
    }
    let password = password.unwrap_or_default();
    if session.authenticate_password(user, password).await.map_err(stop)?.success() {
        return Ok(());
    }
    // Some servers ask for the password as if a person sat there.
    let mut answer = session.authenticate_keyboard_interactive_start(user, None).await.map_err(stop)?;
    for _ in 0..4 {
        match answer {
            KeyboardInteractiveAuthResponse::Success => return Ok(()),
            KeyboardInteractiveAuthResponse::Failure { .. } => break,
            KeyboardInteractiveAuthResponse::InfoRequest { prompts, .. } => {
                let answers = prompts.iter().map(|_| password.to_string()).collect();
                answer = session.authenticate_keyboard_interactive_respond(answers).await.map_err(stop)?;
            }
        }
    }
    Err(refused(Refusal::NotAccepted, ""))
}

fn accepted(result: AuthResult) -> Result<(), Stop> {
    if result.success() { Ok(()) } else { Err(refused(Refusal::NotAccepted, "")) }
}

/// A path that may begin with `~/`.
fn from_home(path: &str) -> std::path::PathBuf {
    match (path.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => path.into(),
    }
}

fn key_told(target: &Target, key: Key) -> Diagnostic {
    let address = target.address.clone();
    Diagnostic::error(match key {
        Key::Unknown(fingerprint) => {
            TargetMessage::UnknownHostKey { address, target: target.name.clone(), fingerprint }
        }
        Key::Wrong(fingerprint) => TargetMessage::WrongHostKey { address, fingerprint },
    })
}

impl Store for Sftp {
    fn read(&mut self, path: &str, to: &mut dyn Write) -> Result<bool, Stop> {
        let path = self.at(path);
        self.runtime.block_on(async {
            let mut file = match self.files.open(path).await {
                Err(error) if is_absent(&error) => return Ok(false),
                file => file.map_err(sftp_stop)?,
            };
            let mut chunk = vec![0; CHUNK];
            loop {
                let length = file.read(&mut chunk).await?;
                if length == 0 {
                    break;
                }
                to.write_all(chunk.get(..length).unwrap_or_default())?;
            }
            file.shutdown().await?;
            Ok(true)
        })
    }

    fn write(&mut self, path: &str, from: &mut dyn Read, _: u64, _: &Head) -> Result<(), Stop> {
        let (part, place, aside) = (self.at(&self.part), self.at(path), self.at(&self.aside));
        self.runtime.block_on(async {
            self.send(&part, from).await?;
            if self.replace(&part, &place).await.is_ok() {
                return Ok(());
            }
            self.make_folders(&place).await;
            let again = self.replace(&part, &place).await;
            if again.is_ok() {
                return Ok(());
            }
            // Some hosts replace nothing: the old file waits beside until the new one is there.
            let _ = self.names.remove(aside.as_str()).await;
            self.names.rename(place.as_str(), aside.as_str()).await.map(drop).or(again).map_err(sftp_stop)?;
            self.names.rename(part, place).await.map_err(sftp_stop)?;
            self.names.remove(aside).await.map(drop).map_err(sftp_stop)
        })
    }

    fn remove(&mut self, path: &str) -> Result<(), Stop> {
        match self.runtime.block_on(self.names.remove(self.at(path))) {
            Err(error) if !is_absent(&error) => Err(sftp_stop(error)),
            _ => Ok(()),
        }
    }

    fn list(&mut self, folder: &str) -> Result<Vec<Listed>, Stop> {
        let path = match self.at(folder).as_str() {
            "" => ".".to_string(),
            path => path.to_string(),
        };
        match self.runtime.block_on(self.files.read_dir(path)) {
            Ok(entries) => Ok(entries
                .map(|entry| Listed { name: entry.file_name(), is_folder: entry.file_type().is_dir() })
                .collect()),
            Err(error) if is_absent(&error) => Ok(Vec::new()),
            Err(error) => Err(sftp_stop(error)),
        }
    }

    fn remove_empty(&mut self, folder: &str) {
        // A host refuses where something is in it.
        let _ = self.runtime.block_on(self.names.rmdir(self.at(folder)));
    }
}

impl Sftp {
    async fn send(&self, part: &str, from: &mut dyn Read) -> Result<(), Stop> {
        let mut file = match self.files.create(part).await {
            Err(error) if is_absent(&error) => {
                self.make_folders(part).await;
                self.files.create(part).await
            }
            file => file,
        }
        .map_err(sftp_stop)?;
        let mut chunk = vec![0; CHUNK];
        loop {
            let length = from.read(&mut chunk)?;
            if length == 0 {
                break;
            }
            file.write_all(chunk.get(..length).unwrap_or_default()).await.map_err(write_stop)?;
        }
        file.shutdown().await.map_err(write_stop)
    }

    async fn make_folders(&self, path: &str) {
        for folder in folders_above(path).filter(|folder| !folder.is_empty()) {
            // It may be there; where it is not and cannot be made, what comes next says so.
            let _ = self.files.create_dir(folder).await;
        }
    }

    async fn replace(&self, from: &str, to: &str) -> Result<(), SftpError> {
        if !self.replaces {
            return self.names.rename(from, to).await.map(drop);
        }
        let mut data = Vec::with_capacity(from.len() + to.len() + 8);
        for name in [from, to] {
            data.extend(u32::try_from(name.len()).unwrap_or(0).to_be_bytes());
            data.extend(name.as_bytes());
        }
        match self.names.extended(REPLACE, data).await? {
            Packet::Status(status) if status.status_code == StatusCode::Ok => Ok(()),
            Packet::Status(status) => Err(SftpError::Status(status)),
            _ => Err(SftpError::UnexpectedPacket),
        }
    }
}

fn is_absent(error: &SftpError) -> bool {
    matches!(error, SftpError::Status(status) if status.status_code == StatusCode::NoSuchFile)
}

/// Files hide the host's answer in an error of their own.
fn write_stop(error: std::io::Error) -> Stop {
    let said = error.to_string();
    if is_full(&said) { refused(Refusal::DiskFull, said) } else { error.into() }
}

fn sftp_stop(error: SftpError) -> Stop {
    match error {
        SftpError::Status(status) => {
            let said = status.error_message;
            match status.status_code {
                _ if is_full(&said) => refused(Refusal::DiskFull, said),
                StatusCode::NoSuchFile => refused(Refusal::NoBucket, said),
                StatusCode::PermissionDenied => refused(Refusal::NotPermitted, said),
                StatusCode::NoConnection | StatusCode::ConnectionLost => refused(Refusal::BreaksOff, said),
                _ => refused(Refusal::Unknown, said),
            }
        }
        SftpError::Timeout => refused(Refusal::TooSlow, ""),
        SftpError::IO(_) | SftpError::UnexpectedBehavior(_) => refused(Refusal::BreaksOff, ""),
        error => refused(Refusal::Unknown, error.to_string()),
    }
}

fn stop(error: russh::Error) -> Stop {
    match error {
        russh::Error::IO(error) => error.into(),
        russh::Error::ConnectionTimeout | russh::Error::KeepaliveTimeout | russh::Error::InactivityTimeout => {
            refused(Refusal::TooSlow, "")
        }
        russh::Error::Disconnect | russh::Error::HUP | russh::Error::SendError | russh::Error::RecvError => {
            refused(Refusal::BreaksOff, "")
        }
        error => refused(Refusal::Unknown, error.to_string()),
    }
}
