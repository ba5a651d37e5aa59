//! Summarises a failed attempt for the list of attempts that an error keeps.

use super::Failure;
use crate::text::cause::Cause;
use crate::wire::excerpt::cut;

/// The longest summary, in bytes.
const LONGEST: usize = 200;

impl Failure {
    /// Describes the failure without advice, because another attempt followed.
    pub(crate) fn summary(&self) -> String {
        let mut summary = match self {
            Self::Service(error) => {
                let request_id = error.redacted_request_id().map(|id| format!(", request id {id}"));
                format!("{} (HTTP {}{})", error.shown_code(), error.status(), request_id.unwrap_or_default())
            }
            Self::Credentials(_) => "no credentials".to_owned(),
            Self::NotSent(error) => error.summary(),
            Self::TimedOut(error) => format!("no response within {:?}", error.limit()),
            Self::Interrupted(error) => format!("the exchange broke off{}", Cause(error.caused_by())),
            Self::Redirected(error) => format!("a redirection (HTTP {})", error.status()),
            Self::Unreadable(error) => format!("HTTP {} and {}", error.status(), error.flaw().as_str()),
        };
        if summary.len() > LONGEST {
            cut(&mut summary, LONGEST - '…'.len_utf8());
            summary.push('…');
        }
        summary
    }

    /// Returns the error code for a text that may be logged.
    pub(crate) fn shown_code(&self) -> Option<&str> {
        match self {
            Self::Service(error) => Some(error.shown_code()),
            _ => None,
        }
    }

    /// Returns the request id for a text that may be logged.
    pub(crate) fn redacted_request_id(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.redacted_request_id(),
            _ => self.request_id(),
        }
    }
}
