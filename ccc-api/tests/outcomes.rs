//! The outcome of a call for unusual responses, over real sockets. Each of these responses was once misunderstood.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::time::Duration;

use ccc_api::operation::make_call::{MakeCallError, MakeCallResponse};
use ccc_api::retry::RetryPolicy;
use ccc_api::{Client, Error, Response};
use support::{Reply, Server, answer, call, placed};

type Outcome = Result<Response<MakeCallResponse>, Error<MakeCallError>>;

async fn outcome(reply: Reply) -> Outcome {
    let server = Server::always(reply).await;
    let config = server.config().attempt_timeout(Duration::from_millis(500)).max_attempts(1);
    Client::new(config.build().unwrap()).unwrap().send(call()).await
}

async fn answered(status: &str, body: &str) -> Outcome {
    outcome(Reply::Send(answer(status, "", body))).await
}

#[track_caller]
fn job(outcome: Outcome) -> String {
    outcome.unwrap().data.call_context.job_id.clone().unwrap()
}

/// Returns how often a call was sent that met `reply` first and was then placed.
async fn sent_until_placed(reply: Vec<u8>) -> usize {
    let server =
        Server::start(move |before| if before == 0 { Reply::Send(reply.clone()) } else { placed() }).await;
    let retry = RetryPolicy::new().throttling_delay(Duration::ZERO).base_delay(Duration::ZERO);
    let client = Client::new(server.config().retry(retry).build().unwrap()).unwrap();
    client.send(call()).await.unwrap();
    server.requests().len()
}

#[tokio::test]
async fn code_message_and_request_id_are_understood_in_any_case() {
    for status in ["200 OK", "400 Bad Request"] {
        let error =
            answered(status, r#"{"code":"UserBusy","message":"m","requestId":"R"}"#).await.unwrap_err();
        assert!(!error.may_have_been_placed(), "{error}");
        let Error::Service(MakeCallError::UserBusy { service, .. }) = error else { panic!("{error}") };
        assert_eq!((service.message(), service.request_id()), ("m", Some("R")));
    }
}

#[tokio::test]
async fn throttling_is_understood_in_any_case_and_sent_again() {
    let body = r#"{"code":"Throttling.User","message":"m","requestId":"R"}"#;
    assert_eq!(sent_until_placed(answer("200 OK", "", body)).await, 2);
}

#[tokio::test]
async fn an_empty_code_is_none() {
    assert_eq!(job(answered("200 OK", r#"{"Code":"","Data":{"CallContext":{"JobId":"j"}}}"#).await), "j");
}

#[tokio::test]
async fn success_in_other_spellings_and_types_is_success() {
    for code in
        [r#""success""#, r#""ok""#, r#""SUCCESS""#, r#""Succeeded""#, "200", "0", r#""0""#, "200.0", "true"]
    {
        let body = format!(r#"{{"Code":{code},"Data":{{"CallContext":{{"JobId":"j"}}}}}}"#);
        assert_eq!(job(answered("200 OK", &body).await), "j", "{code}");
    }
}

#[tokio::test]
async fn response_with_data_and_an_unknown_code_may_be_that_of_a_placed_call() {
    for code in [r#""Wonderful""#, "7", r#"{"a":1}"#] {
        let body = format!(r#"{{"Code":{code},"Data":{{"CallContext":{{"JobId":"j"}}}}}}"#);
        let error = answered("200 OK", &body).await.unwrap_err();
        assert!(error.may_have_been_placed(), "{error}");
    }
}

#[tokio::test]
async fn an_object_without_any_field_of_a_response_is_not_a_success() {
    for body in ["{}", r#"{"Message":"m","HttpStatusCode":200,"Params":["p"]}"#, r#"{"status":"up"}"#] {
        let error = answered("200 OK", body).await.unwrap_err();
        assert!(error.may_have_been_placed(), "{error}");
    }
}

#[tokio::test]
async fn success_that_is_false_is_an_error_with_its_code() {
    let body = r#"{"Success":false,"ErrorCode":"UserBusy","ErrorMessage":"m","RequestId":"R"}"#;
    let error = answered("200 OK", body).await.unwrap_err();
    assert!(!error.may_have_been_placed(), "{error}");
    let Error::Service(MakeCallError::UserBusy { service, .. }) = error else { panic!("{error}") };
    assert_eq!(service.message(), "m");
}

#[tokio::test]
async fn an_error_in_xml_is_understood_whatever_format_was_requested() {
    let body = "<?xml version='1.0'?><Error><RequestId>R</RequestId><HostId>h</HostId>\
                <Code>Throttling.User</Code><Message>m</Message></Error>";
    assert_eq!(sent_until_placed(answer("400 Bad Request", "", body)).await, 2);
}

#[tokio::test]
async fn a_compressed_response_is_reported_and_kept() {
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\x56";
    for header in ["Content-Encoding: gzip\r\n", ""] {
        let mut reply =
            format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n{header}\r\n", gzip.len()).into_bytes();
        reply.extend_from_slice(gzip);
        let error = outcome(Reply::Send(reply)).await.unwrap_err();
        assert!(error.to_string().contains("content encoding that was not requested"), "{error}");
        let Error::Unreadable(unreadable) = &error else { panic!("{error}") };
        assert_eq!(unreadable.raw_body().as_ref(), gzip);
        assert!(error.may_have_been_placed());
    }
}

fn longer_than_it_is(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len() + 9).into_bytes()
}

#[tokio::test]
async fn a_complete_response_counts_even_if_its_stated_length_is_larger() {
    let body = r#"{"Code":"OK","Data":{"CallContext":{"JobId":"j"}}}"#;
    assert_eq!(job(outcome(Reply::Close(longer_than_it_is(body))).await), "j");
    assert_eq!(job(outcome(Reply::Stall(longer_than_it_is(body))).await), "j");
}

#[tokio::test]
async fn the_received_part_of_an_incomplete_response_is_kept() {
    let body = r#"{"Code":"OK","Data":{"CallContext":{"JobId":"j""#;
    let error = outcome(Reply::Close(longer_than_it_is(body))).await.unwrap_err();
    let Error::Unreadable(unreadable) = &error else { panic!("{error}") };
    assert_eq!(unreadable.raw_body().as_ref(), body.as_bytes());
    let error = outcome(Reply::Stall(longer_than_it_is(body))).await.unwrap_err();
    let Error::TimedOut(timed_out) = &error else { panic!("{error}") };
    assert_eq!(timed_out.raw_body().as_ref(), body.as_bytes());
}

#[tokio::test]
async fn invalid_json_in_a_side_field_costs_only_that_field() {
    for side in
        [r#""HttpStatusCode":NaN"#, r#""Params":["p",]"#, r#""HttpStatusCode":,"Message":None"#, r#""X":1,"#]
    {
        let body = format!(r#"{{"Code":"OK","Data":{{"CallContext":{{"JobId":"j"}}}},{side}}}"#);
        assert_eq!(job(answered("200 OK", &body).await), "j", "{side}");
    }
}

#[tokio::test]
async fn a_proxy_that_wants_a_password_has_placed_no_call() {
    let reply = answer("407 Proxy Authentication Required", "", "<html>who are you?</html>");
    let error = outcome(Reply::Send(reply)).await.unwrap_err();
    assert!(!error.may_have_been_placed(), "{error}");
    assert!(error.to_string().contains("a proxy on the way"), "{error}");
}

#[tokio::test]
async fn a_request_id_is_never_redacted() {
    let id = "26A34338-13188888888-A7A6";
    let reply = answer("502 Bad Gateway", &format!("x-acs-request-id: {id}\r\n"), "<html>13188888888</html>");
    let error = outcome(Reply::Send(reply)).await.unwrap_err();
    assert_eq!(error.request_id(), Some(id));
    assert!(error.to_string().contains(id) && !error.to_string().contains(">13188888888"), "{error}");
    let body = format!(r#"{{"Code":"UserBusy","RequestId":"{id}"}}"#);
    assert!(answered("400 B", &body).await.unwrap_err().to_string().contains(id));
}

#[tokio::test]
async fn responses_and_errors_have_the_headers() {
    let reply = |status, body| Reply::Send(answer(status, "x-trace: T-1\r\n", body));
    let answer = outcome(reply("200 OK", r#"{"Code":"OK"}"#)).await.unwrap();
    assert_eq!(answer.headers()["x-trace"], "T-1");
    for (status, body) in [("400 B", r#"{"Code":"UserBusy"}"#), ("502 B", "<html>"), ("302 F", "")] {
        let error = outcome(reply(status, body)).await.unwrap_err();
        assert_eq!(error.headers().unwrap()["x-trace"], "T-1", "{error}");
        assert!(!format!("{error:?}").contains("T-1"));
    }
}
