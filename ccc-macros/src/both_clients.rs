//! The attribute `both_clients`.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token, braced};

use crate::problems::Problems;

/// Hidden lines before an example, which let it run against the local endpoint if the crate has the feature `mock`.
const BEFORE: &str = "\
# #[cfg(feature = \"mock\")]
# #[tokio::main(flavor = \"current_thread\")]
# async fn main() -> Result<(), Box<dyn std::error::Error>> {
# let endpoint = {crate}::mock::MockEndpoint::start().await?;
# let client = {crate}::Client::new(endpoint.config())?;";
/// The same for the blocking client.
const BEFORE_BLOCKING: &str = "\
# #[cfg(feature = \"mock\")]
# fn main() -> Result<(), Box<dyn std::error::Error>> {
# let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
# let endpoint = runtime.block_on({crate}::mock::MockEndpoint::start())?;
# let client = {crate}::blocking::Client::new(endpoint.config())?;";
const AFTER: &str = "\
# Ok(()) }
# #[cfg(not(feature = \"mock\"))]
# fn main() {}";

/// Which client the examples call.
#[derive(Clone, Copy, PartialEq)]
enum Client {
    Async,
    Blocking,
}

/// The parts of `impl Client { … }`.
struct Methods {
    attributes: Vec<Attribute>,
    methods: Vec<Method>,
}

struct Method {
    attributes: Vec<Attribute>,
    /// The rest, up to the end of the body.
    rest: TokenStream,
}

impl Parse for Methods {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Token![impl]>()?;
        let client: Ident = input.parse()?;
        if client != "Client" {
            return Err(syn::Error::new(client.span(), "`both_clients` is only for `impl Client`"));
        }
        let content;
        braced!(content in input);
        let mut methods = Vec::new();
        while !content.is_empty() {
            methods.push(content.parse()?);
        }
        Ok(Self { attributes, methods })
    }
}

impl Parse for Method {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let mut rest = TokenStream::new();
        loop {
            let tree: TokenTree = input.parse()?;
            let ends = matches!(&tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            rest.extend([tree]);
            if ends {
                return Ok(Self { attributes, rest });
            }
        }
    }
}

pub(crate) fn expand(arguments: &TokenStream, input: TokenStream) -> TokenStream {
    let mut problems = Problems::default();
    if !arguments.is_empty() {
        problems.at(arguments, "`both_clients` takes no arguments");
    }
    let expansion = problems.take(syn::parse2(input)).map(|Methods { attributes, methods }| {
        let asynchronous = methods.iter().map(|method| method.with_examples(Client::Async));
        let blocking = methods.iter().map(|method| method.with_examples(Client::Blocking));
        quote! {
            #[cfg(feature = "client")]
            #(#attributes)*
            impl crate::Client {
                #(#asynchronous)*
            }

            #[cfg(feature = "blocking")]
            #(#attributes)*
            impl crate::blocking::Client {
                #(#blocking)*
            }
        }
    });
    problems.settle(expansion, &TokenStream::new())
}

impl Method {
    /// Returns the method with examples that call `client`.
    fn with_examples(&self, client: Client) -> TokenStream {
        let lines: Vec<String> = self.attributes.iter().filter_map(doc).collect();
        let docs = examples(&lines, client);
        let others = self.attributes.iter().filter(|attribute| doc(attribute).is_none());
        let rest = &self.rest;
        quote! { #(#[doc = #docs])* #(#others)* #[inline] #rest }
    }
}

/// Returns the text of a doc comment.
fn doc(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    match &pair.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if pair.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// Returns the lines of a doc comment, with the hidden lines that its examples need.
fn examples(lines: &[String], client: Client) -> Vec<String> {
    let before = if client == Client::Async { BEFORE } else { BEFORE_BLOCKING };
    // Examples are outside of the crate that is compiled, so they need its name.
    let package = std::env::var("CARGO_PKG_NAME").unwrap_or_default().replace('-', "_");
    let before = before.replace("{crate}", &package);
    let mut inside = false;
    let mut written: Vec<String> = Vec::with_capacity(lines.len() + 8);
    for line in lines {
        let is_fence = line.trim_start().starts_with("```");
        if is_fence && inside {
            written.extend(AFTER.lines().map(|line| format!(" {line}")));
        }
        match (line.trim().strip_prefix(".await"), written.last_mut()) {
            (Some(rest), Some(last)) if inside && client == Client::Blocking => last.push_str(rest),
            _ if inside && client == Client::Blocking => written.push(line.replace(".await", "")),
            _ => written.push(line.clone()),
        }
        if is_fence && !inside {
            written.extend(before.lines().map(|line| format!(" {line}")));
        }
        inside ^= is_fence;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{Client, examples};

    fn example_lines(client: Client) -> Vec<String> {
        let lines =
            ["Rings.", "```", "let answer = client", "    .ring()", "    .send()", "    .await?;", "```"];
        let lines = lines.map(|line| format!(" {line}"));
        examples(&lines, client).into_iter().filter(|line| !line.starts_with(" #")).collect()
    }

    #[test]
    fn an_example_is_shown_as_it_was_written() {
        assert_eq!(
            example_lines(Client::Async),
            [
                " Rings.",
                " ```",
                " let answer = client",
                "     .ring()",
                "     .send()",
                "     .await?;",
                " ```"
            ]
        );
    }

    #[test]
    fn an_example_of_the_client_that_blocks_does_not_await() {
        assert_eq!(
            example_lines(Client::Blocking),
            [" Rings.", " ```", " let answer = client", "     .ring()", "     .send()?;", " ```"]
        );
    }
}
