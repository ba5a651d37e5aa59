//! Tests of results on standard output: JSON as the service sent it, and tables.

use std::io::Read as _;
use std::process::Stdio;

use ccc_api::mock::MockEndpoint;
use serde_json::json;

use crate::support::Ccc;

const LIST: &str = "ListUsers --InstanceId ccc-test --PageNumber 1 --PageSize 10";

#[tokio::test]
async fn json_is_the_response_to_the_byte() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.respond("GetUser", json!({"Zeta": 1, "Data": {"DisplayName": "座席"}}), 1).unwrap();
    let ended = Ccc::at(&endpoint).run("GetUser --InstanceId ccc-test --UserId user-test@ccc-test").await;
    let sent = ended.json();
    assert_eq!((&sent["Zeta"], &sent["Data"]["DisplayName"]), (&json!(1), &json!("座席")), "{ended:?}");
    assert!(sent["RequestId"].is_string(), "{ended:?}");
}

#[tokio::test]
async fn list_is_a_table() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::at(&endpoint).run(&format!("{LIST} --output table")).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let header = ended.out.lines().find(|line| line.contains("UserId")).unwrap();
    assert!(header.contains("DisplayName") && header.contains("RoleName"), "{}", ended.out);
    assert!(!ended.out.contains("HttpStatusCode"), "{}", ended.out);
}

#[tokio::test]
async fn control_characters_of_a_response_do_not_reach_a_terminal() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.respond("GetUser", json!({"Data": {"DisplayName": "a\u{1b}[2Jb"}}), 1).unwrap();
    let line = "GetUser --InstanceId ccc-test --UserId user-test@ccc-test --output table";
    let ended = Ccc::at(&endpoint).run(line).await;
    assert!(ended.out.contains("a\\u{1b}[2Jb") && !ended.out.contains('\u{1b}'), "{ended:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn closed_pipe_is_quiet() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let child = Ccc::at(&endpoint).command(&LIST.split(' ').collect::<Vec<_>>()).stdout(writer).output();
    let output = child.await.unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), [].as_slice()));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn result_that_cannot_be_written_is_5_after_it_was_carried_out() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let line = "call --instance ccc-test --device d --callee 12000000001";
    let mut command = Ccc::at(&endpoint).command(&line.split(' ').collect::<Vec<_>>());
    let (mut reader, writer) = std::io::pipe().unwrap();
    let status = command.stdout(full).stderr(Stdio::from(writer)).status().await.unwrap();
    drop(command);
    let mut said = String::new();
    reader.read_to_string(&mut said).unwrap();
    assert_eq!((status.code(), endpoint.request_count()), (Some(5), 1), "{said}");
    assert!(said.contains("it was done"), "{said}");
}
