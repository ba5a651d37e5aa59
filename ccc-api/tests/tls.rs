//! Tests of TLS handshakes on loopback: which servers the client trusts, and its errors for the others.
#![cfg(feature = "tls-no-provider")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::sync::atomic::Ordering;
use std::time::Duration;

use rustls::NamedGroup;

use ccc_api::config::{CallOptions, ConfigBuilder, ConfigError, Trust};
use ccc_api::operation::make_call::MakeCallError;
use ccc_api::{Client, Error};
use support::secure::{SecureServer, bring_cryptography};
use support::{call, placed};

fn ring_with(groups: Vec<&'static dyn rustls::crypto::SupportedKxGroup>) -> rustls::crypto::CryptoProvider {
    rustls::crypto::CryptoProvider { kx_groups: groups, ..rustls::crypto::ring::default_provider() }
}

#[tokio::test]
async fn a_server_is_trusted_by_a_root_certificate_that_was_given() {
    let server = SecureServer::start("127.0.0.1").await;
    let client =
        Client::new(server.config().root_certificates_pem(&server.root_pem).build().unwrap()).unwrap();
    for _ in 0..3 {
        assert_eq!(client.send(call()).await.unwrap().request_id(), Some("R-1"));
    }
    assert_eq!(server.requests.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_certificate_is_read_after_a_byte_order_mark() {
    let server = SecureServer::start("127.0.0.1").await;
    let marked = format!("\u{feff}{}", server.root_pem);
    assert_eq!(server.called_with(server.config().root_certificates_pem(marked)).await, Ok(()));
}

#[tokio::test]
async fn a_credentials_provider_trusts_the_same_certificates_as_its_client() {
    let server = SecureServer::start("127.0.0.1").await;
    let source = ccc_api::credentials::UriProvider::new(format!("https://{}/credentials", server.address));
    let config = server.config().credentials(source).root_certificates_pem(&server.root_pem);
    let error = server.called_with(config).await.unwrap_err();
    // The server responds, although not with credentials.
    assert!(error.contains("lacks AccessKeyId"), "{error}");
}

#[tokio::test]
async fn a_server_with_a_certificate_of_an_unknown_authority_gets_no_request() {
    let server = SecureServer::start("127.0.0.1").await;
    let other = SecureServer::start("127.0.0.1").await;
    let client =
        Client::new(server.config().root_certificates_pem(&other.root_pem).build().unwrap()).unwrap();
    let error = client.send(call()).await.unwrap_err();
    assert!(matches!(error, Error::NotSent(_)) && !error.may_have_reached_the_service(), "{error}");
    assert!(error.to_string().contains("UnknownIssuer"), "{error}");
    assert!(error.to_string().contains("`ConfigBuilder::trust`"), "{error}");
    assert_eq!(server.requests.load(Ordering::SeqCst), 0);
}

/// Calls a server whose certificate is for another name. Returns the server and the error.
async fn called_by_another_name() -> (SecureServer, Error<MakeCallError>) {
    let server = SecureServer::start("ccc.example.com").await;
    let client =
        Client::new(server.config().root_certificates_pem(&server.root_pem).build().unwrap()).unwrap();
    let error = client.send(call()).await.unwrap_err();
    (server, error)
}

#[tokio::test]
async fn a_handshake_with_an_untrusted_certificate_is_not_retried() {
    let (_, error) = called_by_another_name().await;
    assert_eq!(error.attempts(), 1, "{error}");
}

#[tokio::test]
async fn a_server_with_a_certificate_for_another_name_gets_no_request() {
    let (server, error) = called_by_another_name().await;
    assert!(matches!(error, Error::NotSent(_)), "{error}");
    assert!(error.to_string().contains("certificate not valid for name"), "{error}");
    assert_eq!(server.requests.load(Ordering::SeqCst), 0);
}

/// Returns the outcome of one attempt with a server that never responds to a handshake.
async fn without_handshake(
    server: &support::Server,
    limits: fn(ConfigBuilder) -> ConfigBuilder,
) -> Error<MakeCallError> {
    let certificate = SecureServer::start("127.0.0.1").await.root_pem;
    let config =
        server.config().endpoint(format!("https://{}", server.address)).root_certificates_pem(certificate);
    let client = Client::new(limits(config).build().unwrap()).unwrap();
    client.with_options(CallOptions::new().max_attempts(1)).send(call()).await.unwrap_err()
}

#[tokio::test]
async fn a_server_without_tls_gets_no_request() {
    let server = support::Server::always(placed()).await;
    let error = without_handshake(&server, |config| config.connect_timeout(Duration::from_millis(50))).await;
    assert!(matches!(error, Error::NotSent(_)) && error.is_timeout(), "{error}");
    assert!(error.to_string().contains("within 50ms"), "{error}");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_call_that_times_out_while_connecting_was_not_sent() {
    let server = support::Server::always(placed()).await;
    let error = without_handshake(&server, |config| config.timeout(Duration::from_secs(1))).await;
    assert!(matches!(error, Error::NotSent(_)) && !error.may_have_been_placed(), "{error}");
}

#[tokio::test]
async fn given_certificates_can_be_the_only_trusted_ones() {
    let server = SecureServer::start("127.0.0.1").await;
    let other = SecureServer::start("127.0.0.1").await;
    let alone = |pem: &str| server.config().trust(Trust::GivenAlone).root_certificates_pem(pem);
    assert_eq!(server.called_with(alone(&server.root_pem)).await, Ok(()));
    let error = server.called_with(alone(&other.root_pem)).await.unwrap_err();
    assert!(error.contains("UnknownIssuer"), "{error}");
    let none = server.config().trust(Trust::GivenAlone).build().unwrap();
    assert!(matches!(Client::new(none).unwrap_err(), ConfigError::Trust { .. }));
}

#[cfg(feature = "tls-webpki-roots")]
#[tokio::test]
async fn mozillas_certificates_can_replace_the_systems() {
    let server = SecureServer::start("127.0.0.1").await;
    let mozilla = || server.config().trust(Trust::Mozilla);
    let error = server.called_with(mozilla()).await.unwrap_err();
    assert!(error.contains("UnknownIssuer"), "{error}");
    assert_eq!(server.called_with(mozilla().root_certificates_pem(&server.root_pem)).await, Ok(()));
}

#[tokio::test]
async fn a_configuration_of_rustls_is_used_with_only_the_protocol_changed() {
    let server = SecureServer::start("127.0.0.1").await;
    let mut tls = server.client_config(ring_with(vec![rustls::crypto::ring::kx_group::SECP384R1]));
    tls.alpn_protocols = vec![b"h2".to_vec()];
    assert_eq!(server.called_with(server.config().rustls_config(tls)).await, Ok(()));
    assert_eq!(server.offered(), [NamedGroup::secp384r1]);
}

#[tokio::test]
async fn two_settings_of_trusted_certificates_are_refused() {
    let server = SecureServer::start("127.0.0.1").await;
    let tls = || server.client_config(rustls::crypto::ring::default_provider());
    for config in [
        server.config().rustls_config(tls()).root_certificates_pem(&server.root_pem),
        server.config().trust(Trust::System).rustls_config(tls()),
        server.config().rustls_config(tls()).build().unwrap().to_builder().trust(Trust::GivenAlone),
    ] {
        assert!(matches!(config.build().unwrap_err(), ConfigError::TrustTwice));
    }
}

/// Recognizes aws-lc by a key exchange that ring does not offer.
#[cfg(feature = "tls-aws-lc")]
#[tokio::test]
async fn aws_lc_is_preferred_to_ring() {
    let server = SecureServer::start("127.0.0.1").await;
    assert_eq!(server.called_with(server.config().root_certificates_pem(&server.root_pem)).await, Ok(()));
    assert!(server.offered().contains(&NamedGroup::X25519MLKEM768), "{:?}", server.offered());
}

#[cfg(all(feature = "tls-ring", not(feature = "tls-aws-lc")))]
#[tokio::test]
async fn ring_is_used_if_only_its_feature_is_enabled() {
    let server = SecureServer::start("127.0.0.1").await;
    assert_eq!(server.called_with(server.config().root_certificates_pem(&server.root_pem)).await, Ok(()));
    assert!(!server.offered().contains(&NamedGroup::X25519MLKEM768), "{:?}", server.offered());
}

/// The provider is installed for a whole process, so these tests run in child processes.
mod in_another_process {
    use super::{SecureServer, ring_with};
    use rustls::NamedGroup;
    use std::process::Command;

    fn run(test: &str) {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", &format!("in_another_process::{test}")])
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("1 passed"), "{text}");
    }

    #[test]
    fn the_applications_cryptography_is_preferred_to_that_of_features() {
        run("an_installed_provider_is_used");
    }

    #[tokio::test]
    #[ignore = "run by `the_applications_cryptography_goes_before_that_of_features`"]
    async fn an_installed_provider_is_used() {
        let provider = ring_with(vec![rustls::crypto::ring::kx_group::SECP256R1]);
        provider.install_default().unwrap();
        let server = SecureServer::start("127.0.0.1").await;
        let config = server.config().root_certificates_pem(&server.root_pem);
        assert_eq!(server.called_with(config).await, Ok(()));
        assert_eq!(server.offered(), [NamedGroup::secp256r1]);
    }

    #[cfg(not(any(feature = "tls-ring", feature = "tls-aws-lc")))]
    #[test]
    fn a_client_without_cryptography_cannot_be_made() {
        run("no_provider_is_refused_with_advice");
    }

    #[cfg(not(any(feature = "tls-ring", feature = "tls-aws-lc")))]
    #[test]
    #[ignore = "run by `no_cryptography_is_said_when_the_client_is_made`"]
    fn no_provider_is_refused_with_advice() {
        let error =
            ccc_api::Client::new(ccc_api::Config::builder().build().unwrap()).unwrap_err().to_string();
        assert!(error.contains("`tls-aws-lc`") && error.contains("`rustls_config`"), "{error}");
    }
}

/// Tests of a machine without root certificates. Variables of the environment say where the system has them, and a
/// process that runs threads cannot change its environment, so these tests run in child processes.
#[cfg(target_os = "linux")]
mod on_a_bare_machine {
    use std::process::Command;

    use super::support::credentials;
    use ccc_api::config::Scheme;
    use ccc_api::{Client, Config};

    fn run(test: &str) {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", &format!("on_a_bare_machine::{test}")])
            .env("SSL_CERT_FILE", "/nonexistent")
            .env("SSL_CERT_DIR", "/nonexistent")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("1 passed"), "{text}");
    }

    #[test]
    fn a_client_without_root_certificates_cannot_be_made() {
        run("https_is_refused_with_advice");
    }

    #[test]
    fn plain_http_works() {
        run("http_needs_no_certificate");
    }

    #[test]
    fn root_certificates_that_are_given_suffice() {
        run("given_certificates_suffice");
    }

    #[test]
    #[ignore = "run by `it_is_said_when_the_client_is_made`, without certificates"]
    fn https_is_refused_with_advice() {
        super::bring_cryptography();
        let config = Config::builder().credentials(credentials()).build().unwrap();
        let error = Client::new(config).unwrap_err().to_string();
        assert!(error.contains("no root certificates") && error.contains("`ca-certificates`"), "{error}");
    }

    #[test]
    #[ignore = "run by `plain_http_works`, without certificates"]
    fn http_needs_no_certificate() {
        super::bring_cryptography();
        let config = Config::builder().credentials(credentials()).scheme(Scheme::Http).build().unwrap();
        assert!(Client::new(config).is_ok());
    }

    #[test]
    #[ignore = "run by `root_certificates_that_are_given_suffice`, without certificates"]
    fn given_certificates_suffice() {
        super::bring_cryptography();
        let certificate =
            rcgen::generate_simple_self_signed(vec!["a.example".to_owned()]).unwrap().cert.pem();
        let config = Config::builder().credentials(credentials()).root_certificates_pem(certificate);
        assert!(Client::new(config.build().unwrap()).is_ok());
    }
}
