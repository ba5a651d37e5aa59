//! Which operation a page is about: product, version, action and style.

use super::example;
use super::facts::is_pattern;
use super::link::{self, Explorer, Link};
use super::requested::Requested;
use super::row::Row;
use super::section::{Kind, Section};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Style;
use crate::page::BlockKind;
use crate::source::{Source, Span};

/// The parameter that names the action.
pub(super) const ACTION: &str = "Action";

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
pub(super) struct Links<'p> {
    explorer: Option<(Link<'p>, Explorer)>,
    error_center: Option<(Link<'p>, Option<String>)>,
}

impl<'p> Links<'p> {
    /// Reads the links of every text, and of the debugging section's code, where some pages put theirs;
    /// the first of a kind counts.
    pub(super) fn of(sections: &[Section<'_>], source: &'p Source) -> Self {
        let mut found = Self::default();
        for section in sections {
            let texts = section.blocks.iter().filter_map(|block| match block.kind {
                BlockKind::Paragraph | BlockKind::List => Some(block.span),
                BlockKind::Code { content, .. } => (section.kind == Kind::Debug).then_some(content),
                _ => None,
            });
            for link in texts.flat_map(|span| link::links(source, span)) {
                if found.error_center.is_none()
                    && let Some(product) = link::error_center(&link)
                {
                    let product = product.map(str::to_owned);
                    found.error_center = Some((link.clone(), product));
                }
                if found.explorer.is_none() {
                    found.explorer = link::explorer(&link).map(|explorer| (link, explorer));
                }
                if found.explorer.is_some() && found.error_center.is_some() {
                    return found;
                }
            }
        }
        found
    }
}

/// What the page calls the operation, and where: the link, the parameter `Action`, the sample requests.
struct Witness<'a> {
    what: &'static str,
    action: &'a str,
    span: Span,
}

/// Says which operation the page is about, if it is about one. `request` is the request table's rows, `sent` are the
/// sample requests.
pub(super) fn identify(
    links: Links<'_>,
    sections: &[Section<'_>],
    request: &[Row<'_>],
    sent: &[Requested<'_>],
    title: (&str, Span),
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Identity> {
    let has_fields = sections.iter().any(|section| matches!(section.kind, Kind::Request | Kind::Response));
    let stated = request.iter().find(|row| row.name == ACTION);
    let witnesses = witnesses(&links, stated, sent);
    let named = believed(&witnesses, title.0).map(|witness| witness.action);
    let action = named.or_else(|| Some(title.0).filter(|title| is_identifier(title)));
    let product = links.explorer.as_ref().and_then(|(_, said)| said.product.as_ref());
    let product = product.or_else(|| links.error_center.as_ref().and_then(|(_, product)| product.as_ref()));
    let product = product.cloned();
    let product = product.or_else(|| product_of_host(sent, action.is_some() && has_fields, diagnostics));
    let (action, product) = match (action.filter(|_| has_fields), product) {
        (Some(action), Some(product)) => (action.to_owned(), product),
        (None, _) => {
            let message = "the page documents no operation that could be recognised";
            let none = Diagnostic::new(Code::NoOperation, title.1, message);
            diagnostics.push(none.with_help(
                "an operation's page names it in its link to the API explorer or in its parameter `Action`, and \
                 has sections of request parameters and response fields",
            ));
            return None;
        }
        (Some(action), None) => {
            let message = format!("the page documents `{action}`, but not of which product");
            let none = Diagnostic::new(Code::NoOperation, title.1, message);
            diagnostics.push(none.with_help(
                "a link to the API explorer or to the error centre says it, or the host of a sample request",
            ));
            return None;
        }
    };
    name_dissent(&witnesses, &action, title.1, diagnostics);
    let version = links.explorer.as_ref().and_then(|(_, said)| said.version.clone());
    let version = version.or_else(|| stated_version(request, sent));
    if version.is_none() {
        let span = links.explorer.as_ref().map_or(title.1, |(link, _)| link.span);
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
        explorer: links.explorer.map(|(link, _)| link.url.into_owned()),
        error_center: links.error_center.map(|(link, _)| link.url.into_owned()),
    })
}

fn witnesses<'a>(
    links: &'a Links<'_>,
    stated: Option<&'a Row<'_>>,
    sent: &'a [Requested<'_>],
) -> Vec<Witness<'a>> {
    let witness = |what, action, span| Witness { what, action, span };
    let linked = links.explorer.as_ref().and_then(|(link, said)| {
        Some(witness("the link to the explorer", said.action.as_deref()?, link.span))
    });
    let stated = stated.and_then(|row| {
        let (action, span) = match row.sample.as_deref() {
            Some(action) => (action, row.sample_span),
            None => (last_name(&row.description)?, row.description_span),
        };
        Some(witness("the parameter `Action`", action, span))
    });
    let sent = sent.iter().filter_map(|sent| sent.action());
    let sent = sent.map(|(action, span)| witness("the sample request", action, span));
    linked.into_iter().chain(stated).chain(sent).filter(|witness| is_identifier(witness.action)).collect()
}

/// The witness most others agree with, the title among them; the first of those equal.
fn believed<'w, 'a>(witnesses: &'w [Witness<'a>], title: &str) -> Option<&'w Witness<'a>> {
    let agreeing = |witness: &Witness<'_>| {
        let others = witnesses.iter().filter(|other| other.action == witness.action).count();
        others + usize::from(title == witness.action)
    };
    let most = witnesses.iter().map(agreeing).max()?;
    witnesses.iter().find(|witness| agreeing(witness) == most)
}

/// Names every witness that says another action.
fn name_dissent(witnesses: &[Witness<'_>], action: &str, title: Span, diagnostics: &mut Vec<Diagnostic>) {
    let agreeing =
        witnesses.iter().find(|witness| witness.action == action).map_or(title, |witness| witness.span);
    for witness in witnesses.iter().filter(|witness| witness.action != action) {
        let message =
            format!("{} says `{}` where the page documents `{action}`", witness.what, witness.action);
        diagnostics.push(
            Diagnostic::new(Code::ActionMismatch, witness.span, message)
                .with_label(witness.span, "another operation")
                .with_label(agreeing, format!("`{action}` here"))
                .with_help("what most places of the page say was believed"),
        );
    }
}

/// The name that ends a description such as `系统规定参数，取值为Ring。` or `Set the value to Ring.`
fn last_name(description: &str) -> Option<&str> {
    let mut words = description.split(|c: char| !c.is_ascii_alphanumeric());
    let last = words.rfind(|word| !word.is_empty())?;
    let is_action = last.starts_with(|c: char| c.is_ascii_uppercase()) && last.contains(char::is_lowercase);
    is_action.then_some(last)
}

/// The version that a row of the table or a sample request states, where they have the common parameters, too.
fn stated_version(request: &[Row<'_>], sent: &[Requested<'_>]) -> Option<String> {
    let row = request.iter().find(|row| row.name == "Version").and_then(|row| row.sample.as_deref());
    let stated = row.into_iter().chain(sent.iter().filter_map(|sent| sent.version()));
    stated.map(str::trim).find(|version| is_pattern(version, "0000-00-00")).map(str::to_owned)
}

/// The product whose service a sample request is sent to, where no link says it.
fn product_of_host(
    sent: &[Requested<'_>],
    is_operation: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    let (product, span) = sent.iter().find_map(|sent| sent.service()).filter(|_| is_operation)?;
    let message =
        format!("no link says of which product the operation is; the sample request goes to `{product}`");
    diagnostics.push(
        Diagnostic::new(Code::AssumedProduct, span, message).with_help(
            "the first part of its host is taken; state the product in a link to the API explorer",
        ),
    );
    Some(product.to_owned())
}

/// What the link says; else the style the requests on the page have.
fn style(links: &Links<'_>, sections: &[Section<'_>], source: &Source) -> Style {
    if let Some(style) = links.explorer.as_ref().and_then(|(_, said)| said.style) {
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
