//! One page of a list.

use serde_json::{Value, json};

use super::super::parameters::Parameters;

/// The page that a request asks for, the first ten if it does not say.
pub(super) fn page(items: Vec<Value>, parameters: Parameters<'_>) -> Value {
    page_of(items, parameters, Clone::clone)
}

/// The same, where writing an item is work: those of other pages are not written.
pub(super) fn page_of<T>(items: Vec<T>, parameters: Parameters<'_>, write: impl Fn(&T) -> Value) -> Value {
    let number = parameters.integer("PageNumber").unwrap_or(1).max(1);
    let size = parameters.integer("PageSize").unwrap_or(10).max(1);
    let usize = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    let before = usize(number - 1).saturating_mul(usize(size));
    let list: Vec<_> = items.iter().skip(before).take(usize(size)).map(write).collect();
    json!({ "List": list, "PageNumber": number, "PageSize": size, "TotalCount": items.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn page_with(parameters: &[(&str, &str)]) -> Value {
        let given = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let given: BTreeMap<_, _> = given.collect();
        page((1..=25).map(Value::from).collect(), Parameters(&given))
    }

    #[test]
    fn last_page_has_what_is_left() {
        let wanted =
            json!({ "List": [21, 22, 23, 24, 25], "PageNumber": 3, "PageSize": 10, "TotalCount": 25 });
        assert_eq!(page_with(&[("PageNumber", "3"), ("PageSize", "10")]), wanted);
    }

    #[test]
    fn page_after_the_last_is_empty() {
        assert_eq!(page_with(&[("PageNumber", "4"), ("PageSize", "10")])["List"], json!([]));
    }

    #[test]
    fn first_ten_are_given_unasked() {
        assert_eq!(page_with(&[])["List"], json!([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    }
}
