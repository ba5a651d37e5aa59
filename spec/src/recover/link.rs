//! Addresses that identify a page: those of the online explorer and of the documents of operations, with product,
//! version and action, and that of a product's errors.

use std::borrow::Cow;
use std::sync::LazyLock;

use percent_encoding::percent_decode_str;

use super::facts::is_pattern;
use crate::model::Style;
use crate::source::{Source, Span};
use crate::words::Words;

/// An address and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link<'p> {
    pub(super) url: Cow<'p, str>,
    pub(super) span: Span,
}

/// The parts of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) product: Option<String>,
    pub(super) version: Option<String>,
    pub(super) target: Target,
}

/// The target of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// An operation: to try it out, or its document.
    Operation { action: String, style: Option<Style> },
    /// The errors of a product.
    Errors,
    /// Something else of a product.
    Product,
}

/// Words of which every relevant address contains at least one.
static MARKS: LazyLock<Words> = LazyLock::new(|| Words::new(["api", "document", "product", "error"]));

/// Finds and reads the relevant addresses of a text, in order. An address may be the target of a link, its definition,
/// an HTML attribute, or bare.
pub(super) fn addresses(source: &Source, span: Span) -> Vec<(Link<'_>, Address)> {
    let text = source.slice(span);
    let mut found = Vec::new();
    if !may_hold_address(text) {
        return found;
    }
    let mut done = 0;
    for (_, at) in MARKS.all_in(text) {
        if at < done {
            continue;
        }
        let start = text.get(done..at).unwrap_or_default().bytes().rposition(|byte| !is_usual(byte));
        let start = start.map_or(done, |before| done + before + 1);
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.bytes().position(|byte| !is_usual(byte)).unwrap_or(rest.len());
        done = start + length;
        let url = rest.get(..length).unwrap_or_default().trim_end_matches(['.', ':', ';', '!', '?']);
        if is_word(url) && !ERROR_CENTER.are_in(url) {
            continue;
        }
        let place = Span::new(start, start + url.len()).shifted(span.start);
        let url = without_escapes(url);
        found.extend(address(&url).map(|said| (Link { url, span: place }, said)));
    }
    found
}

/// Returns whether a text has one of the bytes that occur in every address. Most blocks of running text have none.
fn may_hold_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3(b'/', b'=', b'.', bytes).or_else(|| memchr::memchr(b'%', bytes)).is_some()
}

/// Returns whether addresses have this byte; those that end addresses in Markdown and HTML are left out.
fn is_usual(byte: u8) -> bool {
    byte.is_ascii_graphic()
        && !matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'(' | b')' | b'[' | b']' | b'|' | b'`' | b'*' | b',')
}

/// Returns whether a text has no mark that separates parts of an address, or may be one in disguise. Most words in
/// running text have none.
fn is_word(text: &str) -> bool {
    !text.bytes().any(|byte| matches!(byte, b'/' | b'?' | b'#' | b'&' | b'=' | b'%' | b'\\'))
}

/// Undoes the escapes of Markdown (`\_`) and HTML (`&amp;`).
fn without_escapes(url: &str) -> Cow<'_, str> {
    if url.contains('\\') || url.contains("&amp;") {
        Cow::Owned(url.replace('\\', "").replace("&amp;", "&"))
    } else {
        Cow::Borrowed(url)
    }
}

/// Reads an address; `None` if it does not name a product.
fn address(url: &str) -> Option<Address> {
    let decoded = percent_decode_str(url).decode_utf8_lossy();
    let is_written = |address: &Address| address.product.as_deref().is_none_or(is_code);
    in_path(&decoded).or_else(|| in_pairs(&decoded)).or_else(|| errors(&decoded)).filter(is_written)
}

/// Reads `…/api/P/V/A`, `…/document/P/V/A`, and those of a product as a whole.
fn in_path(url: &str) -> Option<Address> {
    let mut parts = url.split(['/', '?', '#', '&', '=']);
    loop {
        let kind = parts.next()?;
        if !matches!(kind, "api" | "document") {
            continue;
        }
        let mut below = parts.clone();
        let (Some(product), Some(version)) = (below.next(), below.next()) else { continue };
        if !is_pattern(version, "0000-00-00") {
            continue;
        }
        let target = match below.next().unwrap_or_default() {
            name if name.eq_ignore_ascii_case("errorCode") => Target::Errors,
            // Pages of a product other than those of its operations.
            "overview" | "struct" | "dir" | "endpoint" | "sdk" => Target::Product,
            name if is_identifier(name) => Target::Operation { action: name.to_owned(), style: None },
            _ => Target::Product,
        };
        return Some(Address {
            product: Some(product.to_owned()),
            version: Some(version.to_owned()),
            target,
        });
    }
}

/// Reads `…#product=P&api=A&type=RPC&version=V`.
fn in_pairs(url: &str) -> Option<Address> {
    let (mut product, mut version, mut action, mut style) = (None, None, None, None);
    for pair in url.split(['#', '?', '&']).skip(1) {
        let Some((name, value)) = pair.split_once('=') else { continue };
        let value = Some(value.trim()).filter(|value| !value.is_empty());
        let is = |known: &str| name.trim_start_matches('/').eq_ignore_ascii_case(known);
        match () {
            () if is("product") => product = value.map(str::to_owned),
            () if is("version") => version = value.map(str::to_owned),
            () if is("api") => action = value.map(str::to_owned),
            () if is("type") => style = value.and_then(self::style),
            () => {}
        }
    }
    let (product, action) = (Some(product?), action?);
    Some(Address { product, version, target: Target::Operation { action, style } })
}

static ERROR_CENTER: LazyLock<Words> = LazyLock::new(|| Words::new(["error-center", "errorcenter"]));

/// Reads the address of the list of errors (`…error-center…/product/P`), or of a product among the documents of
/// operations (`api…/product/P`).
fn errors(url: &str) -> Option<Address> {
    let product = url.split_once("/product/").and_then(|(_, rest)| rest.split(['/', '?', '#', '&']).next());
    let product = product.filter(|product| !product.is_empty()).map(str::to_owned);
    if ERROR_CENTER.are_in(url) {
        return Some(Address { product, version: None, target: Target::Errors });
    }
    let host = url.split_once("://").map_or(url, |(_, rest)| rest).split('/').next()?;
    let is_documents = host.split('.').any(|label| label == "api");
    (is_documents && product.is_some()).then_some(Address { product, version: None, target: Target::Product })
}

/// Returns whether a text is the name of an operation.
pub(super) fn is_identifier(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Returns whether a text can be a product's code, such as `CCC` or `quickbi-public`.
fn is_code(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// Returns a style's name.
fn style(name: &str) -> Option<Style> {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    match () {
        () if is("rpc") => Some(Style::Rpc),
        () if is("roa") || is("rest") || is("restful") => Some(Style::Roa),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Product, version and target of each address of a text.
    fn said(text: &str) -> Vec<String> {
        let source = Source::new("page.md", text);
        let show = |(_, address): (Link<'_>, Address)| {
            let [product, version] =
                [address.product, address.version].map(|said| said.unwrap_or("-".into()));
            let target = match address.target {
                Target::Operation { action, style: Some(style) } => format!("{action} {style:?}"),
                Target::Operation { action, style: None } => action,
                Target::Errors => "(errors)".to_owned(),
                Target::Product => "(product)".to_owned(),
            };
            format!("{product} {version} {target}")
        };
        addresses(&source, source.span()).into_iter().map(show).collect()
    }

    #[test]
    fn the_fragment_says_product_version_action_and_style() {
        let text = "[Try](https://e.test/#product=Bell&api=Ring&type=RPC&version=2021-01-02)";
        assert_eq!(said(text), ["Bell 2021-01-02 Ring Rpc"]);
        assert_eq!(said("https://e.test/#/?product=Bell&api=Ring"), ["Bell - Ring"]);
    }

    #[test]
    fn the_path_says_product_version_and_action() {
        for text in [
            "https://api.e.test/api/Bell/2021-01-02/Ring?lang=x",
            "https://next.api.e.test/api/Bell/2021-01-02/Ring?params={\"product\":1}&tab=DEMO",
            "https://api.e.test/document/Bell/2021-01-02/Ring",
            "[Ring](/document/Bell/2021-01-02/Ring)",
            "[Ring](../../api/Bell/2021-01-02/Ring#x)",
            "<a class=\"x\" href='https://e.test/api/Bell/2021-01-02/Ring'>Ring</a>",
            "[1]: https://e.test/api/Bell/2021-01-02/Ring \"Ring\"",
            "前往https://e.test/api/Bell/2021-01-02/Ring。",
            "**e.test/api/Bell/2021-01-02/Ring**.",
        ] {
            assert_eq!(said(text), ["Bell 2021-01-02 Ring"], "{text}");
        }
    }

    #[test]
    fn escapes_do_not_matter() {
        for text in [
            "[Ring](https://e.test/login?to=https%3A%2F%2Fe.test%2Fapi%2FBell%2F2021-01-02%2FRing)",
            "<a href=\"https://e.test/?api=Ring&amp;product=Bell&amp;version=2021-01-02\">Ring</a>",
            "https://e.test/\\#product=Bell&api=Ring&version=2021-01-02",
            "https://e.test/%23product%3DBell%26api%3DRing%26version%3D2021-01-02",
        ] {
            assert_eq!(said(text), ["Bell 2021-01-02 Ring"], "{text}");
        }
    }

    #[test]
    fn the_list_of_errors_names_the_product() {
        assert_eq!(said("https://error-center.test/status/product/Bell"), ["Bell - (errors)"]);
        assert_eq!(said("https://error-center.test/status"), ["- - (errors)"]);
        assert_eq!(said("https://e.test/document/Bell/2021-01-02/errorCode"), ["Bell 2021-01-02 (errors)"]);
        assert_eq!(said("https://next.api.e.test/product/Bell"), ["Bell - (product)"]);
    }

    #[test]
    fn pages_beside_those_of_operations_are_of_the_product() {
        for page in ["", "/overview", "/struct/Tone"] {
            let text = format!("https://e.test/document/Bell/2021-01-02{page}");
            assert_eq!(said(&text), ["Bell 2021-01-02 (product)"], "{page}");
        }
    }

    #[test]
    fn other_addresses_say_nothing() {
        for text in [
            "https://e.test/help?id=3",
            "https://e.test/product/Bell",
            "https://e.test/api/v1/things/2021-01-02",
            "https://bell.test/?Action=Ring&Product=x",
            "the API of a product documents errors",
        ] {
            assert_eq!(said(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn every_address_of_a_text_has_its_place() {
        let text =
            "[a](https://e.test/api/Bell/2021-01-02/Ring), [b](https://e.test/api/Bell/2021-01-02/Hum)";
        let source = Source::new("page.md", text);
        let places: Vec<_> = addresses(&source, source.span())
            .iter()
            .map(|(link, _)| source.slice(link.span).to_owned())
            .collect();
        assert_eq!(
            places,
            ["https://e.test/api/Bell/2021-01-02/Ring", "https://e.test/api/Bell/2021-01-02/Hum"]
        );
    }
}
