//! A spec printed as a page and read again is the same spec.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod printer;

use ccc_spec::diagnostic::{Level, RenderOptions, render};
use ccc_spec::model::{
    EnumValue, ErrorCode, Field, Links, Operation, Sample, SampleFormat, Samples, Shape, Style,
};
use ccc_spec::recover;
use proptest::prelude::*;

/// A field without its name, which depends on its place: few names, so that the same ones stand in many places.
fn any_shape(wraps: bool) -> impl Strategy<Value = Shape> {
    let scalar =
        || prop_oneof![Just(Shape::Integer), Just(Shape::Long), Just(Shape::Float), Just(Shape::Boolean)];
    let value = ("[A-Z]{2,6}", "[a-z]{3,9}( [a-z]{3,9})?");
    let values = prop::collection::vec(value, 2..4).prop_map(|values| {
        let mut values: Vec<_> = values
            .into_iter()
            .map(|(value, meaning)| EnumValue { value, meaning, ..EnumValue::default() })
            .collect();
        values.sort_by(|a, b| a.value.cmp(&b.value));
        values.dedup_by(|a, b| a.value == b.value);
        Shape::String { values: if values.len() < 2 { Vec::new() } else { values } }
    });
    let leaf = prop_oneof![
        3 => Just(Shape::string()),
        3 => scalar(),
        1 => values,
        1 => Just(Shape::Map { value: Box::new(Shape::string()) }),
        1 => prop_oneof![Just(Shape::string()), Just(Shape::Long)].prop_map(move |element| list(element, wraps)),
    ];
    leaf.prop_recursive(3, 24, 4, move |inner| {
        (any::<bool>(), prop::collection::vec(inner, 1..4)).prop_map(move |(is_list, members)| {
            let fields = members.into_iter().map(|shape| Field::new("", shape)).collect();
            let structure = |name| Shape::Structure { name, fields };
            if is_list { list(structure(Some(String::new())), wraps) } else { structure(None) }
        })
    })
}

fn list(element: Shape, wraps: bool) -> Shape {
    match Shape::list_of(element) {
        Shape::List { element, .. } => Shape::List { element, wrapper: wraps.then(String::new) },
        other => other,
    }
}

/// Gives fields their names, samples and descriptions.
fn furnish(fields: &mut [Field], next: &mut usize) {
    for (at, field) in fields.iter_mut().enumerate() {
        *next += 1;
        let number = *next;
        let is_part = matches!(field.shape, Shape::Structure { .. } | Shape::List { .. } | Shape::Map { .. });
        field.name = if is_part { format!("Part{number}") } else { format!("Field{at}") };
        field.description = format!("What number {number} is.");
        if let Shape::String { values } = &field.shape
            && !values.is_empty()
        {
            let items = values.iter().map(|value| format!("\n- {}: {}", value.value, value.meaning));
            field.description += &format!(" Valid values:\n{}", items.collect::<String>());
        }
        field.sample = printer::sample(&field.shape);
        match &mut field.shape {
            Shape::Structure { fields, .. } => furnish(fields, next),
            Shape::List { element, wrapper, .. } => {
                if let Some(wrapper) = wrapper {
                    *wrapper = format!("Item{number}");
                }
                if let Shape::Structure { name, fields } = &mut **element {
                    *name = Some(format!("Item{number}"));
                    furnish(fields, next);
                }
            }
            _ => {}
        }
    }
}

fn any_response() -> impl Strategy<Value = Vec<Field>> {
    any::<bool>().prop_flat_map(|wraps| prop::collection::vec(any_shape(wraps), 1..5)).prop_map(|shapes| {
        let mut fields: Vec<_> = shapes.into_iter().map(|shape| Field::new("", shape)).collect();
        furnish(&mut fields, &mut 0);
        let mut request_id = Field::new("RequestId", Shape::string());
        request_id.sample = Some("R-1".to_owned());
        fields.push(request_id);
        fields
    })
}

/// Parameters: scalars, lists of them, and lists of structures that only the names of their members mention.
fn any_request() -> impl Strategy<Value = Vec<Field>> {
    let scalar = prop_oneof![Just(Shape::string()), Just(Shape::Integer), Just(Shape::Boolean)];
    let member = (0..3_usize, scalar).prop_map(|(kind, shape)| match kind {
        0 => shape,
        1 => Shape::list_of(shape),
        _ => {
            let members = ["Key", "Value"].map(|name| {
                let mut member = Field::new(name, shape.clone());
                member.sample = printer::sample(&shape);
                member.description = "Of a pair.".to_owned();
                member
            });
            Shape::list_of(Shape::Structure { name: None, fields: members.into() })
        }
    });
    prop::collection::vec((member, any::<bool>()), 0..6).prop_map(|members| {
        let fields = members.into_iter().enumerate().map(|(at, (shape, required))| {
            let mut field = Field::new(format!("Param{at}"), shape);
            let is_mentioned =
                !matches!(&field.shape, Shape::List { element, .. } if printer::is_structure(element));
            if is_mentioned {
                field.description = format!("The parameter {at}.");
                field.required = required;
                field.sample = match &field.shape {
                    Shape::List { element, .. } => printer::sample(element),
                    shape => printer::sample(shape),
                };
            }
            field
        });
        fields.collect()
    })
}

prop_compose! {
    fn any_operation()(
        request in any_request(),
        response in any_response(),
        errors in prop::collection::vec((400_u16..504, "[A-Z][a-z]{2,7}(\\.[A-Z][a-z]{2,7})?", "[A-Z][a-z]{2,7}( %s)?\\."), 0..4),
    ) -> Operation {
        let json = printer::json(&response);
        let errors = errors.into_iter().map(|(status, code, message)| ErrorCode {
            status: Some(status), code, message, description: "Out of tune.".to_owned(), english: String::new(),
        });
        Operation {
            product: "Bell".to_owned(),
            version: "2021-01-02".to_owned(),
            style: Style::Rpc,
            action: "RingBell".to_owned(),
            title: "RingBell".to_owned(),
            summary: "Rings a bell.".to_owned(),
            english: String::new(),
            safe_to_repeat: false,
            samples: Samples {
                requests: Vec::new(),
                responses: vec![Sample { format: SampleFormat::Json, text: json }],
            },
            request,
            response,
            errors: errors.collect(),
            links: Links {
                explorer: Some("https://explorer.test/#product=Bell&api=RingBell&type=RPC&version=2021-01-02".to_owned()),
                error_center: None,
            },
        }
    }
}

proptest! {
    #[test]
    fn a_spec_printed_as_a_page_is_read_again(operation in any_operation()) {
        let page = printer::page(&operation);
        let recovery = recover("RingBell.md", page.as_bytes());
        let said = render(&recovery.diagnostics, &recovery.source, RenderOptions::default());
        prop_assert!(recovery.diagnostics.iter().all(|found| found.level != Level::Error), "{said}");
        prop_assert_eq!(recovery.operation.unwrap(), operation, "{}\n{}", page, said);
    }
}
