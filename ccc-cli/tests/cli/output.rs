//! Tests of results on standard output: JSON as the service sent it, and tables.

#[cfg(unix)]
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
    assert_eq!(run_onto(closed_pipe(), &Ccc::at(&endpoint), LIST).await, (Some(0), String::new()));
}

/// Runs a command whose standard output goes to `stdout`; returns its exit code and standard error.
#[cfg(unix)]
async fn run_onto(stdout: impl Into<Stdio>, ccc: &Ccc, line: &str) -> (Option<i32>, String) {
    let mut command = ccc.command(&line.split(' ').collect::<Vec<_>>());
    // `output()` would replace standard output.
    let child = command.stdout(stdout).stderr(Stdio::piped()).spawn().unwrap();
    let output = child.wait_with_output().await.unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// Opens a device that takes nothing.
#[cfg(target_os = "linux")]
fn full_disk() -> std::fs::File {
    std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap()
}

/// Makes a pipe that nobody reads.
#[cfg(unix)]
fn closed_pipe() -> std::io::PipeWriter {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn output_that_cannot_be_written_is_never_called_done_where_nothing_was_sent() {
    let ccc = Ccc::bare();
    for line in ["help", "operations", "GetInstance --InstanceId ccc-test --dry-run"] {
        let (code, said) = run_onto(full_disk(), &ccc, line).await;
        assert_eq!(code, Some(5), "{line}: {said}");
        assert!(said.contains("could not be written") && !said.contains("done"), "{line}: {said}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn check_keeps_its_exit_code_where_its_report_cannot_be_written() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let check = "check --instance ccc-test";
    let refused = Ccc::at(&endpoint).access_key("someone", "else");
    for (ccc, code) in [(Ccc::bare().endpoint(endpoint.url()), 3), (refused, 1), (Ccc::at(&endpoint), 5)] {
        let (ended, said) = run_onto(full_disk(), &ccc, check).await;
        assert_eq!(ended, Some(code), "{said}");
        assert!(said.contains("could not be written") && !said.contains("done"), "{said}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn closed_pipe_keeps_the_exit_code_of_a_check() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ccc = Ccc::at(&endpoint).access_key("someone", "else");
    let (code, said) = run_onto(closed_pipe(), &ccc, "check --instance ccc-test").await;
    assert_eq!(code, Some(1), "{said}");
    assert!(!said.contains("could not be written"), "{said}");
}

#[tokio::test]
async fn json_stays_json_with_characters_that_are_not_shown() {
    let host = "http://127.0.0.1:1";
    let report = Ccc::bare().endpoint(host).run_words(&["check", "--instance", "a\u{200f}b"]).await;
    assert!(report.out.contains("a\\u200fb"), "{report:?}");
    assert_eq!(report.json()["InstanceId"], "a\u{200f}b");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn result_that_cannot_be_written_is_5_after_it_was_carried_out() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let call = "call --instance ccc-test --device d --callee 12000000001";
    let (code, said) = run_onto(full_disk(), &Ccc::at(&endpoint), call).await;
    assert_eq!((code, endpoint.request_count()), (Some(5), 1), "{said}");
    assert!(said.contains("it was done"), "{said}");
}
