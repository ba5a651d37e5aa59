//! Writes the HTML file. It fetches nothing, and only its own script and style run.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ccc_codegen::report::{Entry, EntryChange, Meaning, Subject as About};
use ccc_spec::source::Source;
use sha2::{Digest as _, Sha256};

use super::anchors::Anchors;
use super::fields::{Fields, chip};
use super::html::Html;
use super::index::{self, Row};
use super::subject::{Fate, Subject};
use super::{Review, page};
use crate::terminal::counted;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// Number of pages that are open at first. If there are more, only changed pages among the first are open.
const OPEN: usize = 8;
/// Largest list of findings that is open at first. Each finding is also shown at its line.
const OPEN_FINDINGS: usize = 6;

/// Writes the review.
pub(super) fn write(review: &Review<'_>) -> String {
    let mut html = Html::default();
    let title = match review.base {
        Some((_, base)) => format!("Review of what changed since {base}"),
        None => "Review of pages".to_owned(),
    };
    html.markup("<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n");
    html.markup("<meta name=viewport content=\"width=device-width, initial-scale=1\">\n");
    html.markup("<meta http-equiv=Content-Security-Policy").attribute("content", policy()).markup(">\n");
    html.markup(
        "<meta name=referrer content=no-referrer>\n<meta name=color-scheme content=\"light dark\">\n<title>",
    );
    html.text(&title).markup("</title>\n<style>").markup(STYLE).markup("</style>\n<body>\n");
    let (mut rows, mut articles) = (Vec::new(), Html::default());
    for (number, subject) in review.subjects.iter().enumerate() {
        let is_open = review.subjects.len() <= OPEN || (number < OPEN && subject.is_changed());
        rows.push(article(&mut articles, subject, is_open));
    }
    index::write(&mut html, review, &title, &rows);
    html.markup("<main id=operations>\n");
    index::types(&mut html, review);
    index::manifests(&mut html, review);
    html.append(&articles).markup("</main>\n");
    html.markup("<script>").markup(SCRIPT).markup("</script>\n");
    html.into_text()
}

/// Writes the content security policy: the browser may only apply this style and run this script.
fn policy() -> String {
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT),
    )
}

/// Adds a page with all that belongs to it, and returns its row of the index.
fn article<'a>(html: &mut Html, subject: &'a Subject<'a>, is_open: bool) -> Row<'a> {
    let source = subject.source();
    let (blocks, _) = ccc_spec::page::read(source);
    let anchors = Anchors::new(&subject.slug, source, &blocks);
    let fields = Fields::new(subject, &blocks, &anchors);
    let row = Row { subject, title: subject.title(), close: fields.close() };
    html.markup("<details class=op").markup(if is_open { " open>" } else { ">" });
    html.markup("<summary><h2>").text(&row.title).markup("</h2> ");
    index::chips(html, &row);
    html.markup("</summary>\n<div class=body").attribute("id", &subject.slug).markup(">\n<p class=quiet>");
    html.text(subject.name());
    if let Some((operation, _)) = subject.operation {
        html.markup(" · ").text(&operation.product).markup(" ").text(&operation.version);
    }
    html.markup("</p>\n");
    changes(html, subject);
    findings(html, subject, &anchors);
    html.markup("<div class=panes>\n<section class=page tabindex=0");
    html.attribute("aria-label", format_args!("Page of {}", row.title)).markup("><h3>");
    let is_past = matches!(subject.fate, Fate::Gone | Fate::Unreadable);
    html.markup(if is_past { "The page as it was" } else { "The page" });
    html.markup("</h3><div").attribute("lang", language(source)).markup(">");
    page::write(html, subject, &blocks, &anchors);
    html.markup("</div></section>\n<section class=tree");
    html.attribute("aria-label", format_args!("What was recovered of {}", row.title));
    html.markup("><h3>What was recovered</h3>");
    fields.write(html, &blocks);
    html.markup("<div class=inspector hidden></div></section>\n</div>\n</div>\n</details>\n");
    row
}

/// Adds the changes of spec and client.
fn changes(html: &mut Html, subject: &Subject<'_>) {
    if subject.entries.is_empty() {
        return;
    }
    html.markup("<section class=changes><h3>Changes of spec and client</h3>");
    for about in &subject.entries {
        entry(html, about, true);
    }
    html.markup("</section>\n");
}

/// Adds an entry of the change report; `is_within` says whether it stands with one of the operations that it is about.
pub(super) fn entry(html: &mut Html, entry: &Entry, is_within: bool) {
    let (what, loss) = match &entry.subject {
        About::Operation(_) => ("operation", "code that calls it no longer compiles"),
        About::Type(_) => ("type", "code that names it no longer compiles"),
    };
    if let About::Type(name) = &entry.subject {
        html.markup("<h4>Shared type <code>").text(name).markup("</code></h4>");
        if let EntryChange::Changed { reaches, .. } = &entry.change {
            html.markup("<p class=quiet>Used by ");
            if is_within {
                html.text(&counted(reaches.len(), "operation"));
            } else {
                html.text(&reaches.join(", "));
            }
            html.markup("</p>");
        }
    }
    html.markup("<ul>");
    match &entry.change {
        EntryChange::Added => {
            html.markup("<li>");
            chip(html, entry.impact());
            html.markup(" The ").markup(what).markup(" is new.</li>");
        }
        EntryChange::Removed => {
            html.markup("<li>");
            chip(html, entry.impact());
            html.markup(" The ").markup(what).markup(" is gone: ").markup(loss).markup(".</li>");
        }
        EntryChange::Changed { changes, .. } => {
            let mut changes: Vec<_> =
                changes.iter().map(|change| (Meaning::from_change(change), change)).collect();
            changes.sort_by_key(|(meaning, _)| std::cmp::Reverse(meaning.impact));
            for (meaning, change) in changes {
                html.markup("<li>");
                chip(html, meaning.impact);
                html.markup(" ");
                if !change.path.is_empty() {
                    html.markup("<code>").text(&change.path).markup("</code> ");
                }
                html.sentence(&change.kind.to_string());
                html.markup("<span class=more>").sentence(&meaning.reason).markup("</span></li>");
            }
        }
    }
    html.markup("</ul>");
}

/// Adds the diagnostics of the page and its overlay.
fn findings(html: &mut Html, subject: &Subject<'_>, anchors: &Anchors<'_>) {
    let overlay = subject.overlay.as_ref();
    if subject.notes.is_empty() && overlay.is_none() {
        return;
    }
    html.markup("<section class=findings><h3>Findings <span class=count>").value(subject.notes.len());
    html.markup("</span></h3>");
    if let Some((file, said)) = overlay {
        html.markup("<p class=quiet>Corrected by ").text(file);
        html.markup(if subject.overlay_changed { ", which changed.</p>" } else { ".</p>" });
        if let Some(said) = said {
            html.markup("<pre class=said>").text(said).markup("</pre>");
        }
    }
    if !subject.notes.is_empty() {
        let is_open = subject.notes.len() <= OPEN_FINDINGS;
        html.markup(if is_open { "<details open>" } else { "<details>" });
        html.markup("<summary>All, in the order of the page</summary><ul>");
        for note in &subject.notes {
            let line = subject.source().position(note.diagnostic.span.start).line;
            html.markup("<li")
                .attribute("class", format_args!("finding {}", note.diagnostic.level.as_str()))
                .markup(">");
            anchors.link(html, line);
            html.markup(" ");
            page::note(html, anchors, subject.source(), note);
            html.markup("</li>");
        }
        html.markup("</ul></details>");
    }
    html.markup("</section>\n");
}

/// Guesses the language of a page, by which browsers choose fonts and voices.
fn language(source: &Source) -> &'static str {
    let is_chinese = source.text().chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    if is_chinese { "zh-CN" } else { "en" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_and_script_cannot_end_their_elements() {
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
    }

    #[test]
    fn the_policy_lets_nothing_in() {
        let policy = policy();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    }
}
