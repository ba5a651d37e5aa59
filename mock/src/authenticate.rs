//! Checks who sent a request, that nobody changed it, and that it is neither old nor repeated. It handles both signature
//! schemes with the functions that the client signs with.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use super::refusal::Refusal;
use super::replay::Nonces;
use super::request::{Request, Signed};
use super::signed_text::SignedText;
use super::stage::{Rejected, Stage};
use acs_runtime::sign::Clock;
use acs_runtime::sign::{SignatureScheme, acs3, parse_timestamp, v1};

/// The largest allowed difference between a timestamp and the endpoint's clock.
const TOLERANCE: Duration = Duration::from_secs(15 * 60);
/// The most nonces that are remembered: more than a test sends within twice the tolerance.
const MOST_NONCES: usize = 1 << 18;

/// Credentials that the endpoint accepts; with a token they are temporary.
#[derive(Clone)]
pub(super) struct AccessKey {
    pub(super) id: String,
    pub(super) secret: String,
    pub(super) token: Option<String>,
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Checks requests against access keys, bearer tokens, clock and nonces.
pub(super) struct Authenticator {
    keys: Vec<AccessKey>,
    bearer_tokens: Vec<String>,
    clock: Arc<dyn Clock>,
    nonces: Mutex<Nonces>,
}

impl Authenticator {
    pub(super) fn new(keys: Vec<AccessKey>, bearer_tokens: Vec<String>, clock: Arc<dyn Clock>) -> Self {
        // A nonce can be repeated as long as its timestamp is accepted: from one end of the tolerance to the other.
        let nonces = Mutex::new(Nonces::new(MOST_NONCES, 2 * TOLERANCE));
        Self { keys, bearer_tokens, clock, nonces }
    }

    /// Returns id and secret of an access key that needs no token.
    pub(super) fn own_key(&self) -> Option<(&str, &str)> {
        let key = self.keys.iter().find(|key| key.token.is_none())?;
        Some((&key.id, &key.secret))
    }

    /// Returns the access keys that are accepted.
    pub(super) fn keys(&self) -> &[AccessKey] {
        &self.keys
    }

    /// Returns the key that should have signed a request: the one with its id and its token, or else the first with its
    /// id.
    pub(super) fn key_of(&self, request: &Request<'_>) -> Option<&AccessKey> {
        let id = request.key_id()?;
        let mut keys = self.keys.iter().filter(|key| key.id == id);
        let first = keys.clone().next()?;
        Some(keys.find(|key| key.token.as_deref() == request.token()).unwrap_or(first))
    }

    /// Returns all secrets: those of access keys, security tokens and bearer tokens.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &str> {
        let keys = self.keys.iter().flat_map(|key| [Some(&key.secret), key.token.as_ref()]).flatten();
        keys.chain(&self.bearer_tokens).map(String::as_str)
    }

    /// Refuses a request that is not authentic. A nonce counts as used only after its signature was found correct;
    /// otherwise anyone could use up the nonces of others.
    pub(super) fn check(&self, request: &Request<'_>) -> Result<(), Rejected> {
        let acs3 = request.signature_scheme() == SignatureScheme::Acs3;
        let written = |header: &'static str, parameter: &'static str| if acs3 { header } else { parameter };
        let timestamp = request.timestamp().ok_or_else(|| {
            Refusal::missing("Timestamp", written("x-acs-date", "Timestamp")).at(Stage::Clock)
        })?;
        let nonce = request.nonce().filter(|nonce| !nonce.is_empty()).ok_or_else(|| {
            Refusal::missing("SignatureNonce", written("x-acs-signature-nonce", "SignatureNonce"))
                .at(Stage::Nonce)
        })?;
        let now = self.clock.now();
        if matches!(request.signed, Signed::Bearer { .. }) {
            check_time(timestamp, now).map_err(|refusal| refusal.at(Stage::Clock))?;
            self.check_bearer_token(request).map_err(|refusal| refusal.at(Stage::Credentials))?;
            return self.check_nonce("", nonce, now);
        }
        let unknown = |refusal: Refusal| refusal.at(Stage::Credentials);
        let id = request.key_id().ok_or_else(|| unknown(Refusal::missing("AccessKeyId", "AccessKeyId")))?;
        let key = self.key_of(request).ok_or_else(|| unknown(Refusal::unknown_access_key()))?;
        check_time(timestamp, now).map_err(|refusal| refusal.at(Stage::Clock))?;
        check_signature(request, &key.secret).map_err(|refusal| refusal.at(Stage::Signature))?;
        let token = request.token();
        if key.token.as_deref() != token {
            // Without its token, the id of temporary credentials is unknown.
            return Err(unknown(if token.is_none() {
                Refusal::unknown_access_key()
            } else {
                Refusal::unknown_token()
            }));
        }
        self.check_nonce(id, nonce, now)
    }

    fn check_bearer_token(&self, request: &Request<'_>) -> Result<(), Refusal> {
        if request.parameter("SignatureType") != Some("BEARERTOKEN") {
            return Err(Refusal::incomplete_signature("SignatureType must be BEARERTOKEN"));
        }
        let known = self.bearer_tokens.iter().any(|known| request.bearer_token() == Some(known));
        if known { Ok(()) } else { Err(Refusal::unknown_bearer_token()) }
    }

    fn check_nonce(&self, id: &str, nonce: &str, now: SystemTime) -> Result<(), Rejected> {
        let mut nonces = self.nonces.lock().unwrap_or_else(PoisonError::into_inner);
        if nonces.first_use(id, nonce, now) { Ok(()) } else { Err(Refusal::nonce_used().at(Stage::Nonce)) }
    }
}

fn check_time(timestamp: &str, now: SystemTime) -> Result<(), Refusal> {
    let signed_at = parse_timestamp(timestamp).ok_or_else(Refusal::malformed_timestamp)?;
    if distance(now, signed_at) > TOLERANCE { Err(Refusal::expired_timestamp()) } else { Ok(()) }
}

fn distance(one: SystemTime, other: SystemTime) -> Duration {
    one.duration_since(other).unwrap_or_else(|error| error.duration())
}

fn check_signature(request: &Request<'_>, secret: &str) -> Result<(), Refusal> {
    match &request.signed {
        Signed::V1 => check_v1(request, secret),
        Signed::Acs3 { headers, signature, .. } => check_acs3(request, headers, signature, secret),
        Signed::Bearer { .. } => Ok(()),
    }
}

fn check_v1(request: &Request<'_>, secret: &str) -> Result<(), Refusal> {
    let signature =
        request.parameter(v1::SIGNATURE).ok_or_else(|| Refusal::missing("Signature", v1::SIGNATURE))?;
    if request.parameter("SignatureMethod") != Some("HMAC-SHA1") {
        return Err(Refusal::incomplete_signature("SignatureMethod must be HMAC-SHA1"));
    }
    if request.parameter("SignatureVersion") != Some("1.0") {
        return Err(Refusal::incomplete_signature("SignatureVersion must be 1.0"));
    }
    let SignedText { string_to_sign, .. } = SignedText::v1(request);
    if v1::signature(secret, &string_to_sign) == signature {
        return Ok(());
    }
    Err(Refusal::wrong_v1_signature(&string_to_sign))
}

fn check_acs3(
    request: &Request<'_>,
    signed: &[String],
    signature: &str,
    secret: &str,
) -> Result<(), Refusal> {
    let SignedText { canonical_request, string_to_sign, .. } = SignedText::acs3(request, signed)?;
    if acs3::signature(secret, &string_to_sign) == signature {
        return Ok(());
    }
    Err(Refusal::wrong_acs3_signature(&string_to_sign, &canonical_request.unwrap_or_default()))
}
