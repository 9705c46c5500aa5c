//! Which of several readings is text.
//!
//! Of what stands in a source and what an editor makes of it, the editor's is taken; of the readings of several witnesses, the
//! one that the editor set in the text, or the first.

/// What stands beside an editor's reading, and names of witnesses.
const NOT_TAKEN: [&str; 6] = ["sic", "orig", "abbr", "am", "wit", "witDetail"];
/// Readings of which the first is taken.
const ONE_TAKEN: [&str; 11] =
    ["lem", "rdg", "rdgGrp", "corr", "reg", "expan", "ex", "seg", "unclear", "supplied", "choice"];

/// The elements that are open, and which of them are choices.
#[derive(Debug, Default)]
pub(super) struct Choices {
    /// For each open element whether it is a choice, and whether one of its readings was taken.
    open: Vec<Option<bool>>,
}

impl Choices {
    /// An element begins; whether what it holds is text. One that is not must be passed over whole.
    pub(super) fn open(&mut self, name: &str) -> bool {
        let taken = match self.open.last_mut() {
            Some(Some(_)) if NOT_TAKEN.contains(&name) => false,
            Some(Some(one)) if ONE_TAKEN.contains(&name) => !std::mem::replace(one, true),
            _ => true,
        };
        if taken {
            self.open.push(matches!(name, "choice" | "app").then_some(false));
        }
        taken
    }

    /// An element that is text ends.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reading_is_taken() {
        for (choice, readings, taken) in [
            ("choice", ["sic", "corr"], [false, true]),
            ("choice", ["corr", "sic"], [true, false]),
            ("app", ["lem", "rdg"], [true, false]),
            ("app", ["rdg", "rdg"], [true, false]),
            ("p", ["sic", "orig"], [true, true]),
        ] {
            let mut choices = Choices::default();
            choices.open(choice);
            let found = readings.map(|name| {
                let taken = choices.open(name);
                if taken {
                    choices.close();
                }
                taken
            });
            assert_eq!(found, taken, "{choice} {readings:?}");
        }
    }
}
