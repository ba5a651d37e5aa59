//! Tests of proxies on loopback: tunnels for HTTPS, plain HTTP, passwords, refusals, and variables of the environment.
#![cfg(feature = "tls-no-provider")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use ccc_api::config::{CallOptions, ConfigBuilder, ConfigError};
use ccc_api::credentials::ProviderConfig;
use ccc_api::{Client, Config, Error};
use support::secure::{SecureServer, bring_cryptography};
use support::{Reply, SECRETS, call, credentials, placed, read_request};

/// A proxy that opens tunnels and responds to plain requests itself, or refuses both.
struct Proxy {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    async fn start(refusal: Option<&'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self { address: listener.local_addr().unwrap(), heads: Arc::default() };
        let heads = Arc::clone(&proxy.heads);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(pass_on(stream, refusal, Arc::clone(&heads)));
            }
        });
        proxy
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the URL with a user name and the password `p@ss`.
    fn url_with_password(&self) -> String {
        format!("http://user:p%40ss@{}", self.address)
    }

    fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn pass_on(mut stream: TcpStream, refusal: Option<&'static str>, heads: Arc<Mutex<Vec<String>>>) {
    let Some(head) = read_request(&mut stream).await else { return };
    heads.lock().unwrap().push(head.clone());
    if let Some(refusal) = refusal {
        let answer = format!("HTTP/1.1 {refusal}\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n");
        let _ = stream.write_all(answer.as_bytes()).await;
    } else if let Some(target) = head.strip_prefix("CONNECT ") {
        let mut server = TcpStream::connect(target.split(' ').next().unwrap()).await.unwrap();
        stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await.unwrap();
        let _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
    } else if let Reply::Send(bytes) = placed() {
        stream.write_all(&bytes).await.unwrap();
    }
}

/// Configures an endpoint that does not exist, so that requests can arrive only through a proxy.
fn elsewhere() -> ConfigBuilder {
    bring_cryptography();
    Config::builder().endpoint("http://ccc.invalid").credentials(credentials())
}

/// Returns the outcome of one attempt.
async fn tried(config: ConfigBuilder) -> Result<(), Error<ccc_api::operation::make_call::MakeCallError>> {
    let client = Client::new(config.build().unwrap()).unwrap();
    client.with_options(CallOptions::new().max_attempts(1)).send(call()).await.map(drop)
}

#[tokio::test]
async fn https_goes_through_a_tunnel_and_the_proxy_gets_only_host_and_port() {
    let server = SecureServer::start("127.0.0.1").await;
    let proxy = Proxy::start(None).await;
    tried(server.config().root_certificates_pem(&server.root_pem).proxy(proxy.url())).await.unwrap();
    assert_eq!(server.requests.load(Ordering::SeqCst), 1);
    let [head] = proxy.heads().try_into().unwrap();
    assert!(head.starts_with(&format!("CONNECT {} HTTP/1.1\r\n", server.address)), "{head}");
    assert!(!head.contains("MakeCall") && !SECRETS.iter().any(|secret| head.contains(secret)), "{head}");
}

#[tokio::test]
async fn plain_http_requests_are_sent_to_the_proxy() {
    let proxy = Proxy::start(None).await;
    tried(elsewhere().proxy(proxy.url())).await.unwrap();
    let [head] = proxy.heads().try_into().unwrap();
    assert!(head.starts_with("POST http://ccc.invalid/?"), "{head}");
    assert!(head.contains("\r\nhost: ccc.invalid\r\n"), "{head}");
}

#[tokio::test]
async fn a_password_is_sent_to_the_proxy_and_shown_nowhere() {
    let server = SecureServer::start("127.0.0.1").await;
    let proxy = Proxy::start(None).await;
    let tunnelled = server.config().root_certificates_pem(&server.root_pem).proxy(proxy.url_with_password());
    let text = format!("{tunnelled:?} {:?}", tunnelled.clone().build().unwrap());
    tried(tunnelled).await.unwrap();
    tried(elsewhere().proxy(proxy.url_with_password())).await.unwrap();
    for head in proxy.heads() {
        // `user:p@ss` in Base64.
        assert!(head.contains("uthorization: Basic dXNlcjpwQHNz\r\n"), "{head}");
    }
    let refusing = Proxy::start(Some("407 Proxy Authentication Required")).await;
    let error = tried(elsewhere().proxy(refusing.url_with_password())).await.unwrap_err();
    let text = format!("{text} {error} {error:?}");
    assert!(!text.contains("p@ss") && !text.contains("p%40ss") && !text.contains("dXNlcjpwQHNz"), "{text}");
    assert!(text.contains(&format!("http://{}", proxy.address)), "{text}");
}

#[tokio::test]
async fn nothing_is_sent_if_the_proxy_refuses_the_tunnel() {
    let server = SecureServer::start("127.0.0.1").await;
    for (refusal, reason) in [
        ("407 Proxy Authentication Required", "the proxy requires a user name and a password"),
        ("403 Forbidden", "the proxy opens no tunnel: HTTP 403"),
    ] {
        let proxy = Proxy::start(Some(refusal)).await;
        let config = server.config().root_certificates_pem(&server.root_pem).proxy(proxy.url());
        let error = tried(config).await.unwrap_err();
        assert!(matches!(error, Error::NotSent(_)) && !error.may_have_reached_the_service(), "{error}");
        assert!(error.to_string().contains(reason), "{error}");
    }
    assert_eq!(server.requests.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn error_of_a_plain_request_that_a_proxy_refuses_has_its_status() {
    let proxy = Proxy::start(Some("407 Proxy Authentication Required")).await;
    let error = tried(elsewhere().proxy(proxy.url())).await.unwrap_err();
    assert_eq!(error.status(), Some(407), "{error}");
    assert!(error.to_string().contains("proxy"), "{error}");
}

#[tokio::test]
async fn nothing_is_sent_if_the_proxy_does_not_exist() {
    let error = tried(elsewhere().proxy("http://127.0.0.1:1")).await.unwrap_err();
    assert!(matches!(error, Error::NotSent(_)), "{error}");
}

#[test]
fn an_invalid_proxy_is_refused_without_being_quoted() {
    for url in [
        "",
        "proxy.example:3128",
        "socks5://u:hunter2@proxy.example",
        "http://u:hunter2@",
        "http://u:hunter2@proxy.example/path",
        "http://u:hunter2@proxy.example?query",
        "http://u:hunter#2@proxy.example",
        "http://u:hunter@2@proxy.example",
        "http://u:hunter2@proxy.example:99999",
    ] {
        let error = Config::builder().proxy(url).build().unwrap_err();
        assert!(matches!(error, ConfigError::Proxy { .. }), "{url}: {error}");
        assert!(!format!("{error} {error:?}").contains("hunter"), "{error}");
    }
}

/// Assumes a role, which fails, because the endpoint of STS does not exist.
async fn asked_for_a_role(config: ConfigBuilder) -> Error<ccc_api::operation::make_call::MakeCallError> {
    let role = ccc_api::credentials::Role::new("acs:ram::1:role/caller").sts_region("nowhere");
    let config = config.credentials(ccc_api::credentials::AssumeRoleProvider::new(credentials(), role));
    tried(config).await.unwrap_err()
}

#[tokio::test]
async fn a_credentials_provider_uses_the_proxy_of_its_client() {
    let proxy = Proxy::start(Some("403 Forbidden")).await;
    let error = asked_for_a_role(elsewhere().proxy(proxy.url())).await;
    assert!(matches!(error, Error::Credentials(_)), "{error}");
    let [head] = proxy.heads().try_into().unwrap();
    assert!(head.starts_with("CONNECT sts.nowhere.aliyuncs.com:443 "), "{head}");
}

#[tokio::test]
async fn a_profile_that_assumes_a_role_uses_the_proxy_of_its_client() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".aliyun")).unwrap();
    let profile = r#"{"current": "p", "profiles": [{"name": "p", "mode": "RamRoleArn", "access_key_id": "testid",
        "access_key_secret": "testsecret", "ram_role_arn": "acs:ram::1:role/caller", "sts_region": "nowhere"}]}"#;
    std::fs::write(home.path().join(".aliyun/config.json"), profile).unwrap();
    let at_home = ProviderConfig::new().variables([("HOME", home.path().to_str().unwrap())]);
    let source = ccc_api::credentials::CliProfileProvider::with_config(&at_home);
    let proxy = Proxy::start(Some("403 Forbidden")).await;
    tried(elsewhere().proxy(proxy.url()).credentials(source)).await.unwrap_err();
    let [head] = proxy.heads().try_into().unwrap();
    assert!(head.starts_with("CONNECT sts.nowhere.aliyuncs.com:443 "), "{head}");
}

/// A provider of the application's own, around one of this crate.
#[derive(Debug)]
struct Around(ccc_api::credentials::OidcProvider);

impl ccc_api::credentials::CredentialsProvider for Around {
    fn provide(
        &self,
    ) -> ccc_api::custom::BoxFuture<'_, Result<ccc_api::Credentials, ccc_api::credentials::CredentialsError>>
    {
        self.0.provide()
    }
}

#[tokio::test]
async fn a_provider_within_another_uses_the_proxy_of_its_client() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "OIDC-TOKEN").unwrap();
    let proxy = Proxy::start(Some("403 Forbidden")).await;
    let role = ccc_api::credentials::Role::new("acs:ram::1:role/pod").sts_region("nowhere");
    let source = ccc_api::credentials::OidcProvider::new(role, "acs:ram::1:oidc-provider/p", file.path());
    tried(elsewhere().proxy(proxy.url()).credentials(Around(source))).await.unwrap_err();
    let [head] = proxy.heads().try_into().unwrap();
    assert!(head.starts_with("CONNECT sts.nowhere.aliyuncs.com:443 "), "{head}");
}

/// A process cannot change its environment while it runs threads, so these tests run in child processes.
mod of_the_environment {
    use std::process::Command;

    use super::{Client, ConfigError, Error, Proxy, elsewhere, tried};

    async fn run(test: &str, variables: &[(&str, &str)]) {
        let mut command = tokio::process::Command::from(Command::new(std::env::current_exe().unwrap()));
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUEST_METHOD"] {
            command.env_remove(name).env_remove(name.to_ascii_lowercase());
        }
        let name = format!("of_the_environment::{test}");
        command.args(["--ignored", "--exact", &name]).envs(variables.iter().copied());
        let output = command.output().await.unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("1 passed"), "{text}");
    }

    #[tokio::test]
    async fn it_names_the_proxy() {
        let proxy = Proxy::start(None).await;
        run("a_call_arrives", &[("HTTP_PROXY", &proxy.url())]).await;
        assert_eq!(proxy.heads().len(), 1);
    }

    #[tokio::test]
    async fn it_excepts_hosts() {
        let proxy = Proxy::start(None).await;
        run(
            "a_call_finds_no_connection",
            &[("HTTP_PROXY", &proxy.url()), ("NO_PROXY", "x.example,.invalid")],
        )
        .await;
        assert_eq!(proxy.heads().len(), 0);
    }

    #[tokio::test]
    async fn blanks_around_it_are_nothing() {
        let proxy = Proxy::start(None).await;
        run("a_call_arrives", &[("HTTP_PROXY", &format!(" {}\r\n", proxy.url()))]).await;
        assert_eq!(proxy.heads().len(), 1);
    }

    #[tokio::test]
    async fn what_is_no_proxy_makes_no_client() {
        for value in [
            "\"http://h:1\"",
            "htp://h:1",
            "http://h:99999",
            "http://u:hunter@2@h:1",
            "http://u:hunter#2@h:1",
        ] {
            run("no_client_is_made", &[("HTTP_PROXY", value)]).await;
        }
    }

    #[tokio::test]
    async fn it_excepts_hosts_as_curl_and_go_read_it() {
        let proxy = Proxy::start(None).await;
        for exceptions in ["*.invalid", "ccc.invalid:80", "a;ccc.invalid"] {
            let variables = [("HTTP_PROXY", &*proxy.url()), ("NO_PROXY", exceptions)];
            run("a_call_finds_no_connection", &variables).await;
        }
        assert_eq!(proxy.heads().len(), 0);
    }

    #[tokio::test]
    async fn the_configuration_goes_before_it() {
        let proxy = Proxy::start(None).await;
        run("a_call_without_a_proxy_finds_no_connection", &[("HTTP_PROXY", &proxy.url())]).await;
        assert_eq!(proxy.heads().len(), 0);
    }

    #[tokio::test]
    #[ignore = "run by `it_names_the_proxy`"]
    async fn a_call_arrives() {
        tried(elsewhere()).await.unwrap();
    }

    #[test]
    #[ignore = "run by `what_is_no_proxy_makes_no_client`"]
    fn no_client_is_made() {
        let error = Client::new(elsewhere().build().unwrap()).unwrap_err();
        assert!(matches!(error, ConfigError::Proxy { variable: Some("HTTP_PROXY"), .. }), "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter"), "{error}");
    }

    #[tokio::test]
    #[ignore = "run by `it_excepts_hosts`"]
    async fn a_call_finds_no_connection() {
        assert!(matches!(tried(elsewhere()).await, Err(Error::NotSent(_))));
    }

    #[tokio::test]
    #[ignore = "run by `the_configuration_goes_before_it`"]
    async fn a_call_without_a_proxy_finds_no_connection() {
        assert!(matches!(tried(elsewhere().no_proxy()).await, Err(Error::NotSent(_))));
    }
}
