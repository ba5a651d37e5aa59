use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::diagnostic::Code;
use crate::{Recovery, paths, recover};

/// Returns a page whose response has these rows, then tables with a text above each.
fn page(rows: &str, tables: &[(&str, &str)]) -> Recovery {
    const HEADER: &str = "|Parameter|Type|Description|\n|--|--|--|\n";
    let lines = |rows: &str| -> String {
        rows.split_whitespace().map(|row| format!("|{}|It.|\n", row.replacen(':', "|", 1))).collect()
    };
    let mut page = format!(
        "# Ring\n\n## Debugging\n\n[Try](https://e.test/#product=Bell&api=Ring&type=RPC&version=2021-01-02)\n\n\
         ## Response parameters\n\n{HEADER}{}\n",
        lines(rows)
    );
    for (text, rows) in tables {
        page += &format!("{text}\n\n{HEADER}{}\n", lines(rows));
    }
    recover("Ring.md", page.as_bytes())
}

fn placed(recovery: &Recovery) -> String {
    paths::rows(recovery).iter().map(|row| row.path).collect::<Vec<_>>().join(" ")
}

fn has_unknown(recovery: &Recovery) -> bool {
    recovery.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::UnknownType)
}

#[test]
fn a_caption_names_a_type_in_many_ways() {
    for caption in [
        "**Fields in BellDo**",
        "**BellDo**",
        "### BellDo",
        "Data type BellDo",
        "BellDo 参数说明",
        "BellDo参数说明",
        "表 BellDo",
        "Structure of BellDo",
        "BellDo 结构",
        "**BellDo structure**",
        "The following table describes the type BellDo.",
    ] {
        let page = page("Last:BellDo Total:Long", &[(caption, "Id:String")]);
        assert_eq!(placed(&page), "Last Total Last.Id", "{caption}");
        assert!(!has_unknown(&page), "{caption}");
    }
}

#[test]
fn a_caption_names_a_field() {
    for caption in ["#### All bells (field Bells)", "**字段 Bells**", "Bells 字段说明", "Fields of Bells"]
    {
        let page = page("Total:long Bells:list Towers:list", &[(caption, "Id:string")]);
        assert_eq!(placed(&page), "Total Bells[] Towers[] Bells[].Id", "{caption}");
    }
}

#[test]
fn a_type_is_referred_to_alone_and_in_lists_and_maps() {
    for (word, path) in [
        ("BellDo", "Bells"),
        ("BellDo[]", "Bells[]"),
        ("List(BellDo)", "Bells[]"),
        ("List\\(BellDo\\)", "Bells[]"),
        ("List<BellDo>", "Bells[]"),
        ("Map<String,BellDo>", "Bells{}"),
    ] {
        let page = page(&format!("Bells:{word} Total:Long"), &[("**BellDo**", "Id:String")]);
        assert_eq!(placed(&page), format!("{path} Total {path}.Id"), "{word}");
    }
}

#[test]
fn every_field_of_a_type_gets_its_members() {
    let page = page("First:BellDo Last:BellDo", &[("**BellDo**", "Id:String")]);
    assert_eq!(placed(&page), "First Last First.Id Last.Id");
}

#[test]
fn a_type_in_itself_ends() {
    let tables = [("**BellDo**", "Id:String Tower:TowerDo"), ("**TowerDo**", "Bell:BellDo")];
    assert_eq!(placed(&page("Last:BellDo", &tables)), "Last Last.Id Last.Tower Last.Tower.Bell");
}

#[test]
fn a_caption_of_a_type_that_only_its_own_rows_have_is_none() {
    let page = page("Total:Long", &[("**BellDo**", "Id:String Inner:BellDo")]);
    assert_eq!(placed(&page), "Total Id Inner");
}

#[test]
fn a_table_without_a_caption_goes_on_as_the_one_before() {
    let tables = [("**BellDo**", "Id:String"), ("There is more.", "RequestId:String")];
    assert_eq!(placed(&page("Last:BellDo Total:Long", &tables)), "Last Total Last.Id RequestId");
}

#[test]
fn what_is_inside_a_text_is_told_in_its_description() {
    let page =
        page("Notes:String Total:Long", &[("#### What was noted (field Notes)", "Author:String Day:Long")]);
    assert_eq!(placed(&page), "Notes Total");
    let response = page.operation.map(|operation| operation.response).unwrap_or_default();
    assert_eq!(response[0].description, "It.\n\n- Author (String): It.\n- Day (Long): It.");
}

#[test]
fn a_word_that_no_caption_describes_is_still_an_unknown_type() {
    let page = page("Last:BellDo Other:Flibber", &[("**BellDo**", "Id:String")]);
    assert!(has_unknown(&page));
}

#[test]
fn chains_longer_than_are_followed_lose_no_row() {
    const LONG: usize = 40;
    let rows: Vec<String> = (1..=LONG).map(|at| format!("Id{at}:String Next{at}:Type{at}Do")).collect();
    let captions: Vec<String> = (0..LONG).map(|at| format!("**Type{at}Do**")).collect();
    let captions = captions.iter().map(String::as_str);
    let tables: Vec<(&str, &str)> = captions.zip(rows.iter().map(String::as_str)).collect();
    assert_eq!(paths::rows(&page("First:Type0Do", &tables)).len(), 1 + 2 * LONG);
}

#[test]
fn types_that_multiply_cost_no_more_than_a_bounded_number_of_rows() {
    let rows = "A:LeafA B:LeafB C:LeafC D:LeafD E:LeafE F:LeafF G:LeafG H:LeafH";
    let captions: Vec<String> = "ABCDEFGH".chars().map(|name| format!("**Leaf{name}**")).collect();
    let tables: Vec<(&str, &str)> = captions.iter().map(|caption| (caption.as_str(), rows)).collect();
    assert!(paths::rows(&page(rows, &tables)).len() <= 72 * 16 + 1024);
}

proptest! {
    #[test]
    fn no_row_is_lost_whatever_captions_say(
        types in prop::collection::vec("(A|B|C|List\\(A\\)|B\\[\\]|Map<String,C>|Object|List|Long)", 1..12),
        captions in prop::collection::vec("(\\*\\*[ABC]\\*\\*|Fields in [ABCa-f]|\\(field [a-f]\\)|表[ABC]|[A-Ca-f ()*表字段]{0,12})", 0..6),
    ) {
        let rows = |table: usize| -> String {
            types.iter().zip('a'..).map(|(kind, name)| format!("{name}{}:{kind} ", "x".repeat(table))).collect()
        };
        let further: Vec<String> = (1..=captions.len()).map(rows).collect();
        let tables: Vec<(&str, &str)> = captions.iter().map(|text| text.trim()).zip(further.iter().map(String::as_str)).collect();
        let recovery = page(&rows(0), &tables);
        let lines: BTreeSet<usize> = paths::rows(&recovery).iter().map(|row| row.line).collect();
        prop_assert_eq!(lines.len(), types.len() * (1 + captions.len()));
    }
}
