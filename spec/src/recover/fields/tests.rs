use super::super::nest::table;
use super::*;
use crate::model::{Encoding, Field, Sensitivity, Shape};

fn read(direction: Side, rows: &str, samples: &[&str]) -> Fields {
    let samples: Vec<_> =
        samples.iter().filter_map(|text| Some(table::sample(text, rows.len())?.into())).collect();
    recover(direction, &table::rows(rows), &samples)
}

fn response(rows: &str, samples: &[&str]) -> Fields {
    read(Side::Response, rows, samples)
}

fn paths(fields: &Fields) -> String {
    fields.placed.rows.iter().map(|placement| fields.placed.path(placement)).collect::<Vec<_>>().join(" ")
}

fn field<'f>(fields: &'f Fields, name: &str) -> &'f Field {
    fields.fields.iter().find(|field| field.name == name).unwrap()
}

fn shape(fields: &Fields, name: &str) -> Shape {
    field(fields, name).shape.clone()
}

fn codes(fields: &Fields) -> Vec<Code> {
    fields.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn a_list_wrapper_comes_from_the_sample() {
    let sample = r#"{"Pairs": {"Pair": [{"Id": "a"}]}, "Total": 1}"#;
    let fields = response("Pairs: List\nId: String\nTotal: Long\n", &[sample]);
    assert_eq!(paths(&fields), "Pairs Pairs.Pair[].Id Total");
    let Shape::List { wrapper, .. } = shape(&fields, "Pairs") else { panic!("no list") };
    assert_eq!(wrapper.as_deref(), Some("Pair"));
}

#[test]
fn a_wrapper_may_be_called_like_a_field_further_on() {
    let sample = r#"{"Ports": {"Port": "80"}, "Rules": {"Rule": [{"Port": 80}]}}"#;
    let fields = response("Ports: List\nRules: List\nPort: Long\n", &[sample]);
    assert_eq!(paths(&fields), "Ports Rules Rules.Rule[].Port");
}

#[test]
fn a_list_in_the_cell_of_a_row_without_a_type_is_one() {
    let fields = response("Sizes: = [600,1800]\n", &[]);
    let Shape::List { element, .. } = shape(&fields, "Sizes") else { panic!("no list") };
    assert_eq!(*element, Shape::Long);
}

#[test]
fn a_list_that_a_sample_request_sends_as_json_is_sent_so() {
    let sample = "https://bell.test/?Action=Ring&Ids=[\"a\"]&Tag.1=b";
    let fields = read(Side::Request, "Ids: Array\nTag.N: String\n", &[sample]);
    let encoding = |name| field(&fields, name).encoding;
    assert_eq!((encoding("Ids"), encoding("Tag")), (Encoding::Json, Encoding::Flat));
}

#[test]
fn parameters_nest_as_the_json_that_a_sample_request_sends() {
    let sample = "https://bell.test/?Action=Ring&Rules=[{\"Terms\":[{\"Kind\":\"a\",\"Path\":{\"Values\":[\"/\"]}}],\"Id\":\"r\"}]";
    let rows =
        "Rules: Array\nTerms: Array\nKind: String\nPath: Object\nValues: Array of String\nId: String\n";
    let fields = read(Side::Request, rows, &[sample]);
    assert_eq!(
        paths(&fields),
        "Rules[] Rules[].Terms[] Rules[].Terms[].Kind Rules[].Terms[].Path Rules[].Terms[].Path.Values[] Rules[].Id"
    );
}

#[test]
fn a_structure_that_its_cell_shows_as_json_is_sent_so() {
    let encoding = |rows| field(&read(Side::Request, rows, &[]), "Rule").encoding;
    assert_eq!(encoding("Rule: Object = {\"Id\":\"r\"}\nId: String\n"), Encoding::Json);
    assert_eq!(encoding("Rule: Object\nId: String\n"), Encoding::Flat);
}

#[test]
fn a_text_that_is_json_in_a_sample_request_stays_one() {
    let sample = "https://bell.test/?Action=Ring&Sources=[{\"Port\":80}]";
    let fields = read(Side::Request, "Sources: String\nScope: String\nPort: Integer\n", &[sample]);
    assert_eq!(paths(&fields), "Sources Scope Port");
    assert_eq!(shape(&fields, "Sources"), Shape::string());
}

#[test]
fn elements_of_a_list_that_are_spelled_out_are_reported() {
    let fields = read(Side::Request, "Tag.1.Key: String\nTag.2.Key: String\n", &[]);
    assert_eq!(codes(&fields), [Code::DuplicateField]);
}

#[test]
fn a_row_for_the_element_is_the_list_wrapper() {
    let fields = response("Pairs: Array of Pair\nPair:\nId: String\nRequestId: String\n", &[]);
    assert_eq!(paths(&fields), "Pairs Pairs.Pair[] Pairs.Pair[].Id RequestId");
    let Shape::List { element, wrapper, .. } = shape(&fields, "Pairs") else { panic!("no list") };
    assert_eq!(wrapper.as_deref(), Some("Pair"));
    assert!(
        matches!(&*element, Shape::Structure { name: Some(name), fields } if name == "Pair" && fields.len() == 1)
    );
}

#[test]
fn a_list_in_a_structure_of_nearly_its_name_is_not_its_element() {
    let sample = r#"{"Results": {"ResultList": [{"Id": "a"}], "Total": 1}}"#;
    let fields =
        response("Results: Struct\nResultList: Array of Result\nId: String\nTotal: Long\n", &[sample]);
    assert_eq!(paths(&fields), "Results Results.ResultList[] Results.ResultList[].Id Results.Total");
}

#[test]
fn fields_stand_in_the_levels_that_a_sample_alone_shows_around_them() {
    let sample = r#"{"RequestId": "r", "Data": {"Model": [{"Time": "t", "Rate": 1.5}]}}"#;
    let fields = response("Time: String\nRate: Float\nRequestId: String\n", &[sample]);
    assert_eq!(paths(&fields), "Data.Model[].Time Data.Model[].Rate RequestId");
    let names: Vec<_> = fields.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["Data", "RequestId"]);
    assert_eq!(codes(&fields), [Code::UndocumentedField; 2]);
}

#[test]
fn a_list_that_a_sample_alone_shows_around_the_fields_is_a_level_of_the_response() {
    let fields = response("Time: String\nRate: Float\n", &[r#"{"Items": [{"Time": "t", "Rate": 1.5}]}"#]);
    assert_eq!(paths(&fields), "Items[].Time Items[].Rate");
}

#[test]
fn an_object_that_a_sample_alone_shows_around_the_response_is_looked_through() {
    let sample = r#"{"requestId": "r", "data": {"Rows": [{"Id": 1}], "Total": 1}}"#;
    let fields = response("Rows: List\nId: Long\nTotal: Long\nRequestId: String\n", &[sample]);
    assert_eq!(paths(&fields), "Rows[] Rows[].Id Total RequestId");
}

#[test]
fn what_a_gateway_puts_around_the_response_is_looked_through() {
    let rows = "RequestId: String\nBells: List\nName: String\nTotal: Long\n";
    for sample in [
        r#"{"code": 200, "data": {"RequestId": "a", "Bells": [{"Name": "b"}], "Total": 1}, "requestId": "c", "success": true}"#,
        r#"{"headers": {"date": "x"}, "body": {"RequestId": "a", "Bells": [{"Name": "b"}], "Total": 1}}"#,
        r#"{"Code": "OK", "Message": "", "Data": {"code": 200, "success": true, "data": {"Bells": [{"Name": "b"}], "Total": 1}}}"#,
        r#"{"StatusCode": 200, "BODY": {"Bells": [{"Name": "b"}], "Total": 1}, "RequestId": "a"}"#,
    ] {
        let fields = response(rows, &[sample]);
        assert_eq!(paths(&fields), "RequestId Bells[] Bells[].Name Total", "{sample}");
        assert!(codes(&fields).contains(&Code::SampleEnvelope), "{sample}");
        assert!(fields.fields.iter().all(|field| field.name != "data" && field.name != "code"), "{sample}");
    }
}

#[test]
fn what_the_table_documents_is_no_gateway() {
    let rows = "Code: String\nData: Struct\nBells: List\nName: String\nRequestId: String\n";
    let sample = r#"{"Code": "OK", "Data": {"Bells": [{"Name": "b"}]}, "RequestId": "a"}"#;
    let fields = response(rows, &[sample]);
    assert_eq!(paths(&fields), "Code Data Data.Bells[] Data.Bells[].Name RequestId");
    assert!(!codes(&fields).contains(&Code::SampleEnvelope));
}

#[test]
fn a_list_that_a_sample_shows_as_texts_has_no_members() {
    let rows = "List: \nTargets: \nTargetsOriginal: \nTotal: Long\n";
    let fields = response(rows, &[r#"{"List": [{"Targets": ["a"]}], "Total": 3}"#]);
    assert_eq!(paths(&fields), "List[] List[].Targets[] List[].TargetsOriginal Total");
}

#[test]
fn what_a_sample_shows_beside_other_fields_of_the_table_is_no_wrapper() {
    let rows = "Data: Object\nPage: Long\nDatas: Array of Datas\nId: String\nTotal: Long\n";
    let fields = response(rows, &[r#"{"Data": {"Page": 1, "Datas": [{"Id": "a"}], "Total": 1}}"#]);
    assert_eq!(paths(&fields), "Data Data.Page Data.Datas[] Data.Datas[].Id Data.Total");
}

#[test]
fn a_structure_that_a_sample_shows_beside_other_fields_of_the_table_is_no_element() {
    let rows = "Attributes: Array of Item\nAttribute: Struct\nWeight: Long\nServer: String\n";
    let fields = response(rows, &[r#"{"Attributes": [{"Attribute": {"Weight": 1}, "Server": "s"}]}"#]);
    assert_eq!(
        paths(&fields),
        "Attributes[] Attributes[].Attribute Attributes[].Attribute.Weight Attributes[].Server"
    );
}

#[test]
fn a_list_nobody_shows_is_wrapped_like_the_others() {
    let sample = r#"{"Pairs": {"Pair": [{"Id": "a"}]}, "Size": 1}"#;
    let fields =
        response("Pairs: List\nId: String\nSize: Long\nTags: Array of Tag\nKey: String\n", &[sample]);
    assert_eq!(paths(&fields), "Pairs Pairs.Pair[].Id Size Tags Tags.Tag[].Key");
    assert!(codes(&fields).contains(&Code::AssumedWrapper));
}

#[test]
fn a_level_only_xml_shows_is_no_wrapper() {
    let samples = [r#"{"Pairs": [{"Id": "a"}]}"#, "<Pairs><Pair><Id>a</Id></Pair></Pairs><B>1</B>"];
    let fields = response("Pairs: List\nId: String\nB: String\n", &samples);
    assert_eq!(paths(&fields), "Pairs[] Pairs[].Id B");
}

#[test]
fn a_bare_list_takes_its_element_from_the_sample() {
    let fields = response("Ids: List\nSizes: List\n", &[r#"{"Ids": "[\"a\"]", "Sizes": [1, 2]}"#]);
    assert_eq!(shape(&fields, "Ids"), Shape::list_of(Shape::string()));
    assert_eq!(shape(&fields, "Sizes"), Shape::list_of(Shape::Long));
}

#[test]
fn an_element_nobody_shows_is_assumed_to_be_text() {
    let fields = response("Ids: List\n", &[]);
    assert_eq!(shape(&fields, "Ids"), Shape::list_of(Shape::string()));
    assert_eq!(codes(&fields), [Code::AssumedType]);
}

#[test]
fn a_field_without_a_type_takes_it_from_the_sample() {
    let fields = response("Size:\nOpen:\n", &[r#"{"Size": 1, "Open": true}"#]);
    assert_eq!((shape(&fields, "Size"), shape(&fields, "Open")), (Shape::Long, Shape::Boolean));
}

#[test]
fn a_structure_without_members_may_hold_anything() {
    assert_eq!(shape(&response("Data: Struct\n", &[]), "Data"), Shape::Json);
}

#[test]
fn dotted_parameters_are_lists_and_structures() {
    let rows = "Tag.N.Key: String\nTag.N.Value: String\nDisk.Size: Integer\nId.N: RepeatList\n";
    let fields = read(Side::Request, rows, &[]);
    assert_eq!(paths(&fields), "Tag[].Key Tag[].Value Disk.Size Id[]");
    assert_eq!(shape(&fields, "Id"), Shape::list_of(Shape::string()));
}

#[test]
fn a_dotted_name_stands_where_its_row_stands() {
    let sample = r#"{"Data": {"Name": "a", "Disk": {"Size": 1}, "Zone": "z"}, "Total": 1}"#;
    let fields =
        response("Data: Struct\nName: String\nDisk.Size: Integer\nZone: String\nTotal: Long\n", &[sample]);
    assert_eq!(paths(&fields), "Data Data.Name Data.Disk.Size Data.Zone Total");
}

#[test]
fn a_parameter_shown_as_json_list_is_sent_as_one() {
    let fields = read(Side::Request, "Ids: List = [\"a\"]\nNames: List\n", &[]);
    let encoding = |name| field(&fields, name).encoding;
    assert_eq!((encoding("Ids"), encoding("Names")), (Encoding::Json, Encoding::Flat));
}

#[test]
fn two_rows_for_one_field_are_reported() {
    let fields = response("Id: String\nId: Long\n", &[]);
    assert!(codes(&fields).contains(&Code::DuplicateField), "{:?}", fields.diagnostics);
}

#[test]
fn rows_two_structures_may_claim_are_reported() {
    let fields = response("Data: Struct\nSub: Struct\nZip: String\nZone: String\n", &[]);
    let doubt = fields.diagnostics.iter().find(|found| found.code == Code::AmbiguousNesting).unwrap();
    assert_eq!(doubt.message, "`Zone` may belong to `Sub` or to `Data`");
}

#[test]
fn a_sample_that_is_none_is_reported() {
    let fields = response("Id: String\n", &["nothing of the sort"]);
    assert_eq!(codes(&fields), [Code::UnreadableSample]);
}

#[test]
fn repairs_are_reported_once_for_each_sample() {
    let fields = response("Id: String\nName: String\n", &[r#"{"Id": "a", "Name": 'b',}"#]);
    assert_eq!(codes(&fields), [Code::MendedSample]);
    assert_eq!(fields.diagnostics[0].message, "the JSON sample had to be mended in 2 places");
}

fn names(fields: &[Field]) -> Vec<&str> {
    fields.iter().map(|field| field.name.as_str()).collect()
}

#[test]
fn what_only_a_sample_shows_stands_behind_the_documented_fields() {
    let sample =
        r#"{"Data": {"Id": "a", "Age": 3, "Extra": {"X": 1}}, "Ratio": 0.5, "On": true, "RequestId": "r"}"#;
    let fields = response("Data: Struct\nId: String\nRequestId: String\n", &[sample]);
    assert_eq!(paths(&fields), "Data Data.Id RequestId");
    assert_eq!(names(&fields.fields), ["Data", "RequestId", "Ratio", "On"]);
    assert_eq!((shape(&fields, "Ratio"), shape(&fields, "On")), (Shape::Float, Shape::Boolean));
    let Shape::Structure { fields: members, .. } = shape(&fields, "Data") else { panic!("no structure") };
    assert_eq!(names(&members), ["Id", "Age", "Extra"]);
    assert_eq!((&members[1].shape, &members[2].shape), (&Shape::Long, &Shape::Json));
    assert!(codes(&fields).contains(&Code::UndocumentedField));
}

#[test]
fn what_samples_put_around_documented_fields_is_kept_as_it_is() {
    let sample = r#"{"data": {"Id": "a", "Total": 1}, "code": "200"}"#;
    let fields = response("Id: String\nTotal: Long\n", &[sample]);
    assert_eq!(names(&fields.fields), ["Id", "Total", "data", "code"]);
    assert_eq!(shape(&fields, "data"), Shape::Json);
}

#[test]
fn a_placeholder_in_a_sample_is_no_field() {
    let fields = response("Id: String\n", &[r#"{"Id": "a", "<more fields>": "b"}"#]);
    assert_eq!(names(&fields.fields), ["Id"]);
}

#[test]
fn a_level_of_xml_around_elements_is_no_field() {
    let samples = [r#"{"Pairs": [{"Id": "a"}]}"#, "<Pairs><Pair><Id>a</Id></Pair></Pairs><B>1</B>"];
    let fields = response("Pairs: List\nId: String\nB: String\n", &samples);
    let Shape::List { element, .. } = shape(&fields, "Pairs") else { panic!("no list") };
    assert!(matches!(&*element, Shape::Structure { fields, .. } if names(fields) == ["Id"]));
}

#[test]
fn what_only_a_sample_shows_is_judged_for_sensitivity_like_a_row() {
    let sample = r#"{"Id": "a", "AccessToken": "t", "Dialled": "02155501234", "Deep": [{"Inner": {"Password": "p"}}],
        "Count": 5550123456, "Plain": "b"}"#;
    let fields = response("Id: String\n", &[sample]).fields;
    let sensitive: Vec<_> = fields.iter().map(|field| (field.name.as_str(), field.sensitive)).collect();
    let (phone, secret) = (Some(Sensitivity::PhoneNumber), Some(Sensitivity::Secret));
    assert_eq!(
        sensitive,
        [
            ("Id", None),
            ("AccessToken", secret),
            ("Dialled", phone),
            ("Deep", secret),
            ("Count", None),
            ("Plain", None)
        ]
    );
}

#[test]
fn a_number_known_from_a_row_marks_what_only_a_sample_shows() {
    let mut rows = table::rows("Callee: String = 20211231555\n");
    rows[0].sensitive = Some(Sensitivity::PhoneNumber);
    let sample = r#"{"Callee": "x", "Trace": "to 20211231555"}"#;
    let samples = [table::sample(sample, 0).unwrap().into()];
    let fields = recover(Side::Response, &rows, &samples).fields;
    assert_eq!(fields[1].sensitive, Some(Sensitivity::PhoneNumber));
}

#[test]
fn an_object_around_the_whole_response_is_looked_through_and_named() {
    let fields = response("Id: String\nSize: Long\n", &[r#"{"GetBellResponse": {"Id": "a", "Size": 1}}"#]);
    assert_eq!((paths(&fields).as_str(), names(&fields.fields)), ("Id Size", vec!["Id", "Size"]));
    assert_eq!(codes(&fields), [Code::SampleEnvelope]);
}

#[test]
fn a_documented_object_and_the_root_of_xml_are_no_envelopes() {
    let fields = response("Data: Struct\nId: String\n", &[r#"{"Data": {"Id": "a"}}"#]);
    assert_eq!(codes(&fields), []);
    let fields = response(
        "Id: String\nSize: Long\n",
        &["<GetBellResponse><Id>a</Id><Size>1</Size></GetBellResponse>"],
    );
    assert_eq!(codes(&fields), []);
}
