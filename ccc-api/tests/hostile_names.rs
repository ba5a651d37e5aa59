//! Names in pages that mean something to Rust, to the derives, or to JSON. The output of the derives must also pass the
//! strictest lints here.
#![deny(warnings, missing_docs, clippy::all, clippy::pedantic)]

use ccc_api::config::EndpointRules;
use ccc_api::custom::{
    Builder, Decode, ErrorCodes, OpenEnum, Operation, Parameters, Product, RedactedDebug, decode,
    operation_error,
};
use ccc_api::error::{OperationError, ServiceError};
use ccc_api::response::{Envelope, Format, UnknownValue};

/// Fields named like identifiers in the output of the derives.
#[derive(Clone, Default, PartialEq, Builder, Decode, Parameters, RedactedDebug)]
#[builder(name = "Maker", operation = "a\"{}\u{202e}")]
pub struct Request {
    /// Required.
    #[field(name = "type")]
    pub r#type: String,
    /// Required, and the name of a type parameter.
    #[field(name = "a\"b{0}\\*/")]
    pub client: String,
    /// As the variable in `Debug`.
    #[field(name = "f\nf", sensitive)]
    pub f: Option<String>,
    /// As the variable in `Parameters`.
    #[field(name = "\t")]
    pub list: Option<i32>,
    /// As the argument of setters.
    #[field(name = "\u{202e}value")]
    pub value: Vec<String>,
    /// As an argument of `Decode`.
    #[field(name = "deserializer")]
    pub deserializer: Option<bool>,
    /// As an argument of `Decode`.
    #[field(name = "1context")]
    pub context: Option<f64>,
    /// As an argument of `Decode`.
    #[field(name = "index")]
    pub index: Option<Kind>,
}

/// A product whose names are hostile, too.
#[derive(Debug)]
pub struct Hostile;

impl Product for Hostile {
    const CODE: &'static str = "\"";
    const VERSION: &'static str = "{}";
    const TITLE: &'static str = "\u{202e}";
    const ENDPOINT_VARIABLE: &'static str = "A=B";
    const ENDPOINTS: EndpointRules = EndpointRules {
        default_region: "r",
        public: "{}",
        vpc: "{region}",
        central: "",
        central_regions: &[],
    };
}

impl Operation for Request {
    type Product = Hostile;

    const ACTION: &'static str = "a\"{}\u{202e}";
    type Response = Self;
    type Error = Failure;
}

/// Values that cannot be identifiers.
#[derive(Clone, PartialEq, Eq, OpenEnum)]
pub enum Kind {
    /// Nothing.
    #[value("")]
    Empty,
    /// Quotes and braces.
    #[value("\"{}\"#")]
    Self_,
    /// The name of the other.
    #[value("Unknown")]
    r#None,
    /// Any other value.
    #[unknown]
    Some(UnknownValue),
}

/// Arguments named like identifiers in the output of the attribute.
#[operation_error(codes = Code)]
pub enum Failure {
    /// Two arguments.
    #[code("a\"b", message = "{} %s \"%s\"")]
    Ok {
        /// The first.
        f: Option<String>,
        /// The second.
        r#type: Option<String>,
    },
    /// One argument.
    #[code("found")]
    #[code("found", status = 404, message = "%s")]
    Err { found: Option<String> },
    /// As the product documents it.
    None { service_: Option<String>, code: Option<String> },
}

/// Codes that cannot be identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ErrorCodes)]
pub enum Code {
    /// Braces and arguments.
    #[code("{}\"%s", status = 400, message = "%s{}%s")]
    #[code("{}\"%s", message = "none")]
    None,
    /// Another operation's.
    #[code("found")]
    Some,
}

fn request() -> Request {
    Request::builder().client("c").f("13188888888").value(["v"]).list(1).index("\"{}\"#").r#type("t").build()
}

#[test]
fn parameters_have_the_names_unchanged() {
    let request = request();
    let list = request.parameters();
    let pairs: Vec<_> = list.iter().map(|parameter| (parameter.name(), parameter.value())).collect();
    let expected = [
        ("type", "t"),
        ("a\"b{0}\\*/", "c"),
        ("f\nf", "13188888888"),
        ("\t", "1"),
        ("\u{202e}value.1", "v"),
        ("index", "\"{}\"#"),
    ];
    assert_eq!(pairs, expected);
}

#[test]
fn decoding_finds_the_names() {
    let body = serde_json::json!({
        "type": "t", "a\"b{0}\\*/": "c", "f\nf": "13188888888", "\t": "1", "\u{202e}value": "v", "index": "\"{}\"#"
    });
    let decoded = decode::<Request>(Format::Json, body.to_string().as_bytes()).expect("whole JSON");
    assert_eq!(decoded.value, request());
    assert_eq!(decoded.unknown, []);
}

#[test]
fn debug_hides_what_is_sensitive() {
    assert!(!format!("{:?}", request()).contains("13188888888"));
}

#[test]
fn values_are_texts_whatever_they_hold() {
    assert_eq!(Kind::values(), ["", "\"{}\"#", "Unknown"]);
    assert_eq!(Kind::from("Unknown"), Kind::None);
    assert_eq!(Kind::from(""), Kind::Empty);
    assert_eq!(Kind::from("Some").to_string(), "Some");
    assert!(!Kind::from("None").is_documented());
    assert_eq!(format!("{:?} {:?}", Kind::None, Kind::from("x\"")), r#"None Some("x\"")"#);
}

fn service_error(status: u16, code: Option<&str>, message: &str) -> ServiceError {
    let mut envelope = Envelope::default();
    envelope.code = code.map(str::to_owned);
    envelope.message = Some(message.to_owned());
    ServiceError::new(
        status,
        envelope,
        ccc_api::transport::Bytes::new(),
        &ccc_api::custom::Redactor::default(),
    )
}

#[test]
fn errors_are_found_by_any_code() {
    match Failure::from_service(service_error(400, Some("a\"b"), "{} x \"y\"")) {
        Failure::Ok { f, r#type, .. } => {
            assert_eq!((f.as_deref(), r#type.as_deref()), (Some("x"), Some("y")));
        }
        other => panic!("{other:?}"),
    }
    match Failure::from_service(service_error(400, Some("{}\"%s"), "x{}y")) {
        Failure::None { service_, code, .. } => {
            assert_eq!((service_.as_deref(), code.as_deref()), (Some("x"), Some("y")));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn codes_are_found_by_product_even_if_the_operation_does_not_document_them() {
    let code = |text: &str| Failure::from_service(service_error(400, Some(text), "")).documented_code();
    assert_eq!([code("found"), code("{}\"%s"), code("a\"b")], [Some(Code::Some), Some(Code::None), None]);
    assert_eq!(Code::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>(), ["{}\"%s", "found"]);
    assert_eq!(Code::None.to_string(), "{}\"%s");
}

#[test]
fn documented_errors_are_listed_in_the_order_of_the_variants() {
    let listed: Vec<_> =
        Failure::DOCUMENTED.iter().map(|error| (error.code, error.status, error.message)).collect();
    assert_eq!(
        listed,
        [
            ("a\"b", None, "{} %s \"%s\""),
            ("found", None, ""),
            ("found", Some(404), "%s"),
            ("{}\"%s", Some(400), "%s{}%s"),
            ("{}\"%s", None, "none"),
        ]
    );
}

#[test]
fn default_error_shows_what_it_can() {
    let error = Failure::from_service(service_error(500, None, ""));
    assert!(matches!(error, Failure::Unknown { .. }));
    assert_eq!(error.to_string(), "no error code (HTTP 500)");
}
