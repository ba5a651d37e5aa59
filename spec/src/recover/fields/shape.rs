//! Shapes of values, from their declared types, their members and the samples.

use super::super::declared::Declared;
use super::super::facts::{self, Contradiction, Facts, Stated};
use super::super::nest::names::element_of;
use super::super::nest::outline::{Kind, Node, NodeId};
use super::super::row::Row;
use super::embedded::{embedded_list, embedded_object};
use super::tree::Branch;
use super::tree::Page;
use super::width;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Encoding, Field, Position, SampleFormat, Shape, Side};
use crate::sample::{Tree, Value};

impl Page<'_> {
    /// Makes a field of a branch, and reports assumptions.
    pub(super) fn field(&self, branch: &Branch, diagnostics: &mut Vec<Diagnostic>) -> Field {
        let row = branch.row.and_then(|row| self.rows.get(row));
        let mut members: Vec<Field> =
            branch.members.iter().map(|member| self.field(member, diagnostics)).collect();
        let position = match row {
            Some(row) if self.direction == Side::Request => row.position,
            _ => members.first().map(|member| member.position).unwrap_or_default(),
        };
        // Members go with their parameter, whatever their own rows say.
        members.iter_mut().for_each(|member| member.position = Position::default());
        let shape = self.shape(branch, row, members, diagnostics);
        let facts = row.map(|row| self.facts(branch, row, &shape, diagnostics)).unwrap_or_default();
        let node = branch.value_node().and_then(|node| self.outline.node(node));
        let shape = match row {
            Some(row) => width::widened(shape, row, &facts, node),
            None => shape,
        };
        Field {
            name: branch.name.to_owned(),
            position,
            encoding: self.encoding(branch, row, &shape),
            as_text: false,
            shape,
            required: self.direction == Side::Request && row.is_some_and(|row| row.required),
            sensitive: row.and_then(|row| row.sensitive),
            deprecated: facts.deprecated,
            format: facts.format,
            default: facts.default,
            range: facts.range,
            length: facts.length,
            unit: facts.unit,
            sample: row.and_then(|row| row.sample.as_deref().map(str::to_owned)),
            description: row.map(|row| row.description.to_string()).unwrap_or_default(),
            english: String::new(),
        }
    }

    /// Reads the facts about a row's value, and reports those that its sample contradicts.
    fn facts(&self, branch: &Branch, row: &Row, shape: &Shape, diagnostics: &mut Vec<Diagnostic>) -> Facts {
        let (facts, contradictions) = facts::read(Stated {
            direction: self.direction,
            name: branch.name,
            shape,
            description: &row.description,
            signs: row.signs,
            sample: row.sample.as_deref(),
        });
        diagnostics.extend(contradictions.into_iter().map(|stated| contradicted(row, &stated)));
        facts
    }

    fn shape(
        &self,
        branch: &Branch,
        row: Option<&Row>,
        members: Vec<Field>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Shape {
        let declared = row.map_or(&Declared::Absent, |row| &row.declared);
        if self.is_list(branch) {
            let element = self.element(branch, row, declared, members, diagnostics);
            let wrapper = self.wrapper_name(branch);
            if let (Some(name), None, Some(row)) = (&wrapper, &branch.wrapper, row) {
                diagnostics.push(assumed_wrapper(row, name));
            }
            return Shape::List { element: Box::new(element), wrapper };
        }
        if !members.is_empty() {
            return match declared {
                Declared::Map(None) if !self.is_keyed(branch) => structure(None, members),
                declared => around(declared, members),
            };
        }
        self.leaf(branch, row, declared, diagnostics)
    }

    /// Returns whether a branch is a list by its name, its type, or the samples.
    pub(super) fn is_list(&self, branch: &Branch) -> bool {
        let declared = branch.row.and_then(|row| self.rows.get(row)).map(|row| &row.declared);
        if branch.is_list || branch.wrapper.is_some() || matches!(declared, Some(Declared::List(_))) {
            return true;
        }
        if declared == Some(&Declared::Json) && self.direction == Side::Request {
            let sample = branch.row.and_then(|row| self.rows.get(row)).and_then(|row| row.sample.as_deref());
            return sample
                .and_then(embedded_list)
                .is_some_and(|list| of_elements(&list, None) != Some(Shape::Json));
        }
        let shown = branch.node.and_then(|node| self.outline.node(node));
        let Some(node) = shown.filter(|node| !node.kinds.only(Kind::Null)) else {
            // No type and no sample decides: a name in the plural with members is a list of them, and so is a list in
            // the cell.
            let untyped = matches!(declared, Some(Declared::Absent | Declared::Unknown));
            let row = branch.row.and_then(|row| self.rows.get(row));
            let is_in_cell = || row.and_then(|row| row.sample.as_deref()).and_then(embedded_list).is_some();
            let is_many = !branch.members.is_empty() && element_of(branch.name) != branch.name;
            return untyped && (is_many || self.direction == Side::Response && is_in_cell());
        };
        let untyped = matches!(declared, None | Some(Declared::Absent | Declared::Unknown));
        untyped && node.kinds.has(Kind::List)
    }

    /// Returns the name of the level between a list and its elements.
    pub(super) fn wrapper_name(&self, branch: &Branch) -> Option<String> {
        if let Some(wrapper) = &branch.wrapper {
            return Some(wrapper.name.to_owned());
        }
        let shown = branch.node.and_then(|node| self.outline.node(node));
        let is_shown = shown.is_some_and(|node| !node.kinds.only(Kind::Null));
        let declared = branch.row.and_then(|row| self.rows.get(row)).map(|row| &row.declared);
        // Tables that leave types out are of the generation whose JSON has wrappers.
        let wraps = self.wraps.unwrap_or(declared == Some(&Declared::Absent));
        if !wraps || is_shown || self.direction == Side::Request {
            return None;
        }
        let of_type = declared.and_then(super::super::nest::element_name).map(str::to_owned);
        Some(of_type.unwrap_or_else(|| element_of(branch.name)))
    }

    fn element(
        &self,
        branch: &Branch,
        row: Option<&Row>,
        declared: &Declared,
        members: Vec<Field>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Shape {
        if !members.is_empty() {
            return match declared {
                Declared::List(Some(element)) => around(element, members),
                _ => structure(None, members),
            };
        }
        match declared {
            Declared::List(Some(element)) => self.inner(element, branch, row),
            Declared::List(None) | Declared::Absent | Declared::Unknown | Declared::Json => {
                self.shown_element(branch, row).unwrap_or_else(|| {
                    if self.direction == Side::Response {
                        diagnostics.extend(row.map(assumed_element));
                    }
                    strings(row)
                })
            }
            other => scalar(other, row).unwrap_or(Shape::Json),
        }
    }

    /// Returns the shape in a list or map without rows for members, from its type. A structure without rows stays open
    /// to anything.
    fn inner(&self, declared: &Declared, branch: &Branch, row: Option<&Row>) -> Shape {
        match declared {
            Declared::List(Some(element)) => Shape::list_of(self.inner(element, branch, row)),
            Declared::List(None) => Shape::list_of(self.innermost(branch, row)),
            Declared::Map(Some(value)) => Shape::Map { value: Box::new(self.inner(value, branch, row)) },
            Declared::Map(None) => Shape::Map { value: Box::new(Shape::Json) },
            declared => scalar(declared, row).unwrap_or(Shape::Json),
        }
    }

    /// Returns the shape that samples show inside the lists of a list, if there is one kind.
    fn innermost(&self, branch: &Branch, row: Option<&Row>) -> Shape {
        let node = branch.value_node().and_then(|node| self.outline.node(node));
        let Some(node) = node.filter(|node| !node.elements.has(Kind::Object)) else { return Shape::Json };
        of_kinds(|kind| node.elements.has(kind), row).unwrap_or(Shape::Json)
    }

    /// Returns the element of a bare list, as samples show it. A JSON list in a string counts.
    fn shown_element(&self, branch: &Branch, row: Option<&Row>) -> Option<Shape> {
        let node = branch.value_node().and_then(|node| self.outline.node(node));
        if let Some(node) = node {
            if node.elements.has(Kind::Object) || node.elements.has(Kind::List) {
                return Some(Shape::Json);
            }
            if let Some(shape) = of_kinds(|kind| node.elements.has(kind), row) {
                return Some(shape);
            }
            let texts = node.occurrences.iter().filter_map(|occurrence| occurrence.text);
            if let Some(shape) = texts.filter_map(embedded_list).find_map(|list| of_elements(&list, row)) {
                return Some(shape);
            }
            if node.kinds.has(Kind::String)
                && node.occurrences.iter().all(|o| o.format == SampleFormat::Xml)
                && node.parent != 0
                && branch.wrapper.is_some()
            {
                return Some(strings(row));
            }
        }
        let cell = row.and_then(|row| row.sample.as_deref()).and_then(embedded_list)?;
        of_elements(&cell, row)
    }

    /// Returns the shape of a field that is no list and has no members.
    fn leaf(
        &self,
        branch: &Branch,
        row: Option<&Row>,
        declared: &Declared,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Shape {
        if let Some(shape) = scalar(declared, row) {
            return shape;
        }
        let node = branch.node.and_then(|node| self.outline.node(node));
        match declared {
            Declared::Map(Some(value)) => Shape::Map { value: Box::new(self.inner(value, branch, row)) },
            Declared::Map(None) => Shape::Map { value: Box::new(self.map_value(node)) },
            Declared::Json | Declared::Structure(_) => Shape::Json,
            _ => {
                if node.is_some_and(|node| node.kinds.has(Kind::Object)) {
                    return Shape::Json;
                }
                if let Some(shape) = node.and_then(|node| of_kinds(|kind| node.kinds.has(kind), row)) {
                    return shape;
                }
                diagnostics.extend(row.map(assumed_text));
                strings(row)
            }
        }
    }

    /// Returns the shape of a map's values: text, unless a sample shows more.
    fn map_value(&self, node: Option<&Node<'_>>) -> Shape {
        let values = node.into_iter().flat_map(|node| &node.children);
        let mut values = values.filter_map(|value: &NodeId| self.outline.node(*value));
        let nested = values.any(|value| value.kinds.has(Kind::Object) || value.kinds.has(Kind::List));
        if nested { Shape::Json } else { Shape::string() }
    }

    /// Returns whether the samples show a map's members one level further in, under keys.
    fn is_keyed(&self, branch: &Branch) -> bool {
        branch.members.iter().all(|member| member.node.is_none())
    }

    fn encoding(&self, branch: &Branch, row: Option<&Row>, shape: &Shape) -> Encoding {
        let is_shown: fn(&str) -> bool = match shape {
            Shape::List { .. } if !branch.is_list => |text| embedded_list(text).is_some(),
            Shape::Structure { .. } | Shape::Map { .. } => |text| embedded_object(text),
            _ => return Encoding::Flat,
        };
        // The cell's sample value, and the values in sample requests.
        let node = branch.node.and_then(|node| self.outline.node(node));
        let sent =
            node.into_iter().flat_map(|node| &node.occurrences).filter_map(|occurrence| occurrence.text);
        let mut shown = row.and_then(|row| row.sample.as_deref()).into_iter().chain(sent);
        if self.direction == Side::Request && shown.any(is_shown) { Encoding::Json } else { Encoding::Flat }
    }
}

/// Puts members into the lists and maps of their type.
fn around(declared: &Declared, members: Vec<Field>) -> Shape {
    match declared {
        Declared::List(element) => {
            Shape::list_of(around(element.as_deref().unwrap_or(&Declared::Absent), members))
        }
        Declared::Map(value) => {
            Shape::Map { value: Box::new(around(value.as_deref().unwrap_or(&Declared::Absent), members)) }
        }
        Declared::Structure(name) => structure(name.clone(), members),
        _ => structure(None, members),
    }
}

fn structure(name: Option<String>, fields: Vec<Field>) -> Shape {
    Shape::Structure { name, fields }
}

/// Makes a text with the values that a row documents.
fn strings(row: Option<&Row>) -> Shape {
    Shape::String { values: row.map(|row| row.values.clone()).unwrap_or_default() }
}

fn scalar(declared: &Declared, row: Option<&Row>) -> Option<Shape> {
    Some(match declared {
        Declared::String => strings(row),
        Declared::Integer => Shape::Integer,
        Declared::Long => Shape::Long,
        Declared::Float => Shape::Float,
        Declared::Boolean => Shape::Boolean,
        _ => return None,
    })
}

/// Returns the shape that holds every scalar of these kinds; `None` if there are none.
fn of_kinds(has: impl Fn(Kind) -> bool, row: Option<&Row>) -> Option<Shape> {
    if has(Kind::String) {
        Some(strings(row))
    } else if has(Kind::Number) {
        Some(Shape::Long)
    } else if has(Kind::Bool) {
        Some(Shape::Boolean)
    } else {
        None
    }
}

fn of_elements(list: &[Tree<'_>], row: Option<&Row>) -> Option<Shape> {
    let has = |test: fn(&Value<'_>) -> bool| list.iter().any(|element| test(&element.value));
    if has(|value| matches!(value, Value::Object(_) | Value::List(_))) {
        return Some(Shape::Json);
    }
    of_kinds(
        |kind| match kind {
            Kind::String => has(|value| matches!(value, Value::String(_))),
            Kind::Number => has(|value| matches!(value, Value::Number(_))),
            Kind::Bool => has(|value| matches!(value, Value::Bool(_))),
            _ => false,
        },
        row,
    )
}

fn assumed_element(row: &Row) -> Diagnostic {
    let message = format!("nothing says what the list `{}` holds", row.name);
    Diagnostic::new(Code::AssumedType, row.type_span, message)
        .with_label(row.type_span, "a list of what?")
        .with_help("text is assumed; write `Array of X`, or show the list with elements in a sample")
}

fn assumed_text(row: &Row) -> Diagnostic {
    let message = format!("nothing says what `{}` is", row.name);
    let span = if row.type_span.is_empty() { row.name_span } else { row.type_span };
    Diagnostic::new(Code::AssumedType, span, message)
        .with_help("text is assumed; give the row a type, or show the field in a sample")
}

fn assumed_wrapper(row: &Row, wrapper: &str) -> Diagnostic {
    let message = format!("the list `{}` is assumed to stand inside `{wrapper}`", row.name);
    Diagnostic::new(Code::AssumedWrapper, row.name_span, message)
        .with_label(row.name_span, "no sample shows it")
        .with_help("the page's other lists stand inside an object named after their element, or its table gives no types")
}

fn contradicted(row: &Row, stated: &Contradiction) -> Diagnostic {
    let message =
        format!("the sample value of `{}` contradicts {} that its description states", row.name, stated.0);
    Diagnostic::new(Code::SampleAgainstDescription, row.sample_span, message)
        .with_label(row.sample_span, "this value")
        .with_label(row.description_span, "stated here")
        .with_help("the statement is left out of the spec")
}
