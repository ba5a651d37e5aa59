//! A simulated call centre, which remembers: agents sign in, calls ring, are answered and end, and records appear.
//!
//! Give one clone of it to an endpoint, and use another to say what callers and callees do. An operation that the call
//! centre does not cover gets its page's sample as the response.
//!
//! ```
//! use std::time::Duration;
//! use ccc_api::Client;
//! use ccc_api::mock::MockEndpoint;
//! use ccc_api::mock::world::{Behaviour, CallCentre};
//! # #[cfg(all(feature = "agents", feature = "call-control"))]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!
//! let centre = CallCentre::builder().stepped().behaviour(Behaviour::Waits).build();
//! let endpoint = MockEndpoint::builder().world(centre.clone()).start().await?;
//! let client = Client::new(endpoint.config())?;
//!
//! let sign_in = client.sign_in_group().instance_id("ccc-test").device_id("desk-1");
//! sign_in.signed_skill_group_id_list(["skill-group@ccc-test"]).send().await?;
//! client.make_call().instance_id("ccc-test").callee("13188888888").device_id("desk-1").send().await?;
//!
//! centre.step(Duration::from_secs(1));
//! centre.answer("13188888888")?;
//! let status = client.poll_user_status().instance_id("ccc-test").send().await?;
//! assert_eq!(status.data.user_context.user_state.as_ref().map(|state| state.as_str()), Some("TALKING"));
//! # Ok(()) }
//! # #[cfg(not(all(feature = "agents", feature = "call-control")))]
//! # fn main() {}
//! ```
//!
//! # States
//!
//! | what happens | the agent | the call |
//! |---|---|---|
//! | `SignInGroup` | `OFFLINE` to `BREAK` (Warm-up) | |
//! | `ReadyForService`, `TakeBreak` | `READY`, `BREAK` | |
//! | `MakeCall` from `READY` or `BREAK` | `DIALING` | two channels: `CREATED`, then `RINGING` |
//! | the callee answers | `TALKING` | both `ANSWERED` |
//! | somebody hangs up | `WORKING`, then `READY` | `RELEASED`, and a record |
//! | nobody answered | as before the call | `RELEASED`, and a record |
//! | a customer calls in | `RINGING`: the one who has been `READY` for longest | waits in the queue until then |
//! | the agent does not answer, or rejects it | `BREAK` (RingingTimeout, RejectCall) | waits again |
//!
//! # From programs in other languages
//!
//! `POST /control/world/<command>` on the endpoint's port, with a JSON object, does what the methods of [`CallCentre`]
//! do:
//!
//! | command | input |
//! |---|---|
//! | `answer`, `reject`, `busy`, `hang-up` | `number` of an external party, `job_id` of the call, or both |
//! | `call-in` | `caller`, `callee`, `skill_group` |
//! | `behaviour` | `number`, or `job_id` for one call; `does`: `answer`, `busy`, `reject`, `never-answer` or `wait`; `after_ms`, `talks_ms` |
//! | `step` | `ms`, by which the clock moves forward, whether it runs or stands still |
//! | `agent` | `login`, `instance` |
//! | `record` | `user`, `caller`, `callee`, `inbound`, `started` (milliseconds since 1970), `talked_ms` |
//!
//! # On the console
//!
//! The endpoint's [console](super::MockEndpointBuilder::console) shows the call centre in a browser: `cargo xtask mock
//! --world` prints its address. It shows agents with their states, running calls with their channels, queues and the last
//! calls. The buttons of an agent send requests, which the console's log shows; the buttons of an external party send the
//! commands above. "Ring a phone" signs an agent in and calls a number. A call that is placed on the console rings until a
//! person answers it; calls of programs are answered as the settings say.
//!
//! # Limits
//!
//! A record and a recording appear some time after the end of a call. [`CallCentre::add_record`] adds records of past
//! calls. Reports about agents, skill groups and the instance are counted from records and agents' states. Reports about
//! callers, campaigns and tickets, about agents in one skill group, and about skill groups since midnight are the samples
//! of their pages. A day of the service begins at midnight in China.

mod answer;
mod builder;
mod clock;
mod control;
mod engine;
mod figures;
mod history;
mod operations;
mod outside;
mod parameters;
mod refusals;
mod settings;
mod snapshot;
mod state;
#[cfg(test)]
mod testing;

use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use acs_mock::{Call, Outcome, Panel, Refused, World};
use serde_json::{Map, Value};

pub use self::builder::CallCentreBuilder;
pub use self::history::PastCall;
pub use self::settings::Behaviour;

use self::clock::WorldClock;
use self::outside::Whom;
use self::parameters::Parameters;
use self::state::State;

/// A simulated call centre. It is a handle: clones share one state.
///
/// See the [module](self) for an example.
#[derive(Clone)]
pub struct CallCentre(Arc<Mutex<Inner>>);

struct Inner {
    state: State,
    clock: WorldClock,
}

/// The reason why a call centre cannot do what a test asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CentreError {
    /// No call rings at that number.
    NotRinging,
    /// That number is not in a call.
    NotInACall,
    /// There is no such skill group.
    NoSkillGroup,
    /// The customer's number is empty, or the centre has no such number for inbound calls.
    NoNumber,
    /// No live call has that id.
    NoCall,
    /// There is no such instance.
    NoInstance,
    /// There is no such user.
    NoUser,
    /// There is a user of that name already.
    UserExists,
    /// The past call is not over yet.
    NotOver,
}

impl fmt::Display for CentreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotRinging => "no call rings at that number; a call rings a moment after MakeCall",
            Self::NotInACall => "that number is not in a call; a callee is in a call from MakeCall on",
            Self::NoCall => "no live call has that id; MakeCall returns it as JobId",
            Self::NoSkillGroup => "there is no such skill group; its id is name@instance",
            Self::NoNumber => {
                "the customer's number is empty, or the centre has no such number for inbound calls; add it with \
                 CallCentreBuilder::number"
            }
            Self::NoInstance => {
                "there is no such instance; add it with CallCentreBuilder::instance or CreateInstance"
            }
            Self::NoUser => "there is no such user; its id is login@instance",
            Self::UserExists => "a user has that login name already; use another",
            Self::NotOver => {
                "the call ends later than now; start it earlier, by the talk and two seconds of ringing"
            }
        })
    }
}

impl Error for CentreError {}

impl CallCentre {
    /// Configures a call centre.
    ///
    /// It begins with the instance [`INSTANCE`](super::INSTANCE), its user [`USER`](super::USER), the skill group
    /// `skill-group@ccc-test` of that user, and the number `0109898989` of that group.
    pub fn builder() -> CallCentreBuilder {
        CallCentreBuilder::new()
    }

    /// Returns the present time of the call centre.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        clock::system_time(self.lock().clock.now())
    }

    /// Lets this much time pass, and handles everything that is due meanwhile.
    pub fn step(&self, span: Duration) {
        let mut inner = self.lock();
        inner.clock.step(span);
        inner.advance();
    }

    /// Answers the call that rings at an external number.
    ///
    /// # Errors
    /// If no call rings at that number.
    pub fn answer(&self, number: &str) -> Result<(), CentreError> {
        self.outside_answers(Whom::number(number))
    }

    /// Rejects the call that rings at an external number.
    ///
    /// # Errors
    /// If no call rings at that number.
    pub fn reject(&self, number: &str) -> Result<(), CentreError> {
        self.outside_declines(Whom::number(number), engine::reason::DECLINED)
    }

    /// Ends the call that rings at an external number, because the number is busy.
    ///
    /// # Errors
    /// If no call rings at that number.
    pub fn busy(&self, number: &str) -> Result<(), CentreError> {
        self.outside_declines(Whom::number(number), engine::reason::BUSY)
    }

    /// Hangs up for the party at an external number.
    ///
    /// # Errors
    /// If that number is not in a call.
    pub fn hang_up(&self, number: &str) -> Result<(), CentreError> {
        self.outside_hangs_up(Whom::number(number))
    }

    /// Lets a customer call `callee`, a number of the centre, and puts the call into the queue of a skill group. Returns
    /// the call's id.
    ///
    /// # Errors
    /// If there is no such skill group, if its instance has no number `callee` for inbound calls, or if `caller` is
    /// empty.
    pub fn call_in(&self, caller: &str, callee: &str, skill_group: &str) -> Result<String, CentreError> {
        let mut inner = self.lock();
        inner.advance();
        let mut instances = inner.state.instances.values_mut();
        let instance = instances.find(|instance| instance.skill_groups.contains_key(skill_group));
        let instance = instance.ok_or(CentreError::NoSkillGroup)?;
        let number = instance.numbers.get(callee).filter(|number| number.is_called());
        number.filter(|_| !caller.is_empty()).ok_or(CentreError::NoNumber)?;
        Ok(instance.call_in(caller, callee, skill_group))
    }

    /// Sets what the party at an external number does when it is called.
    pub fn set_behaviour(&self, number: &str, behaviour: Behaviour) {
        let mut inner = self.lock();
        inner.advance();
        let state = &mut inner.state;
        let of_instances = state.instances.values_mut().map(|instance| &mut instance.settings);
        for settings in of_instances.chain([&mut state.settings]) {
            settings.behaviours.insert(number.to_owned(), behaviour);
        }
    }

    /// Sets what external parties do when one call rings at them. A behaviour that [`set_behaviour`](Self::set_behaviour) or
    /// the builder set for a number takes precedence. Parties at which the call rings already behave so from now on.
    ///
    /// # Errors
    /// If no live call has that id.
    pub fn set_behaviour_in_call(&self, job: &str, behaviour: Behaviour) -> Result<(), CentreError> {
        let mut inner = self.lock();
        inner.advance();
        let mut instances = inner.state.instances.values_mut();
        let found = instances.any(|instance| instance.set_behaviour_in_call(job, behaviour));
        if found { Ok(()) } else { Err(CentreError::NoCall) }
    }

    /// Adds an agent to an instance and to all its skill groups. Returns the user's id.
    ///
    /// # Errors
    /// If there is no such instance, or if one of its users has that login name.
    pub fn add_agent(&self, instance: &str, login: &str) -> Result<String, CentreError> {
        let mut inner = self.lock();
        inner.advance();
        let instance = inner.state.instances.get_mut(instance).ok_or(CentreError::NoInstance)?;
        if instance.users.contains_key(&format!("{login}@{}", instance.id)) {
            return Err(CentreError::UserExists);
        }
        Ok(instance.add_member(login, "Agent"))
    }

    /// Adds the record of a past call. Returns the call's id. The log of the agent's states does not change.
    ///
    /// # Errors
    /// If there is no such user, or if the call ends later than now.
    pub fn add_record(&self, call: &PastCall) -> Result<String, CentreError> {
        let mut inner = self.lock();
        inner.advance();
        let mut instances = inner.state.instances.values_mut();
        let instance = instances.find(|instance| instance.users.contains_key(&call.user));
        instance.ok_or(CentreError::NoUser)?.add_record(call).ok_or(CentreError::NotOver)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Brings every instance up to the present time.
    fn advance(&mut self) {
        let now = self.clock.now();
        self.state.instances.values_mut().for_each(|instance| instance.advance(now));
    }
}

/// Shows the number of instances, and no phone numbers.
impl fmt::Debug for CallCentre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instances = self.lock().state.instances.len();
        f.debug_struct("CallCentre").field("instances", &instances).finish_non_exhaustive()
    }
}

/// The script of the panel that shows a call centre on the console.
const PANEL: &str = concat!(
    include_str!("panel/words.js"),
    include_str!("panel/parts.js"),
    include_str!("panel/calls.js"),
    include_str!("panel/agents.js"),
    include_str!("panel/tables.js"),
    include_str!("panel/mount.js"),
);

/// Builds the outcome of a call from the data that the operation returned for one field.
fn outcome(field: &str, data: Result<Value, Refused>) -> Outcome {
    match data {
        Ok(Value::Null) => Outcome::Done(Map::new()),
        // Some responses have the id of a background job under a second name.
        Ok(id @ Value::String(_)) => {
            let fields = ["Data", "WorkflowId"].map(|name| (name.to_owned(), id.clone()));
            Outcome::Done(fields.into_iter().collect())
        }
        Ok(data) => Outcome::Done([(field.to_owned(), data)].into_iter().collect()),
        Err(refused) => Outcome::Refused(refused),
    }
}

impl World for CallCentre {
    fn answer(&self, call: &Call<'_>) -> Outcome {
        let parameters = Parameters(call.parameters);
        let mut inner = self.lock();
        let now = inner.clock.now();
        if let Some(handle) = operations::state_handler(call.operation.action) {
            inner.advance();
            return outcome("Data", handle(&mut inner.state, parameters, now));
        }
        let Some(id) = parameters.get("InstanceId") else { return Outcome::ByPage };
        let Some(instance) = inner.state.instances.get_mut(id) else {
            return Outcome::Refused(refusals::no_instance(id));
        };
        instance.advance(now);
        let action = call.operation.action;
        match operations::handler(action) {
            Some(handle) => outcome(operations::field(action), handle(instance, parameters)),
            None => Outcome::ByPage,
        }
    }

    fn control(&self, command: &str, input: &Value) -> Result<Value, String> {
        control::carry_out(self, command, input)
    }

    fn panel(&self) -> Option<Panel> {
        Some(Panel { title: "Call centre", script: PANEL })
    }

    fn snapshot(&self) -> Value {
        let mut inner = self.lock();
        inner.advance();
        snapshot::snapshot(&inner.state, inner.clock.now())
    }
}
