//! Overlays as `cargo xtask regen` applies them. The entries state facts that no page has, so they do not conflict with the
//! overlays of the repository.

use crate::workspace::{GENERATED, OVERLAY, PAGE, SPEC, Workspace};

/// An entry that always applies.
const ADD: &str = "\n[[add]]\nfield = \"request.RingTone\"\ntype = \"String\"\nenglish = \"Played while ringing.\"\nreason = \"r\"\n";

/// A workspace whose overlay ends in `entries`.
fn workspace(entries: &str) -> Workspace {
    let workspace = Workspace::copied();
    let overlay = workspace.path(OVERLAY);
    let present = if overlay.is_file() { workspace.read(OVERLAY) } else { String::new() };
    workspace.write(OVERLAY, format!("{present}{entries}"));
    workspace
}

#[test]
fn an_entry_changes_spec_and_code_as_a_row_of_the_page_would() {
    let workspace = workspace(ADD);
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("  addition: request.RingTone: added (String)\n    "), "{}", run.out);
    assert!(workspace.read(SPEC).contains("\"english\": \"Played while ringing.\""));
    let code = workspace.read(&format!("{GENERATED}/operation/make_call.rs"));
    assert!(code.contains("pub ring_tone: Option<String>,"), "{code}");
    assert_eq!(workspace.run(&["regen", "--check"]).code, Some(0));
}

#[test]
fn an_entry_that_no_longer_applies_is_an_error_at_its_place_and_loses_nothing() {
    let workspace = workspace("\n[[drop]]\nfield = \"response.Gone.Field\"\nreason = \"r\"\n");
    let line = workspace.read(OVERLAY).lines().count() - 1;
    let (spec, code) = (workspace.read(SPEC), workspace.path(GENERATED).join("operation/make_call.rs"));
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("error[overlay-nowhere]: `response.Gone.Field` leads nowhere"), "{}", run.err);
    assert!(run.err.contains(&format!("--> {OVERLAY}:{line}:9\n")), "{}", run.err);
    let error = format!("error: {OVERLAY} has errors; its spec and code stay as they are\n");
    assert!(run.err.contains(&error), "{}", run.err);
    assert_eq!(workspace.read(SPEC), spec);
    assert!(code.is_file());
}

#[test]
fn an_entry_that_the_page_has_made_true_is_an_error() {
    let workspace = workspace(ADD);
    let row = "|TimeoutSeconds|Integer|否|";
    workspace.edit(PAGE, row, &format!("|RingTone|String|否|chimes|Played. |\n{row}"));
    let run = workspace.run(&["regen", "--message-format", "json"]);
    assert_eq!(run.code, Some(1));
    let diagnostic = run.out.lines().find(|line| line.contains("overlay-obsolete")).unwrap();
    let message: serde_json::Value = serde_json::from_str(diagnostic).unwrap();
    assert_eq!(message["diagnostic"]["file"], OVERLAY);
    assert_eq!(message["diagnostic"]["excerpt"], "\"request.RingTone\"");
}

#[test]
fn an_overlay_without_a_page_is_an_error() {
    let workspace = Workspace::copied();
    workspace.write("spec/overlays/ccc/2020-07-01/HoldCall.toml", "[[safe-to-repeat]]\nreason = \"r\"\n");
    let run = workspace.run(&["regen", "--check"]);
    assert_eq!(run.code, Some(1));
    let error = "error: spec/overlays/ccc/2020-07-01/HoldCall.toml belongs to no page: \
                 spec/docs/ccc/2020-07-01/HoldCall.md is not there";
    assert!(run.err.contains(error), "{}", run.err);
}

#[test]
fn every_code_of_an_overlay_is_explained() {
    let run = Workspace::copied().run(&["lint", "--explain", "overlay-obsolete"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("Remove the entry"), "{}", run.out);
}
