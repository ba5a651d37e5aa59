//! Credentials of the RAM role of an ECS instance, from the instance's own metadata service.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use http::header::{CONTENT_LENGTH, HOST, HeaderValue, USER_AGENT};
use zeroize::Zeroizing;

use crate::identity::credentials::Credentials;
use crate::identity::error::CredentialsError;
use crate::identity::provider::CredentialsProvider;
use crate::providers::http::{HttpResponse, NoResponse, Route};
use crate::providers::{CachedProvider, ProviderConfig, sts};
use crate::request::endpoint::Endpoint;
use crate::text::future::BoxFuture;
use crate::text::percent;
use crate::wire::redact::Redactor;

const ROLE_NAME: &str = "ALIBABA_CLOUD_ECS_METADATA";
const DISABLED: &str = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
const V1_DISABLED: &str = "ALIBABA_CLOUD_IMDSV1_DISABLED";

const HOST_OF_METADATA: &str = "http://100.100.100.200";
const TOKEN: &str = "/latest/api/token";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";
/// How long the token is valid, in seconds; it is used at once.
const TOKEN_LIFETIME: &str = "21600";
/// The time limit of each request. The service is on the machine itself.
const TIMEOUT: Duration = Duration::from_secs(1);

/// Fetches temporary credentials of the RAM role of an ECS instance, and caches them.
///
/// It asks the metadata service with a token first (version 2 of its protocol). If that fails, it asks without one,
/// unless `ALIBABA_CLOUD_IMDSV1_DISABLED` is `true`. `ALIBABA_CLOUD_ECS_METADATA_DISABLED=true` disables the provider.
/// Each request has a time limit of 1 s and uses no proxy.
///
/// ```
/// use acs_runtime::Config;
/// use acs_runtime::credentials::EcsRamRoleProvider;
///
/// let config = Config::builder().credentials(EcsRamRoleProvider::new()).build()?;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
pub struct EcsRamRoleProvider(CachedProvider<InstanceRole>);

#[derive(Debug)]
pub(super) struct InstanceRole {
    config: ProviderConfig,
    role_name: Option<String>,
    /// Whether this machine is known to have the service. If so, a missing response is a failure.
    reached: AtomicBool,
}

impl EcsRamRoleProvider {
    /// Creates a provider of the role that `ALIBABA_CLOUD_ECS_METADATA` names, else of the one that the service names.
    #[must_use]
    pub fn new() -> Self {
        Self::with_config(&ProviderConfig::new())
    }

    /// As [`new`](Self::new), with variables, a clock or a transport of your own.
    #[must_use]
    pub fn with_config(config: &ProviderConfig) -> Self {
        Self(CachedProvider::with_config(InstanceRole::new(config, None), config))
    }

    /// Creates a provider of the role with this name.
    pub fn of_role(name: impl Into<String>) -> Self {
        Self::of_role_with_config(name, &ProviderConfig::new())
    }

    /// As [`of_role`](Self::of_role), with variables, a clock or a transport of your own.
    pub fn of_role_with_config(name: impl Into<String>, config: &ProviderConfig) -> Self {
        Self(CachedProvider::with_config(InstanceRole::new(config, Some(name.into())), config))
    }
}

impl Default for EcsRamRoleProvider {
    fn default() -> Self {
        Self::new()
    }
}

impl CredentialsProvider for EcsRamRoleProvider {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        self.0.provide()
    }
}

/// A metadata token; `None` stands for version 1 of the protocol, which has none.
type MetadataToken = Option<Zeroizing<String>>;

impl InstanceRole {
    pub(super) fn new(config: &ProviderConfig, role_name: Option<String>) -> Self {
        Self { config: config.clone(), role_name, reached: AtomicBool::new(false) }
    }

    pub(super) async fn fetch(&self) -> Result<Credentials, CredentialsError> {
        let variables = &self.config.variables;
        if variables.is_true(DISABLED)? {
            return Err(CredentialsError::not_configured(format!(
                "the instance metadata service is switched off by {DISABLED}"
            )));
        }
        let name = match &self.role_name {
            Some(name) => Some(name.clone()),
            None => variables.get(ROLE_NAME)?,
        };
        let version_1 = !variables.is_true(V1_DISABLED)?;
        let metadata = Metadata {
            config: &self.config,
            endpoint: Endpoint::parse(HOST_OF_METADATA, None)
                .map_err(|error| CredentialsError::new(error.to_string()))?,
            redactor: Redactor::default(),
        };
        let fetched = metadata.credentials(name.as_deref(), version_1).await;
        // A response came, so this machine is an instance.
        if !fetched.as_ref().is_err_and(|failed| failed.silent) {
            self.reached.store(true, Ordering::Relaxed);
        }
        let expected = name.is_some() || self.reached.load(Ordering::Relaxed);
        fetched.map_err(|failed| {
            if failed.silent && !expected {
                let text = format!("there is no instance metadata service ({})", failed.error);
                return CredentialsError::not_configured(text);
            }
            failed.error.within("the instance metadata service")
        })
    }
}

impl CredentialsProvider for InstanceRole {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.fetch())
    }
}

/// A client of the metadata service.
struct Metadata<'a> {
    config: &'a ProviderConfig,
    endpoint: Endpoint,
    redactor: Redactor,
}

impl Metadata<'_> {
    /// Fetches with a token, else without one if that is allowed.
    async fn credentials(&self, name: Option<&str>, version_1: bool) -> Result<Credentials, NoResponse> {
        let with_token = match self.token().await {
            Ok(token) => self.credentials_by(name, &Some(token)).await,
            Err(failed) => Err(failed),
        };
        let Err(failed) = with_token else { return with_token };
        if !version_1 {
            let error = failed.error.followed_by(&format!("; to go on without a token, unset {V1_DISABLED}"));
            return Err(NoResponse { error, ..failed });
        }
        self.credentials_by(name, &None).await.map_err(|last| {
            let both = !failed.silent && failed.error.to_string() != last.error.to_string();
            let with_token = if both { format!(" (with a token: {})", failed.error) } else { String::new() };
            NoResponse { silent: failed.silent && last.silent, error: last.error.followed_by(&with_token) }
        })
    }

    async fn token(&self) -> Result<Zeroizing<String>, NoResponse> {
        let request = self.request(
            &Method::PUT,
            TOKEN,
            &[("x-aliyun-ecs-metadata-token-ttl-seconds", TOKEN_LIFETIME)],
        )?;
        let response = self.send(request).await?;
        let text = self.line(&response)?;
        Ok(Zeroizing::new(text.to_owned()))
    }

    async fn credentials_by(
        &self,
        name: Option<&str>,
        token: &MetadataToken,
    ) -> Result<Credentials, NoResponse> {
        let name = match name {
            Some(name) => name.to_owned(),
            None => self.role_name(token).await?,
        };
        let response = self.get(&format!("{ROLES}{}", percent::encode(&name)), token).await?;
        if response.status == 404 {
            return Err(told(CredentialsError::new(format!("the instance does not have the role `{name}`"))));
        }
        let json = response.json(&self.endpoint, &self.redactor).map_err(told)?;
        sts::temporary(&json, &self.endpoint).map_err(told)
    }

    async fn role_name(&self, token: &MetadataToken) -> Result<String, NoResponse> {
        let response = self.get(ROLES, token).await?;
        if response.status == 404 {
            return Err(told(CredentialsError::not_configured("the instance has no RAM role")));
        }
        self.line(&response).map(str::to_owned)
    }

    async fn get(&self, path: &str, token: &MetadataToken) -> Result<HttpResponse, NoResponse> {
        let token = token.as_ref().map(|token| ("x-aliyun-ecs-metadata-token", token.as_str()));
        let request = self.request(&Method::GET, path, token.as_slice())?;
        self.send(request).await
    }

    fn request(
        &self,
        method: &Method,
        path: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<http::Request<Bytes>, NoResponse> {
        let unsendable = |error: http::Error| {
            told(CredentialsError::new("the response is not valid in an HTTP header").with_source(error))
        };
        let mut builder = http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.endpoint))
            .header(HOST, self.endpoint.authority())
            .header(USER_AGENT, concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")));
        if *method == Method::PUT {
            builder = builder.header(CONTENT_LENGTH, 0);
        }
        for (name, value) in headers {
            let mut value = HeaderValue::from_str(value).map_err(|error| unsendable(error.into()))?;
            value.set_sensitive(true);
            builder = builder.header(*name, value);
        }
        builder.body(Bytes::new()).map_err(unsendable)
    }

    async fn send(&self, request: http::Request<Bytes>) -> Result<HttpResponse, NoResponse> {
        let route =
            Route { endpoint: &self.endpoint, direct: true, connect_timeout: TIMEOUT, timeout: TIMEOUT };
        self.config.http().send(|| Ok(request.clone()), &route, &self.redactor).await
    }

    /// Returns the response, which must be one word.
    fn line<'a>(&self, response: &'a HttpResponse) -> Result<&'a str, NoResponse> {
        if response.status != 200 {
            let text = format!("{} answered with HTTP {}", self.endpoint, response.status);
            return Err(told(CredentialsError::new(text)));
        }
        let text = std::str::from_utf8(response.body()).map(str::trim).unwrap_or_default();
        let is_word =
            !text.is_empty() && text.len() <= 1024 && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_word || text.starts_with('<') {
            let text = format!("{} answered with something that is not a name", self.endpoint);
            return Err(told(CredentialsError::new(text)));
        }
        Ok(text)
    }
}

/// Marks an error as one after a response, so the service exists.
fn told(error: CredentialsError) -> NoResponse {
    NoResponse { silent: false, error }
}
