//! `--help`, the manual and what is wrong with options, in the reader's language.
//!
//! The English text is the doc comments of [`cli`](crate::cli), which clap's derive reads. For another language the same
//! command takes its text from the language files, under names made of those of the command and its options. clap has no
//! translations of its own: its headings are set, what it adds to an option (defaults, possible values) is hidden and said
//! in the text, and its errors are told here from their kind and context.

use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory, Error};
use unicode_width::UnicodeWidthStr;

use super::Exit;
use crate::cli::Cli;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::{WIDTH, draw, words};

/// Columns before the text of an option, which stands on a line of its own.
const INDENT: usize = 10;

/// The whole command line, with its text in a language.
pub fn command(lang: Lang) -> Command {
    match lang.is_chinese() {
        false => Cli::command(),
        true => {
            let mut command = Cli::command();
            command.build();
            translated(command, "fonds", lang)
        }
    }
}

/// A command and those below it. `name` is the end of the names of its words.
fn translated(command: Command, name: &str, lang: Lang) -> Command {
    let say = |id: &str| words::text(id, lang).unwrap_or_default();
    let id = format!("help-{name}");
    let own = name.to_string();
    let mut command = command
        .about(say(&id))
        .next_line_help(true)
        .subcommand_help_heading(say("usage-commands"))
        .subcommand_value_name(say("usage-command-name"))
        .mut_args(|arg| argument(arg, &own, lang))
        // Below `help` stands a copy of each command, for its name alone.
        .mut_subcommands(|inner| match name {
            "help" => {
                let about = words::text(&format!("help-{}", inner.get_name()), lang);
                inner.about(about.unwrap_or_default())
            }
            _ => {
                let name = inner.get_name().to_string();
                translated(inner, &name, lang)
            }
        });
    command = match words::attribute(&id, "long", lang) {
        Some(long) => command.long_about(fitted(&long, 0)),
        None => command.long_about(Resettable::Reset),
    };
    if let Some(after) = words::attribute(&id, "after", lang) {
        command = command.after_help(fitted(&after, 0));
    }
    let layout = layout(&command, lang);
    command = command.help_template(layout);
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().replace("[OPTIONS]", &say("usage-options-name"));
    command.override_usage(usage)
}

/// Help in another language is laid out as clap lays it out. clap would end each heading with a colon of its own.
fn layout(command: &Command, lang: Lang) -> String {
    let style = command.get_styles().get_header();
    let part = |is_there: bool, heading: &str, tag: &str| {
        let name = words::text(heading, lang).filter(|_| is_there)?;
        let title = words::with("usage-section", &[("name", &name)], lang)?;
        Some(format!("{style}{title}{style:#}\n{tag}"))
    };
    let has_commands = command.get_subcommands().any(|inner| inner.get_name() != "help");
    let has_arguments = command.get_positionals().next().is_some();
    let parts = [
        part(has_commands, "usage-commands", "{subcommands}"),
        part(has_arguments, "usage-arguments", "{positionals}"),
        part(true, "usage-options", "{options}"),
    ];
    let usage = words::text("usage-heading", lang).unwrap_or_default();
    let parts = parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    format!("{{before-help}}{{about-with-newline}}\n{usage}{{usage}}\n\n{parts}{{after-help}}")
}

/// An option or argument of a command; what all commands have is described once.
fn argument(arg: Arg, command: &str, lang: Lang) -> Arg {
    let own = format!("help-{command}-{}", arg.get_id());
    let id = match words::text(&own, lang) {
        Some(_) => own,
        None => format!("help-fonds-{}", arg.get_id()),
    };
    let heading = if arg.is_positional() { "usage-arguments" } else { "usage-options" };
    let arg = arg
        .help(fitted(&words::text(&id, lang).unwrap_or_default(), INDENT))
        .help_heading(words::text(heading, lang).unwrap_or_default())
        .hide_possible_values(true)
        .hide_default_value(true);
    match words::attribute(&id, "long", lang) {
        Some(long) => arg.long_help(fitted(&long, INDENT)),
        None => arg.long_help(Resettable::Reset),
    }
}

/// A text in lines that fit the terminal. clap breaks lines at blanks alone, and Chinese has none. An example keeps its
/// columns.
fn fitted(text: &str, indent: usize) -> String {
    let width = console::Term::stdout().size_checked().map_or(WIDTH, |(_, columns)| usize::from(columns));
    let width = width.min(WIDTH).saturating_sub(indent);
    let line = |line: &str| {
        let command = line.len() - line.trim_start().len();
        let column = line[command..].rfind("  ").map_or(command, |at| {
            let before = line[..command + at].width();
            before + line[command + at..].len() - line[command + at..].trim_start().len()
        });
        draw::hanging(line, width, column)
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Prints help, the version, or what is wrong with the options.
pub fn told(error: &Error, lang: Lang) -> Exit {
    let is_asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let is_help = is_asked || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if is_help || !lang.is_chinese() {
        // A reader that went away (a closed pipe) is no fault.
        let _ = error.print();
    } else {
        eprint!("{}", in_words(error, lang));
    }
    if is_asked { Exit::Done } else { Exit::Usage }
}

/// What is wrong with the options.
fn in_words(error: &Error, lang: Lang) -> String {
    let context = |kind| error.get(kind).map(written).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let (id, argument) = match error.kind() {
        ErrorKind::UnknownArgument => ("usage-unknown-argument", argument),
        ErrorKind::InvalidSubcommand => ("usage-invalid-subcommand", context(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => ("usage-no-value", argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => ("usage-invalid-value", argument),
        ErrorKind::NoEquals => ("usage-no-equals", argument),
        ErrorKind::TooManyValues => ("usage-too-many-values", argument),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => ("usage-too-few-values", argument),
        ErrorKind::ArgumentConflict => ("usage-argument-conflict", argument),
        ErrorKind::MissingRequiredArgument => ("usage-missing-argument", argument),
        ErrorKind::MissingSubcommand => ("usage-missing-subcommand", argument),
        ErrorKind::InvalidUtf8 => ("usage-invalid-utf8", argument),
        _ => ("usage-other", argument),
    };
    let other = context(ContextKind::PriorArg);
    let say = |id: &str, pairs: &[(&'static str, &str)]| words::with(id, pairs, lang).unwrap_or_default();
    let mut lines = vec![format!(
        "{}{}",
        say("usage-error", &[]),
        say(id, &[("argument", &quoted(&argument)), ("value", &value), ("other", &quoted(&other))])
    )];
    let known = context(ContextKind::ValidValue);
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let suggested = suggested.into_iter().map(context).find(|near| !near.is_empty());
    let name = argument.trim_start_matches('-').split([' ', '=']).next().unwrap_or_default().replace('-', "_");
    let hint = words::text(&format!("usage-hint-{name}"), lang);
    match (suggested, hint, known.is_empty()) {
        (Some(near), ..) => lines.push(say("usage-suggestion", &[("values", &quoted(&near))])),
        (None, Some(hint), _) if id == "usage-invalid-value" => lines.push(hint),
        (None, _, false) => lines.push(say("usage-valid-values", &[("values", &known)])),
        _ => {}
    }
    let usage = context(ContextKind::Usage);
    let usage = usage.trim_start_matches("Usage:").trim();
    if !usage.is_empty() {
        lines.push(format!("\n{}{usage}", say("usage-heading", &[])));
    }
    lines.push(format!("\n{}", say("usage-more", &[])));
    lines.join("\n") + "\n"
}

fn quoted(names: &str) -> String {
    names.split(", ").map(|name| format!("`{name}`")).collect::<Vec<_>>().join("、")
}

/// What an error says of its context, without colours.
fn written(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The names of the words of a command and of those below it.
    fn names(command: &Command, name: &str, found: &mut BTreeSet<String>) {
        found.insert(format!("help-{name}"));
        for arg in command.get_arguments() {
            found.insert(format!("help-{name}-{}", arg.get_id()));
        }
        for inner in command.get_subcommands().filter(|_| name != "help") {
            names(inner, inner.get_name(), found);
        }
    }

    #[test]
    fn every_option_has_its_words_and_there_are_no_others() {
        let mut command = Cli::command();
        command.build();
        let mut all = BTreeSet::new();
        names(&command, "fonds", &mut all);
        let there = |id: &&String| words::text(id, Lang::Simplified).is_some();
        let common = |id: &str| format!("help-fonds-{}", id.rsplit('-').next().unwrap_or_default());
        let missing: Vec<&String> = all.iter().filter(|id| !there(id) && !there(&&common(id))).collect();
        assert!(missing.is_empty(), "{missing:?}");
        let (_, text) = words::files("zh-Hans").find(|(name, _)| *name == "help.ftl").expect("help.ftl");
        let written = text.lines().filter(|line| line.starts_with("help-")).filter_map(|line| line.split(" =").next());
        let unused: Vec<&str> = written.filter(|id| !all.contains(*id)).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
