//! Credentials from the profiles of Alibaba Cloud's command line interface, `~/.aliyun/config.json`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::instance_role::InstanceRole;
use crate::identity::credentials::Credentials;
use crate::identity::error::CredentialsError;
use crate::identity::provider::CredentialsProvider;
use crate::providers::json::Json;
use crate::providers::oidc::Assertion;
use crate::providers::uri::CredentialsUri;
use crate::providers::{CachedProvider, ProviderConfig, Role, external, file, sts};
use crate::text::clock::{parse_rfc3339, timestamp};
use crate::text::future::BoxFuture;

const PROFILE: &str = "ALIBABA_CLOUD_PROFILE";
const DISABLED: &str = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";

/// Reads a profile of `~/.aliyun/config.json`, and caches the credentials.
///
/// It is the profile that `ALIBABA_CLOUD_PROFILE` names, else the file's `current` one. Modes are `AK`, `StsToken`,
/// `RamRoleArn`, `EcsRamRole`, `RamRoleArnWithEcs`, `OIDC`, `ChainableRamRoleArn`, `External`, `CredentialsURI`,
/// `CloudSSO` and `OAuth`. The last two work while the key of the last login is valid, because a new login needs a
/// person at a browser. `RsaKeyPair` is refused. `ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true` disables the file.
///
/// The command of an `External` profile is run directly, without a shell. It is split into words at spaces; quotes
/// (`"…"`, `'…'`) and, except on Windows, backslashes protect them. After a minute, or at the client's own time limit,
/// it is killed.
///
/// ```
/// use acs_runtime::credentials::CliProfileProvider;
/// use acs_runtime::Config;
///
/// let config = Config::builder().credentials(CliProfileProvider::named("night-shift")).build()?;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
pub struct CliProfileProvider(CachedProvider<CliProfile>);

#[derive(Debug)]
pub(super) struct CliProfile {
    config: ProviderConfig,
    name: Option<String>,
}

impl CliProfileProvider {
    /// Creates a provider of the profile that `ALIBABA_CLOUD_PROFILE` names, else of the current one.
    #[must_use]
    pub fn new() -> Self {
        Self::with_config(&ProviderConfig::new())
    }

    /// Creates a provider of the profile with this name.
    pub fn named(name: impl Into<String>) -> Self {
        Self::named_with_config(name, &ProviderConfig::new())
    }

    /// As [`named`](Self::named), with variables, a clock, nonces or a transport of your own.
    pub fn named_with_config(name: impl Into<String>, config: &ProviderConfig) -> Self {
        Self::from_parts(config, Some(name.into()))
    }

    /// As [`new`](Self::new), with variables, a clock, nonces or a transport of your own.
    #[must_use]
    pub fn with_config(config: &ProviderConfig) -> Self {
        Self::from_parts(config, None)
    }

    fn from_parts(config: &ProviderConfig, name: Option<String>) -> Self {
        Self(CachedProvider::with_config(CliProfile::new(config, name), config))
    }
}

impl Default for CliProfileProvider {
    fn default() -> Self {
        Self::new()
    }
}

impl CredentialsProvider for CliProfileProvider {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        self.0.provide()
    }
}

impl CredentialsProvider for CliProfile {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.fetch())
    }
}

impl CliProfile {
    pub(super) fn new(config: &ProviderConfig, name: Option<String>) -> Self {
        Self { config: config.clone(), name }
    }

    async fn fetch(&self) -> Result<Credentials, CredentialsError> {
        let variables = &self.config.variables;
        if variables.is_true(DISABLED)? {
            return Err(CredentialsError::not_configured(format!("it is switched off by {DISABLED}")));
        }
        let home = variables.home().ok_or_else(|| {
            CredentialsError::not_configured("there is no home directory to look in; set HOME")
        })?;
        let path = home.join(".aliyun").join("config.json");
        let text = file::read(&path)?
            .ok_or_else(|| CredentialsError::not_configured(format!("{} does not exist", path.display())))?;
        let json = Json::parse(text.as_bytes())
            .map_err(|error| CredentialsError::new(format!("{} {error}", path.display())))?;
        let profiles = Profiles { path: &path, profiles: json.list("profiles") };
        let asked_for = match &self.name {
            Some(name) => Some(name.clone()),
            None => variables.get(PROFILE)?,
        };
        let profile = match &asked_for {
            // The other file may have a profile with this name.
            Some(name) => profiles.find(name).ok_or_else(|| {
                CredentialsError::not_configured(format!("{} has no profile `{name}`", path.display()))
            })?,
            None => {
                let current = json.text("current").ok_or_else(|| {
                    CredentialsError::new(format!(
                        "{} names no `current` profile; run `aliyun configure`, or set {PROFILE}",
                        path.display()
                    ))
                })?;
                profiles.find(current).ok_or_else(|| profiles.missing(current))?
            }
        };
        profiles.credentials(&self.config, profile).await
    }
}

/// The profiles of a file.
struct Profiles<'a> {
    path: &'a Path,
    profiles: &'a [Json],
}

impl<'a> Profiles<'a> {
    fn find(&self, name: &str) -> Option<Profile<'a>> {
        let json = self.profiles.iter().find(|profile| profile.text("name") == Some(name))?;
        Some(Profile { json, place: format!("profile `{name}` of {}", self.path.display()) })
    }

    fn missing(&self, name: &str) -> CredentialsError {
        CredentialsError::new(format!("{} has no profile `{name}`", self.path.display()))
    }

    /// Follows the `source_profile`s to a profile that needs no other, then assumes the roles on the way back.
    async fn credentials(
        &self,
        config: &ProviderConfig,
        asked_for: Profile<'a>,
    ) -> Result<Credentials, CredentialsError> {
        let asked_for_place = asked_for.place.clone();
        let mut profile = asked_for;
        let mut roles = Vec::new();
        let mut seen = Vec::new();
        while profile.mode() == "ChainableRamRoleArn" {
            roles.push((profile.role()?, profile.place.clone()));
            seen.push(profile.json.text("name"));
            let source = profile.required("source_profile")?;
            if seen.contains(&Some(source)) {
                return Err(
                    profile.wrong("its `source_profile` leads back to itself; name one with keys of its own")
                );
            }
            profile = self.find(source).ok_or_else(|| {
                self.missing(source).within(format_args!("the `source_profile` of the {}", profile.place))
            })?;
        }
        let at = |place: String| move |error: CredentialsError| error.within(place);
        let mut credentials = profile.own_credentials(config, External::Allowed).await?;
        while let Some((role, place)) = roles.pop() {
            credentials = sts::assume_role(config, &role, &credentials).await.map_err(at(place))?;
        }
        Ok(credentials.with_source(asked_for_place))
    }
}

/// Whether a profile may run a command. A profile that a command printed may not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum External {
    Allowed,
    Refused,
}

/// One profile, and its name in errors.
struct Profile<'a> {
    json: &'a Json,
    place: String,
}

impl<'a> Profile<'a> {
    fn mode(&self) -> &'a str {
        // Old files have no mode, and the output of a command need not have one.
        let token = if self.json.text("sts_token").is_some() { "StsToken" } else { "AK" };
        self.json.text("mode").unwrap_or(token)
    }

    fn wrong(&self, what: impl fmt::Display) -> CredentialsError {
        CredentialsError::new(format!("{}: {what}", self.place))
    }

    fn required(&self, name: &str) -> Result<&'a str, CredentialsError> {
        self.json.text(name).ok_or_else(|| self.wrong(format_args!("it has no `{name}`; add it")))
    }

    /// Returns the credentials of a profile that needs no other.
    async fn own_credentials(
        &self,
        config: &ProviderConfig,
        external: External,
    ) -> Result<Credentials, CredentialsError> {
        let failed = |error: CredentialsError| error.into_failure().within(&self.place);
        match self.mode() {
            "AK" => self.access_key(),
            "StsToken" => {
                let key = self.access_key()?.with_security_token(self.required("sts_token")?);
                match self.json.text("expiration") {
                    None => Ok(key),
                    Some(text) => {
                        let expiration = parse_rfc3339(text).ok_or_else(|| {
                            self.wrong("its `expiration` is not a time such as 2026-01-01T00:00:00Z")
                        })?;
                        Ok(key.with_expiration(expiration))
                    }
                }
            }
            "RamRoleArn" => {
                let mut key = self.access_key().map_err(CredentialsError::into_failure)?;
                if let Some(token) = self.json.text("sts_token") {
                    key = key.with_security_token(token);
                }
                sts::assume_role(config, &self.role()?, &key).await.map_err(failed)
            }
            "EcsRamRole" => {
                let name = self.json.text("ram_role_name").map(str::to_owned);
                InstanceRole::new(config, name).fetch().await.map_err(failed)
            }
            "RamRoleArnWithEcs" => {
                let name = self.json.text("ram_role_name").map(str::to_owned);
                let role = self.role()?;
                let key = InstanceRole::new(config, name).fetch().await.map_err(failed)?;
                sts::assume_role(config, &role, &key).await.map_err(failed)
            }
            "CredentialsURI" => {
                let uri = CredentialsUri::new(self.required("credentials_uri")?, config);
                uri.fetch().await.map_err(failed)
            }
            "OIDC" => {
                let provider_arn = self.required("oidc_provider_arn")?.to_owned();
                let token_file = PathBuf::from(self.required("oidc_token_file")?);
                let assertion = Assertion { role: self.role()?, provider_arn, token_file };
                assertion.exchange(config).await.map_err(failed)
            }
            "External" if external == External::Allowed && !config.commands => Err(failed(
                CredentialsError::new("its `process_command` is not run: commands are not allowed here"),
            )),
            "External" if external == External::Allowed => {
                let output = external::run(self.required("process_command")?).await.map_err(failed)?;
                let place = format!("the output of the `process_command` of the {}", self.place);
                let printed = Json::parse(&output)
                    .map_err(|error| CredentialsError::new(format!("{place} {error}")))?;
                let printed = Profile { json: &printed, place };
                let own = Box::pin(printed.own_credentials(config, External::Refused)).await;
                own.map_err(CredentialsError::into_failure)
            }
            "External" | "ChainableRamRoleArn" => {
                Err(self.wrong("it names another command or profile, which the output of a command must not"))
            }
            "CloudSSO" | "OAuth" => self.last_login(config.clock.now()),
            _ => Err(self.wrong(
                "its `mode` is none of AK, StsToken, RamRoleArn, EcsRamRole, RamRoleArnWithEcs, OIDC, \
                 ChainableRamRoleArn, External, CredentialsURI, CloudSSO and OAuth",
            )),
        }
    }

    /// Returns the temporary key that the command line interface stored at the last login, while it is valid.
    fn last_login(&self, now: SystemTime) -> Result<Credentials, CredentialsError> {
        let expired = |what: &str| {
            let (mode, name) = (self.mode(), self.json.text("name").unwrap_or("default"));
            self.wrong(format_args!(
                "{what}; log in again with `aliyun configure --mode {mode} --profile {name}`, or name another profile in \
                 {PROFILE}, or set {DISABLED}=true to use the sources after this file"
            ))
        };
        let text = |name| self.json.text(name);
        let (Some(id), Some(secret), Some(token)) =
            (text("access_key_id"), text("access_key_secret"), text("sts_token"))
        else {
            return Err(expired("it holds no temporary key of a login"));
        };
        let until = self.json.number("sts_expiration").filter(|seconds| *seconds > 0);
        let until = until.and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
        match until {
            None => Err(expired("its temporary key has no `sts_expiration`")),
            Some(until) if until <= now => {
                Err(expired(&format!("its temporary key expired at {}", timestamp(until))))
            }
            Some(until) => Ok(Credentials::new(id, secret).with_security_token(token).with_expiration(until)),
        }
    }

    fn access_key(&self) -> Result<Credentials, CredentialsError> {
        let parts = [self.json.text("access_key_id"), self.json.text("access_key_secret")];
        if parts == [None, None] {
            // The command line interface writes such a profile at its first run.
            let text = format!("{}: it has no access key yet", self.place);
            return Err(CredentialsError::not_configured(text));
        }
        Ok(Credentials::new(self.required("access_key_id")?, self.required("access_key_secret")?))
    }

    fn role(&self) -> Result<Role, CredentialsError> {
        let text = |name| self.json.text(name).map(str::to_owned);
        let mut role = Role::new(self.required("ram_role_arn")?);
        role.session_name = text("ram_session_name").or_else(|| text("role_session_name"));
        role.policy = text("policy");
        role.external_id = text("external_id");
        role.sts_region = text("sts_region");
        role.vpc = self.json.bool("enable_vpc");
        match self.json.number("expired_seconds") {
            // The command line interface writes 0 if nothing was entered.
            None | Some(0) => Ok(role),
            Some(seconds) => Ok(role.duration(Duration::from_secs(seconds))),
        }
    }
}
