//! A call as a response shows it, seen by its agent.

use super::number::is_same;
use crate::types::{CallContext, CallType, ChannelContext, ChannelState, UserContext, UserState};

/// The state of a call for its agent. Later states are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CallState {
    /// The call was placed, but does not ring yet.
    Created,
    /// The call rings at the other party or at this agent.
    Ringing,
    /// The agent and another party are connected.
    Answered,
    /// The call is over for this agent: it has ended, or was transferred.
    Released,
}

/// A call as a response showed it.
#[derive(Clone, Debug)]
pub struct CallView {
    state: CallState,
    context: CallContext,
    /// Index of the agent's own channel.
    own: Option<usize>,
}

impl CallView {
    /// Reads the call from a response; `None` means that the response names no call. `named` is the agent, if the
    /// response does not say who it is.
    pub(super) fn from_response(
        context: CallContext,
        user: &UserContext,
        named: Option<&str>,
    ) -> Option<Self> {
        context.job_id.as_deref().filter(|id| !id.is_empty())?;
        let own = user.user_id.as_deref().filter(|id| !id.is_empty()).or(named).and_then(|id| {
            let is_own = |channel: &ChannelContext| channel.user_id.as_deref() == Some(id);
            let channels = &context.channel_contexts;
            let live = channels.iter().rposition(|channel| is_own(channel) && is_live(channel));
            live.or_else(|| channels.iter().rposition(is_own))
        });
        let mut view = Self { state: CallState::Created, context, own };
        view.state = view.derive_state(user.user_state.as_ref());
        Some(view)
    }

    /// Derives the call's state from its channels. If the agent has no channel, the agent's state decides.
    fn derive_state(&self, user: Option<&UserState>) -> CallState {
        let others = || self.others().filter(|channel| is_live(channel));
        let rings = |channel: &ChannelContext| {
            matches!(channel.channel_state, Some(ChannelState::Ringing | ChannelState::EarlyMedia))
        };
        let Some(own) = self.own_channel() else {
            return match user {
                Some(UserState::Talking) => CallState::Answered,
                Some(UserState::Ringing) => CallState::Ringing,
                Some(UserState::Ready | UserState::Break | UserState::Working | UserState::Offline) => {
                    CallState::Released
                }
                _ if others().any(rings) => CallState::Ringing,
                _ => CallState::Created,
            };
        };
        let everybody_left = self.others().next().is_some() && others().next().is_none();
        if !is_live(own) || everybody_left {
            CallState::Released
        } else if is_answered(own) && others().any(is_answered) {
            CallState::Answered
        } else if rings(own) || others().any(rings) {
            CallState::Ringing
        } else {
            CallState::Created
        }
    }

    /// Marks the call as just placed. The agent's state may still be the one before the call, so that state alone does not
    /// mean that the call is over.
    pub(super) fn placed(mut self) -> Self {
        if self.is_doubtful() {
            self.state = CallState::Created;
        }
        self
    }

    /// Whether only the agent's state says that the call is over, and no channel does.
    pub(super) fn is_doubtful(&self) -> bool {
        self.own.is_none() && self.state == CallState::Released
    }

    /// Whether the agent called this number.
    pub(super) fn is_to(&self, number: &str) -> bool {
        let is_this = |text: &Option<String>| text.as_deref().is_some_and(|text| is_same(text, number));
        let mut channels = self.channels().iter();
        self.context.call_type != Some(CallType::Inbound)
            && channels.any(|channel| is_this(&channel.destination) || is_this(&channel.originator))
    }

    /// Marks the call as over.
    pub(super) fn end(&mut self) {
        self.state = CallState::Released;
    }

    /// Returns the call's id, which its record and its recordings have too.
    #[must_use]
    pub fn job_id(&self) -> &str {
        self.context.job_id.as_deref().unwrap_or_default()
    }

    /// Returns the state of the call for the agent.
    #[must_use]
    pub fn state(&self) -> CallState {
        self.state
    }

    /// Returns the channels, one for each party, including parties that have left.
    #[must_use]
    pub fn channels(&self) -> &[ChannelContext] {
        &self.context.channel_contexts
    }

    /// Returns the agent's own channel.
    #[must_use]
    pub fn own_channel(&self) -> Option<&ChannelContext> {
        self.context.channel_contexts.get(self.own?)
    }

    /// Returns the channel of the party that the agent speaks with: a customer, or another agent. It is never the
    /// [consulted](Self::consulted) party or a supervisor.
    #[must_use]
    pub fn other_channel(&self) -> Option<&ChannelContext> {
        let candidates = || {
            let live = self.others().filter(|channel| is_live(channel));
            live.filter(|channel| channel.call_type != Some(CallType::Consultant))
        };
        let is_customer =
            |channel: &&ChannelContext| channel.user_id.as_deref().unwrap_or_default().is_empty();
        candidates().find(is_customer).or_else(|| candidates().next())
    }

    /// Returns the channel of the party that the agent consults before a transfer.
    #[must_use]
    pub fn consulted(&self) -> Option<&ChannelContext> {
        let consulted = |channel: &&ChannelContext| channel.call_type == Some(CallType::Consultant);
        self.others().filter(|channel| is_live(channel)).find(consulted)
    }

    /// Whether the consulted party has answered, so that the transfer can be completed.
    #[must_use]
    pub fn consulted_answered(&self) -> bool {
        self.consulted().is_some_and(is_answered)
    }

    /// Returns the channel that is on hold, if any.
    #[must_use]
    pub fn held_channel(&self) -> Option<&ChannelContext> {
        let held = |channel: &&ChannelContext| is_live(channel) && has_flag(channel, "HOLD");
        self.other_channel().filter(held).or_else(|| self.channels().iter().find(held))
    }

    /// Whether the agent is muted.
    #[must_use]
    pub fn is_muted(&self) -> bool {
        self.own_channel().is_some_and(|channel| has_flag(channel, "MUTED"))
    }

    /// Returns why the call ended, if a channel has the reason: a SIP response code and its text. The call's record always
    /// has it.
    #[must_use]
    pub fn release_reason(&self) -> Option<&str> {
        let mut reasons = self.channels().iter().filter_map(|channel| channel.release_reason.as_deref());
        reasons.find(|reason| !reason.is_empty())
    }

    /// Returns everything in the response about the call.
    #[must_use]
    pub fn context(&self) -> &CallContext {
        &self.context
    }

    /// Returns the channels of the other parties, without supervisors.
    fn others(&self) -> impl Iterator<Item = &ChannelContext> {
        let all = self.context.channel_contexts.iter().enumerate();
        all.filter(|(index, _)| Some(*index) != self.own).map(|(_, channel)| channel).filter(|channel| {
            !matches!(channel.call_type, Some(CallType::Monitor | CallType::Coach | CallType::Barge))
        })
    }
}

fn is_live(channel: &ChannelContext) -> bool {
    !matches!(channel.channel_state, Some(ChannelState::Released | ChannelState::Retired))
}

fn is_answered(channel: &ChannelContext) -> bool {
    channel.channel_state == Some(ChannelState::Answered)
}

/// Whether a flag is set. Flags are a list within a string, such as `["HOLD"]`.
fn has_flag(channel: &ChannelContext, flag: &str) -> bool {
    let flags = channel.channel_flags.as_deref().unwrap_or_default();
    flags.split(|character: char| !character.is_ascii_alphabetic()).any(|word| word == flag)
}
