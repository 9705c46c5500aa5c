//! Object storages: Amazon S3 and what speaks its language, Alibaba Cloud OSS, Tencent Cloud COS, Huawei Cloud OBS.
//!
//! OpenDAL signs and sends. It retries nothing here: that is done for all kinds of targets alike. An object appears whole or
//! not at all, so nothing is written aside. Nothing is read from the environment or from files of other programs.

use std::io::{Read, Write};

use futures_util::TryStreamExt;
use opendal_core::{Builder, EntryMode, Error, ErrorKind, HttpTransporter, OperationContext, Operator};
use opendal_service_cos::Cos;
use opendal_service_obs::Obs;
use opendal_service_oss::Oss;
use opendal_service_s3::S3;
use tokio::runtime::Runtime;

use super::http::{Carrier, refused_in};
use super::secret::{Secret, Secrets};
use super::store::{Head, Listed, Stop, Store, refused};
use crate::diagnostic::messages::Refusal;
use crate::site::target::{Target, TargetKind};

/// A file up to this size goes in one request; a larger one in parts of it.
const CHUNK: usize = 16 << 20;

/// The target.
pub(super) struct Bucket {
    operator: Operator,
    runtime: Runtime,
}

impl Bucket {
    /// A connection.
    pub(super) fn open(target: &Target, secrets: &Secrets) -> Result<Self, Stop> {
        let text =
            |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.text().to_string()).unwrap_or_default();
        let (key, secret, token) = (text(&secrets.key), text(&secrets.secret), text(&secrets.token));
        let root = format!("/{}/", target.path.trim_matches('/'));
        let operator = match target.kind {
            TargetKind::Oss => {
                let builder = Oss::default().root(&root).bucket(&target.bucket).endpoint(&target.address);
                let builder = builder.access_key_id(&key).access_key_secret(&secret);
                operator(if token.is_empty() { builder } else { builder.security_token(&token) })
            }
            TargetKind::Cos => {
                let builder = Cos::default().root(&root).bucket(&target.bucket).endpoint(&target.address);
                let builder = builder.secret_id(&key).secret_key(&secret).disable_config_load();
                operator(if token.is_empty() { builder } else { builder.security_token(&token) })
            }
            TargetKind::Obs => {
                let builder = Obs::default().root(&root).bucket(&target.bucket).endpoint(&target.address);
                operator(builder.access_key_id(&key).secret_access_key(&secret))
            }
            _ => operator(s3(target, &root, [&key, &secret, &token])),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        Ok(Self { operator: operator.map_err(stop)?, runtime })
    }
}

fn s3(target: &Target, root: &str, [key, secret, token]: [&str; 3]) -> S3 {
    let region = if target.region.is_empty() { "us-east-1" } else { &target.region };
    let mut builder = S3::default().root(root).bucket(&target.bucket).endpoint(&target.address).region(region);
    builder = builder.access_key_id(key).secret_access_key(secret).disable_config_load().disable_ec2_metadata();
    if !token.is_empty() {
        builder = builder.session_token(token);
    }
    if target.bucket_in_host { builder.enable_virtual_host_style() } else { builder }
}

fn operator(builder: impl Builder) -> Result<Operator, Error> {
    let carrier = HttpTransporter::new(Carrier::new());
    Ok(Operator::new(builder)?.with_context(OperationContext::new().with_http_transport(carrier)))
}

impl Store for Bucket {
    fn read(&mut self, path: &str, to: &mut dyn Write) -> Result<bool, Stop> {
        let read = async {
            let mut stream = self.operator.reader(path).await?.into_stream(..).await?;
            while let Some(buffer) = stream.try_next().await? {
                if let Err(error) = to.write_all(&buffer.to_bytes()) {
                    return Ok(Err(error));
                }
            }
            Ok(Ok(()))
        };
        match self.runtime.block_on(read) {
            Ok(written) => Ok(written.map(|()| true)?),
            Err(error) if is_absent(&error) => Ok(false),
            Err(error) => Err(stop(error)),
        }
    }

    fn write(&mut self, path: &str, from: &mut dyn Read, length: u64, head: &Head) -> Result<(), Stop> {
        let mut options = opendal_core::options::WriteOptions {
            content_type: Some(head.media_type.clone()),
            cache_control: head.cache.clone(),
            content_encoding: head.is_packed.then(|| "gzip".to_string()),
            ..Default::default()
        };
        if length <= CHUNK as u64 {
            let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
            from.read_to_end(&mut bytes)?;
            let write = self.operator.write_options(path, bytes, options);
            return self.runtime.block_on(write).map(drop).map_err(stop);
        }
        options.chunk = Some(CHUNK);
        let mut writer = self.runtime.block_on(self.operator.writer_options(path, options)).map_err(stop)?;
        loop {
            let mut bytes = Vec::with_capacity(CHUNK);
            if from.take(CHUNK as u64).read_to_end(&mut bytes)? == 0 {
                break;
            }
            if let Err(error) = self.runtime.block_on(writer.write(bytes)) {
                // Its parts are of no use; what cannot be removed now is the storage's to clear.
                let _ = self.runtime.block_on(writer.abort());
                return Err(stop(error));
            }
        }
        self.runtime.block_on(writer.close()).map(drop).map_err(stop)
    }

    fn remove(&mut self, path: &str) -> Result<(), Stop> {
        match self.runtime.block_on(self.operator.delete(path)) {
            Err(error) if !is_absent(&error) => Err(stop(error)),
            _ => Ok(()),
        }
    }

    fn list(&mut self, folder: &str) -> Result<Vec<Listed>, Stop> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let entries = match self.runtime.block_on(self.operator.list(&prefix)) {
            Err(error) if is_absent(&error) => return Ok(Vec::new()),
            entries => entries.map_err(stop)?,
        };
        let listed = entries.into_iter().filter_map(|entry| {
            let name = entry.path().strip_prefix(&prefix)?.trim_end_matches('/');
            let is_folder = entry.metadata().mode() == EntryMode::DIR;
            (!name.is_empty()).then(|| Listed { name: name.to_string(), is_folder })
        });
        Ok(listed.collect())
    }
}

/// The storage's own word for what is wrong, such as `SignatureDoesNotMatch`.
fn code(error: &Error) -> Option<String> {
    let text = error.to_string();
    let (_, rest) = text.split_once("code: \"")?;
    let code = rest.split('"').next()?;
    code.bytes().all(|byte| byte.is_ascii_alphanumeric()).then(|| code.to_string())
}

/// That there is no bucket is another thing.
fn is_absent(error: &Error) -> bool {
    error.kind() == ErrorKind::NotFound && code(error).is_none_or(|code| !code.contains("Bucket"))
}

fn stop(error: Error) -> Stop {
    if let Some(refused) = refused_in(&error) {
        return Stop::Refused(refused);
    }
    let code = code(&error);
    let said = code.clone().unwrap_or_default();
    match (error.kind(), said.as_str()) {
        (_, "InvalidAccessKeyId" | "SignatureDoesNotMatch" | "InvalidSecurity" | "ExpiredToken" | "InvalidToken") => {
            refused(Refusal::NotAccepted, said)
        }
        (_, "QuotaExceeded" | "InsufficientStorage" | "EntityTooLarge" | "XMinioStorageFull") => {
            refused(Refusal::DiskFull, said)
        }
        (ErrorKind::NotFound, _) => refused(Refusal::NoBucket, said),
        (ErrorKind::PermissionDenied, _) => refused(Refusal::NotPermitted, said),
        (ErrorKind::RateLimited, _) => refused(Refusal::Busy, said),
        _ if error.is_temporary() => refused(Refusal::Busy, said),
        (_, "") => refused(Refusal::Unknown, error.message()),
        _ => refused(Refusal::Unknown, said),
    }
}
