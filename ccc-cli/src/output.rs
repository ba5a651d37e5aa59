//! The only place that prints. Results go to standard output, all else to standard error.

use std::io::{self, IsTerminal as _, Write as _};

use terminal_size::{Width, terminal_size};

use crate::cli::{Common, Output};
use crate::exit::{Exit, Failure};
use crate::text::{visible, visible_json};

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

/// Prints whole lines to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    write(visible(text).as_bytes(), UNWRITTEN)
}

/// Prints JSON and a line feed to standard output.
pub(crate) fn print_json(json: &serde_json::Value) -> Result<(), Failure> {
    write(visible_json(&format!("{json}\n")).as_bytes(), UNWRITTEN)
}

/// Prints the response to an operation that was carried out, as whole lines.
pub(crate) fn print_response(text: &str) -> Result<(), Failure> {
    write(visible(text).as_bytes(), DONE_UNWRITTEN)
}

/// Prints the response to an operation that was carried out, byte for byte. On a terminal, control characters become
/// escapes.
pub(crate) fn print_raw_response(bytes: &[u8]) -> Result<(), Failure> {
    let end: &[u8] = if bytes.ends_with(b"\n") { b"" } else { b"\n" };
    let bytes = [bytes, end].concat();
    if io::stdout().is_terminal() {
        return write(visible_json(&String::from_utf8_lossy(&bytes)).as_bytes(), DONE_UNWRITTEN);
    }
    write(&bytes, DONE_UNWRITTEN)
}

const UNWRITTEN: &str = "the output could not be written";
const DONE_UNWRITTEN: &str =
    "it was done; do not run it again just to see the result, which could not be written";

fn write(bytes: &[u8], failed: &str) -> Result<(), Failure> {
    let mut stream = io::stdout().lock();
    match stream.write_all(bytes).and_then(|()| stream.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::unread()),
        Err(error) => Err(Failure::new(Exit::Unwritten, format!("{failed}: {error}"))),
    }
}

/// Prints a message to standard error. It needs no line feed at its end.
pub(crate) fn tell(text: &str) {
    // If this cannot be printed, the exit code still reports the failure.
    let _ = writeln!(io::stderr().lock(), "{}", visible(text.trim_end()));
}
