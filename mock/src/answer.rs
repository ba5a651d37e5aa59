//! Answers in the shape of the documented sample, telling of the request they answer.

use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use super::typing::{Typing, proper_fields};
use super::validate::Parameters;
use super::xml;
use acs_runtime::description::OperationDescription;
use acs_runtime::response::Format;

/// A field whose value follows from the request.
///
/// The template's `{Name}` stands for a parameter of the request or another filled field; `{serial}` for a number
/// that no other answer has; `{millis}` for the time in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fill {
    /// The field's name on the wire.
    pub field: &'static str,
    /// What it says.
    pub template: &'static str,
}

/// What one answer says that no other does.
pub(super) struct Facts<'a> {
    pub(super) request_id: &'a str,
    pub(super) serial: &'a str,
    pub(super) millis: &'a str,
}

/// Top-level fields that speak of the answer itself, whatever the request's parameters are called.
const ENVELOPE: &[&str] = &["Code", "HttpStatusCode", "Message", "Params", "RequestId", "Success"];

/// The operation's sample as a tree, typed as wanted; an object with a `Code` if there is no sample to be had.
pub(super) fn sample(operation: &OperationDescription, typing: Typing) -> Map<String, Value> {
    let object = match serde_json::from_str(operation.sample_json) {
        Ok(Value::Object(object)) => object,
        _ => [("Code".to_owned(), json!("OK"))].into_iter().collect(),
    };
    match typing {
        Typing::AsDocumented => object,
        Typing::Proper => proper_fields(object, operation.answer),
    }
}

/// The sample, telling of the request: a field named like a parameter has its value, others are filled in.
///
/// What the request does not speak of stays as the sample has it, so that the answer agrees with itself. So does what the
/// sample leaves empty. In the elements of a list, numbers stay too: a filter such as `StartTime` is no value of theirs.
pub(super) fn success(
    mut sample: Map<String, Value>,
    fills: &[Fill],
    parameters: &Parameters,
    facts: &Facts<'_>,
) -> Value {
    let echo = Echo { fills, parameters, facts };
    for (name, value) in &mut sample {
        if !ENVELOPE.contains(&name.as_str()) {
            echo.tell(name, value, false);
        }
    }
    sample.insert("RequestId".to_owned(), json!(facts.request_id));
    Value::Object(sample)
}

/// A refusal as the service's error answer.
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

/// Writes an answer; `root` names the element that XML has around it.
pub(super) fn write(value: &Value, format: Format, root: &str) -> (String, &'static str) {
    match format {
        Format::Xml => (xml::document(root, value), "text/xml;charset=utf-8"),
        _ => (value.to_string(), "application/json;charset=utf-8"),
    }
}

struct Echo<'a> {
    fills: &'a [Fill],
    parameters: &'a Parameters,
    facts: &'a Facts<'a>,
}

impl Echo<'_> {
    fn tell(&self, name: &str, value: &mut Value, in_list: bool) {
        match value {
            Value::Object(fields) => {
                fields.iter_mut().for_each(|(name, value)| self.tell(name, value, in_list));
            }
            Value::Array(elements) => {
                for element in elements.iter_mut().filter(|element| element.is_object()) {
                    self.tell(name, element, true);
                }
            }
            Value::String(text) if text.is_empty() => {}
            Value::Number(_) if in_list => {
                if let Some(text) = self.filled(name) {
                    replace(value, text);
                }
            }
            scalar => {
                if let Some(text) = self.known(name) {
                    replace(scalar, text);
                }
            }
        }
    }

    fn known(&self, name: &str) -> Option<String> {
        let parameter = self.parameters.get(name).filter(|value| !value.is_empty());
        parameter.cloned().or_else(|| self.filled(name))
    }

    /// The template of a field, filled in; `None` where it needs what the request does not carry.
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
                // A template that named its own field would have no end.
                name if name == field => return None,
                name => text.push_str(&self.known(name)?),
            }
            rest = after;
        }
        text.push_str(rest);
        Some(text)
    }
}

/// Puts text in a value's place and keeps the value's type; text that is not of the type changes nothing.
fn replace(value: &mut Value, text: String) {
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

    fn told(sample: Value, parameters: &[(&str, &str)]) -> Value {
        let Value::Object(sample) = sample else { panic!("an object") };
        let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut answer = success(sample, FILLS, &parameters.collect(), &FACTS);
        answer.as_object_mut().unwrap().remove("RequestId");
        answer
    }

    #[test]
    fn fields_named_like_parameters_have_their_values_at_any_depth() {
        let sample = json!({"Data": {"Id": "x", "List": [{"Id": "x"}, {"Other": "x"}]}});
        let expected = json!({"Data": {"Id": "7", "List": [{"Id": "7"}, {"Other": "x"}]}});
        assert_eq!(told(sample, &[("Id", "7")]), expected);
    }

    #[test]
    fn values_keep_their_type() {
        let sample = json!({"A": 1, "B": true, "C": "1", "D": {"E": null}});
        let parameters = [("A", "2"), ("B", "false"), ("C", "2"), ("D", "flat"), ("E", "x")];
        assert_eq!(told(sample, &parameters), json!({"A": 2, "B": false, "C": "2", "D": {"E": null}}));
        assert_eq!(told(json!({"A": 1}), &[("A", "two")]), json!({"A": 1}));
    }

    #[test]
    fn filled_fields_agree_with_each_other() {
        let sample = json!({"Job": "x", "Data": {"Path": "x", "When": 1, "Job": "x"}});
        let expected =
            json!({"Job": "job-42", "Data": {"Path": "me->job-42", "When": 1000, "Job": "job-42"}});
        assert_eq!(told(sample, &[("Peer", "me")]), expected);
    }

    #[test]
    fn parameter_wins_over_template() {
        assert_eq!(told(json!({"Path": "x"}), &[("Peer", "me"), ("Job", "j")]), json!({"Path": "me->j"}));
    }

    #[test]
    fn sample_stands_where_the_request_says_nothing() {
        assert_eq!(told(json!({"Path": "x", "Loop": "y"}), &[]), json!({"Path": "x", "Loop": "y"}));
    }

    #[test]
    fn envelope_is_not_the_requests_to_name() {
        assert_eq!(told(json!({"Code": "OK"}), &[("Code", "123456")]), json!({"Code": "OK"}));
    }
}
