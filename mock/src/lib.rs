//! A local endpoint that behaves like an RPC service of Alibaba Cloud, for applications' tests and for trying things out.
//!
//! It is a real HTTP server on 127.0.0.1, so a test covers everything that an application does, the socket included. It
//! checks what the service checks: the signature in both schemes, the access key with its token or a bearer token, the
//! timestamp (within fifteen minutes), the nonce (used once), and each parameter against the page of its operation.
//! It responds in JSON or XML: with the page's sample, into which it writes the request's values, or with one of the
//! page's errors.
//!
//! A test orders faults and responses, for all operations or for one, and reads the requests that were received. It does
//! so with the methods of [`MockEndpoint`], or over HTTP under `/control/` from other languages.
//!
//! [`MockEndpointBuilder::console`] adds a web page for people, below `/console`.
//!
//! [`MockedProduct`] describes a product to the endpoint. The product's crate exports the endpoint as
//! `mock::MockEndpoint`.

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
