//! Operations for the tests of this module.

use crate::model::{EnumValue, Field, Operation, Shape};

/// Returns an optional field without texts.
pub(crate) fn field(name: &str, shape: Shape) -> Field {
    Field::new(name, shape)
}

/// Returns a structure, with the page's name for it if there is one.
pub(crate) fn structure<const N: usize>(name: Option<&str>, fields: [Field; N]) -> Shape {
    Shape::Structure { name: name.map(str::to_owned), fields: fields.into() }
}

/// Returns a text with documented values.
pub(crate) fn one_of<const N: usize>(values: [&str; N]) -> Shape {
    let value = |value: &str| EnumValue { value: value.to_owned(), ..EnumValue::default() };
    Shape::String { values: values.map(value).into() }
}

/// Returns an operation of an invented product, with nothing in it.
pub(crate) fn operation(action: &str) -> Operation {
    Operation::new("Demo", "2024-01-01", action)
}

/// Returns an operation whose response holds a structure `User` with these fields.
pub(crate) fn with_user<const N: usize>(action: &str, fields: [Field; N]) -> Operation {
    Operation { response: vec![field("Data", structure(Some("User"), fields))], ..operation(action) }
}
