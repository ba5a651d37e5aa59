//! Applies entries to an operation, one after the other; each sees the result of those before it.

use super::entry::{Entry, Target};
use super::fact::Statement;
use super::path::{self, Location, Lost};
use super::types::{NewField, Type, innermost, innermost_mut};
use crate::diagnostic::{Code, Diagnostic};
use crate::manifest::Manifest;
use crate::model::{Encoding, EnumValue, Operation, Position, Sensitivity, Shape};
use crate::source::Span;
use crate::toml_reader::At;

/// Number of possible names that a message lists.
const SHOWN: usize = 12;

/// The reason why an entry was not applied.
type Refused = Box<Diagnostic>;

/// Applies one entry to an operation of a product.
pub(super) fn apply(operation: &mut Operation, entry: &Entry, product: &Manifest) -> Result<(), Refused> {
    match entry {
        Entry::CorrectType { field, ty } => correct_type(operation, field, ty, product),
        Entry::Rename { field, to } => rename(operation, field, to),
        Entry::RenameStructure { field, to } => rename_structure(operation, field, to),
        Entry::Add { field, new, after } => add(operation, field, new, after.as_ref(), product),
        Entry::Drop { field } => drop_field(operation, field),
        Entry::AddValue { field, value } => add_value(operation, field, value),
        Entry::Sensitive { field, why } => sensitive(operation, field, *why),
        Entry::Fact { field, fact } => state(operation, field, fact),
        Entry::Document { target, english } => document(operation, target, english),
        Entry::SafeToRepeat { span } => {
            if operation.safe_to_repeat {
                return Err(obsolete(*span, "the operation is known to be safe to repeat"));
            }
            operation.safe_to_repeat = true;
            Ok(())
        }
    }
}

fn correct_type(
    operation: &mut Operation,
    field: &At<String>,
    ty: &Type,
    product: &Manifest,
) -> Result<(), Refused> {
    let location = find(operation, field)?;
    let shape = location.shape_mut(operation).ok_or_else(|| no_field(field))?;
    let correct = ty.over(Some(shape), product);
    let same_shape = *shape == correct;
    *shape = correct;
    let own = location.field_mut(operation);
    let same_encoding = own.is_none_or(|own| {
        let encoding =
            if ty.is_encoded() { ty.encoding.unwrap_or(own.encoding) } else { Encoding::default() };
        std::mem::replace(&mut own.encoding, encoding) == encoding
    });
    if same_shape && same_encoding {
        return Err(obsolete(field.span, format!("`{}` has this type", field.value)));
    }
    Ok(())
}

fn rename(operation: &mut Operation, field: &At<String>, to: &At<String>) -> Result<(), Refused> {
    let location = match path::find(operation, &field.value) {
        Ok(location) => location,
        Err(lost) => {
            let (parent, _) = split(&field.value);
            let has_new_name = path::find(operation, &format!("{parent}.{}", to.value)).is_ok();
            return Err(if has_new_name {
                obsolete(field.span, format!("`{}` is called `{}`", field.value, to.value))
            } else {
                nowhere(field, &lost)
            });
        }
    };
    let (siblings, index) = location.siblings_mut(operation).ok_or_else(|| no_field(field))?;
    if siblings.iter().any(|sibling| sibling.name == to.value) {
        let what =
            if siblings.get(index).is_some_and(|own| own.name == to.value) { "it" } else { "a sibling" };
        let message = format!("`{}` cannot be called `{}`: {what} has that name", field.value, to.value);
        return Err(misfit(to.span, message));
    }
    if let Some(own) = siblings.get_mut(index) {
        own.name.clone_from(&to.value);
    }
    Ok(())
}

fn rename_structure(operation: &mut Operation, field: &At<String>, to: &At<String>) -> Result<(), Refused> {
    let location = find(operation, field)?;
    let shape = location.shape_mut(operation).ok_or_else(|| no_field(field))?;
    let Shape::Structure { name, .. } = innermost_mut(shape) else {
        return Err(misfit(field.span, format!("`{}` holds no structure", field.value)));
    };
    if name.as_ref() == Some(&to.value) {
        return Err(obsolete(field.span, format!("the structure of `{}` has this name", field.value)));
    }
    *name = Some(to.value.clone());
    Ok(())
}

fn add(
    operation: &mut Operation,
    field: &At<String>,
    new: &NewField,
    after: Option<&At<String>>,
    product: &Manifest,
) -> Result<(), Refused> {
    let (parent, name) = split(&field.value);
    let location = path::find_parent(operation, parent).map_err(|lost| nowhere(field, &lost))?;
    let siblings = location.members_mut(operation).ok_or_else(|| no_field(field))?;
    if name.is_empty() {
        return Err(misfit(field.span, format!("`{}` names no field to add", field.value)));
    }
    if new.required && !is_of_request(field) {
        return Err(misfit(
            field.span,
            format!("`{}` cannot be required: responses promise nothing", field.value),
        ));
    }
    if new.position != Position::default() && parent != "request" {
        let message =
            format!("`{}` has no position: only a parameter has, and its members go with it", field.value);
        return Err(misfit(field.span, message));
    }
    let added = new.named(name, product);
    for fact in &new.facts {
        if let Some(why) = fact.value.misfit(&added.shape, is_of_request(field)) {
            return Err(misfit(fact.span, format!("`{}` {why}", field.value)));
        }
    }
    if let Some(documented) = siblings.iter().find(|sibling| sibling.name == name) {
        let is_same = documented.shape == added.shape && documented.required == added.required;
        return Err(if is_same {
            obsolete(field.span, format!("`{}` is documented", field.value))
        } else {
            let message = format!("the page documents `{}` now, but differently", field.value);
            let help =
                "compare them, then remove the entry, or correct the page with `[[correct-type]]` instead";
            Box::new(Diagnostic::new(Code::OverlayObsolete, field.span, message).with_help(help))
        });
    }
    let at = match after {
        None => siblings.len(),
        Some(after) => {
            let sibling = siblings.iter().position(|sibling| sibling.name == after.value);
            let message = || format!("`{parent}` has no `{}` to add a field after", after.value);
            sibling.ok_or_else(|| misfit(after.span, message()))? + 1
        }
    };
    siblings.insert(at, added);
    Ok(())
}

fn drop_field(operation: &mut Operation, field: &At<String>) -> Result<(), Refused> {
    let location = match path::find(operation, &field.value) {
        Ok(location) => location,
        Err(lost) => {
            let (parent, _) = split(&field.value);
            return Err(match path::find_parent(operation, parent) {
                Ok(_) => obsolete(field.span, format!("`{}` is not documented", field.value)),
                Err(_) => nowhere(field, &lost),
            });
        }
    };
    let (siblings, index) = location.siblings_mut(operation).ok_or_else(|| no_field(field))?;
    siblings.remove(index);
    Ok(())
}

fn add_value(operation: &mut Operation, field: &At<String>, value: &At<EnumValue>) -> Result<(), Refused> {
    let location = find(operation, field)?;
    let shape = location.shape_mut(operation).ok_or_else(|| no_field(field))?;
    let Shape::String { values } = innermost_mut(shape) else {
        return Err(misfit(
            field.span,
            format!("`{}` holds no text, and only texts have values", field.value),
        ));
    };
    if values.iter().any(|known| known.value == value.value.value) {
        let message = format!("value `{}` of `{}` is documented", value.value.value, field.value);
        return Err(obsolete(value.span, message));
    }
    values.push(value.value.clone());
    Ok(())
}

fn sensitive(operation: &mut Operation, field: &At<String>, why: Option<Sensitivity>) -> Result<(), Refused> {
    let location = find(operation, field)?;
    let found = location.field_mut(operation).ok_or_else(|| no_field(field))?;
    if found.sensitive == why {
        let marked = if why.is_some() { "is marked so" } else { "is not marked as sensitive" };
        return Err(obsolete(field.span, format!("`{}` {marked}", field.value)));
    }
    found.sensitive = why;
    Ok(())
}

fn state(operation: &mut Operation, field: &At<String>, fact: &At<Statement>) -> Result<(), Refused> {
    let location = find(operation, field)?;
    let found = location.field_mut(operation).ok_or_else(|| no_field(field))?;
    if let Some(why) = fact.value.misfit(&found.shape, is_of_request(field)) {
        return Err(misfit(fact.span, format!("`{}` {why}", field.value)));
    }
    let name = fact.value.fact();
    let before = name.value_in(found);
    fact.value.set(found);
    if name.value_in(found) == before {
        let (name, path) = (name.as_str(), &field.value);
        let stated = match before {
            Some(before) => format!("the {name} of `{path}` is `{before}`"),
            None => format!("`{path}` has no {name}"),
        };
        return Err(obsolete(fact.span, stated));
    }
    Ok(())
}

fn document(operation: &mut Operation, target: &Target, english: &At<String>) -> Result<(), Refused> {
    let at = |path: &str| At { value: path.to_owned(), span: english.span };
    let (original, documented) = match target {
        Target::Operation => (&operation.summary, &mut operation.english),
        Target::Field(path) => {
            let field = at(path);
            let location = find(operation, &field)?;
            let found = location.field_mut(operation).ok_or_else(|| no_field(&field))?;
            (&found.description, &mut found.english)
        }
        Target::Value { field, value } => {
            let field = at(field);
            let location = find(operation, &field)?;
            let shape = location.shape_mut(operation).ok_or_else(|| no_field(&field))?;
            let known = match innermost(shape) {
                Shape::String { values } => values.iter().map(|value| format!(" {}", value.value)).collect(),
                _ => Vec::new(),
            };
            let Shape::String { values } = innermost_mut(shape) else {
                return Err(misfit(english.span, format!("`{}` holds no text", field.value)));
            };
            let Some(found) = values.iter_mut().find(|known| known.value == *value) else {
                let message = format!("`{}` has no value `{value}`", field.value);
                return Err(help_with(Code::OverlayNowhere, english.span, message, "its values are", &known));
            };
            (&found.meaning, &mut found.english)
        }
        Target::Error(code) => {
            let known: Vec<String> = operation.errors.iter().map(|error| error.code.clone()).collect();
            let Some(found) = operation.errors.iter_mut().find(|error| error.code == *code) else {
                let message = format!("the operation has no error code `{code}`");
                return Err(help_with(Code::OverlayNowhere, english.span, message, "its codes are", &known));
            };
            (&found.description, &mut found.english)
        }
    };
    if *original == english.value || *documented == english.value {
        return Err(obsolete(english.span, format!("{target} is documented so")));
    }
    documented.clone_from(&english.value);
    Ok(())
}

fn is_of_request(field: &At<String>) -> bool {
    field.value.starts_with("request.")
}

/// Splits a path into that of the parent and the last name.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('.').unwrap_or((path, ""))
}

fn find(operation: &Operation, field: &At<String>) -> Result<Location, Refused> {
    path::find(operation, &field.value).map_err(|lost| nowhere(field, &lost))
}

fn nowhere(field: &At<String>, lost: &Lost) -> Refused {
    let message = if lost.known.is_empty() {
        format!("`{}` leads nowhere: a path begins with `request` or `response`", field.value)
    } else if lost.rest.is_empty() {
        format!("`{}` is no field", field.value)
    } else {
        format!("`{}` leads nowhere: `{}` has no `{}`", field.value, lost.known, lost.rest)
    };
    let members = if lost.known.is_empty() { &[] } else { lost.members.as_slice() };
    help_with(Code::OverlayNowhere, field.span, message, "after it can follow", members)
}

/// Refuses a path that leads into a field, where the field itself is needed.
fn no_field(field: &At<String>) -> Refused {
    let message = format!("`{}` is an element or a value, not a field", field.value);
    misfit(field.span, message)
}

fn obsolete(span: Span, message: impl AsRef<str>) -> Refused {
    let message = format!("the page or the manifest now says this itself: {}", message.as_ref());
    Box::new(Diagnostic::new(Code::OverlayObsolete, span, message).with_help("remove the entry"))
}

fn misfit(span: Span, message: String) -> Refused {
    Box::new(Diagnostic::new(Code::OverlayMisfit, span, message))
}

fn help_with(code: Code, span: Span, message: String, what: &str, names: &[String]) -> Refused {
    let diagnostic = Diagnostic::new(code, span, message);
    if names.is_empty() {
        return Box::new(diagnostic);
    }
    let shown: Vec<String> =
        names.iter().take(SHOWN).map(|name| format!("`{}`", name.trim_start())).collect();
    let more = if names.len() > SHOWN { format!(" and {} more", names.len() - SHOWN) } else { String::new() };
    Box::new(diagnostic.with_help(format!("{what} {}{more}", shown.join(", "))))
}
