//! What a field's sample says of its values: none at all, one value in two spellings, or a list that travels as JSON.

use crate::model::{EnumValue, Field, Format, ListEncoding, Operation, Shape};
use crate::sample::is_none_word;

/// Shortest value of which one letter may be a typing error.
const SHORTEST: usize = 5;

/// Settles what the samples of an operation's fields show of their values.
pub(super) fn settle(operation: &mut Operation) {
    each(&mut operation.request, &mut |field| {
        drop_none_word(field);
        json_list(field);
        respell(field);
    });
    each(&mut operation.response, &mut |field| {
        drop_none_word(field);
        respell(field);
    });
}

fn each(fields: &mut [Field], change: &mut impl FnMut(&mut Field)) {
    for field in fields {
        change(field);
        if let Shape::Structure { fields, .. } = field.shape.core_mut() {
            each(fields, change);
        }
    }
}

/// A word for "none" is no sample of a value, unless it is a documented value itself.
fn drop_none_word(field: &mut Field) {
    let is_value = |sample: &str| match field.shape.core() {
        Shape::String { values } => values.iter().any(|value| value.value == sample),
        _ => false,
    };
    if field.sample.as_deref().is_some_and(|sample| is_none_word(sample) && !is_value(sample)) {
        field.sample = None;
    }
}

/// A text whose sample is a JSON list of texts is a list of texts, sent as JSON; of its values, if it has some.
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
    field.shape = Shape::List { element, wrapper: None, encoding: ListEncoding::Json };
    field.format = field.format.filter(|format| *format != Format::Json);
}

/// A sample that is no documented value, but one typing error away from one, is the same value in the spelling of the
/// service; samples are copied from it, while descriptions are typed.
fn respell(field: &mut Field) {
    let Some(sample) = field.sample.as_deref() else { return };
    let Shape::String { values } = field.shape.core_mut() else { return };
    if values.iter().any(|value| value.value == sample || value.also.iter().any(|also| also == sample)) {
        return;
    }
    let mut near = values.iter_mut().filter(|value| is_mistyped(&value.value, sample));
    if let (Some(value), None) = (near.next(), near.next()) {
        let EnumValue { value, also, .. } = value;
        also.push(std::mem::replace(value, sample.to_owned()));
    }
}

/// Whether two texts are one typing error apart: a letter too many, too few, another, or two that are swapped.
/// Digits are no letters: `Line1` and `Line2` are two values. Nor is the case of letters a typing error.
pub(super) fn is_mistyped(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (a, b) = (one.get(start..).unwrap_or_default(), other.get(start..).unwrap_or_default());
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(..a.len() - end).unwrap_or_default(), b.get(..b.len() - end).unwrap_or_default());
    let is_one = match (a, b) {
        ([], [_]) | ([_], []) => true,
        ([a], [b]) => !a.eq_ignore_ascii_case(b),
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    };
    is_one && one.len().min(other.len()) >= SHORTEST && a.iter().chain(b).all(|letter| letter.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::fixtures::{field, one_of, operation};

    fn settled(field: Field) -> Field {
        let mut operation = Operation { request: vec![field], ..operation("Get") };
        settle(&mut operation);
        operation.request.remove(0)
    }

    fn sampled(sample: &str, shape: Shape) -> Field {
        Field { sample: Some(sample.to_owned()), ..field("X", shape) }
    }

    #[test]
    fn a_value_and_its_misspelling_are_one() {
        let found = settled(sampled("Outbound", one_of(["Inbound", "Outbond"])));
        let Shape::String { values } = found.shape else { panic!("a text") };
        assert_eq!(values.len(), 2);
        assert_eq!(
            (values[1].value.as_str(), values[1].also.as_slice()),
            ("Outbound", &["Outbond".to_owned()][..])
        );
    }

    #[test]
    fn values_that_merely_look_alike_stay_two() {
        for (one, other) in [("Line1", "Line2"), ("IN", "ON"), ("Ready", "READY"), ("Inbound", "Outbound")] {
            assert!(!is_mistyped(one, other), "{one} {other}");
        }
        for (one, other) in [("Outbond", "Outbound"), ("Recieved", "Received"), ("Redy..", "Readyy")] {
            assert_eq!(is_mistyped(one, other), one != "Redy..", "{one} {other}");
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
        let Shape::List { element, encoding, .. } = &found.shape else { panic!("a list") };
        assert_eq!(
            (**element == one_of(["ACW", "Dialing", "Ringing"]), *encoding),
            (true, ListEncoding::Json)
        );
        let object = settled(Field { format: Some(Format::Json), ..sampled(r#"{"a": 1}"#, Shape::string()) });
        assert_eq!((object.shape, object.format), (Shape::string(), Some(Format::Json)));
    }
}
