//! JSON that holds secrets: a tree whose strings are wiped when it is dropped, and errors that quote nothing.
//!
//! `serde_json::Value` would leave its strings in memory, and errors of typed decoding show the value that does not
//! fit. Strings with escapes still leave a copy in a buffer of `serde_json`, but keys have no escapes.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

/// A JSON value. No `Debug`: it holds secrets.
pub(super) enum Json {
    Text(Zeroizing<String>),
    Number(u64),
    Bool(bool),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
    /// `null`, and numbers that are not used.
    Other,
}

/// The place where a text is not JSON. The error does not quote it.
#[derive(Debug)]
pub(super) struct NotJson {
    line: usize,
    column: usize,
}

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "is not valid JSON at line {}, column {}", self.line, self.column)
    }
}

impl Json {
    pub(super) fn parse(text: &[u8]) -> Result<Self, NotJson> {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        serde_json::from_slice(text).map_err(|error| NotJson { line: error.line(), column: error.column() })
    }

    /// Returns a member of an object; the last one of that name, as other parsers do.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().rev().find_map(|(known, value)| (known == name).then_some(value))
    }

    /// Returns a member's string, unless it is empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Self::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// Returns a member's whole number, written as a number or as a string.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        match self.get(name)? {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn bool(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            Self::Bool(value) => Some(*value),
            Self::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Returns a member's elements; none if it is no list.
    pub(super) fn list(&self, name: &str) -> &[Self] {
        match self.get(name) {
            Some(Self::List(elements)) => elements,
            _ => &[],
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(Zeroizing::new(text.to_owned())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = access.next_element()? {
            elements.push(element);
        }
        Ok(Json::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Json;

    #[test]
    fn members_are_read_by_name_and_kind() {
        let json = Json::parse(br#"{"a":"x","n":900,"t":"3600","b":true,"l":[{"a":"y"}],"e":"","z":null}"#)
            .ok()
            .unwrap();
        assert_eq!(
            (json.text("a"), json.text("e"), json.text("z"), json.text("n")),
            (Some("x"), None, None, None)
        );
        assert_eq!((json.number("n"), json.number("t"), json.number("a")), (Some(900), Some(3600), None));
        assert_eq!(json.bool("b"), Some(true));
        assert_eq!(json.list("l").first().and_then(|element| element.text("a")), Some("y"));
    }

    #[test]
    fn the_last_of_two_members_of_a_name_counts() {
        let json = Json::parse(br#"{"a":"x","a":"y"}"#).ok().unwrap();
        assert_eq!(json.text("a"), Some("y"));
    }

    #[test]
    fn an_error_names_the_place_and_quotes_nothing() {
        let error = Json::parse(b"{\n  \"access_key_secret\": \"hush\",,\n}").err().unwrap();
        assert_eq!(error.to_string(), "is not valid JSON at line 2, column 31");
    }

    #[test]
    fn nesting_is_bounded() {
        assert!(Json::parse("[".repeat(100_000).as_bytes()).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = Json::parse(&bytes);
        }
    }
}
