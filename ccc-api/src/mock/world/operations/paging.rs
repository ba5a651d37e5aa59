//! Paging and searching of lists.

use serde_json::{Value, json};

use super::super::parameters::Parameters;

/// Returns the page of a list that a request asks for, with items converted by `to_json`. A page beyond the end is empty.
pub(super) fn page<T>(
    parameters: Parameters<'_>,
    items: impl IntoIterator<Item = T>,
    to_json: impl FnMut(T) -> Value,
) -> Value {
    let positive = |name, otherwise| parameters.integer(name).filter(|value| *value > 0).unwrap_or(otherwise);
    let (number, size) = (positive("PageNumber", 1), positive("PageSize", 10));
    let items: Vec<T> = items.into_iter().collect();
    let total = items.len();
    let skipped = usize::try_from((number - 1).saturating_mul(size)).unwrap_or(usize::MAX);
    let taken = usize::try_from(size).unwrap_or(usize::MAX);
    let list: Vec<_> = items.into_iter().skip(skipped).take(taken).map(to_json).collect();
    json!({ "List": list, "PageNumber": number, "PageSize": size, "TotalCount": total })
}

/// Whether one of these texts contains the request's `SearchPattern`, in any letter case. Without a pattern, all match.
pub(super) fn matches(parameters: Parameters<'_>, texts: &[&str]) -> bool {
    let Some(pattern) = parameters.get("SearchPattern") else { return true };
    let pattern = pattern.to_lowercase();
    texts.iter().any(|text| text.to_lowercase().contains(&pattern))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(given: &[(&str, &str)]) -> std::collections::BTreeMap<String, String> {
        given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn page_of_seven(number: &str, size: &str) -> Value {
        let asked = texts(&[("PageNumber", number), ("PageSize", size)]);
        page(Parameters(&asked), 1..=7, Value::from)
    }

    #[test]
    fn last_page_has_the_rest_and_the_total_of_all() {
        let wanted = json!({"List": [7], "PageNumber": 3, "PageSize": 3, "TotalCount": 7});
        assert_eq!(page_of_seven("3", "3"), wanted);
    }

    #[test]
    fn page_beyond_the_end_is_empty() {
        let wanted = json!({"List": [], "PageNumber": 4, "PageSize": 3, "TotalCount": 7});
        assert_eq!(page_of_seven("4", "3"), wanted);
        assert_eq!(page_of_seven(&i64::MAX.to_string(), "100")["List"], json!([]));
    }

    #[test]
    fn pattern_is_found_in_either_text_whatever_its_case() {
        let asked = texts(&[("SearchPattern", "SUP")]);
        assert!(matches(Parameters(&asked), &["sales", "Support"]));
        assert!(!matches(Parameters(&asked), &["sales", "orders"]));
    }
}
