//! Maps: objects whose names are not documented.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::MapAccess;

use super::list::ElementSeed;
use super::object::{Object, ObjectVisitor};
use super::{Context, Decode};

impl<T: Decode> Decode for BTreeMap<String, T> {
    const IS_MAP: bool = true;

    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
        context: Context<'_>,
    ) -> Result<Option<Self>, D::Error> {
        let mut value = Self::new();
        let is_there = deserializer.deserialize_any(ObjectVisitor { context, value: &mut value })?;
        Ok(is_there.then_some(value))
    }
}

impl<T: Decode> Object for BTreeMap<String, T> {
    const EXPECTED: &'static str = "a map";

    fn read<'de, A: MapAccess<'de>>(&mut self, mut map: A, mut context: Context<'_>) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let seed = ElementSeed { context: context.field(&key), element: PhantomData };
            if let Some(value) = map.next_value_seed(seed)? {
                self.insert(key, value);
            }
            context.count_element()?;
        }
        Ok(())
    }
}
