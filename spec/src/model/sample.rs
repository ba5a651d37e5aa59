//! Samples, verbatim.

use serde::{Deserialize, Serialize};

/// The samples of a page, in page order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Samples {
    /// Requests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<Sample>,
    /// Answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responses: Vec<Sample>,
}

/// One sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// What it is written in.
    pub format: SampleFormat,
    /// Its lines, exactly as on the page; a list so that a reviewer reads them as such.
    pub lines: Vec<String>,
}

impl Sample {
    /// The sample as one text.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.join("\n")
    }
}

/// What a sample is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SampleFormat {
    /// A URL with its query, or an HTTP request.
    #[serde(rename = "HTTP")]
    Http,
    /// JSON.
    #[serde(rename = "JSON")]
    Json,
    /// XML.
    #[serde(rename = "XML")]
    Xml,
}
