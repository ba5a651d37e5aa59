//! Sends an operation, prints its response, and explains failures.

use ccc_api::Error;
use ccc_api::error::ServiceError;

use crate::cli::{Common, Output};
use crate::exit::{Exit, Failure};
use crate::request::Request;
use crate::text::quoted;
use crate::{connection, output, table};

/// Operations that place a call.
const CALLS: [&str; 5] =
    ["MakeCall", "RedialCall", "StartBack2BackCall", "StartPredictiveCall", "StartPrivacyCall"];

/// Sends the request.
pub(crate) async fn run(request: &Request, common: &Common) -> Result<(), Failure> {
    let client = connection::usual_client(common)?;
    let mut call = client.call(&request.action).idempotent(request.is_idempotent());
    for parameter in &request.parameters {
        call = call.with_parameter(parameter.clone());
    }
    let response = call.send().await.map_err(|error| failure(&error, request))?;
    match output::form(common) {
        Output::Json => output::print_raw_response(response.raw_body()),
        Output::Table => {
            let fields = request.description.map_or(&[][..], |operation| operation.answer);
            output::print_response(&table::text(&response, fields, output::width()))
        }
    }
}

/// Makes the failure for an error. If a call may have been placed, the message explains how to find out.
fn failure(error: &Error<ServiceError>, request: &Request) -> Failure {
    let exit = exit(error, request.is_idempotent());
    let mut text = error.to_string();
    if exit == Exit::Unknown && CALLS.contains(&request.action.as_str()) {
        text.push_str(&whether_it_rings(request));
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

/// Explains how to find out whether a phone is ringing.
fn whether_it_rings(request: &Request) -> String {
    let option = |name: &str| request.value(name).map(|value| format!(" --{name} {}", quoted(value)));
    let instance = option("InstanceId").unwrap_or_default();
    let user = option("UserId").unwrap_or_default();
    format!(
        "\nThe phone may be ringing. Before you call again, look for a running call, then for one that has ended:\n  \
         ccc PollUserStatus{instance}{user}\n  \
         ccc ListRecentCallDetailRecords{instance} --PageNumber 1 --PageSize 10"
    )
}

#[cfg(test)]
mod tests {
    use super::CALLS;

    #[test]
    fn operations_that_place_a_call_are_documented_and_not_idempotent() {
        for action in CALLS {
            let operation = ccc_api::description::operation(action);
            assert_eq!(operation.map(|operation| operation.idempotent), Some(false), "{action}");
        }
    }
}
