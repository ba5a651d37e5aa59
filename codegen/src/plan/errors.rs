//! Errors: the codes of a product, and the error of each operation. It has a variant for each documented code, whose fields
//! are the arguments of the message.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ccc_spec::model::{ErrorCode, Operation};

use super::names::{Identifier, Role, distinct};
use super::{CodePlan, ErrorPlan, ErrorVariantPlan, TemplatePlan, docs};
use ccc_spec::naming::snake;

/// Words that give no name to a `%s` after them.
const STOP_WORDS: [&str; 30] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "has", "have", "in", "is", "it",
    "not", "of", "on", "or", "than", "that", "the", "to", "was", "were", "with", "you", "your", "which",
];

/// Plans the codes of a product, given its operations and their modules. A code has the rows that most pages give it.
pub(super) fn codes<'a>(
    operations: impl IntoIterator<Item = (&'a Identifier, &'a Operation)>,
) -> Vec<CodePlan> {
    let mut documented: BTreeMap<&str, Vec<(&Identifier, Rows<'_>)>> = BTreeMap::new();
    for (module, operation) in operations {
        for rows in by_code(&operation.errors) {
            documented.entry(rows.code).or_default().push((module, rows));
        }
    }
    let names = distinct(Role::ErrorCode, &documented.keys().copied().collect::<Vec<_>>());
    let plans = names.into_iter().zip(documented).map(|(name, (code, documented))| {
        let modules: Vec<&Identifier> = documented.iter().map(|(module, _)| *module).collect();
        let usual = usual(&documented);
        CodePlan {
            name,
            docs: docs::code_of_product(usual.map_or(&[], |rows| &rows.rows), &modules),
            code: code.to_owned(),
            templates: usual.map(Rows::templates).unwrap_or_default(),
        }
    });
    plans.collect()
}

/// Returns the first of the rows that most operations have.
fn usual<'r, 'a>(documented: &'r [(&Identifier, Rows<'a>)]) -> Option<&'r Rows<'a>> {
    let agreeing = |rows: &Rows<'_>| {
        documented.iter().filter(|(_, other)| other.templates() == rows.templates()).count()
    };
    documented.iter().map(|(_, rows)| rows).min_by_key(|rows| Reverse(agreeing(rows)))
}

/// Plans the error `name` of the operation `action`; `None` if its page documents no code.
pub(super) fn plan(
    action: &str,
    name: Identifier,
    errors: &[ErrorCode],
    product: &[CodePlan],
) -> Option<ErrorPlan> {
    let codes = by_code(errors);
    let names: Vec<&str> = codes.iter().map(|rows| rows.code).collect();
    let variants: Vec<ErrorVariantPlan> = codes
        .iter()
        .zip(distinct(Role::ErrorCode, &names))
        .map(|(rows, name)| {
            let templates = rows.templates();
            let code = product.iter().find(|code| code.code == rows.code);
            let own = code.is_none_or(|code| code.name != name || code.templates != templates);
            ErrorVariantPlan {
                docs: if own {
                    docs::own_error_code(&rows.rows)
                } else {
                    docs::error_code(&name, &rows.rows)
                },
                name,
                code: rows.code.to_owned(),
                own: own.then_some(templates),
                arguments: arguments(&rows.rows.iter().map(|row| row.message.as_str()).collect::<Vec<_>>()),
            }
        })
        .collect();
    (!variants.is_empty()).then(|| ErrorPlan { name, docs: docs::error(action), variants })
}

/// The rows of a page with the same code.
struct Rows<'a> {
    code: &'a str,
    rows: Vec<&'a ErrorCode>,
}

impl Rows<'_> {
    fn templates(&self) -> Vec<TemplatePlan> {
        let mut templates: Vec<TemplatePlan> = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let status = row.status.filter(|status| (100..600).contains(status));
            let template = TemplatePlan { status, message: row.message.clone() };
            if !templates.contains(&template) {
                templates.push(template);
            }
        }
        templates
    }
}

fn by_code(errors: &[ErrorCode]) -> Vec<Rows<'_>> {
    let mut codes: Vec<Rows<'_>> = Vec::with_capacity(errors.len());
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    // An error without a code cannot be identified.
    for row in errors.iter().filter(|row| !row.code.is_empty()) {
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

/// Names every `%s` after the word before it: `instance` in "in instance %s". If there are several messages, the first `%s`
/// of each is the first argument, and so on; the argument is numbered if the messages give it different names.
fn arguments(messages: &[&str]) -> Vec<Identifier> {
    let mut words: Vec<Option<String>> = Vec::new();
    for message in messages {
        let pieces: Vec<&str> = message.split("%s").collect();
        let before = pieces.split_last().map_or(&[][..], |(_, before)| before);
        for (index, text) in before.iter().enumerate() {
            let word = word_before(text);
            match words.get_mut(index) {
                Some(known) if *known != word => *known = None,
                Some(_) => {}
                None => words.push(word),
            }
        }
    }
    let names: Vec<String> = words
        .into_iter()
        .enumerate()
        .map(|(index, word)| word.unwrap_or_else(|| format!("argument {}", index + 1)))
        .collect();
    distinct(Role::Argument, &names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn word_before(text: &str) -> Option<String> {
    let before = text.trim_end_matches(|character: char| !character.is_ascii_alphanumeric());
    // The end of a sentence, or of an item of a list, gives no name to what follows.
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
        names(&[message])
    }

    fn names(messages: &[&str]) -> Vec<String> {
        arguments(messages).iter().map(|argument| argument.as_str().to_owned()).collect()
    }

    #[test]
    fn arguments_of_several_messages_are_named_where_they_agree() {
        assert_eq!(names(&["user %s", "user %s in group %s", "x"]), ["user", "group"]);
        assert_eq!(names(&["user %s", "group %s"]), ["argument_1"]);
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
