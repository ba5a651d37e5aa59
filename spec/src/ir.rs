//! The spec as a file: JSON that people read and review, stable to the byte.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::{Operation, SharedType};

/// Writes an operation as JSON: two spaces of indentation, fields in the order of the model and the page, absent facts
/// left out, a newline at the end.
///
/// The same operation always produces the same bytes, and [`from_json`] restores it.
///
/// ```
/// use ccc_spec::{ir, model::{Field, Links, Operation, Samples, Shape, Style}};
///
/// let operation = Operation {
///     product: "CCC".to_owned(),
///     version: "2020-07-01".to_owned(),
///     style: Style::Rpc,
///     action: "Ping".to_owned(),
///     title: "Ping".to_owned(),
///     summary: String::new(),
///     english: String::new(),
///     safe_to_repeat: false,
///     request: vec![],
///     response: vec![Field::new("RequestId", Shape::string())],
///     errors: vec![],
///     samples: Samples::default(),
///     links: Links::default(),
/// };
/// let json = ir::to_json(&operation);
/// assert!(json.contains("{\n      \"name\": \"RequestId\",\n      \"type\": \"String\"\n    }"));
/// assert_eq!(ir::from_json(&json)?, operation);
/// # Ok::<(), ir::IrError>(())
/// ```
#[must_use]
pub fn to_json(operation: &Operation) -> String {
    write(operation)
}

/// Writes a shared type as JSON, as [`to_json`] does.
///
/// ```
/// use ccc_spec::{ir, model::{Shape, SharedType}};
///
/// let state = SharedType {
///     name: "UserState".to_owned(),
///     called: "UserState".to_owned(),
///     operations: vec!["GetUser".to_owned()],
///     description: String::new(),
///     english: String::new(),
///     shape: Shape::string(),
/// };
/// assert_eq!(ir::type_from_json(&ir::type_to_json(&state))?, state);
/// # Ok::<(), ir::IrError>(())
/// ```
#[must_use]
pub fn type_to_json(shared: &SharedType) -> String {
    write(shared)
}

#[expect(
    clippy::expect_used,
    reason = "every key of the model is a string and no value of it can fail to serialise"
)]
fn write(part: &impl Serialize) -> String {
    let mut json = serde_json::to_string_pretty(part).expect("the model serialises");
    json.push('\n');
    json
}

/// Reads an operation that [`to_json`] wrote.
///
/// # Errors
///
/// Fails if the text is not JSON or not an operation. The error names the line, the column and the remedy.
pub fn from_json(json: &str) -> Result<Operation, IrError> {
    read(json)
}

/// Reads a shared type that [`type_to_json`] wrote.
///
/// # Errors
///
/// Fails if the text is not JSON or not a shared type. The error names the line, the column and the remedy.
pub fn type_from_json(json: &str) -> Result<SharedType, IrError> {
    read(json)
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, IrError> {
    serde_json::from_str(json).map_err(|error| {
        let whole = error.to_string();
        // The position is removed from the message, because the two are shown separately.
        let place = format!(" at line {} column {}", error.line(), error.column());
        let problem = whole.strip_suffix(&place).unwrap_or(&whole).to_owned();
        IrError { line: error.line(), column: error.column(), problem }
    })
}

/// The reason why a text is not a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IrError {
    line: usize,
    column: usize,
    problem: String,
}

impl IrError {
    /// Returns the line of the problem, from 1; 0 if it is the whole text.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the column of the problem in bytes, from 1; 0 if it is the whole line.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl std::fmt::Display for IrError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { line, column, problem } = self;
        write!(
            f,
            "line {line}, column {column}: {problem}; the spec is generated, so do not mend it by hand: \
             write it anew with `cargo xtask regen`"
        )
    }
}

impl std::error::Error for IrError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_place_and_what_to_do() {
        let error = from_json("{\n  \"product\": 1\n}").unwrap_err();
        assert_eq!((error.line(), error.column()), (2, 14));
        let text = error.to_string();
        assert!(
            text.starts_with("line 2, column 14: invalid type: integer `1`, expected a string;"),
            "{text}"
        );
        assert!(text.ends_with("`cargo xtask regen`"), "{text}");
    }

    #[test]
    fn a_text_that_ends_early_is_an_error() {
        assert!(from_json("").is_err());
        assert!(from_json("{\"product\": \"CCC\"").unwrap_err().to_string().contains("EOF"));
    }
}
