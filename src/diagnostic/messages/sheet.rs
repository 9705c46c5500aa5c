//! What import finds odd in workbooks.

use crate::diagnostic::phrase::messages;

messages! {
    /// What is odd about a workbook.
    SheetMessage {
        CoveredCells { count: usize } => HiddenText,
        DrawingsLeftOut { count: usize } => DiagramLeftOut,
        HiddenCells { count: usize } => HiddenText,
        HiddenSheets { count: usize } => HiddenText,
        TooManyCells { most: usize } => CaptureTooLarge,
        TooManyStrings { most: usize } => CaptureTooLarge,
        TooMuchInCells { megabytes: usize } => CaptureTooLarge,
    }
}
