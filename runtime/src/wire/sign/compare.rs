//! Compares the text that the service signed, as its message shows it, with the text that this client signed, and finds
//! the first difference.
//!
//! The service's text comes from outside: it may be cut, escaped or made up. Whatever it is, the result is short and holds
//! no sensitive value.

use std::fmt;

use super::{acs3, v1};
use crate::text::percent;
use crate::wire::excerpt::{beginning, excerpt};
use crate::wire::redact::Redactor;

/// How much of a message is searched, in bytes.
const SEARCHED: usize = 64 * 1024;
/// How much of a value is shown, in characters, and how much of it before the difference.
const SHOWN: usize = 40;
const BEFORE: usize = 12;
/// The longest name that is shown, in bytes.
const LONGEST_NAME: usize = 64;
/// The advice if the texts differ.
const ADVICE: &str = "look for a proxy or gateway on the way that changes requests";

/// The text that a request is signed over: the canonical request of ACS3, the string to sign of version 1.0.
///
/// ```
/// # use acs_runtime::{custom::Redactor, sign::SignedText, transport::http};
/// let request = http::Request::get("https://ecs.example.com/?Action=RingBell&Signature=").body([])?;
/// let signed = SignedText::from_request(&request).ok_or("not signed")?;
/// assert_eq!(signed.as_str(), "GET&%2F&Action%3DRingBell");
///
/// let message = "signature does not match, server string to sign is:GET&%2F&Action%3DRingBell";
/// let found = signed.compare(message, &Redactor::default(), |_| false).ok_or("no text in the message")?;
/// assert!(found.is_the_same_text() && found.to_string().contains("secret"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// No `Debug`: it holds every parameter of the request.
#[derive(Clone, PartialEq, Eq)]
#[expect(missing_debug_implementations, reason = "it holds phone numbers and tokens")]
pub struct SignedText {
    text: String,
    acs3: bool,
}

impl SignedText {
    /// Computes it again from a request that [`prepare`](crate::sign::prepare()) signed; `None` if the request carries no
    /// signature.
    #[must_use]
    pub fn from_request<B: AsRef<[u8]>>(request: &http::Request<B>) -> Option<Self> {
        let method = request.method().as_str();
        let query = request.uri().query().unwrap_or_default();
        let header = |name: &str| request.headers().get(name)?.to_str().ok();
        if let Some(authorization) =
            header("authorization").filter(|value| value.starts_with(acs3::ALGORITHM))
        {
            let (_, names) = authorization.split_once("SignedHeaders=")?;
            let names = names.split(',').next()?.split(';');
            let headers: Option<Vec<_>> = names.map(|name| Some((name, header(name)?))).collect();
            let content = header("x-acs-content-sha256")?;
            let text = acs3::canonical_request(method, "/", query, headers?, content).text;
            return Some(Self { text, acs3: true });
        }
        let body = request.body().as_ref();
        let pairs = if body.is_empty() { query } else { std::str::from_utf8(body).ok()? };
        let (pairs, _) = pairs.rsplit_once("&Signature=")?;
        Some(Self { text: v1::string_to_sign(method, pairs), acs3: false })
    }

    /// Returns the text. It holds every parameter of the request: keep it out of logs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Compares it with the text, or the hash of it, that the service's message shows; `None` if the message shows neither.
    ///
    /// `message` is as it came. `redactor` holds the sensitive values of the request, and `sensitive` tells whether a
    /// parameter of this name holds one.
    #[must_use]
    pub fn compare(
        &self,
        message: &str,
        redactor: &Redactor,
        sensitive: impl Fn(&str) -> bool,
    ) -> Option<SignatureMismatch> {
        let message = beginning(message, SEARCHED);
        // A gateway on the way may have escaped the message once more.
        let unescaped = message.replace("&amp;", "&").replace("\\n", "\n");
        match self.text_in(message).or_else(|| self.text_in(&unescaped)) {
            Some(theirs) => Some(self.compare_text(theirs, redactor, sensitive)),
            None => self.compare_hash(&unescaped),
        }
    }

    /// Finds the service's text by its beginning: the words before it are not the same everywhere.
    fn text_in<'m>(&self, message: &'m str) -> Option<&'m str> {
        let beginnings = if self.acs3 { ["POST\n/\n", "GET\n/\n"] } else { ["POST&%2F&", "GET&%2F&"] };
        let start = beginnings.into_iter().filter_map(|beginning| message.find(beginning)).min()?;
        message.get(start..)
    }

    /// Compares hashes: with ACS3, some messages show no more than the hash of the text.
    fn compare_hash(&self, message: &str) -> Option<SignatureMismatch> {
        let (_, after) = message.split_once(acs3::ALGORITHM).filter(|_| self.acs3)?;
        let hash = hexadecimal(after.trim_start());
        if hash.len() != 64 {
            return None;
        }
        if acs3::string_to_sign(&self.text).ends_with(hash) {
            return Some(SignatureMismatch::same_text());
        }
        let text = format!("the service signed another text, which it does not show; {ADVICE}");
        Some(SignatureMismatch { text, ..SignatureMismatch::default() })
    }

    fn compare_text(
        &self,
        theirs: &str,
        redactor: &Redactor,
        sensitive: impl Fn(&str) -> bool,
    ) -> SignatureMismatch {
        let bytes = self.text.bytes().zip(theirs.bytes());
        let position = bytes.take_while(|(ours, theirs)| ours == theirs).count();
        let [ours, theirs] = [&self.text, theirs].map(|text| parts(text, self.acs3));
        let same = ours.iter().zip(&theirs).take_while(|(ours, theirs)| ours == theirs).count();
        let (ours, theirs) = (ours.get(same), theirs.get(same));
        let Some(place) = ours.or(theirs).map(|part| part.describe(redactor)) else {
            return SignatureMismatch::same_text();
        };
        let what = match (ours, theirs) {
            (Some(ours), Some(theirs)) if ours.kind == theirs.kind && ours.name == theirs.name => {
                let name = ours.decode(ours.name);
                let lower = name.to_ascii_lowercase();
                if lower.contains("token") || lower.contains("secret") || sensitive(&name) {
                    // Not even a wrong value is shown.
                    format!("{place} has another value, which is not shown,")
                } else {
                    let [ours, theirs] = [ours, theirs].map(|part| part.decode(part.value));
                    let [ours, theirs] =
                        around_difference(&redactor.redact(&ours), &redactor.redact(&theirs));
                    format!("{place} is {ours:?} here and {theirs:?} there")
                }
            }
            (Some(_), Some(theirs)) => format!("{place} here and {} there", theirs.describe(redactor)),
            (Some(_), None) => format!("{place} is missing in the service's text"),
            (None, _) => format!("{place} is only in the service's text"),
        };
        let text =
            format!("the service signed another text than this client: {what} (byte {position}); {ADVICE}");
        SignatureMismatch { text, same_text: false, place: Some(place) }
    }
}

/// A part of a text that is signed.
#[derive(PartialEq)]
struct Part<'t> {
    kind: &'static str,
    /// The name of a parameter or a header; empty for other parts.
    name: &'t str,
    value: &'t str,
    /// How often name and value are percent-encoded.
    encoded: usize,
}

impl<'t> Part<'t> {
    fn new(kind: &'static str, value: &'t str) -> Self {
        Self { kind, name: "", value, encoded: 0 }
    }

    fn describe(&self, redactor: &Redactor) -> String {
        if self.name.is_empty() {
            return self.kind.to_owned();
        }
        let name = excerpt(self.decode(self.name).as_bytes(), LONGEST_NAME, redactor);
        format!("{} `{}`", self.kind, name.escape_debug())
    }

    fn decode(&self, text: &str) -> String {
        (0..self.encoded).fold(text.to_owned(), |text, _| percent::decode_lossy(&text).into_owned())
    }
}

/// Splits a text that is signed into its parts.
///
/// Version 1.0: `METHOD&%2F&name%3Dvalue%26name%3Dvalue…`. ACS3, a line each: method, path, query, the headers, nothing, the
/// names of the headers, the hash of the body.
fn parts(text: &str, acs3: bool) -> Vec<Part<'_>> {
    let (mut lines, between, within, encoded) = if acs3 {
        (text.splitn(usize::MAX, '\n'), "&", "=", 1)
    } else {
        let ends = |c: char| !c.is_ascii_alphanumeric() && !"-_.~%&".contains(c);
        // A full stop may end the sentence of the message.
        let text = text.split(ends).next().unwrap_or_default().trim_end_matches(['.', '&']);
        (text.splitn(3, '&'), "%26", "%3D", 2)
    };
    let mut parts = Vec::new();
    parts.extend(lines.next().map(|method| Part::new("the HTTP method", method)));
    parts.extend(lines.next().map(|path| Part::new("the path", path)));
    let pairs = lines.next().unwrap_or_default().split(between).filter(|pair| !pair.is_empty());
    parts.extend(pairs.map(|pair| {
        let (name, value) = pair.split_once(within).unwrap_or((pair, ""));
        Part { name, encoded, ..Part::new("the parameter", value) }
    }));
    parts.extend(lines.by_ref().take_while(|line| !line.is_empty()).map(|line| {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        Part { name, ..Part::new("the header", value) }
    }));
    parts.extend(lines.next().map(|names| Part::new("the list of signed headers", names)));
    parts.extend(lines.next().map(|hash| Part::new("the hash of the body", hexadecimal(hash))));
    parts
}

/// Returns the hexadecimal digits that a text begins with.
fn hexadecimal(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_hexdigit()).next().unwrap_or_default()
}

/// The first difference between the text that the service signed and the one that this client signed.
///
/// Its text names the part that differs and shows both values, at most 42 characters of each and no sensitive one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignatureMismatch {
    text: String,
    same_text: bool,
    place: Option<String>,
}

impl SignatureMismatch {
    fn same_text() -> Self {
        let text = "the service signed the same text as this client, so the access key secret is not the one of the \
                    access key id; check which secret is configured";
        Self { text: text.to_owned(), same_text: true, ..Self::default() }
    }

    /// Tells whether both signed the same text: then the access key secret does not belong to the access key id.
    #[must_use]
    pub fn is_the_same_text(&self) -> bool {
        self.same_text
    }

    /// Names the part that differs first, such as ``the parameter `TimeoutSeconds` ``, if the service shows its text.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }
}

impl fmt::Display for SignatureMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Cuts two values to at most 42 characters around their first difference.
fn around_difference(one: &str, other: &str) -> [String; 2] {
    let alike = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let from = alike.saturating_sub(BEFORE);
    [one, other].map(|text| {
        let part: String = text.chars().skip(from).take(SHOWN).collect();
        let before = if from > 0 { "…" } else { "" };
        let after = if text.chars().nth(from + SHOWN).is_some() { "…" } else { "" };
        [before, &part, after].concat()
    })
}

#[cfg(test)]
mod tests;
