//! The outcome of a crate: whether it compiled, and what its program printed for each case.

use std::collections::BTreeMap;

use serde_json::Value;

/// Outcome of a crate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// It compiled. These are the outcomes of its cases, by number.
    Ran(BTreeMap<usize, CaseOutcome>),
    /// It did not compile.
    NotCompiled,
    /// Its program crashed.
    Stopped(String),
}

/// Outcome of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CaseOutcome {
    /// The response was decoded.
    Decoded {
        /// Values that did not fit their types.
        notes: Vec<String>,
        /// Fields that the types do not have.
        unknown: Vec<String>,
    },
    /// The response could not be decoded.
    Malformed(String),
    /// The request was built and sends these parameters.
    Built(Vec<(String, String)>),
}

/// Parses what the program printed. Skips lines that are no outcome.
pub(crate) fn parse(printed: &str) -> BTreeMap<usize, CaseOutcome> {
    printed.lines().filter_map(outcome).collect()
}

fn outcome(line: &str) -> Option<(usize, CaseOutcome)> {
    let value: Value = serde_json::from_str(line).ok()?;
    let id = usize::try_from(value.get("id")?.as_u64()?).ok()?;
    let texts = |name: &str| -> Option<Vec<String>> {
        value.get(name)?.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let outcome = if let Some(error) = value.get("error").and_then(Value::as_str) {
        CaseOutcome::Malformed(error.to_owned())
    } else if let Some(parameters) = value.get("parameters").and_then(Value::as_array) {
        let pair =
            |pair: &Value| Some((pair.get(0)?.as_str()?.to_owned(), pair.get(1)?.as_str()?.to_owned()));
        CaseOutcome::Built(parameters.iter().filter_map(pair).collect())
    } else {
        CaseOutcome::Decoded { notes: texts("notes")?, unknown: texts("unknown")? }
    };
    Some((id, outcome))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_is_read() {
        let printed = "{\"id\":0,\"notes\":[],\"unknown\":[\"A\"]}\n{\"id\":1,\"error\":\"torn\"}\n\
                       {\"id\":2,\"parameters\":[[\"A\",\"b\"]]}\nnoise\n";
        let expected = [
            (0, CaseOutcome::Decoded { notes: vec![], unknown: vec!["A".to_owned()] }),
            (1, CaseOutcome::Malformed("torn".to_owned())),
            (2, CaseOutcome::Built(vec![("A".to_owned(), "b".to_owned())])),
        ];
        assert_eq!(parse(printed), BTreeMap::from(expected));
    }
}
