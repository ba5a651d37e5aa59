//! XML that is deep, full of elements, or has entities to expand.

use std::io::Write as _;

use ccc_api::Error;

use crate::attack::{attack, full};
use crate::{BODY, ELEMENTS, HEAD};

/// Returns the message of an error response with this body.
fn message(body: String) -> String {
    let outcome = attack(move |stream| {
        write!(stream, "HTTP/1.1 400 B\r\nContent-Length: {}\r\n\r\n{body}", body.len())
    });
    let error = outcome.error_within(HEAD);
    let Error::Service(service) = error else { panic!("{error}") };
    ccc_api::error::OperationError::message(service).to_owned()
}

#[test]
fn entities_of_the_document_are_not_expanded() {
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE e [<!ENTITY l0 \"lol\">{laughs}]>\
         <Error><Code>X</Code><Message>&l9;</Message></Error>"
    );
    assert_eq!(message(bomb), "&l9;");
}

#[test]
fn files_and_addresses_are_not_fetched() {
    let outside = "<!DOCTYPE e [<!ENTITY f SYSTEM \"file:///etc/passwd\"><!ENTITY % u SYSTEM \"http://127.0.0.1/\">%u;]>\
                   <Error><Code>X</Code><Message>&f;</Message></Error>";
    assert_eq!(message(outside.to_owned()), "&f;");
}

#[test]
fn deep_xml_is_refused() {
    full("200 OK", "", b"<a>", "").error_within(BODY);
    full("200 OK", "<R><Data>", b"<Data>", "").error_within(BODY);
}

#[test]
fn elements_by_the_million_are_refused() {
    full("200 OK", "<R>", b"<a/>", "</R>").error_within(ELEMENTS);
    full(
        "200 OK",
        "<R><Data><CallContext><ChannelContexts>",
        b"<a></a>",
        "</ChannelContexts></CallContext></Data></R>",
    )
    .error_within(ELEMENTS);
}

#[test]
fn comments_and_the_like_take_no_more_memory_than_their_bytes() {
    for (start, filling, end) in [
        ("<Error><!--", b"a".as_slice(), "--><Code>X</Code></Error>"),
        ("<Error a=\"", b"a", "\"><Code>X</Code></Error>"),
        ("<!DOCTYPE e [", b"<!ENTITY a \"b\">", "]><Error><Code>X</Code></Error>"),
        ("<?x ", b"a", "?><Error><Code>X</Code></Error>"),
        ("<Error>", b"<?x?>", "<Code>X</Code></Error>"),
        ("<Error>", b"<!---->", "<Code>X</Code></Error>"),
    ] {
        let outcome = full("400 Bad Request", start, filling, end);
        assert_eq!(outcome.error_within(BODY).code(), Some("X"), "{start}");
    }
}

#[test]
fn texts_do_not_grow_without_bound() {
    for filling in [b"&x;".as_slice(), b"&#7;", b"<![CDATA[\"]]>", b"\"", b"&"] {
        full("400 B", "<Error><Code>X</Code><Message>", filling, "</Message></Error>").error_within(ELEMENTS);
    }
    full("400 B", "<Error><Code>X</Code><Message>", b"\x01", "</Message></Error>").error_within(BODY);
}
