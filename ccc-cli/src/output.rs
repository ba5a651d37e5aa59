//! The only place that prints. Results go to standard output, all else to standard error.

use std::io::{self, IsTerminal as _, Write as _};

use terminal_size::{Width, terminal_size};

use crate::cli::{Common, Output};
use crate::exit::{Exit, Failure};
use crate::text::visible;

/// Returns the output format: that of the command line, else a table on a terminal and JSON elsewhere.
pub(crate) fn form(common: &Common) -> Output {
    let usual = if io::stdout().is_terminal() { Output::Table } else { Output::Json };
    common.output.unwrap_or(usual)
}

/// Returns the width of the terminal in columns; `None` if the output is no terminal.
pub(crate) fn width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    terminal_size().map(|(Width(width), _)| usize::from(width))
}

/// Prints a result of whole lines to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    write(visible(text).as_bytes())
}

/// Prints a result byte for byte. On a terminal, control characters become escapes.
pub(crate) fn print_raw(bytes: &[u8]) -> Result<(), Failure> {
    let end: &[u8] = if bytes.ends_with(b"\n") { b"" } else { b"\n" };
    if io::stdout().is_terminal() {
        return print(&String::from_utf8_lossy(&[bytes, end].concat()));
    }
    write(&[bytes, end].concat())
}

fn write(bytes: &[u8]) -> Result<(), Failure> {
    let mut stream = io::stdout().lock();
    match stream.write_all(bytes).and_then(|()| stream.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::unread()),
        Err(error) => Err(Failure::new(
            Exit::Unwritten,
            format!(
                "it was done, but the result could not be written: {error}; do not run it again just to see it"
            ),
        )),
    }
}

/// Prints a message to standard error. It needs no line feed at its end.
pub(crate) fn tell(text: &str) {
    // If this cannot be printed, the exit code still reports the failure.
    let _ = writeln!(io::stderr().lock(), "{}", visible(text.trim_end()));
}
