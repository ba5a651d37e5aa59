//! Tests of this crate's client with the endpoint: every scheme, method and format, and every documented error.

use std::time::{Duration, SystemTime};

use ccc_api::config::ConfigBuilder;
use ccc_api::custom::BoxFuture;
use ccc_api::error::OperationError;
use ccc_api::mock::{self, BEARER_TOKEN, BUSY_CALLEE, MockEndpoint, SECURITY_TOKEN, Typing};
use ccc_api::operation::add_schema_property::AddSchemaPropertyPropertyParameter;
use ccc_api::operation::make_call::MakeCallError;
use ccc_api::response::Format;
use ccc_api::sign::{FixedClock, NonceError, NonceSource};
use ccc_api::sign::{Method, SignatureScheme};
use ccc_api::transport::{Bytes, Transport, TransportError, http};
use ccc_api::{Client, Config, Credentials, Error};

const CALLEE: &str = "13188888888";

async fn endpoint() -> MockEndpoint {
    MockEndpoint::start().await.unwrap()
}

fn client(endpoint: &MockEndpoint, change: impl FnOnce(ConfigBuilder) -> ConfigBuilder) -> Client {
    Client::new(change(endpoint.config().to_builder()).build().unwrap()).unwrap()
}

/// Places a call. Returns its job, or its error.
async fn call(
    client: &Client,
    callee: &str,
    instance: &str,
    user: &str,
) -> Result<String, Error<MakeCallError>> {
    let call = client.make_call().callee(callee).device_id("dev 1").instance_id(instance).user_id(user);
    let answer = call.send().await?;
    let data = &answer.data.call_context;
    assert_eq!(data.channel_contexts[0].originator.as_deref(), Some(callee));
    assert_eq!(data.instance_id.as_deref(), Some(instance));
    assert_eq!(data.channel_contexts[0].user_id.as_deref(), Some(user));
    Ok(data.job_id.clone().unwrap_or_default())
}

async fn refusal(client: &Client, callee: &str, instance: &str, user: &str) -> MakeCallError {
    match call(client, callee, instance, user).await {
        Err(Error::Service(error)) => error,
        other => panic!("not refused by the service: {other:?}"),
    }
}

/// Places a call, and returns the code of its refusal.
async fn code(client: &Client) -> String {
    refusal(client, CALLEE, "ccc-test", "user-test@ccc-test").await.code().to_owned()
}

#[tokio::test]
async fn number_that_its_page_documents_as_text_is_sent_as_text_and_read_as_a_number() {
    let endpoint = endpoint().await;
    let client = client(&endpoint, |config| config);
    let answer = client.get_instance().instance_id(mock::INSTANCE).send().await.unwrap();
    let sent: serde_json::Value = serde_json::from_slice(answer.raw_body()).unwrap();
    assert_eq!(sent["Data"]["AliyunUid"], "1000000000000001");
    assert_eq!(answer.data.aliyun_uid, Some(1_000_000_000_000_001));
}

#[tokio::test]
async fn call_is_placed_by_every_scheme_method_and_format() {
    for typing in [Typing::AsDocumented, Typing::Proper] {
        let endpoint = MockEndpoint::builder().typing(typing).start().await.unwrap();
        for scheme in [SignatureScheme::Acs3, SignatureScheme::V1] {
            for method in [Method::Post, Method::Get] {
                for format in [Format::Json, Format::Xml] {
                    let client =
                        client(&endpoint, |config| config.signature(scheme).method(method).format(format));
                    let job = call(&client, "131 中+", "ccc-test", "user-test@ccc-test").await;
                    let job = job.unwrap_or_else(|error| panic!("{scheme:?} {method:?} {format:?}: {error}"));
                    assert!(job.starts_with("job-"), "{job}");
                    assert_eq!(endpoint.requests().last().unwrap().signature_scheme(), scheme);
                }
            }
        }
        assert_eq!(endpoint.request_count(), 8);
    }
}

#[tokio::test]
async fn documented_errors_arrive_with_their_arguments() {
    let endpoint = MockEndpoint::builder().with(mock::extensions(0)).start().await.unwrap();
    for format in [Format::Json, Format::Xml] {
        let client = client(&endpoint, |config| config.format(format));
        match refusal(&client, CALLEE, "ccc-test", "nobody").await {
            MakeCallError::NotExistsUserId { user, instance, service, .. } => {
                assert_eq!((user.as_deref(), instance.as_deref()), (Some("nobody"), Some("ccc-test")));
                assert_eq!(service.status(), 404);
            }
            other => panic!("{format:?}: {other:?}"),
        }
        match refusal(&client, CALLEE, "nowhere", "user-test@ccc-test").await {
            MakeCallError::NotExistsInstanceId { instance, .. } => {
                assert_eq!(instance.as_deref(), Some("nowhere"));
            }
            other => panic!("{format:?}: {other:?}"),
        }
        match refusal(&client, BUSY_CALLEE, "ccc-test", "user-test@ccc-test").await {
            MakeCallError::UserBusy { user, service, .. } => {
                assert_eq!((user.as_deref(), service.status()), (Some(BUSY_CALLEE), 400));
            }
            other => panic!("{format:?}: {other:?}"),
        }
        match refusal(&client, CALLEE, "ccc-test", "user-test@ccc-test").await {
            MakeCallError::NotExistsExtension { service, .. } => {
                let request_id = endpoint.requests().last().unwrap().request_id().to_owned();
                assert_eq!(service.request_id(), Some(request_id.as_str()));
            }
            other => panic!("{format:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn callee_of_a_refused_call_is_in_no_text_of_the_error() {
    let endpoint = endpoint().await;
    let client = client(&endpoint, |config| config);
    let error = refusal(&client, BUSY_CALLEE, "ccc-test", "user-test@ccc-test").await;
    let text = format!("{error} {error:?} {:?}", Error::Service(error.clone()));
    assert!(!text.contains(BUSY_CALLEE), "{text}");
}

#[tokio::test]
async fn temporary_credentials_are_accepted_by_both_schemes() {
    let endpoint = endpoint().await;
    for scheme in [SignatureScheme::Acs3, SignatureScheme::V1] {
        let temporary = |token| Credentials::new("testid", "testsecret").with_security_token(token);
        let accepted = client(&endpoint, |c| c.signature(scheme).credentials(temporary(SECURITY_TOKEN)));
        assert!(call(&accepted, CALLEE, "ccc-test", "user-test@ccc-test").await.is_ok());
        let refused = client(&endpoint, |c| c.signature(scheme).credentials(temporary("OTHER")));
        assert_eq!(code(&refused).await, "InvalidSecurityToken.Malformed");
    }
}

#[tokio::test]
async fn bearer_token_is_accepted_in_place_of_either_signature_by_both_methods() {
    let endpoint = MockEndpoint::builder().bearer_token("second+/=").start().await.unwrap();
    for scheme in [SignatureScheme::Acs3, SignatureScheme::V1] {
        for method in [Method::Post, Method::Get] {
            let bearer = |token| {
                let config = |c: ConfigBuilder| {
                    c.signature(scheme).method(method).credentials(Credentials::from_bearer_token(token))
                };
                client(&endpoint, config)
            };
            for token in [BEARER_TOKEN, "second+/="] {
                let placed = call(&bearer(token), CALLEE, "ccc-test", "user-test@ccc-test").await;
                assert!(placed.is_ok(), "{scheme:?} {method:?}: {placed:?}");
            }
            assert_eq!(code(&bearer("other")).await, "InvalidBearerToken");
        }
    }
    let parameters =
        endpoint.requests().iter().flat_map(|request| request.parameters().clone()).collect::<Vec<_>>();
    assert!(!parameters.iter().any(|(name, _)| name.contains("Bearer") || name.contains("Signature")));
}

#[tokio::test]
async fn wrong_credentials_are_refused() {
    let endpoint = endpoint().await;
    let secret = client(&endpoint, |config| config.credentials(Credentials::new("testid", "wrong")));
    assert_eq!(code(&secret).await, "SignatureDoesNotMatch");
    let id = client(&endpoint, |config| config.credentials(Credentials::new("nobody", "testsecret")));
    assert_eq!(code(&id).await, "InvalidAccessKeyId.NotFound");
}

#[tokio::test]
async fn error_for_a_wrong_secret_names_the_secret() {
    let endpoint = endpoint().await;
    for scheme in [SignatureScheme::Acs3, SignatureScheme::V1] {
        let wrong = Credentials::new("testid", "wrong").with_security_token(SECURITY_TOKEN);
        let client = client(&endpoint, |config| config.credentials(wrong).signature(scheme));
        let error = call(&client, CALLEE, "ccc-test", "user-test@ccc-test").await.unwrap_err();
        assert!(error.signature_mismatch().unwrap().is_the_same_text());
        let text = error.to_string();
        assert!(text.contains("the access key secret is not the one of the access key id"), "{text}");
        assert!(text.len() < 500 && !text.contains(CALLEE) && !text.contains(SECURITY_TOKEN), "{text}");
    }
}

/// Changes requests on their way.
#[derive(Debug)]
struct Meddling {
    through: std::sync::Arc<dyn Transport>,
    change: fn(&str) -> String,
}

impl Transport for Meddling {
    fn send(
        &self,
        request: http::Request<Bytes>,
        deadline: std::time::Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let (mut parts, body) = request.into_parts();
        parts.uri = (self.change)(&parts.uri.to_string()).parse().unwrap();
        let body = Bytes::from((self.change)(std::str::from_utf8(&body).unwrap()));
        parts.headers.insert("content-length", body.len().into());
        self.through.send(http::Request::from_parts(parts, body), deadline)
    }
}

#[tokio::test]
async fn error_for_a_request_that_was_changed_on_the_way_says_where() {
    let endpoint = endpoint().await;
    for scheme in [SignatureScheme::Acs3, SignatureScheme::V1] {
        let meddled = |change: fn(&str) -> String| {
            let through = Client::new(endpoint.config()).unwrap().transport();
            client(&endpoint, |config| config.signature(scheme).transport(Meddling { through, change }))
        };
        let device = meddled(|text| text.replace("DeviceId=dev%201", "DeviceId=dev%2B1"));
        let error = call(&device, CALLEE, "ccc-test", "user-test@ccc-test").await.unwrap_err();
        let mismatch = error.signature_mismatch().unwrap();
        assert_eq!(mismatch.place(), Some("the parameter `DeviceId`"));
        assert!(mismatch.to_string().contains("is \"dev 1\" here and \"dev+1\" there"), "{mismatch}");
        assert!(error.to_string().contains(&mismatch.to_string()), "{error}");

        let callee = meddled(|text| text.replace("13188888888", "1318888888"));
        let error = call(&callee, CALLEE, "ccc-test", "user-test@ccc-test").await.unwrap_err();
        assert_eq!(error.signature_mismatch().unwrap().place(), Some("the parameter `Callee`"));
        assert!(!format!("{error} {error:?}").contains("131888"), "{error}");
    }
}

#[tokio::test]
async fn client_with_a_wrong_clock_adopts_the_time_of_the_service_and_reports_it() {
    for scheme in [SignatureScheme::Acs3, SignatureScheme::V1] {
        let endpoint = endpoint().await;
        let slow = FixedClock(SystemTime::now() - Duration::from_secs(3 * 3600));
        let client = client(&endpoint, |config| config.clock(slow).signature(scheme));
        let place = || client.make_call().callee(CALLEE).device_id("d").instance_id("ccc-test").send();

        let first = place().await.unwrap();
        let skew = first.clock_skew().unwrap().to_string();
        assert!(skew.starts_with("this machine's clock is 10") && skew.contains("behind"), "{skew}");
        let met: Vec<_> = first.earlier_attempts().iter().map(|attempt| attempt.code()).collect();
        assert_eq!((first.attempts(), met), (2, vec![Some("InvalidTimeStamp.Expired")]));

        let second = place().await.unwrap();
        assert_eq!((second.attempts(), second.clock_skew()), (1, first.clock_skew()));
    }
}

#[tokio::test]
async fn client_without_retries_reports_a_wrong_clock_and_corrects_it_for_the_next_call() {
    let endpoint = endpoint().await;
    let fast = FixedClock(SystemTime::now() + Duration::from_secs(3600));
    let client = client(&endpoint, |config| config.clock(fast).max_attempts(1));
    let error = call(&client, CALLEE, "ccc-test", "user-test@ccc-test").await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some("InvalidTimeStamp.Expired"), 1));
    assert!(error.to_string().contains("s ahead of the service's"), "{error}");
    assert!(call(&client, CALLEE, "ccc-test", "user-test@ccc-test").await.is_ok());
}

#[tokio::test]
async fn clock_that_is_days_off_is_reported_and_not_adopted() {
    let endpoint = endpoint().await;
    let slow = FixedClock(SystemTime::now() - Duration::from_secs(3 * 86_400));
    let client = client(&endpoint, |config| config.clock(slow));
    for _ in 0..2 {
        let error = call(&client, CALLEE, "ccc-test", "user-test@ccc-test").await.unwrap_err();
        assert_eq!((error.code(), error.attempts()), (Some("InvalidTimeStamp.Expired"), 1));
        assert!(error.to_string().contains("behind the service's, set it right"), "{error}");
    }
}

#[tokio::test]
async fn repeated_nonce_is_refused() {
    #[derive(Debug)]
    struct Always;
    impl NonceSource for Always {
        fn nonce(&self) -> Result<String, NonceError> {
            Ok("3156853299f313e23d1673dc12e1703d".to_owned())
        }
    }
    let endpoint = endpoint().await;
    let client = client(&endpoint, |config| config.nonces(Always));
    assert!(call(&client, CALLEE, "ccc-test", "user-test@ccc-test").await.is_ok());
    assert_eq!(code(&client).await, "SignatureNonceUsed");
}

#[tokio::test]
async fn config_needs_nothing_but_the_endpoint() {
    let endpoint = endpoint().await;
    let config: Config = endpoint.config();
    let client = Client::new(config).unwrap();
    assert_eq!(client.endpoint().to_string(), endpoint.url());
}

#[tokio::test]
async fn empty_fields_of_the_sample_are_not_filled_in() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let client = client(&endpoint, |config| config);
    let poll = client.poll_user_status().instance_id("ccc-test").user_id("user-test@ccc-test");
    let channels = poll.send().await.unwrap().into_inner().data.call_context.channel_contexts;
    let users: Vec<&str> = channels.iter().filter_map(|channel| channel.user_id.as_deref()).collect();
    assert_eq!(users, ["user-test@ccc-test", ""], "the customer is no user");
}

#[tokio::test]
async fn filters_do_not_become_values_of_listed_items() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let client = client(&endpoint, |config| config);
    let records = client.list_call_detail_records().instance_id("ccc-test").page_number(1).page_size(10);
    let records = records.start_time(7_i64).send().await.unwrap().into_inner().data.list;
    assert_eq!(records.first().and_then(|record| record.start_time), Some(1_609_225_718_294));
}

#[tokio::test]
async fn parameters_in_json_are_understood() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let client = client(&endpoint, |config| config);
    let tags = client.create_call_tags().instance_id("ccc-test").call_tag_name_list(["VIP"]);
    tags.send().await.unwrap();
    let property = AddSchemaPropertyPropertyParameter::builder().data_type("string").name("email").build();
    let schema = client.add_schema_property().instance_id("ccc-test").schema_id("schema-test");
    schema.property(property).send().await.unwrap();
}
