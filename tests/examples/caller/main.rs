//! Sends calls for programs in other languages that test this client: it reads orders and writes outcomes, each one line
//! of JSON. The tests in `tests/interop/` use it.
//!
//! A line on standard input has
//!
//! - `endpoint`, and optionally `signature` (`ACS3` or `1.0`), `method` (`POST` or `GET`), `format` (`JSON` or `XML`),
//!   `security_token`, and `timeout`, that of an attempt in milliseconds;
//! - `make_call`, the parameters of a MakeCall, or `parameters`: texts, lists and objects of any names, which are
//!   sent in a MakeCall, so that signatures can be tested with values that no page has;
//! - or `operation`, the name of any operation, with the texts of `query` and `form`, and optionally `typed`.
//!
//! The line on standard output has `placed`, the job's id, or `error`, with their details. For an `operation` it has
//! `value`, the response: as JSON from a call by name, or, if `typed`, as its type serializes, with `notes` and the
//! fields that are `unknown`.
#![expect(clippy::print_stdout, reason = "its answers are lines on standard output")]

mod any_operation;

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::io::{BufRead as _, Write as _};
use std::time::Duration;

use ccc_api::custom::{Operation, ParameterList, ParameterValue, Parameters};
use ccc_api::operation::make_call::{MakeCallError, MakeCallRequest, MakeCallResponse};
use ccc_api::response::Format;
use ccc_api::sign::{Method, SignatureScheme};
use ccc_api::{Client, Config, Credentials, Error, Response};
use serde_json::{Value, json};

type Failure = Box<dyn StdError>;
type Outcome = Result<Response<MakeCallResponse>, Error<MakeCallError>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    for line in std::io::stdin().lock().lines() {
        let order: Value = serde_json::from_str(&line?)?;
        let client = Client::new(config(&order)?)?;
        let told = if order.get("operation").is_some() {
            any_operation::read(&client, &order)
                .await
                .unwrap_or_else(|error| json!({ "error": error.to_string() }))
        } else {
            match &send(&client, &order).await? {
                Ok(answer) => placed(answer),
                Err(error) => refused(error),
            }
        };
        println!("{told}");
        std::io::stdout().flush()?;
    }
    Ok(())
}

async fn send(client: &Client, order: &Value) -> Result<Outcome, Failure> {
    let call = &order["make_call"];
    if call.is_null() {
        return Ok(client.send(&AnyCall(Tree::parse(&order["parameters"])?)).await);
    }
    let request = MakeCallRequest::builder()
        .callee(text(call, "Callee")?)
        .device_id(text(call, "DeviceId")?)
        .instance_id(text(call, "InstanceId")?)
        .build();
    Ok(client.send(request).await)
}

fn config(order: &Value) -> Result<Config, Failure> {
    let mut credentials = Credentials::new("testid", "testsecret");
    if let Some(token) = order["security_token"].as_str() {
        credentials = credentials.with_security_token(token);
    }
    let mut config = Config::builder().endpoint(text(order, "endpoint")?).credentials(credentials);
    match order["signature"].as_str() {
        None | Some("ACS3") => {}
        Some("1.0") => config = config.signature(SignatureScheme::V1),
        Some(other) => return Err(format!("no signature is called {other}").into()),
    }
    match order["method"].as_str() {
        None | Some("POST") => {}
        Some("GET") => config = config.method(Method::Get),
        Some(other) => return Err(format!("no request is sent with {other}").into()),
    }
    match order["format"].as_str() {
        None | Some("JSON") => {}
        Some("XML") => config = config.format(Format::Xml),
        Some(other) => return Err(format!("no answer is written in {other}").into()),
    }
    if let Some(limit) = order["timeout"].as_u64() {
        config = config.attempt_timeout(Duration::from_millis(limit));
    }
    Ok(config.build()?)
}

fn text<'a>(object: &'a Value, name: &str) -> Result<&'a str, Failure> {
    object[name].as_str().ok_or_else(|| format!("the line lacks {name}").into())
}

fn placed(answer: &Response<MakeCallResponse>) -> Value {
    json!({
        "placed": answer.data.call_context.job_id,
        "status": answer.status(),
        "request_id": answer.request_id(),
        "attempts": answer.attempts(),
    })
}

fn refused(error: &Error<MakeCallError>) -> Value {
    let kind = match error {
        Error::Service(_) => "Service",
        Error::Credentials(_) => "Credentials",
        Error::NotSent(_) => "NotSent",
        Error::TimedOut(_) => "TimedOut",
        Error::Interrupted(_) => "Interrupted",
        Error::Redirected(_) => "Redirected",
        Error::Unreadable(_) => "Unreadable",
        _ => "of a kind that this program does not know",
    };
    let mut shown = format!("{error}\n{error:?}");
    let mut link = error.caused_by();
    while let Some(source) = link {
        shown.push_str(&format!("\n{source}\n{source:?}"));
        link = source.source();
    }
    json!({
        "error": kind,
        "code": error.code(),
        "status": error.status(),
        "request_id": error.request_id(),
        "attempts": error.attempts(),
        "may_have_been_placed": error.may_have_been_placed(),
        "shown": shown,
    })
}

/// Parameters with any names and shapes, flattened as in generated operations.
struct AnyCall(Tree);

enum Tree {
    Text(String),
    List(Vec<Tree>),
    Object(BTreeMap<String, Tree>),
}

impl Tree {
    fn parse(value: &Value) -> Result<Self, Failure> {
        Ok(match value {
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(list) => Self::List(list.iter().map(Self::parse).collect::<Result<_, _>>()?),
            Value::Object(object) => Self::Object(
                object.iter().map(|(name, value)| Ok((name.clone(), Self::parse(value)?))).collect::<Result<
                    _,
                    Failure,
                >>(
                )?,
            ),
            _ => return Err("a parameter is neither text nor list nor object".into()),
        })
    }
}

impl ParameterValue for Tree {
    fn write_value<'a>(&'a self, list: &mut ParameterList<'a>) {
        match self {
            Self::Text(text) => text.write_value(list),
            Self::List(values) => values.write_value(list),
            Self::Object(entries) => entries.write_value(list),
        }
    }

    fn write_json(&self, json: &mut String) {
        match self {
            Self::Text(text) => text.write_json(json),
            Self::List(values) => values.write_json(json),
            Self::Object(entries) => entries.write_json(json),
        }
    }
}

impl Parameters for AnyCall {
    fn write_to<'a>(&'a self, list: &mut ParameterList<'a>) {
        self.0.write_value(list);
    }
}

impl Operation for AnyCall {
    type Product = ccc_api::CloudCallCenter;

    const ACTION: &'static str = MakeCallRequest::ACTION;
    type Response = MakeCallResponse;
    type Error = MakeCallError;
}
