//! Responses that a test sets for an operation.

use acs_runtime::description::OperationDescription;
use serde::Deserialize;
use serde_json::Value;

use super::order::OrderError;
use super::refusal::{Refusal, fill};
use super::shape;

/// What an operation responds because a test says so, whatever was asked.
///
/// The request is checked as ever: its signature and its parameters. It is not carried out.
#[derive(Clone, Debug, PartialEq)]
pub enum CannedResponse {
    /// The response of the page, with these fields of an object in place of its own.
    ///
    /// Structures are gone into; a list takes the place of a list. Each value is written in the type that the page
    /// documents, and is null if it cannot be. What the page does not document is sent as it is.
    Fields(Value),
    /// An error.
    Refusal(CannedRefusal),
}

/// An error that a test has an operation respond with.
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
    /// The error `code`, with the status and the message that the operation's page has for it.
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), status: None, message: None, arguments: Vec::new() }
    }

    /// The HTTP status, in place of the page's.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// The message, in place of the page's; each `%s` marks an argument.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// What the `%s` of the message stand for, in order.
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
    /// Refuses what can be no response.
    pub(super) fn check(&self) -> Result<(), OrderError> {
        match self {
            Self::Fields(Value::Object(_)) => Ok(()),
            Self::Fields(_) => Err(OrderError(
                "the fields of a response are an object with their names, such as {\"Data\": …}".to_owned(),
            )),
            Self::Refusal(CannedRefusal { status: Some(status), .. }) if !(200..=599).contains(status) => {
                Err(OrderError(format!("no response has the HTTP status {status}: take one from 200 to 599")))
            }
            Self::Refusal(_) => Ok(()),
        }
    }

    /// The response to a request that `by_page` would answer as its page does.
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
            Self::Refusal(refusal) => Err(refusal.of(operation)),
        }
    }
}

impl CannedRefusal {
    fn of(self, operation: &OperationDescription) -> Refusal {
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
    fn refusal_has_status_and_message_of_the_page() {
        let gone = CannedRefusal::new("Gone").arguments(["It"]);
        assert_eq!(refused(gone), (404, "It is gone.".to_owned()));
    }

    #[test]
    fn what_a_test_says_of_a_refusal_goes_before_the_page() {
        let gone = CannedRefusal::new("Gone").arguments(["It"]).status(410).message("No %s");
        assert_eq!(refused(gone), (410, "No It".to_owned()));
    }

    #[test]
    fn refusal_that_no_page_documents_has_its_code_for_a_message() {
        assert_eq!(refused(CannedRefusal::new("New")), (400, "New".to_owned()));
    }

    #[test]
    fn what_can_be_no_response_is_not_taken() {
        for wrong in [json!([]).into(), CannedRefusal::new("Gone").status(101).into()] {
            assert!(CannedResponse::check(&wrong).is_err(), "{wrong:?}");
        }
    }
}
