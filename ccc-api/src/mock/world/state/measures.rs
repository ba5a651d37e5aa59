//! How long the parts of a call took that ended.

use super::Millis;
use super::job::{CallType, Channel, Job, Party, Queue};

impl Channel {
    /// How long it rang.
    pub(in super::super) fn ringing(&self) -> Millis {
        self.rang.map_or(0, |rang| self.taken() - rang)
    }

    /// When it stopped ringing, or being dialled: it was answered or released.
    pub(in super::super) fn taken(&self) -> Millis {
        self.answered.unwrap_or(self.changed)
    }

    /// How long the party was in the call, holds included.
    pub(in super::super) fn talking(&self) -> Millis {
        self.answered.map_or(0, |answered| self.changed - answered)
    }

    /// Spans on hold; one that was never ended lasted as long as the channel.
    pub(in super::super) fn held_spans(&self) -> impl Iterator<Item = (Millis, Millis)> {
        self.holds.iter().map(|&(start, end)| (start, end.unwrap_or(self.changed)))
    }

    /// How long the channel was on hold.
    pub(in super::super) fn held(&self) -> Millis {
        self.held_spans().map(|(start, end)| end - start).sum()
    }
}

impl Job {
    /// The channels of agents, in the order in which they came into the call.
    pub(in super::super) fn agents(&self) -> impl Iterator<Item = (&str, &Channel)> {
        self.channels.iter().filter_map(|channel| match &channel.party {
            Party::Agent(user) => Some((user.as_str(), channel)),
            Party::Supervisor(_) | Party::Outside(_) => None,
        })
    }

    /// The channels of parties outside with their numbers, the customer's first.
    pub(in super::super) fn outside(&self) -> impl Iterator<Item = (&str, &Channel)> {
        self.channels.iter().filter_map(|channel| match &channel.party {
            Party::Outside(number) => Some((number.as_str(), channel)),
            Party::Agent(_) | Party::Supervisor(_) => None,
        })
    }

    /// Whether a channel is that of the agent who placed the call.
    pub(in super::super) fn is_dialer(&self, channel: &Channel) -> bool {
        self.call_type != CallType::Inbound && self.channels.first().is_some_and(|own| own.id == channel.id)
    }

    /// Every queue that the call waited in, in order.
    pub(in super::super) fn queues(&self) -> impl Iterator<Item = &Queue> {
        self.former_queues.iter().chain(&self.queue)
    }

    /// When the call ended.
    pub(in super::super) fn end_time(&self) -> Millis {
        self.ended.unwrap_or(self.started)
    }

    /// How long the call was being dialled.
    pub(in super::super) fn dialing(&self) -> Millis {
        match self.call_type {
            CallType::Inbound => 0,
            _ => self.established.unwrap_or(self.end_time()) - self.started,
        }
    }

    /// How long it rang at agents who were called.
    pub(in super::super) fn ringing(&self) -> Millis {
        let offered = self.agents().filter(|(_, channel)| !self.is_dialer(channel));
        offered.map(|(_, channel)| channel.ringing()).sum()
    }

    /// How long the customer waited in queues while it rang nowhere.
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

    /// How long the customer waited for an agent who took the call; 0 if none did.
    pub(in super::super) fn waiting(&self) -> Millis {
        if self.established.is_some() { self.queueing() + self.ringing() } else { 0 }
    }

    /// How long parties were connected.
    pub(in super::super) fn talking(&self) -> Millis {
        self.established.map_or(0, |established| self.end_time() - established)
    }

    /// For how long some party was on hold.
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

    /// How long the call lasted: from its start if a customer called, or else from when it was connected.
    pub(in super::super) fn duration(&self) -> Millis {
        match self.call_type {
            CallType::Inbound => self.end_time() - self.started,
            _ => self.talking(),
        }
    }
}
