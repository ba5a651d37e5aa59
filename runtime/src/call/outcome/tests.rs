use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Outcome, Terms, says_success};
use crate::call::error::{Error, Failure};
use crate::call::interpret::interpret;
use crate::call::response::Response;
use crate::custom::{Decode, RedactedDebug};
use crate::error::DocumentedError;
use crate::wire::decode::{Data, Envelope, Format, data_in, decode};
use crate::wire::redact::Redactor;

const ERRORS: &[DocumentedError] = &[DocumentedError::new("UserBusy", Some(400), "The user %s was busy.")];

/// A response with data.
#[derive(Default, Decode, RedactedDebug)]
struct Rung {
    #[field(name = "Code")]
    code: Option<String>,
    #[field(name = "Data")]
    data: Bell,
    #[field(name = "HttpStatusCode")]
    http_status_code: Option<i32>,
    #[field(name = "Message")]
    message: Option<String>,
    #[field(name = "Params")]
    params: Vec<String>,
    #[field(name = "RequestId")]
    request_id: Option<String>,
}

#[derive(Default, Decode, RedactedDebug)]
struct Bell {
    #[field(name = "CallContext")]
    call_context: BellContext,
}

#[derive(Default, Decode, RedactedDebug)]
struct BellContext {
    #[field(name = "JobId")]
    job_id: Option<String>,
}

fn terms() -> Terms {
    Terms { operation: "Ring".into(), success_codes: &["Rung"], errors: ERRORS }
}

/// What a response in JSON means to an operation.
fn outcome(status: u16, body: &str) -> Outcome {
    let fields = <Rung as Decode>::FIELDS;
    let envelope = decode::<Rung>(Format::Json, body.as_bytes()).expect("JSON").envelope;
    terms().outcome(status, &envelope, || data_in(Format::Json, body.as_bytes(), fields))
}

const REFUSED: Outcome = Outcome::Refused { open: false };
const OPEN: Outcome = Outcome::Refused { open: true };

#[test]
fn success_is_said_in_many_ways() {
    for code in
        ["OK", "ok", "Success", "SUCCESS", "succeeded", "200", "201", "200.0", "0", "000000", "Accepted"]
    {
        assert!(says_success(code), "{code}");
    }
    for code in ["UserBusy", "Successor", "404", "500", "-1", "", "OK.Not", "false"] {
        assert!(!says_success(code), "{code}");
    }
}

#[test]
fn a_product_may_have_codes_of_its_own_for_success() {
    assert_eq!(outcome(200, r#"{"Code":"Rung"}"#), Outcome::Succeeded);
    assert_eq!(outcome(400, r#"{"Code":"Rung"}"#), OPEN);
}

#[test]
fn a_refusal_is_understood_by_its_page_its_status_or_its_form() {
    for (status, code) in [
        (200, json!("UserBusy")),
        (200, json!("NotExists.Anything")),
        (200, json!("Throttling")),
        (503, json!("Throttling.User")),
        (200, json!("404")),
        (200, json!(404)),
        (400, json!("AnyWord")),
        (404, json!(40013)),
    ] {
        assert_eq!(outcome(status, &json!({ "Code": code }).to_string()), REFUSED, "{status} {code}");
    }
}

#[test]
fn what_nobody_understands_is_open() {
    for (status, code) in [
        (200, json!("AnyWord")),
        (200, json!(40013)),
        (200, json!("500")),
        (400, json!(503)),
        (400, json!("internalError")),
        (400, json!({"a": 1})),
        (400, json!(["UserBusy"])),
        (400, json!(false)),
        (400, json!("OK")),
        (400, json!("无")),
        (500, json!("UserBusy")),
        (200, json!("Success.Not")),
    ] {
        assert_eq!(outcome(status, &json!({ "Code": code }).to_string()), OPEN, "{status} {code}");
    }
}

#[test]
fn a_refusal_that_bears_data_or_contradicts_itself_is_open() {
    assert_eq!(outcome(400, r#"{"Code":"UserBusy","Data":{"ContextId":0}}"#), OPEN);
    assert_eq!(outcome(400, r#"{"Code":"Throttling.User","data":"x"}"#), OPEN);
    assert_eq!(outcome(400, r#"{"Code":"UserBusy","Success":true}"#), OPEN);
    for nothing in ["null", "false", "\"\"", "{}", "[ ]"] {
        assert_eq!(outcome(400, &format!(r#"{{"Code":"UserBusy","Data":{nothing}}}"#)), REFUSED, "{nothing}");
    }
}

#[test]
fn success_that_is_false_is_none() {
    assert_eq!(outcome(200, r#"{"Success":false,"ErrorCode":"UserBusy"}"#), REFUSED);
    assert_eq!(outcome(200, r#"{"success":"false","Code":"OK","errorCode":"UserBusy"}"#), REFUSED);
    assert_eq!(outcome(200, r#"{"Success":false,"Code":"OK"}"#), OPEN);
    assert!(matches!(outcome(200, r#"{"Success":false}"#), Outcome::Unclear(_)));
}

#[test]
fn an_answer_has_a_code_a_request_id_or_data() {
    for body in
        [r#"{"Code":"OK"}"#, r#"{"requestid":"R"}"#, r#"{"DATA":{"a":1}}"#, r#"{"Code":"","RequestId":"R"}"#]
    {
        assert_eq!(outcome(200, body), Outcome::Succeeded, "{body}");
    }
    for body in [
        "{}",
        r#"{"Message":"m","HttpStatusCode":200,"Params":["p"]}"#,
        r#"{"Data":{}}"#,
        r#"{"Code":" ","RequestId":""}"#,
        r#"{"error":"blocked"}"#,
    ] {
        assert!(matches!(outcome(200, body), Outcome::Unclear(_)), "{body}");
    }
}

#[test]
fn of_an_operation_that_nobody_documents_any_field_may_be_data() {
    let data = |body: &str| data_in(Format::Json, body.as_bytes(), &[]);
    assert_eq!(data(r#"{"Users":[1]}"#), Data { documented: false, any: true });
    assert_eq!(data(r#"{"Message":"m","HttpStatusCode":200,"Users":[]}"#), Data::default());
}

fn interpreted(status: u16, body: &str) -> Result<Response<Rung>, Failure> {
    let mut answer = http::Response::new(bytes::Bytes::from(body.to_owned()));
    *answer.status_mut() = status.try_into().expect("a status");
    let (head, body) = answer.into_parts();
    let mut response = Rung::default();
    interpret(&terms(), &head, body, &mut response, Redactor::default)
        .map(|answer| answer.with_value(response))
}

fn any_code() -> impl Strategy<Value = Value> {
    let known = [
        "OK",
        "ok",
        "Success",
        "",
        "200",
        "0",
        "UserBusy",
        "Throttling.User",
        "InternalError",
        "IllegalTimestamp",
        "NotExists.UserId",
        "SignatureNonceUsed",
        "无",
    ];
    prop_oneof![
        proptest::sample::select(known.to_vec()).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
        Just(json!({"Code": "UserBusy"})),
        Just(json!(["UserBusy"])),
    ]
}

/// A value that says something.
fn something() -> impl Strategy<Value = Value> {
    prop_oneof![
        "[^\"\\\\]{1,8}".prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        Just(json!(true)),
        Just(json!({"CallContext": {"JobId": "job-1"}})),
        Just(json!([null])),
        Just(json!({"": {}})),
    ]
}

proptest! {
    #[test]
    fn an_answer_that_bears_data_is_never_refused_for_sure(
        status in 100_u16..600,
        code_name in "[Cc][Oo][Dd][Ee]|[Ee]rror[Cc]ode",
        code in any_code(),
        data_name in "[Dd][Aa][Tt][Aa]",
        data in something(),
        success in proptest::option::of(proptest::sample::select(vec![json!(true), json!(false), json!("false"), json!(0)])),
        more in proptest::collection::btree_map("[A-Za-z]{1,6}", any_code(), 0..3),
        data_first: bool,
    ) {
        // A name twice is another matter: then the last one counts.
        let is_data = |name: &str| name.eq_ignore_ascii_case("data");
        let mut fields: Vec<String> = more.iter().filter(|(name, _)| !is_data(name))
            .map(|(name, value)| format!("{}:{value}", json!(name))).collect();
        fields.push(format!("{}:{code}", json!(code_name)));
        if let Some(success) = success {
            fields.push(format!("\"Success\":{success}"));
        }
        let data = format!("{}:{data}", json!(data_name));
        if data_first { fields.insert(0, data) } else { fields.push(data) }
        let body = format!("{{{}}}", fields.join(","));
        if let Err(error) = interpreted(status, &body) {
            prop_assert!(error.may_have_been_placed(), "{status} {body}: {error}");
        }
    }

    #[test]
    fn no_body_of_a_success_is_refused_unless_it_has_a_code(body: String) {
        if let Err(error) = interpreted(200, &body) {
            prop_assert!(error.may_have_been_placed() || error.code().is_some(), "{body}: {error}");
        }
    }
}

#[test]
fn the_envelope_is_understood_in_whatever_case_and_the_documented_case_has_precedence() {
    let body = br#"{"code":"b","Code":"a","CODE":"c","message":"m","requestId":"R","HOSTID":"h"}"#;
    let Envelope { code, message, request_id, host_id, .. } =
        decode::<()>(Format::Json, body).expect("JSON").envelope;
    assert_eq!(code.as_deref(), Some("a"));
    assert_eq!([message, request_id, host_id].map(Option::unwrap_or_default), ["m", "R", "h"]);
}

#[test]
fn a_proxy_that_wants_a_password_has_stopped_the_request() {
    for body in ["", "<html>407</html>", "who are you?", r#"{"error":"who are you?"}"#] {
        let error = interpreted(407, body).expect_err("no answer");
        assert!(!error.may_have_been_placed(), "{body}: {error}");
        assert!(matches!(error, Error::Unreadable(_)));
    }
    for body in [r#"{"Data":{"a":1}}"#, r#"{"Data":{"a":"#, "<A><Data>1</Data></A>", "<A><Data>"] {
        assert!(interpreted(407, body).expect_err("no answer").may_have_been_placed(), "{body}");
    }
}
