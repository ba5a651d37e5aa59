//! Calls from the page: the endpoint signs the request itself, as a client would, and then handles it like any other.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use acs_runtime::Credentials;
use acs_runtime::config::Endpoint;
use acs_runtime::custom::{Parameter, ParameterList};
use acs_runtime::description::check;
use acs_runtime::response::Format;
use acs_runtime::sign::{Method, NonceSource, RandomNonces, SignatureScheme, Unsigned, prepare};
use bytes::Bytes;
use http::Request;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::mask::Mask;
use super::secrets::Secrets;
use crate::failure::{self, Failure};
use crate::service::{Reply, Service};
use crate::world::World;

const EXAMPLE: &str = r#"{"operation": "…", "parameters": {"Name": "value"}, "scheme": "acs3"}"#;

/// A call: `{"operation": "Ring", "parameters": {"Bell": "big"}, "scheme": "v1"}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CallOrder {
    operation: String,
    /// The parameters by their names on the wire, such as `Tag.1.Key`.
    #[serde(default)]
    parameters: Map<String, Value>,
    #[serde(default)]
    scheme: Scheme,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Scheme {
    #[default]
    Acs3,
    V1,
}

/// Carries out a call. If a fault delays the response to the call, it also delays the response to the page.
pub(super) fn answer<W: World>(service: &Service<W>, own: SocketAddr, body: &[u8]) -> Result<Reply, Failure> {
    let order: CallOrder = failure::read(body, EXAMPLE)?;
    service.check_name(&order.operation)?;
    let parameters = texts(&order.parameters)?;
    let (parts, body) = signed(service, own, &order, &parameters)?.into_parts();
    let reply = service.answer(&parts, &body);
    let status = reply.response.as_ref().map_or(0, |response| response.status().as_u16());
    let response = reply.response.as_ref().map(|response| read(response.body()));
    let operation = service.described(&order.operation);
    let mut secrets = Secrets::new(operation);
    parameters.iter().for_each(|(name, value)| secrets.add(name, value));
    response.iter().for_each(|response| secrets.add_fields(response));
    let mask = Mask::new(service.secrets(), &secrets);
    let response = response.map(|response| mask.fields("", response));
    let problems = operation.map(|operation| check(operation, &parameters));
    let problems = problems
        .iter()
        .flatten()
        .map(|problem| json!({"parameter": problem.parameter, "text": mask.text(&problem.to_string())}));
    let told = json!({
        "status": status,
        "code": response.as_ref().and_then(|response| response.get("Code")).filter(|_| status >= 300),
        "response": response,
        "entry": reply.entry,
        "problems": problems.collect::<Vec<_>>(),
    });
    Ok(Reply { response: Some(failure::json(told.to_string())), ..reply })
}

/// Signs the request with the endpoint's own key, at the time of its own clock.
fn signed<W: World>(
    service: &Service<W>,
    own: SocketAddr,
    order: &CallOrder,
    parameters: &BTreeMap<String, String>,
) -> Result<Request<Bytes>, Failure> {
    let broken =
        |error: &dyn std::fmt::Display| Failure::from(format!("the request cannot be signed: {error}"));
    let mut list = ParameterList::new();
    for (name, value) in parameters {
        list.push(Parameter::new(name.as_str(), value.as_str()));
    }
    let (id, secret) = service.own_key().ok_or_else(|| broken(&"the endpoint has no access key"))?;
    let request = prepare(&Unsigned {
        endpoint: &Endpoint::parse(&format!("http://{own}"), None).map_err(|error| broken(&error))?,
        scheme: match order.scheme {
            Scheme::Acs3 => SignatureScheme::Acs3,
            Scheme::V1 => SignatureScheme::V1,
        },
        method: Method::Post,
        format: Format::Json,
        action: &order.operation,
        version: service.described(&order.operation).map_or("", |operation| operation.version),
        parameters: &list,
        credentials: &Credentials::new(id, secret),
        timestamp: service.now(),
        nonce: &RandomNonces.nonce().map_err(|error| broken(&error))?,
    });
    request.map_err(|error| broken(&error))
}

/// Converts the parameters to strings, and leaves out those that are null.
fn texts(parameters: &Map<String, Value>) -> Result<BTreeMap<String, String>, Failure> {
    let mut texts = BTreeMap::new();
    for (name, value) in parameters {
        let text = match value {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Array(_) | Value::Object(_) => {
                return Err(Failure::from(format!(
                    "the parameter `{name}` is a list or an object: send one parameter for each value, such as \
                     `{name}.1`, or a string of JSON, as the operation's page says"
                )));
            }
        };
        texts.insert(name.clone(), text);
    }
    Ok(texts)
}

/// Parses a body as JSON; a body that is not JSON becomes a string.
fn read(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| json!(String::from_utf8_lossy(body)))
}
