//! Writes a file of `descriptions`, for tools that know operations only at run time.

use ccc_spec::model::ErrorCode;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::plan::{AreaPlan, OperationPlan};
use crate::text::{literal, raw_literal};

pub(super) fn description(operation: &OperationPlan, areas: &[AreaPlan]) -> TokenStream {
    let plan = &operation.description;
    let product = literal(&operation.product);
    let version = literal(&operation.version);
    let action = literal(&operation.action);
    let summary = literal(&plan.summary);
    let documentation = literal(&plan.documentation);
    let area = match areas.iter().find(|area| area.feature.is_some() && area.feature == operation.area) {
        Some(area) => {
            let title = literal(&area.title);
            quote!(Some(#title))
        }
        None => quote!(None),
    };
    let idempotent = operation.safe_to_repeat;
    let module = &operation.name;
    let request = &operation.request.name;
    let response = &operation.response.name;
    let errors = plan.errors.iter().map(error);
    let sample_json = raw_literal(&plan.sample_json);
    let error_import = (!plan.errors.is_empty()).then(|| quote!(ErrorDescription,));
    quote! {
        use crate::operation::#module::{#request, #response};
        use acs_runtime::description::{#error_import OperationDescription, fields_received, fields_sent};

        /// The operation as its page documents it.
        pub(super) static DESCRIPTION: OperationDescription = OperationDescription {
            product: #product,
            version: #version,
            action: #action,
            summary: #summary,
            documentation: #documentation,
            area: #area,
            idempotent: #idempotent,
            parameters: fields_sent::<#request>(),
            answer: fields_received::<#response>(),
            errors: &[#(#errors),*],
            sample_json: #sample_json,
        };
    }
}

fn error(row: &ErrorCode) -> TokenStream {
    let status = match row.status {
        Some(status) => {
            let status = Literal::u16_unsuffixed(status);
            quote!(Some(#status))
        }
        None => quote!(None),
    };
    let code = literal(&row.code);
    let message = literal(&row.message);
    quote!(ErrorDescription { status: #status, code: #code, message: #message })
}
