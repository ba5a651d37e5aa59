//! `cargo xtask mock`: the endpoint as a process of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Stdio};

use ccc_api::mock::{ACCESS_KEY_ID, ACCESS_KEY_SECRET};
use ccc_api::{Client, Config, Credentials};

use crate::workspace::{Run, xtask};

/// A running endpoint.
struct Endpoint {
    process: Child,
    out: BufReader<ChildStdout>,
    address: String,
}

impl Endpoint {
    /// Starts the program on a free port, and reads its address from the first line.
    fn start(arguments: &[&str]) -> Self {
        let mut process = xtask()
            .args(["mock", "--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let url = line.split_whitespace().next().unwrap_or_default();
        let address =
            url.strip_prefix("http://").unwrap_or_else(|| panic!("no address in {line:?}")).to_owned();
        Self { process, out, address }
    }

    /// Sends a request, and returns the response with head and body.
    fn ask(&self, request: &str) -> String {
        let mut connection = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        write!(
            connection,
            "{request} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        // Gone already if the test stopped it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn an_unsigned_request_is_refused_as_the_service_would() {
    let endpoint = Endpoint::start(&[]);
    let answer = endpoint.ask("POST /?Action=MakeCall&Version=2020-07-01&Format=JSON");
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert!(answer.contains(r#""Code""#) && answer.contains(r#""RequestId""#), "{answer}");
}

#[test]
fn a_client_places_a_call_and_the_endpoint_tells_of_it() {
    let mut endpoint = Endpoint::start(&["--instance", "support"]);
    let config = Config::builder()
        .endpoint(format!("http://{}", endpoint.address))
        .credentials(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET))
        .build()
        .unwrap();
    let client = Client::new(config).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let call = client.make_call().instance_id("support").device_id("device-1").callee("13188888888");
    let answer = runtime.block_on(call.send()).unwrap();
    assert!(answer.data.call_context.job_id.is_some());

    let told =
        (&mut endpoint.out).lines().map(Result::unwrap).find(|line| line.starts_with("MakeCall")).unwrap();
    assert!(told.contains("POST, signed with Acs3  200") && !told.contains("13188888888"), "{told}");
}

#[test]
fn the_greeting_tells_what_a_client_needs() {
    let mut endpoint = Endpoint::start(&["--busy", "10000000123", "--extensions", "2"]);
    let mut greeting = String::new();
    for _ in 0..16 {
        endpoint.out.read_line(&mut greeting).unwrap();
    }
    for needed in ["testid", "testsecret", "STSTOKEN", "ccc-test", &endpoint.address, "extensions    2\n"] {
        assert!(greeting.contains(needed), "{needed} is missing in {greeting}");
    }
    assert!(!greeting.contains("10000000123"), "{greeting}");
}

#[test]
fn the_console_is_there_and_offers_the_document_of_openapi() {
    let mut endpoint = Endpoint::start(&[]);
    let mut line = String::new();
    endpoint.out.read_line(&mut line).unwrap();
    assert!(line.starts_with(&format!("http://{}/console ", endpoint.address)), "{line}");
    assert!(endpoint.ask("GET /console").contains("<!doctype html>"));
    assert!(endpoint.ask("GET /console/openapi.json").contains(r#""openapi": "3.1"#));
}

#[test]
fn a_port_in_use_is_a_clear_error() {
    let endpoint = Endpoint::start(&[]);
    let port = endpoint.address.rsplit(':').next().unwrap();
    let run: Run = xtask().args(["mock", "--port", port]).output().unwrap().into();
    assert_eq!(run.code, Some(3));
    assert!(run.err.starts_with(&format!("error: port {port}: is in use; choose another")), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_signal_stops_it_and_says_how_many_requests_there_were() {
    for signal in ["-INT", "-TERM"] {
        let mut endpoint = Endpoint::start(&[]);
        endpoint.ask("GET /?Action=MakeCall&Version=2020-07-01&Callee=13188888888");
        let id = endpoint.process.id().to_string();
        assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
        let (mut rest, mut err) = (String::new(), String::new());
        endpoint.out.read_to_string(&mut rest).unwrap();
        endpoint.process.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(endpoint.process.wait().unwrap().code(), Some(0), "{err}");
        assert_eq!(err, "stopped after 1 request\n");
        assert!(!rest.contains("13188888888"), "{rest}");
    }
}
