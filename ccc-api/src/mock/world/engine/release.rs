//! How parties leave calls, and how calls end.

use super::super::state::Instance;
use super::super::state::agent::UserState;
use super::super::state::job::{Channel, ChannelState, End, Party};
use super::super::state::record::Record;
use super::super::state::timers::Event;
use super::events::{millis, reason};

/// Returns why a channel is released: it was answered, or only rang.
const fn release_reason(answered: bool) -> &'static str {
    if answered { reason::OK } else { reason::CANCELLED }
}

impl Instance {
    /// Releases a channel whose party did not answer: it is busy, rejects the call, or lets it ring for too long.
    pub(in super::super) fn decline(&mut self, job_id: &str, channel_id: &str, why: &'static str) {
        let now = self.now;
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        let Some(channel) = job.channel_mut(channel_id) else { return };
        if !matches!(channel.state, ChannelState::Created | ChannelState::Ringing) {
            return;
        }
        let name = channel.name().to_owned();
        channel.release(&name, why, now);
        let (party, came_from_queue) = (channel.party.clone(), !channel.skill_group.is_empty());
        if let Party::Agent(user) = &party
            && let Some(agent) = self.agents.get_mut(user)
        {
            agent.miss(if why == reason::NO_ANSWER { "RingingTimeout" } else { "RejectCall" }, now);
        }
        if let Some(queue) = job.queue.as_mut().filter(|_| came_from_queue) {
            // The call goes back into the queue, unless its time there ran out while it rang.
            queue.left = None;
            return if queue.until > now { self.dispatch() } else { self.give_up_waiting(job_id) };
        }
        let disposition = if why == reason::DECLINED { "Reject" } else { "NoAnswer" };
        self.settle(job_id, &name, matches!(party, Party::Agent(_)), why, disposition);
    }

    /// Hangs up for a party. While the call rings there, this rejects it.
    pub(in super::super) fn hang_up(&mut self, job_id: &str, channel_id: &str) {
        self.release(job_id, channel_id, channel_id);
    }

    /// Releases a channel by the party at the channel `by`, which may be the same one.
    pub(in super::super) fn release(&mut self, job_id: &str, channel_id: &str, by: &str) {
        let Some(job) = self.jobs.get(job_id) else { return };
        let Some((name, by_agent)) =
            job.channel(by).map(|by| (by.name().to_owned(), by.party.user().is_some()))
        else {
            return;
        };
        let Some(channel) = job.channel(channel_id).filter(|channel| channel.is_live()) else { return };
        let dials =
            |user: &str| self.agents.get(user).is_some_and(|agent| agent.state() == UserState::Dialing);
        let answered = channel.state == ChannelState::Answered;
        if by == channel_id && !answered && !channel.party.user().is_some_and(dials) {
            return self.decline(job_id, channel_id, reason::DECLINED);
        }
        let disposition = match &job.queue {
            Some(queue) if queue.left.is_none() => "AbandonedInQueue",
            Some(_) => "AbandonedInRing",
            None => "NoAnswer",
        };
        self.drop_channel(job_id, channel_id, &name);
        self.settle(job_id, &name, by_agent, release_reason(answered), disposition);
    }

    /// Takes an agent out of a call that goes on, because it was transferred or intercepted.
    pub(in super::super) fn leave_call(&mut self, job_id: &str, user: &str) {
        let now = self.now;
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        let Some(channel) = job.channel_of_mut(user) else { return };
        let name = channel.name().to_owned();
        channel.release(&name, reason::OK, now);
        self.begin_wrap_up(job_id, user);
        self.settle(job_id, &name, true, reason::OK, "Success");
        self.retrieve_all(job_id);
    }

    /// Takes a supervisor out of a call who is about to join it in another role. No waiting call is offered in between.
    pub(in super::super) fn leave_supervision(&mut self, job_id: &str, supervisor: &str) {
        let channel = self.jobs.get(job_id).and_then(|job| job.channel_of(supervisor));
        let channel = channel.map(|channel| (channel.id.clone(), channel.name().to_owned()));
        if let Some((channel, name)) = channel {
            self.drop_channel(job_id, &channel, &name);
        }
    }

    /// Releases supervisors whose agents have left the call.
    fn settle_supervision(&mut self, job_id: &str, initiator: &str) {
        let Some(job) = self.jobs.get(job_id) else { return };
        let live = || job.channels.iter().filter(|channel| channel.is_live());
        // A supervisor's channel leads to the agent's extension.
        let has_agent = |channel: &Channel| live().any(|agent| agent.extension == channel.destination);
        let supervisors = live().filter(|channel| matches!(channel.party, Party::Supervisor(_)));
        let left: Vec<_> =
            supervisors.filter(|channel| !has_agent(channel)).map(|channel| channel.id.clone()).collect();
        for channel in left {
            self.drop_channel(job_id, &channel, initiator);
        }
    }

    /// Restores the invariants after a party has left a call: ends a consultation, a supervision or the call itself if it
    /// has lost a party that it needs. Then offers waiting calls to agents who are free.
    pub(in super::super) fn settle(
        &mut self,
        job_id: &str,
        initiator: &str,
        by_agent: bool,
        why: &'static str,
        disposition: &'static str,
    ) {
        self.settle_consultation(job_id, initiator);
        self.settle_supervision(job_id, initiator);
        let Some(job) = self.jobs.get(job_id) else { return };
        let parties = job.principals().count();
        if parties < 2 && !(job.waits() && parties == 1) {
            return self.end(job_id, (initiator, by_agent), why, disposition);
        }
        let talks = |channel: &Channel| channel.party.user().is_some() && channel.answered.is_some();
        if !job.principals().any(talks) {
            self.retrieve_all(job_id);
        }
        self.dispatch();
    }

    /// Ends every hold, if no agent is left to end it.
    fn retrieve_all(&mut self, job_id: &str) {
        let now = self.now;
        if let Some(job) = self.jobs.get_mut(job_id).filter(|job| job.consultation.is_none()) {
            for channel in &mut job.channels {
                channel.retrieve(now);
            }
        }
    }

    fn settle_consultation(&mut self, job_id: &str, initiator: &str) {
        let now = self.now;
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        let Some(consultation) = job.consultation.clone() else { return };
        let live = |id: &str| job.channel(id).is_some_and(Channel::is_live);
        let (asks, is_asked) = (live(&consultation.from), live(&consultation.to));
        if asks && is_asked {
            return;
        }
        job.consultation = None;
        for id in &consultation.held {
            if let Some(channel) = job.channel_mut(id) {
                channel.retrieve(now);
            }
        }
        if !asks {
            self.drop_channel(job_id, &consultation.to, initiator);
        }
    }

    /// Releases a channel, and sends its agent back to other work. `initiator` is the number or extension of whoever
    /// caused it.
    pub(in super::super) fn drop_channel(&mut self, job_id: &str, channel_id: &str, initiator: &str) {
        let now = self.now;
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        let Some(channel) = job.channel_mut(channel_id).filter(|channel| channel.is_live()) else { return };
        let was = channel.state;
        channel.release(initiator, release_reason(was == ChannelState::Answered), now);
        self.free_agent(job_id, channel_id, was);
    }

    /// Ends a call: releases every party, begins the after-call work of agents who talked, and writes a record. A call in
    /// which two parties talked is a success, whatever happened later.
    pub(in super::super) fn end(
        &mut self,
        job_id: &str,
        (name, by_agent): (&str, bool),
        why: &'static str,
        disposition: &'static str,
    ) {
        let now = self.now;
        let Some(job) = self.jobs.get_mut(job_id) else { return };
        if job.ended.is_some() {
            return;
        }
        let disposition = if job.established.is_some() { "Success" } else { disposition };
        job.ended = Some(now);
        job.consultation = None;
        job.end = Some(End { by_agent, reason: why, disposition });
        let mut left = Vec::new();
        for channel in job.channels.iter_mut().filter(|channel| channel.is_live()) {
            left.push((channel.id.clone(), channel.state));
            channel.release(name, why, now);
        }
        for (channel, was) in left {
            self.free_agent(job_id, &channel, was);
        }
        self.write_record(job_id);
        self.forget(job_id);
        self.dispatch();
    }

    /// Sends the agent of a channel that was just released back to other work: to after-call work, or to the state
    /// before.
    fn free_agent(&mut self, job_id: &str, channel_id: &str, was: ChannelState) {
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

    /// Removes a call that has ended, if no agent does after-call work for it.
    pub(in super::super) fn forget(&mut self, job_id: &str) {
        let ended = self.jobs.get(job_id).is_some_and(|job| job.ended.is_some());
        let at_work = self.agents.values().any(|agent| agent.job.as_deref() == Some(job_id));
        if ended && !at_work {
            self.jobs.remove(job_id);
        }
    }
}
