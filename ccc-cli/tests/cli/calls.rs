//! Tests of calls: their exit codes, and that a phone rings only once.

use ccc_api::mock::world::{Behaviour, CallCentre};
use ccc_api::mock::{BUSY_CALLEE, Fault, MockEndpoint};

use crate::support::Ccc;

const CALL: &str = "call --instance ccc-test --device d-1 --user user-test@ccc-test --callee 12000000001";
const READ: &str = "GetInstance --InstanceId ccc-test";

#[tokio::test]
async fn call_is_placed_with_the_parameters_of_the_command_line() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::at(&endpoint).run(&format!("{CALL} --caller 0109898989 --ring-for 45")).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.json()["Data"]["CallContext"]["JobId"].is_string(), "{ended:?}");
    let request = &endpoint.requests()[0];
    let sent = ["Callee", "Caller", "DeviceId", "InstanceId", "TimeoutSeconds", "UserId"];
    let sent = sent.map(|name| request.parameter(name).unwrap());
    assert_eq!(sent, ["12000000001", "0109898989", "d-1", "ccc-test", "45", "user-test@ccc-test"]);
}

#[tokio::test]
async fn working_day_goes_by_commands_alone() {
    let world = CallCentre::builder().behaviour_of("12000000001", Behaviour::Waits).build();
    let endpoint = MockEndpoint::builder().world(world).start().await.unwrap();
    let ccc = Ccc::at(&endpoint);
    let agent = "--InstanceId ccc-test --UserId user-test@ccc-test --DeviceId d-1";
    let groups = r#"--SignedSkillGroupIdList=["skill-group@ccc-test"]"#;
    for line in [format!("SignInGroup {agent} {groups}"), format!("ReadyForService {agent}"), CALL.to_owned()]
    {
        let ended = ccc.run(&line).await;
        assert_eq!(ended.code, Some(0), "{line}: {ended:?}");
    }
    let polled = ccc.run("PollUserStatus --InstanceId ccc-test --UserId user-test@ccc-test").await;
    assert!(polled.out.contains("12000000001"), "{polled:?}");
}

#[tokio::test]
async fn refusal_is_1_with_its_code() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let line = CALL.replace("12000000001", BUSY_CALLEE);
    let ended = Ccc::at(&endpoint).run(&line).await;
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""), "{ended:?}");
    assert!(ended.err.contains("UserBusy"), "{ended:?}");
    assert!(!ended.err.contains(BUSY_CALLEE), "{ended:?}");
}

#[tokio::test]
async fn wrong_secret_is_a_refusal_that_explains_itself() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::at(&endpoint).access_key("testid", "wrong").run(READ).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.err.contains("SignatureDoesNotMatch") && ended.err.contains("secret"), "{ended:?}");
}

#[tokio::test]
async fn lost_response_to_a_call_is_4_after_one_request_and_says_how_to_find_out() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.inject(Fault::LoseResponse, 1);
    let ended = Ccc::at(&endpoint).run(CALL).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(4), 1), "{ended:?}");
    let advice = "ccc PollUserStatus --InstanceId=ccc-test --UserId=user-test@ccc-test";
    assert!(ended.err.contains("may be ringing") && ended.err.contains(advice), "{ended:?}");
}

#[tokio::test]
async fn advice_after_a_lost_response_leads_to_the_same_account_and_can_be_run() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.inject(Fault::LoseResponse, 1);
    let profiles = r#"{"current": "", "profiles": [
        {"name": "night shift", "mode": "AK", "access_key_id": "testid", "access_key_secret": "testsecret"}]}"#;
    let ccc = Ccc::bare().endpoint(endpoint.url()).profiles(profiles);
    let words: Vec<&str> =
        CALL.split(' ').chain(["--profile", "night shift", "--region=cn-shanghai"]).collect();
    let ended = ccc.run_words(&words).await;
    let place = format!(" --profile='night shift' --region=cn-shanghai --endpoint={}", endpoint.url());
    let advice: Vec<&str> = ended.err.lines().filter_map(|line| line.strip_prefix("  ccc ")).collect();
    assert_eq!((ended.code, advice.len()), (Some(4), 2), "{ended:?}");
    for line in advice {
        let command = line.strip_suffix(place.as_str()).unwrap_or_else(|| panic!("{line}"));
        let words: Vec<&str> = command.split(' ').chain(["--profile", "night shift"]).collect();
        let ended = ccc.run_words(&words).await;
        assert_eq!(ended.code, Some(0), "{command}: {ended:?}");
    }
}

#[tokio::test]
async fn lost_response_to_whatever_rings_says_so() {
    for (line, advice) in [
        (
            "BlindTransfer --InstanceId i --JobId j --Transferee 12000000001 --UserId u",
            "ccc PollUserStatus --InstanceId=i --UserId=u",
        ),
        ("ResumeCampaign --InstanceId i --CampaignId c", "ccc GetCampaign --InstanceId=i --CampaignId=c"),
        (
            "StartBack2BackCall --InstanceId i --Broker 1 --Callee 2 --Caller 3",
            "ccc ListCallDetailRecords --InstanceId=i",
        ),
    ] {
        let endpoint = MockEndpoint::start().await.unwrap();
        endpoint.inject(Fault::Close, u64::MAX);
        let ended = Ccc::at(&endpoint).run(line).await;
        assert_eq!((ended.code, endpoint.request_count()), (Some(4), 1), "{ended:?}");
        assert!(ended.err.contains("may be ringing") && ended.err.contains(advice), "{ended:?}");
    }
}

#[tokio::test]
async fn time_that_runs_out_on_a_call_is_4() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.inject(Fault::Delay(std::time::Duration::from_secs(30)), 1);
    let ended = Ccc::at(&endpoint).run(&format!("{CALL} --timeout 1")).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(4), 1), "{ended:?}");
}

#[tokio::test]
async fn unreadable_response_to_a_call_is_4() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.inject(Fault::Nonsense, 1);
    let ended = Ccc::at(&endpoint).run(CALL).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(4), 1), "{ended:?}");
}

#[tokio::test]
async fn read_is_sent_again_after_a_lost_response() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.inject(Fault::LoseResponse, 1);
    let ended = Ccc::at(&endpoint).run(READ).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(0), 2), "{ended:?}");
}

#[tokio::test]
async fn read_that_gets_no_response_is_3() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.inject(Fault::Close, u64::MAX);
    let ended = Ccc::at(&endpoint).run(READ).await;
    assert_eq!(ended.code, Some(3), "{ended:?}");
}

#[tokio::test]
async fn call_that_is_throttled_to_the_end_is_3() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.inject(Fault::Throttle, u64::MAX);
    let ended = Ccc::at(&endpoint).run(CALL).await;
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.err.contains("Throttling.User"), "{ended:?}");
}

#[tokio::test]
async fn dead_port_is_3() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let ccc = Ccc::bare().endpoint(format!("http://127.0.0.1:{port}")).access_key("testid", "testsecret");
    let ended = ccc.run(CALL).await;
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.err.contains("no connection"), "{ended:?}");
}

#[tokio::test]
async fn missing_credentials_are_3_and_nothing_is_sent() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::bare().endpoint(endpoint.url()).run(CALL).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(3), 0), "{ended:?}");
    assert!(ended.err.contains("ALIBABA_CLOUD_ACCESS_KEY_ID"), "{ended:?}");
}

#[tokio::test]
async fn profile_of_the_command_line_signs_before_the_environment() {
    let endpoint = MockEndpoint::builder().access_key("night-id", "night-secret").start().await.unwrap();
    let profiles = r#"{"current": "day", "profiles": [
        {"name": "day", "mode": "AK", "access_key_id": "day-id", "access_key_secret": "day-secret"},
        {"name": "night", "mode": "AK", "access_key_id": "night-id", "access_key_secret": "night-secret"}]}"#;
    // The key of the environment would be refused.
    let ccc = Ccc::at(&endpoint).access_key("stranger", "stranger").profiles(profiles);
    let ended = ccc.run(&format!("{READ} --profile night")).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(0), 1), "{ended:?}");
}
