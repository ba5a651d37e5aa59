//! Converts XML responses to JSON, so that one decoder reads both.
//!
//! An element with elements in it becomes an object, any other a string. Elements of the same name become a list.
//! Attributes mean nothing in these responses. Entities that the document itself defines are not expanded.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

use super::text::write_quoted;
use super::{Envelope, Malformed};

/// How deep elements may nest; documented responses need six levels.
const DEEPEST: usize = 64;
/// How many elements a response may have: a hostile one must not cost unlimited memory.
const MOST_ELEMENTS: usize = 1 << 18;

#[derive(Default)]
struct Element {
    name: String,
    text: String,
    children: Vec<Element>,
}

/// How many control characters it may have. XML allows none, and JSON writes each in six characters.
const MOST_CONTROL: usize = 4096;

/// Converts a response to JSON. `fields` are the names that the response may have; a root element around them is
/// unwrapped.
pub(super) fn to_json(text: &str, fields: &[&str]) -> Result<String, Malformed> {
    let is_control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    if text.bytes().filter(is_control).count() > MOST_CONTROL {
        return Err(Malformed::new("the body is not XML"));
    }
    let mut top = parse(text)?;
    if !top.text.trim().is_empty() || top.children.is_empty() {
        return Err(Malformed::new("the body is not XML"));
    }
    if let [root] = top.children.as_mut_slice() {
        if root.name.eq_ignore_ascii_case("html") {
            return Err(Malformed::new("the body is a page of HTML"));
        }
        let is_field = fields.contains(&root.name.as_str())
            || root.children.is_empty() && Envelope::place_of(&root.name).is_some();
        if !is_field {
            top = std::mem::take(root);
        }
    }
    let mut json = String::with_capacity(text.len());
    top.write_object(&mut json);
    Ok(json)
}

/// Parses the elements of a document. They are below an element without a name, because samples have no root.
fn parse(text: &str) -> Result<Element, Malformed> {
    let mut reader = Reader::from_str(text);
    // The response of a service that forgets to escape an ampersand is still read.
    reader.config_mut().allow_dangling_amp = true;
    let mut open = vec![Element::default()];
    let mut elements = 0_usize;
    loop {
        let event = reader.read_event().map_err(|_| cut(&reader))?;
        match event {
            Event::Start(start) => {
                elements = elements.saturating_add(1);
                if open.len() > DEEPEST || elements > MOST_ELEMENTS {
                    return Err(Malformed::new("the body is XML with too many or too deep elements"));
                }
                open.push(Element::named(start.local_name().as_ref()));
            }
            Event::Empty(start) => {
                elements = elements.saturating_add(1);
                if elements > MOST_ELEMENTS {
                    return Err(Malformed::new("the body is XML with too many elements"));
                }
                add_child(&mut open, Element::named(start.local_name().as_ref()));
            }
            Event::End(_) => {
                // The reader checks that names match, so only the root can be closed too often.
                if let Some(element) = open.pop() {
                    add_child(&mut open, element);
                }
            }
            Event::Text(text) => add_text(&mut open, &text.xml10_content()),
            Event::CData(text) => add_text(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => add_text(&mut open, &resolve(&reference)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => break,
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(top), true) => Ok(top),
        _ => Err(cut(&reader)),
    }
}

fn cut(reader: &Reader<&[u8]>) -> Malformed {
    Malformed::new(format!("the body is not whole XML: reading stopped at byte {}", reader.buffer_position()))
}

fn add_child(open: &mut [Element], child: Element) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(child);
    }
}

fn add_text(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// Resolves a predefined entity or a character reference. Any other reference stays as written.
fn resolve(reference: &BytesRef<'_>) -> String {
    let known = match reference.as_ref() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => reference.resolve_char_ref().ok().flatten(),
    };
    known.map_or_else(|| format!("&{};", reference.as_ref()), String::from)
}

impl Element {
    fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    fn write(&self, json: &mut String) {
        if self.children.is_empty() { write_quoted(&self.text, json) } else { self.write_object(json) }
    }

    fn write_object(&self, json: &mut String) {
        json.push('{');
        for (position, group) in self.groups().iter().enumerate() {
            if position > 0 {
                json.push(',');
            }
            let name = group.first().map_or("", |first| first.name.as_str());
            write_quoted(name, json);
            json.push(':');
            match group.as_slice() {
                [single] => single.write(json),
                several => {
                    for (index, element) in several.iter().enumerate() {
                        json.push(if index == 0 { '[' } else { ',' });
                        element.write(json);
                    }
                    json.push(']');
                }
            }
        }
        json.push('}');
    }

    /// Groups the children by name, in the order in which each name appears first.
    fn groups(&self) -> Vec<Vec<&Self>> {
        let mut positions: HashMap<&str, usize> = HashMap::new();
        let mut groups: Vec<Vec<&Self>> = Vec::new();
        for child in &self.children {
            let position = *positions.entry(&child.name).or_insert(groups.len());
            match groups.get_mut(position) {
                Some(group) => group.push(child),
                None => groups.push(vec![child]),
            }
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn json(xml: &str) -> String {
        to_json(xml, &["Data", "List"]).expect("readable")
    }

    #[test]
    fn fragment_without_a_root_is_an_object() {
        assert_eq!(json("<Code>OK</Code>\n<Data><A>1</A></Data>"), r#"{"Code":"OK","Data":{"A":"1"}}"#);
    }

    #[test]
    fn root_is_unwrapped() {
        assert_eq!(json("<?xml version='1.0'?><KMS><Code>OK</Code></KMS>"), r#"{"Code":"OK"}"#);
        assert_eq!(json("<Error/>"), "{}");
    }

    #[test]
    fn single_known_field_is_no_root() {
        assert_eq!(json("<Data><A>1</A></Data>"), r#"{"Data":{"A":"1"}}"#);
        assert_eq!(json("<RequestId>1</RequestId>"), r#"{"RequestId":"1"}"#);
    }

    #[test]
    fn repeated_elements_are_a_list() {
        assert_eq!(json("<r><A>1</A><B/><A>2</A></r>"), r#"{"A":["1","2"],"B":""}"#);
    }

    #[test]
    fn predefined_entities_and_characters_are_resolved() {
        assert_eq!(json("<r><A>&lt;&#65;&#x42;&gt;&quot;</A></r>"), r#"{"A":"<AB>\""}"#);
    }

    #[test]
    fn entities_of_the_document_are_not_expanded() {
        let bomb = r#"<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r><A>&b;</A></r>"#;
        assert_eq!(json(bomb), r#"{"A":"&b;"}"#);
    }

    #[test]
    fn ampersand_alone_is_itself() {
        assert_eq!(json("<r><A>a & b</A></r>"), r#"{"A":"a & b"}"#);
    }

    #[test]
    fn character_data_stands_as_written() {
        assert_eq!(json("<r><A><![CDATA[<x>&amp;]]></A></r>"), r#"{"A":"<x>&amp;"}"#);
    }

    #[test]
    fn prefixes_and_attributes_are_left_out() {
        assert_eq!(json(r#"<n:r xmlns:n="u"><n:A b="c">1</n:A></n:r>"#), r#"{"A":"1"}"#);
    }

    #[test]
    fn what_is_not_whole_is_malformed() {
        for broken in ["", "text", "<a>", "<a></b>", "<a", "</a>", "<a/>text"] {
            assert!(to_json(broken, &[]).is_err(), "{broken:?}");
        }
    }

    #[test]
    fn page_of_a_gateway_is_malformed() {
        let page = "<!DOCTYPE html><HTML><body><p>Bad Gateway</p></body></HTML>";
        assert_eq!(to_json(page, &[]).expect_err("no answer").to_string(), "the body is a page of HTML");
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert!(to_json(&deep(DEEPEST), &[]).is_ok());
        assert!(to_json(&deep(DEEPEST + 1), &[]).is_err());
        assert!(to_json(&deep(1_000_000), &[]).is_err());
    }

    #[test]
    fn number_of_elements_is_bounded() {
        assert!(to_json(&format!("<r>{}</r>", "<a/>".repeat(MOST_ELEMENTS)), &[]).is_err());
    }
}
