//! Records of past calls, which a test can add.

use std::time::{Duration, SystemTime};

use super::clock::since_1970;
use super::engine::{millis, reason};
use super::state::job::{CallType, Channel, ChannelState, End, Job, Party, Queue, Release};
use super::state::record::Record;
use super::state::{Instance, Millis};

/// A call that ended before a test begins. See [`CallCentre::add_record`](super::CallCentre::add_record).
#[derive(Clone, PartialEq, Eq)]
pub struct PastCall {
    /// The agent, by user id.
    pub user: String,
    /// The number that called.
    pub caller: String,
    /// The number that was called.
    pub callee: String,
    /// Whether a customer called. Otherwise the agent did.
    pub inbound: bool,
    /// When the call began.
    pub started: SystemTime,
    /// How long they talked; zero means that nobody answered.
    pub talked: Duration,
}

/// Leaves out the phone numbers.
impl std::fmt::Debug for PastCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PastCall")
            .field("user", &self.user)
            .field("inbound", &self.inbound)
            .field("started", &self.started)
            .field("talked", &self.talked)
            .finish_non_exhaustive()
    }
}

/// How long a past call rang.
const RANG: Millis = 2000;

impl Instance {
    /// Writes the record of a past call of an existing user. Returns the call's id; `None` means that the call is not
    /// over.
    pub(super) fn add_record(&mut self, call: &PastCall) -> Option<String> {
        let started = since_1970(call.started);
        let talked = Some(millis(call.talked)).filter(|talked| *talked > 0);
        let ended = started.saturating_add(RANG).saturating_add(talked.unwrap_or_default());
        if ended > self.now {
            return None;
        }
        let call_type = if call.inbound { CallType::Inbound } else { CallType::Outbound };
        let id = self.begin(call_type, &call.caller, &call.callee, "");
        let mut job = self.jobs.remove(&id)?;
        let answered = talked.map(|_| started + RANG);
        job.started = started;
        job.established = answered;
        job.ended = Some(ended);
        job.end = Some(end(call.inbound, talked.is_some()));
        job.channels = self.past_channels(call, &job, answered);
        if call.inbound {
            let own = job.agents().next();
            let skill_group = own.map(|(_, channel)| channel.works_for.clone()).unwrap_or_default();
            job.queue = Some(Queue { skill_group, since: started, until: started, left: Some(started) });
        }
        let record = Record { appears: ended, recording_appears: talked.map(|_| ended), job };
        let place = self.records.partition_point(|earlier| earlier.job.end_time() <= ended);
        self.records.insert(place, record);
        Some(id)
    }

    /// Returns the channels of a past call: the caller's, then the callee's.
    fn past_channels(&self, call: &PastCall, job: &Job, answered: Option<Millis>) -> Vec<Channel> {
        let extension = self.extension_of(&call.user);
        let customer = if call.inbound { &call.caller } else { &call.callee };
        let groups = self.users.get(&call.user).map(|user| user.skill_levels.keys());
        let group = groups.and_then(|mut groups| groups.next().cloned()).unwrap_or_default();
        let agent = Party::Agent(call.user.clone());
        let outside = Party::Outside(customer.clone());
        let parties = if call.inbound { [outside, agent] } else { [agent, outside] };
        parties
            .into_iter()
            .map(|party| {
                let is_agent = party.user().is_some();
                let side = if is_agent { "user" } else { "customer" };
                Channel {
                    id: format!("ch:{side}:{customer}->{extension}:{}:{}", job.started, job.id),
                    call_type: job.call_type,
                    party,
                    originator: customer.clone(),
                    destination: extension.clone(),
                    extension: if is_agent { extension.clone() } else { String::new() },
                    skill_group: if is_agent && call.inbound { group.clone() } else { String::new() },
                    works_for: if is_agent { group.clone() } else { String::new() },
                    created: job.started,
                    rang: (is_agent || !call.inbound).then_some(job.started),
                    // A customer who calls in is connected from the start.
                    answered: if is_agent || !call.inbound { answered } else { Some(job.started) },
                    changed: job.end_time(),
                    released: Some(Release {
                        initiator: customer.clone(),
                        reason: job.end.as_ref().map_or(reason::OK, |end| end.reason),
                    }),
                    state: ChannelState::Released,
                    muted: false,
                    holds: Vec::new(),
                }
            })
            .collect()
    }
}

/// Returns how a past call ended: the customer hung up, or did not answer.
const fn end(inbound: bool, talked: bool) -> End {
    let (reason, disposition) = match (talked, inbound) {
        (true, _) => (reason::OK, "Success"),
        (false, true) => (reason::OK, "AbandonedInRing"),
        (false, false) => (reason::NO_ANSWER, "NoAnswer"),
    };
    End { by_agent: false, reason, disposition }
}
