//! Manifests of a small product.

mod application;
mod complaints;
mod properties;

use super::Manifest;

/// A manifest with one of everything.
const WHOLE: &str = r#"
code = "Hotel"
version = "2024-01-01"
crate = "hotel-api"
title = "Hotels"

[endpoints]
default-region = "cn-shanghai"
public = "hotel.{region}.example.com"
vpc = "hotel-vpc.{region}.example.com"
central = { host = "hotel.example.com", regions = ["cn-beijing", "eu-west-1"] }

[response]
success-codes = ["OK", "Booked"]

[operations]
idempotent = ["List*", "Get*"]

[[operations.not-idempotent]]
operation = "GetKey"
reason = "Each call cuts one."

[areas.rooms]
title = "Rooms"
operations = ["ListRooms", "*Key"]

[areas.guests]
title = "Guests"
operations = ["ListGuests", "GetKey"]

[paging]
number = { page = "PageNumber", size = "PageSize", total = "TotalCount" }
token = { next = "NextToken" }

[glossary]
Number = "The number on the door."
Hotel = "Which hotel."

[units]
minutes = ["Stay"]
unix-milliseconds = ["Since"]

[aliases]
ListRooms = ["vacancies"]

[sensitive]
personal = ["Wish"]
phone-number = ["Guest", "Count"]
secret = ["Names"]
"#;

/// Returns a manifest that is as it should be.
fn manifest() -> Manifest {
    let reading = Manifest::read("hotel.toml", WHOLE.as_bytes());
    assert_eq!(reading.diagnostics, []);
    reading.manifest
}
