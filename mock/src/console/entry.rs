//! The log entry of a request and its response.

use std::time::UNIX_EPOCH;

use acs_runtime::custom::REDACTED;
use acs_runtime::sign::{SignatureScheme, acs3, percent};
use http::HeaderMap;
use serde_json::{Map, Value, json};

use super::log::Entry;
use super::mask::{Mask, beginning};
use super::members;
use super::secrets::Secrets;
use super::signature;
use super::text::{cut, cut_for_list, indented};
use super::why::why;
use crate::authenticate::Authenticator;
use crate::request::{Request, is_form};
use crate::service::Exchange;

/// The headers that the page shows, beside those that begin with `x-acs-`.
const SHOWN: &[&str] =
    &["host", "content-type", "content-length", "accept", "authorization", "user-agent", "date"];
/// The most parameters that are shown.
const MOST_PARAMETERS: usize = 500;

/// Writes an entry for the log. Secrets are masked in all of it.
pub(super) fn entry(exchange: &Exchange<'_>, authenticator: &Authenticator) -> Entry {
    let parameters = parameters(exchange);
    let headers = headers(&exchange.parts.headers);
    let mut secrets = Secrets::new(exchange.operation);
    parameters.iter().for_each(|(_, name, value)| secrets.add(name, value));
    // A signature may cover headers that the page does not list.
    headers.iter().for_each(|(name, value)| secrets.add(name, value));
    secrets.add_fields(&exchange.decision.value);
    let mask = Mask::new(authenticator.secrets(), &secrets);

    let summary = summary(exchange, &mask);
    let notes: Vec<_> = [other_body(exchange), left_out(parameters.len())].into_iter().flatten().collect();
    let notes = Some(notes.join(" ")).filter(|notes| !notes.is_empty());
    let parameters = parameters.iter().take(MOST_PARAMETERS).map(|(place, name, value)| {
        json!({"place": place, "name": cut(&mask.text(name)), "value": cut(&mask.value(name, value))})
    });
    let listed = headers.iter().filter(|(name, _)| SHOWN.contains(name) || name.starts_with("x-acs-"));
    let listed = listed.map(|(name, value)| json!([name, cut(&header(name, value, &mask))]));
    let query = exchange.parts.uri.query().unwrap_or_default();
    let signature =
        exchange.request.map(|request| signature::explained(request, query, authenticator, &mask));
    let mut detail = summary.clone();
    detail.extend(members([
        ("parameters", parameters.collect()),
        ("body", json!(notes)),
        ("headers", listed.collect()),
        ("signature", signature.into()),
        ("response", response(exchange, &mask)),
    ]));
    Entry { summary, detail }
}

/// Writes the part of the entry that the list shows.
fn summary(exchange: &Exchange<'_>, mask: &Mask) -> Map<String, Value> {
    let request = exchange.request;
    let text = |text: Option<&str>| cut_for_list(&mask.text(text.unwrap_or_default()));
    let millis = exchange.now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let decision = exchange.decision;
    members([
        ("time", json!(u64::try_from(millis).unwrap_or(u64::MAX))),
        ("method", json!(cut_for_list(exchange.parts.method.as_str()))),
        ("path", json!(cut_for_list(&mask.text(exchange.parts.uri.path())))),
        ("operation", json!(text(request.and_then(Request::action)))),
        ("version", json!(text(request.and_then(Request::version)))),
        ("scheme", json!(request.map(scheme))),
        ("status", json!(exchange.reply.response.as_ref().map(|response| response.status().as_u16()))),
        ("code", json!(decision.refusal.as_ref().map(|refusal| text(Some(&refusal.code))))),
        ("why", json!(text(Some(&why(decision))))),
        ("fault", json!(exchange.fault.map(|fault| fault.to_string()))),
    ])
}

fn scheme(request: &Request<'_>) -> &'static str {
    match request.signature_scheme() {
        _ if request.is_bearer() => "bearer",
        SignatureScheme::V1 => "v1",
        _ => "acs3",
    }
}

/// Returns each parameter: its place, its name and its value. Broken encodings are decoded as far as possible.
fn parameters(exchange: &Exchange<'_>) -> Vec<(&'static str, String, String)> {
    let pairs = |place: &'static str, text: &str| -> Vec<_> {
        let decoded = |text: &str| percent::decode_lossy(&text.replace('+', " ")).into_owned();
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (place, decoded(name), decoded(value)))
            .collect()
    };
    let mut all = pairs("query", exchange.parts.uri.query().unwrap_or_default());
    if is_form(&exchange.parts.headers) {
        all.extend(pairs("form", &String::from_utf8_lossy(exchange.body)));
    }
    all
}

/// Describes a body that is not a form; `None` if there is no such body.
fn other_body(exchange: &Exchange<'_>) -> Option<String> {
    let bytes = exchange.body.len();
    (bytes > 0 && !is_form(&exchange.parts.headers)).then(|| {
        format!(
            "The body of {bytes} bytes holds no parameters, because its content type is not \
             application/x-www-form-urlencoded."
        )
    })
}

/// Says how many parameters are not shown; `None` if all are.
fn left_out(parameters: usize) -> Option<String> {
    let more = parameters.saturating_sub(MOST_PARAMETERS);
    (more > 0).then(|| format!("{more} more parameters are not shown."))
}

/// Returns all headers, sorted.
fn headers(headers: &HeaderMap) -> Vec<(&str, String)> {
    let mut all: Vec<_> = headers
        .iter()
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    all.sort_unstable();
    all
}

/// Returns the value of a header, with only the beginning of a signature.
fn header(name: &str, value: &str, mask: &Mask) -> String {
    if name != "authorization" {
        return mask.value(name, value);
    }
    match value.split_once("Signature=") {
        Some((start, signature)) if value.starts_with(acs3::ALGORITHM) => {
            format!("{}Signature={}", mask.text(start), beginning(signature))
        }
        _ => REDACTED.to_string(),
    }
}

/// Returns the response as it is sent; null if the connection is closed without one.
fn response(exchange: &Exchange<'_>, mask: &Mask) -> Value {
    let Some(response) = &exchange.reply.response else { return Value::Null };
    let headers = response.headers().iter().map(|(name, value)| {
        json!([name.as_str(), mask.value(name.as_str(), &String::from_utf8_lossy(value.as_bytes()))])
    });
    json!({
        "headers": headers.collect::<Vec<_>>(),
        "body": cut(&indented(&mask.text(&String::from_utf8_lossy(response.body())))),
    })
}
