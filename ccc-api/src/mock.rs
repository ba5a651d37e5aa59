//! A local endpoint that checks requests as the service does, for applications' tests and for trying things out.
//!
//! By default, each response is the page's sample with the request's values written into it, whatever requests came
//! before. With a simulated [call centre](world), the endpoint remembers: agents sign in, calls ring and end, records
//! appear.
//!
//! It is a real HTTP server on 127.0.0.1, so a test covers everything that an application does, the socket included. It
//! checks what the service checks: the signature in both schemes, the access key with its token or a bearer token, the
//! timestamp (within fifteen minutes), the nonce (used once), and each parameter against the page of its operation.
//! It responds in JSON or XML: with the page's sample, or with one of the page's errors:
//!
//! | error | when |
//! |---|---|
//! | `NotExists.InstanceId` | `InstanceId` is not [`INSTANCE`], and was not [added](instance) |
//! | `NotExists.UserId` | `UserId` is not [`USER`] or [`SUPERVISOR`], and was not [added](user) |
//! | `UserBusy` | `Callee` is [`BUSY_CALLEE`], or was [added as busy](busy) |
//! | `NotExists.Extension` | no [extensions] are left |
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
//! // A call is placed.
//! let response = call().callee("13188888888").send().await?;
//! assert!(response.data.call_context.job_id.is_some());
//!
//! // A call to a busy number is refused.
//! let refused = call().callee(BUSY_CALLEE).send().await;
//! assert!(matches!(refused, Err(Error::Service(MakeCallError::UserBusy { .. }))));
//!
//! // The endpoint has received both requests.
//! let requests = endpoint.requests();
//! assert_eq!(requests[0].parameter("Callee"), Some("13188888888"));
//! assert_eq!(requests[1].error_code(), Some("UserBusy"));
//! # Ok(()) }
//! ```
//!
//! # Configuration
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
//! # Faults
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
//! // The next two requests are throttled, so the call takes three attempts.
//! endpoint.inject(Fault::Throttle, 2);
//! assert_eq!(call().send().await?.attempts(), 3);
//!
//! // The next request of MakeCall gets its response too late. Requests of other operations do not.
//! endpoint.inject_for("MakeCall", Fault::Delay(Duration::from_secs(60)), 1)?;
//! let hurried = call().customize(CallOptions::new().timeout(Duration::from_millis(200)));
//! assert!(hurried.send().await.is_err_and(|error| error.may_have_been_placed()));
//! # Ok(()) }
//! ```
//!
//! # Responses that a test sets
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
//! // The next response of GetUser has another name; the one after it is an error.
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
//! [`console_url`](MockEndpoint::console_url). It shows each request with its signature step by step, its response and the
//! reason for it, and has a form for any operation. `cargo xtask mock` always serves it.
//!
//! # From programs in other languages
//!
//! `cargo xtask mock` serves the same endpoint. A test controls it over HTTP, with JSON, on the endpoint's own port:
//!
//! | request | what it does |
//! |---|---|
//! | `GET /control/requests`, or `?operation=GetUser` for one operation | lists the requests received, as [`ReceivedRequest`] |
//! | `POST /control/faults` with `{"fault": "throttle", "operation": "MakeCall", "count": 2}` | orders a fault |
//! | `DELETE /control/faults` | cancels all faults |
//! | `POST /control/responses` with `{"operation": "GetUser", "fields": {"Data": {"DisplayName": "Ann"}}}` | sets a response |
//! | `POST /control/responses` with `{"operation": "GetUser", "refusal": {"code": "NotExists.UserId"}}` | sets an error, optionally with `status`, `message` and `arguments` |
//! | `DELETE /control/responses` | removes all responses |
//! | `POST /control/world/<command>` | sends a command to the [call centre](world), if there is one |
//!
//! A fault is `throttle` (optionally with `retry_after_seconds`), `delay` (with `seconds`), `status` (with `status`),
//! `lose_response`, `close` or `nonsense`, as in [`Fault`]. Without `operation` it applies to all operations, without
//! `count` to one request. A response without `count` stays until it is removed.
//!
//! An error is `{"error": "…"}` and says what to send instead. The `Host` of a request must be `127.0.0.1` or `localhost`
//! with the port. So no page on the web can control the endpoint, not even with a host name that points to this machine.

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
/// `start` starts one; `builder` configures one before it starts. Clients use `config` and `url`; the test uses
/// `requests`, `inject` and `respond`. The endpoint stops when it is dropped.
pub type MockEndpoint = acs_mock::MockEndpoint<CloudCallCenter>;
/// Configures a [`MockEndpoint`].
///
/// `with` adds instances, users and busy numbers; `typing` sets how values are written; `start` starts the endpoint. It
/// starts with the instance and the users of the documented samples, one busy number, and unlimited extensions.
pub type MockEndpointBuilder = acs_mock::MockEndpointBuilder<CloudCallCenter>;

/// The instance that every endpoint has, as in the documented samples.
pub const INSTANCE: &str = "ccc-test";
/// The user that every endpoint has, as in the documented samples.
pub const USER: &str = "user-test@ccc-test";
/// The supervisor that every endpoint has, who joins the calls of [`USER`] in the documented samples.
pub const SUPERVISOR: &str = "lead-test@ccc-test";
/// A number that is always busy. It belongs to no telephone.
pub const BUSY_CALLEE: &str = "10000000486";

const INSTANCES: &str = "instances";
const USERS: &str = "users";
const BUSY: &str = "busy";
const EXTENSIONS: &str = "extensions";

/// The first rule that holds decides.
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

/// Fields whose values follow from the request, but that are not named like a parameter. As in the documented samples,
/// the callee is the channel's originator, and the channel's id consists of callee, extension, time and job.
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

/// Adds an instance, beside [`INSTANCE`].
#[must_use]
pub fn instance(id: &str) -> Entry {
    Entry::listed(INSTANCES, id)
}

/// Adds a user to every instance, beside [`USER`] and [`SUPERVISOR`].
#[must_use]
pub fn user(id: &str) -> Entry {
    Entry::listed(USERS, id)
}

/// Adds a number that is busy, beside [`BUSY_CALLEE`].
#[must_use]
pub fn busy(callee: &str) -> Entry {
    Entry::listed(BUSY, callee)
}

/// Sets how many calls get an extension. Calls after these are refused. Extensions are not returned when calls end.
#[must_use]
pub fn extensions(count: u64) -> Entry {
    Entry::stocked(EXTENSIONS, count)
}
