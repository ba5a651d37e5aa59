//! Descriptions as Markdown, with page text escaped.

use ccc_spec::model::{EnumValue, Field, Format, Shape};

use crate::text::{code, paragraphs, visible};

/// Returns the English text if there is one, else the page's.
fn chosen<'a>(english: &'a str, page: &'a str) -> &'a str {
    if english.trim().is_empty() { page } else { english }
}

/// Writes the English text if there is one, else the page's, as Markdown.
pub(super) fn description(english: &str, page: &str) -> String {
    paragraphs(chosen(english, page)).join("\n")
}

/// Returns the first sentence of the same text, without Markdown and on one line.
pub(super) fn summary(english: &str, page: &str) -> String {
    let line = chosen(english, page).lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let english = line.find(". ").map(|index| index + 1);
    let chinese = line.find('。').map(|index| index + '。'.len_utf8());
    let end = [english, chinese].into_iter().flatten().min().unwrap_or(line.len());
    visible(line.get(..end).unwrap_or(line))
}

/// Describes a field, with its documented values and the facts that a schema has no keyword for.
pub(super) fn field(field: &Field) -> String {
    let values = match field.shape.core() {
        Shape::String { values } => values.as_slice(),
        _ => &[],
    };
    joined([with_values(description(&field.english, &field.description), values), facts(field)])
}

/// Joins texts as paragraphs.
pub(super) fn joined(blocks: impl IntoIterator<Item = String>) -> String {
    let blocks: Vec<String> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    blocks.join("\n\n")
}

/// Adds the documented values to a text, unless it lists them itself.
pub(super) fn with_values(text: String, values: &[EnumValue]) -> String {
    if values.iter().all(|value| text.contains(&code(&value.value)) || text.contains(&value.value)) {
        return text;
    }
    let item = |value: &EnumValue| {
        let meaning = description(&value.english, &value.meaning).replace('\n', " ");
        let colon = if meaning.is_empty() { "" } else { ": " };
        format!("- {}{colon}{meaning}", code(&value.value))
    };
    joined([text, values.iter().map(item).collect::<Vec<_>>().join("\n")])
}

fn facts(field: &Field) -> String {
    let mut facts: Vec<String> = Vec::new();
    if let Some(unit) = &field.unit {
        facts.push(format!("In {}.", paragraphs(unit).join(" ")));
    }
    facts.extend(field.format.map(|format| format_words(format).to_owned()));
    facts.join(" ")
}

fn format_words(format: Format) -> &'static str {
    match format {
        Format::DateTime => "A date and time in ISO 8601 format; seconds and time zone may be missing.",
        Format::Date => "A date in ISO 8601 format.",
        Format::UnixSeconds => "Seconds since 1970-01-01 00:00 UTC.",
        Format::UnixMilliseconds => "Milliseconds since 1970-01-01 00:00 UTC.",
        Format::Base64 => "Encoded in Base64.",
        Format::Json => "A string that holds JSON.",
    }
}

#[cfg(test)]
mod tests {
    use ccc_spec::model::EnumValue;

    use super::{description, summary, with_values};

    #[test]
    fn a_sentence_ends_in_either_language() {
        assert_eq!(summary("Rings a_bell. Twice.\n\nMore.", ""), "Rings a_bell.");
        assert_eq!(summary("", "外呼。再呼。"), "外呼。");
        assert_eq!(summary("\nRings\n\nMore.", ""), "Rings");
    }

    #[test]
    fn english_stands_for_the_page_and_the_page_where_there_is_none() {
        assert_eq!(description("The call.", "话务"), "The call.");
        assert_eq!(description(" ", "话务"), "话务");
    }

    #[test]
    fn values_that_a_text_lists_are_not_listed_again() {
        let values = [EnumValue { value: "FREE".into(), english: "Nobody.".into(), ..EnumValue::default() }];
        assert_eq!(with_values("State.".into(), &values), "State.\n\n- `FREE`: Nobody.");
        assert_eq!(with_values("FREE or not.".into(), &values), "FREE or not.");
    }
}
