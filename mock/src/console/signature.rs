//! Explains the signature of a request step by step, and what its client did differently.

use acs_runtime::sign::{acs3, v1};
use serde_json::{Map, Value, json};

use super::mask::{Mask, beginning};
use super::members;
use super::mistakes::{self, Sent};
use super::text::cut;
use crate::authenticate::Authenticator;
use crate::request::{Request, Signed};
use crate::signed_text::SignedText;

const NONE_FITS: &str = "No usual mistake leads to the signature that was received. Print the text that the client signs and \
                         compare it with the one below, character by character. If both are the same, the client signs with \
                         another secret.";
const TOO_LARGE: &str = "The request is too large to search it for usual mistakes. Send a smaller one, or compare the text \
                         that the client signs with the one below.";
const UNKNOWN_KEY: &str = "The endpoint has no access key with this id, so it cannot compute the signature. Use a key that \
                           it accepts.";

/// Explains a signature; `query` is the query as it was sent.
pub(super) fn explained(
    request: &Request<'_>,
    query: &str,
    authenticator: &Authenticator,
    mask: &Mask,
) -> Value {
    match &request.signed {
        Signed::Bearer { .. } => json!({
            "scheme": "bearer",
            "advice": "A bearer token identifies the sender. Nothing is signed.",
        }),
        Signed::V1 => {
            let received = request.parameter(v1::SIGNATURE).unwrap_or_default();
            steps(request, query, authenticator, mask, "v1", received, Ok(SignedText::v1(request)))
        }
        Signed::Acs3 { headers, signature, .. } => {
            let text = SignedText::acs3(request, headers).map_err(|refusal| refusal.message);
            steps(request, query, authenticator, mask, "acs3", signature, text)
        }
    }
}

fn steps(
    request: &Request<'_>,
    query: &str,
    authenticator: &Authenticator,
    mask: &Mask,
    scheme: &str,
    received: &str,
    text: Result<SignedText, String>,
) -> Value {
    let id = request.key_id().unwrap_or_default();
    let mut explained = members([
        ("scheme", json!(scheme)),
        ("key", json!(mask.text(id))),
        ("received", json!(beginning(received))),
    ]);
    let text = match text {
        Ok(text) => text,
        Err(reason) => {
            explained.extend(members([("advice", json!(mask.text(&reason)))]));
            return Value::Object(explained);
        }
    };
    let SignedText { canonical_query, canonical_request, string_to_sign } = &text;
    let shown = |name: &str, text: &str| json!({"name": name, "text": cut(&mask.text(text))});
    let steps = [
        Some(shown("Canonical query", canonical_query)),
        canonical_request.as_ref().map(|text| shown("Canonical request", text)),
        Some(shown("String to sign", string_to_sign)),
    ];
    explained.extend(members([("steps", steps.into_iter().flatten().collect())]));
    let Some(key) = authenticator.key_of(request) else {
        explained.extend(members([("advice", json!(UNKNOWN_KEY))]));
        return Value::Object(explained);
    };
    let expected = match scheme {
        "v1" => v1::signature(&key.secret, string_to_sign),
        _ => acs3::signature(&key.secret, string_to_sign),
    };
    let agrees = expected == received;
    explained.extend(members([("expected", json!(beginning(&expected))), ("agrees", json!(agrees))]));
    if !agrees {
        let sent = Sent { request, query, key, keys: authenticator.keys(), received };
        explained.extend(difference(&sent, &text, shown));
    }
    Value::Object(explained)
}

/// Returns what the client did differently, as far as that can be found.
fn difference(
    sent: &Sent<'_>,
    right: &SignedText,
    shown: impl Fn(&str, &str) -> Value,
) -> Map<String, Value> {
    let advice = |text: &str| members([("advice", json!(text))]);
    if sent.received.is_empty() {
        return advice("The request has no signature.");
    }
    match mistakes::find(sent, right) {
        Err(mistakes::TooLarge) => advice(TOO_LARGE),
        Ok(None) => advice(NONE_FITS),
        Ok(Some(found)) => {
            let client = found.text.as_ref().map(|(name, text)| shown(name, text));
            members([("mistakes", json!(found.mistakes)), ("client", client.into())])
        }
    }
}
