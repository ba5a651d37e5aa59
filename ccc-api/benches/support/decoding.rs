//! Decoding MakeCall's response, compared with a plain serde derive of the same shape.

use std::collections::BTreeMap;

use ccc_api::custom::decode;
use ccc_api::operation::make_call::MakeCallResponse;
use ccc_api::response::Format;
use serde::Deserialize;

use super::{Contender, Race};

/// Defines the shape. `N` stands for numbers, `B` for booleans, `L` for lists, `M` for maps.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Plain<N, B, L, M> {
    code: Option<String>,
    data: PlainData<N, B, L, M>,
    http_status_code: Option<N>,
    message: Option<String>,
    params: L,
    request_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PlainData<N, B, L, M> {
    call_context: PlainCall<N, M>,
    user_context: PlainUser<B, L>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PlainCall<N, M> {
    call_type: Option<String>,
    channel_contexts: Vec<PlainChannel<N, M>>,
    instance_id: Option<String>,
    job_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PlainChannel<N, M> {
    associated_data: M,
    call_type: Option<String>,
    channel_flags: Option<String>,
    channel_id: Option<String>,
    channel_state: Option<String>,
    destination: Option<String>,
    job_id: Option<String>,
    originator: Option<String>,
    release_initiator: Option<String>,
    release_reason: Option<String>,
    timestamp: Option<N>,
    user_extension: Option<String>,
    user_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PlainUser<B, L> {
    break_code: Option<String>,
    device_id: Option<String>,
    extension: Option<String>,
    instance_id: Option<String>,
    job_id: Option<String>,
    outbound_scenario: Option<B>,
    signed_skill_group_id_list: L,
    user_id: Option<String>,
    user_state: Option<String>,
    work_mode: Option<String>,
}

/// Every value is a string, because a typed derive does not read this sample.
pub(crate) type PlainTexts = Plain<String, String, String, String>;
type PlainTypes = Plain<i64, bool, Vec<String>, BTreeMap<String, String>>;

/// Races over the page's sample as it is.
pub(crate) fn of_the_sample() -> Race {
    let json = super::sample();
    race(
        "decode the sample",
        json.to_owned(),
        Contender::new("serde derive, all texts", || {
            serde_json::from_slice::<PlainTexts>(json.as_bytes()).expect("the sample is JSON")
        }),
    )
}

/// Races over the sample with the types of the page's table.
pub(crate) fn of_proper_types() -> Race {
    let json = super::proper_types();
    race(
        "decode proper types",
        json.clone(),
        Contender::new("serde derive", move || {
            serde_json::from_slice::<PlainTypes>(json.as_bytes())
                .expect("the response has the documented types")
        }),
    )
}

fn race(name: &str, json: String, floor: Contender) -> Race {
    let ours = Contender::new("ccc-api", move || {
        decode::<MakeCallResponse>(Format::Json, json.as_bytes()).expect("the response can be read")
    });
    Race { name: name.to_owned(), calls: 1, limit: 1.3, contenders: vec![floor, ours] }
}
