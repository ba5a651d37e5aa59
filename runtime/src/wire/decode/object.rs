//! Structures and maps: objects, and the other forms in which services send them.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::text::{json_inside, nested};
use super::{Context, Decode, Unfit};

/// A value that is an object on the wire.
pub(super) trait Object: Decode + Default {
    /// Names the expected kind of value, for notes.
    const EXPECTED: &'static str;

    /// Reads an object into a new value.
    fn read<'de, A: MapAccess<'de>>(&mut self, map: A, context: Context<'_>) -> Result<(), A::Error>;
}

/// Reads an object, or a string that holds one, into a new value. Tells whether there was one.
pub(super) struct ObjectVisitor<'c, 'v, T> {
    pub(super) context: Context<'c>,
    pub(super) value: &'v mut T,
}

impl<T: Object> ObjectVisitor<'_, '_, T> {
    fn unfit<E>(mut self, found: Unfit) -> Result<bool, E> {
        self.context.unfit(found, T::EXPECTED);
        Ok(false)
    }
}

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<'_, '_, T> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<bool, A::Error> {
        self.value.read(map, self.context)?;
        Ok(true)
    }

    fn visit_str<E: serde::de::Error>(mut self, text: &str) -> Result<bool, E> {
        match json_inside(text) {
            Some(json) if json.starts_with('{') => {
                *self.value = nested(json, self.context.again())?.unwrap_or_default();
                Ok(true)
            }
            _ if text.trim().is_empty() => Ok(false),
            _ => self.unfit(Unfit::text(text)),
        }
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<bool, A::Error> {
        // Some languages write an empty object as an empty list.
        if list.next_element::<IgnoredAny>()?.is_none() {
            return Ok(false);
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        self.unfit(Unfit::List)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        self.unfit(Unfit::Boolean)
    }

    fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
        self.unfit(Unfit::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        self.unfit(Unfit::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        self.unfit(Unfit::Number)
    }
}
