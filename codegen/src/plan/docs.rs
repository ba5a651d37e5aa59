//! Doc texts: an English text, then the page's text in its own language, then the facts of the page's tables.

use std::collections::BTreeSet;

use ccc_spec::model::{
    Encoding, EnumValue, ErrorCode, Field, Format, Operation, Position, Sensitivity, Shape,
};

use super::{Docs, ErrorPlan, Identifier, Side};
use crate::text::{code, is_web_address, paragraphs};

/// Joins blocks of lines with empty lines between them.
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

/// The text about a thing: an overlay's in English, and the page's in its own language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Description<'a> {
    pub(super) english: &'a str,
    pub(super) page: &'a str,
}

impl<'a> Description<'a> {
    /// Writes the English text and then the page's, in one paragraph if each is one.
    fn paragraphs(self) -> Vec<String> {
        let [english, page] = self.texts().map(paragraphs);
        match (english.as_slice(), page.as_slice()) {
            ([english], [page]) if !english.starts_with("- ") && !page.starts_with("- ") => {
                vec![format!("{english} {page}")]
            }
            _ => blocks([english, page]).0,
        }
    }

    /// Returns the English text and the page's. A page in ASCII letters is itself in English, so an overlay replaces it.
    fn texts(self) -> [&'a str; 2] {
        let is_foreign = |letter: char| letter.is_alphabetic() && !letter.is_ascii();
        let is_replaced = !self.english.is_empty() && !self.page.contains(is_foreign);
        [self.english, if is_replaced { "" } else { self.page }]
    }
}

fn field_description(field: &Field) -> Description<'_> {
    Description { english: &field.english, page: &field.description }
}

fn error_description(row: &ErrorCode) -> Description<'_> {
    Description { english: &row.english, page: &row.description }
}

fn operation_description(operation: &Operation) -> Description<'_> {
    Description { english: &operation.english, page: &operation.summary }
}

fn summary(operation: &Operation) -> Vec<String> {
    operation_description(operation).paragraphs()
}

/// Returns the text about an operation, as paragraphs without Markdown.
pub(super) fn text(operation: &Operation) -> String {
    let texts = operation_description(operation).texts().map(str::trim);
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Documents a parameter or a field of a response: its description, then the facts of its table.
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
    let mut lines = field_description(field).paragraphs();
    // After an item of a list, it would be part of the item.
    if lines.last().is_some_and(|last| last.starts_with("- ")) {
        lines.push(String::new());
    }
    lines.push(table);
    Docs(lines)
}

/// Writes the facts about a field's value besides its type, in one line.
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
        Format::DateTime => "A date and time in ISO 8601 format.",
        Format::Date => "A date in ISO 8601 format.",
        Format::UnixSeconds => "Seconds since 1970-01-01 00:00 UTC.",
        Format::UnixMilliseconds => {
            "Milliseconds since 1970-01-01 00:00 UTC, which [`UnixMillis`](acs_runtime::time::UnixMillis) converts."
        }
        Format::Base64 => "Encoded in Base64.",
        Format::Json => "A string that holds JSON.",
    }
}

/// Names a shape in the words of a page's table.
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

/// Documents the structure that pages call `wire`.
pub(super) fn structure(wire: &str, side: Side, description: Description<'_>) -> Docs {
    let whole = if side == Side::Request { "request" } else { "response" };
    blocks([description.paragraphs(), vec![format!("Structure {} of a {whole}.", code(wire))]])
}

/// Documents the open enum that pages call `wire`. The variants document the values, so a list of them in the
/// description is left out.
pub(super) fn open_enum(wire: &str, description: Description<'_>, values: &[EnumValue]) -> Docs {
    let (english, page) =
        (without_values(description.english, values), without_values(description.page, values));
    let open = format!(
        "Values of {}. The service may send values that are not documented; they are kept unchanged, and `as_str` \
         returns them.",
        code(wire)
    );
    blocks([Description { english: &english, page: &page }.paragraphs(), vec![open]])
}

/// Removes a list of these values from a text, and the words that introduce the list.
fn without_values(text: &str, values: &[EnumValue]) -> String {
    let is_value = |line: &str| {
        let item = line.trim().strip_prefix("- ").unwrap_or_default();
        values.iter().any(|value| !value.value.is_empty() && item.starts_with(&value.value))
    };
    let (listed, prose): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| is_value(line));
    let prose = prose.join("\n");
    if listed.is_empty() { prose } else { without_introduction(&prose).to_owned() }
}

/// Removes the last sentence if it only introduces a list: `包括：`.
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

/// Documents a value with its meaning.
pub(super) fn value(value: &EnumValue) -> Docs {
    let mut lines = Description { english: &value.english, page: &value.meaning }.paragraphs();
    match lines.first_mut() {
        Some(first) if !first.starts_with("- ") => *first = format!("{}: {first}", code(&value.value)),
        Some(_) => return blocks([vec![format!("{}:", code(&value.value))], lines]),
        None => lines.push(format!("{}.", code(&value.value))),
    }
    Docs(lines)
}

/// Documents the error of the operation `action`.
pub(super) fn error(action: &str) -> Docs {
    Docs(vec![format!("Why the service refused a request of {}.", code(action))])
}

/// Documents a code of the product: description, status and message of each of its rows, and the operations that document
/// it.
pub(super) fn code_of_product(rows: &[&ErrorCode], modules: &[&Identifier]) -> Docs {
    let links = modules.iter().map(|module| format!("[`{}`](super::{})", module.unraw(), module.unraw()));
    let documented = format!("Documented for {}.", links.collect::<Vec<_>>().join(", "));
    blocks([own_error_code(rows).0, vec![documented]])
}

/// Documents a code of an operation that differs from the product's: description, status and message of each of its rows.
pub(super) fn own_error_code(rows: &[&ErrorCode]) -> Docs {
    let mut texts: Vec<Vec<String>> = Vec::new();
    for row in rows {
        let description = error_description(row).paragraphs();
        let template = vec![status_and_message(&code(&row.code), row)];
        for block in [description, template] {
            if !texts.contains(&block) {
                texts.push(block);
            }
        }
    }
    blocks(texts)
}

/// Documents a code of an operation that equals the product's code `name`, which has the description.
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

/// Documents the module about a product as a whole.
pub(super) fn product(title: &str) -> Docs {
    Docs(vec![format!(
        "The product {}: its endpoints, and the facts that all its operations share.",
        paragraphs(title).join(" ")
    )])
}

/// Documents the type that stands for a product.
pub(super) fn product_type(title: &str, product: &str, version: &str) -> Docs {
    Docs(vec![format!(
        "The product {}: code {}, version {}.",
        paragraphs(title).join(" "),
        code(product),
        code(version)
    )])
}

/// Documents the module of an operation.
pub(super) fn module(operation: &Operation) -> Docs {
    let heading = format!(
        "Operation {} of {}, version {}.",
        code(&operation.action),
        code(&operation.product),
        code(&operation.version)
    );
    blocks([summary(operation), vec![heading], see_also(operation)])
}

/// Documents the request of an operation, which `method` of the client builds too.
pub(super) fn request(operation: &Operation, method: &Identifier) -> Docs {
    let method = method.unraw();
    let how = format!(
        "Request of {}. [`Client::{method}`](crate::Client::{method}) builds and sends it; [`builder`](Self::builder) only \
         builds it.",
        code(&operation.action)
    );
    Docs(vec![how])
}

/// Documents the response of an operation.
pub(super) fn response(operation: &Operation) -> Docs {
    Docs(vec![format!("Response of {}.", code(&operation.action))])
}

/// Documents the client's method for an operation.
pub(super) fn method(operation: &Operation, error: Option<&ErrorPlan>, example: Vec<String>) -> Docs {
    let refusal = match error {
        Some(error) => format!("[`{}`] if the service refuses the request.", error.name.as_str()),
        None => "[`ServiceError`](acs_runtime::error::ServiceError) if the service refuses the request."
            .to_owned(),
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

/// States whether the client repeats a request.
fn repeats(operation: &Operation) -> &'static str {
    if operation.safe_to_repeat {
        "Idempotent: the client sends the request again after a timeout or a failure of the service."
    } else {
        "Not idempotent: if the service may have carried out the request, the client does not send it again."
    }
}

/// Returns what an operation does, in one line of Markdown.
pub(super) fn brief(operation: &Operation) -> String {
    paragraphs(brief_text(operation)).join(" ")
}

/// Returns what an operation does, in one line: its title, or the first sentence of its description.
pub(super) fn brief_text(operation: &Operation) -> &str {
    let titled = operation.title.split_once(" - ").map(|(_, title)| title.trim());
    let said = if operation.english.is_empty() { &operation.summary } else { &operation.english };
    let sentence = || {
        let line = said.lines().next().unwrap_or_default();
        line.split_inclusive(['.', '。']).next().unwrap_or_default()
    };
    let brief = titled.filter(|title| !title.is_empty()).unwrap_or_else(sentence);
    brief.trim_end_matches(['.', '。'])
}

/// Writes what an operation does.
fn calls(operation: &Operation) -> Vec<String> {
    let summary = summary(operation);
    if summary.is_empty() { vec![format!("Calls {}.", code(&operation.action))] } else { summary }
}

fn see_also(operation: &Operation) -> Vec<String> {
    link("The operation in the API explorer", operation.links.explorer.as_deref()).into_iter().collect()
}

/// Documents the codes of a product.
pub(super) fn codes(operations: &[Operation]) -> Docs {
    let how = "`ErrorCode::from_error` returns the code of an error of any operation. New codes will be documented, so match the codes that matter to you, and then `_`.";
    let lists: BTreeSet<String> = operations
        .iter()
        .filter_map(|operation| {
            link("All error codes of the product", operation.links.error_center.as_deref())
        })
        .collect();
    blocks([
        vec!["The error codes that the pages of all operations document.".to_owned()],
        vec![how.to_owned()],
        lists.into_iter().collect(),
    ])
}

/// Writes a link as an item of a list.
fn link(text: &str, url: Option<&str>) -> Option<String> {
    url.filter(|url| is_web_address(url)).map(|url| format!("- [{text}](<{url}>)"))
}

#[cfg(test)]
mod tests {
    use ccc_spec::model::{EnumValue, ErrorCode, Field, Format, Range, Sensitivity, Shape};

    use super::{Description, field, open_enum, own_error_code, value};
    use crate::fixtures;
    use crate::plan::Side;

    fn page(page: &str) -> Description<'_> {
        Description { english: "", page }
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
        let docs = |page| Description { english: "The callee.", page }.paragraphs();
        assert_eq!(docs("The number that’s called."), ["The callee."]);
        assert_eq!(docs("被叫号码。"), ["The callee. 被叫号码。"]);
    }

    #[test]
    fn facts_of_the_table_are_not_part_of_a_list() {
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
    fn facts_about_a_value_are_one_line() {
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
        assert_eq!(line(&text), "Length 1 to 60 characters. Encoded in Base64.");
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
