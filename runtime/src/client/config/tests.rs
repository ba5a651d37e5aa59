use super::{Config, ConfigBuilder};
use crate::identity::credentials::Credentials;
use crate::identity::variables::Variables;
use crate::request::config_error::ConfigError;
use crate::request::endpoint::{EndpointRules, Network, Scheme};

const RULES: EndpointRules = EndpointRules {
    default_region: "cn-shanghai",
    public: "p.{region}.example.com",
    vpc: "p-vpc.{region}.example.com",
    central: "p.example.com",
    central_regions: &[],
};

const VARIABLE: &str = "ALIBABA_CLOUD_P_ENDPOINT";

fn endpoint_of(builder: ConfigBuilder) -> String {
    builder.build().unwrap().endpoint(&RULES, VARIABLE).unwrap().to_string()
}

#[test]
fn by_default_requests_go_over_https_to_the_region_of_the_product() {
    assert_eq!(endpoint_of(Config::builder()), "https://p.cn-shanghai.example.com");
}

#[test]
fn an_endpoint_goes_before_region_and_network() {
    let builder = Config::builder().region("cn-beijing").network(Network::Vpc).endpoint("h.example:8443");
    assert_eq!(endpoint_of(builder), "https://h.example:8443");
}

#[test]
fn scheme_and_endpoint_may_come_in_any_order() {
    let http = Config::builder().scheme(Scheme::Http);
    assert_eq!(endpoint_of(http.clone()), "http://p.cn-shanghai.example.com");
    assert_eq!(endpoint_of(http.endpoint("h.example")), "http://h.example");
    assert_eq!(endpoint_of(Config::builder().endpoint("h.example").scheme(Scheme::Http)), "http://h.example");
}

#[test]
fn a_scheme_that_contradicts_the_endpoint_is_refused_even_when_it_is_changed_later() {
    let config = Config::builder().endpoint("https://h.example").build().unwrap();
    let error = config.to_builder().scheme(Scheme::Http).build().unwrap_err();
    assert!(matches!(error, ConfigError::Endpoint { .. }), "{error}");
}

#[test]
fn the_environment_gives_the_region() {
    let variables = Variables::fixed([("ALIBABA_CLOUD_REGION_ID", "cn-beijing")]);
    let builder = ConfigBuilder::from_variables(&variables).unwrap();
    assert_eq!(endpoint_of(builder), "https://p.cn-beijing.example.com");
}

#[test]
fn a_region_from_the_environment_is_checked_too() {
    let variables = Variables::fixed([("ALIBABA_CLOUD_REGION_ID", "x.evil.example/")]);
    let error = ConfigBuilder::from_variables(&variables).unwrap().build().unwrap_err();
    assert!(matches!(error, ConfigError::Region { .. }), "{error}");
}

#[test]
fn credentials_once_given_stay_when_a_configuration_is_built_upon() {
    let config = Config::builder().credentials(Credentials::new("testid", "testsecret")).build().unwrap();
    let text = format!("{:?}", config.to_builder().region("cn-beijing").build().unwrap());
    assert!(text.contains("testid"), "{text}");
}

#[test]
fn a_time_limit_of_zero_is_refused() {
    let error = Config::builder().timeout(std::time::Duration::ZERO).build().unwrap_err();
    assert!(matches!(error, ConfigError::TimeLimit), "{error}");
}

#[test]
fn a_time_limit_beyond_all_measure_is_a_day() {
    let config = Config::builder().timeout(std::time::Duration::MAX).build().unwrap();
    assert_eq!(config.settings().limits.total.as_secs(), 86_400);
}

#[test]
fn a_connection_gets_less_time_than_an_attempt_and_a_call() {
    let seconds = std::time::Duration::from_secs;
    let connect = |config: ConfigBuilder| config.build().unwrap().settings().limits.connect;
    assert_eq!(connect(Config::builder()), seconds(5));
    assert_eq!(connect(Config::builder().timeout(seconds(4))), seconds(2));
    assert_eq!(connect(Config::builder().attempt_timeout(seconds(5))), seconds(5) / 2);
    assert_eq!(connect(Config::builder().connect_timeout(seconds(9))), seconds(9));
}

/// Servers and load balancers give up connections after 10 s, some sooner.
#[test]
fn a_connection_waits_by_default_well_under_what_servers_allow() {
    let idle = Config::builder().build().unwrap().settings().idle.time;
    assert!(idle <= std::time::Duration::from_secs(5), "{idle:?}");
}

#[cfg(not(feature = "tls-no-provider"))]
#[test]
fn https_without_the_feature_is_refused_with_advice() {
    let config = Config::builder().build().unwrap();
    let error = config.transport(&config.endpoint(&RULES, VARIABLE).unwrap()).unwrap_err().to_string();
    assert!(error.contains("needs the feature `tls`") && error.contains("`Scheme::Http`"), "{error}");
}

#[cfg(not(feature = "tls-no-provider"))]
#[test]
fn https_without_the_feature_is_left_to_a_transport_that_was_given() {
    let plain = Config::builder().scheme(Scheme::Http).build().unwrap();
    let transport = plain.transport(&plain.endpoint(&RULES).unwrap()).unwrap();
    let config = Config::builder().transport(transport).build().unwrap();
    assert!(config.transport(&config.endpoint(&RULES, VARIABLE).unwrap()).is_ok());
}

#[test]
fn debug_shows_no_secret() {
    let credentials = Credentials::new("testid", "testsecret").with_security_token("STSTOKEN");
    let builder = Config::builder().credentials(credentials).endpoint("https://u:hunter2@h.example");
    let text = format!("{builder:?} {:?}", builder.clone().endpoint("h.example").build().unwrap());
    for secret in ["testsecret", "STSTOKEN", "hunter2"] {
        assert!(!text.contains(secret), "{text}");
    }
    assert!(text.contains("testid"), "{text}");
}

#[cfg(feature = "tls-no-provider")]
#[test]
fn a_root_certificate_that_is_none_is_refused_with_its_place() {
    let message = |pem: &str| Config::builder().root_certificates_pem(pem).build().unwrap_err().to_string();
    assert!(message("not pem").contains("no section"), "{}", message("not pem"));
    let garbage = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert!(message(garbage).contains("number 1 is no certificate"), "{}", message(garbage));
}

#[test]
fn the_environment_gives_the_endpoint_of_the_product_unless_one_is_configured() {
    let variables =
        Variables::fixed([("ALIBABA_CLOUD_REGION_ID", "cn-beijing"), (VARIABLE, "http://127.0.0.1:8080\n")]);
    let builder = ConfigBuilder::from_variables(&variables).unwrap();
    assert_eq!(endpoint_of(builder.clone()), "http://127.0.0.1:8080");
    assert_eq!(endpoint_of(builder.endpoint("h.example")), "https://h.example");
}

#[test]
fn an_endpoint_of_the_environment_that_is_none_is_refused_by_the_name_of_its_variable() {
    let variables = Variables::fixed([(VARIABLE, "h.example/path")]);
    let config = ConfigBuilder::from_variables(&variables).unwrap().build().unwrap();
    let error = config.endpoint(&RULES, VARIABLE).unwrap_err();
    assert!(error.to_string().starts_with("the environment variable ALIBABA_CLOUD_P_ENDPOINT: "), "{error}");
}
