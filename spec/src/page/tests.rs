use super::*;

fn outline(text: &str) -> String {
    let source = Source::new("page.md", text);
    let (page, diagnostics) = read(&source);
    let mut out = String::new();
    for block in &page.blocks {
        let line = match &block.kind {
            BlockKind::Blank => continue,
            BlockKind::Heading { level, text } => format!("heading {level} {text:?}"),
            BlockKind::Paragraph => format!("paragraph {:?}", source.plain_text(block.span)),
            BlockKind::List => format!("list {:?}", source.plain_text(block.span)),
            BlockKind::Code { info, content } => format!("code {info:?} {:?}", source.slice(*content)),
            BlockKind::Table(table) => {
                let rows = std::iter::once(&table.header).chain(&table.rows);
                let rows: Vec<String> = rows
                    .map(|row| {
                        let cells =
                            table.cells(row).iter().map(|cell| format!("{:?}", source.slice(cell.span)));
                        format!("\n  {}", cells.collect::<Vec<_>>().join(" "))
                    })
                    .collect();
                format!("table{}", rows.concat())
            }
        };
        out.push_str(&line);
        out.push('\n');
    }
    for diagnostic in &diagnostics {
        let at = source.position(diagnostic.span.start);
        out.push_str(&format!("{}:{} {}\n", at.line, at.column, diagnostic.code));
    }
    out
}

#[test]
fn a_cell_may_hold_empty_lines_and_a_list() {
    insta::assert_snapshot!(outline("|N|D|\n|--|--|\n|a|one of:\n\n -   X\n-   Y |\n|b|c |\n"), @r#"
    table
      "N" "D"
      "a" "one of:\n\n -   X\n-   Y"
      "b" "c"
    "#);
}

#[test]
fn a_row_may_have_a_line_per_cell() {
    insta::assert_snapshot!(outline("|N\n\n|D\n\n|\n|--|--|\n|a\n\n|b\n\n|\n|c\n\n| |\n"), @r#"
    table
      "N" "D"
      "a" "b"
      "c" ""
    "#);
}

#[test]
fn a_torn_row_does_not_swallow_the_next() {
    insta::assert_snapshot!(outline("|N|T|D|\n|-|-|-|\n|a|b|\n|c|d|\n|e|f|g|\n"), @r#"
    table
      "N" "T" "D"
      "a" "b"
      "c" "d"
      "e" "f" "g"
    3:1 torn-row
    4:1 torn-row
    "#);
}

#[test]
fn a_row_without_its_last_pipe_keeps_its_cells() {
    insta::assert_snapshot!(outline("|N|T|D|\n|-|-|-|\n|a|b|c\n|e|f|g|\n"), @r#"
    table
      "N" "T" "D"
      "a" "b" "c"
      "e" "f" "g"
    3:1 torn-row
    "#);
}

#[test]
fn a_missing_cell_of_a_row_with_a_line_per_cell_tears_that_row_only() {
    insta::assert_snapshot!(outline("|N|T|D|\n|-|-|-|\n|a\n\n|b\n\n|\n|d\n\n|e\n\n|f\n\n|\n"), @r#"
    table
      "N" "T" "D"
      "a" "b"
      "d" "e" "f"
    3:1 torn-row
    "#);
}

#[test]
fn a_torn_last_row_ends_at_the_next_heading() {
    insta::assert_snapshot!(outline("|N|T|\n|-|-|\n|a\n\n## Next\n\ntext\n"), @r#"
    table
      "N" "T"
      "a"
    heading 2 "Next"
    paragraph "text"
    3:1 torn-row
    "#);
}

#[test]
fn pipes_beyond_the_columns_belong_to_the_last_cell() {
    insta::assert_snapshot!(outline("|N|D|\n|-|-|\n|a|on | off|\n|b|x\\|y|\n"), @r#"
    table
      "N" "D"
      "a" "on | off"
      "b" "x\\|y"
    3:7 extra-pipe
    "#);
}

#[test]
fn empty_cells_beyond_the_columns_are_nothing() {
    insta::assert_snapshot!(outline("|N|D|\n|-|-|\n|a|b | |\n"), @r#"
    table
      "N" "D"
      "a" "b"
    "#);
}

#[test]
fn a_fence_in_a_cell_hides_its_pipes() {
    insta::assert_snapshot!(outline("|N|D|\n|-|-|\n|a|like:\n\n```\n|x|\n``` |\n|b|c|\n"), @r#"
    table
      "N" "D"
      "a" "like:\n\n```\n|x|\n```"
      "b" "c"
    "#);
}

#[test]
fn lines_of_pipes_without_dashes_are_a_table_if_they_have_as_many_cells() {
    insta::assert_snapshot!(outline("|a|b|\n|c|d|\n\nend\n"), @r#"
    table
      "a" "b"
      "c" "d"
    paragraph "end"
    1:1 table-without-header
    "#);
    insta::assert_snapshot!(outline("|a|b|\n|c\n\nend\n"), @r#"
    paragraph "|a|b|\n|c"
    paragraph "end"
    1:1 table-without-header
    "#);
}

#[test]
fn a_header_unlike_its_dashes_is_named() {
    insta::assert_snapshot!(outline("|a|b|c|\n|-|-|\n|1|2|3|\n"), @r#"
    table
      "a" "b" "c"
      "1" "2" "3"
    2:1 column-count
    "#);
}

#[test]
fn an_unclosed_fence_ends_at_the_next_heading() {
    insta::assert_snapshot!(outline("```\n{\n\n## Errors\n\nx\n"), @r#"
    code "" "{\n"
    heading 2 "Errors"
    paragraph "x"
    1:1 unclosed-fence
    "#);
}

#[test]
fn heading_attributes_are_removed() {
    insta::assert_snapshot!(outline("# A `b` {#id .section}\n## C {#x}##\n"), @r#"
    heading 1 "A b"
    heading 2 "C"
    "#);
}

#[test]
fn a_fence_may_carry_attributes() {
    insta::assert_snapshot!(outline("``` {#json_demo}\n{}\n```\n"), @r#"code "{#json_demo}" "{}""#);
}

#[test]
fn indented_code_is_code_unless_a_list_goes_on() {
    insta::assert_snapshot!(outline("a\n\n    code\n\n- item\n\n    goes on\n"), @r#"
    paragraph "a"
    code "" "    code"
    list "- item"
    list "goes on"
    "#);
}

#[test]
fn carriage_returns_are_line_endings() {
    insta::assert_snapshot!(outline("# A\r\n\r\n|N|D|\r\n|-|-|\r\n|a|b|\r\n\r\n```\r\nx\r\n```\r\n"), @r#"
    heading 1 "A"
    table
      "N" "D"
      "a" "b"
    code "" "x"
    "#);
}

#[test]
fn a_byte_order_mark_hides_nothing() {
    insta::assert_snapshot!(outline("\u{feff}|N|D|\n|-|-|\n|a|b|\n"), @r#"
    table
      "N" "D"
      "a" "b"
    "#);
}

#[test]
fn a_line_of_dashes_makes_the_line_above_a_heading() {
    insta::assert_snapshot!(outline("A {#a}\n===\n\ntext\n\nB\n---\n\ntwo\nlines\n---\n"), @r#"
    heading 1 "A"
    paragraph "text"
    heading 2 "B"
    paragraph "two\nlines"
    "#);
}
