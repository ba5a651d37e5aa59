//! How calls come to a desk: placed, found again, or rung in.

use std::time::Duration;

use super::wait::watch;
use super::{Call, CallState, CallView, Desk, DeskError};
use crate::operation::make_call::{MakeCallError, MakeCallRequest};
use crate::operation::poll_user_status::PollUserStatusError;
use crate::types::UserState;

impl Desk {
    /// Calls a phone number, or another agent's extension.
    ///
    /// # Errors
    /// [`MakeCallError`] when the service refuses. Where the error
    /// [may have been placed](DeskError::may_have_been_placed), the phone may ring: [`current_call`](Self::current_call)
    /// is how to look before calling again.
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
        Ok(Call::new(self.clone(), view.ok_or(DeskError::NoJobId)?))
    }

    /// The call that the agent is in now, if any: how to find it again after a restart or an error that left it open.
    ///
    /// It may ring, be answered, or be on hold: [`Call::view`] tells. A call of which only after-call work is left is none.
    ///
    /// # Errors
    /// If the poll fails, or does not say it.
    pub async fn current_call(&self) -> Result<Option<Call>, DeskError<PollUserStatusError>> {
        let status = self.status().await?;
        let view = status.call().filter(|view| view.state() < CallState::Released);
        Ok(view.map(|view| Call::new(self.clone(), view.clone())))
    }

    /// Waits until a call rings at the agent, for so long. Gives none if none does.
    ///
    /// [`Call::answer`] takes it, [`Call::release`] rejects it.
    ///
    /// # Errors
    /// If the service refuses a poll, or the last one failed for another reason.
    pub async fn wait_for_call(
        &self,
        limit: Duration,
    ) -> Result<Option<Call>, DeskError<PollUserStatusError>> {
        let rings = |status: &super::Status| match status.state() {
            UserState::Ringing => status.call().map(|view| Call::new(self.clone(), view.clone())),
            _ => None,
        };
        watch(self, limit, rings).await
    }
}
