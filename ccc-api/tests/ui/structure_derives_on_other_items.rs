use ccc_api::custom::{Builder, Decode, Parameters, RedactedDebug};

#[derive(Decode)]
enum Choice {
    First,
}

#[derive(Parameters)]
struct Pair(String, String);

#[derive(RedactedDebug)]
struct Holder<T> {
    #[field(name = "Value")]
    value: T,
}

#[derive(Builder)]
union Bits {
    small: i32,
    large: i64,
}

fn main() {}
