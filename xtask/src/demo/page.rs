//! The first half: the page's operation, its diagnostics, and the effect of a change.

use std::collections::BTreeMap;

use anstream::adapter::strip_str;
use ccc_codegen::report::Report;
use ccc_spec::diagnostic::{Code, Diagnostic, Level};
use ccc_spec::link::link;
use ccc_spec::model::{Operation, ProductSpec};

use super::{headline, indented};
use crate::failure::Failure;
use crate::files::{Fate, PlannedFile};
use crate::products::Products;
use crate::regen::{self, Changes, Client, Regeneration, Wording, report};
use crate::specs::{ProductKey, Specs};
use crate::terminal::{ADDED, BOLD, DIM, ERROR, NOTE, Terminal, WARNING, counted, paint, visible};
use crate::tree;
use crate::workspace::{PAGES, Workspace};

/// The page of the demonstration, below the folder of pages.
const PAGE: &str = "ccc/2020-07-01/MakeCall.md";
/// Name of the parameter that is added to the page.
const NEW_PARAMETER: &str = "RingTone";

/// Recovers a page, which must have an operation.
fn operation_of(name: &str, bytes: &[u8]) -> Result<(Operation, Vec<Diagnostic>), Failure> {
    let recovery = ccc_spec::recover(name, bytes);
    let operation = recovery.operation.ok_or_else(|| {
        Failure::Unexpected(format!("no operation can be read from {name}; `regen` says why"))
    })?;
    Ok((operation, recovery.diagnostics))
}

/// Shows the first three steps and returns the operation.
pub(crate) fn show(workspace: &Workspace, terminal: Terminal) -> Result<Operation, Failure> {
    let name = format!("{PAGES}/{PAGE}");
    let path = workspace.path(&name);
    let bytes = std::fs::read(&path).map_err(|error| Failure::io("read", &path, error))?;
    let (operation, diagnostics) = operation_of(&name, &bytes)?;
    let text = String::from_utf8_lossy(&bytes);

    let lines = counted(text.lines().count(), "line");
    let title = format!("The operation that {name} documents in {lines} ({})", tree::LEGEND);
    terminal.print(&headline(1, &title))?;
    terminal.print(&indented(&tree::draw(&operation)))?;

    terminal.print(&headline(2, &format!("The page has {}", counted(diagnostics.len(), "diagnostic"))))?;
    terminal.print(&indented(&summarised(&diagnostics)))?;

    let regeneration = Regeneration::compute(workspace, Wording::Json)?;
    terminal.print(&headline(3, "`cargo xtask regen` as the page is now, and if the page gains a row"))?;
    terminal.print(&indented(&report::summary(&regeneration, true)))?;
    terminal.print(&indented(&what_if(&operation, &name, &text)?))?;
    Ok(operation)
}

/// Writes diagnostics by code: their number, and the first.
fn summarised(diagnostics: &[Diagnostic]) -> String {
    let mut by_code: BTreeMap<(Level, Code), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        by_code.entry((diagnostic.level, diagnostic.code)).or_default().push(diagnostic);
    }
    let line = |((level, code), of_code): (&(Level, Code), &Vec<&Diagnostic>)| {
        let style = match level {
            Level::Error => ERROR,
            Level::Warning => WARNING,
            Level::Note => NOTE,
        };
        let level = paint(style, format_args!("{}[{code}]", level.as_str()));
        let first = of_code.first().map_or_else(String::new, |first| visible(&first.message).into_owned());
        format!("{:>2} × {level} {}\n", of_code.len(), paint(DIM, first))
    };
    by_code.iter().map(line).collect()
}

/// Adds an optional parameter to the page, and shows the change report and the diff of the operation's source.
fn what_if(operation: &Operation, name: &str, text: &str) -> Result<String, Failure> {
    let (row, edited) = with_new_row(operation, text).ok_or_else(|| {
        Failure::Unexpected(format!("{name} has no row of a request parameter to put one after"))
    })?;
    let (after, _) = operation_of(name, edited.as_bytes())?;
    let before = link(vec![operation.clone()], &ProductSpec::default()).spec;
    let after = link(vec![after], &before).spec;
    let report = Report::between(std::slice::from_ref(&before), std::slice::from_ref(&after));
    let key = ProductKey::from_operation(operation);
    let (old, mut new) = (source(&key, before)?, source(&key, after)?);

    let mut shown = format!("{}\n", paint(BOLD, visible(&row)));
    shown.push_str(&report::changes(&Changes { report, replaced: Vec::new() }));
    for (name, text) in old {
        let after = new.remove(&name);
        let file = PlannedFile { name, before: Some(text.into_bytes()), after };
        if file.fate() != Fate::Unchanged {
            shown.push_str(&new_lines(&file));
        }
    }
    Ok(shown)
}

/// Generates the files of a product's client, by path below the workspace.
fn source(key: &ProductKey, spec: ProductSpec) -> Result<BTreeMap<String, String>, Failure> {
    let specs = BTreeMap::from([(key.clone(), spec)]);
    let clients = regen::clients(&Products::default(), &Specs::default(), &specs);
    let clients = clients.map_err(|problem| Failure::Unexpected(problem.to_string()))?;
    let named = |client: Client| {
        let Client { folder, files, .. } = client;
        files.into_iter().map(move |(below, text)| (format!("{folder}/{below}"), text))
    };
    Ok(clients.into_iter().flat_map(named).collect())
}

/// Writes the name of a file and the number of its new lines; for the operation's source, the lines too.
fn new_lines(file: &PlannedFile) -> String {
    let diff = strip_str(&regen::unified(file)).to_string();
    let added: Vec<_> =
        diff.lines().filter(|line| line.starts_with('+') && !line.starts_with("+++ ")).collect();
    let mut text = format!("{} +{}\n", file.name, added.len());
    if !file.name.contains("/descriptions/") {
        text.extend(added.iter().map(|line| format!("{}\n", paint(ADDED, line))));
    }
    text
}

/// Adds a row after that of the last request parameter. Returns the row and the new page.
fn with_new_row(operation: &Operation, text: &str) -> Option<(String, String)> {
    let last = operation.request.last()?;
    let marker = format!("|{}|", last.name);
    let old = text.lines().find(|line| line.starts_with(&marker))?;
    let row =
        format!("|{NEW_PARAMETER}|String|否|chimes|Played to the callee before the call is connected. |");
    let edited = text.replacen(old, &format!("{old}\n{row}"), 1);
    Some((row, edited))
}
