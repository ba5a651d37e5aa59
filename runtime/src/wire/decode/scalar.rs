//! Strings, numbers, truth values and open enums, and the other forms in which services send them.

use std::fmt;

use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use serde_json::value::RawValue;

use super::{Context, Decode};

/// The kind of a value that does not fit, never the value itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// Text.
    Text,
    /// The Chinese word for "none", which samples in the documents have where a value is absent.
    NoneWord,
    /// A number of the wrong kind.
    Number,
    /// A number too large or too small.
    OutOfRange,
    /// `true` or `false`.
    Boolean,
    /// A list.
    List,
    /// An object.
    Object,
}

impl Unfit {
    /// Names the kind of a text that does not fit.
    pub(super) fn text(text: &str) -> Self {
        if text.trim() == "无" { Self::NoneWord } else { Self::Text }
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::NoneWord => "the word for none",
            Self::Number => "a number",
            Self::OutOfRange => "a number out of range",
            Self::Boolean => "a truth value",
            Self::List => "a list",
            Self::Object => "an object",
        })
    }
}

/// A value without parts.
pub(super) trait Scalar: Sized {
    /// Names the expected kind of value, for notes: "… where {this} is expected".
    const EXPECTED: &'static str;

    /// Parses a string; `Ok(None)` means no value.
    ///
    /// # Errors
    ///
    /// The kind of value that was found instead.
    fn from_text(text: &str) -> Result<Option<Self>, Unfit>;

    /// Converts a number; `Ok(None)` means no value.
    ///
    /// # Errors
    ///
    /// The kind of value that was found instead.
    fn from_number(number: &Number) -> Result<Option<Self>, Unfit>;

    /// Converts a truth value, which most types refuse.
    ///
    /// # Errors
    ///
    /// The kind of value that was found instead.
    fn from_bool(_: bool) -> Result<Option<Self>, Unfit> {
        Err(Unfit::Boolean)
    }
}

/// A place for a scalar. Its type is hidden, so the code that reads JSON is compiled once.
trait Slot {
    fn expected(&self) -> &'static str;
    fn take_text(&mut self, text: &str) -> Result<(), Unfit>;
    fn take_number(&mut self, number: &Number) -> Result<(), Unfit>;
    fn take_bool(&mut self, value: bool) -> Result<(), Unfit>;
}

impl<T: Scalar> Slot for Option<T> {
    fn expected(&self) -> &'static str {
        T::EXPECTED
    }

    fn take_text(&mut self, text: &str) -> Result<(), Unfit> {
        *self = T::from_text(text)?;
        Ok(())
    }

    fn take_number(&mut self, number: &Number) -> Result<(), Unfit> {
        *self = T::from_number(number)?;
        Ok(())
    }

    fn take_bool(&mut self, value: bool) -> Result<(), Unfit> {
        *self = T::from_bool(value)?;
        Ok(())
    }
}

/// A value that can be made from every string: `String` or an open enum. Numbers and truth values count as strings.
struct Text<T>(T);

impl<T: for<'t> From<&'t str>> Scalar for Text<T> {
    const EXPECTED: &'static str = "text";

    fn from_text(text: &str) -> Result<Option<Self>, Unfit> {
        Ok(Some(Self(T::from(text))))
    }

    fn from_number(number: &Number) -> Result<Option<Self>, Unfit> {
        Self::from_text(&number.to_string())
    }

    fn from_bool(value: bool) -> Result<Option<Self>, Unfit> {
        Self::from_text(if value { "true" } else { "false" })
    }
}

/// Decodes a value that can be made from every string; for the derive `OpenEnum`.
///
/// # Errors
///
/// If the JSON itself is broken.
pub fn decode_text<'de, T, D>(deserializer: D, context: Context<'_>) -> Result<Option<T>, D::Error>
where
    T: for<'t> From<&'t str>,
    D: Deserializer<'de>,
{
    let mut value: Option<Text<T>> = None;
    deserializer.deserialize_any(ScalarVisitor { context, slot: &mut value })?;
    Ok(value.map(|Text(value)| value))
}

impl Decode for String {
    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
        context: Context<'_>,
    ) -> Result<Option<Self>, D::Error> {
        decode_text(deserializer, context)
    }
}

impl Scalar for bool {
    const EXPECTED: &'static str = "a truth value";

    fn from_text(text: &str) -> Result<Option<Self>, Unfit> {
        match text.trim() {
            "" => Ok(None),
            word if word.eq_ignore_ascii_case("true") => Ok(Some(true)),
            word if word.eq_ignore_ascii_case("false") => Ok(Some(false)),
            _ => Err(Unfit::text(text)),
        }
    }

    fn from_number(_: &Number) -> Result<Option<Self>, Unfit> {
        Err(Unfit::Number)
    }

    fn from_bool(value: bool) -> Result<Option<Self>, Unfit> {
        Ok(Some(value))
    }
}

impl Scalar for i64 {
    const EXPECTED: &'static str = "a 64-bit whole number";

    fn from_text(text: &str) -> Result<Option<Self>, Unfit> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse() {
            Ok(whole) => Ok(Some(whole)),
            Err(_) => whole(f64::from_text(text)?.ok_or(Unfit::Text)?).map(Some),
        }
    }

    fn from_number(number: &Number) -> Result<Option<Self>, Unfit> {
        match number.as_i64() {
            Some(whole) => Ok(Some(whole)),
            None if number.is_u64() => Err(Unfit::OutOfRange),
            None => whole(number.as_f64().ok_or(Unfit::OutOfRange)?).map(Some),
        }
    }
}

impl Scalar for i32 {
    const EXPECTED: &'static str = "a 32-bit whole number";

    fn from_text(text: &str) -> Result<Option<Self>, Unfit> {
        i64::from_text(text)?.map(narrow).transpose()
    }

    fn from_number(number: &Number) -> Result<Option<Self>, Unfit> {
        i64::from_number(number)?.map(narrow).transpose()
    }
}

impl Scalar for f64 {
    const EXPECTED: &'static str = "a number";

    fn from_text(text: &str) -> Result<Option<Self>, Unfit> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse::<Self>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            // Rust also parses `inf` and `nan`, which are no numbers to a service and hold no digit.
            Ok(_) if text.bytes().any(|byte| byte.is_ascii_digit()) => Err(Unfit::OutOfRange),
            _ => Err(Unfit::text(text)),
        }
    }

    fn from_number(number: &Number) -> Result<Option<Self>, Unfit> {
        number.as_f64().filter(|number| number.is_finite()).map(Some).ok_or(Unfit::OutOfRange)
    }
}

/// Converts a number without a fraction.
fn whole(number: f64) -> Result<i64, Unfit> {
    /// 2^63, the first number above `i64`; exact as a float.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if number.fract() != 0.0 {
        Err(Unfit::Number)
    } else if (-LIMIT..LIMIT).contains(&number) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "has no fraction and lies within the type's range"
        )]
        Ok(number as i64)
    } else {
        Err(Unfit::OutOfRange)
    }
}

fn narrow(number: i64) -> Result<i32, Unfit> {
    i32::try_from(number).map_err(|_| Unfit::OutOfRange)
}

macro_rules! decode_as_scalar {
    ($($scalar:ty),*) => {$(
        impl Decode for $scalar {
            fn decode<'de, D: Deserializer<'de>>(
                deserializer: D,
                context: Context<'_>,
            ) -> Result<Option<Self>, D::Error> {
                let mut value: Option<Self> = None;
                deserializer.deserialize_any(ScalarVisitor { context, slot: &mut value })?;
                Ok(value)
            }
        }
    )*};
}

decode_as_scalar!(bool, i32, i64, f64);

/// Reads any JSON value as it stands; null is absent.
impl Decode for serde_json::Value {
    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
        mut context: Context<'_>,
    ) -> Result<Option<Self>, D::Error> {
        let raw: &RawValue = serde::Deserialize::deserialize(deserializer)?;
        match serde_json::from_str(raw.get()) {
            Ok(Self::Null) => Ok(None),
            Ok(value) => Ok(Some(value)),
            Err(_) => {
                context.note("a value that nests too deep");
                Ok(None)
            }
        }
    }
}

struct ScalarVisitor<'c, 's> {
    context: Context<'c>,
    slot: &'s mut dyn Slot,
}

impl ScalarVisitor<'_, '_> {
    fn settle<E>(mut self, fit: Result<(), Unfit>) -> Result<(), E> {
        if let Err(found) = fit {
            self.context.unfit(found, self.slot.expected());
        }
        Ok(())
    }
}

/// The key under which `serde_json` gives numbers if an application enables its feature `arbitrary_precision`.
pub(super) const NUMBER_TOKEN: &str = "$serde_json::private::Number";

impl<'de> Visitor<'de> for ScalarVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slot.expected())
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        let fit = self.slot.take_text(text);
        self.settle(fit)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        let fit = self.slot.take_bool(value);
        self.settle(fit)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        let fit = self.slot.take_number(&number.into());
        self.settle(fit)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        let fit = self.slot.take_number(&number.into());
        self.settle(fit)
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        let number = Number::from_f64(number).ok_or(Unfit::OutOfRange);
        let fit = number.and_then(|number| self.slot.take_number(&number));
        self.settle(fit)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        self.settle(Err(Unfit::List))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fit = Err(Unfit::Object);
        while let Some(key) = map.next_key::<String>()? {
            if key == NUMBER_TOKEN {
                fit = self.slot.take_text(&map.next_value::<String>()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        self.settle(fit)
    }
}
