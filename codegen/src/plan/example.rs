//! Examples in doc comments: the required parameters with the page's sample values.

use std::collections::{BTreeMap, BTreeSet};

use super::{FieldPlan, Home, Identifier, Side, StructurePlan, TypePlan, TypeRef};
use crate::text::literal;

/// The structures that an example may have to build, by name.
pub(super) type Structures<'a> = BTreeMap<&'a Identifier, &'a StructurePlan>;

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

/// A request built alone.
pub(super) fn request(
    module: &Identifier,
    request: &StructurePlan,
    structures: &Structures<'_>,
) -> Vec<String> {
    let mut example = Example { module, structures, imports: BTreeSet::new() };
    let name = request.name.as_str();
    example.imports.insert(format!("{}::{name}", module.as_str()));
    let chain = example.setters(&request.fields);
    let mut lines = vec!["```".to_owned()];
    lines.extend(example.imports.iter().map(|path| format!("use ccc_api::{path};")));
    lines.push(String::new());
    lines.push(format!("let request = {name}::builder()"));
    lines.extend(chain.into_iter().map(|setter| format!("    {setter}")));
    lines.push("    .build();".to_owned());
    lines.push("```".to_owned());
    lines
}

/// What stands around a call so that it runs: the local endpoint, where the crate is built with it.
const BEFORE_CALL: [&str; 5] = [
    "# #[cfg(feature = \"mock\")]",
    "# #[tokio::main(flavor = \"current_thread\")]",
    "# async fn main() -> Result<(), Box<dyn std::error::Error>> {",
    "# let endpoint = ccc_api::mock::MockEndpoint::start().await?;",
    "# let client = ccc_api::Client::new(endpoint.config())?;",
];
const AFTER_CALL: [&str; 5] =
    ["println!(\"{answer:?}\");", "# Ok(()) }", "# #[cfg(not(feature = \"mock\"))]", "# fn main() {}", "```"];

/// An operation called through the client.
pub(super) fn call(
    action: &str,
    module: &Identifier,
    request: &StructurePlan,
    structures: &Structures<'_>,
) -> Vec<String> {
    let mut example = Example { module, structures, imports: BTreeSet::new() };
    let chain = example.setters(&request.fields);
    // An action that no header can carry compiles, but is refused before it is sent.
    let sendable = action.bytes().all(|byte| byte.is_ascii_graphic());
    let mut lines = vec![if sendable { "```" } else { "```no_run" }.to_owned()];
    lines.extend(example.imports.iter().map(|path| format!("use ccc_api::{path};")));
    lines.extend(BEFORE_CALL.map(str::to_owned));
    lines.push("let answer = client".to_owned());
    lines.push(format!("    .{}()", module.as_str()));
    lines.extend(chain.into_iter().map(|setter| format!("    {setter}")));
    lines.extend(["    .send()", "    .await?;"].map(str::to_owned));
    lines.extend(AFTER_CALL.map(str::to_owned));
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
    fn setters(&mut self, fields: &[FieldPlan]) -> Vec<String> {
        fields
            .iter()
            .filter(|field| !matches!(field.ty, TypeRef::Option(_)))
            .map(|field| {
                let value = self.value(&field.ty, field.sample.as_deref());
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
        let module = if home == Home::Shared { "types" } else { self.module.as_str() };
        self.imports.insert(format!("{module}::{}", name.as_str()));
        let setters = self.setters(&structure.fields).concat();
        format!("{}::builder(){setters}.build()", name.as_str())
    }
}
