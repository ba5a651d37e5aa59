//! Chooses the proxy of the built-in transport, by the configuration or by the environment.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::identity::variables::Variables;
use crate::request::config_error::ConfigError;
use crate::request::endpoint::{Endpoint, Scheme};
use crate::text::percent;
use crate::transport::no_proxy::NoProxy;

/// The configured choice of a proxy.
#[derive(Clone, Debug)]
pub(crate) enum ProxyChoice {
    /// The proxy that these variables name.
    Environment(Variables),
    /// No proxy, whatever the environment says.
    Never,
    /// This proxy, whatever the environment says.
    Through(Box<ProxyUrl>),
}

impl Default for ProxyChoice {
    fn default() -> Self {
        Self::Environment(Variables::default())
    }
}

impl ProxyChoice {
    /// Returns the proxy for an endpoint.
    pub(crate) fn way_to(&self, endpoint: &Endpoint) -> Result<Option<ProxyUrl>, ConfigError> {
        match self {
            Self::Never => Ok(None),
            Self::Through(url) => Ok(Some(ProxyUrl::clone(url))),
            Self::Environment(variables) => from_environment(variables, endpoint),
        }
    }
}

/// The variables that name a proxy. The first that is set decides; upper case takes precedence.
const FOR_HTTPS: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
const FOR_HTTP: [&str; 4] = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];
/// Set in a CGI program, where a request's header `Proxy` would become `HTTP_PROXY`.
const CGI: &str = "REQUEST_METHOD";

fn from_environment(variables: &Variables, endpoint: &Endpoint) -> Result<Option<ProxyUrl>, ConfigError> {
    let get = |name| variables.get(name).map_err(ConfigError::Credentials);
    if endpoint.is_loopback() {
        return Ok(None);
    }
    for name in EXCEPTIONS {
        if let Some(list) = get(name)? {
            if NoProxy::parse(&list).excepts(endpoint) {
                return Ok(None);
            }
            break;
        }
    }
    let names = match endpoint.scheme() {
        Scheme::Https => FOR_HTTPS,
        Scheme::Http => FOR_HTTP,
    };
    for name in names {
        if name == "HTTP_PROXY" && get(CGI)?.is_some() {
            continue;
        }
        let Some(text) = get(name)? else { continue };
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        // As in other programs, a proxy without a scheme is an HTTP proxy.
        let url = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        return match ProxyUrl::parse(&url) {
            Ok(url) => Ok(Some(url)),
            Err(reason) => Err(ConfigError::Proxy { variable: Some(name), reason }),
        };
    }
    Ok(None)
}

/// The URL of a proxy, which may have a user name and a password.
#[derive(Clone)]
pub(crate) struct ProxyUrl {
    endpoint: Endpoint,
    authorization: Option<HeaderValue>,
}

impl ProxyUrl {
    /// Parses a URL, or says what is wrong with it without quoting it.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        if text.starts_with(['"', '\'']) {
            return Err("it is in quotes; leave them out");
        }
        let (scheme, rest) = text.split_once("://").ok_or("it is no URL")?;
        let scheme = match scheme {
            name if name.eq_ignore_ascii_case("http") => Scheme::Http,
            name if name.eq_ignore_ascii_case("https") => Scheme::Https,
            _ => return Err("its scheme is neither `http` nor `https`"),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if path.contains('@') || authority.matches('@').count() > 1 {
            return Err(
                "its user name or password holds a character that ends it too soon; percent-encode what is \
                        no letter or digit there (`%40` for `@`, `%23` for `#`, `%2F` for `/`, `%3F` for `?`)",
            );
        }
        if !matches!(path, "" | "/") {
            return Err("it holds more than a host, a port, a user name and a password");
        }
        let (user, host) = match authority.split_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        let endpoint = Endpoint::parse(host, Some(scheme)).map_err(|error| match error {
            ConfigError::Endpoint { reason, .. } => reason,
            _ => "its host is none",
        })?;
        let authorization = user.map(authorization).transpose()?;
        Ok(Self { endpoint, authorization })
    }

    /// Returns where it listens.
    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Returns the header that authenticates each request or tunnel.
    pub(crate) fn authorization(&self) -> Option<&HeaderValue> {
        self.authorization.as_ref()
    }
}

/// Builds the header from `user:password`, which is percent-encoded.
fn authorization(user: &str) -> Result<HeaderValue, &'static str> {
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let is_encoded = |part: &str| part.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    if !user.split('%').skip(1).all(is_encoded) {
        return Err("its user name or password holds a `%` that encodes nothing; write it as `%25`");
    }
    let plain =
        Zeroizing::new(format!("{}:{}", percent::decode_lossy(name), percent::decode_lossy(password)));
    let text = Zeroizing::new(format!("Basic {}", STANDARD.encode(plain.as_bytes())));
    let mut value = HeaderValue::try_from(text.as_str()).map_err(|_| "its password cannot be sent")?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.endpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::{ConfigError, Endpoint, ProxyChoice, ProxyUrl, Variables};

    fn way(url: &str, variables: &[(&str, &str)]) -> Result<Option<String>, ConfigError> {
        let choice = ProxyChoice::Environment(Variables::fixed(variables.iter().copied()));
        let way = choice.way_to(&Endpoint::parse(url, None).unwrap())?;
        Ok(way.map(|proxy| proxy.endpoint().to_string()))
    }

    fn refusal(value: &str) -> String {
        let error = way("https://ecs.example", &[("HTTPS_PROXY", value)]).unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains("HTTPS_PROXY") && !text.contains("hunter"), "{text}");
        error.to_string()
    }

    #[test]
    fn blanks_around_a_proxy_are_trimmed() {
        for value in ["http://proxy.example:3128 ", " http://proxy.example:3128\r\n", "proxy.example:3128\n"]
        {
            let way = way("https://ecs.example", &[("HTTPS_PROXY", value)]).unwrap();
            assert_eq!(way.as_deref(), Some("http://proxy.example:3128"), "{value:?}");
        }
    }

    #[test]
    fn a_proxy_that_cannot_be_read_is_named_by_its_variable() {
        for value in [
            "\"http://u:hunter2@proxy.example:3128\"",
            "'http://proxy.example:3128'",
            "socks5://u:hunter2@proxy.example:1080",
            "htp://proxy.example",
            "http://u:hunter2@proxy.example:99999",
            "http://proxy.example:0",
            "http://proxy.example:port",
            "http://pro xy.example:3128",
            "http://u:hunter2@proxy.example/path",
            "http://u:hunter2%zz@proxy.example",
            "http://u:hunter2@",
            "http://",
            "://proxy.example",
        ] {
            refusal(value);
        }
    }

    #[test]
    fn a_raw_character_in_a_password_is_refused_with_the_way_out() {
        for value in [
            "http://user:hunter@2@proxy.example:3128",
            "http://user:hunter#2@proxy.example:3128",
            "http://user:hunter/2@proxy.example:3128",
            "http://user:hunter?2@proxy.example:3128",
            "user:hunter#2@proxy.example:3128",
        ] {
            assert!(refusal(value).contains("percent-encode"), "{value}");
        }
        assert!(refusal("http://user:hunter%2@proxy.example:3128").contains("%25"));
    }

    #[test]
    fn what_is_percent_encoded_is_decoded_for_the_proxy() {
        let url = ProxyUrl::parse("http://us%65r:p%40%23%3A@proxy.example").unwrap();
        // `user:p@#:` in Base64.
        assert_eq!(url.authorization().unwrap(), "Basic dXNlcjpwQCM6");
        assert!(ProxyUrl::parse("http://proxy.example").unwrap().authorization().is_none());
    }

    #[test]
    fn the_variable_for_the_scheme_goes_before_that_for_all() {
        let all = [("HTTPS_PROXY", "http://s"), ("HTTP_PROXY", "http://p"), ("all_proxy", "http://a")];
        assert_eq!(way("https://h.example", &all).unwrap().as_deref(), Some("http://s"));
        assert_eq!(way("http://h.example", &all).unwrap().as_deref(), Some("http://p"));
        assert_eq!(way("http://h.example", &all[2..]).unwrap().as_deref(), Some("http://a"));
        assert_eq!(way("https://h.example", &[("HTTPS_PROXY", " ")]).unwrap(), None);
    }

    #[test]
    fn the_header_of_a_caller_names_no_proxy_for_a_cgi_program() {
        let cgi = [("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "http://p")];
        assert_eq!(way("http://h.example", &cgi).unwrap(), None);
    }

    #[test]
    fn this_machine_and_exceptions_are_reached_directly_whatever_the_proxy() {
        let broken = [("HTTPS_PROXY", "nonsense://"), ("NO_PROXY", "x.example; *.example.com")];
        assert_eq!(way("https://127.0.0.1:8080", &broken).unwrap(), None);
        assert_eq!(way("https://ecs.example.com", &broken).unwrap(), None);
        assert!(way("https://ecs.example.org", &broken).is_err());
    }
}
