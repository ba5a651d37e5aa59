//! Diagnostics for people, as rustc prints them.
//!
//! Only the first line of each place is shown, and only the part of a long line around the place. So a diagnostic costs
//! the same on a line of ten bytes and on one of ten megabytes.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Renderer, Snippet};

use super::{Diagnostic, Level};
use crate::source::{Source, Span};

/// A line of up to this many characters is shown whole.
const LINE: usize = 110;
/// Characters of a longer line that are shown before the first place on it.
const BEFORE: usize = 30;
/// Places shown of one diagnostic.
const PLACES: usize = 8;
/// Replaces text that was cut.
const CUT: &str = "…";
/// Marks the end of the real line and column. The renderer appends its own, counted in the cut text, after the mark.
const OWN_POSITION: char = '\u{e000}';

/// Options for showing diagnostics.
#[derive(Clone, Copy, Debug, Default)]
pub struct RenderOptions {
    /// Whether to colour them with ANSI escapes.
    pub color: bool,
}

/// Renders diagnostics as text, separated by empty lines: each with level, code, place, and the line with its
/// underlined parts.
///
/// ```
/// use ccc_spec::diagnostic::{Code, Diagnostic, RenderOptions, render};
/// use ccc_spec::source::{Source, Span};
///
/// let source = Source::new("page.md", "号码 \u{fffd}\n");
/// let odd = Diagnostic::new(Code::InvalidUtf8, Span::new(7, 10), "1 byte is not UTF-8");
/// let text = render(&[odd], &source, RenderOptions::default());
/// assert!(text.starts_with("error[invalid-utf8]: 1 byte is not UTF-8\n --> page.md:1:4\n"));
/// ```
#[must_use]
pub fn render(diagnostics: &[Diagnostic], source: &Source, options: RenderOptions) -> String {
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() };
    // This module cuts the lines, because it knows the places. The width keeps the renderer from cutting them again.
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(4 * LINE);
    let mut out = String::new();
    for diagnostic in diagnostics {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(own_positions(&renderer.render(&[group(diagnostic, source)])).trim_end());
        out.push('\n');
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, source: &'a Source) -> Group<'a> {
    use annotate_snippets::Level as Shown;
    let level = match diagnostic.level {
        Level::Error => Shown::ERROR,
        Level::Warning => Shown::WARNING,
        Level::Note => Shown::NOTE,
    };
    let mut group =
        Group::with_title(level.primary_title(diagnostic.message.as_ref()).id(diagnostic.code.as_str()));
    for lines in neighbours(places(diagnostic, source)) {
        group = group.element(snippet(&lines, source));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Shown::HELP.message(help.as_ref()));
    }
    group
}

/// A place to underline, on one line.
struct Place<'a> {
    line: usize,
    span: Span,
    label: Option<&'a str>,
    primary: bool,
}

/// Returns every place of a diagnostic, in page order, cut to its first line.
fn places<'a>(diagnostic: &'a Diagnostic, source: &Source) -> Vec<Place<'a>> {
    let labelled = diagnostic.labels.iter().any(|(span, _)| *span == diagnostic.span);
    let primary = (!labelled).then_some((diagnostic.span, None));
    let labels = diagnostic.labels.iter().map(|(span, label)| (*span, Some(label.as_ref())));
    let mut places: Vec<_> = primary
        .into_iter()
        .chain(labels)
        .take(PLACES)
        .map(|(span, label)| {
            let line = source.position(span.start).line;
            let whole = source.line_span(line);
            let start = span.start.clamp(whole.start, whole.end);
            let end = span.end.clamp(start, whole.end);
            Place { line, span: Span::new(start, end), label, primary: span == diagnostic.span }
        })
        .collect();
    places.sort_by_key(|place| (place.line, place.span));
    places
}

/// Groups places on lines that follow each other, the group of the primary place first.
fn neighbours(places: Vec<Place<'_>>) -> Vec<Vec<Place<'_>>> {
    let mut groups: Vec<Vec<Place<'_>>> = Vec::new();
    for place in places {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| place.line <= last.line + 1) => group.push(place),
            _ => groups.push(vec![place]),
        }
    }
    groups.sort_by_key(|group| !group.iter().any(|place| place.primary));
    groups
}

/// Returns the lines of neighbouring places as one snippet.
fn snippet<'a>(places: &[Place<'a>], source: &Source) -> Snippet<'a, Annotation<'a>> {
    let first = places.first().map_or(1, |place| place.line);
    let mut text = String::new();
    let mut annotations = Vec::new();
    for on_line in places.chunk_by(|a, b| a.line == b.line) {
        if !text.is_empty() {
            text.push('\n');
        }
        let Some(line) = on_line.first().map(|place| source.line_span(place.line)) else { continue };
        let window = window(source, line, on_line);
        let cut = if window.start > line.start { CUT } else { "" };
        let base = text.len() + cut.len();
        text.push_str(cut);
        text.push_str(source.slice(window));
        text.push_str(if window.end < line.end { CUT } else { "" });
        for place in on_line {
            let start = place.span.start.clamp(window.start, window.end) - window.start + base;
            let end = place.span.end.clamp(window.start, window.end) - window.start + base;
            let kind = if place.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            annotations.push(kind.span(start..end.max(start)).label(place.label));
        }
    }
    let shown = places.iter().find(|place| place.primary).or(places.first());
    let at = source.position(shown.map_or(0, |place| place.span.start));
    let path = format!("{}:{}:{}{OWN_POSITION}", source.name(), at.line, at.column);
    Snippet::source(text).path(path).line_start(first).fold(false).annotations(annotations)
}

/// Removes the positions that the renderer appended.
fn own_positions(text: &str) -> String {
    let mut parts = text.split(OWN_POSITION);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()))
}

/// Returns the part of a line to show.
fn window(source: &Source, line: Span, places: &[Place<'_>]) -> Span {
    let text = source.slice(line);
    // On an enormous line, even counting the characters would take too long.
    if text.len() <= 4 * LINE && text.chars().count() <= LINE {
        return line;
    }
    let first = places.iter().map(|place| place.span.start).min().unwrap_or(line.start);
    let before = source.slice(Span::new(line.start, first));
    let start = before.char_indices().rev().nth(BEFORE.saturating_sub(1)).map_or(0, |(at, _)| at);
    let rest = text.get(start..).unwrap_or_default();
    let len = rest.char_indices().nth(LINE).map_or(rest.len(), |(at, _)| at);
    Span::new(line.start + start, line.start + start + len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn rendered(source: &Source, diagnostic: Diagnostic) -> String {
        render(&[diagnostic], source, RenderOptions::default())
    }

    #[test]
    fn wide_characters_are_aligned() {
        let source = Source::new("p.md", "|号码|Integer|\n");
        let diagnostic =
            Diagnostic::new(Code::EmptyPage, Span::new(8, 15), "m").with_label(Span::new(8, 15), "类型");
        insta::assert_snapshot!(rendered(&source, diagnostic), @r"
        error[empty-page]: m
         --> p.md:1:5
          |
        1 | |号码|Integer|
          |       ^^^^^^^ 类型
        ");
    }

    #[test]
    fn far_places_are_shown_apart() {
        let source = Source::new("p.md", "aa\nbb\ncc\ndd\nee\n");
        let diagnostic = Diagnostic::new(Code::EmptyPage, Span::new(0, 2), "m")
            .with_label(Span::new(0, 2), "declared here")
            .with_label(Span::new(12, 14), "but here")
            .with_help("h");
        insta::assert_snapshot!(rendered(&source, diagnostic), @r"
        error[empty-page]: m
         --> p.md:1:1
          |
        1 | aa
          | ^^ declared here
          |
         ::: p.md:5:1
          |
        5 | ee
          | -- but here
          |
          = help: h
        ");
    }

    #[test]
    fn of_several_lines_the_first_is_shown() {
        let source = Source::new("p.md", "aa\nbb\ncc\n");
        let text = rendered(&source, Diagnostic::new(Code::EmptyPage, source.span(), "m"));
        assert!(text.contains("1 | aa") && !text.contains("bb"), "{text}");
    }

    #[test]
    fn a_huge_line_is_cut_around_the_place() {
        let long = "号".repeat(1_000_000);
        let source = Source::new("p.md", format!("{long}X{long}"));
        let diagnostic = Diagnostic::new(Code::EmptyPage, Span::new(3_000_000, 3_000_001), "m");
        let text = rendered(&source, diagnostic);
        assert!(text.contains("p.md:1:1000001") && text.contains('X') && text.len() < 1_000, "{text}");
    }

    #[test]
    fn colours_are_only_used_when_asked_for() {
        let source = Source::new("p.md", "aa\n");
        let diagnostic = Diagnostic::new(Code::EmptyPage, Span::new(0, 2), "m");
        assert!(!rendered(&source, diagnostic.clone()).contains('\u{1b}'));
        assert!(render(&[diagnostic], &source, RenderOptions { color: true }).contains('\u{1b}'));
    }
}
