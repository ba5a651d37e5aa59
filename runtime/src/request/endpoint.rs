//! The endpoint: a checked host, from a region and the rules of a product, or given explicitly.
//!
//! A signed request is as good as a password for half an hour. So a text from a configuration becomes a plain host name
//! and port, which every parser on the way understands in the same way.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use http::{HeaderValue, Uri};

use crate::request::config_error::ConfigError;

/// The scheme of the URL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Encrypted; the default.
    #[default]
    Https,
    /// Not encrypted: for local endpoints, or behind a proxy that encrypts.
    Http,
}

impl Scheme {
    /// Returns `https` or `http`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Http => "http",
        }
    }

    const fn default_port(self) -> u16 {
        match self {
            Self::Https => 443,
            Self::Http => 80,
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The network over which the service is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Network {
    /// The internet; the default.
    #[default]
    Public,
    /// From inside a VPC of the same region.
    Vpc,
}

/// The hosts of a product: which one serves which region.
#[derive(Clone, Copy, Debug)]
pub struct EndpointRules {
    /// The region that is used if none is configured.
    pub default_region: &'static str,
    /// The host of a region; `{region}` stands for its name.
    pub public: &'static str,
    /// The host of a region inside a VPC; `{region}` stands for its name.
    pub vpc: &'static str,
    /// The host that serves all of `central_regions` over the public network.
    pub central: &'static str,
    /// The regions without a public host of their own.
    pub central_regions: &'static [&'static str],
}

impl EndpointRules {
    /// Returns the endpoint of a region.
    ///
    /// # Errors
    /// [`ConfigError::Region`] if the region holds other characters than `a-z 0-9 -`.
    pub fn resolve(
        &self,
        region: Option<&str>,
        network: Network,
        scheme: Scheme,
    ) -> Result<Endpoint, ConfigError> {
        let region = checked_region(region.unwrap_or(self.default_region))?;
        let host = match network {
            Network::Vpc => self.vpc.replace("{region}", region),
            Network::Public if self.central_regions.contains(&region) => self.central.to_owned(),
            Network::Public => self.public.replace("{region}", region),
        };
        Endpoint::parse(&host, Some(scheme))
    }
}

/// Returns the region if it is valid as one label of a host name.
pub(crate) fn checked_region(region: &str) -> Result<&str, ConfigError> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let edge = region.starts_with('-') || region.ends_with('-');
    if region.is_empty() || region.len() > 63 || edge || !region.bytes().all(allowed) {
        return Err(ConfigError::Region { region: printable(region) });
    }
    Ok(region)
}

/// A checked and normalised scheme, host and port: in lower case, without the default port.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Endpoint {
    scheme: Scheme,
    host: String,
    port: u16,
    /// Whether the name was given with a dot at its end, so that no search domain is tried. The `Host` header has no
    /// dot.
    is_absolute: bool,
    /// `scheme://host:port`, without the default port.
    url: String,
    /// The same, parsed once for all requests.
    root: Uri,
    host_header: HeaderValue,
}

impl Endpoint {
    /// Parses `host`, `host:port` or a URL of these. `scheme` is the one that was configured separately.
    ///
    /// The host is a DNS name, an IPv4 address or an IPv6 address in brackets. A name may have underscores, as names of
    /// containers do, and a dot at its end. The default scheme is HTTPS.
    ///
    /// # Errors
    /// [`ConfigError::Endpoint`] for everything else, such as user names, paths, queries and contradicting schemes.
    pub fn parse(text: &str, scheme: Option<Scheme>) -> Result<Self, ConfigError> {
        let refuse = |reason| ConfigError::Endpoint { endpoint: printable(text), reason };
        let (named, rest) = match text.split_once("://") {
            Some((name, rest)) if name.eq_ignore_ascii_case("https") => (Some(Scheme::Https), rest),
            Some((name, rest)) if name.eq_ignore_ascii_case("http") => (Some(Scheme::Http), rest),
            Some(_) => return Err(refuse("its scheme is neither `https` nor `http`")),
            None => (None, text),
        };
        if let (Some(named), Some(scheme)) = (named, scheme)
            && named != scheme
        {
            return Err(refuse("its scheme is not the one that is configured"));
        }
        let scheme = named.or(scheme).unwrap_or_default();
        let authority = match rest.strip_suffix('/') {
            Some(authority) if named.is_some() => authority,
            _ => rest,
        };
        if authority.contains('@') {
            return Err(ConfigError::Endpoint {
                endpoint: "[redacted]".to_owned(),
                reason: "it holds a user name; configure credentials separately",
            });
        }
        if authority.contains(['/', '?', '#', '\\']) {
            return Err(refuse(
                "it holds more than a host and a port; leave out the path, all operations are at the root",
            ));
        }
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let port = match port {
            None => None,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => match digits.parse() {
                Ok(0) | Err(_) => return Err(refuse("its port is not a number from 1 to 65535")),
                Ok(port) => Some(port),
            },
            Some(_) => return Err(refuse("its port is not a number from 1 to 65535")),
        };
        let (host, is_absolute) = match host.strip_suffix('.') {
            Some(name) if !is_address(name) => (name, true),
            _ => (host, false),
        };
        let host = checked_host(host).ok_or_else(|| {
            refuse("its host is neither a DNS name nor an IPv4 address nor an IPv6 address in brackets")
        })?;
        let authority = match port.filter(|port| *port != scheme.default_port()) {
            Some(port) => format!("{host}:{port}"),
            None => host.clone(),
        };
        let url = format!("{scheme}://{authority}");
        let (Ok(root), Ok(host_header)) = (Uri::try_from(&url), HeaderValue::try_from(&authority)) else {
            return Err(refuse("it is longer than a URL can be"));
        };
        let port = port.unwrap_or(scheme.default_port());
        Ok(Self { scheme, host, port, is_absolute, url, root, host_header })
    }

    /// Returns the scheme.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Returns host and port as in the `Host` header, without the default port.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.root.authority().map_or(&self.host, |authority| authority.as_str())
    }

    /// Returns the URL of its root, without the slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// Returns the URL of its root.
    pub(crate) fn root(&self) -> &Uri {
        &self.root
    }

    /// Returns [`authority`](Self::authority) as a header.
    pub(crate) fn host_header(&self) -> &HeaderValue {
        &self.host_header
    }

    /// Returns the host, an IPv6 address without brackets.
    pub(crate) fn host_without_brackets(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Returns host and port, including the default port.
    pub(crate) fn authority_with_port(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Returns the address to connect to.
    pub(crate) fn address(&self) -> Result<Uri, http::Error> {
        let dot = if self.is_absolute { "." } else { "" };
        Ok(Uri::try_from(format!("http://{}{dot}:{}", self.host, self.port))?)
    }

    /// Tells whether it is this machine, which is never reached through a proxy.
    pub(crate) fn is_loopback(&self) -> bool {
        let address = self.host_without_brackets();
        self.host == "localhost"
            || address.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
            || address.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback())
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({self})")
    }
}

fn is_address(host: &str) -> bool {
    host.ends_with(']') || host.parse::<Ipv4Addr>().is_ok()
}

/// Returns the host in lower case, if every URL parser understands it in the same way.
fn checked_host(host: &str) -> Option<String> {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().ok().map(|address| format!("[{address}]"));
    }
    if host.parse::<Ipv4Addr>().is_ok() {
        return Some(host.to_owned());
    }
    let label_is_plain = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    if host.len() > 253 || !host.split('.').all(label_is_plain) {
        return None;
    }
    // URL parsers read `0x7f.1` or `1` as an IPv4 address, but the `Host` header would not name that address.
    let last = host.rsplit('.').next().unwrap_or(host);
    let numeric =
        last.bytes().all(|byte| byte.is_ascii_digit()) || last.to_ascii_lowercase().starts_with("0x");
    (!numeric).then(|| host.to_ascii_lowercase())
}

/// Makes configuration text fit for an error message: short and without control characters.
fn printable(text: &str) -> String {
    let mut out: String = text.chars().take(64).flat_map(char::escape_debug).collect();
    if text.chars().nth(64).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests;
