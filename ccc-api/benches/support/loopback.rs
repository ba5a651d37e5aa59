//! A whole MakeCall to a server on loopback, compared with a bare reqwest call with the same bytes.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use ccc_api::config::Endpoint;
use ccc_api::custom::Parameters;
use ccc_api::response::Format;
use ccc_api::sign::{Method, SignatureScheme, Unsigned, prepare};
use ccc_api::transport::http::HeaderMap;
use ccc_api::{Client, Config, Credentials};
use tokio::runtime::Runtime;

use super::{Contender, Race, SECRET, Server, decoding, request, signing};

/// Races with `in_flight` calls at once. An iteration is one call of each caller.
pub(crate) fn race(server: &Server, in_flight: u32) -> Race {
    let contenders = vec![bare(server, in_flight), ours(server, in_flight), computing(server, in_flight)];
    Race { name: format!("call, {in_flight} in flight"), calls: in_flight, limit: 1.05, contenders }
}

fn bare(server: &Server, in_flight: u32) -> Contender {
    let call = Arc::new(BareCall::new(&server.url()));
    at_once("bare reqwest", in_flight, move || {
        let call = Arc::clone(&call);
        async move { drop(call.send().await) }
    })
}

/// The bare call plus the least work of signing and decoding, as a floor for our call.
fn computing(server: &Server, in_flight: u32) -> Contender {
    let call = Arc::new(BareCall::new(&server.url()));
    let canonical = signing::Signer::new(&signing::ACS3).signed_bytes();
    at_once("bare, hashing and serde derive", in_flight, move || {
        let (call, canonical) = (Arc::clone(&call), canonical.clone());
        async move {
            std::hint::black_box(signing::acs3_floor(&canonical));
            let body = call.send().await;
            let answer = serde_json::from_slice::<decoding::PlainTexts>(&body).expect("the sample is JSON");
            std::hint::black_box(answer);
        }
    })
}

pub(crate) fn ours(server: &Server, in_flight: u32) -> Contender {
    let client = client(server);
    at_once("ccc-api", in_flight, move || {
        let client = client.clone();
        async move {
            let answer = client.send(request()).await.expect("the server answers");
            assert!(answer.data.call_context.job_id.is_some());
        }
    })
}

/// Makes a client of the server.
pub(crate) fn client(server: &Server) -> Client {
    let config = Config::builder().endpoint(server.url()).credentials(Credentials::new("testid", SECRET));
    Client::new(config.build().expect("it is valid")).expect("a client can be made")
}

/// Makes the same settings as our own transport.
pub(crate) fn settings() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(10))
        .pool_idle_timeout(Duration::from_secs(10))
        .http1_only()
        .no_proxy()
}

/// A request that is signed once and sent again and again. Its response is read as bytes.
pub(crate) struct BareCall {
    client: reqwest::Client,
    url: String,
    headers: HeaderMap,
}

impl BareCall {
    pub(crate) fn new(server: &str) -> Self {
        // The client requires TLS, although it is not used. Installing it a second time is refused.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self::over(settings().build().expect("a client can be made"), server)
    }

    pub(crate) fn over(client: reqwest::Client, server: &str) -> Self {
        let request = request();
        let parameters = request.parameters();
        let signed = prepare(&Unsigned {
            endpoint: &Endpoint::parse(server, None).expect("it is an endpoint"),
            scheme: SignatureScheme::Acs3,
            method: Method::Post,
            format: Format::Json,
            action: "MakeCall",
            version: "2020-07-01",
            parameters: &parameters,
            credentials: &Credentials::new("testid", SECRET),
            timestamp: SystemTime::now(),
            nonce: "3156853299f313e23d1673dc12e1703d",
        })
        .expect("it can be signed");
        Self { client, url: signed.uri().to_string(), headers: signed.headers().clone() }
    }

    pub(crate) async fn send(&self) -> ccc_api::transport::Bytes {
        let request =
            self.client.post(&self.url).headers(self.headers.clone()).body(ccc_api::transport::Bytes::new());
        let answer = request.send().await.expect("the server answers");
        let body = answer.bytes().await.expect("the response is complete");
        assert!(!body.is_empty());
        body
    }
}

/// Makes callers on one thread, each of which makes one call after the other.
pub(crate) fn at_once<F: Future<Output = ()> + Send + 'static>(
    name: &'static str,
    in_flight: u32,
    call: impl Fn() -> F + Clone + Send + 'static,
) -> Contender {
    let runtime: Runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
    Contender::timed(name, move |times| {
        runtime.block_on(async {
            let start = Instant::now();
            let callers: Vec<_> = (0..in_flight)
                .map(|_| {
                    let call = call.clone();
                    tokio::spawn(async move {
                        for _ in 0..times {
                            call().await;
                        }
                    })
                })
                .collect();
            for caller in callers {
                caller.await.expect("no call panics");
            }
            start.elapsed()
        })
    })
}
