//! Test cases: the documented samples of a crate's operations, as the checking program reads them.

use ccc_spec::model::{Operation, Sample, SampleFormat};
use ccc_spec::recover::COMMON_PARAMETERS;
use ccc_spec::sample::{self, Tree};
use serde_json::{Map, Value, json};

/// A sample to try the generated types on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Case {
    /// The page's name.
    pub(crate) page: String,
    pub(crate) action: String,
    pub(crate) kind: CaseKind,
}

/// The kind of a case.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CaseKind {
    /// A response to decode.
    Answer { format: SampleFormat, text: String },
    /// A request to build with these parameters, which it must then send.
    Request { parameters: Map<String, Value> },
}

impl Case {
    /// Writes the case as a line of the file that the checking program reads.
    pub(crate) fn line(&self, id: usize) -> Value {
        match &self.kind {
            CaseKind::Answer { format, text } => {
                let format = if *format == SampleFormat::Xml { "XML" } else { "JSON" };
                json!({ "id": id, "action": self.action, "format": format, "text": text })
            }
            CaseKind::Request { .. } => json!({ "id": id }),
        }
    }
}

/// Samples of an operation.
#[derive(Debug, Default)]
pub(crate) struct Samples {
    pub(crate) cases: Vec<Case>,
    /// Number of broken responses: JSON or XML that had to be repaired.
    pub(crate) broken: usize,
}

/// Collects the samples of a page that can be read without repairs.
pub(crate) fn cases(page: &str, operation: &Operation) -> Samples {
    let mut found = Samples::default();
    let mut push =
        |kind| found.cases.push(Case { page: page.to_owned(), action: operation.action.clone(), kind });
    for sample in &operation.samples.requests {
        if let Some(parameters) = parameters(sample) {
            push(CaseKind::Request { parameters });
        }
    }
    for sample in &operation.samples.responses {
        match answer(sample, &operation.action) {
            Some(text) => push(CaseKind::Answer { format: sample.format, text }),
            None => found.broken += 1,
        }
    }
    found
}

/// Returns the text of a response; `None` if it needs repairs. Some pages show JSON inside an object named after the
/// operation, as XML is. No service sends that object, so it is removed.
fn answer(sample: &Sample, action: &str) -> Option<String> {
    let text = &sample.text;
    let parsed = sample::parse(sample.format, text, 0);
    if parsed.tree.is_none() || !parsed.repairs.is_empty() {
        return None;
    }
    if sample.format != SampleFormat::Json {
        return Some(text.clone());
    }
    let Ok(Value::Object(object)) = serde_json::from_str(text) else { return None };
    let only = object.iter().next().filter(|_| object.len() == 1);
    let inner = only.filter(|(name, value)| {
        value.is_object() && (*name == action || name.strip_suffix("Response") == Some(action))
    });
    Some(inner.map_or_else(|| text.clone(), |(_, inner)| inner.to_string()))
}

/// Returns the parameters of a sample request without those of the protocol; `None` if the request is incomplete.
fn parameters(sample: &Sample) -> Option<Map<String, Value>> {
    let tree = sample::parse(SampleFormat::Http, &sample.text, 0).tree?;
    tree.get("Action")?;
    let Value::Object(mut parameters) = value(&tree) else { return None };
    parameters.retain(|name, _| !COMMON_PARAMETERS.contains(&name.as_str()));
    Some(parameters)
}

fn value(tree: &Tree<'_>) -> Value {
    use ccc_spec::sample::Value as Shown;
    match &tree.value {
        Shown::Null => Value::Null,
        Shown::Bool(truth) => Value::Bool(*truth),
        Shown::Number(text) => Value::from(*text),
        Shown::String(text) => Value::from(percent_decoded(text)),
        Shown::List(elements) => elements.iter().map(value).collect(),
        Shown::Object(entries) => {
            entries.iter().map(|entry| (entry.name.to_string(), value(&entry.value))).collect()
        }
    }
}

/// Decodes a value of a query. Some pages percent-encode their values, most do not.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let decoded = digits.filter(|_| byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(decoded.unwrap_or(byte));
        rest = if decoded.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(lines: &[&str]) -> Option<Value> {
        parameters(&Sample { format: SampleFormat::Http, text: lines.join("\n") }).map(Value::Object)
    }

    fn read(text: &str) -> Option<String> {
        answer(&Sample { format: SampleFormat::Json, text: text.to_owned() }, "Ring")
    }

    #[test]
    fn a_sound_answer_is_taken_as_it_stands() {
        assert_eq!(read("{\n  \"Id\": 1\n}").as_deref(), Some("{\n  \"Id\": 1\n}"));
        assert_eq!(read(r#"{"Id": 1,}"#), None);
    }

    #[test]
    fn an_object_named_after_the_operation_is_taken_off() {
        assert_eq!(read(r#"{"RingResponse": {"Id": 1}}"#).as_deref(), Some(r#"{"Id":1}"#));
        assert_eq!(read(r#"{"Data": {"Id": 1}}"#).as_deref(), Some(r#"{"Data": {"Id": 1}}"#));
    }

    #[test]
    fn a_query_gives_its_own_parameters_alone() {
        let lines = ["https://bell.test/?Action=Ring", "&Times=3", "&Tag.1.Key=a%20b", "&Format=json"];
        assert_eq!(request(&lines), Some(json!({ "Times": "3", "Tag": [{ "Key": "a b" }] })));
    }

    #[test]
    fn a_body_is_no_request() {
        assert_eq!(request(&["Times=3"]), None);
    }

    #[test]
    fn what_is_not_encoded_stays() {
        assert_eq!(percent_decoded("100% of %zz"), "100% of %zz");
    }
}
