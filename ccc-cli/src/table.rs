//! Formats responses for people: lists of objects as tables, everything else as names and values.

use ccc_api::description::{FieldDescription, Kind};
use serde_json::{Map, Value};

use crate::text::{columns, padded};

/// Fields of every response that nobody needs after a success.
const ENVELOPE: [&str; 5] = ["Code", "HttpStatusCode", "Message", "Params", "Success"];
/// Space between columns.
const GAP: &str = "  ";

/// A row: the path and the text of each field.
type Row = Vec<(String, String)>;

/// The parts of a response to print.
#[derive(Default)]
struct Shown {
    lines: Row,
    lists: Vec<(String, Vec<Row>)>,
    /// Whether this is a row of a table. A row shows only the length of a list of objects.
    is_row: bool,
}

/// Writes a response. Documented fields come first, in the order of their description. A table that is wider than `width` is
/// written as a block of lines for each row.
pub(crate) fn text(response: &Value, fields: &[FieldDescription], width: Option<usize>) -> String {
    let mut shown = Shown::default();
    if let Value::Object(object) = response {
        let mut object = object.clone();
        ENVELOPE.iter().for_each(|name| drop(object.remove(*name)));
        let request_id = object.remove("RequestId");
        // Most responses have all their content in `Data`.
        match (object.remove("Data"), fields.iter().find(|field| field.name == "Data")) {
            (Some(Value::Object(data)), Some(field)) => shown.object("", &data, field.kind.fields()),
            (Some(Value::Object(data)), None) => shown.object("", &data, &[]),
            (Some(data), field) => shown.value("Data".to_owned(), &data, field.map(|field| &field.kind)),
            (None, _) => {}
        }
        shown.object("", &object, fields);
        if let Some(id) = request_id {
            shown.value("RequestId".to_owned(), &id, None);
        }
    } else {
        shown.value("Response".to_owned(), response, None);
    }
    shown.text(width)
}

impl Shown {
    fn object(&mut self, prefix: &str, object: &Map<String, Value>, fields: &[FieldDescription]) {
        for (name, value, kind) in in_order(object, fields) {
            self.value(format!("{prefix}{name}"), value, kind);
        }
    }

    fn value(&mut self, path: String, value: &Value, kind: Option<&Kind>) {
        match value {
            Value::Object(object) => {
                self.object(&format!("{path}."), object, kind.map_or(&[], |kind| kind.fields()));
            }
            Value::Array(list) if self.is_row && list.iter().any(Value::is_object) => {
                self.lines.push((path, format!("[{}]", list.len())));
            }
            Value::Array(list) if list.iter().any(Value::is_object) => {
                let fields = match kind {
                    Some(Kind::List { element, .. }) => element.fields(),
                    _ => &[],
                };
                let rows = list.iter().map(|item| row(item, fields)).collect();
                self.lists.push((path, rows));
            }
            other => self.lines.extend(cell(other).map(|text| (path, text))),
        }
    }

    fn text(&self, width: Option<usize>) -> String {
        let mut parts = Vec::new();
        if !self.lines.is_empty() {
            parts.push(lines(&self.lines, ""));
        }
        for (path, rows) in &self.lists {
            let entries = if rows.len() == 1 { "entry" } else { "entries" };
            let title = format!("{path}: {} {entries}\n", rows.len());
            let table = table(rows);
            let fits = width.is_none_or(|width| table.lines().all(|line| columns(line) <= width));
            let body = if fits { table } else { blocks(rows) };
            parts.push(format!("{title}{body}"));
        }
        parts.join("\n")
    }
}

/// Returns the fields of an object, documented ones first.
fn in_order<'v, 'f>(
    object: &'v Map<String, Value>,
    fields: &'f [FieldDescription],
) -> Vec<(&'v str, &'v Value, Option<&'f Kind>)> {
    let documented = fields.iter().filter_map(|field| {
        object.get_key_value(field.name).map(|(name, value)| (name.as_str(), value, Some(&field.kind)))
    });
    let others = object.iter().filter(|(name, _)| fields.iter().all(|field| field.name != name.as_str()));
    documented.chain(others.map(|(name, value)| (name.as_str(), value, None))).collect()
}

/// Makes the row of an item of a list: its fields at any depth.
fn row(item: &Value, fields: &[FieldDescription]) -> Row {
    let mut shown = Shown { is_row: true, ..Shown::default() };
    match item {
        Value::Object(object) => shown.object("", object, fields),
        other => shown.value("Value".to_owned(), other, None),
    }
    shown.lines
}

/// Formats a value that contains no object; `None` if it is empty.
fn cell(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.replace(['\n', '\r'], " ")).filter(|text| !text.is_empty()),
        Value::Array(list) => {
            let items: Vec<String> = list.iter().filter_map(cell).collect();
            Some(items.join(", ")).filter(|text| !text.is_empty())
        }
        other => Some(other.to_string()),
    }
}

fn lines(row: &Row, indent: &str) -> String {
    let longest = row.iter().map(|(name, _)| columns(name)).max().unwrap_or_default();
    row.iter().map(|(name, value)| format!("{indent}{}{GAP}{value}\n", padded(name, longest))).collect()
}

fn blocks(rows: &[Row]) -> String {
    let blocks: Vec<String> = rows.iter().map(|row| lines(row, GAP)).collect();
    blocks.join("\n")
}

/// Returns the names of all columns. A name that only some rows have comes right after the name before it in such a row.
fn names(rows: &[Row]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for row in rows {
        let mut next = 0;
        for (name, _) in row {
            match names.iter().position(|known| known == name) {
                Some(known) => next = known + 1,
                None => {
                    names.insert(next, name);
                    next += 1;
                }
            }
        }
    }
    names
}

fn table(rows: &[Row]) -> String {
    let names = names(rows);
    let value = |row: &Row, name: &str| {
        row.iter().find(|(known, _)| known == name).map_or_else(String::new, |(_, value)| value.clone())
    };
    let header = names.iter().map(|name| (*name).to_owned()).collect();
    let body = rows.iter().map(|row| names.iter().map(|name| value(row, name)).collect());
    let cells: Vec<Vec<String>> = [header].into_iter().chain(body).collect();
    let width =
        |column: usize| cells.iter().filter_map(|row| row.get(column)).map(|cell| columns(cell)).max();
    let widths: Vec<usize> = (0..names.len()).map(|column| width(column).unwrap_or_default()).collect();
    let line = |row: &Vec<String>| {
        let padded: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect();
        format!("{GAP}{}\n", padded.join(GAP).trim_end())
    };
    cells.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ITEM: &[FieldDescription] =
        &[FieldDescription::new("UserId", Kind::TEXT), FieldDescription::new("DisplayName", Kind::TEXT)];
    const LIST: Kind = Kind::List { element: &Kind::Structure { fields: ITEM }, wrapper: None };
    const DATA: &[FieldDescription] =
        &[FieldDescription::new("TotalCount", Kind::Integer), FieldDescription::new("List", LIST)];
    const FIELDS: &[FieldDescription] = &[FieldDescription::new("Data", Kind::Structure { fields: DATA })];

    fn users() -> Value {
        json!({
            "Code": "OK", "HttpStatusCode": 200, "Message": "OK", "Params": [], "RequestId": "R-1",
            "Data": {
                "List": [
                    {"DisplayName": "座席一", "UserId": "a@x", "Levels": [{"Id": 1}, {"Id": 2}], "Mail": null},
                    {"DisplayName": "Bob", "UserId": "bob@x", "New": {"Flag": true, "Tags": ["p", "q"]}},
                ],
                "TotalCount": 2,
            },
        })
    }

    #[test]
    fn list_is_a_table_in_documented_order_with_new_fields_behind() {
        assert_eq!(
            text(&users(), FIELDS, None),
            "TotalCount  2\n\
             RequestId   R-1\n\
             \n\
             List: 2 entries\n  \
             UserId  DisplayName  New.Flag  New.Tags  Levels\n  \
             a@x     座席一                           [2]\n  \
             bob@x   Bob          true      p, q\n"
        );
    }

    #[test]
    fn table_that_is_too_wide_is_a_block_for_each_row() {
        let text = text(&users(), FIELDS, Some(30));
        assert!(
            text.contains("  UserId       a@x\n  DisplayName  座席一\n  Levels       [2]\n\n  UserId"),
            "{text}"
        );
    }

    #[test]
    fn object_is_names_and_values_with_their_paths() {
        let response = json!({"Data": {"CallContext": {"JobId": "job-1"}, "Empty": ""}, "RequestId": "R-1"});
        assert_eq!(text(&response, &[], None), "CallContext.JobId  job-1\nRequestId          R-1\n");
    }

    #[test]
    fn text_in_data_is_shown_by_its_name() {
        assert_eq!(text(&json!({"Data": "id-1"}), &[], None), "Data  id-1\n");
    }

    #[test]
    fn cell_stays_on_one_line() {
        assert!(!text(&json!({"Data": "a\nb"}), &[], None).contains("a\nb"));
    }
}
