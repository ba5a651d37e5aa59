use super::super::fields::{Fields, recover};
use super::super::nest::table;
use super::*;
use crate::model::Side;

/// Returns the paths of a response with these rows; a row without a name is written `: object`.
fn paths(rows: &str, sample: &str) -> String {
    let (fields, _) = read(rows, sample);
    fields.placed.rows.iter().map(|placement| fields.placed.path(placement)).collect::<Vec<_>>().join(" ")
}

fn read(rows: &str, sample: &str) -> (Fields, Vec<Diagnostic>) {
    let samples: Vec<_> = table::sample(sample, rows.len()).map(Into::into).into_iter().collect();
    let mut rows = table::rows(rows);
    let mut diagnostics = Vec::new();
    fold_unnamed(&mut rows, &mut diagnostics);
    (recover(Side::Response, &rows, &samples), diagnostics)
}

#[test]
fn a_row_without_a_name_is_what_the_list_before_it_holds() {
    assert_eq!(paths(": object\nBells: array<object>\n: object\nId: string\n", ""), "Bells[] Bells[].Id");
    assert_eq!(paths("Names: array\n: string\nId: string\n", ""), "Names[] Id");
}

#[test]
fn a_row_without_a_name_makes_a_structure_a_map() {
    assert_eq!(
        paths(
            "Days: object\n: object\nRings: integer\nTotal: integer\n",
            r#"{"Days":{"key":{"Rings":1}},"Total":2}"#
        ),
        "Days{} Days{}.Rings Total"
    );
    assert_eq!(
        paths("Labels: object\n: string\nTotal: integer\n", r#"{"Labels":{"key":"v"},"Total":2}"#),
        "Labels{} Total"
    );
}

#[test]
fn each_level_of_lists_in_lists_has_a_row() {
    assert_eq!(
        paths("Rows: array<array<object>>\n: array<object>\n: object\nId: string\n", ""),
        "Rows[][] Rows[][].Id"
    );
}

#[test]
fn a_row_without_a_name_that_follows_no_container_is_reported() {
    let (fields, diagnostics) = read("Id: string\n: object\nName: string\n", "");
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(fields.fields.len(), 2);
}

#[test]
fn a_row_with_a_name_is_an_element_where_samples_show_its_members_in_the_list() {
    let rows = "Bells: array<object>\nTower: object\nId: string\nTotal: integer\n";
    assert_eq!(paths(rows, r#"{"Bells":[{"Id":"a"}],"Total":1}"#), "Bells[] Bells[].Id Total");
    assert_eq!(
        paths(rows, r#"{"Bells":[{"Tower":{"Id":"a"}}],"Total":1}"#),
        "Bells[] Bells[].Tower Bells[].Tower.Id Total"
    );
}

#[test]
fn without_samples_the_layout_tells_elements_from_members() {
    assert_eq!(paths("Bells: array<object>\nTower: object\nId: string\n", ""), "Bells[] Bells[].Id");
    let rows = "Bells: array<object>\nTower: object\nId: string\nAll: array<object>\nName: string\n";
    assert!(paths(rows, "").split(' ').any(|path| path.ends_with("Tower")), "a field of its own");
}

#[test]
fn a_scalar_is_an_element_where_it_is_called_like_one_or_another_list_has_one() {
    assert_eq!(paths("Notes: array\nNote: string\nTotal: integer\n", ""), "Notes[] Total");
    assert_eq!(paths("Notes: array\nTitle: string\n", ""), "Notes[] Title");
    assert_eq!(paths("Notes: array\nNote: string\nMarks: array\nItem: string\n", ""), "Notes[] Marks[]");
}
