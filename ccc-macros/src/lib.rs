//! Derives for `ccc-api`: the mechanical part of what the generator writes.
//!
//! Each derive is a pure function over tokens: parse, check and collect every mistake, expand. After a mistake the
//! derive still gives a stub, so that one mistake gives one message.

mod attr;
mod builder;
mod decode;
mod described;
mod open_enum;
mod operation_error;
mod parameters;
mod problems;
mod redacted_debug;
mod structure;
#[cfg(test)]
mod tests;
mod types;
mod variants;

use proc_macro::TokenStream;

/// Writes a structure as request parameters: implements `Parameters` and `ParameterValue`.
///
/// Every field has `#[field(name = "…")]` with its name on the wire, and may have `sensitive` (the value stays out of
/// logs), `json` (a list or structure that travels as one parameter with JSON in it), and `min` and `max` (bounds of a
/// number, both allowed, which the local endpoint checks). With the feature `mock`, the local endpoint's description of
/// the structure is implemented too.
#[proc_macro_derive(Parameters, attributes(field))]
pub fn derive_parameters(input: TokenStream) -> TokenStream {
    parameters::derive(input.into()).into()
}

/// Gives a request a builder that does not build before every required parameter is set.
///
/// `#[builder(name = "MakeCallBuilder", operation = "MakeCall")]` names the builder and the operation. Left out, the
/// builder has the structure's name with `Builder`, and it only builds: structures inside requests are not sent.
/// Fields of type `Option` are optional, all others required.
#[proc_macro_derive(Builder, attributes(builder, field))]
pub fn derive_builder(input: TokenStream) -> TokenStream {
    builder::derive(input.into()).into()
}

/// Reads a structure out of an answer: implements `Decode` and `Structure`.
///
/// Every field has `#[field(name = "…")]` with its name on the wire, and may have `wrapper = "…"`: the name of the
/// object's field between this field and its list. The structure and every field's type need `Default`. With the
/// feature `serialize`, serde's `Serialize` is implemented too, which every field's type then needs; with `mock`, the
/// local endpoint's description of the structure.
#[proc_macro_derive(Decode, attributes(field))]
pub fn derive_decode(input: TokenStream) -> TokenStream {
    decode::derive(input.into()).into()
}

/// Makes an enum of texts open: documented values are unit variants with `#[value("…")]`, and a variant with
/// `#[unknown]` that holds an `UnknownValue` carries every other value. `#[value("Outbound", "Outbond")]` is read in any
/// of its spellings and written in the first.
#[proc_macro_derive(OpenEnum, attributes(value, unknown))]
pub fn derive_open_enum(input: TokenStream) -> TokenStream {
    open_enum::derive(input.into()).into()
}

/// Makes an enum the errors of an operation: implements `OperationError`, `Error`, `Display` and `Debug`.
///
/// A variant has one or more `#[code("…", status = 404, message = "… %s …")]`; `status` and `message` may be left out.
/// Its fields take the arguments of the message, `Option<String>` each, in order; a last field `service` holds the
/// `ServiceError`. A variant with `#[unknown]` and the field `service` alone carries every other code.
#[proc_macro_derive(OperationError, attributes(code, unknown))]
pub fn derive_operation_error(input: TokenStream) -> TokenStream {
    operation_error::derive(input.into()).into()
}

/// Debug that shows `[redacted]` for fields with `#[field(…, sensitive)]`.
#[proc_macro_derive(RedactedDebug, attributes(field))]
pub fn derive_redacted_debug(input: TokenStream) -> TokenStream {
    redacted_debug::derive(input.into()).into()
}
