//! Structures and their fields.

use std::collections::BTreeMap;

use ccc_spec::model::{Field, ListEncoding, Shape};

use super::catalog::{Catalog, TypeId, TypeName};
use super::names::{Identifier, Role, distinct};
use super::{Docs, FieldPlan, Home, Side, StructurePlan, TypeRef, docs};

/// The types of all operations under their final names.
#[derive(Debug)]
pub(super) struct Types {
    pub(super) catalog: Catalog,
    pub(super) names: BTreeMap<TypeId, TypeName>,
}

/// Where a structure stands: what its fields' types depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) operation: usize,
    pub(super) side: Side,
    /// The structure's own type, unless it is the request or the answer itself.
    pub(super) parent: Option<&'a TypeId>,
}

impl Types {
    /// Plans a structure with these fields.
    pub(super) fn structure(
        &self,
        place: Place<'_>,
        name: Identifier,
        builder: Option<Identifier>,
        docs: Docs,
        fields: &[Field],
    ) -> StructurePlan {
        let role = if place.side == Side::Request { Role::Parameter } else { Role::Field };
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let fields =
            fields.iter().zip(distinct(role, &names)).map(|(field, name)| self.field(place, field, name));
        StructurePlan { name, builder, side: place.side, docs, fields: fields.collect() }
    }

    fn field(&self, place: Place<'_>, field: &Field, name: Identifier) -> FieldPlan {
        let named = self.catalog.type_of(place.operation, place.side, place.parent, field);
        let inner = type_ref(&field.shape, named.as_ref().and_then(|id| self.reference(id)).as_ref());
        // Requests tell absent from empty, so whatever is not required is an `Option`. In answers,
        // structures, lists and maps are plain: users need no chains of options.
        let optional = match place.side {
            Side::Request => !field.required,
            Side::Response => {
                !matches!(field.shape, Shape::Structure { .. } | Shape::List { .. } | Shape::Map { .. })
            }
        };
        let (wrapper, json) = match &field.shape {
            Shape::List { wrapper, encoding, .. } => (wrapper.clone(), *encoding == ListEncoding::Json),
            _ => (None, false),
        };
        FieldPlan {
            name,
            wire: field.name.clone(),
            docs: docs::field(field, place.side),
            ty: if optional { TypeRef::Option(Box::new(inner)) } else { inner },
            sample: field.sample.clone(),
            sensitive: field.sensitive.is_some(),
            wrapper: wrapper.filter(|_| place.side == Side::Response),
            json: json && place.side == Side::Request,
        }
    }

    fn reference(&self, id: &TypeId) -> Option<TypeRef> {
        let home = match id {
            TypeId::Shared(_) | TypeId::Within { .. } => Home::Shared,
            TypeId::Local { .. } => Home::Operation(self.catalog.definitions.get(id)?.side),
        };
        Some(TypeRef::Named(self.names.get(id)?.own.clone(), home))
    }
}

/// The Rust type of a shape; `named` is that of the structure or enum at its core.
fn type_ref(shape: &Shape, named: Option<&TypeRef>) -> TypeRef {
    match shape {
        Shape::String { values } if values.is_empty() => TypeRef::Text,
        Shape::String { .. } => named.cloned().unwrap_or(TypeRef::Text),
        Shape::Integer => TypeRef::Integer,
        Shape::Long => TypeRef::Long,
        Shape::Float => TypeRef::Float,
        Shape::Boolean => TypeRef::Boolean,
        Shape::Json => TypeRef::Json,
        Shape::Structure { .. } => named.cloned().unwrap_or(TypeRef::Json),
        Shape::List { element, .. } => TypeRef::List(Box::new(type_ref(element, named))),
        Shape::Map { value } => TypeRef::Map(Box::new(type_ref(value, named))),
    }
}
