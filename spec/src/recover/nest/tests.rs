use super::*;
use crate::model::SampleFormat;
use crate::recover::declared::Declared;
use crate::sample;
use crate::source::Span;

/// Rows from lines of `Name: Type`; `└` before a name is its marker.
fn rows(table: &str) -> Vec<Row> {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (name, kind) = line.split_once(':').unwrap();
            let bare = name.trim_start_matches('└');
            let depth = (name.len() - bare.len()) / '└'.len_utf8();
            Row {
                span: Span::default(),
                name: bare.to_owned(),
                name_span: Span::default(),
                depth: (depth > 0).then_some(depth),
                type_text: kind.trim().to_owned(),
                type_span: Span::default(),
                declared: Declared::parse(kind),
                required: false,
                sample: None,
                sample_span: Span::default(),
                description: String::new(),
                description_span: Span::default(),
                values: Vec::new(),
                sensitive: None,
            }
        })
        .collect()
}

fn shown(text: &str) -> Vec<Shown> {
    let format = if text.starts_with('<') { SampleFormat::Xml } else { SampleFormat::Json };
    sample::parse(format, text, 0).tree.into_iter().map(|tree| Shown { format, tree }).collect()
}

/// The rows' names with their parents', one row a line.
fn tree(table: &str, sample: &str) -> String {
    let rows = rows(table);
    let nesting = nest(&rows.iter().collect::<Vec<_>>(), &shown(sample));
    let path = |mut at: usize| {
        let mut names = vec![rows[at].name.as_str()];
        while let Some(parent) = nesting.places[at].parent {
            names.push(&rows[parent].name);
            at = parent;
        }
        names.reverse();
        names.join(".")
    };
    (0..rows.len()).map(path).collect::<Vec<_>>().join(" ")
}

#[test]
fn flat_table_nests_by_sample() {
    let table =
        "Code: String\nData: Struct\nCity: Struct\nId: String\nName: String\nName: String\nTotal: Long";
    let sample = r#"{"Code": "OK", "Total": 1, "Data": {"Name": "a", "City": {"Id": 1, "Name": "b"}}}"#;
    assert_eq!(tree(table, sample), "Code Data Data.City Data.City.Id Data.City.Name Data.Name Total");
}

#[test]
fn xml_alone_is_a_sample() {
    let table = "Data: Struct\nId: String\nTotal: Long";
    assert_eq!(tree(table, "<R><Data><Id>1</Id></Data><Total>1</Total></R>"), "Data Data.Id Total");
}

#[test]
fn alphabetical_restart_closes_a_structure() {
    let table = "Alpha: String\nGamma: Struct\nBravo: String\nDelta: String\nEcho: String\nOscar: String\n\
                 Zulu: String\nKilo: String\nLima: String\nRequestId: String";
    let paths = tree(table, "");
    assert!(paths.ends_with("Gamma.Oscar Gamma.Zulu Kilo Lima RequestId"), "{paths}");
}

#[test]
fn a_marker_nests_without_a_sample() {
    let table = "Items:\n└Id: String\n└Name: String\nTotal: Long";
    assert_eq!(tree(table, ""), "Items Items.Id Items.Name Total");
}

#[test]
fn a_repeated_name_opens_no_second_sibling() {
    let table = "Id: String\nOwner: Struct\nId: String\nName: String\nRequestId: String";
    assert_eq!(tree(table, ""), "Id Owner Owner.Id Owner.Name RequestId");
}

#[test]
fn a_row_without_a_type_is_the_element_of_its_list() {
    let table = "Pairs: Array of Pair\nPair:\nId: String\nRequestId: String";
    assert_eq!(tree(table, ""), "Pairs Pairs.Pair Pairs.Pair.Id RequestId");
}

#[test]
fn a_wrapper_only_the_sample_knows_is_no_obstacle() {
    let table = "Pairs: List\nId: String\nName: String\nTotal: Long";
    let sample = r#"{"Pairs": {"Pair": [{"Id": 1, "Name": 2}]}, "Total": 1}"#;
    assert_eq!(tree(table, sample), "Pairs Pairs.Id Pairs.Name Total");
}
