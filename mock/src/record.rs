//! The requests that the endpoint has received, for a test's assertions.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use acs_runtime::sign::SignatureScheme;

/// A request that the endpoint received, and the outcome of its response.
///
/// It has the operation's parameters, never credentials or signatures. `Debug` shows the names of the parameters without
/// their values, which may be phone numbers.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedRequest {
    pub(super) method: String,
    pub(super) signature_scheme: SignatureScheme,
    pub(super) action: String,
    pub(super) version: String,
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) request_id: String,
    pub(super) status: u16,
    pub(super) code: Option<String>,
}

impl ReceivedRequest {
    /// Returns the HTTP method, e.g. `POST`.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the scheme that it was signed with.
    #[must_use]
    pub fn signature_scheme(&self) -> SignatureScheme {
        self.signature_scheme
    }

    /// Returns the operation that it named, e.g. `Ring`; empty if it named none.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Returns the API version that it named; empty if it named none.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns the value of one parameter, as sent.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }

    /// Returns the operation's parameters by name, without those of the protocol.
    #[must_use]
    pub fn parameters(&self) -> &BTreeMap<String, String> {
        &self.parameters
    }

    /// Returns the request id of the response.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// Returns the HTTP status of the response; 0 if a [`Fault`](super::Fault) left it without a response.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the error code of the response; `None` if it succeeded.
    #[must_use]
    pub fn error_code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    fn size(&self) -> usize {
        let parameters: usize = self.parameters.iter().map(|(name, value)| name.len() + value.len()).sum();
        parameters + self.action.len() + self.version.len()
    }
}

impl fmt::Debug for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedRequest")
            .field("method", &self.method)
            .field("signature_scheme", &self.signature_scheme)
            .field("action", &self.action)
            .field("parameters", &self.parameters.keys())
            .field("request_id", &self.request_id)
            .field("status", &self.status)
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}

/// Keeps the latest requests, bounded in number and bytes.
#[derive(Default)]
pub(super) struct Record {
    requests: VecDeque<ReceivedRequest>,
    bytes: usize,
    total: u64,
}

impl Record {
    const MOST_REQUESTS: usize = 1024;
    const MOST_BYTES: usize = 4 << 20;

    pub(super) fn push(&mut self, request: ReceivedRequest) {
        self.total += 1;
        self.bytes += request.size();
        self.requests.push_back(request);
        while self.requests.len() > Self::MOST_REQUESTS || self.bytes > Self::MOST_BYTES {
            let Some(oldest) = self.requests.pop_front() else { return };
            self.bytes -= oldest.size();
        }
    }

    pub(super) fn latest(&self) -> Vec<ReceivedRequest> {
        self.requests.iter().cloned().collect()
    }

    /// Returns the latest requests of one operation.
    pub(super) fn of_operation(&self, operation: &str) -> impl Iterator<Item = &ReceivedRequest> {
        self.requests.iter().filter(move |request| request.action == operation)
    }

    pub(super) fn total(&self) -> u64 {
        self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(callee: &str) -> ReceivedRequest {
        ReceivedRequest {
            method: "POST".to_owned(),
            signature_scheme: SignatureScheme::Acs3,
            action: "Ring".to_owned(),
            version: "2020-07-01".to_owned(),
            parameters: [("Callee".to_owned(), callee.to_owned())].into(),
            request_id: "id".to_owned(),
            status: 200,
            code: None,
        }
    }

    #[test]
    fn debug_names_parameters_without_values() {
        let text = format!("{:?}", request("13188888888"));
        assert!(text.contains("Callee") && !text.contains("1318888"), "{text}");
    }

    #[test]
    fn oldest_requests_make_room() {
        let mut record = Record::default();
        for callee in 0..2000 {
            record.push(request(&callee.to_string()));
        }
        let latest = record.latest();
        assert_eq!((latest.len(), record.total()), (Record::MOST_REQUESTS, 2000));
        assert_eq!(latest.last().and_then(|request| request.parameter("Callee")), Some("1999"));
    }

    #[test]
    fn large_requests_make_room_too() {
        let mut record = Record::default();
        let large = "9".repeat(Record::MOST_BYTES / 3);
        for _ in 0..10 {
            record.push(request(&large));
        }
        assert_eq!(record.latest().len(), 2);
    }
}
