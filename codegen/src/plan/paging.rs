//! Operations whose responses come in pages: finds the parameters and fields that page, by the names in the manifest.

use std::collections::BTreeMap;

use ccc_spec::manifest::Paging;

use super::{FieldPlan, Identifier, StructurePlan, TypePlan, TypeRef};

/// How an operation pages.
#[derive(Clone, Debug)]
pub(crate) struct PagingPlan {
    pub(crate) by: PagedBy,
    /// The parameter with the number or the token of the page.
    pub(crate) position: Identifier,
    /// The parameter with the number of items per page, and the number that the builder sets.
    pub(crate) size: Option<(Identifier, i64)>,
    /// The type of an item.
    pub(crate) item: TypeRef,
    /// The path of the list of items in the response.
    pub(crate) items: Vec<Identifier>,
}

impl PagingPlan {
    /// Tells whether the builder sets this parameter by itself.
    pub(super) fn fills_in(&self, parameter: &Identifier) -> bool {
        self.position == *parameter || self.size.as_ref().is_some_and(|(size, _)| size == parameter)
    }
}

/// The field of a response that shows whether further pages follow, by its path.
#[derive(Clone, Debug)]
pub(crate) enum PagedBy {
    /// The total number of items. `wide` means 64 bits.
    Number { total: Vec<Identifier>, wide: bool },
    /// The token of the next page.
    Token { next: Vec<Identifier> },
}

/// The structures that an operation may use, by name.
pub(super) type Structures<'a> = BTreeMap<&'a Identifier, &'a StructurePlan>;

/// Selects the structures among types.
pub(super) fn structures<'a>(all: impl IntoIterator<Item = &'a TypePlan>) -> Structures<'a> {
    let structure = |plan: &'a TypePlan| match plan {
        TypePlan::Structure(structure) => Some((&structure.name, structure)),
        TypePlan::Enum(_) => None,
    };
    all.into_iter().filter_map(structure).collect()
}

/// The most items that the builder asks for, even if the page allows more.
const MOST_ITEMS: i64 = 100;
/// The number of items that the builder asks for if the page names none.
const FEW_ITEMS: i64 = 10;
/// The greatest depth of the list in a response.
const DEPTH: usize = 4;

/// Plans how an operation pages; `None` if it lacks a parameter or a field for that.
pub(super) fn plan(
    paging: &Paging,
    request: &StructurePlan,
    response: &StructurePlan,
    structures: &Structures<'_>,
) -> Option<PagingPlan> {
    let by_number = paging.number.as_ref().and_then(|number| {
        let position = parameter(request, &number.page).filter(|field| is_whole(inside(&field.ty)))?;
        let size = parameter(request, &number.size)?;
        let found = Found::in_response(response, &number.total, structures)?;
        let wide = match inside(&found.marker.ty) {
            TypeRef::Integer => false,
            TypeRef::Long => true,
            _ => return None,
        };
        let by = PagedBy::Number { total: found.path_of(found.marker), wide };
        Some(found.paging(by, position, Some(size)))
    });
    by_number.or_else(|| {
        let token = paging.token.as_ref()?;
        let position = parameter(request, &token.next).filter(|field| *inside(&field.ty) == TypeRef::Text)?;
        let size = token.size.as_ref().and_then(|size| parameter(request, size));
        let found = Found::in_response(response, &token.next, structures)?;
        let is_text = found.marker.ty == TypeRef::Option(Box::new(TypeRef::Text));
        let by = PagedBy::Token { next: found.path_of(found.marker) };
        is_text.then(|| found.paging(by, position, size))
    })
}

fn parameter<'a>(request: &'a StructurePlan, wire: &str) -> Option<&'a FieldPlan> {
    request.fields.iter().find(|field| field.wire == wire)
}

fn inside(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Option(inside) => inside,
        ty => ty,
    }
}

fn is_whole(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Integer | TypeRef::Long)
}

/// The field that tells whether there are further pages, and the list beside it.
struct Found<'a> {
    above: Vec<Identifier>,
    marker: &'a FieldPlan,
    list: &'a FieldPlan,
    item: &'a TypeRef,
}

impl<'a> Found<'a> {
    fn in_response(response: &'a StructurePlan, wire: &str, structures: &Structures<'a>) -> Option<Self> {
        Self::below(response, wire, structures, &mut Vec::new())
    }

    fn below(
        structure: &'a StructurePlan,
        wire: &str,
        structures: &Structures<'a>,
        above: &mut Vec<Identifier>,
    ) -> Option<Self> {
        if let Some(marker) = structure.fields.iter().find(|field| field.wire == wire) {
            let (list, item) = only_list(structure)?;
            return Some(Self { above: above.clone(), marker, list, item });
        }
        if above.len() >= DEPTH {
            return None;
        }
        structure.fields.iter().find_map(|field| {
            let TypeRef::Named(name, _) = &field.ty else { return None };
            above.push(field.name.clone());
            let found = Self::below(structures.get(name)?, wire, structures, above);
            above.pop();
            found
        })
    }

    fn path_of(&self, field: &FieldPlan) -> Vec<Identifier> {
        self.above.iter().chain([&field.name]).cloned().collect()
    }

    fn paging(&self, by: PagedBy, position: &FieldPlan, size: Option<&FieldPlan>) -> PagingPlan {
        PagingPlan {
            by,
            position: position.name.clone(),
            size: size.map(|size| (size.name.clone(), items_of_a_page(size))),
            item: self.item.clone(),
            items: self.path_of(self.list),
        }
    }
}

/// Returns the list of items: the only list of structures, else the only list.
fn only_list(structure: &StructurePlan) -> Option<(&FieldPlan, &TypeRef)> {
    let lists: Vec<_> = structure
        .fields
        .iter()
        .filter_map(|field| match &field.ty {
            TypeRef::List(element) => Some((field, element.as_ref())),
            _ => None,
        })
        .collect();
    let mut of_structures = lists.iter().filter(|(_, element)| matches!(element, TypeRef::Named(..)));
    match (of_structures.next(), of_structures.next(), lists.as_slice()) {
        (Some(list), None, _) | (None, _, [list]) => Some(*list),
        _ => None,
    }
}

/// Chooses the number of items per page: the most that the page allows, up to [`MOST_ITEMS`], else its sample.
fn items_of_a_page(size: &FieldPlan) -> i64 {
    let sample = || size.sample.as_deref().and_then(|sample| sample.trim().parse().ok()).filter(|n| *n > 0);
    match size.range.and_then(|range| range.max) {
        Some(most) => most.clamp(1, MOST_ITEMS),
        None => sample().unwrap_or(FEW_ITEMS).min(MOST_ITEMS),
    }
}
