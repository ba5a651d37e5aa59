//! Links that belong to the operation: the online explorer, whose address says product, version and
//! style, and the list of further errors.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::model::Style;
use crate::page::inline;
use crate::source::{Source, Span};
use crate::words::Words;

/// What the address of the explorer says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Explorer {
    pub(super) product: Option<String>,
    pub(super) version: Option<String>,
    pub(super) action: Option<String>,
    pub(super) style: Option<Style>,
}

/// An address and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link<'p> {
    pub(super) url: Cow<'p, str>,
    pub(super) span: Span,
}

/// The links of a block's text.
pub(super) fn links(source: &Source, span: Span) -> impl Iterator<Item = Link<'_>> {
    let found = inline::links(source.slice(span)).into_iter();
    found.map(move |link| Link { url: link.url, span: Span::from(link.range).shifted(span.start) })
}

/// Reads an explorer's address, `…#product=P&api=A&type=RPC&version=V` or `…/api/P/V/A`; nothing if it is
/// another address.
pub(super) fn explorer(link: &Link<'_>) -> Option<Explorer> {
    let mut found = Explorer::default();
    for pair in link.url.split(['#', '?', '&']).skip(1) {
        let Some((name, value)) = pair.split_once('=') else { continue };
        let value = Some(value.trim()).filter(|value| !value.is_empty());
        let is = |known: &str| name.trim_start_matches('/').eq_ignore_ascii_case(known);
        match () {
            () if is("product") => found.product = value.map(str::to_owned),
            () if is("version") => found.version = value.map(str::to_owned),
            () if is("api") => found.action = value.map(str::to_owned),
            () if is("type") => found.style = value.and_then(style),
            () => {}
        }
    }
    if found.action.is_none()
        && let Some((_, path)) = link.url.split_once("/api/")
    {
        let mut parts = path.split(['/', '?', '#']);
        let (product, version, action) = (parts.next()?, parts.next()?, parts.next()?);
        if version.starts_with(|c: char| c.is_ascii_digit()) && !action.is_empty() {
            found.product = Some(product.to_owned());
            found.version = Some(version.to_owned());
            found.action = Some(action.to_owned());
        }
    }
    (found.product.is_some() && found.action.is_some()).then_some(found)
}

static ERROR_CENTER: LazyLock<Words> = LazyLock::new(|| Words::new(["error-center", "errorcenter"]));

/// The product of an address of the list of errors (`…error-center…/product/P`), if it is one.
pub(super) fn error_center<'l>(link: &'l Link<'_>) -> Option<Option<&'l str>> {
    let url = link.url.as_ref();
    if !ERROR_CENTER.are_in(url) {
        return None;
    }
    let product = url.split_once("/product/").and_then(|(_, rest)| rest.split(['/', '?', '#', '&']).next());
    Some(product.filter(|product| !product.is_empty()))
}

/// A style's name.
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

    fn link(url: &str) -> Link<'_> {
        Link { url: url.into(), span: Span::default() }
    }

    #[test]
    fn the_fragment_says_product_version_action_and_style() {
        let found =
            explorer(&link("https://e.test/#product=Bell&api=Ring&type=RPC&version=2021-01-02")).unwrap();
        assert_eq!(found.product.as_deref(), Some("Bell"));
        assert_eq!(found.version.as_deref(), Some("2021-01-02"));
        assert_eq!(found.action.as_deref(), Some("Ring"));
        assert_eq!(found.style, Some(Style::Rpc));
    }

    #[test]
    fn the_path_says_product_version_and_action() {
        let found = explorer(&link("https://e.test/api/Bell/2021-01-02/Ring?lang=x")).unwrap();
        assert_eq!(found.action.as_deref(), Some("Ring"));
    }

    #[test]
    fn an_older_fragment_has_no_version() {
        let found = explorer(&link("https://e.test/#product=Bell&api=Ring")).unwrap();
        assert_eq!((found.version, found.style), (None, None));
    }

    #[test]
    fn other_addresses_are_not_the_explorer() {
        assert_eq!(explorer(&link("https://e.test/help?id=3")), None);
    }

    #[test]
    fn the_list_of_errors_names_the_product() {
        assert_eq!(error_center(&link("https://error-center.test/status/product/Bell")), Some(Some("Bell")));
        assert_eq!(error_center(&link("https://e.test/product/Bell")), None);
    }
}
