//! Combines the statements of several pages about one field: only one page documents its values, or it is a number on
//! one page and a text on another.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::merge::supplement_shape;
use super::samples::is_nearly;
use super::sharing::covers;
use super::site::is_vague;
use crate::model::{EnumValue, Field, Operation, Shape, Side};
use crate::naming::words;

/// A field that took its values or its type from another page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The operation of the field.
    pub action: String,
    /// Whether it is in the request or the response.
    pub side: Side,
    /// Its path on the wire, without marks of lists and maps: `Data.UserState`.
    pub path: String,
    /// The information that the field took.
    pub join: Join,
    /// The first operation that states it.
    pub source: String,
}

/// Information that a field can take from the pages of other operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Join {
    /// Its documented values.
    Values,
    /// It is a whole number.
    Number,
}

/// Writes the assumption: `` `UserState` is one of the values that `GetUser` documents for the same field ``.
impl fmt::Display for Joined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, source, .. } = self;
        match self.join {
            Join::Values => {
                write!(f, "`{path}` is one of the values that `{source}` documents for the same field")
            }
            Join::Number => write!(f, "`{path}` is a number, as the same field of `{source}` is"),
        }
    }
}

impl Joined {
    /// Returns the remedy for the case that the two fields are not the same, as a clause.
    #[must_use]
    pub fn way_out(&self) -> String {
        match self.join {
            Join::Values => {
                "if the two are different, give this field values of its own with `[[add-values]]` in the \
                             overlay of its page"
                    .to_owned()
            }
            Join::Number => format!(
                "if `{}` is wrong, make its field a String with `[[correct-type]]` in the overlay of its page",
                self.source
            ),
        }
    }
}

/// Fields with these names hold identifiers, not counts.
const IDENTIFIERS: [&str; 8] = ["id", "ids", "code", "no", "key", "version", "phone", "extension"];

/// Combines the statements of operations about fields with the same name. The operations are in their final order.
pub(super) fn join(operations: &mut [Operation]) -> Vec<Joined> {
    let mut evidence: BTreeMap<String, Evidence> = BTreeMap::new();
    for operation in operations.iter() {
        for fields in [&operation.request, &operation.response] {
            gather(&operation.action, fields, &mut evidence);
        }
    }
    evidence.retain(|name, evidence| !is_vague(name) && evidence.is_of_use());
    let mut joined = Vec::new();
    for operation in operations.iter_mut() {
        let action = operation.action.clone();
        for (side, fields) in
            [(Side::Request, &mut operation.request), (Side::Response, &mut operation.response)]
        {
            apply(&evidence, fields, side, "", &mut |path, join, source: &str| {
                joined.push(Joined {
                    action: action.clone(),
                    side,
                    path: path.to_owned(),
                    join,
                    source: source.to_owned(),
                });
            });
        }
    }
    joined
}

/// The statements of all pages about the fields with one name.
#[derive(Debug, Default)]
struct Evidence {
    /// All documented values, and the first operation that documents some. The list is empty if pages contradict each
    /// other.
    values: Option<(String, Shape)>,
    contradicts: bool,
    /// The number it is, and the first operation that says so.
    number: Option<(String, Shape)>,
    /// The descriptions of the fields whose values are documented.
    descriptions: BTreeSet<String>,
    /// Whether every sample text is a whole number as JSON writes it.
    shows_numbers_alone: bool,
    texts: usize,
}

fn gather(action: &str, fields: &[Field], evidence: &mut BTreeMap<String, Evidence>) {
    for field in fields {
        let found = evidence
            .entry(field.name.clone())
            .or_insert_with(|| Evidence { shows_numbers_alone: true, ..Evidence::default() });
        match &field.shape {
            Shape::String { values } if values.is_empty() => {
                found.texts += 1;
                let is_number = field.sensitive.is_none()
                    && field.format.is_none()
                    && field.sample.as_deref().is_some_and(is_whole_number);
                found.shows_numbers_alone &= is_number;
            }
            shape @ Shape::String { .. } => {
                found.descriptions.insert(field.description.clone());
                match &mut found.values {
                    None => found.values = Some((action.to_owned(), shape.clone())),
                    Some((_, known)) if covers(known, shape) || covers(shape, known) => {
                        supplement_shape(known, shape);
                    }
                    Some(_) => found.contradicts = true,
                }
            }
            shape @ (Shape::Integer | Shape::Long) => match &mut found.number {
                None => found.number = Some((action.to_owned(), shape.clone())),
                Some((_, known)) if *shape == Shape::Long => *known = Shape::Long,
                Some(_) => {}
            },
            _ => {}
        }
        if let Shape::Structure { fields, .. } = field.shape.core() {
            gather(action, fields, evidence);
        }
    }
}

impl Evidence {
    fn is_of_use(&self) -> bool {
        self.texts > 0 && (self.values.is_some() || self.number.is_some())
    }

    /// Returns the join for a text, the shape that results from it, and the operation that it comes from.
    fn joined_shape(&self, field: &Field) -> Option<(Join, Shape, &str)> {
        let Shape::String { values } = &field.shape else { return None };
        if !values.is_empty() || field.sensitive.is_some() || field.format.is_some() {
            return None;
        }
        if let Some((source, shape @ Shape::String { values })) = &self.values {
            let fits = match field.sample.as_deref() {
                Some(sample) => is_among(sample, values),
                // Without a sample, fields count as the same only if their descriptions are equal.
                None => !field.description.is_empty() && self.descriptions.contains(&field.description),
            };
            return (fits && !self.contradicts && self.number.is_none())
                .then(|| (Join::Values, shape.clone(), source.as_str()));
        }
        let (source, shape) = self.number.as_ref()?;
        let name = words(&field.name);
        let identifies = name.last().is_some_and(|last| IDENTIFIERS.contains(&last.as_str()));
        (self.shows_numbers_alone && !identifies).then(|| (Join::Number, shape.clone(), source.as_str()))
    }
}

fn apply(
    evidence: &BTreeMap<String, Evidence>,
    fields: &mut [Field],
    side: Side,
    path: &str,
    note: &mut impl FnMut(&str, Join, &str),
) {
    for field in fields {
        let path = if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
        if let Some((join, shape, source)) =
            evidence.get(&field.name).and_then(|found| found.joined_shape(field))
        {
            note(&path, join, source);
            field.shape = shape;
            field.as_text = join == Join::Number && side == Side::Response;
        }
        let path = within(path, &field.shape);
        if let Shape::Structure { fields, .. } = field.shape.core_mut() {
            apply(evidence, fields, side, &path, note);
        }
    }
}

/// Returns the path to the members of a field, which is after the wrappers of its lists.
fn within(path: String, shape: &Shape) -> String {
    match shape {
        Shape::List { element, wrapper: Some(wrapper), .. } => within(format!("{path}.{wrapper}"), element),
        Shape::List { element: inner, .. } | Shape::Map { value: inner } => within(path, inner),
        _ => path,
    }
}

fn is_among(sample: &str, values: &[EnumValue]) -> bool {
    values.iter().any(|value| {
        value.value == sample
            || value.also.iter().any(|also| also == sample)
            || is_nearly(&value.value, sample)
    })
}

/// Returns whether a text is a whole number as JSON writes it, so that the number can be converted back to the text.
fn is_whole_number(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|number| number.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::fixtures::{field, one_of, operation};

    fn with(action: &str, field: Field) -> Operation {
        Operation { response: vec![field], ..operation(action) }
    }

    fn sampled(name: &str, sample: &str, shape: Shape) -> Field {
        Field { sample: Some(sample.to_owned()), ..field(name, shape) }
    }

    fn joined(operations: &mut [Operation]) -> Vec<String> {
        join(operations).iter().map(|joined| format!("{}: {joined}", joined.action)).collect()
    }

    #[test]
    fn values_that_one_page_documents_are_those_of_all() {
        let mut operations = [
            with("GetUser", field("UserState", one_of(["ON", "OFF"]))),
            with("ListUsers", sampled("UserState", "ON", Shape::string())),
            with("PollUser", sampled("UserState", "dreaming", Shape::string())),
        ];
        let said = "ListUsers: `UserState` is one of the values that `GetUser` documents for the same field";
        assert_eq!(joined(&mut operations), [said]);
        assert_eq!(operations[1].response[0].shape, one_of(["ON", "OFF"]));
        assert_eq!(operations[2].response[0].shape, Shape::string(), "its sample is none of them");
    }

    #[test]
    fn values_that_pages_contradict_each_other_in_stay_apart() {
        let mut operations = [
            with("A", field("UserState", one_of(["ON", "OFF"]))),
            with("B", field("UserState", one_of(["1", "2"]))),
            with("C", sampled("UserState", "ON", Shape::string())),
        ];
        assert!(joined(&mut operations).is_empty());
    }

    #[test]
    fn a_number_that_is_text_elsewhere_is_a_number() {
        let mut operations = [
            with("A", field("CallDuration", Shape::Long)),
            with("B", sampled("CallDuration", "22", Shape::string())),
        ];
        assert_eq!(joined(&mut operations), ["B: `CallDuration` is a number, as the same field of `A` is"]);
        assert_eq!(operations[1].response[0].shape, Shape::Long);
        assert_eq!(operations.map(|operation| operation.response[0].as_text), [false, true]);
    }

    #[test]
    fn what_identifies_is_no_number_nor_what_would_lose_a_digit() {
        for (name, sample) in
            [("UserId", "12"), ("CallDuration", "007"), ("CallDuration", "12 s"), ("Status", "3")]
        {
            let mut operations =
                [with("A", field(name, Shape::Long)), with("B", sampled(name, sample, Shape::string()))];
            assert!(joined(&mut operations).is_empty(), "{name} {sample}");
        }
    }
}
