//! What an endpoint remembers between requests, where a test asks for it.

use std::collections::BTreeMap;

use acs_runtime::description::OperationDescription;
use serde_json::{Map, Value};

/// The state behind an endpoint, which requests change and show. A product defines its own.
///
/// A world is a handle: its clones share one state. So a test keeps one and gives one to the endpoint.
pub trait World: Clone + Send + Sync + 'static {
    /// Carries out a call. It is authentic, and valid by the operation's page.
    fn answer(&self, call: &Call<'_>) -> Outcome;

    /// Carries out a command of a test that has no handle, such as `inbound`; gives what is to be told of it.
    ///
    /// # Errors
    /// What is wrong with the command or its input, for the person who wrote it.
    fn control(&self, command: &str, input: &Value) -> Result<Value, String>;

    /// The part of the endpoint's console that shows this world; `None` if it has none.
    fn panel(&self) -> Option<Panel> {
        None
    }

    /// The state that the panel shows, as JSON.
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
    /// `call(operation, parameters)`, which calls an operation; `control(command, input)`, which gives the world a
    /// command; and `announce(text, {quiet})`, which says something in the page's one status line: quietly, to screen
    /// readers alone.
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

/// What a [`World`] makes of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It was carried out. These are the fields of the response, such as `Data`.
    ///
    /// The endpoint adds the envelope, leaves out what the operation's page does not document, and writes each value in
    /// the documented type. So a world may give more than one operation shows.
    Done(Map<String, Value>),
    /// It was refused.
    Refused(Refused),
    /// The world does not cover the operation: it is answered by its page.
    ByPage,
}

/// A documented error that a [`World`] answers with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The error code, e.g. `NotExists.JobId`.
    pub code: &'static str,
    /// The HTTP status, where the operation's page gives none.
    pub status: u16,
    /// The message, where the page gives none; each `%s` marks an argument.
    pub message: &'static str,
    /// What the `%s` of the message stand for, in order.
    pub arguments: Vec<String>,
}

/// The world of a product that has none: each call stands alone.
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
