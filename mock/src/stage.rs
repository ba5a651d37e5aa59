//! The stages that a request goes through. One of them decides the response.

use super::refusal::Refusal;

/// The stage that decided the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The request as HTTP, and its encodings.
    Reading,
    /// The operation and the version that it names.
    Operation,
    /// A fault that was ordered, before anything else was checked.
    Fault,
    /// The access key, or a token.
    Credentials,
    /// The signature.
    Signature,
    /// The time at which it was signed.
    Clock,
    /// The nonce, which no other request may have.
    Nonce,
    /// The parameters, against the operation's page.
    Parameters,
    /// The rules of the product.
    Rule,
    /// A response that was set for the operation.
    Canned,
    /// The world.
    World,
    /// The sample of the operation's page.
    Page,
}

/// A refusal, and the stage that refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rejected {
    pub(super) stage: Stage,
    pub(super) refusal: Refusal,
}

impl Refusal {
    /// Adds the stage that refused.
    pub(super) fn at(self, stage: Stage) -> Rejected {
        Rejected { stage, refusal: self }
    }
}
