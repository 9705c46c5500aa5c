//! What `fonds check --external` finds out about addresses on the web.

use crate::diagnostic::phrase::{messages, phrases};
use crate::diagnostic::said::Said;

phrases! {
    /// Why no answer came.
    pub(crate) enum Silence {
        NotAnAddress,
        OtherScheme { scheme: String },
        TooManyRedirects { most: usize },
        HostNotFound,
        NoConnection,
        TimedOut,
        BadCertificate,
        Other { text: String },
    }
}

messages! {
    /// What an address on the web answers.
    WebMessage {
        DeadAddress { status: usize } => DeadAddress,
        MovedAddress { address: String } => MovedAddress,
        PrivateAddress => PrivateAddress,
        RefusedAddress { status: usize } => RefusedAddress,
        SilentAddress { why: Said<Silence> } => SilentAddress,
    }
}
