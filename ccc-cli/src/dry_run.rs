//! Shows the request that would be sent, and the steps of its signature. Nothing leaves this machine, not even a request for
//! credentials.

use std::time::{Instant, SystemTime};

use ccc_api::CloudCallCenter;
use ccc_api::Credentials;
use ccc_api::credentials::ProviderConfig;
use ccc_api::custom::{BoxFuture, ParameterList, Product as _};
use ccc_api::response::Format;
use ccc_api::sign::{
    Method, NonceSource as _, RandomNonces, SignatureScheme, SignedText, Unsigned, acs3, prepare,
};
use ccc_api::transport::{Bytes, Transport, TransportError, http};
use serde_json::{Value, json};

use crate::cli::{Common, Output};
use crate::connection::{client, config, credentials};
use crate::exit::{Exit, Failure};
use crate::output;
use crate::request::Request;

/// Replaces a secret.
const HIDDEN: &str = "[hidden]";

/// Shows the request.
pub(crate) async fn run(request: &Request, common: &Common) -> Result<(), Failure> {
    let offline = ProviderConfig::new().transport(NoNetwork);
    let endpoint = client(config(common)?)?.endpoint().clone();
    let (signer, unsigned) = match credentials(common, &offline).provide().await {
        Ok(credentials) => (credentials, None),
        // The canonical request is the same for every permanent access key.
        Err(error) => (Credentials::new("none", "none"), Some(error)),
    };
    let mut parameters = ParameterList::new();
    request.parameters.iter().cloned().for_each(|parameter| parameters.push(parameter));
    let impossible = |error: &dyn std::fmt::Display| {
        Failure::new(Exit::NotDone, format!("no request can be made for {}: {error}", request.action))
    };
    let nonce = RandomNonces.nonce().map_err(|error| impossible(&error))?;
    let prepared = prepare(&Unsigned {
        endpoint: &endpoint,
        scheme: SignatureScheme::default(),
        method: Method::default(),
        format: Format::Json,
        action: &request.action,
        version: CloudCallCenter::VERSION,
        parameters: &parameters,
        credentials: &signer,
        timestamp: SystemTime::now(),
        nonce: &nonce,
    })
    .map_err(|error| impossible(&error))?;
    let shown = Shown::new(&prepared, &signer, unsigned.is_none());
    match output::form(common) {
        Output::Json => output::print(&format!("{}\n", shown.json()))?,
        Output::Table => output::print(&shown.text())?,
    }
    if let Some(error) = unsigned {
        output::tell(&format!("The request is shown without a signature: there are no credentials: {error}"));
    }
    output::tell("Nothing was sent.");
    Ok(())
}

/// A transport that sends nothing.
#[derive(Debug)]
struct NoNetwork;

impl Transport for NoNetwork {
    fn send(
        &self,
        _request: http::Request<Bytes>,
        _deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async { Err(TransportError::not_sent("a dry run sends nothing, not even for credentials")) })
    }
}

/// A request with its secrets hidden.
struct Shown {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: String,
    canonical_request: Option<String>,
    string_to_sign: Option<String>,
}

impl Shown {
    fn new(request: &http::Request<Bytes>, credentials: &Credentials, signed: bool) -> Self {
        let hide = |text: &str| hidden(text, credentials);
        let headers =
            request.headers().iter().filter(|(name, _)| signed || *name != http::header::AUTHORIZATION);
        let canonical = SignedText::from_request(request);
        let canonical = canonical.as_ref().map(SignedText::as_str);
        Self {
            method: request.method().to_string(),
            url: request.uri().to_string(),
            headers: headers
                .map(|(name, value)| (name.to_string(), hide(&String::from_utf8_lossy(value.as_bytes()))))
                .collect(),
            body: String::from_utf8_lossy(request.body()).into_owned(),
            canonical_request: canonical.map(hide),
            string_to_sign: canonical.map(acs3::string_to_sign),
        }
    }

    fn text(&self) -> String {
        let mut text = format!("{} {}\n", self.method, self.url);
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\n"));
        }
        if !self.body.is_empty() {
            text.push_str(&format!("\n{}\n", self.body));
        }
        for (title, signed) in
            [("Canonical request", &self.canonical_request), ("String to sign", &self.string_to_sign)]
        {
            if let Some(signed) = signed {
                text.push_str(&format!("\n{title}:\n{}\n", signed.trim_end()));
            }
        }
        text
    }

    fn json(&self) -> Value {
        let headers: serde_json::Map<String, Value> =
            self.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        json!({
            "Method": self.method,
            "Url": self.url,
            "Headers": headers,
            "Body": self.body,
            "CanonicalRequest": self.canonical_request,
            "StringToSign": self.string_to_sign,
        })
    }
}

/// Hides tokens and the signature in a text, and shortens the id of the access key.
fn hidden(text: &str, credentials: &Credentials) -> String {
    let mut text = text.to_owned();
    for token in [credentials.security_token(), credentials.bearer_token()].into_iter().flatten() {
        text = text.replace(token, HIDDEN);
    }
    if let Some(id) = credentials.access_key_id() {
        text = text.replace(id, &masked(id));
    }
    match text.split_once("Signature=") {
        Some((before, _)) => format!("{before}Signature={HIDDEN}"),
        None => text,
    }
}

/// Shortens the id of an access key: its owner recognises it by the first and last characters.
pub(crate) fn masked(id: &str) -> String {
    let letters: Vec<char> = id.chars().collect();
    match letters.as_slice() {
        [a, b, c, d, .., w, x, y, z] if letters.len() >= 12 => format!("{a}{b}{c}{d}…{w}{x}{y}{z}"),
        [a, b, ..] => format!("{a}{b}…"),
        _ => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_hidden_wherever_they_stand() {
        let credentials = Credentials::new("LTAI5tABCDEFGHIJ", "hush").with_security_token("TOKEN");
        let header = "ACS3-HMAC-SHA256 Credential=LTAI5tABCDEFGHIJ,SignedHeaders=host,Signature=0a1b";
        assert_eq!(
            hidden(header, &credentials),
            "ACS3-HMAC-SHA256 Credential=LTAI…GHIJ,SignedHeaders=host,Signature=[hidden]"
        );
        assert_eq!(hidden("x-acs-security-token:TOKEN", &credentials), "x-acs-security-token:[hidden]");
    }

    #[test]
    fn short_id_shows_less() {
        assert_eq!([masked("testid"), masked("x")], ["te…", "…"]);
    }
}
