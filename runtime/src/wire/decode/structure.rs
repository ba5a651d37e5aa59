//! Structures. Fields are found by name in any case; unknown ones are kept. At the top level, the envelope is read too.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::object::{Object, ObjectVisitor};
use super::{Context, Decode, Envelope};

/// A value with named fields. The derive `Decode` implements it.
pub trait Structure: Default {
    /// Names of the fields on the wire.
    const FIELDS: &'static [&'static str];

    /// Decodes the field at `index` of [`FIELDS`](Self::FIELDS).
    ///
    /// # Errors
    ///
    /// If the JSON itself is broken.
    fn decode_field<'de, D: Deserializer<'de>>(
        &mut self,
        index: usize,
        deserializer: D,
        context: Context<'_>,
    ) -> Result<(), D::Error>;
}

/// Decodes a structure: an object, or a string that holds one.
///
/// # Errors
///
/// If the JSON itself is broken.
pub fn decode_structure<'de, T, D>(deserializer: D, context: Context<'_>) -> Result<Option<T>, D::Error>
where
    T: Structure + Decode,
    D: Deserializer<'de>,
{
    let mut value = T::default();
    let is_there = deserializer.deserialize_any(ObjectVisitor { context, value: &mut value })?;
    Ok(is_there.then_some(value))
}

/// Decodes a structure and replaces this one.
///
/// # Errors
///
/// If the JSON itself is broken.
pub fn decode_structure_over<'de, T, D>(
    value: &mut T,
    deserializer: D,
    context: Context<'_>,
) -> Result<(), D::Error>
where
    T: Structure + Decode,
    D: Deserializer<'de>,
{
    *value = T::default();
    deserializer.deserialize_any(ObjectVisitor { context, value }).map(drop)
}

/// Reads nothing but the envelope of a response.
impl Structure for () {
    const FIELDS: &'static [&'static str] = &[];

    fn decode_field<'de, D: Deserializer<'de>>(
        &mut self,
        _: usize,
        deserializer: D,
        _: Context<'_>,
    ) -> Result<(), D::Error> {
        skip(deserializer)
    }
}

/// Skips a value.
///
/// # Errors
///
/// If the JSON itself is broken.
pub fn skip<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    deserializer.deserialize_ignored_any(IgnoredAny).map(|_| ())
}

impl Decode for () {
    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
        context: Context<'_>,
    ) -> Result<Option<Self>, D::Error> {
        decode_structure(deserializer, context)
    }
}

impl<T: Structure + Decode> Object for T {
    const EXPECTED: &'static str = "a structure";

    fn read<'de, A: MapAccess<'de>>(&mut self, mut map: A, context: Context<'_>) -> Result<(), A::Error> {
        read_fields(&mut map, context, <T as Structure>::FIELDS, self)
    }
}

/// The fields of a structure by index. Its type is hidden, so the code that reads an object is compiled once.
trait Fields<'de, A: MapAccess<'de>> {
    /// Decodes the next value of the object.
    fn decode_next(&mut self, index: usize, map: &mut A, context: Context<'_>) -> Result<(), A::Error>;

    /// Decodes a value from its JSON.
    fn decode_raw(&mut self, index: usize, raw: &RawValue, context: Context<'_>) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>, T: Structure> Fields<'de, A> for T {
    fn decode_next(&mut self, index: usize, map: &mut A, context: Context<'_>) -> Result<(), A::Error> {
        map.next_value_seed(FieldSeed { value: self, index, context })
    }

    fn decode_raw(&mut self, index: usize, raw: &RawValue, context: Context<'_>) -> Result<(), A::Error> {
        let mut json = serde_json::Deserializer::from_str(raw.get());
        self.decode_field(index, &mut json, context).map_err(A::Error::custom)
    }
}

/// Reads an object into the fields with these names.
fn read_fields<'de, A: MapAccess<'de>>(
    map: &mut A,
    mut context: Context<'_>,
    names: &'static [&'static str],
    fields: &mut dyn Fields<'de, A>,
) -> Result<(), A::Error> {
    // Fields that came under their exact names. A name in another case counts only if the exact one did not come
    // before.
    let mut came: u128 = 0;
    let mut came_of_envelope: u128 = 0;
    let mut next = 0;
    while let Some(key) = map.next_key_seed(KeySeed { names, next })? {
        let (name, index) = match &key {
            Key::Known(index) => {
                came |= bit(*index);
                next = index.saturating_add(1);
                (names.get(*index).copied().unwrap_or_default(), Some(*index))
            }
            Key::InOtherCase(name, index) if came & bit(*index) == 0 => (name.as_ref(), Some(*index)),
            Key::InOtherCase(name, _) | Key::Unknown(name) => (name.as_ref(), None),
        };
        // The envelope must not depend on the fields that the structure has.
        if context.is_response()
            && let Some((shared, exactly)) = Envelope::place_of(name)
        {
            // Both the envelope and the structure may have this field, so it is read from its raw text.
            let raw: &RawValue = map.next_value()?;
            if exactly || came_of_envelope & bit(shared) == 0 {
                context.envelope().take(shared, raw)?;
            }
            if exactly {
                came_of_envelope |= bit(shared);
            }
            match index {
                Some(index) => fields.decode_raw(index, raw, context.field(name))?,
                None => context.unknown(name, raw.get()),
            }
        } else if let Some(index) = index {
            fields.decode_next(index, map, context.field(name))?;
        } else {
            let raw: &RawValue = map.next_value()?;
            context.unknown(name, raw.get());
        }
    }
    Ok(())
}

enum Key<'de> {
    Known(usize),
    /// Services do not always spell a name as their pages do.
    InOtherCase(Cow<'de, str>, usize),
    Unknown(Cow<'de, str>),
}

/// Returns the bit of one of the first 128 fields; no structure has nearly as many.
fn bit(index: usize) -> u128 {
    u32::try_from(index).ok().and_then(|index| 1_u128.checked_shl(index)).unwrap_or(0)
}

/// Finds a name among the names of fields.
struct KeySeed {
    names: &'static [&'static str],
    /// The index to expect: fields mostly come in the order of their page.
    next: usize,
}

impl KeySeed {
    fn key<'de>(&self, name: &str, keep: impl FnOnce() -> Cow<'de, str>) -> Key<'de> {
        if self.names.get(self.next) == Some(&name) {
            return Key::Known(self.next);
        }
        if let Some(index) = self.names.iter().position(|field| *field == name) {
            return Key::Known(index);
        }
        match self.names.iter().position(|field| field.eq_ignore_ascii_case(name)) {
            Some(index) => Key::InOtherCase(keep(), index),
            None => Key::Unknown(keep()),
        }
    }
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(self.key(name, || Cow::Borrowed(name)))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.key(name, || Cow::Owned(name.to_owned())))
    }
}

struct FieldSeed<'v, 'c, T> {
    value: &'v mut T,
    index: usize,
    context: Context<'c>,
}

impl<'de, T: Structure> DeserializeSeed<'de> for FieldSeed<'_, '_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.value.decode_field(self.index, deserializer, self.context)
    }
}
