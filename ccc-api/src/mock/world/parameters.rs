//! The parameters of a request, parsed to their types. The endpoint has checked them against the operation's page.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

/// The parameters of a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parameters<'a>(pub(super) &'a BTreeMap<String, String>);

impl<'a> Parameters<'a> {
    /// Returns a parameter. An empty one counts as absent.
    pub(super) fn get(self, name: &str) -> Option<&'a str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.trim().is_empty())
    }

    /// Returns a parameter; an empty text if it is absent.
    pub(super) fn text(self, name: &str) -> &'a str {
        self.get(name).unwrap_or_default()
    }

    pub(super) fn integer(self, name: &str) -> Option<i64> {
        self.get(name)?.trim().parse().ok()
    }

    /// Parses a duration in seconds.
    pub(super) fn seconds(self, name: &str) -> Option<Duration> {
        self.integer(name).and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs)
    }

    pub(super) fn boolean(self, name: &str) -> Option<bool> {
        self.get(name)?.trim().to_ascii_lowercase().parse().ok()
    }

    /// Parses a list of texts: a JSON list, texts separated by commas, or one parameter for each (`Name.1`). Empty texts
    /// are left out.
    pub(super) fn list(self, name: &str) -> Vec<String> {
        let mut list: Vec<String> =
            match self.get(name).map(|text| (text, serde_json::from_str::<Value>(text))) {
                Some((_, Ok(Value::Array(elements)))) => elements.iter().map(text_of).collect(),
                Some((text, _)) => text.split(',').map(|part| part.trim().to_owned()).collect(),
                None => {
                    (1..).map_while(|index| self.get(&format!("{name}.{index}"))).map(str::to_owned).collect()
                }
            };
        list.retain(|text| !text.trim().is_empty());
        list
    }

    /// Parses a parameter that contains JSON.
    pub(super) fn json(self, name: &str) -> Option<Value> {
        serde_json::from_str(self.get(name)?).ok()
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
