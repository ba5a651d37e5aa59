//! Tries usual mistakes of clients that sign requests by hand, to find the one that leads to the signature received.
//!
//! A request does not show which text its client signed. But if a mistake leads to exactly the signature that arrived, the
//! client made that mistake.

mod queries;
mod texts;

use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

use crate::authenticate::AccessKey;
use crate::request::{Request, Signed};
use crate::signed_text::SignedText;

/// Longer texts are not tried, because each needs about a hundred signatures.
const LONGEST: usize = 16 << 10;

/// A request whose signature is wrong.
pub(super) struct Sent<'a> {
    pub(super) request: &'a Request<'a>,
    /// Its query as it was sent.
    pub(super) query: &'a str,
    /// The key that it names.
    pub(super) key: &'a AccessKey,
    /// All keys that are accepted.
    pub(super) keys: &'a [AccessKey],
    pub(super) received: &'a str,
}

/// The mistakes that lead to a signature.
pub(super) struct Found {
    /// What the client did, and what to do instead.
    pub(super) mistakes: Vec<String>,
    /// The name and the content of the text that the client signed, if it is not the right one.
    pub(super) text: Option<(&'static str, String)>,
}

/// The request is too large to search it for mistakes.
#[derive(Debug)]
pub(super) struct TooLarge;

/// Finds the fewest mistakes that lead to the signature received.
pub(super) fn find(sent: &Sent<'_>, right: &SignedText) -> Result<Option<Found>, TooLarge> {
    let canonical_request = right.canonical_request.as_ref().map_or(0, String::len);
    if right.canonical_query.len().max(canonical_request).max(sent.request.body.len()) > LONGEST {
        return Err(TooLarge);
    }
    let (texts, macs, spellings) = match &sent.request.signed {
        Signed::V1 => (texts::v1(sent, right), v1_macs(sent), V1_SPELLINGS),
        Signed::Acs3 { headers, .. } => (texts::acs3(sent, headers, right), acs3_macs(sent), ACS3_SPELLINGS),
        Signed::Bearer { .. } => return Ok(None),
    };
    let mut found: Option<Found> = None;
    for text in &texts {
        for mac in &macs {
            let code = (mac.function)(mac.key.as_bytes(), text.to_sign.as_bytes());
            for (spelling, spell) in spellings {
                if spell(&code) != sent.received {
                    continue;
                }
                let mistakes: Vec<String> = [text.mistake, mac.mistake.as_deref(), *spelling]
                    .into_iter()
                    .flatten()
                    .map(str::to_owned)
                    .collect();
                if found.as_ref().is_none_or(|found| mistakes.len() < found.mistakes.len()) {
                    let shown = text.mistake.map(|_| (text.name, text.shown.clone()));
                    found = Some(Found { mistakes, text: shown });
                }
            }
        }
    }
    Ok(found)
}

/// A way to compute the authentication code: the key, and the hash in HMAC.
struct KeyedHash {
    mistake: Option<String>,
    key: String,
    function: fn(&[u8], &[u8]) -> Vec<u8>,
}

fn v1_macs(sent: &Sent<'_>) -> Vec<KeyedHash> {
    let secret = &sent.key.secret;
    let bare = "The secret alone is the key. Version 1.0 signs with the secret followed by `&`.";
    let hash = "The hash is SHA-256. The request says HMAC-SHA1, and the endpoint accepts nothing else.";
    let mut macs = vec![
        KeyedHash { mistake: None, key: format!("{secret}&"), function: sha1 },
        KeyedHash { mistake: Some(bare.to_owned()), key: secret.clone(), function: sha1 },
        KeyedHash { mistake: Some(hash.to_owned()), key: format!("{secret}&"), function: sha256 },
    ];
    macs.extend(others(sent).map(|(mistake, secret)| KeyedHash {
        mistake: Some(mistake),
        key: format!("{secret}&"),
        function: sha1,
    }));
    macs
}

fn acs3_macs(sent: &Sent<'_>) -> Vec<KeyedHash> {
    let secret = &sent.key.secret;
    let ampersand =
        "The key is the secret followed by `&`, as in version 1.0. ACS3 signs with the secret alone.";
    let mut macs = vec![
        KeyedHash { mistake: None, key: secret.clone(), function: sha256 },
        KeyedHash { mistake: Some(ampersand.to_owned()), key: format!("{secret}&"), function: sha256 },
    ];
    macs.extend(others(sent).map(|(mistake, secret)| KeyedHash {
        mistake: Some(mistake),
        key: secret.to_owned(),
        function: sha256,
    }));
    macs
}

/// Returns the secrets of other keys, each with the mistake of signing with it.
fn others<'a>(sent: &Sent<'a>) -> impl Iterator<Item = (String, &'a str)> {
    let own = sent.key;
    let mut seen = BTreeSet::from([own.secret.as_str()]);
    sent.keys.iter().filter(move |key| seen.insert(&key.secret)).map(move |key| {
        let (named, used) = (&own.id, &key.id);
        let mistake = if named == used {
            format!("The secret belongs to other credentials of the key `{named}`. Check which token it belongs to.")
        } else {
            format!("The secret is that of the key `{used}`, but the request names the key `{named}`.")
        };
        (mistake, key.secret.as_str())
    })
}

#[expect(clippy::expect_used, reason = "HMAC is defined for keys of every length")]
fn sha1(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mac = Hmac::<Sha1>::new_from_slice(key).expect("HMAC is defined for keys of every length");
    mac.chain_update(text).finalize().into_bytes().to_vec()
}

#[expect(clippy::expect_used, reason = "HMAC is defined for keys of every length")]
fn sha256(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC is defined for keys of every length");
    mac.chain_update(text).finalize().into_bytes().to_vec()
}

/// A way to write the authentication code, after what is wrong with it.
type Spelling = (Option<&'static str>, fn(&[u8]) -> String);

const V1_SPELLINGS: &[Spelling] = &[
    (None, base64),
    (
        Some(
            "The signature's `+` became a space. Percent-encode the signature before you put it into the query or the form.",
        ),
        |code| base64(code).replace('+', " "),
    ),
    (Some("The signature is percent-encoded twice. Encode it once, with the other parameters."), |code| {
        base64(code).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
    }),
    (Some("The signature is hexadecimal. Version 1.0 writes it in Base64."), hex),
    (Some("The signature is Base64 of hexadecimal digits. Encode the bytes themselves."), |code| {
        STANDARD.encode(hex(code))
    }),
];

const ACS3_SPELLINGS: &[Spelling] = &[
    (None, hex),
    (Some("The signature is in upper case. ACS3 writes lower-case hexadecimal."), |code| {
        hex(code).to_ascii_uppercase()
    }),
    (Some("The signature is Base64. ACS3 writes lower-case hexadecimal."), base64),
];

fn base64(code: &[u8]) -> String {
    STANDARD.encode(code)
}

fn hex(code: &[u8]) -> String {
    code.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
