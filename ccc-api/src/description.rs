//! The documentation of the operations, for tools that know them only at run time: command lines, forms, the local
//! endpoint.
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use ccc_api::description::{check, operation};
//!
//! let make_call = operation("MakeCall").ok_or("it is an operation")?;
//! assert!(!make_call.idempotent);
//! let parameters = BTreeMap::from([
//!     ("InstanceId".to_owned(), "ccc-test".to_owned()),
//!     ("DeviceId".to_owned(), "dev-1".to_owned()),
//!     ("Callee".to_owned(), "12000000001".to_owned()),
//!     ("TimeoutSeconds".to_owned(), "5".to_owned()),
//! ]);
//! let problems: Vec<String> = check(make_call, &parameters).iter().map(ToString::to_string).collect();
//! assert_eq!(problems, ["TimeoutSeconds must be at least 30"]);
//! # Ok::<(), &str>(())
//! ```

pub use acs_runtime::description::{
    ErrorDescription, FieldDescription, Kind, OperationDescription, ParameterProblem, Problem,
    ValueDescription, check, unknown_parameters,
};

use crate::generated::OPERATIONS;

/// Lists the operations, by area, within an area by name: those of the areas that are switched on.
#[must_use]
pub const fn operations() -> &'static [&'static OperationDescription] {
    OPERATIONS
}

/// Returns the operation of this name, e.g. `MakeCall`.
#[must_use]
pub fn operation(action: &str) -> Option<&'static OperationDescription> {
    OPERATIONS.iter().copied().find(|operation| operation.action == action)
}
