//! Credentials from the INI file that the official clients share, `~/.alibabacloud/credentials`.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::instance_role::InstanceRole;
use crate::identity::credentials::Credentials;
use crate::identity::error::CredentialsError;
use crate::identity::provider::CredentialsProvider;
use crate::providers::ini::{Ini, Section};
use crate::providers::oidc::Assertion;
use crate::providers::{CachedProvider, ProviderConfig, Role, file, sts};
use crate::text::future::BoxFuture;

const PROFILE: &str = "ALIBABA_CLOUD_PROFILE";
const PATH: &str = "ALIBABA_CLOUD_CREDENTIALS_FILE";
/// The names of the file in the official clients of Go and Python.
const NAMES: [&str; 2] = ["credentials", "credentials.ini"];

/// Reads a section of `~/.alibabacloud/credentials`, else of `~/.alibabacloud/credentials.ini`, or of the file that
/// `ALIBABA_CLOUD_CREDENTIALS_FILE` names. Caches the credentials.
///
/// It is the section that `ALIBABA_CLOUD_PROFILE` names, else `[default]`. Its `type` is `access_key`, `sts`,
/// `ecs_ram_role`, `ram_role_arn` or `oidc_role_arn`; `rsa_key_pair` is refused. A value may hold `#`: a comment begins
/// with `#` or `;` at the start of a line or after a space.
///
/// ```
/// use acs_runtime::Config;
/// use acs_runtime::credentials::FileProvider;
///
/// let config = Config::builder().credentials(FileProvider::section("night-shift")).build()?;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
pub struct FileProvider(CachedProvider<CredentialsFile>);

#[derive(Debug)]
pub(super) struct CredentialsFile {
    config: ProviderConfig,
    section: Option<String>,
}

impl FileProvider {
    /// Creates a provider of the section that `ALIBABA_CLOUD_PROFILE` names, else of `[default]`.
    #[must_use]
    pub fn new() -> Self {
        Self::with_config(&ProviderConfig::new())
    }

    /// Creates a provider of the section with this name.
    pub fn section(name: impl Into<String>) -> Self {
        Self::section_with_config(name, &ProviderConfig::new())
    }

    /// As [`section`](Self::section), with variables, a clock, nonces or a transport of your own.
    pub fn section_with_config(name: impl Into<String>, config: &ProviderConfig) -> Self {
        Self::from_parts(config, Some(name.into()))
    }

    /// As [`new`](Self::new), with variables, a clock, nonces or a transport of your own.
    #[must_use]
    pub fn with_config(config: &ProviderConfig) -> Self {
        Self::from_parts(config, None)
    }

    fn from_parts(config: &ProviderConfig, section: Option<String>) -> Self {
        Self(CachedProvider::with_config(CredentialsFile::new(config, section), config))
    }
}

impl Default for FileProvider {
    fn default() -> Self {
        Self::new()
    }
}

impl CredentialsProvider for FileProvider {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        self.0.provide()
    }
}

impl CredentialsProvider for CredentialsFile {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.fetch())
    }
}

impl CredentialsFile {
    pub(super) fn new(config: &ProviderConfig, section: Option<String>) -> Self {
        Self { config: config.clone(), section }
    }

    async fn fetch(&self) -> Result<Credentials, CredentialsError> {
        let variables = &self.config.variables;
        let asked_for = match &self.section {
            Some(section) => Some(section.clone()),
            None => variables.get(PROFILE)?,
        };
        let given = variables.get(PATH)?.map(PathBuf::from);
        let is_explicit = asked_for.is_some() || given.is_some();
        // If the file or the section was named, its absence is a failure.
        let absent = |text: String| {
            if is_explicit { CredentialsError::new(text) } else { CredentialsError::not_configured(text) }
        };
        let (path, text) = match given {
            Some(path) => {
                let text = file::read(&path)?
                    .ok_or_else(|| absent(format!("{} does not exist; check {PATH}", path.display())))?;
                (path, text)
            }
            None => self.in_home(asked_for.as_deref(), absent)?,
        };
        let ini = Ini::parse(&text);
        let name = asked_for.as_deref().unwrap_or("default");
        let section = ini
            .section(name)
            .map_err(|error| CredentialsError::new(format!("{} {error}", path.display())))?;
        let section = section.ok_or_else(|| {
            absent(format!("{} has no section `[{name}]`; check {PROFILE}, or add it", path.display()))
        })?;
        let entry = Entry { section, place: format!("section `[{name}]` of {}", path.display()) };
        entry.credentials(&self.config).await
    }

    fn in_home(
        &self,
        asked_for: Option<&str>,
        absent: impl Fn(String) -> CredentialsError,
    ) -> Result<(PathBuf, Zeroizing<String>), CredentialsError> {
        let home = self
            .config
            .variables
            .home()
            .ok_or_else(|| absent("there is no home directory to look in; set HOME".to_owned()))?;
        let folder = home.join(".alibabacloud");
        for name in NAMES {
            let path = folder.join(name);
            if let Some(text) = file::read(&path)? {
                return Ok((path, text));
            }
        }
        let neither = format!("{} holds neither of {}", folder.display(), NAMES.join(", "));
        Err(absent(match asked_for {
            Some(name) => format!("{neither}, so there is no profile `{name}`; check {PROFILE}"),
            None => neither,
        }))
    }
}

/// A section, and its name in errors.
struct Entry<'a> {
    section: &'a Section,
    place: String,
}

impl<'a> Entry<'a> {
    fn wrong(&self, what: &str) -> CredentialsError {
        CredentialsError::new(format!("{}: {what}", self.place))
    }

    fn required(&self, name: &str) -> Result<&'a str, CredentialsError> {
        self.section.get(name).ok_or_else(|| self.wrong(&format!("it has no `{name}`; add it")))
    }

    async fn credentials(&self, config: &ProviderConfig) -> Result<Credentials, CredentialsError> {
        if self.section.get("enable").is_some_and(|value| value.eq_ignore_ascii_case("false")) {
            let text = format!("{}: it is switched off by `enable = false`", self.place);
            return Err(CredentialsError::not_configured(text));
        }
        let failed = |error: CredentialsError| error.into_failure().within(&self.place);
        match self.required("type")? {
            "access_key" => self.access_key(),
            "sts" => Ok(self.access_key()?.with_security_token(self.required("security_token")?)),
            "ecs_ram_role" => {
                let name = self.section.get("role_name").map(str::to_owned);
                InstanceRole::new(config, name).fetch().await.map_err(failed)
            }
            "ram_role_arn" => {
                let signer = self.access_key()?;
                sts::assume_role(config, &self.role()?, &signer).await.map_err(failed)
            }
            "oidc_role_arn" => {
                let provider_arn = self.required("oidc_provider_arn")?.to_owned();
                let token_file = Path::new(self.required("oidc_token_file_path")?).to_owned();
                let assertion = Assertion { role: self.role()?, provider_arn, token_file };
                assertion.exchange(config).await.map_err(failed)
            }
            "rsa_key_pair" => Err(self.wrong(
                "key pairs (`type = rsa_key_pair`) are not supported; use `type = ram_role_arn` or `access_key`",
            )),
            _ => Err(self.wrong(
                "its `type` is none of access_key, sts, ecs_ram_role, ram_role_arn and oidc_role_arn",
            )),
        }
    }

    fn access_key(&self) -> Result<Credentials, CredentialsError> {
        Ok(Credentials::new(self.required("access_key_id")?, self.required("access_key_secret")?))
    }

    fn role(&self) -> Result<Role, CredentialsError> {
        let text = |name| self.section.get(name).map(str::to_owned);
        let mut role = Role::new(self.required("role_arn")?);
        role.session_name = text("role_session_name");
        role.policy = text("policy");
        Ok(role)
    }
}
