//! Snapshots of requests as they are sent: both schemes, GET and POST, permanent and temporary credentials, parameters in
//! the query and in the body.
//!
//! Nonce and clock are fixed; everything else is what an application sends.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests fail the test")]

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, UNIX_EPOCH};

use ccc_api::custom::{BoxFuture, Operation};
use ccc_api::operation::add_cases::AddCasesRequest;
use ccc_api::operation::list_realtime_agent_states::ListRealtimeAgentStatesRequest;
use ccc_api::operation::make_call::MakeCallRequest;
use ccc_api::response::Format;
use ccc_api::sign::{FixedClock, NonceError, NonceSource};
use ccc_api::sign::{Method, SignatureScheme};
use ccc_api::transport::{Bytes, Transport, TransportError, http};
use ccc_api::types::CaseParameter;
use ccc_api::{Client, CloudCallCenter, Config, Credentials};

/// Keeps the request that it should send.
#[derive(Clone, Debug, Default)]
struct Recorder(Arc<Mutex<Vec<http::Request<Bytes>>>>);

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(request);
        Box::pin(std::future::ready(Ok(http::Response::new(Bytes::from_static(br#"{"Code":"OK"}"#)))))
    }
}

#[derive(Debug)]
struct FixedNonce;

impl NonceSource for FixedNonce {
    fn nonce(&self) -> Result<String, NonceError> {
        Ok("3156853299f313e23d1673dc12e1703d".to_owned())
    }
}

fn permanent() -> Credentials {
    Credentials::new("testid", "testsecret")
}

fn temporary() -> Credentials {
    permanent().with_security_token("STS/TOKEN+a==")
}

/// Makes a request with every parameter of the page, and with characters that must be encoded.
fn call() -> MakeCallRequest {
    MakeCallRequest::builder()
        .callee("13188888888")
        .device_id("ACC YUNBS-1.0.10+bsd/中文~*")
        .instance_id("ccc-test")
        .user_id("user-test@ccc-test")
        .caller("0109898989")
        .timeout_seconds(30)
        .build()
}

/// Returns the request that a client with this configuration sends, as HTTP/1.1 writes it.
async fn on_the_wire<O: Operation<Product = CloudCallCenter>>(
    request: O,
    scheme: SignatureScheme,
    method: Method,
    format: Format,
    credentials: Credentials,
) -> String {
    let recorder = Recorder::default();
    let config = Config::builder()
        .credentials(credentials)
        .signature(scheme)
        .method(method)
        .format(format)
        .clock(FixedClock(UNIX_EPOCH + Duration::from_secs(1_698_315_752)))
        .nonces(FixedNonce)
        .transport(recorder.clone())
        .build()
        .unwrap();
    Client::new(config).unwrap().send(request).await.map_err(|error| error.to_string()).unwrap();
    let requests = recorder.0.lock().unwrap();
    assert_eq!(requests.len(), 1);
    write(&requests[0])
}

/// Writes one line for each parameter, so that a change is easy to see.
fn write(request: &http::Request<Bytes>) -> String {
    let uri = request.uri();
    let apart = |parameters: &str| parameters.replace('&', "\n  &");
    let query = uri.query().map(|query| format!("\n  ?{}", apart(query))).unwrap_or_default();
    let mut text = format!(
        "{} {}://{}{}{query}\n",
        request.method(),
        uri.scheme_str().unwrap(),
        uri.authority().unwrap(),
        uri.path()
    );
    let mut headers: Vec<_> = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap()))
        .collect();
    headers.sort();
    text.extend(headers);
    let text = text.replace(concat!("acs-runtime/", env!("CARGO_PKG_VERSION")), "acs-runtime/[version]");
    let body = std::str::from_utf8(request.body()).unwrap();
    if body.is_empty() { text } else { format!("{text}\n  {}\n", apart(body)) }
}

macro_rules! on_the_wire {
    ($($name:ident: $scheme:ident, $method:ident, $format:ident, $credentials:ident;)*) => {$(
        #[tokio::test]
        async fn $name() {
            let text = on_the_wire(
                call(),
                SignatureScheme::$scheme,
                Method::$method,
                Format::$format,
                $credentials(),
            ).await;
            insta::assert_snapshot!(text);
        }
    )*};
}

on_the_wire! {
    acs3_post: Acs3, Post, Json, permanent;
    acs3_post_with_token: Acs3, Post, Json, temporary;
    acs3_get: Acs3, Get, Json, permanent;
    acs3_get_with_token: Acs3, Get, Json, temporary;
    acs3_asking_for_xml: Acs3, Post, Xml, permanent;
    v1_post: V1, Post, Json, permanent;
    v1_post_with_token: V1, Post, Json, temporary;
    v1_get: V1, Get, Json, permanent;
    v1_get_with_token: V1, Get, Json, temporary;
    v1_asking_for_xml: V1, Post, Xml, permanent;
}

/// Sends two parameters in the body, which are lists in JSON, and others in the query.
async fn with_a_body(scheme: SignatureScheme, method: Method) -> String {
    let request = ListRealtimeAgentStatesRequest::builder()
        .instance_id("ccc-test")
        .page_number(1)
        .page_size(10)
        .agent_id_list(["user-test@ccc-test", "a&b"])
        .call_type_list(["INBOUND"])
        .build();
    on_the_wire(request, scheme, method, Format::Json, permanent()).await
}

#[tokio::test]
async fn parameters_of_the_body_are_a_form_that_acs3_signs() {
    insta::assert_snapshot!(with_a_body(SignatureScheme::Acs3, Method::Post).await);
}

#[tokio::test]
async fn with_version_1_and_post_all_parameters_are_in_the_form() {
    insta::assert_snapshot!(with_a_body(SignatureScheme::V1, Method::Post).await);
}

#[tokio::test]
async fn with_get_parameters_of_the_body_are_in_the_query() {
    insta::assert_snapshot!(with_a_body(SignatureScheme::Acs3, Method::Get).await);
}

#[tokio::test]
async fn structures_that_are_sent_as_json_are_typed() {
    let case = CaseParameter::builder().phone_number("12000000001").reference_id("order-4711").build();
    let request =
        AddCasesRequest::builder().instance_id("ccc-test").campaign_id("c-1").case_list([case]).build();
    let text = on_the_wire(request, SignatureScheme::Acs3, Method::Post, Format::Json, permanent()).await;
    let json =
        "CaseList=%5B%7B%22PhoneNumber%22%3A%2212000000001%22%2C%22ReferenceId%22%3A%22order-4711%22%7D%5D";
    assert!(text.contains(json), "{text}");
}
