//! Tests of reviews of pages on disk.

use std::collections::BTreeSet;
use std::fs;

use tempfile::TempDir;

use super::{Review, State};
use crate::workspace::Workspace;

/// A page with a field that may belong in two places.
const BELLS: &str = "\
# ListBells

Lists *bells*.

## Debugging

[Try it](https://explorer.test/#product=Bell&api=ListBells&type=RPC&version=2021-01-02)

## Request parameters

|Parameter|Type|Required|Description|
|--|--|--|--|
|Action|String|Yes|The operation.|
|TowerId|String|Yes|The tower.|

## Response parameters

|Parameter|Type|Description|
|--|--|--|
|Tower|Struct|The tower.|
|Height|Long|Its height.|
|Weight|Float|Of what?|
|RequestId|String|The request.|

## Examples

```
{\"RequestId\": \"r\", \"Tower\": {\"Height\": 3}, \"Chime\": \"low\"}
```

## Error codes

|HTTP status code|Error code|Error message|Description|
|--|--|--|--|
|404|NotExists.Tower|No tower %s.|There is none.|
";

/// Makes the state of a workspace with these pages, by their paths below `spec/docs`.
fn state(pages: &[(&str, &[u8])]) -> State {
    let folder = TempDir::new().unwrap();
    for (name, text) in pages {
        let path = folder.path().join("spec/docs").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    State::read(&Workspace::locate(Some(folder.path().to_path_buf())).unwrap()).unwrap()
}

fn html(now: &State, base: Option<&State>) -> String {
    Review::new(now, base.map(|base| (base, "v1")), |_| true).to_html()
}

/// Returns the part between two texts.
fn part<'h>(html: &'h str, start: &str, end: &str) -> &'h str {
    let (_, rest) = html.split_once(start).unwrap();
    rest.split_once(end).unwrap().0
}

/// Returns the opening tags of a document without its script and style, each without its brackets.
fn tags(html: &str) -> Vec<&str> {
    let pieces = html.split('<').skip(1).filter(|piece| !piece.starts_with(['/', '!']));
    pieces.map(|piece| piece.split('>').next().unwrap()).collect()
}

/// Removes the texts of its own script and style from a document.
fn body(html: &str) -> String {
    html.replace(include_str!("style.css"), "").replace(include_str!("script.js"), "")
}

#[test]
fn a_field_has_its_lines_its_evidence_and_the_runner_up() {
    let html = html(&state(&[("bell/ListBells.md", BELLS.as_bytes())]), None);
    let tree = part(&html, "<section class=tree", "<div class=inspector");
    insta::assert_snapshot!(tree.replace("<li>", "\n<li>").replace("<h4>", "\n<h4>"));
}

#[test]
fn a_page_reads_as_tables_and_text_at_its_lines() {
    let html = html(&state(&[("bell/ListBells.md", BELLS.as_bytes())]), None);
    assert!(html.contains("<h4 id=\"ListBells-1\" data-l=\"1\">ListBells</h4>"));
    assert!(html.contains("<div id=\"ListBells-3\" data-l=\"3\">Lists <em>bells</em>.</div>"));
    assert!(html.contains(
        "<tr id=\"ListBells-20\" data-l=\"20\"><td class=line>20</td><td>Tower</td><td>Struct</td>\
             <td>The tower.</td></tr>"
    ));
}

/// Returns the links of a document that lead to no id of it.
fn lost_links(html: &str) -> Vec<&str> {
    let values = |name: &'static str| {
        let pieces = html.split(name).skip(1);
        pieces.filter_map(|piece| piece.split(['"', ' ', '>']).find(|value| !value.is_empty()))
    };
    let ids: BTreeSet<&str> = values(" id=").collect();
    values(" href=\"#").filter(|target| !ids.contains(target)).collect()
}

#[test]
fn a_link_to_the_second_line_of_a_paragraph_leads_to_the_paragraph() {
    let page = BELLS.replace("Lists *bells*.", "Lists *bells*.\nAnd \u{200b}towers.");
    let html = html(&state(&[("bell/ListBells.md", page.as_bytes())]), None);
    assert!(html.contains("href=\"#ListBells-3\">line 4</a>"));
    assert_eq!(lost_links(&html), [""; 0]);
}

#[test]
fn every_link_within_a_hostile_page_leads_somewhere() {
    let html = html(&state(&[("bell/ListBells.md", &hostile())]), None);
    assert_eq!(lost_links(&html), [""; 0]);
}

#[test]
fn an_error_code_with_the_mark_of_a_footnote_is_on_the_page() {
    let page = BELLS.replace("NotExists.Tower", "NotExists.Tower\\*");
    let html = html(&state(&[("bell/ListBells.md", page.as_bytes())]), None);
    let errors = part(&html, "<h4>Errors", "</ul>");
    assert!(errors.contains("<details class=field data-l=\"35\">"), "{errors}");
    assert!(errors.contains(">NotExists.Tower</span>") && !errors.contains("not on the page"), "{errors}");
}

#[test]
fn changed_lines_are_marked_and_those_that_are_gone_stand_before_them() {
    let changed = BELLS.replace("Its height.", "In metres.");
    let was = state(&[("bell/ListBells.md", BELLS.as_bytes())]);
    let now = state(&[("bell/ListBells.md", changed.as_bytes())]);
    let html = html(&now, Some(&was));
    let marked = "<del>|Height|Long|Its height.|</del></span></td></tr><tr id=\"ListBells-21\" data-l=\"21\" class=\"new\">";
    assert!(html.contains(marked));
    assert_eq!(body(&html).matches("class=\"new\"").count(), 1);
}

#[test]
fn a_page_that_did_not_change_is_left_out() {
    let was = state(&[("bell/ListBells.md", BELLS.as_bytes())]);
    let now = state(&[("bell/ListBells.md", BELLS.as_bytes())]);
    assert_eq!(Review::new(&now, Some((&was, "v1")), |_| true).len(), 0);
    assert!(html(&now, Some(&was)).contains("No page, no overlay and no spec differs."));
}

#[test]
fn findings_that_the_base_has_too_are_not_new() {
    let changed = BELLS.replace("## Debugging", "| a |\n\n## Debugging");
    let was = state(&[("bell/ListBells.md", BELLS.as_bytes())]);
    let now = state(&[("bell/ListBells.md", changed.as_bytes())]);
    let html = html(&now, Some(&was));
    let findings = part(&html, "<section class=findings>", "</section>");
    let of_code =
        |code: &str| findings.split("<li").find(|item| item.contains(code)).unwrap().contains(">new<");
    assert!(of_code("table-without-header") && !of_code("ambiguous-nesting"), "{findings}");
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let pages: &[(&str, &[u8])] = &[("bell/ListBells.md", BELLS.as_bytes()), ("bell/Guide.md", b"# Guide\n")];
    assert_eq!(html(&state(pages), None), html(&state(pages), None));
}

#[test]
fn dropped_rows_of_a_captioned_table_keep_their_order() {
    let towers = "|North|Bell|It.|\n|South|Bell|It.|\n|East|Bell|It.|\n|West|Bell|It.|\n|Tower|Struct|";
    let page = BELLS.replace("|Tower|Struct|", towers).replace(
        "\n## Examples",
        "\n**Bell**\n\n|Parameter|Type|Description|\n|--|--|--|\n|Tone|String|It.|\n|Size|Long|It.|\n\n## Examples",
    );
    let drop = |path| format!("[[drop]]\nfield = \"response.{path}.Tone\"\nreason = \"r\"\n");
    let overlay = ["North", "South", "East", "West"].map(drop).concat();
    let state = state(&[
        ("bell/ListBells.md", page.as_bytes()),
        ("../overlays/bell/ListBells.toml", overlay.as_bytes()),
    ]);
    for _ in 0..8 {
        let html = html(&state, None);
        let names = part(&html, "Rows that are no field", "</section>").split("<span class=name>").skip(1);
        let names: Vec<&str> = names.filter_map(|rest| rest.split('<').next()).collect();
        assert_eq!(names, ["Action", "East.Tone", "North.Tone", "South.Tone", "West.Tone"]);
    }
}

#[test]
fn a_page_without_an_operation_is_shown() {
    let html = html(&state(&[("bell/Guide.md", b"# Guide\n\nRead this.\n")]), None);
    assert!(html.contains("<h2>Guide.md</h2>") && html.contains("Read this."));
    assert!(html.contains("no operation can be read from spec/docs/bell/Guide.md"));
}

/// A page that tries to be more than text, in every place that has text.
fn hostile() -> Vec<u8> {
    let attack = r#"<script>alert(1)</script><img src=x onerror=alert(1)> "onfocus="alert(1)" ]]> <!-- </script></style>"#;
    let links = "[a](javascript:alert(1)) [b](data:text/html;base64,eA==) ![c](https://evil.test/x.png) \u{202e}a\u{200b}";
    let mut page =
        BELLS.replace("Lists *bells*.", &format!("{attack}\n\n{links}\n\n<svg onload=alert(1)>\n"));
    for (old, new) in [
        ("# ListBells\n", format!("# {attack}\n")),
        ("The tower.", format!("{attack} {links}")),
        ("|Height|", "|<b>Height</b>\"x|".to_owned()),
        ("\"low\"", "\"</pre><script>alert(1)</script>\"".to_owned()),
        ("NotExists.Tower", "NotExists.<i>\"'".to_owned()),
    ] {
        page = page.replace(old, &new);
    }
    page.push_str(&format!("\n{}\n\n", "> - ".repeat(3_000)));
    page.push_str(&format!(
        "|{}\n|{}\n|{}\n",
        "a|".repeat(10_000),
        "-|".repeat(10_000),
        "<b>|".repeat(10_000)
    ));
    let mut bytes = page.into_bytes();
    bytes.extend(b"\n\xff\xfe \x1b[2J\n");
    bytes
}

#[test]
fn a_hostile_page_adds_no_element_and_no_attribute() {
    let html = html(&state(&[("bell/\"><script>.md", &hostile())]), None);
    let body = body(&html);
    let ours = [
        "html",
        "meta",
        "title",
        "style",
        "script",
        "body",
        "a",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "p",
        "span",
        "strong",
        "em",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "th",
        "td",
        "nav",
        "main",
        "details",
        "summary",
        "div",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "br",
        "hr",
        "del",
    ];
    for tag in tags(&body) {
        let name = tag.split([' ', '\n']).next().unwrap();
        assert!(ours.contains(&name), "<{tag}>");
        assert!(!tag.contains(" on"), "<{tag}>");
        assert!(!tag.contains("javascript:") && !tag.contains("evil.test"), "<{tag}>");
    }
    assert_eq!(body.matches("<script").count(), 1);
    assert_eq!(body.matches("<style").count(), 1);
    assert!(!body.contains(['\u{202e}', '\u{200b}', '\u{1b}']));
}

#[test]
fn a_row_of_ten_thousand_cells_is_cut_and_says_so() {
    let html = html(&state(&[("bell/Wide.md", &hostile())]), None);
    assert!(html.contains("… and 9936 more columns"));
}
