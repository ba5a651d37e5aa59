//! `client.rs`: a method for every operation, of the client that gives futures and of the one that blocks.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::plan::{Docs, OperationPlan, Plan};

pub(super) fn client(plan: &Plan) -> TokenStream {
    if plan.operations.is_empty() {
        return TokenStream::new();
    }
    let modules = plan.operations.iter().map(|operation| &operation.name);
    let methods = plan.operations.iter().map(|operation| method(operation, &operation.method_docs));
    let blocking_methods =
        plan.operations.iter().map(|operation| method(operation, &operation.blocking_docs));
    quote! {
        use crate::Client;
        use super::{#(#modules),*};

        /// The operations. Each gives a builder with this client in it: set the parameters, then `send`.
        impl Client {
            #(#methods)*
        }

        /// The operations. Each gives a builder with this client in it: set the parameters, then `send`.
        #[cfg(feature = "blocking")]
        impl crate::blocking::Client {
            #(#blocking_methods)*
        }
    }
}

fn method(operation: &OperationPlan, text: &Docs) -> TokenStream {
    let docs = docs(text);
    let name = &operation.name;
    let builder = &operation.request.builder;
    quote! {
        #docs
        pub fn #name(&self) -> #name::#builder<Self> {
            #name::#builder::of(self.clone())
        }
    }
}
