//! A request: an operation with its parameters, checked against the documentation before anything is sent.

use std::collections::BTreeMap;

use ccc_api::custom::Parameter;
use ccc_api::description::{
    FieldDescription, Kind, OperationDescription, ParameterProblem, Problem, check, unknown_parameters,
};

use crate::catalog;
use crate::exit::Failure;
use crate::text::{name_or, nearest, quoted, same_name};

/// A request that may be sent.
#[derive(Debug)]
pub(crate) struct Request {
    /// The operation.
    pub(crate) action: String,
    /// Its description; `None` if the operation is newer than this program.
    pub(crate) description: Option<&'static OperationDescription>,
    pub(crate) parameters: Vec<Parameter<'static>>,
    /// Differences from the documentation that do not stop the request.
    pub(crate) warnings: Vec<String>,
}

impl Request {
    /// Checks the operation and its parameters against the documentation. Any difference is an error, which lists them all;
    /// if `unchecked` is set, differences are warnings.
    pub(crate) fn new(name: &str, given: Vec<(String, String)>, unchecked: bool) -> Result<Self, Failure> {
        let (description, mut warnings) = match catalog::operation(name) {
            Ok(description) => (Some(description), Vec::new()),
            Err(_) if unchecked => {
                (None, vec![format!("{} is not documented", name_or(name, "the operation"))])
            }
            Err(failure) => return Err(failure),
        };
        let action = description.map_or(name, |operation| operation.action).to_owned();
        let fields = description.map_or(&[][..], |operation| operation.parameters);
        let mut parameters = BTreeMap::new();
        let mut twice = Vec::new();
        for (written, value) in given {
            let name = name_on_the_wire(&written, fields);
            if parameters.insert(name.clone(), value).is_some() {
                twice.push(format!("{} is given twice", name_or(&name, "a parameter")));
            }
        }
        let found = description.map(|operation| problems(operation, &parameters)).unwrap_or_default();
        if unchecked && twice.is_empty() {
            warnings.extend(found);
        } else if !(twice.is_empty() && found.is_empty()) {
            return Err(refused(&action, &[twice, found].concat()));
        }
        let parameters = parameters.into_iter().map(|(name, value)| parameter(name, value, fields)).collect();
        Ok(Self { action, description, parameters, warnings })
    }

    /// Whether the operation may be carried out twice without harm.
    pub(crate) fn is_idempotent(&self) -> bool {
        self.description.is_some_and(|operation| operation.idempotent)
    }

    /// Names the parameters whose values nobody may see: the secret ones, and those without documentation.
    pub(crate) fn secrets(&self) -> Vec<&str> {
        let fields = self.description.map_or(&[][..], |operation| operation.parameters);
        let names = self.parameters.iter().map(Parameter::name);
        names.filter(|name| may_be_secret(name, fields)).collect()
    }

    /// Returns the value of a parameter.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|parameter| parameter.name() == name).map(Parameter::value)
    }
}

/// Makes the failure for a command line with wrong words or parameters.
pub(crate) fn refused(operation: &str, problems: &[String]) -> Failure {
    let operation = name_or(operation, "OPERATION");
    let count = match problems.len() {
        1 => "1 problem with its parameters".to_owned(),
        count => format!("{count} problems with its parameters"),
    };
    let mut text = format!("{operation} was not sent: {count}:\n");
    for problem in problems {
        text.push_str(&format!("  {problem}\n"));
    }
    text.push_str(&format!(
        "`ccc help {operation}` documents them; --unchecked sends parameters and values that are newer than this program"
    ));
    Failure::usage(text)
}

/// Lists the differences between the parameters and the documentation.
fn problems(operation: &OperationDescription, parameters: &BTreeMap<String, String>) -> Vec<String> {
    let wrong = check(operation, parameters).into_iter().map(|found| problem(&found, operation.parameters));
    let unknown = unknown_parameters(operation, parameters).into_iter().map(|name| {
        let nearest = nearest(name, operation.parameters.iter().map(|field| field.name));
        format!("the operation has no parameter {}{nearest}", name_or(name, "of a name that you wrote"))
    });
    wrong.chain(unknown).collect()
}

/// Describes a problem. If the parameter is missing, adds the documented example.
fn problem(found: &ParameterProblem, fields: &[FieldDescription]) -> String {
    let field = fields.iter().find(|field| field.name == found.parameter);
    let absent = matches!(found.problem, Problem::Missing | Problem::Blank);
    match field.and_then(|field| field.sample).filter(|_| absent) {
        Some(sample) => format!("{found}; write for example --{} {}", found.parameter, quoted(sample)),
        None => found.to_string(),
    }
}

/// Returns the documented spelling of a name that is written in another case or with dashes.
fn name_on_the_wire(written: &str, fields: &[FieldDescription]) -> String {
    let (first, rest) = written.split_at(written.find('.').unwrap_or(written.len()));
    let is_exact = fields.iter().any(|field| field.name == first);
    match fields.iter().find(|field| !is_exact && same_name(field.name, first)) {
        Some(field) => format!("{}{rest}", field.name),
        None => written.to_owned(),
    }
}

/// Tells whether the parameter is secret, holds a secret, or is not documented.
fn may_be_secret(name: &str, fields: &[FieldDescription]) -> bool {
    let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
    match fields.iter().find(|field| field.name == first) {
        None => true,
        Some(field) => field.secret || rest.is_some_and(|rest| part_may_be_secret(rest, &field.kind)),
    }
}

/// Tells the same about a part of a parameter, such as `1.Key` of `Tag.1.Key`.
fn part_may_be_secret(rest: &str, kind: &Kind) -> bool {
    match kind {
        Kind::Structure { fields } => may_be_secret(rest, fields),
        Kind::List { element: inner, .. } | Kind::Map { value: inner } => {
            rest.split_once('.').is_some_and(|(_, rest)| part_may_be_secret(rest, inner))
        }
        _ => true,
    }
}

/// Makes a parameter to send. An undocumented parameter counts as sensitive, because its value may be secret.
fn parameter(name: String, value: String, fields: &[FieldDescription]) -> Parameter<'static> {
    let field = fields.iter().find(|field| name.split('.').next() == Some(field.name));
    let parameter = match field {
        Some(FieldDescription { sensitive: false, .. }) => Parameter::new(name, value),
        _ => Parameter::sensitive(name, value),
    };
    if field.is_some_and(|field| field.body) { parameter.in_body() } else { parameter }
}
