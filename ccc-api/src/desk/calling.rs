//! The three ways in which a desk gets a call: placing it, finding it again, and waiting for one to ring.

use std::time::Duration;

use super::wait::watch;
use super::{Call, CallState, CallView, Desk, DeskError, Status};
use crate::operation::make_call::{MakeCallError, MakeCallRequest};
use crate::operation::poll_user_status::PollUserStatusError;
use crate::types::{CallType, UserState};

impl Desk {
    /// Calls a phone number, or another agent's extension.
    ///
    /// Dropping the future does not cancel the call. If the request was sent, the phone may ring; use
    /// [`find_call`](Self::find_call) to see. Code that may be cancelled, such as the handler of an HTTP request, should
    /// place the call in a task of its own.
    ///
    /// # Errors
    /// [`MakeCallError`] if the service refuses. If the error says that the call
    /// [may have been placed](DeskError::may_have_been_placed), the phone may ring: look with
    /// [`find_call`](Self::find_call) before you call again.
    pub async fn call(&self, number: impl Into<String>) -> Result<Call, DeskError<MakeCallError>> {
        self.call_with(number, |_| {}).await
    }

    /// Calls a phone number or an extension, with other parameters of `MakeCall`: the number to call from, how long it
    /// may ring, tags.
    ///
    /// ```
    /// # async fn run(desk: ccc_api::desk::Desk) -> Result<(), Box<dyn std::error::Error>> {
    /// let call = desk.call_with("13188888888", |request| {
    ///     request.caller = Some("0109898989".to_owned());
    ///     request.timeout_seconds = Some(30);
    /// });
    /// println!("job {}", call.await?.job_id());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Those of [`call`](Self::call).
    pub async fn call_with(
        &self,
        number: impl Into<String>,
        change: impl FnOnce(&mut MakeCallRequest),
    ) -> Result<Call, DeskError<MakeCallError>> {
        let request = MakeCallRequest::builder().callee(number).device_id(&*self.0.device);
        let mut request = request.instance_id(self.instance()).set_user_id(self.user()).build();
        change(&mut request);
        let data = self.client().send(request).await?.into_inner().data;
        let view = CallView::from_response(data.call_context, &data.user_context, self.0.user.as_deref());
        Ok(Call::placed(self.clone(), view.ok_or(DeskError::NoJobId)?))
    }

    /// Finds the call that the agent is in now, if any, for example after a restart.
    ///
    /// It may be an inbound or an outbound call, and may ring, be answered or be on hold: see [`Call::view`]. A call that
    /// has ended does not count, even if the agent still does its after-call work.
    ///
    /// # Errors
    /// If the poll fails, or if its response does not say what the agent is doing.
    pub async fn current_call(&self) -> Result<Option<Call>, DeskError<PollUserStatusError>> {
        self.find(|_| true).await
    }

    /// Finds the call to a number that the agent is in now, if any. Use it after an error that left open whether the call
    /// was placed.
    ///
    /// The number is found with or without country and area code. Inbound calls and calls that are over do not count. It
    /// cannot tell whether this desk or another program placed the call.
    ///
    /// # Errors
    /// If the poll fails, or if its response does not say what the agent is doing.
    pub async fn find_call(&self, number: &str) -> Result<Option<Call>, DeskError<PollUserStatusError>> {
        self.find(|view| view.is_to(number)).await
    }

    async fn find(
        &self,
        suits: impl FnOnce(&CallView) -> bool,
    ) -> Result<Option<Call>, DeskError<PollUserStatusError>> {
        let status = self.status().await?;
        let view = status.call().filter(|view| view.state() < CallState::Released && suits(view));
        Ok(view.map(|view| Call::seen(self.clone(), view.clone())))
    }

    /// Waits until a call rings at the agent, for at most `limit`, and never longer than a day. `None` means that no call
    /// came.
    ///
    /// An inbound call that is answered already counts too, because a phone may answer by itself. [`Call::answer`]
    /// answers a call, [`Call::release`] rejects it.
    ///
    /// # Errors
    /// If the service refuses a poll, if the last poll failed for another reason, or if no poll had a response in time.
    pub async fn wait_for_call(
        &self,
        limit: Duration,
    ) -> Result<Option<Call>, DeskError<PollUserStatusError>> {
        let came = |status: &Status| {
            let view = status.call()?;
            let inbound = view.context().call_type == Some(CallType::Inbound);
            let has_come = match status.state() {
                UserState::Ringing => true,
                UserState::Talking => inbound && view.state() < CallState::Released,
                _ => false,
            };
            has_come.then(|| Call::seen(self.clone(), view.clone()))
        };
        watch(self, limit, came).await
    }
}
