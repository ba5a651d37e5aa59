//! The references of the previous spec to its types. A run must not change them without a reason.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::expand::{self, MAX_DEPTH};
use super::site::Site;
use crate::model::{Field, ProductSpec, Shape, SharedType, Side};

/// The types of the previous spec, and the places that refer to each.
#[derive(Debug, Default)]
pub(super) struct Prior {
    /// Their shapes by name, without references.
    types: BTreeMap<String, Shape>,
    /// The type at each place that holds a structure or an enum; `None` if it is inline.
    places: HashMap<Place, Option<String>>,
}

/// A structure or enum in an operation or in a shared type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    owner: Owner,
    /// Names of fields, separated by `/`.
    path: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Owner {
    Operation(String, Side),
    Type(String),
}

impl Place {
    /// Returns the place of an operation's request or response.
    pub(super) fn operation(action: &str, side: Side) -> Self {
        Self { owner: Owner::Operation(action.to_owned(), side), path: String::new() }
    }

    /// Returns the place of a shared type.
    pub(super) fn shared(name: &str) -> Self {
        Self { owner: Owner::Type(name.to_owned()), path: String::new() }
    }

    /// Returns the place of a member.
    pub(super) fn member(&self, field: &Field) -> Self {
        Self { owner: self.owner.clone(), path: format!("{}/{}", self.path, field.name) }
    }
}

impl Prior {
    pub(super) fn from_spec(spec: &ProductSpec) -> Self {
        let mut prior = Self::default();
        let mut walk = Walk { spec, circles: Circles::from_spec(spec), places: &mut prior.places };
        for shared in &spec.types {
            prior.types.insert(shared.name.clone(), expand::shape(spec, &shared.shape));
            if let Shape::Structure { fields, .. } = &shared.shape {
                walk.fields(Some(&shared.name), &Place::shared(&shared.name), fields, MAX_DEPTH);
            }
        }
        for operation in &spec.operations {
            for (side, fields) in [(Side::Request, &operation.request), (Side::Response, &operation.response)]
            {
                walk.fields(None, &Place::operation(&operation.action, side), fields, MAX_DEPTH);
            }
        }
        prior
    }

    /// Returns the name of the type at a place, if it is of the kind of `shape`.
    pub(super) fn name_at(&self, place: &Place, shape: &Shape) -> Option<&str> {
        let name = self.places.get(place)?.as_deref()?;
        self.shape(name).filter(|known| known.kind() == shape.kind()).map(|_| name)
    }

    /// Returns whether a structure or enum is inline at the place.
    pub(super) fn is_inline(&self, place: &Place) -> bool {
        self.places.get(place).is_some_and(Option::is_none)
    }

    /// Returns the previous shape of a type, without references.
    pub(super) fn shape(&self, name: &str) -> Option<&Shape> {
        self.types.get(name)
    }
}

/// Records the places of a spec.
struct Walk<'a> {
    spec: &'a ProductSpec,
    circles: Circles<'a>,
    places: &'a mut HashMap<Place, Option<String>>,
}

impl Walk<'_> {
    /// Records the places below `place`. `holder` is the shared type whose file contains the fields, if any. Places of
    /// an operation continue inside the types that it refers to.
    fn fields(&mut self, holder: Option<&str>, place: &Place, fields: &[Field], depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        for field in fields {
            let place = place.member(field);
            match field.shape.core() {
                Shape::Shared { to } => {
                    self.places.insert(place.clone(), Some(to.clone()));
                    if matches!(place.owner, Owner::Operation(..))
                        && let Some(Shape::Structure { fields, .. }) =
                            self.spec.shared(to).map(|shared| &shared.shape)
                    {
                        self.fields(Some(to), &place, fields, depth);
                    }
                }
                core => {
                    let site = Site::from_field(field, Side::Response, false);
                    if site
                        .is_some_and(|site| !holder.is_some_and(|holder| self.circles.force(holder, &site)))
                    {
                        self.places.insert(place.clone(), None);
                    }
                    if let Shape::Structure { fields, .. } = core {
                        self.fields(holder, &place, fields, depth);
                    }
                }
            }
        }
    }
}

/// The types that each type contains, directly or through other types.
struct Circles<'a>(BTreeMap<&'a str, BTreeSet<&'a str>>);

impl<'a> Circles<'a> {
    fn from_spec(spec: &'a ProductSpec) -> Self {
        let held = |shared: &'a SharedType| match &shared.shape {
            Shape::Structure { fields, .. } => spec.types_of(fields),
            _ => BTreeSet::new(),
        };
        Self(spec.types.iter().map(|shared| (shared.name.as_str(), held(shared))).collect())
    }

    /// Returns whether the site must be inline in `holder`, because a type of its name would otherwise contain itself.
    fn force(&self, holder: &str, site: &Site<'_>) -> bool {
        let is_of_site = |name: &str| {
            name.strip_prefix(site.key.name.as_str())
                .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        self.0.iter().any(|(name, held)| is_of_site(name) && (*name == holder || held.contains(holder)))
    }
}
