//! The recovered fields as a tree, each with its type, its lines, and the evidence for its place.

use std::collections::{BTreeMap, HashSet};

use ccc_codegen::report::{EntryChange, Impact, Meaning};
use ccc_spec::explain::{Explanation, NO_EVIDENCE, RunnerUp};
use ccc_spec::model::{Field, ProductSpec, Sensitivity, Shape};
use ccc_spec::page::Page;
use ccc_spec::paths::bare;
use ccc_spec::source::Source;

use super::anchors::Anchors;
use super::html::Html;
use super::samples::{self, Shown};
use super::subject::Subject;

/// The deepest nesting of structures that is shown. Only specs that were edited by hand are deeper.
const MAX_DEPTH: usize = 64;

/// Everything known about the fields of a page, by side and path.
pub(super) struct Fields<'a> {
    subject: &'a Subject<'a>,
    anchors: &'a Anchors<'a>,
    source: &'a Source,
    explanations: BTreeMap<Key, Vec<Explanation<'a>>>,
    samples: Shown,
    /// The fields that the page has without its overlay, those that only samples show included.
    of_page: HashSet<Key>,
    /// The most severe change of each field.
    changes: BTreeMap<String, Impact>,
}

/// Side (`request` or `response`) and path without the marks of lists and maps.
type Key = (&'static str, String);

/// The place of a field: its path on the wire, its path in the change report, and its depth.
#[derive(Clone, Copy)]
struct Place<'p> {
    side: &'static str,
    path: &'p str,
    change: &'p str,
    depth: usize,
}

impl<'a> Fields<'a> {
    /// Collects everything known about the fields of a page.
    pub(super) fn new(subject: &'a Subject<'a>, page: &Page<'_>, anchors: &'a Anchors<'a>) -> Self {
        let mut of_page = HashSet::new();
        if let Some(operation) = subject.recovered() {
            collect("request", "", &operation.request, MAX_DEPTH, &mut of_page);
            collect("response", "", &operation.response, MAX_DEPTH, &mut of_page);
        }
        let mut explanations: BTreeMap<Key, Vec<Explanation<'a>>> = BTreeMap::new();
        for explanation in subject.explanations() {
            explanations
                .entry((explanation.field.direction, bare(explanation.field.path)))
                .or_default()
                .push(explanation);
        }
        let mut changes = BTreeMap::new();
        for entry in &subject.entries {
            let EntryChange::Changed { changes: of_entry, .. } = &entry.change else { continue };
            for change in of_entry {
                let impact = Meaning::from_change(change).impact;
                let gravest = changes.entry(bare(&change.path)).or_insert(impact);
                *gravest = impact.max(*gravest);
            }
        }
        let source = subject.source();
        let samples = samples::find(source, page, &of_page);
        Self { subject, anchors, source, explanations, samples, of_page, changes }
    }

    /// Counts the fields that may belong elsewhere.
    pub(super) fn close(&self) -> usize {
        let all = self.explanations.values().flatten();
        all.filter(|explanation| explanation.runner_up.is_some_and(|next| next.is_close)).count()
    }

    /// Adds the trees of the request, the response and the errors.
    pub(super) fn write(&self, html: &mut Html, page: &Page<'_>) {
        let Some((operation, spec)) = self.subject.operation else {
            html.markup("<p class=quiet>No operation of the spec comes from this page.</p>");
            return;
        };
        let mut written = HashSet::new();
        for (side, title, fields) in
            [("request", "Request", &operation.request), ("response", "Response", &operation.response)]
        {
            heading(html, title, fields.len());
            let place = Place { side, path: "", change: side, depth: 0 };
            self.members(html, spec, fields, place, &mut written);
        }
        self.errors(html, page);
        self.left_out(html, &written);
    }

    fn members(
        &self,
        html: &mut Html,
        spec: &ProductSpec,
        fields: &[Field],
        place: Place<'_>,
        written: &mut HashSet<Key>,
    ) {
        if fields.is_empty() || place.depth >= MAX_DEPTH {
            return;
        }
        html.markup("<ul class=fields>");
        for field in fields {
            let path = join(place.path, &field.name);
            let change = join(place.change, &field.name);
            let at = Place { path: &path, change: &change, ..place };
            html.markup("<li>");
            self.field(html, spec, field, at, written);
            html.markup("</li>");
        }
        html.markup("</ul>");
    }

    fn field(
        &self,
        html: &mut Html,
        spec: &ProductSpec,
        field: &Field,
        at: Place<'_>,
        written: &mut HashSet<Key>,
    ) {
        let mut paths = vec![at.path.to_owned()];
        let mut shape = &field.shape;
        while let Shape::List { element: inner, .. } | Shape::Map { value: inner } = shape {
            if let Shape::List { wrapper: Some(wrapper), .. } = shape {
                paths.push(join(paths.last().map_or("", String::as_str), wrapper));
            }
            shape = inner;
        }
        let keys: Vec<Key> = paths.iter().map(|path| (at.side, path.clone())).collect();
        let explanations: Vec<&Explanation<'_>> =
            keys.iter().filter_map(|key| self.explanations.get(key)).flatten().collect();
        let shown = keys.first().and_then(|key| self.samples.get(key)).map(Vec::as_slice).unwrap_or_default();
        let shared = match shape {
            Shape::Shared { to } => spec.shared(to),
            _ => None,
        };
        self.summary(html, field, shared.map(|shared| &shared.shape), at, (&explanations, shown));
        html.markup("<div class=why>");
        self.why(html, at, &keys, (&explanations, shown));
        facts(html, field, shared.map_or(shape, |shared| &shared.shape));
        html.markup("</div></details>");
        written.extend(keys);
        let (inner, change) = match shared {
            Some(shared) => (&shared.shape, shared.name.as_str()),
            None => (shape, at.change),
        };
        if let Shape::Structure { fields, .. } = inner {
            let path = paths.last().map_or("", String::as_str);
            let place = Place { path, change, depth: at.depth + 1, ..at };
            self.members(html, spec, fields, place, written);
        }
    }

    /// Begins the field's element with the line that is visible while it is closed.
    fn summary(
        &self,
        html: &mut Html,
        field: &Field,
        shared: Option<&Shape>,
        at: Place<'_>,
        (explanations, shown): (&[&Explanation<'_>], &[usize]),
    ) {
        let rows = explanations.iter().map(|explanation| lines(self.source, explanation));
        let lines: Vec<String> = rows.chain(shown.iter().map(ToString::to_string)).collect();
        html.markup("<details class=field")
            .attribute("data-l", lines.join(" "))
            .markup("><summary><span class=name>");
        html.text(&field.name).markup("</span> <span class=type>").text(&type_name(&field.shape, shared));
        html.markup("</span>");
        if field.required {
            html.markup(" <span class=\"chip required\">required</span>");
        }
        match field.sensitive {
            Some(Sensitivity::Secret) => drop(html.markup(" <span class=chip>secret</span>")),
            Some(Sensitivity::PhoneNumber) => drop(html.markup(" <span class=chip>phone number</span>")),
            Some(Sensitivity::Personal) => drop(html.markup(" <span class=chip>personal</span>")),
            None => {}
        }
        if field.deprecated {
            html.markup(" <span class=chip>deprecated</span>");
        }
        if explanations.is_empty() {
            let key = (at.side, at.path.to_owned());
            html.markup(" <span class=chip>");
            html.markup(if self.of_page.contains(&key) { "sample only" } else { "not on the page" });
            html.markup("</span>");
        }
        if let Some(impact) = self.changes.get(&bare(at.change)) {
            html.markup(" ");
            chip(html, *impact);
        }
        for RunnerUp { parent, margin, .. } in close(explanations) {
            html.markup(" <span class=\"chip unsure\">or ");
            html.markup(if parent.is_empty() { "at " } else { "in " });
            html.text(top(parent)).markup("? costs ").value(margin);
            html.markup(" more</span>");
        }
        html.markup("</summary>");
    }

    /// Adds the lines of the field on the page, and the evidence for its place.
    fn why(
        &self,
        html: &mut Html,
        at: Place<'_>,
        keys: &[Key],
        (explanations, shown): (&[&Explanation<'_>], &[usize]),
    ) {
        let path = explanations.first().map_or(at.path, |explanation| explanation.field.path);
        html.markup("<p><code class=path>").text(path).markup("</code></p>");
        for explanation in explanations {
            html.markup("<p>");
            self.anchors.link(html, explanation.field.line);
            html.markup(": ");
            match explanation.cost() {
                0 => html.markup("nothing speaks against its place."),
                cost => html.markup("its place costs <strong>").value(cost).markup("</strong>."),
            };
            html.markup("</p><ul class=evidence>");
            for weighed in explanation.evidence {
                html.markup("<li><span class=cost>").value(weighed.cost).markup("</span> ");
                html.value(weighed.evidence).markup("</li>");
            }
            if explanation.evidence.is_empty() {
                html.markup("<li><span class=cost>0</span> ").text(NO_EVIDENCE).markup("</li>");
            }
            html.markup("</ul>");
            match explanation.runner_up {
                None => html.markup("<p>No other place was left to compare with.</p>"),
                Some(RunnerUp { parent, margin, is_close }) => {
                    html.markup(if is_close { "<p class=close>" } else { "<p>" });
                    html.markup("Runner-up: <code>").text(top(parent)).markup("</code>; ");
                    html.markup("with the field there, the page as a whole costs <strong>").value(margin);
                    html.markup("</strong> more");
                    html.markup(if is_close { ": too little to be sure.</p>" } else { ".</p>" })
                }
            };
        }
        if explanations.is_empty() {
            html.markup(if keys.iter().any(|key| self.of_page.contains(key)) {
                "<p>No table has it; a sample shows it.</p>"
            } else {
                "<p>The page does not have it: the overlay, or a page that shares its type, adds it.</p>"
            });
        }
        if !shown.is_empty() {
            html.markup("<p>Samples show it in ");
            for (number, line) in shown.iter().enumerate() {
                html.markup(if number > 0 { ", " } else { "" });
                self.anchors.link(html, *line);
            }
            html.markup(".</p>");
        }
    }

    fn errors(&self, html: &mut Html, page: &Page<'_>) {
        let Some((operation, _)) = self.subject.operation else { return };
        heading(html, "Errors", operation.errors.len());
        if operation.errors.is_empty() {
            return;
        }
        let mut rows = super::page::rows_of_texts(self.source, page);
        html.markup("<ul class=fields>");
        for error in &operation.errors {
            let line = rows.get_mut(error.code.as_str()).and_then(Vec::pop);
            html.markup("<li><details class=field")
                .attribute("data-l", line.map_or_else(String::new, |line| line.to_string()));
            html.markup("><summary><span class=name>").text(&error.code).markup("</span>");
            if let Some(status) = error.status {
                html.markup(" <span class=type>").value(status).markup("</span>");
            }
            if let Some(impact) = self.changes.get(&format!("errors.{}", error.code)) {
                html.markup(" ");
                chip(html, *impact);
            }
            if line.is_none() {
                html.markup(" <span class=chip>not on the page</span>");
            }
            html.markup("</summary><div class=why>");
            if let Some(line) = line {
                html.markup("<p>");
                self.anchors.link(html, line);
                html.markup("</p>");
            }
            for text in [&error.message, &error.description, &error.english] {
                if !text.is_empty() {
                    html.markup("<p>").text(text).markup("</p>");
                }
            }
            html.markup("</div></details></li>");
        }
        html.markup("</ul>");
    }

    /// Adds the rows of the page that are no field of the spec.
    fn left_out(&self, html: &mut Html, written: &HashSet<Key>) {
        let all = self.explanations.iter().filter(|(key, _)| !written.contains(*key));
        let mut left: Vec<&Explanation<'_>> = all.flat_map(|(_, explanations)| explanations).collect();
        // Rows of a captioned table have one span for several paths; these stay in the order of their keys.
        left.sort_by_key(|explanation| explanation.span);
        if left.is_empty() {
            return;
        }
        heading(html, "Rows that are no field", left.len());
        html.markup("<ul class=fields>");
        for explanation in left {
            html.markup("<li><details class=field").attribute("data-l", lines(self.source, explanation));
            html.markup("><summary><span class=name>")
                .text(explanation.field.path)
                .markup("</span> <span class=type>");
            html.text(explanation.field.direction).markup("</span></summary><div class=why><p>");
            self.anchors.link(html, explanation.field.line);
            html.markup(if explanation.field.path == "Action" {
                ": the same in every request of the operation.</p>"
            } else {
                ": the spec has no such field, because the overlay removes it.</p>"
            });
            html.markup("</div></details></li>");
        }
        html.markup("</ul>");
    }
}

/// Adds a mark for an impact.
pub(super) fn chip(html: &mut Html, impact: Impact) {
    html.markup("<span").attribute("class", format_args!("chip {}", impact.as_str())).markup(">");
    html.text(impact.as_str()).markup("</span>");
}

fn heading(html: &mut Html, title: &'static str, count: usize) {
    html.markup("<h4>").markup(title).markup(" <span class=count>").value(count).markup("</span></h4>");
}

/// Returns the runners-up that may be right.
fn close<'t>(explanations: &'t [&Explanation<'_>]) -> impl Iterator<Item = RunnerUp<'t>> {
    explanations.iter().filter_map(|explanation| explanation.runner_up).filter(|next| next.is_close)
}

fn top(parent: &str) -> &str {
    if parent.is_empty() { "the top level" } else { parent }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Writes the lines of a field's row for the attribute `data-l`: `12` or `12-15`.
fn lines(source: &Source, explanation: &Explanation<'_>) -> String {
    let last = source.position(explanation.span.end.saturating_sub(1).max(explanation.span.start)).line;
    let first = explanation.field.line;
    if last > first { format!("{first}-{last}") } else { first.to_string() }
}

/// Collects the keys of fields and of their members.
fn collect(side: &'static str, prefix: &str, fields: &[Field], depth: usize, keys: &mut HashSet<Key>) {
    for field in fields.iter().filter(|_| depth > 0) {
        let mut path = join(prefix, &field.name);
        keys.insert((side, path.clone()));
        let mut shape = &field.shape;
        while let Shape::List { element: inner, .. } | Shape::Map { value: inner } = shape {
            if let Shape::List { wrapper: Some(wrapper), .. } = shape {
                path = join(&path, wrapper);
                keys.insert((side, path.clone()));
            }
            shape = inner;
        }
        if let Shape::Structure { fields, .. } = shape {
            collect(side, &path, fields, depth - 1, keys);
        }
    }
}

/// Names the type of a value; `shared` is the shape of the shared type that it refers to.
fn type_name(shape: &Shape, shared: Option<&Shape>) -> String {
    match shape {
        Shape::String { values } if !values.is_empty() => format!("String, {} values", values.len()),
        Shape::Structure { name: Some(name), .. } => format!("Structure {name}"),
        Shape::List { element, .. } => format!("List of {}", type_name(element, shared)),
        Shape::Map { value } => format!("Map of {}", type_name(value, shared)),
        Shape::Shared { to } => match shared {
            Some(Shape::String { values }) => format!("{to}, shared, {} values", values.len()),
            _ => format!("{to}, shared"),
        },
        other => other.kind().to_owned(),
    }
}

/// Adds the facts about a field's value besides its type.
fn facts(html: &mut Html, field: &Field, shape: &Shape) {
    let mut facts: Vec<(&'static str, String)> = Vec::new();
    if let Shape::String { values } = shape
        && !values.is_empty()
    {
        facts
            .push(("Values", values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>().join(", ")));
    }
    facts.extend(field.format.map(|format| ("Format", format.as_str().to_owned())));
    facts.extend(field.range.map(|range| ("Range", range.to_string())));
    facts.extend(field.length.map(|length| ("Length", length.to_string())));
    facts.extend(field.unit.clone().map(|unit| ("Unit", unit)));
    facts.extend(field.default.clone().map(|default| ("Default", default)));
    facts.extend(field.sample.clone().map(|sample| ("Sample", sample)));
    facts.extend(Some(&field.english).filter(|text| !text.is_empty()).map(|text| ("English", text.clone())));
    if facts.is_empty() {
        return;
    }
    html.markup("<dl>");
    for (name, value) in facts {
        html.markup("<dt>").markup(name).markup("</dt><dd>").text(&value).markup("</dd>");
    }
    html.markup("</dl>");
}
