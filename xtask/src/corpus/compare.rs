//! Compares the parameters of a documented request with those that the built one sends.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Lists the parameters that only one of the two has, or that differ in value. Parameters below `filled_in` are ignored:
/// they fill in for what the page leaves out.
pub(crate) fn differences(
    documented: &Map<String, Value>,
    built: &[(String, String)],
    filled_in: &[String],
) -> Vec<String> {
    let mut wanted = BTreeMap::new();
    flatten("", &Value::Object(documented.clone()), &mut wanted);
    let mut different = Vec::new();
    for (name, value) in built {
        match wanted.remove(name) {
            Some(documented) if is_same(&documented, value) => {}
            Some(documented) => different.push(format!("{name}: {documented:?} became {value:?}")),
            None if is_below(name, filled_in) => {}
            None => different.push(format!("{name}: sent, but not documented so")),
        }
    }
    different.extend(wanted.into_iter().map(|(name, value)| format!("{name}: {value:?} is not sent")));
    different
}

fn flatten(name: &str, value: &Value, flat: &mut BTreeMap<String, String>) {
    let below = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") };
    match value {
        Value::Object(members) => members.iter().for_each(|(part, value)| flatten(&below(part), value, flat)),
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                flatten(&below(&(index + 1).to_string()), value, flat);
            }
        }
        Value::String(text) => drop(flat.insert(name.to_owned(), text.clone())),
        other => drop(flat.insert(name.to_owned(), other.to_string())),
    }
}

/// Whether two values are equal: as texts, numbers, booleans or JSON.
fn is_same(documented: &str, built: &str) -> bool {
    let documented = documented.trim();
    let number = |text: &str| text.parse::<f64>().ok();
    documented == built
        || documented.eq_ignore_ascii_case(built) && matches!(built, "true" | "false")
        || number(documented).is_some_and(|one| number(built) == Some(one))
        || serde_json::from_str::<Value>(documented)
            .is_ok_and(|one| serde_json::from_str(built).is_ok_and(|other: Value| one == other))
}

fn is_below(name: &str, filled_in: &[String]) -> bool {
    filled_in.iter().any(|filled| {
        name.strip_prefix(filled.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn compared(documented: &Value, built: &[(&str, &str)]) -> Vec<String> {
        let built: Vec<_> =
            built.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        differences(documented.as_object().unwrap(), &built, &["Made".to_owned()])
    }

    #[test]
    fn the_same_in_another_spelling_is_the_same() {
        let documented = json!({ "Tag": [{ "Key": "a" }], "On": "True", "Of": "[1, 2]", "At": "1.0" });
        let built = [("Tag.1.Key", "a"), ("On", "true"), ("Of", "[1,2]"), ("At", "1"), ("Made.1", "up")];
        assert_eq!(compared(&documented, &built), Vec::<String>::new());
    }

    #[test]
    fn what_differs_is_named() {
        let documented = json!({ "A": "1", "B": "2" });
        let expected = ["A: \"1\" became \"3\"", "C: sent, but not documented so", "B: \"2\" is not sent"];
        assert_eq!(compared(&documented, &[("A", "3"), ("C", "4")]), expected);
    }
}
