//! Checks parameters against a description: the required ones are present, and each has the documented form.

mod json;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use super::{FieldDescription, Kind, OperationDescription, ValueDescription};

/// A parameter that is not as documented.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParameterProblem {
    /// Name of the parameter on the wire, e.g. `Tag.1.Key`, or the path in a JSON parameter, e.g. `CaseList[0].Name`.
    pub parameter: String,
    /// The problem.
    pub problem: Problem,
}

/// A problem of a parameter. It does not hold the value, which may be a phone number or a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A required parameter is missing.
    Missing,
    /// A required parameter is present, but empty.
    Blank,
    /// A required list has no element.
    NoElement,
    /// The value has another form.
    Format {
        /// The form that it must have, as a sentence.
        wanted: &'static str,
    },
    /// The value is not documented. The service may accept more values than its page documents.
    Value {
        /// The documented values, in page order.
        allowed: &'static [ValueDescription],
    },
    /// The number is too small.
    TooSmall {
        /// The smallest that is allowed.
        min: i64,
    },
    /// The number is too large.
    TooLarge {
        /// The largest that is allowed.
        max: i64,
    },
}

impl fmt::Display for ParameterProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { parameter, problem } = self;
        match problem {
            Problem::Missing => write!(f, "{parameter} is missing"),
            Problem::Blank => write!(f, "{parameter} is empty"),
            Problem::NoElement => write!(f, "{parameter} has no element"),
            Problem::Format { wanted } => {
                write!(f, "{parameter} has the wrong format: {}", wanted.trim_end_matches('.'))
            }
            Problem::Value { allowed } => {
                write!(f, "{parameter} is none of the documented values: ")?;
                let values: Vec<&str> = allowed.iter().map(|allowed| allowed.value).collect();
                f.write_str(&values.join(", "))
            }
            Problem::TooSmall { min } => write!(f, "{parameter} must be at least {min}"),
            Problem::TooLarge { max } => write!(f, "{parameter} must be at most {max}"),
        }
    }
}

/// Checks parameters, by their names on the wire, against an operation. The problems are in page order.
///
/// Parameters that the operation does not have are not reported, because the service is usually newer than its page;
/// see [`unknown_parameters`]. An empty optional parameter counts as absent.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use acs_runtime::description::{FieldDescription, Kind, OperationDescription, check};
///
/// const OPERATION: OperationDescription = OperationDescription {
///     parameters: &[
///         FieldDescription { required: true, ..FieldDescription::new("BellId", Kind::TEXT) },
///         FieldDescription::new("Times", Kind::Integer),
///     ],
///     ..OperationDescription::new("Bells", "2024-01-01", "RingBell")
/// };
/// let given = BTreeMap::from([("Times".to_owned(), "often".to_owned())]);
/// let problems: Vec<String> = check(&OPERATION, &given).iter().map(ToString::to_string).collect();
/// assert_eq!(problems, ["BellId is missing", "Times has the wrong format: It must be a 32-bit integer"]);
/// ```
#[must_use]
pub fn check(
    operation: &OperationDescription,
    parameters: &BTreeMap<String, String>,
) -> Vec<ParameterProblem> {
    let mut check = Check { parameters, problems: Vec::new() };
    check.fields("", operation.parameters);
    check.problems
}

/// Returns the parameters that an operation does not have, in alphabetical order.
#[must_use]
pub fn unknown_parameters<'p>(
    operation: &OperationDescription,
    parameters: &'p BTreeMap<String, String>,
) -> Vec<&'p str> {
    parameters.keys().map(String::as_str).filter(|name| !is_known(name, operation.parameters)).collect()
}

/// Tells whether a name belongs to one of the fields.
fn is_known(name: &str, fields: &[FieldDescription]) -> bool {
    let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
    fields.iter().any(|field| {
        field.name == name
            || field.name == first && !field.json && rest.is_some_and(|rest| is_part(rest, &field.kind))
    })
}

/// Tells whether the rest of a name leads to a value of this kind.
fn is_part(rest: &str, kind: &Kind) -> bool {
    let after = rest.split_once('.').map(|(_, after)| after);
    let is_inside = |kind: &Kind| after.is_none_or(|after| is_part(after, kind));
    match kind {
        Kind::Structure { fields } => is_known(rest, fields),
        Kind::List { element, .. } => is_inside(element),
        Kind::Map { value } => is_inside(value),
        _ => false,
    }
}

struct Check<'a> {
    parameters: &'a BTreeMap<String, String>,
    problems: Vec<ParameterProblem>,
}

impl Check<'_> {
    fn fields(&mut self, prefix: &str, fields: &[FieldDescription]) {
        for field in fields {
            let name = format!("{prefix}{}", field.name);
            // JSON is one parameter, whatever is in it.
            let kind = if field.json { &Kind::Json } else { &field.kind };
            let absence = if field.required { self.absence(&name, kind) } else { None };
            if let Some(problem) = absence {
                self.report(&name, problem);
                continue;
            }
            self.value(&name, kind);
            if field.json {
                self.json(&name, &field.kind);
            }
        }
    }

    /// Returns the problem if a required parameter is absent or empty.
    fn absence(&self, name: &str, kind: &Kind) -> Option<Problem> {
        match kind {
            Kind::Structure { .. } | Kind::Map { .. } => {
                self.keys(name).is_empty().then_some(Problem::Missing)
            }
            Kind::List { .. } => self.keys(name).is_empty().then_some(Problem::NoElement),
            _ => match self.parameters.get(name).map(|value| value.trim()) {
                None => Some(Problem::Missing),
                Some("") => Some(Problem::Blank),
                Some(_) => None,
            },
        }
    }

    /// Reports a value of the wrong kind; an empty one counts as absent.
    fn value(&mut self, name: &str, kind: &Kind) {
        match kind {
            Kind::Structure { fields } => {
                if !self.keys(name).is_empty() {
                    self.fields(&format!("{name}."), fields);
                }
            }
            Kind::Map { value } => {
                for key in self.keys(name) {
                    self.value(&format!("{name}.{key}"), value);
                }
            }
            Kind::List { element, .. } => {
                for key in self.keys(name) {
                    let name = format!("{name}.{key}");
                    if key.parse::<u32>().is_ok_and(|number| number > 0) {
                        self.value(&name, element);
                    } else {
                        self.report(&name, Problem::Format { wanted: "Elements are numbered from 1." });
                    }
                }
            }
            _ => {
                let value = self.parameters.get(name).filter(|value| !value.trim().is_empty());
                // Not trimmed: it is sent with its blanks.
                if let Some(problem) = value.and_then(|value| scalar(value, kind)) {
                    self.report(name, problem);
                }
            }
        }
    }

    /// Reports the parts of a JSON parameter that are not of their kind.
    fn json(&mut self, name: &str, kind: &Kind) {
        let value = self.parameters.get(name).and_then(|text| serde_json::from_str::<Value>(text).ok());
        if let Some(value) = value {
            // The parameter itself is present, but null is no value of it.
            match (kind, &value) {
                (Kind::List { .. }, Value::Null) => {
                    self.report(name, Problem::Format { wanted: "It must be a JSON list." });
                }
                (Kind::Structure { .. } | Kind::Map { .. }, Value::Null) => {
                    self.report(name, Problem::Format { wanted: "It must be a JSON object." });
                }
                _ => json::check(name, &value, kind, &mut |path, problem| self.report(path, problem)),
            }
        }
    }

    /// Returns the next part of the names that begin with `name.`: indexes of a list, keys of a structure or map.
    fn keys(&self, name: &str) -> BTreeSet<String> {
        let prefix = format!("{name}.");
        self.parameters
            .range(prefix.clone()..)
            .map_while(|(name, _)| name.strip_prefix(prefix.as_str()))
            .map(|rest| rest.split_once('.').map_or(rest, |(key, _)| key).to_owned())
            .collect()
    }

    fn report(&mut self, parameter: &str, problem: Problem) {
        self.problems.push(ParameterProblem { parameter: parameter.to_owned(), problem });
    }
}

/// Returns the problem of a value that is not empty.
fn scalar(value: &str, kind: &Kind) -> Option<Problem> {
    let wanted = match kind {
        Kind::Within { kind, min, max } => return scalar(value, kind).or_else(|| bounds(value, *min, *max)),
        Kind::Text { values } => {
            let is_documented = values.is_empty() || values.iter().any(|known| known.value == value);
            return (!is_documented).then_some(Problem::Value { allowed: values });
        }
        Kind::Integer if value.parse::<i32>().is_err() => "It must be a 32-bit integer.",
        Kind::Long if value.parse::<i64>().is_err() => "It must be a 64-bit integer.",
        Kind::Float if !value.parse::<f64>().is_ok_and(f64::is_finite) => "It must be a number.",
        // The official Python client sends these with capitals.
        Kind::Boolean if !matches!(value, "true" | "false" | "True" | "False") => "It must be true or false.",
        Kind::Json if serde_json::from_str::<Value>(value).is_err() => "It must be JSON.",
        _ => return None,
    };
    Some(Problem::Format { wanted })
}

fn bounds(value: &str, min: Option<i64>, max: Option<i64>) -> Option<Problem> {
    let number = value.parse::<f64>().ok()?;
    #[expect(clippy::cast_precision_loss, reason = "documented bounds are small")]
    let [least, most] = [min, max].map(|bound| bound.map(|bound| bound as f64));
    let too_small = min.filter(|_| least.is_some_and(|least| number < least));
    let too_large = max.filter(|_| most.is_some_and(|most| number > most));
    too_small.map(|min| Problem::TooSmall { min }).or_else(|| too_large.map(|max| Problem::TooLarge { max }))
}

#[cfg(test)]
mod tests;
