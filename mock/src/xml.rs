//! Writes JSON as XML, as the service does: a field is an element, a list repeats its element.

use serde_json::Value;

/// Writes `value` as a document whose root element is `root`.
pub(super) fn document(root: &str, value: &Value) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    element(&mut text, root, value);
    text
}

fn element(text: &mut String, name: &str, value: &Value) {
    if let Value::Array(elements) = value {
        for value in elements {
            // XML has no form for a list in a list, so its elements keep the name.
            element(text, name, value);
        }
        return;
    }
    let name = element_name(name);
    text.push('<');
    text.push_str(&name);
    text.push('>');
    match value {
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Number(value) => text.push_str(&value.to_string()),
        Value::String(value) => text.push_str(&escaped(value)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| element(text, name, value)),
        Value::Null | Value::Array(_) => {}
    }
    text.push_str("</");
    text.push_str(&name);
    text.push('>');
}

/// Escapes XML's own characters; characters that XML does not allow become U+FFFD.
fn escaped(value: &str) -> String {
    let allowed: String = value.chars().map(|c| if in_xml(c) { c } else { '\u{FFFD}' }).collect();
    // A parser would turn a bare carriage return into a line feed.
    quick_xml::escape::escape(allowed.as_str()).replace('\r', "&#13;")
}

/// Whether XML allows a character: the `Char` production of XML 1.0.
fn in_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Turns a key into an element name. Characters that no name may contain become `_`.
fn element_name(key: &str) -> String {
    let name: String = key
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '_' | '-' | '.') { c } else { '_' })
        .collect();
    match name.chars().next() {
        Some(first) if first.is_alphabetic() || first == '_' => name,
        _ => format!("_{name}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::escape::resolve_predefined_entity;
    use quick_xml::events::Event;
    use serde_json::json;

    use super::*;

    fn body(value: &Value) -> String {
        let document = document("R", value);
        document.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").unwrap().to_owned()
    }

    #[test]
    fn tree_becomes_nested_elements() {
        let value = json!({"A": {"B": "x", "C": 1, "D": true, "E": null}});
        assert_eq!(body(&value), "<R><A><B>x</B><C>1</C><D>true</D><E></E></A></R>");
    }

    #[test]
    fn list_repeats_its_element() {
        assert_eq!(
            body(&json!({"L": [{"A": 1}, {"A": 2}], "M": []})),
            "<R><L><A>1</A></L><L><A>2</A></L></R>"
        );
    }

    #[test]
    fn markup_in_text_is_escaped() {
        assert_eq!(body(&json!("a<b>&\"'\r]]>")), "<R>a&lt;b&gt;&amp;&quot;&apos;&#13;]]&gt;</R>");
    }

    #[test]
    fn characters_xml_cannot_hold_are_replaced() {
        assert_eq!(body(&json!("a\u{0}\u{1B}\u{FFFF}b")), "<R>a\u{FFFD}\u{FFFD}\u{FFFD}b</R>");
    }

    #[test]
    fn odd_keys_become_names() {
        assert_eq!(body(&json!({"1 <a>": "x"})), "<R><_1__a_>x</_1__a_></R>");
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(text in any::<String>()) {
            let document = document("R", &json!({"A": text}));
            let mut reader = quick_xml::Reader::from_str(&document);
            let mut read = String::new();
            loop {
                match reader.read_event().unwrap() {
                    Event::Text(text) => read.push_str(&text),
                    Event::GeneralRef(reference) => match reference.resolve_char_ref().unwrap() {
                        Some(c) => read.push(c),
                        None => read.push_str(resolve_predefined_entity(&reference).unwrap()),
                    },
                    Event::Eof => break,
                    _ => {}
                }
            }
            let expected: String = text.chars().map(|c| if in_xml(c) { c } else { '\u{FFFD}' }).collect();
            prop_assert_eq!(read, expected);
        }
    }
}
