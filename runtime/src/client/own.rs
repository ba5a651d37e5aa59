//! The macro for a product's own client type.

/// Defines the client type of a product, which wraps [`Client`](crate::Client) or
/// [`blocking::Client`](crate::blocking::Client).
///
/// Rust allows new methods only on types of the same crate, so the crate of a product defines its own client type and
/// adds a method for each operation. It dereferences to the client that it wraps.
///
/// ```
/// use acs_runtime::config::EndpointRules;
/// use acs_runtime::custom::Product;
///
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
///         central_regions: &[],
///     };
/// }
///
/// acs_runtime::client! {
///     /// Sends operations of Elastic Compute Service.
///     struct Client(acs_runtime::Client<Ecs>);
/// }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! client {
    ($(#[$attribute:meta])* $visibility:vis struct $client:ident($inner:ty);) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        $visibility struct $client($inner);

        impl $client {
            /// Creates a client.
            ///
            /// # Errors
            /// If no HTTP client can be built, for instance because the system trusts no certificate at all.
            pub fn new(config: $crate::Config) -> ::core::result::Result<Self, $crate::config::ConfigError> {
                <$inner>::new(config).map(Self)
            }

            /// Creates a client with the default credentials, and region and endpoint from the environment: see
            /// [`Config::from_env`](acs_runtime::Config::from_env).
            ///
            /// # Errors
            /// If the environment holds an invalid region or endpoint, and as [`new`](Self::new).
            pub fn from_env() -> ::core::result::Result<Self, $crate::config::ConfigError> {
                <$inner>::from_env().map(Self)
            }

            /// Returns this client with other options for its calls; options that are left out stay unchanged.
            ///
            /// Both clients share connections, credentials and the retry budget, so a client for one call costs
            /// nothing.
            #[must_use]
            pub fn with_options(&self, options: $crate::config::CallOptions) -> Self {
                Self(self.0.with_options(options))
            }
        }

        impl ::core::ops::Deref for $client {
            type Target = $inner;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl $crate::custom::Sender for $client {
            type Product = <$inner as $crate::custom::Sender>::Product;
            type Sending<O: $crate::custom::Operation<Product = Self::Product> + 'static> =
                <$inner as $crate::custom::Sender>::Sending<O>;

            fn dispatch<O: $crate::custom::Operation<Product = Self::Product> + 'static>(
                &self,
                request: O,
            ) -> Self::Sending<O> {
                $crate::custom::Sender::dispatch(&self.0, request)
            }

            fn customized(self, options: $crate::config::CallOptions) -> Self {
                Self($crate::custom::Sender::customized(self.0, options))
            }
        }
    };
}
