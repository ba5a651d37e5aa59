//! Writes each type of value, flat and as JSON.

use std::collections::BTreeMap;

use super::ParameterList;
use super::json::{write_json_list, write_json_object, write_json_text};

/// A value of a request parameter.
///
/// The derives `Parameters` and `OpenEnum` implement it for structures and enums.
pub trait ParameterValue {
    /// Writes the value at the current place of the list.
    fn write_value<'a>(&'a self, list: &mut ParameterList<'a>);

    /// Appends the value as compact JSON; characters other than ASCII stay as they are.
    fn write_json(&self, json: &mut String);

    /// Tells whether there is nothing to send.
    fn is_absent(&self) -> bool {
        false
    }
}

impl ParameterValue for str {
    fn write_value<'a>(&'a self, list: &mut ParameterList<'a>) {
        list.text(self);
    }

    fn write_json(&self, json: &mut String) {
        write_json_text(self, json);
    }
}

impl ParameterValue for String {
    fn write_value<'a>(&'a self, list: &mut ParameterList<'a>) {
        list.text(self.as_str());
    }

    fn write_json(&self, json: &mut String) {
        write_json_text(self, json);
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl ParameterValue for $number {
            fn write_value<'a>(&'a self, list: &mut ParameterList<'a>) {
                list.text(self.to_string());
            }

            fn write_json(&self, json: &mut String) {
                json.push_str(&self.to_string());
            }
        }
    )*};
}

numbers!(i32, i64);

impl ParameterValue for f64 {
    fn write_value<'a>(&'a self, list: &mut ParameterList<'a>) {
        list.text(self.to_string());
    }

    fn write_json(&self, json: &mut String) {
        // JSON has neither infinity nor "not a number": they become null.
        json.push_str(&serde_json::Value::from(*self).to_string());
    }
}

impl ParameterValue for bool {
    fn write_value<'a>(&'a self, list: &mut ParameterList<'a>) {
        list.text(if *self { "true" } else { "false" });
    }

    fn write_json(&self, json: &mut String) {
        json.push_str(if *self { "true" } else { "false" });
    }
}

impl ParameterValue for serde_json::Value {
    fn write_value<'a>(&'a self, list: &mut ParameterList<'a>) {
        match self {
            Self::Null => {}
            Self::String(text) => list.text(text.as_str()),
            other => list.text(other.to_string()),
        }
    }

    fn write_json(&self, json: &mut String) {
        json.push_str(&self.to_string());
    }

    fn is_absent(&self) -> bool {
        self.is_null()
    }
}

impl<T: ParameterValue> ParameterValue for Option<T> {
    fn write_value<'a>(&'a self, list: &mut ParameterList<'a>) {
        if let Some(value) = self {
            value.write_value(list);
        }
    }

    fn write_json(&self, json: &mut String) {
        match self {
            Some(value) => value.write_json(json),
            None => json.push_str("null"),
        }
    }

    fn is_absent(&self) -> bool {
        self.as_ref().is_none_or(ParameterValue::is_absent)
    }
}

impl<T: ParameterValue> ParameterValue for Vec<T> {
    fn write_value<'a>(&'a self, list: &mut ParameterList<'a>) {
        for (index, value) in self.iter().enumerate() {
            list.element(index, value);
        }
    }

    fn write_json(&self, json: &mut String) {
        write_json_list(self, json);
    }
}

impl<T: ParameterValue> ParameterValue for BTreeMap<String, T> {
    fn write_value<'a>(&'a self, list: &mut ParameterList<'a>) {
        for (key, value) in self {
            list.entry(key, value);
        }
    }

    fn write_json(&self, json: &mut String) {
        write_json_object(self.iter().map(|(key, value)| (key.as_str(), value as &dyn ParameterValue)), json);
    }
}
