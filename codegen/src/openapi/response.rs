//! Writes responses: the one with status 200, and refusals by their status.

use std::collections::BTreeMap;

use ccc_spec::model::{ErrorCode, Operation, ProductSpec, Side};

use super::{sample, schema, words};
use crate::json::Object;
use crate::text::code;

/// Statuses of refusals that no page documents.
const REFUSED: &str = "4XX";
const FAILED: &str = "5XX";

/// Writes the responses of an operation. `response` and `refusal` are the names of their schemas.
pub(super) fn responses(spec: &ProductSpec, operation: &Operation, response: &str, refusal: &str) -> Object {
    let mut refusals: BTreeMap<String, Vec<&ErrorCode>> = BTreeMap::new();
    let mut with_status_200: Vec<&ErrorCode> = Vec::new();
    for error in operation.errors.iter().filter(|error| !error.code.is_empty()) {
        match error.status {
            Some(200..300) => with_status_200.push(error),
            Some(status @ 400..600) => refusals.entry(status.to_string()).or_default().push(error),
            _ => refusals.entry(REFUSED.to_owned()).or_default().push(error),
        }
    }
    let also = match codes(&with_status_200) {
        codes if codes.is_empty() => String::new(),
        codes => format!("It may also be a refusal, with one of the codes {codes}."),
    };
    let success = Object::new()
        .with("schema", schema::reference(response))
        .with_some("example", sample::response(spec, operation));
    let success = described(words::joined(["The response.".to_owned(), also]), success);

    let mut responses = Object::new().with("200", success);
    for (status, errors) in refusals {
        responses.add(status, documented(&errors, refusal));
    }
    let undocumented = |name: &str| Object::new().with("$ref", format!("#/components/responses/{name}"));
    responses.with(REFUSED, undocumented("Refused")).with(FAILED, undocumented("Failed"))
}

/// Writes the responses that any operation may have.
pub(super) fn components(refusal: &str) -> Object {
    let response =
        |words: &str| described(words.to_owned(), Object::new().with("schema", schema::reference(refusal)));
    Object::new()
        .with("Refused", response(
                "Refused, with a code that the operation's page does not document. Examples are a wrong signature, a \
                 missing parameter and too many requests.",
            ))
        .with("Failed", response("The service failed. It may still have carried out the operation."))
}

/// Writes the schema of refusals.
pub(super) fn refusal() -> Object {
    let text = |description: &str| {
        Object::new().with("type", vec!["string", "null"]).with("description", description)
    };
    let properties = Object::new()
        .with("Code", text("The error code, for programs."))
        .with("Message", text("The error message, for people."))
        .with("RequestId", text("Identifies the request. Alibaba Cloud's support asks for it."))
        .with("HostId", text("The host that received the request."))
        .with("Recommend", text("The address of a page about the code."))
        .with(
            "HttpStatusCode",
            Object::new()
                .with("type", vec!["integer", "string", "null"])
                .with("description", "The HTTP status."),
        )
        .with(
            "Params",
            Object::new()
                .with("type", "array")
                .with("items", Object::new().with("type", "string"))
                .with("description", "The arguments of the message."),
        );
    Object::new()
        .with("type", "object")
        .with("description", "A refused request.")
        .with("properties", properties)
}

/// Writes the schema of the response with status 200.
pub(super) fn success(operation: &Operation) -> Object {
    schema::structure(&operation.response, Side::Response)
        .with("description", format!("The response of {}.", code(&operation.action)))
}

/// Writes the documented refusals of one status, each with its message, in which `%s` stands for an argument.
fn documented(errors: &[&ErrorCode], refusal: &str) -> Object {
    let mut examples = Object::new();
    for error in errors {
        let body =
            Object::new().with("Code", error.code.as_str()).with_content("Message", error.message.as_str());
        let example = Object::new()
            .with_content("description", words::description(&error.english, &error.description))
            .with("value", body);
        examples.add(free_name(&examples, &error.code), example);
    }
    let content = Object::new().with("schema", schema::reference(refusal)).with("examples", examples);
    described(format!("Refused, with one of the codes {}.", codes(errors)), content)
}

/// Returns the code, with a number if it has several messages.
fn free_name(taken: &Object, code: &str) -> String {
    let mut name = code.to_owned();
    let mut number = 2;
    while taken.has(&name) {
        name = format!("{code} ({number})");
        number += 1;
    }
    name
}

/// Lists the codes, each once, for a sentence.
fn codes(errors: &[&ErrorCode]) -> String {
    let mut codes: Vec<String> = Vec::new();
    for error in errors {
        let code = code(&error.code);
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes.join(", ")
}

fn described(words: String, json: Object) -> Object {
    let content = Object::new().with("application/json", json);
    Object::new().with("description", words).with("content", content)
}
