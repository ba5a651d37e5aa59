//! A call centre and its desks, for all tests here.

use std::time::Duration;

use ccc_api::Client;
use ccc_api::desk::{Call, CallState, Desk, DeskBuilder, Waited};
use ccc_api::mock::world::{Behaviour, CallCentre};
use ccc_api::mock::{INSTANCE, MockEndpoint};
use ccc_api::retry::RetryPolicy;
use ccc_api::types::UserState;

pub(crate) const GROUP: &str = "skill-group@ccc-test";
pub(crate) const LI: &str = "li@ccc-test";
pub(crate) const CUSTOMER: &str = "13188888888";
/// Longer than anything here takes.
pub(crate) const LONG: Duration = Duration::from_secs(20);

/// A call centre, with its endpoint.
pub(crate) struct Office {
    pub(crate) centre: CallCentre,
    pub(crate) endpoint: MockEndpoint,
}

impl Office {
    /// Makes a call centre whose clock the test steps. Callees wait until the test says what they do.
    pub(crate) async fn open() -> Self {
        let centre = CallCentre::builder().stepped().agent("li").behaviour(Behaviour::Waits).build();
        let endpoint = MockEndpoint::builder().world(centre.clone()).start().await.unwrap();
        Self { centre, endpoint }
    }

    /// Makes a client that sends each request once.
    pub(crate) fn client(&self) -> Client {
        Client::new(self.endpoint.config().to_builder().retry(RetryPolicy::never()).build().unwrap()).unwrap()
    }

    pub(crate) fn builder(&self, user: &str) -> DeskBuilder {
        let quick = Duration::from_millis(5);
        Desk::builder(self.client(), INSTANCE).user(user).interval(quick).idle_interval(4 * quick)
    }

    /// Makes the desk of an agent who is ready.
    pub(crate) async fn ready(&self, user: &str) -> Desk {
        let desk = self.builder(user).build();
        desk.sign_in([GROUP]).await.unwrap();
        desk.ready().await.unwrap();
        desk
    }

    /// Places a call of the agent that is answered.
    pub(crate) async fn answered(&self, desk: &Desk) -> Call {
        let call = desk.call(CUSTOMER).await.unwrap();
        self.step(1);
        self.centre.answer(CUSTOMER).unwrap();
        assert_eq!(call.wait_until(CallState::Answered, LONG).await.unwrap(), Waited::Reached);
        call
    }

    pub(crate) fn step(&self, seconds: u64) {
        self.centre.step(Duration::from_secs(seconds));
    }

    /// Returns a parameter of the last request of an operation.
    pub(crate) fn sent(&self, action: &str, parameter: &str) -> Option<String> {
        let requests = self.endpoint.requests();
        let request = requests.iter().rev().find(|request| request.action() == action)?;
        request.parameter(parameter).map(str::to_owned)
    }
}

pub(crate) async fn state(desk: &Desk) -> UserState {
    desk.status().await.unwrap().state().clone()
}
