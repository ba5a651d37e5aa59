//! A stepped call centre for tests.

use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};

use serde_json::Value;

use super::parameters::Parameters;
use super::state::Millis;
use super::{Behaviour, CallCentre, PastCall, operations};

/// 2020-12-29 15:08:38 in China.
pub(super) const BEGINS: Millis = 1_609_225_718_000;
pub(super) const FIRST: &str = "user-test@ccc-test";
pub(super) const SECOND: &str = "li@ccc-test";
pub(super) const GROUP: &str = "skill-group@ccc-test";
pub(super) const NUMBER: &str = "0109898989";
pub(super) const CUSTOMER: &str = "13188888888";

impl CallCentre {
    /// Makes a call centre with two agents who are ready. Calls ring one second after dialling. The record appears one
    /// second after a call, the recording three seconds after it.
    pub(super) fn for_test() -> Self {
        let builder = Self::builder().stepped().begins(UNIX_EPOCH + millis(BEGINS));
        let builder = builder.behaviour(Behaviour::Waits).dialing(Duration::from_secs(1));
        let centre = builder.agent("li").build();
        for user in [FIRST, SECOND] {
            centre.ask(
                "SignInGroup",
                &[("UserId", user), ("SignedSkillGroupIdList", GROUP), ("DeviceId", "d")],
            );
            centre.ask("ReadyForService", &[("UserId", user)]);
        }
        centre
    }

    /// Returns the data of an operation, which must not be refused.
    pub(super) fn ask(&self, action: &str, parameters: &[(&str, &str)]) -> Value {
        self.try_to(action, parameters).unwrap()
    }

    /// Returns the data of an operation, or the code of its refusal.
    pub(super) fn try_to(&self, action: &str, parameters: &[(&str, &str)]) -> Result<Value, &'static str> {
        let given: BTreeMap<_, _> =
            parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let mut inner = self.lock();
        inner.advance();
        let instance = inner.state.instances.get_mut("ccc-test").unwrap();
        let handle = operations::handler(action).unwrap();
        handle(instance, Parameters(&given)).map_err(|refused| refused.code)
    }

    pub(super) fn seconds(&self, seconds: u64) {
        self.step(Duration::from_secs(seconds));
    }

    /// Lets an agent call the customer. Returns the call's id.
    pub(super) fn dial(&self, user: &str) -> String {
        let data = self.ask("MakeCall", &[("UserId", user), ("Callee", CUSTOMER)]);
        data["CallContext"]["JobId"].as_str().unwrap().to_owned()
    }

    /// Lets an agent call the customer, who answers after four seconds of ringing and talks for thirty seconds. The
    /// record and the recording have appeared afterwards. Returns the call's id.
    pub(super) fn whole_call(&self, user: &str) -> String {
        let job = self.dial(user);
        self.seconds(5);
        self.answer(CUSTOMER).unwrap();
        self.seconds(30);
        self.hang_up(CUSTOMER).unwrap();
        self.seconds(20);
        job
    }

    /// Adds a past call, which began `ago` seconds ago. Returns its id.
    pub(super) fn past(&self, user: &str, inbound: bool, ago: u64, talked: u64) -> String {
        let (caller, callee) = if inbound { (CUSTOMER, NUMBER) } else { (NUMBER, CUSTOMER) };
        let call = PastCall {
            user: user.to_owned(),
            caller: caller.to_owned(),
            callee: callee.to_owned(),
            inbound,
            started: self.now() - Duration::from_secs(ago),
            talked: Duration::from_secs(talked),
        };
        self.add_record(&call).unwrap()
    }
}

fn millis(millis: Millis) -> Duration {
    Duration::from_millis(millis.unsigned_abs())
}

/// Returns one field of each element of a list.
pub(super) fn each<'a>(list: &'a Value, field: &str) -> Vec<&'a Value> {
    list.as_array().unwrap().iter().map(|element| &element[field]).collect()
}
