use ccc_api::{OperationError, ServiceError};

#[derive(OperationError)]
enum Counts {
    #[code("NotExists.UserId", status = 404, message = "The user %s does not exist in instance %s.")]
    TooFew { user: Option<String>, service: ServiceError },
    #[code("UserBusy", message = "The user was busy.")]
    TooMany { user: Option<String>, service: ServiceError },
    #[unknown]
    Unknown { service: ServiceError },
}

#[derive(OperationError)]
enum Attributes {
    #[code("A", status = 4004)]
    NoStatus { service: ServiceError },
    #[code("B", template = "%s")]
    NoKey { service: ServiceError },
    #[code(404)]
    NoCode { service: ServiceError },
    #[code("C")]
    First { service: ServiceError },
    #[code("C")]
    Second { service: ServiceError },
    #[unknown]
    Unknown { service: ServiceError },
}

#[derive(OperationError)]
enum Fields {
    #[code("A")]
    NoService,
    #[code("B")]
    NotLast { service: ServiceError, user: Option<String> },
    #[unknown]
    Unknown { service: ServiceError, more: String },
}

#[derive(OperationError)]
enum Closed {
    #[code("A")]
    A { service: ServiceError },
}

fn report(error: &Counts) -> String {
    format!("{error} {error:?} {}", error.code())
}

fn main() {}
