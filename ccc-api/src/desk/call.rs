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

/// A call of an agent. Cloning is cheap; all clones stand for the same call.
///
/// Dropping it does not end the call.
#[derive(Clone)]
pub struct Call {
    pub(super) desk: Desk,
    pub(super) job_id: Arc<str>,
    known: Arc<Mutex<Known>>,
}

/// The latest view of a call.
struct Known {
    view: CallView,
    /// The time of the view. Older responses are ignored.
    since: Instant,
    /// Whether the call was polled already. The first poll after a call was placed may come too early to show it; after
    /// that, a poll that does not show the call means that it is over.
    polled: bool,
}

/// Sends an operation for a call, and updates the call from the response.
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
    /// Makes a call from the response to `MakeCall`.
    pub(super) fn placed(desk: Desk, view: CallView) -> Self {
        Self::new(desk, view.placed(), false)
    }

    /// Makes a call from the response to a poll.
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

    /// Returns the call's id, which its record and its recordings have too.
    #[must_use]
    pub fn job_id(&self) -> &str {
        &self.job_id
    }

    /// Returns the call as the last response showed it: its state and channels. [`look`](Self::look) polls again.
    #[must_use]
    pub fn view(&self) -> CallView {
        self.known().view.clone()
    }

    /// Polls the state of the call. If the agent is no longer in it, the call is [released](CallState::Released).
    ///
    /// A poll may come too early to show a call that was just placed. Such a call counts as released only if two polls in
    /// a row do not show it.
    ///
    /// # Errors
    /// If the poll fails, or if its response does not say what the agent is doing.
    pub async fn look(&self) -> Result<CallView, DeskError<PollUserStatusError>> {
        let status = self.desk.status().await?;
        Ok(self.see(&status))
    }

    /// Waits until the call reaches `state`, for at most `limit`, and never longer than a day. If the call ends before,
    /// the result is [`Waited::Released`].
    ///
    /// It polls at once, then as often as the [module](super) says, and once more shortly before the limit.
    ///
    /// # Errors
    /// If the service refuses a poll, if the last poll failed for another reason, or if no poll had a response in time.
    /// The call may go on then, and the phone may still ring: [`release`](Self::release) ends it.
    pub async fn wait_until(
        &self,
        state: CallState,
        limit: Duration,
    ) -> Result<Waited, DeskError<PollUserStatusError>> {
        // `Released` is the greatest state, but a call that is over does not count as answered.
        let last = if state == CallState::Released { state } else { CallState::Answered };
        self.wait_for(limit, |view| (state..=last).contains(&view.state())).await
    }

    /// Waits until `suits` accepts the call or the call is over, for at most `limit`, and never longer than a day.
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

    /// Answers the call, which rings at the agent.
    ///
    /// # Errors
    /// [`AnswerCallError`] if the service refuses, for example if the call no longer rings.
    pub async fn answer(&self) -> Result<(), DeskError<AnswerCallError>> {
        send!(self.answer_call())
    }

    /// Hangs up for the agent. While the call rings at the agent, this rejects it.
    ///
    /// # Errors
    /// [`ReleaseCallError`] if the service refuses, for example if the call is over.
    pub async fn release(&self) -> Result<(), DeskError<ReleaseCallError>> {
        send!(self.release_call())
    }

    /// Puts the other party on hold. The party hears music meanwhile.
    ///
    /// # Errors
    /// [`HoldCallError`] if the service refuses, for example if the party is on hold already.
    pub async fn hold(&self) -> Result<(), DeskError<HoldCallError>> {
        let channel = self.channel(CallView::other_channel).await?;
        send!(self.hold_call().channel_id(channel))
    }

    /// Ends the hold of the party that is on hold.
    ///
    /// # Errors
    /// [`RetrieveCallError`] if the service refuses, for example if nobody is on hold.
    pub async fn retrieve(&self) -> Result<(), DeskError<RetrieveCallError>> {
        let channel = self.channel(|view| view.held_channel().or_else(|| view.other_channel())).await?;
        send!(self.retrieve_call().channel_id(channel))
    }

    /// Mutes the agent, who still hears the others.
    ///
    /// # Errors
    /// [`MuteCallError`] if the service refuses, for example if the agent is muted already.
    pub async fn mute(&self) -> Result<(), DeskError<MuteCallError>> {
        send!(self.mute_call())
    }

    /// Unmutes the agent.
    ///
    /// # Errors
    /// [`UnmuteCallError`] if the service refuses, for example if the agent is not muted.
    pub async fn unmute(&self) -> Result<(), DeskError<UnmuteCallError>> {
        send!(self.unmute_call())
    }

    /// Sends keys (digits, `*` and `#`) to the other party, as tones.
    ///
    /// # Errors
    /// [`SendDtmfSignalingError`] if the service refuses, for example if the call is not answered.
    pub async fn keys(&self, keys: impl Into<String>) -> Result<(), DeskError<SendDtmfSignalingError>> {
        let channel = self.channel(CallView::other_channel).await?;
        send!(self.send_dtmf_signaling().dtmf(keys).channel_id(channel))
    }

    /// Polls, and returns the id of the channel that `choose` selects.
    async fn channel<E>(
        &self,
        choose: impl FnOnce(&CallView) -> Option<&ChannelContext>,
    ) -> Result<String, DeskError<E>> {
        let view = self.look().await.map_err(DeskError::before)?;
        let live = Some(&view).filter(|view| view.state() < CallState::Released);
        live.and_then(choose).and_then(|channel| channel.channel_id.clone()).ok_or(DeskError::NoChannel)
    }

    /// Updates the call from a poll, unless a later response came meanwhile. The call is over if the agent is no longer
    /// in it.
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

    /// Updates the call from the response to an operation, if the response is about this call.
    pub(super) fn learn(&self, context: CallContext, user: &UserContext) {
        let view = CallView::from_response(context, user, self.desk.0.user.as_deref());
        let mut known = self.known();
        // Polls that are under way now may be older than this response. They are ignored, whatever this response says.
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
