//! The trait `Product`: what holds for all operations of a product.

use crate::request::endpoint::EndpointRules;

/// A product of Alibaba Cloud in one version of its API. A client sends the operations of its product and no others.
///
/// ```
/// use acs_runtime::config::EndpointRules;
/// use acs_runtime::custom::Product;
///
/// /// Elastic Compute Service.
/// #[derive(Debug)]
/// struct Ecs;
///
/// impl Product for Ecs {
///     const CODE: &'static str = "Ecs";
///     const VERSION: &'static str = "2014-05-26";
///     const TITLE: &'static str = "Elastic Compute Service";
///     const ENDPOINT_VARIABLE: &'static str = "ALIBABA_CLOUD_ECS_ENDPOINT";
///     const ENDPOINTS: EndpointRules = EndpointRules {
///         default_region: "cn-hangzhou",
///         public: "ecs.{region}.aliyuncs.com",
///         vpc: "ecs-vpc.{region}.aliyuncs.com",
///         central: "ecs.aliyuncs.com",
///         central_regions: &["cn-hangzhou"],
///     };
/// }
/// ```
pub trait Product: Send + Sync + 'static {
    /// The code of the product as the service spells it.
    const CODE: &'static str;
    /// The version of the product's API: a date.
    const VERSION: &'static str;
    /// The name of the product for people.
    const TITLE: &'static str;
    /// The environment variable that names an endpoint for this product only.
    const ENDPOINT_VARIABLE: &'static str;
    /// The hosts of the product.
    const ENDPOINTS: EndpointRules;
    /// Codes that mean success for this product, besides the general ones such as `OK` and `200`.
    const SUCCESS_CODES: &'static [&'static str] = &[];
}
