use super::*;

const fn field(name: &'static str, kind: Kind) -> FieldDescription {
    FieldDescription::new(name, kind)
}

const fn required(name: &'static str, kind: Kind) -> FieldDescription {
    FieldDescription { required: true, ..field(name, kind) }
}

const fn json(name: &'static str, kind: Kind) -> FieldDescription {
    FieldDescription { json: true, ..field(name, kind) }
}

const fn value(value: &'static str) -> ValueDescription {
    ValueDescription { value, documentation: "" }
}

const TAG: Kind = Kind::Structure { fields: &[field("Key", Kind::TEXT)] };

const DEEP: Kind = Kind::Structure {
    fields: &[
        required("Name", Kind::TEXT),
        field("Mode", Kind::Text { values: &[value("A"), value("B")] }),
        field("Wait", Kind::Within { kind: &Kind::Integer, min: Some(30), max: Some(300) }),
        field("Sizes", Kind::Map { value: &Kind::List { element: &Kind::Long, wrapper: None } }),
        field("Any", Kind::Json),
    ],
};

const OPERATION: OperationDescription = OperationDescription {
    parameters: &[
        required("Name", Kind::TEXT),
        field("Mode", Kind::Text { values: &[value("A"), value("B")] }),
        field("Count", Kind::Integer),
        field("Size", Kind::Long),
        field("Share", Kind::Float),
        field("Wait", Kind::Within { kind: &Kind::Integer, min: Some(30), max: Some(300) }),
        field("Rate", Kind::Within { kind: &Kind::Float, min: Some(0), max: None }),
        field("Fast", Kind::Boolean),
        field("Any", Kind::Json),
        json("Tags", Kind::List { element: &Kind::TEXT, wrapper: None }),
        field("Ids", Kind::List { element: &Kind::Long, wrapper: None }),
        field("Tag", Kind::List { element: &TAG, wrapper: None }),
        field("Labels", Kind::Map { value: &Kind::TEXT }),
        field("Disk", Kind::Structure { fields: &[required("Size", Kind::Integer)] }),
        json("Filter", Kind::Structure { fields: &[required("Size", Kind::Integer)] }),
        json("Facts", Kind::Map { value: &Kind::TEXT }),
        json("Deep", Kind::List { element: &DEEP, wrapper: None }),
    ],
    ..OperationDescription::new("TEST", "1", "Try")
};

fn given(parameters: &[(&str, &str)]) -> BTreeMap<String, String> {
    parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn problems(parameters: &[(&str, &str)]) -> Vec<Problem> {
    let parameters = given(&[&[("Name", "x")], parameters].concat());
    check(&OPERATION, &parameters).into_iter().map(|found| found.problem).collect()
}

#[test]
fn every_problem_is_reported_in_page_order() {
    let found = check(&OPERATION, &given(&[("Wait", "1"), ("Mode", "C"), ("Count", "x"), ("Ids.0", "1")]));
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "Name is missing",
            "Mode is none of the documented values: A, B",
            "Count has the wrong format: It must be a 32-bit integer",
            "Wait must be at least 30",
            "Ids.0 has the wrong format: Elements are numbered from 1",
        ]
    );
}

#[test]
fn every_kind_takes_its_own_values() {
    let values = [
        ("Mode", "B"),
        ("Count", "-7"),
        ("Size", "1609225718295"),
        ("Share", "0.5"),
        ("Fast", "True"),
        ("Any", "{\"a\":[1]}"),
        ("Tags", "[\"a\"]"),
        ("Ids.1", "1"),
        ("Ids.2", "2"),
        ("Labels.any", "x"),
        ("Disk.Size", "20"),
        ("Filter", "{\"Size\":20}"),
        ("Facts", "{}"),
        ("Newer", "than the page"),
    ];
    assert_eq!(problems(&values), []);
}

#[test]
fn every_kind_refuses_others() {
    for (name, value) in [
        ("Count", "1.5"),
        ("Count", "2147483648"),
        ("Size", "many"),
        ("Share", "NaN"),
        ("Wait", "soon"),
        ("Fast", "yes"),
        ("Any", "{"),
        ("Tags", "{}"),
        ("Tags", "["),
        ("Filter", "[]"),
        ("Filter", "{"),
        ("Facts", "1"),
        ("Ids.0", "1"),
        ("Ids.first", "1"),
        ("Ids.1", "one"),
        ("Disk.Size", "big"),
    ] {
        let found = problems(&[(name, value)]);
        assert!(matches!(found.as_slice(), [Problem::Format { .. }]), "{name}={value}: {found:?}");
    }
}

#[test]
fn bounds_are_allowed_themselves() {
    for (name, value, wanted) in [
        ("Wait", "29", Some(Problem::TooSmall { min: 30 })),
        ("Wait", "30", None),
        ("Wait", "300", None),
        ("Wait", "301", Some(Problem::TooLarge { max: 300 })),
        ("Rate", "-0.5", Some(Problem::TooSmall { min: 0 })),
        ("Rate", "1e9", None),
    ] {
        assert_eq!(problems(&[(name, value)]), Vec::from_iter(wanted), "{name}={value}");
    }
}

#[test]
fn value_of_a_parameter_is_in_no_problem() {
    for (name, value) in [("Count", "12000000001"), ("Mode", "12000000001"), ("Any", "{12000000001")] {
        let found = check(&OPERATION, &given(&[("Name", "x"), (name, value)]));
        assert!(!format!("{found:?} {}", found[0]).contains(value), "{found:?}");
    }
}

#[test]
fn optional_structure_needs_its_required_members_once_begun() {
    assert_eq!(problems(&[("Disk.Kind", "ssd")]), [Problem::Missing]);
}

#[test]
fn required_values_must_have_something_in_them() {
    for (kind, json, name, wanted) in [
        (Kind::TEXT, false, "A", Problem::Blank),
        (Kind::TEXT, false, "B", Problem::Missing),
        (Kind::List { element: &Kind::TEXT, wrapper: None }, false, "A", Problem::NoElement),
        (Kind::Map { value: &Kind::TEXT }, false, "A", Problem::Missing),
        (Kind::Structure { fields: &[] }, true, "A", Problem::Blank),
        (Kind::Structure { fields: &[] }, true, "B", Problem::Missing),
    ] {
        let parameters: &'static [FieldDescription] =
            Box::leak(Box::new([FieldDescription { json, ..required("A", kind) }]));
        let operation = OperationDescription { parameters, ..OPERATION };
        let found = check(&operation, &given(&[(name, " ")]));
        assert_eq!(found, [ParameterProblem { parameter: "A".to_owned(), problem: wanted }], "{kind:?}");
    }
}

#[test]
fn empty_optional_parameter_counts_as_absent() {
    assert_eq!(problems(&[("Count", ""), ("Mode", "")]), []);
}

#[test]
fn parameters_of_no_field_are_unknown() {
    let known = given(&[
        ("Name", ""),
        ("Ids.1", ""),
        ("Tag.1.Key", ""),
        ("Labels.any", ""),
        ("Disk.Size", ""),
        ("Tags", ""),
    ]);
    assert!(unknown_parameters(&OPERATION, &known).is_empty());
    let unknown = given(&[
        ("name", ""),
        ("Name.1", ""),
        ("Ids.1.Key", ""),
        ("Tag.1.Value", ""),
        ("Disk.Kind", ""),
        ("Tags.1", ""),
    ]);
    assert_eq!(unknown_parameters(&OPERATION, &unknown), unknown.keys().collect::<Vec<_>>());
}

#[test]
fn json_is_checked_to_its_leaves() {
    for (value, problem) in [
        (r#"[{"Name":"x"},{}]"#, "Deep[1].Name is missing"),
        (r#"[{"Name":null}]"#, "Deep[0].Name is missing"),
        (r#"["x"]"#, "Deep[0] has the wrong format: It must be a JSON object"),
        (
            r#"[{"Name":["x"]}]"#,
            "Deep[0].Name has the wrong format: It must be a single value, not a list or an object",
        ),
        (r#"[{"Name":"x","Mode":"C"}]"#, "Deep[0].Mode is none of the documented values: A, B"),
        (r#"[{"Name":"x","Wait":29}]"#, "Deep[0].Wait must be at least 30"),
        (r#"[{"Name":"x","Wait":"soon"}]"#, "Deep[0].Wait has the wrong format: It must be a 32-bit integer"),
        (r#"[{"Name":"x","Sizes":[]}]"#, "Deep[0].Sizes has the wrong format: It must be a JSON object"),
        (
            r#"[{"Name":"x","Sizes":{"13188888888":[1,true]}}]"#,
            "Deep[0].Sizes.*[1] has the wrong format: It must be a 64-bit integer",
        ),
        ("null", "Deep has the wrong format: It must be a JSON list"),
    ] {
        let found = check(&OPERATION, &given(&[("Name", "x"), ("Deep", value)]));
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, [problem], "{value}");
    }
}

#[test]
fn json_may_hold_what_the_page_does_not_rule_out() {
    for value in [
        "[]",
        "[null]",
        r#" [{"Name":1,"Wait":"30","Mode":"","Newer":{}}] "#,
        r#"[{"Name":"x","Mode":null,"Sizes":{"a":[1,"2"]},"Any":[{}]}]"#,
    ] {
        assert_eq!(problems(&[("Deep", value)]), [], "{value}");
    }
}

#[test]
fn blanks_are_sent_and_so_belong_to_the_value() {
    for (name, value) in [("Count", " 30 "), ("Mode", "A "), ("Fast", " true")] {
        assert_eq!(problems(&[(name, value)]).len(), 1, "{name}={value}");
    }
}
