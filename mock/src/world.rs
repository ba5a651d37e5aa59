//! The state that an endpoint may keep between requests.

use std::collections::BTreeMap;

use acs_runtime::description::OperationDescription;
use serde_json::{Map, Value};

/// The state behind an endpoint, which requests change and responses show. Each product defines its own.
///
/// A world is a handle: its clones share one state. A test keeps one clone and gives another to the endpoint.
pub trait World: Clone + Send + Sync + 'static {
    /// Carries out a call, which is authentic and valid by the operation's page.
    fn answer(&self, call: &Call<'_>) -> Outcome;

    /// Carries out a command from a test that has no handle, such as `call-in`, and returns its result.
    ///
    /// # Errors
    /// A text that says what is wrong with the command or its input.
    fn control(&self, command: &str, input: &Value) -> Result<Value, String>;

    /// Returns the part of the endpoint's console that shows this world; `None` if there is none.
    fn panel(&self) -> Option<Panel> {
        None
    }

    /// Returns the state that the panel shows, as JSON.
    fn snapshot(&self) -> Value {
        Value::Null
    }
}

/// The part of the [console](crate::MockEndpointBuilder::console) that shows a [`World`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panel {
    /// The heading above it.
    pub title: &'static str,
    /// An ES module that exports `mount(root, tools)`, which returns an object with `update(snapshot)`.
    ///
    /// It builds its elements in `root`. `tools` has `element(name, attributes, ...children)`, which makes elements;
    /// `keyed(list, items, key, create, update)`, which gives a list an element for each item; `setText(element, text)`;
    /// `visible(text)`, which shows hidden characters;
    /// `call(operation, parameters)`, which calls an operation; `control(command, input)`, which sends the world a
    /// command; and `announce(text, {quiet})`, which shows a text in the page's status line, or with `quiet` only reads it
    /// to users of screen readers.
    pub script: &'static str,
}

/// A call that a [`World`] may carry out.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The operation.
    pub operation: &'static OperationDescription,
    /// The request's parameters by name, without those of the protocol.
    pub parameters: &'a BTreeMap<String, String>,
}

/// The outcome of a call that a [`World`] was asked to carry out.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The call was carried out. These are the fields of the response, such as `Data`.
    ///
    /// The endpoint adds the envelope, leaves out fields that the operation's page does not document, and converts each
    /// value to its documented type. So a world may return more fields than the operation has.
    Done(Map<String, Value>),
    /// The call was refused.
    Refused(Refused),
    /// The world does not cover the operation. The endpoint responds with the sample of its page.
    ByPage,
}

/// A documented error with which a [`World`] refuses a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The error code, e.g. `NotExists.JobId`.
    pub code: &'static str,
    /// The HTTP status, if the operation's page gives none.
    pub status: u16,
    /// The message, if the page gives none; each `%s` stands for an argument.
    pub message: &'static str,
    /// The arguments that replace the `%s` of the message, in order.
    pub arguments: Vec<String>,
}

/// The world of a product that has none: each call is independent of those before.
#[derive(Clone, Copy, Debug)]
pub enum NoWorld {}

impl World for NoWorld {
    fn answer(&self, _: &Call<'_>) -> Outcome {
        match *self {}
    }

    fn control(&self, _: &str, _: &Value) -> Result<Value, String> {
        match *self {}
    }
}
