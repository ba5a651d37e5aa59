//! `NO_PROXY`: hosts that are reached without the proxy. It is read as curl and Go read it.

use std::net::IpAddr;

use crate::request::endpoint::Endpoint;

/// The hosts that need no proxy.
pub(crate) struct NoProxy<'a>(Vec<Exception<'a>>);

struct Exception<'a> {
    place: Place<'a>,
    port: Option<u16>,
}

enum Place<'a> {
    Everywhere,
    /// Addresses that share these first bits.
    Network(IpAddr, u32),
    /// A name and its subdomains.
    Domain(&'a str),
    /// The subdomains of a name.
    Below(&'a str),
}

impl<'a> NoProxy<'a> {
    /// Parses a list separated by commas, semicolons or blanks. An invalid entry matches nothing.
    pub(crate) fn parse(list: &'a str) -> Self {
        let entries = list.split([',', ';']).flat_map(str::split_whitespace);
        Self(entries.filter_map(Exception::parse).collect())
    }

    pub(crate) fn excepts(&self, endpoint: &Endpoint) -> bool {
        self.0.iter().any(|exception| exception.holds_for(endpoint))
    }
}

impl<'a> Exception<'a> {
    fn parse(entry: &'a str) -> Option<Self> {
        if let Some(place) = Place::parse(entry) {
            return Some(Self { place, port: None });
        }
        let (host, port) = entry.rsplit_once(':')?;
        Some(Self { place: Place::parse(host)?, port: Some(port.parse().ok()?) })
    }

    fn holds_for(&self, endpoint: &Endpoint) -> bool {
        self.port.is_none_or(|port| port == endpoint.port())
            && self.place.holds(endpoint.host_without_brackets())
    }
}

impl<'a> Place<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        if text == "*" {
            return Some(Self::Everywhere);
        }
        if let Some((address, length)) = text.split_once('/') {
            return Some(Self::Network(address_of(address)?, length.parse().ok()?));
        }
        if let Some(address) = address_of(text) {
            return Some(Self::Network(address, u32::MAX));
        }
        let name = text.strip_suffix('.').unwrap_or(text);
        let place = match name.strip_prefix("*.") {
            Some(name) => Self::Below(name),
            None => Self::Domain(name.strip_prefix('.').unwrap_or(name)),
        };
        let (Self::Below(name) | Self::Domain(name)) = place else { return Some(place) };
        (!name.is_empty() && !name.contains([':', '*'])).then_some(place)
    }

    fn holds(&self, host: &str) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Network(network, length) => {
                host.parse().is_ok_and(|host: IpAddr| is_within(host, *network, *length))
            }
            Self::Domain(name) => host.eq_ignore_ascii_case(name) || is_below(host, name),
            Self::Below(name) => is_below(host, name),
        }
    }
}

fn address_of(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    bare.unwrap_or(text).parse().ok()
}

fn is_below(host: &str, name: &str) -> bool {
    let Some(start) = host.len().checked_sub(name.len()) else { return false };
    let tail = host.get(start..).is_some_and(|tail| tail.eq_ignore_ascii_case(name));
    tail && host.get(..start).is_some_and(|front| front.ends_with('.'))
}

fn is_within(host: IpAddr, network: IpAddr, length: u32) -> bool {
    // This shifts out the bits that need not agree: for a network of length 0, all of them.
    let agree = |difference: u128, bits: u32| {
        let behind = bits.saturating_sub(length);
        difference.checked_shr(behind).unwrap_or_default() == 0
    };
    match (host, network) {
        (IpAddr::V4(host), IpAddr::V4(network)) => {
            agree(u128::from(host.to_bits() ^ network.to_bits()), u32::BITS)
        }
        (IpAddr::V6(host), IpAddr::V6(network)) => agree(host.to_bits() ^ network.to_bits(), u128::BITS),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, NoProxy};

    fn excepts(list: &str, endpoint: &str) -> bool {
        NoProxy::parse(list).excepts(&Endpoint::parse(endpoint, None).unwrap())
    }

    #[test]
    fn a_name_excepts_itself_and_what_is_below_it() {
        for list in [
            "example.com",
            ".example.com",
            "EXAMPLE.com.",
            "x, example.com",
            "a;example.com",
            "a example.com",
        ] {
            assert!(excepts(list, "https://ecs.example.com"), "{list}");
            assert!(excepts(list, "https://example.com"), "{list}");
            assert!(!excepts(list, "https://notexample.com"), "{list}");
            assert!(!excepts(list, "https://example.com.cn"), "{list}");
        }
    }

    #[test]
    fn a_star_excepts_what_is_below_a_name_or_everything() {
        assert!(excepts("*.example.com", "https://a.b.example.com"));
        assert!(!excepts("*.example.com", "https://example.com"));
        assert!(excepts("*", "https://example.com") && excepts("a, *", "http://10.0.0.1"));
        assert!(!excepts("*example.com", "https://ecs.example.com"));
    }

    #[test]
    fn a_port_restricts_an_exception_to_it() {
        assert!(excepts("host.example:80", "http://host.example"));
        assert!(excepts("host.example:8443", "https://host.example:8443"));
        assert!(!excepts("host.example:80", "https://host.example"));
        assert!(excepts("*.example:443", "https://host.example"));
        assert!(!excepts("host.example:http", "http://host.example"));
    }

    #[test]
    fn addresses_are_excepted_alone_or_by_their_network() {
        assert!(excepts("10.1.2.3", "http://10.1.2.3") && !excepts("10.1.2.3", "http://10.1.2.4"));
        assert!(excepts("10.0.0.0/8", "http://10.9.9.9:81") && !excepts("10.0.0.0/8", "http://11.0.0.1"));
        assert!(excepts("0.0.0.0/0", "http://11.0.0.1") && !excepts("0.0.0.0/0", "http://[::2]"));
        assert!(
            excepts("[fd00::1]:81", "http://[fd00::1]:81") && !excepts("[fd00::1]:81", "http://[fd00::1]")
        );
        assert!(excepts("fd00::1", "http://[fd00::1]") && excepts("fd00::/8", "https://[fd12::9]"));
    }

    #[test]
    fn an_entry_that_is_none_excepts_nothing() {
        for list in ["", ",;, ", ".", "*.", "10.0.0.0/x", "a:b:c", "host.example:99999"] {
            assert!(!excepts(list, "http://host.example"), "{list}");
        }
    }
}
