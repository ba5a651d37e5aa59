use bytes::Bytes;
use http::HeaderMap;

use super::SHOWN;
use super::interpret;
use super::location_host;
use super::redacted_request_id;
use crate::call::error::Failure;
use crate::call::error::{Error, OperationError as _};
use crate::call::operation::Operation;
use crate::call::outcome::Terms;
use crate::call::response::Response;
use crate::config::EndpointRules;
use crate::custom::{Decode, Parameters, Product, RedactedDebug, operation_error};
use crate::wire::excerpt::excerpt;
use crate::wire::redact::Redactor;

const CALLEE: &str = "13188888888";

/// A product without a service.
struct Bells;

impl Product for Bells {
    const CODE: &'static str = "Bells";
    const VERSION: &'static str = "2020-07-01";
    const TITLE: &'static str = "Bells";
    const ENDPOINT_VARIABLE: &'static str = "ALIBABA_CLOUD_BELLS_ENDPOINT";
    const ENDPOINTS: EndpointRules = EndpointRules {
        default_region: "cn-hangzhou",
        public: "bells.{region}.aliyuncs.com",
        vpc: "bells-vpc.{region}.aliyuncs.com",
        central: "bells.aliyuncs.com",
        central_regions: &[],
    };
}

/// An operation of it.
#[derive(Parameters, RedactedDebug)]
struct Ring {}

#[derive(Default, Decode, RedactedDebug)]
struct Rung {
    #[field(name = "JobId")]
    job_id: Option<String>,
}

#[operation_error]
enum RingError {
    #[code("UserBusy", status = 400, message = "The user %s was busy.")]
    UserBusy { user: Option<String> },
}

impl Operation for Ring {
    type Product = Bells;

    const ACTION: &'static str = "Ring";
    type Response = Rung;
    type Error = RingError;
}

fn outcome(status: u16, body: &str) -> Result<Response<Rung>, Error<RingError>> {
    let mut answer = http::Response::new(Bytes::from(body.to_owned()));
    *answer.status_mut() = status.try_into().unwrap();
    let (head, body) = answer.into_parts();
    let mut rung = Rung::default();
    interpret(&Terms::new::<Ring>(), &head, body, &mut rung, || Redactor::new([CALLEE]))
        .map(|answer| answer.with_value(rung))
        .map_err(Failure::into_operation)
}

#[test]
fn an_answer_comes_with_its_response_and_its_body() {
    let body = r#"{"Code":"OK","RequestId":"R","JobId":"job-1"}"#;
    let answer = outcome(200, body).unwrap();
    assert_eq!((answer.job_id.as_deref(), answer.request_id()), (Some("job-1"), Some("R")));
    assert_eq!(answer.raw_body().as_ref(), body.as_bytes());
}

#[test]
fn a_documented_code_is_its_variant() {
    let error = outcome(400, r#"{"Code":"UserBusy","Message":"The user 8001 was busy."}"#).unwrap_err();
    let Error::Service(RingError::UserBusy { user, .. }) = error else { panic!("{error}") };
    assert_eq!(user.as_deref(), Some("8001"));
}

fn redacted_start(body: &[u8]) -> String {
    excerpt(body, SHOWN, &Redactor::new([CALLEE]))
}

#[test]
fn a_2xx_without_code_or_with_a_good_one_is_a_success() {
    for code in [
        r#"{"RequestId":"R"}"#,
        r#"{"Code":"OK"}"#,
        r#"{"Code":"200"}"#,
        r#"{"Code":200}"#,
        r#"{"Code":"Success"}"#,
    ] {
        assert!(outcome(200, code).is_ok(), "{code}");
        assert!(outcome(202, code).is_ok(), "{code}");
    }
}

#[test]
fn another_code_is_the_operation_s_error_whatever_the_status() {
    for status in [200, 400, 404, 500] {
        let error = outcome(status, r#"{"Code":"UserBusy"}"#).unwrap_err();
        let Error::Service(service) = error else { panic!("{error}") };
        assert_eq!((service.code(), service.status()), ("UserBusy", status));
    }
}

#[test]
fn a_number_at_the_end_of_what_is_kept_of_a_code_is_not_shown() {
    for kept in 1017..1024 {
        let body = format!(r#"{{"Code":"{}{CALLEE}"}}"#, "A".repeat(kept));
        let error = outcome(400, &body).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("13"), "{error}");
    }
}

#[test]
fn a_good_code_does_not_make_a_success_of_a_failure() {
    assert!(matches!(outcome(500, r#"{"Code":"OK"}"#), Err(Error::Service(_))));
}

#[test]
fn a_byte_order_mark_and_blanks_before_the_body_are_read_over() {
    assert!(outcome(200, "\u{feff}\r\n {\"Code\":\"OK\"}").is_ok());
}

#[test]
fn what_is_no_answer_is_unreadable() {
    for body in ["", "  ", "[]", "\"OK\"", "200", "null", "OK", "{", "<html></html>", "<!doctype HTML><p>"] {
        assert!(matches!(outcome(200, body), Err(Error::Unreadable(_))), "{body}");
    }
}

#[test]
fn xml_is_read_whatever_was_asked_for() {
    let error = outcome(400, "<Error><Code>UserBusy</Code><RequestId>R</RequestId></Error>").unwrap_err();
    assert_eq!((error.code(), error.request_id()), (Some("UserBusy"), Some("R")));
    assert!(outcome(200, "<RingResponse><Code>OK</Code></RingResponse>").is_ok());
}

#[test]
fn a_page_of_xhtml_is_not_a_success() {
    let page = "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\">\n<html xmlns=\"y\"><body/></html>";
    assert!(matches!(outcome(200, page), Err(Error::Unreadable(_))));
}

#[test]
fn the_start_of_a_body_ends_at_a_character() {
    let start = redacted_start("中".repeat(400).as_bytes());
    assert_eq!(start.chars().count(), SHOWN / 3);
}

#[test]
fn the_start_of_a_body_is_readable_when_the_body_is_not_utf8() {
    assert_eq!(redacted_start(b"\xff\xfe<"), "\u{fffd}\u{fffd}<");
}

#[test]
fn a_number_on_the_edge_of_what_is_shown_is_not_shown_in_half() {
    for before in SHOWN - CALLEE.len() - 2..SHOWN + 2 {
        let start = redacted_start(format!("{}{CALLEE}", "x".repeat(before)).as_bytes());
        assert!(!start.contains("131"), "{before}: {start}");
    }
}

#[test]
fn a_redirection_shows_a_plain_host_and_nothing_else() {
    let host = |location: &str| location_host(location.as_bytes(), &Redactor::new([CALLEE]));
    assert_eq!(host("https://login.example.com/?u=1"), Some("login.example.com".to_owned()));
    assert_eq!(host("/relative?u=1"), None);
    assert_eq!(host("https://a_b.example/"), None);
    assert_eq!(host("not a uri"), None);
    assert_eq!(host(&format!("https://{CALLEE}.example.com/")), Some("[redacted].example.com".to_owned()));
}

#[test]
fn a_request_id_in_the_headers_must_be_a_plain_one() {
    let id = |value: &[u8]| {
        let mut headers = HeaderMap::new();
        headers.insert("x-acs-request-id", value.try_into().unwrap());
        redacted_request_id(&headers, &Redactor::new([CALLEE]))
    };
    assert_eq!(id(b"26A34338-5CD9"), Some("26A34338-5CD9".to_owned()));
    assert_eq!(id(b""), None);
    assert_eq!(id(b"\xff"), None);
    assert_eq!(id(&[b'x'; 129]), None);
    assert_eq!(id(CALLEE.as_bytes()), Some("[redacted]".to_owned()));
}
