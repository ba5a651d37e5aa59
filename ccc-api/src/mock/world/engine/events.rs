//! Events that happen when their time has come.

use std::time::Duration;

use super::super::settings::Behaviour;
use super::super::state::agent::UserState;
use super::super::state::job::{Channel, ChannelState, Party};
use super::super::state::timers::Event;
use super::super::state::{Instance, Millis};

/// SIP response codes with their texts.
pub(in super::super) mod reason {
    pub(in super::super::super) const OK: &str = "200 - OK";
    pub(in super::super::super) const NO_ANSWER: &str = "480 - Temporarily Unavailable";
    pub(in super::super::super) const BUSY: &str = "486 - Busy Here";
    pub(in super::super::super) const CANCELLED: &str = "487 - Request Terminated";
    pub(in super::super::super) const DECLINED: &str = "603 - Decline";
}

/// Converts a span of time to milliseconds.
pub(in super::super) fn millis(span: Duration) -> Millis {
    Millis::try_from(span.as_millis()).unwrap_or(Millis::MAX / 4)
}

impl Instance {
    /// Handles all events that are due by a time, and makes it the present time.
    pub(in super::super) fn advance(&mut self, to: Millis) {
        while let Some((at, event)) = self.timers.due(to) {
            self.now = self.now.max(at);
            self.handle(event);
        }
        self.now = self.now.max(to);
    }

    pub(in super::super) fn after(&mut self, span: Duration, event: Event) {
        self.timers.set(self.now.saturating_add(millis(span)), event);
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Rings { job, channel } => self.ring(&job, &channel),
            Event::Answers { job, channel } => {
                self.answer(&job, &channel);
            }
            Event::Declines { job, channel, reason } => self.decline(&job, &channel, reason),
            Event::HangsUp { job, channel } => self.hang_up(&job, &channel),
            Event::RingsTooLong { job, channel } => self.decline(&job, &channel, reason::NO_ANSWER),
            Event::WaitsTooLong { job } => self.give_up_waiting(&job),
            Event::WrapUpEnds { user, job } => {
                let begun = self.now.saturating_sub(millis(self.settings.wrap_up));
                // The agent may have rejoined the same call. Then the timer may belong to the agent's earlier part in it.
                if self.agent(&user).is_some_and(|agent| {
                    agent.state() == UserState::Working
                        && agent.job.as_deref() == Some(job.as_str())
                        && agent.since() <= begun
                }) {
                    self.become_ready(&user, None);
                }
            }
        }
    }

    /// Lets a channel ring. An external party then behaves as the settings say.
    fn ring(&mut self, job: &str, channel_id: &str) {
        let now = self.now;
        let Some(channel) = self.jobs.get_mut(job).and_then(|job| job.channel_mut(channel_id)) else {
            return;
        };
        if channel.state != ChannelState::Created {
            return;
        }
        channel.enter(ChannelState::Ringing, now);
        self.behave(job, channel_id);
    }

    /// Sets what external parties do when a call rings at them, unless their number has a behaviour of its own. Parties at
    /// which the call rings already behave so from now on. Returns whether there is such a live call.
    pub(in super::super) fn set_behaviour_in_call(&mut self, job_id: &str, behaviour: Behaviour) -> bool {
        let Some(job) = self.jobs.get_mut(job_id).filter(|job| job.ended.is_none()) else { return false };
        job.behaviour = Some(behaviour);
        let own = &self.settings.behaviours;
        let changes = |channel: &&Channel| {
            let outside = matches!(&channel.party, Party::Outside(number) if !own.contains_key(number));
            outside && channel.state == ChannelState::Ringing
        };
        let ringing: Vec<_> = job.channels.iter().filter(changes).map(|channel| channel.id.clone()).collect();
        for channel_id in &ringing {
            self.timers.cancel(|event| match event {
                Event::Answers { channel, .. }
                | Event::Declines { channel, .. }
                | Event::HangsUp { channel, .. } => channel == channel_id,
                _ => false,
            });
            self.behave(job_id, channel_id);
        }
        true
    }

    /// Lets an external party, at which the call rings, behave as set for its number, for the call, or in the settings.
    fn behave(&mut self, job_id: &str, channel_id: &str) {
        let Some(job) = self.jobs.get(job_id) else { return };
        let Some(Party::Outside(number)) = job.channel(channel_id).map(|channel| &channel.party) else {
            return;
        };
        let own = self.settings.behaviours.get(number).copied();
        let behaviour = own.or(job.behaviour).unwrap_or(self.settings.behaviour);
        let (job, channel) = (job_id.to_owned(), channel_id.to_owned());
        match behaviour {
            Behaviour::Answers { after } => self.after(after, Event::Answers { job, channel }),
            Behaviour::AnswersAndHangsUp { after, talks } => {
                let hangs_up = Event::HangsUp { job: job.clone(), channel: channel.clone() };
                self.after(after, Event::Answers { job, channel });
                self.after(after.saturating_add(talks), hangs_up);
            }
            Behaviour::Busy => self.decline(&job, &channel, reason::BUSY),
            Behaviour::Rejects { after } => {
                self.after(after, Event::Declines { job, channel, reason: reason::DECLINED });
            }
            // How long it may ring was set when the call was placed.
            Behaviour::NeverAnswers | Behaviour::Waits => {}
        }
    }
}
