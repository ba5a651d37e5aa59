//! Writes requests byte by byte, signed or not, and reads the responses.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ccc_api::mock::{MockEndpoint, MockEndpointBuilder};
use ccc_api::sign::FixedClock;
use ccc_api::sign::{acs3, canonical_query, v1};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The time of the published vectors, 2023-10-26T10:22:32Z.
pub(crate) const NOW: &str = "2023-10-26T10:22:32Z";

pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_698_315_752)
}

/// Configures an endpoint whose clock stands at [`NOW`].
pub(crate) fn endpoint() -> MockEndpointBuilder {
    MockEndpoint::builder().clock(FixedClock(now()))
}

pub(crate) const CALL: [(&str, &str); 4] = [
    ("Callee", "13188888888"),
    ("DeviceId", "dev 1"),
    ("InstanceId", "ccc-test"),
    ("UserId", "user-test@ccc-test"),
];

/// Returns the parameters of [`CALL`], with some replaced, added, or (with `None`) removed.
pub(crate) fn call_with(changes: &[(&str, Option<&str>)]) -> Vec<(String, String)> {
    let mut parameters: Vec<(String, String)> =
        CALL.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    change(&mut parameters, changes);
    parameters
}

fn change(parameters: &mut Vec<(String, String)>, changes: &[(&str, Option<&str>)]) {
    for (name, value) in changes {
        parameters.retain(|(present, _)| present != name);
        parameters.extend(value.map(|value| ((*name).to_owned(), value.to_owned())));
    }
}

fn nonce() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("nonce-{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// A request signed with ACS3. Every part can be changed before it is written.
pub(crate) struct Acs3 {
    pub(crate) method: &'static str,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    /// Headers that are sent without being signed.
    pub(crate) unsigned: Vec<(String, String)>,
    pub(crate) id: &'static str,
    pub(crate) secret: &'static str,
    /// Added to the body after it was hashed.
    pub(crate) smuggled: &'static str,
}

impl Acs3 {
    pub(crate) fn new(parameters: Vec<(String, String)>) -> Self {
        let nonce = nonce();
        let headers = [
            ("host", "127.0.0.1"),
            ("x-acs-action", "MakeCall"),
            ("x-acs-version", "2020-07-01"),
            ("x-acs-date", NOW),
            ("x-acs-signature-nonce", nonce.as_str()),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let (id, secret) = ("testid", "testsecret");
        Self { method: "POST", parameters, headers, unsigned: Vec::new(), id, secret, smuggled: "" }
    }

    pub(crate) fn call() -> Self {
        Self::new(call_with(&[]))
    }

    pub(crate) fn header(mut self, name: &str, value: Option<&str>) -> Self {
        change(&mut self.headers, &[(name, value)]);
        self
    }

    /// Returns the canonical request, which the endpoint should compute too.
    pub(crate) fn canonical_request(&self) -> acs3::CanonicalRequest {
        let headers = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        acs3::canonical_request(self.method, "/", &self.query(), headers, &acs3::content_sha256(b""))
    }

    fn query(&self) -> String {
        canonical_query(self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let canonical = self.canonical_request();
        let signature = acs3::signature(self.secret, &acs3::string_to_sign(&canonical.text));
        let authorization = acs3::authorization(self.id, &canonical.signed_headers, &signature);
        let mut text = format!("{} /?{} HTTP/1.1\r\n", self.method, self.query());
        for (name, value) in self.headers.iter().chain(&self.unsigned) {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        let length = self.smuggled.len();
        text.push_str(&format!("authorization: {authorization}\r\ncontent-length: {length}\r\n"));
        text.push_str(&format!("connection: close\r\n\r\n{}", self.smuggled));
        text.into_bytes()
    }
}

/// A request signed with version 1.0, in the query or in the form.
pub(crate) struct V1 {
    pub(crate) method: &'static str,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) secret: &'static str,
    pub(crate) accept: &'static str,
    /// How many of the sorted parameters are in the query of a POST.
    pub(crate) in_query: usize,
}

impl V1 {
    pub(crate) fn new(mut parameters: Vec<(String, String)>) -> Self {
        let nonce = nonce();
        let common = [
            ("Action", "MakeCall"),
            ("Version", "2020-07-01"),
            ("Format", "JSON"),
            ("AccessKeyId", "testid"),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureVersion", "1.0"),
            ("Timestamp", NOW),
            ("SignatureNonce", nonce.as_str()),
        ];
        let absent = common.iter().filter(|(name, _)| !parameters.iter().any(|(given, _)| given == name));
        let absent: Vec<_> = absent.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        parameters.extend(absent);
        Self { method: "POST", parameters, secret: "testsecret", accept: "*/*", in_query: 0 }
    }

    pub(crate) fn call() -> Self {
        Self::new(call_with(&[]))
    }

    pub(crate) fn with(mut self, name: &str, value: Option<&str>) -> Self {
        change(&mut self.parameters, &[(name, value)]);
        self
    }

    pub(crate) fn string_to_sign(&self) -> String {
        let parameters = self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        v1::string_to_sign(self.method, &canonical_query(parameters))
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let signature = v1::signature(self.secret, &self.string_to_sign());
        let mut pairs: Vec<_> = self.parameters.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        pairs.push(("Signature", &signature));
        let in_query = if self.method == "GET" { pairs.len() } else { self.in_query };
        let (query, form) = pairs.split_at(in_query);
        let (query, form) = (canonical_query(query.iter().copied()), canonical_query(form.iter().copied()));
        let head = format!(
            "{} /?{query} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            self.method,
            self.accept,
            form.len()
        );
        [head, form].concat().into_bytes()
    }
}

/// A response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Self { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Returns the `Code` of a response in JSON or XML.
    pub(crate) fn code(&self) -> String {
        if self.body.starts_with('<') {
            let (_, rest) = self.body.split_once("<Code>").unwrap_or_default();
            return rest.split('<').next().unwrap_or_default().to_owned();
        }
        self.json()["Code"].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends bytes and reads until the endpoint closes the connection; a reset counts as closing.
pub(crate) async fn exchange(address: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The endpoint may close before it has read everything.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    Answer::parse(&answer)
}
