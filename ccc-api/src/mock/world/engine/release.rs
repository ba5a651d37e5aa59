//! How parties leave calls, and how calls end.

use super::super::state::Instance;
use super::super::state::agent::UserState;
use super::super::state::job::{Channel, ChannelState, End, Flag, Party, Release};
use super::super::state::record::Record;
use super::super::state::timers::Event;
use super::events::{millis, reason};

/// How a party is named as the one who hung up: an agent by extension, others by number.
fn name_of(channel: &Channel) -> String {
    match &channel.party {
        Party::Outside(number) => number.clone(),
        Party::Agent(_) | Party::Supervisor(_) => channel.extension.clone(),
    }
}

impl Instance {
    /// A party does not take the call: it is busy, rejects it, or lets it ring for too long.
    pub(in super::super) fn decline(&mut self, job_id: &str, channel_id: &str, why: &'static str) {
        let now = self.now;
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        let Some(channel) = job.channel_mut(channel_id) else { return };
        if !matches!(channel.state, ChannelState::Created | ChannelState::Ringing) {
            return;
        }
        let name = name_of(channel);
        channel.enter(ChannelState::Released, now);
        channel.released = Some(Release { initiator: name.clone(), reason: why });
        let (party, came_from_queue) = (channel.party.clone(), !channel.skill_group.is_empty());
        if let Party::Agent(user) = &party
            && let Some(agent) = self.agents.get_mut(user)
        {
            agent.miss(if why == reason::NO_ANSWER { "RingingTimeout" } else { "RejectCall" }, now);
        }
        if let Some(queue) = job.queue.as_mut().filter(|_| came_from_queue) {
            // The call goes back to where it waited, unless its time to wait ran out while it rang.
            queue.left = None;
            let until = queue.since.saturating_add(millis(self.settings.queue));
            return if until > now { self.dispatch() } else { self.give_up_waiting(job_id) };
        }
        let disposition = if why == reason::DECLINED { "Reject" } else { "NoAnswer" };
        self.settle(job_id, &name, matches!(party, Party::Agent(_)), why, disposition);
    }

    /// A party hangs up. Somebody at whom it rings rejects the call so.
    pub(in super::super) fn hang_up(&mut self, job_id: &str, channel_id: &str) {
        let now = self.now;
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        let Some(channel) = job.channel_mut(channel_id).filter(|channel| channel.is_live()) else { return };
        let dials =
            |user: &str| self.agents.get(user).is_some_and(|agent| agent.state() == UserState::Dialing);
        if channel.state != ChannelState::Answered && !channel.party.user().is_some_and(dials) {
            return self.decline(job_id, channel_id, reason::DECLINED);
        }
        let (name, by_agent) = (name_of(channel), channel.party.user().is_some());
        let why = if channel.state == ChannelState::Answered { reason::OK } else { reason::CANCELLED };
        channel.retrieve(now);
        channel.enter(ChannelState::Released, now);
        channel.released = Some(Release { initiator: name.clone(), reason: why });
        match channel.party.clone() {
            Party::Supervisor(user) => return self.end_supervision(job_id, &user),
            Party::Agent(user) if why == reason::OK => self.begin_wrap_up(job_id, &user),
            Party::Agent(user) => {
                if let Some(agent) = self.agents.get_mut(&user) {
                    agent.leave(now);
                }
            }
            Party::Outside(_) => {}
        }
        let disposition =
            self.jobs.get(job_id).map_or("Success", |job| match (job.established, &job.queue) {
                (Some(_), _) => "Success",
                (None, Some(queue)) if queue.left.is_none() => "AbandonedInQueue",
                (None, Some(_)) => "AbandonedInRing",
                (None, None) => "NoAnswer",
            });
        self.settle(job_id, &name, by_agent, why, disposition);
    }

    /// An agent leaves a call that somebody else goes on with: it was transferred, or taken over.
    pub(in super::super) fn free(&mut self, job_id: &str, user: &str) {
        let now = self.now;
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        let Some(channel) = job.channel_of_mut(user) else { return };
        let name = name_of(channel);
        channel.retrieve(now);
        channel.enter(ChannelState::Released, now);
        channel.released = Some(Release { initiator: name.clone(), reason: reason::OK });
        self.begin_wrap_up(job_id, user);
        self.settle(job_id, &name, true, reason::OK, "Success");
    }

    /// A supervisor leaves a call for another part in it.
    pub(in super::super) fn leave_supervision(&mut self, job_id: &str, supervisor: &str) {
        let channel = self.jobs.get(job_id).and_then(|job| job.channel_of(supervisor));
        if let Some(channel) = channel.map(|channel| channel.id.clone()) {
            self.hang_up(job_id, &channel);
        }
    }

    /// A supervisor is out of a call, whose agents are no longer watched.
    pub(in super::super) fn end_supervision(&mut self, job_id: &str, supervisor: &str) {
        let now = self.now;
        if let Some(agent) = self.agents.get_mut(supervisor) {
            agent.leave(now);
        }
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        let still = |flag: Flag| {
            job.channels.iter().any(|channel| channel.is_live() && channel.flags.contains(&flag))
        };
        let (monitoring, coaching) = (still(Flag::Monitoring), still(Flag::Coaching));
        for channel in job.channels.iter_mut().filter(|channel| channel.is_live()) {
            if !monitoring {
                channel.flags.remove(&Flag::Monitored);
            }
            if !coaching {
                channel.flags.remove(&Flag::Coached);
            }
        }
        self.dispatch();
    }

    /// Ends a call that has lost a party it needs; puts a consultation that has lost one to an end.
    pub(in super::super) fn settle(
        &mut self,
        job_id: &str,
        initiator: &str,
        by_agent: bool,
        why: &'static str,
        disposition: &'static str,
    ) {
        self.settle_consultation(job_id);
        let Some(job) = self.jobs.get(job_id) else { return };
        let parties = job.principals().count();
        if parties < 2 && !(job.waits() && parties == 1) {
            self.end(job_id, Some((initiator, by_agent)), why, disposition);
        }
    }

    fn settle_consultation(&mut self, job_id: &str) {
        let now = self.now;
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        let Some(consultation) = job.consultation.clone() else { return };
        let live = |id: &str| job.channel(id).is_some_and(Channel::is_live);
        match (live(&consultation.from), live(&consultation.to)) {
            (true, true) => {}
            (true, false) => {
                job.consultation = None;
                job.channels
                    .iter_mut()
                    .filter(|channel| channel.is_live())
                    .for_each(|channel| channel.retrieve(now));
            }
            (false, is_asked) => {
                job.consultation = None;
                if is_asked {
                    self.drop_channel(job_id, &consultation.to);
                }
            }
        }
    }

    /// Takes a party out of a call whose end somebody else has brought about.
    pub(in super::super) fn drop_channel(&mut self, job_id: &str, channel_id: &str) {
        let now = self.now;
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        let Some(channel) = job.channel_mut(channel_id).filter(|channel| channel.is_live()) else { return };
        let was = channel.state;
        channel.retrieve(now);
        channel.enter(ChannelState::Released, now);
        let why = if was == ChannelState::Answered { reason::OK } else { reason::CANCELLED };
        channel.released = Some(Release { initiator: String::new(), reason: why });
        self.send_off(job_id, channel_id, was);
    }

    /// Ends a call: every party is released, agents who talked do their after-call work, and a record is written.
    pub(in super::super) fn end(
        &mut self,
        job_id: &str,
        initiator: Option<(&str, bool)>,
        why: &'static str,
        disposition: &'static str,
    ) {
        let now = self.now;
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        if job.ended.is_some() {
            return;
        }
        let (name, by_agent) = initiator.unwrap_or_default();
        job.ended = Some(now);
        job.consultation = None;
        job.end = Some(End { by_agent, reason: why, disposition });
        let mut left = Vec::new();
        for channel in job.channels.iter_mut().filter(|channel| channel.is_live()) {
            left.push((channel.id.clone(), channel.state));
            channel.retrieve(now);
            channel.enter(ChannelState::Released, now);
            channel.released = Some(Release { initiator: name.to_owned(), reason: why });
        }
        for (channel, was) in left {
            self.send_off(job_id, &channel, was);
        }
        self.write_record(job_id);
        self.forget(job_id);
        self.dispatch();
    }

    /// What the agent of a channel does that was just released.
    fn send_off(&mut self, job_id: &str, channel_id: &str, was: ChannelState) {
        let now = self.now;
        let party = self
            .jobs
            .get(job_id)
            .and_then(|job| job.channel(channel_id))
            .map(|channel| channel.party.clone());
        match party {
            Some(Party::Agent(user)) if was == ChannelState::Answered => self.begin_wrap_up(job_id, &user),
            Some(Party::Agent(user) | Party::Supervisor(user)) => {
                if let Some(agent) = self.agents.get_mut(&user) {
                    agent.leave(now);
                }
            }
            Some(Party::Outside(_)) | None => {}
        }
    }

    fn begin_wrap_up(&mut self, job_id: &str, user: &str) {
        let now = self.now;
        let Some(agent) = self.agents.get_mut(user) else { return };
        agent.wrap_up(now);
        let event = Event::WrapUpEnds { user: user.to_owned(), job: job_id.to_owned() };
        self.after(self.settings.wrap_up, event);
    }

    fn write_record(&mut self, job_id: &str) {
        let Some(job) = self.jobs.get(job_id) else { return };
        let record = Record {
            appears: self.now.saturating_add(millis(self.settings.record)),
            recording_appears: job
                .established
                .map(|_| self.now.saturating_add(millis(self.settings.recording))),
            job: job.clone(),
        };
        self.records.push(record);
    }

    /// Lets go of a call that ended, once no agent works on it any more.
    pub(in super::super) fn forget(&mut self, job_id: &str) {
        let ended = self.jobs.get(job_id).is_some_and(|job| job.ended.is_some());
        let at_work = self.agents.values().any(|agent| agent.job.as_deref() == Some(job_id));
        if ended && !at_work {
            self.jobs.remove(job_id);
        }
    }
}
