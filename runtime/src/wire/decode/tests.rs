//! Tests of decoding: the forms that are accepted, and values that do not fit.

mod leniency;
mod lists;
mod properties;
mod structures;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Decoded, Format};
use crate::custom::{Decode, OpenEnum};
use crate::wire::open_enum::UnknownValue;

/// One field of every kind.
#[derive(Debug, Default, PartialEq, Decode)]
struct Sampler {
    #[field(name = "Text")]
    text: Option<String>,
    #[field(name = "Flag")]
    flag: Option<bool>,
    #[field(name = "Small")]
    small: Option<i32>,
    #[field(name = "Large")]
    large: Option<i64>,
    #[field(name = "Real")]
    real: Option<f64>,
    #[field(name = "State")]
    state: Option<State>,
    #[field(name = "Any")]
    any: Option<Value>,
    #[field(name = "Item")]
    item: Item,
    #[field(name = "Words")]
    words: Vec<String>,
    #[field(name = "Numbers")]
    numbers: Vec<i32>,
    #[field(name = "Items")]
    items: Vec<Item>,
    #[field(name = "KeyPairs", wrapper = "KeyPair")]
    key_pairs: Vec<Item>,
    #[field(name = "Map")]
    map: BTreeMap<String, i32>,
    /// A name that needs escapes in Rust and in JSON.
    #[field(name = "a\"b")]
    r#type: Option<String>,
}

#[derive(Debug, Default, PartialEq, Decode)]
struct Item {
    #[field(name = "Id")]
    id: Option<String>,
    #[field(name = "Count")]
    count: Option<i32>,
}

#[derive(Clone, PartialEq, Eq, OpenEnum)]
enum State {
    #[value("ON")]
    On,
    #[unknown]
    Other(UnknownValue),
}

fn item(id: &str) -> Item {
    Item { id: Some(id.to_owned()), count: None }
}

#[track_caller]
fn decoded(body: &Value) -> Decoded<Sampler> {
    super::decode(Format::Json, body.to_string().as_bytes()).expect("whole JSON")
}

/// Returns the value of a body that decodes without a note.
#[track_caller]
fn value(body: &Value) -> Sampler {
    let decoded = decoded(body);
    assert_eq!(decoded.notes, [], "{body}");
    decoded.value
}

/// The notes as text.
#[track_caller]
fn notes(body: &Value) -> Vec<String> {
    decoded(body).notes.iter().map(ToString::to_string).collect()
}
