//! Tells whether a response holds data: fields with something in them, besides the envelope.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Envelope;

/// Which data a response holds besides the envelope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Data {
    /// Whether it has a field that the operation documents.
    pub(crate) documented: bool,
    /// Whether it has such a field, or any field if the operation documents none.
    pub(crate) any: bool,
}

/// Looks through the top level of a response.
pub(super) struct DataSeed {
    pub(super) fields: &'static [&'static str],
}

impl<'de> DeserializeSeed<'de> for DataSeed {
    type Value = Data;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Data, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for DataSeed {
    type Value = Data;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a response")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data, A::Error> {
        let is_envelope =
            |name: &str| name.eq_ignore_ascii_case(STATUS) || Envelope::place_of(name).is_some();
        let is_documented = |name: &str| self.fields.iter().any(|field| field.eq_ignore_ascii_case(name));
        let data_is_documented = self.fields.iter().any(|field| !is_envelope(field));
        let mut data = Data::default();
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            let value: &RawValue = map.next_value()?;
            if !is_envelope(&name) && !is_empty(value.get()) {
                let documented = is_documented(&name);
                data.documented |= documented;
                data.any |= documented || !data_is_documented;
            }
        }
        Ok(data)
    }
}

/// A copy of the HTTP status that some responses hold.
const STATUS: &str = "HttpStatusCode";

/// Tells whether a value is empty.
fn is_empty(json: &str) -> bool {
    match json {
        "null" | "false" | "\"\"" => true,
        _ => {
            let inside = json.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            let inside = inside.or_else(|| json.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')));
            inside.is_some_and(|inside| inside.trim().is_empty())
        }
    }
}
