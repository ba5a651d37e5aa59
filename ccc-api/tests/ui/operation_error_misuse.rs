use ccc_api::error::OperationError;
use ccc_api::custom::operation_error;

#[operation_error]
enum Counts {
    #[code("NotExists.UserId", status = 404, message = "The user %s does not exist in instance %s.")]
    TooFew { user: Option<String> },
    #[code("UserBusy", message = "The user was busy.")]
    TooMany { user: Option<String> },
}

#[operation_error]
enum Attributes {
    #[code("A", status = 4004)]
    NoStatus,
    #[code("B", template = "%s")]
    NoKey,
    #[code(404)]
    NoCode,
    #[code("C")]
    First,
    #[code("C")]
    Second,
    Nowhere,
}

#[operation_error]
enum Fields {
    #[code("A")]
    Nameless(Option<String>),
    #[code("B")]
    Added { service: Option<String> },
    #[code("D")]
    Unknown,
}

#[operation_error(code = Codes)]
enum Key {}

#[operation_error]
struct NoEnum;

fn report(error: &Counts) -> String {
    format!("{error} {error:?} {}", error.code())
}

fn main() {}
