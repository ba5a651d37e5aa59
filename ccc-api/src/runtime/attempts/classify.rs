//! Whether a failed attempt may be followed by another: was the request ever sent, is it safe to repeat?

use crate::runtime::error::{Failure, Flaw};

/// What may come after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing: it could happen twice, or would fail again.
    Stop,
    /// Another attempt.
    Again {
        /// Whether the service said that requests come too fast.
        throttled: bool,
    },
    /// The service refused the request for the time it was signed at: another attempt, if the time can be corrected.
    WithTheRightTime,
}

const AGAIN: Verdict = Verdict::Again { throttled: false };
const AGAIN_SLOWER: Verdict = Verdict::Again { throttled: true };

/// Judges a failure. An operation that is not safe to repeat is sent again only if the service surely did not and
/// will not act on this attempt.
pub(super) fn classify(failure: &Failure, safe_to_repeat: bool) -> Verdict {
    match failure {
        Failure::NotSent(error) if error.for_want_of_a_connection() => AGAIN,
        Failure::NotSent(_) | Failure::Credentials(_) | Failure::Redirected(_) => Verdict::Stop,
        Failure::Service(error) => match error.code() {
            // The service's own word that it did not act. A status alone may come from anything on the way.
            code if is_throttling(code) => AGAIN_SLOWER,
            code if is_about_the_time(code) => Verdict::WithTheRightTime,
            code if safe_to_repeat => after_refusal(code, error.status()),
            _ => Verdict::Stop,
        },
        _ if !safe_to_repeat => Verdict::Stop,
        Failure::TimedOut(_) | Failure::Interrupted(_) => AGAIN,
        Failure::Unreadable(error) => match (after_status(error.status()), error.flaw()) {
            (Verdict::Stop, Flaw::Empty | Flaw::Malformed | Flaw::Truncated) => AGAIN,
            (verdict, _) => verdict,
        },
    }
}

fn after_refusal(code: &str, status: u16) -> Verdict {
    if is_fault_of_the_service(code, status) || code == NONCE_USED { AGAIN } else { after_status(status) }
}

fn after_status(status: u16) -> Verdict {
    match status {
        429 => AGAIN_SLOWER,
        408 | 500..=599 => AGAIN,
        _ => Verdict::Stop,
    }
}

/// A nonce is drawn for every attempt, so one that was used means that something on the way sent the attempt twice.
const NONCE_USED: &str = "SignatureNonceUsed";

/// Whether a code says that requests come too fast, which also says that this one was not carried out.
pub(crate) fn is_throttling(code: &str) -> bool {
    code == "Throttling" || code.starts_with("Throttling.")
}

/// Whether a code says that the request was signed at another time than the service's now.
pub(super) fn is_about_the_time(code: &str) -> bool {
    matches!(code, "InvalidTimeStamp.Expired" | "InvalidTimestamp.Expired" | "IllegalTimestamp")
}

/// Whether a refusal leaves open what was done: a fault of the service's own, or the echo of an attempt that something
/// on the way sent twice.
pub(crate) fn is_fault_of_the_service(code: &str, status: u16) -> bool {
    let names_a_fault = ["Internal", "ServiceUnavailable", "ServiceTimeout", "UnknownError"];
    status >= 500 || code == NONCE_USED || names_a_fault.iter().any(|name| code.starts_with(name))
}
