use proptest::prelude::*;

use super::{Endpoint, EndpointRules, Network, Scheme, checked_region};
use crate::identity::credentials::Credentials;
use crate::request::prepare::{Method, SignatureScheme, Unsigned, prepare};
use crate::wire::decode::Format;
use crate::wire::parameters::{Parameter, ParameterList};

const RULES: EndpointRules = EndpointRules {
    default_region: "cn-shanghai",
    public: "ecs.{region}.aliyuncs.com",
    vpc: "ecs-vpc.{region}.aliyuncs.com",
    central: "ecs.aliyuncs.com",
    central_regions: &["eu-central-1"],
};

fn host(region: Option<&str>, network: Network) -> String {
    RULES.resolve(region, network, Scheme::Https).unwrap().to_string()
}

fn parsed(text: &str) -> String {
    Endpoint::parse(text, None).map_or_else(|error| error.to_string(), |endpoint| endpoint.to_string())
}

#[test]
fn a_region_stands_in_the_host_name() {
    assert_eq!(host(None, Network::Public), "https://ecs.cn-shanghai.aliyuncs.com");
    assert_eq!(host(Some("cn-wulanchabu"), Network::Public), "https://ecs.cn-wulanchabu.aliyuncs.com");
}

#[test]
fn a_central_region_shares_one_host_unless_in_a_vpc() {
    assert_eq!(host(Some("eu-central-1"), Network::Public), "https://ecs.aliyuncs.com");
    assert_eq!(host(Some("eu-central-1"), Network::Vpc), "https://ecs-vpc.eu-central-1.aliyuncs.com");
}

#[test]
fn no_region_can_move_a_request_to_another_host() {
    for region in [
        "",
        "evil.example/",
        "evil.example#",
        "evil.example?",
        "x@evil.example",
        "a.b",
        "cn-shanghai.evil.example",
        "CN-SHANGHAI",
        "cn_shanghai",
        "cn-shanghai\r\nHost: evil",
        "cn\\shanghai",
        "上海",
        "-cn",
        "cn-",
        "%2e",
    ] {
        assert!(checked_region(region).is_err(), "{region:?}");
    }
}

#[test]
fn an_endpoint_is_a_host_with_or_without_port_and_scheme() {
    assert_eq!(parsed("ecs.example.com"), "https://ecs.example.com");
    assert_eq!(parsed("ECS.Example.com:8443"), "https://ecs.example.com:8443");
    assert_eq!(parsed("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
    assert_eq!(parsed("HTTP://localhost:8080/"), "http://localhost:8080");
    assert_eq!(parsed("https://[::1]:8443"), "https://[::1]:8443");
    assert_eq!(parsed("[0:0::1]"), "https://[::1]");
}

#[test]
fn the_default_port_is_left_out_as_in_the_host_header() {
    assert_eq!(parsed("https://ecs.example.com:443"), "https://ecs.example.com");
    assert_eq!(parsed("http://ecs.example.com:80"), "http://ecs.example.com");
    assert_eq!(parsed("http://ecs.example.com:443"), "http://ecs.example.com:443");
}

#[test]
fn an_endpoint_that_is_more_than_a_host_is_refused() {
    for text in [
        "",
        "https://",
        "ftp://h",
        "://h",
        "//h",
        "h/",
        "https://h//",
        "https://h/path",
        "https://h?x",
        "https://h#x",
        "h\\evil",
        "h:0",
        "h:",
        "h:65536",
        "h:+80",
        "h:80:80",
        "::1",
        "[::1",
        "[::1]x",
        "[fe80::1%25eth0]",
        "h h",
        "h\n",
        "a..b",
        ".a",
        "-a",
        "a-",
        "a..",
        "1.2.3.4.",
        "[::1].",
        "中文.example",
        "h%2eexample",
        "0x7f.1",
        "127.1",
        "1",
        "0x7f000001",
        "256.0.0.1",
        "1.2.3.4.5",
    ] {
        assert!(Endpoint::parse(text, None).is_err(), "{text:?} gave {}", parsed(text));
    }
}

#[test]
fn a_host_may_have_underscores_as_those_of_containers() {
    assert_eq!(parsed("http://my_mock:8080"), "http://my_mock:8080");
    assert_eq!(parsed("my_mock:8080"), "https://my_mock:8080");
    assert_eq!(parsed("_a.b_.example"), "https://_a.b_.example");
}

#[test]
fn a_dot_at_the_end_of_a_host_is_for_finding_it_alone() {
    let endpoint = Endpoint::parse("https://ecs.example.com.:8443/", None).unwrap();
    assert_eq!(endpoint.authority(), "ecs.example.com:8443");
    assert_eq!(endpoint.address().unwrap(), "http://ecs.example.com.:8443/");
}

#[test]
fn a_path_in_an_endpoint_is_refused_with_a_hint() {
    let error = parsed("https://gateway.example/ecs");
    assert!(error.contains("leave out the path"), "{error}");
}

#[test]
fn a_password_in_an_endpoint_is_refused_and_not_shown() {
    let error = parsed("https://user:hunter2@ecs.example.com");
    assert!(error.contains("user name") && !error.contains("hunter2"), "{error}");
}

#[test]
fn http_must_be_asked_for() {
    assert_eq!(Endpoint::parse("h.example", None).unwrap().scheme(), Scheme::Https);
    assert_eq!(Endpoint::parse("h.example", Some(Scheme::Http)).unwrap().scheme(), Scheme::Http);
    let error = Endpoint::parse("https://h.example", Some(Scheme::Http)).unwrap_err();
    assert!(error.to_string().contains("not the one that is configured"), "{error}");
}

proptest! {
    /// Requests go to the host that was checked: reqwest's URL parser finds the same host and port, and nothing else.
    #[test]
    fn a_url_parser_sees_the_same_host(text in "(https?://)?[a-zA-Z0-9.:/@?#\\[\\]\\\\%_~ x-]{0,24}") {
        if let Ok(endpoint) = Endpoint::parse(&text, None) {
            let url = reqwest::Url::parse(&format!("{endpoint}/?A=1")).unwrap();
            let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
            prop_assert_eq!(format!("{}{}", url.host_str().unwrap(), port), endpoint.authority());
            prop_assert_eq!((url.username(), url.password(), url.path()), ("", None, "/"));
            prop_assert_eq!(url.scheme(), endpoint.scheme().as_str());
        }
    }

    /// For every request, its URI, its `Host` header and the URL that the HTTP client makes of it name the configured
    /// endpoint.
    #[test]
    fn nothing_in_a_request_moves_it_to_another_host(
        endpoint in "(https?://)?([a-z0-9-]{1,8}|xn--[a-z0-9]{1,8}|[A-Z]{1,3}|[0-9.]{1,9}|\\[[0-9a-f:]{2,8}\\])(\\.[a-z0-9]{1,4}){0,2}(:[0-9]{1,5})?/?",
        parameters in proptest::collection::vec(("[a-z@/?#:\\\\.%&= ]{0,8}", "\\PC{0,12}|[@/?#:\\\\.%&=\r\n]{0,8}"), 0..4),
        action in "[A-Za-z@/:]{1,8}",
        method in prop_oneof![Just(Method::Post), Just(Method::Get)],
        scheme in prop_oneof![Just(SignatureScheme::Acs3), Just(SignatureScheme::V1)],
    ) {
        let Ok(endpoint) = Endpoint::parse(&endpoint, None) else { return Ok(()) };
        let mut list = ParameterList::new();
        list.extend(parameters.iter().map(|(name, value)| Parameter::new(name, value)));
        let prepared = prepare(&Unsigned {
            endpoint: &endpoint,
            scheme,
            method,
            format: Format::Json,
            action: &action,
            version: "2020-07-01",
            parameters: &list,
            credentials: &Credentials::new("testid", "testsecret"),
            timestamp: std::time::UNIX_EPOCH,
            nonce: "n",
        });
        let Ok(request) = prepared else { return Ok(()) };
        let authority = endpoint.authority();
        prop_assert_eq!(request.uri().authority().unwrap().as_str(), authority);
        prop_assert_eq!(request.headers()["host"].to_str().unwrap(), authority);
        prop_assert_eq!(request.uri().path(), "/");
        // If the URL parser accepts it at all.
        if let Ok(url) = reqwest::Url::parse(&request.uri().to_string()) {
            let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
            prop_assert_eq!(format!("{}{}", url.host_str().unwrap(), port), authority);
            prop_assert_eq!((url.username(), url.password(), url.path()), ("", None, "/"));
            prop_assert_eq!(url.scheme(), endpoint.scheme().as_str());
        }
    }

    #[test]
    fn a_region_is_refused_or_stays_one_label(region in "\\PC{0,20}") {
        if let Ok(endpoint) = RULES.resolve(Some(&region), Network::Public, Scheme::Https) {
            prop_assert!(endpoint.authority().ends_with(".aliyuncs.com"));
            prop_assert_eq!(endpoint.authority().split('.').count(), 4);
        }
    }
}
