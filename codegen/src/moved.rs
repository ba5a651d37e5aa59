//! What becomes of an operation's Rust types where specs change, be it that of another operation: a name that
//! operations share goes to the meaning most of them agree on, so that one page can move the types of others.

use std::collections::BTreeMap;

use ccc_spec::model::Operation;

use crate::check;
use crate::plan::{self, FieldPlan, Home, OperationPlan, Plan, StructurePlan, TypePlan, TypeRef};

/// A field, there before and after, whose Rust type is another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct TypeChange {
    /// The operation.
    pub action: String,
    /// Path of the field as in the change report: `response.Data.Items[].Id`.
    pub path: String,
    /// Its type before, from the folder of generated source and without the `Option` around it; `name: type` where
    /// the field's name in Rust is another, too.
    pub old: String,
    /// The same now.
    pub new: String,
}

/// The fields whose Rust types or names differ, and `request` and `response` for the operation's own, between two states of the operations of one product and version, sorted.
/// Nothing where no client can be generated of either; see [`generate`](crate::generate).
///
/// ```
/// assert!(ccc_codegen::type_changes(&[], &[]).is_empty());
/// ```
#[must_use]
pub fn type_changes(before: &[Operation], after: &[Operation]) -> Vec<TypeChange> {
    if check(before).is_err() || check(after).is_err() {
        return Vec::new();
    }
    let (before, after) = (plan::plan(before), plan::plan(after));
    let mut changes = Vec::new();
    for operation in &after.operations {
        let Some(old) = before.operations.iter().find(|old| old.action == operation.action) else { continue };
        let (old, new) = (types(&before, old), types(&after, operation));
        for (path, new) in new {
            let Some(old) = old.get(&path).filter(|old| **old != new) else { continue };
            let shown = |own: &Made| {
                if old.name == new.name { own.ty.clone() } else { format!("{}: {}", own.name, own.ty) }
            };
            let (old, new) = (shown(old), shown(&new));
            changes.push(TypeChange { action: operation.action.clone(), path, old, new });
        }
    }
    changes
}

/// What is made of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Made {
    name: String,
    ty: String,
}

/// What is made of an operation and every field of it, by path.
fn types(plan: &Plan, operation: &OperationPlan) -> BTreeMap<String, Made> {
    let mut walk = Walk { plan, operation, found: BTreeMap::new() };
    for (path, structure) in [("request", &operation.request), ("response", &operation.response)] {
        let ty = format!("{}::{}", operation.name.as_str(), structure.name.as_str());
        walk.found.insert(path.to_owned(), Made { name: String::new(), ty });
        walk.structure(path, structure);
    }
    walk.found
}

struct Walk<'p> {
    plan: &'p Plan,
    operation: &'p OperationPlan,
    found: BTreeMap<String, Made>,
}

impl<'p> Walk<'p> {
    fn structure(&mut self, path: &str, structure: &'p StructurePlan) {
        for FieldPlan { name, wire, ty, .. } in &structure.fields {
            let path = format!("{path}.{wire}");
            let made = Made { name: name.as_str().to_owned(), ty: self.written(ty) };
            self.found.insert(path.clone(), made);
            self.inside(path, ty);
        }
    }

    /// The fields of the structure that a value of this type is, or holds. Shared types never hold each other in a
    /// circle.
    fn inside(&mut self, path: String, ty: &'p TypeRef) {
        match ty {
            TypeRef::Option(inner) => self.inside(path, inner),
            TypeRef::List(element) => self.inside(path + "[]", element),
            TypeRef::Map(value) => self.inside(path + "{}", value),
            TypeRef::Named(name, home) => {
                let types: Vec<&TypePlan> = match home {
                    Home::Shared => self.plan.types.iter().map(|shared| &shared.plan).collect(),
                    Home::Operation(_) => self.operation.types.iter().collect(),
                };
                let found = types.into_iter().find(|plan| plan.name() == name);
                if let Some(TypePlan::Structure(structure)) = found {
                    self.structure(&path, structure);
                }
            }
            _ => {}
        }
    }

    fn written(&self, ty: &TypeRef) -> String {
        match ty {
            TypeRef::Text => "String".to_owned(),
            TypeRef::Integer => "i32".to_owned(),
            TypeRef::Long => "i64".to_owned(),
            TypeRef::Float => "f64".to_owned(),
            TypeRef::Boolean => "bool".to_owned(),
            TypeRef::Json => "serde_json::Value".to_owned(),
            TypeRef::Option(inner) => self.written(inner),
            TypeRef::List(element) => format!("Vec<{}>", self.written(element)),
            TypeRef::Map(value) => format!("BTreeMap<String, {}>", self.written(value)),
            TypeRef::Named(name, Home::Shared) => format!("types::{}", name.as_str()),
            TypeRef::Named(name, Home::Operation(_)) => {
                format!("{}::{}", self.operation.name.as_str(), name.as_str())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ccc_spec::model::{Operation, Shape};

    use super::type_changes;
    use crate::fixtures::{field, one_of, operation, structure};

    /// An operation whose answer holds a structure `User` with these members.
    fn with_user<const N: usize>(action: &str, members: [(&str, Shape); N]) -> Operation {
        let user = structure(Some("User"), members.map(|(name, shape)| field(name, shape)));
        Operation { response: vec![field("Data", user)], ..operation(action) }
    }

    fn changes(before: &[Operation], after: &[Operation]) -> Vec<String> {
        let changes = type_changes(before, after).into_iter();
        changes
            .map(|change| format!("{} {}: {} -> {}", change.action, change.path, change.old, change.new))
            .collect()
    }

    #[test]
    fn a_page_that_agrees_moves_nothing() {
        let before = [with_user("B", [("Id", Shape::string())]), with_user("C", [("Id", Shape::string())])];
        let new = with_user("A", [("Id", Shape::string()), ("Name", Shape::string())]);
        assert_eq!(changes(&before, &[&[new], before.as_slice()].concat()), [""; 0]);
    }

    #[test]
    fn a_page_that_contradicts_one_alone_may_take_its_name() {
        let before = [with_user("B", [("Id", Shape::string())])];
        let new = with_user("A", [("Id", Shape::Long)]);
        assert_eq!(
            changes(&before, &[&[new], before.as_slice()].concat()),
            ["B response.Data: types::User -> b::BUser"]
        );
    }

    #[test]
    fn a_shared_type_splits_where_one_page_changes() {
        let old = |action: &str| with_user(action, [("Id", Shape::string()), ("Mail", Shape::string())]);
        let before = [old("A"), old("B"), old("C")];
        let after = [old("A"), old("B"), with_user("C", [("Id", Shape::Long), ("Mail", Shape::string())])];
        assert_eq!(
            changes(&before, &after),
            ["C response.Data: types::User -> c::CUser", "C response.Data.Id: String -> i64"]
        );
    }

    #[test]
    fn a_text_becomes_an_enum_where_another_page_lists_values() {
        let old = |action: &str| with_user(action, [("Mood", Shape::string()), ("Id", Shape::Long)]);
        let before = [old("A"), old("B")];
        let after = [old("A"), with_user("B", [("Mood", one_of(["GOOD", "BAD"])), ("Id", Shape::Long)])];
        assert_eq!(
            changes(&before, &after),
            ["A response.Data.Mood: String -> types::Mood", "B response.Data.Mood: String -> types::Mood"]
        );
    }

    #[test]
    fn names_that_look_alike_in_rust_may_move_each_other() {
        let before = [with_user("getUser", [("url", Shape::string())])];
        let after = [
            operation("GetUser"),
            with_user("getUser", [("url", Shape::string()), ("URL", Shape::string())]),
        ];
        assert_eq!(
            changes(&before, &after),
            [
                "getUser request: get_user::GetUserRequest -> get_user_2::GetUserRequest2",
                "getUser response: get_user::GetUserResponse -> get_user_2::GetUserResponse2",
                "getUser response.Data.url: url: String -> url_2: String"
            ]
        );
    }

    #[test]
    fn fields_that_come_and_go_are_no_changes_of_types() {
        let before = [with_user("A", [("Id", Shape::string())])];
        let after = [with_user("A", [("Name", Shape::string())])];
        assert_eq!(changes(&before, &after), [""; 0]);
    }
}
