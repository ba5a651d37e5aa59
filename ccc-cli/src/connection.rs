//! Makes a client from the options of the command line.

use std::sync::Arc;

use ccc_api::Client;
use ccc_api::config::{ConfigBuilder, ConfigError};
use ccc_api::credentials::{CliProfileProvider, CredentialsProvider, DefaultProvider, ProviderConfig};

use crate::cli::Common;
use crate::exit::Failure;

/// Returns the provider of credentials: the profile that the command line names, else the default chain.
pub(crate) fn credentials(common: &Common, config: &ProviderConfig) -> Arc<dyn CredentialsProvider> {
    match &common.profile {
        Some(profile) => Arc::new(CliProfileProvider::named_with_config(profile, config)),
        None => Arc::new(DefaultProvider::with_config(config)),
    }
}

/// Begins a configuration with the environment and the options. Options take precedence.
pub(crate) fn config(common: &Common) -> Result<ConfigBuilder, Failure> {
    let mut builder = ConfigBuilder::from_env().map_err(wrong)?.timeout(common.timeout);
    if let Some(region) = &common.region {
        builder = builder.region(region);
    }
    if let Some(endpoint) = &common.endpoint {
        builder = builder.endpoint(endpoint);
    }
    Ok(builder)
}

/// Makes a client.
pub(crate) fn client(builder: ConfigBuilder) -> Result<Client, Failure> {
    builder.build().and_then(Client::new).map_err(wrong)
}

/// Makes a client with the configuration and credentials that the options select.
pub(crate) fn usual_client(common: &Common) -> Result<Client, Failure> {
    client(config(common)?.credentials(credentials(common, &ProviderConfig::new())))
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` passes the error by value")]
fn wrong(error: ConfigError) -> Failure {
    Failure::usage(format!("nothing was sent: the configuration is wrong: {error}"))
}
