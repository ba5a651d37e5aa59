//! A call as it is returned to a browser.

use ccc_api::operation::list_call_detail_records::ListCallDetailRecordsItem;
use ccc_api::types::{CallContext, ChannelState, ContactDisposition};
use serde::Serialize;

use crate::Backend;
use crate::failure::Failure;
use crate::journal::{Call, Progress};
use crate::number::mask;

/// A call and its state.
#[derive(Serialize)]
pub(crate) struct CallView {
    id: u64,
    agent: String,
    number: String,
    state: State,
    #[serde(flatten)]
    failure: Option<Failure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<String>,
    /// Appears some time after the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<Record>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Placing,
    InDoubt,
    NotPlaced,
    Placed,
    Dialling,
    Ringing,
    Talking,
    Ended,
}

/// The record of a call.
#[derive(Serialize)]
struct Record {
    /// `answered`, `unanswered`, `busy`, `rejected`, or another disposition of the service.
    outcome: String,
    talked_seconds: i32,
    recording_ready: bool,
}

impl CallView {
    /// Makes a view of the call from what the backend knows.
    pub(crate) fn new(call: &Call, progress: Progress) -> Self {
        let (state, failure, job) = match progress {
            Progress::Placing => (State::Placing, None, None),
            Progress::Placed { job } => (State::Placed, None, Some(job)),
            Progress::InDoubt(failure) => (State::InDoubt, Some(failure), None),
            Progress::NotPlaced(failure) => (State::NotPlaced, Some(failure), None),
        };
        let (agent, number) = (call.order.agent.clone(), mask(&call.order.number));
        Self { id: call.id, agent, number, state, failure, job, record: None }
    }
}

/// Makes a view of the call from what the call centre knows: the agent's state while the call goes on, the records after
/// its end.
pub(crate) async fn live_view(backend: &Backend, call: &Call) -> Result<CallView, Failure> {
    let mut view = CallView::new(call, call.progress());
    let Some(job) = &view.job else { return Ok(view) };
    let instance = &backend.settings.instance;
    let context = backend.present_call(&call.order.agent).await?;
    view.state = state_of(&context, job, &call.order.agent);
    if let State::Ended = view.state {
        let records = backend.client.list_call_detail_records().instance_id(instance).contact_id(job);
        let record = records.items().next().await.transpose()?;
        view.record = record.as_ref().map(Record::from);
    }
    Ok(view)
}

/// Returns the state of the other party in the agent's present call. If that is another call, this one has ended.
fn state_of(context: &CallContext, job: &str, agent: &str) -> State {
    let is_other = |user: &Option<String>| user.as_deref() != Some(agent);
    let live =
        |state: &Option<ChannelState>| !matches!(state, Some(ChannelState::Released | ChannelState::Retired));
    let channels = &context.channel_contexts;
    let mut others =
        channels.iter().filter(|channel| is_other(&channel.user_id) && live(&channel.channel_state));
    match others.next().filter(|_| context.job_id.as_deref() == Some(job)) {
        None => State::Ended,
        Some(channel) => match channel.channel_state {
            Some(ChannelState::Answered) => State::Talking,
            Some(ChannelState::Ringing | ChannelState::EarlyMedia) => State::Ringing,
            _ => State::Dialling,
        },
    }
}

impl From<&ListCallDetailRecordsItem> for Record {
    fn from(record: &ListCallDetailRecordsItem) -> Self {
        let reason = record.release_reason.as_deref().unwrap_or_default();
        let outcome = match &record.contact_disposition {
            Some(ContactDisposition::Success) => "answered",
            // The SIP code says busy; the disposition is the same as for a call that nobody answered.
            Some(ContactDisposition::NoAnswer) if reason.starts_with("486") => "busy",
            Some(ContactDisposition::NoAnswer) => "unanswered",
            Some(ContactDisposition::Reject) => "rejected",
            Some(other) => other.as_str(),
            None => "unknown",
        };
        Self {
            outcome: outcome.to_owned(),
            talked_seconds: record.talk_time.unwrap_or_default(),
            recording_ready: record.recording_ready.unwrap_or_default(),
        }
    }
}
