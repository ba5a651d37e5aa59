//! The steps of `demo`. Everything it shows is computed while it runs: from the page in the workspace, and from the
//! traffic between the client and the endpoint.

pub(crate) mod call;
pub(crate) mod day;
pub(crate) mod page;
mod recorder;

use crate::terminal::{BOLD, PLACE, paint};

/// Writes the headline of a step.
fn headline(number: u8, text: &str) -> String {
    format!("\n{} {}\n", paint(PLACE, format_args!("[{number}]")), paint(BOLD, text))
}

/// Columns of a line before it is broken.
const WIDTH: usize = 108;

/// Breaks long text at spaces and indents the lines that follow.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let width = word.chars().count() + 1;
        if column > 0 && column + width > WIDTH {
            lines.push_str("\n   ");
            column = 3;
        }
        if column > 0 {
            lines.push(' ');
        }
        lines.push_str(word);
        column += width;
    }
    lines
}

/// Indents every line.
fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_broken_at_a_space() {
        let text = format!("{} {} end", "a".repeat(60), "b".repeat(60));
        assert_eq!(wrapped(&text), format!("{}\n    {} end", "a".repeat(60), "b".repeat(60)));
        assert_eq!(wrapped("short text"), "short text");
    }
}
