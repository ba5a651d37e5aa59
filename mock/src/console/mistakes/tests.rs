//! Each mistake is made by hand here, and found by the signature alone.

use acs_runtime::sign::{acs3, canonical_query, percent, v1};
use http::request::Parts;

use super::{Found, Sent, base64, find, sha1, sha256};
use crate::authenticate::AccessKey;
use crate::request::{Request, Signed};
use crate::signed_text::SignedText;

const SECRET: &str = "testsecret";

fn keys() -> Vec<AccessKey> {
    [("testid", SECRET, None), ("testid", SECRET, Some("token")), ("other", "othersecret", None)]
        .map(|(id, secret, token): (&str, &str, Option<&str>)| AccessKey {
            id: id.to_owned(),
            secret: secret.to_owned(),
            token: token.map(str::to_owned),
        })
        .to_vec()
}

/// A request whose parameters bring out most mistakes.
const QUERY: &str = "Version=1&Action=Ring&Note=a%20b%2A~%2F%28&empty=&AccessKeyId=testid&Format=JSON";

fn parts(method: &str, query: &str, headers: &[(&str, &str)]) -> Parts {
    let mut request = http::Request::builder().method(method).uri(format!("/?{query}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(()).unwrap().into_parts().0
}

fn search(parts: &Parts, body: &[u8], received: &str) -> Option<Found> {
    let request = Request::read(parts, body).unwrap();
    let right = match &request.signed {
        Signed::Acs3 { headers, .. } => SignedText::acs3(&request, headers).unwrap(),
        _ => SignedText::v1(&request),
    };
    let keys = keys();
    let query = parts.uri.query().unwrap_or_default();
    find(&Sent { request: &request, query, key: &keys[0], keys: &keys, received }, &right).unwrap()
}

/// The mistakes of version 1.0 that lead to a signature.
fn v1_mistakes(received: &str) -> Vec<String> {
    search(&parts("POST", QUERY, &[]), b"", received).map(|found| found.mistakes).unwrap_or_default()
}

fn assert_says(mistakes: &[String], expected: &[&str]) {
    assert_eq!(mistakes.len(), expected.len(), "{mistakes:?}");
    for (mistake, expected) in mistakes.iter().zip(expected) {
        assert!(mistake.contains(expected), "{expected:?} is not in {mistakes:?}");
    }
}

fn pairs() -> Vec<(&'static str, &'static str)> {
    vec![
        ("AccessKeyId", "testid"),
        ("Action", "Ring"),
        ("Format", "JSON"),
        ("Note", "a b*~/("),
        ("Version", "1"),
        ("empty", ""),
    ]
}

fn to_sign() -> String {
    v1::string_to_sign("POST", &canonical_query(pairs()))
}

#[test]
fn secret_without_its_ampersand_is_found() {
    let received = base64(&sha1(SECRET.as_bytes(), to_sign().as_bytes()));
    assert_says(&v1_mistakes(&received), &["followed by `&`"]);
}

#[test]
fn sha256_in_version_1_is_found() {
    let received = base64(&sha256(b"testsecret&", to_sign().as_bytes()));
    assert_says(&v1_mistakes(&received), &["SHA-256"]);
}

#[test]
fn secret_of_another_key_is_found() {
    let received = v1::signature("othersecret", &to_sign());
    assert_says(&v1_mistakes(&received), &["that of the key `other`"]);
}

#[test]
fn other_encodings_are_found() {
    type Encode = fn(&str) -> String;
    let cases: [(&str, Encode); 7] = [
        ("as `+`", |text| percent::encode(text).replace("%20", "+")),
        ("`*`", |text| percent::encode(text).replace("%2A", "*")),
        ("`~`", |text| percent::encode(text).replace('~', "%7E")),
        ("HTML forms", |text| {
            percent::encode(text).replace("%20", "+").replace("%2A", "*").replace('~', "%7E")
        }),
        ("not encoded", str::to_owned),
        ("encoded twice", |text| percent::encode(&percent::encode(text))),
        ("lower case", |text| percent::encode(text).replace("%2A", "%2a").replace("%2F", "%2f")),
    ];
    for (expected, encode) in cases {
        let query: Vec<_> = pairs().iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let received = v1::signature(SECRET, &v1::string_to_sign("POST", &query.join("&")));
        assert_says(&v1_mistakes(&received), &[expected]);
    }
}

#[test]
fn other_orders_are_found() {
    let encoded = |pairs: &[(&str, &str)]| {
        let pairs: Vec<_> =
            pairs.iter().map(|(name, value)| format!("{name}={}", percent::encode(value))).collect();
        v1::signature(SECRET, &v1::string_to_sign("POST", &pairs.join("&")))
    };
    let mut sorted = pairs();
    sorted.sort_by_key(|(name, _)| name.to_lowercase());
    assert_says(&v1_mistakes(&encoded(&sorted)), &["without regard to case"]);
    sorted = pairs();
    sorted.reverse();
    assert_says(&v1_mistakes(&encoded(&sorted)), &["reverse"]);
    let as_sent = [
        ("Version", "1"),
        ("Action", "Ring"),
        ("Note", "a b*~/("),
        ("empty", ""),
        ("AccessKeyId", "testid"),
        ("Format", "JSON"),
    ];
    assert_says(&v1_mistakes(&encoded(&as_sent)), &["not sorted"]);
}

#[test]
fn empty_parameters_left_out_are_found() {
    let filled = pairs().into_iter().filter(|(_, value)| !value.is_empty());
    let received = v1::signature(SECRET, &v1::string_to_sign("POST", &canonical_query(filled)));
    assert_says(&v1_mistakes(&received), &["without a value"]);
}

#[test]
fn other_strings_to_sign_are_found() {
    let query = canonical_query(pairs());
    for (expected, text) in [
        ("not that of the request", v1::string_to_sign("GET", &query)),
        ("in lower case", v1::string_to_sign("post", &query)),
        ("not encoded once more", format!("POST&%2F&{query}")),
        ("path is not encoded", format!("POST&/&{}", percent::encode(&query))),
        ("canonical query alone", query.clone()),
    ] {
        assert_says(&v1_mistakes(&v1::signature(SECRET, &text)), &[expected]);
    }
}

#[test]
fn signature_that_lost_its_plus_signs_is_found() {
    // One of few nonces gives a signature with a plus sign in it.
    let found = (0..50).find_map(|nonce| {
        let query = format!("Action=Ring&SignatureNonce={nonce}");
        let signature = v1::signature(SECRET, &v1::string_to_sign("GET", &query));
        signature.contains('+').then(|| search(&parts("GET", &query, &[]), b"", &signature.replace('+', " ")))
    });
    assert_says(&found.flatten().unwrap().mistakes, &["became a space"]);
}

#[test]
fn two_mistakes_are_found_together() {
    let received =
        base64(&sha1(SECRET.as_bytes(), v1::string_to_sign("GET", &canonical_query(pairs())).as_bytes()));
    assert_says(&v1_mistakes(&received), &["not that of the request", "followed by `&`"]);
}

#[test]
fn text_that_the_client_signed_is_told_where_it_is_another() {
    let text = v1::string_to_sign("GET", &canonical_query(pairs()));
    let found = search(&parts("POST", QUERY, &[]), b"", &v1::signature(SECRET, &text)).unwrap();
    assert_eq!(found.text, Some(("String to sign", text)));
    let received = v1::signature("othersecret", &to_sign());
    assert_eq!(search(&parts("POST", QUERY, &[]), b"", &received).unwrap().text, None);
}

#[test]
fn unknown_mistake_is_not_guessed() {
    assert_says(&v1_mistakes(&v1::signature("nobody's", &to_sign())), &[]);
}

const HEADERS: [(&str, &str); 3] =
    [("host", "127.0.0.1:8080"), ("x-acs-date", "2024-01-01T00:00:00Z"), ("x-acs-action", "Ring")];
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const BODY: &[u8] = b"Note=a%20b";

/// The mistakes of ACS3 that lead to a signature; the headers are named in the order of the request.
fn acs3_mistakes(received: &str) -> Vec<String> {
    let value = acs3::authorization("testid", "host;x-acs-date;x-acs-action;content-type", received);
    let mut headers = HEADERS.to_vec();
    headers.extend([FORM, ("authorization", &value)]);
    search(&parts("POST", "b=1&A=x%20y", &headers), BODY, received)
        .map(|found| found.mistakes)
        .unwrap_or_default()
}

fn canonical(method: &str, query: &str, host: &str, body: &[u8]) -> String {
    let mut headers = HEADERS.to_vec();
    headers[0].1 = host;
    headers.push(FORM);
    acs3::canonical_request(method, "/", query, headers, &acs3::content_sha256(body)).text
}

const SORTED: &str = "A=x%20y&b=1";
const HOST: &str = "127.0.0.1:8080";

#[test]
fn other_canonical_requests_are_found() {
    for (expected, text) in [
        ("not that of the request", canonical("GET", SORTED, HOST, BODY)),
        ("not sorted", canonical("POST", "b=1&A=x%20y", HOST, BODY)),
        ("as `+`", canonical("POST", "A=x+y&b=1", HOST, BODY)),
        ("form are in the canonical query", canonical("POST", "A=x%20y&Note=a%20b&b=1", HOST, BODY)),
        ("canonical query is left out", canonical("POST", "", HOST, BODY)),
        ("empty body", canonical("POST", SORTED, HOST, b"")),
        ("without its port", canonical("POST", SORTED, "127.0.0.1", BODY)),
        ("host is not the one", canonical("POST", SORTED, "localhost:8080", BODY)),
    ] {
        let received = acs3::signature(SECRET, &acs3::string_to_sign(&text));
        let mistakes = acs3_mistakes(&received);
        assert!(mistakes.len() == 1 && mistakes[0].contains(expected), "{expected}: {mistakes:?}");
    }
}

#[test]
fn headers_in_another_order_are_found() {
    let lines = "host:127.0.0.1:8080\nx-acs-date:2024-01-01T00:00:00Z\nx-acs-action:Ring\n\
                 content-type:application/x-www-form-urlencoded\n";
    let names = "host;x-acs-date;x-acs-action;content-type";
    let hash = acs3::content_sha256(BODY);
    let text = format!("POST\n/\n{SORTED}\n{lines}\n{names}\n{hash}");
    let received = acs3::signature(SECRET, &acs3::string_to_sign(&text));
    assert_says(&acs3_mistakes(&received), &["headers are not sorted"]);
}

#[test]
fn missing_empty_line_is_found() {
    let text = canonical("POST", SORTED, HOST, BODY);
    let without = text.replacen("00Z\n\n", "00Z\n", 1);
    assert_ne!(text, without);
    let received = acs3::signature(SECRET, &acs3::string_to_sign(&without));
    assert_says(&acs3_mistakes(&received), &["empty line"]);
}

#[test]
fn other_steps_after_the_canonical_request_are_found() {
    let text = canonical("POST", SORTED, HOST, BODY);
    let right = acs3::signature(SECRET, &acs3::string_to_sign(&text));
    for (expected, received) in [
        ("canonical request itself", acs3::signature(SECRET, &text)),
        ("without the line", acs3::signature(SECRET, &acs3::content_sha256(text.as_bytes()))),
        ("upper case", right.to_uppercase()),
        ("followed by `&`", acs3::signature("testsecret&", &acs3::string_to_sign(&text))),
        ("that of the key `other`", acs3::signature("othersecret", &acs3::string_to_sign(&text))),
    ] {
        assert_says(&acs3_mistakes(&received), &[expected]);
    }
}

#[test]
fn large_request_is_not_tried() {
    let query = format!("Note={}", "x".repeat(super::LONGEST));
    let parts = parts("GET", &query, &[]);
    let request = Request::read(&parts, b"").unwrap();
    let (right, keys) = (SignedText::v1(&request), keys());
    let sent = Sent { request: &request, query: &query, key: &keys[0], keys: &keys, received: "x" };
    assert!(find(&sent, &right).is_err());
}

#[test]
fn request_with_large_headers_is_not_tried() {
    let note = "x".repeat(super::LONGEST);
    let authorization = "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=x-acs-note,Signature=00";
    let parts = parts("GET", "", &[("authorization", authorization), ("x-acs-note", &note)]);
    let request = Request::read(&parts, b"").unwrap();
    let (right, keys) = (SignedText::acs3(&request, &["x-acs-note".to_owned()]).unwrap(), keys());
    let sent = Sent { request: &request, query: "", key: &keys[0], keys: &keys, received: "00" };
    assert!(find(&sent, &right).is_err());
}
