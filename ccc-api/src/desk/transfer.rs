//! Transfers of a call: at once, or after consulting.

use std::fmt;

use super::call::send;
use super::{Call, DeskError};
use crate::custom::REDACTED;
use crate::operation::blind_transfer::BlindTransferError;
use crate::operation::cancel_attended_transfer::CancelAttendedTransferError;
use crate::operation::complete_attended_transfer::CompleteAttendedTransferError;
use crate::operation::initiate_attended_transfer::InitiateAttendedTransferError;
use crate::types::TransfereeType;

/// The target of a transfer.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum To {
    /// An agent, as name@instance.
    Agent(String),
    /// An agent of a skill group, named as name@instance, who is ready.
    SkillGroup(String),
    /// An external phone number. `Debug` hides it.
    Number(String),
    /// A contact flow, by its id. It cannot be consulted.
    ContactFlow(String),
}

impl To {
    /// Transfers to an agent, as name@instance.
    pub fn agent(user: impl Into<String>) -> Self {
        Self::Agent(user.into())
    }

    /// Transfers to a skill group, as name@instance.
    pub fn skill_group(group: impl Into<String>) -> Self {
        Self::SkillGroup(group.into())
    }

    /// Transfers to an external phone number.
    pub fn number(number: impl Into<String>) -> Self {
        Self::Number(number.into())
    }

    /// Transfers to a contact flow, by its id.
    pub fn contact_flow(id: impl Into<String>) -> Self {
        Self::ContactFlow(id.into())
    }

    /// Returns `Transferee` and `TransfereeType`. The type of external numbers depends on the operation: `number`.
    fn parameters(self, number: TransfereeType) -> (String, TransfereeType) {
        match self {
            Self::Agent(user) => (user, TransfereeType::Agent),
            Self::SkillGroup(group) => (group, TransfereeType::SkillGroup),
            Self::Number(outside) => (outside, number),
            Self::ContactFlow(id) => (id, TransfereeType::Ivr),
        }
    }
}

impl fmt::Debug for To {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agent(user) => f.debug_tuple("Agent").field(user).finish(),
            Self::SkillGroup(group) => f.debug_tuple("SkillGroup").field(group).finish(),
            Self::Number(_) => f.debug_tuple("Number").field(&REDACTED).finish(),
            Self::ContactFlow(id) => f.debug_tuple("ContactFlow").field(id).finish(),
        }
    }
}

impl Call {
    /// Transfers the other party at once, without consulting. The agent leaves the call.
    ///
    /// # Errors
    /// [`BlindTransferError`] if the service refuses, for example if the call is not answered.
    pub async fn transfer_to(&self, to: To) -> Result<(), DeskError<BlindTransferError>> {
        let (transferee, kind) = to.parameters(TransfereeType::ExternalNumber);
        send!(self.blind_transfer().transferee(transferee).transferee_type(kind))
    }

    /// Calls the target of the transfer, so that the agent can speak with it first. The other party is on hold meanwhile.
    ///
    /// Follow it by [`complete_transfer`](Self::complete_transfer) or [`cancel_transfer`](Self::cancel_transfer).
    /// [`wait_for`](Self::wait_for) shows how to wait until the target answers.
    ///
    /// # Errors
    /// [`InitiateAttendedTransferError`] if the service refuses, for example if the call is not answered.
    pub async fn consult(&self, to: To) -> Result<(), DeskError<InitiateAttendedTransferError>> {
        let (transferee, kind) = to.parameters(TransfereeType::External);
        send!(self.initiate_attended_transfer().transferee(transferee).transferee_type(kind))
    }

    /// Connects the other party with the consulted one. The agent leaves the call.
    ///
    /// # Errors
    /// [`CompleteAttendedTransferError`] if the service refuses, for example before the consulted party has answered.
    pub async fn complete_transfer(&self) -> Result<(), DeskError<CompleteAttendedTransferError>> {
        send!(self.complete_attended_transfer())
    }

    /// Ends the consultation, and returns to the other party.
    ///
    /// # Errors
    /// [`CancelAttendedTransferError`] if the service refuses, for example if nobody is consulted.
    pub async fn cancel_transfer(&self) -> Result<(), DeskError<CancelAttendedTransferError>> {
        send!(self.cancel_attended_transfer())
    }
}
