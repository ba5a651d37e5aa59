//! The canonical query: parameters in the order and encoding that a signature covers.

use crate::text::percent;

/// Sorts parameters by the bytes of their names, encodes them, and joins them as `name=value` with `&`.
///
/// The result is also the query (or form) that is sent. Parameters of the same name are sorted by value.
///
/// ```
/// use acs_runtime::sign::canonical_query;
/// assert_eq!(canonical_query([("b", "2"), ("a", "1 ")]), "a=1%20&b=2");
/// ```
#[must_use]
pub fn canonical_query<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut query = String::new();
    push_canonical_query(&mut query, parameters);
    query
}

/// Appends the canonical query to `out`.
pub(crate) fn push_canonical_query<'a>(
    out: &mut String,
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
) {
    let mut sorted: Vec<_> = parameters.into_iter().collect();
    sorted.sort_unstable();
    // Encoding makes some values longer: a quarter more is usually enough.
    let length: usize = sorted.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
    out.reserve(length + length / 4);
    for (position, (name, value)) in sorted.into_iter().enumerate() {
        if position > 0 {
            out.push('&');
        }
        percent::encode_into(out, name);
        out.push('=');
        percent::encode_into(out, value);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::canonical_query;

    #[test]
    fn names_sort_by_their_raw_bytes() {
        let names = ["a", "Z", "A.10", "A.2", "A", "中"];
        assert_eq!(
            canonical_query(names.map(|name| (name, ""))),
            "A=&A.10=&A.2=&Z=&a=&%E4%B8%AD=",
            "upper case before lower case, `.10` before `.2`, raw bytes and not the encoded ones"
        );
    }

    #[test]
    fn an_empty_value_is_kept() {
        assert_eq!(canonical_query([("Caller", "")]), "Caller=");
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(canonical_query([]), "");
    }

    proptest! {
        #[test]
        fn the_order_of_parameters_does_not_matter(
            pairs in proptest::collection::vec((any::<String>(), any::<String>()), 0..8),
        ) {
            let borrow = |pairs: &[(String, String)]| {
                canonical_query(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            };
            let mut reversed = pairs.clone();
            reversed.reverse();
            prop_assert_eq!(borrow(&pairs), borrow(&reversed));
        }
    }
}
