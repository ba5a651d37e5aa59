//! Placing calls, and looking for those that may have been placed.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use ccc_api::time::UnixMillis;
use ccc_api::types::CallType;

use crate::Backend;
use crate::failure::Failure;
use crate::journal::{Call, Progress};

/// Names the workbench; the service takes any text.
const DEVICE: &str = "click-to-call";
/// By how much the clocks of backend and service may differ.
const CLOCKS_DIFFER: Duration = Duration::from_secs(60);

/// Places a call. Runs as a task of its own: the handler of a browser that leaves is dropped, and a call that it awaited would
/// ring without anybody's knowing.
pub(crate) async fn place(backend: Arc<Backend>, call: Arc<Call>) {
    let request = backend.client.make_call().instance_id(&backend.settings.instance).device_id(DEVICE);
    let request = request.user_id(&call.order.agent).callee(&call.order.number);
    let outcome = match request.send().await {
        Ok(mut response) => match response.data.call_context.job_id.take() {
            Some(job) => Progress::Placed { job },
            None => Progress::InDoubt(Failure::NO_JOB.may_be_ringing(call.id)),
        },
        Err(error) if error.may_have_been_placed() => {
            Progress::InDoubt(Failure::from(error).may_be_ringing(call.id))
        }
        Err(error) => Progress::NotPlaced(error.into()),
    };
    call.becomes(outcome);
}

/// Looks whether a call in doubt was placed. Where there is no sign of it for long enough, it was not.
pub(crate) async fn look(backend: &Backend, call: &Call) -> Result<(), Failure> {
    let asked_long_ago = call.asked.elapsed().is_ok_and(|since| since > backend.settings.doubt);
    let job = match find_at_agent(backend, call).await? {
        Some(job) => Some(job),
        None => find_among_records(backend, call).await?,
    };
    if let Some(job) = job {
        call.becomes(Progress::Placed { job });
    } else if asked_long_ago {
        call.becomes(Progress::NotPlaced(Failure::NO_SIGN));
    }
    Ok(())
}

/// The agent's state shows a call that goes on.
async fn find_at_agent(backend: &Backend, call: &Call) -> Result<Option<String>, Failure> {
    let agent = backend.client.poll_user_status().instance_id(&backend.settings.instance);
    let context = &agent.user_id(&call.order.agent).send().await?.data.call_context;
    let number = Some(&call.order.number);
    let mut channels = context.channel_contexts.iter();
    let is_this = context.call_type != Some(CallType::Inbound)
        && channels
            .any(|channel| channel.destination.as_ref() == number || channel.originator.as_ref() == number);
    let job = context.job_id.clone().filter(|job| is_this && !backend.journal.knows(job));
    Ok(job)
}

/// The records show a call that has ended.
async fn find_among_records(backend: &Backend, call: &Call) -> Result<Option<String>, Failure> {
    let since: SystemTime = call.asked - CLOCKS_DIFFER;
    let records = backend.client.list_call_detail_records().instance_id(&backend.settings.instance);
    let records = records.agent_id(&call.order.agent).called_number(&call.order.number);
    let mut records = records.start_time(UnixMillis::from(since)).items();
    while let Some(record) = records.next().await {
        if let Some(job) = record?.contact_id.filter(|job| !backend.journal.knows(job)) {
            return Ok(Some(job));
        }
    }
    Ok(None)
}
