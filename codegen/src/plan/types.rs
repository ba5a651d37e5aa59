//! Plans of types: those that operations share, and those of one operation.

use std::collections::BTreeMap;

use ccc_spec::model::{ProductSpec, Shape};

use super::catalog::{Catalog, Definition, TypeId, TypeName};
use super::docs::Description;
use super::names::{Role, Scope, distinct};
use super::structure::{Place, Types};
use super::{SharedType, TypePlan, docs, enums};

impl Types {
    /// Collects and names the types of a product; `scope` holds the names that are already in use.
    pub(super) fn new(spec: &ProductSpec, scope: &mut Scope) -> Self {
        let catalog = Catalog::new(spec);
        let actions: Vec<&str> = spec.operations.iter().map(|operation| operation.action.as_str()).collect();
        let names = catalog.names(&actions, scope);
        Self { catalog, names }
    }

    /// Returns the shared types, in the order of their modules.
    pub(super) fn shared(&self) -> Vec<SharedType> {
        let shared: Vec<_> = self.planned().filter_map(|(id, _, plan)| Some((id.shared()?, plan))).collect();
        let names: Vec<&str> = shared.iter().map(|(_, plan)| plan.name().as_str()).collect();
        let mut types: Vec<SharedType> = distinct(Role::TypeModule, &names)
            .into_iter()
            .zip(&shared)
            .map(|(module, (spec_name, plan))| SharedType {
                module,
                plan: plan.clone(),
                spec_name: (*spec_name).to_owned(),
                area: None,
            })
            .collect();
        types.sort_by(|one, other| one.module.unraw().cmp(other.module.unraw()));
        types
    }

    /// Returns the types that only one operation has, by the index of the operation, in the order of their names.
    pub(super) fn local(&self) -> BTreeMap<usize, Vec<TypePlan>> {
        let mut local: BTreeMap<usize, Vec<TypePlan>> = BTreeMap::new();
        for (id, _, plan) in self.planned() {
            if let TypeId::Local { operation, .. } = id {
                local.entry(*operation).or_default().push(plan);
            }
        }
        for types in local.values_mut() {
            types.sort_by(|one, other| one.name().cmp(other.name()));
        }
        local
    }

    fn planned(&self) -> impl Iterator<Item = (&TypeId, &Definition, TypePlan)> {
        self.catalog
            .definitions
            .iter()
            .filter_map(|(id, definition)| Some((id, definition, self.plan(id, definition)?)))
    }

    fn plan(&self, id: &TypeId, definition: &Definition) -> Option<TypePlan> {
        let TypeName { own: name, builder } = self.names.get(id)?.clone();
        let Definition { shape, description, english, side, called, .. } = definition;
        let text = Description { english, page: description };
        match shape {
            Shape::Structure { fields, .. } => {
                let operation = if let TypeId::Local { operation, .. } = id { *operation } else { 0 };
                let place = Place { operation, side: *side, parent: Some(id) };
                let docs = docs::structure(called, *side, text);
                Some(TypePlan::Structure(self.structure(place, name, builder, docs, fields)))
            }
            Shape::String { values } => Some(TypePlan::Enum(enums::plan(name, called, *side, text, values))),
            _ => None,
        }
    }
}
