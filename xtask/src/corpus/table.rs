//! Writes the report as a table for people.

use super::report::{Report, Row, percent};
use crate::specs::ProductKey;
use crate::terminal::{BOLD, DIM, ERROR, counted, paint, visible};
use crate::usable::Reason;

const HEADER: &str = "product                      pages    ops errors  warn  notes  compiles   \
                      samples   whole    left unfit   requests    same";

/// Writes a row per product, their total, and the pages without generated code.
pub(crate) fn table(report: &Report) -> String {
    let mut lines = format!("{}\n", paint(BOLD, HEADER));
    for (ProductKey { product, version }, row) in report.rows() {
        lines.push_str(&line(&visible(&format!("{product} {version}")), row));
    }
    lines.push_str(&line("all", &report.total()));
    for reason in [Reason::Roa, Reason::Unread, Reason::NoOperation] {
        let count = report.count_aside(reason);
        if count == 0 {
            continue;
        }
        lines.push_str(&format!("\n{}, {}:\n", counted(count, "page"), reason.as_str()));
        for aside in report.aside.iter().filter(|aside| aside.reason == reason) {
            lines.push_str(&format!("  {}\n", paint(DIM, visible(&aside.page))));
        }
    }
    lines
}

/// Writes the findings, one line each.
pub(crate) fn findings(report: &Report) -> String {
    let line = |finding: &super::report::Finding| {
        let place = paint(DIM, visible(&finding.place));
        format!("{:<12} {place}  {}\n", finding.kind, visible(&finding.what))
    };
    report.findings.iter().map(line).collect()
}

fn line(name: &str, row: &Row) -> String {
    let compiles = match row.failed_crates {
        0 => "       yes".to_owned(),
        failed => paint(ERROR, format_args!("{:>10}", format!("no ({failed})"))),
    };
    let counts = row.counts;
    format!(
        "{name:<27} {:>6} {:>6} {:>6} {:>5} {:>6}{compiles}{:>10} {:>6.2}% {:>7} {:>5} {:>10} {:>6.2}%\n",
        counts.pages,
        counts.operations,
        counts.errors,
        counts.warnings,
        counts.notes,
        row.samples,
        percent(row.whole, row.samples),
        row.left_over,
        row.notes,
        row.requests,
        percent(row.same, row.requests),
    )
}
