//! Open enums, from strings with documented values.

use ccc_spec::model::EnumValue;

use super::docs::Description;
use super::names::{Identifier, Role, distinct};
use super::{EnumPlan, Side, VariantPlan, docs};

/// Plans the enum `name`, which pages call `wire`.
pub(super) fn plan(
    name: Identifier,
    wire: &str,
    side: Side,
    description: Description<'_>,
    values: &[EnumValue],
) -> EnumPlan {
    let names: Vec<String> = values.iter().map(|value| speakable(&value.value)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let variants = values
        .iter()
        .zip(distinct(Role::Value, &names))
        .map(|(value, name)| VariantPlan {
            name,
            value: value.value.clone(),
            also: value.also.clone(),
            docs: docs::value(value),
        })
        .collect();
    EnumPlan { name, side, docs: docs::open_enum(wire, description, values), variants }
}

/// Replaces characters that Rust names cannot have by words, so that similar values get different names.
fn speakable(value: &str) -> String {
    if value.is_empty() {
        return "Empty".to_owned();
    }
    match value.strip_prefix('-') {
        Some(number) if number.starts_with(|first: char| first.is_ascii_digit()) => format!("Minus {number}"),
        _ => value.replace('*', " Asterisk ").replace('+', " Plus ").replace('%', " Percent "),
    }
}

#[cfg(test)]
mod tests {
    use super::{Description, plan};
    use crate::fixtures::one_of;
    use crate::plan::Side;
    use crate::plan::names::{Role, Scope};
    use ccc_spec::model::Shape;

    #[test]
    fn values_that_look_alike_in_rust_stay_distinct() {
        let Shape::String { values } = one_of(["", "-1", "1", "+1", "ready", "READY", "*"]) else { return };
        let name = Scope::default().claim(Role::Type, &["Level"]);
        let names: Vec<_> =
            plan(name, "Level", Side::Response, Description { english: "", page: "" }, &values)
                .variants
                .iter()
                .map(|variant| variant.name.as_str().to_owned())
                .collect();
        assert_eq!(names, ["Empty", "Minus1", "Value1", "Plus1", "Ready2", "Ready", "Asterisk"]);
    }
}
