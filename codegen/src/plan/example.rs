//! Examples in doc comments: the required parameters with the page's sample values.

use std::collections::BTreeMap;

use ccc_spec::model::{Operation, Shape};
use serde_json::{Map, Value};

use super::expression::{Paths, Writer};
use super::{FieldPlan, Identifier, PagingPlan, StructurePlan, TypePlan, TypeRef};

/// Returns the usual values of text parameters, by name: the sample that most operations with the parameter show. All
/// examples therefore use the same instance and the same user, which the local endpoint has, even if a page shows
/// another parameter's value by mistake.
pub(super) fn usual(operations: &[Operation]) -> BTreeMap<&str, &str> {
    let mut samples: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for field in operations.iter().flat_map(|operation| &operation.request) {
        if let (Shape::String { .. }, Some(sample)) = (&field.shape, &field.sample) {
            *samples.entry(&field.name).or_default().entry(sample).or_default() += 1;
        }
    }
    let usual = samples.into_iter().filter_map(|(name, samples)| {
        let all: usize = samples.values().sum();
        let (sample, _) = samples.into_iter().find(|(_, count)| count * 2 > all)?;
        Some((name, sample))
    });
    usual.collect()
}

/// The lines of an example before and after the parameters.
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

impl<'a> Call<'a> {
    /// Writes the call; for an operation that pages, a loop over its items. The attribute `both_clients` adds what it needs
    /// to run.
    pub(super) fn example(
        self,
        request: &StructurePlan,
        types: impl IntoIterator<Item = &'a TypePlan>,
        usual: &BTreeMap<&str, &str>,
    ) -> Vec<String> {
        let Self { library, action, module, paging } = self;
        let is_asked = |field: &&FieldPlan| !paging.is_some_and(|paging| paging.fills_in(&field.name));
        let value = |field: &FieldPlan| {
            let usual = *usual
                .get(field.wire.as_str())
                .filter(|usual| field.ty == TypeRef::Text && !usual.trim().is_empty())?;
            Some((field.wire.clone(), Value::from(usual)))
        };
        let fields = || request.fields.iter().filter(is_asked);
        let values: Map<String, Value> = fields().filter_map(value).collect();
        let mut writer = Writer::new(module, types, Paths::Imported);
        let setters = writer.setters(fields(), &values);
        // An action that no header can carry compiles, but is refused before it is sent.
        let sendable = action.bytes().all(|byte| byte.is_ascii_graphic());
        let mut lines = vec![if sendable { "```" } else { "```no_run" }.to_owned()];
        lines.extend(writer.types.iter().map(|path| format!("use {library}::{path};")));
        if !writer.types.is_empty() {
            lines.push(String::new());
        }
        let (first, last) = if paging.is_some() { EACH_ITEM } else { ONE_RESPONSE };
        lines.push(first.to_owned());
        lines.push(format!("    .{}()", module.as_str()));
        lines.extend(setters.into_iter().map(|setter| format!("    {setter}")));
        lines.extend(last.iter().map(|line| (*line).to_owned()));
        lines
    }
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
        for (shape, sample, expected) in [
            (Shape::string(), Some("d-1"), "d-1"),
            (Shape::string(), Some(" "), "<Door>"),
            (Shape::string(), None, "<Door>"),
            (one_of(["Left", "Right"]), Some("Right"), "Right"),
            (one_of(["Left", "Right"]), Some("Both"), "Left"),
        ] {
            let example = example(shape, sample, None);
            assert!(example.contains(&format!(".door({expected:?})")), "{example}");
        }
        for (sample, expected) in [(Some("7"), "7"), (Some("70"), "5"), (Some("many"), "5"), (None, "5")] {
            let example = example(Shape::Integer, sample, range);
            assert!(example.contains(&format!(".door({expected})")), "{example}");
        }
    }
}
