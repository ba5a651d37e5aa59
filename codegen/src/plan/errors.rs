//! An operation's error: a variant per documented code, the arguments of its message as fields.

use std::collections::BTreeMap;

use ccc_spec::model::ErrorCode;

use super::names::{Identifier, Role, distinct};
use super::words::snake;
use super::{ErrorPlan, ErrorVariantPlan, docs};

/// Words before a `%s` that say nothing about it.
const STOP_WORDS: [&str; 30] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "has", "have", "in", "is", "it",
    "not", "of", "on", "or", "than", "that", "the", "to", "was", "were", "with", "you", "your", "which",
];

/// Plans the error `name` of the operation `action`.
pub(super) fn plan(action: &str, name: Identifier, errors: &[ErrorCode]) -> ErrorPlan {
    let codes = by_code(errors);
    let names: Vec<&str> = codes.iter().map(|rows| rows.code).collect();
    let variants = codes
        .iter()
        .zip(distinct(Role::ErrorCode, &names))
        .map(|(rows, name)| {
            let message = rows.only_message();
            ErrorVariantPlan {
                name,
                docs: docs::error_code(&rows.rows),
                code: rows.code.to_owned(),
                status: rows.rows.iter().find_map(|row| row.status),
                arguments: message.map(arguments).unwrap_or_default(),
                message: message.map(str::to_owned),
            }
        })
        .collect();
    ErrorPlan { name, docs: docs::error(action), variants }
}

/// The rows of a page that have one code.
struct Rows<'a> {
    code: &'a str,
    rows: Vec<&'a ErrorCode>,
}

impl<'a> Rows<'a> {
    /// The message, if all rows that give one give the same: of several, the service does not say
    /// which one the arguments belong to.
    fn only_message(&self) -> Option<&'a str> {
        let mut messages = self.rows.iter().map(|row| row.message.as_str()).filter(|text| !text.is_empty());
        let first = messages.next()?;
        messages.all(|message| message == first).then_some(first)
    }
}

fn by_code(errors: &[ErrorCode]) -> Vec<Rows<'_>> {
    let mut codes: Vec<Rows<'_>> = Vec::with_capacity(errors.len());
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for row in errors {
        match places.get(row.code.as_str()).and_then(|place| codes.get_mut(*place)) {
            Some(rows) => rows.rows.push(row),
            None => {
                places.insert(&row.code, codes.len());
                codes.push(Rows { code: &row.code, rows: vec![row] });
            }
        }
    }
    codes
}

/// A name for every `%s` of a message, from the word before it: `instance` in "in instance %s".
fn arguments(message: &str) -> Vec<Identifier> {
    let pieces: Vec<&str> = message.split("%s").collect();
    let (_, before) = pieces.split_last().unwrap_or((&"", &[]));
    let names: Vec<String> = before
        .iter()
        .enumerate()
        .map(|(index, text)| word_before(text).unwrap_or_else(|| format!("argument {}", index + 1)))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    distinct(Role::Argument, &names)
}

fn word_before(text: &str) -> Option<String> {
    let before = text.trim_end_matches(|character: char| !character.is_ascii_alphanumeric());
    // A sentence or a member of a list that ended says nothing about what follows.
    let between = text.get(before.len()..)?;
    if between.contains(['.', '!', '?', ',', ';']) {
        return None;
    }
    let word = before.split_whitespace().next_back()?;
    let word = snake(word.trim_start_matches(|character: char| !character.is_ascii_alphanumeric()));
    let speaks = word.starts_with(|first: char| first.is_ascii_alphabetic());
    (speaks && !STOP_WORDS.contains(&word.as_str())).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::arguments;

    fn named(message: &str) -> Vec<String> {
        arguments(message).iter().map(|name| name.as_str().to_owned()).collect()
    }

    #[test]
    fn arguments_are_named_after_the_word_before_them() {
        assert_eq!(named("The user %s does not exist in instance %s."), ["user", "instance"]);
        assert_eq!(named("The parameter '%s' (type: %s) is bad."), ["parameter", "r#type"]);
    }

    #[test]
    fn arguments_without_a_telling_word_are_numbered() {
        assert_eq!(
            named("%s is less than %s, 50 %s. %s"),
            ["argument_1", "argument_2", "argument_3", "argument_4"]
        );
    }

    #[test]
    fn equal_names_are_numbered_in_the_order_of_the_message() {
        assert_eq!(named("user %s, user %s, service %s"), ["user", "user_2", "service_"]);
    }

    #[test]
    fn a_message_without_marks_has_no_arguments() {
        assert!(named("100% sure").is_empty());
    }
}
