//! Checks parameters against their page, and words the problems as the service does.
//!
//! Parameters that the page does not document are ignored. The service ignores them too, and is usually newer than its
//! page.

use std::collections::BTreeMap;

use acs_runtime::description::{OperationDescription, ParameterProblem, Problem, check};

use super::refusal::Refusal;

/// A request's own parameters by name.
pub(super) type Parameters = BTreeMap<String, String>;

/// Refuses the first parameter, in page order, that is not as the page says.
pub(super) fn validate(operation: &OperationDescription, parameters: &Parameters) -> Result<(), Refusal> {
    match check(operation, parameters).into_iter().next() {
        Some(problem) => Err(refusal(operation, problem)),
        None => Ok(()),
    }
}

fn refusal(operation: &OperationDescription, found: ParameterProblem) -> Refusal {
    let ParameterProblem { parameter, problem, .. } = found;
    let (code, template, argument) = match problem {
        Problem::Missing => ("Parameter.Null", "The parameter %s is missing.", None),
        Problem::Blank => ("Parameter.Blank", "The parameter %s is blank.", None),
        Problem::NoElement => ("Parameter.Empty", "The parameter %s has no element.", None),
        Problem::Format { wanted } => {
            ("Parameter.Format", "The parameter %s has the wrong format. %s", Some(wanted.to_owned()))
        }
        Problem::Value { allowed } => {
            let values: Vec<&str> = allowed.iter().map(|allowed| allowed.value).collect();
            let values = format!("[{}]", values.join(", "));
            ("Parameter.Enumeration", "The parameter %s is none of %s.", Some(values))
        }
        Problem::TooSmall { min } => {
            ("Parameter.Minimum", "The parameter %s must be at least %s.", Some(min.to_string()))
        }
        Problem::TooLarge { max } => {
            ("Parameter.Maximum", "The parameter %s must be at most %s.", Some(max.to_string()))
        }
        // `Problem` may get more variants.
        _ => ("Parameter.Format", "The parameter %s has the wrong format.", None),
    };
    let arguments = [parameter].into_iter().chain(argument).collect();
    Refusal::documented(operation, code, template, arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use acs_runtime::description::{ErrorDescription, FieldDescription, Kind, ValueDescription};

    const A: ValueDescription = ValueDescription { value: "A", documentation: "" };
    const B: ValueDescription = ValueDescription { value: "B", documentation: "" };

    const OPERATION: OperationDescription = OperationDescription {
        parameters: &[
            FieldDescription { required: true, ..FieldDescription::new("Name", Kind::TEXT) },
            FieldDescription::new("Mode", Kind::Text { values: &[A, B] }),
            FieldDescription::new("Count", Kind::Integer),
            FieldDescription::new(
                "Wait",
                Kind::Within { kind: &Kind::Integer, min: Some(30), max: Some(300) },
            ),
        ],
        errors: &[ErrorDescription { status: Some(422), code: "Parameter.Blank", message: "%s?" }],
        ..OperationDescription::new("TEST", "1", "Try")
    };

    fn refused(parameters: &[(&str, &str)]) -> Refusal {
        let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        validate(&OPERATION, &parameters.collect()).unwrap_err()
    }

    #[test]
    fn absent_required_parameter_is_named() {
        let refusal = refused(&[]);
        assert_eq!((refusal.code.as_str(), refusal.params), ("Parameter.Null", vec!["Name".to_owned()]));
    }

    #[test]
    fn documented_wording_and_status_win() {
        let refusal = refused(&[("Name", " ")]);
        assert_eq!((refusal.status, refusal.message.as_str()), (422, "Name?"));
    }

    #[test]
    fn each_problem_has_the_code_and_the_words_of_the_service() {
        for (name, value, code, message) in [
            (
                "Count",
                "1.5",
                "Parameter.Format",
                "The parameter Count has the wrong format. It must be a 32-bit integer.",
            ),
            ("Mode", "C", "Parameter.Enumeration", "The parameter Mode is none of [A, B]."),
            ("Wait", "29", "Parameter.Minimum", "The parameter Wait must be at least 30."),
            ("Wait", "301", "Parameter.Maximum", "The parameter Wait must be at most 300."),
        ] {
            let refusal = refused(&[("Name", "x"), (name, value)]);
            assert_eq!((refusal.code.as_str(), refusal.message.as_str()), (code, message));
        }
    }

    #[test]
    fn parameter_that_the_page_does_not_name_is_ignored() {
        let parameters = [("Name", "x"), ("Newer", "than the page")];
        let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(validate(&OPERATION, &parameters.into()), Ok(()));
    }
}
