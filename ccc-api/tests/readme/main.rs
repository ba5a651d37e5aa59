//! Tests of the README's examples: it contains them word for word, and they run as programs.
#![cfg(all(feature = "tls", feature = "mock", feature = "desk", target_os = "linux"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod service;

use std::path::Path;
use std::process::Output;
use std::time::Duration;

use tokio::process::Command;

use ccc_api::mock::world::{Behaviour, CallCentre};
use ccc_api::mock::{
    self, ACCESS_KEY_ID, ACCESS_KEY_SECRET, Fault, MockEndpoint, ReceivedRequest, SECURITY_TOKEN,
};
use service::Service;

/// The examples, in the README's order.
const EXAMPLES: [&str; 9] = [
    "place_a_call",
    "handle_a_busy_user",
    "look_before_calling_again",
    "list_agents",
    "agents_desk",
    "choose_credentials",
    "observe",
    "keep_a_call",
    "local_endpoint",
];

fn key() -> [(&'static str, String); 2] {
    [
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", ACCESS_KEY_ID.to_owned()),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", ACCESS_KEY_SECRET.to_owned()),
    ]
}

/// Runs an example that was built beside this test.
async fn run(example: &str, service: &Service, more: impl IntoIterator<Item = (&str, String)>) -> Output {
    let test = std::env::current_exe().unwrap();
    let program = test.ancestors().nth(2).unwrap().join("examples").join(example);
    assert!(
        program.exists(),
        "{example} is not built; `cargo test` without `--test` does it, or `cargo build --examples --all-features`"
    );
    Command::new(program)
        .env_clear()
        .envs(service.environment())
        .envs(more)
        .kill_on_drop(true)
        .output()
        .await
        .unwrap()
}

fn printed(output: Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn the_first_example_places_a_call() {
    let service = Service::start(MockEndpoint::builder()).await;
    let printed = printed(run("place_a_call", &service, key()).await);
    assert!(printed.starts_with("placed: job job-"), "{printed}");
    assert_eq!(service.endpoint.request_count(), 1);
}

#[tokio::test]
async fn a_busy_user_is_reported() {
    let service = Service::start(MockEndpoint::builder().with(mock::busy("13188888888"))).await;
    assert_eq!(printed(run("handle_a_busy_user", &service, key()).await), "busy: try again in a minute\n");
}

#[tokio::test]
async fn a_call_that_is_refused_for_another_reason_is_not_placed() {
    let service = Service::start(MockEndpoint::builder().with(mock::extensions(0))).await;
    let printed = printed(run("handle_a_busy_user", &service, key()).await);
    assert!(printed.starts_with("not placed, after 1 attempts: NotExists.Extension"), "{printed}");
}

#[tokio::test]
async fn after_a_lost_response_the_example_looks_for_the_call() {
    let service = Service::start(MockEndpoint::builder()).await;
    service.endpoint.inject(Fault::LoseResponse, 1);
    let printed = printed(run("look_before_calling_again", &service, key()).await);
    assert_eq!(printed, "it was placed: do not call again\n");
    let requests = service.endpoint.requests();
    let actions: Vec<&str> = requests.iter().map(ReceivedRequest::action).collect();
    assert_eq!(actions, ["MakeCall", "PollUserStatus", "ListCallDetailRecords"]);
}

#[tokio::test]
async fn agents_are_listed() {
    let service = Service::start(MockEndpoint::builder()).await;
    let printed = printed(run("list_agents", &service, key()).await);
    assert_eq!(printed, "user-test@ccc-test: Test Agent\n");
}

#[tokio::test]
async fn a_call_from_the_desk_is_answered_and_ended() {
    let soon = Duration::from_millis(10);
    let centre = CallCentre::builder().dialing(soon).behaviour(Behaviour::Answers { after: soon }).build();
    let service = Service::start(MockEndpoint::builder().world(centre)).await;
    let printed = printed(run("agents_desk", &service, key()).await);
    assert!(printed.starts_with("answered: job-"), "{printed}");
    assert_eq!(service.endpoint.requests_of("ReleaseCall").len(), 1);
}

#[tokio::test]
async fn the_chosen_profile_signs_whatever_other_credentials_there_are() {
    let service = Service::start(MockEndpoint::builder().temporary_access_key(
        "STS.night",
        "night-secret",
        SECURITY_TOKEN,
    ))
    .await;
    let profiles = format!(
        r#"{{"current": "day-shift", "profiles": [
            {{"name": "day-shift", "mode": "AK", "access_key_id": "day", "access_key_secret": "day-secret"}},
            {{"name": "night-shift", "mode": "StsToken", "access_key_id": "STS.night",
              "access_key_secret": "night-secret", "sts_token": "{SECURITY_TOKEN}"}}]}}"#
    );
    let folder = service.home.path().join(".aliyun");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("config.json"), profiles).unwrap();
    let elsewhere = [
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "day".to_owned()),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "day-secret".to_owned()),
    ];
    assert_eq!(printed(run("choose_credentials", &service, elsewhere).await), "placed as night-shift\n");
}

#[tokio::test]
async fn an_observer_sees_the_attempt() {
    let service = Service::start(MockEndpoint::builder()).await;
    let printed = printed(run("observe", &service, key()).await);
    assert!(printed.starts_with("MakeCall, attempt 1: HTTP Some(200) in "), "{printed}");
}

#[tokio::test]
async fn a_call_goes_on_when_the_browser_leaves() {
    let service = Service::start(MockEndpoint::builder()).await;
    let printed = printed(run("keep_a_call", &service, key()).await);
    assert!(printed.starts_with("the browser left, and the call was placed: job Some(\"job-"), "{printed}");
    assert_eq!(service.endpoint.request_count(), 1);
}

#[tokio::test]
async fn the_endpoint_can_be_named_by_the_environment() {
    let service = Service::start(MockEndpoint::builder()).await;
    let elsewhere = MockEndpoint::start().await.unwrap();
    let variable = [("ALIBABA_CLOUD_CCC_ENDPOINT", elsewhere.url())];
    let printed = printed(run("place_a_call", &service, key().into_iter().chain(variable)).await);
    assert!(printed.starts_with("placed: job job-"), "{printed}");
    assert_eq!((service.endpoint.request_count(), elsewhere.request_count()), (0, 1));
}

#[tokio::test]
async fn the_local_endpoint_needs_nothing_of_the_environment() {
    let service = Service::start(MockEndpoint::builder()).await;
    assert_eq!(printed(run("local_endpoint", &service, []).await), "");
    assert_eq!(service.endpoint.request_count(), 0);
}

#[test]
fn the_readme_contains_the_examples_word_for_word() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(package.join("../README.md")).unwrap();
    let shown: Vec<&str> =
        readme.split("```rust\n").skip(1).map(|rest| rest.split_once("```").unwrap().0).collect();
    let examples = EXAMPLES.map(|name| {
        let file = std::fs::read_to_string(package.join(format!("examples/{name}.rs"))).unwrap();
        // The comment and attributes before the code are left out.
        file.split_once("\n\n").unwrap().1.to_owned()
    });
    assert_eq!(shown, examples);
}
