//! Derives and attributes for clients over `acs-runtime`: the mechanical part of what the generator writes.
//!
//! Each is a pure function over tokens: parse, check and collect every mistake, expand. After a mistake
//! there is still a stub, so that one mistake gives one message.

mod attr;
mod both_clients;
mod builder;
mod decode;
mod described;
mod documentation;
mod error_codes;
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
/// A field's name on the wire is its own in CamelCase, or that of `#[field(name = "…")]`. It may have `sensitive` (the value
/// stays out of logs), `json` (a list or structure that travels as one parameter with JSON in it), and `min` and `max`
/// (bounds of a number, both allowed, which the local endpoint checks). With the feature `description`, the structure is
/// described too, documentation included.
#[proc_macro_derive(Parameters, attributes(field))]
pub fn derive_parameters(input: TokenStream) -> TokenStream {
    parameters::derive(input.into()).into()
}

/// Gives a request a builder that does not build before every required parameter is set.
///
/// `#[builder(name = "MakeCallBuilder", operation = "MakeCall")]` names the builder and the operation. Left out, the
/// builder has the structure's name with `Builder`, and it only builds: structures inside requests are not sent.
/// Fields of type `Option` are optional, all others required.
///
/// With `pages(number = page_number, size = page_size, size_default = 100)` or `pages(token = next_page_token)`, which name
/// fields, it has `pages()` and `items()` beside `send()`, for a request that implements `Paged`. They need every required
/// parameter but these: the first page is asked for, with so many items, where they are not set. `size` and `size_default`
/// may be left out, or stand beside `token`.
#[proc_macro_derive(Builder, attributes(builder, field))]
pub fn derive_builder(input: TokenStream) -> TokenStream {
    builder::derive(input.into()).into()
}

/// Reads a structure out of an answer: implements `Decode` and `Structure`.
///
/// A field's name on the wire is its own in CamelCase, or that of `#[field(name = "…")]`. It may have `wrapper = "…"`: the
/// name of the object's field between this field and its list. With `text`, the service writes a number as text; both are
/// read, and the description says so. The structure and every field's type need `Default`. With the
/// feature `serialize`, serde's `Serialize` is implemented too, which every field's type then needs; with
/// `description`, the structure is described too, documentation included.
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

/// Gives the methods of an `impl Client { … }` to the client that gives futures and to the one that blocks.
///
/// Examples in their docs are written as calls of a `client`, with `.await` on lines of their own: each gets what it needs
/// around it to run against the local endpoint, and those of the client that blocks do not await.
#[proc_macro_attribute]
pub fn both_clients(arguments: TokenStream, input: TokenStream) -> TokenStream {
    both_clients::expand(&arguments.into(), input.into()).into()
}

/// Makes an enum the errors of an operation: implements `OperationError`, `Error`, `Display`, `Debug` and `Clone`.
///
/// A variant has one or more `#[code("…", status = 404, message = "… %s …")]`; `status` and `message` may be left out.
/// Without any, it has code and messages of the variant of the same name in the product's enum of codes, which
/// `#[operation_error(codes = ErrorCode)]` names (see [`ErrorCodes`](macro@ErrorCodes)). Its fields take the arguments
/// of the message, `Option<String>` each, in order.
///
/// To every variant a field `service` is added that holds the `ServiceError`, and to the enum a hidden variant
/// `Unknown` that carries every other code. Enum and variants become non-exhaustive.
#[proc_macro_attribute]
pub fn operation_error(arguments: TokenStream, input: TokenStream) -> TokenStream {
    operation_error::expand(arguments.into(), input.into()).into()
}

/// Makes an enum the codes that a product's pages document: `ALL`, `from_code`, `as_str`, `documented` and `Display`.
///
/// The variants hold nothing and have one or more `#[code("…", status = 404, message = "… %s …")]` of one code each. The
/// enum is `Copy`.
#[proc_macro_derive(ErrorCodes, attributes(code))]
pub fn derive_error_codes(input: TokenStream) -> TokenStream {
    error_codes::derive(input.into()).into()
}

/// Debug that shows `[redacted]` for fields with `#[field(…, sensitive)]`.
#[proc_macro_derive(RedactedDebug, attributes(field))]
pub fn derive_redacted_debug(input: TokenStream) -> TokenStream {
    redacted_debug::derive(input.into()).into()
}
