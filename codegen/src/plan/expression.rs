//! Rust expressions that build requests from JSON values.

use std::collections::BTreeSet;
use std::str::FromStr;

use ccc_spec::model::Range;
use serde_json::{Map, Value};

use super::{EnumPlan, FieldPlan, Home, Identifier, StructurePlan, TypePlan, TypeRef};
use crate::text::literal;

/// How an expression names a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paths {
    /// From the folder of generated source, as `crate`.
    Full,
    /// Only by its name; [`Writer::types`] lists the imports.
    Imported,
}

/// Writes expressions for the request of one operation.
pub(crate) struct Writer<'p> {
    /// The operation's module.
    module: &'p Identifier,
    /// The types of requests that the operation may use.
    plans: Vec<&'p TypePlan>,
    paths: Paths,
    /// Paths of the types in the expressions so far, below the generated source.
    pub(crate) types: BTreeSet<String>,
    /// Values that are not in the expressions, by path, each with the reason.
    pub(crate) left_out: Vec<String>,
    /// Required parameters that no value was given for, by path.
    pub(crate) filled_in: Vec<String>,
    /// The place of the current value in the request.
    path: Vec<String>,
}

impl<'p> Writer<'p> {
    /// Starts a writer for the operation in `module`; `plans` are all types that it may use.
    pub(crate) fn new(
        module: &'p Identifier,
        plans: impl IntoIterator<Item = &'p TypePlan>,
        paths: Paths,
    ) -> Self {
        Self {
            module,
            plans: plans.into_iter().collect(),
            paths,
            types: BTreeSet::new(),
            left_out: Vec::new(),
            filled_in: Vec::new(),
            path: Vec::new(),
        }
    }

    /// Writes the calls of setters, such as `.limit(3)`, one for each field that has a value. A required field without a
    /// value gets its sample, or a value that the service takes.
    pub(crate) fn setters<'f>(
        &mut self,
        fields: impl IntoIterator<Item = &'f FieldPlan>,
        values: &Map<String, Value>,
    ) -> Vec<String> {
        let mut setters = Vec::new();
        let mut known: BTreeSet<&'f str> = BTreeSet::new();
        for field in fields {
            known.insert(field.wire.as_str());
            self.path.push(field.wire.clone());
            if let Some(value) = self.argument(field, values.get(&field.wire)) {
                setters.push(format!(".{}({value})", field.name.as_str()));
            }
            self.path.pop();
        }
        for name in values.keys().filter(|name| !known.contains(name.as_str())) {
            self.leave_out(Some(name), "no such parameter");
        }
        setters
    }

    fn argument(&mut self, field: &FieldPlan, given: Option<&Value>) -> Option<String> {
        let written = given.and_then(|value| match value {
            Value::String(text) if field.json => {
                self.value(&field.ty, &serde_json::from_str(text).unwrap_or(Value::Null))
            }
            value => self.value(&field.ty, value),
        });
        if written.is_some() || matches!(field.ty, TypeRef::Option(_)) {
            return written;
        }
        self.filled_in.push(self.path.join("."));
        let sample = field.sample.as_deref().filter(|sample| !sample.trim().is_empty());
        let sample = self.sample(&field.ty, sample, field);
        self.value(&field.ty, &sample)
    }

    /// Writes an argument for a setter of type `ty`; leaves a value out that does not fit it.
    fn value(&mut self, ty: &TypeRef, value: &Value) -> Option<String> {
        let text = scalar(value);
        let text = text.as_deref();
        let written = match (ty, value) {
            (TypeRef::Option(inner), value) => return self.value(inner, value),
            (TypeRef::Text, _) => text.map(quoted),
            (TypeRef::Integer, _) => parsed::<i32>(text).map(|number| number.to_string()),
            (TypeRef::Long, _) => parsed::<i64>(text).map(|number| format!("{number}_i64")),
            (TypeRef::Float, _) => {
                parsed::<f64>(text).filter(|number| number.is_finite()).map(|number| format!("{number:?}"))
            }
            (TypeRef::Boolean, _) => {
                parsed::<bool>(text.map(str::to_lowercase).as_deref()).map(|value| value.to_string())
            }
            (TypeRef::Json, Value::String(text)) => Some(quoted(text)),
            (TypeRef::Json, value) => {
                let json = quoted(&value.to_string());
                Some(format!("serde_json::from_str::<serde_json::Value>({json}).unwrap_or_default()"))
            }
            (TypeRef::List(element), Value::Array(elements)) => {
                return joined("[", self.elements(element, elements));
            }
            (TypeRef::Map(inner), Value::Object(entries)) => {
                let entries = self.entries(inner, entries).into_iter();
                return joined("[", entries.map(|(key, value)| format!("({key}, {value})")));
            }
            // A whole list or map as JSON, or a list of one element.
            (TypeRef::List(_) | TypeRef::Map(_), Value::String(text)) => {
                return match (serde_json::from_str(text), ty) {
                    (Ok(parsed @ (Value::Array(_) | Value::Object(_))), _) => self.value(ty, &parsed),
                    (_, TypeRef::List(_)) => self.value(ty, &Value::Array(vec![value.clone()])),
                    _ => self.leave_out(None, "is no map"),
                };
            }
            (TypeRef::Named(name, home), value) => match self.structure(name) {
                Some(structure) => return self.structure_value(structure, *home, value),
                // An open enum takes any text.
                None => text.map(quoted),
            },
            _ => None,
        };
        if written.is_none() {
            self.leave_out(None, "does not fit the type");
        }
        written
    }

    fn structure_value(&mut self, structure: &StructurePlan, home: Home, value: &Value) -> Option<String> {
        let parsed;
        let members = match value {
            Value::Object(members) => members,
            Value::String(text) => {
                parsed = serde_json::from_str(text).unwrap_or_default();
                &parsed
            }
            _ => return self.leave_out(None, "is no structure"),
        };
        let setters = self.setters(&structure.fields, members).concat();
        let path = self.type_path(&home.module(self.module), &structure.name);
        Some(format!("{path}::builder(){setters}.build()"))
    }

    fn type_path(&mut self, module: &str, name: &Identifier) -> String {
        let path = format!("{module}::{}", name.as_str());
        let written = match self.paths {
            Paths::Full => format!("crate::{path}"),
            Paths::Imported => name.as_str().to_owned(),
        };
        self.types.insert(path);
        written
    }

    fn elements(&mut self, ty: &TypeRef, values: &[Value]) -> Vec<String> {
        let mut elements = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            self.path.push((index + 1).to_string());
            elements.extend(self.element(ty, value));
            self.path.pop();
        }
        elements
    }

    fn entries(&mut self, ty: &TypeRef, values: &Map<String, Value>) -> Vec<(String, String)> {
        let mut entries = Vec::with_capacity(values.len());
        for (key, value) in values {
            self.path.push(key.clone());
            entries.extend(self.element(ty, value).map(|value| (quoted(key), value)));
            self.path.pop();
        }
        entries
    }

    /// Writes an element of a list or a map. Unlike a setter, it does not convert an inner list or map.
    fn element(&mut self, ty: &TypeRef, value: &Value) -> Option<String> {
        match (ty, value) {
            (TypeRef::List(inner), Value::Array(values)) => {
                let elements =
                    self.elements(inner, values).into_iter().map(|value| format!("{value}.into()"));
                joined("vec![", elements)
            }
            (TypeRef::Map(inner), Value::Object(values)) => {
                let entry = |(key, value)| format!("({key}.to_owned(), {value}.into())");
                let entries = self.entries(inner, values).into_iter().map(entry);
                Some(format!("std::collections::BTreeMap::from({})", joined("[", entries)?))
            }
            (TypeRef::List(_) | TypeRef::Map(_), _) => self.leave_out(None, "does not fit the type"),
            _ => self.value(ty, value),
        }
    }

    /// Chooses a value for a required field: the page's sample if the service takes it. A text without a sample is the
    /// name of its parameter in angle brackets, since the service refuses a blank one.
    fn sample(&self, ty: &TypeRef, sample: Option<&str>, field: &FieldPlan) -> Value {
        let text = sample.unwrap_or_default();
        match ty {
            TypeRef::Text => sample.map_or_else(|| format!("<{}>", field.wire).into(), Value::from),
            TypeRef::Json => text.into(),
            TypeRef::Integer => whole::<i32>(text, field.range).into(),
            TypeRef::Long => whole::<i64>(text, field.range).into(),
            TypeRef::Float => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => number.into(),
                _ => format!("{}.0", whole::<i64>(text, field.range)).into(),
            },
            TypeRef::Boolean => (text == "true").into(),
            TypeRef::Option(inner) => self.sample(inner, sample, field),
            TypeRef::List(element) => match scalars(text).as_slice() {
                [] => vec![self.sample(element, sample, field)].into(),
                texts => texts.iter().map(|text| self.sample(element, Some(text), field)).collect(),
            },
            TypeRef::Map(value) => {
                Map::from_iter([("key".to_owned(), self.sample(value, sample, field))]).into()
            }
            TypeRef::Named(name, _) => match self.plan(name) {
                Some(TypePlan::Structure(_)) => Map::new().into(),
                Some(TypePlan::Enum(open_enum)) => value_of(open_enum, text).into(),
                None => text.into(),
            },
        }
    }

    fn plan(&self, name: &Identifier) -> Option<&'p TypePlan> {
        self.plans.iter().find(|plan| plan.name() == name).copied()
    }

    fn structure(&self, name: &Identifier) -> Option<&'p StructurePlan> {
        match self.plan(name)? {
            TypePlan::Structure(structure) => Some(structure),
            TypePlan::Enum(_) => None,
        }
    }

    fn leave_out(&mut self, name: Option<&str>, reason: &str) -> Option<String> {
        let path: Vec<&str> = self.path.iter().map(String::as_str).chain(name).collect();
        self.left_out.push(format!("{}: {reason}", path.join(".")));
        None
    }
}

/// Writes a list that begins with `open`; an empty one would have no type.
fn joined(open: &str, elements: impl IntoIterator<Item = String>) -> Option<String> {
    let elements: Vec<String> = elements.into_iter().collect();
    (!elements.is_empty()).then(|| format!("{open}{}]", elements.join(", ")))
}

fn quoted(text: &str) -> String {
    literal(text).to_string()
}

fn parsed<T: FromStr>(text: Option<&str>) -> Option<T> {
    text?.trim().parse().ok()
}

/// Returns the text of a scalar.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns the elements of a sample that is a JSON array of texts or numbers; none of any other sample.
fn scalars(sample: &str) -> Vec<String> {
    let elements: Vec<Value> = serde_json::from_str(sample).unwrap_or_default();
    let text = |value: Value| scalar(&value).filter(|_| !value.is_boolean());
    elements.into_iter().map(text).collect::<Option<_>>().unwrap_or_default()
}

/// Returns the sample if it is a number within the range, else the number within the range that is nearest to 1.
fn whole<T: FromStr + Into<i64>>(sample: &str, range: Option<Range>) -> i64 {
    let range = range.unwrap_or_default();
    let sample = sample.parse::<T>().ok().map(Into::into).filter(|number| range.contains(*number));
    sample.unwrap_or_else(|| 1.max(range.min.unwrap_or(1)).min(range.max.unwrap_or(i64::MAX)))
}

/// Returns the sample if it is a documented value, else the first of those.
fn value_of<'a>(open_enum: &'a EnumPlan, sample: &'a str) -> &'a str {
    let values = || open_enum.variants.iter().map(|variant| variant.value.as_str());
    values().find(|value| *value == sample).or_else(|| values().next()).unwrap_or(sample)
}
