//! Facts that an overlay states about a field's value: reads them from keys, and sets them in the spec.

use crate::diagnostic::{Code, Diagnostic};
use crate::diff::Fact;
use crate::model::{Field, Format, Range, Shape};
use crate::source::Span;
use crate::toml_reader::{At, Table};

/// The keys that state a fact.
pub(super) const KEYS: [&str; 6] = ["deprecated", "format", "default", "range", "length", "unit"];
/// The facts of these keys.
const FACTS: [(&str, Fact); 6] = [
    ("deprecated", Fact::Deprecated),
    ("format", Fact::Format),
    ("default", Fact::Default),
    ("range", Fact::Range),
    ("length", Fact::Length),
    ("unit", Fact::Unit),
];
const FORMATS: [(&str, Format); 6] = [
    ("date-time", Format::DateTime),
    ("date", Format::Date),
    ("unix-seconds", Format::UnixSeconds),
    ("unix-milliseconds", Format::UnixMilliseconds),
    ("base64", Format::Base64),
    ("json", Format::Json),
];

/// The correct fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Statement {
    Deprecated,
    Format(Format),
    Default(String),
    Range(Range),
    Length(Range),
    Unit(String),
    /// The fact does not hold, even if the page seems to state it.
    Without(Fact),
}

impl Statement {
    /// Returns the fact that it is about.
    pub(super) fn fact(&self) -> Fact {
        match self {
            Self::Deprecated => Fact::Deprecated,
            Self::Format(_) => Fact::Format,
            Self::Default(_) => Fact::Default,
            Self::Range(_) => Fact::Range,
            Self::Length(_) => Fact::Length,
            Self::Unit(_) => Fact::Unit,
            Self::Without(fact) => *fact,
        }
    }

    /// Sets the fact in a field.
    pub(super) fn set(&self, field: &mut Field) {
        match self {
            Self::Deprecated => field.deprecated = true,
            Self::Format(format) => field.format = Some(*format),
            Self::Default(default) => field.default = Some(default.clone()),
            Self::Range(range) => field.range = Some(*range),
            Self::Length(length) => field.length = Some(*length),
            Self::Unit(unit) => field.unit = Some(unit.clone()),
            Self::Without(Fact::Deprecated) => field.deprecated = false,
            Self::Without(Fact::Format) => field.format = None,
            Self::Without(Fact::Default) => field.default = None,
            Self::Without(Fact::Range) => field.range = None,
            Self::Without(Fact::Length) => field.length = None,
            Self::Without(Fact::Unit) => field.unit = None,
            Self::Without(Fact::AsText) => field.as_text = false,
        }
    }

    /// Returns the reason why values of a shape cannot have this fact; `None` if they can.
    pub(super) fn misfit(&self, shape: &Shape, request: bool) -> Option<String> {
        let is_number = matches!(shape, Shape::Integer | Shape::Long | Shape::Float);
        let is_text = matches!(shape, Shape::String { .. });
        let is_counted = matches!(self, Self::Format(Format::UnixSeconds | Format::UnixMilliseconds));
        let (fits, which) = match self {
            Self::Deprecated | Self::Without(_) => return None,
            Self::Default(_) if !request => {
                return Some("belongs to the response, which has no defaults".to_owned());
            }
            Self::Default(_) => (is_number || is_text || *shape == Shape::Boolean, "scalars have a default"),
            Self::Range(_) => (is_number, "numbers have a range"),
            Self::Length(_) => (is_text, "texts have a length"),
            Self::Unit(_) => (is_number || is_text, "numbers and texts have a unit"),
            Self::Format(_) if is_counted => (is_number || is_text, "numbers and texts are points in time"),
            Self::Format(_) => (is_text, "texts have this format"),
        };
        (!fits).then(|| format!("is a {}, and only {which}", shape.kind()))
    }
}

/// Reads the facts that the keys of a field or an entry state.
pub(super) fn stated(table: &mut Table<'_, '_>) -> Vec<At<Statement>> {
    let mut facts = Vec::new();
    if table.flag("deprecated") {
        facts.extend(at(table, "deprecated", Statement::Deprecated));
    }
    if let Some(format) = table.choice("format", &FORMATS) {
        facts.extend(at(table, "format", Statement::Format(format)));
    }
    if let Some(default) = table.text("default") {
        facts.push(At { value: Statement::Default(default.value), span: default.span });
    }
    facts.extend(range(table, "range").map(|at| At { value: Statement::Range(at.value), span: at.span }));
    facts.extend(range(table, "length").map(|at| At { value: Statement::Length(at.value), span: at.span }));
    if table.value("unit").is_some() {
        let unit = table.needed("unit");
        facts.extend(unit.map(|unit| At { value: Statement::Unit(unit.value), span: unit.span }));
    }
    facts
}

/// Reads the facts that `without` removes.
pub(super) fn denied(table: &mut Table<'_, '_>) -> Vec<At<Statement>> {
    table
        .choices("without", &FACTS)
        .into_iter()
        .map(|At { value, span }| At { value: Statement::Without(value), span })
        .collect()
}

fn at(table: &Table<'_, '_>, key: &str, value: Statement) -> Option<At<Statement>> {
    table.value(key).map(|place| At { value, span: Span::from(place.span()) })
}

/// Reads `{ min = 1, max = 100 }`; one of the two may be missing.
fn range(table: &mut Table<'_, '_>, key: &str) -> Option<At<Range>> {
    let value = table.value(key)?;
    let form = "`{ min = …, max = … }`";
    let mut bounds = Table::new(format!("`{key}`"), form, value, table.log())?;
    let before = bounds.log().len();
    bounds.only(&["min", "max"]);
    let range = Range { min: bounds.number("min"), max: bounds.number("max") };
    let span = bounds.span();
    let is_wrong = bounds.log().len() > before;
    let message = match range {
        _ if is_wrong => return None,
        Range { min: None, max: None } => format!("`{key}` has no bounds"),
        Range { min: Some(min), max: Some(max) } if min > max => {
            format!("nothing lies in `{key}`: {min} is more than {max}")
        }
        _ => return Some(At { value: range, span }),
    };
    bounds.log().push(Diagnostic::new(Code::OverlayKey, span, message).with_help(format!("write {form}")));
    None
}
