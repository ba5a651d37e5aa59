//! An operation: everything one page documents.

use serde::{Deserialize, Serialize};

use super::{ErrorCode, Field, Samples};

/// An API operation as its page documents it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// Product code as the service spells it, e.g. `CCC`.
    pub product: String,
    /// API version, e.g. `2020-07-01`.
    pub version: String,
    /// The style of its requests.
    pub style: Style,
    /// The `Action` parameter's constant value, e.g. `MakeCall`.
    pub action: String,
    /// The page's heading.
    pub title: String,
    /// The page's opening text, paragraphs separated by an empty line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// The summary in English, from an overlay.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub english: String,
    /// Whether sending the same request again is known to do no harm. No page says so; the product's manifest or an
    /// overlay may.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub safe_to_repeat: bool,
    /// Request parameters, in page order, without `Action`.
    pub request: Vec<Field>,
    /// Fields of the response's top level, in page order.
    pub response: Vec<Field>,
    /// Documented error codes, in page order.
    pub errors: Vec<ErrorCode>,
    /// Request and response samples, verbatim.
    pub samples: Samples,
    /// The addresses that the page links to.
    pub links: Links,
}

impl Operation {
    /// Makes an RPC operation without parameters and fields; its title is its name.
    ///
    /// ```
    /// let operation = ccc_spec::model::Operation::new("CCC", "2020-07-01", "MakeCall");
    /// assert!(operation.request.is_empty());
    /// ```
    #[must_use]
    pub fn new(product: &str, version: &str, action: &str) -> Self {
        Self {
            product: product.to_owned(),
            version: version.to_owned(),
            style: Style::Rpc,
            action: action.to_owned(),
            title: action.to_owned(),
            summary: String::new(),
            english: String::new(),
            safe_to_repeat: false,
            request: Vec::new(),
            response: Vec::new(),
            errors: Vec::new(),
            samples: Samples::default(),
            links: Links::default(),
        }
    }
}

/// Style of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    /// Named action, flat parameters.
    #[serde(rename = "RPC")]
    Rpc,
    /// Resources and paths.
    #[serde(rename = "ROA")]
    Roa,
}

/// Links of a page that belong to the operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// The operation in the online API explorer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explorer: Option<String>,
    /// The product's list of further error codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_center: Option<String>,
}
