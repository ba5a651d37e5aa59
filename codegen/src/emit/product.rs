//! `product.rs`: what holds for all operations of the product.

use ccc_spec::manifest::Endpoints;
use proc_macro2::TokenStream;
use quote::quote;

use super::module_docs;
use crate::plan::ProductPlan;
use crate::text::literal;

pub(super) fn product(plan: &ProductPlan) -> TokenStream {
    let docs = module_docs(&plan.docs);
    let rules = plan.endpoints.is_some().then(|| {
        quote!(
            use crate::runtime::EndpointRules;
        )
    });
    let [title, code, version, variable] =
        [&plan.title, &plan.code, &plan.version, &plan.endpoint_variable].map(|text| literal(text));
    let endpoints = plan.endpoints.as_ref().map(endpoints);
    let success_codes = plan.success_codes.iter().map(|code| literal(code));
    quote! {
        #docs

        #rules

        /// The product's name.
        pub const TITLE: &str = #title;

        /// The product's code as the service spells it.
        pub const CODE: &str = #code;

        /// The version of the product's API.
        pub const VERSION: &str = #version;

        /// The environment variable that names an endpoint for this product alone.
        pub const ENDPOINT_VARIABLE: &str = #variable;

        #endpoints

        /// Codes with which answers say success.
        pub const SUCCESS_CODES: &[&str] = &[#(#success_codes),*];
    }
}

fn endpoints(rules: &Endpoints) -> TokenStream {
    let [default_region, public, vpc] =
        [&rules.default_region, &rules.public, &rules.vpc].map(|text| literal(text));
    let central = literal(rules.central.as_ref().map_or("", |central| &central.host));
    let regions = rules.central.iter().flat_map(|central| &central.regions).map(|region| literal(region));
    quote! {
        /// Which host serves the product where.
        pub const ENDPOINTS: EndpointRules = EndpointRules {
            default_region: #default_region,
            public: #public,
            vpc: #vpc,
            central: #central,
            central_regions: &[#(#regions),*],
        };
    }
}
