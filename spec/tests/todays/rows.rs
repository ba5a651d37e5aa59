//! The rows of a page's tables: those of fields, and those that describe the elements of lists and maps.

use crate::page::Form;
use crate::product::{Field, Kind, Mark};
use crate::random::Random;
use crate::words::{self, Language, Told, told};

#[derive(Default)]
pub(crate) struct Row {
    /// Empty for elements in the layout that has no names for them.
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) required: bool,
    pub(crate) told: Told,
}

/// Puts siblings in the order of their names, or in none.
pub(crate) fn arrange(fields: &mut [Field], sorted: bool, random: &mut Random) {
    if sorted {
        fields.sort_by_key(|field| field.name.to_lowercase());
    } else {
        random.shuffle(fields);
    }
    for field in fields {
        arrange(&mut field.members, sorted, random);
    }
}

/// Makes the rows of a table.
pub(crate) struct Rows<'a> {
    pub(crate) form: Form,
    pub(crate) language: Language,
    pub(crate) random: &'a mut Random,
    pub(crate) rows: Vec<Row>,
}

impl Rows<'_> {
    /// Adds a field, the rows of its elements, and its members.
    pub(crate) fn add(&mut self, field: &Field) {
        let told = told(field, self.language, self.random);
        let (written, elements) = self.written(&field.marks, field.kind, &field.name);
        self.rows.push(Row { name: field.name.clone(), kind: written, required: field.required, told });
        if elements {
            let mut name = field.name.clone();
            for depth in 1..=field.marks.len() {
                let rest = field.marks.get(depth..).unwrap_or_default();
                name = self.element_name(&name);
                let (kind, _) = self.written(rest, field.kind, &field.name);
                self.add_element(&name, kind, field, rest.is_empty());
            }
        }
        for member in &field.members {
            self.add(member);
        }
    }

    fn add_element(&mut self, name: &str, kind: String, of: &Field, innermost: bool) {
        let mut told = Told::default();
        if self.random.chance(60) {
            told.text = match self.language {
                Language::Chinese => format!("单个{name}。"),
                Language::English => format!("One {}.", words::words(name).join(" ")),
            };
        }
        if innermost && of.kind != Kind::Structure {
            told.example = words::example(of);
        }
        let name = if self.form == Form::Named { name.to_owned() } else { String::new() };
        self.rows.push(Row { name, kind, required: false, told });
    }

    /// The type of what these marks are around, as a cell says it, and whether rows of elements follow.
    fn written(&mut self, marks: &[Mark], kind: Kind, name: &str) -> (String, bool) {
        match marks {
            [] => (self.scalar(kind, name).to_owned(), false),
            [Mark::Map] if kind == Kind::String && self.random.chance(30) => {
                ("map<string,string>".to_owned(), false)
            }
            // A name for the element is told from a member by the type before it alone.
            [Mark::Map, ..] if self.form == Form::Named => ("map".to_owned(), true),
            [Mark::Map, ..] => ("object".to_owned(), true),
            [Mark::List] if kind != Kind::Structure => {
                let scalar = self.scalar(kind, name);
                match self.random.below(10) {
                    0 => (format!("array<{scalar}>"), false),
                    1 | 2 => (format!("array<{scalar}>"), true),
                    _ => ("array".to_owned(), true),
                }
            }
            [Mark::List, Mark::Map, ..] | [Mark::List] => ("array<object>".to_owned(), true),
            [Mark::List, inner @ ..] => {
                let (inner, _) = self.written(inner, kind, name);
                (format!("array<{inner}>"), true)
            }
        }
    }

    fn scalar(&mut self, kind: Kind, name: &str) -> &'static str {
        let is_wide = name.ends_with("Time") || name.ends_with("Timestamp") || name.ends_with("Id");
        match kind {
            Kind::String => "string",
            Kind::Boolean => "boolean",
            Kind::Any => "any",
            Kind::Structure => "object",
            Kind::Integer if is_wide => self.random.pick(&["integer", "integer<int64>", "long"]),
            Kind::Integer => self.random.pick(&["integer", "integer", "integer<int32>", "long"]),
            Kind::Float => self.random.pick(&["number", "float", "double", "number<double>"]),
        }
    }

    /// What a page calls an element of a list.
    fn element_name(&mut self, list: &str) -> String {
        if self.form != Form::Named || self.random.chance(20) {
            return list.to_owned();
        }
        let bare = list.strip_suffix("List").filter(|bare| !bare.is_empty()).unwrap_or(list);
        match bare {
            "List" | "Items" | "Data" => self.random.pick(&["Item", "Record", "Detail"]).to_owned(),
            _ if bare.ends_with("ies") => format!("{}y", bare.trim_end_matches("ies")),
            _ if bare.ends_with('s') && bare.len() > 3 => bare.trim_end_matches('s').to_owned(),
            _ => format!("{bare}Item"),
        }
    }
}
