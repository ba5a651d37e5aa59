//! The durations of a call that has ended, and of its parts.

use super::Millis;
use super::job::{CallType, Channel, Job, Party, Queue};

impl Channel {
    /// Returns how long it rang.
    pub(in super::super) fn ringing(&self) -> Millis {
        self.rang.map_or(0, |rang| self.taken() - rang)
    }

    /// Returns when dialling or ringing ended, because the channel was answered or released.
    pub(in super::super) fn taken(&self) -> Millis {
        self.answered.unwrap_or(self.changed)
    }

    /// Returns how long the party was connected, holds included.
    pub(in super::super) fn talking(&self) -> Millis {
        self.answered.map_or(0, |answered| self.changed - answered)
    }

    /// Returns the spans on hold. A hold without an end lasted as long as the channel.
    pub(in super::super) fn held_spans(&self) -> impl Iterator<Item = (Millis, Millis)> {
        self.holds.iter().map(|&(start, end)| (start, end.unwrap_or(self.changed)))
    }

    /// Returns how long the channel was on hold.
    pub(in super::super) fn held(&self) -> Millis {
        self.held_spans().map(|(start, end)| end - start).sum()
    }
}

impl Job {
    /// Returns the channels of agents with their user ids, in the order in which they joined the call.
    pub(in super::super) fn agents(&self) -> impl Iterator<Item = (&str, &Channel)> {
        self.channels.iter().filter_map(|channel| match &channel.party {
            Party::Agent(user) => Some((user.as_str(), channel)),
            Party::Supervisor(_) | Party::Outside(_) => None,
        })
    }

    /// Returns the channels of external parties with their numbers, the customer's first.
    pub(in super::super) fn outside(&self) -> impl Iterator<Item = (&str, &Channel)> {
        self.channels.iter().filter_map(|channel| match &channel.party {
            Party::Outside(number) => Some((number.as_str(), channel)),
            Party::Agent(_) | Party::Supervisor(_) => None,
        })
    }

    /// Whether a channel belongs to the agent who placed the call.
    pub(in super::super) fn is_dialer(&self, channel: &Channel) -> bool {
        self.call_type != CallType::Inbound && self.channels.first().is_some_and(|own| own.id == channel.id)
    }

    /// Returns all queues that the call waited in, in order.
    pub(in super::super) fn queues(&self) -> impl Iterator<Item = &Queue> {
        self.former_queues.iter().chain(&self.queue)
    }

    /// Returns when the call ended.
    pub(in super::super) fn end_time(&self) -> Millis {
        self.ended.unwrap_or(self.started)
    }

    /// Returns how long dialling took.
    pub(in super::super) fn dialing(&self) -> Millis {
        match self.call_type {
            CallType::Inbound => 0,
            _ => self.established.unwrap_or(self.end_time()) - self.started,
        }
    }

    /// Returns how long the call rang at agents.
    pub(in super::super) fn ringing(&self) -> Millis {
        let offered = self.agents().filter(|(_, channel)| !self.is_dialer(channel));
        offered.map(|(_, channel)| channel.ringing()).sum()
    }

    /// Returns how long the call waited in queues, without the time for which it rang at agents.
    pub(in super::super) fn queueing(&self) -> Millis {
        let spans = self.queues().map(|queue| (queue.since, queue.left.unwrap_or(self.end_time())));
        spans
            .map(|(since, left)| {
                let missed = self.agents().filter(|(_, channel)| {
                    channel.answered.is_none() && channel.created >= since && channel.changed <= left
                });
                left - since - missed.map(|(_, channel)| channel.ringing()).sum::<Millis>()
            })
            .sum()
    }

    /// Returns how long the customer waited for an agent who answered; 0 if none did.
    pub(in super::super) fn waiting(&self) -> Millis {
        if self.established.is_some() { self.queueing() + self.ringing() } else { 0 }
    }

    /// Returns how long parties were connected.
    pub(in super::super) fn talking(&self) -> Millis {
        self.established.map_or(0, |established| self.end_time() - established)
    }

    /// Returns how long some party was on hold.
    pub(in super::super) fn held(&self) -> Millis {
        let mut spans: Vec<_> = self.channels.iter().flat_map(Channel::held_spans).collect();
        spans.sort_unstable();
        let mut reached = Millis::MIN;
        let mut held = 0;
        for (start, end) in spans {
            held += (end - start.max(reached)).max(0);
            reached = reached.max(end);
        }
        held
    }

    /// Returns how long the call lasted. An inbound call counts from its start, others from when they were connected.
    pub(in super::super) fn duration(&self) -> Millis {
        match self.call_type {
            CallType::Inbound => self.end_time() - self.started,
            _ => self.talking(),
        }
    }
}
