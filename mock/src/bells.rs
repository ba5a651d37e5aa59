//! A product for the tests of this crate: a tower with bells, which remembers how often they were rung.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use acs_runtime::Client;
use acs_runtime::config::EndpointRules;
use acs_runtime::custom::Product;
use acs_runtime::description::{FieldDescription, Kind, OperationDescription};
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::{Call, MockEndpoint, MockedProduct, Outcome, World};

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

const fn field(name: &'static str, kind: Kind) -> FieldDescription {
    FieldDescription::new(name, kind)
}

const RING: OperationDescription = OperationDescription {
    parameters: &[FieldDescription { required: true, ..FieldDescription::new("Bell", Kind::TEXT) }],
    answer: &[
        field("Code", Kind::TEXT),
        field("RequestId", Kind::TEXT),
        field("Bell", Kind::TEXT),
        field("Rung", Kind::Integer),
    ],
    sample_json: r#"{"Code": "OK", "RequestId": "R", "Bell": "any", "Rung": 1}"#,
    ..OperationDescription::new("Bells", "2020-07-01", "Ring")
};

/// The world does not cover this operation, so the response is the sample.
const LISTEN: OperationDescription = OperationDescription { action: "Listen", parameters: &[], ..RING };

impl MockedProduct for Bells {
    type World = Tower;

    fn operations() -> Vec<&'static OperationDescription> {
        vec![&RING, &LISTEN]
    }
}

/// Counts how often bells were rung.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tower(Arc<AtomicU64>);

impl Tower {
    pub(crate) fn rung(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl World for Tower {
    fn answer(&self, call: &Call<'_>) -> Outcome {
        if call.operation.action != "Ring" {
            return Outcome::ByPage;
        }
        let rung = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Outcome::Done(Map::from_iter([("Rung".to_owned(), json!(rung))]))
    }

    /// `rung` returns how often bells were rung; `{"times": 3}` rings three times before.
    fn control(&self, command: &str, input: &Value) -> Result<Value, String> {
        if command != "rung" {
            return Err(format!("there is no command `{command}`: use `rung`"));
        }
        let times = input.get("times").and_then(Value::as_u64).unwrap_or_default();
        Ok(json!({ "rung": self.0.fetch_add(times, Ordering::Relaxed) + times }))
    }
}

/// Makes a client that sends each request once.
pub(crate) fn client(endpoint: &MockEndpoint<Bells>) -> Client<Bells> {
    Client::new(endpoint.config().to_builder().max_attempts(1).build().unwrap()).unwrap()
}

/// Sends bytes, then reads until the endpoint closes the connection.
pub(crate) async fn exchange(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response).await;
    String::from_utf8_lossy(&response).into_owned()
}
