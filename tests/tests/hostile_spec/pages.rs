//! Operations from hostile pages.

use ccc_spec::model::{
    Encoding, EnumValue, ErrorCode, Field, Links, Operation, Sample, SampleFormat, Samples, Sensitivity,
    Shape, Style,
};

/// A text that looks like markup, code or the end of either.
const TEXT: &str = "*/ \"# }} {{ \\ ` \u{202e}rtl\u{202c} \0 \u{feff} &amp; %s 座席\n\n# heading\n- item `x\n- - [ ] y\n1. one\n\
    \n    indented();\n\n<script>alert(1)</script> [link](http://x.y/) [`Foo`] [Bar] https://example.com/a_b?c=d).\n\
    | a | b |\n|---|---|\n/// doc\n//! inner\n#[attr]\n```\nfn main() { compile_error!() }\n```\n~~~\n***\n===\n\
    \tTab\r\nend\\";

/// Returns all hostile operations, including some with names that are Rust's own.
pub(crate) fn hostile() -> Vec<Operation> {
    let mut operations = vec![moving(), sharing(), nameless()];
    operations
        .extend(["Types", "Send", "new", "New", "self", "Endpoint", "Option", "3D", "Service"].map(plain));
    operations
}

/// Makes the operation that `meaning.rs` checks: every name in it is hostile.
pub(crate) fn moving() -> Operation {
    let names = ["self", "3dModel", "a\"b", "option", "vec", "string", "client", "sender"];
    let required = names.map(|name| Field { required: true, ..field(name, Shape::string()) });
    let names = [
        "type",
        "Type",
        "TYPE",
        "Self",
        "super",
        "build",
        "Builder",
        "send",
        "of",
        "with_client",
        "*/",
        "/*",
        "\"#",
        "{}",
        "}{",
        "new\nline",
        "\u{202e}bidi",
        "座席",
        "async",
        "gen",
        "_",
        "\\",
        "%s",
        "value",
        "f",
        "r#fn",
        "Tag.N.Key",
    ];
    let optional =
        names.map(|name| Field { sensitive: Some(Sensitivity::Secret), ..field(name, Shape::string()) });
    let filter = structure(
        None,
        [Field { required: true, ..field("match", Shape::string()) }, field("}", Shape::Long)],
    );
    let more = [
        field("enum", values()),
        field("Filter", Shape::list_of(filter)),
        Field { encoding: Encoding::Json, ..field("json", Shape::list_of(Shape::Long)) },
    ];
    let request = required.into_iter().chain(optional).chain(more).collect();

    let inner = structure(Some("String"), [field("self", Shape::Long), field("Some", Shape::Boolean)]);
    let wrapped = Shape::List { element: Box::new(inner), wrapper: Some("\"#*/".into()) };
    let response = vec![
        field("Option", structure(Some("Option"), [field("None", Shape::string())])),
        field("Vec", structure(None, [field("\u{202e}\"#", Shape::Json), field("unsafe", Shape::Float)])),
        field("\"}]{*/", wrapped),
        field("where", Shape::Map { value: Box::new(Shape::string()) }),
        field("Default", values()),
    ];
    let error = |status, code: &str, message: &str| ErrorCode {
        status: Some(status),
        code: code.into(),
        message: message.into(),
        description: TEXT.into(),
        english: TEXT.into(),
    };
    let errors = vec![
        error(404, "Not.Exists", "The \"type\" %s of %s {} */ \\ \u{202e}\n%s self %s"),
        error(404, "Not-Exists", TEXT),
        error(400, "Self", "%s%s"),
        error(400, "Unknown", ""),
        error(400, "404", "service %s"),
        error(400, "\"#*/\n}", "user %s"),
        error(403, "\"#*/\n}", "other text"),
    ];
    Operation { request, response, errors, safe_to_repeat: true, ..empty("move") }
}

/// Makes an operation whose structures have the names of another operation's, but other fields.
fn sharing() -> Operation {
    let response = vec![
        field("Option", structure(Some("Option"), [field("Some", Shape::string())])),
        field("UserState", structure(None, [field("UserState", values())])),
        field("UserContext", structure(Some("MoveRequest"), [field("MoveRequest", Shape::Long)])),
    ];
    Operation { response, ..empty("share") }
}

/// Makes an operation whose name has no letters.
fn nameless() -> Operation {
    empty("\"#]*/\n}\u{202e}")
}

/// Makes an operation without parameters, fields and errors.
fn empty(action: &str) -> Operation {
    Operation {
        product: "CCC".into(),
        version: "2020-07-01".into(),
        style: Style::Rpc,
        action: action.into(),
        title: TEXT.into(),
        summary: TEXT.into(),
        english: TEXT.into(),
        safe_to_repeat: false,
        request: Vec::new(),
        response: Vec::new(),
        errors: Vec::new(),
        samples: Samples {
            requests: Vec::new(),
            responses: vec![Sample {
                format: SampleFormat::Json,
                text: "{\"a\":\n \"\\\"#*/ \"##\"}".replace("\"##", "'##"),
            }],
        },
        links: Links { explorer: Some(TEXT.into()), error_center: Some("https://x.y/)>](z".into()) },
    }
}

fn field(name: &str, shape: Shape) -> Field {
    let text = || TEXT.to_owned();
    Field { sample: Some(text()), description: text(), english: text(), ..Field::new(name, shape) }
}

fn structure<const N: usize>(name: Option<&str>, fields: [Field; N]) -> Shape {
    Shape::Structure { name: name.map(str::to_owned), fields: fields.into() }
}

fn values() -> Shape {
    let values = [
        "ready",
        "READY",
        "Ready",
        "",
        "self",
        "Self",
        "Unknown",
        "unknown value",
        "1",
        "1.0",
        "10",
        "-1",
        "\"",
        "*/",
        "\"#",
        "{}",
        "\n",
        "\u{202e}",
        "座席",
        "crate",
        "%s",
        "\\",
        "Ok",
        "None",
    ];
    let value = |value: &str| EnumValue { value: value.into(), meaning: TEXT.into(), ..EnumValue::default() };
    Shape::String { values: values.map(value).into() }
}
