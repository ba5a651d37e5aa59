//! Parameters are checked before anything is sent.

use ccc_api::mock::MockEndpoint;

use crate::support::{Ccc, Ended};

/// Runs a command that must not send anything.
async fn refused(line: &str) -> Ended {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::at(&endpoint).run(line).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(2), 0), "{ended:?}");
    ended
}

#[tokio::test]
async fn all_problems_are_told_at_once() {
    let line = "MakeCall --InstanceId ccc-test --TimeoutSeconds 5 --MediaType SMELL --Calee 12000000001 --Caller 1 --Caller 2";
    let ended = refused(line).await;
    for problem in [
        "Callee is missing; write for example --Callee",
        "DeviceId is missing",
        "TimeoutSeconds must be at least 30",
        "MediaType is none of the documented values: AUDIO, VIDEO, CHAT, ALL",
        "no parameter Calee (nearest: Callee",
        "Caller is given twice",
    ] {
        assert!(ended.err.contains(problem), "{problem}: {}", ended.err);
    }
    assert!(!ended.err.contains("12000000001"), "{}", ended.err);
}

#[tokio::test]
async fn list_that_is_no_json_is_refused() {
    let line = "AddCases --InstanceId ccc-test --CampaignId c --CaseList case-1";
    assert!(refused(line).await.err.contains("CaseList has the wrong format: It must be JSON"));
}

#[tokio::test]
async fn unknown_operation_is_refused_with_the_nearest_names() {
    assert!(refused("ListUser --InstanceId ccc-test").await.err.contains("(nearest: ListUsers"));
}

#[tokio::test]
async fn option_of_the_program_that_is_wrong_is_refused() {
    refused("GetInstance --InstanceId ccc-test --output xml").await;
    refused("GetInstance --InstanceId ccc-test --timeout 0").await;
    refused("GetInstance --InstanceId ccc-test --region not/a/region").await;
}

#[tokio::test]
async fn word_that_belongs_to_nothing_is_refused() {
    let ended = refused("GetInstance --InstanceId ccc-test 13188888888").await;
    assert!(
        ended.err.contains("word 3 after the operation is neither an option nor a parameter"),
        "{ended:?}"
    );
}

#[tokio::test]
async fn call_without_its_callee_is_refused() {
    refused("call --instance ccc-test --device d").await;
}

#[tokio::test]
async fn unchecked_sends_what_is_newer_and_warns() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::at(&endpoint).run("GetInstance --InstanceId ccc-test --Newer x --unchecked").await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(endpoint.requests()[0].parameter("Newer"), Some("x"));
    assert!(ended.err.contains("warning: the operation has no parameter Newer"), "{ended:?}");
}

#[tokio::test]
async fn unchecked_sends_an_operation_that_is_newer() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::at(&endpoint).run("RingAround --Bell 1 --unchecked").await;
    assert_eq!((ended.code, endpoint.requests()[0].action()), (Some(1), "RingAround"), "{ended:?}");
    assert!(ended.err.contains("InvalidAction.NotFound"), "{ended:?}");
}

#[tokio::test]
async fn names_may_be_written_with_dashes() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended =
        Ccc::at(&endpoint).run("list-users --instance-id ccc-test --page-number 1 --page-size=5").await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let requests = endpoint.requests_of("ListUsers");
    assert_eq!(requests[0].parameter("PageSize"), Some("5"));
}

#[tokio::test]
async fn options_may_stand_before_the_operation() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::at(&endpoint).run("--timeout 5 --output json GetInstance --InstanceId ccc-test").await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(0), 1), "{ended:?}");
}

#[tokio::test]
async fn parameter_of_the_body_travels_in_the_body() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let operation = ccc_api::description::operations()
        .iter()
        .find(|operation| operation.parameters.iter().any(|field| field.body && field.required));
    let operation = operation.unwrap();
    let mut words = vec![operation.action.to_owned()];
    for field in operation.parameters.iter().filter(|field| field.required) {
        words.push(format!("--{}={}", field.name, field.sample.unwrap()));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).chain(["--dry-run"]).collect();
    let shown = Ccc::at(&endpoint).run_words(&words).await.json();
    let field = operation.parameters.iter().find(|field| field.body && field.required).unwrap();
    assert!(shown["Body"].as_str().unwrap().contains(&format!("{}=", field.name)), "{shown}");
}

#[tokio::test]
async fn phone_number_in_the_wrong_place_is_not_repeated() {
    for line in [
        "MakeCall --InstanceId x 13188888888",
        "13188888888",
        "13188888888 --unchecked stray",
        "--13188888888 MakeCall",
        "call 13188888888",
        "call -13188888888",
        "GetInstance --InstanceId x --output 13188888888",
        "GetInstance --InstanceId x --output=-13188888888",
        "GetInstance --InstanceId x --timeout 13188888888",
        "GetInstance --InstanceId x --13188888888 y",
        "GetInstance --InstanceId x --13188888888",
        "check 13188888888",
        "help 13188888888",
        "help +13188888888",
        "operations 13188888888",
        "operations --13188888888",
        "help -13188888888",
    ] {
        let ended = Ccc::bare().run(line).await;
        assert_eq!(ended.code, Some(2), "{line}: {ended:?}");
        assert!(!ended.err.contains("3188888888"), "{line}: {ended:?}");
    }
}

#[tokio::test]
async fn wrong_option_and_operation_are_named() {
    assert!(refused("call --calee 1").await.err.contains("--calee"));
    assert!(refused("GetInstance --InstanceId x --output xml").await.err.contains("--output <FORM>"));
    assert!(refused("GetInstanse --InstanceId x").await.err.contains("no operation GetInstanse"));
}
