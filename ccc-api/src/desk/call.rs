//! A call at a desk.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::wait::watch;
use super::{CallState, CallView, Desk, DeskError, Status, Waited};
use crate::operation::answer_call::AnswerCallError;
use crate::operation::hold_call::HoldCallError;
use crate::operation::mute_call::MuteCallError;
use crate::operation::poll_user_status::PollUserStatusError;
use crate::operation::release_call::ReleaseCallError;
use crate::operation::retrieve_call::RetrieveCallError;
use crate::operation::send_dtmf_signaling::SendDtmfSignalingError;
use crate::operation::unmute_call::UnmuteCallError;
use crate::types::{CallContext, ChannelContext, UserContext};

/// A call of an agent's. Cloning is cheap; clones are the same call.
///
/// Dropping it does nothing to the call.
#[derive(Clone)]
pub struct Call {
    pub(super) desk: Desk,
    pub(super) job_id: Arc<str>,
    seen: Arc<Mutex<CallView>>,
}

impl Call {
    pub(super) fn new(desk: Desk, view: CallView) -> Self {
        Self { desk, job_id: view.job_id().into(), seen: Arc::new(Mutex::new(view)) }
    }

    /// The call's id: that of its record and recordings, too.
    #[must_use]
    pub fn job_id(&self) -> &str {
        &self.job_id
    }

    /// The call as the last response showed it: its state and channels. [`look`](Self::look) asks anew.
    #[must_use]
    pub fn view(&self) -> CallView {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks how the call is. Once the agent is no longer in it, it is [released](CallState::Released).
    ///
    /// # Errors
    /// If the poll fails, or does not say it.
    pub async fn look(&self) -> Result<CallView, DeskError<PollUserStatusError>> {
        let status = self.desk.status().await?;
        Ok(self.see(&status))
    }

    /// Waits until the call is so far or further, for so long; a call that is over is [`Waited::Released`], unless that is
    /// waited for. The first poll is at once, the others as often as the [module](super) says.
    ///
    /// # Errors
    /// If the service refuses a poll, or the last one failed for another reason.
    pub async fn wait_until(
        &self,
        state: CallState,
        limit: Duration,
    ) -> Result<Waited, DeskError<PollUserStatusError>> {
        // A call that is over is not answered, though it is further.
        let last = if state == CallState::Released { state } else { CallState::Answered };
        self.wait_for(limit, |view| (state..=last).contains(&view.state())).await
    }

    /// Waits until the call suits, for so long, or is over.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use ccc_api::desk::{Call, To, Waited};
    /// # async fn run(call: Call) -> Result<(), Box<dyn std::error::Error>> {
    /// call.consult(To::agent("li@ccc-test")).await?;
    /// match call.wait_for(Duration::from_secs(30), |view| view.consulted_answered()).await? {
    ///     Waited::Reached => call.complete_transfer().await?,
    ///     Waited::TimedOut => call.cancel_transfer().await?,
    ///     Waited::Released => {}
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// If the service refuses a poll, or the last one failed for another reason.
    pub async fn wait_for(
        &self,
        limit: Duration,
        mut suits: impl FnMut(&CallView) -> bool,
    ) -> Result<Waited, DeskError<PollUserStatusError>> {
        let suits = |status: &Status| {
            let view = self.see(status);
            let released = (view.state() == CallState::Released).then_some(Waited::Released);
            if suits(&view) { Some(Waited::Reached) } else { released }
        };
        Ok(watch(&self.desk, limit, suits).await?.unwrap_or(Waited::TimedOut))
    }

    /// Takes the call that rings at the agent.
    ///
    /// # Errors
    /// [`AnswerCallError`] when the service refuses, as it does when it no longer rings.
    pub async fn answer(&self) -> Result<(), DeskError<AnswerCallError>> {
        let answer = self.desk.client().answer_call().instance_id(self.desk.instance());
        let answer = answer.job_id(self.job_id()).set_user_id(self.desk.user());
        let data = answer.send().await?.into_inner().data;
        self.learn(data.call_context, &data.user_context);
        Ok(())
    }

    /// Hangs up for the agent; rejects the call while it rings at the agent.
    ///
    /// # Errors
    /// [`ReleaseCallError`] when the service refuses, as it does when the call is over.
    pub async fn release(&self) -> Result<(), DeskError<ReleaseCallError>> {
        let release = self.desk.client().release_call().instance_id(self.desk.instance());
        let release = release.job_id(self.job_id()).set_user_id(self.desk.user());
        let data = release.send().await?.into_inner().data;
        self.learn(data.call_context, &data.user_context);
        Ok(())
    }

    /// Puts the other party on hold, who hears music then.
    ///
    /// # Errors
    /// [`HoldCallError`] when the service refuses, as it does when the party is on hold already.
    pub async fn hold(&self) -> Result<(), DeskError<HoldCallError>> {
        let channel = self.channel(CallView::other_channel).await?;
        let hold = self.desk.client().hold_call().instance_id(self.desk.instance()).channel_id(channel);
        let hold = hold.job_id(self.job_id()).set_user_id(self.desk.user());
        let data = hold.send().await?.into_inner().data;
        self.learn(data.call_context, &data.user_context);
        Ok(())
    }

    /// Takes the party back that is on hold.
    ///
    /// # Errors
    /// [`RetrieveCallError`] when the service refuses, as it does when nobody is on hold.
    pub async fn retrieve(&self) -> Result<(), DeskError<RetrieveCallError>> {
        let channel = self.channel(|view| view.held_channel().or_else(|| view.other_channel())).await?;
        let retrieve = self.desk.client().retrieve_call().instance_id(self.desk.instance());
        let retrieve = retrieve.channel_id(channel).job_id(self.job_id()).set_user_id(self.desk.user());
        let data = retrieve.send().await?.into_inner().data;
        self.learn(data.call_context, &data.user_context);
        Ok(())
    }

    /// Silences the agent, who still hears the others.
    ///
    /// # Errors
    /// [`MuteCallError`] when the service refuses, as it does when the agent is mute already.
    pub async fn mute(&self) -> Result<(), DeskError<MuteCallError>> {
        let mute = self.desk.client().mute_call().instance_id(self.desk.instance());
        let mute = mute.job_id(self.job_id()).set_user_id(self.desk.user());
        let data = mute.send().await?.into_inner().data;
        self.learn(data.call_context, &data.user_context);
        Ok(())
    }

    /// Lets the agent be heard again.
    ///
    /// # Errors
    /// [`UnmuteCallError`] when the service refuses, as it does when the agent is not mute.
    pub async fn unmute(&self) -> Result<(), DeskError<UnmuteCallError>> {
        let unmute = self.desk.client().unmute_call().instance_id(self.desk.instance());
        let unmute = unmute.job_id(self.job_id()).set_user_id(self.desk.user());
        let data = unmute.send().await?.into_inner().data;
        self.learn(data.call_context, &data.user_context);
        Ok(())
    }

    /// Presses keys for the other party to hear: digits, `*` and `#`.
    ///
    /// # Errors
    /// [`SendDtmfSignalingError`] when the service refuses, as it does when the call is not answered.
    pub async fn keys(&self, keys: impl Into<String>) -> Result<(), DeskError<SendDtmfSignalingError>> {
        let channel = self.channel(CallView::other_channel).await?;
        let keys = self.desk.client().send_dtmf_signaling().instance_id(self.desk.instance()).dtmf(keys);
        let keys = keys.channel_id(channel).job_id(self.job_id()).set_user_id(self.desk.user());
        let data = keys.send().await?.into_inner().data;
        self.learn(data.call_context, &data.user_context);
        Ok(())
    }

    /// Asks for a channel that an operation is to name.
    async fn channel<E>(
        &self,
        choose: impl FnOnce(&CallView) -> Option<&ChannelContext>,
    ) -> Result<String, DeskError<E>> {
        let view = self.look().await.map_err(DeskError::before)?;
        let live = Some(&view).filter(|view| view.state() < CallState::Released);
        live.and_then(choose).and_then(|channel| channel.channel_id.clone()).ok_or(DeskError::NoChannel)
    }

    /// Takes in what a poll tells: the call is over once it is no longer the agent's.
    fn see(&self, status: &Status) -> CallView {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match status.call().filter(|view| view.job_id() == self.job_id()) {
            Some(view) => seen.clone_from(view),
            None => *seen = seen.clone().over(),
        }
        seen.clone()
    }

    /// Takes in what the response to an operation tells, if it tells of this call.
    pub(super) fn learn(&self, context: CallContext, user: &UserContext) {
        let view = CallView::of(context, user, self.desk.0.user.as_deref());
        if let Some(view) = view.filter(|view| view.job_id() == self.job_id()) {
            *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = view;
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.view().state();
        f.debug_struct("Call").field("job_id", &self.job_id).field("state", &state).finish_non_exhaustive()
    }
}
