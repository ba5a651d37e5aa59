//! Properties of the generated source and of the OpenAPI document for any operations.

use std::collections::BTreeSet;

use ccc_codegen::{GeneratedFile, generate, openapi};
use ccc_spec::link::link;
use ccc_spec::manifest::Manifest;
use ccc_spec::model::{
    Encoding, EnumValue, ErrorCode, Field, Links, Operation, Position, ProductSpec, Range, Samples,
    Sensitivity, Shape, Style,
};
use proc_macro2::{TokenStream, TokenTree};
use proptest::prelude::*;
use serde_json::Value;

/// Texts that pages should not have, but may have.
const HOSTILE: [&str; 24] = [
    "", " ", "\"", "\\", "*/", "/*", "\"#", "r#\"", "{", "}}", "%s", "`", "```", "self", "Self", "crate",
    "type", "3d", "\n", "\r", "\u{202e}", "]]>", "#[x]", "座席",
];

/// Links the operations of a new product.
fn linked(operations: &[Operation]) -> ProductSpec {
    link(operations.to_vec(), &ProductSpec::default()).spec
}

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        3 => prop::sample::select(HOSTILE.as_slice()).prop_map(str::to_owned),
        2 => "[A-Za-z][A-Za-z0-9_.-]{0,8}",
        1 => any::<String>(),
    ];
    prop::collection::vec(word, 0..4).prop_map(|words| words.concat())
}

fn values() -> impl Strategy<Value = Vec<EnumValue>> {
    let value = (text(), text(), text()).prop_map(|(value, meaning, english)| EnumValue {
        value,
        meaning,
        english,
        also: vec![],
    });
    prop::collection::vec(value, 0..4)
}

fn shape() -> impl Strategy<Value = Shape> {
    let leaf = prop_oneof![
        values().prop_map(|values| Shape::String { values }),
        Just(Shape::Integer),
        Just(Shape::Long),
        Just(Shape::Float),
        Just(Shape::Boolean),
        Just(Shape::Json),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let named = (prop::option::of(text()), prop::collection::vec(field(inner.clone()), 0..4));
        prop_oneof![
            named.prop_map(|(name, fields)| Shape::Structure { name, fields }),
            (inner.clone(), prop::option::of(text()))
                .prop_map(|(element, wrapper)| Shape::List { element: Box::new(element), wrapper }),
            inner.prop_map(|value| Shape::Map { value: Box::new(value) }),
        ]
    })
}

fn field(shape: impl Strategy<Value = Shape>) -> impl Strategy<Value = Field> {
    let sensitive = prop::option::of(Just(Sensitivity::Secret));
    let position = prop::sample::select(vec![Position::Query, Position::Body]);
    let encoding = prop::sample::select(vec![Encoding::Flat, Encoding::Json]);
    let travels = (position, encoding);
    (text(), shape, any::<bool>(), sensitive, prop::option::of(text()), text(), text(), travels).prop_map(
        |(name, shape, required, sensitive, sample, description, english, (position, encoding))| Field {
            required,
            position,
            encoding,
            sensitive,
            default: sample.clone(),
            unit: sample.clone(),
            length: required.then_some(Range { min: Some(0), max: None }),
            sample,
            description,
            english,
            ..Field::new(name, shape)
        },
    )
}

fn error() -> impl Strategy<Value = ErrorCode> {
    (prop::option::of(any::<u16>()), text(), text(), text(), text()).prop_map(
        |(status, code, message, description, english)| ErrorCode {
            status,
            code,
            message,
            description,
            english,
        },
    )
}

fn operation() -> impl Strategy<Value = Operation> {
    let fields = || prop::collection::vec(field(shape()), 0..4);
    let parts =
        (text(), (text(), text()), fields(), fields(), prop::collection::vec(error(), 0..4), any::<bool>());
    parts.prop_map(|(action, (summary, english), request, response, errors, safe_to_repeat)| Operation {
        product: "Any \"*/ product".to_owned(),
        version: "2024\n01".to_owned(),
        style: Style::Rpc,
        title: action.clone(),
        action,
        summary,
        english,
        safe_to_repeat,
        request,
        response,
        errors,
        samples: Samples::default(),
        links: Links::default(),
    })
}

fn operations() -> impl Strategy<Value = Vec<Operation>> {
    prop::collection::vec(operation(), 0..3).prop_map(|mut operations| {
        operations.sort_by(|one, other| one.action.cmp(&other.action));
        operations.dedup_by(|one, other| one.action == other.action);
        operations
    })
}

/// Returns the values of all string literals, and all identifiers in CamelCase, which are names on the wire.
fn texts_in(files: &[GeneratedFile]) -> Vec<String> {
    fn collect(tokens: TokenStream, literals: &mut Vec<String>) {
        for token in tokens {
            match token {
                TokenTree::Literal(literal) => {
                    if let Ok(literal) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                        literals.push(literal.value());
                    }
                }
                TokenTree::Group(group) => collect(group.stream(), literals),
                TokenTree::Ident(name) => literals.push(camel(&name.to_string())),
                TokenTree::Punct(_) => {}
            }
        }
    }
    let mut literals = Vec::new();
    for file in files {
        collect(file.text.parse().unwrap_or_default(), &mut literals);
    }
    literals
}

/// Converts `device_id` to `DeviceId`.
fn camel(name: &str) -> String {
    let words = name.trim_start_matches("r#").split('_').map(|word| {
        let (first, rest) = word.split_at_checked(1).unwrap_or_default();
        first.to_ascii_uppercase() + rest
    });
    words.collect()
}

/// Returns the texts that must be on the wire as on the page. Fields without a name are not sent.
fn wire_texts(operation: &Operation) -> Vec<String> {
    fn collect(fields: &[Field], texts: &mut Vec<String>) {
        let mut names: Vec<&String> = Vec::new();
        for field in fields.iter().filter(|field| !field.name.is_empty()) {
            // If a page has a field twice, the first row gives the shape.
            if !names.contains(&&field.name) {
                names.push(&field.name);
                texts.push(field.name.clone());
                below(&field.shape, texts);
            }
        }
    }
    fn below(shape: &Shape, texts: &mut Vec<String>) {
        match shape {
            Shape::String { values } => texts.extend(values.iter().map(|value| value.value.clone())),
            Shape::Structure { fields, .. } => collect(fields, texts),
            Shape::List { element, .. } => below(element, texts),
            Shape::Map { value } => below(value, texts),
            Shape::Integer
            | Shape::Long
            | Shape::Float
            | Shape::Boolean
            | Shape::Json
            | Shape::Shared { .. } => {}
        }
    }
    let mut texts = vec![operation.action.clone(), operation.product.clone(), operation.version.clone()];
    collect(&operation.request, &mut texts);
    collect(&operation.response, &mut texts);
    for error in operation.errors.iter().filter(|error| !error.code.is_empty()) {
        texts.extend([error.code.clone(), error.message.clone()]);
    }
    texts.retain(|text| !text.is_empty());
    texts
}

/// Returns the references to things that are not in the document.
fn dangling(document: &Value) -> Vec<String> {
    let (mut open, mut dangling) = (vec![document], Vec::new());
    while let Some(part) = open.pop() {
        match part {
            Value::Object(members) => {
                if let Some(Value::String(to)) = members.get("$ref") {
                    let found = to.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
                    dangling.extend(found.is_none().then(|| to.clone()));
                }
                open.extend(members.values());
            }
            Value::Array(elements) => open.extend(elements),
            _ => {}
        }
    }
    dangling
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_file_is_rust_and_every_wire_text_is_a_literal(operations in operations()) {
        let files = generate(&linked(&operations)).expect("a client");
        for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
            prop_assert!(syn::parse_file(&file.text).is_ok(), "{}", file.path);
        }
        let literals = texts_in(&files);
        for text in operations.iter().flat_map(wire_texts) {
            prop_assert!(literals.contains(&text), "{text:?} is nowhere");
        }
    }

    #[test]
    fn the_order_of_operations_changes_nothing(mut operations in operations()) {
        let files = generate(&linked(&operations));
        operations.reverse();
        prop_assert_eq!(files, generate(&linked(&operations)));
    }

    #[test]
    fn a_document_has_every_operation_and_all_it_refers_to(operations in operations()) {
        let manifest = Manifest::undescribed("Any", "2024");
        let text = openapi(&manifest, &linked(&operations)).expect("a document");
        let document: Value = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(dangling(&document), Vec::<String>::new());
        let paths = document["paths"].as_object().expect("paths");
        let documented: BTreeSet<_> = paths.values().map(|path| path["post"]["operationId"].as_str()).collect();
        let expected: BTreeSet<_> = operations.iter().map(|operation| Some(operation.action.as_str())).collect();
        prop_assert_eq!(documented, expected);
    }

    #[test]
    fn nothing_hidden_reaches_a_file(operations in operations()) {
        let hidden = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}');
        for file in generate(&linked(&operations)).expect("a client") {
            prop_assert!(!file.text.contains(hidden), "{}", file.path);
        }
    }
}
