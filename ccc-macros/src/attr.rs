//! The attributes `#[field(…)]` and `#[builder(…)]`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::meta::ParseNestedMeta;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, LitInt, LitStr, Token};

use crate::problems::Problems;

/// Returns the path of the runtime's module for the code that the derives write.
pub(crate) fn runtime() -> TokenStream {
    quote!(::acs_runtime::derive)
}

/// Bounds of a number, inclusive.
#[derive(Clone, Copy)]
pub(crate) struct Range {
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
}

/// `#[field(name = "…", sensitive, secret, body, json, text, wrapper = "…", min = 1, max = 100)]`
#[derive(Default)]
pub(crate) struct FieldAttr {
    /// The name on the wire, if it is not the field's own in CamelCase.
    pub(crate) name: Option<LitStr>,
    pub(crate) sensitive: bool,
    /// Whether it is a password or key; implies `sensitive`.
    pub(crate) secret: bool,
    pub(crate) body: bool,
    pub(crate) json: bool,
    /// Whether the service sends the number as a string.
    pub(crate) text: bool,
    pub(crate) wrapper: Option<LitStr>,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
}

impl FieldAttr {
    /// Reads all `#[field]` attributes.
    pub(crate) fn read(attributes: &[Attribute], problems: &mut Problems) -> Self {
        let mut read = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("field")) {
            let result = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("name") {
                    text_once(&meta, &mut read.name)
                } else if meta.path.is_ident("wrapper") {
                    text_once(&meta, &mut read.wrapper)
                } else if meta.path.is_ident("sensitive") {
                    flag_once(&meta, &mut read.sensitive)
                } else if meta.path.is_ident("secret") {
                    flag_once(&meta, &mut read.secret)
                } else if meta.path.is_ident("body") {
                    flag_once(&meta, &mut read.body)
                } else if meta.path.is_ident("json") {
                    flag_once(&meta, &mut read.json)
                } else if meta.path.is_ident("text") {
                    flag_once(&meta, &mut read.text)
                } else if meta.path.is_ident("min") {
                    bound_once(&meta, &mut read.min)
                } else if meta.path.is_ident("max") {
                    bound_once(&meta, &mut read.max)
                } else {
                    Err(meta.error(
                        "unknown key; `field` takes `name`, `sensitive`, `secret`, `body`, `json`, `text`, `wrapper`, `min` and `max`",
                    ))
                }
            });
            problems.take(result);
        }
        read.sensitive |= read.secret;
        read
    }
}

/// `#[builder(name = "…", operation = "…", pages(…))]`
#[derive(Default)]
pub(crate) struct BuilderAttr {
    /// The builder's name.
    pub(crate) name: Option<LitStr>,
    /// The operation's name in messages of the compiler.
    pub(crate) operation: Option<LitStr>,
    /// How the request asks for pages.
    pub(crate) pages: Option<PagesAttr>,
}

/// `pages(number = page_number, size = page_size, size_default = 100)` or `pages(token = next_page_token)`
pub(crate) struct PagesAttr {
    /// Where the attribute stands.
    pub(crate) span: Span,
    /// The field with the number of the page.
    pub(crate) number: Option<Ident>,
    /// The field with the token of the page.
    pub(crate) token: Option<Ident>,
    /// The field with the number of items in a page.
    pub(crate) size: Option<Ident>,
    /// The size if none is set.
    pub(crate) size_default: Option<LitInt>,
}

impl PagesAttr {
    fn read(meta: &ParseNestedMeta<'_>) -> syn::Result<Self> {
        let mut read =
            Self { span: meta.path.span(), number: None, token: None, size: None, size_default: None };
        meta.parse_nested_meta(|meta| {
            if meta.path.is_ident("number") {
                once(&meta, &mut read.number)
            } else if meta.path.is_ident("token") {
                once(&meta, &mut read.token)
            } else if meta.path.is_ident("size") {
                once(&meta, &mut read.size)
            } else if meta.path.is_ident("size_default") {
                once(&meta, &mut read.size_default)
            } else {
                Err(meta.error("unknown key; `pages` takes `number`, `token`, `size` and `size_default`"))
            }
        })?;
        if read.number.is_some() == read.token.is_some() {
            return Err(meta.error("give either `number` or `token`"));
        }
        if read.size.is_some() != read.size_default.is_some() {
            return Err(meta.error("`size` and `size_default` need each other; give both"));
        }
        if let Some(default) = &read.size_default
            && !default.base10_parse::<i32>().is_ok_and(|size| size > 0)
        {
            return Err(syn::Error::new(default.span(), "a page size is a number from 1 to 2147483647"));
        }
        Ok(read)
    }
}

impl BuilderAttr {
    /// Reads all `#[builder]` attributes.
    pub(crate) fn read(attributes: &[Attribute], problems: &mut Problems) -> Self {
        let mut read = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("builder")) {
            let result = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("name") {
                    text_once(&meta, &mut read.name)
                } else if meta.path.is_ident("operation") {
                    text_once(&meta, &mut read.operation)
                } else if meta.path.is_ident("pages") {
                    put_once(&meta, PagesAttr::read(&meta)?, &mut read.pages)
                } else {
                    Err(meta.error("unknown key; `builder` takes `name`, `operation` and `pages`"))
                }
            });
            problems.take(result);
        }
        read
    }
}

fn text_once(meta: &ParseNestedMeta<'_>, slot: &mut Option<LitStr>) -> syn::Result<()> {
    let text: LitStr = meta.value()?.parse()?;
    if text.value().is_empty() {
        return Err(syn::Error::new(text.span(), "must not be empty"));
    }
    put_once(meta, text, slot)
}

fn once<T: Parse>(meta: &ParseNestedMeta<'_>, slot: &mut Option<T>) -> syn::Result<()> {
    put_once(meta, meta.value()?.parse()?, slot)
}

fn put_once<T>(meta: &ParseNestedMeta<'_>, value: T, slot: &mut Option<T>) -> syn::Result<()> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(meta.error("given twice; remove one")),
    }
}

fn bound_once(meta: &ParseNestedMeta<'_>, slot: &mut Option<i64>) -> syn::Result<()> {
    let value = meta.value()?;
    let sign = if value.peek(Token![-]) { value.parse::<Token![-]>().map(|_| "-")? } else { "" };
    let digits: LitInt = value.parse()?;
    let bound = format!("{sign}{}", digits.base10_digits())
        .parse()
        .map_err(|_| syn::Error::new(digits.span(), "must be a 64-bit integer"))?;
    put_once(meta, bound, slot)
}

fn flag_once(meta: &ParseNestedMeta<'_>, flag: &mut bool) -> syn::Result<()> {
    if std::mem::replace(flag, true) { Err(meta.error("given twice; remove one")) } else { Ok(()) }
}

/// `#[code("…", status = 404, message = "… %s …")]`
pub(crate) struct CodeAttr {
    /// The error code on the wire.
    pub(crate) code: LitStr,
    /// The HTTP status, from 100 to 599.
    pub(crate) status: Option<u16>,
    /// The message, in which each `%s` stands for an argument.
    pub(crate) message: Option<LitStr>,
}

impl CodeAttr {
    /// Reads all `#[code]` attributes.
    pub(crate) fn read(attributes: &[Attribute], problems: &mut Problems) -> Vec<Self> {
        attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("code"))
            .filter_map(|attribute| problems.take(attribute.parse_args::<Self>()))
            .collect()
    }

    /// Counts the arguments of the message.
    pub(crate) fn arguments(&self) -> usize {
        self.message.as_ref().map_or(0, |message| message.value().matches("%s").count())
    }
}

impl Parse for CodeAttr {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut read = Self { code: input.parse()?, status: None, message: None };
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let key: Ident = input.parse()?;
            let twice = if key == "status" { read.status.is_some() } else { read.message.is_some() };
            if key != "status" && key != "message" {
                return Err(syn::Error::new(key.span(), "unknown key; `code` takes `status` and `message`"));
            }
            if twice {
                return Err(syn::Error::new(key.span(), "given twice; remove one"));
            }
            input.parse::<Token![=]>()?;
            if key == "status" {
                read.status = Some(status(&input.parse()?)?);
            } else {
                read.message = Some(input.parse()?);
            }
        }
        Ok(read)
    }
}

fn status(number: &LitInt) -> syn::Result<u16> {
    number
        .base10_parse::<u16>()
        .ok()
        .filter(|status| (100..600).contains(status))
        .ok_or_else(|| syn::Error::new(number.span(), "an HTTP status is a number from 100 to 599"))
}
