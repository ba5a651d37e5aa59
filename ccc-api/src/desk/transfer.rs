//! Handing a call over: at once, or after asking.

use std::fmt;

use super::call::send;
use super::{Call, DeskError};
use crate::custom::REDACTED;
use crate::operation::blind_transfer::BlindTransferError;
use crate::operation::cancel_attended_transfer::CancelAttendedTransferError;
use crate::operation::complete_attended_transfer::CompleteAttendedTransferError;
use crate::operation::initiate_attended_transfer::InitiateAttendedTransferError;
use crate::types::TransfereeType;

/// Who is to get a call.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum To {
    /// An agent, as name@instance.
    Agent(String),
    /// Whoever is ready in a skill group, which is named as name@instance.
    SkillGroup(String),
    /// A phone number outside. `Debug` hides it.
    Number(String),
    /// A contact flow, by its id. Nobody can be consulted there.
    ContactFlow(String),
}

impl To {
    /// An agent, as name@instance.
    pub fn agent(user: impl Into<String>) -> Self {
        Self::Agent(user.into())
    }

    /// A skill group, as name@instance.
    pub fn skill_group(group: impl Into<String>) -> Self {
        Self::SkillGroup(group.into())
    }

    /// A phone number outside.
    pub fn number(number: impl Into<String>) -> Self {
        Self::Number(number.into())
    }

    /// A contact flow, by its id.
    pub fn contact_flow(id: impl Into<String>) -> Self {
        Self::ContactFlow(id.into())
    }

    /// `Transferee` and `TransfereeType`; the latter differs for numbers between the operations.
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
    /// Transfers the other party at once, without asking first. The agent's part in the call ends with it.
    ///
    /// # Errors
    /// [`BlindTransferError`] when the service refuses, as it does when the call is not answered.
    pub async fn transfer_to(&self, to: To) -> Result<(), DeskError<BlindTransferError>> {
        let (transferee, kind) = to.parameters(TransfereeType::ExternalNumber);
        send!(self.blind_transfer().transferee(transferee).transferee_type(kind))
    }

    /// Calls whoever is to get the call, to speak with them first; the other party waits meanwhile.
    ///
    /// [`complete_transfer`](Self::complete_transfer) or [`cancel_transfer`](Self::cancel_transfer) follows;
    /// [`wait_for`](Self::wait_for) shows how to wait for an answer.
    ///
    /// # Errors
    /// [`InitiateAttendedTransferError`] when the service refuses, as it does when the call is not answered.
    pub async fn consult(&self, to: To) -> Result<(), DeskError<InitiateAttendedTransferError>> {
        let (transferee, kind) = to.parameters(TransfereeType::External);
        send!(self.initiate_attended_transfer().transferee(transferee).transferee_type(kind))
    }

    /// Connects the other party with the consulted one. The agent's part in the call ends with it.
    ///
    /// # Errors
    /// [`CompleteAttendedTransferError`] when the service refuses, as it does before the consulted party has answered.
    pub async fn complete_transfer(&self) -> Result<(), DeskError<CompleteAttendedTransferError>> {
        send!(self.complete_attended_transfer())
    }

    /// Hangs up on whom the agent consulted, and goes back to the other party.
    ///
    /// # Errors
    /// [`CancelAttendedTransferError`] when the service refuses, as it does when nobody is consulted.
    pub async fn cancel_transfer(&self) -> Result<(), DeskError<CancelAttendedTransferError>> {
        send!(self.cancel_attended_transfer())
    }
}
