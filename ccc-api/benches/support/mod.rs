//! The contenders of each benchmark. The package `peers` includes this module and adds its own.
#![allow(dead_code, unused_imports, clippy::allow_attributes, reason = "each benchmark takes its part")]
#![expect(clippy::expect_used, reason = "a benchmark that cannot go on has nothing to measure")]

pub(crate) mod decoding;
pub(crate) mod loopback;
mod race;
pub(crate) mod server;
pub(crate) mod signing;

pub(crate) use race::{Contender, Race, run};
pub(crate) use server::Server;

use ccc_api::operation::make_call::MakeCallRequest;

/// The secret of the access key.
pub(crate) const SECRET: &str = "yourAccessKeySecret0123456789A";
/// A security token of usual length.
pub(crate) const TOKEN: &str = concat!(
    "CAISzAJ1q6Ft5B2yfSjIr5fQfdvfiJtj2KuzNBfzpXhnQuhsnhuPgAAGQJXTmHgSXXDRAJpRSlf3",
    "CAISzAJ1q6Ft5B2yfSjIr5fQfdvfiJtj2KuzNBfzpXhnQuhsnhuPgAAGQJXTmHgSXXDRAJpRSlf3",
    "CAISzAJ1q6Ft5B2yfSjIr5fQfdvfiJtj2KuzNBfzpXhnQuhsnhuPgAAGQJXTmHgSXXDRAJpRSlf3",
    "CAISzAJ1q6Ft5B2yfSjIr5fQfdvfiJtj2KuzNBfzpXhnQuhsnhuPgAAGQJXTmHgSXXDRAJpRSlf3",
);

/// Makes a MakeCall with every parameter of the page, with the page's values.
pub(crate) fn request() -> MakeCallRequest {
    MakeCallRequest::builder()
        .callee("13188888888")
        .device_id("ACC-YUNBS-1.0.10-bsd87c04aaa8f7000176ad354b1c")
        .instance_id("ccc-test")
        .user_id("user-test@ccc-test")
        .caller("0109898989")
        .timeout_seconds(10)
        .build()
}

/// Returns the page's sample response. All its values are strings, where the table has numbers, lists and maps.
pub(crate) fn sample() -> &'static str {
    const PAGE: &str = include_str!("../../../spec/docs/ccc/2020-07-01/MakeCall.md");
    let (_, after) = PAGE.split_once("`JSON`格式").expect("the page has a JSON sample");
    after.split("```").nth(1).expect("the sample is fenced").trim()
}

/// Returns the sample response with the types of the page's table.
pub(crate) fn proper_types() -> String {
    let replacements = [
        ("\"200\"", "200"),
        ("\"Params\": \"无\"", "\"Params\": [\"user-test\"]"),
        ("\"false\"", "false"),
        ("\"[\\\"skill-group@ccc-test\\\"]\"", "[\"skill-group@ccc-test\"]"),
        ("\"AssociatedData\": \"无\"", "\"AssociatedData\": {\"key\": \"value\"}"),
        ("\"1609225718295\"", "1609225718295"),
    ];
    replacements.into_iter().fold(sample().to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the page's sample has no {from}");
        text.replace(from, to)
    })
}
