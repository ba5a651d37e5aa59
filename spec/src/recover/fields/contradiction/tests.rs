use super::super::recover;
use crate::diagnostic::{Diagnostic, RenderOptions, render};
use crate::model::Side;
use crate::recover::nest::table;
use crate::source::Source;

/// Returns the diagnostics about a response's table and samples.
fn found(rows: &str, samples: &[&str]) -> Vec<Diagnostic> {
    let samples: Vec<_> =
        samples.iter().filter_map(|text| Some(table::sample(text, rows.len())?.into())).collect();
    recover(Side::Response, &table::rows(rows), &samples).diagnostics
}

#[track_caller]
fn says(rows: &str, samples: &[&str], expected: &[&str]) {
    let messages: Vec<_> = found(rows, samples).into_iter().map(|diagnostic| diagnostic.message).collect();
    assert_eq!(messages, expected);
}

#[test]
fn a_number_in_quotes_is_reported() {
    says(
        "Size: Integer\n",
        &[r#"{"Size": "1"}"#],
        &["`Size` is an integer, but a sample shows it as a string"],
    );
}

#[test]
fn xml_has_no_quotes_to_report() {
    says("Size: Integer\nOpen: Boolean\n", &["<Size>1</Size><Open>true</Open>"], &[]);
}

#[test]
fn a_number_where_text_is_declared_is_reported() {
    says("Phone: String\n", &[r#"{"Phone": 13}"#], &["`Phone` is a string, but a sample shows a number"]);
}

#[test]
fn the_word_for_none_is_no_list() {
    let message = "`Params` is a list, but its sample value is `无`, the word for none";
    says("Params: Array of String = 无\n", &[r#"{"Params": "无"}"#], &[message]);
}

#[test]
fn the_word_for_none_is_no_map() {
    let message = "`Data` is a map, but its sample value is `无`, the word for none";
    says("Data: Map = 无\n", &[], &[message]);
}

#[test]
fn a_structure_has_no_value_of_its_own() {
    says("Data: Struct = N/A\nId: String\n", &[], &[]);
    says("Tags: Array of Tag = 无\nKey: String\n", &[], &[]);
}

#[test]
fn what_a_sample_shows_inside_of_text_is_reported_once() {
    let message = "`Points` is a string, but a sample shows a list";
    says("Points: String\n", &[r#"{"Points": [{"Id": 1, "Size": 2}]}"#], &[message]);
}

#[test]
fn a_list_in_a_string_is_reported() {
    let message = "`Ids` is a list, but a sample shows it as JSON inside a string";
    says("Ids: List\n", &[r#"{"Ids": "[\"a\"]"}"#], &[message]);
}

#[test]
fn a_list_where_a_structure_is_declared_is_reported() {
    let message = "`Data` is a structure, but a sample shows a list";
    says("Data: Struct\nId: String\n", &[r#"{"Data": [{"Id": "a"}]}"#], &[message]);
}

#[test]
fn of_many_elements_one_contradiction_is_reported() {
    let sample = r#"{"Data": [{"Size": "1"}, {"Size": "2"}, {"Size": "3"}]}"#;
    let message = "`Size` is an integer, but a sample shows it as a string";
    says("Data: Array of Item\nSize: Integer\n", &[sample], &[message]);
}

#[test]
fn a_field_without_a_row_is_reported() {
    says("A: String\n", &[r#"{"A": "a", "B": "b"}"#], &["a sample shows `B`, which no row documents"]);
}

#[test]
fn members_without_rows_are_reported_together() {
    let message = "a sample shows members of `A` that no row documents: `B`, `C`";
    says("A: Struct\nD: String\n", &[r#"{"A": {"B": 1, "C": 2}, "D": "d"}"#], &[message]);
}

#[test]
fn keys_of_a_map_need_no_rows() {
    says("A: Map\nB: String\n", &[r#"{"A": {"x": "1"}, "B": "b"}"#], &[]);
}

#[test]
fn rows_that_no_sample_shows_are_reported_together() {
    says("A: String\nB: String\nC: String\n", &[r#"{"A": "a"}"#], &["no sample shows these 2 fields"]);
}

#[test]
fn names_in_another_case_are_reported() {
    says("Ab: String\n", &[r#"{"ab": "a"}"#], &["the table writes `Ab`, a sample `ab`"]);
}

#[test]
fn samples_that_show_different_fields_are_reported() {
    says(
        "A: String\nB: String\n",
        &[r#"{"A": "a", "B": "b"}"#, "<A>a</A>"],
        &["the JSON sample shows `B`, the XML sample does not"],
    );
}

#[test]
fn samples_that_show_different_values_are_reported() {
    says(
        "A: String\n",
        &[r#"{"A": "a"}"#, "<A>b</A>"],
        &["the JSON and XML samples show different values of `A`"],
    );
}

#[test]
fn both_sides_are_labelled() {
    let rows = "Params: Array of String = 无\n";
    let sample = r#"{"Params": "无"}"#;
    let source = Source::new("page.md", format!("{rows}{sample}"));
    let diagnostics = found(rows, &[sample]);
    insta::assert_snapshot!(render(&diagnostics, &source, RenderOptions::default()), @r#"
    warning[sample-is-none]: `Params` is a list, but its sample value is `无`, the word for none
     --> page.md:1:27
      |
    1 | Params: Array of String = 无
      |         ---------------   ^^ this value
      |         |
      |         declared as a list
    2 | {"Params": "无"}
      |            ---- the JSON sample
      |
      = help: the declared type is taken; a sample leaves out a value that is not there
    "#);
}
