//! Layer 7: the providers of credentials.
//!
//! Each provider has its own file. They share `provider_config` (variables, clock, nonces, HTTP), `file`, `json` and
//! `ini` (reading secrets), `http` and `sts` (fetching them), and `cached` (keeping them).

#[cfg(feature = "client")]
mod assume_role;
#[cfg(feature = "client")]
mod cached;
#[cfg(feature = "client")]
mod cli_profile;
#[cfg(feature = "client")]
mod credentials_file;
#[cfg(feature = "client")]
mod default;
mod environment;
#[cfg(feature = "client")]
mod external;
#[cfg(feature = "client")]
mod file;
#[cfg(feature = "client")]
mod held;
#[cfg(feature = "client")]
mod http;
#[cfg(feature = "client")]
mod ini;
#[cfg(feature = "client")]
mod instance_role;
#[cfg(feature = "client")]
mod json;
#[cfg(feature = "client")]
mod oidc;
#[cfg(feature = "client")]
mod provider_config;
#[cfg(feature = "client")]
mod role;
#[cfg(feature = "client")]
mod sts;
#[cfg(feature = "client")]
mod trace;
#[cfg(feature = "client")]
mod uri;

#[cfg(feature = "client")]
pub use assume_role::AssumeRoleProvider;
#[cfg(feature = "client")]
pub use cached::CachedProvider;
#[cfg(feature = "client")]
pub use cli_profile::CliProfileProvider;
#[cfg(feature = "client")]
pub use credentials_file::FileProvider;
#[cfg(feature = "client")]
pub use default::DefaultProvider;
pub use environment::EnvironmentProvider;
#[cfg(feature = "client")]
pub(crate) use http::Http;
#[cfg(feature = "client")]
pub use instance_role::EcsRamRoleProvider;
#[cfg(feature = "client")]
pub use oidc::OidcProvider;
#[cfg(feature = "client")]
pub use provider_config::ProviderConfig;
#[cfg(feature = "client")]
pub use role::Role;
#[cfg(feature = "client")]
pub use uri::UriProvider;
