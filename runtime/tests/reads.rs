//! Errors of an operation that only reads, compared with those of one that acts.
#![cfg(feature = "client")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use acs_runtime::custom::{Decode, Operation, Parameters, RedactedDebug, read_answer};
use acs_runtime::error::{FailedAttempt, ServiceError};
use acs_runtime::transport::{TransportError, http};
use acs_runtime::{Client, Credentials, Error};
use support::{Answer, Asked, Bells, Scripted, answer};

#[derive(Default, Decode, RedactedDebug)]
struct Said {
    request_id: Option<String>,
}

/// Rings a bell.
#[derive(Parameters, RedactedDebug)]
struct RingBell {}

impl Operation for RingBell {
    type Product = Bells;
    const ACTION: &'static str = "RingBell";
    type Response = Said;
    type Error = ServiceError;
}

/// Lists bells.
#[derive(Parameters, RedactedDebug)]
struct ListBells {}

impl Operation for ListBells {
    type Product = Bells;
    const ACTION: &'static str = "ListBells";
    const IDEMPOTENT: bool = true;
    type Response = Said;
    type Error = ServiceError;
}

const CARRIED_OUT: &str = "may have been carried out";
const NO_HARM: &str = "sending it again does no harm";

/// Returns the errors of both operations if every response is the same.
async fn errors(script: fn(&Asked) -> Answer) -> [Error<ServiceError>; 2] {
    let client = Client::<Bells>::new(Scripted::new(script).config()).unwrap();
    [client.send(RingBell {}).await.unwrap_err(), client.send(ListBells {}).await.unwrap_err()]
}

const LOST: fn(&Asked) -> Answer = |_| Err(TransportError::interrupted("reset"));
const LATE: fn(&Asked) -> Answer = |_| Err(TransportError::timed_out());
const FAULT: fn(&Asked) -> Answer =
    |_| answer(500, r#"{"Code":"InternalError","Message":"Oops.","RequestId":"R-1"}"#);
const CUT: fn(&Asked) -> Answer = |_| answer(200, r#"{"RequestId":"#);
const GATEWAY: fn(&Asked) -> Answer = |_| answer(502, "<html>Bad Gateway</html>");
const PORTAL: fn(&Asked) -> Answer = |_| answer(200, "<html>Log in</html>");
const AWAY: fn(&Asked) -> Answer = |_| answer(302, "");
const UNKNOWN: fn(&Asked) -> Answer = |_| answer(404, r#"{"Code":"NotFound","RequestId":"R-1"}"#);

#[tokio::test]
async fn what_only_reads_says_that_it_can_be_sent_again_where_that_may_help() {
    for script in [LOST, LATE, FAULT, CUT, GATEWAY] {
        let [acting, reading] = errors(script).await;
        assert!(acting.to_string().contains(CARRIED_OUT), "{acting}");
        assert!(!acting.to_string().contains(NO_HARM), "{acting}");
        assert!(!reading.to_string().contains(CARRIED_OUT), "{reading}");
        assert_eq!(reading.to_string().matches(NO_HARM).count(), 1, "{reading}");
    }
}

#[tokio::test]
async fn what_only_reads_says_nothing_of_it_where_the_same_would_come_again() {
    for script in [PORTAL, AWAY] {
        let [acting, reading] = errors(script).await;
        assert!(acting.to_string().contains(CARRIED_OUT), "{acting}");
        assert!(!reading.to_string().contains(CARRIED_OUT), "{reading}");
        assert!(!reading.to_string().contains(NO_HARM), "{reading}");
    }
}

#[tokio::test]
async fn whether_it_may_have_been_placed_is_answered_for_both_alike() {
    for script in [LOST, LATE, FAULT, CUT, GATEWAY, PORTAL, AWAY, UNKNOWN] {
        let [acting, reading] = errors(script).await;
        assert_eq!(acting.may_have_been_placed(), reading.may_have_been_placed(), "{acting}");
    }
}

#[tokio::test]
async fn earlier_attempts_of_what_only_reads_are_listed_without_the_warning() {
    let [_, reading] = errors(LOST).await;
    assert!(reading.attempts() > 1);
    assert!(reading.to_string().contains("earlier attempts: the exchange broke off (reset)"), "{reading}");
    assert!(reading.earlier_attempts().iter().all(FailedAttempt::may_have_been_placed));
}

#[tokio::test]
async fn a_refusal_after_an_attempt_that_was_lost_gives_no_advice_to_what_only_reads() {
    let mut lost = false;
    let script =
        move |asked: &Asked| if std::mem::replace(&mut lost, true) { UNKNOWN(asked) } else { LOST(asked) };
    let client = Client::<Bells>::new(Scripted::new(script).config()).unwrap();
    let error = client.send(ListBells {}).await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some("NotFound"), 2));
    assert!(error.may_have_been_placed());
    assert_eq!(
        error.to_string(),
        "NotFound (HTTP 404, request id R-1); earlier attempts: the exchange broke off (reset)"
    );
}

#[test]
fn whoever_carries_requests_alone_gets_the_same_texts() {
    let credentials = Credentials::new("testid", "testsecret");
    let lost = || http::Response::builder().status(502).body(Default::default()).unwrap();
    let acting = read_answer(&RingBell {}, &credentials, lost()).unwrap_err();
    let reading = read_answer(&ListBells {}, &credentials, lost()).unwrap_err();
    assert!(acting.to_string().contains(CARRIED_OUT), "{acting}");
    assert!(reading.to_string().ends_with(NO_HARM), "{reading}");
}
