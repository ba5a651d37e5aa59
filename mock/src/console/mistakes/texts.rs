//! Signed texts with the mistakes of clients.

use acs_runtime::sign::{acs3, canonical_query, percent, v1};

use super::{Sent, queries};
use crate::signed_text::{SignedText, covered};

/// A text that a client may have signed.
pub(super) struct Text {
    pub(super) mistake: Option<&'static str>,
    /// The name that the page shows above it.
    pub(super) name: &'static str,
    /// The text that the page shows.
    pub(super) shown: String,
    pub(super) to_sign: String,
}

const OTHER_METHOD: &str = "The method is not that of the request. Sign the method that is sent.";
const LOWER_METHOD: &str = "The method is in lower case. Sign it in upper case.";

fn methods(sent: &Sent<'_>) -> [(&'static str, String); 2] {
    let method = sent.request.method.as_str();
    let other = if method == "GET" { "POST" } else { "GET" };
    [(OTHER_METHOD, other.to_owned()), (LOWER_METHOD, method.to_ascii_lowercase())]
}

/// Returns the texts that clients of version 1.0 may have signed, the right one first.
pub(super) fn v1(sent: &Sent<'_>, right: &SignedText) -> Vec<Text> {
    let text =
        |mistake, to_sign: String| Text { mistake, name: "String to sign", shown: to_sign.clone(), to_sign };
    let method = sent.request.method.as_str();
    let query = &right.canonical_query;
    let pairs: Vec<_> = sent.request.parameters().filter(|(name, _)| *name != v1::SIGNATURE).collect();
    let mut texts = vec![text(None, right.string_to_sign.clone())];
    let wrong = queries::wrong(&pairs, &raw_v1(sent));
    texts.extend(
        wrong.into_iter().map(|(mistake, query)| text(Some(mistake), v1::string_to_sign(method, &query))),
    );
    for (mistake, method) in methods(sent) {
        texts.push(text(Some(mistake), v1::string_to_sign(&method, query)));
    }
    let of_query = pairs_of(&sent.request.query);
    let of_form = pairs_of(&sent.request.form);
    for (mistake, pairs) in [
        (
            "The parameters of the form are left out. Version 1.0 signs those of query and form together.",
            of_query,
        ),
        (
            "The parameters of the query are left out. Version 1.0 signs those of query and form together.",
            of_form,
        ),
    ] {
        texts.push(text(Some(mistake), v1::string_to_sign(method, &canonical_query(pairs))));
    }
    for (mistake, to_sign) in [
        (
            "The canonical query is not encoded once more. Percent-encode it as a whole in the string to sign.",
            format!("{method}&%2F&{query}"),
        ),
        (
            "The path is not encoded. It is `%2F` in the string to sign.",
            format!("{method}&/&{}", percent::encode(query)),
        ),
        (
            "Method and path are left out. The string to sign begins with them, as in `GET&%2F&`.",
            percent::encode(query),
        ),
        ("The canonical query alone is signed. Put the method and `%2F` before it.", query.clone()),
    ] {
        texts.push(text(Some(mistake), to_sign));
    }
    texts
}

/// Returns the texts that clients of ACS3 may have signed, the right one first.
pub(super) fn acs3(sent: &Sent<'_>, signed: &[String], right: &SignedText) -> Vec<Text> {
    let request = sent.request;
    let canonical = right.canonical_request.as_deref().unwrap_or_default();
    let text = |mistake, shown: String| Text {
        mistake,
        name: "Canonical request",
        to_sign: acs3::string_to_sign(&shown),
        shown,
    };
    let mut texts = vec![text(None, canonical.to_owned())];
    let Ok(headers) = covered(request, signed) else { return texts };
    let (method, path, query) = (request.method.as_str(), request.path, right.canonical_query.as_str());
    let body = acs3::content_sha256(request.body);
    let with = |method: &str, query: &str, headers: &[(&str, &str)], body: &str| {
        acs3::canonical_request(method, path, query, headers.iter().copied(), body).text
    };
    let mut wrong = |mistake, canonical: String| texts.push(text(Some(mistake), canonical));

    let pairs: Vec<_> = pairs_of(&request.query).collect();
    for (mistake, query) in queries::wrong(&pairs, sent.query) {
        wrong(mistake, with(method, &query, &headers, &body));
    }
    let with_form = canonical_query(pairs.iter().copied().chain(pairs_of(&request.form)));
    wrong(
        "The parameters of the form are in the canonical query. ACS3 signs them by the hash of the body.",
        with(method, &with_form, &headers, &body),
    );
    wrong(
        "The canonical query is left out. It is the second line after the method.",
        with(method, "", &headers, &body),
    );
    for (mistake, method) in methods(sent) {
        wrong(mistake, with(&method, query, &headers, &body));
    }
    for (mistake, hash) in [
        ("The hash is that of an empty body. Hash the body that is sent.", acs3::content_sha256(b"")),
        ("The hash of the body is in upper case. Write lower-case hexadecimal.", body.to_ascii_uppercase()),
        ("The hash of the body is left out. It is the last line.", String::new()),
        (
            "The last line is `UNSIGNED-PAYLOAD`. The endpoint requires the hash of the body.",
            "UNSIGNED-PAYLOAD".to_owned(),
        ),
        (
            "The hash is the one in the header `x-acs-content-sha256`, and not that of the body. Hash the body that is sent.",
            header(&headers, "x-acs-content-sha256").to_owned(),
        ),
    ] {
        wrong(mistake, with(method, query, &headers, &hash));
    }
    for (mistake, host) in hosts(header(&headers, "host")) {
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (*name, if *name == "host" { host.as_str() } else { *value }))
            .collect();
        wrong(mistake, with(method, query, &headers, &body));
    }
    let unsorted = lines(&headers);
    wrong(
        "The headers are not sorted. Sort their lines and the list of their names.",
        format!("{method}\n{path}\n{query}\n{}\n{}\n{body}", unsorted.0, unsorted.1),
    );
    let mut sorted = headers.clone();
    sorted.sort_unstable();
    let sorted = lines(&sorted);
    wrong(
        "The empty line after the headers is missing. Each header ends with a line break, and another one follows.",
        format!("{method}\n{path}\n{query}\n{}{}\n{body}", sorted.0, sorted.1),
    );
    texts.push(Text {
        mistake: Some("The canonical request itself is signed. Sign `ACS3-HMAC-SHA256`, a line break and its SHA-256 hash."),
        name: "String to sign",
        shown: canonical.to_owned(),
        to_sign: canonical.to_owned(),
    });
    texts.push(Text {
        mistake: Some(
            "The hash of the canonical request is signed without the line `ACS3-HMAC-SHA256` before it.",
        ),
        name: "String to sign",
        shown: acs3::content_sha256(canonical.as_bytes()),
        to_sign: acs3::content_sha256(canonical.as_bytes()),
    });
    texts
}

/// Returns hosts that a client may sign in place of the one in the header.
fn hosts(host: &str) -> Vec<(&'static str, String)> {
    let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let mut hosts =
        vec![("The host is signed without its port. Sign the header `host` as it is sent.", name.to_owned())];
    let other = "The host is not the one in the header. Sign the header `host` as it is sent.";
    for alias in ["127.0.0.1", "localhost"] {
        hosts.push((other, alias.to_owned()));
        hosts.push((other, format!("{alias}:{port}")));
    }
    hosts
}

/// Returns the lines of headers, and the list of their names.
fn lines(headers: &[(&str, &str)]) -> (String, String) {
    let lines = headers.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
    let names: Vec<_> = headers.iter().map(|(name, _)| *name).collect();
    (lines, names.join(";"))
}

/// Returns the query and the form as they were sent, without the signature.
fn raw_v1(sent: &Sent<'_>) -> String {
    let form = if sent.request.form.is_empty() {
        ""
    } else {
        std::str::from_utf8(sent.request.body).unwrap_or_default()
    };
    let pairs = sent.query.split('&').chain(form.split('&'));
    let signed = pairs.filter(|pair| !pair.is_empty() && !pair.starts_with("Signature="));
    signed.collect::<Vec<_>>().join("&")
}

fn header<'a>(headers: &[(&str, &'a str)], name: &str) -> &'a str {
    headers.iter().find(|(present, _)| *present == name).map_or("", |(_, value)| value)
}

fn pairs_of(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}
