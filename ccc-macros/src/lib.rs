//! Derives and attributes for clients over `acs-runtime`: the mechanical part of generated source.
//!
//! Each is a pure function over tokens. It parses, checks, collects every mistake, and expands. After a mistake it expands
//! to a stub, so that one mistake gives one message.

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

/// Implements `Parameters` and `ParameterValue`, which write a structure as request parameters.
///
/// A field's name on the wire is its own in CamelCase, or that of `#[field(name = "…")]`. The attribute also takes
/// `sensitive` (the value stays out of logs), `secret` (it is also a password or key, which nobody may see), `body` (the parameter
/// is sent in the body), `json` (a list or structure
/// is sent as one parameter that holds JSON), and `min` and `max` (inclusive bounds of a number, which the local
/// endpoint checks). The feature `description` also adds a description of the structure with its documentation.
#[proc_macro_derive(Parameters, attributes(field))]
pub fn derive_parameters(input: TokenStream) -> TokenStream {
    parameters::derive(input.into()).into()
}

/// Writes a builder for a request. Code that builds the request compiles only if every required parameter is set.
///
/// `#[builder(name = "MakeCallBuilder", operation = "MakeCall")]` names the builder and the operation. Without `name`,
/// the builder is named after the structure, with `Builder` at the end. Without `operation`, the builder has no `send`:
/// structures inside requests are only built. Fields of type `Option` are optional, all others are required.
///
/// With `pages(number = page_number, size = page_size, size_default = 100)` or `pages(token = next_page_token)`, which name
/// fields, the builder has `pages()` and `items()` beside `send()`. The request must implement `Paged`. The fields named here
/// may stay unset: the methods then begin with the first page, and ask for `size_default` items per page. `size` and
/// `size_default` may be left out, and may be given with `token`.
#[proc_macro_derive(Builder, attributes(builder, field))]
pub fn derive_builder(input: TokenStream) -> TokenStream {
    builder::derive(input.into()).into()
}

/// Implements `Decode` and `Structure`, which read a structure from a response.
///
/// A field's name on the wire is its own in CamelCase, or that of `#[field(name = "…")]`. The attribute also takes
/// `wrapper = "…"` (the field on the wire is an object that holds the list under this name) and `text` (the service
/// sends the number as a string; a number is read too). The structure and the types of its fields need `Default`. The
/// feature `serialize` also implements serde's `Serialize`, which the types of all fields then need. The feature
/// `description` also adds a description of the structure with its documentation.
#[proc_macro_derive(Decode, attributes(field))]
pub fn derive_decode(input: TokenStream) -> TokenStream {
    decode::derive(input.into()).into()
}

/// Makes an enum of strings open. Documented values are unit variants with `#[value("…")]`. A variant with `#[unknown]`
/// holds any other value as an `UnknownValue`. A value with several spellings, as in `#[value("Outbound", "Outbond")]`,
/// is read in any of them and written in the first.
#[proc_macro_derive(OpenEnum, attributes(value, unknown))]
pub fn derive_open_enum(input: TokenStream) -> TokenStream {
    open_enum::derive(input.into()).into()
}

/// Adds the methods of an `impl Client { … }` to both the async client and the blocking one.
///
/// Examples in their docs call a `client`, with `.await` on lines of their own. Each gets the hidden lines that it needs to
/// run against the local endpoint. Examples of the blocking client have no `.await`.
#[proc_macro_attribute]
pub fn both_clients(arguments: TokenStream, input: TokenStream) -> TokenStream {
    both_clients::expand(&arguments.into(), input.into()).into()
}

/// Makes an enum the error of an operation: implements `OperationError`, `Error`, `Display`, `Debug` and `Clone`.
///
/// A variant has one or more `#[code("…", status = 404, message = "… %s …")]`; `status` and `message` may be left out. A
/// variant without the attribute takes code and messages from the variant of the same name in the product's enum of codes,
/// which `#[operation_error(codes = ErrorCode)]` names (see [`ErrorCodes`](macro@ErrorCodes)). The fields of a variant hold
/// the arguments of the message in order, each as `Option<String>`.
///
/// Every variant gets a field `service` with the `ServiceError`. The enum gets a hidden variant `Unknown` for all other
/// codes. The enum and its variants become non-exhaustive.
#[proc_macro_attribute]
pub fn operation_error(arguments: TokenStream, input: TokenStream) -> TokenStream {
    operation_error::expand(arguments.into(), input.into()).into()
}

/// Makes an enum the documented error codes of a product: adds `ALL`, `from_code`, `from_error`, `as_str` and `documented`,
/// and implements `Display`.
///
/// The variants hold nothing. Each has one or more `#[code("…", status = 404, message = "… %s …")]` with the same code. The
/// enum must be `Copy`.
#[proc_macro_derive(ErrorCodes, attributes(code))]
pub fn derive_error_codes(input: TokenStream) -> TokenStream {
    error_codes::derive(input.into()).into()
}

/// Implements `Debug`, which shows `[redacted]` for fields with `#[field(…, sensitive)]` or `secret`.
#[proc_macro_derive(RedactedDebug, attributes(field))]
pub fn derive_redacted_debug(input: TokenStream) -> TokenStream {
    redacted_debug::derive(input.into()).into()
}
