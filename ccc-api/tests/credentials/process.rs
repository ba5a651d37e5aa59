//! Tests of the environment of a process, where a client without configuration finds its credentials.

use std::process::Command;
use std::sync::Mutex;
use std::time::Instant;

use ccc_api::custom::BoxFuture;
use ccc_api::operation::make_call::MakeCallRequest;
use ccc_api::transport::{Bytes, Transport, TransportError, http};
use ccc_api::{Client, Config};

/// Returns the output of a child process with this environment and no other.
fn told_with(variables: &[(&str, &str)]) -> String {
    let home = tempfile::tempdir().unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "process::child", "--ignored", "--nocapture"])
        .env_clear()
        .env("HOME", home.path())
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let told = String::from_utf8(child.stdout).unwrap();
    assert!(child.status.success(), "{told}");
    told
}

#[test]
fn a_client_without_configuration_signs_with_the_key_of_its_environment() {
    let key = [("ALIBABA_CLOUD_ACCESS_KEY_ID", "id-env"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "hush")];
    let told = told_with(&key);
    assert!(told.contains("POST h.example Credential=id-env,"), "{told}");
    assert!(!told.contains("100.100.100.200"), "{told}");
}

#[test]
fn a_client_asks_for_credentials_over_its_own_transport() {
    let told = told_with(&[]);
    assert!(told.contains("PUT 100.100.100.200"), "{told}");
    assert!(told.contains("no source of credentials is configured"), "{told}");
    assert!(!told.contains("h.example"), "{told}");
}

#[tokio::test]
#[ignore = "a part of the others, run by them in a process of its own"]
async fn child() {
    let config = Config::builder().endpoint("http://h.example").transport(Teller::default()).build().unwrap();
    let request = MakeCallRequest::builder().callee("1").device_id("d").instance_id("i").build();
    match Client::new(config).unwrap().send(&request).await {
        Ok(_) => println!("\nplaced"),
        Err(error) => println!("\n{error}"),
    }
}

/// Prints each request, and responds only to those to the service.
#[derive(Debug, Default)]
struct Teller(Mutex<()>);

impl Transport for Teller {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let host = request.uri().host().unwrap();
        let signed = request.headers().get("authorization").map(|value| value.to_str().unwrap());
        let _one_line = self.0.lock().unwrap();
        println!(
            "\n{} {host} {}",
            request.method(),
            signed.unwrap_or_default().replace("ACS3-HMAC-SHA256 ", "")
        );
        let answer = match host {
            "h.example" => Ok(http::Response::new(Bytes::from_static(br#"{"Code":"OK"}"#))),
            _ => Err(TransportError::not_sent("nobody is there")),
        };
        Box::pin(std::future::ready(answer))
    }
}
