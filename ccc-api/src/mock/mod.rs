//! A local endpoint that behaves like the service, for applications' tests and for trying things out.

mod description;

pub use description::{ErrorDescription, FieldDescription, Kind, OperationDescription};
