//! Refusals of requests.
//!
//! Most constructors here make the refusals of the gateway, which is the same for every product. [`Refusal::documented`]
//! makes the documented errors of an operation.

use acs_runtime::description::OperationDescription;

use super::world::Refused;

/// The reason why a request is refused, not yet written as JSON or XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
    /// Arguments of the message's template, sent as `Params`.
    pub(super) params: Vec<String>,
}

impl Refusal {
    /// Makes a refusal of the gateway.
    pub(super) fn new(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { status, code: code.into(), message: message.into(), params: Vec::new() }
    }

    /// Makes the operation's documented error `code`, and fills its template with `arguments`. If the page does not
    /// document the code, `template` is used.
    pub(super) fn documented(
        operation: &OperationDescription,
        code: &str,
        template: &str,
        arguments: Vec<String>,
    ) -> Self {
        let documented = operation.errors.iter().find(|error| error.code == code);
        let template =
            documented.map(|error| error.message).filter(|text| !text.is_empty()).unwrap_or(template);
        Self {
            status: documented.and_then(|error| error.status).unwrap_or(400),
            code: code.to_owned(),
            message: fill(template, &arguments),
            params: arguments,
        }
    }

    /// Makes a world's refusal, with status and message of the operation's page if it documents them.
    pub(super) fn of_world(operation: &OperationDescription, refused: Refused) -> Self {
        let Refused { code, status, message, arguments } = refused;
        let documented = operation.errors.iter().find(|error| error.code == code);
        let status = documented.and_then(|error| error.status).unwrap_or(status);
        Self { status, ..Self::documented(operation, code, message, arguments) }
    }

    pub(super) fn missing(parameter: &str, written: &str) -> Self {
        Self::new(400, format!("Missing{parameter}"), format!("{written} is mandatory for this action."))
    }

    pub(super) fn unknown_action() -> Self {
        let message = "Specified api is not found, please check your url and method.";
        Self::new(404, "InvalidAction.NotFound", message)
    }

    pub(super) fn unknown_version() -> Self {
        Self::new(400, "InvalidVersion", "Specified parameter Version is not valid.")
    }

    pub(super) fn unsupported_method() -> Self {
        Self::new(405, "UnsupportedHTTPMethod", "This http method is not supported.")
    }

    pub(super) fn unreadable(reason: &str) -> Self {
        Self::new(400, "InvalidParameter", format!("The request cannot be read: {reason}."))
    }

    pub(super) fn repeated(parameter: &str) -> Self {
        Self {
            params: vec![parameter.to_owned()],
            ..Self::unreadable(&format!("the parameter {parameter} is given more than once"))
        }
    }

    pub(super) fn throttled() -> Self {
        Self::new(400, "Throttling.User", "Request was denied due to user flow control.")
    }

    pub(super) fn too_large(most: usize) -> Self {
        let message = format!("The request body is too large: it may have at most {most} bytes.");
        Self::new(413, "RequestEntityTooLarge", message)
    }

    pub(super) fn too_slow() -> Self {
        Self::new(408, "RequestTimeout", "The request body did not arrive in time.")
    }

    pub(super) fn incomplete_signature(reason: &str) -> Self {
        let message = format!("The request signature does not conform to Aliyun standards. {reason}.");
        Self::new(400, "IncompleteSignature", message)
    }

    pub(super) fn unknown_access_key() -> Self {
        Self::new(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
    }

    pub(super) fn unknown_token() -> Self {
        Self::new(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.")
    }

    /// The service's own code for this is not documented.
    pub(super) fn unknown_bearer_token() -> Self {
        Self::new(400, "InvalidBearerToken", "Specified bearer token is not valid.")
    }

    pub(super) fn malformed_timestamp() -> Self {
        let message = "Specified time stamp or date value is not well formatted.";
        Self::new(400, "InvalidTimeStamp.Format", message)
    }

    pub(super) fn expired_timestamp() -> Self {
        Self::new(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.")
    }

    pub(super) fn nonce_used() -> Self {
        Self::new(400, "SignatureNonceUsed", "Specified signature nonce was used already.")
    }

    /// Shows the endpoint's string to sign, so that a client can compare it with its own.
    pub(super) fn wrong_v1_signature(string_to_sign: &str) -> Self {
        let message = format!(
            "Specified signature is not matched with our calculation. server string to sign is:{string_to_sign}"
        );
        Self::new(400, "SignatureDoesNotMatch", message)
    }

    /// Shows the canonical request too, because the string to sign is a hash and does not show what differs.
    pub(super) fn wrong_acs3_signature(string_to_sign: &str, canonical_request: &str) -> Self {
        let message = format!(
            "Specified signature does not match our calculation. server StringToSign is [{string_to_sign}] server \
             CanonicalRequest is [{canonical_request}]"
        );
        Self::new(400, "SignatureDoesNotMatch", message)
    }
}

/// Replaces the template's `%s` by the arguments, in order. A `%s` without an argument stays.
pub(super) fn fill(template: &str, arguments: &[String]) -> String {
    let mut parts = template.split("%s");
    let mut message = parts.next().unwrap_or_default().to_owned();
    let mut arguments = arguments.iter();
    for part in parts {
        message.push_str(arguments.next().map_or("%s", String::as_str));
        message.push_str(part);
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn template_takes_its_arguments_in_order() {
        let arguments = ["user %s".to_owned(), "ecs-test".to_owned()];
        assert_eq!(fill("The user %s, in %s.", &arguments), "The user user %s, in ecs-test.");
    }

    #[test]
    fn mark_without_an_argument_stays() {
        assert_eq!(fill("%s and %s", &["one".to_owned()]), "one and %s");
    }
}
