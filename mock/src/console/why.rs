//! The reason for a response, in a sentence.

use crate::refusal::Refusal;
use crate::service::Decision;
use crate::stage::Stage;

/// Says which stage decided, and what it found.
pub(super) fn why(decision: &Decision) -> String {
    let refusal = decision.refusal.as_ref();
    let message = refusal.map_or("", |refusal| refusal.message.as_str());
    match decision.stage {
        Stage::Reading => format!("The request could not be read: {}", without_opening(message)),
        Stage::Operation => format!("The request names no operation that is served here: {message}"),
        Stage::Fault => "A fault was ordered for it. Nothing else was checked.".to_owned(),
        Stage::Credentials => format!("The credentials were not accepted: {message}"),
        Stage::Signature => match refusal {
            Some(refusal) if refusal.code == "SignatureDoesNotMatch" => {
                "The signature differs from the one that the endpoint computes.".to_owned()
            }
            _ => format!("The signature is incomplete: {message}"),
        },
        Stage::Clock => format!("The timestamp was not accepted: {message}"),
        Stage::Nonce => format!("The nonce was not accepted: {message}"),
        Stage::Parameters => match refusal.and_then(|refusal| refusal.params.first()) {
            Some(name) => format!("The parameter {name} is not as its page says: {message}"),
            None => format!("A parameter is not as its page says: {message}"),
        },
        Stage::Rule => format!("A rule of the product refused it: {}", coded(refusal)),
        Stage::Canned if refusal.is_some() => "A test set this error for the operation.".to_owned(),
        Stage::Canned => "A test set this response for the operation.".to_owned(),
        Stage::World if refusal.is_some() => format!("The world refused it: {}", coded(refusal)),
        Stage::World => "The world carried it out.".to_owned(),
        Stage::Page => "The response is the sample of the operation's page.".to_owned(),
    }
}

fn coded(refusal: Option<&Refusal>) -> String {
    refusal.map_or_else(String::new, |refusal| format!("{}. {}", refusal.code, refusal.message))
}

/// Removes the opening of a message that already says that the request cannot be read.
fn without_opening(message: &str) -> &str {
    message.strip_prefix("The request cannot be read: ").unwrap_or(message)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn told(stage: Stage, refusal: Option<Refusal>) -> String {
        why(&Decision { stage, refusal, value: Value::Null, root: String::new() })
    }

    #[test]
    fn parameter_that_was_refused_is_named() {
        let refusal =
            Refusal { params: vec!["Callee".to_owned()], ..Refusal::new(400, "Parameter.Null", "Missing.") };
        let why = told(Stage::Parameters, Some(refusal));
        assert_eq!(why, "The parameter Callee is not as its page says: Missing.");
    }

    #[test]
    fn opening_of_the_message_is_not_said_twice() {
        let why = told(Stage::Reading, Some(Refusal::unreadable("its body is torn")));
        assert_eq!(why, "The request could not be read: its body is torn.");
    }

    #[test]
    fn texts_of_a_signature_are_left_to_its_steps() {
        let why = told(Stage::Signature, Some(Refusal::wrong_v1_signature("POST&%2F&A%3D1")));
        assert!(!why.contains("POST"), "{why}");
    }

    #[test]
    fn world_that_refused_is_told_with_its_code() {
        let refused = told(Stage::World, Some(Refusal::new(404, "NotExists.Bell", "No such bell.")));
        assert_eq!(refused, "The world refused it: NotExists.Bell. No such bell.");
        assert_eq!(told(Stage::World, None), "The world carried it out.");
    }
}
