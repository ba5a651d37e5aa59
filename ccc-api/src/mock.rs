//! A local endpoint that checks requests as the service does, for applications' tests and for trying things out.
//!
//! By default each response is the page's sample with the request's own values in it, whatever was asked before. With a
//! [call centre](world) behind it, the endpoint remembers: agents sign in, calls ring and end, records appear.
//!
//! It is a real HTTP server on 127.0.0.1, so a test covers everything an application does up to the socket. It checks
//! what the service checks: the signature in both schemes, the access key and its token or a bearer token, the clock within fifteen
//! minutes, that no nonce comes back, and each parameter against its page. It answers in JSON or XML in the shape
//! of the page's sample, telling of the request, or with one of the page's errors:
//!
//! | error | when |
//! |---|---|
//! | `NotExists.InstanceId` | `InstanceId` is neither [`INSTANCE`] nor [added](instance) |
//! | `NotExists.UserId` | `UserId` is given, and neither [`USER`], [`SUPERVISOR`] nor [added](user) |
//! | `UserBusy` | `Callee` is [`BUSY_CALLEE`] or [made busy](busy) |
//! | `NotExists.Extension` | there are no [extensions] left |
//!
//! # In an application's test
//!
//! ```
//! use ccc_api::operation::make_call::MakeCallError;
//! use ccc_api::mock::{BUSY_CALLEE, MockEndpoint};
//! use ccc_api::{Client, Error};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let endpoint = MockEndpoint::start().await?;
//! let client = Client::new(endpoint.config())?;
//! let call = || client.make_call().instance_id("ccc-test").device_id("dev-1");
//!
//! // A call is placed,
//! let answer = call().callee("13188888888").send().await?;
//! assert!(answer.data.call_context.job_id.is_some());
//!
//! // a busy callee is told as such,
//! let refused = call().callee(BUSY_CALLEE).send().await;
//! assert!(matches!(refused, Err(Error::Service(MakeCallError::UserBusy { .. }))));
//!
//! // and the endpoint has seen both.
//! let requests = endpoint.requests();
//! assert_eq!(requests[0].parameter("Callee"), Some("13188888888"));
//! assert_eq!(requests[1].error_code(), Some("UserBusy"));
//! # Ok(()) }
//! ```
//!
//! # Configured
//!
//! ```
//! use ccc_api::mock::{self, MockEndpoint, Typing};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let endpoint = MockEndpoint::builder()
//!     .with(mock::instance("support"))
//!     .with(mock::user("agent@support"))
//!     .with(mock::busy("02100000000"))
//!     .with(mock::extensions(3))
//!     .typing(Typing::AsDocumented)
//!     .start()
//!     .await?;
//! println!("give clients the endpoint {}", endpoint.url());
//! # Ok(()) }
//! ```
//!
//! # Faults on demand
//!
//! ```
//! use std::time::Duration;
//! use ccc_api::mock::{Fault, MockEndpoint};
//! use ccc_api::config::CallOptions;
//! use ccc_api::Client;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let endpoint = MockEndpoint::start().await?;
//! let client = Client::new(endpoint.config())?;
//! let call = || client.make_call().instance_id("ccc-test").device_id("dev-1").callee("13188888888");
//!
//! // The next two requests are throttled, so the call takes three attempts;
//! endpoint.inject(Fault::Throttle, 2);
//! assert_eq!(call().send().await?.attempts(), 3);
//!
//! // the next of MakeCall, whatever else is asked before it, gets its answer too late.
//! endpoint.inject_for("MakeCall", Fault::Delay(Duration::from_secs(60)), 1)?;
//! let hurried = call().customize(CallOptions::new().timeout(Duration::from_millis(200)));
//! assert!(hurried.send().await.is_err_and(|error| error.may_have_been_placed()));
//! # Ok(()) }
//! ```
//!
//! # Responses of a test's own
//!
//! ```
//! use ccc_api::mock::{CannedRefusal, MockEndpoint};
//! use ccc_api::Client;
//! use serde_json::json;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let endpoint = MockEndpoint::start().await?;
//! let client = Client::new(endpoint.config())?;
//! let user = || client.get_user().instance_id("ccc-test").user_id("user-test@ccc-test");
//!
//! // The next response of GetUser has another name in it; the one after it is an error.
//! endpoint.respond("GetUser", json!({"Data": {"DisplayName": "Ann"}}), 1)?;
//! endpoint.respond("GetUser", CannedRefusal::new("NotExists.UserId").arguments(["Ann", "ccc-test"]), 1)?;
//! assert_eq!(user().send().await?.data.display_name.as_deref(), Some("Ann"));
//! assert!(user().send().await.is_err_and(|error| error.code() == Some("NotExists.UserId")));
//!
//! assert_eq!(endpoint.requests_of("GetUser").len(), 2);
//! # Ok(()) }
//! ```
//!
//! # In a browser
//!
//! With [`console`](MockEndpointBuilder::console), the endpoint serves a web page at
//! [`console_url`](MockEndpoint::console_url): each request with its signature step by step, what it was answered and why,
//! and a form for any operation. `cargo xtask mock` always has it.
//!
//! # From programs in other languages
//!
//! `cargo xtask mock` serves the same endpoint. A test drives it over HTTP, with JSON, on the endpoint's own port:
//!
//! | request | what it does |
//! |---|---|
//! | `GET /control/requests`, with `?operation=GetUser` those of one operation | shows the requests received, as [`ReceivedRequest`] does |
//! | `POST /control/faults` with `{"fault": "throttle", "operation": "MakeCall", "count": 2}` | orders a fault |
//! | `DELETE /control/faults` | takes back all faults |
//! | `POST /control/responses` with `{"operation": "GetUser", "fields": {"Data": {"DisplayName": "Ann"}}}` | sets a response |
//! | `POST /control/responses` with `{"operation": "GetUser", "refusal": {"code": "NotExists.UserId"}}` | sets an error; it may have `status`, `message` and `arguments` too |
//! | `DELETE /control/responses` | takes back all responses |
//! | `POST /control/world/<command>` | has the [call centre](world), if there is one, carry out a command |
//!
//! A fault is `throttle` (which may have `retry_after_seconds`), `delay` (with `seconds`), `status` (with `status`),
//! `lose_response`, `close` or `nonsense`, as in [`Fault`]. Without `operation` it is for all operations, without `count`
//! for one request. A response without `count` stays until it is taken back.
//!
//! An error is `{"error": "…"}` and says what to send instead. Requests must ask for `127.0.0.1` or `localhost`, with the
//! port; so no page on the web can drive the endpoint, not even by a name that leads to this machine.

pub mod world;

pub use acs_mock::{
    ACCESS_KEY_ID, ACCESS_KEY_SECRET, BEARER_TOKEN, CannedRefusal, CannedResponse, Fault, OrderError,
    ReceivedRequest, SECURITY_TOKEN, Typing,
};
use acs_mock::{Condition, Entry, Fill, MockedProduct, Rule};
use acs_runtime::description::OperationDescription;

use crate::CloudCallCenter;
use crate::description;

/// A running endpoint of Call Center on 127.0.0.1.
///
/// `start` starts one, `builder` configures it first. `config` and `url` are for clients; `requests`, `inject` and
/// `respond` for the test. It ends when it is dropped.
pub type MockEndpoint = acs_mock::MockEndpoint<CloudCallCenter>;
/// Configures a [`MockEndpoint`].
///
/// `with` adds instances, users and busy numbers; `typing` says how values are written; `start` starts it. From the start there
/// are the instance and the users of the documented samples, one busy number, and extensions without end.
pub type MockEndpointBuilder = acs_mock::MockEndpointBuilder<CloudCallCenter>;

/// The instance that exists from the start: the documented sample's.
pub const INSTANCE: &str = "ccc-test";
/// The user that exists from the start: the documented sample's.
pub const USER: &str = "user-test@ccc-test";
/// The supervisor that exists from the start: who joins the calls of [`USER`] in the documented samples.
pub const SUPERVISOR: &str = "lead-test@ccc-test";
/// A number that is always busy. No telephone has it.
pub const BUSY_CALLEE: &str = "10000000486";

const INSTANCES: &str = "instances";
const USERS: &str = "users";
const BUSY: &str = "busy";
const EXTENSIONS: &str = "extensions";

/// The first that holds is the answer.
const RULES: &[Rule] = &[
    Rule {
        code: "NotExists.InstanceId",
        when: Condition::NotListed { parameter: "InstanceId", list: INSTANCES },
        arguments: &["InstanceId"],
    },
    Rule {
        code: "NotExists.UserId",
        when: Condition::NotListed { parameter: "UserId", list: USERS },
        arguments: &["UserId", "InstanceId"],
    },
    Rule {
        code: "UserBusy",
        when: Condition::Listed { parameter: "Callee", list: BUSY },
        arguments: &["Callee"],
    },
    Rule { code: "NotExists.Extension", when: Condition::UsedUp { stock: EXTENSIONS }, arguments: &[] },
];

/// Fields that follow from the request without bearing a parameter's name, as they do in the documented samples:
/// the callee is the channel's originator, and the channel's id tells of callee, extension, time and job.
const FILLS: &[Fill] = &[
    Fill { field: "JobId", template: "job-{serial}" },
    Fill { field: "Originator", template: "{Callee}" },
    Fill { field: "ChannelId", template: "ch:user:{Callee}->80011474:{millis}:{JobId}" },
    Fill { field: "Timestamp", template: "{millis}" },
];

impl MockedProduct for CloudCallCenter {
    type World = world::CallCentre;

    const RULES: &'static [Rule] = RULES;
    const FILLS: &'static [Fill] = FILLS;

    fn operations() -> Vec<&'static OperationDescription> {
        description::operations().to_vec()
    }

    fn entries() -> Vec<Entry> {
        vec![instance(INSTANCE), user(USER), user(SUPERVISOR), busy(BUSY_CALLEE)]
    }
}

/// An instance that exists, beside [`INSTANCE`].
#[must_use]
pub fn instance(id: &str) -> Entry {
    Entry::listed(INSTANCES, id)
}

/// A user that exists, in every instance, beside [`USER`] and [`SUPERVISOR`].
#[must_use]
pub fn user(id: &str) -> Entry {
    Entry::listed(USERS, id)
}

/// A callee that is busy, beside [`BUSY_CALLEE`].
#[must_use]
pub fn busy(callee: &str) -> Entry {
    Entry::listed(BUSY, callee)
}

/// How many calls find an extension; the next is told that there is none. None is given back.
#[must_use]
pub fn extensions(count: u64) -> Entry {
    Entry::stocked(EXTENSIONS, count)
}
