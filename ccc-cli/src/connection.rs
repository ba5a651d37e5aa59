//! From options to a client.

use std::sync::Arc;

use ccc_api::Client;
use ccc_api::config::{ConfigBuilder, ConfigError};
use ccc_api::credentials::{CliProfileProvider, CredentialsProvider, DefaultProvider, ProviderConfig};

use crate::cli::Common;
use crate::exit::Failure;

/// Returns who signs: the profile that the command line names, else the first source that is set up.
pub(crate) fn credentials(common: &Common, config: &ProviderConfig) -> Arc<dyn CredentialsProvider> {
    match &common.profile {
        Some(profile) => Arc::new(CliProfileProvider::named_with_config(profile, config)),
        None => Arc::new(DefaultProvider::with_config(config)),
    }
}

/// Starts a configuration: environment first, then the options.
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

/// Makes a client that signs as the options say.
pub(crate) fn usual_client(common: &Common) -> Result<Client, Failure> {
    client(config(common)?.credentials(credentials(common, &ProviderConfig::new())))
}

#[expect(clippy::needless_pass_by_value, reason = "it stands where errors are mapped")]
fn wrong(error: ConfigError) -> Failure {
    Failure::usage(format!("nothing was sent, the configuration is wrong: {error}"))
}
