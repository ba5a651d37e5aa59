//! A refused request: what the service says instead of an answer.
//!
//! The gateway in front of every product refuses with the constructors here, in its own words; documented errors
//! of an operation come through [`Refusal::documented`].

use acs_runtime::description::OperationDescription;

use super::world::Refused;

/// Why a request is refused, before it is written as JSON or XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
    /// Arguments of the message's template, as the answer's `Params`.
    pub(super) params: Vec<String>,
}

impl Refusal {
    /// A refusal in the gateway's own words.
    pub(super) fn new(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { status, code: code.into(), message: message.into(), params: Vec::new() }
    }

    /// The operation's documented error `code`, its template filled with `arguments`; `template` stands in where
    /// the page does not document the code.
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

    /// What a world refuses with, in the words of the operation's page where it has some.
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
        let message = format!("The request body is too large: it may have {most} bytes.");
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

    /// The service's own code for it is not documented.
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

    /// With what the service would have signed, so that a client can compare.
    pub(super) fn wrong_v1_signature(string_to_sign: &str) -> Self {
        let message = format!(
            "Specified signature is not matched with our calculation. server string to sign is:{string_to_sign}"
        );
        Self::new(400, "SignatureDoesNotMatch", message)
    }

    /// The string to sign is a hash and tells nobody what differs; the canonical request does.
    pub(super) fn wrong_acs3_signature(string_to_sign: &str, canonical_request: &str) -> Self {
        let message = format!(
            "Specified signature does not match our calculation. server StringToSign is [{string_to_sign}] server \
             CanonicalRequest is [{canonical_request}]"
        );
        Self::new(400, "SignatureDoesNotMatch", message)
    }
}

/// Puts the arguments in place of the template's `%s`, in order; what has no argument stays as it is.
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
    fn template_without_an_argument_keeps_its_mark() {
        assert_eq!(fill("%s and %s", &["one".to_owned()]), "one and %s");
    }
}
