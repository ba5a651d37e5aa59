//! Lets in only programs on this machine, which address the endpoint by its own host, and the endpoint's own pages.
//!
//! A page on the web can make a browser send requests to loopback, and can give loopback a host name of its own. Both
//! can be seen in headers that no page can set.

use std::net::SocketAddr;

use http::HeaderMap;
use http::header::{HOST, HeaderName, ORIGIN};

/// Refuses a request that names another host than the endpoint, or that comes from a page of another origin.
pub(super) fn check(headers: &HeaderMap, own: SocketAddr) -> Result<(), String> {
    let port = own.port();
    let hosts = [own.to_string(), format!("localhost:{port}")];
    let named = values(headers, HOST);
    if named.is_empty() || !named.iter().all(|host| is_one_of(&hosts, host, port)) {
        let [address, name] = &hosts;
        return Err(format!(
            "the header `Host` must be `{address}` or `{name}`, but is {}: use one of these two in the URL",
            list(&named)
        ));
    }
    let origins = values(headers, ORIGIN);
    let own_page =
        |origin: &String| origin.strip_prefix("http://").is_some_and(|host| is_one_of(&hosts, host, port));
    if origins.iter().all(own_page) {
        return Ok(());
    }
    let origins = list(&origins);
    Err(format!(
        "pages of {origins} may not use this: send the request from a program, without the header `Origin`"
    ))
}

/// Whether a host, as headers write it, is one of the endpoint's own. Headers leave out port 80.
fn is_one_of(hosts: &[String], host: &str, port: u16) -> bool {
    let whole = if port == 80 && !host.contains(':') { &format!("{host}:80") } else { host };
    hosts.iter().any(|own| own.eq_ignore_ascii_case(whole))
}

fn values(headers: &HeaderMap, name: HeaderName) -> Vec<String> {
    headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
}

fn list(values: &[String]) -> String {
    let values: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
    if values.is_empty() { "missing".to_owned() } else { values.join(" and ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed_at(port: u16, headers: &[(HeaderName, &str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        check(&headers, SocketAddr::from(([127, 0, 0, 1], port))).is_ok()
    }

    fn allowed(headers: &[(HeaderName, &str)]) -> bool {
        allowed_at(8080, headers)
    }

    #[test]
    fn own_host_is_allowed() {
        for host in ["127.0.0.1:8080", "localhost:8080", "LocalHost:8080"] {
            assert!(allowed(&[(HOST, host)]), "{host}");
        }
    }

    #[test]
    fn other_hosts_are_refused() {
        for host in
            ["evil.example", "evil.example:8080", "127.0.0.1", "localhost", "localhost:80", "localhost.:8080"]
        {
            assert!(!allowed(&[(HOST, host)]), "{host}");
        }
        assert!(!allowed(&[]), "none");
    }

    #[test]
    fn default_port_may_be_left_out() {
        for host in ["127.0.0.1", "localhost:80"] {
            assert!(allowed_at(80, &[(HOST, host), (ORIGIN, "http://localhost")]), "{host}");
        }
    }

    #[test]
    fn second_host_header_is_checked_too() {
        let headers =
            [(HOST, "localhost:8080"), (HOST, "evil.example")].map(|(n, v)| (n, v.parse().unwrap()));
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name, value);
        }
        assert!(check(&map, SocketAddr::from(([127, 0, 0, 1], 8080))).is_err());
    }

    #[test]
    fn pages_of_other_origins_are_refused() {
        let host = (HOST, "localhost:8080");
        for (origin, expected) in [
            ("http://localhost:8080", true),
            ("http://127.0.0.1:8080", true),
            ("https://localhost:8080", false),
            ("http://localhost:3000", false),
            ("http://evil.example", false),
            ("null", false),
            ("", false),
        ] {
            assert_eq!(allowed(&[host.clone(), (ORIGIN, origin)]), expected, "{origin}");
        }
    }
}
