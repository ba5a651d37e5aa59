//! Sends an operation, prints its response, and explains failures.

use ccc_api::Error;
use ccc_api::error::ServiceError;

use crate::cli::{Common, Output};
use crate::exit::{Exit, Failure};
use crate::request::Request;
use crate::text::quoted;
use crate::{connection, output, table};

/// Operations that ring a phone for an agent, or an agent's own phone. They have a parameter UserId.
const FOR_AGENTS: [&str; 11] = [
    "BargeInCall",
    "BlindTransfer",
    "BridgeRtcCall",
    "ClaimCall",
    "CoachCall",
    "InitiateAttendedTransfer",
    "InterceptCall",
    "MakeCall",
    "MonitorCall",
    "RedialCall",
    "StartConference",
];

/// Operations that ring phones without an agent.
const WITHOUT_AGENTS: [&str; 3] = ["StartBack2BackCall", "StartPredictiveCall", "StartPrivacyCall"];

/// Operations after which a campaign rings phones. They have a parameter CampaignId.
const FOR_CAMPAIGNS: [&str; 4] = ["AddCases", "AppendCases", "ResumeCampaign", "SubmitCampaign"];

/// Sends the request.
pub(crate) async fn run(request: &Request, common: &Common) -> Result<(), Failure> {
    let client = connection::usual_client(common)?;
    let mut call = client.call(&request.action).idempotent(request.is_idempotent());
    for parameter in &request.parameters {
        call = call.with_parameter(parameter.clone());
    }
    let response = call.send().await.map_err(|error| failure(&error, request, common))?;
    match output::form(common) {
        Output::Json => output::print_raw_response(response.raw_body()),
        Output::Table => {
            let fields = request.description.map_or(&[][..], |operation| operation.answer);
            output::print_response(&table::text(&response, fields, output::width()))
        }
    }
}

/// Makes the failure for an error. If a call may have been placed, the message explains how to find out.
fn failure(error: &Error<ServiceError>, request: &Request, common: &Common) -> Failure {
    let exit = exit(error, request.is_idempotent());
    let mut text = error.to_string();
    if exit == Exit::Unknown {
        text.push_str(&whether_it_rings(request, common));
    }
    Failure::new(exit, text)
}

/// Returns the exit code for an error.
pub(crate) fn exit(error: &Error<impl ccc_api::error::OperationError>, idempotent: bool) -> Exit {
    match error {
        _ if error.may_have_been_placed() && !idempotent => Exit::Unknown,
        Error::Service(_) if !error.is_throttled() && !error.may_have_been_placed() => Exit::Refused,
        _ => Exit::NotDone,
    }
}

/// Explains how to find out whether a phone is ringing; empty if the operation rings none. The commands ask where the
/// request was sent, with the same credentials.
fn whether_it_rings(request: &Request, common: &Common) -> String {
    let written = |name: &str, value: Option<&str>| {
        value.map(|value| format!(" --{name}={}", quoted(value))).unwrap_or_default()
    };
    let parameter = |name: &str| written(name, request.value(name));
    let place = written("profile", common.profile.as_deref())
        + &written("region", common.region.as_deref())
        + &written("endpoint", common.endpoint.as_deref());
    let (instance, user, campaign) = (parameter("InstanceId"), parameter("UserId"), parameter("CampaignId"));
    let page = "--PageNumber 1 --PageSize 10";
    let action = request.action.as_str();
    if FOR_AGENTS.contains(&action) {
        format!(
            "\nThe phone may be ringing. Before you call again, look for a running call, then for one that has ended:\n  \
             ccc PollUserStatus{instance}{user}{place}\n  \
             ccc ListRecentCallDetailRecords{instance} {page}{place}"
        )
    } else if WITHOUT_AGENTS.contains(&action) {
        format!(
            "\nThe phone may be ringing. Before you call again, wait until the call must have ended and look for it:\n  \
             ccc ListCallDetailRecords{instance} {page}{place}"
        )
    } else if FOR_CAMPAIGNS.contains(&action) {
        format!(
            "\nPhones may be ringing. Before you send it again, look at the campaign and its cases:\n  \
             ccc GetCampaign{instance}{campaign}{place}\n  \
             ccc ListCases{instance}{campaign} {page}{place}"
        )
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::{FOR_AGENTS, FOR_CAMPAIGNS, WITHOUT_AGENTS};

    #[test]
    fn operations_that_ring_are_not_idempotent_and_have_the_parameters_of_the_advice() {
        let none: &[&str] = &[];
        for (actions, parameters) in [
            (&FOR_AGENTS[..], &["InstanceId", "UserId"][..]),
            (&WITHOUT_AGENTS[..], none),
            (&FOR_CAMPAIGNS[..], &["InstanceId", "CampaignId"][..]),
        ] {
            for action in actions {
                let operation = ccc_api::description::operation(action).unwrap();
                assert!(!operation.idempotent, "{action}");
                let has = |name: &&str| operation.parameters.iter().any(|field| field.name == *name);
                assert!(parameters.iter().all(has), "{action}");
            }
        }
    }
}
