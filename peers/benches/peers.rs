//! The races of `ccc-api` with the peers. A peer that has no function for a part is raced with a whole call.

#[path = "../../ccc-api/benches/support/mod.rs"]
mod support;
mod tls;

use std::collections::BTreeMap;

use aliyun_openapi_core_rust_sdk::client::rpc::RPClient;
use support::{Contender, Race, SECRET, Server, decoding, loopback, signing};

/// The parameters of the request in the races.
const PARAMETERS: [(&str, &str); 6] = [
    ("Callee", "13188888888"),
    ("DeviceId", "ACC-YUNBS-1.0.10-bsd87c04aaa8f7000176ad354b1c"),
    ("InstanceId", "ccc-test"),
    ("UserId", "user-test@ccc-test"),
    ("Caller", "0109898989"),
    ("TimeoutSeconds", "10"),
];

fn main() {
    let server = Server::start();
    if std::env::args().any(|argument| argument == "--serve") {
        return serve(&server);
    }
    let secure = tls::Secure::start();
    support::run(vec![
        signing::race(&signing::ACS3),
        with(signing::race(&signing::V1), vec![alibabacloud_signs()]),
        with(decoding::of_the_sample(), vec![decoded_as_a_tree(support::sample().to_owned())]),
        with(decoding::of_proper_types(), vec![decoded_as_a_tree(support::proper_types())]),
        with(loopback::race(&server, 1), vec![aliyun_openapi_core(&server)]),
        loopback::race(&server, 256),
        secure.race(1),
        secure.race(256),
    ]);
}

/// Serves for `python-client`: prints the server's address and how many calls a second this client makes, then serves
/// until the input ends.
fn serve(server: &Server) {
    const CALLS: u64 = 20_000;
    let mut ours = loopback::ours(server, 1);
    let _ = (ours.work)(CALLS / 10);
    let rate = CALLS as f64 / (ours.work)(CALLS).as_secs_f64();
    println!("{} {rate}", server.address);
    let _ = std::io::stdin().lines().next();
}

fn with(mut race: Race, peers: Vec<Contender>) -> Race {
    race.contenders.extend(peers);
    race
}

/// Signs as that client does: a map of all parameters, the signature, the query, but no HTTP request.
fn alibabacloud_signs() -> Contender {
    Contender::new("alibabacloud", || {
        let common = [
            ("AccessKeyId", "LTAI4FoLFyHNyWcZ1dQuXWfH"),
            ("Action", "MakeCall"),
            ("Format", "JSON"),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureNonce", "3156853299f313e23d1673dc12e1703d"),
            ("SignatureVersion", "1.0"),
            ("Timestamp", "2023-10-26T10:22:32Z"),
            ("Version", "2020-07-01"),
        ];
        let all = PARAMETERS.into_iter().chain(common);
        let mut all: BTreeMap<String, String> =
            all.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let signature = alibabacloud::signing::calculate_signature(&all, SECRET);
        all.insert("Signature".to_owned(), signature);
        alibabacloud::utils::build_canonicalized_query(&all)
    })
}

/// Decodes a response as alibabacloud does. The other peers leave the type to the application or have none.
fn decoded_as_a_tree(json: String) -> Contender {
    Contender::new("serde_json::Value", move || {
        serde_json::from_slice::<serde_json::Value>(json.as_bytes()).expect("the response is JSON")
    })
}

/// Makes one call after another. A call takes tens of milliseconds, because it makes a new client.
fn aliyun_openapi_core(server: &Server) -> Contender {
    let client = RPClient::new("testid", SECRET, server.url());
    loopback::at_once("aliyun-openapi-core-rust-sdk", 1, move || {
        let client = client.clone();
        async move {
            let call = client.version("2020-07-01").post("MakeCall").query(PARAMETERS);
            call.json::<decoding::PlainTexts>().await.expect("the server answers");
        }
    })
}
