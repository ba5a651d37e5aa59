//! Tests of the plan: names and types of one operation, and of several together.

use ccc_spec::manifest::{Manifest, NumberPaging, Paging, TokenPaging};
use ccc_spec::model::{Encoding, Field, Operation, Range, Shape};

use super::{FieldPlan, Identifier, PagedBy, PagingPlan, Plan, StructurePlan, TypePlan, TypeRef};
use crate::fixtures::{field, linked, list_rooms, one_of, operation, structure};

/// Plans a new product.
fn plan(operations: &[Operation]) -> Plan {
    super::plan(&linked(operations))
}

/// Lists the names of the shared types, then of each operation's own.
fn type_names(operations: &[Operation]) -> Vec<Vec<String>> {
    let plan = plan(operations);
    let names = |types: Vec<&TypePlan>| types.iter().map(|plan| plan.name().as_str().to_owned()).collect();
    let shared = names(plan.types.iter().map(|shared| &shared.plan).collect());
    let own = plan.operations.iter().map(|operation| names(operation.types.iter().collect()));
    [shared].into_iter().chain(own).collect()
}

/// Returns an operation whose response holds a structure `User` with these fields.
fn with_user<const N: usize>(action: &str, fields: [&str; N]) -> Operation {
    let user = structure(Some("User"), fields.map(|name| field(name, Shape::string())));
    Operation { response: vec![field("Data", user)], ..operation(action) }
}

/// Returns an operation whose response holds a structure `User` with an `Id` of that shape.
fn with_user_id(action: &str, id: Shape) -> Operation {
    let user = structure(Some("User"), [field("Id", id), field("Name", Shape::string())]);
    Operation { response: vec![field("Data", user)], ..operation(action) }
}

#[test]
fn a_structure_that_contradicts_is_named_after_its_operation() {
    let other = with_user_id("A", Shape::Long);
    let operations = [other, with_user("B", ["Id", "Name"]), with_user("C", ["Id"])];
    assert_eq!(type_names(&operations), [vec!["User"], vec!["AUser"], vec![], vec![]]);
}

#[test]
fn structures_of_requests_that_stay_inline_are_named_after_their_operation() {
    let with_filter = |action: &str, names: &[&str]| {
        let fields = names.iter().map(|name| field(name, Shape::string())).collect();
        let filter = Shape::list_of(Shape::Structure { name: None, fields });
        Operation { request: vec![field("Filter", filter)], ..operation(action) }
    };
    let operations = [with_filter("A", &["Name"]), with_filter("B", &["Name", "Value"])];
    assert_eq!(type_names(&operations), [vec!["FilterParameter"], vec![], vec!["BFilterParameter"]]);
}

#[test]
fn a_structure_inside_one_of_its_own_name_is_another_type() {
    let leaf = structure(Some("Part"), [field("Id", Shape::Long)]);
    let part = structure(Some("Part"), [field("Id", Shape::Long), field("Part", leaf)]);
    let operation = Operation { response: vec![field("Data", part)], ..operation("Get") };
    assert_eq!(type_names(&[operation])[0], ["Part", "PartPart"]);
}

#[test]
fn an_inline_type_in_a_shared_structure_is_named_after_it() {
    let with_role = |action: &str, values: [&str; 2]| {
        let user = structure(Some("User"), [field("Role", one_of(values))]);
        Operation { response: vec![field("Data", user)], ..operation(action) }
    };
    let role = |action: &str| Operation { response: vec![field("Role", one_of(["X"]))], ..operation(action) };
    let operations =
        [with_role("A", ["M", "N"]), with_role("B", ["M", "N"]), role("C"), role("D"), role("E")];
    assert_eq!(type_names(&operations)[0], ["Role", "User", "UserRole"]);
}

#[test]
fn nameless_structures_below_the_root_are_the_operations_own() {
    let data = structure(None, [field("Id", Shape::Long)]);
    let with_data =
        |action: &str| Operation { response: vec![field("Data", data.clone())], ..operation(action) };
    assert_eq!(type_names(&[with_data("Get"), with_data("Set")]), [vec![], vec!["GetData"], vec!["SetData"]]);
}

#[test]
fn equal_names_in_one_operation_are_told_apart_by_their_place() {
    let item = |name: &str| structure(None, [field(name, Shape::Long)]);
    let list = |name: &str, inner: &str| field(name, structure(None, [field("Item", item(inner))]));
    let operation = Operation { response: vec![list("Floor", "A"), list("Room", "B")], ..operation("Get") };
    assert_eq!(type_names(&[operation])[1], ["GetFloor", "GetItem", "GetRoom", "GetRoomItem"]);
}

#[test]
fn structures_of_requests_and_responses_are_different_types() {
    let tag = Shape::list_of(structure(None, [field("Key", Shape::string())]));
    let operation = Operation {
        request: vec![field("Tag", tag.clone())],
        response: vec![field("Tags", tag)],
        ..operation("Get")
    };
    assert_eq!(type_names(&[operation])[0], ["Tag", "TagParameter"]);
}

#[test]
fn types_are_never_called_like_those_of_the_prelude_or_of_an_operation() {
    let names = ["Option", "Vec", "Client", "GetRequest"];
    let fields = names.map(|name| field(name, structure(Some(name), [field("Id", Shape::Long)])));
    let operation = Operation { response: fields.into(), ..operation("Get") };
    assert_eq!(type_names(&[operation])[0], ["ClientType", "GetRequest2", "OptionType", "VecType"]);
}

#[test]
fn operations_that_look_alike_in_rust_stay_distinct() {
    let plan = plan(&["getUser", "GetUser", "Types", "Move"].map(operation));
    let names: Vec<_> = plan.operations.iter().map(|operation| operation.name.as_str()).collect();
    assert_eq!(names, ["get_user", "r#move", "types_operation", "get_user_2"]);
    let requests: Vec<_> = plan.operations.iter().map(|operation| operation.request.name.as_str()).collect();
    assert_eq!(requests, ["GetUserRequest", "MoveRequest", "TypesRequest", "GetUserRequest2"]);
}

#[test]
fn a_field_is_sensitive_where_any_page_says_so() {
    let mut other = with_user("B", ["Id"]);
    if let Shape::Structure { fields, .. } = &mut other.response[0].shape {
        fields[0].sensitive = Some(ccc_spec::model::Sensitivity::Secret);
    }
    let plan = plan(&[with_user("A", ["Id"]), other]);
    let TypePlan::Structure(user) = &plan.types[0].plan else { panic!("a structure") };
    assert!(user.fields[0].sensitive && user.fields[0].secret);
}

#[test]
fn one_of_everything() {
    insta::assert_snapshot!(outline(&plan(&[list_rooms()])));
}

/// Writes the plan without its texts, one line per name.
fn outline(plan: &Plan) -> String {
    let mut lines = Vec::new();
    for operation in &plan.operations {
        lines.push(format!("mod {}", operation.name.as_str()));
        lines.extend(structure_outline(&operation.request));
        lines.extend(structure_outline(&operation.response));
        lines.extend(operation.types.iter().flat_map(type_outline));
        let Some(error) = &operation.error else { continue };
        lines.push(format!("error {}", error.name.as_str()));
        for variant in &error.variants {
            let arguments: Vec<_> = variant.arguments.iter().map(Identifier::as_str).collect();
            let name = variant.name.as_str();
            lines.push(format!("    {name} = {:?} ({})", variant.code, arguments.join(", ")));
        }
    }
    lines.push("mod types".to_owned());
    lines.extend(plan.types.iter().flat_map(|shared| type_outline(&shared.plan)));
    lines.join("\n")
}

fn type_outline(plan: &TypePlan) -> Vec<String> {
    match plan {
        TypePlan::Structure(structure) => structure_outline(structure),
        TypePlan::Enum(open_enum) => {
            let variants = open_enum.variants.iter();
            let variants =
                variants.map(|variant| format!("    {} = {:?}", variant.name.as_str(), variant.value));
            [format!("enum {}", open_enum.name.as_str())].into_iter().chain(variants).collect()
        }
    }
}

fn structure_outline(structure: &StructurePlan) -> Vec<String> {
    let builder = structure.builder.as_ref().map(|builder| format!(", built by {}", builder.as_str()));
    let title = format!("struct {}{}", structure.name.as_str(), builder.unwrap_or_default());
    [title].into_iter().chain(structure.fields.iter().map(field_outline)).collect()
}

fn field_outline(field: &FieldPlan) -> String {
    let json = if field.json { " as JSON" } else { "" };
    let wrapper = field.wrapper.as_ref().map(|wrapper| format!(" in {wrapper:?}")).unwrap_or_default();
    format!("    {}: {} = {:?}{wrapper}{json}", field.name.as_str(), type_name(&field.ty), field.wire)
}

fn type_name(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(name, home) => format!("{home:?}::{}", name.as_str()),
        TypeRef::Option(inner) => format!("{}?", type_name(inner)),
        TypeRef::List(element) => format!("[{}]", type_name(element)),
        TypeRef::Map(value) => format!("{{{}}}", type_name(value)),
        other => format!("{other:?}"),
    }
}

#[test]
fn only_responses_have_wrappers_and_only_requests_have_json() {
    let list = Shape::List { element: Box::new(Shape::string()), wrapper: Some("Id".to_owned()) };
    let both = Field { encoding: Encoding::Json, ..field("Ids", list) };
    let fields = |operation: Operation| -> Vec<(Option<String>, bool)> {
        let plan = plan(&[operation]);
        let first = |structure: &StructurePlan| structure.fields.first().cloned();
        let fields = plan.operations.iter().flat_map(|plan| [first(&plan.request), first(&plan.response)]);
        fields.flatten().map(|field| (field.wrapper, field.json)).collect()
    };
    let operation = Operation { request: vec![both.clone()], response: vec![both], ..operation("Get") };
    assert_eq!(fields(operation), [(None, true), (Some("Id".to_owned()), false)]);
}

#[test]
fn a_required_parameter_is_not_an_option() {
    let required = Field { required: true, ..field("A", Shape::list_of(Shape::Long)) };
    let optional = field("B", Shape::list_of(Shape::Long));
    let operation = Operation { request: vec![required, optional], ..operation("Get") };
    let plan = plan(&[operation]);
    let types: Vec<_> = plan.operations[0].request.fields.iter().map(|field| type_name(&field.ty)).collect();
    assert_eq!(types, ["[Long]", "[Long]?"]);
}

/// Returns the manifest of a product that pages in both ways.
fn paged() -> Manifest {
    let number =
        NumberPaging { page: "PageNumber".into(), size: "PageSize".into(), total: "TotalCount".into() };
    let token = TokenPaging { next: "NextToken".into(), size: Some("PageSize".into()) };
    Manifest {
        paging: Paging { number: Some(number), token: Some(token) },
        ..Manifest::undescribed("Demo", "1")
    }
}

/// Plans the paging of an operation with these parameters, whose response has these fields in `Data`.
fn paging<const N: usize>(request: Vec<Field>, data: [Field; N]) -> Option<PagingPlan> {
    let operation = Operation {
        request,
        response: vec![
            field("Params", Shape::list_of(Shape::string())),
            field("Data", structure(None, data)),
        ],
        ..operation("ListRooms")
    };
    super::plan_for(&paged(), &linked(&[operation])).operations.remove(0).paging
}

fn numbered(size: Field) -> Vec<Field> {
    vec![field("PageNumber", Shape::Integer), size]
}

#[test]
fn an_operation_with_number_size_and_total_pages_by_number() {
    let rooms = Shape::list_of(structure(None, [field("Id", Shape::string())]));
    let size =
        Field { range: Some(Range { min: Some(1), max: Some(50) }), ..field("PageSize", Shape::Integer) };
    let fields = [
        field("Rooms", rooms),
        field("TotalCount", Shape::Long),
        field("Names", Shape::list_of(Shape::string())),
    ];
    let found = paging(numbered(size), fields).expect("it pages");
    assert_eq!(written(&found.items), "data.rooms");
    assert_eq!(found.size.map(|(_, items)| items), Some(50), "as many as are allowed");
    assert!(
        matches!(found.by, PagedBy::Number { total, wide: true } if written(&total) == "data.total_count")
    );
}

#[test]
fn an_operation_with_tokens_pages_by_them() {
    let names = [field("Names", Shape::list_of(Shape::string())), field("NextToken", Shape::string())];
    let found = paging(vec![field("NextToken", Shape::string())], names).expect("it pages");
    assert_eq!((found.item, found.size), (TypeRef::Text, None));
    assert!(matches!(found.by, PagedBy::Token { next } if written(&next) == "data.next_token"));
}

#[test]
fn an_operation_that_lacks_a_part_of_paging_does_not_page() {
    let size = || field("PageSize", Shape::Integer);
    let total = || field("TotalCount", Shape::Integer);
    let names = |name| field(name, Shape::list_of(Shape::string()));
    assert!(paging(numbered(size()), [total()]).is_none(), "no list");
    assert!(paging(numbered(size()), [total(), names("A"), names("B")]).is_none(), "which of the lists?");
    assert!(paging(numbered(size()), [names("A")]).is_none(), "no total");
    assert!(paging(vec![size()], [total(), names("A")]).is_none(), "no number");
    let text = field("PageNumber", Shape::string());
    assert!(paging(vec![text, size()], [total(), names("A")]).is_none(), "the number is a text");
}

fn written(path: &[Identifier]) -> String {
    path.iter().map(Identifier::as_str).collect::<Vec<_>>().join(".")
}

#[test]
fn the_map_has_a_line_for_each_operation_under_its_area() {
    let toml = "[areas.rooms]\ntitle = \"Rooms\"\noperations = [\"AddRoom\"]\n";
    let manifest = Manifest::read("m.toml", toml.as_bytes()).manifest;
    let titled = Operation { title: "AddRoom - Add a room".into(), ..operation("AddRoom") };
    let said = Operation { summary: "Rings. Twice.".into(), ..operation("Ring") };
    let files = crate::generate_for(&manifest, &linked(&[titled, said])).expect("a client");
    let map = files.into_iter().find(|file| file.path == "operations.md").expect("the map");
    let (_, map) = map.text.split_once('\n').expect("a header");
    let expected = "\n## Rooms\n\nCargo feature `rooms`.\n\n- [`AddRoom`](operation::add_room): Add a room\n\
                    \n## Other operations\n\nCargo feature `other`.\n\n- [`Ring`](operation::ring): Rings\n";
    assert_eq!(map, expected);
}
