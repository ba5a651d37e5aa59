use crate::Recovery;
use crate::diagnostic::Code;
use crate::recover::recover;

/// The section where the operation is tried out.
const DEBUG: &str = "## Debugging\n\n[Run it](https://api.e.test/api/Bell/2021-01-02/GetTone)";
const FIELDS: &str = "## Request parameters\n\n|Name|Type|\n|--|--|\n|Id|String|\n\n\
                      ## Response elements\n\n|Name|Type|\n|--|--|\n|RequestId|String|";
/// A link of a description to another operation.
const OTHER: &str = "Call [ListTones](https://api.e.test/document/Bell/2021-01-02/ListTones) first.";
const ERRORS: &str =
    "## Error codes\n\nSee [Error Codes](https://api.e.test/document/Bell/2021-01-02/errorCode).";

fn read(parts: &[&str]) -> Recovery {
    recover("page.md", parts.join("\n\n").as_bytes())
}

/// Product, version and action of a page of these parts.
fn identity(parts: &[&str]) -> String {
    let operation = read(parts).operation;
    operation
        .map_or("none".to_owned(), |found| format!("{} {} {}", found.product, found.version, found.action))
}

fn messages(parts: &[&str], code: Code) -> Vec<String> {
    let told = read(parts).diagnostics.into_iter().filter(|told| told.code == code);
    told.map(|told| told.message.into_owned()).collect()
}

#[test]
fn the_link_of_the_debugging_section_says_all() {
    for link in [
        "[Run it](https://api.e.test/api/Bell/2021-01-02/GetTone)",
        "[Run it](https://api.e.test/document/Bell/2021-01-02/GetTone)",
        "[Run it](/document/Bell/2021-01-02/GetTone)",
        "<a href=\"https://next.api.e.test/api/Bell/2021-01-02/GetTone?params={}\">Run it</a>",
        "https://api.e.test/#product=Bell&api=GetTone&type=RPC&version=2021-01-02",
        "[![](https://img.e.test/x.png) Run it](https://api.e.test/api/Bell/2021-01-02/GetTone)",
    ] {
        let parts = ["# Get a tone", "## Debugging", link, FIELDS];
        assert_eq!(identity(&parts), "Bell 2021-01-02 GetTone", "{link}");
        assert_eq!(messages(&parts, Code::AssumedIdentity), [""; 0], "{link}");
    }
}

#[test]
fn a_link_to_another_operation_does_not_win() {
    for parts in [
        ["# GetTone", OTHER, DEBUG, FIELDS],
        ["# Get a tone", OTHER, DEBUG, FIELDS],
        ["# GetTone - Get a tone", OTHER, FIELDS, ERRORS],
        ["# GetTone", FIELDS, ERRORS, "See [it](https://api.e.test/api/Bugle/2019-01-01/ListTones)."],
    ] {
        assert_eq!(identity(&parts), "Bell 2021-01-02 GetTone", "{parts:?}");
        assert_eq!(messages(&parts, Code::ActionMismatch), [""; 0], "{parts:?}");
    }
}

#[test]
fn a_debugging_section_may_link_to_others_too() {
    let section = format!("## Debugging\n\n{OTHER} [Run it](https://api.e.test/api/Bell/2021-01-02/GetTone)");
    assert_eq!(identity(&["# GetTone", &section, FIELDS]), "Bell 2021-01-02 GetTone");
}

#[test]
fn a_definition_stands_where_it_is_referred_to() {
    let parts = [
        "# Get a tone",
        OTHER,
        "## Debugging\n\n[Run it][Run]",
        FIELDS,
        "[list]: https://api.e.test/api/Bell/2021-01-02/ListTones\n[run]: https://api.e.test/api/Bell/2021-01-02/GetTone",
    ];
    assert_eq!(identity(&parts), "Bell 2021-01-02 GetTone");
}

#[test]
fn a_table_may_hold_the_operations_own_link() {
    let row = "## Related\n\n|API|\n|--|\n|[GetTone](https://api.e.test/api/Bell/2021-01-02/GetTone)|\n\
               |[ListTones](https://api.e.test/api/Bugle/2019-01-01/ListTones)|";
    assert_eq!(identity(&["# GetTone", FIELDS, row]), "Bell 2021-01-02 GetTone");
    assert_eq!(identity(&["# Tones", FIELDS, row]), "none");
}

#[test]
fn what_is_taken_from_elsewhere_is_said() {
    let parts = ["# GetTone", FIELDS, ERRORS];
    assert_eq!(
        messages(&parts, Code::AssumedIdentity),
        [
            "no link says which operation the page documents, so these were taken: `GetTone` from the title, `Bell` from the link to \
          the errors, `2021-01-02` from the link to the errors"
        ]
    );
}

#[test]
fn links_to_others_say_the_product_where_nothing_else_does() {
    let parts = ["# GetTone", OTHER, FIELDS];
    assert_eq!(identity(&parts), "Bell 2021-01-02 GetTone");
    let [message] = &messages(&parts, Code::AssumedProduct)[..] else { panic!("one message") };
    assert!(message.contains("the links to other pages all belong to `Bell`"), "{message}");
    let disagreeing = "And [this](https://api.e.test/api/Bugle/2019-01-01/ListTones).";
    assert_eq!(identity(&["# GetTone", OTHER, disagreeing, FIELDS]), "none");
}

#[test]
fn the_only_operation_that_is_linked_to_is_the_pages_where_it_names_none() {
    let link = "[试用](https://api.e.test/api/Bell/2021-01-02/GetTone)";
    assert_eq!(identity(&["# 获取音调", link, FIELDS]), "Bell 2021-01-02 GetTone");
    assert_eq!(identity(&["# 获取音调", link, OTHER, FIELDS]), "none");
}

#[test]
fn a_sample_request_says_what_links_do_not() {
    for request in [
        "https://bell.e.test/?Action=GetTone\n&Version=2021-01-02\n&Id=1",
        "POST /?Action=GetTone&Version=2021-01-02&Id=1 HTTP/1.1\nHost: bell.cn.e.test",
        "POST / HTTP/1.1\nhost: bell.e.test\nx-acs-action: GetTone\nx-acs-version: 2021-01-02\n\nId=1",
    ] {
        let sample = format!("## Examples\n\nSample request\n\n```\n{request}\n```");
        assert_eq!(identity(&["# 获取音调", FIELDS, &sample]), "bell 2021-01-02 GetTone", "{request}");
        assert_eq!(identity(&["# 获取音调", OTHER, FIELDS, &sample]), "Bell 2021-01-02 GetTone", "{request}");
    }
}

#[test]
fn pages_of_no_operation_are_known_as_such() {
    let list = "|API|Description|\n|--|--|\n|[GetTone](https://api.e.test/document/Bell/2021-01-02/GetTone)|Gets.|\n\
                |[ListTones](https://api.e.test/document/Bell/2021-01-02/ListTones)|Lists.|";
    let sample = "## Examples\n\n```\nhttps://bell.e.test/?Action=GetTone\n```";
    for parts in [
        &["# Overview", OTHER][..],
        &["# List of operations by function", list],
        &["# Error codes", "|Code|Message|\n|--|--|\n|Bad|Bad.|", ERRORS],
        &["# Tone", "## Response elements\n\n|Name|Type|\n|--|--|\n|Id|String|", ERRORS],
        &["# Common parameters", &FIELDS.replace("## ", "## Common "), sample],
    ] {
        assert_eq!(identity(parts), "none", "{parts:?}");
        assert_eq!(messages(parts, Code::NoOperation).len(), 1, "{parts:?}");
    }
}

#[test]
fn a_title_that_says_another_operation_is_named() {
    let parts = ["# RingTone", DEBUG, FIELDS];
    assert_eq!(identity(&parts), "Bell 2021-01-02 GetTone");
    assert_eq!(
        messages(&parts, Code::ActionMismatch),
        ["the title says `RingTone` where the page documents `GetTone`"]
    );
}

#[test]
fn a_link_without_a_version_leaves_it_to_the_link_to_the_errors() {
    let link = "## Debugging\n\n[Run it](https://api.e.test/#product=Bell&api=GetTone)";
    let parts = ["# GetTone", link, FIELDS, ERRORS];
    assert_eq!(identity(&parts), "Bell 2021-01-02 GetTone");
    assert_eq!(messages(&parts, Code::AssumedIdentity).len(), 1);
}
