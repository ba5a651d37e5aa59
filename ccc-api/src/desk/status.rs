//! What one poll tells of an agent.

use std::sync::Arc;
use std::time::Instant;

use super::view::CallView;
use crate::operation::poll_user_status::PollUserStatusData;
use crate::types::UserState;

/// What an agent was doing when the service was asked. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Status(Arc<Told>);

#[derive(Debug)]
struct Told {
    state: UserState,
    call: Option<CallView>,
    data: PollUserStatusData,
    /// When the service was asked, at the earliest.
    asked: Instant,
}

impl Status {
    /// What a response tells; none if it does not say what the agent is doing.
    pub(super) fn of(mut data: PollUserStatusData, user: Option<&str>, asked: Instant) -> Option<Self> {
        let state = data.user_context.user_state.clone()?;
        if data.call_context.job_id.as_deref().unwrap_or_default().is_empty() {
            // A chat has an id of that field, too.
            let id = data.user_context.job_id.clone().filter(|id| !id.starts_with("chat-"));
            data.call_context.job_id = id;
        }
        let call = CallView::of(data.call_context.clone(), &data.user_context, user);
        Some(Self(Arc::new(Told { state, call, data, asked })))
    }

    /// What the agent is doing.
    #[must_use]
    pub fn state(&self) -> &UserState {
        &self.0.state
    }

    /// Why the agent is on a break, if so.
    #[must_use]
    pub fn break_code(&self) -> Option<&str> {
        self.0.data.user_context.break_code.as_deref().filter(|code| !code.is_empty())
    }

    /// Skill groups that the agent is signed in to.
    #[must_use]
    pub fn skill_groups(&self) -> &[String] {
        &self.0.data.user_context.signed_skill_group_id_list
    }

    /// The agent's call: the one that goes on, or the one of which the agent does after-call work.
    #[must_use]
    pub fn call(&self) -> Option<&CallView> {
        self.0.call.as_ref()
    }

    /// All that the response holds, chats included.
    #[must_use]
    pub fn data(&self) -> &PollUserStatusData {
        &self.0.data
    }

    /// When the service was asked, at the earliest: this is no older.
    pub(super) fn asked(&self) -> Instant {
        self.0.asked
    }

    /// Whether the agent is in a call, or about to be.
    pub(super) fn is_in_call(&self) -> bool {
        matches!(self.state(), UserState::Dialing | UserState::Ringing | UserState::Talking)
    }

    /// Whether anything is different but the time of a heartbeat.
    pub(super) fn differs_from(&self, other: &Self) -> bool {
        let without_time = |status: &Self| {
            let mut user = status.0.data.user_context.clone();
            user.heartbeat = None;
            user
        };
        let (own, others) = (&self.0.data, &other.0.data);
        own.call_context != others.call_context
            || own.chat_contexts != others.chat_contexts
            || without_time(self) != without_time(other)
    }
}
