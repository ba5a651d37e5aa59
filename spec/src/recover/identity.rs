//! Identifies the operation of a page: product, version, action and style.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use super::example;
use super::facts::is_pattern;
use super::link::{Target, is_identifier};
use super::links::{Linked, Links};
use super::requested::{ACTION, Requested};
use super::row::Row;
use super::section::{Kind, Section};
use super::title::{self, Names};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Style;
use crate::source::{Source, Span};
use crate::words::Words;

/// The operation a page is about.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) product: String,
    /// Empty if the page states none.
    pub(super) version: String,
    pub(super) action: String,
    pub(super) style: Style,
    pub(super) explorer: Option<String>,
    pub(super) error_center: Option<String>,
}

/// A place that names the operation: the link, the parameter `Action`, or a sample request.
struct Witness<'a> {
    what: &'static str,
    action: &'a str,
    span: Span,
}

/// Finds the operation that the page documents, if any. `request` are the rows of the request table, `sent` the sample
/// requests.
pub(super) fn identify(
    sections: &[Section<'_>],
    request: &[Row<'_>],
    sent: &[Requested<'_>],
    title: (&str, Span),
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Identity> {
    let stated = stated(request, sent);
    let titled = title::operation(title.0);
    let in_title = title::words(title.0);
    let mut names = in_title.clone();
    names.extend(stated.iter().map(|witness| witness.action.to_ascii_lowercase()));
    let is_named = |action: &str| names.contains(&action.to_ascii_lowercase());
    let names_any = titled.is_some() || !stated.is_empty();
    let links = Links::in_texts(sections, source);
    let in_tables;
    let own = match links.own(is_named, names_any) {
        Some(own) => Some(own),
        None => {
            in_tables = Links::in_tables(sections, source);
            in_tables.own(is_named, true)
        }
    };
    let witnesses = witnesses(&links, own, stated);
    let believed = believed(&witnesses, &in_title);
    let action = believed.map(|witness| witness.action).or(titled);
    let Some(action) = action.filter(|_| is_documented(sections, believed.is_some())) else {
        let message = "the page documents no operation that could be recognised";
        let none = Diagnostic::new(Code::NoOperation, title.1, message);
        diagnostics.push(none.with_help(
            "an operation's page names it in its link to the API explorer, its title, its parameter `Action` or its \
             sample request, and has sections of request parameters and response fields",
        ));
        return None;
    };
    let mut assumed = Assumed::default();
    if own.is_none_or(|own| !own.is_for_debugging() && !names_any) {
        let (what, span) = believed.map_or(("the title", title.1), |witness| (witness.what, witness.span));
        assumed.take(action, what, span);
    }
    let Some(product) = product(own, &links, sent, &mut assumed, diagnostics) else {
        let message = format!("the page documents `{action}`, but does not name the product");
        let none = Diagnostic::new(Code::NoOperation, title.1, message);
        diagnostics.push(none.with_help(
            "name it in a link to the API explorer or to the error centre, or in the host of a sample request",
        ));
        return None;
    };
    let is_in_title = in_title.contains(&action.to_ascii_lowercase());
    let titled = titled.filter(|_| !is_in_title);
    report_dissent(&witnesses, titled.map(|titled| (titled, title.1)), action, diagnostics);
    let version = version(own, &links, &product, (request, sent), &mut assumed);
    if version.is_none() {
        let span = own.map_or(title.1, |own| own.link.span);
        diagnostics.push(
            Diagnostic::new(Code::NoVersion, span, "the page does not state its API version")
                .with_help("pages of one folder share a version; state it in the link to the API explorer"),
        );
    }
    diagnostics.extend(assumed.diagnostic(own.is_some()));
    let style = style(own, sections, source);
    if style == Style::Roa {
        let message = format!("`{action}` is an operation with resources and paths (ROA)");
        diagnostics.push(Diagnostic::new(Code::RoaOperation, title.1, message));
    }
    let url = |linked: &Linked<'_>| linked.link.url.clone().into_owned();
    Some(Identity {
        product,
        version: version.unwrap_or_default(),
        action: action.to_owned(),
        style,
        explorer: own.map(url),
        error_center: links.to_errors().map(url),
    })
}

/// Returns whether the page has the sections of an operation. Sections about the common parameters of all operations do
/// not count. If only the title names an operation, the page may be about a structure, so it needs a section of request
/// parameters.
fn is_documented(sections: &[Section<'_>], is_witnessed: bool) -> bool {
    sections.iter().any(|section| {
        let is_field = section.kind == Kind::Request || is_witnessed && section.kind == Kind::Response;
        is_field && !COMMON.are_in(section.title)
    })
}

static COMMON: LazyLock<Words> = LazyLock::new(|| Words::new(["公共", "common"]));

/// Values that come from elsewhere than the operation's own link.
#[derive(Default)]
struct Assumed {
    /// Each value with its source, in words.
    taken: Vec<(String, &'static str, Span)>,
}

impl Assumed {
    fn take(&mut self, value: &str, from: &'static str, span: Span) {
        self.taken.push((value.to_owned(), from, span));
    }

    /// Reports each value with its source.
    fn diagnostic(self, has_link: bool) -> Option<Diagnostic> {
        let (.., span) = *self.taken.first()?;
        let list: Vec<_> =
            self.taken.iter().map(|(value, from, _)| format!("`{value}` from {from}")).collect();
        let lacking = if has_link {
            "the link to the operation is incomplete"
        } else {
            "no link says which operation the page documents"
        };
        let mut diagnostic = Diagnostic::new(
            Code::AssumedIdentity,
            span,
            format!("{lacking}, so these were taken: {}", list.join(", ")),
        );
        for (value, _, span) in &self.taken {
            diagnostic = diagnostic.with_label(*span, format!("`{value}`"));
        }
        Some(
            diagnostic
                .with_help("a link to the operation in the API explorer says product, version and operation"),
        )
    }
}

/// Returns the operations that tables and sample requests name.
fn stated<'a>(request: &'a [Row<'_>], sent: &'a [Requested<'_>]) -> Vec<Witness<'a>> {
    let witness = |what, action, span| Witness { what, action, span };
    let row = request.iter().find(|row| row.name == ACTION).and_then(|row| {
        let (action, span) = match row.sample.as_deref() {
            Some(action) => (action, row.sample_span),
            None => (last_name(&row.description)?, row.description_span),
        };
        Some(witness("the parameter `Action`", action, span))
    });
    let sent = sent.iter().filter_map(|sent| sent.action());
    let sent = sent.map(|(action, span)| witness("the sample request", action, span));
    row.into_iter().chain(sent).filter(|witness| is_identifier(witness.action)).collect()
}

/// Returns the operations that links name, then `stated`.
fn witnesses<'a>(
    links: &'a Links<'_>,
    own: Option<&'a Linked<'_>>,
    stated: Vec<Witness<'a>>,
) -> Vec<Witness<'a>> {
    let linked = |linked: &'a Linked<'_>| {
        let action = linked.action().filter(|action| is_identifier(action))?;
        Some(Witness { what: "the link to the explorer", action, span: linked.link.span })
    };
    let dissenting = own.and_then(|own| links.dissenting(own.action()?));
    [own, dissenting].into_iter().flatten().filter_map(linked).chain(stated).collect()
}

/// Returns the witness that most others and the words of the title agree with; the first of several.
fn believed<'w, 'a>(witnesses: &'w [Witness<'a>], in_title: &Names) -> Option<&'w Witness<'a>> {
    let mut said: HashMap<&str, usize, RandomState> = HashMap::default();
    for witness in witnesses {
        let titled = || usize::from(in_title.contains(&witness.action.to_ascii_lowercase()));
        *said.entry(witness.action).or_insert_with(titled) += 1;
    }
    let most = said.values().max()?;
    witnesses.iter().find(|witness| said.get(witness.action) == Some(most))
}

/// Reports every witness, including the title, that names another action.
fn report_dissent(
    witnesses: &[Witness<'_>],
    titled: Option<(&str, Span)>,
    action: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(agreeing) = witnesses.iter().find(|witness| witness.action == action) else { return };
    let titled = titled.map(|(action, span)| Witness { what: "the title", action, span });
    for witness in witnesses.iter().chain(&titled).filter(|witness| witness.action != action) {
        let message =
            format!("{} says `{}` where the page documents `{action}`", witness.what, witness.action);
        diagnostics.push(
            Diagnostic::new(Code::ActionMismatch, witness.span, message)
                .with_label(witness.span, "another operation")
                .with_label(agreeing.span, format!("`{action}` here"))
                .with_help("the name in most places of the page was taken"),
        );
    }
}

/// Returns the name that ends a description such as `系统规定参数，取值为Ring。` or `Set the value to Ring.`
fn last_name(description: &str) -> Option<&str> {
    let mut words = description.split(|c: char| !c.is_ascii_alphanumeric());
    let last = words.rfind(|word| !word.is_empty())?;
    let is_action = last.starts_with(|c: char| c.is_ascii_uppercase()) && last.contains(char::is_lowercase);
    is_action.then_some(last)
}

/// Returns the version in a row of the table or in a sample request, if they have the common parameters.
fn stated_version(request: &[Row<'_>], sent: &[Requested<'_>]) -> Option<String> {
    let row = request.iter().find(|row| row.name == "Version").and_then(|row| row.sample.as_deref());
    let stated = row.into_iter().chain(sent.iter().filter_map(|sent| sent.version()));
    stated.map(str::trim).find(|version| is_pattern(version, "0000-00-00")).map(str::to_owned)
}

/// Finds the product: in the operation's link, else in the link to the errors, else in the host of a sample request,
/// else in links to other operations that agree.
fn product(
    own: Option<&Linked<'_>>,
    links: &Links<'_>,
    sent: &[Requested<'_>],
    assumed: &mut Assumed,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    if let Some(product) = own.and_then(|own| own.address.product.clone()) {
        return Some(product);
    }
    if let Some(errors) = links.to_errors()
        && let Some(product) = &errors.address.product
    {
        assumed.take(product, TO_ERRORS, errors.link.span);
        return Some(product.clone());
    }
    let service = sent.iter().find_map(|sent| sent.service());
    let related = links.related(service.map(|(service, _)| service));
    let related = related.and_then(|linked| Some((linked.address.product.as_deref()?, linked.link.span)));
    let (product, span, from, help) = match (service, related) {
        (Some((service, span)), related) => {
            let product = related.map_or(service, |(product, _)| product);
            (product, span, "the sample request goes to", "the first part of its host is taken")
        }
        (None, Some((product, span))) => {
            (product, span, "the links to other pages all belong to", "this was taken")
        }
        (None, None) => return None,
    };
    let message = format!("no link names the product of the operation; {from} `{product}`");
    diagnostics.push(
        Diagnostic::new(Code::AssumedProduct, span, message)
            .with_help(format!("{help}; state the product in a link to the API explorer")),
    );
    Some(product.to_owned())
}

const TO_ERRORS: &str = "the link to the errors";
const TO_OTHERS: &str = "the links to other pages";

/// Finds the version: in the operation's link, else in the table or a sample request, else in other links to the
/// product.
fn version(
    own: Option<&Linked<'_>>,
    links: &Links<'_>,
    product: &str,
    (request, sent): (&[Row<'_>], &[Requested<'_>]),
    assumed: &mut Assumed,
) -> Option<String> {
    let version = own.and_then(|own| own.address.version.clone());
    if let Some(version) = version.or_else(|| stated_version(request, sent)) {
        return Some(version);
    }
    let errors = links.to_errors().filter(|errors| errors.address.version.is_some());
    let errors = errors.filter(|errors| errors.address.product.as_deref() == Some(product));
    let (from, linked) = match errors {
        Some(errors) => (TO_ERRORS, errors),
        None => (TO_OTHERS, links.with_version(product)?),
    };
    let version = linked.address.version.as_deref()?;
    assumed.take(version, from, linked.link.span);
    Some(version.to_owned())
}

/// Returns the style in the link; without one, that of the requests on the page.
fn style(own: Option<&Linked<'_>>, sections: &[Section<'_>], source: &Source) -> Style {
    if let Some(Target::Operation { style: Some(style), .. }) = own.map(|own| &own.address.target) {
        return *style;
    }
    let requests = sections.iter().filter(|section| matches!(section.kind, Kind::Syntax | Kind::Examples));
    let mut blocks = requests.flat_map(|section| section.blocks);
    if blocks.any(|block| example::resource(block, source).is_some()) { Style::Roa } else { Style::Rpc }
}

#[cfg(test)]
mod tests;
