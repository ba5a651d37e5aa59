//! Responses made from the documented sample and the request's own values, and how they are written.

use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use super::typing::{Source, Typing, typed_fields};
use super::validate::Parameters;
use super::xml;
use acs_runtime::description::OperationDescription;
use acs_runtime::response::Format;

/// A field whose value follows from the request.
///
/// In the template, `{Name}` stands for a parameter of the request or for another such field, `{serial}` for a number
/// that no other response has, and `{millis}` for the time in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fill {
    /// The field's name on the wire.
    pub field: &'static str,
    /// The template of its value.
    pub template: &'static str,
}

/// The values that differ from one response to the next.
pub(super) struct Facts<'a> {
    pub(super) request_id: &'a str,
    pub(super) serial: &'a str,
    pub(super) millis: &'a str,
}

/// Top-level fields about the response itself. They never take the value of a parameter of the same name.
const ENVELOPE: &[&str] = &["Code", "HttpStatusCode", "Message", "Params", "RequestId", "Success"];

/// Returns the operation's sample with its values typed; an object with a `Code` if the operation has no sample.
pub(super) fn sample(operation: &OperationDescription, typing: Typing) -> Map<String, Value> {
    let object = match serde_json::from_str(operation.sample_json) {
        Ok(Value::Object(object)) => object,
        _ => [("Code".to_owned(), json!("OK"))].into_iter().collect(),
    };
    match typing {
        Typing::AsDocumented => object,
        Typing::Proper => typed_fields(object, operation.answer, Source::Sample),
    }
}

/// Builds a response from the sample. A field named like a parameter takes the parameter's value; fields with a template
/// are filled in.
///
/// All other fields stay as in the sample. So do empty fields, and numbers in the elements of a list, even if they are
/// named like a parameter: a filter such as `StartTime` is not a value of an element.
pub(super) fn success(
    mut sample: Map<String, Value>,
    fills: &[Fill],
    parameters: &Parameters,
    facts: &Facts<'_>,
) -> Value {
    let echo = Echo { fills, parameters, facts };
    for (name, value) in &mut sample {
        if !ENVELOPE.contains(&name.as_str()) {
            echo.write_into(name, value, false);
        }
    }
    sample.insert("RequestId".to_owned(), json!(facts.request_id));
    Value::Object(sample)
}

/// Builds the error response of a refusal.
pub(super) fn failure(
    refusal: &Refusal,
    product: &str,
    host: &str,
    request_id: &str,
    typing: Typing,
) -> Value {
    let mut fields = json!({
        "Code": refusal.code,
        "Message": refusal.message,
        "RequestId": request_id,
        "HostId": host,
        "Recommend": format!(
            "https://api.aliyun.com/troubleshoot?q={}&product={product}&requestId={request_id}", refusal.code
        ),
        "HttpStatusCode": match typing {
            Typing::AsDocumented => json!(refusal.status.to_string()),
            Typing::Proper => json!(refusal.status),
        },
    });
    if let Value::Object(fields) = &mut fields
        && !refusal.params.is_empty()
    {
        fields.insert("Params".to_owned(), json!(refusal.params));
    }
    fields
}

/// Writes a response and returns it with its media type; `root` names the root element in XML.
pub(super) fn write(value: &Value, format: Format, root: &str) -> (String, &'static str) {
    match format {
        Format::Xml => (xml::document(root, value), "text/xml;charset=utf-8"),
        _ => (value.to_string(), "application/json;charset=utf-8"),
    }
}

/// Writes the request's values into a sample.
struct Echo<'a> {
    fills: &'a [Fill],
    parameters: &'a Parameters,
    facts: &'a Facts<'a>,
}

impl Echo<'_> {
    fn write_into(&self, name: &str, value: &mut Value, in_list: bool) {
        match value {
            Value::Object(fields) => {
                fields.iter_mut().for_each(|(name, value)| self.write_into(name, value, in_list));
            }
            Value::Array(elements) => {
                for element in elements.iter_mut().filter(|element| element.is_object()) {
                    self.write_into(name, element, true);
                }
            }
            Value::String(text) if text.is_empty() => {}
            Value::Number(_) if in_list => {
                if let Some(text) = self.filled(name) {
                    replace_keeping_type(value, text);
                }
            }
            scalar => {
                if let Some(text) = self.known(name) {
                    replace_keeping_type(scalar, text);
                }
            }
        }
    }

    fn known(&self, name: &str) -> Option<String> {
        let parameter = self.parameters.get(name).filter(|value| !value.is_empty());
        parameter.cloned().or_else(|| self.filled(name))
    }

    /// Fills in the template of a field. `None` means that there is no template, or that a value for it is missing.
    fn filled(&self, field: &str) -> Option<String> {
        let fill = self.fills.iter().find(|fill| fill.field == field)?;
        let mut text = String::new();
        let mut rest = fill.template;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}')?;
            text.push_str(before);
            match name {
                "serial" => text.push_str(self.facts.serial),
                "millis" => text.push_str(self.facts.millis),
                // A template that names its own field would never end.
                name if name == field => return None,
                name => text.push_str(&self.known(name)?),
            }
            rest = after;
        }
        text.push_str(rest);
        Some(text)
    }
}

/// Replaces a value and keeps its type. Text that cannot be of this type changes nothing.
fn replace_keeping_type(value: &mut Value, text: String) {
    let replaced = match value {
        Value::String(_) => Some(Value::String(text)),
        Value::Number(_) => serde_json::from_str::<Value>(&text).ok().filter(Value::is_number),
        Value::Bool(_) => text.parse().ok().map(Value::Bool),
        _ => None,
    };
    if let Some(replaced) = replaced {
        *value = replaced;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACTS: Facts<'_> = Facts { request_id: "R", serial: "42", millis: "1000" };
    const FILLS: &[Fill] = &[
        Fill { field: "Job", template: "job-{serial}" },
        Fill { field: "Path", template: "{Peer}->{Job}" },
        Fill { field: "When", template: "{millis}" },
        Fill { field: "Loop", template: "{Loop}" },
    ];

    fn respond(sample: Value, parameters: &[(&str, &str)]) -> Value {
        let Value::Object(sample) = sample else { panic!("an object") };
        let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut response = success(sample, FILLS, &parameters.collect(), &FACTS);
        response.as_object_mut().unwrap().remove("RequestId");
        response
    }

    #[test]
    fn fields_named_like_parameters_have_their_values_at_any_depth() {
        let sample = json!({"Data": {"Id": "x", "List": [{"Id": "x"}, {"Other": "x"}]}});
        let expected = json!({"Data": {"Id": "7", "List": [{"Id": "7"}, {"Other": "x"}]}});
        assert_eq!(respond(sample, &[("Id", "7")]), expected);
    }

    #[test]
    fn values_keep_their_type() {
        let sample = json!({"A": 1, "B": true, "C": "1", "D": {"E": null}});
        let parameters = [("A", "2"), ("B", "false"), ("C", "2"), ("D", "flat"), ("E", "x")];
        assert_eq!(respond(sample, &parameters), json!({"A": 2, "B": false, "C": "2", "D": {"E": null}}));
        assert_eq!(respond(json!({"A": 1}), &[("A", "two")]), json!({"A": 1}));
    }

    #[test]
    fn filled_fields_agree_with_each_other() {
        let sample = json!({"Job": "x", "Data": {"Path": "x", "When": 1, "Job": "x"}});
        let expected =
            json!({"Job": "job-42", "Data": {"Path": "me->job-42", "When": 1000, "Job": "job-42"}});
        assert_eq!(respond(sample, &[("Peer", "me")]), expected);
    }

    #[test]
    fn parameter_wins_over_template() {
        assert_eq!(respond(json!({"Path": "x"}), &[("Peer", "me"), ("Job", "j")]), json!({"Path": "me->j"}));
    }

    #[test]
    fn fields_that_the_request_has_no_value_for_stay_as_in_the_sample() {
        assert_eq!(respond(json!({"Path": "x", "Loop": "y"}), &[]), json!({"Path": "x", "Loop": "y"}));
    }

    #[test]
    fn envelope_takes_no_value_of_a_parameter() {
        assert_eq!(respond(json!({"Code": "OK"}), &[("Code", "123456")]), json!({"Code": "OK"}));
    }
}
