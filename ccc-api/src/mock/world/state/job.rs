//! A call (`Job`), and the channels of its parties.

use std::collections::BTreeSet;

use super::super::settings::Behaviour;
use super::Millis;

/// The type of a call or of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum CallType {
    Inbound,
    Outbound,
    Internal,
    Consultant,
    Monitor,
    Coach,
    Barge,
    Intercept,
}

impl CallType {
    pub(in super::super) const fn wire(self) -> &'static str {
        match self {
            Self::Inbound => "INBOUND",
            Self::Outbound => "OUTBOUND",
            Self::Internal => "INTERNAL",
            Self::Consultant => "CONSULTANT",
            Self::Monitor => "MONITOR",
            Self::Coach => "COACH",
            Self::Barge => "BARGE",
            Self::Intercept => "INTERCEPT",
        }
    }

    /// Returns the flag of a supervisor's channel of this type, and the flag of the supervised agent's channel.
    const fn watching(self) -> Option<(Flag, Flag)> {
        match self {
            Self::Monitor => Some((Flag::Monitoring, Flag::Monitored)),
            Self::Coach => Some((Flag::Coaching, Flag::Coached)),
            _ => None,
        }
    }
}

/// The state of a channel. Later states are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum ChannelState {
    Created,
    Ringing,
    Answered,
    Released,
}

impl ChannelState {
    pub(in super::super) const fn wire(self) -> &'static str {
        match self {
            Self::Created => "CREATED",
            Self::Ringing => "RINGING",
            Self::Answered => "ANSWERED",
            Self::Released => "RELEASED",
        }
    }
}

/// A flag of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Flag {
    Coached,
    Coaching,
    Hold,
    Monitored,
    Monitoring,
    Muted,
}

impl Flag {
    pub(in super::super) const fn wire(self) -> &'static str {
        match self {
            Self::Coached => "COACHED",
            Self::Coaching => "COACHING",
            Self::Hold => "HOLD",
            Self::Monitored => "MONITORED",
            Self::Monitoring => "MONITORING",
            Self::Muted => "MUTED",
        }
    }
}

/// The party at a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Party {
    /// An agent, by user id.
    Agent(String),
    /// A supervisor who listens, coaches or joins, by user id. The call goes on if the supervisor leaves.
    Supervisor(String),
    /// An external party, by number.
    Outside(String),
}

impl Party {
    /// Returns the user id of an agent or a supervisor.
    pub(in super::super) fn user(&self) -> Option<&str> {
        match self {
            Self::Agent(user) | Self::Supervisor(user) => Some(user),
            Self::Outside(_) => None,
        }
    }
}

/// By whom and why a channel was released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Release {
    /// The number or extension of whoever hung up.
    pub(in super::super) initiator: String,
    /// A SIP response code and its text.
    pub(in super::super) reason: &'static str,
}

/// A channel: the connection of a party to a call.
#[derive(Clone, Debug)]
pub(in super::super) struct Channel {
    pub(in super::super) id: String,
    pub(in super::super) call_type: CallType,
    pub(in super::super) party: Party,
    /// The number or extension that calls.
    pub(in super::super) originator: String,
    /// The number or extension that is called.
    pub(in super::super) destination: String,
    /// The extension of the user at the channel; empty for an external party.
    pub(in super::super) extension: String,
    /// The skill group from whose queue the call came to this channel; empty if it came from no queue.
    pub(in super::super) skill_group: String,
    /// The skill group that the agent works for in this call, or that the customer called.
    pub(in super::super) works_for: String,
    pub(in super::super) created: Millis,
    pub(in super::super) rang: Option<Millis>,
    pub(in super::super) answered: Option<Millis>,
    pub(in super::super) changed: Millis,
    pub(in super::super) released: Option<Release>,
    pub(in super::super) state: ChannelState,
    pub(in super::super) muted: bool,
    /// Spans in which the channel was on hold. The last one may have no end yet.
    pub(in super::super) holds: Vec<(Millis, Option<Millis>)>,
}

impl Channel {
    pub(in super::super) fn is_live(&self) -> bool {
        self.state != ChannelState::Released
    }

    pub(in super::super) fn enter(&mut self, state: ChannelState, now: Millis) {
        self.state = state;
        self.changed = now;
        match state {
            ChannelState::Ringing => self.rang = Some(now),
            ChannelState::Answered => self.answered = Some(now),
            ChannelState::Created | ChannelState::Released => {}
        }
    }

    /// Puts the channel on hold. Returns `false` if it is on hold already.
    pub(in super::super) fn hold(&mut self, now: Millis) -> bool {
        let begins = !self.is_held();
        if begins {
            self.holds.push((now, None));
            self.changed = now;
        }
        begins
    }

    /// Ends the hold. Returns `false` if the channel is not on hold.
    pub(in super::super) fn retrieve(&mut self, now: Millis) -> bool {
        let ends = self.is_held();
        if let Some((_, end @ None)) = self.holds.last_mut() {
            *end = Some(now);
            self.changed = now;
        }
        ends
    }

    pub(in super::super) fn is_held(&self) -> bool {
        matches!(self.holds.last(), Some((_, None)))
    }

    /// Releases the channel. `initiator` is the number or extension of whoever caused it.
    pub(in super::super) fn release(&mut self, initiator: &str, reason: &'static str, now: Millis) {
        self.retrieve(now);
        self.enter(ChannelState::Released, now);
        self.released = Some(Release { initiator: initiator.to_owned(), reason });
    }

    /// Returns the party's name as an initiator of releases: an extension, or an external number.
    pub(in super::super) fn name(&self) -> &str {
        match &self.party {
            Party::Outside(number) => number,
            Party::Agent(_) | Party::Supervisor(_) => &self.extension,
        }
    }
}

/// A consultation before a transfer, which goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Consultation {
    /// The channel of the agent who consults.
    pub(in super::super) from: String,
    /// The channel of the consulted party.
    pub(in super::super) to: String,
    /// Channels that are on hold because of it.
    pub(in super::super) held: Vec<String>,
}

/// A transfer of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Transfer {
    pub(in super::super) at: Millis,
    /// The channel of the agent who transferred it.
    pub(in super::super) from: String,
    /// The channel of the party that got it; `None` for a queue.
    pub(in super::super) to: Option<String>,
    /// Whether that party was consulted before.
    pub(in super::super) attended: bool,
}

/// A call.
#[derive(Clone, Debug)]
pub(in super::super) struct Job {
    pub(in super::super) id: String,
    pub(in super::super) call_type: CallType,
    /// The number that calls.
    pub(in super::super) caller: String,
    /// The number that is called.
    pub(in super::super) callee: String,
    pub(in super::super) started: Millis,
    /// When two parties were first connected.
    pub(in super::super) established: Option<Millis>,
    pub(in super::super) ended: Option<Millis>,
    /// How the call ended, once it has.
    pub(in super::super) end: Option<End>,
    pub(in super::super) channels: Vec<Channel>,
    pub(in super::super) consultation: Option<Consultation>,
    /// The queue that the call waits in, or waited in last.
    pub(in super::super) queue: Option<Queue>,
    /// Queues that the call waited in before that.
    pub(in super::super) former_queues: Vec<Queue>,
    pub(in super::super) transfers: Vec<Transfer>,
    pub(in super::super) tags: String,
    /// What external parties do when this call rings at them, unless their number has a behaviour of its own.
    pub(in super::super) behaviour: Option<Behaviour>,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct End {
    pub(in super::super) by_agent: bool,
    pub(in super::super) reason: &'static str,
    /// `Success`, `NoAnswer`, `AbandonedInQueue` and the like.
    pub(in super::super) disposition: &'static str,
}

/// A call's wait for an agent of a skill group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Queue {
    pub(in super::super) skill_group: String,
    pub(in super::super) since: Millis,
    /// When the wait ends even if no agent was found.
    pub(in super::super) until: Millis,
    /// When the call was last offered to an agent; `None` while it waits.
    pub(in super::super) left: Option<Millis>,
}

impl Job {
    pub(in super::super) fn channel(&self, id: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.id == id)
    }

    pub(in super::super) fn channel_mut(&mut self, id: &str) -> Option<&mut Channel> {
        self.channels.iter_mut().find(|channel| channel.id == id)
    }

    /// Returns the flags of a channel of the call.
    pub(in super::super) fn flags(&self, channel: &Channel) -> BTreeSet<Flag> {
        let leads_here = |other: &&Channel| other.is_live() && other.destination == channel.extension;
        let watched = self.channels.iter().filter(leads_here).filter(|_| channel.is_live());
        let watched = watched.filter_map(|other| other.call_type.watching()).map(|(_, watched)| watched);
        let watching = channel.call_type.watching().map(|(watching, _)| watching);
        let held = channel.is_held().then_some(Flag::Hold);
        let muted = channel.muted.then_some(Flag::Muted);
        watched.chain(watching).chain(held).chain(muted).collect()
    }

    /// Returns the live channel of a user.
    pub(in super::super) fn channel_of(&self, user: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.is_live() && channel.party.user() == Some(user))
    }

    /// Returns how many live channels a user has.
    #[cfg(test)]
    pub(in super::super) fn channels_of(&self, user: &str) -> usize {
        self.channels.iter().filter(|channel| channel.is_live() && channel.party.user() == Some(user)).count()
    }

    pub(in super::super) fn channel_of_mut(&mut self, user: &str) -> Option<&mut Channel> {
        self.channels.iter_mut().find(|channel| channel.is_live() && channel.party.user() == Some(user))
    }

    /// Returns the live channels of everybody but supervisors. A call needs two of them, or one while it waits.
    pub(in super::super) fn principals(&self) -> impl Iterator<Item = &Channel> {
        self.channels
            .iter()
            .filter(|channel| channel.is_live() && !matches!(channel.party, Party::Supervisor(_)))
    }

    /// Returns the centre's own number in the call.
    pub(in super::super) fn own_number(&self) -> &str {
        if self.call_type == CallType::Inbound { &self.callee } else { &self.caller }
    }

    /// Whether the call waits for an agent.
    pub(in super::super) fn waits(&self) -> bool {
        self.ended.is_none() && self.queue.as_ref().is_some_and(|queue| queue.left.is_none())
    }
}
