//! The change report of `cargo xtask regen`.

use crate::workspace::{PAGE, Run, Workspace};

/// The page with three parameters changed: one has another type, one is removed, one has another description.
fn run(arguments: &[&str]) -> Run {
    let workspace = Workspace::copied();
    workspace.edit(
        PAGE,
        "|TimeoutSeconds|Integer|否|",
        "|RingTone|String|否|chimes|Played. |\n|TimeoutSeconds|Long|否|",
    );
    workspace.edit(PAGE, "|呼叫中心实例ID。 |\n|UserId|String|否|", "|The instance. |\n|UserId|String|否|");
    workspace.run(&[&["regen", "--check"], arguments].concat())
}

#[test]
fn every_change_says_what_it_means_and_all_ask_for_one_release() {
    let run = run(&[]);
    insta::assert_snapshot!(run.out.split("--- a/").next().unwrap());
}

#[test]
fn the_report_as_markdown_is_all_that_is_printed() {
    insta::assert_snapshot!(run(&["--report", "md"]).out);
}

#[test]
fn the_report_as_json_is_one_object() {
    let run = run(&["--report", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &report["impact"]), (Some(1), &"breaking".into()));
    assert_eq!(report["operations"][0]["changes"].as_array().unwrap().len(), 3);
}

#[test]
fn machines_are_told_what_each_change_means() {
    let run = run(&["--message-format", "json"]);
    let lines: Vec<serde_json::Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let change = lines.iter().find(|line| line["path"] == "request.RingTone").unwrap();
    assert_eq!((&change["reason"], &change["impact"]), (&"change".into(), &"addition".into()));
    assert_eq!(lines.last().unwrap()["impact"], "breaking");
}

#[test]
fn a_report_of_no_change_asks_for_no_release() {
    let run = Workspace::copied().run(&["regen", "--report", "md"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("asks for no release"), "{}", run.out);
}

/// A page whose `CallContext` contradicts that of the others. Its name sorts before theirs.
const OTHER: &str = "\
# AnswerCall

## Debugging

[Run it.](https://api.aliyun.com/#product=CCC&api=AnswerCall&type=RPC&version=2020-07-01)

## Response parameters

|Parameter|Type|Description|
|---------|----|-----------|
|Data|Struct|What it is about. |
|CallContext|Struct|The call. |
|JobId|Long|The job. |
|CallType|Long|The kind. |
|RequestId|String|The request. |

## Examples

Sample success responses

`JSON` format

```
{\"Data\": {\"CallContext\": {\"JobId\": 1, \"CallType\": 2}}, \"RequestId\": \"a\"}
```
";

#[test]
fn a_new_page_that_means_something_else_by_a_name_moves_no_type() {
    let workspace = Workspace::copied();
    workspace.write("spec/docs/ccc/2020-07-01/AnswerCall.md", OTHER);
    let run = workspace.run(&["regen", "--report", "md"]);
    insta::assert_snapshot!(run.out);
    assert_eq!(run.code, Some(0), "{}", run.err);
}
