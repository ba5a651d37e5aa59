//! Checks parameters against the page: that the required ones are there, and that each value fits.
//!
//! Parameters that the page does not document are ignored. The service ignores them too, and is usually newer than its
//! page.

use std::collections::{BTreeMap, BTreeSet};

use acs_runtime::description::{FieldDescription, Kind, OperationDescription};
use serde_json::Value;

use super::refusal::Refusal;

/// A request's own parameters by name.
pub(super) type Parameters = BTreeMap<String, String>;

/// Refuses the first parameter, in page order, that is not as the page says.
pub(super) fn validate(operation: &OperationDescription, parameters: &Parameters) -> Result<(), Refusal> {
    let checked = Validation { operation, parameters };
    checked.fields("", operation.parameters)
}

struct Validation<'a> {
    operation: &'a OperationDescription,
    parameters: &'a Parameters,
}

impl Validation<'_> {
    fn fields(&self, prefix: &str, fields: &[FieldDescription]) -> Result<(), Refusal> {
        fields.iter().try_for_each(|field| {
            let name = format!("{prefix}{}", field.name);
            // A field that is sent as JSON is one parameter.
            let kind = if field.json { &Kind::Json } else { &field.kind };
            if field.required {
                self.present(&name, kind)?;
            }
            self.value(&name, kind)?;
            if field.json { self.json(&name, &field.kind) } else { Ok(()) }
        })
    }

    /// Refuses a required parameter that is absent or empty.
    fn present(&self, name: &str, kind: &Kind) -> Result<(), Refusal> {
        let value = self.parameters.get(name);
        match kind {
            Kind::Structure { .. } | Kind::Map { .. } if self.keys(name).is_empty() => Err(self.null(name)),
            Kind::List { .. } if self.keys(name).is_empty() => Err(self.empty(name)),
            Kind::Structure { .. } | Kind::Map { .. } | Kind::List { .. } => Ok(()),
            _ => match value.map(|value| value.trim()) {
                None => Err(self.null(name)),
                Some("") => Err(self.blank(name)),
                Some(_) => Ok(()),
            },
        }
    }

    /// Refuses a value of the wrong kind; an empty one counts as absent.
    fn value(&self, name: &str, kind: &Kind) -> Result<(), Refusal> {
        match kind {
            Kind::Structure { fields } if !self.keys(name).is_empty() => {
                self.fields(&format!("{name}."), fields)
            }
            Kind::Structure { .. } => Ok(()),
            Kind::Map { value } => {
                self.keys(name).into_iter().try_for_each(|key| self.value(&format!("{name}.{key}"), value))
            }
            Kind::List { element, .. } => self.keys(name).into_iter().try_for_each(|key| {
                if key.parse::<u32>().is_ok_and(|number| number > 0) {
                    self.value(&format!("{name}.{key}"), element)
                } else {
                    Err(self.format(&format!("{name}.{key}"), "Elements are numbered from 1."))
                }
            }),
            _ => match self.parameters.get(name).map(|value| value.trim()) {
                None | Some("") => Ok(()),
                Some(value) => self.scalar(name, value, kind),
            },
        }
    }

    fn scalar(&self, name: &str, value: &str, kind: &Kind) -> Result<(), Refusal> {
        let wanted = match kind {
            Kind::Within { kind, min, max } => {
                self.scalar(name, value, kind)?;
                return self.bounds(name, value, *min, *max);
            }
            Kind::Text { values } if values.is_empty() || values.contains(&value) => return Ok(()),
            Kind::Text { values } => return Err(self.enumeration(name, values)),
            Kind::Integer if value.parse::<i32>().is_err() => "It must be a 32-bit integer.",
            Kind::Long if value.parse::<i64>().is_err() => "It must be a 64-bit integer.",
            Kind::Float if !value.parse::<f64>().is_ok_and(f64::is_finite) => "It must be a number.",
            // The official Python client sends `True` and `False`.
            Kind::Boolean if !matches!(value, "true" | "false" | "True" | "False") => {
                "It must be true or false."
            }
            Kind::Json if serde_json::from_str::<Value>(value).is_err() => "It must be JSON.",
            _ => return Ok(()),
        };
        Err(self.format(name, wanted))
    }

    /// Refuses JSON that is not of the field's kind.
    fn json(&self, name: &str, kind: &Kind) -> Result<(), Refusal> {
        let value = self.parameters.get(name).and_then(|text| serde_json::from_str::<Value>(text).ok());
        let wanted = match (kind, value) {
            (Kind::List { .. }, Some(value)) if !value.is_array() => "It must be a JSON list.",
            (Kind::Structure { .. } | Kind::Map { .. }, Some(value)) if !value.is_object() => {
                "It must be a JSON object."
            }
            _ => return Ok(()),
        };
        Err(self.format(name, wanted))
    }

    fn bounds(&self, name: &str, value: &str, min: Option<i64>, max: Option<i64>) -> Result<(), Refusal> {
        #[expect(clippy::cast_precision_loss, reason = "documented bounds are small")]
        let [min, max] = [min, max].map(|bound| bound.map(|bound| (bound, bound as f64)));
        let Ok(number) = value.parse::<f64>() else { return Ok(()) };
        match (min, max) {
            (Some((bound, least)), _) if number < least => {
                let arguments = vec![name.to_owned(), bound.to_string()];
                Err(self.refuse("Parameter.Minimum", "The parameter %s must be at least %s.", arguments))
            }
            (_, Some((bound, most))) if number > most => {
                let arguments = vec![name.to_owned(), bound.to_string()];
                Err(self.refuse("Parameter.Maximum", "The parameter %s must be at most %s.", arguments))
            }
            _ => Ok(()),
        }
    }

    /// Returns what follows `name.` in parameter names, up to the next dot: indexes of a list, keys of a structure or
    /// map.
    fn keys(&self, name: &str) -> BTreeSet<&str> {
        let prefix = format!("{name}.");
        self.parameters
            .range(prefix.clone()..)
            .map_while(|(name, _)| name.strip_prefix(prefix.as_str()))
            .map(|rest| rest.split_once('.').map_or(rest, |(key, _)| key))
            .collect()
    }

    fn null(&self, name: &str) -> Refusal {
        self.refuse("Parameter.Null", "The parameter %s is missing.", vec![name.to_owned()])
    }

    fn blank(&self, name: &str) -> Refusal {
        self.refuse("Parameter.Blank", "The parameter %s is blank.", vec![name.to_owned()])
    }

    fn empty(&self, name: &str) -> Refusal {
        self.refuse("Parameter.Empty", "The parameter %s has no element.", vec![name.to_owned()])
    }

    fn format(&self, name: &str, reason: &str) -> Refusal {
        let arguments = vec![name.to_owned(), reason.to_owned()];
        self.refuse("Parameter.Format", "The parameter %s has the wrong format. %s", arguments)
    }

    fn enumeration(&self, name: &str, values: &[&str]) -> Refusal {
        let arguments = vec![name.to_owned(), format!("[{}]", values.join(", "))];
        self.refuse("Parameter.Enumeration", "The parameter %s is none of %s.", arguments)
    }

    fn refuse(&self, code: &str, template: &str, arguments: Vec<String>) -> Refusal {
        Refusal::documented(self.operation, code, template, arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use acs_runtime::description::ErrorDescription;

    const TEXT: Kind = Kind::Text { values: &[] };

    const fn field(name: &'static str, kind: Kind, required: bool) -> FieldDescription {
        FieldDescription { name, kind, required, json: false }
    }

    const fn json(name: &'static str, kind: Kind, required: bool) -> FieldDescription {
        FieldDescription { name, kind, required, json: true }
    }

    const OPERATION: OperationDescription = OperationDescription {
        product: "TEST",
        version: "1",
        action: "Try",
        parameters: &[
            field("Name", TEXT, true),
            field("Mode", Kind::Text { values: &["A", "B"] }, false),
            field("Count", Kind::Integer, false),
            field("Size", Kind::Long, false),
            field("Share", Kind::Float, false),
            field("Wait", Kind::Within { kind: &Kind::Integer, min: Some(30), max: Some(300) }, false),
            field("Rate", Kind::Within { kind: &Kind::Float, min: Some(0), max: None }, false),
            field("Fast", Kind::Boolean, false),
            field("Any", Kind::Json, false),
            json("Tags", Kind::List { element: &TEXT, wrapper: None }, false),
            field("Ids", Kind::List { element: &Kind::Long, wrapper: None }, false),
            field("Labels", Kind::Map { value: &TEXT }, false),
            field("Disk", Kind::Structure { fields: &[field("Size", Kind::Integer, true)] }, false),
            json("Filter", Kind::Structure { fields: &[field("Size", Kind::Integer, true)] }, false),
            json("Facts", Kind::Map { value: &TEXT }, false),
        ],
        answer: &[],
        errors: &[ErrorDescription { status: Some(422), code: "Parameter.Blank", message: "%s?" }],
        sample_json: "{}",
    };

    fn check(parameters: &[(&str, &str)]) -> Result<(), Refusal> {
        let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        validate(&OPERATION, &parameters.collect())
    }

    fn code(parameters: &[(&str, &str)]) -> String {
        check(&[&[("Name", "x")], parameters].concat())
            .map_or_else(|refusal| refusal.code, |()| "fine".to_owned())
    }

    #[test]
    fn absent_required_parameter_is_named() {
        let refusal = check(&[]).unwrap_err();
        assert_eq!((refusal.code.as_str(), refusal.params), ("Parameter.Null", vec!["Name".to_owned()]));
    }

    #[test]
    fn documented_wording_and_status_win() {
        let refusal = check(&[("Name", " ")]).unwrap_err();
        assert_eq!((refusal.status, refusal.message.as_str()), (422, "Name?"));
    }

    #[test]
    fn every_kind_takes_its_own_values() {
        let values = [
            ("Mode", "B"),
            ("Count", "-7"),
            ("Size", "1609225718295"),
            ("Share", "0.5"),
            ("Fast", "True"),
            ("Any", "{\"a\":[1]}"),
            ("Tags", "[\"a\"]"),
            ("Ids.1", "1"),
            ("Ids.2", "2"),
            ("Labels.any", "x"),
            ("Disk.Size", "20"),
            ("Filter", "{\"Size\":20}"),
            ("Facts", "{}"),
            ("Newer", "than the page"),
        ];
        assert_eq!(code(&values), "fine");
    }

    #[test]
    fn every_kind_refuses_others() {
        for (name, value) in [
            ("Count", "1.5"),
            ("Count", "2147483648"),
            ("Size", "many"),
            ("Share", "NaN"),
            ("Fast", "yes"),
            ("Any", "{"),
            ("Tags", "{}"),
            ("Tags", "["),
            ("Filter", "[]"),
            ("Filter", "{"),
            ("Facts", "1"),
            ("Ids.0", "1"),
            ("Ids.first", "1"),
            ("Ids.1", "one"),
            ("Disk.Size", "big"),
        ] {
            assert_eq!(code(&[(name, value)]), "Parameter.Format", "{name}={value}");
        }
    }

    #[test]
    fn value_outside_the_documented_set_is_refused() {
        assert_eq!(code(&[("Mode", "C")]), "Parameter.Enumeration");
    }

    #[test]
    fn number_outside_its_bounds_is_refused_and_the_bound_is_named() {
        for (name, value, wanted) in [
            ("Wait", "0", "Parameter.Minimum"),
            ("Wait", "29", "Parameter.Minimum"),
            ("Wait", "30", "fine"),
            ("Wait", "300", "fine"),
            ("Wait", "301", "Parameter.Maximum"),
            ("Wait", "soon", "Parameter.Format"),
            ("Rate", "-0.5", "Parameter.Minimum"),
            ("Rate", "1e9", "fine"),
        ] {
            assert_eq!(code(&[(name, value)]), wanted, "{name}={value}");
        }
        let refusal = check(&[("Name", "x"), ("Wait", "301")]).unwrap_err();
        assert_eq!(refusal.params, ["Wait", "300"]);
    }

    #[test]
    fn optional_structure_needs_its_required_members_once_begun() {
        assert_eq!(code(&[("Disk.Kind", "ssd")]), "Parameter.Null");
    }

    #[test]
    fn required_structure_in_json_is_there_as_one_parameter() {
        const FILTER: &[FieldDescription] = &[json("Filter", Kind::Structure { fields: &[] }, true)];
        let operation = OperationDescription { parameters: FILTER, ..OPERATION };
        let code = |value: Option<&str>| {
            let parameters = value.map(|value| ("Filter".to_owned(), value.to_owned()));
            validate(&operation, &parameters.into_iter().collect()).map_err(|refusal| refusal.code)
        };
        assert_eq!(code(Some("{}")), Ok(()));
        assert_eq!(code(Some(" ")), Err("Parameter.Blank".to_owned()));
        assert_eq!(code(None), Err("Parameter.Null".to_owned()));
    }

    #[test]
    fn empty_optional_parameter_counts_as_absent() {
        assert_eq!(code(&[("Count", ""), ("Mode", "")]), "fine");
    }
}
