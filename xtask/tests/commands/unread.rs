//! `cargo xtask regen` on pages whose rows cannot be read: their spec and code stay.

use crate::workspace::{GENERATED, PAGE, Run, SPEC, Workspace};

/// A page of another operation, whose request parameters are in no table.
const HOLD: &str = "\
# HoldCall

[Run it.](https://api.aliyun.com/#product=CCC&api=HoldCall&type=RPC&version=2020-07-01)

## Request parameters

- JobId (string, required): the call.

## Response parameters

|Element|Type|Description|
|--|--|--|
|RequestId|string|The request.|
";

const HOLD_PAGE: &str = "spec/docs/ccc/2020-07-01/HoldCall.md";
const HOLD_SPEC: &str = "spec/ir/ccc/2020-07-01/HoldCall.json";

/// Writes the rows of the page's section below a heading in a form that cannot be read.
fn break_rows(workspace: &Workspace, heading: &str, broken: impl Fn(&str) -> String) {
    let page = workspace.read(PAGE);
    let mut is_there = false;
    let lines = page.lines().map(|line| {
        if line.starts_with('#') {
            is_there = line == heading;
        }
        if is_there && line.starts_with('|') { broken(line) } else { line.to_owned() }
    });
    let text: Vec<_> = lines.collect();
    workspace.write(PAGE, text.join("\n"));
}

/// Writes the rows as items of a list.
fn listed(row: &str) -> String {
    format!("- {}", row.replace('|', " "))
}

fn is_unchanged(before: &[(String, Vec<u8>)], workspace: &Workspace) -> bool {
    let outputs = |files: &[(String, Vec<u8>)]| -> Vec<_> {
        files
            .iter()
            .filter(|(name, _)| name.starts_with("spec/ir") || name.starts_with(GENERATED))
            .cloned()
            .collect()
    };
    outputs(before) == outputs(&workspace.files())
}

fn says(run: &Run, message: &str) -> bool {
    run.err.lines().any(|line| line == format!("error: {message}"))
}

#[test]
fn a_page_whose_parameters_cannot_be_read_keeps_spec_and_code() {
    let workspace = Workspace::copied();
    let before = workspace.files();
    break_rows(&workspace, "## 请求参数", listed);
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let message = format!(
        "a section of parameters or fields of {PAGE} cannot be read; {SPEC} and its code stay as they are"
    );
    assert!(says(&run, &message), "{}", run.err);
    assert!(run.err.contains("error[unreadable-section]"), "{}", run.err);
    assert!(is_unchanged(&before, &workspace));
}

#[test]
fn a_page_whose_fields_cannot_be_read_keeps_spec_and_code() {
    let workspace = Workspace::copied();
    let before = workspace.files();
    break_rows(&workspace, "## 返回数据", listed);
    assert_eq!(workspace.run(&["regen"]).code, Some(1));
    assert!(is_unchanged(&before, &workspace));
}

#[test]
fn nothing_is_generated_from_a_new_page_whose_parameters_cannot_be_read() {
    let workspace = Workspace::copied();
    let before = workspace.files();
    workspace.write(HOLD_PAGE, HOLD);
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let message = format!(
        "a section of parameters or fields of {HOLD_PAGE} cannot be read; nothing is generated for it"
    );
    assert!(says(&run, &message), "{}", run.err);
    assert!(is_unchanged(&before, &workspace));
}

#[test]
fn error_codes_that_cannot_be_read_stay_while_the_rest_is_generated() {
    let workspace = Workspace::copied();
    let before = workspace.files();
    break_rows(&workspace, "## 错误码", listed);
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let message = format!("the error codes of {PAGE} cannot be read; those of {SPEC} stay as they are");
    assert!(says(&run, &message), "{}", run.err);
    assert!(is_unchanged(&before, &workspace), "{}", run.out);

    workspace.edit(PAGE, "|TimeoutSeconds|Integer|否|", "|TimeoutSeconds|Long|否|");
    assert_eq!(workspace.run(&["regen"]).code, Some(1));
    let spec = workspace.read(SPEC);
    assert!(spec.contains("\"NotExists.UserId\"") && spec.contains("\"Long\""), "{spec}");
}

#[test]
fn a_new_operation_comes_without_the_error_codes_that_cannot_be_read() {
    let workspace = Workspace::copied();
    let page = HOLD.replace("- JobId (string, required): the call.", "None.");
    workspace
        .write(HOLD_PAGE, format!("{page}\n## Error codes\n\n404 NotExists.Job There is no such job.\n"));
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let message = format!("the error codes of {HOLD_PAGE} cannot be read; its operation comes without them");
    assert!(says(&run, &message), "{}", run.err);
    assert!(workspace.read(HOLD_SPEC).contains("\"errors\": []"));
}

#[test]
fn a_page_copied_cell_by_cell_gives_the_same_client() {
    let workspace = Workspace::copied();
    let before = workspace.files();
    let cells = |row: &str| {
        let is_dashes = row.contains("|--");
        let cells = row.split('|').map(str::trim).filter(|cell| !cell.is_empty() && !is_dashes);
        cells.map(|cell| format!("\n{cell}\n")).collect::<String>()
    };
    break_rows(&workspace, "## 请求参数", cells);
    break_rows(&workspace, "## 错误码", cells);
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(is_unchanged(&before, &workspace), "{}", run.out);
}
