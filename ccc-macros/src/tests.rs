//! Tests of the derives as functions from tokens to tokens.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    both_clients, builder, decode, error_codes, open_enum, operation_error, parameters, redacted_debug,
};

type Derive = fn(TokenStream) -> TokenStream;

const STRUCTURE_DERIVES: [(&str, Derive); 4] = [
    ("Parameters", parameters::derive),
    ("Builder", builder::derive),
    ("Decode", decode::derive),
    ("RedactedDebug", redacted_debug::derive),
];
const ENUM_DERIVES: [(&str, Derive); 3] = [
    ("OpenEnum", open_enum::derive),
    ("ErrorCodes", error_codes::derive),
    ("operation_error", operation_error_without_arguments),
];

fn operation_error_without_arguments(input: TokenStream) -> TokenStream {
    operation_error::expand(TokenStream::new(), input)
}

/// Counts the mistakes that an expansion reports.
fn mistakes(expansion: &TokenStream) -> usize {
    expansion.to_string().matches("compile_error").count()
}

/// Counts the implementations in an expansion, roughly: enough to tell a stub from nothing.
fn impls(expansion: &TokenStream) -> usize {
    expansion.to_string().matches("impl ").count()
}

#[test]
fn structure_without_mistakes_expands_without_messages() {
    for (name, derive) in STRUCTURE_DERIVES {
        let expansion = derive(quote! {
            pub struct Request {
                #[field(name = "Callee", sensitive)]
                callee: String,
                #[field(name = "Tags", json, wrapper = "Tag")]
                r#type: Option<Vec<String>>,
            }
        });
        assert_eq!(mistakes(&expansion), 0, "{name}");
        assert!(impls(&expansion) > 0, "{name}");
    }
}

#[test]
fn every_mistake_is_reported_and_a_stub_given() {
    for (name, derive) in STRUCTURE_DERIVES {
        let expansion = derive(quote! {
            struct Request {
                #[field(name = "")]
                nameless: String,
                #[field(name = "A", color)]
                a: String,
                #[field(name = "B")]
                b: String,
                #[field(name = "B")]
                c: String,
            }
        });
        assert_eq!(mistakes(&expansion), 3, "{name}: {expansion}");
        assert!(impls(&expansion) > 0, "{name}");
    }
}

#[test]
fn items_of_another_kind_give_one_message() {
    for (name, derive) in STRUCTURE_DERIVES {
        assert_eq!(mistakes(&derive(quote! { enum Choice { A } })), 1, "{name}");
        assert_eq!(mistakes(&derive(quote! { struct Pair(String, String); })), 1, "{name}");
    }
    for (name, derive) in ENUM_DERIVES {
        let messages = mistakes(&derive(quote! { struct Request; }));
        assert_eq!(messages, 1, "{name}");
    }
}

#[test]
fn generic_items_give_one_message_and_no_stub() {
    for (name, derive) in STRUCTURE_DERIVES {
        let expansion = derive(quote! { struct Holder<T> { #[field(name = "A")] a: T } });
        assert_eq!((mistakes(&expansion), impls(&expansion)), (1, 0), "{name}: {expansion}");
    }
}

#[test]
fn unreadable_input_gives_a_message() {
    for (name, derive) in STRUCTURE_DERIVES.into_iter().chain(ENUM_DERIVES) {
        assert_eq!(mistakes(&derive(quote! { fn main() {} })), 1, "{name}");
    }
}

#[test]
fn a_field_has_its_own_name_in_camel_case_unless_it_has_another() {
    let expansion = decode::derive(quote! {
        struct Answer { call_type: Option<String>, r#type: i32, #[field(sensitive)] url_2: i32, #[field(name = "URL")] url: i32 }
    });
    let text = expansion.to_string();
    assert_eq!(mistakes(&expansion), 0, "{text}");
    assert!(text.contains(r#"& ["CallType" , "Type" , "Url2" , "URL"]"#), "{text}");
}

#[test]
fn text_in_attributes_stays_text() {
    let hostile = "a\"b{c}*/ \u{202e} \n#";
    let expansion = decode::derive(quote! { struct Answer { #[field(name = #hostile)] a: Option<String> } });
    let literal = proc_macro2::Literal::string(hostile).to_string();
    assert_eq!(mistakes(&expansion), 0);
    assert!(expansion.to_string().contains(&literal), "{expansion}");
}

#[test]
fn braces_of_a_page_are_no_placeholders_in_the_compilers_messages() {
    let expansion = builder::derive(quote! { struct Request { #[field(name = "{A}")] a: String } });
    assert!(expansion.to_string().contains("the required parameter `{{A}}` is not set"), "{expansion}");
}

#[test]
fn type_parameters_of_the_builder_take_no_name_from_a_field() {
    let expansion = builder::derive(quote! {
        struct Request {
            #[field(name = "Tag")]
            tag: Tag,
            #[field(name = "Client")]
            client: Option<Client>,
        }
    });
    let builder = expansion.to_string();
    assert!(builder.contains("RequestBuilder < Client_ = () , Tag_ ="), "{builder}");
    assert!(builder.contains("client_ : Client_"), "{builder}");
}

/// Returns the number of mistakes of a builder with these attributes, and its expansion.
fn paged(builder: &TokenStream) -> (usize, String) {
    let expansion = builder::derive(quote! {
        #[builder(#builder)]
        struct Request { page_number: i32, page_size: Option<i32>, next_token: Option<String>, zone: String }
    });
    (mistakes(&expansion), expansion.to_string())
}

#[test]
fn a_request_that_asks_for_pages_has_methods_for_them() {
    for pages in [
        quote!(number = page_number),
        quote!(number = page_number, size = page_size, size_default = 100),
        quote!(token = next_token),
        quote!(token = next_token, size = page_size, size_default = 100),
    ] {
        let (mistakes, text) = paged(&quote!(operation = "ListBells", pages(#pages)));
        assert_eq!(mistakes, 0, "{text}");
        assert!(text.contains("fn pages (self)") && text.contains("fn items (self)"), "{text}");
    }
    let (mistakes, text) = paged(&quote!(operation = "ListBells"));
    assert_eq!(mistakes, 0, "{text}");
    assert!(!text.contains("fn pages (self)"), "{text}");
}

#[test]
fn number_and_size_need_not_be_set_and_all_else_must_be() {
    let pages = quote!(pages(number = page_number, size = page_size, size_default = 100));
    let (_, text) = paged(&quote!(operation = "ListBells", #pages));
    for part in [
        "PageNumber : :: acs_runtime :: derive :: SetOr < i32 >",
        "SetOr :: < i32 > :: or (self . page_number , 1)",
        "Option :: or (self . page_size , :: core :: option :: Option :: Some (100))",
        "Zone : ZoneIsSet",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn every_mistake_about_pages_gives_one_message_that_says_what_is_wrong() {
    for (builder, message) in [
        (quote!(operation = "A", pages(size = page_size, size_default = 5)), "either `number` or `token`"),
        (
            quote!(operation = "A", pages(number = page_number, token = next_token)),
            "either `number` or `token`",
        ),
        (quote!(operation = "A", pages(number = page_number, size = page_size)), "need each other"),
        (quote!(operation = "A", pages(token = next_token, size_default = 5)), "need each other"),
        (quote!(operation = "A", pages(total = zone)), "`pages` takes `number`, `token`, `size`"),
        (quote!(operation = "A", pages(token = a, token = b)), "given twice"),
        (quote!(operation = "A", pages(token = next_token), pages(token = next_token)), "given twice"),
        (quote!(operation = "A", pages(token = nowhere)), "no field of this name"),
        (
            quote!(operation = "A", pages(number = page_number, size = page_size, size_default = 0)),
            "a page size is",
        ),
        (quote!(pages(number = page_number)), "`pages` needs `operation"),
        (quote!(operation = "A", page = 1), "`builder` takes `name`, `operation` and `pages`"),
    ] {
        let (mistakes, text) = paged(&builder);
        assert_eq!(mistakes, 1, "{builder}: {text}");
        assert!(text.contains(message), "{builder}: {text}");
    }
}

#[test]
fn a_field_may_be_called_pages_unless_its_request_asks_for_pages() {
    let request = quote!(
        struct Request {
            pages: i32,
            items: Option<i32>,
            page_number: i32,
        }
    );
    let alone = builder::derive(quote!(#[builder(operation = "A")] #request));
    assert_eq!(mistakes(&alone), 0, "{alone}");
    let paged = builder::derive(quote!(#[builder(operation = "A", pages(number = page_number))] #request));
    assert_eq!(mistakes(&paged), 2, "{paged}");
}

#[test]
fn one_variant_may_document_several_messages_of_a_code() {
    let expansion = operation_error_without_arguments(quote! {
        enum Failure {
            #[code("A", status = 400, message = "no %s")]
            #[code("A", status = 404, message = "no %s in %s")]
            A { first: Option<String>, second: Option<String> },
        }
    });
    assert_eq!(mistakes(&expansion), 0, "{expansion}");
    let codes = error_codes::derive(quote! {
        enum Code {
            #[code("A", status = 400, message = "no %s")]
            #[code("A", status = 404, message = "no %s in %s")]
            A,
        }
    });
    assert_eq!(mistakes(&codes), 0, "{codes}");
}

#[test]
fn every_error_holds_the_services_error_and_has_a_variant_for_other_codes() {
    let expansion = operation_error::expand(
        quote!(codes = crate::Code),
        quote! { enum Failure { A { first: Option<String> } } },
    );
    let text = expansion.to_string();
    for part in [
        "service : :: acs_runtime :: derive :: ServiceError",
        "Unknown",
        "crate :: Code :: A . documented ()",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn methods_are_given_to_both_clients_or_refused() {
    let methods = quote! {
        impl Client {
            /// Rings.
            pub fn ring(&self) -> RingBuilder<Self> { RingBuilder::with_client(self.clone()) }
        }
    };
    let expansion = both_clients::expand(&TokenStream::new(), methods.clone());
    let text = expansion.to_string();
    assert_eq!((mistakes(&expansion), text.matches("pub fn ring").count()), (0, 2), "{text}");
    assert!(
        text.contains("impl crate :: Client") && text.contains("impl crate :: blocking :: Client"),
        "{text}"
    );
    assert_eq!(mistakes(&both_clients::expand(&quote!(x), methods)), 1);
    assert_eq!(mistakes(&both_clients::expand(&TokenStream::new(), quote! { impl Other {} })), 1);
}

#[test]
fn secret_field_is_redacted_too() {
    let expansion = redacted_debug::derive(quote! { struct Request { #[field(secret)] password: String } });
    assert!(expansion.to_string().contains("REDACTED"), "{expansion}");
}
