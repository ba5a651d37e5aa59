//! Removes sensitive values from errors of other transports, which may quote what they carried.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use crate::wire::redact::Redactor;

type Source = Box<dyn StdError + Send + Sync>;

/// Returns the error itself if no text in its chain holds a sensitive value, else a copy of its texts without them.
///
/// An error without sensitive values, the usual case, can still be downcast.
pub(crate) fn scrub(error: Source, redactor: &Redactor) -> Source {
    let clean = |text: &str| matches!(redactor.redact(text), Cow::Borrowed(_));
    let mut link: Option<&(dyn StdError + 'static)> = Some(error.as_ref());
    let mut texts = Vec::new();
    let mut all_clean = true;
    while let Some(current) = link {
        let text = current.to_string();
        all_clean = all_clean && clean(&text) && clean(&format!("{current:?}"));
        texts.push(text);
        link = current.source();
    }
    if all_clean {
        return error;
    }
    let chain = texts.into_iter().rev().fold(None, |source: Option<Box<Scrubbed>>, text| {
        Some(Box::new(Scrubbed { text: redactor.redact(&text).into_owned(), source }))
    });
    chain.map_or(error, |scrubbed| scrubbed as Source)
}

/// The text of an error with sensitive values replaced.
struct Scrubbed {
    text: String,
    source: Option<Box<Scrubbed>>,
}

impl fmt::Display for Scrubbed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Scrubbed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Scrubbed").field(&self.text).finish()
    }
}

impl StdError for Scrubbed {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::{Redactor, Scrubbed, scrub};

    #[test]
    fn a_clean_error_stays_what_it_is() {
        let error = scrub(Box::new(io::Error::other("reset")), &Redactor::new(["13188888888"]));
        assert!(error.is::<io::Error>());
    }

    #[test]
    fn a_number_deep_in_the_chain_is_replaced_and_the_chain_kept() {
        let inner = Scrubbed { text: "GET /?Callee=13188888888".to_owned(), source: None };
        let outer = Scrubbed { text: "outer".to_owned(), source: Some(Box::new(inner)) };
        let error = scrub(Box::new(outer), &Redactor::new(["13188888888"]));
        assert_eq!(error.to_string(), "outer");
        assert_eq!(error.source().unwrap().to_string(), "GET /?Callee=[redacted]");
        assert!(!format!("{error:?}").contains("13188888888"));
    }
}
