//! Tests of the help, and of the README's examples.

#[cfg(unix)]
use std::path::Path;

#[cfg(unix)]
use ccc_api::mock::{MockEndpoint, ReceivedRequest, world::CallCentre};

use crate::support::Ccc;

const README: &str = include_str!("../../README.md");

#[tokio::test]
async fn readme_and_help_list_the_same_exit_codes() {
    let help = Ccc::bare().run("--help").await;
    assert_eq!(help.code, Some(0), "{help:?}");
    let of_help: Vec<&str> = help.out.lines().skip_while(|line| *line != "Exit codes:").skip(1).collect();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let rows = README.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ");
        let code = cells.next()?.parse::<u8>().ok()?;
        Some(format!("{code} {}", cells.next()?))
    });
    assert_eq!(words(&of_help.join(" ")), words(&rows.collect::<Vec<_>>().join(" ")));
}

#[cfg(unix)]
#[tokio::test]
async fn session_of_the_readme_works_as_shown() {
    let endpoint = MockEndpoint::builder().world(CallCentre::builder().build()).start().await.unwrap();
    let session = README.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let session = session.replace("http://127.0.0.1:8080", &endpoint.url());
    let program = Path::new(env!("CARGO_BIN_EXE_ccc")).parent().unwrap();
    let mut shell = tokio::process::Command::new("/bin/sh");
    shell.args(["-e", "-c", &session]).env_clear().env("PATH", program);
    let output = shell.output().await.unwrap();
    assert!(output.status.success(), "{output:?}");
    let sent = endpoint.requests();
    let sent: Vec<&str> = sent.iter().map(ReceivedRequest::action).collect();
    let shown = ["GetInstance", "SignInGroup", "ReadyForService", "MakeCall", "PollUserStatus", "ListUsers"];
    assert_eq!(sent, shown);
}

#[tokio::test]
async fn operation_is_documented_in_every_way_that_people_ask() {
    let pages = ["MakeCall --help", "help MakeCall", "make-call -h", "MakeCall --InstanceId x --help"];
    for line in pages {
        let ended = Ccc::bare().run(line).await;
        assert_eq!(ended.code, Some(0), "{ended:?}");
        for part in [
            "MakeCall: Calls a number for an agent",
            "--Callee  text, required",
            "--TimeoutSeconds  whole number from 30 to 300",
            "UserBusy",
            "Usage: ccc MakeCall --Callee",
        ] {
            assert!(ended.out.contains(part), "{line}, {part}: {}", ended.out);
        }
    }
}

#[tokio::test]
async fn help_of_a_command_is_not_taken_for_an_operation() {
    let ended = Ccc::bare().run("help check").await;
    assert!(ended.out.contains("Usage: ccc check"), "{ended:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn every_operation_has_a_page_whose_usage_is_accepted() {
    let ccc = Ccc::bare();
    for operation in ccc_api::description::operations().iter().step_by(25) {
        let page = ccc.run(&format!("help {}", operation.action)).await;
        let usage = page.out.lines().find_map(|line| line.strip_prefix("Usage: ccc ")).unwrap().to_owned();
        // A shell takes the quotes away.
        let shell = format!("exec \"$0\" {usage} --dry-run");
        let mut command = tokio::process::Command::new("/bin/sh");
        command.args(["-c", &shell, env!("CARGO_BIN_EXE_ccc")]).env_clear();
        command.env("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        let output = command.output().await.unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{usage}: {said}");
    }
}

#[tokio::test]
async fn operations_are_found_by_a_word() {
    let ended = Ccc::bare().run("operations voicemail --output table").await;
    assert_eq!(
        ended.out,
        "Call records and recordings\n  GetVoicemailRecording  Get the recording of a voicemail\n  ListVoicemails         List voicemail messages\n"
    );
}
