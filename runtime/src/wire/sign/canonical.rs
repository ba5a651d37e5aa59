//! The canonical query: the parameters of a request in the one order and encoding that a signature covers.

use crate::text::percent;

/// The parameters sorted by the bytes of their names, encoded, joined as `name=value` with `&`.
///
/// It serves as the query (or form) that is sent, too. Parameters of the same name keep their order by value.
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
    let sorted = sorted(parameters);
    out.reserve(length(&sorted));
    for (position, (name, value)) in sorted.into_iter().enumerate() {
        if position > 0 {
            out.push('&');
        }
        percent::encode_into(out, name);
        out.push('=');
        percent::encode_into(out, value);
    }
}

/// Appends the canonical query to `out`, and to `again` what encoding it once more gives.
///
/// Both are written text by text: most need no encoding, and the query is not gone through a second time.
pub(crate) fn push_canonical_query_twice<'a>(
    out: &mut String,
    again: &mut String,
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
) {
    let sorted = sorted(parameters);
    let length = length(&sorted);
    out.reserve(length);
    // Enough for whatever keys and tokens look like: what is moved to a larger place leaves a copy behind.
    again.reserve(2 * length);
    for (position, (name, value)) in sorted.into_iter().enumerate() {
        if position > 0 {
            out.push('&');
            again.push_str("%26");
        }
        push_twice(out, again, name);
        out.push('=');
        again.push_str("%3D");
        push_twice(out, again, value);
    }
}

fn push_twice(out: &mut String, again: &mut String, text: &str) {
    if percent::stays(text) {
        out.push_str(text);
        again.push_str(text);
    } else {
        let start = out.len();
        percent::encode_into(out, text);
        percent::encode_into(again, out.get(start..).unwrap_or_default());
    }
}

fn sorted<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<(&'a str, &'a str)> {
    let parameters = parameters.into_iter();
    let mut sorted = Vec::with_capacity(parameters.size_hint().1.unwrap_or_default());
    sorted.extend(parameters);
    // Names alone nearly always decide.
    sorted.sort_unstable_by(|(name, value), other| name.cmp(&other.0).then_with(|| value.cmp(&other.1)));
    sorted
}

/// How long the query of parameters is, about: a quarter is room for what is encoded.
fn length(parameters: &[(&str, &str)]) -> usize {
    let length: usize = parameters.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
    length + length / 4
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{canonical_query, push_canonical_query_twice};
    use crate::text::percent;

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
        fn the_second_encoding_is_that_of_the_query(
            pairs in proptest::collection::vec(("[A-Za-z.%&= 中]{0,6}", any::<String>()), 0..8),
        ) {
            let (mut query, mut again) = (String::new(), String::new());
            let borrowed = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            push_canonical_query_twice(&mut query, &mut again, borrowed.clone());
            prop_assert_eq!(&query, &canonical_query(borrowed));
            prop_assert_eq!(again, percent::encode(&query));
        }

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
