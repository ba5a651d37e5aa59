//! Placing calls, and looking for calls that may have been placed.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use ccc_api::operation::list_call_detail_records::ListCallDetailRecordsItem;
use ccc_api::time::UnixMillis;
use ccc_api::types::CallType;

use crate::Backend;
use crate::failure::Failure;
use crate::journal::{Call, Progress};
use crate::number::is_same;

/// Names the device; the service accepts any text.
const DEVICE: &str = "click-to-call";
/// The largest difference between the clocks of backend and service at which the record of a call is found.
const CLOCKS_DIFFER: Duration = Duration::from_secs(10);

/// A call that is being placed. If its task panics, the call becomes a call in doubt.
struct Underway(Arc<Call>);

impl Drop for Underway {
    fn drop(&mut self) {
        if let Progress::Placing = self.0.progress() {
            self.0.set_progress(Progress::InDoubt(Failure::INTERRUPTED.may_be_ringing(self.0.id)));
        }
    }
}

/// Places a call. Run it in a task of its own: if the browser leaves, its handler is dropped, and a call that the handler
/// awaited would ring without anybody knowing.
pub(crate) async fn place(backend: Arc<Backend>, call: Arc<Call>) {
    let underway = Underway(call);
    let call = &underway.0;
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
    call.set_progress(outcome);
}

/// The result of a look for a call in doubt.
enum Sign {
    /// The call is this job.
    Job(String),
    /// The agent is in a call that may be this one.
    Perhaps,
    Nothing,
}

/// Looks for a call in doubt. It was not placed if two looks find no sign of it and there was enough time between them: a
/// call that still went on at the first look has a record by the second.
///
/// A look can be wrong in two cases. If the same agent called the same number from elsewhere in the same seconds, that
/// call is taken for this one. If the call was transferred, it is with another agent, and has no record before it ends.
pub(crate) async fn look(backend: &Backend, call: &Call) -> Result<(), Failure> {
    let sign = match at_agent(backend, call).await? {
        Sign::Nothing => among_records(backend, call).await?.map_or(Sign::Nothing, Sign::Job),
        sign => sign,
    };
    match sign {
        Sign::Job(job) => call.set_progress(Progress::Placed { job }),
        Sign::Perhaps => call.forget_unseen(),
        Sign::Nothing if call.unseen_for() > backend.settings.doubt => {
            call.set_progress(Progress::NotPlaced(Failure::NO_SIGN));
        }
        Sign::Nothing => {}
    }
    Ok(())
}

/// Looks at the agent's state, which shows a call that goes on.
async fn at_agent(backend: &Backend, call: &Call) -> Result<Sign, Failure> {
    let context = backend.present_call(&call.order.agent).await?;
    let Some(job) = context.job_id.filter(|job| !backend.journal.knows(job)) else {
        return Ok(Sign::Nothing);
    };
    let is_this =
        |number: &Option<String>| number.as_deref().is_some_and(|number| is_same(number, &call.order.number));
    let mut channels = context.channel_contexts.iter();
    Ok(match context.call_type {
        Some(CallType::Inbound) => Sign::Nothing,
        _ if channels.any(|channel| is_this(&channel.destination) || is_this(&channel.originator)) => {
            Sign::Job(job)
        }
        _ => Sign::Perhaps,
    })
}

/// Looks in the records, which show a call that has ended. Returns the latest call that matches.
async fn among_records(backend: &Backend, call: &Call) -> Result<Option<String>, Failure> {
    let since: SystemTime = call.asked - CLOCKS_DIFFER;
    let records = backend.client.list_call_detail_records().instance_id(&backend.settings.instance);
    // Not filtered by number, because the service may write it differently.
    let mut records = records.agent_id(&call.order.agent).start_time(UnixMillis::from(since)).items();
    let is_this = |record: &ListCallDetailRecordsItem| {
        record.called_number.as_deref().is_some_and(|number| is_same(number, &call.order.number))
            && record.contact_id.as_ref().is_some_and(|job| !backend.journal.knows(job))
    };
    let mut latest: Option<ListCallDetailRecordsItem> = None;
    while let Some(record) = records.next().await {
        let record = record?;
        if is_this(&record) && latest.as_ref().is_none_or(|latest| latest.start_time < record.start_time) {
            latest = Some(record);
        }
    }
    Ok(latest.and_then(|record| record.contact_id))
}
