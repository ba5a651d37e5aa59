//! Types as overlays write them, and the shapes that they result in.

use super::fact::Statement;
use crate::manifest::Manifest;
use crate::model::{Encoding, EnumValue, Field, Position, Sensitivity, Shape};
use crate::toml_reader::At;

/// A type as an overlay writes it. Anything that it omits stays as on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Type {
    /// Containers, the outermost first.
    pub(super) containers: Vec<Container>,
    /// The content of the containers. Structures and texts are empty here.
    pub(super) core: Shape,
    /// Name of the structure.
    pub(super) structure: Option<String>,
    /// Its fields, by name.
    pub(super) fields: Option<Vec<(String, NewField)>>,
    /// Values of the text.
    pub(super) values: Option<Vec<EnumValue>>,
    /// Wrapper of the outermost list; `Some(None)` for none.
    pub(super) wrapper: Option<Option<String>>,
    /// How a request encodes it.
    pub(super) encoding: Option<Encoding>,
}

/// A container of values of one shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    List,
    Map,
}

/// A field to add; its name is the end of its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewField {
    pub(super) ty: Type,
    pub(super) required: bool,
    pub(super) position: Position,
    /// The reason to keep its value out of logs, if the entry states one; `Some(None)` if there is none.
    pub(super) sensitive: Option<Option<Sensitivity>>,
    pub(super) sample: Option<String>,
    pub(super) facts: Vec<At<Statement>>,
    pub(super) english: String,
}

impl NewField {
    /// Makes the field with a name. `product` completes anything that the entry omits.
    pub(super) fn named(&self, name: &str, product: &Manifest) -> Field {
        let mut field = Field {
            required: self.required,
            sample: self.sample.clone(),
            english: self.english.clone(),
            position: self.position,
            encoding: self.ty.encoding.unwrap_or_default(),
            ..Field::new(name, self.ty.over(None, product))
        };
        for fact in &self.facts {
            fact.value.set(&mut field);
        }
        product.complete(&mut field);
        if let Some(stated) = self.sensitive {
            field.sensitive = stated;
        }
        field
    }
}

/// Deepest nesting of containers. No page has more, and reading them must stay cheap.
const DEPTH: usize = 8;

impl Type {
    /// Reads `String`, `List of Long`, `Map of List of Structure`; none if it is no type.
    pub(super) fn from_words(words: &str) -> Option<Self> {
        let mut containers = Vec::new();
        let mut rest = words.trim();
        loop {
            if let Some(element) = rest.strip_prefix("List of ") {
                containers.push(Container::List);
                rest = element.trim_start();
            } else if let Some(value) = rest.strip_prefix("Map of ") {
                containers.push(Container::Map);
                rest = value.trim_start();
            } else {
                break;
            }
        }
        let core = match rest {
            "String" => Shape::string(),
            "Integer" => Shape::Integer,
            "Long" => Shape::Long,
            "Float" => Shape::Float,
            "Boolean" => Shape::Boolean,
            "Json" => Shape::Json,
            "Structure" => Shape::Structure { name: None, fields: Vec::new() },
            _ => return None,
        };
        (containers.len() <= DEPTH).then_some(Self {
            containers,
            core,
            structure: None,
            fields: None,
            values: None,
            wrapper: None,
            encoding: None,
        })
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.core, Shape::String { .. })
    }

    pub(super) fn is_structure(&self) -> bool {
        matches!(self.core, Shape::Structure { .. })
    }

    /// Returns whether a request may carry it as JSON or as several parameters.
    pub(super) fn is_encoded(&self) -> bool {
        self.is_structure() || !self.containers.is_empty()
    }

    pub(super) fn is_list(&self) -> bool {
        self.containers.contains(&Container::List)
    }

    /// Returns the shape of the type. Anything that the type omits comes from `old`: the fields of a structure, the
    /// values of a text, the wrapper of a list. `product` completes new fields by their names.
    pub(super) fn over(&self, old: Option<&Shape>, product: &Manifest) -> Shape {
        let mut shape = match (&self.core, old.map(innermost)) {
            (Shape::String { .. }, old) => Shape::String {
                values: self.values.clone().unwrap_or_else(|| match old {
                    Some(Shape::String { values }) => values.clone(),
                    _ => Vec::new(),
                }),
            },
            (Shape::Structure { .. }, old) => {
                let (old_name, old_fields) = match old {
                    Some(Shape::Structure { name, fields }) => (name.clone(), fields.clone()),
                    _ => (None, Vec::new()),
                };
                let new = |(name, new): &(String, NewField)| new.named(name, product);
                let fields = self.fields.as_ref().map(|fields| fields.iter().map(new).collect());
                Shape::Structure {
                    name: self.structure.clone().or(old_name),
                    fields: fields.unwrap_or(old_fields),
                }
            }
            (core, _) => core.clone(),
        };
        let outermost_list = self.containers.iter().position(|container| *container == Container::List);
        for (depth, container) in self.containers.iter().enumerate().rev() {
            shape = match container {
                Container::Map => Shape::Map { value: Box::new(shape) },
                Container::List => {
                    let is_outermost = Some(depth) == outermost_list;
                    let wrapper = self.wrapper.clone().unwrap_or_else(|| old.and_then(wrapper));
                    Shape::List { element: Box::new(shape), wrapper: wrapper.filter(|_| is_outermost) }
                }
            };
        }
        shape
    }
}

/// Returns the shape inside all containers.
pub(super) fn innermost(mut shape: &Shape) -> &Shape {
    while let Shape::List { element: inner, .. } | Shape::Map { value: inner } = shape {
        shape = inner;
    }
    shape
}

/// Returns the shape inside all containers, to change it.
pub(super) fn innermost_mut(shape: &mut Shape) -> &mut Shape {
    match shape {
        Shape::List { element: inner, .. } | Shape::Map { value: inner } => innermost_mut(inner),
        shape => shape,
    }
}

/// Wrapper of the outermost list.
fn wrapper(mut shape: &Shape) -> Option<String> {
    while let Shape::Map { value } = shape {
        shape = value;
    }
    match shape {
        Shape::List { wrapper, .. } => wrapper.clone(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Field;

    fn read(words: &str) -> Type {
        Type::from_words(words).expect("a type")
    }

    #[test]
    fn containers_nest() {
        let inner = Shape::Map { value: Box::new(Shape::Long) };
        assert_eq!(read("List of Map of Long").over(None, &Manifest::default()), Shape::list_of(inner));
    }

    #[test]
    fn other_words_are_no_types() {
        for words in ["", "string", "Array of String", "List", "List of", "Structure Tag"] {
            assert_eq!(Type::from_words(words), None, "{words}");
        }
        assert_eq!(Type::from_words(&format!("{}Long", "List of ".repeat(100_000))), None);
    }

    #[test]
    fn what_is_left_open_stays() {
        let fields = vec![Field::new("Name", Shape::string())];
        let room = Shape::Structure { name: Some("Room".to_owned()), fields };
        let old = Shape::List { element: Box::new(room.clone()), wrapper: Some("Room".to_owned()) };
        assert_eq!(read("List of Structure").over(Some(&old), &Manifest::default()), old);
        assert_eq!(
            read("Map of Structure").over(Some(&old), &Manifest::default()),
            Shape::Map { value: Box::new(room) }
        );
        let bare = Type { wrapper: Some(None), ..read("List of String") };
        assert_eq!(bare.over(Some(&old), &Manifest::default()), Shape::list_of(Shape::string()));
    }
}
