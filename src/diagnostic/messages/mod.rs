//! Everything that the program can say, by topic. Each file is a table of one line for each message; the words are in
//! `words/LANGUAGE/`, in a file of the same name.

mod archive;
mod capture;
mod command;
mod deposit;
mod failure;
mod markup;
mod package;
mod print;
mod record;
mod sheet;
mod site;
mod spoken;
mod target;
mod text;
mod toml;
mod web;

pub(crate) use self::archive::{AddressMessage, ArchiveMessage, LeakMessage, SameThing, Taker};
pub(crate) use self::capture::{CaptureMessage, NumberMessage};
pub(crate) use self::command::{CommandMessage, Following, MoveMessage};
pub(crate) use self::deposit::{DepositMessage, FixityMessage};
pub(crate) use self::failure::{Doing, Refusal};
pub(crate) use self::markup::MarkupMessage;
pub(crate) use self::package::{PackageMessage, Torn, Unpacked};
pub(crate) use self::print::PrintMessage;
pub(crate) use self::record::{DateFault, Lacking, RecordMessage, ValueType};
pub(crate) use self::sheet::SheetMessage;
pub(crate) use self::site::{SiteMessage, TemplateMessage, Where};
pub use self::spoken::WhyDropped;
pub(crate) use self::spoken::{Hint, Label, NoPage, Question, Recognised, Stage, Summary, Task, Told, Verifiable};
pub(crate) use self::target::TargetMessage;
pub(crate) use self::text::{FileMessage, LinkMessage, TextMessage};
pub(crate) use self::toml::{LookAlike, TomlFault, TomlMessage};
pub(crate) use self::web::{Silence, WebMessage};
use super::code::Code;
use super::phrase::Phrase;

macro_rules! topics {
    ($($topic:ident),* $(,)?) => {
        /// What a [`Diagnostic`](super::Diagnostic) says.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(clippy::enum_variant_names, reason = "each variant has its topic's name")]
        pub(crate) enum Message { $($topic($topic)),* }

        impl Message {
            /// The code under which it can be looked up.
            pub(crate) fn code(&self) -> Code {
                match self { $(Self::$topic(message) => message.code()),* }
            }

            /// It, to be said.
            pub(crate) fn phrase(&self) -> &dyn Phrase {
                match self { $(Self::$topic(message) => message),* }
            }

            /// Every message there is.
            #[cfg(test)]
            pub(crate) fn lines() -> Vec<super::phrase::Line> {
                [$($topic::lines()),*].concat()
            }
        }

        $(impl From<$topic> for Message {
            fn from(message: $topic) -> Self {
                Self::$topic(message)
            }
        })*
    };
}

topics! {
    AddressMessage,
    ArchiveMessage,
    CaptureMessage,
    CommandMessage,
    DepositMessage,
    FileMessage,
    FixityMessage,
    LeakMessage,
    LinkMessage,
    MarkupMessage,
    MoveMessage,
    NumberMessage,
    PackageMessage,
    PrintMessage,
    RecordMessage,
    SheetMessage,
    SiteMessage,
    TargetMessage,
    TemplateMessage,
    TextMessage,
    TomlMessage,
    WebMessage,
}

/// Everything else that is said.
#[cfg(test)]
pub(crate) fn phrases() -> Vec<super::phrase::Line> {
    [
        super::code::Topic::lines(),
        Recognised::lines(),
        Doing::lines(),
        Hint::lines(),
        Label::lines(),
        Told::lines(),
        Question::lines(),
        Refusal::lines(),
        NoPage::lines(),
        ValueType::lines(),
        Silence::lines(),
        Stage::lines(),
        Summary::lines(),
        Torn::lines(),
        Unpacked::lines(),
        Verifiable::lines(),
        Where::lines(),
        WhyDropped::lines(),
        Following::lines(),
        Task::lines(),
    ]
    .concat()
}
