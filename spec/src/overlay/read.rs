//! Reads entries from TOML. A problem in one entry does not affect the others.

use std::collections::HashMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::entry::{Entry, Target};
use super::fact;
use super::types::{NewField, Type};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Encoding, EnumValue, Position, Sensitivity};
use crate::source::{Source, Span};
use crate::toml_reader::{self, At, Log, Table, entries, listed};

/// The kinds of entries.
const KINDS: [&str; 10] = [
    "add",
    "add-values",
    "correct-type",
    "document",
    "drop",
    "facts",
    "rename",
    "rename-structure",
    "safe-to-repeat",
    "sensitive",
];
/// Keys of a type, beside `type` itself.
const TYPE_KEYS: [&str; 5] = ["structure", "fields", "values", "wrapper", "encoding"];
/// Keys of a new field, beside its name and its type.
const FIELD_KEYS: [&str; 5] = ["required", "position", "sensitive", "sample", "english"];
/// Parts of a request that carry a parameter.
const POSITIONS: [(&str, Position); 2] = [("query", Position::Query), ("body", Position::Body)];
/// Reasons to keep a value out of logs.
const SENSITIVITIES: [(&str, Option<Sensitivity>); 4] = [
    ("personal", Some(Sensitivity::Personal)),
    ("phone-number", Some(Sensitivity::PhoneNumber)),
    ("secret", Some(Sensitivity::Secret)),
    ("no", None),
];
/// Help for an entry without a reason.
const REASON: &str = "add a `reason`: why the page is wrong, or where the fact comes from";
/// Deepest nesting of structures in a new field; a deeper one is refused.
const DEPTH: usize = 16;

/// Reads the entries of a file in its order, with the diagnostics.
pub(super) fn read(source: &Source) -> (Vec<Entry>, Vec<Diagnostic>) {
    let mut log = Log::new(Code::OverlayKey);
    let read = match toml_reader::parse(source, Code::OverlaySyntax, &mut log) {
        Some(root) => read_root(root.get_ref(), &mut log),
        None => Vec::new(),
    };
    let read = without_doubles(read, &mut log);
    (read, log.into_sorted())
}

fn read_root(root: &DeTable<'_>, log: &mut Log) -> Vec<Entry> {
    let mut read = Vec::new();
    for (kind, value) in entries(root) {
        let name = kind.value.as_str();
        if !KINDS.contains(&name) {
            let message = format!("there are no entries of the kind `{name}`");
            let diagnostic = Diagnostic::new(Code::OverlayKey, kind.span, message);
            log.push(diagnostic.with_help(format!("the kinds of entries are {}", listed(&KINDS))));
            continue;
        }
        let DeValue::Array(items) = value.get_ref() else {
            let message = format!("`{name}` is a {}, not a list of entries", value.get_ref().type_str());
            let diagnostic = Diagnostic::new(Code::OverlayKey, kind.span, message);
            log.push(diagnostic.with_help(format!("write `[[{name}]]` above each entry")));
            continue;
        };
        for item in items {
            read.extend(entry(name, item, log));
        }
    }
    read.sort_by_key(Entry::span);
    read
}

/// Reads the changes that one entry asks for; none if anything in it is wrong.
fn entry(kind: &str, item: &Spanned<DeValue<'_>>, log: &mut Log) -> Vec<Entry> {
    let before = log.len();
    let Some(mut table) = Table::new(format!("`[[{kind}]]`"), &format!("`[[{kind}]]`"), item, log) else {
        return Vec::new();
    };
    table.reason(Code::OverlayReason, REASON);
    let read = match kind {
        "correct-type" => correct_type(&mut table).into_iter().collect(),
        "rename" | "rename-structure" => rename(kind, &mut table).into_iter().collect(),
        "add" => add(&mut table),
        "drop" => {
            table.only(&["field", "reason"]);
            table.needed("field").map(|field| Entry::Drop { field }).into_iter().collect()
        }
        "add-values" => add_values(&mut table),
        "sensitive" => sensitive(&mut table).into_iter().collect(),
        "facts" => facts(&mut table),
        "document" => document(&mut table),
        _ => {
            table.only(&["reason"]);
            vec![Entry::SafeToRepeat { span: table.span() }]
        }
    };
    if log.len() == before { read } else { Vec::new() }
}

fn correct_type(table: &mut Table<'_, '_>) -> Option<Entry> {
    table.only(&[&["field", "type", "reason"], TYPE_KEYS.as_slice()].concat());
    let ty = ty(table, 0);
    Some(Entry::CorrectType { field: table.needed("field")?, ty: ty? })
}

fn rename(kind: &str, table: &mut Table<'_, '_>) -> Option<Entry> {
    table.only(&["field", "to", "reason"]);
    let (field, to) = (table.needed("field"), table.needed("to"));
    let (field, to) = (field?, to?);
    Some(if kind == "rename" { Entry::Rename { field, to } } else { Entry::RenameStructure { field, to } })
}

fn add(table: &mut Table<'_, '_>) -> Vec<Entry> {
    let own = ["field", "type", "after", "reason"];
    table.only(&[own.as_slice(), &TYPE_KEYS, &FIELD_KEYS, &fact::KEYS].concat());
    let field = table.needed("field");
    let after = table.text("after");
    let new = new_field(table, 0);
    match (field, new) {
        (Some(field), Some(new)) => vec![Entry::Add { field, new, after }],
        _ => Vec::new(),
    }
}

fn new_field(table: &mut Table<'_, '_>, depth: usize) -> Option<NewField> {
    if depth > 0 {
        table.misplaced("position", "only a parameter has a position, and its members go with it");
    }
    Some(NewField {
        required: table.flag("required"),
        position: table.choice("position", &POSITIONS).unwrap_or_default(),
        sensitive: table.choice("sensitive", &SENSITIVITIES),
        sample: table.text("sample").map(|text| text.value),
        facts: fact::stated(table),
        english: table.text("english").map(|text| text.value).unwrap_or_default(),
        ty: ty(table, depth)?,
    })
}

/// Reads the type from `type` and the keys beside it.
fn ty(table: &mut Table<'_, '_>, depth: usize) -> Option<Type> {
    let words = table.needed("type")?;
    let Some(mut ty) = Type::from_words(&words.value) else {
        let message = format!("`{}` is no type", words.value);
        let help = "a type is `String`, `Integer`, `Long`, `Float`, `Boolean`, `Json` or `Structure`, or \
                    `List of …` or `Map of …` one of them";
        table.log().push(Diagnostic::new(Code::OverlayKey, words.span, message).with_help(help));
        return None;
    };
    if ty.is_text() {
        ty.values = table.array("values").map(|items| {
            items.iter().filter_map(|item| enum_value(item, table.log())).map(|value| value.value).collect()
        });
    } else {
        table.misplaced("values", "only a `String` has values");
    }
    if ty.is_structure() {
        ty.structure = table.text("structure").map(|name| name.value);
        ty.fields = table.array("fields").map(|items| members(items, depth, table.log()));
    } else {
        table.misplaced("structure", "only a `Structure` has a name");
        table.misplaced("fields", "only a `Structure` has fields");
    }
    if ty.is_list() {
        let wrapper = table.text("wrapper").map(|name| name.value);
        ty.wrapper = wrapper.map(|name| Some(name).filter(|name| !name.is_empty()));
    } else {
        table.misplaced("wrapper", "only a `List` has a wrapper");
    }
    if ty.is_encoded() {
        ty.encoding = table.choice("encoding", &[("flat", Encoding::Flat), ("json", Encoding::Json)]);
    } else {
        table.misplaced("encoding", "only a `List`, a `Map` or a `Structure` has an encoding");
    }
    Some(ty)
}

/// Reads the fields of a structure that is described in place.
fn members(items: &[Spanned<DeValue<'_>>], depth: usize, log: &mut Log) -> Vec<(String, NewField)> {
    let mut fields = Vec::new();
    let mut names = HashMap::new();
    for item in items {
        let Some(mut table) = Table::new("a field".to_owned(), "`{ name = …, type = … }`", item, log)
        else {
            continue;
        };
        if depth >= DEPTH {
            let message = format!("structures are nested more than {DEPTH} deep");
            let span = table.span();
            table.log().push(Diagnostic::new(Code::OverlayKey, span, message));
            continue;
        }
        table.only(&[["name", "type"].as_slice(), &TYPE_KEYS, &FIELD_KEYS, &fact::KEYS].concat());
        let name = table.needed("name");
        let (Some(new), Some(name)) = (new_field(&mut table, depth + 1), name) else { continue };
        match names.insert(name.value.clone(), name.span) {
            None => fields.push((name.value, new)),
            Some(first) => {
                let message = format!("two fields are called `{}`", name.value);
                let diagnostic = Diagnostic::new(Code::OverlayDuplicate, name.span, message);
                log.push(diagnostic.with_label(first, "the first of them"));
            }
        }
    }
    fields
}

/// Reads a value: `"AUDIO"`, or `{ value = "AUDIO", english = "…" }`.
fn enum_value(item: &Spanned<DeValue<'_>>, log: &mut Log) -> Option<At<EnumValue>> {
    if let DeValue::String(value) = item.get_ref() {
        let value = EnumValue { value: value.clone().into_owned(), ..EnumValue::default() };
        return Some(At { value, span: Span::from(item.span()) });
    }
    let mut table =
        Table::new("a value".to_owned(), "`\"…\"` or `{ value = \"…\", english = \"…\" }`", item, log)?;
    table.only(&["value", "english"]);
    let english = table.text("english").map(|text| text.value).unwrap_or_default();
    let value = table.needed("value")?;
    Some(At { span: value.span, value: EnumValue { value: value.value, english, ..EnumValue::default() } })
}

fn add_values(table: &mut Table<'_, '_>) -> Vec<Entry> {
    table.only(&["field", "values", "reason"]);
    let field = table.needed("field");
    let Some(items) = table.array("values").filter(|items| !items.is_empty()) else {
        if !matches!(table.value("values").map(Spanned::get_ref), Some(value) if !value.is_array()) {
            let span = table.span();
            let message = "`[[add-values]]` lists no `values`";
            table.log().push(Diagnostic::new(Code::OverlayKey, span, message));
        }
        return Vec::new();
    };
    let values: Vec<_> = items.iter().filter_map(|item| enum_value(item, table.log())).collect();
    let Some(field) = field else { return Vec::new() };
    values.into_iter().map(|value| Entry::AddValue { field: field.clone(), value }).collect()
}

fn sensitive(table: &mut Table<'_, '_>) -> Option<Entry> {
    table.only(&["field", "kind", "reason"]);
    let field = table.needed("field");
    table.needed("kind")?;
    let why = table.choice("kind", &SENSITIVITIES)?;
    Some(Entry::Sensitive { field: field?, why })
}

fn facts(table: &mut Table<'_, '_>) -> Vec<Entry> {
    table.only(&[["field"].as_slice(), &fact::KEYS, &["without", "reason"]].concat());
    let field = table.needed("field");
    let before = table.log().len();
    let facts = [fact::stated(table), fact::denied(table)].concat();
    if facts.is_empty() && table.log().len() == before {
        let span = table.span();
        let help = format!("give it one of {}, or `without`", listed(&fact::KEYS));
        let message = "`[[facts]]` states nothing";
        table.log().push(Diagnostic::new(Code::OverlayKey, span, message).with_help(help));
    }
    let Some(field) = field else { return Vec::new() };
    facts.into_iter().map(|fact| Entry::Fact { field: field.clone(), fact }).collect()
}

fn document(table: &mut Table<'_, '_>) -> Vec<Entry> {
    table.only(&["operation", "fields", "values", "errors", "reason"]);
    let before = table.log().len();
    let mut read = Vec::new();
    if let Some(english) = table.text("operation") {
        read.push(Entry::Document { target: Target::Operation, english });
    }
    for (path, english) in texts(table, "fields") {
        read.push(Entry::Document { target: Target::Field(path), english });
    }
    for (code, english) in texts(table, "errors") {
        read.push(Entry::Document { target: Target::Error(code), english });
    }
    if let Some(mut fields) = inner(table, "values") {
        let paths: Vec<String> = fields.entries().into_iter().map(|(path, _)| path.value).collect();
        for path in paths {
            for (value, english) in texts(&mut fields, &path) {
                let target = Target::Value { field: path.clone(), value };
                read.push(Entry::Document { target, english });
            }
        }
    }
    if read.is_empty() && table.log().len() == before {
        let span = table.span();
        let help = "give it `operation = \"…\"`, or a table `fields`, `values` or `errors`";
        let message = "`[[document]]` documents nothing";
        table.log().push(Diagnostic::new(Code::OverlayKey, span, message).with_help(help));
    }
    read
}

/// Returns the table below a key.
fn inner<'t, 'a>(table: &'a mut Table<'t, '_>, key: &str) -> Option<Table<'t, 'a>> {
    table.inner(key, &format!("`[document.{key}]`"))
}

/// Returns the texts below a key.
fn texts(table: &mut Table<'_, '_>, key: &str) -> Vec<(String, At<String>)> {
    inner(table, key).map_or_else(Vec::new, |mut inner| toml_reader::texts(&mut inner))
}

/// Keeps the first of entries that state the same fact.
fn without_doubles(read: Vec<Entry>, log: &mut Log) -> Vec<Entry> {
    let mut stated: HashMap<String, Span> = HashMap::new();
    let mut kept = Vec::with_capacity(read.len());
    for entry in read {
        let facts = entry.facts();
        match facts.iter().find_map(|fact| Some((fact, *stated.get(fact)?))) {
            Some((fact, first)) => {
                let message = format!("two entries state {fact}");
                let diagnostic = Diagnostic::new(Code::OverlayDuplicate, entry.span(), message);
                log.push(
                    diagnostic
                        .with_label(entry.span(), "again")
                        .with_label(first, "the first one is applied"),
                );
            }
            None => {
                stated.extend(facts.into_iter().map(|fact| (fact, entry.span())));
                kept.push(entry);
            }
        }
    }
    kept
}
