//! A product of the tests' own, and a transport that answers as a test says.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use acs_runtime::config::EndpointRules;
use acs_runtime::custom::{BoxFuture, Product};
use acs_runtime::retry::RetryPolicy;
use acs_runtime::transport::{Bytes, Transport, TransportError, http};
use acs_runtime::{Config, Credentials};

/// A product without a service.
#[derive(Debug)]
pub(crate) struct Bells;

impl Product for Bells {
    const CODE: &'static str = "Bells";
    const VERSION: &'static str = "2020-07-01";
    const TITLE: &'static str = "Bells";
    const ENDPOINT_VARIABLE: &'static str = "ALIBABA_CLOUD_BELLS_ENDPOINT";
    const ENDPOINTS: EndpointRules = EndpointRules {
        default_region: "cn-hangzhou",
        public: "bells.{region}.aliyuncs.com",
        vpc: "bells-vpc.{region}.aliyuncs.com",
        central: "bells.aliyuncs.com",
        central_regions: &[],
    };
}

pub(crate) type Answer = Result<http::Response<Bytes>, TransportError>;

/// The parameters of a request.
pub(crate) type Asked = HashMap<String, String>;

fn read(request: &http::Request<Bytes>) -> Asked {
    let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let query = request.uri().query().unwrap_or_default();
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

type Script = dyn FnMut(&Asked) -> Answer + Send;

/// A server whose responses are a function of the parameters.
#[derive(Clone)]
pub(crate) struct Scripted(Arc<Mutex<Script>>);

impl Scripted {
    pub(crate) fn new(script: impl FnMut(&Asked) -> Answer + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(script)))
    }

    /// Configures a client for it, with short waits between attempts.
    pub(crate) fn config(self) -> Config {
        let hurried = RetryPolicy::new().base_delay(Duration::from_nanos(1));
        Config::builder()
            .region("cn-hangzhou")
            .credentials(Credentials::new("testid", "testsecret"))
            .transport(self)
            .retry(hurried)
            .build()
            .unwrap()
    }
}

impl fmt::Debug for Scripted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scripted")
    }
}

impl Transport for Scripted {
    fn send(&self, request: http::Request<Bytes>, _deadline: Instant) -> BoxFuture<'_, Answer> {
        let answer = (self.0.lock().unwrap())(&read(&request));
        Box::pin(async move { answer })
    }
}

/// Builds a response with a status and a body.
pub(crate) fn answer(status: u16, body: impl Into<Bytes>) -> Answer {
    Ok(http::Response::builder().status(status).body(body.into()).unwrap())
}
