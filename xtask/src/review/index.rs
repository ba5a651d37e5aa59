//! The beginning of a review: the verdict, the problems, and a table of the pages.

use ccc_codegen::report::{Entry, Impact, Subject as About};
use ccc_spec::diagnostic::Level;

use super::Review;
use super::document;
use super::fields::chip;
use super::html::Html;
use super::subject::{Fate, Subject};
use crate::terminal::counted;

/// A page in the index.
pub(super) struct Row<'a> {
    pub(super) subject: &'a Subject<'a>,
    pub(super) title: String,
    /// Number of its fields that may belong elsewhere.
    pub(super) close: usize,
}

/// Adds the beginning of the review.
pub(super) fn write(html: &mut Html, review: &Review<'_>, title: &str, rows: &[Row<'_>]) {
    html.markup("<a class=skip href=#operations>To the pages</a>\n<header>\n<h1>")
        .text(title)
        .markup("</h1>\n");
    verdict(html, review);
    problems(html, review);
    html.markup("</header>\n<nav aria-label=Pages>\n<h2>");
    html.text(&counted(rows.len(), "page")).markup("</h2>\n");
    if rows.is_empty() {
        html.markup("<p>No page, no overlay and no spec differs.</p>");
    } else {
        html.markup("<table><tr><th scope=col>Operation<th scope=col>Changes and findings");
        html.markup("<th scope=col class=quiet>Page</tr>\n");
        for row in rows {
            html.markup("<tr><td><a").attribute("href", format_args!("#{}", row.subject.slug)).markup(">");
            html.text(&row.title).markup("</a><td>");
            chips(html, row);
            html.markup("<td class=quiet>").text(row.subject.name()).markup("</tr>\n");
        }
        html.markup("</table>\n");
    }
    html.markup("</nav>\n");
}

/// Adds marks that sum up a page.
pub(super) fn chips(html: &mut Html, row: &Row<'_>) {
    let subject = row.subject;
    if let Some(impact) = subject.impact() {
        chip(html, impact);
        html.markup(" ");
    }
    match subject.fate {
        Fate::New => drop(html.markup("<span class=\"chip added\">new page</span> ")),
        Fate::Gone => drop(html.markup("<span class=\"chip breaking\">page removed</span> ")),
        Fate::Unreadable => drop(html.markup("<span class=\"chip breaking\">unreadable</span> ")),
        Fate::WasUnreadable => drop(html.markup("<span class=chip>unreadable before</span> ")),
        Fate::Changed => drop(html.markup("<span class=chip>page changed</span> ")),
        Fate::Same => {}
    }
    if subject.impact().is_some() && subject.is_by_types() {
        html.markup("<span class=chip>by a shared type</span> ");
    }
    if subject.overlay_changed {
        html.markup("<span class=chip>overlay changed</span> ");
    }
    if subject.operation.is_none() {
        html.markup("<span class=\"chip breaking\">no operation</span> ");
    }
    if row.close > 0 {
        html.markup("<span class=\"chip unsure\">").value(row.close).markup(" unsure</span> ");
    }
    for (level, noun) in [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "note")] {
        match subject.count(level) {
            0 => {}
            count => {
                html.markup("<span").attribute("class", format_args!("chip {noun}")).markup(">");
                html.text(&counted(count, noun)).markup("</span> ");
            }
        }
    }
}

/// Adds the release that the changes ask for, and the number of changes of each impact.
fn verdict(html: &mut Html, review: &Review<'_>) {
    let release = review.release();
    html.markup("<section class=verdict aria-label=Verdict>\n<p class=release>");
    match release.impact {
        Some(impact) => {
            chip(html, impact);
            html.markup(" Asks for <strong>").value(release.next()).markup("</strong>");
        }
        None => drop(html.markup("Asks for no release")),
    }
    html.markup("</p>\n<p>The spec ").value(release).markup(".</p>\n<p class=quiet>");
    match review.base {
        Some((_, base)) => {
            html.markup("All pages, manifests and overlays, compared with those of ").text(base)
        }
        None => html.markup(
            "All pages, compared with the spec on disk: the changes that <code>cargo xtask regen</code> would make",
        ),
    };
    html.markup(".</p>\n");
    let entries = review.report.entries();
    let is_operation = |entry: &Entry| matches!(entry.subject, About::Operation(_));
    if !entries.is_empty() {
        html.markup("<p>");
        for impact in Impact::ALL {
            let of_impact = entries.iter().filter(|entry| entry.impact() == impact);
            let (operations, types): (Vec<_>, Vec<_>) = of_impact.partition(|entry| is_operation(entry));
            let counts = [counted(operations.len(), "operation"), counted(types.len(), "shared type")];
            let counts = counts.into_iter().filter(|count| !count.starts_with("0 ")).collect::<Vec<_>>();
            if !counts.is_empty() {
                chip(html, impact);
                html.markup(" ").text(&counts.join(", ")).markup(" &ensp;");
            }
        }
        html.markup("</p>\n");
    }
    html.markup("</section>\n");
}

/// Adds the problems of pages, overlays and manifests.
fn problems(html: &mut Html, review: &Review<'_>) {
    let problems = &review.now.outcome.problems;
    if problems.is_empty() {
        return;
    }
    html.markup("<section class=problems>\n<h2>Problems</h2>\n<ul>");
    for problem in problems {
        html.markup("<li class=\"finding error\">").sentence(&problem.to_string()).markup("</li>");
    }
    html.markup("</ul></section>\n");
}

/// Adds the diagnostics of manifests, and of overlays whose pages are not shown.
pub(super) fn manifests(html: &mut Html, review: &Review<'_>) {
    let manifests = review.now.said.iter().filter(|(file, _)| {
        let is_shown = |subject: &Subject<'_>| subject.overlay.as_ref().is_some_and(|(own, _)| own == *file);
        !review.subjects.iter().any(is_shown)
    });
    let manifests: Vec<_> = manifests.collect();
    if !manifests.is_empty() {
        html.markup("<section class=problems>\n<h2>Manifests and overlays</h2>\n");
        for (_, text) in manifests {
            html.markup("<pre class=said>").text(text).markup("</pre>");
        }
        html.markup("</section>\n");
    }
}

/// Adds the changes of types that operations share.
pub(super) fn types(html: &mut Html, review: &Review<'_>) {
    let entries = review.report.entries();
    let types: Vec<_> = entries.iter().filter(|entry| matches!(entry.subject, About::Type(_))).collect();
    if types.is_empty() {
        return;
    }
    html.markup("<section class=changes>\n<details><summary><h2>Shared types <span class=count>");
    html.value(types.len()).markup("</span></h2></summary>");
    types.into_iter().for_each(|entry| document::entry(html, entry, false));
    html.markup("</details></section>\n");
}
