//! Pages nobody would write: each is read whole, in time and memory linear in its length. A limit here is many times
//! what it takes; one that is quadratic takes many times the limit.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use ccc_spec::{Recovery, recover};

/// For a page of some megabytes, without optimisation, on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

fn page(request: &str, response: &str, sample: &str) -> String {
    format!(
        "# Ring\n\n## Debugging\n\n[Try](https://e.test/#product=Bell&api=Ring&type=RPC&version=2021-01-02)\n\n\
         ## Request parameters\n\n|Parameter|Type|Required|Description|\n|--|--|--|--|\n{request}\n\
         ## Response parameters\n\n|Parameter|Type|Description|\n|--|--|--|\n{response}\n\
         ## Examples\n\nSample success response\n\n`JSON` format\n\n```\n{sample}\n```\n"
    )
}

/// Reads a page with these rows of the answer and this sample.
fn answer(rows: &str, sample: &str) -> Recovery {
    let page = page("|Id|String|Yes|It.|\n", rows, sample);
    let start = Instant::now();
    let recovery = recover("hostile.md", page.as_bytes());
    assert!(start.elapsed() < LIMIT, "took {:?} for {} bytes", start.elapsed(), page.len());
    recovery
}

/// `count` lines.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut out, at| {
        let _ = writeln!(out, "{}", line(at));
        out
    })
}

#[test]
fn a_row_of_a_million_cells() {
    let recovery = answer(&format!("|Name{}\n|Last|String|.|\n", "|x".repeat(1_000_000)), "{}");
    assert_eq!(recovery.placements.response.rows.len(), 2);
}

#[test]
fn ten_thousand_nested_markers() {
    let rows = format!("|Top|Struct|.|\n|{}Deep|String|.|\n", "└".repeat(10_000));
    assert_eq!(answer(&rows, "{}").placements.response.rows.len(), 2);
    let stairs = lines(2_000, |at| format!("|{}Step{at}|Struct|.|", "└".repeat(at / 10)));
    assert_eq!(answer(&stairs, "{}").placements.response.rows.len(), 2_000);
}

#[test]
fn a_sample_of_ten_megabytes() {
    let element = r#"{"Id": "a", "Tags": [{"Key": "k", "Value": "v"}], "Size": 1.5},"#;
    let sample = format!("{{\"Items\": [{}]}}", element.repeat((10 << 20) / element.len()));
    let recovery = answer("|Items|Array of Item|.|\n|Id|String|.|\n", &sample);
    let placed = &recovery.placements.response;
    let paths: Vec<_> = placed.rows.iter().map(|row| placed.path(row)).collect();
    assert_eq!(paths, ["Items[]", "Items[].Id"]);
}

#[test]
fn a_sample_that_only_opens() {
    answer("|Items|List|.|\n", &"{\"a\": [".repeat(300_000));
    answer("|Items|List|.|\n", &"\"{\"a\":".repeat(100_000));
    answer("|Items|List|.|\n", &"<a>".repeat(300_000));
}

#[test]
fn a_sample_of_names_that_differ() {
    let members = lines(100_000, |at| format!("\"Name{at}\": {{\"name{at}\": {at}}},"));
    answer("|Items|List|.|\n", &format!("{{{members}\"Items\": []}}"));
}

#[test]
fn twenty_thousand_structures() {
    let rows = lines(20_000, |at| format!("|Part{at}|Struct|.|"));
    assert_eq!(answer(&rows, "{}").placements.response.rows.len(), 20_000);
}

#[test]
fn ambiguity_without_end() {
    let rows = lines(5_000, |at| format!("|Name{}|{}|.|", at % 7, ["List", "", "Struct", "String"][at % 4]));
    let sample = lines(5_000, |at| format!("\"Name{}\": {{\"Name{}\": [", at % 7, at % 5));
    assert_eq!(answer(&rows, &format!("{{{sample}")).placements.response.rows.len(), 5_000);
}

#[test]
fn a_description_of_megabytes() {
    let words = "取值：A（b）、or C; Valid values: 1 to 2, default value: ".repeat(30_000);
    answer(&format!("|Name|String|{words}|\n"), "{}");
}

/// Reads a page with that text in its section of response fields.
fn response(text: &str) -> Recovery {
    answer(&format!("|Id|String|.|\n\n## Response elements\n\n{text}\n"), "{}")
}

#[test]
fn tables_that_only_open() {
    let recovery = response(&lines(100_000, |_| "<table>\n".to_owned()));
    assert!(recovery.operation.is_some());
}

#[test]
fn a_table_of_html_whose_cells_are_nested() {
    let cell = format!("{}x{}", "<b>".repeat(100_000), "</b>".repeat(100_000));
    let recovery = response(&format!(
        "<table><tr><th>Name</th><th>Type</th></tr><tr><td>{cell}</td><td>string</td></tr></table>"
    ));
    assert!(recovery.operation.is_some());
}

#[test]
fn a_paragraph_per_cell_of_a_long_table() {
    let rows = lines(10_000, |at| format!("\nName{at}\n\nstring\n\nThe name.\n"));
    let recovery = response(&format!("Element\n\nType\n\nDescription\n{rows}"));
    assert_eq!(recovery.placements.response.rows.len(), 10_001);
}

#[test]
fn headers_without_rows() {
    let recovery = response(&lines(50_000, |_| "Element\n\nType\n\nDescription\n".to_owned()));
    assert!(recovery.operation.is_some());
}
