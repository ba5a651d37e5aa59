//! An agent's work between calls: status, signing in and out, being ready, breaks.

use std::time::Instant;

use super::{Desk, DeskError, Status};
use crate::operation::poll_user_status::PollUserStatusError;
use crate::operation::ready_for_service::ReadyForServiceError;
use crate::operation::sign_in_group::SignInGroupError;
use crate::operation::sign_out_group::SignOutGroupError;
use crate::operation::take_break::TakeBreakError;

impl Desk {
    /// Asks what the agent is doing, and in which call the agent is.
    ///
    /// # Errors
    /// If the poll fails, or if its response does not say what the agent is doing.
    pub async fn status(&self) -> Result<Status, DeskError<PollUserStatusError>> {
        let poll = self.client().poll_user_status().instance_id(self.instance()).set_user_id(self.user());
        let asked = Instant::now();
        let response = poll.send().await?.into_inner();
        Status::from_response(response.data, self.0.user.as_deref(), asked).ok_or(DeskError::NoState)
    }

    /// Signs the agent in to these skill groups, and out of all others. The agent is then on a break until
    /// [`ready`](Self::ready).
    ///
    /// # Errors
    /// [`SignInGroupError`] if the service refuses, for example during a call.
    pub async fn sign_in<G: Into<String>>(
        &self,
        skill_groups: impl IntoIterator<Item = G>,
    ) -> Result<(), DeskError<SignInGroupError>> {
        let sign_in = self.client().sign_in_group().instance_id(self.instance()).device_id(&*self.0.device);
        let groups: Vec<String> = skill_groups.into_iter().map(Into::into).collect();
        sign_in.signed_skill_group_id_list(groups).set_user_id(self.user()).send().await?;
        Ok(())
    }

    /// Makes the agent ready for calls. It ends a break or after-call work.
    ///
    /// # Errors
    /// [`ReadyForServiceError`] if the service refuses, for example if the agent is not signed in.
    pub async fn ready(&self) -> Result<(), DeskError<ReadyForServiceError>> {
        let ready = self.client().ready_for_service().instance_id(self.instance());
        ready.set_user_id(self.user()).send().await?;
        Ok(())
    }

    /// Puts the agent on a break. The code is a reason of your choice, which appears in reports.
    ///
    /// # Errors
    /// [`TakeBreakError`] if the service refuses, for example during a call.
    pub async fn take_break(&self, code: impl Into<String>) -> Result<(), DeskError<TakeBreakError>> {
        let take_break = self.client().take_break().instance_id(self.instance()).code(code);
        take_break.set_user_id(self.user()).send().await?;
        Ok(())
    }

    /// Signs the agent out of all skill groups.
    ///
    /// # Errors
    /// [`SignOutGroupError`] if the service refuses, for example during a call.
    pub async fn sign_out(&self) -> Result<(), DeskError<SignOutGroupError>> {
        let sign_out = self.client().sign_out_group().instance_id(self.instance());
        sign_out.set_user_id(self.user()).send().await?;
        Ok(())
    }
}
