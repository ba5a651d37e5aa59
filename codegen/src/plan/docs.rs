//! Doc texts: what the page says in the page's language, what Rust adds to it in English.

use std::collections::BTreeSet;

use ccc_spec::model::{
    Encoding, EnumValue, ErrorCode, Field, Format, Operation, Position, Sensitivity, Shape,
};

use super::{Docs, ErrorPlan, Identifier, Side};
use crate::text::{code, is_web_address, paragraphs};

/// Text blocks, separated by empty lines.
fn blocks(blocks: impl IntoIterator<Item = Vec<String>>) -> Docs {
    let mut lines: Vec<String> = Vec::new();
    for block in blocks.into_iter().filter(|block| !block.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(block);
    }
    Docs(lines)
}

/// The words about a thing: an overlay's in English, the page's in its own language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'a> {
    pub(super) english: &'a str,
    pub(super) page: &'a str,
}

impl Said<'_> {
    /// English first, which most readers of the crate know; then the page, word for word: in one paragraph where each
    /// is one. A page in ASCII letters is in English itself: the overlay's words stand for it.
    fn paragraphs(self) -> Vec<String> {
        let is_foreign = |letter: char| letter.is_alphabetic() && !letter.is_ascii();
        let is_said_twice = !self.english.is_empty() && !self.page.contains(is_foreign);
        let (english, page) =
            (paragraphs(self.english), if is_said_twice { Vec::new() } else { paragraphs(self.page) });
        match (english.as_slice(), page.as_slice()) {
            ([english], [page]) if !english.starts_with("- ") && !page.starts_with("- ") => {
                vec![format!("{english} {page}")]
            }
            _ => blocks([english, page]).0,
        }
    }
}

fn said_of_field(field: &Field) -> Said<'_> {
    Said { english: &field.english, page: &field.description }
}

fn said_of_error(row: &ErrorCode) -> Said<'_> {
    Said { english: &row.english, page: &row.description }
}

fn summary(operation: &Operation) -> Vec<String> {
    Said { english: &operation.english, page: &operation.summary }.paragraphs()
}

/// A request parameter or a field of an answer: its description, then what the table says of it.
pub(super) fn field(field: &Field, side: Side) -> Docs {
    let what = if side == Side::Request { "Parameter" } else { "Field" };
    let required = if side == Side::Request && field.required { ", required" } else { "" };
    let mut table = format!("{what} {}: {}{required}.", code(&field.name), type_words(&field.shape));
    if let Some(sample) = field.sample.as_deref().filter(|sample| field.takes(sample)) {
        table.push_str(&format!(" For example {}.", code(sample)));
    }
    if side == Side::Request {
        match (field.position, field.encoding) {
            (Position::Query, Encoding::Flat) => {}
            (Position::Query, Encoding::Json) => table.push_str(" The client sends it as JSON."),
            (Position::Body, Encoding::Flat) => table.push_str(" Sent in the body."),
            (Position::Body, Encoding::Json) => table.push_str(" The client sends it as JSON, in the body."),
        }
    }
    match field.sensitive {
        Some(Sensitivity::Personal) => table.push_str(" Personal: `Debug` hides it."),
        Some(Sensitivity::PhoneNumber) => table.push_str(" May hold a phone number: `Debug` hides it."),
        Some(Sensitivity::Secret) => table.push_str(" A secret: `Debug` hides it."),
        None => {}
    }
    if let Some(facts) = facts(field) {
        table.push_str(&format!(" {facts}"));
    }
    let mut lines = said_of_field(field).paragraphs();
    // After an item of a list, it would be part of the item.
    if lines.last().is_some_and(|last| last.starts_with("- ")) {
        lines.push(String::new());
    }
    lines.push(table);
    Docs(lines)
}

/// What the page states of a field's value besides its type, in one line.
fn facts(field: &Field) -> Option<String> {
    let mut facts: Vec<String> = Vec::new();
    if field.deprecated {
        facts.push("Deprecated by the service.".to_owned());
    }
    facts.extend(field.default.as_deref().map(|default| format!("Default {}.", code(default))));
    let unit = field.unit.as_deref().map(|unit| paragraphs(unit).join(" "));
    let unit = unit.as_deref();
    match (field.range, field.length, unit) {
        (Some(range), _, Some(unit)) => facts.push(format!("Value {range}, in {unit}.")),
        (Some(range), _, None) => facts.push(format!("Value {range}.")),
        (None, Some(length), unit) => {
            facts.push(format!("Length {length} {}.", unit.unwrap_or("characters")));
        }
        (None, None, Some("seconds")) => {
            facts.push("In seconds, which [`Seconds`](acs_runtime::time::Seconds) converts.".to_owned());
        }
        (None, None, Some(unit)) => facts.push(format!("In {unit}.")),
        (None, None, None) => {}
    }
    facts.extend(field.format.map(|format| format_words(format).to_owned()));
    (!facts.is_empty()).then(|| facts.join(" "))
}

fn format_words(format: Format) -> &'static str {
    match format {
        Format::DateTime => "A date and time as in ISO 8601.",
        Format::Date => "A date as in ISO 8601.",
        Format::UnixSeconds => "Seconds since 1970-01-01 00:00 UTC.",
        Format::UnixMilliseconds => {
            "Milliseconds since 1970-01-01 00:00 UTC, which [`UnixMillis`](acs_runtime::time::UnixMillis) converts."
        }
        Format::Base64 => "Written in Base64.",
        Format::Json => "JSON, written as text.",
    }
}

/// A shape in the words of a page's table.
fn type_words(shape: &Shape) -> String {
    match shape {
        Shape::Json => "JSON".to_owned(),
        Shape::Structure { name: Some(name), .. } | Shape::Shared { to: name } => code(name),
        Shape::Structure { name: None, .. } => "Struct".to_owned(),
        Shape::List { element, .. } => format!("List of {}", type_words(element)),
        Shape::Map { value } => format!("Map of {}", type_words(value)),
        scalar => scalar.kind().to_owned(),
    }
}

/// A structure of a request or an answer, as `wire` calls it.
pub(super) fn structure(wire: &str, side: Side, said: Said<'_>) -> Docs {
    let whole = if side == Side::Request { "a request" } else { "an answer" };
    blocks([said.paragraphs(), vec![format!("The structure {} of {whole}.", code(wire))]])
}

/// An open enum, as `wire` calls it. The list of values that a description may hold is left to the variants.
pub(super) fn open_enum(wire: &str, said: Said<'_>, values: &[EnumValue]) -> Docs {
    let (english, page) = (without_values(said.english, values), without_values(said.page, values));
    let open = format!(
        "Values of {}. The service may send others than the documented ones: they are carried \
         unchanged, and `as_str` tells them.",
        code(wire)
    );
    blocks([Said { english: &english, page: &page }.paragraphs(), vec![open]])
}

/// The text without a list of these values, and without the words that introduce it.
fn without_values(text: &str, values: &[EnumValue]) -> String {
    let is_value = |line: &str| {
        let item = line.trim().strip_prefix("- ").unwrap_or_default();
        values.iter().any(|value| !value.value.is_empty() && item.starts_with(&value.value))
    };
    let (listed, prose): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| is_value(line));
    let prose = prose.join("\n");
    if listed.is_empty() { prose } else { without_introduction(&prose).to_owned() }
}

/// The text without its last sentence, if that only introduces a list: `包括：`.
fn without_introduction(prose: &str) -> &str {
    let prose = prose.trim_end();
    if !prose.ends_with(['：', ':']) {
        return prose;
    }
    let end_of = |(index, mark): (usize, &str)| index + mark.len();
    let sentence = prose.rmatch_indices(['。', '！', '；', '\n']).next().map_or(0, end_of);
    let english = prose.rmatch_indices(". ").next().map_or(0, end_of);
    prose.get(..sentence.max(english)).unwrap_or_default()
}

/// A documented value: the value and its meaning.
pub(super) fn value(value: &EnumValue) -> Docs {
    let mut lines = Said { english: &value.english, page: &value.meaning }.paragraphs();
    match lines.first_mut() {
        Some(first) if !first.starts_with("- ") => *first = format!("{}: {first}", code(&value.value)),
        Some(_) => return blocks([vec![format!("{}:", code(&value.value))], lines]),
        None => lines.push(format!("{}.", code(&value.value))),
    }
    Docs(lines)
}

/// The error of the operation `action`.
pub(super) fn error(action: &str) -> Docs {
    Docs(vec![format!("What the service says when it refuses {}.", code(action))])
}

/// A code of the product: what a page says about it, then status and message, for each of its rows; and the operations
/// that document it.
pub(super) fn code_of_product(rows: &[&ErrorCode], modules: &[&Identifier]) -> Docs {
    let links = modules.iter().map(|module| format!("[`{}`](super::{})", module.unraw(), module.unraw()));
    let documented = format!("Documented for {}.", links.collect::<Vec<_>>().join(", "));
    blocks([own_error_code(rows).0, vec![documented]])
}

/// A code of an operation that says more than the product's: what the page says about it, then status and message, for
/// each of its rows.
pub(super) fn own_error_code(rows: &[&ErrorCode]) -> Docs {
    let mut texts: Vec<Vec<String>> = Vec::new();
    for row in rows {
        let description = said_of_error(row).paragraphs();
        let template = vec![status_and_message(&code(&row.code), row)];
        for block in [description, template] {
            if !texts.contains(&block) {
                texts.push(block);
            }
        }
    }
    blocks(texts)
}

/// A code of an operation that is the product's code `name`, which says what it means.
pub(super) fn error_code(name: &Identifier, rows: &[&ErrorCode]) -> Docs {
    let link =
        |row: &ErrorCode| format!("[{}](crate::operation::ErrorCode::{})", code(&row.code), name.as_str());
    let mut lines: Vec<String> = Vec::new();
    for row in rows {
        let line = status_and_message(&link(row), row);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    blocks(lines.into_iter().map(|line| vec![line]))
}

fn status_and_message(code_of_row: &str, row: &ErrorCode) -> String {
    let mut line = code_of_row.to_owned();
    if let Some(status) = row.status {
        line.push_str(&format!(", HTTP {status}"));
    }
    if !row.message.is_empty() {
        line.push_str(&format!(": {}", code(&row.message)));
    }
    line
}

/// The module about a product as a whole.
pub(super) fn product(title: &str) -> Docs {
    Docs(vec![format!("What holds for all operations of {}.", paragraphs(title).join(" "))])
}

/// The type that stands for a product.
pub(super) fn product_type(title: &str, product: &str, version: &str) -> Docs {
    Docs(vec![format!("{}: {} {}.", paragraphs(title).join(" "), code(product), code(version))])
}

/// The module of an operation.
pub(super) fn module(operation: &Operation) -> Docs {
    let heading =
        format!("{} of {} {}.", code(&operation.action), code(&operation.product), code(&operation.version));
    blocks([summary(operation), vec![heading], see_also(operation)])
}

/// The request of an operation, which `method` of the client builds too.
pub(super) fn request(operation: &Operation, method: &Identifier) -> Docs {
    let method = method.unraw();
    let how = format!(
        "Parameters of {}. Built alone, or with [`Client::{method}`](crate::Client::{method}) and sent from there.",
        code(&operation.action)
    );
    Docs(vec![how])
}

/// The answer of an operation.
pub(super) fn response(operation: &Operation) -> Docs {
    Docs(vec![format!("What {} answers.", code(&operation.action))])
}

/// The client's method for an operation.
pub(super) fn method(operation: &Operation, error: Option<&ErrorPlan>, example: Vec<String>) -> Docs {
    let refusal = match error {
        Some(error) => format!("[`{}`] when the service refuses.", error.name.as_str()),
        None => "[`ServiceError`](acs_runtime::error::ServiceError) when the service refuses.".to_owned(),
    };
    blocks([
        calls(operation),
        vec![repeats(operation).to_owned()],
        vec!["# Example".to_owned()],
        example,
        vec!["# Errors".to_owned()],
        vec![refusal],
    ])
}

/// Whether an operation may be carried out twice without harm.
fn repeats(operation: &Operation) -> &'static str {
    if operation.safe_to_repeat {
        "Idempotent: the request is sent again after a time-out or a failure of the service."
    } else {
        "Not idempotent: after a failure that leaves open whether it was carried out, the request is not sent again."
    }
}

/// What an operation does, in one line of Markdown: its title, or the first sentence that is said of it.
pub(super) fn brief(operation: &Operation) -> String {
    let titled = operation.title.split_once(" - ").map(|(_, title)| title.trim());
    let said = if operation.english.is_empty() { &operation.summary } else { &operation.english };
    let sentence = || {
        let line = said.lines().next().unwrap_or_default();
        line.split_inclusive(['.', '。']).next().unwrap_or_default()
    };
    let brief = titled.filter(|title| !title.is_empty()).unwrap_or_else(sentence);
    paragraphs(brief.trim_end_matches(['.', '。'])).join(" ")
}

/// What an operation does.
fn calls(operation: &Operation) -> Vec<String> {
    let summary = summary(operation);
    if summary.is_empty() { vec![format!("Calls {}.", code(&operation.action))] } else { summary }
}

fn see_also(operation: &Operation) -> Vec<String> {
    link("The operation in the API explorer", operation.links.explorer.as_deref()).into_iter().collect()
}

/// The codes of a product.
pub(super) fn codes(operations: &[Operation]) -> Docs {
    let how = "`ErrorCode::from_error` tells that of an error. More codes will be documented: match those that matter, then `_`.";
    let lists: BTreeSet<String> = operations
        .iter()
        .filter_map(|operation| {
            link("All error codes of the product", operation.links.error_center.as_deref())
        })
        .collect();
    blocks([
        vec!["The codes of errors that pages document, whatever the operation.".to_owned()],
        vec![how.to_owned()],
        lists.into_iter().collect(),
    ])
}

/// A link as an item of a list.
fn link(text: &str, url: Option<&str>) -> Option<String> {
    url.filter(|url| is_web_address(url)).map(|url| format!("- [{text}](<{url}>)"))
}

#[cfg(test)]
mod tests {
    use ccc_spec::model::{EnumValue, ErrorCode, Field, Format, Range, Sensitivity, Shape};

    use super::{Said, field, open_enum, own_error_code, value};
    use crate::fixtures;
    use crate::plan::Side;

    fn page(page: &str) -> Said<'_> {
        Said { english: "", page }
    }

    #[test]
    fn english_stands_before_the_words_of_the_page() {
        let both = Field {
            english: "The number.".into(),
            description: "号码。".into(),
            ..fixtures::field("Callee", Shape::string())
        };
        assert_eq!(field(&both, Side::Response).0, ["The number. 号码。", "Field `Callee`: String."]);
        let value_of = EnumValue {
            value: "READY".into(),
            meaning: "就绪".into(),
            english: "Ready.".into(),
            also: vec![],
        };
        assert_eq!(value(&value_of).0, ["`READY`: Ready. 就绪"]);
    }

    #[test]
    fn english_page_gives_way_to_the_overlay_and_another_stands_beside_it() {
        let said = |page| Said { english: "The callee.", page }.paragraphs();
        assert_eq!(said("The number that’s called."), ["The callee."]);
        assert_eq!(said("被叫号码。"), ["The callee. 被叫号码。"]);
    }

    #[test]
    fn what_the_table_says_is_no_part_of_a_list() {
        let listed =
            Field { description: "包括：\n\n- READY".into(), ..fixtures::field("State", Shape::string()) };
        assert_eq!(field(&listed, Side::Response).0, ["包括：", "", "- READY", "", "Field `State`: String."]);
    }

    #[test]
    fn a_parameter_reads_like_its_row() {
        let callee = Field {
            required: true,
            sensitive: Some(Sensitivity::PhoneNumber),
            sample: Some("13188888888".into()),
            description: "被叫号码。".into(),
            ..fixtures::field("Callee", Shape::string())
        };
        assert_eq!(
            field(&callee, Side::Request).0,
            [
                "被叫号码。",
                "Parameter `Callee`: String, required. For example `13188888888`. May hold a phone number: `Debug` hides it."
            ]
        );
    }

    #[test]
    fn what_is_stated_of_a_value_is_one_line() {
        let line = |field: &Field| super::facts(field).unwrap_or_default();
        let range = Range { min: Some(1), max: Some(60) };
        let seconds = Field {
            default: Some("15".into()),
            range: Some(range),
            unit: Some("seconds".into()),
            deprecated: true,
            ..fixtures::field("Timeout", Shape::Integer)
        };
        assert_eq!(line(&seconds), "Deprecated by the service. Default `15`. Value 1 to 60, in seconds.");
        let text = Field {
            length: Some(range),
            format: Some(Format::Base64),
            ..fixtures::field("Text", Shape::string())
        };
        assert_eq!(line(&text), "Length 1 to 60 characters. Written in Base64.");
        assert_eq!(line(&fixtures::field("Plain", Shape::string())), "");
    }

    #[test]
    fn the_list_of_values_is_left_to_the_variants() {
        let values = [EnumValue { value: "READY".into(), meaning: "就绪".into(), ..EnumValue::default() }];
        let docs = open_enum("State", page("状态。\n\n- READY（就绪）\n- 其他"), &values);
        assert_eq!(docs.0[..3], ["状态。", "", "- 其他"]);
        let introduced = open_enum("State", page("状态。包括：\n\n- READY（就绪）"), &values);
        assert_eq!(introduced.0[..2], ["状态。", ""]);
        assert_eq!(value(&values[0]).0, ["`READY`: 就绪"]);
    }

    #[test]
    fn rows_of_one_code_are_all_shown() {
        let row = |message: &str| ErrorCode {
            status: Some(400),
            code: "Bad".into(),
            message: message.into(),
            description: "坏".into(),
            ..ErrorCode::default()
        };
        assert_eq!(
            own_error_code(&[&row("a %s"), &row("b")]).0,
            ["坏", "", "`Bad`, HTTP 400: `a %s`", "", "`Bad`, HTTP 400: `b`"]
        );
    }
}
