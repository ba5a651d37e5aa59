//! The page and its files.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response};

const SCRIPT: &str = "text/javascript;charset=utf-8";

/// The name, media type and text of each file. The name of the page itself is empty.
const FILES: &[(&str, &str, &str)] = &[
    ("", "text/html;charset=utf-8", include_str!("index.html")),
    ("console.css", "text/css;charset=utf-8", include_str!("console.css")),
    ("console.js", SCRIPT, include_str!("console.js")),
    ("api.js", SCRIPT, include_str!("api.js")),
    ("detail.js", SCRIPT, include_str!("detail.js")),
    ("dom.js", SCRIPT, include_str!("dom.js")),
    ("faults.js", SCRIPT, include_str!("faults.js")),
    ("fields.js", SCRIPT, include_str!("fields.js")),
    ("form.js", SCRIPT, include_str!("form.js")),
    ("log.js", SCRIPT, include_str!("log.js")),
];

/// Returns the file of that name, if there is one.
pub(super) fn file(name: &str) -> Option<Response<Bytes>> {
    FILES.iter().find(|(known, ..)| *known == name).map(|(_, media, text)| response(media, text))
}

/// Returns a script as a response.
pub(super) fn script(text: &'static str) -> Response<Bytes> {
    response(SCRIPT, text)
}

fn response(media: &'static str, text: &'static str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(text.as_bytes()));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
    response
}
