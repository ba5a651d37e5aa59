//! Shows the request that would be sent, and the steps of its signature. Nothing leaves this machine, not even a request for
//! credentials, and no process is started.

use std::time::{Instant, SystemTime};

use ccc_api::CloudCallCenter;
use ccc_api::Credentials;
use ccc_api::credentials::ProviderConfig;
use ccc_api::custom::{BoxFuture, ParameterList, Product as _};
use ccc_api::response::Format;
use ccc_api::sign::{
    Method, NonceSource as _, RandomNonces, SignatureScheme, SignedText, Unsigned, acs3, canonical_query,
    prepare,
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
    let offline = ProviderConfig::new().transport(NoNetwork).without_commands();
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
    let secrets = request.secrets();
    let shown = Shown::new(&prepared, &secrets, unsigned.is_none());
    match output::form(common) {
        Output::Json => output::print_json(&shown.json())?,
        Output::Table => output::print(&shown.text())?,
    }
    if let Some(error) = unsigned {
        output::tell(&format!("The request is shown without a signature: there are no credentials: {error}"));
    }
    if !secrets.is_empty() {
        output::tell(&format!("Hidden, because they are secret or not documented: {}.", secrets.join(", ")));
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
    /// Whether the canonical request is not the text that the string to sign has the hash of.
    masked: bool,
}

impl Shown {
    /// Hides the values of the parameters in `secrets`, and the headers that identify the signer.
    fn new(request: &http::Request<Bytes>, secrets: &[&str], signed: bool) -> Self {
        let method = request.method().as_str();
        let uri = request.uri().to_string();
        let (address, query) = uri.split_once('?').unwrap_or((&uri, ""));
        let query = without_values(query, secrets);
        let real_headers: Vec<(&str, String)> = request
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let headers: Vec<(&str, String)> =
            real_headers.iter().map(|(name, value)| (*name, header(name, value))).collect();
        let value =
            |name: &str| headers.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str());
        let covered = value("authorization").and_then(signed_headers);
        let canonical_request = covered.map(|names| {
            let covered: Vec<_> = names.split(';').filter_map(|name| Some((name, value(name)?))).collect();
            let content = value("x-acs-content-sha256").unwrap_or_default();
            acs3::canonical_request(method, "/", &query, covered, content).text
        });
        let real = SignedText::from_request(request).filter(|_| canonical_request.is_some());
        Self {
            method: method.to_owned(),
            url: if query.is_empty() { address.to_owned() } else { format!("{address}?{query}") },
            body: without_values(&String::from_utf8_lossy(request.body()), secrets),
            masked: real.as_ref().map(SignedText::as_str) != canonical_request.as_deref(),
            string_to_sign: real.map(|text| acs3::string_to_sign(text.as_str())),
            canonical_request,
            headers: headers
                .into_iter()
                .filter(|(name, _)| signed || *name != "authorization")
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
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
        let hash = if self.masked {
            "String to sign (its hash is that of the canonical request with nothing hidden)"
        } else {
            "String to sign"
        };
        for (title, signed) in [("Canonical request", &self.canonical_request), (hash, &self.string_to_sign)]
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
            "CanonicalRequestIsMasked": self.masked,
            "StringToSign": self.string_to_sign,
        })
    }
}

/// Replaces the values of the named parameters in a query or form.
fn without_values(pairs: &str, secrets: &[&str]) -> String {
    let begins: Vec<String> = secrets.iter().map(|name| canonical_query([(*name, "")])).collect();
    let hide = |pair: &str| match begins.iter().find(|begin| pair.starts_with(begin.as_str())) {
        Some(begin) => format!("{begin}{HIDDEN}"),
        None => pair.to_owned(),
    };
    pairs.split('&').map(hide).collect::<Vec<_>>().join("&")
}

/// Returns the value of a header as it is shown.
fn header(name: &str, value: &str) -> String {
    match name {
        "x-acs-security-token" | "x-acs-bearer-token" => HIDDEN.to_owned(),
        "x-acs-accesskey-id" => masked(value),
        "authorization" => authorization(value).unwrap_or_else(|| HIDDEN.to_owned()),
        _ => value.to_owned(),
    }
}

/// Hides the signature in an `authorization` header and shortens its id; `None` if the header has another form.
fn authorization(value: &str) -> Option<String> {
    let (_, credential) = value.split_once("Credential=")?;
    let (id, _) = credential.split_once(",SignedHeaders=")?;
    Some(acs3::authorization(&masked(id), signed_headers(value)?, HIDDEN))
}

fn signed_headers(authorization: &str) -> Option<&str> {
    authorization.rsplit_once("SignedHeaders=")?.1.split(',').next()
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
    fn authorization_is_shown_without_id_and_signature() {
        let value = "ACS3-HMAC-SHA256 Credential=LTAI5tABCDEFGHIJ,SignedHeaders=host,Signature=0a1b";
        assert_eq!(
            header("authorization", value),
            "ACS3-HMAC-SHA256 Credential=LTAI…GHIJ,SignedHeaders=host,Signature=[hidden]"
        );
        assert_eq!(header("authorization", "Basic hush"), "[hidden]");
    }

    #[test]
    fn only_values_of_the_named_parameters_are_hidden() {
        assert_eq!(
            without_values("A=Password%3D1&Password=hush&Password2=x", &["Password"]),
            "A=Password%3D1&Password=[hidden]&Password2=x"
        );
    }

    #[test]
    fn short_id_shows_less() {
        assert_eq!([masked("testid"), masked("x")], ["te…", "…"]);
    }
}
