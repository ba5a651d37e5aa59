//! Paths of all documented fields on the wire, one for each row of the page's tables. Tools compare them with known
//! lists.

use std::collections::HashMap;
use std::fmt;

use crate::Recovery;
use crate::model::{Field, Operation, Shape};
pub use crate::recover::fields::bare;
use crate::recover::fields::{Placed, Placement};

/// A documented field. Displays as one line of tab-separated columns in the order of its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathRow<'a> {
    /// Product code, e.g. `CCC`.
    pub product: &'a str,
    /// API version; empty if the page states none.
    pub version: &'a str,
    /// The operation's name.
    pub action: &'a str,
    /// `request` or `response`.
    pub direction: &'static str,
    /// Path on the wire: `Data.Items[].Id`, list wrappers as segments (`KeyPairs.KeyPair[].Name`), maps as `{}`.
    pub path: &'a str,
    /// The recovered kind: `String`, `Integer`, …, `Structure`, `List`, `Map`.
    pub kind: &'static str,
    /// Whether a request must carry it.
    pub required: bool,
    /// The row's line on the page, from 1.
    pub line: usize,
}

/// Returns the documented fields of a page: first those of the request, then those of the response, in page order.
/// Empty if the page documents no operation. The constant `Action` is among them if its table lists it.
///
/// ```
/// let page = b"# Ring\n\n## Debugging\n\n[Try](https://e.test/#product=Bell&api=Ring&type=RPC&version=2021-01-02)\n\n\
///     ## Response parameters\n\n|Parameter|Type|Description|\n|--|--|--|\n\
///     |Bells|Array of Bell|Those that rang.|\n|Id|String|One of them.|\n";
/// let recovery = ccc_spec::recover("Ring.md", page);
/// let rows: Vec<_> = ccc_spec::paths::rows(&recovery).iter().map(ToString::to_string).collect();
/// assert_eq!(rows[1], "Bell\t2021-01-02\tRing\tresponse\tBells[].Id\tString\tfalse\t12");
/// ```
#[must_use]
pub fn rows(recovery: &Recovery) -> Vec<PathRow<'_>> {
    let Some(operation) = &recovery.operation else { return Vec::new() };
    let request = ("request", &operation.request, &recovery.placements.request);
    let response = ("response", &operation.response, &recovery.placements.response);
    let mut rows = Vec::new();
    for (direction, fields, placed) in [request, response] {
        let kinds = kinds(fields);
        rows.extend(
            placed
                .rows
                .iter()
                .map(|placement| row(recovery, operation, direction, &kinds, (placed, placement))),
        );
    }
    rows
}

fn row<'a>(
    recovery: &'a Recovery,
    operation: &'a Operation,
    direction: &'static str,
    kinds: &HashMap<String, &'static str>,
    (placed, placement): (&'a Placed, &'a Placement),
) -> PathRow<'a> {
    PathRow {
        product: &operation.product,
        version: &operation.version,
        action: &operation.action,
        direction,
        path: placed.path(placement),
        kind: kinds.get(&bare(placed.path(placement))).copied().unwrap_or("String"),
        required: placement.required,
        line: recovery.source.position(placement.span.start).line,
    }
}

/// Returns the kind of every field by its bare path. A list's wrapper counts as a list, too; its row, if it has one,
/// describes the same list.
fn kinds(fields: &[Field]) -> HashMap<String, &'static str> {
    let mut kinds = HashMap::new();
    let mut open: Vec<(String, &Field)> = fields.iter().map(|field| (field.name.clone(), field)).collect();
    while let Some((mut path, field)) = open.pop() {
        kinds.insert(path.clone(), field.shape.kind());
        let mut shape = &field.shape;
        loop {
            shape = match shape {
                Shape::List { element, wrapper, .. } => {
                    if let Some(wrapper) = wrapper {
                        path = format!("{path}.{wrapper}");
                        kinds.insert(path.clone(), shape.kind());
                    }
                    element
                }
                Shape::Map { value } => value,
                _ => break,
            };
        }
        if let Shape::Structure { fields, .. } = shape {
            open.extend(fields.iter().map(|field| (format!("{path}.{}", field.name), field)));
        }
    }
    kinds
}

impl fmt::Display for PathRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for text in [self.product, self.version, self.action, self.direction, self.path, self.kind] {
            // Names contain neither tabs nor line ends, which would break the columns.
            for character in text.chars() {
                fmt::Write::write_char(f, if character.is_control() { ' ' } else { character })?;
            }
            fmt::Write::write_char(f, '\t')?;
        }
        write!(f, "{}\t{}", self.required, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(request: &str, response: &str, sample: &str) -> Vec<u8> {
        format!(
            "# Ring\n\n## Debugging\n\n[Try](https://e.test/#product=Bell&api=Ring&type=RPC&version=2021-01-02)\n\n\
             ## Request parameters\n\n|Parameter|Type|Required|Description|\n|--|--|--|--|\n{request}\n\
             ## Response parameters\n\n|Parameter|Type|Description|\n|--|--|--|\n{response}\n\
             ## Examples\n\nSample success response\n\n`JSON` format\n\n```\n{sample}\n```\n"
        )
        .into_bytes()
    }

    fn fields(page: &[u8]) -> Vec<(&'static str, String, &'static str, bool)> {
        let recovery = crate::recover("Ring.md", page);
        rows(&recovery)
            .iter()
            .map(|row| (row.direction, row.path.to_owned(), row.kind, row.required))
            .collect()
    }

    #[test]
    fn wrappers_of_lists_are_segments() {
        let page = page(
            "|Id|String|Yes|It.|\n",
            "|Bells|Array of Bell|All.|\n|Name|String|One.|\n",
            r#"{"Bells": {"Bell": [{"Name": "a"}]}}"#,
        );
        let expected = [
            ("request", "Id".to_owned(), "String", true),
            ("response", "Bells".to_owned(), "List", false),
            ("response", "Bells.Bell[].Name".to_owned(), "String", false),
        ];
        assert_eq!(fields(&page), expected);
    }

    #[test]
    fn numbered_parameters_are_lists() {
        let page = page("|Tag.N.Key|Integer|No|It.|\n", "|RequestId|String|It.|\n", r#"{"RequestId": "1"}"#);
        assert_eq!(fields(&page)[0], ("request", "Tag[].Key".to_owned(), "Integer", false));
    }

    #[test]
    fn lists_and_maps_in_each_other_are_marked() {
        let page = page(
            "|Id|String|Yes|It.|\n",
            "|Tunes|array<map>|a.|\n|Keys|map<string,array<string>>|b.|\n|Peals|array<array<Bell>>|All.|\n|Name|String|One.|\n",
            r#"{"Keys": {"a": ["b"]}, "Peals": [[{"Name": "a"}]]}"#,
        );
        let paths: Vec<_> =
            fields(&page).into_iter().skip(1).map(|(_, path, kind, _)| (path, kind)).collect();
        let expected =
            [("Tunes[]{}", "List"), ("Keys{}[]", "Map"), ("Peals[][]", "List"), ("Peals[][].Name", "String")];
        assert_eq!(paths, expected.map(|(path, kind)| (path.to_owned(), kind)));
    }

    #[test]
    fn a_required_parameter_rather_stands_beside_an_optional_one_than_in_it() {
        let rows = |required| {
            let request = format!(
                "|Filter|array<object>|No|All.|\n||object|No||\n|Key|string|No|It.|\n|Region|string|{required}|Where.|\n"
            );
            fields(&page(&request, "|RequestId|String|It.|\n", r#"{"RequestId": "1"}"#))
        };
        assert_eq!(rows("Yes")[2], ("request", "Region".to_owned(), "String", true));
        assert_eq!(rows("No")[2], ("request", "Filter[].Region".to_owned(), "String", false));
    }

    #[test]
    fn a_word_behind_a_name_may_say_that_the_parameter_is_required() {
        let request =
            "|Id 必填|String||It.|\n|Name (optional)|String||It.|\n|Group (required)|String||It.|\n";
        let found = fields(&page(request, "|RequestId|String|It.|\n", r#"{"RequestId": "1"}"#));
        let found: Vec<_> = found.iter().map(|(_, path, _, required)| (path.as_str(), *required)).collect();
        assert_eq!(found, [("Id", true), ("Name", false), ("Group", true), ("RequestId", false)]);
    }

    #[test]
    fn a_page_without_an_operation_has_none() {
        assert_eq!(fields(b"# Overview\n\nText.\n"), []);
    }
}
