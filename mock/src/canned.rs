//! Responses that a test sets for an operation.

use acs_runtime::description::OperationDescription;
use serde::Deserialize;
use serde_json::Value;

use super::order::OrderError;
use super::refusal::{Refusal, fill};
use super::shape;

/// A response that a test sets for an operation, whatever the request says.
///
/// The request's signature and parameters are checked as always. The request is not carried out.
#[derive(Clone, Debug, PartialEq)]
pub enum CannedResponse {
    /// The page's response, in which these fields replace its own. The value is an object.
    ///
    /// The fields of a structure are replaced one by one, a list as a whole. Each value is converted to the type that the
    /// page documents, and is null if that is not possible. Undocumented fields are sent as they are.
    Fields(Value),
    /// An error.
    Refusal(CannedRefusal),
}

/// An error that a test sets as the response of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CannedRefusal {
    code: String,
    status: Option<u16>,
    message: Option<String>,
    #[serde(default)]
    arguments: Vec<String>,
}

impl CannedRefusal {
    /// Makes the error `code`, with the status and the message that the operation's page documents for it.
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), status: None, message: None, arguments: Vec::new() }
    }

    /// Sets the HTTP status, in place of the page's.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Sets the message, in place of the page's; each `%s` stands for an argument.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Sets the arguments that replace the `%s` of the message, in order.
    #[must_use]
    pub fn arguments<T: Into<String>>(mut self, arguments: impl IntoIterator<Item = T>) -> Self {
        self.arguments = arguments.into_iter().map(Into::into).collect();
        self
    }
}

impl From<Value> for CannedResponse {
    fn from(fields: Value) -> Self {
        Self::Fields(fields)
    }
}

impl From<CannedRefusal> for CannedResponse {
    fn from(refusal: CannedRefusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl CannedResponse {
    /// Checks that the endpoint can send this as a response.
    pub(super) fn check(&self) -> Result<(), OrderError> {
        match self {
            Self::Fields(Value::Object(_)) => Ok(()),
            Self::Fields(_) => Err(OrderError(
                "the fields of a response must be an object, such as {\"Data\": …}".to_owned(),
            )),
            Self::Refusal(CannedRefusal { status: Some(status), .. }) if !(200..=599).contains(status) => {
                Err(OrderError(format!("{status} cannot be the HTTP status of a response: use 200 to 599")))
            }
            Self::Refusal(_) => Ok(()),
        }
    }

    /// Builds the response; `by_page` builds the page's own.
    pub(super) fn respond(
        self,
        operation: &OperationDescription,
        by_page: impl FnOnce() -> Value,
    ) -> Result<Value, Refusal> {
        match self {
            Self::Fields(fields) => {
                let mut response = by_page();
                if let (Value::Object(response), Value::Object(fields)) = (&mut response, fields) {
                    shape::replace(response, fields, operation.answer);
                }
                Ok(response)
            }
            Self::Refusal(refusal) => Err(refusal.for_operation(operation)),
        }
    }
}

impl CannedRefusal {
    fn for_operation(self, operation: &OperationDescription) -> Refusal {
        let Self { code, status, message, arguments } = self;
        let by_page = Refusal::documented(operation, &code, &code, arguments);
        let message = message.map(|template| fill(&template, &by_page.params));
        Refusal {
            status: status.unwrap_or(by_page.status),
            message: message.unwrap_or(by_page.message),
            ..by_page
        }
    }
}

#[cfg(test)]
mod tests {
    use acs_runtime::description::ErrorDescription;
    use serde_json::json;

    use super::*;

    const OPERATION: OperationDescription = OperationDescription {
        errors: &[ErrorDescription { status: Some(404), code: "Gone", message: "%s is gone." }],
        ..OperationDescription::new("Bells", "2020-07-01", "Ring")
    };

    fn refused(refusal: CannedRefusal) -> (u16, String) {
        let refusal = CannedResponse::from(refusal).respond(&OPERATION, || json!({})).unwrap_err();
        (refusal.status, refusal.message)
    }

    #[test]
    fn refusal_has_the_status_and_the_message_of_the_page() {
        let gone = CannedRefusal::new("Gone").arguments(["It"]);
        assert_eq!(refused(gone), (404, "It is gone.".to_owned()));
    }

    #[test]
    fn status_and_message_that_a_test_sets_win_over_the_page() {
        let gone = CannedRefusal::new("Gone").arguments(["It"]).status(410).message("No %s");
        assert_eq!(refused(gone), (410, "No It".to_owned()));
    }

    #[test]
    fn message_of_an_undocumented_refusal_is_its_code() {
        assert_eq!(refused(CannedRefusal::new("New")), (400, "New".to_owned()));
    }

    #[test]
    fn what_cannot_be_a_response_is_refused() {
        for wrong in [json!([]).into(), CannedRefusal::new("Gone").status(101).into()] {
            assert!(CannedResponse::check(&wrong).is_err(), "{wrong:?}");
        }
    }
}
