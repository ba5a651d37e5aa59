use proptest::prelude::*;

use super::outline::Shown;
use super::table::rows;
use super::*;
use crate::model::SampleFormat;
use crate::sample;

fn nested<'a>(rows: &'a [Row<'_>], samples: &'a [Shown<'a>]) -> Nesting<'a> {
    let mut names = Names::with_capacity(rows.len());
    let outline = Outline::new(rows, samples, &mut names);
    nest(&rows.iter().collect::<Vec<_>>(), outline, names)
}

fn read(text: &str) -> (SampleFormat, sample::Parsed<'_>) {
    let format = if text.starts_with('<') { SampleFormat::Xml } else { SampleFormat::Json };
    (format, sample::parse(format, text, 0))
}

fn trees<'t>((format, parsed): &'t (SampleFormat, sample::Parsed<'t>)) -> Vec<Shown<'t>> {
    parsed.tree.iter().map(|tree| Shown { format: *format, tree }).collect()
}

/// Returns the rows' names with their parents', one row a line.
fn tree(table: &str, sample: &str) -> String {
    let rows = rows(table);
    let sample = read(sample);
    let samples = trees(&sample);
    let nesting = nested(&rows, &samples);
    let path = |mut at: usize| {
        let mut names = vec![&*rows[at].name];
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
fn rows_that_repeat_those_of_a_type_nest_as_they_do() {
    let table = "Own: Struct\nId: String\nStays: Array of Stay\nFrom: Long\nTo: Long\nZone: String\n\
                 Others: List\nId: String\nStays: Array of Stay\nFrom: Long\nTo: Long\nZone: String\n\
                 RequestId: String";
    let sample =
        r#"{"Own": {"Id": "a", "Stays": [{"From": 1}], "Zone": "z"}, "Others": [], "RequestId": "r"}"#;
    assert_eq!(
        tree(table, sample),
        "Own Own.Id Own.Stays Own.Stays.From Own.Stays.To Own.Zone \
         Others Others.Id Others.Stays Others.Stays.From Others.Stays.To Others.Zone RequestId"
    );
}

#[test]
fn a_wrapper_only_the_sample_knows_is_no_obstacle() {
    let table = "Pairs: List\nId: String\nName: String\nTotal: Long";
    let sample = r#"{"Pairs": {"Pair": [{"Id": 1, "Name": 2}]}, "Total": 1}"#;
    assert_eq!(tree(table, sample), "Pairs Pairs.Id Pairs.Name Total");
}

#[test]
fn a_list_and_its_element_may_have_one_name() {
    let table = "Offsets: Array\nOffsets:\nMin: Long\nMax: Long\nTotal: Long";
    let sample = r#"{"Offsets": {"Offsets": [{"Min": 1, "Max": 2}]}, "Total": 1}"#;
    assert_eq!(tree(table, sample), "Offsets Offsets.Offsets Offsets.Offsets.Min Offsets.Offsets.Max Total");
}

#[test]
fn members_of_lists_that_samples_show_empty_stay_in_them() {
    let members = "Calls: Long\nIdle: Long\nLoad: Long\nPort: Long\nTeam: String\nZone: String\n";
    let table = format!(
        "Bells: Array of Bell\nBell:\n{members}Calls: Long\nDesks: Array of Desk\nDesk:\n{members}Idle: Long\n\
         Phones: Array of Phone\nPhone:\n{members}Team: String\nZone: String\n"
    );
    let sample = r#"{"Bells": {"Bell": []}, "Calls": 1, "Desks": {"Desk": []}, "Idle": 1, "Phones": {"Phone": []}, "Team": "t", "Zone": "z"}"#;
    let paths = tree(&table, sample);
    for own in [" Calls ", " Idle ", " Team Zone"] {
        assert!(paths.contains(own), "{paths}");
    }
    assert!(paths.contains("Bells.Bell.Zone") && paths.contains("Desks.Desk.Zone"), "{paths}");
}

#[test]
fn a_list_of_texts_inside_a_level_of_its_own_has_no_members() {
    let table = "Packs: List\nId: String\nCenIds: List\nName: String\nState: String\nRequestId: String";
    let sample =
        r#"{"Packs": {"Pack": [{"Id": "a", "CenIds": {"CenId": ["c"]}, "State": "s"}]}, "RequestId": "r"}"#;
    assert_eq!(tree(table, sample), "Packs Packs.Id Packs.CenIds Packs.Name Packs.State RequestId");
}

#[test]
fn a_field_stays_with_the_one_before_that_starts_with_the_same_word() {
    let table =
        "Rule: Object\nScope: Object\nUnitTypes: String\nUnitId: String\nState: String\nRequestId: String";
    let sample = r#"{"Rule": {"Scope": {"UnitTypes": "t"}, "State": "s"}, "RequestId": "r"}"#;
    assert_eq!(
        tree(table, sample),
        "Rule Rule.Scope Rule.Scope.UnitTypes Rule.Scope.UnitId Rule.State RequestId"
    );
}

#[test]
fn a_field_stays_with_the_one_before_that_ends_with_the_same_word() {
    let table = "Alpha: String\nBravo: String\nJob: Object\nId: String\nKilo: String\nLima: String\nArea: String\n\
                 NewTimestamp: Long\nMadeTimestamp: Long";
    let sample = r#"{"Alpha": "a", "Bravo": "b",
        "Job": {"Id": "i", "Kilo": "k", "Lima": "l", "Area": "a", "NewTimestamp": 1}}"#;
    let paths = tree(table, sample);
    assert!(paths.ends_with("Job.Area Job.NewTimestamp Job.MadeTimestamp"), "{paths}");
}

#[test]
fn members_that_all_start_with_one_word_end_with_the_first_that_does_not() {
    let table = "Alpha: String\nZone: Struct\nSecAlg: String\nSecLife: String\nSecPfs: String\nUrl: String\nRequestId: String";
    let sample =
        r#"{"Alpha": "a", "Zone": {"SecAlg": "a", "SecLife": "l", "SecPfs": "p"}, "RequestId": "r"}"#;
    assert_eq!(tree(table, sample), "Alpha Zone Zone.SecAlg Zone.SecLife Zone.SecPfs Url RequestId");
}

#[test]
fn the_number_of_a_page_stands_beside_the_list() {
    let table = "Line: Object\nZones: Array of Zone\nHost: String\nArea: String\nKind: String\nCall: String\n\
                 TotalCount: Long\nRequestId: String";
    let sample =
        r#"{"Line": {"Zones": [{"Host": "h", "Area": "a", "Kind": "k", "Call": "c"}]}, "RequestId": "r"}"#;
    let paths = tree(table, sample);
    assert!(paths.ends_with("Line.Zones.Call Line.TotalCount RequestId"), "{paths}");
}

#[test]
fn members_that_samples_show_and_no_row_documents_stand_on_another_page() {
    let table = "Jobs: Array of Job\nMissing: Array of String\nRequestId: String";
    let sample = r#"{"Jobs": {"Job": [{"Id": 1, "State": "done"}]}, "RequestId": "r"}"#;
    assert_eq!(tree(table, sample), "Jobs Missing RequestId");
}

#[test]
fn a_client_s_token_stands_at_the_top() {
    let table = "Zones: Array of Zone\nHost: String\nArea: String\nCall: String\nClientToken: String";
    let sample = r#"{"Zones": [{"Host": "h", "Area": "a", "Call": "c"}]}"#;
    assert_eq!(tree(table, sample), "Zones Zones.Host Zones.Area Zones.Call ClientToken");
}

#[test]
fn an_object_around_the_whole_response_is_no_field() {
    let table = "Info: Object\nId: String\nTotal: Long\nRequestId: String";
    let sample = r#"{"requestId": "r", "data": {"info": {"id": "a"}, "total": 1}}"#;
    assert_eq!(tree(table, sample), "Info Info.Id Total RequestId");
}

#[test]
fn a_list_shown_with_scalars_has_no_members() {
    let table = "Prefs: Struct\nOrder: List\nRetain: Boolean\nRequestId: String";
    let sample = r#"{"Prefs": {"Order": ["a", "b"]}, "RequestId": "r"}"#;
    assert_eq!(tree(table, sample), "Prefs Prefs.Order Prefs.Retain RequestId");
}

#[test]
fn members_are_those_that_a_sample_shows_in_a_field_of_the_same_type() {
    let table = "Heard: Array of Metric\nType: String\nNodes: List\nX: Long\nPlayed: Array of Metric\nType: String\n\
                 Nodes: List\nX: Long\nRequestId: String";
    let sample = r#"{"Heard": [], "Played": [{"Type": "a", "Nodes": []}], "RequestId": "r"}"#;
    let paths = tree(table, sample);
    assert!(paths.starts_with("Heard Heard.Type Heard.Nodes Heard.Nodes.X Played Played.Type"), "{paths}");
}

#[test]
fn members_named_after_their_parent_end_with_the_first_that_is_not() {
    let table = "Dimensions: Array of Dimension\nDimension:\nDimensionKey: String\nDimensionValue: String\n\
                 Evaluations: Integer\nRequestId: String";
    let paths = tree(table, "");
    assert!(paths.ends_with("Dimension.DimensionValue Evaluations RequestId"), "{paths}");
}

#[test]
fn a_sample_of_a_few_fields_says_little_of_the_others() {
    let table = "Rules: Array of Rule\nRule:\nAge: Long\nCool: Long\nDo: Long\nParts: Array of Part\nPart:\n\
                 Much: Long\nQuiet: Long\nRun: Long\nSum: Long\nTen: Long\nCount: Long\nRequestId: String";
    let sample = r#"{"Rules": {"Rule": [{"Cool": 1}]}, "Count": 1, "RequestId": "r"}"#;
    let paths = tree(table, sample);
    assert!(paths.contains("Rules.Rule.Age Rules.Rule.Cool Rules.Rule.Do"), "{paths}");
}

#[test]
fn a_list_that_alone_has_no_sample_value_has_members() {
    let mut rows = rows("Port: Long\nTags: List\nKey: String\nZone: String\nRules: List\nId: String");
    for row in rows.iter_mut().filter(|row| row.type_text != "List") {
        row.sample = Some("1".into());
    }
    let sample = read(r#"{"Port": 1, "Tags": null, "Rules": null}"#);
    let samples = trees(&sample);
    let nesting = nested(&rows, &samples);
    let parents: Vec<_> = nesting.places.iter().map(|place| place.parent).collect();
    assert_eq!((parents[2], parents[5]), (Some(1), Some(4)));
}

#[test]
fn a_bare_list_with_a_text_for_its_sample_value_has_no_members() {
    let table = "Rules: Array of Rule\nArea: String = a\nIds: List = 20\nKinds: List = 1\nName: String = n\nZone: String = z\nCount: Long = 1\n\
                 RequestId: String = r";
    let sample = r#"{"Rules": [{"Area": "a", "Zone": "z"}], "Count": 1, "RequestId": "r"}"#;
    assert_eq!(
        tree(table, sample),
        "Rules Rules.Area Rules.Ids Rules.Kinds Rules.Name Rules.Zone Count RequestId"
    );
}

#[test]
fn every_placement_has_its_evidence() {
    let table = "Items: Array of Item\nItem:\nId: String\nSize: Long\nTotal: Long\nRequestId: String";
    let rows = rows(table);
    let sample = read(r#"{"Items": {"Item": [{"Id": "a"}]}, "RequestId": "r"}"#);
    let samples = trees(&sample);
    let nesting = nested(&rows, &samples);
    let mut told = String::new();
    for (row, place) in rows.iter().zip(&nesting.places) {
        let parent = place.parent.map_or("the top level", |parent| &rows[parent].name);
        told += &format!("{} in {parent}:", row.name);
        for weighed in &nesting.evidence[place.evidence.clone()] {
            told += &format!(" {} ({});", weighed.evidence, weighed.cost);
        }
        if let Some(RunnerUp { parent, margin }) = place.runner_up {
            told += &format!(
                " else in {} (+{margin})",
                parent.map_or("the top level", |parent| &rows[parent].name)
            );
        }
        told += "\n";
    }
    insta::assert_snapshot!(told);
}

/// A field with its members; a name is unique on the page.
#[derive(Clone, Debug)]
struct Item {
    name: String,
    is_list: bool,
    members: Vec<Item>,
}

fn any_items() -> impl Strategy<Value = Vec<Item>> {
    let leaf = Just(Item { name: String::new(), is_list: false, members: Vec::new() });
    let item = leaf.prop_recursive(4, 30, 4, |inner| {
        (any::<bool>(), prop::collection::vec(inner, 1..5)).prop_map(|(is_list, members)| Item {
            name: String::new(),
            is_list,
            members,
        })
    });
    prop::collection::vec(item, 1..6).prop_map(|mut items| {
        number(&mut items, &mut 0);
        items
    })
}

/// Few distinct names, so that the same ones stand in many places.
fn number(items: &mut [Item], next: &mut usize) {
    for (at, item) in items.iter_mut().enumerate() {
        *next += 1;
        item.name = if item.members.is_empty() { format!("Field{at}") } else { format!("Part{next}") };
        number(&mut item.members, next);
    }
}

/// Returns the items as table, sample and expected paths.
fn print(items: &[Item], prefix: &str, table: &mut String, paths: &mut Vec<String>) -> String {
    let entries = items.iter().map(|item| {
        let path = if prefix.is_empty() { item.name.clone() } else { format!("{prefix}.{}", item.name) };
        let kind = match (item.members.is_empty(), item.is_list) {
            (true, _) => "String",
            (false, true) => "Array of Thing",
            (false, false) => "Struct",
        };
        table.push_str(&format!("{}: {kind}\n", item.name));
        paths.push(path.clone());
        let value = match (item.members.is_empty(), print(&item.members, &path, table, paths)) {
            (true, _) => "\"x\"".to_owned(),
            (false, members) if item.is_list => format!("[{members}]"),
            (false, members) => members,
        };
        format!("\"{}\": {value}", item.name)
    });
    format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
}

#[test]
fn ambiguity_without_end_costs_no_more_weighings_than_are_stated() {
    let kinds = ["List", "", "Struct", "String", "Array of Item"];
    let lines = (0..1_000).map(|at| format!("Name{}: {}\n", at % 7, kinds[at % kinds.len()]));
    let table: String = lines.collect();
    let rows = rows(&table);
    let sample: String =
        (0..1_000).map(|at| format!("\"Name{}\": {{\"Name{}\": [", at % 7, at % 5)).collect();
    let mut names = Names::default();
    let facts = Facts::new(&rows.iter().collect::<Vec<_>>(), &mut names);
    let sample = format!("{{{sample}");
    let sample = read(&sample);
    let shown = trees(&sample);
    let outline = Outline::new(&rows, &shown, &mut names);
    let search = Search::new(&facts, &outline);
    let found = search.run(search.top());
    assert!(found.weighings > rows.len());
    assert!(found.weighings <= search::BEAM * search::DEPTH * rows.len(), "{}", found.weighings);
    assert!(found.steps.len() <= 2 * search::BEAM * rows.len(), "{}", found.steps.len());
}

proptest! {
    #[test]
    fn a_tree_printed_as_rows_and_sample_is_recovered(items in any_items()) {
        let (mut table, mut paths) = (String::new(), Vec::new());
        let sample = print(&items, "", &mut table, &mut paths);
        // An object around everything is taken for an envelope unless it has a row, which it has here.
        prop_assert_eq!(tree(&table, &sample), paths.join(" "));
    }

    #[test]
    fn every_row_has_a_place_before_it(table in prop::collection::vec("[A-C]{1,2}:(String|List|Struct||Map)", 0..40), sample in "[{}\\[\\]\":,A-C]{0,80}") {
        let (table, sample) = (table.join("\n"), format!("{{{sample}"));
        let (rows, sample) = (rows(&table), read(&sample));
        let samples = trees(&sample);
        let nesting = nested(&rows, &samples);
        prop_assert_eq!(nesting.places.len(), rows.len());
        prop_assert!(nesting.places.iter().enumerate().all(|(at, place)| place.parent.is_none_or(|p| p < at)));
    }
}

#[test]
fn structures_without_end_are_placed() {
    let table = "A: Struct\n".repeat(1_000);
    let rows = rows(&table);
    assert_eq!(nested(&rows, &[]).places.len(), 1_000);
}
