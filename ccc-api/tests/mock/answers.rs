//! Tests of the response to a placed call, and of what the endpoint records of it.

use ccc_api::mock::{self, MockEndpoint, Typing};
use ccc_api::sign::SignatureScheme;
use serde_json::{Value, json};

use crate::wire::{Acs3, Answer, V1, call_with, endpoint, exchange};

async fn place(endpoint: &MockEndpoint) -> Answer {
    exchange(endpoint.address(), &Acs3::call().bytes()).await
}

/// Returns the response, with placeholders for what differs from call to call.
fn stable(answer: &Answer) -> String {
    let body = answer.json();
    let job = body["Data"]["CallContext"]["JobId"].as_str().unwrap().to_owned();
    let request = body["RequestId"].as_str().unwrap().to_owned();
    let text = serde_json::to_string_pretty(&body).unwrap();
    text.replace(&job, "[job]").replace(&request, "[request id]")
}

#[tokio::test]
async fn answer_tells_of_the_request_in_the_shape_of_the_sample() {
    let endpoint = endpoint()
        .with(mock::instance("other"))
        .with(mock::user("agent@other"))
        .typing(Typing::AsDocumented)
        .start()
        .await
        .unwrap();
    let parameters = call_with(&[
        ("Callee", Some("02112345678")),
        ("InstanceId", Some("other")),
        ("UserId", Some("agent@other")),
        ("DeviceId", Some("dev 7")),
    ]);
    let answer = exchange(endpoint.address(), &Acs3::new(parameters).bytes()).await;
    insta::assert_snapshot!(stable(&answer));
}

#[tokio::test]
async fn values_are_of_the_documented_types_by_default() {
    let endpoint = endpoint().start().await.unwrap();
    insta::assert_snapshot!(stable(&place(&endpoint).await));
}

#[tokio::test]
async fn job_is_the_same_throughout_a_response_and_differs_in_the_next() {
    let endpoint = endpoint().start().await.unwrap();
    let jobs = |body: Value| {
        let call = &body["Data"]["CallContext"];
        let all =
            [&call["JobId"], &call["ChannelContexts"][0]["JobId"], &body["Data"]["UserContext"]["JobId"]];
        all.map(|job| job.as_str().unwrap().to_owned())
    };
    let [one, same, again] = jobs(place(&endpoint).await.json());
    assert_eq!((&same, &again), (&one, &one));
    let [other, ..] = jobs(place(&endpoint).await.json());
    assert_ne!(one, other);
}

#[tokio::test]
async fn request_id_is_in_header_body_and_record() {
    let endpoint = endpoint().start().await.unwrap();
    for bytes in [Acs3::call().bytes(), V1::call().with("Callee", None).bytes()] {
        let answer = exchange(endpoint.address(), &bytes).await;
        let id = answer.json()["RequestId"].as_str().unwrap().to_owned();
        assert_eq!(answer.header("x-acs-request-id"), Some(id.to_ascii_lowercase().as_str()));
        assert_eq!(endpoint.requests().last().unwrap().request_id(), id);
    }
}

#[tokio::test]
async fn date_is_the_endpoints_own() {
    let answer = place(&endpoint().start().await.unwrap()).await;
    assert_eq!(answer.header("date"), Some("thu, 26 oct 2023 10:22:32 gmt"));
}

#[tokio::test]
async fn each_scheme_has_its_default_format() {
    let endpoint = endpoint().start().await.unwrap();
    let json = |answer: &Answer| answer.header("content-type") == Some("application/json;charset=utf-8");
    assert!(json(&exchange(endpoint.address(), &Acs3::call().bytes()).await));
    assert!(!json(&exchange(endpoint.address(), &V1::call().with("Format", None).bytes()).await));
    let accepting = V1 { accept: "application/json", ..V1::call().with("Format", None) };
    assert!(json(&exchange(endpoint.address(), &accepting.bytes()).await));
    let xml = Acs3::new(call_with(&[("Format", Some("XML"))]));
    assert!(!json(&exchange(endpoint.address(), &xml.bytes()).await));
}

#[tokio::test]
async fn root_element_of_xml_is_named_after_the_operation() {
    let endpoint = endpoint().start().await.unwrap();
    let answer = exchange(endpoint.address(), &V1::call().with("Format", Some("XML")).bytes()).await;
    let job = endpoint.requests()[0].request_id().to_owned();
    assert!(answer.body.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?><MakeCallResponse>"));
    assert!(answer.body.contains("-&gt;80011474:1698315752000:job-"), "{answer:?}");
    assert!(answer.body.contains(&format!("<RequestId>{job}</RequestId>")));
}

#[tokio::test]
async fn requests_are_recorded_without_credentials() {
    let endpoint = endpoint().start().await.unwrap();
    exchange(endpoint.address(), &V1::call().with("SecurityToken", Some("STSTOKEN")).bytes()).await;
    exchange(endpoint.address(), &Acs3 { secret: "wrong", ..Acs3::call() }.bytes()).await;
    let requests = endpoint.requests();
    let [first, second] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!((first.action(), first.version(), first.method()), ("MakeCall", "2020-07-01", "POST"));
    assert_eq!(
        (first.signature_scheme(), second.signature_scheme()),
        (SignatureScheme::V1, SignatureScheme::Acs3)
    );
    assert_eq!((first.status(), first.error_code()), (200, None));
    assert_eq!((second.status(), second.error_code()), (400, Some("SignatureDoesNotMatch")));
    assert_eq!(first.parameter("Callee"), Some("13188888888"));
    let names: Vec<_> = first.parameters().keys().collect();
    assert_eq!(json!(names), json!(["Callee", "DeviceId", "InstanceId", "UserId"]));
    assert!(!format!("{requests:?}").contains("1318888"));
    assert_eq!(endpoint.request_count(), 2);
}

#[tokio::test]
async fn requests_can_be_waited_for() {
    let endpoint = endpoint().start().await.unwrap();
    let address = endpoint.address();
    let calls = [(); 2].map(|()| tokio::spawn(async move { exchange(address, &Acs3::call().bytes()).await }));
    assert_eq!(endpoint.wait_for_requests(2).await.len(), 2);
    for call in calls {
        assert_eq!(call.await.unwrap().status, 200);
    }
}
