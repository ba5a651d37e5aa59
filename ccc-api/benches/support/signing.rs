//! Signing a MakeCall as an HTTP request, compared with hashing and HMAC of the bytes that the signature covers.

use std::time::{Duration, UNIX_EPOCH};

use ccc_api::Credentials;
use ccc_api::config::Endpoint;
use ccc_api::custom::Parameters;
use ccc_api::response::Format;
use ccc_api::sign::{Method, SignatureScheme, Unsigned, acs3, canonical_query, prepare, v1};
use ccc_api::transport::{Bytes, http};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::{Contender, Race, SECRET, TOKEN, request};

const NONCE: &str = "3156853299f313e23d1673dc12e1703d";

/// A signature scheme.
pub(crate) struct Scheme {
    name: &'static str,
    scheme: SignatureScheme,
    token: Option<&'static str>,
}

pub(crate) static ACS3: Scheme = Scheme { name: "sign ACS3", scheme: SignatureScheme::Acs3, token: None };
pub(crate) static ACS3_TEMPORARY: Scheme =
    Scheme { name: "sign ACS3, token", scheme: SignatureScheme::Acs3, token: Some(TOKEN) };
pub(crate) static V1: Scheme = Scheme { name: "sign 1.0", scheme: SignatureScheme::V1, token: None };
pub(crate) static V1_TEMPORARY: Scheme =
    Scheme { name: "sign 1.0, token", scheme: SignatureScheme::V1, token: Some(TOKEN) };

/// Races hashing alone with ours: parameters, canonical form, signature, HTTP request.
pub(crate) fn race(scheme: &'static Scheme) -> Race {
    let signer = Signer::new(scheme);
    let signed_bytes = signer.signed_bytes();
    let ours = Contender::new("ccc-api", move || signer.sign());
    Race {
        name: scheme.name.to_owned(),
        calls: 1,
        limit: 2.0,
        contenders: vec![floor(scheme, signed_bytes), ours],
    }
}

fn floor(scheme: &Scheme, bytes: String) -> Contender {
    match scheme.scheme {
        SignatureScheme::V1 => {
            let key = format!("{SECRET}&");
            Contender::new("HMAC-SHA1", move || {
                let mut mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).expect("any key will do");
                mac.update(bytes.as_bytes());
                mac.finalize().into_bytes()
            })
        }
        _ => Contender::new("SHA-256 and HMAC-SHA256", move || acs3_floor(&bytes)),
    }
}

/// Does the hashing of a signature of a canonical request.
pub(crate) fn acs3_floor(canonical_request: &str) -> impl Sized + use<> {
    let hash = Sha256::digest(canonical_request.as_bytes());
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any key will do");
    mac.update(b"ACS3-HMAC-SHA256\n");
    // As long as the hash in hexadecimal.
    mac.update(&hash);
    mac.update(&hash);
    mac.finalize().into_bytes()
}

pub(crate) struct Signer {
    scheme: SignatureScheme,
    endpoint: Endpoint,
    credentials: Credentials,
    request: ccc_api::operation::make_call::MakeCallRequest,
}

impl Signer {
    pub(crate) fn new(scheme: &Scheme) -> Self {
        let credentials = Credentials::new("LTAI4FoLFyHNyWcZ1dQuXWfH", SECRET);
        Self {
            scheme: scheme.scheme,
            endpoint: Endpoint::parse("ccc.cn-shanghai.aliyuncs.com", None).expect("it is an endpoint"),
            credentials: match scheme.token {
                Some(token) => credentials.with_security_token(token),
                None => credentials,
            },
            request: request(),
        }
    }

    pub(crate) fn sign(&self) -> http::Request<Bytes> {
        let parameters = self.request.parameters();
        prepare(&Unsigned {
            endpoint: &self.endpoint,
            scheme: self.scheme,
            method: Method::Post,
            format: Format::Json,
            action: "MakeCall",
            version: "2020-07-01",
            parameters: &parameters,
            credentials: &self.credentials,
            timestamp: UNIX_EPOCH + Duration::from_secs(1_698_315_752),
            nonce: NONCE,
        })
        .expect("it can be signed")
    }

    /// Returns the bytes that the signature covers: the canonical request, or the string to sign.
    pub(crate) fn signed_bytes(&self) -> String {
        let signed = self.sign();
        if self.scheme == SignatureScheme::V1 {
            let form = std::str::from_utf8(signed.body()).expect("it is ASCII");
            let (query, _) = form.split_once("&Signature=").expect("it is signed");
            return v1::string_to_sign("POST", query);
        }
        let parameters = self.request.parameters();
        let query = canonical_query(parameters.iter().map(|parameter| (parameter.name(), parameter.value())));
        let headers = signed.headers().iter().filter(|(name, _)| acs3::covers(name.as_str()));
        let headers = headers.map(|(name, value)| (name.as_str(), value.to_str().expect("it is ASCII")));
        acs3::canonical_request("POST", "/", &query, headers, &acs3::content_sha256(b"")).text
    }
}
