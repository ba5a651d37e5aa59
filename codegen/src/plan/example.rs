//! Examples in doc comments: the required parameters with the page's sample values.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use ccc_spec::model::{Operation, Range, Shape};
use serde_json::Value;

use super::{EnumPlan, FieldPlan, Home, Identifier, PagingPlan, Side, StructurePlan, TypePlan, TypeRef};
use crate::text::literal;

/// The types that an example may have to give a value of, by name.
pub(super) type Types<'a> = BTreeMap<&'a Identifier, &'a TypePlan>;

/// Values of text parameters, by name: those that most operations show which have the parameter. So examples speak of one
/// instance and of one user throughout, which the local endpoint knows, also where a page shows another parameter's value.
pub(super) fn usual(operations: &[Operation]) -> BTreeMap<&str, &str> {
    let mut shown: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for field in operations.iter().flat_map(|operation| &operation.request) {
        if let (Shape::String { .. }, Some(sample)) = (&field.shape, &field.sample) {
            *shown.entry(&field.name).or_default().entry(sample).or_default() += 1;
        }
    }
    let of_most = shown.into_iter().filter_map(|(name, samples)| {
        let all: usize = samples.values().sum();
        let (sample, _) = samples.into_iter().find(|(_, count)| count * 2 > all)?;
        Some((name, sample))
    });
    of_most.collect()
}

/// The types that requests have among all types.
pub(super) fn types<'a>(all: impl IntoIterator<Item = &'a TypePlan>) -> Types<'a> {
    all.into_iter().filter(|plan| plan.side() == Side::Request).map(|plan| (plan.name(), plan)).collect()
}

/// How an example begins, and how it goes on after the parameters.
type Frame = (&'static str, &'static [&'static str]);
const ONE_RESPONSE: Frame =
    ("let response = client", &["    .send()", "    .await?;", "println!(\"{response:?}\");", "```"]);
const EACH_ITEM: Frame = (
    "let mut items = client",
    &[
        "    .items();",
        "while let Some(item) = items.next().await {",
        "    println!(\"{:?}\", item?);",
        "}",
        "```",
    ],
);

/// An operation to be called through the client.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    /// The library's name in paths.
    pub(super) library: &'a str,
    pub(super) action: &'a str,
    pub(super) module: &'a Identifier,
    pub(super) paging: Option<&'a PagingPlan>,
}

impl Call<'_> {
    /// The call: of an operation that pages, an iteration over its items. What stands around it so that it runs is added
    /// by the attribute `both_clients`.
    pub(super) fn written(
        self,
        request: &StructurePlan,
        types: &Types<'_>,
        usual: &BTreeMap<&str, &str>,
    ) -> Vec<String> {
        let Self { library, action, module, paging } = self;
        let mut example = Example { module, types, imports: BTreeSet::new() };
        let is_asked = |field: &&FieldPlan| !paging.is_some_and(|paging| paging.fills_in(&field.name));
        let chain = example.setters(&request.fields.iter().filter(is_asked).collect::<Vec<_>>(), usual);
        // An action that no header can carry compiles, but is refused before it is sent.
        let sendable = action.bytes().all(|byte| byte.is_ascii_graphic());
        let mut lines = vec![if sendable { "```" } else { "```no_run" }.to_owned()];
        lines.extend(example.imports.iter().map(|path| format!("use {library}::{path};")));
        if !example.imports.is_empty() {
            lines.push(String::new());
        }
        let (first, last) = if paging.is_some() { EACH_ITEM } else { ONE_RESPONSE };
        lines.push(first.to_owned());
        lines.push(format!("    .{}()", module.as_str()));
        lines.extend(chain.into_iter().map(|setter| format!("    {setter}")));
        lines.extend(last.iter().map(|line| (*line).to_owned()));
        lines
    }
}

struct Example<'a> {
    /// The operation's module.
    module: &'a Identifier,
    types: &'a Types<'a>,
    /// Paths below the crate.
    imports: BTreeSet<String>,
}

impl Example<'_> {
    fn setters(&mut self, fields: &[&FieldPlan], usual: &BTreeMap<&str, &str>) -> Vec<String> {
        fields
            .iter()
            .filter(|field| !matches!(field.ty, TypeRef::Option(_)))
            .map(|field| {
                let sample = match field.ty {
                    TypeRef::Text => usual.get(field.wire.as_str()).copied(),
                    _ => None,
                };
                let sample = sample.or(field.sample.as_deref()).filter(|sample| !sample.trim().is_empty());
                let value = self.value(&field.ty, sample, field);
                format!(".{}({value})", field.name.as_str())
            })
            .collect()
    }

    /// An expression that a setter of this type takes. A text of which the page shows no sample is the name of its
    /// parameter in angle brackets, since the service takes none that is blank.
    fn value(&mut self, ty: &TypeRef, sample: Option<&str>, field: &FieldPlan) -> String {
        let text = sample.unwrap_or_default();
        match ty {
            TypeRef::Text => {
                sample.map_or_else(|| literal(&format!("<{}>", field.wire)), literal).to_string()
            }
            TypeRef::Json => literal(text).to_string(),
            TypeRef::Integer => whole::<i32>(text, field.range).to_string(),
            TypeRef::Long => format!("{}_i64", whole::<i64>(text, field.range)),
            TypeRef::Float => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => format!("{number:?}"),
                _ => format!("{}.0", whole::<i64>(text, field.range)),
            },
            TypeRef::Boolean => (text == "true").to_string(),
            TypeRef::Option(inner) => self.value(inner, sample, field),
            TypeRef::List(element) => {
                let shown = elements(text);
                let shown =
                    shown.iter().map(|text| Some(text.as_str())).chain(shown.is_empty().then_some(sample));
                let written: Vec<String> = shown.map(|sample| self.element(element, sample, field)).collect();
                format!("[{}]", written.join(", "))
            }
            TypeRef::Map(value) => format!("[(\"key\", {})]", self.element(value, sample, field)),
            TypeRef::Named(name, home) => match self.types.get(name).copied() {
                Some(TypePlan::Structure(structure)) => self.built(structure, *home),
                Some(TypePlan::Enum(open_enum)) => literal(one_of(open_enum, text)).to_string(),
                None => literal(text).to_string(),
            },
        }
    }

    /// An expression for an element of a list or map; containers in containers have their own type.
    fn element(&mut self, ty: &TypeRef, sample: Option<&str>, field: &FieldPlan) -> String {
        match ty {
            TypeRef::List(element) => format!("vec![{}.into()]", self.element(element, sample, field)),
            TypeRef::Map(value) => {
                let value = self.element(value, sample, field);
                format!("std::collections::BTreeMap::from([(\"key\".to_owned(), {value}.into())])")
            }
            _ => self.value(ty, sample, field),
        }
    }

    fn built(&mut self, structure: &StructurePlan, home: Home) -> String {
        let name = structure.name.as_str();
        self.imports.insert(format!("{}::{name}", home.module(self.module)));
        let setters = self.setters(&structure.fields.iter().collect::<Vec<_>>(), &BTreeMap::new()).concat();
        format!("{name}::builder(){setters}.build()")
    }
}

/// The elements of a list that a sample shows as JSON, if they are texts or numbers; none of anything else.
fn elements(sample: &str) -> Vec<String> {
    let shown: Vec<Value> = serde_json::from_str(sample).unwrap_or_default();
    let scalar = |value: Value| match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    shown.into_iter().map(scalar).collect::<Option<_>>().unwrap_or_default()
}

/// The sample if it is a number within the bounds, else the number within them that is nearest to 1.
fn whole<T: FromStr + Into<i64>>(sample: &str, range: Option<Range>) -> i64 {
    let range = range.unwrap_or_default();
    let sample = sample.parse::<T>().ok().map(Into::into).filter(|number| range.contains(*number));
    sample.unwrap_or_else(|| 1.max(range.min.unwrap_or(1)).min(range.max.unwrap_or(i64::MAX)))
}

/// The sample if it is a documented value, which not every page sees to, else the first of those.
fn one_of<'a>(open_enum: &'a EnumPlan, sample: &'a str) -> &'a str {
    let values = || open_enum.variants.iter().map(|variant| variant.value.as_str());
    values().find(|value| *value == sample).or_else(|| values().next()).unwrap_or(sample)
}

#[cfg(test)]
mod tests {
    use ccc_spec::model::{Field, Operation, Range, Shape};

    use super::usual;
    use crate::fixtures::{field, linked, one_of, operation};
    use crate::plan::plan;

    /// Operations that ask for a room and its keeper, with these samples.
    fn operations<const N: usize>(samples: [[&str; 2]; N]) -> Vec<Operation> {
        let one = |(index, [room, keeper]): (usize, [&str; 2])| {
            let required = |name, sample: &str| Field {
                required: true,
                sample: Some(sample.to_owned()),
                ..field(name, Shape::string())
            };
            let request = vec![required("RoomId", room), required("KeeperId", keeper)];
            Operation { request, ..operation(&format!("Open{index}")) }
        };
        samples.into_iter().enumerate().map(one).collect()
    }

    #[test]
    fn a_sample_that_is_another_parameters_value_gives_way_to_the_usual_one() {
        let operations = operations([["r-1", "k-1"], ["k-1", "k-1"], ["r-1", "k-2"]]);
        for operation in plan(&linked(&operations)).operations {
            let example = operation.method_docs.0.join("\n");
            assert!(example.contains("    .room_id(\"r-1\")\n    .keeper_id(\"k-1\")\n"), "{example}");
        }
    }

    #[test]
    fn without_a_majority_each_operation_shows_its_own_sample() {
        let operations = operations([["r-1", "k"], ["r-2", "k"]]);
        assert_eq!(usual(&operations), [("KeeperId", "k")].into());
        let plan = plan(&linked(&operations));
        for (operation, sample) in plan.operations.iter().zip(["r-1", "r-2"]) {
            let example = operation.method_docs.0.join("\n");
            assert!(example.contains(&format!(".room_id({sample:?})")), "{example}");
        }
    }

    /// The example of an operation with one required parameter.
    fn example(shape: Shape, sample: Option<&str>, range: Option<Range>) -> String {
        let field =
            Field { required: true, sample: sample.map(str::to_owned), range, ..field("Door", shape) };
        let operation = Operation { request: vec![field], ..operation("Open") };
        plan(&linked(&[operation])).operations[0].method_docs.0.join("\n")
    }

    #[test]
    fn an_example_is_what_the_service_takes_whatever_the_sample() {
        let range = Some(Range { min: Some(5), max: Some(9) });
        for (shape, sample, shown) in [
            (Shape::string(), Some("d-1"), "d-1"),
            (Shape::string(), Some(" "), "<Door>"),
            (Shape::string(), None, "<Door>"),
            (one_of(["Left", "Right"]), Some("Right"), "Right"),
            (one_of(["Left", "Right"]), Some("Both"), "Left"),
        ] {
            let example = example(shape, sample, None);
            assert!(example.contains(&format!(".door({shown:?})")), "{example}");
        }
        for (sample, shown) in [(Some("7"), "7"), (Some("70"), "5"), (Some("many"), "5"), (None, "5")] {
            let example = example(Shape::Integer, sample, range);
            assert!(example.contains(&format!(".door({shown})")), "{example}");
        }
    }
}
