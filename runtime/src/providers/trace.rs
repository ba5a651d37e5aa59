//! Logs that credentials were fetched, or why not. The errors hold no secret.

use crate::identity::credentials::Credentials;
use crate::identity::error::CredentialsError;

/// Logs the outcome of a fetch by the provider `P`.
#[cfg(feature = "tracing")]
pub(super) fn credentials_fetched<P>(outcome: &Result<Credentials, CredentialsError>) {
    use tracing::{info, warn};

    use crate::TARGET;
    use crate::text::clock::timestamp;

    let source = std::any::type_name::<P>();
    match outcome {
        Ok(credentials) => {
            let expiration = credentials.expiration().map(timestamp);
            let access_key_id = credentials.access_key_id();
            info!(target: TARGET, source, access_key_id, expiration, "credentials were fetched");
        }
        Err(error) => warn!(target: TARGET, source, %error, "no credentials could be fetched"),
    }
}

#[cfg(not(feature = "tracing"))]
pub(super) fn credentials_fetched<P>(_: &Result<Credentials, CredentialsError>) {}
