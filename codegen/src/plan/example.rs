//! Examples in doc comments: the required parameters with the page's sample values.

use std::collections::{BTreeMap, BTreeSet};

use ccc_spec::model::{Operation, Shape};

use super::{FieldPlan, Home, Identifier, Side, StructurePlan, TypePlan, TypeRef};
use crate::text::literal;

/// The structures that an example may have to build, by name.
pub(super) type Structures<'a> = BTreeMap<&'a Identifier, &'a StructurePlan>;

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

/// The structures of requests among types.
pub(super) fn structures<'a>(types: impl IntoIterator<Item = &'a TypePlan>) -> Structures<'a> {
    types
        .into_iter()
        .filter_map(|plan| match plan {
            TypePlan::Structure(structure) if structure.side == Side::Request => {
                Some((&structure.name, structure))
            }
            TypePlan::Structure(_) | TypePlan::Enum(_) => None,
        })
        .collect()
}

/// An operation called through the client. What stands around it so that it runs is added by the attribute
/// `both_clients`.
pub(super) fn call(
    library: &str,
    action: &str,
    module: &Identifier,
    request: &StructurePlan,
    structures: &Structures<'_>,
    usual: &BTreeMap<&str, &str>,
) -> Vec<String> {
    let mut example = Example { module, structures, imports: BTreeSet::new() };
    let chain = example.setters(&request.fields, usual);
    // An action that no header can carry compiles, but is refused before it is sent.
    let sendable = action.bytes().all(|byte| byte.is_ascii_graphic());
    let mut lines = vec![if sendable { "```" } else { "```no_run" }.to_owned()];
    lines.extend(example.imports.iter().map(|path| format!("use {library}::{path};")));
    if !example.imports.is_empty() {
        lines.push(String::new());
    }
    lines.push("let answer = client".to_owned());
    lines.push(format!("    .{}()", module.as_str()));
    lines.extend(chain.into_iter().map(|setter| format!("    {setter}")));
    lines.extend(["    .send()", "    .await?;", "println!(\"{answer:?}\");", "```"].map(str::to_owned));
    lines
}

struct Example<'a> {
    /// The operation's module.
    module: &'a Identifier,
    structures: &'a Structures<'a>,
    /// Paths below the crate.
    imports: BTreeSet<String>,
}

impl Example<'_> {
    fn setters(&mut self, fields: &[FieldPlan], usual: &BTreeMap<&str, &str>) -> Vec<String> {
        fields
            .iter()
            .filter(|field| !matches!(field.ty, TypeRef::Option(_)))
            .map(|field| {
                let sample = match field.ty {
                    TypeRef::Text => usual.get(field.wire.as_str()).copied(),
                    _ => None,
                };
                let value = self.value(&field.ty, sample.or(field.sample.as_deref()));
                format!(".{}({value})", field.name.as_str())
            })
            .collect()
    }

    /// An expression that a setter of this type takes.
    fn value(&mut self, ty: &TypeRef, sample: Option<&str>) -> String {
        let text = sample.unwrap_or_default();
        match ty {
            TypeRef::Text | TypeRef::Json => literal(text).to_string(),
            TypeRef::Integer => text.parse::<i32>().unwrap_or(1).to_string(),
            TypeRef::Long => format!("{}_i64", text.parse::<i64>().unwrap_or(1)),
            TypeRef::Float => {
                format!("{:?}", text.parse::<f64>().ok().filter(|number| number.is_finite()).unwrap_or(1.0))
            }
            TypeRef::Boolean => (text == "true").to_string(),
            TypeRef::Option(inner) => self.value(inner, sample),
            TypeRef::List(element) => format!("[{}]", self.element(element, sample)),
            TypeRef::Map(value) => format!("[(\"key\", {})]", self.element(value, sample)),
            TypeRef::Named(name, home) => self.named(name, *home, text),
        }
    }

    /// An expression for an element of a list or map; containers in containers have their own type.
    fn element(&mut self, ty: &TypeRef, sample: Option<&str>) -> String {
        match ty {
            TypeRef::List(element) => format!("vec![{}.into()]", self.element(element, sample)),
            TypeRef::Map(value) => {
                let value = self.element(value, sample);
                format!("std::collections::BTreeMap::from([(\"key\".to_owned(), {value}.into())])")
            }
            _ => self.value(ty, sample),
        }
    }

    fn named(&mut self, name: &Identifier, home: Home, sample: &str) -> String {
        let Some(structure) = self.structures.get(name).copied() else {
            // An open enum takes any text.
            return literal(sample).to_string();
        };
        let module = match home {
            Home::Shared => "types".to_owned(),
            Home::Operation(_) => format!("operation::{}", self.module.as_str()),
        };
        self.imports.insert(format!("{module}::{}", name.as_str()));
        let setters = self.setters(&structure.fields, &BTreeMap::new()).concat();
        format!("{}::builder(){setters}.build()", name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use ccc_spec::model::{Field, Operation, Shape};

    use super::usual;
    use crate::fixtures::{field, linked, operation};
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
}
