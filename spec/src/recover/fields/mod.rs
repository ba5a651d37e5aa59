//! Recovers the fields of a request or response: takes rows and samples, and returns a tree of fields with
//! diagnostics.

mod branch;
mod captioned;
mod contradiction;
mod embedded;
mod head;
mod implied;
mod in_cells;
mod merge;
mod placement;
mod shape;
#[cfg(test)]
mod tests;
mod tree;
mod undocumented;
mod width;

pub use placement::bare;
pub use placement::{Placed, Placement};

use super::elements;
use super::nest;
use super::nest::names::Names;
use super::nest::outline::{Outline, Shown};
use super::row::Row;
use super::sampled::{SampleText, Sampled, format_name};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::model::{Field, SampleFormat, Side};
use crate::sample::{self, Repair};
use tree::{LABELS, Page};

/// The recovered fields of a request or response.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// The top level's fields, in page order.
    pub fields: Vec<Field>,
    /// Place of every row of the table, in page order, with the evidence.
    pub placed: Placed,
    /// The diagnostics.
    pub diagnostics: Vec<Diagnostic>,
}

/// Recovers the fields of one direction from the rows of its tables, in page order, and its samples.
///
/// Takes anything: rows that fit nowhere stand at the top level, a sample that cannot be read is
/// reported and left out. The work is linear in rows and samples.
#[must_use]
pub fn recover(direction: Side, rows: &[Row<'_>], samples: &[Sampled<'_>]) -> Fields {
    let mut diagnostics = Vec::new();
    let mut shown = readable(samples, &mut diagnostics);
    let in_cells = in_cells::request_tree(direction, rows);
    shown.extend(in_cells.iter().map(|tree| Shown { format: SampleFormat::Json, tree }));
    diagnostics.extend(peeled(rows, &shown));
    let mut names = Names::with_capacity(rows.len() + shown.len());
    let mut outline = Outline::new(rows, &shown, &mut names);
    let folded = elements::fold_named(rows, &outline, &names);
    let is_map = |row: &Row<'_>| row.declared.is_map_of_structures();
    if rows.iter().filter(|row| is_map(row)).count() < folded.iter().filter(|row| is_map(row)).count() {
        // The names that samples show in these maps are keys.
        outline = Outline::new(&folded, &shown, &mut names);
    }
    let rows = &*folded;
    let uncaptioned = rows.partition_point(|row| row.table.is_none());
    let mut heads = head::heads(rows.get(..uncaptioned).unwrap_or_default(), 0);
    let placed_first = heads.len();
    let uses = captioned::uses(rows, &mut heads);
    let heads = heads;
    let own_rows: Vec<&Row> = heads.iter().take(placed_first).map(|head| &*head.row).collect();
    let mut nesting = nest::nest(&own_rows, outline, names);
    captioned::nest(&mut nesting, &uses, &heads);
    let evidence = std::mem::take(&mut nesting.evidence);
    let mut branches = branch::grow(&nesting, &heads, rows);
    merge::unite(&mut branches, rows, &mut diagnostics);
    if direction == Side::Response {
        branches = implied::contain(branches, &nesting.outline);
    }
    let page = Page {
        direction,
        rows,
        outline: &nesting.outline,
        wraps: branch::wraps(&branches, &nesting.outline),
    };
    let mut fields = branches.iter().map(|branch| page.field(branch, &mut diagnostics)).collect::<Vec<_>>();
    let placed = placement::placed(&page, &branches, &nesting, evidence, &heads);
    placement::report(&placed, &heads, &nesting, &mut diagnostics);
    if direction == Side::Response {
        contradiction::report(&page, &branches, &mut diagnostics);
        undocumented::add(&mut fields, &branches, page.outline, rows);
    }
    if uncaptioned < rows.len() {
        // Rows that are members of several fields give the same diagnostics for each.
        diagnostic::sort(&mut diagnostics);
        diagnostics.dedup();
    }
    Fields { fields, placed, diagnostics }
}

/// Returns the samples that could be read, and reports the others and all repairs.
fn readable<'t>(samples: &'t [Sampled<'t>], diagnostics: &mut Vec<Diagnostic>) -> Vec<Shown<'t>> {
    let mut shown = Vec::with_capacity(samples.len());
    for Sampled { text, parsed } in samples {
        match &parsed.tree {
            Some(tree) => {
                diagnostics.extend(repaired(text, &parsed.repairs));
                shown.push(Shown { format: text.format, tree });
            }
            None if text.format == SampleFormat::Http => {}
            None => diagnostics.push(unread(text)),
        }
    }
    shown
}

/// Reports JSON samples that put the whole response into an object which the table does not mention. In XML every
/// sample has such an element.
fn peeled(rows: &[Row<'_>], samples: &[Shown]) -> Vec<Diagnostic> {
    let json = samples.iter().filter(|sample| sample.format == SampleFormat::Json);
    let envelopes = json.filter_map(|sample| nest::envelope::envelope(sample.tree, rows));
    let diagnostic = |envelope: &sample::Entry| {
        let message = format!("the JSON sample shows the response inside an object `{}`", envelope.name);
        Diagnostic::new(Code::SampleEnvelope, envelope.name_span, message)
            .with_label(envelope.name_span, "the table does not mention it")
            .with_help("the object is looked through; remove it, or describe it, should the service send it")
    };
    envelopes.map(diagnostic).collect()
}

fn unread(text: &SampleText<'_>) -> Diagnostic {
    let format = format_name(text.format);
    Diagnostic::new(Code::UnreadableSample, text.span, format!("the {format} sample cannot be read"))
        .with_label(text.span, format!("no {format}"))
        .with_help("nesting and types are recovered without it")
}

fn repaired(text: &SampleText<'_>, repairs: &[Repair]) -> Option<Diagnostic> {
    let first = repairs.first()?;
    let count = repairs.len();
    let format = format_name(text.format);
    let message = if count == 1 {
        format!("the {format} sample had to be mended: {}", first.kind.as_str())
    } else {
        format!("the {format} sample had to be mended in {count} places")
    };
    let mut diagnostic = Diagnostic::new(Code::MendedSample, first.span, message);
    for repair in repairs.iter().take(LABELS) {
        diagnostic = diagnostic.with_label(repair.span, repair.kind.as_str());
    }
    Some(diagnostic)
}
