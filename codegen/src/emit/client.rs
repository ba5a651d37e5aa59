//! `client.rs`: a method of the client for every operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::plan::{OperationPlan, Plan};

pub(super) fn client(plan: &Plan) -> TokenStream {
    if plan.operations.is_empty() {
        return TokenStream::new();
    }
    let modules = plan.operations.iter().map(|operation| &operation.name);
    let methods = plan.operations.iter().map(method);
    quote! {
        use crate::Client;
        use super::{#(#modules),*};

        /// The operations. Each gives a builder with this client in it: set the parameters, then `send`.
        impl Client {
            #(#methods)*
        }
    }
}

fn method(operation: &OperationPlan) -> TokenStream {
    let docs = docs(&operation.method_docs);
    let name = &operation.name;
    let builder = &operation.request.builder;
    quote! {
        #docs
        pub fn #name(&self) -> #name::#builder<Self> {
            #name::#builder::of(self.clone())
        }
    }
}
