//! Tests of calls by the name of an operation, of options of single calls, and of faults, with the local endpoint.
#![cfg(feature = "mock")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::time::Duration;

use ccc_api::config::CallOptions;
use ccc_api::error::{ErrorKind, OperationError};
use ccc_api::mock::{self, BUSY_CALLEE, Fault, MockEndpoint};
use ccc_api::operation::ErrorCode;
use ccc_api::operation::make_call::MakeCallError;
use ccc_api::retry::RetryPolicy;
use ccc_api::transport::http::{HeaderName, HeaderValue, StatusCode};
use ccc_api::{Client, Error};
use support::{Reply, Server, answer, call, placed};

const PARAMETERS: [(&str, &str); 3] =
    [("InstanceId", "ccc-test"), ("DeviceId", "d"), ("Callee", "13188888888")];

fn client(endpoint: &MockEndpoint) -> Client {
    let retry = RetryPolicy::new().base_delay(Duration::ZERO).throttling_delay(Duration::ZERO);
    Client::new(endpoint.config().to_builder().retry(retry).build().unwrap()).unwrap()
}

#[tokio::test]
async fn an_operation_is_called_by_its_name_and_responds_in_json() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let answer = client(&endpoint).call("MakeCall").parameters(PARAMETERS).send().await.unwrap();
    assert!(answer["Data"]["CallContext"]["JobId"].as_str().unwrap().starts_with("job-"));
    assert_eq!(answer.request_id(), Some(endpoint.requests()[0].request_id()));
    assert_eq!(answer.headers()["x-acs-request-id"], endpoint.requests()[0].request_id());
    assert!(!format!("{answer:?}").contains("13188888888"));
}

#[tokio::test]
async fn a_refusal_of_a_call_by_name_has_its_code_and_shows_no_value() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let call = client(&endpoint).call("MakeCall").parameters(PARAMETERS).parameter("Callee", BUSY_CALLEE);
    assert!(!format!("{call:?}").contains("13188888888"));
    let error = client(&endpoint)
        .call("MakeCall")
        .parameters(
            PARAMETERS.map(|(name, value)| (name, if name == "Callee" { BUSY_CALLEE } else { value })),
        )
        .send()
        .await
        .unwrap_err();
    assert_eq!((error.code(), error.may_have_been_placed()), (Some("UserBusy"), false));
    assert!(!format!("{error} {error:?}").contains(BUSY_CALLEE), "{error}");
}

#[tokio::test]
async fn a_documented_code_is_handled_in_one_place_for_all_operations() {
    fn is_about_the_instance<E: OperationError>(error: &Error<E>) -> bool {
        ErrorCode::from_error(error) == Some(ErrorCode::NotExistsInstanceId)
    }
    let endpoint = MockEndpoint::start().await.unwrap();
    let client = client(&endpoint);
    let typed =
        client.make_call().instance_id("gone").device_id("d").callee("13188888888").send().await.unwrap_err();
    let parameters =
        PARAMETERS.map(|(name, value)| (name, if name == "InstanceId" { "gone" } else { value }));
    let by_name = client.call("MakeCall").parameters(parameters).send().await.unwrap_err();
    assert!(is_about_the_instance(&typed) && is_about_the_instance(&by_name), "{typed} {by_name}");
    let Error::Service(error) = typed else { panic!("a refusal") };
    assert_eq!(error.documented_code(), Some(ErrorCode::NotExistsInstanceId));
    let other = client.call("RingAround").send().await.unwrap_err();
    assert_eq!((ErrorCode::from_error(&other), other.code()), (None, Some("InvalidAction.NotFound")));
}

#[tokio::test]
async fn a_call_by_name_is_retried_after_throttling_and_never_when_the_outcome_is_open() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let client = client(&endpoint);
    endpoint.inject(Fault::Throttle, 2);
    assert_eq!(client.call("MakeCall").parameters(PARAMETERS).send().await.unwrap().attempts(), 3);
    let unavailable = Fault::Status(StatusCode::SERVICE_UNAVAILABLE);
    for fault in [Fault::LoseResponse, Fault::Close, Fault::Nonsense, unavailable] {
        endpoint.inject(fault, 1);
        let error = client.call("MakeCall").parameters(PARAMETERS).send().await.unwrap_err();
        assert_eq!((error.attempts(), error.may_have_been_placed()), (1, true), "{error}");
    }
}

#[tokio::test]
async fn an_operation_that_nobody_knows_is_refused_by_its_name() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let error = client(&endpoint).call("RingAround").send().await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidAction.NotFound"));
    let error = client(&endpoint).call("Ring\nAround").send().await.unwrap_err();
    assert!(matches!(error, Error::NotSent(_)), "{error}");
}

#[tokio::test]
async fn json_that_is_not_a_response_is_unreadable_for_a_call_by_name() {
    let server = Server::always(Reply::Send(answer("200 OK", "", r#"{"error":"blocked"}"#))).await;
    let error = server.client().call("ListUsers").send().await.unwrap_err();
    assert!(error.may_have_been_placed(), "{error}");
    let server =
        Server::always(Reply::Send(answer("200 OK", "", r#"{"Code":"NotExists.A","Users":[1]}"#))).await;
    let error = server.client().call("ListUsers").send().await.unwrap_err();
    assert!(error.may_have_been_placed(), "{error}");
}

#[cfg(feature = "blocking")]
#[test]
fn a_call_by_name_works_with_the_blocking_client() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let endpoint = runtime.block_on(MockEndpoint::start()).unwrap();
    let client = ccc_api::blocking::Client::new(endpoint.config()).unwrap();
    let options = CallOptions::new().max_attempts(1);
    let answer = client.call("MakeCall").parameters(PARAMETERS).customize(options).send().unwrap();
    assert_eq!(answer["Code"], "OK");
}

#[tokio::test]
async fn options_of_one_call_apply_to_that_call_alone() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let client = client(&endpoint);
    let call = || client.make_call().instance_id("ccc-test").device_id("d").callee("13188888888");
    endpoint.inject(Fault::Throttle, 1);
    let error = call().customize(CallOptions::new().max_attempts(1)).send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Throttled, 1));
    endpoint.inject(Fault::Throttle, 1);
    assert_eq!(call().send().await.unwrap().attempts(), 2);
}

#[tokio::test]
async fn headers_of_a_call_are_sent_and_signed_if_the_scheme_signs_them() {
    let server = Server::always(placed()).await;
    let client = server.client().with_options(
        CallOptions::new().header(HeaderName::from_static("x-tenant"), HeaderValue::from_static("client")),
    );
    let options = CallOptions::new()
        .header(HeaderName::from_static("x-acs-team"), HeaderValue::from_static("night"))
        .header(HeaderName::from_static("x-once"), HeaderValue::from_static("1"));
    let call = || client.make_call().instance_id("i").device_id("d").callee("1");
    call().customize(options).send().await.unwrap();
    call().send().await.unwrap();
    let [first, second] = server.requests().try_into().unwrap();
    for header in ["x-tenant: client\r\n", "x-acs-team: night\r\n", "x-once: 1\r\n"] {
        assert!(first.contains(header), "{first}");
    }
    let signed = first.lines().find(|line| line.starts_with("authorization: ")).unwrap();
    assert!(signed.contains(";x-acs-team;"), "{signed}");
    assert!(second.contains("x-tenant: client\r\n") && !second.contains("x-once"), "{second}");
}

#[tokio::test]
async fn a_header_of_a_call_that_is_the_client_s_own_is_refused_before_anything_is_sent() {
    let server = Server::always(placed()).await;
    let secret = HeaderValue::from_static("hush");
    let options = CallOptions::new().header(HeaderName::from_static("authorization"), secret);
    assert!(!format!("{options:?}").contains("hush"));
    let error = server.client().with_options(options).send(call()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert!(error.to_string().contains("it set the header `authorization`"), "{error}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn an_optional_value_is_set_or_left_out() {
    let endpoint = MockEndpoint::builder().with(mock::user("agent@ccc-test")).start().await.unwrap();
    let client = client(&endpoint);
    let call = || client.make_call().instance_id("ccc-test").device_id("d").callee("13188888888");
    call().set_user_id(Some("agent@ccc-test".to_owned())).set_timeout_seconds(Some(60)).send().await.unwrap();
    call().user_id("agent@ccc-test").set_user_id(None).send().await.unwrap();
    let [first, second] = endpoint.requests().try_into().unwrap();
    assert_eq!(
        (first.parameter("UserId"), first.parameter("TimeoutSeconds")),
        (Some("agent@ccc-test"), Some("60"))
    );
    assert_eq!(second.parameter("UserId"), None);
}

#[tokio::test]
async fn a_number_out_of_its_range_is_refused_by_the_local_endpoint() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let client = client(&endpoint);
    for (seconds, code) in [(0, "Parameter.Minimum"), (301, "Parameter.Maximum")] {
        let call = client.make_call().instance_id("ccc-test").device_id("d").callee("13188888888");
        let error = call.timeout_seconds(seconds).send().await.unwrap_err();
        assert_eq!(error.code(), Some(code), "{error}");
    }
}

#[tokio::test]
async fn faults_are_met_by_count_and_recorded_as_sent() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let client = client(&endpoint);
    let call = || client.make_call().instance_id("ccc-test").device_id("d").callee(BUSY_CALLEE);
    endpoint.inject(Fault::Status(StatusCode::BAD_GATEWAY), 1);
    endpoint.inject(Fault::Close, 1);
    endpoint.inject(Fault::Delay(Duration::from_millis(1)), 1);
    endpoint.inject(Fault::Nonsense, 100);
    assert_eq!(call().send().await.unwrap_err().status(), Some(502));
    assert_eq!(call().send().await.unwrap_err().kind(), ErrorKind::Interrupted);
    assert!(matches!(call().send().await, Err(Error::Service(MakeCallError::UserBusy { .. }))));
    endpoint.clear_faults();
    let Err(Error::Service(error)) = call().send().await else { panic!("a busy callee") };
    assert_eq!(error.code(), "UserBusy");
    let recorded: Vec<_> =
        endpoint.requests().iter().map(|one| (one.status(), one.error_code().map(str::to_owned))).collect();
    let busy = Some("UserBusy".to_owned());
    assert_eq!(recorded, [(502, None), (0, None), (400, busy.clone()), (400, busy)]);
}

#[cfg(feature = "serialize")]
#[tokio::test]
async fn responses_are_serialized_under_the_names_on_the_wire() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let call = client(&endpoint).make_call().instance_id("ccc-test").device_id("d").callee("13188888888");
    let answer = call.send().await.unwrap();
    let json = serde_json::to_value(&*answer).unwrap();
    let sent: serde_json::Value = serde_json::from_slice(answer.raw_body()).unwrap();
    assert_eq!(json["Data"]["CallContext"]["JobId"], sent["Data"]["CallContext"]["JobId"]);
    assert_eq!(json["Data"]["CallContext"]["CallType"], "OUTBOUND");
    let again: ccc_api::custom::Decoded<ccc_api::operation::make_call::MakeCallResponse> =
        ccc_api::custom::decode(ccc_api::response::Format::Json, json.to_string().as_bytes()).unwrap();
    assert!(again.value == *answer);
}
