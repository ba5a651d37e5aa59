//! Doc comments of generated types as plain text, for descriptions.
//!
//! The generator writes Markdown that renders as the page's text. For a field, a line with the facts of its table
//! follows (``Parameter `Name`: String, required. For example `x`.``). For a value, the value itself comes first. Doc
//! comments written by hand have neither, and are used whole.

use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The documentation of a field.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct FieldDocumentation {
    /// The page's text, and those facts of its table that the description of the field has no other place for.
    pub(crate) text: String,
    pub(crate) sample: Option<String>,
}

/// Remarks about the Rust client, and remarks that the description has as flags.
const REMARKS: [&str; 6] = [
    " Personal: `Debug` hides it.",
    " May hold a phone number: `Debug` hides it.",
    " A secret: `Debug` hides it.",
    " Sent in the body.",
    " The client sends it as JSON, in the body.",
    " The client sends it as JSON.",
];

/// Reads the documentation of the field `name`.
pub(crate) fn of_field(attributes: &[Attribute], name: &str) -> FieldDocumentation {
    let mut lines = lines(attributes);
    let is_table = |line: &String| table_of(line, name).is_some();
    let table = lines.pop_if(|line| is_table(line));
    let mut sample = None;
    let mut facts = String::new();
    if let Some(table) = table.as_deref().and_then(|line| table_of(line, name)) {
        // Types have no full stop in them.
        let (_, rest) = table.split_once('.').unwrap_or((table, ""));
        let (found, rest) = split_sample(rest);
        sample = found;
        facts = without_remarks(rest);
    }
    let said = text(&lines);
    let text = match (said.is_empty(), facts.is_empty()) {
        (_, true) => said,
        (true, false) => facts,
        (false, false) => format!("{said}\n{facts}"),
    };
    FieldDocumentation { text, sample }
}

/// Reads the documentation of an enum's value.
pub(crate) fn of_value(attributes: &[Attribute], value: &str) -> String {
    let mut lines = lines(attributes);
    if let Some(first) = lines.first_mut() {
        let rest = first.strip_prefix(&format!("`{value}`")).and_then(|rest| rest.strip_prefix([':', '.']));
        if let Some(rest) = rest {
            *first = rest.trim_start().to_owned();
        }
    }
    text(&lines)
}

/// Returns the lines of a doc comment, without the blank before each.
fn lines(attributes: &[Attribute]) -> Vec<String> {
    let documentation = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    documentation
        .flat_map(|text| {
            text.split('\n').map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned()).collect::<Vec<_>>()
        })
        .collect()
}

/// Returns the text after the name in the line of a field's table.
fn table_of<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    let rest = line.strip_prefix("Parameter ").or_else(|| line.strip_prefix("Field "))?;
    rest.strip_prefix(&format!("`{name}`: "))
}

/// Splits `` For example `x`.`` off, whatever backticks enclose the sample.
fn split_sample(facts: &str) -> (Option<String>, &str) {
    let Some(rest) = facts.strip_prefix(" For example ") else { return (None, facts) };
    let fence = rest.get(..rest.len() - rest.trim_start_matches('`').len()).unwrap_or_default();
    let inside = rest.strip_prefix(fence).unwrap_or(rest);
    match inside.split_once(&format!("{fence}.")) {
        Some((sample, after)) if !fence.is_empty() => {
            let padded = sample.strip_prefix(' ').and_then(|sample| sample.strip_suffix(' '));
            (Some(padded.filter(|sample| sample.contains('`')).unwrap_or(sample).to_owned()), after)
        }
        _ => (None, facts),
    }
}

fn without_remarks(facts: &str) -> String {
    let facts = without_links(facts);
    REMARKS.iter().fold(facts, |facts, remark| facts.replace(remark, "")).trim().to_owned()
}

/// Leaves out `, which [`Seconds`](…) converts`.
fn without_links(facts: &str) -> String {
    match facts.split_once(", which [") {
        Some((before, rest)) => {
            let after = rest.split_once(" converts").map_or("", |(_, after)| after);
            format!("{before}{after}")
        }
        None => facts.to_owned(),
    }
}

/// Converts the generator's Markdown to plain text.
fn text(lines: &[String]) -> String {
    let mut text = String::new();
    let mut characters = lines.join("\n").chars().collect::<Vec<_>>().into_iter().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.extend(characters.next_if(char::is_ascii_punctuation).or(Some('\\'))),
            // Angle brackets without a backslash enclose only addresses.
            '<' | '>' => {}
            other => text.push(other),
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use syn::{DeriveInput, parse_quote};

    use super::{FieldDocumentation, of_field, of_value};

    fn field(item: &DeriveInput) -> FieldDocumentation {
        of_field(&item.attrs, "Name")
    }

    #[test]
    fn what_the_page_says_stays_and_the_type_goes() {
        let documented = field(&parse_quote! {
            /// The number to call. 被叫号码。
            /// Parameter `Name`: String, required. For example `13188888888`. May hold a phone number: `Debug` hides it.
            struct S;
        });
        assert_eq!(documented.text, "The number to call. 被叫号码。");
        assert_eq!(documented.sample.as_deref(), Some("13188888888"));
    }

    #[test]
    fn facts_of_the_table_stay() {
        let documented = field(&parse_quote! {
            /// How long.
            /// Parameter `Name`: Integer. Default `15`. In seconds, which [`Seconds`](acs_runtime::time::Seconds) converts.
            struct S;
        });
        assert_eq!(documented.text, "How long.\nDefault `15`. In seconds.");
    }

    #[test]
    fn table_alone_leaves_its_facts() {
        let documented = field(&parse_quote! {
            /// Field `Name`: List of `Thing`. Deprecated by the service.
            struct S;
        });
        assert_eq!(documented.text, "Deprecated by the service.");
    }

    #[test]
    fn sample_may_hold_full_stops_and_backticks() {
        let documented = field(&parse_quote! {
            /// Parameter `Name`: String. For example `` a`. b ``. Length 1 to 3 characters.
            struct S;
        });
        assert_eq!(
            documented,
            FieldDocumentation {
                text: "Length 1 to 3 characters.".to_owned(),
                sample: Some("a`. b".to_owned())
            }
        );
    }

    #[test]
    fn escapes_and_addresses_become_plain_text() {
        let documented = field(&parse_quote! {
            /// From Data.List\[\].Id, see <https://example.com/a_b>.
            ///
            /// - a \< b
            struct S;
        });
        assert_eq!(documented.text, "From Data.List[].Id, see https://example.com/a_b.\n\n- a < b");
    }

    #[test]
    fn comment_by_hand_is_taken_whole() {
        let documented = field(&parse_quote! {
            /// Parameter of no table.
            struct S;
        });
        assert_eq!(
            documented,
            FieldDocumentation { text: "Parameter of no table.".to_owned(), sample: None }
        );
    }

    #[test]
    fn value_is_documented_without_itself() {
        let item: DeriveInput = parse_quote! {
            /// `ON_SITE`: on site
            struct S;
        };
        assert_eq!(of_value(&item.attrs, "ON_SITE"), "on site");
        let item: DeriveInput = parse_quote! {
            /// `ON_SITE`.
            struct S;
        };
        assert_eq!(of_value(&item.attrs, "ON_SITE"), "");
    }
}
