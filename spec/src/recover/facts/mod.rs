//! Facts: statements of a description about a field's value, besides its shape and its set of values. Each kind of fact
//! has its own function. A fact that the field's own sample contradicts is dropped and reported, because a wrong fact
//! in the spec is worse than a missing one.

mod default;
mod deprecated;
mod format;
mod prose;
mod range;
mod sample;
mod unit;
pub(super) mod words;

pub(super) use format::is_pattern;
use prose::Prose;
pub(super) use sample::Contradiction;

use super::signs::{Sign, Signs};
use crate::model::Side;
use crate::model::{Format, Range, Shape};

/// Facts about a field's value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) default: Option<String>,
    pub(super) range: Option<Range>,
    pub(super) length: Option<Range>,
    pub(super) unit: Option<String>,
    pub(super) format: Option<Format>,
    pub(super) deprecated: bool,
}

/// Input for reading facts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stated<'a> {
    pub(super) direction: Side,
    /// The last segment of the field's name.
    pub(super) name: &'a str,
    pub(super) shape: &'a Shape,
    pub(super) description: &'a str,
    /// The signs in the description.
    pub(super) signs: Signs,
    pub(super) sample: Option<&'a str>,
}

/// Longest description that is read; a longer one is a document of its own.
const LONGEST: usize = 16 * 1024;

/// Reads the facts of a field. Returns them, and those that its sample contradicts. Takes time linear in the
/// description.
pub(super) fn read(stated: Stated<'_>) -> (Facts, Vec<Contradiction>) {
    if stated.description.len() > LONGEST {
        return (Facts::default(), Vec::new());
    }
    let found = read_by(stated, stated.signs);
    debug_assert_eq!(found, read_by(stated, Signs::all()), "a sign is missing for {:?}", stated.description);
    found
}

/// Reads the facts for which there are signs.
fn read_by(stated: Stated<'_>, signs: Signs) -> (Facts, Vec<Contradiction>) {
    let prose = signs.of_facts().then(|| Prose::new(stated.description));
    let prose = |sign| prose.as_ref().filter(|_| signs.has(sign));
    let deprecated = prose(Sign::Deprecated).is_some_and(deprecated::deprecated);
    let mut facts = Facts { deprecated, ..Facts::default() };
    let is_number = matches!(stated.shape, Shape::Integer | Shape::Long | Shape::Float);
    let is_text = matches!(stated.shape, Shape::String { .. });
    if !is_number && !is_text && *stated.shape != Shape::Boolean {
        return (facts, Vec::new());
    }
    facts.format = format::format(prose(Sign::Format), stated.shape, stated.sample);
    let is_document = facts.format == Some(Format::Json);
    if is_number {
        facts.range = prose(Sign::Range).and_then(|prose| range::range(prose, stated.name));
        facts.unit = prose(Sign::Unit).and_then(unit::unit);
    } else if is_text && !is_document {
        let length = prose(Sign::Length).and_then(|prose| range::length(prose, stated.name));
        facts.length = length.map(|(length, _)| length);
        facts.unit = length.filter(|(_, in_bytes)| *in_bytes).map(|_| "bytes".to_owned());
        let is_number = || stated.sample.is_some_and(|sample| sample.trim().parse::<f64>().is_ok());
        if length.is_none()
            && let Some(prose) = prose(Sign::Unit).filter(|_| is_number())
        {
            facts.unit = unit::unit(prose);
        }
    }
    if stated.direction == Side::Request && !is_document {
        facts.default = prose(Sign::Default).and_then(|prose| default::default(prose, stated.shape));
    }
    // The format of a point in time includes its unit.
    if facts.format.is_some() {
        facts.unit = facts.unit.filter(|_| facts.length.is_some());
    }
    let contradictions = sample::check(&mut facts, stated);
    (facts, contradictions)
}

/// Returns the candidate that all agree on; `None` if they differ.
fn agreed<T: PartialEq>(mut candidates: impl Iterator<Item = T>) -> Option<T> {
    let first = candidates.next()?;
    candidates.all(|other| other == first).then_some(first)
}
