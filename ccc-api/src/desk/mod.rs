//! An agent's desk: sign in; place, hold, transfer and end calls; receive events.
//!
//! It is a thin layer over the operations, and keeps no state that the service does not have: after a restart, a new desk
//! finds the agent and the agent's call by polling.
//!
//! ```
//! use std::time::Duration;
//!
//! use ccc_api::desk::{CallState, Desk, Waited};
//! use ccc_api::operation::make_call::MakeCallError;
//! # #[cfg(feature = "mock")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use ccc_api::mock::{MockEndpoint, world::{Behaviour, CallCentre}};
//! # let answers = Behaviour::Answers { after: Duration::from_millis(10) };
//! # let centre = CallCentre::builder().dialing(Duration::from_millis(10)).behaviour(answers).build();
//! # let endpoint = MockEndpoint::builder().world(centre).start().await?;
//! # let client = ccc_api::Client::new(endpoint.config())?;
//!
//! let desk = Desk::builder(client, "ccc-test").user("user-test@ccc-test").device("desk-1").build();
//! desk.sign_in(["skill-group@ccc-test"]).await?;
//! desk.ready().await?;
//!
//! let number = "13188888888";
//! let call = match desk.call(number).await {
//!     Ok(call) => call,
//!     Err(error) if matches!(error.refusal(), Some(MakeCallError::UserBusy { .. })) => return Ok(()),
//!     // The phone may ring: look before calling again.
//!     Err(error) if error.may_have_been_placed() => desk.find_call(number).await?.ok_or(error)?,
//!     Err(error) => return Err(error.into()),
//! };
//! match call.wait_until(CallState::Answered, Duration::from_secs(45)).await {
//!     Ok(Waited::Reached) => {
//!         call.hold().await?;
//!         call.retrieve().await?;
//!         call.release().await?;
//!     }
//!     Ok(Waited::Released) => println!("{} was not answered", call.job_id()),
//!     Ok(Waited::TimedOut) => call.release().await?,
//!     // It may still ring: a wait never ends a call.
//!     Err(error) => {
//!         call.release().await?;
//!         return Err(error.into());
//!     }
//! }
//! # Ok(()) }
//! # #[cfg(not(feature = "mock"))]
//! # fn main() {}
//! ```
//!
//! # What each method sends
//!
//! | method | sends |
//! |---|---|
//! | [`Desk::status`], [`Desk::current_call`], [`Desk::find_call`], [`Call::look`] | `PollUserStatus`, once |
//! | [`Desk::sign_in`], [`Desk::sign_out`] | `SignInGroup`, `SignOutGroup` |
//! | [`Desk::ready`], [`Desk::take_break`] | `ReadyForService`, `TakeBreak` |
//! | [`Desk::call`], [`Desk::call_with`] | `MakeCall` |
//! | [`Desk::wait_for_call`], [`Call::wait_until`], [`Call::wait_for`] | `PollUserStatus`, until the wait ends or its time is up |
//! | [`Desk::events`] | `PollUserStatus`, in one task for all receivers |
//! | [`Call::answer`], [`Call::release`] | `AnswerCall`, `ReleaseCall` |
//! | [`Call::hold`], [`Call::retrieve`] | `PollUserStatus` for the channel, then `HoldCall`, `RetrieveCall` |
//! | [`Call::keys`] | `PollUserStatus` for the channel, then `SendDtmfSignaling` |
//! | [`Call::mute`], [`Call::unmute`] | `MuteCall`, `UnmuteCall`, of the agent |
//! | [`Call::transfer_to`] | `BlindTransfer` |
//! | [`Call::consult`] | `InitiateAttendedTransfer` |
//! | [`Call::complete_transfer`], [`Call::cancel_transfer`] | `CompleteAttendedTransfer`, `CancelAttendedTransfer` |
//!
//! Requests are retried as the client's [`RetryPolicy`](crate::retry::RetryPolicy) allows: polls after any temporary
//! failure, all others only if the service certainly did nothing.
//!
//! # How often it polls
//!
//! While the agent is in a call, it polls once per [`interval`](DeskBuilder::interval). While there is no call and
//! nothing changes, the time between polls doubles, up to [`idle_interval`](DeskBuilder::idle_interval). While polls
//! fail, it doubles too, up to 30 s or `idle_interval`, whichever is longer. If the service says how long to wait, the
//! desk waits at least that long, up to five minutes.
//!
//! Each wait polls on its own, independently of [`Desk::events`] and of other waits.
//!
//! A desk needs what its client needs: a Tokio runtime with I/O and time enabled.

mod agent;
mod builder;
mod call;
mod calling;
mod error;
mod events;
mod number;
mod pace;
mod poller;
mod status;
mod transfer;
mod view;
#[cfg(test)]
mod view_tests;
mod wait;

use std::fmt;
use std::sync::{Arc, Mutex, Weak};

pub use self::builder::DeskBuilder;
pub use self::call::Call;
pub use self::error::{DeskError, NoRuntime};
pub use self::events::{Event, Events};
pub use self::status::Status;
pub use self::transfer::To;
pub use self::view::{CallState, CallView};
pub use self::wait::Waited;

use self::pace::Pace;
use self::poller::Poller;
use crate::Client;

/// An agent's desk. Cloning is cheap; clones share one poller of [`events`](Self::events).
///
/// See the [module](self) for an example.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

struct Inner {
    client: Client,
    instance: String,
    user: Option<String>,
    device: String,
    pace: Pace,
    poller: Mutex<Weak<Poller>>,
}

impl Desk {
    /// Makes the desk of the agent who is mapped to the RAM user of the client's credentials.
    #[must_use]
    pub fn new(client: Client, instance: impl Into<String>) -> Self {
        Self::builder(client, instance).build()
    }

    /// Configures a desk: its agent, its device, and how often it polls.
    pub fn builder(client: Client, instance: impl Into<String>) -> DeskBuilder {
        DeskBuilder::new(client, instance.into())
    }

    fn client(&self) -> &Client {
        &self.0.client
    }

    fn instance(&self) -> &str {
        &self.0.instance
    }

    fn user(&self) -> Option<String> {
        self.0.user.clone()
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk")
            .field("instance", &self.0.instance)
            .field("user", &self.0.user)
            .finish_non_exhaustive()
    }
}
