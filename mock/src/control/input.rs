//! The orders for faults and responses that a program sends as JSON.

use std::num::NonZeroU64;
use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::canned::{CannedRefusal, CannedResponse};
use crate::fault::Fault;

/// An order for a fault: `{"fault": "throttle", "retry_after_seconds": 2, "operation": "Ring", "count": 3}`.
#[derive(Debug, Deserialize)]
pub(super) struct FaultOrder {
    #[serde(flatten)]
    fault: NamedFault,
    /// `None` means all operations.
    pub(super) operation: Option<String>,
    #[serde(default = "once")]
    pub(super) count: NonZeroU64,
}

fn once() -> NonZeroU64 {
    NonZeroU64::MIN
}

/// Variants without fields have braces, because only then are unknown fields refused.
#[derive(Debug, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case", deny_unknown_fields)]
enum NamedFault {
    Throttle { retry_after_seconds: Option<f64> },
    Delay { seconds: f64 },
    Status { status: u16 },
    LoseResponse {},
    Close {},
    Nonsense {},
}

impl FaultOrder {
    pub(super) fn fault(&self) -> Result<Fault, String> {
        Ok(match self.fault {
            NamedFault::Throttle { retry_after_seconds: None } => Fault::Throttle,
            NamedFault::Throttle { retry_after_seconds: Some(wait) } => {
                Fault::ThrottleFor(duration("retry_after_seconds", wait)?)
            }
            NamedFault::Delay { seconds } => Fault::Delay(duration("seconds", seconds)?),
            NamedFault::Status { status } => Fault::Status(
                StatusCode::from_u16(status)
                    .ok()
                    .filter(|status| status.is_client_error() || status.is_server_error())
                    .ok_or_else(|| format!("`status` is {status}: use 400 to 599"))?,
            ),
            NamedFault::LoseResponse {} => Fault::LoseResponse,
            NamedFault::Close {} => Fault::Close,
            NamedFault::Nonsense {} => Fault::Nonsense,
        })
    }
}

fn duration(name: &str, seconds: f64) -> Result<Duration, String> {
    Duration::try_from_secs_f64(seconds)
        .map_err(|_| format!("`{name}` is {seconds}: use a number of seconds, 0 or more, such as 1.5"))
}

/// An order for a response: `{"operation": "Ring", "fields": {"Data": {"Count": 0}}}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResponseOrder {
    pub(super) operation: String,
    fields: Option<Map<String, Value>>,
    refusal: Option<CannedRefusal>,
    /// By default the response stays until it is removed.
    #[serde(default = "always")]
    pub(super) count: NonZeroU64,
}

fn always() -> NonZeroU64 {
    NonZeroU64::MAX
}

impl ResponseOrder {
    pub(super) fn response(&self) -> Result<CannedResponse, String> {
        match (&self.fields, &self.refusal) {
            (Some(fields), None) => Ok(CannedResponse::Fields(Value::Object(fields.clone()))),
            (None, Some(refusal)) => Ok(CannedResponse::Refusal(refusal.clone())),
            _ => Err("a response is either `fields` or a `refusal`: send one of them".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    fn fault(order: Value) -> Result<Fault, String> {
        from_value::<FaultOrder>(order).map_err(|error| error.to_string())?.fault()
    }

    #[test]
    fn every_fault_has_its_name() {
        let whole = Duration::from_secs(2);
        for (order, expected) in [
            (json!({"fault": "throttle"}), Fault::Throttle),
            (json!({"fault": "throttle", "retry_after_seconds": 2}), Fault::ThrottleFor(whole)),
            (json!({"fault": "delay", "seconds": 0.5}), Fault::Delay(Duration::from_millis(500))),
            (json!({"fault": "status", "status": 503}), Fault::Status(StatusCode::SERVICE_UNAVAILABLE)),
            (json!({"fault": "lose_response"}), Fault::LoseResponse),
            (json!({"fault": "close"}), Fault::Close),
            (json!({"fault": "nonsense", "operation": "Ring", "count": 3}), Fault::Nonsense),
        ] {
            assert_eq!(fault(order.clone()), Ok(expected), "{order}");
        }
    }

    #[test]
    fn error_names_what_is_wrong_with_the_order_of_a_fault() {
        for (order, expected) in [
            (json!({}), "`fault`"),
            (json!({"fault": "flood"}), "`lose_response`"),
            (json!({"fault": "close", "seconds": 1}), "`seconds`"),
            (json!({"fault": "close", "times": 1}), "`times`"),
            (json!({"fault": "close", "count": -1}), "-1"),
            (json!({"fault": "close", "count": 0}), "nonzero"),
            (json!({"fault": "delay"}), "`seconds`"),
            (json!({"fault": "delay", "seconds": -1}), "0 or more"),
            (json!({"fault": "throttle", "retry_after_seconds": 1e300}), "`retry_after_seconds`"),
            (json!({"fault": "status", "status": 200}), "400 to 599"),
        ] {
            let error = fault(order.clone()).unwrap_err();
            assert!(error.contains(expected), "{order}: {error}");
        }
    }

    #[test]
    fn response_is_fields_or_a_refusal() {
        let response = |order: Value| from_value::<ResponseOrder>(order).unwrap().response();
        let refusal = json!({"code": "Gone", "status": 404, "message": "%s", "arguments": ["It"]});
        let expected = CannedRefusal::new("Gone").status(404).message("%s").arguments(["It"]);
        assert_eq!(response(json!({"operation": "Ring", "refusal": refusal})), Ok(expected.into()));
        assert_eq!(response(json!({"operation": "Ring", "fields": {"A": 1}})), Ok(json!({"A": 1}).into()));
        assert!(response(json!({"operation": "Ring"})).is_err());
        assert!(response(json!({"operation": "Ring", "fields": {}, "refusal": refusal})).is_err());
    }
}
