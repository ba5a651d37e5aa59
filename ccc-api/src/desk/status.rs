//! An agent's status, as one poll returned it.

use std::sync::Arc;
use std::time::Instant;

use super::view::CallView;
use crate::operation::poll_user_status::PollUserStatusData;
use crate::types::UserState;

/// What an agent was doing at the time of a poll. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Status(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    state: UserState,
    call: Option<CallView>,
    data: PollUserStatusData,
    /// The time right before the poll was sent.
    asked: Instant,
}

impl Status {
    /// Reads the response to a poll that was sent at `asked`. `None` means that it does not say what the agent is doing.
    pub(super) fn from_response(
        mut data: PollUserStatusData,
        user: Option<&str>,
        asked: Instant,
    ) -> Option<Self> {
        let state = data.user_context.user_state.clone()?;
        if data.call_context.job_id.as_deref().unwrap_or_default().is_empty() {
            // Chats have an id in this field, too.
            let id = data.user_context.job_id.clone().filter(|id| !id.starts_with("chat-"));
            data.call_context.job_id = id;
        }
        let call = CallView::from_response(data.call_context.clone(), &data.user_context, user);
        Some(Self(Arc::new(Inner { state, call, data, asked })))
    }

    /// Returns what the agent is doing.
    #[must_use]
    pub fn state(&self) -> &UserState {
        &self.0.state
    }

    /// Returns the reason of the agent's break, if the agent is on one.
    #[must_use]
    pub fn break_code(&self) -> Option<&str> {
        self.0.data.user_context.break_code.as_deref().filter(|code| !code.is_empty())
    }

    /// Returns the skill groups that the agent is signed in to.
    #[must_use]
    pub fn skill_groups(&self) -> &[String] {
        &self.0.data.user_context.signed_skill_group_id_list
    }

    /// Returns the agent's call: the present one, or the one of the agent's after-call work.
    #[must_use]
    pub fn call(&self) -> Option<&CallView> {
        self.0.call.as_ref()
    }

    /// Returns everything in the response, chats included.
    #[must_use]
    pub fn data(&self) -> &PollUserStatusData {
        &self.0.data
    }

    /// Returns the time right before the poll was sent. The status is not older.
    pub(super) fn asked(&self) -> Instant {
        self.0.asked
    }

    /// Whether the agent is in a call, or a call is being set up.
    pub(super) fn is_in_call(&self) -> bool {
        matches!(self.state(), UserState::Dialing | UserState::Ringing | UserState::Talking)
    }

    /// Whether anything but the time of the heartbeat differs.
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
