use ccc_api::custom::OpenEnum;
use ccc_api::response::UnknownValue;

#[derive(OpenEnum)]
struct NoEnum;

#[derive(OpenEnum)]
enum Closed {
    #[value("A")]
    A,
}

#[derive(OpenEnum)]
enum Mixed {
    #[value("A")]
    A,
    #[value("A")]
    B,
    #[value(3)]
    C,
    #[value("D")]
    D(String),
    E,
    #[unknown]
    Unknown(UnknownValue),
    #[unknown]
    Other(UnknownValue),
}

#[derive(OpenEnum)]
enum Forgetful {
    #[value("A")]
    A,
    #[unknown]
    Unknown,
}

fn main() {
    // The stubs keep what uses the enums from adding messages of its own.
    let _ = (Closed::from("A").to_string(), format!("{:?}", Mixed::from("B")));
}
