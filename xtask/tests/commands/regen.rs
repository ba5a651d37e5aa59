//! `cargo xtask regen` as a maintainer meets it: real processes on copies of the workspace.

use std::fs;

use crate::workspace::{GENERATED, MANIFEST, PAGE, Run, SPEC, Workspace, changed_lines, xtask};

/// A page of another operation, in the same form.
pub(crate) const HOLD: &str = "\
# HoldCall

Holds a call.

## Debugging

[Run it.](https://api.aliyun.com/#product=CCC&api=HoldCall&type=RPC&version=2020-07-01)

## 请求参数

|名称|类型|是否必选|示例值|描述|
|--|--|----|---|--|
|Action|String|是|HoldCall|系统规定参数。取值：HoldCall。 |
|JobId|String|是|job-1|The call. |

## 返回数据

|名称|类型|示例值|描述|
|--|--|---|--|
|Code|String|OK|The code. |
|RequestId|String|26A34338|The request. |

## 示例

正常返回示例

`JSON`格式

```
{\"Code\": \"OK\", \"RequestId\": \"26A34338\"}
```
";

pub(crate) const HOLD_PAGE: &str = "spec/docs/ccc/2020-07-01/HoldCall.md";
pub(crate) const HOLD_SPEC: &str = "spec/ir/ccc/2020-07-01/HoldCall.json";

/// A row of the page's request table, in front of which others can be put.
const LAST_ROW: &str = "|TimeoutSeconds|Integer|否|";

fn summary(run: &Run) -> &str {
    run.err.lines().last().unwrap()
}

#[test]
fn the_repository_is_up_to_date() {
    let run: Run = xtask().args(["regen", "--check"]).output().unwrap().into();
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    assert!(summary(&run).starts_with("regen: "), "{}", run.err);
}

#[test]
fn the_current_directory_does_not_matter() {
    let elsewhere = tempfile::TempDir::new().unwrap();
    let run: Run = xtask().args(["regen", "--check"]).current_dir(elsewhere.path()).output().unwrap().into();
    assert_eq!(run.code, Some(0), "{}", run.err);
}

#[test]
fn a_second_run_changes_nothing() {
    let workspace = Workspace::copied();
    workspace.write(HOLD_PAGE, HOLD);
    assert_eq!(workspace.run(&["regen"]).code, Some(0));
    let before = workspace.files();
    let run = workspace.run(&["regen"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    assert!(before == workspace.files());
}

#[test]
fn output_does_not_depend_on_what_was_there() {
    let (copied, bare) = (Workspace::copied(), Workspace::empty());
    bare.write(PAGE, copied.read(PAGE));
    copied.copy_statements_to(&bare);
    assert_eq!(bare.run(&["regen"]).code, Some(0));
    assert!(bare.files() == copied.files());
}

#[test]
fn an_edited_description_changes_one_line_of_the_spec_and_those_of_the_docs() {
    let workspace = Workspace::copied();
    let (spec, code) = (workspace.read(SPEC), request_source(&workspace));
    workspace.edit(PAGE, "|呼叫中心实例ID。 |\n|UserId|String|否|", "|实例。 |\n|UserId|String|否|");
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);

    let spec_now = workspace.read(SPEC);
    let (gone, new) = changed_lines(&spec, &spec_now);
    // English from an overlay may follow.
    let line = |lines: &[String]| lines.join("\n").trim_end_matches(',').to_owned();
    assert_eq!(line(&gone), r#""description": "呼叫中心实例ID。""#);
    assert_eq!(line(&new), r#""description": "实例。""#);

    let code_now = request_source(&workspace);
    let (gone, new) = changed_lines(&code, &code_now);
    assert!(!gone.is_empty() && gone.iter().all(|line| line.starts_with("///")), "{gone:?}");
    assert_eq!(gone.len(), new.len());
    assert!(new.iter().all(|line| line.contains("实例。")), "{new:?}");
    assert!(run.out.contains("request.InstanceId"), "{}", run.out);
    assert!(run.out.contains("description"), "{}", run.out);
}

#[test]
fn an_edited_type_changes_one_line_of_the_spec_and_the_field_with_its_doc() {
    let workspace = Workspace::copied();
    let (spec, code) = (workspace.read(SPEC), request_source(&workspace));
    workspace.edit(PAGE, LAST_ROW, "|TimeoutSeconds|Long|否|");
    assert_eq!(workspace.run(&["regen"]).code, Some(0));

    let spec_now = workspace.read(SPEC);
    let (gone, new) = changed_lines(&spec, &spec_now);
    assert_eq!(gone, [r#""type": "Integer","#]);
    assert_eq!(new, [r#""type": "Long","#]);
    let code_now = request_source(&workspace);
    let (gone, new) = changed_lines(&code, &code_now);
    let doc = |shape: &str| format!("/// Parameter `TimeoutSeconds`: {shape}. Value 30 to 300, in seconds.");
    assert_eq!(gone, [doc("Integer"), "pub timeout_seconds: Option<i32>,".to_owned()]);
    assert_eq!(new, [doc("Long"), "pub timeout_seconds: Option<i64>,".to_owned()]);
}

#[test]
fn a_new_optional_row_becomes_a_parameter() {
    let workspace = Workspace::copied();
    workspace.edit(
        PAGE,
        LAST_ROW,
        &format!("|RingTone|String|否|chimes|Played while ringing. |\n{LAST_ROW}"),
    );
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let code = request_source(&workspace);
    assert!(code.contains("pub ring_tone: Option<String>,"), "{code}");
    assert!(code.contains("Played while ringing."), "{code}");
    assert!(run.out.contains("request.RingTone"), "{}", run.out);
}

#[test]
fn a_new_page_becomes_an_operation() {
    let workspace = Workspace::copied();
    workspace.write(HOLD_PAGE, HOLD);
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("CCC 2020-07-01 HoldCall: new operation\n"), "{}", run.out);
    assert!(run.out.contains(&format!("written  {HOLD_SPEC}\n")), "{}", run.out);
    assert!(workspace.path(GENERATED).join("operation/hold_call.rs").is_file());
}

#[test]
fn files_of_an_operation_whose_page_is_gone_are_removed() {
    let workspace = Workspace::copied();
    let before = workspace.files();
    workspace.write(HOLD_PAGE, HOLD);
    workspace.run(&["regen"]);
    fs::remove_file(workspace.path(HOLD_PAGE)).unwrap();
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("CCC 2020-07-01 HoldCall: operation removed"), "{}", run.out);
    assert!(run.out.contains(&format!("removed  {HOLD_SPEC}\n")), "{}", run.out);
    assert!(!workspace.path(GENERATED).join("operation/hold_call.rs").exists());
    assert!(before == workspace.files());
}

#[test]
fn a_damaged_page_loses_nothing_and_stops_no_other() {
    let workspace = Workspace::copied();
    let before = workspace.files();
    workspace.write(PAGE, "");
    workspace.write(HOLD_PAGE, HOLD);
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let error = format!("error: no operation can be read from {PAGE}; its spec and code stay as they are\n");
    assert!(run.err.contains(&error), "{}", run.err);
    assert!(workspace.path(HOLD_SPEC).is_file());
    let kept = |files: &[(String, Vec<u8>)]| -> Vec<_> {
        files.iter().filter(|(name, _)| name == SPEC || name.contains("/make_call.rs")).cloned().collect()
    };
    assert!(kept(&before).len() > 1);
    assert!(kept(&before) == kept(&workspace.files()));
}

#[test]
fn a_binary_page_is_an_error_and_no_crash() {
    let workspace = Workspace::copied();
    workspace.write("spec/docs/ccc/2020-07-01/Picture.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe");
    let run = workspace.run(&["regen", "--check"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.contains("no operation can be read from spec/docs/ccc/2020-07-01/Picture.md"),
        "{}",
        run.err
    );
}

#[test]
fn a_page_of_another_style_is_named_and_stops_no_other() {
    let workspace = Workspace::copied();
    workspace.write(HOLD_PAGE, HOLD.replace("type=RPC", "type=ROA"));
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(1));
    let error = format!("error: CCC 2020-07-01 HoldCall ({HOLD_SPEC}) is a ROA operation; ");
    assert!(run.err.contains(&error), "{}", run.err);
    assert!(workspace.path(HOLD_SPEC).is_file());
    assert!(!workspace.path(GENERATED).join("hold_call").exists());
}

#[test]
fn two_pages_of_one_operation_are_an_error_that_names_both() {
    let workspace = Workspace::copied();
    let before = workspace.files();
    let copy = "spec/docs/ccc/2020-07-01/MakeCallCopy.md";
    workspace.write(copy, workspace.read(PAGE));
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(1));
    let error = format!("error: CCC 2020-07-01 MakeCall is documented by two pages, {PAGE} and {copy}");
    assert!(run.err.contains(&error), "{}", run.err);
    fs::remove_file(workspace.path(copy)).unwrap();
    assert!(before == workspace.files());
}

#[test]
fn a_spec_edited_by_hand_is_named_and_replaced() {
    let workspace = Workspace::copied();
    let before = workspace.files();
    workspace.edit(SPEC, r#""action": "MakeCall","#, r#""action": MakeCall,"#);
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains(&format!("warning: {SPEC} is no spec (")), "{}", run.err);
    assert!(before == workspace.files());
}

#[test]
fn a_damaged_page_with_a_damaged_spec_leaves_everything_untouched() {
    let workspace = Workspace::copied();
    workspace.write(PAGE, "");
    workspace.write(SPEC, "{");
    workspace.write(HOLD_PAGE, HOLD);
    let before = workspace.files();
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("nothing is written until one of them is mended"), "{}", run.err);
    assert!(before == workspace.files());
}

#[test]
fn check_shows_stale_files_and_the_command_that_mends_them() {
    let workspace = Workspace::copied();
    workspace.edit(PAGE, LAST_ROW, "|TimeoutSeconds|Long|否|");
    let before = workspace.files();
    let run = workspace.run(&["regen", "--check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains(&format!("--- a/{SPEC}\n+++ b/{SPEC}\n")), "{}", run.out);
    assert!(run.out.contains("+    pub timeout_seconds: Option<i64>,\n"), "{}", run.out);
    assert!(run.err.contains("stale; run `cargo xtask regen`\n"), "{}", run.err);
    assert!(before == workspace.files(), "--check writes nothing");
}

#[test]
fn check_finds_generated_code_edited_by_hand() {
    let workspace = Workspace::copied();
    let request = format!("{GENERATED}/operation/make_call.rs");
    workspace.edit(&request, "pub timeout_seconds: Option<i32>,", "pub timeout_seconds: Option<u8>,");
    let run = workspace.run(&["regen", "--check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("-    pub timeout_seconds: Option<u8>,\n"), "{}", run.out);
}

#[test]
fn check_finds_files_that_should_not_be_there() {
    let workspace = Workspace::copied();
    workspace.write(&format!("{GENERATED}/old_call/mod.rs"), "// @generated long ago\n");
    let run = workspace.run(&["regen", "--check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains(&format!("--- a/{GENERATED}/old_call/mod.rs\n+++ /dev/null\n")), "{}", run.out);
}

#[test]
fn machines_get_one_json_object_per_line() {
    let workspace = Workspace::copied();
    workspace.edit(PAGE, LAST_ROW, "|TimeoutSeconds|Long|否|");
    let run = workspace.run(&["regen", "--message-format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let lines: Vec<serde_json::Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |reason: &'static str| lines.iter().filter(move |line| line["reason"] == reason);
    assert!(of("diagnostic").all(|line| {
        let place = &line["diagnostic"];
        (place["file"] == PAGE || place["file"] == MANIFEST) && place["line"].is_u64()
    }));
    assert!(of("diagnostic").next().is_some());
    assert!(of("change").any(|line| line["message"].as_str().unwrap().contains("request.TimeoutSeconds")));
    assert!(of("file").any(|line| line["file"] == SPEC && line["fate"] == "written"));
    assert_eq!(lines.last().unwrap()["operations"], 1);
}

#[test]
fn a_file_written_by_hand_into_the_generated_source_is_not_lost() {
    let workspace = Workspace::copied();
    let helper = format!("{GENERATED}/helper.rs");
    workspace.write(&helper, "//! Mine.\n");
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.starts_with(&format!("error: {helper}: was written by hand")), "{}", run.err);
    assert_eq!(workspace.read(&helper), "//! Mine.\n");
}

#[cfg(unix)]
#[test]
fn a_link_in_an_output_folder_is_not_followed() {
    let workspace = Workspace::copied();
    let outside = workspace.path("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("theirs.rs"), "theirs").unwrap();
    std::os::unix::fs::symlink(&outside, workspace.path(GENERATED).join("linked")).unwrap();
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(3), "{}", run.err);
    assert!(run.err.contains("is a symbolic link"), "{}", run.err);
    assert_eq!(fs::read_to_string(outside.join("theirs.rs")).unwrap(), "theirs");
}

fn request_source(workspace: &Workspace) -> String {
    workspace.read(&format!("{GENERATED}/operation/make_call.rs"))
}
