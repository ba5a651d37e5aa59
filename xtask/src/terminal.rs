//! Prints to the terminal, in colour if the user wants it, and without the control characters of outside text.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write as _};

use anstream::AutoStream;
use clap::ColorChoice;
use clap::builder::styling::{AnsiColor, Style};

use crate::failure::Failure;

/// Heading or name.
pub(crate) const BOLD: Style = Style::new().bold();
/// Less important text.
pub(crate) const DIM: Style = Style::new().dimmed();
/// The word `error`.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// The word `warning`.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// The word `note`.
pub(crate) const NOTE: Style = AnsiColor::Cyan.on_default().bold();
/// A removed line.
pub(crate) const REMOVED: Style = AnsiColor::Red.on_default();
/// A new line.
pub(crate) const ADDED: Style = AnsiColor::Green.on_default();
/// A place: a line of a diff, an address.
pub(crate) const PLACE: Style = AnsiColor::Cyan.on_default();

/// Styles text. [`Terminal`] leaves the style out if the stream shows no colour.
pub(crate) fn paint(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Standard output and standard error, with the user's choice of colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    choice: anstream::ColorChoice,
}

impl Terminal {
    /// Prints in colour by choice; `Auto` looks at the streams, `NO_COLOR` and `TERM`.
    pub(crate) fn new(choice: ColorChoice) -> Self {
        let choice = match choice {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Self { choice }
    }

    /// Prints a result for people: whole lines, with styles, to standard output.
    pub(crate) fn print(self, lines: &str) -> Result<(), Failure> {
        let mut stream = AutoStream::new(io::stdout().lock(), self.choice);
        stream.write_all(lines.as_bytes())?;
        Ok(stream.flush()?)
    }

    /// Prints a result for programs to standard output, to the byte.
    pub(crate) fn print_exact(self, text: &str) -> Result<(), Failure> {
        let mut stream = io::stdout().lock();
        stream.write_all(text.as_bytes())?;
        Ok(stream.flush()?)
    }

    /// Prints messages beside the result: whole lines, with styles, to standard error.
    pub(crate) fn tell(self, lines: &str) -> Result<(), Failure> {
        Ok(AutoStream::new(io::stderr().lock(), self.choice).write_all(lines.as_bytes())?)
    }

    /// Prints a failure to standard error.
    pub(crate) fn complain(self, failure: &Failure) -> Result<(), Failure> {
        self.tell(&format!("{}: {}\n", paint(ERROR, "error"), visible(&failure.to_string())))
    }
}

/// `1 page`, `2 pages`.
pub(crate) fn counted<N: Display + Copy + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let plural = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Makes text from a page or a file fit for a terminal: control characters, and those that turn the direction of
/// writing, become visible escapes. Line feeds and tabs stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if is_invisible(character) {
            escaped.extend(character.escape_unicode());
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

fn is_invisible(character: char) -> bool {
    let turns_direction = matches!(character, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns_direction || (character.is_control() && character != '\n' && character != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_terminals_and_turned_text_become_visible() {
        assert_eq!(visible("a\u{1b}[2Jb\u{9b}c\u{202e}d\te\n"), "a\\u{1b}[2Jb\\u{9b}c\\u{202e}d\te\n");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(visible("座席状态码"), Cow::Borrowed(_)));
    }
}
