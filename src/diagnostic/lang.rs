//! The language in which the program speaks to the person who runs it. The site's own language is another matter
//! (`site::Language`): an English archivist may publish a Chinese archive.
//!
//! `--lang` decides; else the language that the archive states; else the system's; else English. Linux says its language in
//! three variables, which are read here. macOS and Windows have calls of their own: the crate sys-locale (MIT or Apache-2.0)
//! makes them. It is not asked on Linux, since it puts `LANGUAGE` first, which POSIX ignores where the locale is C.

use std::fmt;
use std::str::FromStr;

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Simplified,
    /// Traditional Chinese: the simplified words, converted.
    Traditional,
}

/// Scripts and regions that write traditional characters.
const TRADITIONAL: [&str; 4] = ["hant", "tw", "hk", "mo"];

impl Lang {
    /// The language for a BCP 47 tag or the name of a POSIX locale (`zh_CN.UTF-8`); `None` where it is none of these.
    pub fn of(tag: &str) -> Option<Self> {
        let tag = tag.split(['.', '@']).next().unwrap_or_default().to_ascii_lowercase();
        let mut subtags = tag.split(['-', '_']);
        match subtags.next()? {
            "en" => Some(Self::English),
            "zh" if subtags.any(|subtag| TRADITIONAL.contains(&subtag)) => Some(Self::Traditional),
            "zh" => Some(Self::Simplified),
            _ => None,
        }
    }

    /// The system's language.
    pub fn of_system() -> Option<Self> {
        let stated = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
        match stated.into_iter().find(|locale| !locale.is_empty()) {
            Some(locale) => Self::of(&locale),
            None => native(),
        }
    }

    /// Its tag, BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Simplified => "zh-Hans",
            Self::Traditional => "zh-Hant",
        }
    }

    /// Whether it is written in Chinese characters.
    pub fn is_chinese(self) -> bool {
        self != Self::English
    }
}

#[cfg(any(windows, target_os = "macos"))]
fn native() -> Option<Lang> {
    Lang::of(&sys_locale::get_locale()?)
}

#[cfg(not(any(windows, target_os = "macos")))]
fn native() -> Option<Lang> {
    None
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::of(text).ok_or_else(|| "expected `en` or `zh-Hans`".to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_locales() {
        for (tag, lang) in [
            ("en-US", Some(Lang::English)),
            ("zh", Some(Lang::Simplified)),
            ("zh-CN", Some(Lang::Simplified)),
            ("zh_CN.UTF-8", Some(Lang::Simplified)),
            ("zh_TW.Big5", Some(Lang::Traditional)),
            ("zh-Hant-HK", Some(Lang::Traditional)),
            ("C.UTF-8", None),
            ("bo", None),
            ("", None),
        ] {
            assert_eq!(Lang::of(tag), lang, "{tag}");
        }
    }
}
