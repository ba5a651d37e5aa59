//! Request parameters as they are sent: a flat list of names and values.

mod json;
mod list;
mod value;

pub use json::write_json_object;
pub use list::{FieldTraits, Parameter, ParameterList};
pub use value::ParameterValue;

/// A request that can be written as parameters. The derive `Parameters` implements it.
///
/// Absent values are not written; an empty string is. Lists become `Name.1`, `Name.2`, structures `Name.Key`, lists of
/// structures `Name.1.Key`. A field that is sent as JSON becomes one parameter with compact JSON.
///
/// ```
/// use acs_runtime::custom::{Parameters, RedactedDebug};
///
/// #[derive(Parameters, RedactedDebug)]
/// struct Greeting {
///     #[field(name = "Callee", sensitive)]
///     callee: String,
///     #[field(name = "Tag")]
///     tags: Vec<String>,
///     #[field(name = "Volume")]
///     volume: Option<i32>,
/// }
///
/// let greeting = Greeting { callee: "555".into(), tags: vec!["a".into(), "b".into()], volume: None };
/// let list = greeting.parameters();
/// let pairs: Vec<_> = list.iter().map(|parameter| (parameter.name(), parameter.value())).collect();
/// assert_eq!(pairs, [("Callee", "555"), ("Tag.1", "a"), ("Tag.2", "b")]);
/// ```
pub trait Parameters {
    /// Appends the parameters to a list, in the order of the page.
    fn write_to<'a>(&'a self, list: &mut ParameterList<'a>);

    /// Returns the parameters as a new list.
    fn parameters(&self) -> ParameterList<'_> {
        let mut list = ParameterList::new();
        self.write_to(&mut list);
        list
    }
}

impl<P: Parameters + ?Sized> Parameters for &P {
    fn write_to<'a>(&'a self, list: &mut ParameterList<'a>) {
        P::write_to(self, list);
    }
}

#[cfg(test)]
mod tests;
