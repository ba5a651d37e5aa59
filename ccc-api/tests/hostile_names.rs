//! Names that a page may hold and that mean something to Rust, to the derives, or to JSON. What the derives write is
//! also held to the strictest lints here.
#![deny(warnings, missing_docs, clippy::all, clippy::pedantic)]

use ccc_api::{
    Builder, Decode, Envelope, Format, OpenEnum, Operation, OperationError, Parameters, RedactedDebug,
    ServiceError, UnknownValue, decode,
};

/// Fields called like what the derives write around them.
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

impl Operation for Request {
    const PRODUCT: &'static str = "\"";
    const VERSION: &'static str = "{}";
    const ACTION: &'static str = "a\"{}\u{202e}";
    type Response = Self;
    type Error = Failure;
}

/// Values no identifier could be.
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

/// Arguments called like what the derive writes around them.
#[derive(Clone, OperationError)]
pub enum Failure {
    /// Two arguments.
    #[code("a\"b", message = "{} %s \"%s\"")]
    Ok {
        /// The first.
        f: Option<String>,
        /// The second.
        r#type: Option<String>,
        /// What the service said.
        service: ServiceError,
    },
    /// One argument.
    #[code("found")]
    #[code("found", status = 404, message = "%s")]
    Err {
        /// The only one.
        found: Option<String>,
        /// What the service said.
        service: ServiceError,
    },
    /// Any other code.
    #[unknown]
    None {
        /// What the service said.
        service: ServiceError,
    },
}

fn request() -> Request {
    Request::builder().client("c").f("13188888888").value(["v"]).list(1).index("\"{}\"#").r#type("t").build()
}

#[test]
fn parameters_carry_the_names_unchanged() {
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

#[test]
fn errors_are_found_by_codes_of_any_text() {
    let mut envelope = Envelope::default();
    envelope.code = Some("a\"b".to_owned());
    envelope.message = Some("{} x \"y\"".to_owned());
    let service = ServiceError::new(400, envelope, ccc_api::Bytes::new(), &ccc_api::Redactor::default());
    match Failure::from_service(service) {
        Failure::Ok { f, r#type, .. } => {
            assert_eq!((f.as_deref(), r#type.as_deref()), (Some("x"), Some("y")));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn default_error_shows_what_it_can() {
    let service =
        ServiceError::new(500, Envelope::default(), ccc_api::Bytes::new(), &ccc_api::Redactor::default());
    let error = Failure::from_service(service);
    assert!(matches!(error, Failure::None { .. }));
    assert_eq!(error.to_string(), "no error code (HTTP 500)");
}
