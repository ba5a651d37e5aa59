//! Tests of `ccc check`: one read reports endpoint, credentials, permission and clock.

use std::time::{Duration, SystemTime};

use ccc_api::mock::{CannedRefusal, Fault, MockEndpoint};
use ccc_api::sign::Clock;
use serde_json::json;

use crate::support::Ccc;

const CHECK: &str = "check --instance ccc-test";

/// Starts an endpoint whose clock is ahead of this machine's.
async fn ahead(by: Duration) -> MockEndpoint {
    #[derive(Debug)]
    struct Ahead(Duration);
    impl Clock for Ahead {
        fn now(&self) -> SystemTime {
            SystemTime::now() + self.0
        }
    }
    MockEndpoint::builder().clock(Ahead(by)).start().await.unwrap()
}

#[tokio::test]
async fn one_read_tells_everything() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::at(&endpoint).run(&format!("{CHECK} --output table")).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(0), 1), "{ended:?}");
    let request = &endpoint.requests()[0];
    assert_eq!(request.action(), "GetInstance");
    for part in [
        "Region       none, the endpoint is given",
        &endpoint.url(),
        "Credentials  environment",
        "Access key   te…",
        "allowed: GetInstance of ccc-test",
        request.request_id(),
    ] {
        assert!(ended.out.contains(part), "{part}: {}", ended.out);
    }
}

#[tokio::test]
async fn report_in_json_has_the_same() {
    let endpoint = ahead(Duration::from_secs(300)).await;
    let mut report = Ccc::at(&endpoint).run(CHECK).await.json();
    let offset = report["ClockOffsetSeconds"].take().as_i64().unwrap();
    assert!((298..=301).contains(&offset), "{offset}");
    assert_eq!(
        report,
        json!({
            "Region": null,
            "Endpoint": endpoint.url(),
            "CredentialsSource": "environment",
            "AccessKeyId": "te…",
            "InstanceId": "ccc-test",
            "Permission": "allowed",
            "ClockOffsetSeconds": null,
            "RequestId": endpoint.requests()[0].request_id(),
            "Code": null,
        })
    );
}

#[tokio::test]
async fn clock_that_is_a_little_off_is_a_warning() {
    let endpoint = ahead(Duration::from_secs(300)).await;
    let ended = Ccc::at(&endpoint).run(CHECK).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.err.contains("behind the service's") && ended.err.contains("15 minutes"), "{ended:?}");
}

#[tokio::test]
async fn clock_that_is_far_off_is_refused_and_measured_by_one_request() {
    let endpoint = ahead(Duration::from_secs(3600)).await;
    let ended = Ccc::at(&endpoint).run(CHECK).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(1), 1), "{ended:?}");
    let offset = ended.json()["ClockOffsetSeconds"].as_i64().unwrap();
    assert!((3598..=3601).contains(&offset), "{offset}");
    assert!(ended.err.contains("InvalidTimeStamp.Expired"), "{ended:?}");
}

#[tokio::test]
async fn missing_permission_names_the_action_to_allow() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.respond("GetInstance", CannedRefusal::new("NoPermission").status(403), 1).unwrap();
    let ended = Ccc::at(&endpoint).run(CHECK).await;
    assert_eq!((ended.code, &ended.json()["Permission"]), (Some(1), &json!("denied")), "{ended:?}");
    assert!(ended.err.contains("ccc:GetInstance"), "{ended:?}");
}

#[tokio::test]
async fn instance_that_is_not_there_is_told_from_a_missing_permission() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::at(&endpoint).run("check --instance gone").await;
    let report = ended.json();
    assert_eq!((ended.code, &report["Code"]), (Some(1), &json!("NotExists.InstanceId")), "{ended:?}");
    assert_eq!(report["Permission"], "allowed");
    assert!(ended.err.contains("check the id, the region"), "{ended:?}");
}

#[tokio::test]
async fn wrong_key_is_told() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::at(&endpoint).access_key("someone", "else").run(CHECK).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(1), 1), "{ended:?}");
    assert!(ended.err.contains("InvalidAccessKeyId.NotFound"), "{ended:?}");
}

#[tokio::test]
async fn profile_is_named_as_the_source() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let profiles = r#"{"current": "day", "profiles": [
        {"name": "day", "mode": "AK", "access_key_id": "testid", "access_key_secret": "testsecret"}]}"#;
    let ccc = Ccc::bare().endpoint(endpoint.url()).profiles(profiles);
    let report = ccc.run(CHECK).await.json();
    let source = report["CredentialsSource"].as_str().unwrap();
    assert!(source.starts_with("CLI profile: profile `day` of "), "{source}");
}

#[tokio::test]
async fn missing_credentials_are_3_and_the_report_still_says_where() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::bare().endpoint(endpoint.url()).run(CHECK).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(3), 0), "{ended:?}");
    assert_eq!(ended.json()["Endpoint"], endpoint.url());
}

#[tokio::test]
async fn region_names_the_host() {
    // Without credentials, nothing is sent to it.
    for (option, region) in [("", "cn-shanghai"), (" --region cn-hangzhou", "cn-hangzhou")] {
        let report = Ccc::bare().run(&format!("{CHECK}{option}")).await.json();
        assert_eq!(report["Region"], region);
        assert_eq!(report["Endpoint"], format!("https://ccc.{region}.aliyuncs.com"));
    }
}

#[tokio::test]
async fn read_is_not_repeated() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.inject(Fault::LoseResponse, 1);
    let ended = Ccc::at(&endpoint).run(CHECK).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(3), 1), "{ended:?}");
}

#[tokio::test]
async fn forbidden_key_is_told_from_a_missing_permission() {
    let endpoint = MockEndpoint::start().await.unwrap();
    for code in [
        "InvalidAccessKeyId.Inactive",
        "InvalidSecurityToken.Expired",
        "SignatureDoesNotMatch",
        "IncompleteSignature",
    ] {
        endpoint.respond("GetInstance", CannedRefusal::new(code).status(403), 1).unwrap();
        let ended = Ccc::at(&endpoint).run(CHECK).await;
        assert_eq!((ended.code, &ended.json()["Permission"]), (Some(1), &json!("unknown")), "{ended:?}");
        assert!(!ended.err.contains("ccc:GetInstance"), "{ended:?}");
    }
}

#[tokio::test]
async fn forbidden_page_of_a_proxy_says_nothing_about_permission() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.inject(Fault::Status(ccc_api::transport::http::StatusCode::FORBIDDEN), 1);
    let ended = Ccc::at(&endpoint).run(CHECK).await;
    assert_eq!(ended.json()["Permission"], json!("unknown"), "{ended:?}");
    assert!(!ended.err.contains("ccc:GetInstance"), "{ended:?}");
}
