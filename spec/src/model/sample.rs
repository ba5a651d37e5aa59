//! Samples, verbatim.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The samples of a page, in page order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Samples {
    /// Requests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<Sample>,
    /// Sample responses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responses: Vec<Sample>,
}

/// A sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// Its format.
    pub format: SampleFormat,
    /// Its text, exactly as on the page apart from carriage returns. The file of a spec lists its lines, so that they
    /// are easy to review.
    #[serde(rename = "lines", serialize_with = "as_lines", deserialize_with = "of_lines")]
    pub text: String,
}

fn as_lines<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(text.split('\n').filter(|_| !text.is_empty()))
}

fn of_lines<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Vec::<String>::deserialize(deserializer).map(|lines| lines.join("\n"))
}

/// Format of a sample.
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
