//! What the service says it computed a signature over, against what this client signed: where the two first differ.
//!
//! The service's words come from outside: cut, escaped or made up. Whatever they are, the result is short, holds no
//! sensitive value, and is wrong at worst about what the service says it signed.

mod unit;

use std::fmt;

use unit::Unit;

use super::{acs3, v1};
use crate::text::percent;
use crate::wire::redact::Redactor;

/// How much of a message is looked at, in bytes.
const SEARCHED: usize = 64 * 1024;
/// How much of a value is shown, in characters, and how much of it before the difference.
const SHOWN: usize = 40;
const BEFORE: usize = 12;

/// The text that a request is signed over: the canonical request of ACS3, the string to sign of version 1.0.
///
/// No `Debug`: it holds every parameter of the request.
#[derive(Clone, PartialEq, Eq)]
#[expect(missing_debug_implementations, reason = "it holds phone numbers and tokens")]
pub struct SignedText {
    text: String,
    acs3: bool,
}

impl SignedText {
    /// Of a request as [`prepare`](crate::sign::prepare()) gives it; `None` if it carries no signature.
    ///
    /// ```
    /// # use std::time::UNIX_EPOCH;
    /// # use acs_runtime::sign::{prepare, Method, SignatureScheme, SignedText, Unsigned};
    /// # use acs_runtime::Credentials;
    /// # use acs_runtime::config::Endpoint;
    /// # use acs_runtime::response::Format;
    /// # use acs_runtime::custom::ParameterList;
    /// # let request = prepare(&Unsigned {
    /// #     endpoint: &Endpoint::parse("ecs.example.com", None)?,
    /// #     scheme: SignatureScheme::V1,
    /// #     method: Method::Post,
    /// #     format: Format::Json,
    /// #     action: "RingBell",
    /// #     version: "2020-07-01",
    /// #     parameters: &ParameterList::new(),
    /// #     credentials: &Credentials::new("testid", "testsecret"),
    /// #     timestamp: UNIX_EPOCH,
    /// #     nonce: "n",
    /// # })?;
    /// let signed = SignedText::of(&request).ok_or("not signed")?;
    /// assert!(signed.as_str().starts_with("POST&%2F&AccessKeyId%3Dtestid%26Action%3DRingBell%26"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of<B: AsRef<[u8]>>(request: &http::Request<B>) -> Option<Self> {
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

    /// The text. It holds every parameter of the request: not for logs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Compares it with what the service's message says it computed the signature over. The message is as it came;
    /// `redactor` knows the request's sensitive values, `sensitive` its parameters that hold some.
    ///
    /// `None` if the message says nothing of it.
    ///
    /// ```
    /// # use std::time::UNIX_EPOCH;
    /// # use acs_runtime::sign::{prepare, Method, SignatureScheme, SignedText, Unsigned};
    /// # use acs_runtime::Credentials;
    /// # use acs_runtime::config::Endpoint;
    /// # use acs_runtime::response::Format;
    /// # use acs_runtime::custom::{ParameterList, Redactor};
    /// # let request = prepare(&Unsigned {
    /// #     endpoint: &Endpoint::parse("ecs.example.com", None)?,
    /// #     scheme: SignatureScheme::V1,
    /// #     method: Method::Post,
    /// #     format: Format::Json,
    /// #     action: "RingBell",
    /// #     version: "2020-07-01",
    /// #     parameters: &ParameterList::new(),
    /// #     credentials: &Credentials::new("testid", "testsecret"),
    /// #     timestamp: UNIX_EPOCH,
    /// #     nonce: "n",
    /// # })?;
    /// # let signed = SignedText::of(&request).ok_or("not signed")?;
    /// let message = format!("not matched. server string to sign is:{}", signed.as_str());
    /// let found = signed.compare(&message, &Redactor::default(), |_| false).ok_or("nothing said")?;
    /// assert!(found.is_the_same_text() && found.to_string().contains("secret"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn compare(
        &self,
        message: &str,
        redactor: &Redactor,
        sensitive: impl Fn(&str) -> bool,
    ) -> Option<SignatureMismatch> {
        let message = start_of(message, SEARCHED);
        // Escaped once too often, by a gateway on the way or by what reads its answer.
        let mended = message.replace("&amp;", "&").replace("\\n", "\n");
        let spellings = [message, mended.as_str()];
        let finding = match spellings.into_iter().find_map(|message| self.text_in(message)) {
            Some(theirs) => self.first_difference(theirs, redactor, sensitive),
            None => spellings.into_iter().find_map(|message| self.hash_in(message))?,
        };
        Some(SignatureMismatch(finding))
    }

    /// The service's text, found by how it begins: the words before it are not the same everywhere.
    fn text_in<'m>(&self, message: &'m str) -> Option<&'m str> {
        let begins = if self.acs3 { ["POST\n/\n", "GET\n/\n"] } else { ["POST&%2F&", "GET&%2F&"] };
        let start = begins.into_iter().filter_map(|begin| message.find(begin)).min()?;
        message.get(start..)
    }

    /// Of ACS3, some messages tell the hash of the text alone.
    fn hash_in(&self, message: &str) -> Option<Finding> {
        let (_, after) = message.split_once(acs3::ALGORITHM).filter(|_| self.acs3)?;
        let hash = unit::hexadecimal(after.trim_start());
        let same = acs3::string_to_sign(&self.text).ends_with(hash);
        (hash.len() == 64).then_some(if same { Finding::SameText } else { Finding::OtherHash })
    }

    fn first_difference(
        &self,
        theirs: &str,
        redactor: &Redactor,
        sensitive: impl Fn(&str) -> bool,
    ) -> Finding {
        let split = if self.acs3 { unit::of_canonical_request } else { unit::of_string_to_sign };
        let (ours, theirs) = (split(&self.text), split(theirs));
        let mut pairs = ours.iter().map(Some).zip(theirs.iter().map(Some).chain(std::iter::repeat(None)));
        let parted = pairs.find(|(ours, theirs)| ours != theirs);
        let (ours, theirs) = match parted {
            Some(pair) => pair,
            None if theirs.len() > ours.len() => (None, theirs.get(ours.len())),
            None => return Finding::SameText,
        };
        let hide = |text: &str| redactor.redact(text).into_owned();
        let place = |unit: &Unit<'_>| unit.place.shown(hide);
        Finding::Difference(Box::new(match (ours, theirs) {
            (Some(ours), Some(theirs)) if ours.place == theirs.place => {
                let secret = ours.place.is_sensitive(&sensitive);
                let [shown, other] = [ours, theirs].map(|unit| hide(&unit.plain()));
                let [shown, other] = around_difference(&shown, &other);
                Difference {
                    position: ours.value_position + common(ours.value, theirs.value),
                    ours: (!secret).then_some(shown),
                    theirs: (!secret).then_some(other),
                    kind: Kind::Value,
                    place: place(ours),
                }
            }
            (Some(ours), theirs) => Difference {
                position: ours.position,
                ours: Some(place(ours)),
                theirs: theirs.map(place),
                kind: Kind::Missing,
                place: place(ours),
            },
            (None, theirs) => Difference {
                position: self.text.len(),
                ours: None,
                theirs: theirs.map(place),
                kind: Kind::Added,
                place: theirs.map(place).unwrap_or_default(),
            },
        }))
    }
}

/// Where the service's text of a signature parts from this client's.
///
/// It is short and shows no sensitive value.
#[derive(Clone, PartialEq, Eq)]
pub struct SignatureMismatch(Finding);

#[derive(Clone, PartialEq, Eq)]
enum Finding {
    SameText,
    OtherHash,
    Difference(Box<Difference>),
}

#[derive(Clone, PartialEq, Eq)]
struct Difference {
    place: String,
    kind: Kind,
    position: usize,
    ours: Option<String>,
    theirs: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Value,
    Missing,
    Added,
}

impl SignatureMismatch {
    /// Whether both signed the same text: then the access key secret is not the one of the access key id.
    #[must_use]
    pub fn is_the_same_text(&self) -> bool {
        self.0 == Finding::SameText
    }

    /// What differs first, such as ``the parameter `TimeoutSeconds` ``, where the service tells its text.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.difference().map(|difference| difference.place.as_str())
    }

    /// Where in this client's text the first difference is, in bytes from its start.
    #[must_use]
    pub fn position(&self) -> Option<usize> {
        self.difference().map(|difference| difference.position)
    }

    /// What this client signed there, at most 42 characters; `None` where it is sensitive, or where there was nothing.
    #[must_use]
    pub fn ours(&self) -> Option<&str> {
        self.difference()?.ours.as_deref()
    }

    /// What the service says it signed there, in the same way.
    #[must_use]
    pub fn theirs(&self) -> Option<&str> {
        self.difference()?.theirs.as_deref()
    }

    fn difference(&self) -> Option<&Difference> {
        match &self.0 {
            Finding::Difference(difference) => Some(difference),
            Finding::SameText | Finding::OtherHash => None,
        }
    }
}

impl fmt::Display for SignatureMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let advice = "look for a proxy or gateway on the way that changes requests";
        let difference = match &self.0 {
            Finding::SameText => {
                return f.write_str(
                    "the service signed the same text as this client, so the access key secret is not the one of the \
                     access key id; check which secret is configured",
                );
            }
            Finding::OtherHash => {
                return write!(f, "the service signed another text, which it does not show; {advice}");
            }
            Finding::Difference(difference) => difference.as_ref(),
        };
        let Difference { place, kind, position, ours, theirs } = difference;
        write!(f, "the service signed another text than this client: ")?;
        match (kind, ours, theirs) {
            (Kind::Value, Some(ours), Some(theirs)) => {
                write!(f, "{place} is {ours:?} here and {theirs:?} there")?;
            }
            (Kind::Value, ..) => write!(f, "{place} has another value, which is not shown,")?,
            (Kind::Missing, _, Some(theirs)) => write!(f, "{place} here stands against {theirs} there")?,
            (Kind::Missing, ..) => write!(f, "{place} is not there")?,
            (Kind::Added, ..) => write!(f, "{place} is there in addition")?,
        }
        write!(f, " (byte {position}); {advice}")
    }
}

impl fmt::Debug for SignatureMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignatureMismatch({self})")
    }
}

/// How many bytes two texts have in common at their start.
fn common(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count()
}

/// The parts of two values around their first difference, at most 42 characters of each.
fn around_difference(one: &str, other: &str) -> [String; 2] {
    let alike = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let from = alike.saturating_sub(BEFORE);
    [one, other].map(|text| {
        let mut chars = text.chars().skip(from);
        let mut part = String::from(if from > 0 { "…" } else { "" });
        part.extend(chars.by_ref().take(SHOWN));
        if chars.next().is_some() {
            part.push('…');
        }
        part
    })
}

/// The start of a text, at most so many bytes.
fn start_of(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests;
