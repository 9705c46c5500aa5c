//! What can be wrong with a target of `fonds publish`, and with what readers get there.

use crate::diagnostic::phrase::messages;

messages! {
    /// What is wrong with a target.
    TargetMessage {
        BadTargetAddress { address: String, example: &'static str } => TargetSettings,
        BadTargetName { name: String } => TargetSettings,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        ForeignAtTarget { target: String, count: usize, files: Vec<String> } => StrangeFiles,
        NoTarget { name: String, near: Option<String>, known: Option<Vec<String>> } => NoTarget,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        OtherArchive { target: String, count: usize, documents: Vec<String> } => OtherArchive,
        SecretInSite { key: String } => SecretInSite,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        SecretMissing { target: String, variables: Vec<String>, has_keyring: bool } => NoSecret,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        TargetInArchive { target: String, folder: String } => TargetSettings,
        TargetKeyMissing { target: String, key: &'static str, example: &'static str } => TargetSettings,
        TargetNumber { key: &'static str, least: String, most: String } => TargetSettings,
        #[cfg_attr(feature = "targets", expect(dead_code))]
        TargetsNotIncluded { name: String } => NoTarget,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        UnknownHostKey { address: String, target: String, fingerprint: String } => HostKey,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        WrongHostKey { address: String, fingerprint: String } => HostKey,
    }
}
