//! A file of `descriptions`: the operation as the local endpoint knows it.

use std::collections::BTreeSet;

use ccc_spec::model::{ErrorCode, Field, ListEncoding, Range, Shape};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::plan::OperationPlan;
use crate::text::{literal, raw_literal};

pub(super) fn description(operation: &OperationPlan) -> TokenStream {
    let plan = &operation.description;
    let product = literal(&operation.product);
    let version = literal(&operation.version);
    let action = literal(&operation.action);
    let parameters = plan.parameters.iter().map(field);
    let answer = plan.answer.iter().map(field);
    let errors = plan.errors.iter().map(error);
    let sample_json = raw_literal(&plan.sample_json);
    let mut imports = BTreeSet::from(["OperationDescription"]);
    if !plan.errors.is_empty() {
        imports.insert("ErrorDescription");
    }
    if !(plan.parameters.is_empty() && plan.answer.is_empty()) {
        imports.extend(["FieldDescription", "Kind"]);
    }
    let imports = imports.into_iter().map(|name| quote::format_ident!("{name}"));
    quote! {
        use crate::mock::{#(#imports),*};

        /// The operation as its page documents it.
        pub(super) static DESCRIPTION: OperationDescription = OperationDescription {
            product: #product,
            version: #version,
            action: #action,
            parameters: &[#(#parameters),*],
            answer: &[#(#answer),*],
            errors: &[#(#errors),*],
            sample_json: #sample_json,
        };
    }
}

fn field(field: &Field) -> TokenStream {
    let name = literal(&field.name);
    let kind = match (&field.shape, field.range) {
        (Shape::Integer | Shape::Long | Shape::Float, Some(range)) => within(&kind(&field.shape), range),
        (shape, _) => kind(shape),
    };
    let required = field.required;
    quote!(FieldDescription { name: #name, kind: #kind, required: #required })
}

fn within(number: &TokenStream, range: Range) -> TokenStream {
    let bound = |bound: Option<i64>| match bound {
        Some(bound) => {
            let bound = Literal::i64_unsuffixed(bound);
            quote!(Some(#bound))
        }
        None => quote!(None),
    };
    let min = bound(range.min);
    let max = bound(range.max);
    quote!(Kind::Within { kind: &#number, min: #min, max: #max })
}

fn kind(shape: &Shape) -> TokenStream {
    match shape {
        Shape::String { values } => {
            let values = values.iter().map(|value| literal(&value.value));
            quote!(Kind::Text { values: &[#(#values),*] })
        }
        Shape::Integer => quote!(Kind::Integer),
        Shape::Long => quote!(Kind::Long),
        Shape::Float => quote!(Kind::Float),
        Shape::Boolean => quote!(Kind::Boolean),
        Shape::Json => quote!(Kind::Json),
        Shape::Structure { fields, .. } => {
            let fields = fields.iter().map(field);
            quote!(Kind::Structure { fields: &[#(#fields),*] })
        }
        Shape::List { element, wrapper, encoding } => {
            let element = kind(element);
            let wrapper = match wrapper {
                Some(wrapper) => {
                    let wrapper = literal(wrapper);
                    quote!(Some(#wrapper))
                }
                None => quote!(None),
            };
            let json = *encoding == ListEncoding::Json;
            quote!(Kind::List { element: &#element, wrapper: #wrapper, json: #json })
        }
        Shape::Map { value } => {
            let value = kind(value);
            quote!(Kind::Map { value: &#value })
        }
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
