//! How calls begin, and how parties join them.

use std::time::Duration;

use super::super::state::agent::UserState;
use super::super::state::job::{CallType, Channel, ChannelState, Job, Party, Queue};
use super::super::state::timers::Event;
use super::super::state::{Instance, Millis};
use super::events::millis;

/// A call that is to be placed.
pub(in super::super) struct Dial<'a> {
    pub(in super::super) user: &'a str,
    pub(in super::super) caller: &'a str,
    pub(in super::super) callee: &'a str,
    /// How long it may ring; by default as the settings say.
    pub(in super::super) rings: Option<Duration>,
    pub(in super::super) tags: &'a str,
}

/// A party that joins a call.
pub(in super::super) struct Joining<'a> {
    pub(in super::super) party: Party,
    pub(in super::super) call_type: CallType,
    pub(in super::super) originator: &'a str,
    pub(in super::super) destination: &'a str,
    pub(in super::super) skill_group: &'a str,
    pub(in super::super) state: ChannelState,
}

impl Instance {
    /// Places an agent's call to a number or to another agent's extension. Returns the call's id.
    ///
    /// The caller must have checked that the agent may call, and that a called agent is ready or on a break.
    pub(in super::super) fn place_call(&mut self, dial: &Dial<'_>) -> String {
        let callee_user = self.user_of_extension(dial.callee).map(|user| user.id.clone());
        let extension = self.extension_of(dial.user);
        let call_type = if callee_user.is_some() { CallType::Internal } else { CallType::Outbound };
        let job = self.begin(call_type, dial.caller, dial.callee, dial.tags);
        let own = self.add_channel(
            &job,
            Joining {
                party: Party::Agent(dial.user.to_owned()),
                call_type,
                // As in the page's sample, the callee is the originator and the agent's extension the destination.
                originator: dial.callee,
                destination: &extension,
                skill_group: "",
                state: ChannelState::Created,
            },
        );
        let now = self.now;
        if let Some(agent) = self.agent(dial.user) {
            agent.join(&job, UserState::Dialing, now);
        }
        self.after(self.settings.dialing, Event::Rings { job: job.clone(), channel: own });
        match callee_user {
            Some(user) => self.offer(&job, &user, call_type, &extension, "", dial.rings),
            None => self.dial_outside(&job, call_type, dial.caller, dial.callee, dial.rings),
        };
        job
    }

    /// Calls an external number. Returns the channel's id.
    pub(in super::super) fn dial_outside(
        &mut self,
        job: &str,
        call_type: CallType,
        caller: &str,
        number: &str,
        rings: Option<Duration>,
    ) -> String {
        let joining = Joining {
            party: Party::Outside(number.to_owned()),
            call_type,
            originator: caller,
            destination: number,
            skill_group: "",
            state: ChannelState::Created,
        };
        let channel = self.add_channel(job, joining);
        let rings = rings.unwrap_or(self.settings.callee_rings).saturating_add(self.settings.dialing);
        let job = job.to_owned();
        self.after(self.settings.dialing, Event::Rings { job: job.clone(), channel: channel.clone() });
        self.after(rings, Event::RingsTooLong { job, channel: channel.clone() });
        channel
    }

    /// Rings at an agent, who must be ready or on a break. Returns the channel's id.
    pub(in super::super) fn offer(
        &mut self,
        job: &str,
        user: &str,
        call_type: CallType,
        originator: &str,
        skill_group: &str,
        rings: Option<Duration>,
    ) -> String {
        let extension = self.extension_of(user);
        let joining = Joining {
            party: Party::Agent(user.to_owned()),
            call_type,
            originator,
            destination: &extension,
            skill_group,
            state: ChannelState::Created,
        };
        let channel = self.add_channel(job, joining);
        let now = self.now;
        if let Some(channel) = self.jobs.get_mut(job).and_then(|job| job.channel_mut(&channel)) {
            channel.enter(ChannelState::Ringing, now);
        }
        if let Some(agent) = self.agent(user) {
            agent.join(job, UserState::Ringing, now);
        }
        let rings = rings.unwrap_or(self.settings.agent_rings);
        self.after(rings, Event::RingsTooLong { job: job.to_owned(), channel: channel.clone() });
        channel
    }

    /// Begins a customer's call for a skill group. Returns the call's id.
    pub(in super::super) fn call_in(&mut self, caller: &str, callee: &str, skill_group: &str) -> String {
        let job = self.begin(CallType::Inbound, caller, callee, "");
        let joining = Joining {
            party: Party::Outside(caller.to_owned()),
            call_type: CallType::Inbound,
            originator: caller,
            destination: callee,
            skill_group,
            state: ChannelState::Answered,
        };
        self.add_channel(&job, joining);
        self.enqueue(&job, skill_group, None);
        job
    }

    /// Puts a call into the queue of a skill group, and looks for an agent. `waits` is how long it may wait there, by
    /// default as the settings say.
    pub(in super::super) fn enqueue(&mut self, job_id: &str, skill_group: &str, waits: Option<Duration>) {
        let now = self.now;
        let waits = waits.unwrap_or(self.settings.queue);
        let until = now.saturating_add(millis(waits));
        if let Some(job) = self.jobs.get_mut(job_id) {
            let queue = Queue { skill_group: skill_group.to_owned(), since: now, until, left: None };
            job.former_queues.extend(job.queue.replace(queue));
        }
        self.after(waits, Event::WaitsTooLong { job: job_id.to_owned() });
        self.dispatch();
    }

    /// Answers the call that rings at a channel. Returns whether it rang.
    pub(in super::super) fn answer(&mut self, job_id: &str, channel_id: &str) -> bool {
        let now = self.now;
        let Some(job) = self.jobs.get_mut(job_id) else { return false };
        let Some(channel) = job.channel_mut(channel_id) else { return false };
        if channel.state != ChannelState::Ringing {
            return false;
        }
        channel.enter(ChannelState::Answered, now);
        let mut talking: Vec<String> = channel.party.user().map(str::to_owned).into_iter().collect();
        // The agent who placed the call is connected, too.
        for channel in &mut job.channels {
            if let Party::Agent(user) = &channel.party
                && matches!(channel.state, ChannelState::Created | ChannelState::Ringing)
                && self.agents.get(user).is_some_and(|agent| agent.state() == UserState::Dialing)
            {
                talking.push(user.clone());
                channel.enter(ChannelState::Answered, now);
            }
        }
        let connected = job.principals().filter(|channel| channel.state == ChannelState::Answered).count();
        if connected > 1 {
            job.established.get_or_insert(now);
        }
        for user in talking {
            if let Some(agent) = self.agent(&user) {
                agent.join(job_id, UserState::Talking, now);
            }
        }
        true
    }

    /// Connects a supervisor to the call of an agent at once. `party` says in which role.
    pub(in super::super) fn supervise(
        &mut self,
        job_id: &str,
        supervisor: &str,
        party: Party,
        call_type: CallType,
        agent: &str,
    ) {
        let joining = Joining {
            party,
            call_type,
            originator: &self.extension_of(supervisor),
            destination: &self.extension_of(agent),
            skill_group: "",
            state: ChannelState::Answered,
        };
        self.add_channel(job_id, joining);
        let now = self.now;
        if let Some(agent) = self.agent(supervisor) {
            agent.join(job_id, UserState::Talking, now);
        }
    }

    /// Adds a channel to a call. Returns its id.
    pub(in super::super) fn add_channel(&mut self, job_id: &str, joining: Joining<'_>) -> String {
        let now = self.now;
        let extension = joining.party.user().map(|user| self.extension_of(user)).unwrap_or_default();
        let side = if joining.party.user().is_some() { "user" } else { "customer" };
        let channels = self.jobs.get(job_id).map(|job| job.channels.as_slice()).unwrap_or_default();
        let id =
            |at: Millis| format!("ch:{side}:{}->{}:{at}:{job_id}", joining.originator, joining.destination);
        // A second channel between the same parties in the same millisecond gets the id of a later one.
        let id =
            (now..).map(id).find(|id| channels.iter().all(|channel| channel.id != *id)).unwrap_or_default();
        let works_for = match (&joining.party, joining.skill_group) {
            (Party::Agent(user), "") => self.working_group(user, job_id),
            (_, group) => group.to_owned(),
        };
        let mut channel = Channel {
            id: id.clone(),
            call_type: joining.call_type,
            party: joining.party,
            originator: joining.originator.to_owned(),
            destination: joining.destination.to_owned(),
            extension,
            skill_group: joining.skill_group.to_owned(),
            works_for,
            created: now,
            rang: None,
            answered: None,
            changed: now,
            released: None,
            state: ChannelState::Created,
            muted: false,
            holds: Vec::new(),
        };
        if joining.state != ChannelState::Created {
            channel.enter(joining.state, now);
        }
        if let Some(job) = self.jobs.get_mut(job_id) {
            job.channels.push(channel);
        }
        id
    }

    /// Returns the skill group that an agent works for in a call that did not come from a queue. Of the groups that the
    /// agent is signed in to, it is the one that has the calling number, or else the first.
    fn working_group(&self, user: &str, job: &str) -> String {
        let signed_in = self.agents.get(user).map_or(&[][..], |agent| &agent.signed_in);
        let number = self.jobs.get(job).and_then(|job| self.numbers.get(&job.caller));
        let of_number =
            signed_in.iter().find(|group| number.is_some_and(|number| number.skill_groups.contains(*group)));
        of_number.or(signed_in.first()).cloned().unwrap_or_default()
    }

    /// Begins a call without channels. Returns its id.
    pub(in super::super) fn begin(
        &mut self,
        call_type: CallType,
        caller: &str,
        callee: &str,
        tags: &str,
    ) -> String {
        let id = format!(
            "job-{:017}",
            self.now.unsigned_abs() * 1000 % 100_000_000_000_000 * 1000 + self.serial()
        );
        let job = Job {
            id: id.clone(),
            call_type,
            caller: caller.to_owned(),
            callee: callee.to_owned(),
            started: self.now,
            established: None,
            ended: None,
            end: None,
            channels: Vec::new(),
            consultation: None,
            queue: None,
            former_queues: Vec::new(),
            transfers: Vec::new(),
            tags: tags.to_owned(),
        };
        self.jobs.insert(id.clone(), job);
        id
    }

    pub(in super::super) fn extension_of(&self, user: &str) -> String {
        self.users.get(user).map(|user| user.extension.clone()).unwrap_or_default()
    }
}
