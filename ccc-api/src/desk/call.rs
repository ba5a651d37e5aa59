//! A call at a desk.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

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
    known: Arc<Mutex<Known>>,
}

/// The latest view of a call, and how far to trust it.
struct Known {
    view: CallView,
    /// When the service knew it: whatever is older is no news.
    since: Instant,
    /// Whether a poll that does not show the call means that it is over. Right after it was placed, the first one may
    /// have come too early.
    polled: bool,
}

/// Sends an operation for a call, and takes in what its response tells.
macro_rules! send {
    ($call:ident.$operation:ident() $(.$parameter:ident($value:expr))*) => {{
        let request = $call.desk.client().$operation().instance_id($call.desk.instance());
        let request = request.job_id($call.job_id()).set_user_id($call.desk.user())$(.$parameter($value))*;
        let data = request.send().await?.into_inner().data;
        $call.learn(data.call_context, &data.user_context);
        Ok(())
    }};
}
pub(super) use send;

impl Call {
    /// Makes a call that `MakeCall` has placed.
    pub(super) fn placed(desk: Desk, view: CallView) -> Self {
        Self::new(desk, view.placed(), false)
    }

    /// Makes a call that a poll has shown.
    pub(super) fn seen(desk: Desk, view: CallView) -> Self {
        Self::new(desk, view, true)
    }

    fn new(desk: Desk, view: CallView, polled: bool) -> Self {
        let job_id = view.job_id().into();
        Self { desk, job_id, known: Arc::new(Mutex::new(Known { view, since: Instant::now(), polled })) }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The call's id: that of its record and recordings, too.
    #[must_use]
    pub fn job_id(&self) -> &str {
        &self.job_id
    }

    /// The call as the last response showed it: its state and channels. [`look`](Self::look) asks anew.
    #[must_use]
    pub fn view(&self) -> CallView {
        self.known().view.clone()
    }

    /// Asks how the call is. Once the agent is no longer in it, it is [released](CallState::Released).
    ///
    /// A poll may come too early to show a call that was just placed. Such a call counts as released when two polls in a
    /// row do not show it.
    ///
    /// # Errors
    /// If the poll fails, or does not say it.
    pub async fn look(&self) -> Result<CallView, DeskError<PollUserStatusError>> {
        let status = self.desk.status().await?;
        Ok(self.see(&status))
    }

    /// Waits until the call has come as far as `state`, for `limit` at most; a day at most. A call that is over is
    /// [`Waited::Released`], unless that is waited for.
    ///
    /// The first poll is at once, the others as often as the [module](super) says, the last shortly before the end.
    ///
    /// # Errors
    /// If the service refuses a poll, the last one failed for another reason, or none came back in time. The call may go
    /// on then, and its phone may still ring: [`release`](Self::release) ends it.
    pub async fn wait_until(
        &self,
        state: CallState,
        limit: Duration,
    ) -> Result<Waited, DeskError<PollUserStatusError>> {
        // A call that is over is not answered, though it is further.
        let last = if state == CallState::Released { state } else { CallState::Answered };
        self.wait_for(limit, |view| (state..=last).contains(&view.state())).await
    }

    /// Waits until the call suits or is over, for `limit` at most; a day at most.
    ///
    /// ```
    /// # use std::time::{Duration, Instant};
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
    /// Those of [`wait_until`](Self::wait_until).
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
        send!(self.answer_call())
    }

    /// Hangs up for the agent; rejects the call while it rings at the agent.
    ///
    /// # Errors
    /// [`ReleaseCallError`] when the service refuses, as it does when the call is over.
    pub async fn release(&self) -> Result<(), DeskError<ReleaseCallError>> {
        send!(self.release_call())
    }

    /// Puts the other party on hold, who hears music then.
    ///
    /// # Errors
    /// [`HoldCallError`] when the service refuses, as it does when the party is on hold already.
    pub async fn hold(&self) -> Result<(), DeskError<HoldCallError>> {
        let channel = self.channel(CallView::other_channel).await?;
        send!(self.hold_call().channel_id(channel))
    }

    /// Takes the party back that is on hold.
    ///
    /// # Errors
    /// [`RetrieveCallError`] when the service refuses, as it does when nobody is on hold.
    pub async fn retrieve(&self) -> Result<(), DeskError<RetrieveCallError>> {
        let channel = self.channel(|view| view.held_channel().or_else(|| view.other_channel())).await?;
        send!(self.retrieve_call().channel_id(channel))
    }

    /// Silences the agent, who still hears the others.
    ///
    /// # Errors
    /// [`MuteCallError`] when the service refuses, as it does when the agent is mute already.
    pub async fn mute(&self) -> Result<(), DeskError<MuteCallError>> {
        send!(self.mute_call())
    }

    /// Lets the agent be heard again.
    ///
    /// # Errors
    /// [`UnmuteCallError`] when the service refuses, as it does when the agent is not mute.
    pub async fn unmute(&self) -> Result<(), DeskError<UnmuteCallError>> {
        send!(self.unmute_call())
    }

    /// Presses keys for the other party to hear: digits, `*` and `#`.
    ///
    /// # Errors
    /// [`SendDtmfSignalingError`] when the service refuses, as it does when the call is not answered.
    pub async fn keys(&self, keys: impl Into<String>) -> Result<(), DeskError<SendDtmfSignalingError>> {
        let channel = self.channel(CallView::other_channel).await?;
        send!(self.send_dtmf_signaling().dtmf(keys).channel_id(channel))
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

    /// Takes in what a poll tells, unless later news came meanwhile. The call is over once it is no longer the agent's.
    fn see(&self, status: &Status) -> CallView {
        let mut known = self.known();
        if status.asked() >= known.since {
            let shown = status.call().filter(|view| view.job_id() == self.job_id());
            match shown {
                _ if !known.polled && shown.is_none_or(CallView::is_doubtful) => {}
                Some(view) => known.view.clone_from(view),
                None => known.view.end(),
            }
            (known.since, known.polled) = (status.asked(), true);
        }
        known.view.clone()
    }

    /// Takes in what the response to an operation tells, if it tells of this call.
    pub(super) fn learn(&self, context: CallContext, user: &UserContext) {
        let view = CallView::of(context, user, self.desk.0.user.as_deref());
        let mut known = self.known();
        // Polls that are under way may be older than this response, whatever it says.
        known.since = Instant::now();
        if let Some(view) = view.filter(|view| view.job_id() == self.job_id()) {
            known.view = view;
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.view().state();
        f.debug_struct("Call").field("job_id", &self.job_id).field("state", &state).finish_non_exhaustive()
    }
}
