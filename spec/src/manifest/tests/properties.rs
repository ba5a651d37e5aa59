//! Properties of every manifest.

use proptest::prelude::*;

use super::{WHOLE, manifest};
use crate::ir;
use crate::manifest::{Manifest, Reading};
use crate::model::Operation;

fn operation(action: &str, fields: &[(&str, &str)]) -> Operation {
    let fields: Vec<String> =
        fields.iter().map(|(name, shape)| format!(r#"{{"name": "{name}", {shape}}}"#)).collect();
    let fields = fields.join(",");
    ir::from_json(&format!(
        r#"{{"product": "Hotel", "version": "2024-01-01", "style": "RPC", "action": "{action}", "title": "",
            "request": [{fields}], "response": [{fields}], "errors": [], "samples": {{}}, "links": {{}}}}"#
    ))
    .unwrap()
}

fn any_operation() -> impl Strategy<Value = Operation> {
    let name = prop::sample::select(vec!["Number", "Hotel", "Guest", "Names", "Room"]);
    let shape = prop::sample::select(vec![
        r#""type": "String""#,
        r#""type": "Long", "description": "x""#,
        r#""type": "List", "element": {"type": "String"}"#,
        r#""type": "Structure", "fields": [{"name": "Guest", "type": "String", "english": "x"}]"#,
        r#""type": "Map", "value": {"type": "Structure", "fields": [{"name": "Number", "type": "String"}]}"#,
    ]);
    let action = prop::sample::select(vec!["GetKey", "GetGuest", "ListRooms", "AddRoom"]);
    (action, prop::collection::vec((name, shape), 0..6))
        .prop_map(|(action, fields)| operation(action, &fields))
}

/// Returns whether every diagnostic points into the file.
fn is_in_file(reading: &Reading) -> bool {
    let end = reading.source.text().len();
    let spans = |found: &crate::diagnostic::Diagnostic| {
        found.labels.iter().map(|(span, _)| *span).chain([found.span]).all(|span| span.end <= end)
    };
    let checked = reading.manifest.check(&["GetKey", "AddRoom"].into());
    reading.diagnostics.iter().chain(&checked).all(spans)
}

proptest! {
    #[test]
    fn applying_twice_is_applying_once(before in any_operation()) {
        let mut once = before.clone();
        manifest().apply(&mut once);
        let mut twice = once.clone();
        manifest().apply(&mut twice);
        prop_assert_eq!(&twice, &once);
        prop_assert!(once.request.iter().zip(&before.request).all(|(after, before)| after.description == before.description));
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(is_in_file(&Manifest::read("m.toml", &bytes)));
    }

    #[test]
    fn a_damaged_manifest_is_read(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = WHOLE.as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        prop_assert!(is_in_file(&Manifest::read("m.toml", &bytes)));
    }

    #[test]
    fn a_manifest_in_another_order_is_read(lines in Just(WHOLE.lines().collect::<Vec<_>>()).prop_shuffle()) {
        prop_assert!(is_in_file(&Manifest::read("m.toml", lines.join("\n").as_bytes())));
    }
}
