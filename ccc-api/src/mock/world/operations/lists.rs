//! Lists in parameters: ids, and skill levels by id.

use std::collections::{BTreeMap, BTreeSet};

use acs_mock::Refused;
use serde_json::Value;

use super::super::parameters::Parameters;
use super::super::refusals;

/// The most skill levels that a request may give.
const MOST_LEVELS: usize = 100;

/// Parses a list of ids, each once. Refuses an empty list.
pub(super) fn ids(parameters: Parameters<'_>, name: &str) -> Result<BTreeSet<String>, Refused> {
    let ids = BTreeSet::from_iter(parameters.list(name));
    if ids.is_empty() { Err(refusals::empty(name)) } else { Ok(ids) }
}

/// Parses a list of ids of RAM users, each once. Refuses an empty list.
pub(super) fn ram_ids(parameters: Parameters<'_>, name: &str) -> Result<BTreeSet<i64>, Refused> {
    let read = |id: &String| id.parse().ok().filter(|id| *id > 0);
    let read: Option<_> = ids(parameters, name)?.iter().map(read).collect();
    read.ok_or_else(|| refusals::format(name, "It must be a JSON list of the ids of RAM users."))
}

/// Parses skill levels, by the ids in `key`: a JSON list of objects with `key` and `skillLevel`. It may be empty.
pub(super) fn levels(
    parameters: Parameters<'_>,
    name: &str,
    key: &str,
) -> Result<BTreeMap<String, i64>, Refused> {
    let malformed =
        || refusals::format(name, &format!("It must be a JSON list of objects with {key} and skillLevel."));
    if parameters.get(name).is_none() {
        return Ok(BTreeMap::new());
    }
    let Some(Value::Array(elements)) = parameters.json(name) else { return Err(malformed()) };
    if elements.len() > MOST_LEVELS {
        return Err(refusals::maximum(name, &MOST_LEVELS.to_string()));
    }
    let read = |element: &Value| {
        let id = element.get(key).and_then(Value::as_str).filter(|id| !id.is_empty());
        let level = element.get("skillLevel");
        let level = level.and_then(|level| level.as_i64().or_else(|| level.as_str()?.parse().ok()));
        match (id, level) {
            (Some(_), Some(..=0)) => Err(refusals::minimum("skillLevel", "1")),
            (Some(_), Some(11..)) => Err(refusals::maximum("skillLevel", "10")),
            (Some(id), Some(level)) => Ok((id.to_owned(), level)),
            _ => Err(malformed()),
        }
    };
    elements.iter().map(read).collect()
}

/// Parses skill levels as [`levels`] does. Refuses an empty list.
pub(super) fn required_levels(
    parameters: Parameters<'_>,
    name: &str,
    key: &str,
) -> Result<BTreeMap<String, i64>, Refused> {
    let levels = levels(parameters, name, key)?;
    if levels.is_empty() { Err(refusals::minimum(name, "1")) } else { Ok(levels) }
}
