//! Compares a manifest with the existing operations.

use std::collections::BTreeSet;

use super::{Area, At, Manifest, Pattern};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::source::Span;

/// Number of operations without a page that the warning names.
const SHOWN: usize = 3;

pub(super) fn check(manifest: &Manifest, documented: &BTreeSet<&str>) -> Vec<Diagnostic> {
    let named: Vec<&At<Pattern>> = in_areas(manifest).filter(|pattern| pattern.value.is_name()).collect();
    let known: BTreeSet<&str> =
        documented.iter().copied().chain(named.iter().map(|name| name.value.as_str())).collect();
    let mut log = Vec::new();
    // Without operations, patterns cannot be checked either.
    if !known.is_empty() {
        let exceptions = manifest.not_idempotent.iter().map(|exception| &exception.operation);
        for pattern in manifest.idempotent.iter().chain(exceptions).chain(in_areas(manifest)) {
            log.extend(matches_none(pattern, &known));
        }
        let unknown = manifest.aliases.iter().filter(|(operation, _)| !known.contains(operation.as_str()));
        log.extend(unknown.map(|(operation, words)| nowhere(operation, words.span)));
        log.extend(
            manifest
                .not_idempotent
                .iter()
                .filter_map(|exception| excepts_nothing(manifest, &exception.operation, &known)),
        );
    }
    log.extend(known.iter().filter_map(|action| in_two_areas(manifest, action)));
    log.extend(without_page(&named, documented));
    diagnostic::sort(&mut log);
    // Two patterns may share many operations; reporting one is enough.
    log.dedup_by(|next, before| (next.code, next.span) == (before.code, before.span));
    log
}

fn in_areas(manifest: &Manifest) -> impl Iterator<Item = &At<Pattern>> {
    manifest.areas.iter().flat_map(|area| &area.operations)
}

fn matches_none(pattern: &At<Pattern>, known: &BTreeSet<&str>) -> Option<Diagnostic> {
    if known.iter().any(|action| pattern.value.matches(action)) {
        return None;
    }
    Some(nowhere(&pattern.value, pattern.span))
}

fn nowhere(operation: &impl std::fmt::Display, span: Span) -> Diagnostic {
    let message = format!("no operation is called `{operation}`");
    let help =
        "operations are known by their pages and by the names in `[areas]`; correct the name, or remove it";
    Diagnostic::new(Code::ManifestNowhere, span, message).with_help(help)
}

/// Reports an exception that no pattern covers.
fn excepts_nothing(
    manifest: &Manifest,
    exception: &At<Pattern>,
    known: &BTreeSet<&str>,
) -> Option<Diagnostic> {
    let mut meant = known.iter().filter(|action| exception.value.matches(action)).peekable();
    meant.peek()?;
    let is_excepted = |action: &str| manifest.idempotent.iter().any(|rule| rule.value.matches(action));
    if meant.any(|action| is_excepted(action)) {
        return None;
    }
    let message = format!("no pattern of `idempotent` matches `{}`", exception.value);
    let help = "remove the exception: an operation that no pattern matches is not repeated";
    Some(Diagnostic::new(Code::ManifestNowhere, exception.span, message).with_help(help))
}

/// Reports an operation that no area names and that patterns of two areas match.
fn in_two_areas<'m>(manifest: &'m Manifest, action: &str) -> Option<Diagnostic> {
    let is_meant = |pattern: &&At<Pattern>| pattern.value.matches(action);
    if in_areas(manifest).any(|pattern| pattern.value.is_name() && is_meant(&pattern)) {
        return None;
    }
    let own = |area: &'m Area| Some((area, area.operations.iter().find(is_meant)?));
    let mut matching = manifest.areas.iter().filter_map(own);
    let ((first, pattern), (second, again)) = (matching.next()?, matching.next()?);
    let message = format!("`{action}` is in two areas, `{}` and `{}`", first.name, second.name);
    Some(
        Diagnostic::new(Code::ManifestDuplicate, again.span, message)
            .with_label(again.span, "again")
            .with_label(pattern.span, "the first one counts")
            .with_help("name the operation in the area that it belongs to"),
    )
}

/// Returns one warning for all, because most operations of a new product have no page yet.
fn without_page(named: &[&At<Pattern>], documented: &BTreeSet<&str>) -> Option<Diagnostic> {
    let missing: Vec<_> = named.iter().filter(|name| !documented.contains(name.value.as_str())).collect();
    let first = missing.first()?;
    let shown: Vec<_> = missing.iter().take(SHOWN).map(|name| format!("`{}`", name.value)).collect();
    let more = missing.len() - shown.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (count, verb) = match missing.len() {
        1 => ("1 operation".to_owned(), "has"),
        count => (format!("{count} operations"), "have"),
    };
    let message = format!("{count} that areas name {verb} no page: {}{more}", shown.join(", "));
    let help = "add the pages below spec/docs; until then a client calls these operations by name alone";
    Some(Diagnostic::new(Code::OperationWithoutPage, first.span, message).with_help(help))
}
