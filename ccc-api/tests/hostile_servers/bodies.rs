//! Bodies that do not end, are too large, come too slowly, or are not of the stated type.

use std::io::Write as _;
use std::time::Duration;

use ccc_api::Error;

use crate::attack::{attack, attack_within, endless, full};
use crate::{BODY, CUT_OFF, DECODED, HEAD};

#[test]
fn gigabytes_are_cut_off() {
    for head in [
        "HTTP/1.1 200 OK\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n{",
        "HTTP/1.1 500 I\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n{",
    ] {
        let outcome = endless(head, b"a");
        let error = outcome.error_within(CUT_OFF);
        assert!(error.to_string().contains("more than 16 MiB"), "{error}");
    }
}

#[test]
fn slow_body_times_out() {
    let outcome = attack_within(Duration::from_millis(300), |stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nx-acs-request-id: R-1\r\n\r\n{")?;
        loop {
            stream.write_all(b" ")?;
            std::thread::sleep(Duration::from_millis(5));
        }
    });
    let error = outcome.error_within(HEAD);
    assert!(matches!(error, Error::TimedOut(_)), "{error}");
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("R-1")));
}

#[test]
fn tiny_chunks_time_out() {
    let outcome = attack_within(Duration::from_millis(300), |stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
        loop {
            stream.write_all(b"1\r\na\r\n")?;
        }
    });
    outcome.error_within(HEAD);
}

#[test]
fn compressed_bodies_are_not_expanded() {
    for coding in ["gzip", "br", "zstd", "deflate, gzip", "made-up"] {
        let outcome = attack(move |stream| {
            let bomb = b"\x1f\x8b\x08\0\0\0\0\0".repeat(1000);
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {}\r\n\r\n",
                bomb.len()
            )?;
            stream.write_all(&bomb)
        });
        let error = outcome.error_within(HEAD);
        assert!(error.to_string().contains("content encoding that was not requested"), "{error}");
    }
}

#[test]
fn wrong_content_types_are_ignored() {
    for (content_type, body) in [
        ("application/json", "<!DOCTYPE html><html><body>Log in</body></html>"),
        ("application/json", "%PDF-1.7"),
        ("text/xml", "\u{7f}ELF"),
        ("image/png", "\u{89}PNG"),
        ("multipart/byteranges; boundary=x", "--x\r\n\r\n{\"Code\":\"OK\"}\r\n--x--"),
        ("\u{1f600};;;=", "OK"),
    ] {
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let outcome = attack(move |stream| stream.write_all(answer.as_bytes()));
        let error = outcome.error_within(HEAD);
        assert!(matches!(error, Error::Unreadable(_)), "{content_type}: {error}");
    }
}

#[test]
fn body_that_is_neither_json_nor_xml_takes_no_more_memory_than_its_bytes() {
    for filling in [b"\xff".as_slice(), b"\x89PNG\0", b"\0", b"text "] {
        full("200 OK", "", filling, "").error_within(BODY);
    }
    full("502 B", "<html>", b"<p>", "").error_within(BODY);
}

#[test]
fn bytes_that_are_not_utf8_are_not_replaced_by_the_million() {
    full("200 OK", r#"{"Code":"OK","Message":""#, b"\xff", r#""}"#).error_within(BODY);
    full("400 B", "<Error><Code>", b"\xc3", "</Code></Error>").error_within(BODY);
}

#[test]
fn long_texts_of_an_error_are_cut() {
    for (start, filling, end) in [
        (r#"{"Code":"X","Message":""#, b"a".as_slice(), r#""}"#),
        (r#"{"Code":"X","Message":""#, "中".as_bytes(), r#""}"#),
        (r#"{"Code":"X","Message":""#, b"\\u0007", r#""}"#),
        (
            r#"{"Code":"UserBusy","Message":"The user "#,
            b"13188888888",
            r#" you called was busy. Please try again later."}"#,
        ),
        (r#"{"Code":""#, b"a", r#""}"#),
        (r#"{"Code":"X","RequestId":""#, b"a", r#""}"#),
        (r#"{"Code":"X","HostId":""#, b"a", r#""}"#),
        (r#"{"Code":"X","Params":[""#, b"a", r#""]}"#),
        ("<Error><Code>X</Code><Message>", b"&amp;", "</Message></Error>"),
    ] {
        let outcome = full("400 Bad Request", start, filling, end);
        let error = outcome.error_within(DECODED);
        let Error::Service(service) = error else { panic!("{error}") };
        assert!(!error.to_string().contains("1318888"), "{error}");
        assert!(ccc_api::error::OperationError::service(service).raw_body().starts_with(start.as_bytes()));
    }
}
