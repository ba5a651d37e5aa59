//! How operations are linked, alone and beside a previous spec.

use proptest::prelude::*;

use super::fixtures::{field, one_of, operation, structure, with_user};
use super::{expand, link};
use crate::model::{Encoding, Field, Operation, ProductSpec, Shape};

fn texts<const N: usize>(names: [&str; N]) -> [Field; N] {
    names.map(|name| field(name, Shape::string()))
}

fn new(operations: &[Operation]) -> ProductSpec {
    link(operations.to_vec(), &ProductSpec::default()).spec
}

fn after(operations: &[Operation], previous: &ProductSpec) -> ProductSpec {
    link(operations.to_vec(), previous).spec
}

/// Names of the types, each with the operations that refer to it.
fn types(spec: &ProductSpec) -> Vec<String> {
    spec.types.iter().map(|shared| format!("{}: {}", shared.name, shared.operations.join(" "))).collect()
}

/// Returns the spec in a few lines.
fn outline(spec: &ProductSpec) -> String {
    let types = spec.types.iter().map(|shared| format!("{} = {}", shared.name, brief(&shared.shape)));
    let operations = spec.operations.iter().map(|operation| {
        let [request, response] =
            [&operation.request, &operation.response].map(|fields| brief_fields(fields));
        format!("{}({request}) -> {response}", operation.action)
    });
    types.chain(operations).map(|line| line + "\n").collect()
}

fn brief(shape: &Shape) -> String {
    match shape {
        Shape::Structure { fields, .. } => format!("{{{}}}", brief_fields(fields)),
        Shape::String { values } if !values.is_empty() => names(shape).join("|"),
        Shape::List { element, .. } => format!("[{}]", brief(element)),
        Shape::Shared { to } => to.clone(),
        other => other.kind().to_owned(),
    }
}

fn brief_fields(fields: &[Field]) -> String {
    let fields: Vec<_> =
        fields.iter().map(|field| format!("{}: {}", field.name, brief(&field.shape))).collect();
    fields.join(", ")
}

fn names(shape: &Shape) -> Vec<&str> {
    match shape {
        Shape::Structure { fields, .. } => fields.iter().map(|field| field.name.as_str()).collect(),
        Shape::String { values } => values.iter().map(|value| value.value.as_str()).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn structures_that_are_the_same_are_one_type() {
    let spec = new(&[with_user("B", texts(["Name", "Id"])), with_user("A", texts(["Id", "Name"]))]);
    assert_eq!(types(&spec), ["User: A B"]);
    assert_eq!(spec.operations[0].response[0].shape, Shape::Shared { to: "User".to_owned() });
}

#[test]
fn responses_that_show_more_or_less_of_a_structure_share_it() {
    let spec = new(&[
        with_user("A", texts(["Id"])),
        with_user("B", texts(["Id", "Name"])),
        with_user("C", texts(["Id", "Mail"])),
    ]);
    assert_eq!(types(&spec), ["User: A B C"]);
    assert_eq!(names(&spec.types[0].shape), ["Id", "Name", "Mail"]);
}

#[test]
fn a_structure_that_contradicts_stays_inline() {
    let other = with_user("A", [field("Id", Shape::Long), field("Name", Shape::string())]);
    let spec = new(&[other.clone(), with_user("B", texts(["Id", "Name"])), with_user("C", texts(["Id"]))]);
    assert_eq!(types(&spec), ["User: B C"]);
    assert_eq!(spec.operations[0], other);
}

#[test]
fn structures_with_little_in_common_are_two() {
    let spec =
        new(&[with_user("A", texts(["Id", "Name"])), with_user("B", texts(["Mail", "Phone", "City"]))]);
    assert_eq!(types(&spec), ["User: A"]);
}

#[test]
fn requests_share_structures_only_to_the_letter() {
    let with_filter = |action: &str, names: &[&str]| {
        let fields = names.iter().map(|name| field(name, Shape::string())).collect();
        let filter = Shape::list_of(Shape::Structure { name: None, fields });
        Operation { request: vec![field("Filter", filter)], ..operation(action) }
    };
    let spec = new(&[
        with_filter("A", &["Name"]),
        with_filter("B", &["Name", "Value"]),
        with_filter("C", &["Name"]),
    ]);
    assert_eq!(types(&spec), ["FilterParameter: A C"]);
}

#[test]
fn requests_share_no_structure_whose_lists_are_sent_otherwise() {
    let with_filter = |action: &str, encoding| {
        let ids = Field { encoding, ..field("Ids", Shape::list_of(Shape::string())) };
        let filter = Shape::list_of(structure(None, [ids]));
        Operation { request: vec![field("Filter", filter)], ..operation(action) }
    };
    let (flat, json) = (Encoding::Flat, Encoding::Json);
    let spec = new(&[with_filter("A", flat), with_filter("B", json), with_filter("C", flat)]);
    assert_eq!(types(&spec), ["FilterParameter: A C"]);
}

#[test]
fn values_are_united_where_pages_document_some_each() {
    let with_state =
        |action: &str, state: Shape| with_user(action, [field("UserState", state), field("Id", Shape::Long)]);
    let spec = new(&[
        with_state("A", one_of(["ON", "OFF"])),
        with_state("B", one_of(["ON", "AWAY"])),
        with_state("C", Shape::string()),
    ]);
    assert_eq!(types(&spec), ["User: A B C", "UserState: A B C"]);
    assert_eq!(names(&spec.types[1].shape), ["ON", "OFF", "AWAY"]);
}

#[test]
fn a_structure_inside_one_of_its_own_name_stays_inline_in_it() {
    let leaf = structure(Some("Part"), [field("Id", Shape::Long)]);
    let part = structure(Some("Part"), [field("Id", Shape::Long), field("Part", leaf.clone())]);
    let spec = new(&[Operation { response: vec![field("Data", part)], ..operation("Get") }]);
    assert_eq!(types(&spec), ["Part: Get"]);
    let Shape::Structure { fields, .. } = &spec.types[0].shape else { panic!("a structure") };
    assert_eq!(fields[1].shape, leaf);
}

#[test]
fn nameless_structures_below_the_root_stay_inline() {
    let data = structure(None, [field("Id", Shape::Long)]);
    let spec = new(&[Operation { response: vec![field("Data", data)], ..operation("Get") }]);
    assert!(spec.types.is_empty());
}

#[test]
fn a_structure_and_an_enum_of_one_name_have_two() {
    let spec = new(&[with_user("A", [field("User", one_of(["A", "B"]))])]);
    assert_eq!(types(&spec), ["User: A", "User2: A"]);
}

#[test]
fn a_name_that_is_there_stays_though_more_operations_mean_something_else() {
    let before = new(&[with_user("B", texts(["Id", "Name"]))]);
    let number = || [field("Id", Shape::Long), field("Name", Shape::string())];
    let later = [with_user("A", number()), with_user("B", texts(["Id", "Name"])), with_user("C", number())];
    let spec = after(&later, &before);
    assert_eq!(types(&spec), ["User: B"]);
    assert_eq!(spec.types, before.types);
}

#[test]
fn a_page_that_changes_moves_its_own_type_alone() {
    let texts = || texts(["Id", "Name"]);
    let before = new(&[with_user("A", texts()), with_user("B", texts()), with_user("C", texts())]);
    let number = [field("Id", Shape::Long), field("Name", Shape::string())];
    let spec = after(
        &[with_user("A", number.clone()), with_user("B", number.clone()), with_user("C", texts())],
        &before,
    );
    assert_eq!(types(&spec), ["User: C"]);
    let alone = new(&[with_user("A", texts())]);
    let spec = after(&[with_user("A", number)], &alone);
    assert_eq!(types(&spec), ["User: A"], "nothing else needs the name");
}

#[test]
fn what_stands_inline_stays_inline_when_a_type_grows_to_cover_it() {
    let few = with_user("A", texts(["Id", "Name"]));
    let other = with_user("B", texts(["Mail", "Phone", "City"]));
    let before = new(&[few.clone(), other.clone()]);
    let all = with_user("C", texts(["Id", "Name", "Mail", "Phone", "City"]));
    let spec = after(&[few, other.clone(), all], &before);
    assert_eq!(types(&spec), ["User: A C"]);
    assert_eq!(spec.operations[1], other);
}

#[test]
fn a_type_that_nothing_refers_to_any_more_is_gone() {
    let before = new(&[with_user("A", texts(["Id"]))]);
    assert!(after(&[operation("A")], &before).types.is_empty());
}

/// Gives a structure a name that depends on the field's: one name means one type on all pages.
fn named(name: &str, mut shape: Shape) -> Field {
    if let Shape::Structure { name: own, .. } = shape.core_mut() {
        *own = (name == "Owner").then(|| "User".to_owned());
    }
    Field::new(name, shape)
}

/// Operations that share structures, contradict each other and nest.
fn any_operation() -> impl Strategy<Value = Operation> {
    let leaf = || {
        prop_oneof![
            Just(Shape::string()),
            Just(Shape::Long),
            proptest::sample::subsequence(vec!["ON", "OFF", "AWAY"], 0..3).prop_map(|values| {
                let Shape::String { values: all } = one_of(["ON", "OFF", "AWAY"]) else { return Shape::Json };
                Shape::String {
                    values: all.into_iter().filter(|value| values.contains(&value.value.as_str())).collect(),
                }
            }),
        ]
    };
    let shape = leaf().prop_recursive(3, 10, 3, |inner| {
        let names = proptest::sample::subsequence(vec!["Id", "UserState", "Owner", "Rooms"], 1..4);
        let fields = (names, proptest::collection::vec(inner.clone(), 4)).prop_map(|(names, shapes)| {
            names.into_iter().zip(shapes).map(|(name, shape)| named(name, shape)).collect::<Vec<_>>()
        });
        let structure = fields.prop_map(|fields| Shape::Structure { name: None, fields });
        prop_oneof![structure.clone(), structure.prop_map(Shape::list_of)]
    });
    let fields = || {
        let names = proptest::sample::subsequence(vec!["Data", "Owner", "UserState", "Rooms"], 0..4);
        (names, proptest::collection::vec(shape.clone(), 4)).prop_map(|(names, shapes)| {
            names.into_iter().zip(shapes).map(|(name, shape)| named(name, shape)).collect::<Vec<_>>()
        })
    };
    let sides = (fields(), fields()).prop_filter("a name inside itself", |(request, response)| {
        !nests_a_name(request, &mut Vec::new()) && !nests_a_name(response, &mut Vec::new())
    });
    sides.prop_map(|(request, response)| Operation { request, response, ..operation("") })
}

/// Returns whether a field stands inside one of its own name: then what is inside one type would be the type itself.
fn nests_a_name<'a>(fields: &'a [Field], outer: &mut Vec<&'a str>) -> bool {
    fields.iter().any(|field| {
        let Shape::Structure { fields, .. } = field.shape.core() else {
            return outer.contains(&field.name.as_str());
        };
        let again = outer.contains(&field.name.as_str());
        outer.push(&field.name);
        let below = nests_a_name(fields, outer);
        outer.pop();
        again || below
    })
}

fn any_operations() -> impl Strategy<Value = Vec<Operation>> {
    proptest::collection::vec(any_operation(), 1..7).prop_map(|operations| {
        let named = operations.into_iter().enumerate();
        named.map(|(at, operation)| Operation { action: format!("Act{at}"), ..operation }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_operations_changes_nothing(operations in any_operations()) {
        let mut reversed = operations.clone();
        reversed.reverse();
        prop_assert_eq!(new(&operations), new(&reversed));
    }

    #[test]
    fn linking_again_changes_nothing(operations in any_operations()) {
        let once = new(&operations);
        let twice = after(&operations, &once);
        prop_assert_eq!(outline(&twice), outline(&once));
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn every_reference_has_its_type_and_leads_to_all_that_the_page_says(operations in any_operations()) {
        let linked = link(operations.clone(), &ProductSpec::default());
        for (operation, page) in linked.spec.operations.iter().zip(&operations) {
            let written_out = expand(&linked.spec, operation);
            for (whole, part) in [(&written_out.request, &page.request), (&written_out.response, &page.response)] {
                let structure = |fields: &Vec<Field>| Shape::Structure { name: None, fields: fields.clone() };
                prop_assert!(super::sharing::covers(&structure(whole), &structure(part)));
            }
        }
        for shared in &linked.spec.types {
            prop_assert!(!shared.operations.is_empty(), "{} is of nobody", shared.name);
        }
    }

    #[test]
    fn one_more_page_moves_no_type_of_another_operation(operations in any_operations(), at in any::<proptest::sample::Index>()) {
        let added = at.index(operations.len());
        let mut before = operations.clone();
        before.remove(added);
        let before = new(&before);
        let now = after(&operations, &before);
        for was in &before.operations {
            let is = now.operations.iter().find(|operation| operation.action == was.action);
            prop_assert_eq!(Some(was), is);
        }
        for was in &before.types {
            let is = now.shared(&was.name);
            let grown = is.is_some_and(|is| super::sharing::covers(&expanded(&now, &is.shape), &expanded(&before, &was.shape)));
            prop_assert!(grown, "{} lost something\n{}\n{}", was.name, outline(&before), outline(&now));
        }
    }
}

fn expanded(spec: &ProductSpec, shape: &Shape) -> Shape {
    expand::shape(spec, shape)
}

#[test]
fn rows_of_one_name_are_one_field() {
    let twice =
        Operation { request: vec![field("A", Shape::Long), field("A", Shape::Long)], ..operation("Get") };
    assert_eq!(new(&[twice]).operations[0].request.len(), 1);
}

#[test]
fn a_list_sent_as_json_refers_to_the_enum_of_its_values() {
    let states =
        Field { sample: Some(r#"["ON"]"#.to_owned()), ..field("UserStateList", one_of(["ON", "OFF"])) };
    let spec = new(&[Operation { request: vec![states], ..operation("List") }]);
    let expected = Shape::list_of(Shape::Shared { to: "UserState".to_owned() });
    let states = &spec.operations[0].request[0];
    assert_eq!((&states.shape, states.encoding), (&expected, Encoding::Json));
}
