//! Structures and their fields.

use std::collections::BTreeMap;

use ccc_spec::model::{Encoding, Field, Position, Sensitivity, Shape};

use super::catalog::{Catalog, TypeId, TypeName};
use super::names::{Identifier, Role, Scope, distinct};
use super::{Docs, FieldPlan, Home, Side, StructurePlan, TypeRef, docs};
use crate::emit::type_tokens;

/// The types of all operations under their final names.
#[derive(Debug)]
pub(super) struct Types {
    pub(super) catalog: Catalog,
    pub(super) names: BTreeMap<TypeId, TypeName>,
}

/// The depth to which structures are searched for sensitive or secret fields; a deeper structure counts as both.
const DEPTH: usize = 16;

/// The place of a structure, on which the types of its fields depend.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) operation: usize,
    pub(super) side: Side,
    /// The structure's own type, unless it is the request or the response itself.
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
        let named = Catalog::type_of(place.operation, place.side, place.parent, field);
        let inner = type_ref(&field.shape, named.as_ref().and_then(|id| self.reference(id)).as_ref());
        // In requests, an absent value is not the same as an empty one, so every optional parameter is an `Option`. In
        // responses, structures, lists and maps have no `Option` around them, which spares users chains of options.
        let optional = match place.side {
            Side::Request => !field.required,
            Side::Response => !self.can_be_empty(&field.shape),
        };
        let wrapper = match &field.shape {
            Shape::List { wrapper, .. } => wrapper.clone(),
            _ => None,
        };
        FieldPlan {
            name,
            wire: field.name.clone(),
            docs: docs::field(field, place.side),
            ty: if optional { TypeRef::Option(Box::new(inner)) } else { inner },
            sample: field.sample.clone(),
            sensitive: self.is(field, &|field| field.sensitive.is_some()),
            secret: self.is(field, &|field| field.sensitive == Some(Sensitivity::Secret)),
            wrapper: wrapper.filter(|_| place.side == Side::Response),
            body: field.position == Position::Body,
            json: field.encoding == Encoding::Json && place.side == Side::Request,
            text: field.as_text,
            range: field.range.filter(|_| place.side == Side::Request && is_number(&field.shape)),
        }
    }

    /// Tells whether a value of that shape can be empty, so that a response needs no `Option` around it.
    fn can_be_empty(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Structure { .. } | Shape::List { .. } | Shape::Map { .. } => true,
            Shape::Shared { to } => self
                .catalog
                .definitions
                .get(&TypeId::Shared(to.clone()))
                .is_some_and(|definition| matches!(definition.shape, Shape::Structure { .. })),
            _ => false,
        }
    }

    /// Tells whether a value is sensitive or secret. A value sent as JSON is, if any part of it is.
    fn is(&self, field: &Field, test: &dyn Fn(&Field) -> bool) -> bool {
        test(field) || field.encoding == Encoding::Json && self.holds(&field.shape, test, DEPTH)
    }

    fn holds(&self, shape: &Shape, test: &dyn Fn(&Field) -> bool, depth: usize) -> bool {
        let fields = match shape.core() {
            Shape::Structure { fields, .. } => fields,
            Shape::Shared { to } => {
                match self.catalog.definitions.get(&TypeId::Shared(to.clone())).map(|found| &found.shape) {
                    Some(Shape::Structure { fields, .. }) => fields,
                    _ => return false,
                }
            }
            _ => return false,
        };
        // Types may contain themselves.
        depth == 0
            || fields
                .iter()
                .any(|field| test(field) || self.holds(&field.shape, test, depth.saturating_sub(1)))
    }

    fn reference(&self, id: &TypeId) -> Option<TypeRef> {
        let home = match id {
            TypeId::Shared(_) | TypeId::Within { .. } => Home::Shared,
            TypeId::Local { .. } => Home::Operation(self.catalog.definitions.get(id)?.side),
        };
        Some(TypeRef::Named(self.names.get(id)?.own.clone(), home))
    }
}

fn is_number(shape: &Shape) -> bool {
    matches!(shape, Shape::Integer | Shape::Long | Shape::Float)
}

/// Writes the Rust type of a shape for people to read; `Structure` and `Enum` stand for types without a name.
pub(crate) fn written_type(shape: &Shape) -> String {
    let name = match shape.core() {
        Shape::Structure { name: Some(name), .. } | Shape::Shared { to: name } => name,
        Shape::Structure { name: None, .. } => "Structure",
        _ => "Enum",
    };
    let name = Scope::default().claim(Role::Type, &[name]);
    let tokens = type_tokens(&type_ref(shape, Some(&TypeRef::Named(name, Home::Shared))));
    tokens.to_string().replace(' ', "").replace(',', ", ")
}

/// Returns the Rust type of a shape; `named` is the type of the structure or enum at its core.
fn type_ref(shape: &Shape, named: Option<&TypeRef>) -> TypeRef {
    match shape {
        Shape::String { values } if values.is_empty() => TypeRef::Text,
        Shape::String { .. } => named.cloned().unwrap_or(TypeRef::Text),
        Shape::Integer => TypeRef::Integer,
        Shape::Long => TypeRef::Long,
        Shape::Float => TypeRef::Float,
        Shape::Boolean => TypeRef::Boolean,
        Shape::Json => TypeRef::Json,
        Shape::Structure { .. } | Shape::Shared { .. } => named.cloned().unwrap_or(TypeRef::Json),
        Shape::List { element, .. } => TypeRef::List(Box::new(type_ref(element, named))),
        Shape::Map { value } => TypeRef::Map(Box::new(type_ref(value, named))),
    }
}
