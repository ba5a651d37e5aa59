//! Decides whether a retry may follow a failed attempt.

use crate::call::error::Failure;
use crate::wire::codes::{NONCE_USED, is_about_the_time, is_fault_of_the_service, is_throttling};

/// The decision about what follows a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// No retry: the operation could happen twice, or would fail again.
    Stop,
    /// A retry.
    Again {
        /// Whether the service said that requests come too fast.
        throttled: bool,
    },
    /// A retry if the time can be corrected: the service refused the request for its time.
    WithTheRightTime,
}

const AGAIN: Verdict = Verdict::Again { throttled: false };
const AGAIN_SLOWER: Verdict = Verdict::Again { throttled: true };

/// Classifies a failure. A request that is not safe to repeat is sent again only if the service surely did not and will
/// not act on this attempt.
pub(super) fn classify(failure: &Failure, safe_to_repeat: bool) -> Verdict {
    match failure {
        Failure::NotSent(error) if error.is_connection_failure() => AGAIN,
        Failure::NotSent(_) | Failure::Credentials(_) | Failure::Redirected(_) => Verdict::Stop,
        Failure::Service(error) => match error.code() {
            // Only a code of the service says that it did not act. A status may come from anything on the way.
            _ if !safe_to_repeat && error.outcome_is_unknown() => Verdict::Stop,
            code if is_throttling(code) => AGAIN_SLOWER,
            code if is_about_the_time(code) => Verdict::WithTheRightTime,
            code if safe_to_repeat => after_refusal(code, error.status()),
            _ => Verdict::Stop,
        },
        _ if !safe_to_repeat => Verdict::Stop,
        Failure::TimedOut(_) | Failure::Interrupted(_) => AGAIN,
        Failure::Unreadable(error) => match (after_status(error.status()), error.flaw()) {
            (Verdict::Stop, flaw) if flaw.may_pass() => AGAIN,
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

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::call::error::{
        Flaw, Interrupted, NotSent, Obstacle, Redirected, ServiceError, TimedOut, Unreadable,
    };
    use crate::identity::error::CredentialsError;
    use crate::wire::decode::Envelope;
    use crate::wire::redact::Redactor;

    const SLOWER: Verdict = Verdict::Again { throttled: true };

    fn service(status: u16, code: &str) -> Failure {
        let envelope = Envelope { code: Some(code.to_owned()), ..Envelope::default() };
        Failure::Service(ServiceError::new(status, envelope, Bytes::new(), &Redactor::default()))
    }

    fn unreadable(status: u16, flaw: Flaw) -> Failure {
        Failure::Unreadable(Box::new(Unreadable::new("Op", flaw, status, None)))
    }

    fn not_sent(obstacle: Obstacle) -> Failure {
        Failure::NotSent(Box::new(NotSent::new("Op", obstacle, None)))
    }

    /// Returns the verdicts for an operation that must not happen twice, and for one that may.
    fn both(failure: &Failure) -> [Verdict; 2] {
        [classify(failure, false), classify(failure, true)]
    }

    #[test]
    fn what_never_reached_the_service_is_sent_again() {
        let endpoint = || "https://h".to_owned();
        let limit = std::time::Duration::from_secs(5);
        assert_eq!(both(&not_sent(Obstacle::NoConnection { endpoint: endpoint() })), [AGAIN; 2]);
        assert_eq!(both(&not_sent(Obstacle::TooSlow { endpoint: endpoint(), limit })), [AGAIN; 2]);
    }

    #[test]
    fn what_cannot_be_sent_at_all_is_not() {
        assert_eq!(both(&not_sent(Obstacle::Unsendable)), [Verdict::Stop; 2]);
        assert_eq!(both(&not_sent(Obstacle::NoNonce)), [Verdict::Stop; 2]);
        let endpoint = "https://h".to_owned();
        assert_eq!(both(&not_sent(Obstacle::Untrusted { endpoint })), [Verdict::Stop; 2]);
        assert_eq!(both(&Failure::Credentials(CredentialsError::new("none"))), [Verdict::Stop; 2]);
    }

    #[test]
    fn throttling_by_the_service_s_own_word_is_sent_again_whatever_the_status() {
        for code in ["Throttling", "Throttling.User", "Throttling.Api"] {
            for status in [200, 400, 429, 503] {
                assert_eq!(both(&service(status, code)), [SLOWER; 2], "{code} {status}");
            }
        }
    }

    #[test]
    fn throttling_by_a_status_alone_is_nobody_s_word() {
        assert_eq!(both(&unreadable(429, Flaw::Html)), [Verdict::Stop, SLOWER]);
        assert_eq!(both(&service(429, "TooManyRequests")), [Verdict::Stop, SLOWER]);
        assert_eq!(both(&service(400, "ThrottlingOfPumps")), [Verdict::Stop; 2]);
    }

    #[test]
    fn what_leaves_the_outcome_open_is_for_safe_operations() {
        let limit = std::time::Duration::from_secs(10);
        for failure in [
            Failure::TimedOut(Box::new(TimedOut::new("Op", limit))),
            Failure::Interrupted(Box::new(Interrupted::new("Op", None))),
            service(500, "InternalError"),
            service(200, "InternalService.Common"),
            service(503, "ServiceUnavailable"),
            service(400, "SignatureNonceUsed"),
            service(408, "RequestTimeout"),
            unreadable(502, Flaw::Html),
            unreadable(503, Flaw::TooLarge),
            unreadable(200, Flaw::Truncated),
            unreadable(200, Flaw::Empty),
            unreadable(200, Flaw::Malformed),
        ] {
            assert_eq!(both(&failure), [Verdict::Stop, AGAIN], "{failure}");
        }
    }

    #[test]
    fn what_would_fail_again_is_for_none() {
        let redirected = Redirected::new("Op", 302, None, None);
        for failure in [
            service(400, "UserBusy"),
            service(404, "NotExists.InstanceId"),
            service(400, "SignatureDoesNotMatch"),
            unreadable(200, Flaw::Html),
            unreadable(404, Flaw::NoCode),
            unreadable(200, Flaw::TooLarge),
            Failure::Redirected(Box::new(redirected)),
        ] {
            assert_eq!(both(&failure), [Verdict::Stop; 2], "{failure}");
        }
    }

    #[test]
    fn a_refusal_for_its_time_depends_on_the_time() {
        for code in ["InvalidTimeStamp.Expired", "IllegalTimestamp"] {
            assert_eq!(both(&service(400, code)), [Verdict::WithTheRightTime; 2]);
        }
        assert_eq!(both(&service(400, "InvalidTimeStamp.Format")), [Verdict::Stop; 2]);
    }

    /// The two functions must agree: no request is sent again if its error leaves open whether it was carried out.
    #[test]
    fn what_is_sent_again_for_any_operation_was_surely_not_carried_out() {
        for status in [200, 302, 400, 404, 408, 429, 500, 503] {
            for code in
                ["Throttling", "Throttling.User", "IllegalTimestamp", "InternalError", "SignatureNonceUsed"]
            {
                let failure = service(status, code);
                let again = classify(&failure, false) != Verdict::Stop;
                assert!(!again || !failure.may_have_been_placed(), "{code} {status}");
            }
        }
    }
}
