//! Canonical queries with the mistakes of clients.

use acs_runtime::sign::percent;

/// A query, after what is wrong with it.
pub(super) type Wrong = (&'static str, String);
type Pair<'a> = (&'a str, &'a str);

type Encode = fn(&str) -> String;
type Order = fn(&mut Vec<Pair<'_>>);

/// Ways to encode a name or a value.
const ENCODINGS: &[(&str, Encode)] = &[
    ("A space is encoded as `+`. Encode it as `%20`.", |text| percent::encode(text).replace("%20", "+")),
    ("`*` is not encoded. Encode it as `%2A`.", |text| percent::encode(text).replace("%2A", "*")),
    ("`~` is encoded. Leave it as it is.", |text| percent::encode(text).replace('~', "%7E")),
    (
        "Names and values are encoded as in HTML forms. Encode a space as `%20` and `*` as `%2A`, and leave `~` as it is.",
        |text| percent::encode(text).replace("%20", "+").replace("%2A", "*").replace('~', "%7E"),
    ),
    ("`/` is not encoded. Encode it as `%2F`.", |text| percent::encode(text).replace("%2F", "/")),
    ("`!`, `'`, `(`, `)` and `*` are not encoded. Encode them, e.g. `(` as `%28`.", |text| {
        let encoded = percent::encode(text);
        [("%21", "!"), ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*")]
            .into_iter()
            .fold(encoded, |text, (code, character)| text.replace(code, character))
    }),
    ("`:` is not encoded. Encode it as `%3A`.", |text| percent::encode(text).replace("%3A", ":")),
    ("Names and values are not encoded. Percent-encode each.", str::to_owned),
    ("Names and values are encoded twice. Encode each once.", |text| percent::encode(&percent::encode(text))),
    ("Percent-encoding is written in lower case. Write upper-case digits, such as `%2F`.", lower_case),
];

/// Ways to order parameters.
const ORDERS: &[(&str, Order)] = &[
    ("The parameters are not sorted. Sort them by the bytes of their names.", |_| {}),
    (
        "The parameters are sorted without regard to case. Sort them by the bytes of their names: `Z` comes before `a`.",
        |pairs| {
            pairs.sort_by_key(|(name, _)| name.to_ascii_lowercase());
        },
    ),
    ("The parameters are in reverse order. Sort them by the bytes of their names.", |pairs| {
        pairs.sort_unstable_by(|one, other| other.cmp(one));
    }),
];

/// Returns the wrong queries that clients make of parameters; `raw` is the query as it was sent.
pub(super) fn wrong(pairs: &[Pair<'_>], raw: &str) -> Vec<Wrong> {
    let mut sorted = pairs.to_vec();
    sorted.sort_unstable();
    let encoded = ENCODINGS.iter().map(|(mistake, encode)| (*mistake, joined(&sorted, encode)));
    let ordered = ORDERS.iter().map(|(mistake, order)| {
        let mut pairs = pairs.to_vec();
        order(&mut pairs);
        (*mistake, joined(&pairs, &percent::encode))
    });
    let filled: Vec<_> = sorted.iter().copied().filter(|(_, value)| !value.is_empty()).collect();
    let mut wrong: Vec<Wrong> = encoded.chain(ordered).collect();
    wrong.push((
        "Parameters without a value are left out. Sign them too, as `Name=`.",
        joined(&filled, &percent::encode),
    ));
    wrong.push((
        "The query is signed as it was sent. Sort and encode its parameters for the signature.",
        raw.to_owned(),
    ));
    wrong
}

fn joined(pairs: &[Pair<'_>], encode: &dyn Fn(&str) -> String) -> String {
    let pairs: Vec<_> =
        pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}

/// Percent-encodes a text, with digits in lower case.
fn lower_case(text: &str) -> String {
    let encoded = percent::encode(text);
    let mut parts = encoded.split('%');
    let mut lowered = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        lowered.push('%');
        lowered.push_str(&digits.to_ascii_lowercase());
        lowered.push_str(rest);
    }
    lowered
}
