//! The Security Token Service, which issues temporary credentials for a role to those who may assume it.

use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use zeroize::Zeroizing;

use crate::identity::credentials::Credentials;
use crate::identity::error::CredentialsError;
use crate::providers::http::{HttpResponse, Route};
use crate::providers::json::Json;
use crate::providers::role::SHORTEST;
use crate::providers::{ProviderConfig, Role};
use crate::request::endpoint::{Endpoint, EndpointRules, Network, Scheme};
use crate::request::prepare::{Method, SignatureScheme, Unsigned, prepare};
use crate::text::clock::{parse_rfc3339, timestamp};
use crate::text::skew::{corrected, log_skew};
use crate::wire::decode::Format;
use crate::wire::parameters::{Parameter, ParameterList};
use crate::wire::redact::Redactor;
use crate::wire::sign::canonical_query;

const VERSION: &str = "2015-04-01";
const CENTRAL: &str = "sts.aliyuncs.com";
const ENDPOINTS: EndpointRules = EndpointRules {
    default_region: "",
    public: "sts.{region}.aliyuncs.com",
    vpc: "sts-vpc.{region}.aliyuncs.com",
    central: CENTRAL,
    central_regions: &[],
};

const SESSION_NAME: &str = "ALIBABA_CLOUD_ROLE_SESSION_NAME";
const REGION: &str = "ALIBABA_CLOUD_STS_REGION";
const VPC: &str = "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED";

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(10);

/// Sends `AssumeRole`, signed by `signer` with version 1.0. Every parameter is in the body, which proxies do not log.
/// If the service refuses it for a wrong time, it is signed again once with the service's time.
pub(super) async fn assume_role(
    config: &ProviderConfig,
    role: &Role,
    signer: &Credentials,
) -> Result<Credentials, CredentialsError> {
    if signer.access_key_id().is_none() {
        return Err(CredentialsError::new("a bearer token cannot assume a role; give an access key"));
    }
    let endpoint = endpoint(config, role)?;
    let mut parameters = session(config, role)?;
    parameters.extend(role.external_id.clone().map(|id| ("ExternalId", id)));
    let mut list = ParameterList::new();
    parameters.iter().for_each(|(name, value)| list.push(Parameter::new(*name, value.as_str())));
    let redactor = Redactor::new(signer.secrets());
    let signed = |skew| {
        let nonce = config.nonces.nonce().map_err(|error| {
            CredentialsError::new("there is no nonce to sign AssumeRole with").with_source(error)
        })?;
        prepare(&Unsigned {
            endpoint: &endpoint,
            scheme: SignatureScheme::V1,
            method: Method::Post,
            format: Format::Json,
            action: "AssumeRole",
            version: VERSION,
            parameters: &list,
            credentials: signer,
            timestamp: corrected(config.clock.now(), skew),
            nonce: &nonce,
        })
        .map_err(unsendable)
    };
    let skew = config.clock_correction.get();
    let mut response = send(config, &endpoint, || signed(skew), &redactor).await?;
    let measured = response
        .right_time()
        .and_then(|date| config.clock_correction.measure(config.clock.now(), date, skew));
    if let Some(measured) = measured {
        log_skew(measured);
        if measured.is_followed() {
            response = send(config, &endpoint, || signed(Some(measured)), &redactor).await?;
        }
    }
    let credentials = given(&response, &endpoint, &redactor)?;
    Ok(match (credentials.expiration(), config.clock_correction.get()) {
        // Expiration is checked by the clock of the machine.
        (Some(expiration), Some(skew)) => {
            credentials.with_expiration(corrected(expiration, Some(skew.reversed())))
        }
        _ => credentials,
    })
}

/// Sends `AssumeRoleWithOIDC`, which is not signed: the token authenticates it.
pub(super) async fn assume_role_with_oidc(
    config: &ProviderConfig,
    role: &Role,
    provider_arn: &str,
    token: &str,
) -> Result<Credentials, CredentialsError> {
    let endpoint = endpoint(config, role)?;
    let now = timestamp(config.clock.now());
    let query = canonical_query([
        ("Action", "AssumeRoleWithOIDC"),
        ("Format", "JSON"),
        ("Timestamp", &now),
        ("Version", VERSION),
    ]);
    let session = session(config, role)?;
    let form = session.iter().map(|(name, value)| (*name, value.as_str()));
    let form = canonical_query(form.chain([("OIDCProviderArn", provider_arn), ("OIDCToken", token)]));
    let form = Bytes::from_owner(Zeroizing::new(form.into_bytes()));
    let request = http::Request::post(format!("{endpoint}/?{query}"))
        .header(HOST, endpoint.authority())
        .header(ACCEPT, "application/json")
        .header(USER_AGENT, concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(CONTENT_LENGTH, form.len())
        .body(form)
        .map_err(unsendable)?;
    let redactor = Redactor::new([token]);
    given(&send(config, &endpoint, || Ok(request.clone()), &redactor).await?, &endpoint, &redactor)
}

fn unsendable(error: http::Error) -> CredentialsError {
    CredentialsError::new("the role cannot be sent in an HTTP request; look for control characters in it")
        .with_source(error)
}

async fn send(
    config: &ProviderConfig,
    endpoint: &Endpoint,
    prepare: impl Fn() -> Result<http::Request<Bytes>, CredentialsError>,
    redactor: &Redactor,
) -> Result<HttpResponse, CredentialsError> {
    let route = Route { endpoint, direct: false, connect_timeout: CONNECT_TIMEOUT, timeout: TIMEOUT };
    config.http().send(prepare, &route, redactor).await
}

/// Reads the credentials from a response.
fn given(
    response: &HttpResponse,
    endpoint: &Endpoint,
    redactor: &Redactor,
) -> Result<Credentials, CredentialsError> {
    let json = response.json(endpoint, redactor)?;
    let credentials = json.get("Credentials").ok_or_else(|| incomplete(endpoint, "Credentials"))?;
    temporary(credentials, endpoint)
}

/// Reads temporary credentials, which must have all four members.
pub(super) fn temporary(json: &Json, endpoint: &Endpoint) -> Result<Credentials, CredentialsError> {
    let member = |name| json.text(name).ok_or_else(|| incomplete(endpoint, name));
    let (id, secret) = (member("AccessKeyId")?, member("AccessKeySecret")?);
    let token = member("SecurityToken")?;
    let expiration = parse_rfc3339(member("Expiration")?).ok_or_else(|| {
        CredentialsError::new(format!(
            "the Expiration that {endpoint} gave is not a time such as 2026-01-01T00:00:00Z"
        ))
    })?;
    Ok(Credentials::new(id, secret).with_security_token(token).with_expiration(expiration))
}

fn incomplete(endpoint: &Endpoint, member: &str) -> CredentialsError {
    CredentialsError::new(format!("the response of {endpoint} lacks {member}"))
}

/// Returns the parameters that both operations have.
fn session(config: &ProviderConfig, role: &Role) -> Result<Vec<(&'static str, String)>, CredentialsError> {
    if role.duration < SHORTEST {
        return Err(CredentialsError::new(format!(
            "the role is requested for {} s; STS requires {} s at least",
            role.duration.as_secs(),
            SHORTEST.as_secs()
        )));
    }
    let name = match &role.session_name {
        Some(name) => name.clone(),
        None => config.variables.get(SESSION_NAME)?.unwrap_or_else(|| {
            let seconds = config.clock.now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            format!("{}-{seconds}", env!("CARGO_PKG_NAME"))
        }),
    };
    let mut parameters = vec![
        ("DurationSeconds", role.duration.as_secs().to_string()),
        ("RoleArn", role.arn.clone()),
        ("RoleSessionName", name),
    ];
    parameters.extend(role.policy.clone().map(|policy| ("Policy", policy)));
    Ok(parameters)
}

/// Returns the endpoint of STS. Without a region it is the central one, in a VPC too, as in the official clients.
fn endpoint(config: &ProviderConfig, role: &Role) -> Result<Endpoint, CredentialsError> {
    let region = match &role.sts_region {
        Some(region) => Some(region.clone()),
        None => config.variables.get(REGION)?,
    };
    let vpc = match role.vpc {
        Some(vpc) => vpc,
        None => config.variables.is_true(VPC)?,
    };
    let network = if vpc { Network::Vpc } else { Network::Public };
    let endpoint = match &region {
        Some(region) => ENDPOINTS.resolve(Some(region), network, Scheme::Https),
        None => Endpoint::parse(CENTRAL, Some(Scheme::Https)),
    };
    endpoint.map_err(|error| CredentialsError::new(error.to_string()).within("the region of STS"))
}
