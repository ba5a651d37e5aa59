use super::*;
use crate::page;

/// Returns the rows of all tables in a text, with `|` between their cells and `¶` between the paragraphs of one.
fn rows_of(kind: Kind, text: &str) -> Vec<String> {
    let source = Source::new("page.md", text);
    let (page, _) = page::read(&source);
    let mut rows = Vec::new();
    for grid in grids(&page.blocks, kind, &source) {
        for row in &grid.table.rows {
            let cells = grid.table.spans(row).map(|cell| source.slice(cell).replace("\n\n", "¶"));
            rows.push(cells.collect::<Vec<_>>().join("|"));
        }
    }
    rows
}

/// Returns the rows of fields with a paragraph for each of these cells.
fn flat(cells: &[&str]) -> Vec<String> {
    rows_of(Kind::Response, &cells.join("\n\n"))
}

const HEADER: [&str; 4] = ["Element", "Type", "Description", "Example"];

fn below_header(cells: &[&str]) -> Vec<String> {
    flat(&[&HEADER, cells].concat())
}

#[test]
fn a_cell_that_is_gone_shifts_no_other() {
    let rows = below_header(&[
        "Id",
        "string",
        "The id.",
        "Name",
        "string",
        "west",
        "Size",
        "long",
        "The size.",
        "7",
    ]);
    assert_eq!(rows, ["Id|string|The id.|", "Name|string||west", "Size|long|The size.|7"]);
}

#[test]
fn an_element_row_has_no_name() {
    let rows =
        below_header(&["object", "Bells", "array<object>", "The bells.", "object", "Name", "string", "west"]);
    assert_eq!(rows, ["|object||", "Bells|array<object>|The bells.|", "|object||", "Name|string||west"]);
}

#[test]
fn the_type_of_a_first_row_without_a_name_is_no_header() {
    let rows = below_header(&["object", "Description", "string", "The bell.", "west"]);
    assert_eq!(rows, ["|object||", "Description|string|The bell.|west"]);
}

#[test]
fn an_element_row_follows_another() {
    let rows =
        below_header(&["Bells", "array<object>", "The bells.", "object", "any", "{\"a\":1}", "Id", "string"]);
    assert_eq!(rows, ["Bells|array<object>|The bells.|", "|object||", "|any||{\"a\":1}", "Id|string||"]);
}

#[test]
fn a_name_may_look_like_an_answer_to_whether_it_is_required() {
    let rows =
        below_header(&["At", "object", "The position.", "Y", "number", "The y.", "X", "number", "The x."]);
    assert_eq!(rows, ["At|object|The position.|", "Y|number|The y.|", "X|number|The x.|"]);
}

#[test]
fn a_scalar_element_follows_its_list() {
    let rows = below_header(&["Names", "array", "The names.", "string", "A name.", "west", "Id", "string"]);
    assert_eq!(rows, ["Names|array|The names.|", "|string|A name.|west", "Id|string||"]);
}

#[test]
fn a_sample_may_be_a_type_word() {
    let rows = below_header(&["Kind", "string", "The kind.", "string", "Id", "string", "The id."]);
    assert_eq!(rows, ["Kind|string|The kind.|string", "Id|string|The id.|"]);
}

#[test]
fn a_member_that_is_called_like_a_type_is_no_sample_of_its_owner() {
    let cells =
        ["Data", "object", "The data.", "List", "array<object>", "The bells.", "object", "Id", "string"];
    let rows = below_header(&cells);
    assert_eq!(
        rows,
        ["Data|object|The data.|", "List|array<object>|The bells.|", "|object||", "Id|string||"]
    );
}

#[test]
fn a_name_may_look_like_a_type() {
    let rows = below_header(&["Date", "string", "The date.", "Number", "integer", "3"]);
    assert_eq!(rows, ["Date|string|The date.|", "Number|integer||3"]);
}

#[test]
fn a_description_may_have_paragraphs() {
    let rows = below_header(&[
        "State",
        "string",
        "The state. One of:",
        "ON",
        "OFF",
        "Default: ON.",
        "ON",
        "Id",
        "string",
    ]);
    assert_eq!(rows, ["State|string|The state. One of:¶ON¶OFF¶Default: ON.|ON", "Id|string||"]);
}

#[test]
fn the_first_field_may_be_called_like_a_header() {
    let rows = flat(&["名称", "描述", "类型", "Code", "状态码", "string", "Type", "类型", "string"]);
    assert_eq!(rows, ["Code|状态码|string", "Type|类型|string"]);
}

#[test]
fn cells_may_stand_on_lines_of_one_paragraph() {
    let rows = rows_of(
        Kind::Request,
        "Name\nType\nRequired\nDescription\nId\nstring\nYes\nThe id.\nTimes\nlong\nNo\n",
    );
    assert_eq!(rows, ["Id|string|Yes|The id.", "Times|long|No|"]);
}

#[test]
fn rows_between_tabs_keep_their_empty_cells() {
    let rows =
        rows_of(Kind::Response, "Element\tType\tDescription\tExample\n\tobject\t\t\nId\tstring\t\ta1\n");
    assert_eq!(rows, ["|object||", "Id|string||a1"]);
}

#[test]
fn cells_with_lines_between_tabs_are_read_by_their_form() {
    let text = "Element\tType\tDescription\tExample\nId\tstring\t\nThe id.\n\na1\nSize\tlong\t\n7\n";
    assert_eq!(rows_of(Kind::Response, text), ["Id|string|The id.|a1", "Size|long||7"]);
}

#[test]
fn error_codes_are_found_by_their_form() {
    let cells = [
        "HTTP status code",
        "Error code",
        "Error message",
        "Description",
        "400",
        "Bell.Cracked",
        "It is cracked.",
        "404",
        "NoBell",
        "There is none.",
        "Hang one.",
        "Error.Unknown",
        "It failed.",
    ];
    let rows = rows_of(Kind::Errors, &cells.join("\n\n"));
    assert_eq!(
        rows,
        [
            "400|Bell.Cracked|It is cracked.|",
            "404|NoBell|There is none.|Hang one.",
            "|Error.Unknown|It failed.|"
        ]
    );
}

#[test]
fn where_there_are_more_error_codes_is_no_part_of_the_last() {
    let cells = ["Error code", "Error message", "Bell.Cracked", "It is cracked.", "See Error Codes for all."];
    assert_eq!(rows_of(Kind::Errors, &cells.join("\n\n")), ["Bell.Cracked|It is cracked."]);
}

#[test]
fn running_text_is_no_table() {
    assert_eq!(flat(&["The name and the type.", "Name", "Type", "Both are told below."]), [""; 0]);
    assert_eq!(below_header(&[]), [""; 0]);
}
