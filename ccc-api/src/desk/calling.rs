//! How calls come to a desk: placed, found again, or rung in.

use std::time::Duration;

use super::wait::watch;
use super::{Call, CallState, CallView, Desk, DeskError, Status};
use crate::operation::make_call::{MakeCallError, MakeCallRequest};
use crate::operation::poll_user_status::PollUserStatusError;
use crate::types::{CallType, UserState};

impl Desk {
    /// Calls a phone number, or another agent's extension.
    ///
    /// Dropping the future does not take the call back: if it was sent, the phone may ring, and [`find_call`](Self::find_call)
    /// is how to look. Whatever may be cancelled, such as the handler of a request, had better spawn it as a task.
    ///
    /// # Errors
    /// [`MakeCallError`] when the service refuses. Where the error
    /// [may have been placed](DeskError::may_have_been_placed), the phone may ring: [`find_call`](Self::find_call) is how to
    /// look before calling again.
    pub async fn call(&self, number: impl Into<String>) -> Result<Call, DeskError<MakeCallError>> {
        self.call_with(number, |_| {}).await
    }

    /// The same with whatever else `MakeCall` takes: the number to call from, for how long it may ring, tags.
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
        let view = CallView::of(data.call_context, &data.user_context, self.0.user.as_deref());
        Ok(Call::placed(self.clone(), view.ok_or(DeskError::NoJobId)?))
    }

    /// The call that the agent is in now, if any: how to find it again after a restart.
    ///
    /// It may be any call, also one that came in. It may ring, be answered, or be on hold: [`Call::view`] tells. A call of
    /// which only after-call work is left is none.
    ///
    /// # Errors
    /// If the poll fails, or does not say it.
    pub async fn current_call(&self) -> Result<Option<Call>, DeskError<PollUserStatusError>> {
        self.find(|_| true).await
    }

    /// The call to a number that the agent is in now, if any: how to look after an error that left open whether the call
    /// was placed.
    ///
    /// The number may have or lack the codes of country and area. A call that came in is none, nor is one that is over.
    /// Whether the agent placed it here or elsewhere, it cannot tell.
    ///
    /// # Errors
    /// If the poll fails, or does not say it.
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

    /// Waits until a call rings at the agent, for `limit` at most; a day at most. Gives none if none does.
    ///
    /// An inbound call that the agent is speaking in already counts, too: a phone may answer by itself.
    /// [`Call::answer`] takes a call, [`Call::release`] rejects it.
    ///
    /// # Errors
    /// If the service refuses a poll, the last one failed for another reason, or none came back in time.
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
