//! The language in which a command speaks, known before anything is parsed: `--help` and what is wrong with the options are
//! said in it too.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::diagnostic::lang::Lang;
use crate::file;

/// What `--lang` says, else the archive's language where site.toml states one, else the system's, else English.
pub fn choose(arguments: impl Iterator<Item = OsString>) -> Lang {
    let arguments: Vec<String> = arguments.map(|argument| argument.to_string_lossy().into_owned()).collect();
    let said = value(&arguments, "--lang").and_then(|tag| Lang::of(&tag));
    let of_archive = || Lang::of(&stated(&archive(value(&arguments, "--archive").map(PathBuf::from))?)?);
    said.or_else(of_archive).or_else(Lang::of_system).unwrap_or_default()
}

/// The last value of an option: `--lang en` or `--lang=en`.
fn value(arguments: &[String], option: &str) -> Option<String> {
    let options = arguments.iter().take_while(|argument| *argument != "--").enumerate();
    let found = options.filter_map(|(at, argument)| match argument.strip_prefix(option)? {
        "" => arguments.get(at + 1).cloned(),
        rest => rest.strip_prefix('=').map(str::to_string),
    });
    found.last()
}

/// The archive's folder: the one that is named, or the nearest upward.
fn archive(named: Option<PathBuf>) -> Option<PathBuf> {
    let here = || std::env::current_dir().ok();
    named.or_else(|| here()?.ancestors().find(|folder| folder.join("site.toml").is_file()).map(Path::to_path_buf))
}

/// The `language` that an archive states. Where site.toml is not TOML, as far as it can be read.
fn stated(archive: &Path) -> Option<String> {
    let text = String::from_utf8(file::read_regular(&archive.join("site.toml")).ok()?).ok()?;
    let (table, _) = toml::de::DeTable::parse_recoverable(&text);
    let language = table.get_ref().get("language")?.get_ref().as_str()?.to_string();
    Some(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_found_wherever_it_stands() {
        let found = |line: &str| value(&line.split(' ').map(str::to_string).collect::<Vec<_>>(), "--lang");
        assert_eq!(found("fonds --lang en build").as_deref(), Some("en"));
        assert_eq!(found("fonds build --lang=zh-Hans").as_deref(), Some("zh-Hans"));
        assert_eq!(found("fonds build --lang en --lang zh").as_deref(), Some("zh"));
        assert_eq!(found("fonds build -- --lang=zh"), None);
        assert_eq!(found("fonds build --lang"), None);
    }
}
