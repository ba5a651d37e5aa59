//! A structure or an enum at its place on a page: its name, and whether others may mean the same.

use crate::model::{Encoding, EnumValue, Field, Shape, Side};
use crate::naming::{pascal, singular};

/// Kinds of types that have a name of their own in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A structure, used either in requests or in responses.
    Structure(Side),
    /// A text with documented values, used in requests, responses or both.
    Enum,
}

/// The name that a page gives a structure or an enum. Structures or enums with the same key are candidates for one
/// shared type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Whether it is a structure or an enum.
    pub kind: Kind,
    /// The name in `PascalCase`; structures of requests end in `Parameter`.
    pub name: String,
}

/// The content of a structure or of an enum.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// The fields of a structure.
    Structure(&'a [Field]),
    /// The documented values of a text.
    Enum(&'a [EnumValue]),
}

/// A structure or an enum that a field holds, itself or as the elements of a list or map, and that does not stand
/// in a type of its own.
#[derive(Clone, Debug)]
pub struct Site<'a> {
    /// Its name.
    pub key: Key,
    /// The name that the page uses: its own, else the field's.
    pub called: &'a str,
    /// The structure's own name on the page.
    named: Option<&'a str>,
    /// Its content.
    pub content: Content<'a>,
    /// Whether the name is specific enough to mean the same on other pages.
    pub(super) shareable: bool,
}

/// Names without a specific meaning. Such a name alone does not make a shared type.
const VAGUE: [&str; 33] = [
    "Action", "Body", "Category", "Code", "Content", "Data", "Detail", "Element", "Entry", "Info", "Item",
    "Kind", "Level", "List", "Mode", "Model", "Name", "Object", "Output", "Page", "Params", "Param",
    "Record", "Response", "Result", "Row", "Source", "State", "Status", "Struct", "Type", "Value", "Version",
];

/// Returns whether a name has no specific meaning.
pub(super) fn is_vague(name: &str) -> bool {
    let name = pascal(name);
    name.is_empty() || VAGUE.contains(&singular(&name).as_str())
}

impl<'a> Site<'a> {
    /// Returns the structure or enum that `field` holds, if any; `at_root` if it is a field of the request or the
    /// response itself.
    #[must_use]
    pub fn from_field(field: &'a Field, side: Side, at_root: bool) -> Option<Self> {
        let mut shape = &field.shape;
        let mut named_by_page = None;
        let mut named = None;
        let mut direct = true;
        let content = loop {
            match shape {
                Shape::List { element, wrapper, .. } => {
                    named_by_page = wrapper.as_deref().or(named_by_page);
                    shape = element;
                    direct = false;
                }
                Shape::Map { value } => {
                    shape = value;
                    direct = false;
                }
                Shape::Structure { name, fields } => {
                    named = name.as_deref();
                    named_by_page = named.or(named_by_page);
                    break Content::Structure(fields);
                }
                Shape::String { values } if !values.is_empty() => break Content::Enum(values),
                Shape::String { .. }
                | Shape::Integer
                | Shape::Long
                | Shape::Float
                | Shape::Boolean
                | Shape::Json
                | Shape::Shared { .. } => return None,
            }
        };
        let own = if direct { field.name.clone() } else { singular(&field.name) };
        let base = pascal(named_by_page.unwrap_or(&own));
        let vague = is_vague(&base);
        let (kind, name) = match content {
            Content::Structure(_) if side == Side::Request => {
                (Kind::Structure(side), format!("{base}Parameter"))
            }
            Content::Structure(_) => (Kind::Structure(side), base),
            Content::Enum(_) => (Kind::Enum, base),
        };
        let nameless_at_root = at_root && direct && named_by_page.is_none() && kind != Kind::Enum;
        let called = named_by_page.unwrap_or(&field.name);
        Some(Self { key: Key { kind, name }, called, named, content, shareable: !vague && !nameless_at_root })
    }

    /// Returns the content as a shape.
    #[must_use]
    pub fn shape(&self) -> Shape {
        match self.content {
            Content::Structure(fields) => {
                Shape::Structure { name: self.named.map(str::to_owned), fields: fields.to_vec() }
            }
            Content::Enum(values) => Shape::String { values: values.to_vec() },
        }
    }

    /// Returns the content without descriptions, as a text that is equal for sites of the same type.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut fingerprint = String::new();
        match self.content {
            Content::Structure(fields) => {
                let side = if let Kind::Structure(side) = self.key.kind { side } else { Side::Response };
                let mut fields: Vec<_> =
                    fields.iter().map(|field| (&field.name, field_fingerprint(field, side))).collect();
                fields.sort();
                for (name, shape) in fields {
                    fingerprint.push_str(&format!("{name:?}:{shape},"));
                }
            }
            Content::Enum(values) => {
                let mut values: Vec<_> = values.iter().map(|value| &value.value).collect();
                values.sort();
                fingerprint.push_str(&format!("{values:?}"));
            }
        }
        fingerprint
    }
}

fn field_fingerprint(field: &Field, side: Side) -> String {
    let site = Site::from_field(field, side, false);
    let inner = site.map(|site| format!("{}{{{}}}", site.key.name, site.fingerprint())).unwrap_or_default();
    let required = if field.required && side == Side::Request { "!" } else { "" };
    let encoding = if field.encoding == Encoding::Json { "=" } else { "" };
    format!("{}{inner}{encoding}{required}", layers(&field.shape))
}

/// Returns the kinds of the containers and of their content.
fn layers(shape: &Shape) -> String {
    match shape {
        Shape::List { element, wrapper } => format!("{wrapper:?}[{}]", layers(element)),
        Shape::Map { value } => format!("{{{}}}", layers(value)),
        Shape::Shared { to } => format!("@{to}"),
        other => other.kind().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Site;
    use crate::link::fixtures::{field, one_of, structure};
    use crate::model::{Shape, Side};

    fn key(name: &str, shape: Shape, at_root: bool) -> (String, bool) {
        let field = field(name, shape);
        let site = Site::from_field(&field, Side::Response, at_root).expect("a structure or an enum");
        (site.key.name, site.shareable)
    }

    #[test]
    fn the_pages_name_comes_first_then_the_fields() {
        assert_eq!(key("Data", structure(Some("UserContext"), []), true), ("UserContext".into(), true));
        assert_eq!(key("UserContext", structure(None, []), false), ("UserContext".into(), true));
        assert_eq!(key("UserState", one_of(["A"]), false), ("UserState".into(), true));
    }

    #[test]
    fn elements_are_named_after_the_wrapper_or_in_the_singular() {
        let wrapped = Shape::List { element: Box::new(structure(None, [])), wrapper: Some("KeyPair".into()) };
        assert_eq!(key("KeyPairSet", wrapped, true), ("KeyPair".into(), true));
        assert_eq!(key("Users", Shape::list_of(structure(None, [])), true), ("User".into(), true));
    }

    #[test]
    fn vague_names_and_nameless_structures_below_the_root_stay_with_their_operation() {
        assert_eq!(key("List", Shape::list_of(structure(None, [])), false), ("Item".into(), false));
        assert_eq!(key("CallContext", structure(None, []), true), ("CallContext".into(), false));
        assert_eq!(key("Status", one_of(["A"]), false), ("Status".into(), false));
    }

    #[test]
    fn the_order_of_rows_and_values_makes_no_other_type() {
        let fingerprint = |shape| {
            let field = field("X", shape);
            Site::from_field(&field, Side::Response, false).map(|site| site.fingerprint())
        };
        let [a, b] = [field("A", Shape::Long), field("B", one_of(["1", "2"]))];
        let swapped = field("B", one_of(["2", "1"]));
        assert_eq!(
            fingerprint(structure(None, [a.clone(), b.clone()])),
            fingerprint(structure(None, [swapped, a.clone()]))
        );
        assert_ne!(fingerprint(structure(None, [a.clone(), b])), fingerprint(structure(None, [a])));
    }
}
