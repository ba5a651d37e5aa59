//! The configuration of a desk.

use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use super::pace::Pace;
use super::{Desk, Inner};
use crate::Client;

/// The default device. The service accepts any value.
const DEVICE: &str = "ccc-api-desk";

/// Configures a [`Desk`].
#[derive(Clone, Debug)]
#[must_use = "call `build` to make the desk"]
pub struct DeskBuilder {
    client: Client,
    instance: String,
    user: Option<String>,
    device: String,
    interval: Duration,
    idle_interval: Duration,
}

impl DeskBuilder {
    pub(super) fn new(client: Client, instance: String) -> Self {
        Self {
            client,
            instance,
            user: None,
            device: DEVICE.to_owned(),
            interval: Duration::from_millis(500),
            idle_interval: Duration::from_secs(5),
        }
    }

    /// Sets the agent, as name@instance. By default it is the one who is mapped to the RAM user of the client's
    /// credentials.
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.user = Some(user.into());
        self
    }

    /// Sets the device that the agent speaks with, such as a browser softphone: `DeviceId` of `SignInGroup` and
    /// `MakeCall`.
    pub fn device(mut self, device: impl Into<String>) -> Self {
        self.device = device.into();
        self
    }

    /// Sets the time between polls while the agent is in a call: 500 ms by default, at least 1 ms.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Sets the longest time between polls while there is no call and nothing changes: 5 s by default, at least
    /// [`interval`](Self::interval).
    ///
    /// An incoming call is noticed at most this much later.
    pub fn idle_interval(mut self, interval: Duration) -> Self {
        self.idle_interval = interval;
        self
    }

    /// Makes the desk. It sends nothing.
    #[must_use]
    pub fn build(self) -> Desk {
        Desk(Arc::new(Inner {
            client: self.client,
            instance: self.instance,
            user: self.user,
            device: self.device,
            pace: Pace::new(self.interval, self.idle_interval),
            poller: Mutex::new(Weak::new()),
        }))
    }
}
