//! Writes `product.rs`: the facts that all operations of the product share.

use ccc_spec::manifest::Endpoints;
use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, module_docs};
use crate::plan::ProductPlan;
use crate::text::literal;

pub(super) fn product(plan: &ProductPlan) -> TokenStream {
    let module_docs = module_docs(&plan.docs);
    let [title, code, version, variable] =
        [&plan.title, &plan.code, &plan.version, &plan.endpoint_variable].map(|text| literal(text));
    let name = &plan.name;
    let type_docs = docs(&plan.type_docs);
    let endpoints = endpoints(&plan.endpoints);
    let success_codes = (!plan.success_codes.is_empty()).then(|| {
        let codes = plan.success_codes.iter().map(|code| literal(code));
        quote!(const SUCCESS_CODES: &'static [&'static str] = &[#(#codes),*];)
    });
    quote! {
        #module_docs
        use acs_runtime::config::EndpointRules;
        use acs_runtime::custom::Product;

        #type_docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub struct #name;

        impl Product for #name {
            const CODE: &'static str = #code;
            const VERSION: &'static str = #version;
            const TITLE: &'static str = #title;
            const ENDPOINT_VARIABLE: &'static str = #variable;
            #endpoints
            #success_codes
        }
    }
}

fn endpoints(rules: &Endpoints) -> TokenStream {
    let [default_region, public, vpc] =
        [&rules.default_region, &rules.public, &rules.vpc].map(|text| literal(text));
    let central = literal(rules.central.as_ref().map_or("", |central| &central.host));
    let regions = rules.central.iter().flat_map(|central| &central.regions).map(|region| literal(region));
    quote! {
        const ENDPOINTS: EndpointRules = EndpointRules {
            default_region: #default_region,
            public: #public,
            vpc: #vpc,
            central: #central,
            central_regions: &[#(#regions),*],
        };
    }
}
