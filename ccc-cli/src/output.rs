//! The only place that prints. Results go to standard output, all else to standard error.

use std::io::{self, IsTerminal as _, Write as _};

use terminal_size::{Width, terminal_size};

use crate::cli::{Common, Output};
use crate::exit::{Exit, Failure};
use crate::text::visible;

/// How results are printed: as the command line says, else for whoever reads them.
pub(crate) fn form(common: &Common) -> Output {
    let usual = if io::stdout().is_terminal() { Output::Table } else { Output::Json };
    common.output.unwrap_or(usual)
}

/// How many columns a line may have; none where the output is no terminal.
pub(crate) fn width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    terminal_size().map(|(Width(width), _)| usize::from(width))
}

/// Prints a result, whole lines.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    write(visible(text).as_bytes())
}

/// Prints a result to the byte; on a terminal, without control characters.
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
                "it was done, but the result could not be written: {error}; do not run it again only for that"
            ),
        )),
    }
}

/// Says something beside the result: whole lines, which need no line feed at the end.
pub(crate) fn tell(text: &str) {
    // If nobody can be told, the exit code still tells.
    let _ = writeln!(io::stderr().lock(), "{}", visible(text.trim_end()));
}
