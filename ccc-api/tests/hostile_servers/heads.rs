//! Heads and framing that do not end or are not valid.

use std::io::Write as _;
use std::time::Duration;

use ccc_api::Error;

use crate::HEAD;
use crate::attack::{attack, attack_within, endless, repeat};

#[test]
fn endless_reason_is_cut_off() {
    let outcome = endless("HTTP/1.1 200 ", b"a");
    assert!(matches!(outcome.error_within(HEAD), Error::Interrupted(_)));
}

#[test]
fn endless_header_is_cut_off() {
    let outcome = endless("HTTP/1.1 200 OK\r\nx: ", b"a");
    assert!(matches!(outcome.error_within(HEAD), Error::Interrupted(_)));
}

#[test]
fn headers_without_end_are_cut_off() {
    let outcome = endless("HTTP/1.1 200 OK\r\n", b"x: y\r\n");
    assert!(matches!(outcome.error_within(HEAD), Error::Interrupted(_)));
}

#[test]
fn endless_interim_responses_are_cut_off() {
    let outcome = attack_within(Duration::from_millis(300), |stream| {
        // Slow enough to reach the time limit.
        loop {
            repeat(stream, b"HTTP/1.1 100 Continue\r\n\r\n", 100)?;
            std::thread::sleep(Duration::from_millis(1));
        }
    });
    assert!(matches!(outcome.error_within(HEAD), Error::TimedOut(_)));
}

#[test]
fn trailers_without_end_are_cut_off() {
    let outcome =
        endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", b"x: y\r\n");
    assert!(matches!(outcome.error_within(HEAD), Error::Unreadable(_)));
}

#[test]
fn endless_chunk_extension_is_cut_off() {
    let outcome = endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;", b"x");
    assert!(matches!(outcome.error_within(HEAD), Error::Unreadable(_)));
}

#[test]
fn invalid_chunk_sizes_are_refused() {
    for size in ["-1", "ffffffffffffffffff", "0x2", " ", "g"] {
        let outcome = attack(move |stream| {
            write!(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n")
        });
        assert!(matches!(outcome.error_within(HEAD), Error::Unreadable(_)), "{size}");
    }
}

#[test]
fn invalid_lengths_are_refused() {
    for length in ["-1", "2, 3", "18446744073709551616", "two", "2\r\nContent-Length: 3"] {
        let outcome =
            attack(move |stream| write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{{}}"));
        assert!(matches!(outcome.error_within(HEAD), Error::Interrupted(_)), "{length}");
    }
}

#[test]
fn large_content_length_reserves_no_memory() {
    let outcome =
        attack(|stream| write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{{}}", 1_u64 << 60));
    assert!(matches!(outcome.error_within(HEAD), Error::Unreadable(_)));
}

#[test]
fn other_protocols_are_refused() {
    let outcome = attack(|stream| stream.write_all(b"HTTP/2 200\r\n\r\n{}"));
    assert!(matches!(outcome.error_within(HEAD), Error::Interrupted(_)));
    let outcome = attack(|stream| {
        stream.write_all(b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n{}")
    });
    outcome.error_within(HEAD);
}

#[test]
fn long_headers_are_not_in_the_error() {
    let long = "a".repeat(60_000);
    let request_id = format!("HTTP/1.1 502 B\r\nx-acs-request-id: {long}\r\nContent-Length: 0\r\n\r\n");
    let outcome = attack(move |stream| stream.write_all(request_id.as_bytes()));
    assert_eq!(outcome.error_within(HEAD).request_id(), None);
    let location = format!("HTTP/1.1 302 F\r\nLocation: http://{long}/\r\nContent-Length: 0\r\n\r\n");
    let outcome = attack(move |stream| stream.write_all(location.as_bytes()));
    assert!(matches!(outcome.error_within(HEAD), Error::Redirected(_)));
}
