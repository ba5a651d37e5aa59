//! Sends any operation, with parameters named as on the wire. Returns the response as JSON, by name or by type.

use std::marker::PhantomData;

use ccc_api::custom::{CallByName, Operation, Parameter, ParameterList, Parameters};
use ccc_api::response::UnknownField;
use ccc_api::{Client, CloudCallCenter};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Failure, text};

/// Sends the operation that an order names. Returns what the response contains.
pub(super) async fn read(client: &Client, order: &Value) -> Result<Value, Failure> {
    let action = text(order, "operation")?;
    let mut parameters = pairs(&order["query"])?;
    parameters.extend(pairs(&order["form"])?.into_iter().map(Parameter::in_body));
    if order["typed"] == true {
        return by_type(client, action, parameters).await;
    }
    let mut call = client.call(action);
    for parameter in &parameters {
        let add = if parameter.is_in_body() { CallByName::body_parameter } else { CallByName::parameter };
        call = add(call, parameter.name(), parameter.value());
    }
    let response = call.send().await?;
    Ok(json!({ "value": **response }))
}

async fn by_type(
    client: &Client,
    action: &str,
    parameters: Vec<Parameter<'static>>,
) -> Result<Value, Failure> {
    include!(concat!(env!("OUT_DIR"), "/by_action.rs"))
}

/// Sends an operation by its type. Returns the value, with the notes and unknown fields.
async fn typed<R>(client: &Client, parameters: Vec<Parameter<'static>>) -> Result<Value, Failure>
where
    R: Operation<Product = CloudCallCenter, Response: Serialize> + 'static,
{
    let sent = Sent { parameters, operation: PhantomData::<fn() -> R> };
    let response = client.send(sent).await?;
    let notes: Vec<String> = response.notes().iter().map(ToString::to_string).collect();
    let unknown: Vec<&str> = response.unknown_fields().iter().map(UnknownField::path).collect();
    Ok(json!({ "value": *response, "notes": notes, "unknown": unknown }))
}

fn pairs(object: &Value) -> Result<Vec<Parameter<'static>>, Failure> {
    let object = object.as_object().ok_or("parameters are no object")?;
    let pair = |(name, value): (&String, &Value)| {
        let value = value.as_str().ok_or_else(|| format!("{name} is no text"))?;
        Ok(Parameter::new(name.clone(), value.to_owned()))
    };
    object.iter().map(pair).collect()
}

/// The operation `R` with any parameters.
struct Sent<R> {
    parameters: Vec<Parameter<'static>>,
    operation: PhantomData<fn() -> R>,
}

impl<R> Parameters for Sent<R> {
    fn write_to<'a>(&'a self, list: &mut ParameterList<'a>) {
        for parameter in &self.parameters {
            let copy = Parameter::new(parameter.name(), parameter.value());
            list.push(if parameter.is_in_body() { copy.in_body() } else { copy });
        }
    }
}

impl<R: Operation> Operation for Sent<R> {
    type Product = R::Product;

    const ACTION: &'static str = R::ACTION;
    type Response = R::Response;
    type Error = R::Error;
}
