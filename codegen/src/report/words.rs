//! Words for the Rust type of a shape, which say what a change does to code that uses it.

use ccc_spec::model::Shape;

use crate::plan::written_type;

/// Names the Rust type of a shape, without the `Option` around it: `` `Vec<String>` ``, an open enum, the structure
/// `ChannelContext`.
pub(super) fn value(shape: &Shape) -> String {
    match shape {
        Shape::String { values } if !values.is_empty() => "an open enum".to_owned(),
        Shape::Structure { name: Some(name), .. } => format!("the structure `{name}`"),
        Shape::Structure { name: None, .. } => "a structure".to_owned(),
        shape => format!("`{}`", written_type(shape)),
    }
}

/// Tells whether every value of `old` converts to `new` without loss. If so, code that only sets such a parameter still
/// compiles, because setters take `impl Into<…>`.
pub(super) fn widens(old: &Shape, new: &Shape) -> bool {
    matches!(
        (old, new),
        (Shape::Integer, Shape::Long | Shape::Float)
            | (Shape::String { .. }, Shape::String { .. } | Shape::Json)
            | (Shape::Integer | Shape::Long | Shape::Float | Shape::Boolean, Shape::Json)
    )
}

/// Returns the word before each `%s` of an error's message, which gives the argument its name.
pub(super) fn arguments(message: &str) -> Vec<&str> {
    let mut pieces: Vec<&str> = message.split("%s").collect();
    pieces.pop();
    pieces
        .into_iter()
        .map(|piece| {
            let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            word.rsplit(char::is_whitespace).next().unwrap_or_default()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_known_by_the_word_before_them() {
        assert_eq!(arguments("The user %s is not in instance '%s'."), ["user", "instance"]);
        assert!(arguments("No %d.").is_empty());
    }

    #[test]
    fn containers_are_written_as_rust_does() {
        let shape = Shape::Map { value: Box::new(Shape::list_of(Shape::Long)) };
        assert_eq!(value(&shape), "`BTreeMap<String, Vec<i64>>`");
        assert_eq!(value(&Shape::list_of(Shape::Shared { to: "Room".to_owned() })), "`Vec<Room>`");
    }
}
