//! Maps: objects whose names the documents do not fix, or the text of one.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::list::ElementSeed;
use super::text::{json_inside, nested};
use super::{Context, Decode, Unfit};

impl<T: Decode> Decode for BTreeMap<String, T> {
    const IS_MAP: bool = true;

    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
        context: Context<'_>,
    ) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(MapVisitor { context, value: PhantomData })
    }
}

struct MapVisitor<'c, T> {
    context: Context<'c>,
    value: PhantomData<T>,
}

impl<T> MapVisitor<'_, T> {
    fn unfit<E>(mut self, found: Unfit) -> Result<Option<BTreeMap<String, T>>, E> {
        self.context.unfit(found, "a map");
        Ok(None)
    }
}

impl<'de, T: Decode> Visitor<'de> for MapVisitor<'_, T> {
    type Value = Option<BTreeMap<String, T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            let seed = ElementSeed { context: self.context.field(&key), element: PhantomData };
            if let Some(value) = map.next_value_seed(seed)? {
                values.insert(key, value);
            }
            self.context.count_element()?;
        }
        Ok(Some(values))
    }

    fn visit_str<E: serde::de::Error>(mut self, text: &str) -> Result<Self::Value, E> {
        match json_inside(text) {
            Some(json) if json.starts_with('{') => nested(json, self.context.again()),
            _ if text.trim().is_empty() => Ok(None),
            _ => self.unfit(Unfit::text(text)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        // An empty list is how some languages write an empty object.
        if list.next_element::<IgnoredAny>()?.is_none() {
            return Ok(None);
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        self.unfit(Unfit::List)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        self.unfit(Unfit::Boolean)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        self.unfit(Unfit::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        self.unfit(Unfit::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        self.unfit(Unfit::Number)
    }
}
