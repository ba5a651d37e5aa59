//! Reads files that hold secrets. Their text is bounded, wiped when it is dropped, and never quoted.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::identity::error::CredentialsError;

/// The largest file: 1 MiB, more than any configuration or token has.
const LARGEST: u64 = 1 << 20;

/// Reads a file; `None` if there is no file.
///
/// It blocks: credentials are fetched seldom, and the file is small.
pub(super) fn read(path: &Path) -> Result<Option<Zeroizing<String>>, CredentialsError> {
    let failed = |error: io::Error| CredentialsError::new(advice(path, &error));
    // This comes before opening, because opening a named pipe would wait for its other end.
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(failed(error)),
    };
    if !metadata.is_file() {
        let kind = if metadata.is_dir() { "a directory" } else { "no regular file" };
        return Err(CredentialsError::new(format!(
            "{} is {kind}; put a file there, or name another one",
            path.display()
        )));
    }
    let bytes = read_bounded(path, &metadata).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(CredentialsError::new(format!(
            "{} is larger than {LARGEST} bytes, which is too large for this file; name another one",
            path.display()
        )));
    }
    let mut bytes = bytes;
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(error) => {
            let place = error.utf8_error().valid_up_to();
            drop(Zeroizing::new(error.into_bytes()));
            Err(CredentialsError::new(format!(
                "{} is not UTF-8 from byte {place} on; save it as UTF-8",
                path.display()
            )))
        }
    }
}

fn read_bounded(path: &Path, metadata: &Metadata) -> io::Result<Zeroizing<Vec<u8>>> {
    // The full capacity from the start: growing would leave copies that are not wiped.
    let size = metadata.len().min(LARGEST).saturating_add(2);
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(size).unwrap_or_default()));
    File::open(path)?.take(LARGEST.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn advice(path: &Path, error: &io::Error) -> String {
    let path = path.display();
    match error.kind() {
        ErrorKind::PermissionDenied => {
            format!(
                "the user that runs this program may not read {path}; grant this right, or name another file"
            )
        }
        _ => format!("{path} cannot be read ({error})"),
    }
}
