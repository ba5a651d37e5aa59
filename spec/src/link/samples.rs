//! Draws conclusions from the samples of fields: there is no value, one value has two spellings, or a list is sent as
//! JSON.

use std::collections::{BTreeMap, BTreeSet};

use super::merge::merged_values;
use crate::model::{Encoding, EnumValue, Field, Format, Operation, Shape};
use crate::sample::is_none_word;

/// Fewest letters of a value in which one different letter counts as a typing error.
const SHORTEST: usize = 5;

/// Applies these conclusions to the fields of one operation.
pub(super) fn settle(operation: &mut Operation) {
    each(&mut operation.request, &mut |field| {
        drop_none_word(field);
        json_list(field);
    });
    each(&mut operation.response, &mut drop_none_word);
}

/// Adds other spellings to the documented values of all operations. A sample that is nearly a documented value is the
/// same value. If they differ in more than case, the sample's spelling comes first: samples are copied from the
/// service, descriptions are typed. A value in requests has one spelling: an application's value is sent as it is.
pub(super) fn respell(operations: &mut [Operation]) {
    let mut spellings: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut sent: BTreeSet<(String, String)> = BTreeSet::new();
    for operation in operations.iter_mut() {
        each(&mut operation.request, &mut |field| {
            if let Shape::String { values } = field.shape.core() {
                sent.extend(values.iter().map(|value| (field.name.clone(), value.value.clone())));
            }
        });
        for fields in [&mut operation.request, &mut operation.response] {
            each(fields, &mut |field| {
                if let Some((value, sample)) = other_spelling(field) {
                    spellings.entry((field.name.clone(), value)).or_insert(sample);
                }
            });
        }
    }
    for operation in operations {
        for fields in [&mut operation.request, &mut operation.response] {
            each(fields, &mut |field| {
                let name = field.name.clone();
                let Shape::String { values } = field.shape.core_mut() else { return };
                for EnumValue { value, also, .. } in values.iter_mut() {
                    let key = (name.clone(), value.clone());
                    let Some(sample) = spellings.get(&key).filter(|_| !sent.contains(&key)) else { continue };
                    if sample.eq_ignore_ascii_case(value) {
                        also.push(sample.clone());
                    } else {
                        also.push(std::mem::replace(value, sample.clone()));
                    }
                }
                *values = merged_values(values);
            });
        }
    }
}

/// Returns the documented value that a field's sample is another spelling of, and the sample; `None` unless there is
/// exactly one such value.
fn other_spelling(field: &Field) -> Option<(String, String)> {
    let sample = field.sample.as_deref()?;
    let Shape::String { values } = field.shape.core() else { return None };
    if values.iter().any(|value| value.value == sample) {
        return None;
    }
    let mut near = values.iter().filter(|value| is_nearly(&value.value, sample));
    match (near.next(), near.next()) {
        (Some(value), None) => Some((value.value.clone(), sample.to_owned())),
        _ => None,
    }
}

fn each(fields: &mut [Field], change: &mut dyn FnMut(&mut Field)) {
    for field in fields {
        change(field);
        if let Shape::Structure { fields, .. } = field.shape.core_mut() {
            each(fields, change);
        }
    }
}

/// Drops a sample that is a word for "none", unless it is a documented value.
fn drop_none_word(field: &mut Field) {
    let is_value = |sample: &str| match field.shape.core() {
        Shape::String { values } => values.iter().any(|value| value.value == sample),
        _ => false,
    };
    if field.sample.as_deref().is_some_and(|sample| is_none_word(sample) && !is_value(sample)) {
        field.sample = None;
    }
}

/// Makes a text a list of texts that is sent as JSON, if its sample is a JSON list of texts. The list keeps the
/// values.
fn json_list(field: &mut Field) {
    let Shape::String { values } = &field.shape else { return };
    let is_list = |sample: &String| {
        let elements: Result<Vec<String>, _> = serde_json::from_str(sample);
        elements.is_ok_and(|elements| !elements.is_empty())
    };
    if !field.sample.as_ref().is_some_and(is_list) {
        return;
    }
    let element = Box::new(Shape::String { values: values.clone() });
    field.shape = Shape::List { element, wrapper: None };
    field.encoding = Encoding::Json;
    field.format = field.format.filter(|format| *format != Format::Json);
}

/// Returns whether two texts are the same word except for case and one typing error: a letter that is added, missing or
/// different, or two that are swapped. Digits are no letters, so `Line1` and `Line2` are two values.
pub(super) fn is_nearly(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) =
        (one.to_lowercase().chars().collect(), other.to_lowercase().chars().collect());
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (a, b) = (one.get(start..).unwrap_or_default(), other.get(start..).unwrap_or_default());
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(..a.len() - end).unwrap_or_default(), b.get(..b.len() - end).unwrap_or_default());
    let is_near = match (a, b) {
        ([] | [_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    };
    is_near
        && one.len().min(other.len()) >= SHORTEST
        && a.iter().chain(b).all(|letter| letter.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::fixtures::{field, one_of, operation};

    fn settled(field: Field) -> Field {
        let mut operation = Operation { request: vec![field], ..operation("Get") };
        settle(&mut operation);
        respell(std::slice::from_mut(&mut operation));
        operation.request.remove(0)
    }

    fn sampled(sample: &str, shape: Shape) -> Field {
        Field { sample: Some(sample.to_owned()), ..field("X", shape) }
    }

    #[test]
    fn a_value_and_its_misspelling_are_one() {
        let received = |sample: &str, documented: &'static str| -> (String, Vec<String>) {
            let response = vec![sampled(sample, one_of(["Inbound", documented]))];
            let mut operation = Operation { response, ..operation("Get") };
            respell(std::slice::from_mut(&mut operation));
            let Shape::String { values } = &operation.response[0].shape else { panic!("a text") };
            (values[1].value.clone(), values[1].also.clone())
        };
        assert_eq!(received("Outbound", "Outbond"), ("Outbound".to_owned(), vec!["Outbond".to_owned()]));
        assert_eq!(received("OUTBOUND", "Outbound"), ("Outbound".to_owned(), vec!["OUTBOUND".to_owned()]));
    }

    #[test]
    fn a_value_that_is_sent_has_one_spelling() {
        let sent = settled(sampled("Outbound", one_of(["Inbound", "Outbond"])));
        assert_eq!(sent.shape, one_of(["Inbound", "Outbond"]));
    }

    #[test]
    fn the_spelling_of_the_service_reaches_all_operations() {
        let documented =
            Operation { response: vec![field("X", one_of(["IN", "OUTBOND"]))], ..operation("A") };
        let shown =
            Operation { response: vec![sampled("Outbound", one_of(["IN", "OUTBOND"]))], ..operation("B") };
        let mut operations = [documented, shown];
        respell(&mut operations);
        for operation in operations {
            let Shape::String { values } = &operation.response[0].shape else { panic!("a text") };
            assert_eq!((values[1].value.as_str(), values[1].also[0].as_str()), ("Outbound", "OUTBOND"));
        }
    }

    #[test]
    fn no_text_stands_for_two_values() {
        let of = |action: &str, field: Field| Operation { response: vec![field], ..operation(action) };
        let typed = || sampled("Outbound", one_of(["IN", "Outbond"]));
        let both = field("X", one_of(["IN", "Outbond", "Outbound"]));
        let cased = sampled("outbound", one_of(["IN", "Outbound"]));
        let lower = field("X", one_of(["IN", "outbound"]));
        for others in [vec![both], vec![cased.clone(), lower.clone()], vec![lower, cased]] {
            let mut operations = vec![of("A", typed())];
            operations.extend(others.into_iter().map(|field| of("B", field)));
            respell(&mut operations);
            let mut all = Vec::new();
            for operation in &operations {
                let Shape::String { values } = &operation.response[0].shape else { panic!("a text") };
                all.extend(values.iter().cloned());
            }
            let mut texts: Vec<String> = merged_values(&all)
                .into_iter()
                .flat_map(|value| [vec![value.value], value.also].concat())
                .collect();
            let count = texts.len();
            texts.sort();
            texts.dedup();
            assert_eq!(texts.len(), count, "{texts:?}");
        }
    }

    #[test]
    fn values_that_merely_look_alike_stay_two() {
        for (one, other) in [("Line1", "Line2"), ("IN", "ON"), ("Inbound", "Outbound")] {
            assert!(!is_nearly(one, other), "{one} {other}");
        }
        for (one, other) in [("Outbond", "Outbound"), ("Recieved", "Received"), ("OUTBOND", "Outbound")] {
            assert!(is_nearly(one, other), "{one} {other}");
        }
        let found = settled(sampled("Roomm", one_of(["Room1", "Rooma", "Roomb"])));
        assert_eq!(found.shape, one_of(["Room1", "Rooma", "Roomb"]), "two are as near");
    }

    #[test]
    fn a_word_for_none_is_no_sample() {
        assert_eq!(settled(sampled("无", Shape::string())).sample, None);
        assert_eq!(settled(sampled("NONE", one_of(["NONE", "SOME"]))).sample.as_deref(), Some("NONE"));
    }

    #[test]
    fn a_text_that_shows_a_json_list_is_a_list_of_its_values() {
        let found = settled(sampled(r#"["ACW", "Dialing"]"#, one_of(["ACW", "Dialing", "Ringing"])));
        assert_eq!(
            (found.shape, found.encoding),
            (Shape::list_of(one_of(["ACW", "Dialing", "Ringing"])), Encoding::Json)
        );
        let object = settled(Field { format: Some(Format::Json), ..sampled(r#"{"a": 1}"#, Shape::string()) });
        assert_eq!((object.shape, object.format), (Shape::string(), Some(Format::Json)));
    }
}
