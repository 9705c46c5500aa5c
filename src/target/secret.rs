//! Secrets of targets: from the environment, or from the keyring of the system.
//!
//! One rule names them: `FONDS_` and the target's name in capitals, then `PASSWORD` (a server's, or that of a private key),
//! `KEY` and `SECRET` (the two halves that object storages give), or `TOKEN` (a third one that passes soon). The keyring has
//! them under the service `fonds` and the same names. The crate keyring (MIT or Apache-2.0) reads it on Windows and macOS. On
//! Linux it would need D-Bus and a session that servers and timers do not have, for forty crates more; there, whatever keeps
//! the secret can put it into the environment.
//!
//! A secret has no way to be printed, and is cut out of what servers say.

use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::TargetMessage;
use crate::site::target::{Target, TargetKind};

/// A text that is not printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Secret(String);

impl Secret {
    /// Its text, for whoever asks for it.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("…")
    }
}

/// The secrets of a target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Secrets {
    pub(super) password: Option<Secret>,
    pub(super) key: Option<Secret>,
    pub(super) secret: Option<Secret>,
    pub(super) token: Option<Secret>,
}

impl Secrets {
    /// Those of a target.
    ///
    /// # Errors
    /// One that it needs is nowhere.
    pub(crate) fn of(target: &Target) -> Result<Self, Diagnostic> {
        let (needed, may): (&[&str], &[&str]) = match target.kind {
            TargetKind::Folder => (&[], &[]),
            TargetKind::Sftp if target.identity.is_some() => (&[], &["PASSWORD"]),
            TargetKind::Webdav | TargetKind::Ftp if target.user.is_empty() => (&[], &[]),
            TargetKind::Sftp | TargetKind::Webdav | TargetKind::Ftp => (&["PASSWORD"], &[]),
            TargetKind::Obs => (&["KEY", "SECRET"], &[]),
            TargetKind::S3 | TargetKind::Oss | TargetKind::Cos => (&["KEY", "SECRET"], &["TOKEN"]),
        };
        let name = |what: &str| variable(&target.name, what);
        let missing: Vec<String> =
            needed.iter().map(|what| name(what)).filter(|name| look_up(name).is_none()).collect();
        if !missing.is_empty() {
            let (target, has_keyring) = (target.name.clone(), cfg!(any(windows, target_os = "macos")));
            return Err(Diagnostic::error(TargetMessage::SecretMissing { target, variables: missing, has_keyring }));
        }
        let get = |what: &str| {
            let is_used = needed.contains(&what) || may.contains(&what);
            is_used.then(|| look_up(&name(what))).flatten()
        };
        Ok(Self { password: get("PASSWORD"), key: get("KEY"), secret: get("SECRET"), token: get("TOKEN") })
    }

    /// A text without the secrets.
    pub(super) fn cut_from(&self, text: &str) -> String {
        let all = [&self.password, &self.key, &self.secret, &self.token];
        let secrets = all.into_iter().flatten().map(Secret::text).filter(|secret| !secret.is_empty());
        secrets.fold(text.to_string(), |text, secret| text.replace(secret, "…"))
    }
}

/// The variable of a target's secret.
fn variable(target: &str, what: &str) -> String {
    format!("FONDS_{}_{what}", target.to_ascii_uppercase().replace('-', "_"))
}

fn look_up(name: &str) -> Option<Secret> {
    let said = std::env::var(name).ok().filter(|secret| !secret.is_empty());
    said.or_else(|| from_keyring(name)).map(Secret)
}

#[cfg(any(windows, target_os = "macos"))]
fn from_keyring(name: &str) -> Option<String> {
    keyring::Entry::new("fonds", name).and_then(|entry| entry.get_password()).ok().filter(|secret| !secret.is_empty())
}

#[cfg(not(any(windows, target_os = "macos")))]
fn from_keyring(_: &str) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_printed() {
        let secrets = Secrets { password: Some(Secret("geheim".to_string())), ..Secrets::default() };
        assert!(!format!("{secrets:?}").contains("geheim"));
        assert_eq!(secrets.cut_from("login geheim failed"), "login … failed");
        assert_eq!(variable("my-web", "KEY"), "FONDS_MY_WEB_KEY");
    }
}
