//! What the terminal can do and is allowed to be sent: colour by the user's choice, control characters never.

use std::borrow::Cow;
use std::env;
use std::ffi::OsStr;
use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};

use clap::ValueEnum;
use clap::builder::styling::{AnsiColor, Style};

use crate::failure::Failure;

/// Heading or name.
pub(crate) const BOLD: Style = Style::new().bold();
/// Of less interest than the rest.
pub(crate) const DIM: Style = Style::new().dimmed();
/// The word `error`.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// The word `warning`.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// The word `note`.
pub(crate) const NOTE: Style = AnsiColor::Cyan.on_default().bold();
/// A line that is gone.
pub(crate) const REMOVED: Style = AnsiColor::Red.on_default();
/// A line that is new.
pub(crate) const ADDED: Style = AnsiColor::Green.on_default();
/// A place: a line of a diff, an address.
pub(crate) const PLACE: Style = AnsiColor::Cyan.on_default();

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set or TERM is `dumb`.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Standard output and standard error, each with its colour decision.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// Colour on standard output.
    pub(crate) out: Paint,
    /// Colour on standard error.
    pub(crate) err: Paint,
    /// Whether a person watches standard error.
    pub(crate) watched: bool,
}

impl Terminal {
    /// Decides from the choice, the environment and what the streams are connected to.
    pub(crate) fn new(choice: ColorChoice) -> Self {
        let no_color = env::var_os("NO_COLOR");
        let term = env::var_os("TERM");
        let decide =
            |is_terminal| Paint::new(is_colored(choice, no_color.as_deref(), term.as_deref(), is_terminal));
        let watched = io::stderr().is_terminal();
        Self { out: decide(io::stdout().is_terminal()), err: decide(watched), watched }
    }

    /// Prints a result: whole lines to standard output.
    pub(crate) fn print(self, lines: &str) -> Result<(), Failure> {
        let mut stream = io::stdout().lock();
        stream.write_all(lines.as_bytes())?;
        Ok(stream.flush()?)
    }

    /// Prints what accompanies a result: whole lines to standard error.
    pub(crate) fn tell(self, lines: &str) -> Result<(), Failure> {
        Ok(io::stderr().lock().write_all(lines.as_bytes())?)
    }

    /// Tells what failed.
    pub(crate) fn complain(self, failure: &Failure) -> Result<(), Failure> {
        self.tell(&format!("{}: {}\n", self.err.paint(ERROR, "error"), visible(&failure.to_string())))
    }
}

fn is_colored(
    choice: ColorChoice,
    no_color: Option<&OsStr>,
    term: Option<&OsStr>,
    is_terminal: bool,
) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            is_terminal && no_color.is_none_or(OsStr::is_empty) && term.is_none_or(|term| term != "dumb")
        }
    }
}

/// Colours text, or leaves it as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    on: bool,
}

impl Paint {
    /// With colour or without.
    pub(crate) fn new(on: bool) -> Self {
        Self { on }
    }

    /// Whether text gets colour.
    pub(crate) fn is_on(self) -> bool {
        self.on
    }

    /// `text` in `style`.
    pub(crate) fn paint(self, style: Style, text: impl Display) -> String {
        if self.on { format!("{style}{text}{style:#}") } else { text.to_string() }
    }
}

/// `1 page`, `2 pages`.
pub(crate) fn counted<N: Display + Copy + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let plural = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Text from a page or a file, fit for a terminal: control characters, and those that turn the direction of
/// writing, become visible escapes; line feeds and tabs stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_invisible(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

fn is_invisible(character: char) -> bool {
    let turns_direction = matches!(character, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns_direction || (character.is_control() && character != '\n' && character != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn auto(no_color: Option<&str>, term: Option<&str>, is_terminal: bool) -> bool {
        is_colored(ColorChoice::Auto, no_color.map(OsStr::new), term.map(OsStr::new), is_terminal)
    }

    #[test]
    fn auto_colours_terminals_alone() {
        assert!(auto(None, Some("xterm"), true));
        assert!(!auto(None, Some("xterm"), false));
    }

    #[test]
    fn no_color_counts_when_it_is_not_empty() {
        assert!(!auto(Some("1"), None, true));
        assert!(auto(Some(""), None, true));
    }

    #[test]
    fn dumb_terminals_get_no_colour() {
        assert!(!auto(None, Some("dumb"), true));
    }

    #[test]
    fn an_explicit_choice_wins_over_the_environment() {
        let no_color = Some(OsStr::new("1"));
        assert!(is_colored(ColorChoice::Always, no_color, None, false));
        assert!(!is_colored(ColorChoice::Never, None, None, true));
    }

    #[test]
    fn escapes_of_terminals_and_turned_text_become_visible() {
        assert_eq!(visible("a\u{1b}[2Jb\u{9b}c\u{202e}d\te\n"), "a\\u{1b}[2Jb\\u{9b}c\\u{202e}d\te\n");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(visible("座席状态码"), Cow::Borrowed(_)));
    }
}
