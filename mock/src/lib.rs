//! A local endpoint that behaves like an RPC service of Alibaba Cloud, for applications' tests and for trying things out.
//!
//! It is a real HTTP server on 127.0.0.1, so a test covers everything an application does up to the socket. It checks
//! what the service checks: the signature in both schemes, the access key and its token or a bearer token, the clock within
//! fifteen minutes, that no nonce comes back, and each parameter against its page. It answers in JSON or XML in the shape of
//! the page's sample, telling of the request, or with one of the page's errors.
//!
//! A test orders faults and responses, for all operations or for one, and sees the requests: by calls, or over HTTP under
//! `/control/`, which is for programs in other languages.
//!
//! For people there is a web page below `/console`, if a test asks for it: see [`MockEndpointBuilder::console`].
//!
//! What it knows of a product, the product says: [`MockedProduct`]. Crates of products name it `mock::MockEndpoint`.

mod answer;
mod authenticate;
#[cfg(test)]
mod bells;
mod canned;
mod console;
mod control;
mod endpoint;
mod failure;
mod fault;
mod guard;
mod order;
mod product;
mod record;
mod refusal;
mod replay;
mod request;
mod routes;
mod rules;
mod server;
mod service;
mod shape;
mod signed_text;
mod stage;
mod typing;
mod validate;
mod world;
mod xml;

pub use answer::Fill;
pub use canned::{CannedRefusal, CannedResponse};
pub use endpoint::{
    ACCESS_KEY_ID, ACCESS_KEY_SECRET, BEARER_TOKEN, MockEndpoint, MockEndpointBuilder, SECURITY_TOKEN,
};
pub use fault::Fault;
pub use order::OrderError;
pub use product::MockedProduct;
pub use record::ReceivedRequest;
pub use rules::{Condition, Entry, Rule};
pub use typing::Typing;
pub use world::{Call, NoWorld, Outcome, Panel, Refused, World};
