//! The parts of a text that is signed: what each is, where it begins, and its value.

use std::borrow::Cow;

use super::{percent, start_of};

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place<'t> {
    Method,
    Path,
    /// With its name, decoded.
    Parameter(Cow<'t, str>),
    Header(&'t str),
    SignedHeaders,
    Body,
}

/// A part of a text that is signed.
#[derive(Clone, Debug)]
pub(super) struct Unit<'t> {
    pub(super) place: Place<'t>,
    /// In bytes from the start of the text.
    pub(super) position: usize,
    pub(super) value_position: usize,
    /// As it stands there.
    pub(super) value: &'t str,
    /// How often it is percent-encoded.
    encoded: u8,
}

/// Wherever they stand.
impl PartialEq for Unit<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place && self.value == other.value
    }
}

/// The longest name that is shown, in bytes.
const LONGEST_NAME: usize = 64;

impl Place<'_> {
    pub(super) fn shown(&self, hide: impl Fn(&str) -> String) -> String {
        let name = |name: &str| {
            let name = hide(name);
            start_of(&name, LONGEST_NAME).escape_debug().to_string()
        };
        match self {
            Self::Method => "the HTTP method".to_owned(),
            Self::Path => "the path".to_owned(),
            Self::Parameter(text) => format!("the parameter `{}`", name(text)),
            Self::Header(text) => format!("the header `{}`", name(text)),
            Self::SignedHeaders => "the list of signed headers".to_owned(),
            Self::Body => "the hash of the body".to_owned(),
        }
    }

    /// Whether its value must not be shown, not even a wrong one.
    pub(super) fn is_sensitive(&self, sensitive: impl Fn(&str) -> bool) -> bool {
        let name = match self {
            Self::Parameter(name) => name.as_ref(),
            Self::Header(name) => name,
            _ => return false,
        };
        let lower = name.to_ascii_lowercase();
        lower.contains("token") || lower.contains("secret") || sensitive(name)
    }
}

impl<'t> Unit<'t> {
    fn bare(place: Place<'t>, position: usize, value: &'t str) -> Self {
        Self { place, position, value_position: position, value, encoded: 0 }
    }

    /// The value before it was encoded.
    pub(super) fn plain(&self) -> Cow<'_, str> {
        let mut plain = Cow::Borrowed(self.value);
        for _ in 0..self.encoded {
            plain = Cow::Owned(percent::decode_lossy(&plain).into_owned());
        }
        plain
    }
}

/// Of version 1.0: `METHOD&%2F&name%3Dvalue%26name%3Dvalue…`.
pub(super) fn of_string_to_sign(text: &str) -> Vec<Unit<'_>> {
    let text = while_all(text, |byte| byte.is_ascii_alphanumeric() || b"-_.~%&".contains(&byte));
    // What ends the sentence of a message is not part of it.
    let text = text.trim_end_matches(['.', '&']);
    let mut units = Vec::new();
    let mut position = 0;
    for (index, part) in text.splitn(3, '&').enumerate() {
        match index {
            0 => units.push(Unit::bare(Place::Method, position, part)),
            1 => units.push(Unit::bare(Place::Path, position, part)),
            _ => units.extend(pairs(part, position, "%26", "%3D", 2)),
        }
        position += part.len() + 1;
    }
    units
}

/// Of ACS3: method, path, query, a line for each header, an empty one, their names, and the hash of the body.
pub(super) fn of_canonical_request(text: &str) -> Vec<Unit<'_>> {
    let mut units = Vec::new();
    let mut position = 0;
    let mut headers = true;
    for (index, line) in text.split('\n').enumerate() {
        match index {
            0 => units.push(Unit::bare(Place::Method, position, line)),
            1 => units.push(Unit::bare(Place::Path, position, line)),
            2 => units.extend(pairs(line, position, "&", "=", 1)),
            _ if headers && line.is_empty() => headers = false,
            _ if headers => {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                let value_position = position + name.len() + 1;
                units.push(Unit { value_position, ..Unit::bare(Place::Header(name), position, value) });
            }
            _ if matches!(units.last(), Some(Unit { place: Place::SignedHeaders, .. })) => {
                units.push(Unit::bare(Place::Body, position, hexadecimal(line)));
                break;
            }
            _ => units.push(Unit::bare(Place::SignedHeaders, position, line)),
        }
        position += line.len() + 1;
    }
    units
}

fn pairs<'t>(
    text: &'t str,
    mut position: usize,
    between: &'static str,
    within: &'static str,
    encoded: u8,
) -> impl Iterator<Item = Unit<'t>> {
    text.split(between).filter_map(move |pair| {
        let (name, value) = pair.split_once(within).unwrap_or((pair, ""));
        let mut place = Cow::Borrowed(name);
        for _ in 0..encoded {
            place = Cow::Owned(percent::decode_lossy(&place).into_owned());
        }
        let value_position = position + name.len() + within.len();
        let unit = Unit { place: Place::Parameter(place), position, value_position, value, encoded };
        position += pair.len() + between.len();
        (!pair.is_empty()).then_some(unit)
    })
}

/// The hexadecimal digits that a text begins with.
pub(super) fn hexadecimal(text: &str) -> &str {
    while_all(text, |byte| byte.is_ascii_hexdigit())
}

/// The start of a text whose bytes, all of them ASCII, are as wanted.
fn while_all(text: &str, wanted: impl Fn(u8) -> bool) -> &str {
    let end = text.bytes().position(|byte| !wanted(byte)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}
