//! Products and their manifests as `cargo xtask regen` takes them.

use crate::regen::{HOLD, HOLD_PAGE, HOLD_SPEC};
use crate::workspace::{GENERATED, MANIFEST, Run, SPEC, Workspace};

const BELL_PAGE: &str = "spec/docs/bell/2020-07-01/HoldCall.md";
const BELL_MANIFEST: &str = "spec/products/bell.toml";

/// A page of another product.
fn bell() -> String {
    HOLD.replace("product=CCC", "product=Bell")
}

fn bell_manifest(crate_name: &str) -> String {
    format!("code = \"Bell\"\nversion = \"2020-07-01\"\ncrate = \"{crate_name}\"\ntitle = \"Doorbell\"\n")
}

/// Runs `regen`, which must report the error and change nothing.
#[track_caller]
fn refused(workspace: &Workspace, error: &str) {
    let before = workspace.files();
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains(error), "{}", run.err);
    assert!(run.err.contains("nothing written"), "{}", run.err);
    assert!(before == workspace.files());
}

/// Runs `regen`, which must succeed.
#[track_caller]
fn regen(workspace: &Workspace) -> Run {
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    run
}

#[test]
fn every_product_gives_the_crate_that_its_manifest_names_a_client() {
    let workspace = Workspace::copied();
    workspace.write(BELL_PAGE, bell());
    workspace.write(BELL_MANIFEST, bell_manifest("doorbells"));
    let run = regen(&workspace);
    assert!(!run.err.contains("has no manifest"), "{}", run.err);
    assert!(workspace.read("doorbells/src/generated/product.rs").contains("\"Doorbell\""));
    assert!(workspace.path("doorbells/src/generated/operation/hold_call.rs").is_file());
    assert!(!workspace.path(GENERATED).join("operation/hold_call.rs").exists());
    assert_eq!(workspace.run(&["regen", "--check"]).code, Some(0));
}

#[test]
fn a_product_without_a_manifest_is_named_and_goes_where_its_code_says() {
    let workspace = Workspace::copied();
    let before = workspace.files();
    workspace.write(BELL_PAGE, bell());
    let run = regen(&workspace);
    let warning = "warning: bell 2020-07-01 has no manifest below spec/products; its client goes to \
                   bell-api/src/generated, with the usual endpoints\n";
    assert!(run.err.contains(warning), "{}", run.err);
    assert!(workspace.path("bell-api/src/generated/operation/hold_call.rs").is_file());
    assert!(before.iter().all(|file| workspace.files().contains(file)), "that of the other product stays");
    let json = workspace.run(&["regen", "--message-format", "json"]);
    assert!(json.out.contains("{\"message\":\"bell 2020-07-01 has no manifest"), "{}", json.out);

    std::fs::remove_file(workspace.path(BELL_PAGE)).unwrap();
    regen(&workspace);
    assert!(before == workspace.files(), "nothing of it is left");
}

#[test]
fn two_products_in_one_crate_are_refused() {
    let workspace = Workspace::copied();
    workspace.write(BELL_PAGE, bell());
    workspace.write(BELL_MANIFEST, bell_manifest("ccc-api"));
    let error =
        "bell 2020-07-01 and ccc 2020-07-01 both belong into ccc-api/src/generated; give each a manifest";
    refused(&workspace, error);
}

#[test]
fn two_manifests_of_one_product_are_refused() {
    let workspace = Workspace::copied();
    let copy = workspace.read(MANIFEST).replace("crate = \"ccc-api\"", "crate = \"another\"");
    workspace.write("spec/products/copy.toml", copy);
    refused(
        &workspace,
        "error: spec/products/ccc.toml and spec/products/copy.toml are manifests of one product;",
    );
}

#[test]
fn a_manifest_with_an_error_is_shown_and_loses_nothing() {
    let workspace = Workspace::copied();
    workspace.edit(MANIFEST, "title = \"Cloud Call Center\"", "titel = \"Cloud Call Center\"");
    refused(&workspace, "error: spec/products/ccc.toml has errors; nothing is written until they are mended");
    let run = workspace.run(&["regen", "--check"]);
    assert!(run.err.contains("error[manifest-key]: the manifest has no key `titel`\n"), "{}", run.err);
    assert!(run.err.contains("--> spec/products/ccc.toml:6:1\n"), "{}", run.err);
}

#[test]
fn a_pattern_that_matches_no_operation_is_an_error() {
    let workspace = Workspace::copied();
    workspace.edit(MANIFEST, "\"PollUserStatus\", \"Check", "\"PollUserState\", \"Check");
    refused(&workspace, "error[manifest-nowhere]: no operation is called `PollUserState`\n");
}

#[test]
fn operations_without_a_page_are_one_warning() {
    let run = Workspace::copied().run(&["regen", "--check"]);
    assert_eq!(run.err.matches("warning[operation-without-page]").count(), 1, "{}", run.err);
    assert!(run.err.contains("252 operations that areas name have no page: `AnswerCall`, "), "{}", run.err);
}

#[test]
fn what_the_manifest_says_reaches_spec_and_code() {
    let workspace = Workspace::copied();
    let row = "|JobId|String|是|job-1|The call. |\n|Password|String|否|x| |\n|SearchPattern|String|否|x| |\n";
    let page = HOLD.replace("|JobId|String|是|job-1|The call. |\n", row);
    workspace.write(HOLD_PAGE, page.replace("HoldCall", "ListUsers"));
    regen(&workspace);
    let spec = workspace.read(HOLD_SPEC);
    assert!(spec.contains("\"safe_to_repeat\": true"), "{spec}");
    assert!(spec.contains("\"english\": \"Text to search for, such as"), "{spec}");
    assert!(spec.contains("\"sensitive\": \"secret\""), "{spec}");
    let code = workspace.read(&format!("{GENERATED}/operation/list_users.rs"));
    assert!(code.contains("const IDEMPOTENT: bool = true;"), "{code}");
    assert!(code.contains("type Product = crate::"), "{code}");
}

#[test]
fn a_changed_endpoint_changes_one_file() {
    let workspace = Workspace::copied();
    let spec = workspace.read(SPEC);
    workspace.edit(MANIFEST, "public = \"ccc.{region}.", "public = \"call.{region}.");
    let run = regen(&workspace);
    assert_eq!(run.out, format!("written  {GENERATED}/product.rs\n"));
    assert_eq!(workspace.read(SPEC), spec);
}

#[test]
fn every_code_of_a_manifest_is_explained() {
    let run = Workspace::copied().run(&["lint", "--explain", "manifest-nowhere"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("Correct or remove it"), "{}", run.out);
}
