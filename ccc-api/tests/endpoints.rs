//! Tests of the hosts that serve Call Center in each region.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use ccc_api::CloudCallCenter;
use ccc_api::config::{Network, Scheme};
use ccc_api::custom::Product as _;
use ccc_api::{Client, Config, Credentials};

fn host(region: Option<&str>, network: Network) -> String {
    // Nothing is sent, so with plain HTTP the test needs no certificates.
    let config = Config::builder()
        .credentials(Credentials::new("testid", "testsecret"))
        .scheme(Scheme::Http)
        .network(network);
    let config = region.map_or(config.clone(), |region| config.region(region));
    Client::new(config.build().unwrap()).unwrap().endpoint().authority().to_owned()
}

#[test]
fn shanghai_is_the_default_and_has_a_host_of_its_own() {
    assert_eq!(host(None, Network::Public), "ccc.cn-shanghai.aliyuncs.com");
}

#[test]
fn central_regions_have_the_central_host_and_in_a_vpc_a_regional_one() {
    assert!(CloudCallCenter::ENDPOINTS.central_regions.contains(&"cn-beijing"));
    for region in CloudCallCenter::ENDPOINTS.central_regions {
        assert_eq!(host(Some(region), Network::Public), "ccc.aliyuncs.com");
        assert_eq!(host(Some(region), Network::Vpc), format!("ccc-vpc.{region}.aliyuncs.com"));
    }
}
