//! Lists. A list may also come as JSON in a string, as its single element, or inside an object of one field.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::scalar::NUMBER_TOKEN;
use super::text::{json_inside, nested, quoted};
use super::{Context, Decode, Unfit};

impl<T: Decode> Decode for Vec<T> {
    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
        context: Context<'_>,
    ) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(ListVisitor { context, element: PhantomData })
    }
}

struct ListVisitor<'c, T> {
    context: Context<'c>,
    element: PhantomData<T>,
}

impl<T: Decode> ListVisitor<'_, T> {
    /// Reads one element in place of its list.
    fn single<E: serde::de::Error>(mut self, json: &str) -> Result<Option<Vec<T>>, E> {
        Ok(nested(json, self.context.element(0))?.map(|element| vec![element]))
    }
}

impl<'de, T: Decode> Visitor<'de> for ListVisitor<'_, T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        for index in 0_usize.. {
            let noted = self.context.noted();
            let mut place = self.context.element(index);
            match list.next_element_seed(ElementSeed { context: place.again(), element: PhantomData })? {
                None => break,
                Some(Some(value)) => values.push(value),
                Some(None) => {
                    if place.noted() == noted {
                        place.note("nothing where an element is expected");
                    }
                }
            }
            self.context.count_element()?;
        }
        Ok(Some(values))
    }

    fn visit_str<E: serde::de::Error>(mut self, text: &str) -> Result<Self::Value, E> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        if Unfit::text(text) == Unfit::NoneWord {
            self.context.unfit(Unfit::NoneWord, "a list");
            return Ok(None);
        }
        match json_inside(text) {
            Some(json) => nested(json, self.context.again()),
            None => self.single(&quoted(text)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields: Vec<(Cow<'_, str>, &RawValue)> = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == NUMBER_TOKEN {
                return self.single(&map.next_value::<String>()?);
            }
            fields.push((Cow::Owned(key), map.next_value()?));
            self.context.count_element()?;
        }
        if fields.is_empty() {
            return Ok(None);
        }
        match wrapped::<T>(&fields, self.context.wrapper()) {
            Some(position) => {
                let mut list = None;
                for (index, (name, raw)) in fields.iter().enumerate() {
                    if index == position {
                        list = nested(raw.get(), self.context.field(name))?;
                    } else {
                        self.context.unknown(name, raw.get());
                    }
                }
                Ok(list)
            }
            None => self.single(&object(&fields)),
        }
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Self::Value, E> {
        self.single(if value { "true" } else { "false" })
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Self::Value, E> {
        self.single(&number.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
        self.single(&number.to_string())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Self::Value, E> {
        self.single(&serde_json::Value::from(number).to_string())
    }
}

/// Finds the field of an object that holds the list: the documented wrapper, or the only field if no element has it.
fn wrapped<T: Decode>(fields: &[(Cow<'_, str>, &RawValue)], wrapper: Option<&str>) -> Option<usize> {
    if let Some(position) = fields.iter().rposition(|(name, _)| Some(name.as_ref()) == wrapper) {
        return Some(position);
    }
    match fields {
        [(name, raw)] if !T::FIELDS.contains(&name.as_ref()) => {
            let nests = raw.get().starts_with(['[', '{']);
            // An object with one string may be a map, which is an element and wraps none.
            (nests || T::FIELDS.is_empty() && !T::IS_MAP).then_some(0)
        }
        _ => None,
    }
}

/// Writes an object as JSON again.
fn object(fields: &[(Cow<'_, str>, &RawValue)]) -> String {
    let fields: Vec<String> =
        fields.iter().map(|(name, raw)| format!("{}:{}", quoted(name), raw.get())).collect();
    format!("{{{}}}", fields.join(","))
}

/// Reads one element of a list or map.
pub(super) struct ElementSeed<'c, T> {
    pub(super) context: Context<'c>,
    pub(super) element: PhantomData<T>,
}

impl<'de, T: Decode> DeserializeSeed<'de> for ElementSeed<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::decode(deserializer, self.context)
    }
}
