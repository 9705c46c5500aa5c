//! What is read otherwise than the word processor shows it.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{CaptureMessage, PackageMessage};

/// Something that is read otherwise than it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Oddity {
    /// A formula became a line of characters.
    Formula,
    /// Text that is hidden.
    Hidden,
    /// A chart or diagram, which has its words elsewhere.
    Diagram,
    /// A whole document inside.
    Embedded,
    /// Text within the instruction of a field.
    Instruction,
}

/// How often each was met.
#[derive(Debug, Default)]
pub(crate) struct Oddities(BTreeMap<Oddity, usize>);

impl Oddities {
    /// One more.
    pub(crate) fn add(&mut self, oddity: Oddity) {
        *self.0.entry(oddity).or_default() += 1;
    }

    /// What is told of them.
    pub(crate) fn told(&self) -> impl Iterator<Item = Diagnostic> {
        self.0.iter().map(|(oddity, count)| {
            let count = *count;
            Diagnostic::warning(match oddity {
                Oddity::Formula => PackageMessage::FormulaFlattened { count },
                Oddity::Hidden => PackageMessage::HiddenText { count },
                Oddity::Diagram => PackageMessage::DiagramLeftOut { count },
                Oddity::Embedded => PackageMessage::EmbeddedDocumentLeftOut { count },
                Oddity::Instruction => PackageMessage::FieldTextLeftOut { count },
            })
        })
    }
}

/// A sign that only has a meaning in its font.
pub(crate) fn lost_sign(font: &str) -> Diagnostic {
    Diagnostic::warning(PackageMessage::SymbolFont { font: font.to_string() })
}

/// An image that the file names and does not hold.
pub(crate) fn missing_image(target: &str) -> Diagnostic {
    let image = Some(target.to_string()).filter(|target| !target.is_empty());
    Diagnostic::warning(PackageMessage::ImageNotInFile { image })
}

/// An image of a kind that is not taken.
pub(crate) fn other_image(path: &str, kind: Option<&'static str>) -> Diagnostic {
    let image = path.rsplit('/').next().filter(|name| !name.is_empty()).map(str::to_string);
    Diagnostic::warning(CaptureMessage::ImageOfOtherKind { image, kind, others: 0 })
}
