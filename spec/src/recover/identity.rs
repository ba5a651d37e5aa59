//! Which operation a page is about: product, version, action and style.

use super::example;
use super::link::{self, Explorer, Link};
use super::row::Row;
use super::section::{Kind, Section};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Style;
use crate::page::BlockKind;
use crate::source::{Source, Span};

/// The parameter that names the action.
const ACTION: &str = "Action";

/// The operation a page is about.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) product: String,
    /// Empty if the page does not say.
    pub(super) version: String,
    pub(super) action: String,
    pub(super) style: Style,
    pub(super) explorer: Option<String>,
    pub(super) error_center: Option<String>,
}

/// What the links of a page say.
#[derive(Default)]
pub(super) struct Links {
    explorer: Option<Explorer>,
    error_center: Option<(Link, Option<String>)>,
}

impl Links {
    /// Reads the links of every paragraph and list; the first of a kind counts.
    pub(super) fn of(sections: &[Section<'_>], source: &Source) -> Self {
        let mut found = Self::default();
        for section in sections {
            let texts =
                section.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::List));
            for link in texts.flat_map(|block| link::links(source, block.span)) {
                if found.explorer.is_none() {
                    found.explorer = link::explorer(&link);
                }
                if found.error_center.is_none()
                    && let Some(product) = link::error_center(&link)
                {
                    let product = product.map(str::to_owned);
                    found.error_center = Some((link, product));
                }
            }
        }
        found
    }
}

/// Says which operation the page is about, if it is about one. `request` is the request table's rows;
/// the row of the action is taken out of it.
pub(super) fn identify(
    links: Links,
    sections: &[Section<'_>],
    request: &mut Vec<Row>,
    title: (&str, Span),
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Identity> {
    let stated = action_row(request);
    let sample = stated.as_ref().and_then(|row| row.sample.clone()).filter(|text| is_identifier(text));
    let has_table = stated.is_some() || !request.is_empty();
    let of_title = Some(title.0.to_owned()).filter(|text| has_table && is_identifier(text));
    let linked = links.explorer.as_ref().and_then(|link| link.action.clone());
    let action = linked.clone().or_else(|| sample.clone()).or(of_title);
    let product = links.explorer.as_ref().and_then(|link| link.product.clone());
    let product = product.or_else(|| links.error_center.as_ref().and_then(|(_, product)| product.clone()));
    let (action, product) = match (action, product) {
        (Some(action), Some(product)) => (action, product),
        (None, _) => {
            let message = "the page documents no operation that could be recognised";
            let none = Diagnostic::new(Code::NoOperation, title.1, message);
            diagnostics.push(none.with_help(
                "an operation's page names it in its link to the API explorer, or in its parameter `Action`",
            ));
            return None;
        }
        (Some(action), None) => {
            let message = format!("the page documents `{action}`, but not of which product");
            diagnostics.push(Diagnostic::new(Code::NoOperation, title.1, message));
            return None;
        }
    };
    if let (Some(row), Some(sample)) = (&stated, &sample)
        && *sample != action
    {
        let link = links.explorer.as_ref().map_or(title.1, |link| link.span);
        diagnostics.push(
            Diagnostic::new(
                Code::ActionMismatch,
                row.sample_span,
                format!("the parameter `Action` is `{sample}` where the page's link says `{action}`"),
            )
            .with_label(row.sample_span, "stated here")
            .with_label(link, "linked here")
            .with_help("the link was believed"),
        );
    }
    let version = links.explorer.as_ref().and_then(|link| link.version.clone());
    if version.is_none() {
        let span = links.explorer.as_ref().map_or(title.1, |link| link.span);
        diagnostics.push(
            Diagnostic::new(Code::NoVersion, span, "the page does not say of which API version it is")
                .with_help("pages of one folder share a version; state it in the link to the API explorer"),
        );
    }
    let style = style(&links, sections, source);
    if style == Style::Roa {
        let message = format!("`{action}` is an operation with resources and paths (ROA)");
        diagnostics.push(Diagnostic::new(Code::RoaOperation, title.1, message));
    }
    Some(Identity {
        product,
        version: version.unwrap_or_default(),
        action,
        style,
        explorer: links.explorer.map(|link| link.url),
        error_center: links.error_center.map(|(link, _)| link.url),
    })
}

/// Takes the row of the action out of the request's.
fn action_row(request: &mut Vec<Row>) -> Option<Row> {
    let index = request.iter().position(|row| row.name == ACTION)?;
    Some(request.remove(index))
}

/// What the link says; else the style the requests on the page have.
fn style(links: &Links, sections: &[Section<'_>], source: &Source) -> Style {
    if let Some(style) = links.explorer.as_ref().and_then(|link| link.style) {
        return style;
    }
    let requests = sections.iter().filter(|section| matches!(section.kind, Kind::Syntax | Kind::Examples));
    let mut blocks = requests.flat_map(|section| section.blocks);
    if blocks.any(|block| example::resource(block, source).is_some()) { Style::Roa } else { Style::Rpc }
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
